# Everything this project can do. `make` alone prints this list; each command does its own set-up.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes --no-deps
LOCK := uv pip compile --quiet --universal --python-version 3.11.5 --generate-hashes --no-emit-index-url
AS_OF ?=
FORMAT ?= text
PORT ?= 8000
SINCE ?= HEAD
SAMPLE ?= 0
MODULES ?=
MINUTES ?= 5
FILE ?= recommendations.xlsx
REPORT ?=
PUBLISH ?=
PUBLICATION ?=
REVIEW ?= review
NUMBER ?=
ID ?=
AT ?=
COMMIT ?= HEAD
LINK_REPORT ?=
FORM ?=
WRITE ?=
PYTEST := $(BIN)/python -m pytest
REGISTER := AS_OF="$(AS_OF)" $(BIN)/python -m register

.DEFAULT_GOAL := help
.PHONY: help site hosting offline rollback verify-site serve check update withdraw edit add-link confirm-link keep-link accept-words confirm-contact add-event new-page workbook import from-form transcribe review-wordings accept-wordings verify attention changes show-changes review-page kept links learn-links last-links last-versions publish-earlier test test-published test-fast test-content test-without-browser lint mutants fuzz spoken spoken-aloud pictures bench sbom forms lock clean

help: ## print this list
	@echo "make COMMAND, where COMMAND is one of:"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1	\2/p' $(MAKEFILE_LIST) | expand -t 18

site: $(VENV)/ready ## check everything and build the site into site/; to publish it: PUBLISH=1 SITE_URL=https://…/
	@$(REGISTER) site $(if $(PUBLISH),--publish)

hosting: $(VENV)/ready ## write hosting/: headers, redirects and compression for nginx and Caddy
	@$(REGISTER) hosting

offline: $(VENV)/ready ## write offline.zip: the built site for a memory stick, opened by a double click
	@$(REGISTER) offline

rollback: $(VENV)/ready ## put the site before the last build back; once more, and it is undone
	@$(REGISTER) rollback

verify-site: $(VENV)/ready ## say whether a site is what a commit builds, byte for byte: make verify-site AT=https://… or AT=site; COMMIT=v1
	@test -n "$(AT)" || { echo "say which one: make verify-site AT=https://… or AT=site" >&2; exit 2; }
	@$(REGISTER) verify-site --commit "$(COMMIT)" $(if $(LINK_REPORT),--link-report "$(LINK_REPORT)") -- "$(AT)"

serve: $(VENV)/ready ## show the site at http://127.0.0.1:8000/ and follow every change; PORT=8001 for another port
	@$(REGISTER) serve --port "$(PORT)"

check: $(VENV)/ready ## check data and pages only: a second or so; FORMAT=json for programs
	@$(REGISTER) check --format "$(FORMAT)"

update: $(VENV)/ready ## add an update to a recommendation, one question at a time: make update NUMBER=12
	@test -n "$(NUMBER)" || { echo "say which one: make update NUMBER=12" >&2; exit 2; }
	@$(REGISTER) update -- "$(NUMBER)"

withdraw: $(VENV)/ready ## say that an update was wrong: make withdraw NUMBER=12
	@test -n "$(NUMBER)" || { echo "say which one: make withdraw NUMBER=12" >&2; exit 2; }
	@$(REGISTER) withdraw -- "$(NUMBER)"

edit: $(VENV)/ready ## mend the words of an update: make edit NUMBER=12
	@test -n "$(NUMBER)" || { echo "say which one: make edit NUMBER=12" >&2; exit 2; }
	@$(REGISTER) edit -- "$(NUMBER)"

add-link: $(VENV)/ready ## add a page outside this site, so that pages and updates can cite it
	@$(REGISTER) add-link

confirm-link: $(VENV)/ready ## note that somebody read a linked page today: make confirm-link ID=get-safe
	@test -n "$(ID)" || { echo "say which one: make confirm-link ID=get-safe" >&2; exit 2; }
	@$(REGISTER) confirm-link -- "$(ID)"

keep-link: $(VENV)/ready ## give a link the kept copy that 'make links' found: make keep-link ID=get-safe
	@test -n "$(ID)" || { echo "say which one: make keep-link ID=get-safe" >&2; exit 2; }
	@$(REGISTER) keep-link -- "$(ID)"

accept-words: $(VENV)/ready ## expect the words that learn-links found on a page: make accept-words ID=get-safe; without ID one page after the other
	@$(REGISTER) accept-words -- $(if $(ID),"$(ID)")

confirm-contact: $(VENV)/ready ## note that somebody rang a service today: make confirm-contact ID=childline
	@test -n "$(ID)" || { echo "say which one: make confirm-contact ID=childline" >&2; exit 2; }
	@$(REGISTER) confirm-contact -- "$(ID)"

