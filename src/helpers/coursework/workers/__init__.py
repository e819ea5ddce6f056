"""The processes in which notebooks run, and what they say to each other."""
