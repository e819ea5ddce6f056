"""Build the site, compare it with another, check its links, and print it."""