add-event: $(VENV)/ready ## add a public event to the timeline
	@$(REGISTER) add-event

new-page: $(VENV)/ready ## begin a page, at the end of the menu
	@$(REGISTER) new-page

workbook: $(VENV)/ready-to-edit ## write a workbook in which others can fill in updates: make workbook FILE=committee.xlsx
	@$(REGISTER) export --xlsx "$(FILE)"

import: $(VENV)/ready-to-edit ## add the updates that were filled in: make import FILE=committee.xlsx (.xlsx, .ods or .csv)
	@$(REGISTER) import -- "$(FILE)"

from-form: $(VENV)/ready ## change data files as a filled-in form on GitHub says: make from-form FORM=form.md
	@test -n "$(FORM)" || { echo "say which one: make from-form FORM=form.md" >&2; exit 2; }
	@$(REGISTER) from-form -- "$(FORM)"

attention: $(VENV)/ready ## list what is due for a person, such as help lines to ring; FORMAT=json or markdown
	@$(REGISTER) attention --format "$(FORMAT)"

changes: $(VENV)/ready ## say in words what was changed: make changes SINCE=origin/main; FORMAT=json or markdown
	@$(REGISTER) changes --format "$(FORMAT)" -- "$(SINCE)"

show-changes: $(VENV)/ready
	@$(REGISTER) show-changes --format "$(FORMAT)" -- "$(FILE)"

review-page: $(VENV)/ready-to-review ## write review-page/: what was changed, in words and pictures: make review-page SINCE=origin/main
	@$(REGISTER) review-page -- "$(SINCE)"

kept: $(VENV)/ready ## check that no published address is lost: make kept SINCE=origin/main
	@$(REGISTER) kept -- "$(SINCE)"

links: $(VENV)/ready ## check every link, inside and out; LINKS=--offline asks nobody
	@test -f site/index.html || $(REGISTER) site
	@$(REGISTER) links $(LINKS)

learn-links: $(VENV)/ready ## propose words by which to know linked pages that have none yet, for a person to accept
	@$(REGISTER) links --learn

last-links: $(VENV)/ready ## take over what the weekly link check found, for the next make site
	@$(REGISTER) last-links

last-versions: ## put into site/ the versions of the register that were published before
	@sh tools/last_versions.sh

publish-earlier: ## publish again what was published before the last publication, or PUBLICATION=…; it says how to undo that
	@sh tools/publish_earlier.sh "$(PUBLICATION)"

transcribe: $(VENV)/ready-to-edit ## find the recommendations in the published report: make transcribe REPORT="volume-1.pdf volume-2.pdf"
	@$(REGISTER) transcribe --out "$(REVIEW)" $(REPORT)

review-wordings: $(VENV)/ready ## accept, mend or refuse in the terminal what transcribe found
	@$(REGISTER) review-wordings "$(REVIEW)"

accept-wordings: $(VENV)/ready ## put the wordings that were accepted into the register
	@$(REGISTER) accept-wordings "$(REVIEW)"

verify: $(VENV)/ready-to-edit ## prove that every wording stands in the report: make verify REPORT="volume-1.pdf volume-2.pdf"
	@$(REGISTER) verify-wording $(REPORT)

test: $(VENV)/ready-for-tests lint ## run all tests, in a real browser too
	@$(PYTEST) --numprocesses 3 --dist worksteal

test-published: $(VENV)/ready-for-tests ## test a site as it is published, packed by tar: make test-published FILE=site.tar
	@PUBLISHED="$(abspath $(FILE))" $(PYTEST) --numprocesses 2 tests/browser/test_published_site.py

test-fast: $(VENV)/ready-for-fast-tests ## run the tests that need no browser, no link check and no site of their own
	@HYPOTHESIS_PROFILE=fast $(PYTEST) --numprocesses 2 -m "not browser and not office and not linkchecker and not full_build"

test-content: $(VENV)/ready-for-fast-tests
	@$(PYTEST) --numprocesses 2 -m "content and not browser"

test-without-browser: $(VENV)/ready-for-fast-tests lint
	@$(PYTEST) --numprocesses 3 --dist worksteal -m "not browser and not office"

lint: $(VENV)/ready-for-fast-tests ## check style and types
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy

mutants: $(VENV)/ready-for-fast-tests ## put small mistakes into the code and see whether a test notices: MODULES=…, SAMPLE=200
	@$(BIN)/python tests/mutation/run.py --sample "$(SAMPLE)" $(MODULES)

fuzz: $(VENV)/ready-for-fast-tests ## try strangers' text on everything that reads it: make fuzz MINUTES=60
	@nice -n 19 $(BIN)/python tests/fuzz/fuzzing.py --minutes "$(MINUTES)"

