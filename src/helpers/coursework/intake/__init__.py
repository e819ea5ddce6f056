"""From what a learning system exports to nbgrader's ``submitted/``."""
