# The commands of the house. `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes
DJANGO := $(BIN)/python -m django
WORKERS ?= 2
PATHS := src tests assets
unexport DJANGO_SETTINGS_MODULE

.PHONY: help setup run test test-oldest test-fast check check-openapi lock catalogues clean dev chromium node-dev

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' Makefile

setup: .venv/run.stamp .venv/assets.stamp .venv/catalogues.stamp  ## everything that a running Guichet needs

run: setup  ## database, portal, services and worker; Ctrl-C stops them all
	@exec $(BIN)/guichet run

.venv/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (make PYTHON=python3.12 …)"; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "On Debian: apt-get install python3-venv"; exit 1; }

.venv/run.stamp: .venv/pyvenv.cfg requirements/run.txt pyproject.toml
	$(PIP) -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements/dev.txt
	$(PIP) -r requirements/run.txt -r requirements/dev.txt
	@touch $@

.venv/node.stamp: .venv/pyvenv.cfg requirements/node.txt
	{ command -v node && command -v npm; } >/dev/null || $(PIP) -r requirements/node.txt
	@touch $@

.venv/vendor.stamp: .venv/run.stamp .venv/node.stamp assets/package-lock.json assets/build.py assets/npm.py
	$(BIN)/python assets/npm.py ci --no-audit --no-fund --ignore-scripts --omit=dev
	$(BIN)/python assets/build.py src/guichet/platform/static/vendor build/fonts
	@touch $@

# Our own static files change often: collected again whenever one of them did.
STATIC := $(shell find src/guichet -path '*/static/*' -type f -not -path '*/static/vendor/*' 2>/dev/null)
.venv/assets.stamp: .venv/vendor.stamp $(STATIC)
	DJANGO_SETTINGS_MODULE=guichet.config.settings $(DJANGO) collectstatic --noinput --clear --verbosity 0
	@touch $@

.venv/catalogues.stamp: .venv/run.stamp $(wildcard locale/*/LC_MESSAGES/django.po)
	[ ! -d locale/fr ] || $(BIN)/pybabel --quiet compile -D django -d locale
	@touch $@

dev: setup .venv/dev.stamp

# Spectral and axe, for the checks and the browser tests only.
.venv/node-dev.stamp: .venv/vendor.stamp
	$(BIN)/python assets/npm.py ci --no-audit --no-fund --ignore-scripts
	@touch $@

# Chromium for the browser tests, and poppler's pdfsig and pdftotext for those of the documents.
chromium:
	@if { command -v chromium && command -v pdfsig; } >/dev/null || [ ! -f /etc/debian_version ]; then :; \
	elif [ "$$(id -u)" = 0 ]; then echo "Installing Debian's chromium and poppler-utils for the tests"; \
	  apt-get install --yes --quiet --no-install-recommends chromium poppler-utils >/dev/null || { apt-get update --quiet >/dev/null && apt-get install --yes --quiet --no-install-recommends chromium poppler-utils >/dev/null; }; \
	else echo "Some tests will be skipped; to run them: sudo apt-get install chromium poppler-utils"; fi

test: dev .venv/node-dev.stamp chromium  ## every test, in parallel, with branch coverage
	$(BIN)/python -m pytest -n $(WORKERS) --cov --cov-report=term:skip-covered --cov-report=html:build/coverage

	@$(MAKE) --no-print-directory test-oldest

# The oldest PostgreSQL that is supported, where the system has it: what speaks SQL runs on it too.
OLDEST := /usr/lib/postgresql/15/bin
test-oldest: dev
	@if [ -x $(OLDEST)/postgres ]; then echo "Once more on PostgreSQL 15"; \
	  GUICHET_TEST_PG_BIN=$(OLDEST) $(BIN)/python -m pytest -n $(WORKERS) -q -m "not slow and not browser" \
	    tests/access tests/audit tests/eservices tests/ingest tests/presence_log tests/registers; \
	else echo "PostgreSQL 15 is not here ($(OLDEST)): its tests did not run"; fi

test-fast: dev  ## the inner loop: no browser, no servers
	$(BIN)/python -m pytest -n $(WORKERS) -q -m "not slow and not browser"

check: dev check-openapi  ## style, types, arrows, migrations, catalogues, contracts
	$(BIN)/ruff check $(PATHS)
	$(BIN)/ruff format --check $(PATHS)
	$(BIN)/mypy
	$(BIN)/lint-imports
	DJANGO_SETTINGS_MODULE=guichet.config.settings $(DJANGO) makemigrations --check --dry-run
	$(BIN)/python -m guichet.config.catalogues check

check-openapi: dev .venv/node-dev.stamp  ## the contracts: valid OpenAPI within the Belgif rules
	$(BIN)/python -m pytest -q -p no:cacheprovider tests/contracts/test_belgif.py
	$(BIN)/python assets/npm.py exec --offline -- spectral lint --quiet --fail-severity=warn --ruleset ../contracts/.spectral.yaml $(addprefix ../,$(wildcard contracts/*.yaml))

catalogues: dev  ## collect the texts of the pages into locale/
	$(BIN)/python -m guichet.config.catalogues collect

lock:  ## the versions with their hashes (needs uv)
	for name in run dev node; do \
	  uv pip compile --quiet --universal --upgrade --python-version 3.11 --generate-hashes \
	    --custom-compile-command "make lock" requirements/$$name.in -o requirements/$$name.txt; done

clean:  ## what make made; var/ with its database stays
	rm -rf .venv build assets/node_modules src/guichet/platform/static/vendor .mypy_cache .ruff_cache .pytest_cache .coverage .import_linter_cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
