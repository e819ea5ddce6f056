"""Where workers run, if not as threads of this process."""
