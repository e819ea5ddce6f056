"""Is the EPUB of the whole book valid, the same each time, and without what nobody should see?"""

import re
import shutil
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest

from helpers.authoring.leaks import find_leaks, find_secrets
from helpers.book.build.epub import build_epub
from helpers.coursework.course import Course

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return the EPUB of the built book."""
    if not (ROOT / "_build" / "html" / "index.html").is_file():
        pytest.skip("NOT TESTED: THE EPUB, BECAUSE THE BOOK IS NOT BUILT. Run `make site` first.")
    return Path(shutil.copy(build_epub(ROOT), tmp_path_factory.mktemp("epub")))


@pytest.mark.long
def test_epubcheck(built, epubcheck):
    """Does epubcheck find neither an error nor a warning?"""
    command = ["java", "-jar", str(epubcheck / "epubcheck.jar"), "--failonwarnings", str(built)]
    ran = subprocess.run(command, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert "0 fatals / 0 errors / 0 warnings" in ran.stdout


@pytest.mark.long
def test_same_bytes(built):
    """Does the same book make the same EPUB?"""
    assert build_epub(ROOT).read_bytes() == built.read_bytes()


@pytest.mark.long
def test_pages(built):
    """Are all pages there in the order of the book, with no script, solution or answer beside a question?"""
    with ZipFile(built) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    source = ROOT / "exercises" / "source"
    secrets = set.union(*find_secrets(source, Course(source.parent).config).values())
    assert not find_leaks(files.items(), secrets)
    pages = {name: content.decode() for name, content in files.items() if name.endswith(".xhtml")}
    listed = re.findall(r'href="(chapters/[^"#]+\.xhtml)"', pages["nav.xhtml"])
    chapters = re.findall(r"chapters/[\w/-]+", (ROOT / "_toc.yml").read_text(encoding="utf-8"))
    assert list(dict.fromkeys(listed)) == [f"{name}.xhtml" for name in chapters]
    assert not [name for name in files if name.endswith(".js")]
    for name, text in pages.items():
        assert "<script" not in text, name
        assert "practice-why" not in text.partition('class="answers"')[0], name
