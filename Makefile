# PlanLens: `make run` and `make test` are the two commands; everything else serves them.
PYTHON ?= python3.11
PYTHON := $(shell command -v $(PYTHON) || command -v python3)
BIN := .venv/bin
STAMP := .venv/.ready

.PHONY: run test setup lint bench notebooks clean

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

notebooks: $(STAMP)
	$(BIN)/planlens notebooks

clean:
	rm -rf .venv build *.egg-info
