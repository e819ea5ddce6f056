# Each public name, with the module from which it is loaded when it is first used.
# Editors, type checkers and the page on the package read this list too.
# ruff: noqa: I001

__all__: list[str]
__version__: str

from .corpus.loaders import load_documents as load_documents
from .corpus.loaders import load_paragraphs as load_paragraphs
from .corpus.loaders import load_sentences as load_sentences
from .corpus.loaders import load_tokens as load_tokens
from .corpus.loaders import load_emendations as load_emendations
from .corpus.loaders import load_people as load_people
from .corpus.loaders import load_parties as load_parties
from .corpus.loaders import load_letters as load_letters
from .corpus.loaders import load_events as load_events
from .corpus.loaders import load_speech_acts as load_speech_acts
from .corpus.loaders import load_mentions as load_mentions
from .corpus.loaders import read_document as read_document
from .catalogue import find_data as find_data
from .corpus.folders import read_corpus as read_corpus
from .corpus.folders import Corpus as Corpus

from .transcription.parser import Document as Document
from .transcription.parser import TranscriptionError as TranscriptionError

from .quotation.verify import find_quotation as find_quotation
from .quotation.verify import verify_quotation as verify_quotation
from .quotation.verify import Verification as Verification
from .quotation.index import index_paragraphs as index_paragraphs
from .quotation.index import ParagraphIndex as ParagraphIndex
from .quotation.edit_distance import count_edits as count_edits

from .text.concordance import concordance as concordance
from .text.concordance import index_words as index_words
from .text.concordance import WordIndex as WordIndex
from .text.tokens import compare_vocabularies as compare_vocabularies
from .text.frequency import count_quoted_words as count_quoted_words
from .text.frequency import count_reporting_verbs as count_reporting_verbs
from .text.frequency import count_terms as count_terms
from .text.frequency import list_occurrences as list_occurrences
from .text.frequency import measure_dispersion as measure_dispersion
from .text.keyness import measure_keyness as measure_keyness
from .text.tokens import measure_mattr as measure_mattr
from .text.tokens import measure_vocabulary as measure_vocabulary
from .text.keyness import rank_keywords as rank_keywords
from .text.tokens import split_tokens as split_tokens

from .history.chronology import bound_date as bound_date
from .history.chronology import bound_events as bound_events
from .history.chronology import count_days as count_days
from .history.chronology import filter_events as filter_events
from .history.chronology import known_on as known_on
from .history.chronology import order_events as order_events
from .history.alignment import align_paragraphs as align_paragraphs
from .history.network import count_correspondents as count_correspondents
from .history.network import count_edges as count_edges
from .history.network import list_letter_edges as list_letter_edges

from .charts.describe import describe_chart as describe_chart
from .charts.chronology import draw_chronology as draw_chronology
from .charts.comparison import draw_comparison as draw_comparison
from .charts.dispersion import draw_dispersion as draw_dispersion
from .charts.letters import draw_letters as draw_letters
from .charts.voices import draw_voices as draw_voices
from .charts.exchange import draw_exchange as draw_exchange
from .charts.explanations import draw_explanations as draw_explanations
from .charts.map import draw_map as draw_map
from .charts.turns import draw_turns as draw_turns

from .explorers.chronology import explore_chronology as explore_chronology
from .explorers.concordance import explore_concordance as explore_concordance
from .explorers.reader import explore_document as explore_document
from .explorers.letters import explore_letters as explore_letters
from .explorers.parallels import explore_parallels as explore_parallels
