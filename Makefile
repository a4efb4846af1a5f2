# Wenban (问办). `make serve` and `make test` are all a new machine needs.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON := .venv/bin/python
WENBAN := .venv/bin/wenban
WORKERS ?= 2
PACKAGES := assistant actions knowledge_base storage voice benchmarks screenshots
export RASA_TELEMETRY_ENABLED := false
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
export TF_CPP_MIN_LOG_LEVEL := 3

.PHONY: help serve test lint bench screenshots setup setup-test prepare lock clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 14

setup: ## Create the environment and install what the system lacks
	@bash scripts/setup.sh run

setup-test:
	@bash scripts/setup.sh test

prepare: setup ## Check the data, train and index what changed
	@$(WENBAN) prepare

serve: setup ## Prepare whatever changed and serve the demonstration on http://127.0.0.1:5005
	@$(WENBAN) serve --demo

test: setup-test ## Run the fast tests, browser tests included; WORKERS=1 where memory is short
	@$(WENBAN) prepare
	@$(PYTHON) -m pytest -n $(WORKERS) --dist loadfile

bench: setup ## Measure the budgets; tables on screen, JSON in reports/bench
	@$(WENBAN) prepare
	@$(PYTHON) -m benchmarks

screenshots: setup-test ## Take pictures of every page in each of its states, into docs/images
	@$(WENBAN) prepare
	@$(PYTHON) -m screenshots

lint: setup ## ruff, mypy, import-linter
	@.venv/bin/ruff check . && .venv/bin/ruff format --check .
	@.venv/bin/mypy $(PACKAGES)
	@.venv/bin/lint-imports

lock: ## Compile the locks anew from pyproject.toml
	@uv pip compile pyproject.toml --extra dev --python 3.10 --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o requirements.lock
	@echo uv | uv pip compile - --python 3.10 --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o requirements-uv.lock

clean: ## Remove what was built (the environment, models, reports), not the data in var/
	@rm -rf .venv models/rasa models/index models/emergencies reports .build
