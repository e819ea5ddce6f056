"""Prepare the notebooks that are handed out: each records which cells it has."""

from nbgrader.preprocessors import NbGraderPreprocessor

from helpers.notebooks.examine import NOTE, cells_by_name


class NoteCells(NbGraderPreprocessor):
    """Record a notebook's exercise and its cells in its metadata, so that lost cells are noticed."""

    def preprocess(self, nb, resources):
        """Return the notebook with this record."""
        name = resources.get("metadata", {}).get("name", "")
        nb.metadata[NOTE] = {"name": name, "cells": [name for name, _ in cells_by_name(nb)]}
        return nb, resources
