"""What an instructor hands out, made from the book and its exercises."""
