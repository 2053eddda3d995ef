# Every target readies .venv first; see scripts/setup.sh.
.PHONY: run test test-long lint bench screenshots lang clean setup
.DEFAULT_GOAL := run

BIN := .venv/bin
export PYTHONUTF8 := 1

run:
	@bash scripts/run.sh

setup:
	@bash scripts/setup.sh

lint: setup
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports --no-logo

test: lint
	# One more than the two processors there are at least: tests of the window wait for a good part of their time.
	EXPLAINER_COUNTS=ci $(BIN)/python -m pytest -q -n 3 --dist loadfile

# The counts the promises name; leaves its result in tests/LONG_RUN.md.
test-long: setup
	$(BIN)/python -m scripts.long_run

bench: setup
	$(BIN)/python -m scripts.bench

# Those of the README; then everything in every language, look and size, in build/screenshots.
screenshots: setup
	$(BIN)/python -m scripts.screenshots
	$(BIN)/python -m scripts.looking

# Collect the sentences of the program, bring the catalogues up to date, compile them.
lang: setup
	$(BIN)/python -m scripts.lang

# Everything the other targets leave behind, except .venv, which takes minutes to make again.
clean:
	rm -rf build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find explainer scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +
