"""Define the five skills that this module teaches; every graded cell names the one that it tests."""

SKILLS = {
    "sourcing": "Ask who made a document, when, for whom and why, before you use what it says.",
    "contextualizing": "Place a document among the events, people and customs of its time.",
    "corroborating": "Compare documents: find where they agree, differ, or are silent.",
    "close-reading": "Find what a text says and how, quote it exactly, and tell whose voice it is.",
    "data": "Ask questions of texts as tables with a few lines of code, and say what a count cannot show.",
}
"""Each skill in one sentence, in the order in which the book teaches them."""
