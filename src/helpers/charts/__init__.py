"""Charts of the corpus: frame in, Altair chart out, each with its text alternative."""
