"""Can a teacher rely on the guide: do plans add up, do routes lead somewhere, and is nothing given away?"""

import re
from pathlib import Path

import nbformat
import pytest
import yaml
from tests.book.test_book import build, table_of, with_exercise
from tests.book.test_chapters import (
    EVERYWHERE,
    ROOT,
    check_first_mentions,
    check_length,
    complaints,
    finished,
    pages,
    read_page,
)
from tests.book.test_hours import TEACHES, page
from tests.exercises.test_objectives import SOURCES, asked_twice, questions_in

from helpers import find_data, load_sentences
from helpers.book.directives.plans import (
    LENGTHS,
    PlanError,
    practiced,
    read_plans,
    read_routes,
    read_standards,
)
from helpers.book.domain.course import Span, page_at
from helpers.checks.practice import read_objectives, read_questions
from helpers.checks.questions.reading_a_record import TEN
from helpers.checks.skills import SKILLS

TEACHING = ROOT / "chapters" / "teaching"
GUIDE = sorted(TEACHING.glob("*.md"))
CHAPTERS = finished(pages(chapters=True))
SLUGS = [path.stem for path in CHAPTERS]
PAGES = {path.stem: page_at(path, ROOT) for path in CHAPTERS}
PLANS = read_plans(TEACHING / "plans.yml")
ROUTES = read_routes(TEACHING / "routes.yml", plans=PLANS, pages=SLUGS)
INDEX = "# A\n\n```{toctree}\ndeng-1962\nteaching\n```\n"


def blocks(name):
    """Return the arguments of a directive on all pages of the guide."""
    return [block.argument for path in GUIDE for block in read_page(path).blocks if block.name == name]


# --- pages ---


@pytest.mark.parametrize("path", GUIDE, ids=lambda path: path.stem)
def test_page(path):
    """Does a page of the guide keep the rules of style and length, and introduce whom it names?"""
    found = list(complaints(path, [*EVERYWHERE, check_length, check_first_mentions]))
    assert not found, "\n" + "\n".join(found)


def test_every_page_is_listed():
    """Is every page of the guide in the table of contents?"""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    [part] = [part for part in toc["parts"] if part["caption"] == "For teaching"]
    assert {Path(entry["file"]).name for entry in part["chapters"]} == {path.stem for path in GUIDE}


def test_no_page_asks_what_is_graded():
    """Is no question of the guide, which a class may discuss with everyone, one that an exercise grades?"""
    asked = [
        (path, 1, question)
        for path in [*GUIDE, TEACHING / "plans.yml"]
        for question in questions_in(path.read_text(encoding="utf-8"))
    ]
    graded = [
        (f"{source.stem}: {cell.id}", question)
        for source in SOURCES
        for cell in nbformat.read(source, 4).cells
        if cell.id.startswith("question-")
        for question in questions_in(cell.source)
    ]
    assert len(asked) > 100 and len(graded) > 100
    assert not list(asked_twice(asked, graded))


# --- plans ---


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS.keys())
def test_plan_adds_up(plan):
    """Do the minutes of a plan add up, is no step shorter in the long session, and has each words?"""
    assert plan.totals == LENGTHS
    assert all(0 < short <= long for short, long in (step.minutes for step in plan.steps))
    assert all(len(step.do.split()) >= 6 for step in plan.steps)


def test_every_chapter_has_a_plan_on_a_page():
    """Has every page of the book a plan, and is every plan on one page of the guide?"""
    assert set(SLUGS) <= PLANS.keys()
    assert sorted(blocks("plan")) == sorted(PLANS)


@pytest.mark.parametrize("slug", SLUGS)
def test_plan_has_questions_mistakes_and_a_way_out(slug):
    """Do questions, mistakes to expect and an advice for trouble follow the plan of a page?"""
    [text] = [
        text
        for text in (path.read_text(encoding="utf-8") for path in GUIDE)
        if f"```{{plan}} {slug}\n" in text
    ]
    section = text.partition(f"```{{plan}} {slug}\n")[2].partition("\n## ")[0]
    questions, _, rest = section.partition("**Expect these mistakes.**")
    assert questions.partition("**Questions for discussion.**")[2].count("?\n") >= 3
    assert len(re.findall(r"^- \*.+\*$", rest, re.MULTILINE)) >= 3
    assert re.search(r"^\*\*If .+?\*\*", rest, re.MULTILINE)


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("minutes: [40, 60]", "minutes: [40, 61]", r"the minutes add up to \(50, 76\)"),
        ("    title: One", "    subject: One", "'title' is missing"),
    ],
)
def test_wrong_plan_is_named(tmp_path, before, after, complaint):
    """Is a plan that does not add up, or lacks something, named?"""
    good = (
        "one:\n    title: One\n    bring: paper\n    steps:\n"
        "    - {name: Read, do: Read it., minutes: [10, 15]}\n"
        "    - {name: Talk, do: Talk about it., minutes: [40, 60]}\n"
    )
    path = tmp_path / "plans.yml"
    path.write_text(good)
    assert read_plans(path)["one"].totals == LENGTHS
    path.write_text(good.replace(before, after))
    with pytest.raises(PlanError, match=complaint):
        read_plans(path)


