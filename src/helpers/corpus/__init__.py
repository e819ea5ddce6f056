"""The two documents and the tables about them, as data frames."""
