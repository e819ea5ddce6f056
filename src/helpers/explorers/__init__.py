"""Explorers: questions to the two documents that a reader changes, live in a notebook and complete on a page.

Each is a thin shell around a pure function: traits in, a frame out.  In JupyterLab it shows controls; where
no Python runs it shows its present state as HTML.
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
