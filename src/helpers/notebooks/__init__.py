"""Read notebooks that people worked in, also damaged ones, and check them before they are handed in."""