def test_plan_in_a_book(tmp_path):
    """Is a plan a table with its sums, with the time for its page, and with a place that links reach?"""
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "plans.yml").write_text(
        "deng-1962:\n  title: Read it\n  bring: the *record*\n  steps:\n"
        "  - {name: Read, do: 'Read [this](#plan-deng-1962).', minutes: [0, 15]}\n"
        "  - {name: Talk, do: Talk about it., minutes: [50, 60]}\n"
    )
    built = build(
        tmp_path / "book",
        {
            "index": INDEX,
            "deng-1962": page("Deng", 90),
            "teaching": "# T\n\n```{plan} deng-1962\n```\n\n[There](#plan-deng-1962)\n",
        },
    )
    assert (built.status, built.warnings) == (0, "")
    rows = table_of(built, "teaching")
    assert rows["plan-deng-1962-1"] == ["Read", "Read this .", "left out", "15"]
    assert rows["plan-deng-1962-all"] == ["Together", "", "50", "75"]
    [box] = built.page("teaching").select("#plan-deng-1962")
    assert "Deng, 90 minutes with its practice" in box.get_text()
    assert built.page("teaching").find("a", string="There")["href"] == "#plan-deng-1962"


def test_unknown_plan_stops_the_build(tmp_path):
    """Is a plan that is not in the file an error with the names of those that are?"""
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "plans.yml").write_text((TEACHING / "plans.yml").read_text(encoding="utf-8"))
    built = build(tmp_path / "book", {"index": "# A\n\n```{plan} sleep\n```\n"})
    assert built.status == 1
    assert "plans.yml has no plan 'sleep'; it has one-session" in built.warnings


# --- times, and what builds on what ---


def test_times_of_a_page():
    """Are the times of a page those that it and its exercise name?"""
    page = PAGES["deng-1962"]
    reading, practice, core, stretch = page.times
    said = re.search(
        r"core takes about (\d+) minutes, and the stretch another (\d+)", page.source.read_text()
    )
    assert (core, stretch) == (Span(int(said[1]), int(said[1])), Span(int(said[2]), int(said[2])))
    assert reading.most > 0 and practice.most > 0


def test_pages_with_code():
    """Is a page with code told from one whose cells are all hidden?"""
    code = {slug: page.needs_code for slug, page in PAGES.items()}
    assert code["first-python"] and code["words-in-context"]
    assert not code["the-split"] and not code["four-explanations"]


def test_what_builds_on_what():
    """Does the comparison build on both documents, and the first page on nothing?"""
    found = {slug: page.builds_on(SLUGS) for slug, page in PAGES.items()}
    assert found["the-split"] == set()
    assert {"deng-1962", "mao-1963"} <= found["side-by-side"]
    assert {"first-tables", "deng-1962"} <= found["words-in-context"]
    for slug, before in found.items():
        assert before <= set(SLUGS[: SLUGS.index(slug)])


def test_map_of_a_book(tmp_path):
    """Has the map a row a page with its minutes, and the sums in its last row?"""
    built = build(
        with_exercise(tmp_path / "book"),
        {
            "index": "# A\n\n```{course-map}\n```\n\n```{toctree}\ndeng-1962\nside\n```\n",
            "deng-1962": page("Deng", 90),
            "side": f"{page('Side', 35)}\n{{para}}`Five <deng-1962-p05>`\n\n```{{document}} deng-1962\n```\n",
        },
        exclude_patterns=["exercises"],
    )
    assert (built.status, built.warnings) == (0, "")
    rows = table_of(built)
    assert rows["map-side"] == ["Side", "35", "", "", "", "no", "Deng"]
    assert rows["map-deng-1962"][:2] == ["Deng", "90"]
    assert rows["map-all"][:2] == ["All pages, in hours", f"{125 / 60:.1f}"]


# --- routes ---


def test_every_route_is_shown():
    """Is every route on the overview, and is there one of each length with code and one without?"""
    assert sorted(blocks("route")) == sorted(ROUTES)
    assert {name for name in ROUTES if name.endswith("-code")} == {
        f"{name}-code" for name in ROUTES if not name.endswith("-code")
    }


