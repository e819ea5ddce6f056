"""What the grading engine is told about this book: see :mod:`helpers.coursework.plugins`."""

from pathlib import Path

from helpers.coursework.plugins import Plugin

_PACKAGE = Path(__file__).parents[1]


def _read_skills() -> dict[str, str]:
    from helpers.checks.skills import SKILLS  # its package loads pandas, which most commands do not need

    return SKILLS


def _link(text: str) -> str:
    from helpers.authoring.links import link_paragraphs

    try:
        return link_paragraphs(text)
    except KeyError:  # a course about other documents
        return text


def find_folders() -> list[Path]:
    """Return the folder of the data, without `helpers.catalogue`, which loads pandas."""
    places = (_PACKAGE / "data", _PACKAGE.parents[1] / "data")
    return [folder for folder in places if (folder / "datapackage.json").is_file()][:1]


PLUGIN = Plugin(skills=_read_skills, link=_link, folders=find_folders, variables=("BOOK_URL",))
