"""The house: lock, package, commands, papers, build and server. Does each do what the README says?"""

import contextlib
import doctest
import fcntl
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tarfile
import tomllib
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import pytest
import yaml
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner
from jupyter_book.config import get_default_sphinx_config
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from tests.quick import PATIENCE

from helpers import load_documents
from helpers.book.build.site import USUAL_PORT, fingerprints
from helpers.catalogue import data_folder

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.txt").read_text(encoding="utf-8")
LIVE_LOCK = (ROOT / "requirements-live.txt").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]


def run(*command, **options):
    """Run a command as a person would, without what an outer `make` leaves in the environment."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    env |= options.pop("env", {})
    options = {"cwd": ROOT, "capture_output": True, "text": True, "stdin": subprocess.DEVNULL} | options
    return subprocess.run([str(part) for part in command], env=env, **options)


def python(*arguments, **options):
    """Run this environment's Python."""
    return run(sys.executable, *arguments, **options)


def script(path, *lines):
    """Write a small shell program."""
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    path.chmod(0o755)
    return path


# The lock


def locked():
    """Return name, version and hashes of every entry of the lock; some names have one for each Python."""
    entry = r"^([\w.-]+)(?:\[[\w,-]+\])?==(\S+)(.*?)(?=^\S|\Z)"
    entries = re.findall(entry, LOCK, flags=re.MULTILINE | re.DOTALL)
    hashes = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")
    return [(name, version, hashes.findall(rest)) for name, version, rest in entries]


