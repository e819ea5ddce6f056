"""What is changed in the notebooks that are handed out."""
