# Every command of the project. `make` alone lists them with the text after `##`.

# PYTHON is the Python for the environment (by default the first suitable one); PORT is the port of the book;
# STUDENT is the name under which `make lab` keeps your work; NAME is the name of a new problem set; FILE is a
# transcription, ID the id of a document, and ANYWAY=yes removes one that was edited; PYODIDE is a folder with
# Pyodide's files, for a site that contacts no other host; BEFORE is the site that `make changes` compares with;
# ARGS goes to pytest, JupyterLab or uv.
VENV ?= .venv
PYTHON ?=
PORT ?=
STUDENT ?= me
STUDENTS ?= 60
NAME ?=
FILE ?=
ID ?=
ANYWAY ?=
PYODIDE ?=
BEFORE ?= before/_build/html
ARGS ?=

# All paths are relative, so the name of this folder may contain a space.
READY := $(VENV)/ready
# nbgrader calls programs of the environment by name, so they must be on the PATH.
RUN = PATH="$(CURDIR)/$(VENV)/bin:$$PATH" "$(CURDIR)/$(VENV)/bin/python" -m

# uv installs a part of the lock, checking the hash of each file, from the index that pip is configured to use.
UV = UV_DEFAULT_INDEX="$${UV_DEFAULT_INDEX:-$${PIP_INDEX_URL:-$$($(VENV)/bin/python -m pip config get global.index-url 2>/dev/null)}}" \
    $(VENV)/bin/python -m uv pip

# Two processes more than there are cores, since a test often waits for a browser or for another process.
WORKERS = $$($(VENV)/bin/python -c 'import os; print(2 + (os.cpu_count() or 1))')
PYTEST = $(RUN) pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder

# It would complain that the course is outside the student's folder.
NO_FORMGRADER := --ServerApp.jpserver_extensions=nbgrader.server_extensions.formgrader=False

# Keep modules of other projects out.
unexport PYTHONPATH
unexport PYTHONHOME
# Hundreds of programs start from one environment, three times as fast if their modules stay compiled.
unexport PYTHONDONTWRITEBYTECODE
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_USER := 0

# The libraries of the live notebooks.  Their jsonschema differs from the book's: it needs no compiled part.
# pandas is compiled for the browser, so it is installed separately.
LIVE := $(VENV)/live
LIVE_LIBRARIES := altair<6 attrs comm ipywidgets jinja2 jsonschema<4.18 lazy_loader markupsafe narwhals pandas \
    pyrsistent pysbd tqdm typing_extensions tzdata
IN_BROWSERS := --python-platform wasm32-pyodide2024 --python-version 3.12 --only-binary :all: --no-deps
PANDAS = awk -v pandas=$(1) '/^[a-z]/ { is = /^pandas==/ } is == pandas' requirements-live.txt

.DEFAULT_GOAL := help
.PHONY: help book site pdf test pytest test-long test-all check lab exercises grade-demo new-exercise new-document
.PHONY: remove-document bundles packet lms editions changes links lock clean again

help: ## list these commands
	@echo "The Sino-Soviet Split: two documents, a book, and its exercises"
	@echo
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1|\2/p' Makefile | awk -F'|' '{ printf "  make %-15s %s\n", $$1, $$2 }'
	@echo
	@echo "Options, as in \`make book PORT=8000\`: PORT, PYTHON=python3.12, STUDENT=name, ARGS='...',"
	@echo "PYODIDE=folder with Python for the browser, BOOK_URL=address of the published book"

book: site ## build the book, serve it on this machine and print the address
	@exec $(VENV)/bin/python -m helpers.book serve $(if $(PORT),--port $(PORT))

site: $(VENV)/with-book $(LIVE)/ready ## build the book into _build/html, executing only what has changed
	@$(VENV)/bin/python -m helpers.book build $(if $(PYODIDE),--pyodide "$(PYODIDE)")

pdf: site $(VENV)/with-pdf ## print the whole book to _build/the-sino-soviet-split.pdf; needs Chromium or Chrome
	@$(VENV)/bin/python -m helpers.book pdf

check: $(VENV)/with-dev
	@$(VENV)/bin/python -m ruff check
	@$(VENV)/bin/python -m ruff format --check
	@$(VENV)/bin/python -m mypy

test: check site ## check the code, build the book and run most of the tests, including those in a browser
	@$(PYTEST) --durations 10 -m "not long" $(ARGS)

