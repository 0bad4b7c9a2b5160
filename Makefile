# Every target sets up what it needs. Needed beforehand: Python >= 3.11 with its venv module, git and make.

# Some python3 that is new enough; or name one: make synth PYTHON=/path/to/python3
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
NO_PYTHON = no Python 3.11 or newer on PATH. Install one, or name it: make PYTHON=/path/to/python3
SETUP = @$(or $(PYTHON),$(error $(NO_PYTHON))) -m scripts.setup_environment
BIN := .venv/bin
LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 --no-emit-package eks-twin

.PHONY: help setup synth deploy destroy proof proof-short binaries test test-fast coverage bench imports imports-update lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' Makefile

synth: ## write dist/ (plain YAML) and cdk.out/ (CloudFormation) for all environments
	$(SETUP) run --then "cdk8s synth" --then "cdk synth --quiet"

deploy: ## put the whole platform on this machine, without an AWS account: docs/twin.md (ENVIRONMENT=production)
	$(SETUP) twin
	@$(BIN)/api-platform twin up

destroy: ## end what `make deploy` started, and remove all of it
	$(SETUP) twin
	@$(BIN)/api-platform twin down

proof: ## prove on such a twin that what is deployed works: dist/proof/index.html
	$(SETUP) twin
	@$(BIN)/api-platform twin proof

proof-short: ## the same in its short form, which takes half of the time
	$(SETUP) twin
	@$(BIN)/api-platform twin proof --short

binaries: ## build the programs that these three and some of the checks need (18 minutes on 2 cores, once)
	$(SETUP) twin
	@$(BIN)/api-platform twin binaries

test: ## run every check
	$(SETUP) checks
	@$(BIN)/python scripts/run_checks.py

test-fast: ## run the fast checks (a minute and a half on 2 cores)
	$(SETUP) dev
	@$(BIN)/python scripts/run_checks.py --fast

coverage: ## measure which lines the tests run, room by room (takes longer than the tests)
	$(SETUP) dev
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest --quiet -rs -n 2 --dist loadfile --no-loadscope-reorder
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage json --quiet -o .coverage_report.json
	@$(BIN)/python scripts/coverage_by_room.py .coverage_report.json

bench: ## compare our times with Helm's, as ratios
	$(SETUP) dev
	@$(BIN)/python -m benchmarks

setup: ## make the environment only (the other targets do it by themselves)
	$(SETUP) dev

imports: ## generate imports/ again from the pinned CRDs
	$(SETUP) dev
	@$(BIN)/python scripts/generate_imports.py

imports-update: ## fetch newer CRDs (needs Go), then generate imports/
	$(SETUP) dev
	@$(BIN)/python scripts/update_crds.py
	@$(BIN)/python scripts/generate_imports.py

# UPGRADE=--upgrade takes the newest versions that pyproject.toml allows; without it, only what must change does.
lock: ## pin the dependencies again, after a change in pyproject.toml, requirements/*.in or package.json
	$(SETUP) dev
	@$(LOCK) $(UPGRADE) --extra build --extra delivery --extra twin --extra dev -o requirements/dev.txt pyproject.toml
	@$(LOCK) $(UPGRADE) --extra build --extra delivery --extra twin -c requirements/dev.txt -o requirements/twin.txt pyproject.toml
	@$(LOCK) $(UPGRADE) --extra build --extra delivery -c requirements/dev.txt -o requirements/delivery.txt pyproject.toml
	@$(LOCK) $(UPGRADE) --extra build -c requirements/dev.txt -o requirements/run.txt pyproject.toml
	@$(LOCK) $(UPGRADE) -c requirements/dev.txt -o constructs/eks_twin/requirements.txt constructs/eks_twin/pyproject.toml
	@$(LOCK) $(UPGRADE) -o requirements/uv.txt requirements/uv.in
	@$(LOCK) $(UPGRADE) -o requirements/checkov.txt requirements/checkov.in
	@$(LOCK) $(UPGRADE) -o constructs/eks_twin/binaries/go.txt constructs/eks_twin/binaries/go.in
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts \
		--no-audit --no-fund --loglevel=error

clean: ## remove all that make made: outputs, caches, environments
	rm -rf dist cdk.out cdk8s.out .twin .twin-proof .venv .venv-checkov node_modules
	rm -rf .coverage .coverage.* .coverage_report.json .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
