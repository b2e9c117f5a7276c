# The one list of commands, for people, hooks and CI.

PYTHON ?= python3
PORT ?= 8000
WORKERS ?= 2
INSTALL = $(PYTHON) -I src/kring/ground/installing.py
BIN = .venv/bin
KRING = $(BIN)/kring
READS ?= 100000
REQUESTS ?= 1000
ROUNDS ?= 200
TAMPERINGS ?= 10000
MOMENTS ?= 10

.PHONY: help demo serve test check fix bench pictures oracle mutants revocation two-worlds tamper test-oldest crash markers forgotten clean oracle-web oracle-ways

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1 — \2/p' Makefile

demo: ## the demonstration village on http://localhost:8000 (PORT=…, FRESH=1 starts over)
	@PORT=$(PORT) $(INSTALL) port base front words && exec $(KRING) demo --port $(PORT) $(if $(FRESH),--fresh)

serve: ## the server for real use, after the same installation
	@PORT=$(PORT) $(INSTALL) port base front words && exec $(KRING) serve --port $(PORT) --workers $(WORKERS)

check: ## order, types, floors and the rules of the house
	@$(INSTALL) tests front words
	$(BIN)/ruff check .
	$(BIN)/ruff format --check -q .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/djlint src --lint --quiet
	$(BIN)/pytest tests/house -q

test: check ## everything: first the checks with the rules of the house, then every other test
	@$(INSTALL) browser
	$(BIN)/pytest -q -n 2 --dist worksteal --ignore=tests/house

test-oldest: ## every test on the oldest PostgreSQL we promise: the distribution's 15
	@$(INSTALL) tests front words browser
	KRING_PG_BIN=$${KRING_PG_BIN:-/usr/lib/postgresql/15/bin} $(BIN)/pytest -q -n 2 --dist worksteal

fix: ## put the order right that a tool can put right
	@$(INSTALL) tests
	-$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(KRING) catalogues update

bench: ## how fast it is, in a made-up city
	@$(INSTALL) base front words && exec $(KRING) bench

pictures: ## pictures of the pages, into pictures/
	@$(INSTALL) tests front words browser
	KRING_PICTURES=pictures $(BIN)/pytest -q -m journey

oracle: QUESTIONS ?= 1000000
oracle: ## a million random questions, asked of Kring and of an independent reading of the rules
	@$(INSTALL) tests
	PYTHONPATH=tests $(BIN)/python -m oracle --questions $(QUESTIONS) --harness "$(KRING) harness"

tamper: ## ten thousand ways of changing a sealed journal with the owner's power, each to be found
	@$(INSTALL) tests
	TAMPERINGS=$(TAMPERINGS) $(BIN)/pytest -q -s tests/seals/test_tampering.py

oracle-web: QUESTIONS ?= 20000
oracle-web: ## the same questions asked of real pages by people who are signed in (QUESTIONS=…)
	@$(INSTALL) tests front words
	QUESTIONS=$(QUESTIONS) $(BIN)/pytest -q -s tests/proofs/test_through_the_web.py

oracle-ways: QUESTIONS ?= 1000
oracle-ways: ## the same questions asked of every other way out: search, counts, export, paper, letters, calendar (QUESTIONS=…)
	@$(INSTALL) tests front words
	QUESTIONS=$(QUESTIONS) $(BIN)/pytest -q -s tests/proofs/test_other_ways_out.py

mutants: ## every clause of what decides who may know or do, broken in the database one at a time (ONLY=…, ALL=1; AGAIN=1 those noticed before, too)
	@$(INSTALL) tests
	$(if $(AGAIN),PYTHONPATH=src:tests $(BIN)/python -m proofs.by_the_book --only "$(ONLY)")
	PYTHONPATH=tests $(BIN)/python -m proofs.mutants --only "$(ONLY)"
	PYTHONPATH=src:tests $(BIN)/python -m proofs.watched
	PYTHONPATH=src:tests $(BIN)/python -m proofs.by_tests --only "$(ONLY)" $(if $(ALL),--all); \
	  said=$$?; PYTHONPATH=src:tests $(BIN)/python -m proofs.book; exit $$said

revocation: ## reads that began after an acknowledged end of a right (READS=…)
	@$(INSTALL) tests front words
	READS=$(READS) $(BIN)/pytest -q -s tests/proofs/test_revocation.py

two-worlds: ## every address, before and after what somebody may not see; and hidden against missing, by answer and by time
	@$(INSTALL) tests front words
	EVERY=1 REQUESTS=$(REQUESTS) $(BIN)/pytest -q -s tests/proofs/test_two_worlds.py tests/proofs/test_being_left_out.py \
	  tests/proofs/test_left_out_by_a_court.py

crash: ## killed hard ROUNDS times while people write: what was acknowledged is there, once
	@$(INSTALL) tests front words
	PYTHONPATH=tests $(BIN)/python -m crash --rounds $(ROUNDS)

markers: ## words told in confidence, searched for in every file after work, a crash and a backup: 0 found
	@$(INSTALL) tests front words
	PYTHONPATH=tests $(BIN)/python -m markers

forgotten: ## old backups, each restored: how many erased persons come back (MOMENTS=…)
	@$(INSTALL) tests front words
	KRING_MOMENTS=$(MOMENTS) $(BIN)/pytest -q tests/ground/test_no_old_backup.py

clean: ## remove what was built; data stays
	rm -rf var/stamps build node_modules src/kring/web/static/built
