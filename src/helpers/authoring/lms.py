"""The practice questions and the pages of the book for learning systems.

``python -m helpers.authoring.lms`` writes four files into ``dist/lms``: the questions for Moodle, the same
for Canvas and other systems that read QTI 1.2, and two Common Cartridges with links to the pages.  The book
shows the answers too; nothing here comes from the exercises.  It needs the extra `book`.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from helpers.authoring import lms_moodle, lms_qti
from helpers.authoring.lms_cartridge import write_cartridge
from helpers.authoring.lms_pages import Book, Page, read_book
from helpers.checks.practice import Question, QuestionError, questions_file, read_questions


class LmsError(Exception):
    """Nothing was written; the message is one sentence."""


def make_lms(repository: Path, out: Path) -> list[str]:
    """Write the four files, and return what to say of them: what each holds, and which kinds changed.

    Parameters
    ----------
    repository
        The folder of the repository.
    out
        The folder to write into.

    Raises
    ------
    LmsError
        When the address of the published book is not known.
    QuestionError
        When a question has to be mended.

    Examples
    --------
    >>> make_lms(Path("."), Path("dist/lms"))  # doctest: +SKIP
    """
    book = read_book(repository)
    if not book.address:
        raise LmsError("Where is the book published? Set BOOK_URL to its address and try again.")
    questions = read_all(repository, book)
    files = {
        "moodle-questions.xml": lms_moodle.write_moodle(book, questions),
        "canvas-questions.zip": lms_qti.write_qti(book, questions),
        "web-links.imscc": write_cartridge(book),
        "moodle-links.imscc": write_cartridge(book, "1.1.0"),
    }
    out.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (out / name).write_bytes(content)
    moodle, canvas, *links = (out / name for name in files)
    n = sum(map(len, questions.values()))
    return [
        f"{moodle}: {n} questions in {len(questions)} categories",
        *_changes(lms_moodle.CHANGED, questions),
        f"{canvas}: {n} questions in {len(questions)} quizzes",
        *_changes(lms_qti.CHANGED, questions),
        *(f"{path}: links to {len(book.pages)} pages" for path in links),
        f"All links lead to {book.address}",
    ]


def read_all(repository: Path, book: Book) -> dict[Page, list[Question]]:
    """Return the practice questions of every page that has some, in the order of the book."""
    sources = {page: repository / f"{page.name}.md" for page in book.pages}
    return {
        page: list(read_questions(source).values())
        for page, source in sources.items()
        if questions_file(source).is_file()
    }


def _changes(changed: dict[str, str], questions: dict[Page, list[Question]]) -> Iterator[str]:
    """Yield a line on each kind that a system does not have as the book has it."""
    kinds = [question.kind for asked in questions.values() for question in asked]
    for kind, form in changed.items():
        yield f"  {kind} ({kinds.count(kind)}): {form}"


def main() -> int:
    """Write the files for the book of this folder into ``dist/lms``."""
    try:
        print("\n".join(make_lms(Path(), Path("dist/lms"))))
    except (LmsError, QuestionError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
