"""Questions for the explorers: a table that tests ask of Python and of the script of the pages."""

from helpers.explorers.chronology import ChronologyExplorer
from helpers.explorers.concordance import ConcordanceExplorer
from helpers.explorers.letters import LettersExplorer
from helpers.explorers.parallels import ParallelsExplorer

_TERMS = [
    *("conference", "Albania", "unity", "we", "we'll", "we’ll", "the", "a", "won't", "Deng", "three"),
    *("forty-three", "Forty-Three", "forty–three", "Marxism-Leninism", "MARXISM", "CPSU's", "CPSU", "s"),
    *("fraternal parties", " fraternal   parties ", "of the", "com.", "[tumanno]", '"We', "“We", "...", "-"),
    *("consult*", "*ing", "pre*", "th* part*", "co*-*", "won'*", "*", "**", "(a*", "a|b*", "(", "\\w", "$"),
    *("nobody at all", "", "   ", "\u00ad", "1962", "7 April 1962", "<b>", "&", "ﬁ", "É", "Ｄｅｎｇ"),
]


def explorer_cases():
    """Yield explorers of every kind, each with a question."""
    yield from (ConcordanceExplorer(term=term) for term in _TERMS)
    for term in ("debate", "the", "parties", "m*"):
        for sort in ("left", "right"):
            yield ConcordanceExplorer(term=term, sort=sort)
        yield from (ConcordanceExplorer(term=term, window=window) for window in (0, 1, 7, 200, 201, -1))
    for term in ("Conference", "conference", "WE", "We", "Con*", "con*", "U*"):
        yield ConcordanceExplorer(term=term, case_sensitive=True)
    for document_id in ("deng-1962", "mao-1963"):
        yield ConcordanceExplorer(term="unity", document_id=document_id, window=45)
        yield ChronologyExplorer(since=1949, until=1989, document_id=document_id)
        yield LettersExplorer(document_id=document_id)
        yield LettersExplorer(document_id=document_id, medium="letter")
    spans = [(1962, 1963), (1949, 1989), (1960, 1960), (1963, 1962), (1900, 1989), (1949, 2000), (1975, 1976)]
    yield from (ChronologyExplorer(since=since, until=until) for since, until in spans)
    for _, category in ChronologyExplorer().choices()["category"]:
        yield ChronologyExplorer(since=1949, until=1989, category=category)
    for name, choices in LettersExplorer().choices().items():
        yield from (LettersExplorer(**{name: value}) for _, value in choices)
    kinds = [(), ("person",), ("party",), ("letter",), ("topic",), ("letter", "topic"), ("person", "party")]
    for by in [*kinds, ("person", "party", "letter", "topic")]:
        yield from (ParallelsExplorer(by=by, min_shared=n) for n in (0, 1, 2, 4, 10))
        yield ParallelsExplorer(by=by, paragraph_id="deng-1962-p04")