pytest: check ## check the code and run only the tests that you name: make pytest ARGS=tests/checks
	@$(RUN) pytest -m "not long" $(ARGS)

test-long: check site ## run the remaining tests
	@$(PYTEST) --durations 10 -m long $(ARGS)

test-all: ## run all tests on each Python from 3.11 to 3.14 found here
	@for version in 3.11 3.12 3.13 3.14; do \
	    if python$$version -c '' 2>/dev/null; then \
	        echo "== Python $$version"; \
	        "$(MAKE)" test test-long VENV=.venv-$$version PYTHON=python$$version || exit 1; \
	    else \
	        echo "== Python $$version is not on this machine: not tested"; \
	    fi; \
	done

exercises: $(VENV)/with-grading ## make the students' notebooks, without solutions, in exercises/release
	@cd exercises && for source in source/*/; do \
	    $(RUN) nbgrader generate_assignment --force "$$(basename "$$source")" || exit 1; \
	done

lab: exercises ## open your own copy of the exercises in JupyterLab
	@mine="exercises/submitted/$(STUDENT)"; mkdir -p "$$mine"; \
	for released in exercises/release/*/; do \
	    copy="$$mine/$$(basename "$$released")"; \
	    [ -e "$$copy" ] || cp -R "$$released" "$$copy"; \
	done; \
	echo "Your work is in $$mine; existing copies are never overwritten."; \
	$(RUN) jupyterlab --notebook-dir="$$mine" $(NO_FORMGRADER) $(ARGS)

grade-demo: $(VENV)/with-grading ## make up a class of STUDENTS=60, grade it and write a report, in _build/demo
	@$(RUN) helpers.authoring.demo --repository . --folder _build/demo --students "$(STUDENTS)"

new-exercise: $(VENV)/with-grading ## start a problem set from the template: make new-exercise NAME=my-questions
	@$(VENV)/bin/python -m helpers.authoring.template "$(NAME)"

# Answers go through the environment: a title may hold any sign. Only those on the command line are meant.
ANSWERS = $(foreach name,ID TITLE DATE SPEAKER SOURCE TALK URL LANGUAGE TRANSLATOR SUMMARY CREDITS,\
    $(if $(findstring command,$(origin $(name))),$(name)))

new-document: $(VENV)/with-book ## add a transcription with its pages and exercise: make new-document FILE=talk.txt SPEAKER="..."
	@$(VENV)/bin/python -m helpers.authoring.document add "$$FILE" --answers $(ANSWERS)

remove-document: $(VENV)/with-book ## take a document that was added out again: make remove-document ID=zhou-1964
	@$(VENV)/bin/python -m helpers.authoring.document remove "$$ID" $(if $(ANYWAY),--anyway)

bundles: exercises site $(VENV)/with-dev ## make the zips for students and instructors, the zip of the book, and the wheel, in dist
	@$(RUN) helpers.authoring.bundles

packet: site $(VENV)/with-pdf ## print a class packet for lessons without computers, on A4 and Letter, in dist/packet
	@$(RUN) helpers.authoring.packet

lms: $(VENV)/with-book ## write practice questions for Moodle and Canvas, and links to the pages, in dist/lms
	@$(RUN) helpers.authoring.lms

editions: site $(VENV)/with-editions ## write the book as EPUB, the documents in TEI, and the tables for other tools, in dist/editions
	@$(VENV)/bin/python -m helpers.book editions

changes: $(VENV)/with-book ## list the pages that differ from another build: make changes BEFORE=path/to/_build/html
	@$(VENV)/bin/python -m helpers.book changes "$(BEFORE)"

links: site ## check every external link of the book; needs a network
	@$(VENV)/bin/python -m helpers.book links

LOCK = $(UV) compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
    --custom-compile-command "make lock" --quiet $(ARGS) --output-file

