"""Load, quote and count two sources on the Sino-Soviet split.

Public names are loaded when you first use them, so that ``import helpers`` is fast.
"""

from importlib import import_module

_HOME = {
    "load_documents": "corpus.loaders",
    "load_paragraphs": "corpus.loaders",
    "load_sentences": "corpus.loaders",
    "load_tokens": "corpus.loaders",
    "load_emendations": "corpus.loaders",
    "load_people": "corpus.loaders",
    "load_parties": "corpus.loaders",
    "load_letters": "corpus.loaders",
    "load_events": "corpus.loaders",
    "load_speech_acts": "corpus.loaders",
    "load_mentions": "corpus.loaders",
    "find_data": "catalogue",
    "read_document": "corpus.loaders",
    "Document": "transcription.parser",
    "TranscriptionError": "transcription.parser",
    "read_corpus": "corpus.folders",
    "Corpus": "corpus.folders",
    "index_paragraphs": "quotation.index",
    "ParagraphIndex": "quotation.index",
    "find_quotation": "quotation.verify",
    "verify_quotation": "quotation.verify",
    "Verification": "quotation.verify",
    "bound_date": "history.chronology",
    "bound_events": "history.chronology",
    "count_days": "history.chronology",
    "filter_events": "history.chronology",
    "known_on": "history.chronology",
    "list_gaps": "history.chronology",
    "measure_gaps": "history.chronology",
    "order_events": "history.chronology",
    "compare_vocabularies": "text.frequency",
    "count_quoted_words": "text.frequency",
    "count_reporting_verbs": "text.frequency",
    "count_terms": "text.frequency",
    "list_occurrences": "text.frequency",
    "measure_dispersion": "text.frequency",
    "measure_keyness": "text.frequency",
    "measure_mattr": "text.frequency",
    "measure_vocabulary": "text.frequency",
    "rank_keywords": "text.frequency",
    "split_tokens": "text.frequency",
    "concordance": "text.concordance",
    "index_words": "text.concordance",
    "WordIndex": "text.concordance",
    "count_edits": "quotation.edits",
    "align_paragraphs": "history.alignment",
    "explore_chronology": "explorers",
    "explore_concordance": "explorers",
    "explore_document": "explorers",
    "explore_letters": "explorers",
    "explore_parallels": "explorers",
    "describe_chart": "charts.corpus",
    "draw_chronology": "charts.corpus",
    "draw_comparison": "charts.corpus",
    "draw_dispersion": "charts.corpus",
    "draw_letters": "charts.corpus",
    "draw_voices": "charts.corpus",
    "draw_exchange": "charts.story",
    "draw_explanations": "charts.story",
    "draw_map": "charts.story",
    "draw_turns": "charts.story",
    "build_letter_graph": "history.network",
    "build_mention_graph": "history.network",
    "count_correspondents": "history.network",
    "count_edges": "history.network",
    "list_letter_edges": "history.network",
    "list_mention_edges": "history.network",
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
