# Thin on purpose: each line is a command you could type yourself.
.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test check style types deployable lock bench assets clean
export UV_PYTHON_DOWNLOADS = never
# Python keeps what it compiled: without it every process starts in twice the time.
unexport PYTHONDONTWRITEBYTECODE
# The first one that is new enough.
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python3.14; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PORT ?= 8000
BIN := .venv/bin
UV_VERSION := 0.13.9
HOUSE := portal home knowledge network meldpunt search
DEMO := DJANGO_SETTINGS_MODULE=portal.settings.demo

help:  ## This list
	@awk -F ':.*  ## ' '/^[a-z-]+:.*  ## / {printf "make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: assets  ## The whole portal with a small fictional region, on this machine (PORT=8000)
	$(DEMO) $(BIN)/python manage.py demo --port $(PORT)

demo-reset:  ## Forget the demo's data and start over
	rm -rf var/demo
	@$(MAKE) --no-print-directory demo

test: assets  ## All tests that this machine can run, in random order, without network
	$(BIN)/python -m pytest -n 2

check: style types deployable test  ## Everything CI runs, cheapest first; ends with what deserves a second look
	@$(BIN)/python -m tests.house.look_again
	@$(BIN)/ruff check --select C901 --exit-zero --quiet .

style: .venv/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet $(HOUSE)

types: .venv/ready
	$(BIN)/mypy $(HOUSE)

# Nothing to migrate, and the settings of each production process hold; nobody connects to this database.
PRODUCTION = env DJANGO_SETTINGS_MODULE=portal.settings.production ALLOWED_HOSTS=portaal.example PORTAL_VAR_DIR=var/check \
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))') \
	MELDPUNT_ROOT_KEY=$$(printf '%064d' 1) DATABASE_URL=postgresql://127.0.0.1:9/a KEYSTORE_URL=postgresql://127.0.0.1:9/b
deployable: assets
	$(BIN)/python manage.py makemigrations --check --dry-run
	@for surfaces in publiek,beheer melden werkplek; do echo "check --deploy for $$surfaces"; \
		PORTAL_SURFACES=$$surfaces $(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING || exit 1; done

bench: assets  ## What every kind of page costs, beside a bare Django view
	$(BIN)/python -m bench

COMPILE = $(BIN)/uv pip compile --python $(BIN)/python --universal --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --quiet
lock: .venv/ready node_modules/ready  ## Pin every dependency anew
	$(COMPILE) --extra dev pyproject.toml -o requirements/dev.txt
	$(COMPILE) pyproject.toml -c requirements/dev.txt -o requirements/base.txt
	$(COMPILE) requirements/node.in -o requirements/node.txt
	$(NPM) install --package-lock-only --ignore-scripts --legacy-peer-deps
	$(BIN)/python -m portal.design.lock

assets: .venv/assets

# Translations, style sheet and icons; made again only when something they are made of changed.
SOURCES := $(shell find $(HOUSE) -name '*.po' -o -name '*.html' -o -name '*.css' -o -name '*.js' -o -name '*.py' 2>/dev/null | grep -v /static/portal/build/)
.venv/assets: .venv/ready node_modules/ready $(SOURCES)
	@$(BIN)/python -m portal.locale_build > /dev/null
	@$(BIN)/python -m portal.design.build > /dev/null
	@touch $@

.venv/ready: requirements/dev.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet uv==$(UV_VERSION)
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

# Node from the PATH when it is 20 or newer, else the one that PyPI has.
NPM = PATH="$(CURDIR)/$(BIN):$$PATH" npm
node_modules/ready: package-lock.json requirements/node.txt .venv/ready
	@node -e 'process.exit(+(+process.versions.node.split(".")[0] < 20))' 2>/dev/null && npm --version >/dev/null 2>&1 \
		|| $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/node.txt
	$(NPM) ci --ignore-scripts --legacy-peer-deps --no-audit --no-fund --silent
	@touch $@

clean:  ## Remove everything that was made here, the demo's data too
	rm -rf .venv node_modules var static
