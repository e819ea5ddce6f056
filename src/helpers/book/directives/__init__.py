"""The directives of the book, one module each."""
