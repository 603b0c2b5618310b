# make demo   set up, index the example letters (or LETTERS=folder) and ask three questions
# make test   set up and run every test; make check is the default suite alone
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
LETTERS ?= examples/letters
READY := .venv/.ready

.PHONY: setup demo test check slow lint bench lock clean

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $(READY)

demo: $(READY)
	@$(BIN)/python examples/demo.py $(LETTERS)

check: $(READY)
	$(BIN)/python -m pytest -m "not (kill or mutated or browser or load or wheel or ollama)"

slow: $(READY)
	$(BIN)/python -m pytest -m "kill or mutated or browser or load or wheel or ollama"

test: check slow

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(READY)
	$(BIN)/python -m benchmarks.run

lock: $(READY)
	@echo "# Pinned for Python 3.11 and later; made with: make lock. torch carries no local version, so that a CPU build already present is taken." > requirements.lock
	@$(BIN)/pip freeze --exclude-editable | sed 's/+cpu$$//' >> requirements.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis dist build *.egg-info
