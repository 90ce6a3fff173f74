# What one does with Nabór. Each target sets up what it needs in .venv, and only when that is out of date.

HOST     ?= 127.0.0.1
PORT     ?= 8000
WORKERS  ?= 2
# Requests that one worker has in hand at once. Each holds a thread until its body has arrived, so a few people who
# send large files over slow lines must not take them all; idle threads cost nothing.
THREADS  ?= 16
# Test processes; the suite is split over them, and a short queue is stolen from a long one.
PROCESSES ?= 2
# Granian counts a browser's idle connection against --backpressure (measured: with all taken, the next visitor waits
# until one times out), so there are many, let go after 10 s; what runs at once is limited by THREADS.
SERVE  := --no-ws --backlog 1024 --backpressure 512 --http1-header-read-timeout 10000 \
          --respawn-failed-workers --workers-kill-timeout 30

export HOST PORT

VENV   := .venv
BIN    := $(VENV)/bin
PY     := $(BIN)/python
# The newest Python that is here and new enough.
PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3 python; do \
            $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)

PIP    := $(PY) -m pip --disable-pip-version-check install -qq --require-hashes --no-deps
PO     := $(wildcard translations/*/LC_MESSAGES/messages.po)
MO     := $(PO:.po=.mo)
CODE   := $(wildcard app.py) config forms records views translations tests bench
LOCK    = $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
          --no-annotate --no-header --no-emit-index-url --no-emit-find-links pyproject.toml
# Outside the repository: pictures are looked at and thrown away.
PICTURES ?= $(or $(TMPDIR),/tmp)/nabor-pictures
# The folder of the htmx package's files; Granian serves it beside our own.
HTMX    = $(shell $(PY) -c 'import pathlib, js_lib_htmx; print(pathlib.Path(js_lib_htmx.__file__).parent / "static" / "htmx")')

.DEFAULT_GOAL := help
.PHONY: help run setup test journeys check bench rush docs pictures lock translations clean

help: ## show what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

run: setup ## install, set up the database and serve on HOST:PORT (127.0.0.1:8000)
	MALLOC_ARENA_MAX=2 WORKER=embedded exec $(BIN)/granian --interface wsgi --factory 'app:create_app' --host $(HOST) --port $(PORT) \
	  --workers $(WORKERS) --blocking-threads $(THREADS) $(SERVE) \
	  --static-path-route /static --static-path-mount static \
	  --static-path-route /vendor --static-path-mount $(HTMX)

setup: $(VENV)/run.stamp $(MO)
	$(BIN)/flask --app app setup

test: $(VENV)/dev.stamp $(MO) ## run every test, the browser's too
	$(PY) -m tests.browser
	$(PY) -m pytest -n $(PROCESSES) --dist worksteal

journeys: $(VENV)/dev.stamp $(MO) ## every form in every way of using it, in the browser
	JOURNEYS=all $(PY) -m pytest -n $(PROCESSES) --dist worksteal tests/web/test_journeys.py

check: $(VENV)/dev.stamp $(MO) ## lint, types, layers, templates, translations, forms
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/djlint templates --lint --quiet
	$(PY) translations/catalogues.py check
	$(BIN)/flask --app app forms check

bench: $(VENV)/dev.stamp $(MO) ## measure, beside what one would pick instead
	$(PY) -m bench

docs: $(VENV)/dev.stamp $(MO) ## make docs/forms.md, docs/mistakes.md and the pictures from the program
	$(PY) -m docs.pictures
	$(PY) -m docs.reference
	$(PY) -m docs.mistakes

rush: $(VENV)/dev.stamp $(MO) ## 300 people at once for 30 places, twenty times on each database
	RUSHES=20 $(PY) -m pytest -q tests/test_rush.py

pictures: $(VENV)/dev.stamp $(MO) ## take a picture of every page, light and dark, wide and narrow, into PICTURES
	$(PY) -m tests.pictures $(PICTURES)

lock: $(VENV)/dev.stamp ## renew the locked versions of all libraries
	$(LOCK) --output-file requirements.lock
	$(LOCK) --group dev --output-file requirements-dev.lock

translations: $(VENV)/dev.stamp ## bring translations/*.po up to date with the texts in the code
	$(PY) translations/catalogues.py update

clean: ## remove what was made, except DATA_DIR
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache $(MO)
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/made.stamp:
	@test -n "$(PYTHON)" || { echo 'Potrzebny jest Python 3.11 albo nowszy: zainstaluj go i powtórz polecenie.' >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV) || { echo 'Nie udało się utworzyć .venv. W Debianie i Ubuntu brakuje zwykle pakietu: apt-get install python3-venv' >&2; exit 1; }
	@touch $@

$(VENV)/run.stamp: $(VENV)/made.stamp requirements.lock
	@echo 'Instaluję biblioteki programu w $(VENV) …'
	@$(PIP) -r requirements.lock
	@touch $@

# The tools include all that the program needs, so both are up to date after this.
$(VENV)/dev.stamp: $(VENV)/made.stamp requirements-dev.lock
	@echo 'Instaluję biblioteki i narzędzia w $(VENV) …'
	@$(PIP) -r requirements-dev.lock
	@touch $(VENV)/run.stamp $@

%.mo: %.po | $(VENV)/run.stamp
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@
