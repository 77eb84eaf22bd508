# PlanLens: `make run` and `make test` are the two commands; everything else serves them.
PYTHON ?= python3.11
PYTHON := $(shell command -v $(PYTHON) || command -v python3)
BIN := .venv/bin
STAMP := .venv/.ready

.PHONY: run test setup lint bench bench-peers notebooks clean

run: $(STAMP)
	@$(BIN)/planlens run

test: $(STAMP) lint
	$(BIN)/pytest -n auto

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict pipeline
	$(BIN)/lint-imports

setup: $(STAMP)

$(STAMP): requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q -j 0 .venv/lib pipeline >/dev/null 2>&1 || true
	touch $@

bench: $(STAMP)
	$(BIN)/python bench/every.py

# SUITES: a folder with the public test suites of the other readers, as bench/suites.py says.
bench-peers: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[bench-peers]'
	$(BIN)/python -W ignore bench/peers.py $(SUITES)

notebooks: $(STAMP)
	$(BIN)/planlens notebooks

clean:
	rm -rf .venv build *.egg-info
