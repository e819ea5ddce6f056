"""Count and find words: concordances, frequencies, dispersion, keywords."""