# A package needed with an extra is locked with and without it, because pip treats these as two packages.
BOTH = function both() { printf "%s", entry; if (sub(/^[a-z0-9.-]+\[[^]]*\]/, name, entry)) printf "%s", entry } \
    /^[^ \#]/ { both(); entry = ""; name = $$1; sub(/\[.*/, "", name) } { entry = entry $$0 "\n" } END { both() }

lock: $(READY) ## lock every dependency again in requirements.txt (ARGS=--upgrade for newer versions)
	$(LOCK) requirements.txt --no-strip-extras --all-extras pyproject.toml
	awk '$(BOTH)' requirements.txt > requirements.new && mv requirements.new requirements.txt
	printf '%s\n' $(patsubst %,'%',$(LIVE_LIBRARIES)) | $(LOCK) requirements-live.txt --no-deps -

$(LIVE)/ready: requirements-live.txt $(READY)
	@$(call PANDAS,0) | $(UV) sync --quiet --python $(VENV)/bin/python --require-hashes --target $(LIVE) -
	@$(call PANDAS,1) | $(UV) install --quiet --python $(VENV)/bin/python --require-hashes --target $(LIVE) \
	    $(IN_BROWSERS) --requirement -
	@touch $@

clean: ## remove environments, the site and released notebooks, but never students' work or grades
	rm -rf .venv .venv-3.* _build dist exercises/release .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment has Python, pip and uv.  It is made once, and again if the lock changes, this folder has moved or
# making it was interrupted.  `ready` is written last, with the path and the lock for which it was made.
ifneq ($(shell $(VENV)/bin/python -c '' 2>/dev/null && head -n 1 $(READY) 2>/dev/null),$(CURDIR))
$(READY): again
endif
again:

# A newer Python is used only if you ask for it, because nothing here was tested with it.
$(READY): requirements.txt pyproject.toml
	@set -e; \
	wanted() { echo "$(CURDIR)"; cat requirements.txt; }; \
	is_ready() { $(VENV)/bin/python -c '' 2>/dev/null && wanted | cmp -s - $@; }; \
	if ! is_ready; then \
	    python=; seen=; \
	    for candidate in $(if $(PYTHON),"$(PYTHON)",python3 python3.14 python3.13 python3.12 python3.11 python); do \
	        version=$$("$$candidate" -c 'import sys; print(*sys.version_info[:2], sep=".")' 2>/dev/null) \
	            || { seen="$$seen$(if $(PYTHON), $$candidate does not run.)"; continue; }; \
	        case $$version in \
	            3.11|3.12|3.13|3.14) ;; \
	            3.1[5-9]|3.[2-9]?) \
	                seen="$$seen $$candidate is Python $$version, with which nothing here was tested."; \
	                $(if $(PYTHON),echo "make:$$seen" >&2,continue);; \
	            *) seen="$$seen $$candidate is Python $$version."; continue;; \
	        esac; \
	        "$$candidate" -c 'import ensurepip, venv' 2>/dev/null \
	            || { seen="$$seen $$candidate has no venv module (Debian, Ubuntu: apt install python3-venv)."; continue; }; \
	        python=$$candidate; break; \
	    done; \
	    if [ -z "$$python" ]; then \
	        echo "make: Python 3.11, 3.12, 3.13 or 3.14 with its venv module is needed and was not found.$$seen" >&2; \
	        echo "make: install one, or name yours: make $(MAKECMDGOALS) PYTHON=/path/to/python3.12" >&2; \
	        exit 1; \
	    fi; \
	    if [ -e "$(VENV)" ] && [ ! -f "$(VENV)/pyvenv.cfg" ] && [ -n "$$(ls -A "$(VENV)")" ]; then \
	        echo "make: $(VENV) exists but is not an environment, so nothing was done. Name another: make VENV=.venv" >&2; \
	        exit 1; \
	    fi; \
	    exec 9< Makefile; "$$python" -c 'import fcntl; fcntl.flock(9, fcntl.LOCK_EX)'; \
	    if ! is_ready; then \
	        echo "Making the environment in $(VENV) with $$python"; \
	        rm -f $@; \
	        "$$python" -m venv --clear $(VENV); \
	        sed -n '/^uv==/,/#/p' requirements.txt \
	            | $(VENV)/bin/python -m pip install --quiet --require-hashes --requirement /dev/stdin; \
	        wanted > $@; \
	    fi; \
	fi; \
	touch $@

# The package with an extra of pyproject.toml.  The lock is used as a constraint, so only the packages that are
# needed are installed.
$(VENV)/with-%: $(READY)
	@echo "Installing the packages for '$*' in $(VENV)"
	@$(UV) install --python $(VENV)/bin/python --constraints requirements.txt --build-constraints requirements.txt \
	    --editable '.[$*]'
	@touch $@
