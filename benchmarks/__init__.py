"""Ours and the peers side by side: ``python -m benchmarks.NAME`` makes its own input and prints both."""
