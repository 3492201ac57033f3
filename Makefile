# What a person does in this checkout; `make` alone lists it.

SHELL := /bin/sh
.DEFAULT_GOAL := help

# Leave empty to use .venv's Python, else the first fitting one on PATH.
PYTHON ?=
# What `make test` hands to pytest, as in: make test TESTS=tests/unit
TESTS ?=

# The shell's PWD, not make's CURDIR: the folder's name may hold what the shell would expand. Programs
# are started as modules, since the first line of a script cannot name such a folder.
IN_VENV := PATH="$$PWD/.engine/bin:$$PWD/.venv/bin:$$PATH"
STACK := $(IN_VENV) .venv/bin/python -m tools.make_stack

# Each command of Pulumi starts Python four times, which compiles our modules unless it may keep them.
unexport PYTHONDONTWRITEBYTECODE
export PULUMI_SKIP_UPDATE_CHECK := true
export PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION := true

.PHONY: help setup lowest-sdk test browser lint torture reliability bench up preview refresh destroy down docs dist lock clean

help: ## List what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 20

setup: ## Make .venv and .engine/bin/pulumi; quick when they are there
	@python=$$(tools/find_python "$(PYTHON)") && "$$python" -m tools.make_setup

test: lowest-sdk lint ## Check and test everything
	@$(IN_VENV) .venv/bin/python -m pytest -q -n auto --dist worksteal $(TESTS)

lowest-sdk: setup ## Make the environment in which the lowest Pulumi SDK is tested
	@.venv/bin/python -m tools.environment.lowest_sdk

browser: ## Install Chromium for the browser tests, system-wide
	@tools/browser

lint: setup ## Check style, types and layers
	@$(IN_VENV) tools/lint

torture: lowest-sdk ## Run the tests that take long
	@$(IN_VENV) .venv/bin/python -m pytest -q -n auto --dist worksteal -m torture || \
	  { code=$$?; [ $$code -eq 5 ] && echo "There is no torture test yet." || exit $$code; }

reliability: setup ## Run the proof that nothing is lost or doubled; write docs/explanation/reliability.md
	@$(IN_VENV) .venv/bin/python -m tests.faults.report

bench: setup ## Measure whole commands beside a naive provider; write docs/explanation/performance.md
	@$(IN_VENV) .venv/bin/python -m benchmarks.deployments

up: setup ## Deploy the pipeline: to a local emulator, or with POLYTOMIC_API_KEY to Polytomic
	@$(STACK) up

preview: setup ## Show what `make up` would change
	@$(STACK) preview

refresh: setup ## Read the real state of everything that is deployed
	@$(STACK) refresh

destroy: setup ## Delete everything that `make up` deployed
	@$(STACK) destroy

down: setup ## Stop the emulator that `make up` started; its data stays
	@$(STACK) down

docs: setup ## Build the documentation into site/, to be opened at site/index.html
	@$(IN_VENV) NO_MKDOCS_2_WARNING=1 .venv/bin/python -m mkdocs build --strict --quiet

dist: setup ## Build the wheel into dist/, and its bill of materials (CycloneDX)
	@$(IN_VENV) .venv/bin/python -m build --wheel --no-isolation --outdir dist
	@.venv/bin/python -m tools.release.sbom dist/pulumi-polytomic.cdx.json

lock: setup ## Make requirements.lock again (UPGRADE=1: with the newest releases)
	@tools/lock "$(UPGRADE)"

clean: ## Remove what setup and tests made; keeps .polytomic
	rm -rf .venv .engine stacks/*/.venv dist build site .ruff_cache .pytest_cache .hypothesis \
	  .import_linter_cache .reliability
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