def wanted():
    """Return every requirement of the package, of its extras and of its build."""
    project = PROJECT["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    needs = [Requirement(text) for group in [*groups, PROJECT["build-system"]["requires"]] for text in group]
    return [need for need in needs if need.name != project["name"]]


def test_lock_holds_every_extra():
    """Is everything that pyproject.toml asks for locked, in versions that it allows?"""
    wrong = []
    for need in wanted():
        versions = [version for name, version, _ in locked() if name == canonicalize_name(need.name)]
        if not versions or not all(version in need.specifier for version in versions):
            wrong.append(f"{need}: locked is {versions}")
    assert not wrong, "run `make lock`:\n" + "\n".join(wrong)


def test_lock_hashes_everything():
    """Has every locked package its hashes, and is there no line but these?"""
    assert not [name for name, _, hashes in locked() if not hashes]
    entries = [line for line in LOCK.splitlines() if line and not line.startswith(("#", " "))]
    assert len(entries) == len(locked()) > len(wanted())


def test_lock_holds_extras_with_and_without():
    """Is what some package needs with an extra locked with it and without it, as pip alone asks for both?"""
    extras = re.findall(r"^([\w.-]+)\[[\w,-]+\]==(\S+)", LOCK, flags=re.MULTILINE)
    assert "jsonschema" in dict(extras)
    plain = re.findall(r"^([\w.-]+)==(\S+)", LOCK, flags=re.MULTILINE)
    assert set(extras) <= set(plain)


def test_lock_names_no_address():
    """Does each lock leave it to the machine where packages come from?"""
    lines = [line for path in ROOT.glob("requirements*.txt") for line in path.read_text().splitlines()]
    assert not [line for line in lines if "://" in line or line.lstrip().startswith("-i ")]


def test_one_pandas():
    """Is the pandas of browsers the same version as the book's, locked with the same hashes?"""
    entry = re.compile(r"^pandas==\S+ \\\n(?: +--hash=\S+(?: \\)?\n)+", flags=re.MULTILINE)
    (ours,), (browsers,) = entry.findall(LOCK), entry.findall(LIVE_LOCK)
    assert browsers == ours


# The package


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build the source distribution, a wheel from it, and a wheel from this folder."""
    out = tmp_path_factory.mktemp("built")
    for folder, options in (("both", []), ("direct", ["--wheel"])):
        made = python("-m", "build", "--no-isolation", *options, "--outdir", out / folder, ROOT)
        assert made.returncode == 0, made.stdout + made.stderr
    return out


def contents(wheel):
    """Return the bytes of every file in a wheel, by name."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def one(folder, pattern):
    """Return the only file that fits."""
    (path,) = folder.glob(pattern)
    return path


def test_wheel_carries_the_data(built):
    """Are all the data in the wheel, byte for byte, and the licenses with them?"""
    files = contents(one(built / "direct", "*.whl"))
    data = {path.relative_to(ROOT / "data").as_posix(): path for path in (ROOT / "data").rglob("*.*")}
    assert {"raw/deng-1962.txt", "raw/mao-1963.txt", "documents.csv", "RIGHTS.md"} <= data.keys()
    for name, path in data.items():
        assert files.get(f"helpers/data/{name}") == path.read_bytes(), name
    licenses = {Path(name).name for name in files if ".dist-info/licenses/" in name}
    assert licenses == {"LICENSE", "LICENSE-PROSE.md", "RIGHTS.md"}


def test_wheel_carries_nothing_else(built):
    """Does the wheel hold the package only: no exercise, no chapter, no test?"""
    names = contents(one(built / "direct", "*.whl"))
    assert {name.split("/")[0].split("-")[0] for name in names} == {"helpers", "sino_soviet_split"}
    foreign = re.compile(r"\.ipynb|exercises|chapters|tests|__pycache__|/\.")
    assert not [name for name in names if foreign.search(name)]


def test_source_distribution_builds_the_same_wheel(built):
    """Does the source distribution build the same wheel, without holding an exercise itself?"""
    assert contents(one(built / "both", "*.whl")) == contents(one(built / "direct", "*.whl"))
    with tarfile.open(one(built / "both", "*.tar.gz")) as archive:
        tops = {name.split("/")[1] for name in archive.getnames()}
    assert not tops & {"exercises", "tests", "chapters", "Makefile"}


def test_wheel_works_anywhere(built, tmp_path):
    """Does an installed wheel find its data where there is no repository?"""
    wheel = one(built / "direct", "*.whl")
    pip = ["-m", "pip", "install", "--no-deps", "--no-index"]
    installed = python(*pip, "--target", tmp_path / "site", wheel)
    assert installed.returncode == 0, installed.stderr
    code = (
        "import helpers, helpers.catalogue as c; print(helpers.__file__); print(c.data_folder());"
        "print(*helpers.load_documents()['document_id'])"
    )
    ran = python("-c", code, cwd=tmp_path, env={"PYTHONPATH": str(tmp_path / "site")})
    assert ran.returncode == 0, ran.stderr
    module, data, documents = ran.stdout.splitlines()
    assert Path(module).is_relative_to(tmp_path / "site")
    assert Path(data).is_relative_to(tmp_path / "site")
    assert documents == "deng-1962 mao-1963"


def test_sources_survive_git(tmp_path):
    """Do the two sources stay byte for byte in a clone that converts line endings?"""
    shutil.copy(ROOT / ".gitattributes", tmp_path)
    shutil.copytree(ROOT / "data/raw", tmp_path / "data/raw")
    (tmp_path / "data/raw/windows.txt").write_bytes(b"one\r\ntwo\r\n")
    before = {path.name: path.read_bytes() for path in (tmp_path / "data/raw").iterdir()}
    for command in ("init --quiet", "add .", "checkout-index --all --force --prefix=again/"):
        git = run("git", "-c", "core.autocrlf=true", *command.split(), cwd=tmp_path)
        assert git.returncode == 0, git.stderr
    assert {path.name: path.read_bytes() for path in (tmp_path / "again/data/raw").iterdir()} == before


# The commands


def test_help_lists_every_target():
    """Does plain `make` list every target that a person may call?"""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = " ".join(re.findall(r"^\.PHONY: (.*)$", makefile, flags=re.MULTILINE))
    listed = re.findall(r"^  make ([a-z-]+) +\S", run("make").stdout, flags=re.MULTILINE)
    assert set(phony.split()) - set(listed) == {"check", "again"}
    hand_out = {"lab", "exercises", "new-exercise", "new-document", "remove-document"}
    hand_out |= {"grade-demo", "bundles", "packet", "lms", "editions"}
    look = {"changes", "links"}
    make = {"help", "book", "site", "pdf", "test", "pytest", "test-long", "test-all", "lock", "clean"}
    assert make | hand_out | look == set(listed)
    assert run("make", "help").stdout == run("make").stdout


def test_readme_names_only_targets_that_exist():
    """Is every `make` command of the README in the Makefile?"""
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", README, flags=re.MULTILINE))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert {"book", "test", "lab", "exercises", "site"} <= named
    assert not [name for name in named if not re.search(rf"^{name}:", makefile, flags=re.MULTILINE)]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["echo 3.10"], "is Python 3.10"),
        (
            ['case "$2" in *ensurepip*) exit 1;; *) echo 3.15;; esac'],
            "is Python 3.15, with which nothing here was tested",
        ),
        (["exit 127"], "does not run"),
        (['case "$2" in *ensurepip*) exit 1;; *) echo 3.12;; esac'], "has no venv module"),
    ],
)
def test_unfit_python_is_named(tmp_path, lines, said):
    """Is a Python that cannot make the environment named, with the remedy?"""
    unfit = script(tmp_path / "unfit", *lines)
    ran = run("make", "site", f"PYTHON={unfit}", f"VENV={tmp_path / 'venv'}")
    assert ran.returncode != 0
    assert f"{unfit} {said}" in ran.stderr
    assert "PYTHON=/path/to" in ran.stderr
    assert not (tmp_path / "venv").exists()


