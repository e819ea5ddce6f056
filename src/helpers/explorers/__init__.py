"""Explorers let readers ask questions of the two documents, live in a notebook or as static HTML on a page.

Each is a thin wrapper around a function that takes traits and returns a frame.  In JupyterLab it shows
controls; without Python it shows its present state as HTML.
"""

from helpers.explorers.chronology import ChronologyExplorer, explore_chronology
from helpers.explorers.concordance import ConcordanceExplorer, explore_concordance
from helpers.explorers.explorer import Explorer
from helpers.explorers.letters import LettersExplorer, explore_letters
from helpers.explorers.parallels import ParallelsExplorer, explore_parallels
from helpers.explorers.reader import DocumentExplorer, explore_document

__all__ = [
    "ChronologyExplorer",
    "ConcordanceExplorer",
    "DocumentExplorer",
    "Explorer",
    "LettersExplorer",
    "ParallelsExplorer",
    "explore_chronology",
    "explore_concordance",
    "explore_document",
    "explore_letters",
    "explore_parallels",
]