spoken: $(VENV)/ready-for-tests ## write down again what a screen reader says, for review
	@$(BIN)/python -m pytest tests/browser/test_spoken.py --write-spoken

spoken-aloud: $(VENV)/ready-to-listen ## let Orca read pages in Firefox, and compare with what was heard before: a few minutes; WRITE=1 writes it down again
	@$(PYTEST) tests/aloud/spoken_aloud.py $(if $(WRITE),--write-spoken)

pictures: $(VENV)/ready-for-tests ## make the pictures of the README from the sample register
	@$(BIN)/python tests/browser/pictures.py

bench: $(VENV)/ready-for-tests ## measure speed, as ratios side by side, and Lighthouse's scores
	@$(BIN)/python bench/build.py
	@$(BIN)/python bench/filter.py
	@$(BIN)/python bench/search.py
	@$(BIN)/python bench/reading.py
	@$(BIN)/python bench/links.py
	@$(BIN)/python bench/lighthouse.py

sbom: $(VENV)/ready-for-sbom ## write sbom.cdx.json: what builds the site and what goes out to browsers, with hashes and licences
	@$(REGISTER) sbom

forms: $(VENV)/ready ## renew the forms on GitHub, and what editors are shown while they type: after a change of words, links or fields
	@$(REGISTER) forms

# All locks go into one environment, so all hold the same versions: the others begin as copies of the largest, whose versions uv keeps.
lock: $(VENV)/ready-for-tests ## renew the locked versions and their hashes (needs uv)
	$(LOCK) --group test --output-file requirements-test.txt pyproject.toml
	cp requirements-test.txt requirements.txt && $(LOCK) --output-file requirements.txt pyproject.toml
	cp requirements-test.txt requirements-edit.txt && $(LOCK) --group edit --output-file requirements-edit.txt pyproject.toml
	cp requirements-test.txt requirements-review.txt && $(LOCK) --group review --output-file requirements-review.txt pyproject.toml
	cp requirements-test.txt requirements-sbom.txt && $(LOCK) --group sbom --output-file requirements-sbom.txt pyproject.toml

clean: ## remove everything that was made: site, environment, reports
	@rm -rf $(VENV) site site.previous .build-* .pytest_cache .hypothesis .ruff_cache .mypy_cache .mutants tests/browser/node_modules bench/lighthouse/node_modules link-report.json learnt-words.json sbom.cdx.json review-page hosting offline.zip
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment is made again only when a lock file changes.
$(VENV)/ready: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11, 5) and "Python 3.11.5 or newer is needed; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12")'
	@$(PYTHON) -c 'import ensurepip' 2> /dev/null || sh tools/need.sh "the project's packages go into an environment of its own" "Python's venv" $(notdir $(PYTHON))-venv
	@echo "Setting up (once) …"
	@rm -rf $(VENV) && $(PYTHON) -m venv $(VENV)
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/ready-to-edit: $(VENV)/ready requirements-edit.txt
	@echo "Setting up the tools for editors (once) …"
	@$(PIP) -r requirements-edit.txt
	@touch $@

$(VENV)/ready-to-review: $(VENV)/ready requirements-review.txt
	@echo "Setting up the pictures for reviewers (once) …"
	@for name in chromium chromium-browser google-chrome; do command -v $$name && break; done > /dev/null || test -n "$$BROWSER_PATH" || sh tools/need.sh "pages are shown before and after a change" Chromium chromium
	@$(PIP) -r requirements-review.txt
	@touch $@

$(VENV)/ready-for-sbom: $(VENV)/ready requirements-sbom.txt
	@echo "Setting up the bill of materials (once) …"
	@$(PIP) -r requirements-sbom.txt
	@touch $@

$(VENV)/ready-for-fast-tests: $(VENV)/ready requirements-test.txt
	@echo "Setting up the tests (once) …"
	@$(PIP) -r requirements-test.txt
	@touch $@ $(VENV)/ready-to-edit $(VENV)/ready-for-sbom  # the tests try those tools, too

$(VENV)/ready-to-listen: $(VENV)/ready-for-fast-tests tests/aloud/install.sh tools/lacking.sh
	@echo "Setting up the screen reader (once) …"
	@sh tests/aloud/install.sh
	@touch $@

$(VENV)/ready-for-tests: $(VENV)/ready-for-fast-tests tests/browser/package-lock.json tests/browser/install.sh tests/spreadsheet/install.sh tools/lacking.sh
	@echo "Setting up the tests in a browser and in LibreOffice (once) …"
	@sh tests/browser/install.sh
	@sh tests/spreadsheet/install.sh
	@touch $@