def test_pythons_agree():
    """Do package, Makefile and workflow speak of the same Pythons?"""
    classifiers = [line.rpartition(" :: ")[2] for line in PROJECT["project"]["classifiers"]]
    assert [version for version in classifiers if re.fullmatch(r"3\.\d+", version)] == PYTHONS
    assert f"You need Python {', '.join(PYTHONS[:-1])} or {PYTHONS[-1]} with" in README
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "|".join(PYTHONS) + ")" in makefile
    assert f"for version in {' '.join(PYTHONS)};" in makefile
    jobs = workflow()["jobs"]
    assert set(jobs["test"]["strategy"]["matrix"]["python"]) <= set(PYTHONS)
    assert jobs["package"]["strategy"]["matrix"]["python"] == PYTHONS


NEEDED = {"chromium": "chromium", "bwrap": "bubblewrap", "pg_ctlcluster": "postgresql"}


@pytest.mark.parametrize("there", [(), *((name,) for name in NEEDED), tuple(NEEDED)])
def test_ci_runs_the_tests(tmp_path, there):
    """Does `.ci/run` install only what the tests lack, and run them?"""
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("bash", "dirname", "env", "sh"):
        (tools / name).symlink_to(shutil.which(name))
    log = tmp_path / "log"
    script(tools / "id", "echo 0")
    script(tools / "make", f'echo "make $*" >> {log}', "exit 7")
    script(tools / "apt-get", f'echo "apt-get $*" >> {log}')
    for name in there:
        script(tools / name)
    ran = run(tools / "bash", ".ci/run", env={"PATH": str(tools)})
    assert ran.returncode == 7, ran.stderr
    lacking = " ".join(package for name, package in NEEDED.items() if name not in there)
    installs = ["apt-get update", f"apt-get install --yes --no-install-recommends {lacking}"]
    assert log.read_text().splitlines() == [*(installs if lacking else []), "make test"]
    assert os.access(ROOT / ".ci/run", os.X_OK)


# The papers


WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
FORMS = sorted(
    set((ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml")) - {ROOT / ".github/ISSUE_TEMPLATE/config.yml"}
)


def workflow(name="book"):
    """Return a workflow as data."""
    return yaml.safe_load((ROOT / f".github/workflows/{name}.yml").read_text(encoding="utf-8"))


def steps(job):
    """Return the commands of a job."""
    return [step["run"] for step in job["steps"] if "run" in step]


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        *(("vendor.github-workflows", f".github/workflows/{path.name}") for path in WORKFLOWS),
        ("vendor.dependabot", ".github/dependabot.yml"),
        ("vendor.github-issue-config", ".github/ISSUE_TEMPLATE/config.yml"),
        *(("vendor.github-issue-forms", f".github/ISSUE_TEMPLATE/{path.name}") for path in FORMS),
        ("vendor.citation-file-format", "CITATION.cff"),
    ],
)
def test_papers_are_valid(schema, path):
    """Do the files that others read keep to their schemas?"""
    checked = CliRunner().invoke(check_jsonschema, ["--builtin-schema", schema, str(ROOT / path)])
    assert checked.exit_code == 0, checked.output


