"""Load, quote and count two sources on the Sino-Soviet split.

Public names are loaded when you first use them, so that ``import helpers`` is fast.
"""

from importlib import import_module

_HOME = {
    "load_documents": "corpus",
    "load_paragraphs": "corpus",
    "load_sentences": "corpus",
    "load_tokens": "corpus",
    "load_emendations": "corpus",
    "load_people": "corpus",
    "load_parties": "corpus",
    "load_letters": "corpus",
    "load_events": "corpus",
    "load_speech_acts": "corpus",
    "load_mentions": "corpus",
    "find_data": "catalogue",
    "read_document": "corpus",
    "Document": "documents",
    "TranscriptionError": "documents",
    "read_corpus": "folders",
    "Corpus": "folders",
    "index_paragraphs": "indexing",
    "ParagraphIndex": "indexing",
    "find_quotation": "quotations",
    "verify_quotation": "quotations",
    "Verification": "quotations",
    "bound_date": "chronology",
    "bound_events": "chronology",
    "count_days": "chronology",
    "filter_events": "chronology",
    "known_on": "chronology",
    "list_gaps": "chronology",
    "measure_gaps": "chronology",
    "order_events": "chronology",
    "compare_vocabularies": "frequency",
    "count_quoted_words": "frequency",
    "count_reporting_verbs": "frequency",
    "count_terms": "frequency",
    "list_occurrences": "frequency",
    "measure_dispersion": "frequency",
    "measure_keyness": "frequency",
    "measure_mattr": "frequency",
    "measure_vocabulary": "frequency",
    "rank_keywords": "frequency",
    "split_tokens": "frequency",
    "concordance": "kwic",
    "index_words": "kwic",
    "WordIndex": "kwic",
    "count_edits": "edits",
    "align_paragraphs": "alignment",
    "explore_chronology": "explorers",
    "explore_concordance": "explorers",
    "explore_document": "explorers",
    "explore_letters": "explorers",
    "explore_parallels": "explorers",
    "describe_chart": "charts",
    "draw_chronology": "charts",
    "draw_comparison": "charts",
    "draw_dispersion": "charts",
    "draw_letters": "charts",
    "draw_voices": "charts",
    "build_letter_graph": "network",
    "build_mention_graph": "network",
    "count_correspondents": "network",
    "count_edges": "network",
    "list_letter_edges": "network",
    "list_mention_edges": "network",
}

__all__ = sorted(_HOME)


def __getattr__(name: str):
    if name not in _HOME:
        raise AttributeError(f"module 'helpers' has no attribute {name!r}")
    value = getattr(import_module(f"helpers.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