@pytest.mark.parametrize("name", ROUTES)
def test_route_can_be_taught(name):
    """Is each page read once, before its exercise, and no exercise asked for that does not exist?"""
    read, done = [], []
    for meeting in ROUTES[name].meetings:
        read += meeting.read
        for slug in meeting.exercise:
            assert slug in read, f"{slug} is not read before its exercise"
            assert PAGES[slug].source.is_file()
        done += meeting.exercise
    assert len(read) == len(set(read)) and len(done) == len(set(done))


@pytest.mark.parametrize("name", [name for name in ROUTES if not name.endswith("-code")])
def test_route_without_code_asks_for_none(name):
    """Does a route without code ask for no exercise with Python, and for no lesson on it?"""
    for meeting in ROUTES[name].meetings:
        assert not {"first-python", "first-tables", "measures"} & {meeting.plan, *meeting.read}
        for slug in meeting.exercise:
            text = PAGES[slug].source.read_text(encoding="utf-8")
            assert "You need no Python" in text, slug


def test_route_with_an_unknown_page_is_named(tmp_path):
    """Is a page that a route names, and the book does not have, an error?"""
    path = tmp_path / "routes.yml"
    path.write_text("one:\n  title: One\n  a_week: 1\n  meetings:\n  - {plan: coding, read: [the-end]}\n")
    with pytest.raises(PlanError, match="one: there is no the-end"):
        read_routes(path, plans=PLANS, pages=SLUGS)


def test_route_in_a_book(tmp_path):
    """Has a route a row for each meeting, with hours from pages and exercises, and their sums?"""
    folder = with_exercise(tmp_path / "book")
    (folder / "plans.yml").write_text((TEACHING / "plans.yml").read_text(encoding="utf-8"))
    (folder / "routes.yml").write_text(
        "two:\n  title: Two meetings\n  a_week: 2\n  meetings:\n"
        "  - {plan: coding, read: [deng-1962]}\n  - {plan: coding, exercise: [deng-1962]}\n"
    )
    (folder / "deng-1962.md").write_text("")
    built = build(
        folder,
        {
            "index": INDEX,
            "deng-1962": page("Deng", 90),
            "teaching": "# T\n\n```{route} two\n```\n\n(plan-coding)=\n## Coding\n",
        },
        exclude_patterns=["exercises"],
    )
    rows = table_of(built, "teaching")
    core = page_at(folder / "deng-1962.md", folder).exercise.core
    assert rows["route-two-1"][0] == "Week 1, meeting 1"
    assert rows["route-two-1"][2:] == ["Deng", "90 minutes"]
    assert rows["route-two-2"][2:] == ["core of Deng", str(core)]
    assert rows["route-two-all"][1] == "100 minutes or 2 hours 30 minutes"


# --- seminars ---


def sheet():
    """Return the sentences of the coding sheet."""
    [block] = [b for path in GUIDE for b in read_page(path).blocks if b.name == "coding-sheet"]
    return [(line.split()[0], int(line.split()[1])) for line in block.content.splitlines()]


def test_sheet_is_not_the_exercise():
    """Are there ten sentences to code, in the text as in the sheet, none of which the exercise asks about?"""
    places = sheet()
    assert len(set(places)) == 10 and not set(places) & set(TEN)
    text = (TEACHING / "seminar-coding.md").read_text(encoding="utf-8")
    named = re.findall(r'^    \("([\w-]+)", (\d+)\),$', text, re.MULTILINE)
    assert [(paragraph_id, int(n)) for paragraph_id, n in named] == places


def test_sheet_is_set_from_the_documents(tmp_path):
    """Are the sentences of a sheet those of the documents, and is one that is not there an error?"""
    text = "# A\n\n```{coding-sheet}\ndeng-1962-p02 1\n```\n\n```{document} deng-1962\n```\n"
    built = build(tmp_path / "book", {"index": text})
    assert (built.status, built.warnings) == (0, "")
    sentences = load_sentences().set_index(["paragraph_id", "n"])["text"]
    assert table_of(built)["sheet-1"][2] == sentences["deng-1962-p02", 1]
    built = build(tmp_path / "other", {"index": text.replace("p02 1", "p02 7")})
    assert "there is no sentence 'deng-1962-p02 7'" in built.warnings