def test_citation_agrees_with_the_package():
    """Does the citation speak of this version, and name the two documents as the data do?"""
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == PROJECT["project"]["version"]
    documents = load_documents()
    assert [reference["url"] for reference in citation["references"]] == documents["url"].to_list()
    squeezed = [" ".join(title.split()) for title in documents["title"]]
    assert [reference["title"] for reference in citation["references"]] == squeezed


def test_workflow_tests_and_publishes_any_fork():
    """Does the workflow test every push, publish only what passed, and name no repository?"""
    book = workflow()
    # YAML reads a bare `on` as the truth value.
    assert {"push", "pull_request"} <= book[True].keys()
    assert {"run": "make test"} in book["jobs"]["test"]["steps"]
    publish = book["jobs"]["publish"]
    assert publish["needs"] == "test"
    assert "default_branch" in publish["if"]
    assert publish["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}
    (build,) = [step for step in publish["steps"] if step.get("run") == "make editions"]
    assert "base_url" in build["env"]["BOOK_URL"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflow_fits_any_fork(path):
    """Does a workflow name no repository, use no actions but the owners', and call targets that exist?"""
    text, makefile = path.read_text(encoding="utf-8"), (ROOT / "Makefile").read_text(encoding="utf-8")
    assert not re.search(r"github\.(com|io)/", text)
    theirs = re.compile(r"actions/[a-z-]+@v\d+|pypa/gh-action-pypi-publish@release/v1")
    assert all(theirs.fullmatch(use) for use in re.findall(r"uses: (\S+)", text))
    # A program that somebody else's text is written into would run it.
    assert not re.search(r"run: .*\$\{\{", text)
    called = re.findall(r"\bmake (?:-C \w+ |--[\w-]+ )*([a-z-]+)", " ; ".join(re.findall(r"run: (.*)", text)))
    assert called or ".ci/run" in text
    assert not [target for target in called if not re.search(rf"^{target}:", makefile, flags=re.MULTILINE)]
    assert yaml.safe_load(text)["permissions"] == {"contents": "read"}


def test_preview_of_a_pull_request():
    """Does a pull request get its site and the list of pages that it changes, without rights to publish?"""
    preview = workflow()["jobs"]["preview"]
    assert "pull_request" in preview["if"] and "permissions" not in preview
    assert any("changes BEFORE=../before/_build/html" in command for command in steps(preview))
    (upload,) = [step for step in preview["steps"] if "upload-artifact" in step.get("uses", "")]
    assert upload["with"]["path"].split() == ["changes.md", "after/_build/html"]


def test_link_check_blocks_nothing():
    """Is the link check a workflow of its own, once a week, that stays green when a server is down?"""
    links = workflow("links")
    assert links[True].keys() == {"schedule", "workflow_dispatch"}
    (asked,) = [step for step in links["jobs"]["links"]["steps"] if "make links" in step.get("run", "")]
    assert asked["continue-on-error"] is True


def test_upgrade_is_tried_without_rights():
    """Are the newest packages tested once a week, where they can change nothing, and is a failure told?"""
    upgrade = workflow("upgrade")
    assert upgrade[True].keys() == {"schedule", "workflow_dispatch"}
    jobs = upgrade["jobs"]
    assert "permissions" not in jobs["upgrade"]
    commands = steps(jobs["upgrade"])
    assert commands[0] == "make lock ARGS=--upgrade" and commands[-1] == ".ci/run"
    assert jobs["report"]["needs"] == "upgrade" and jobs["report"]["if"] == "failure()"
    assert jobs["report"]["permissions"] == {"issues": "write"}
    assert "gh issue create" in "".join(steps(jobs["report"]))


def test_release_attaches_the_bundles():
    """Does a tag make a release with wheel, zips, packet, files for learning systems and the printed book?"""
    release = workflow("release")
    assert release[True] == {"push": {"tags": ["v*"]}}
    assert release["jobs"]["release"]["needs"] == "test"
    assert steps(release["jobs"]["test"]) == [".ci/run"]
    make, attach, build = steps(release["jobs"]["release"])
    assert make == "make editions bundles packet lms pdf"
    attached = {
        "dist/*.whl",
        "dist/*.zip",
        "dist/packet/*.pdf",
        "dist/lms/*",
        "dist/editions/*",
        "_build/*.pdf",
    }
    assert attached <= set(attach.split())
    # Without an address of the book there would be no links to write.
    (step,) = [step for step in release["jobs"]["release"]["steps"] if step.get("run") == make]
    assert "BOOK_URL" in step["env"]
    assert build == ".venv/bin/python -m build --no-isolation --outdir package"


def test_release_publishes_the_package():
    """Is the package published only where it is wanted, by a job with no other right and no secret?"""
    publish = workflow("release")["jobs"]["publish"]
    assert publish["needs"] == "release"
    assert publish["if"] == "vars.PUBLISH_PACKAGE == 'yes'"
    assert (publish["permissions"], publish["environment"]) == ({"id-token": "write"}, "pypi")
    assert not steps(publish) and "secrets" not in str(publish)


def test_quick_tests_run_without_extras():
    """Are the tests that run on each system there, and is none of them on Linux, the book or grading?"""
    job = workflow()["jobs"]["package"]
    assert job["strategy"]["matrix"]["system"] == ["ubuntu", "macos", "windows"]
    install, test = steps(job)
    assert install == "python -m pip install . hypothesis pytest"
    named = [ROOT / path for path in re.findall(r"tests/\S+", test)]
    assert len(named) > 5
    foreign = r"^ *(?:from|import) (?:helpers\.(?:book|coursework|authoring)|nbgrader|nbformat|sphinx|bs4)\b"
    for path in named:
        files = sorted(path.glob("test_*.py")) if path.is_dir() else [path]
        assert files and not [f for f in files if re.search(foreign, f.read_text("utf-8"), re.MULTILINE)]


def test_readme_pictures_are_there():
    """Is every file that the README shows or links in the repository?"""
    linked = [target for target in re.findall(r"\]\(([^)]+)\)", README) if "://" not in target]
    assert linked
    assert not [target for target in linked if not (ROOT / target).is_file()]
    assert not re.search(r"!\[\s*\]", README)


def test_readme_example_runs():
    """Does the Python of the README give what the README shows?"""
    failed, tried = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
    assert tried
    assert not failed


def files_of_the_repository(scratch):
    """Return every file that git would keep, whether or not this folder is a repository already."""
    assert run("git", "init", "--quiet", "--bare", scratch).returncode == 0
    git = ["git", f"--git-dir={scratch}", f"--work-tree={ROOT}"]
    listed = run(*git, "ls-files", "--others", "--exclude-standard", "-z")
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def test_no_file_names_a_machine(tmp_path):
    """Is no file bound to one machine: no private path, no package registry?"""
    private = r"(?<![\w.~}])/(?:work|tmp|root|home|Users)/"
    registry = r"pypi\.org|pythonhosted\.org|npmjs\.org|-{2}(?:extra-)?index-url|-{2}find-links"
    foreign = re.compile(f"{private}|{registry}")
    texts = [
        path for path in files_of_the_repository(tmp_path / "git") if path.suffix not in {".png", ".woff2"}
    ]
    assert ROOT / "Makefile" in texts
    wrong = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in texts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if foreign.search(line)
    ]
    assert not wrong, "\n".join(wrong)


def test_promises_name_their_tests():
    """Is every test that stands for a promise to instructors there?"""
    page = (ROOT / "chapters/for-instructors.md").read_text(encoding="utf-8")
    rows = [line.split("|")[2] for line in page.splitlines() if line.startswith("|") and "test_" in line]
    named = [re.findall(r"`([\w/.]+)`", place) for row in rows for place in row.split(";")]
    assert len(named) > 10
    missing = [
        f"{file}: {name}"
        for file, *names in named
        for name in names
        if f"def {name}(" not in (ROOT / "tests" / file).read_text(encoding="utf-8")
    ]
    assert not missing


def test_book_asks_no_other_server():
    """Does the book use all of Jupyter Book's extensions but the two that ask other servers?"""
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    ours = set(config["sphinx"]["config"]["extensions"])
    theirs = set(get_default_sphinx_config()["extensions"])
    assert theirs - ours == {"sphinx_thebe", "sphinx.ext.intersphinx"}
    assert ours - theirs >= {"helpers.book"}
    assert config["sphinx"]["config"]["nb_ipywidgets_js"] == {}
    assert config["html"]["comments"] == {"hypothesis": False}


# Building and serving

CHAPTER = """\
---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {display_name: Python 3, name: python3}
---
# A page

```{code-cell} python
import time
print("ran at", time.time_ns())
```
"""


@pytest.fixture
def book(tmp_path):
    """Lay out a book of one page with our settings, a tool's leavings and a space in its name."""
    folder = tmp_path / "a book"
    (folder / ".tool_cache").mkdir(parents=True)
    (folder / ".tool_cache/README.md").write_text("# No page of the book\n")
    ours = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    kept = {name: ours[name] for name in ("title", "only_build_toc_files", "exclude_patterns", "execute")}
    (folder / "_config.yml").write_text(yaml.safe_dump(kept))
    (folder / "_toc.yml").write_text("format: jb-book\nroot: page\n")
    (folder / "requirements.txt").write_text("")
    (folder / "page.md").write_text(CHAPTER)
    return folder


def build_book(book):
    """Build a book with the command, and return its exit code."""
    return python("-m", "helpers.book", "build", cwd=book).returncode


def ran_at(book):
    """Return when the page's cell ran, by the built page."""
    return re.search(r"ran at (\d+)", (book / "_build/html/page.html").read_text())[1]


def test_only_what_changed_is_executed(book):
    """Does a cell run again when what it sees has changed, and only then?"""
    assert build_book(book) == 0
    first = ran_at(book)
    (book / "page.md").write_text(CHAPTER + "\nMore prose.\n")
    (book / "_config.yml").write_text((book / "_config.yml").read_text() + "author: Somebody\n")
    assert build_book(book) == 0
    page = (book / "_build/html/page.html").read_text()
    assert "More prose." in page
    assert "Somebody" in page
    assert ran_at(book) == first
    (book / "requirements.txt").write_text("pandas==99\n")
    assert build_book(book) == 0
    assert ran_at(book) != first


@pytest.mark.long
def test_build_after_a_killed_one(book):
    """Does a build succeed after one that was killed when it had listed an output without writing it?"""
    assert build_book(book) == 0
    (book / "page.md").write_text(CHAPTER + "\nMore prose.\n")
    command = [sys.executable, "-m", "helpers.book", "build"]
    with subprocess.Popen(command, cwd=book, start_new_session=True) as killed:
        while "running" not in (book / "_build/fingerprints.json").read_text():
            assert killed.poll() is None
        os.killpg(killed.pid, signal.SIGKILL)
    for notebook in (book / "_build/.jupyter_cache/executed").glob("*/*.ipynb"):
        notebook.unlink()
    assert build_book(book) == 0


@pytest.mark.long
def test_warning_fails_every_build(book):
    """Does a broken reference fail the build, and fail it again when nothing was mended?"""
    (book / "page.md").write_text(CHAPTER + "\n{ref}`nowhere`\n")
    assert build_book(book) != 0
    assert build_book(book) != 0
    (book / "page.md").write_text(CHAPTER)
    assert build_book(book) == 0


def test_fingerprints_cover_what_a_build_sees(book, tmp_path, monkeypatch):
    """Does the fingerprint change with the data and with the settings, each in its own part?"""
    data = tmp_path / "data"
    shutil.copytree(data_folder(), data)
    monkeypatch.setattr("helpers.catalogue.data_folder", lambda: data)
    before = fingerprints(book)
    (data / ".hidden").write_text("left by a tool")
    assert fingerprints(book) == before
    (book / "_toc.yml").write_text("format: jb-book\nroot: page\n\n")
    settings = fingerprints(book)
    (book / "chapters").mkdir()
    (book / "chapters/works.bib").write_text("@book{one}")
    works = fingerprints(book)
    (book / "chapters/practice").mkdir()
    (book / "chapters/practice/page.yml").write_text("- id: one")
    assert fingerprints(book) == works  # the pages that ask the questions depend on the file themselves
    monkeypatch.setenv("BOOK_URL", "https://someone.example/book")
    published = fingerprints(book)
    seen = [before, settings, works, published]
    assert {one["execution"] for one in seen} == {before["execution"]}
    assert len({one["pages"] for one in seen}) == len(seen)
    with (data / "documents.csv").open("a") as table:
        table.write("\n")
    changed = fingerprints(book)
    assert changed["execution"] != before["execution"]
    assert changed["pages"] != published["pages"]


@pytest.mark.long
def test_second_build_waits(book):
    """Does a build say that another is running in its folder, and start when that one ends?"""
    (book / "_build").mkdir()
    with (book / "_build/lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        command = [sys.executable, "-m", "helpers.book", "build"]
        with subprocess.Popen(command, cwd=book, stdout=subprocess.PIPE, text=True) as second:
            assert "this one will start when it ends" in second.stdout.readline()
            assert not (book / "_build/html").exists()
            fcntl.flock(lock, fcntl.LOCK_UN)
            second.communicate()
    assert second.returncode == 0
    assert (book / "_build/html/page.html").is_file()


@contextlib.contextmanager
def serving(folder):
    """Serve a site as `make book` does, and yield the process and the address."""
    with subprocess.Popen(
        [sys.executable, "-m", "helpers.book", "serve"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # As in a terminal: what a script starts in the background is born deaf to Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        assert process.stdout.readline() == "\n"
        yield process, re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())[0]
        process.kill()


@pytest.fixture
def served(tmp_path):
    """Serve a small site, and yield its process and address."""
    site = tmp_path / "_build/html"
    (site / "empty").mkdir(parents=True)
    (site / "index.html").write_text("<p>Here it is.</p>")
    (tmp_path / "_config.yml").write_text("title: Secret\n")
    with serving(tmp_path) as found:
        yield found


def fetch(url):
    """Return the status and the text of an address."""
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE / 1000) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_server_serves_the_site_only(served):
    """Does the server give the pages, without listing a folder or reaching above the site?"""
    _, url = served
    assert fetch(url) == (200, "<p>Here it is.</p>")
    for path in ("empty/", "../../_config.yml", "%2e%2e/%2e%2e/_config.yml", "nowhere.html"):
        status, text = fetch(url + path)
        assert status == 404, path
        assert "Secret" not in text


def test_server_ends_quietly(served):
    """Does Ctrl-C end the server with success and without a traceback, whatever was asked before?"""
    process, url = served
    fetch(url + "nowhere.html")
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE / 1000)
    assert process.returncode == 0
    assert err == ""
    assert "no longer served" in out


def test_server_has_the_same_address_each_time(served, tmp_path):
    """Does it take the port under which a browser keeps what was saved, and another if it is taken?"""
    with pytest.raises(OSError, match="in use"):  # by this server, or by another test's
        socket.create_server(("127.0.0.1", USUAL_PORT))
    with serving(tmp_path) as (_, other):
        assert other != served[1]
        assert fetch(other)[0] == 200


@pytest.mark.long
def test_server_says_why_it_cannot(tmp_path):
    """Does the server name what is missing: a book, or a free port?"""
    missing = python("-m", "helpers.book", "serve", cwd=tmp_path)
    assert missing.returncode == 1
    assert "make site" in missing.stderr
    (tmp_path / "_build/html").mkdir(parents=True)
    (tmp_path / "_build/html/index.html").write_text("")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        busy = python("-m", "helpers.book", "serve", "--port", port, cwd=tmp_path)
    assert busy.returncode == 1
    assert f"Port {port}" in busy.stderr
    assert python("-m", "helpers.book", "serve", "--port", "many", cwd=tmp_path).returncode == 2


def test_no_book_is_said_plainly(tmp_path):
    """Does a build outside the book's folder say so, in one line and without a traceback?"""
    ran = python("-m", "helpers.book", "build", cwd=tmp_path)
    assert ran.returncode == 1
    assert "_config.yml" in ran.stderr
    assert len(ran.stderr.splitlines()) == 1
    assert not list(tmp_path.iterdir())
