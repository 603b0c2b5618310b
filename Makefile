# make demo   set up, index the example letters (or LETTERS=folder) and ask three questions
# make test   set up and run every test; make check is the default suite alone
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
LETTERS ?= examples/letters
READY := .venv/.ready

.PHONY: setup demo test check slow lint gate baseline bench bench-quality train lock clean FORCE

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $(READY)

demo: $(READY)
	@$(BIN)/python examples/demo.py $(LETTERS)

check: $(READY)
	$(BIN)/python -m pytest -n auto -m "not (kill or mutated or browser or load or wheel or ollama)"

slow: $(READY)
	$(BIN)/python -m pytest -m "kill or mutated or browser or load or wheel or ollama"

test: check slow

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The example questions, measured; it fails when a measure fell against eval/baseline or lies below a floor of eval/gate.toml.
gate: .gate/run
	$(BIN)/kamerbrief eval gate .gate/run --baseline eval/baseline

baseline: .gate/run
	mkdir -p eval/baseline && cp .gate/run/manifest.json .gate/run/scores.jsonl eval/baseline/

.gate/run: $(READY) FORCE
	rm -rf .gate/index
	$(BIN)/kamerbrief --index .gate/index index add examples/letters
	$(BIN)/kamerbrief --index .gate/index eval run examples/gold.jsonl --out .gate/run --restart

bench: $(READY)
	$(BIN)/python -m benchmarks.scale --sizes 100 1000
	$(BIN)/python -m benchmarks.eval_speed
	$(BIN)/python -m benchmarks.embedder
	$(BIN)/python -m benchmarks.formats
	$(BIN)/python -m benchmarks.verify_quality

# Quality beside the plain stack and with each part taken out; fills the tables of benchmarks/RESULTS.md. The plain stack needs
# .venv/bin/pip install -e .[bench] and is skipped without it; REAL is the folder of the five letters of eval/gold.
REAL ?= ../shared/letters
FIVE := --gold eval/gold/kamerbrieven.jsonl --letters $(REAL) --record
bench-quality: $(READY)
	$(BIN)/python -W ignore -m benchmarks.plain_stack $(FIVE)
	$(BIN)/python -W ignore -m benchmarks.plain_stack --record
	$(BIN)/python -W ignore -m benchmarks.plain_stack $(FIVE) --model index/data/embedder
	$(BIN)/python -m benchmarks.ablation $(FIVE)
	$(BIN)/python -m benchmarks.ablation --record

# The embedder, the reranker, and the selector and refusal model, fitted with a table that has forgotten its training questions.
# Needs the training texts (DATA=folder), the model to start from (START=folder) and: .venv/bin/pip install -e .[train]
DATA ?= ../shared/training
START ?= ../shared/model
train: $(READY)
	$(BIN)/python -m index.train build/embedder --data $(DATA) --start $(START) --steps 2500
	$(BIN)/python -m index.train build/forgotten --data $(DATA) --start $(START) --forget 3 --steps 120
	$(BIN)/python -m rag.train.reranker build/reranker --data $(DATA)
	$(BIN)/python -m rag.train.reranker.export build/reranker rag/data/reranker
	$(BIN)/python -m rag.train --data $(DATA) --embedder build/forgotten

lock: $(READY)
	@echo "# Pinned for Python 3.11 and later; made with: make lock. torch carries no local version, so that a CPU build already present is taken." > requirements.lock
	@$(BIN)/pip freeze --exclude-editable | grep -v -i '^gt-all' | sed 's/+cpu$$//' >> requirements.lock

clean:
	rm -rf .venv .gate .mypy_cache .ruff_cache .pytest_cache .hypothesis dist build *.egg-info
