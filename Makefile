# Nestwerk: one command surface. `make help` lists the targets.
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
export PORT

.DEFAULT_GOAL := help
.PHONY: help demo test check bench lock setup setup-dev format

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: setup ## set up and serve the demo on http://localhost:8000 (PORT=9000 for another port, RESET=1 starts anew)
	@$(BIN)/python scripts/serve_demo.py

test: setup-dev ## set up and run all tests (DATABASE_URL and REDIS_URL choose PostgreSQL and Redis)
	@$(BIN)/python scripts/run_tests.py $(ARGS)

check: setup-dev ## format, lint, types, import contracts, templates, translations, migrations
	@$(BIN)/python scripts/check.py

bench: setup-dev ## benchmarks as ratios, one table at the end
	@$(BIN)/python -m tests.bench $(ARGS)

format: setup-dev ## put the code in its format
	@$(BIN)/ruff check --fix -q . ; $(BIN)/ruff format -q . ; true

lock: ## renew the lock files from pyproject.toml
	@$(BIN)/python -m uv pip compile -q --upgrade pyproject.toml --generate-hashes --no-annotate --no-header -o requirements.lock
	@$(BIN)/python -m uv pip compile -q --upgrade pyproject.toml --group dev -c requirements.lock --generate-hashes --no-annotate --no-header -o requirements-dev.lock

setup:
	@command -v $(PYTHON) >/dev/null || { echo "Nestwerk: needs Python 3.11 or newer (python3)."; exit 1; }
	@$(PYTHON) scripts/setup.py run

setup-dev:
	@command -v $(PYTHON) >/dev/null || { echo "Nestwerk: needs Python 3.11 or newer (python3)."; exit 1; }
	@$(PYTHON) scripts/setup.py dev
