# `make run` and `make test` do all their set-up themselves, and little when there is nothing to do.

BIN := .venv/bin
RUN_READY := .venv/.ready-to-run
TEST_READY := .venv/.ready-to-test
CATALOGUES := .venv/.catalogues
NODE_READY := node_modules/.ready
PYTEST_ARGS ?= -n 2 --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help run test lint format messages bench pictures videos setup lock clean

help: ## what can be made here
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20

run: $(RUN_READY) $(CATALOGUES) ## the site with its worker, at http://127.0.0.1:8000; PORT, LANDLORD, DATABASE_URL… from the environment or .env
	@$(BIN)/python -m tools.serve

test: $(TEST_READY) $(CATALOGUES) $(NODE_READY) ## every test; PYTEST_ARGS="tests/cases -x" for some
	$(BIN)/pytest $(PYTEST_ARGS)

lint: $(TEST_READY) $(CATALOGUES) ## what .ci/run checks beside the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.messages --check
	$(BIN)/flask --app wsgi translations check --count-warnings
	$(BIN)/flask --app wsgi translations status

format: $(TEST_READY) ## put the code in its usual form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: $(TEST_READY) ## extract the words for translators and update the catalogues
	$(BIN)/python -m tools.messages

bench: $(TEST_READY) $(CATALOGUES) ## measure, and write benchmarks/results.md; check every letter in every format, and write docs/checked.md
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.kept_pages
	$(BIN)/python -m benchmarks.thousand
	$(BIN)/python -m benchmarks.every_letter

pictures: $(TEST_READY) $(CATALOGUES) ## take the screenshots and samples of docs/ anew
	$(BIN)/python -m tools.pictures

setup: $(TEST_READY) $(CATALOGUES) $(NODE_READY) ## all the set-up, and nothing else

videos: $(TEST_READY) ## make the self-help videos of static/videos anew
	$(BIN)/python -m tools.videos

lock: ## resolve pyproject.toml into the lock files anew
	@sh tools/lock.sh

clean: ## remove what was made here, but not instance/
	rm -rf .venv node_modules .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find translations -name '*.mo' -delete

$(RUN_READY): requirements.lock tools/setup.sh
	@sh tools/setup.sh run
	@touch $@

$(TEST_READY): requirements-test.lock requirements.lock tools/setup.sh
	@sh tools/setup.sh test
	@touch $@ $(RUN_READY)

$(CATALOGUES): $(wildcard translations/*/LC_MESSAGES/*.po) | $(RUN_READY)
	@$(BIN)/python -m tools.messages --compile
	@touch $@

$(NODE_READY): package-lock.json package.json | $(TEST_READY)
	npm ci --no-audit --no-fund --loglevel=error
	@touch $@
