"""Explorers let readers ask questions of the two documents, live in a notebook or as static HTML on a page.

Each is a thin wrapper around a function that takes traits and returns a frame.  In JupyterLab it shows
controls; without Python it shows its present state as HTML.
"""
