"""Does every chapter have its parts, sources and style?  All complaints at once, as `path:line: message`.

A page is read line by line.  Its *text* is what a reader reads as ours: headings, paragraphs, lists, tables,
boxes and answers, with the words inside of roles.  Code cells, editions, quotations set off, other
directives, their options, front matter and comments are no text; the words of an inline quotation are the
source's, but they are read, and so they count as words of the page.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from bs4 import BeautifulSoup
from pybtex.database import parse_file
from sphinxcontrib.bibtex.citation_target import parse_citation_targets

from helpers import find_quotation, load_events, load_letters, load_parties, load_people
from helpers.book.directives.data_tables import events_in
from helpers.checks.skills import SKILLS
from helpers.corpus.loaders import find_mentions

ROOT = Path(__file__).parents[2]
SITE = ROOT / "_build" / "html"
TOC = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
# The parts in which no page is a chapter.
NO_CHAPTERS = {"For teaching", "Back matter"}
LEAST, MOST = 1000, 2500
WIDEST = 84


def pages(*, chapters):
    """Return the pages of the four parts with chapters, or those for teachers and of the back matter."""
    parts = [part for part in TOC["parts"] if (part["caption"] not in NO_CHAPTERS) == chapters]
    return [ROOT / f"{chapter['file']}.md" for part in parts for chapter in part["chapters"]]


# --- reading a page ---

# What these hold is text of ours; what others hold is code, or made elsewhere.
TEXT_INSIDE = set("admonition container dropdown note warning tip important margin sidebar hint".split())
FENCE = re.compile(r"\s*(?P<fence>`{3,}|:{3,})(?:\{(?P<name>[\w:-]+)\}\s*(?P<argument>.*))?(?P<rest>.*)$")
OPTION = re.compile(r"\s*:[\w-]+:")
ROLE = re.compile(r"\{(?P<role>[\w:+-]+)\}`(?P<content>[^`]*)`")
TARGET = re.compile(r"^(?P<text>.*\S)\s*<(?P<id>[^<>]*)>$", re.DOTALL)


class Block(NamedTuple):
    """A directive: its name, argument, line, classes and content."""

    name: str
    argument: str
    line: int
    classes: tuple[str, ...]
    content: str


class Line(NamedTuple):
    """A line of text with its number and the directives around it, by class or name."""

    n: int
    raw: str
    inside: tuple[str, ...]

    @property
    def kind(self):
        """Say what the line is: heading, row of a table, item of a list, or plain."""
        start = self.raw.lstrip()
        if start.startswith("#"):
            return "heading"
        if start.startswith("|"):
            return "table"
        return "item" if re.match(r"([-*+]|\d+\.)\s", start) else "plain"


class Page(NamedTuple):
    """A page: its front matter, its lines of text, its directives, and all of its lines."""

    path: Path
    front: dict
    text: list[Line]
    blocks: list[Block]
    raw: list[str]

    def complain(self, line, message):
        """Return a complaint in the form that editors can jump to."""
        path = self.path.relative_to(ROOT) if self.path.is_relative_to(ROOT) else self.path
        return f"{path}:{line}: {message}"


def read_page(path):
    """Return a page, taken apart."""
    raw = path.read_text(encoding="utf-8").splitlines()
    start, front = 0, {}
    if raw and raw[0] == "---":
        start = raw.index("---", 1) + 1
        front = yaml.safe_load("\n".join(raw[1 : start - 1])) or {}
    text, blocks = [], []
    _read(raw, start, len(raw), (), text, blocks)
    return Page(path, front, text, blocks, raw)


def _read(raw, start, end, inside, text, blocks):
    n = start
    while n < end:
        found = FENCE.match(raw[n])
        if not found or (found["name"] is None and found["fence"][0] == ":"):
            if raw[n].strip() and not re.fullmatch(r"\([\w-]+\)=|%.*|\+\+\+.*", raw[n].strip()):
                text.append(Line(n + 1, raw[n], inside))
            n += 1
            continue
        fence = found["fence"]
        closing = re.compile(rf"\s*{re.escape(fence[0])}{{{len(fence)},}}\s*$")
        last = next((m for m in range(n + 1, end) if closing.match(raw[m])), end)
        first, options = n + 1, {}
        while first < last and found["name"] and OPTION.match(raw[first]):
            key, _, value = raw[first].strip().removeprefix(":").partition(":")
            options[key] = value.strip()
            first += 1
        name = found["name"] or "code"
        classes = tuple(options.get("class", "").split())
        content = "\n".join(raw[first:last])
        blocks.append(Block(name, (found["argument"] or "").strip(), n + 1, classes, content))
        if name in TEXT_INSIDE:
            if found["argument"]:
                text.append(Line(n + 1, found["argument"], (*inside, name, *classes, "title")))
            _read(raw, first, last, (*inside, name, *classes), text, blocks)
        n = last + 1


def pieces(raw):
    """Yield the parts of a line in order: ("text", words, "") or (role, text, target); code is left out."""
    at = 0
    for found in re.finditer(rf"{ROLE.pattern}|(?P<code>`+[^`]+`+)", raw):
        yield "text", plain(raw[at : found.start()]), ""
        at = found.end()
        if not found["code"]:
            split = TARGET.match(found["content"])
            yield found["role"], *((split["text"], split["id"]) if split else ("", found["content"]))
    yield "text", plain(raw[at:]), ""


def plain(text):
    """Return text without the addresses of its links."""
    return re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)


def own_words(raw, *, code=" ", glue=" "):
    """Return what we say in a line, without quotations, citations and marks of emphasis.

    Signs may stand for code and glue, which are neither numbers nor ends of a sentence of ours.
    """
    parts = []
    at = 0
    for found in re.finditer(rf"{ROLE.pattern}|(?P<code>`+[^`]+`+)", raw):
        parts.append(raw[at : found.start()])
        at = found.end()
        if found["code"]:
            parts.append(code)
            continue
        split = TARGET.match(found["content"])
        if found["role"].startswith("glue"):
            parts.append(glue)
        elif found["role"] == "quotation":
            parts.append(code)
        elif not found["role"].startswith("cite"):
            parts.append(split["text"] if split else code)
    return re.sub(r"\*+|(?<!\w)_|_(?!\w)", "", plain("".join([*parts, raw[at:]])))


def count_words(page):
    """Return how many words a reader reads as text, quotations in the text included."""
    words = 0
    for line in page.text:
        for role, text, _ in pieces(line.raw):
            words += (
                len(re.findall(r"\w[\w'’-]*", text)) if role == "text" or text else role.startswith("glue")
            )
        words += len(re.findall(r"(?<!\})`[^`]+`", line.raw))
    return words


# --- what a chapter has ---

OPENING = "an opening question: ask one before the first section"
# What a page of each kind need not have.  An edition is as long as its source, and a lesson teaches a tool.
SPARED = {
    "chapter": set(),
    "edition": {"limits", "length"},
    "lesson": {"chart", "limits", "verdict", "Exercise", "Further reading"},
}
UNSEEN = {
    "understand",
    "know",
    "learn",
    "appreciate",
    "grasp",
    "realize",
    "see",
    "think",
    "believe",
    "feel",
    "be",
}


def kind_of(page):
    """Return of what kind a page of the four parts is: chapter, edition or lesson."""
    return page.front.get("kind", "chapter")


def finished(paths):
    """Return the pages that are no drafts: a draft may be short, and nobody examines its objectives yet."""
    return [path for path in paths if not read_page(path).front.get("draft")]


def check_parts(page):
    """Complain of every part that a page of its kind lacks."""
    slug = page.path.stem
    spared = SPARED[kind_of(page)]
    headings = [line for line in page.text if line.kind == "heading" and not line.inside]
    titles = [line for line in headings if line.raw.startswith("# ")]
    sections = [line for line in headings if line.raw.startswith("## ")]
    names = [line.raw.removeprefix("## ").strip() for line in sections]
    if len(titles) != 1 or page.raw[titles[0].n - 2] != f"({slug})=":
        yield page.complain(
            titles[0].n if titles else 1, f"one H1 with the label ({slug})= in the line above"
        )
    first = sections[0].n if sections else len(page.raw)
    opening = [line for line in page.text if line.n < first and not line.inside]
    if not any("?" in own_words(line.raw) for line in opening):
        yield page.complain(1, OPENING)
    exercise = (ROOT / "exercises" / "source" / slug).is_dir() or "Exercise" in names
    last = [
        name
        for name in (*["Exercise"] * exercise, "Further reading", "What to do next")
        if name not in spared or name in names
    ]
    if names[-len(last) :] != last:
        yield page.complain(first, f"the last sections are {', '.join(last)}")
    skills = page.front.get("skills") or []
    if not skills or not set(skills) <= set(SKILLS):
        yield page.complain(1, f"front matter: a list `skills` of {', '.join(SKILLS)}")
    if "verdict" not in spared and sum(b.name == "verdict" for b in page.blocks) != 1:
        yield page.complain(len(page.raw), "one directive verdict")
    if "Exercise" in last and not any(b.name == "exercise" for b in page.blocks):
        yield page.complain(len(page.raw), "the directive exercise")
    if "chart" not in spared and not any(
        b.name == "code-cell" and re.search(r"\b(explore|draw)_\w+\(", b.content) for b in page.blocks
    ):
        yield page.complain(1, "a cell with a chart or an explorer: draw_...() or explore_...()")
    limits = [b for b in page.blocks if "limits" in b.classes]
    if "limits" not in spared and [b.argument for b in limits] != ["What this cannot show"]:
        yield page.complain(1, "one box of class limits, What this cannot show")
    yield from _check_objectives(page)
    yield from _check_questions(page)
    yield from _check_reading(page, sections)


def _check_objectives(page):
    boxes = [b for b in page.blocks if "objectives" in b.classes]
    if len(boxes) != 1:
        yield page.complain(1, f"one box of class objectives, not {len(boxes)}")
        return
    items = [line for line in page.text if "objectives" in line.inside and line.kind == "item"]
    if len(items) < 3:
        yield page.complain(boxes[0].line, f"three objectives or more, not {len(items)}")
    for item in items:
        verb = re.match(r"\s*[-*+] \*\*([A-Za-z-]+)\b[^*]*\*\*", item.raw)
        if not verb or verb[1].lower() in UNSEEN:
            yield page.complain(item.n, "an objective begins with a bold verb that can be observed")
    if not re.search(r"^\*\*Time\*\*: about \d+ minutes\.$", boxes[0].content.strip(), re.MULTILINE):
        yield page.complain(boxes[0].line, "the objectives end with a line `**Time**: about 60 minutes.`")


def _check_questions(page):
    boxes = [b for b in page.blocks if "think" in b.classes]
    if kind_of(page) == "chapter" and not 2 <= len(boxes) <= 3:
        yield page.complain(1, f"two or three boxes of class think, not {len(boxes)}")
    for box in boxes:
        before, dropdown, _ = box.content.partition("{dropdown}")
        asked = "?" in before or box.argument == "Try it"
        if box.argument not in ("Stop and think", "Try it") or not asked or not dropdown:
            yield page.complain(box.line, "Stop and think: a question, and an answer in a dropdown")


def _check_reading(page, sections):
    starts = {line.raw.removeprefix("## ").strip(): line.n for line in sections}
    if "Further reading" not in starts:
        return
    start = starts["Further reading"]
    end = min((n for n in starts.values() if n > start), default=len(page.raw) + 1)
    items: list[list[Line]] = []
    for line in (line for line in page.text if start < line.n < end):
        if line.kind == "item":
            items.append([line])
        elif items:
            items[-1].append(line)
    if not items:
        yield page.complain(start, "a list of works")
    for item in items:
        raw = " ".join(line.raw for line in item)
        if "{cite" not in raw or len(own_words(raw).split()) < 5:
            yield page.complain(item[0].n, "a work: its citation, and a line on why to read it")


def check_length(page):
    """Complain of a chapter that is too short to teach or too long to be read at once."""
    if page.front.get("draft"):
        return
    words = count_words(page)
    most = words if "length" in SPARED[kind_of(page)] else MOST
    if not LEAST <= words <= most:
        yield page.complain(1, f"{words} words of text; there should be {LEAST} to {MOST}")


# --- code ---


def visible_cells(page):
    """Return the code cells that stand on the page, each with its line."""
    return [
        (block.line, block.content)
        for block in page.blocks
        if block.name == "code-cell" and not {"remove-cell", "remove-input"} & tags(page, block)
    ]


def tags(page, block):
    """Return the tags of a cell, which stand in its first lines."""
    found = re.match(r"\s*:tags: \[(?P<tags>[^\]]*)\]", page.raw[block.line])
    return set(re.split(r",\s*", found["tags"])) if found else set()


def check_code(page):
    """Complain of lines of code that are wider than the column of text, and would be broken in it."""
    for n, code in visible_cells(page):
        for line in code.splitlines():
            if len(line) > WIDEST:
                yield page.complain(n, f"{len(line)} characters in a line of code; {WIDEST} have room")


def run_as_typed(page):
    """Complain of the first visible cell that does not run when nothing but the visible cells is typed."""
    session = {"__name__": "__main__"}
    for line, code in visible_cells(page):
        try:
            exec(compile(code, f"{page.path.stem}, line {line}", "exec"), session)
        except Exception as error:
            return [page.complain(line, f"typed as it stands, the cell fails: {error!r}")]
    return []


# --- numbers ---

MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
NUMBERS = r"\d+(?:(?:, | and | or | to |, and |–)\d+)*"
NUMBERED = (
    "[Pp]aragraphs?|[Dd]ocuments?|[Ss]heets?|[Pp]ages?|[Ll]ines?|[Rr]ows?|[Ss]teps?|[Pp]arts?|[Nn]umbers?|"
    "[Cc]hapters?|[Vv]olumes?|Python"
)
ALLOWED = re.compile(
    "|".join(
        [
            rf"\b\d{{1,2}}(?:(?: and | or | to |–)\d{{1,2}})? {MONTH}(?: \d{{4}})?",  # days
            r"\b(?:1[89]|20)\d\d(?:[–/-]\d{2,4}|s)?\b",  # years, spans of years, decades
            rf"¶+ ?{NUMBERS}",
            rf"\b(?:{NUMBERED}) {NUMBERS}",
            r"\b\d+(?:st|nd|rd|th)\b",
            r"\b\d{3}-\d{5}-\d{2}\b(?:, \d+[–-]\d+)?",  # shelfmarks
            r"\b(?:BY|Attribution) \d\.\d\b|\b\d-Clause\b",  # licenses
        ]
    )
)


def check_numbers(page):
    """Complain of digits that a cell should compute.

    Digits may stand in dates and years, in names of paragraphs, documents, steps and the like, in ordinals,
    in headings, in code, in addresses, in the line on time, and in a line with a citation, which answers for
    the number.  Every other number is glued, or a small one that is written out.
    """
    for line in page.text:
        if line.kind == "heading" or "{cite" in line.raw or line.raw.startswith("**Time**"):
            continue
        for number in typed_numbers(re.sub(r"^\s*\d+\.\s", "", own_words(line.raw))):
            yield page.complain(line.n, f"the number {number}: glue it, write it out, or cite it")


def typed_numbers(words):
    """Return the numbers in our words that a cell should compute."""
    return [found.rstrip(".,") for found in re.findall(r"\d[\d,.]*", ALLOWED.sub(" ", words))]


# --- quotation marks ---

QUOTED = re.compile(r"\"([^\"]+)\"|“([^”]+)”|‘([^’]+)’(?!\w)|(?<![\w'])'([^']+)'(?![\w'])")
# Marks that neither quote a source nor could be spared.
SCARE: set[str] = set()


def check_quotation_marks(page):
    """Complain of every pair of quotation marks in our text: words of the sources go through the role.

    Words of other works stand in a line with a citation, which answers for them.
    """
    for line in page.text:
        for found in QUOTED.finditer(own_words(line.raw, code="X")):
            words = next(filter(None, found.groups()))
            if words in SCARE:
                continue
            passages = find_quotation(words) if len(words.split()) >= 3 else ()
            if len(passages):
                where = passages["paragraph_id"].iloc[0]
                yield page.complain(line.n, f"“{words}” stands in {where}: use the role quotation")
            elif "{cite" not in line.raw:
                yield page.complain(
                    line.n, f"“{words}” is in quotation marks and not quoted from the sources"
                )


# --- citations ---


@cache
def bibliography():
    return set(parse_file(ROOT / "chapters" / "references.bib").entries)


def cited(page):
    """Yield every citation key of a page with its line."""
    for n, raw in enumerate(page.raw, 1):
        for found in ROLE.finditer(raw):
            if found["role"].startswith("cite"):
                for target in parse_citation_targets(found["content"]):
                    yield n, target.key


def check_citations(page):
    """Complain of keys that the bibliography does not have."""
    for n, key in cited(page):
        if key not in bibliography():
            yield page.complain(n, f"references.bib has no {key}")


# --- first mentions ---


@cache
def forms():
    """Return who or what each name means, the longest first; a name that two share means nobody.

    People count by full name, by first and last name, and by family name.  Bodies and terms count by name and
    abbreviation, states by abbreviation alone: countries need no introduction.
    """
    found: dict[str, set[str]] = {}
    for row in load_people().itertuples():
        parts = row.name.split()
        family = parts[0] if row.state == "peoples-republic-of-china" else parts[-1]
        for form in {row.name, f"{parts[0]} {parts[-1]}", family}:
            found.setdefault(form, set()).add(row.person_id)
    for row in load_parties().itertuples():
        for form in {row.abbreviation} if row.kind == "state" else {row.name, row.abbreviation}:
            found.setdefault(form, set()).add(row.party_id)
    single = {form: ids.pop() for form, ids in found.items() if form and len(ids) == 1}
    return {form: single[form] for form in sorted(single, key=len, reverse=True)}


def check_first_mentions(page):
    """Complain of people and bodies whose first mention leads to no entry.

    Headings, objectives and tables need no link, and the sources' own words are no mention of ours; a link in
    any of them counts.
    """
    introduced: set[str] = set()
    for line in page.text:
        is_exempt = line.kind in ("heading", "table") or "objectives" in line.inside or "title" in line.inside
        for role, text, target in pieces(line.raw):
            if role == "gloss":
                introduced.add(target)
                continue
            if is_exempt or role == "quotation" or role.startswith(("cite", "glue")):
                continue
            for start, end in find_mentions(text, forms()):
                entity_id = forms()[text[start:end]]
                if entity_id not in introduced:
                    introduced.add(entity_id)
                    how = f"{{gloss}}`{text[start:end]} <{entity_id}>`"
                    yield page.complain(line.n, f"the first mention of {text[start:end]}: {how}")


# --- one sentence a line ---

SENTENCE_END = re.compile(r"[.?!][\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z])")
# Initials and abbreviations end no sentence.
NO_END = re.compile(r"(?:\b[A-Z]|\b(?:Mr|Mrs|Dr|St|ed|eds|vol|no|pp?|cf|e\.g|i\.e|f|op|d|ll|com))\.$")


def check_sentences(page):
    """Complain of lines with two sentences, and of sentences over two lines."""
    for line, after in zip(page.text, [*page.text[1:], None], strict=True):
        if line.kind in ("heading", "table") or "title" in line.inside:
            continue
        words = re.sub(r"^\s*(?:[-*+]|\d+\.)\s+", "", own_words(line.raw, code="X", glue="X")).strip()
        ends = [m for m in SENTENCE_END.finditer(words) if not NO_END.search(words[: m.start() + 1])]
        if ends:
            yield page.complain(line.n, "two sentences in one line")
        goes_on = after and after.n == line.n + 1 and after.inside == line.inside and after.kind == "plain"
        if goes_on and line.kind == "plain" and not re.search(r"[.?!:;][\"”’')\]]*$", words):
            yield page.complain(line.n, "a sentence over two lines")


CHECKS = [
    check_parts,
    check_length,
    check_numbers,
    check_quotation_marks,
    check_citations,
    check_first_mentions,
    check_sentences,
    check_code,
]
# What also holds where nothing is taught.
EVERYWHERE = [check_numbers, check_quotation_marks, check_citations, check_sentences]


def complaints(path, checks) -> Iterator[str]:
    """Yield every complaint about a page."""
    page = read_page(path)
    for check in checks:
        yield from check(page)


@pytest.mark.parametrize("path", pages(chapters=True), ids=lambda path: path.stem)
def test_chapter(path):
    """Does a chapter have its parts, its length, its sources and its style?"""
    found = list(complaints(path, CHECKS))
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(
    "path", [ROOT / "chapters" / "index.md", *pages(chapters=False)], ids=lambda path: path.stem
)
def test_other_page(path):
    """Do the first page, the pages for teachers and the back matter keep the rules of style?"""
    found = list(complaints(path, EVERYWHERE))
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(
    "path",
    [path for path in pages(chapters=True) if visible_cells(read_page(path))],
    ids=lambda path: path.stem,
)
def test_visible_cells_run_alone(path, monkeypatch):
    """Does a reader who types every cell that stands on the page, and no other, meet no error?"""
    monkeypatch.chdir(ROOT / "chapters")
    assert run_as_typed(read_page(path)) == []


# --- are the checks blind? ---

GOOD = """---
skills: [sourcing, data]
---