def test_acts_are_those_of_the_codebook():
    """Are the acts on the sheet those of the codebook, in its order and with its words?"""
    row = re.compile(r"^\| `?([a-z]+)`? \| ([^|]+) \|", re.MULTILINE)
    text = (TEACHING / "seminar-coding.md").read_text(encoding="utf-8")
    listed = row.findall(text.partition("## The list of acts")[2].partition("\n## ")[0])
    codebook = find_data("README.md").read_text(encoding="utf-8")
    full = row.findall(codebook.partition("### Acts")[2].partition("### Topics")[0])
    assert len(full) > 10
    assert [act for act, _ in listed] == [act for act, _ in full]
    for (act, short), (_, long) in zip(listed, full, strict=True):
        assert set(re.findall(r"\w+", short)) <= set(re.findall(r"\w+", long)), act


def test_code_for_kappa_runs(capsys):
    """Does the code that a class may type give kappa, computed by hand for the example?"""
    text = (TEACHING / "seminar-coding.md").read_text(encoding="utf-8")
    [code] = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    exec(compile(code, "seminar-coding", "exec"), {})
    # Two of three agree; chance is two products of one by one, over three times three.
    assert capsys.readouterr().out.strip() == f"{(2 / 3 - 2 / 9) / (1 - 2 / 9):.2f}"


def test_cards_cite_what_they_say():
    """Does each role card have what its player may not know, and a source in every part on what happened?"""
    cards = [b for b in read_page(TEACHING / "seminar-role-play.md").blocks if "handout" in b.classes]
    roles = ["Deng Xiaoping", "Stepan Chervonenko", "The interpreter", "The note-taker"]
    assert [card.argument for card in cards] == roles
    for card in cards:
        assert "**What you must not know.**" in card.content and "{para}`deng-1962-" in card.content
        happened = card.content.partition("**What has happened.**\n")[2].partition("\n\n")[0].splitlines()
        for line in happened[:-1]:
            assert "{para}" in line or "{cite:" in line, line


# --- standards and points ---


def known():
    """Return all skills and objectives."""
    return {*SKILLS, *(name for path in CHAPTERS for name in read_objectives(path))}


STANDARDS = read_standards(TEACHING / "standards.yml", known())
GRADED = [question for page in PAGES.values() if page.exercise for question in page.exercise.questions]


@pytest.mark.parametrize("name", STANDARDS)
def test_every_standard_is_tested(name):
    """Is every entry of a list tested by graded questions and by practice, and is every list on a page?"""
    assert sorted(blocks("standards")) == sorted(STANDARDS)
    practice = [question for path in CHAPTERS for question in read_questions(path).values()]
    for entry in STANDARDS[name][1]:
        assert [question for question in GRADED if question.tags & entry.tags], entry.name
        wanted = practiced(entry, GRADED)
        assert [question for question in practice if wanted & {*question.objectives}], entry.name


def test_four_skills_are_all_but_data():
    """Do the four skills of others take all of our skills but one?"""
    tags = frozenset().union(*(entry.tags for entry in STANDARDS["reading-like-a-historian"][1]))
    assert tags == SKILLS.keys() - {"data"}


@pytest.mark.parametrize("tags", ["objectives: [deng-1962.sing]", "skills: [juggling]", "objectives: []"])
def test_unknown_objective_is_named(tmp_path, tags):
    """Is an entry that names what the book does not have, or nothing, an error?"""
    path = tmp_path / "standards.yml"
    path.write_text(f"one:\n  title: One\n  entries:\n  - name: First\n    asks: Sing.\n    {tags}\n")
    with pytest.raises(PlanError, match="one: First: names"):
        read_standards(path, known())


def test_standards_in_a_book(tmp_path):
    """Are the questions of an entry in the table with their points, by page, and is none without any said?"""
    folder = with_exercise(tmp_path / "book")
    (folder / "standards.yml").write_text(
        "one:\n  title: One\n  entries:\n  - {name: First, asks: Ask., skills: [sourcing]}\n"
    )
    chapter = f"{TEACHES}# Deng\n\n**Time**: about 5 minutes.\n"
    built = build(
        folder,
        {"index": INDEX, "deng-1962": chapter, "teaching": "# T\n\n```{standards} one\n```\n"},
        exclude_patterns=["exercises"],
    )
    assert (built.status, built.warnings) == (0, "")
    cells = table_of(built, "teaching")["standard-one-1"]
    wanted = [q for q in PAGES["deng-1962"].exercise.questions if "sourcing" in q.tags]
    said = cells[2].replace("’", "'")
    assert all(f"{question.title} ({question.points:g})" in said for question in wanted)
    assert cells[3] == "none"


def test_points():
    """Do the points of computer and person add up to those of all graded questions?"""
    for exercise in filter(None, (one.exercise for one in PAGES.values())):
        assert sum(exercise.points) == sum(question.points for question in exercise.questions)
        assert min(exercise.points) > 0
