"""Are the pages that a change touches listed, and the addresses that no longer answer?"""

import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from helpers.book.__main__ import main
from helpers.book.build.changes import Change, compare_sites, list_changes
from helpers.book.build.links import check_links
from helpers.book.build.site import BookError


def write_site(folder, *, articles, chapters="A, B", version="1"):
    """Write a site: every page has the list of chapters beside its article."""
    (folder / "chapters").mkdir(parents=True)
    (folder / "index.html").write_text("<title>The door</title>")
    for name, text in articles.items():
        (folder / f"chapters/{name}.html").write_text(
            f'<title>Page {name} — A Book</title><link href="a.css?v={version}"><nav>{chapters}</nav>'
            f'<article>{text}<img src="a.png?v={version}"></article>'
        )
    return folder


def offer(site, name, text):
    """Put a notebook into a site, as one that a page offers."""
    path = site / f"_downloads/0a1b/{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.fixture
def sites(tmp_path):
    before = write_site(tmp_path / "before", articles={"a": "same", "b": "old", "c": "left"})
    after = write_site(
        tmp_path / "after", articles={"a": "same", "b": "young", "d": "came"}, chapters="A, B, D", version="2"
    )
    return before, after


def test_pages_that_differ(sites):
    """Are new, changed and gone pages found, and a page left alone around which only the frame changed?"""
    assert compare_sites(*sites) == [
        Change("chapters/b.html", "Page b", "changed"),
        Change("chapters/c.html", "Page c", "gone"),
        Change("chapters/d.html", "Page d", "new"),
    ]
    assert compare_sites(sites[0], sites[0]) == []


def test_notebooks_that_differ(sites):
    """Is an exercise found that has changed while its page has not?"""
    for site, text in zip(sites, ("{}", "{ }"), strict=True):
        offer(site, "days", text)
        offer(site, "nights", "{}")
    assert Change("_downloads/0a1b/days.ipynb", "notebook days", "changed") in compare_sites(*sites)
    assert "nights" not in str(compare_sites(*sites))


def test_list_of_changes():
    """Is the list a sentence and a line for each page?"""
    assert list_changes([]) == "No page differs."
    both = [Change("a.html", "A", "new"), Change("b.html", "B", "gone")]
    assert list_changes(both) == "2 pages differ:\n\n- new: A (`a.html`)\n- gone: B (`b.html`)"


def test_command(sites, tmp_path, capsys):
    """Does the command compare the book in a folder with another, and name a site that is not there?"""
    before, after = sites
    (tmp_path / "book/_build").mkdir(parents=True)
    after.rename(tmp_path / "book/_build/html")
    folder = ["--folder", str(tmp_path / "book")]
    assert main([*folder, "changes", str(before)]) == 0
    assert capsys.readouterr().out.startswith("3 pages differ:\n")
    assert main([*folder, "changes", str(tmp_path / "nowhere")]) == 1
    assert "contains no built book" in capsys.readouterr().err


# --- addresses ---


class Answers(BaseHTTPRequestHandler):
    """Answers to one address, and to no other."""

    def do_GET(self):
        self.send_response(200 if self.path == "/here" else 404)
        self.end_headers()

    do_HEAD = do_GET

    def log_message(self, *_args):
        pass


@pytest.fixture
def address():
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def write_book(folder, text):
    folder.mkdir()
    (folder / "_config.yml").write_text("title: A Book\nexecute: {execute_notebooks: 'off'}\n")
    (folder / "_toc.yml").write_text("format: jb-book\nroot: page\n")
    (folder / "page.md").write_text(f"# A page\n\n{text}\n")
    return folder


@pytest.mark.long
def test_links_are_asked(tmp_path, address, capsys):
    """Is an address that fails named with its place, and one that answers counted only?"""
    book = write_book(tmp_path / "book", f"[Here]({address}/here).\n\n[There]({address}/gone).")
    assert check_links(book) == 1
    said = capsys.readouterr().out
    assert f"page.md:5: {address}/gone: 404" in said
    assert said.endswith("2 links checked, 1 failed.\n")
    assert not (book / "_build/html").exists()
    (book / "page.md").write_text(f"# A page\n\n[Here]({address}/here).\n")
    assert check_links(book) == 0


def test_links_of_no_book(tmp_path):
    """Is it said when there is nothing to check, and when the book cannot be read?"""
    with pytest.raises(BookError, match="contains no _config"):
        check_links(tmp_path)
    book = write_book(tmp_path / "book", "Text.")
    (book / "_toc.yml").write_text("format: nonsense\n")
    with pytest.raises(BookError, match="could not be checked"):
        check_links(book)


def test_help_names_every_command():
    """Does the program list its commands?"""
    asked = [sys.executable, "-m", "helpers.book", "--help"]
    said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    assert all(command in said for command in ("build", "serve", "changes", "links"))