(good)=
# A Good Page

Who wrote this?

:::{admonition} After this chapter you can
:class: objectives
- **point** to a paragraph,
- **count** words,
- **explain** what a zero shows.

**Time**: about 60 minutes.
:::

## One section

On 9 April 1962 {gloss}`Mao Zedong <mao-zedong>` was elsewhere, and Mao sent nobody {cite:p}`luthi2008`.
He had {glue:text}`n` letters, see {para}`paragraph 12 <deng-1962-p12>` and document 120726.
The record has {quotation}`no matter what, the CPSU and the CCP must close ranks <deng-1962-p05>`.

```{code-cell} ipython3
draw_chronology()  # 12 "words"
```

:::{admonition} Stop and think
:class: think
Why?

```{dropdown} One answer
Because.
```
:::

:::{admonition} Stop and think
:class: think
Who?

```{dropdown} One answer
Nobody knows.
```
:::

:::{admonition} What this cannot show
:class: limits
Much.
:::

```{verdict}
And now?
```

## Exercise

```{exercise}
```

## Further reading

- {cite:t}`luthi2008`: a full account that gives much weight to ideology.

## What to do next

Read on.
"""
FAULTS = {
    "no label": ("(good)=\n", "", "one H1 with the label (good)="),
    "no question": ("Who wrote this?", "Somebody wrote this.", "an opening question"),
    "no objectives": (":class: objectives", ":class: note", "one box of class objectives, not 0"),
    "objective": ("**count** words", "**understand** words", "a bold verb that can be observed"),
    "no time": ("**Time**: about 60 minutes.", "It takes a while.", "the objectives end with"),
    "no chart": ("draw_chronology()", "print()", "a cell with a chart or an explorer"),
    "wide code": ("draw_chronology()", f"draw_chronology({'since=1960, ' * 7})", "in a line of code"),
    "one prompt": (":class: think\nWho?", ":class: tip\nWho?", "two or three boxes of class think, not 1"),
    "no answer": ("```{dropdown} One answer\nBecause.\n```\n", "", "an answer in a dropdown"),
    "no limits": (":class: limits", ":class: warning", "one box of class limits"),
    "no verdict": ("```{verdict}\nAnd now?\n```\n", "", "one directive verdict"),
    "no exercise": ("```{exercise}\n```\n", "", "the directive exercise"),
    "no citation": ("- {cite:t}`luthi2008`: a full", "- Lorenz Lüthi: a full", "a work: its citation"),
    "no reason": (": a full account that gives much weight to ideology.", "", "a line on why"),
    "other end": ("## What to do next", "## The end", "the last sections are"),
    "no skills": ("skills: [sourcing, data]", "skills: [juggling]", "front matter: a list `skills`"),
    "number": ("{glue:text}`n` letters", "87 letters", "the number 87"),
    "quotation": ("Much.", 'It says "the CPSU and the CCP must close ranks".', "stands in deng-1962-p05"),
    "marks": ("Much.", "It was a “yes”.", "“yes” is in quotation marks"),
    "key": ("`luthi2008`.", "`luthi1908`.", "references.bib has no luthi1908"),
    "no gloss": (
        "{gloss}`Mao Zedong <mao-zedong>`",
        "Mao Zedong",
        "the first mention of Mao Zedong: {gloss}",
    ),
    "body": ("Much.", "The CPSU knows.", "{gloss}`CPSU <communist-party-of-the-soviet-union>`"),
    "two sentences": ("Read on.", "Read on. Do it now.", "two sentences in one line"),
    "two lines": ("Read on.", "Read\non.", "a sentence over two lines"),
}


def test_checks_leave_a_good_page_alone(tmp_path):
    """Do the checks find nothing but its shortness on a page that has everything?"""
    path = tmp_path / "good.md"
    path.write_text(GOOD, encoding="utf-8")
    [only] = complaints(path, CHECKS)
    assert re.search(r"good\.md:1: \d+ words of text; there should be 1000 to 2500$", only)


def test_a_draft_may_be_short(tmp_path):
    """Is nothing said of the length of a page that calls itself a draft?"""
    path = tmp_path / "good.md"
    path.write_text(GOOD.replace("skills:", "draft: true\nskills:", 1), encoding="utf-8")
    assert list(complaints(path, CHECKS)) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_checks_are_not_blind(tmp_path, fault):
    """Is each fault found on its line, when it is put into a good page?"""
    before, after, complaint = FAULTS[fault]
    assert before in GOOD
    path = tmp_path / "good.md"
    path.write_text(GOOD.replace(before, after, 1), encoding="utf-8")
    found = [text for text in complaints(path, CHECKS) if complaint in text]
    assert len(found) == 1, list(complaints(path, CHECKS))
    assert re.match(r".*good\.md:\d+: ", found[0])


def test_a_hidden_import_is_seen(tmp_path):
    """Is a name found out that only a hidden cell makes?"""
    hidden = "```{code-cell} ipython3\n:tags: [remove-cell]\n\nn = 1\n```\n"
    path = tmp_path / "good.md"
    path.write_text(
        GOOD.replace(
            "```{code-cell} ipython3\ndraw_chronology()", f"{hidden}\n```{{code-cell}} ipython3\nprint(n)"
        )
    )
    [only] = run_as_typed(read_page(path))
    assert re.search(r"good\.md:\d+: typed as it stands, the cell fails: NameError", only)


# --- the book as a whole ---


def test_every_work_is_cited():
    """Is every entry of the bibliography used, by a page or by a table?"""
    tables = [load_people(), load_parties(), load_events(), load_letters()]
    used = {key for table in tables for keys in table["citation"] for key in keys}
    for path in sorted((ROOT / "chapters").rglob("*.md")):
        used |= {key for _, key in cited(read_page(path))}
    assert sorted(bibliography() - used) == []


def test_every_event_is_in_the_chronology():
    """Do the periods of the chronology hold every event once?"""
    page = read_page(ROOT / "chapters" / "chronology.md")
    spans = [block.argument for block in page.blocks if block.name == "events"]
    listed = [event for span in spans for event in events_in(span)["event_id"]]
    assert listed == load_events()["event_id"].to_list()


def test_spelling():
    """Does codespell find nothing in what we write?"""
    where = ["chapters", "data", "src", *(path.name for path in ROOT.glob("*.md"))]
    ran = subprocess.run(
        [sys.executable, "-m", "codespell_lib", *where], cwd=ROOT, capture_output=True, text=True
    )
    assert (ran.stdout, ran.stderr) == ("", "")


@pytest.mark.slow
def test_no_dead_link_in_the_site():
    """Does every link within the built book, to a page or to a place on it, have its target?"""
    if not (SITE / "index.html").is_file():
        subprocess.run([sys.executable, "-m", "helpers.book", "build"], cwd=ROOT, check=True)
    found = {
        path: BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for path in sorted(SITE.rglob("*.html"))
        if not {"_static", "live"} & set(path.relative_to(SITE).parts)
    }
    ids = {path: {element["id"] for element in page.find_all(id=True)} for path, page in found.items()}
    dead = []
    for path, page in found.items():
        for link in page.select("a[href]"):
            address, _, place = link["href"].partition("#")
            if re.match(r"[a-z]+:|//", address):
                continue
            address, _, notebook = address.partition("?path=")
            target = (path.parent / address).resolve() if address else path
            if notebook:  # JupyterLite's page opens what lies in its files
                target = target.parents[1] / "files" / notebook
            if not target.is_file() or (place and target in ids and place not in ids[target]):
                dead.append(f"{path.relative_to(SITE)}: {link['href']}")
    assert not dead, "\n".join(sorted(set(dead)))
