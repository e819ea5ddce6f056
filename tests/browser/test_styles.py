"""Does every page look the same without the rules that were left out of the theme's style sheets?"""

from pathlib import Path

import pytest
import yaml
from sphinx.testing.util import SphinxTestApp

from helpers.book.html import styles

ROOT = Path(__file__).parents[2]
# What is computed for one element of each kind, and for what is drawn before and behind it.
LOOK = """() => {
    const kind = (one) => one ? `${one.localName}.${one.className.baseVal ?? one.className}` : "";
    const kinds = new Map();
    for (const one of document.querySelectorAll("html, body, body *")) {
        const of = `${kind(one.parentElement)} > ${kind(one)}`;
        if (!kinds.has(of)) kinds.set(of, one);
    }
    const looks = [];
    for (const [of, one] of kinds) for (const part of ["", "::before", "::after"]) {
        const look = getComputedStyle(one, part);
        if (part && look.content === "none") continue;
        for (const name of look) looks.push(`${of}${part} ${name}: ${look.getPropertyValue(name)}`);
    }
    return looks;
}"""
SWAP = """(css) => {
    const link = document.querySelector('link[href*="styles/book-"]');
    const style = document.createElement("style");
    style.textContent = css;
    link.replaceWith(style);
}"""
# What scripts open: the dialogs of the search and of the menus, what folds, and a hint at a button.
OPEN = """() => {
    for (const one of document.querySelectorAll("details")) one.open = true;
    for (const one of document.querySelectorAll(".dropdown-menu, .collapse")) one.classList.add("show");
    for (const one of document.querySelectorAll("dialog")) one.showModal();
    document.body.insertAdjacentHTML("beforeend", `<div class="tooltip bs-tooltip-auto fade show"
        data-popper-placement="bottom"><div class="tooltip-arrow"></div>
        <div class="tooltip-inner">Copy</div></div>`);
}"""


@pytest.fixture(scope="module")
def all_rules(tmp_path_factory):
    """Return the style sheets of the theme and of the book's extensions, joined and whole."""
    folder = tmp_path_factory.mktemp("book")
    settings = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["sphinx"]["config"]
    left_out = ("sphinx_comments", "sphinx_external_toc", "sphinxcontrib.bibtex", "jupyter_book")
    extensions = [name for name in settings["extensions"] if name not in left_out]
    (folder / "conf.py").write_text(f'extensions = {extensions}\nhtml_theme = "sphinx_book_theme"\n')
    (folder / "index.rst").write_text("A Tiny Book\n===========\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(styles, "purge", lambda sheet, names: sheet)
        app = SphinxTestApp("html", srcdir=folder)
        try:
            app.build()
            [path] = (Path(app.outdir) / styles.FOLDER).glob("book-*.css")
            return path.read_text(encoding="utf-8")
        finally:
            app.cleanup()


def test_whole(all_rules, site_folder):
    """Is the whole much larger than what the site has?"""
    [path] = (site_folder / styles.FOLDER).glob("book-*.css")
    assert len(path.read_text(encoding="utf-8")) < len(all_rules) / 3


PAGES = {
    "index": "chapters/index.html",
    "edition": "chapters/deng-1962.html",
    "data": "chapters/words-in-context.html",
    "reading": "chapters/the-split.html",
    "api": "chapters/helpers-api.html",
    "search": "search.html?q=letter",
}
MODES = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "phone": {"width": 360, "forced_colors": "active"},
    "tablet": {"width": 800},
}


@pytest.mark.long
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", PAGES)
def test_same_look(open_page, all_rules, name, mode):
    """Is every computed style the same with all rules: on a screen, on paper, and with what scripts open?"""

    def looks():
        found = set()
        for media in ("screen", "print"):
            page.emulate_media(media=media)
            found |= {f"{media}: {look}" for look in page.evaluate(LOOK)}
        return found

    page = open_page(PAGES[name], **{"reduced_motion": "reduce", **MODES[mode]})
    page.wait_for_load_state("networkidle")
    closed = looks()
    page.evaluate(OPEN)
    opened = looks()
    page.evaluate(SWAP, all_rules)
    assert sorted(looks() ^ opened)[:9] == []
    page.reload(wait_until="networkidle")
    page.evaluate(SWAP, all_rules)
    assert sorted(looks() ^ closed)[:9] == []
