# Two commands do nearly everything: `make` builds the briefings, `make test` runs every check.
# `make help` lists the rest. Another Python: make PYTHON=python3.12

PYTHON ?= python3
# More for pytest: make test ARGS="-k dates -x"
ARGS ?=
# Refresh every pin, or with `make lock UPGRADE=` only what pyproject.toml newly asks for.
UPGRADE ?= --upgrade

BIN := $(if $(filter Windows_NT,$(OS)),Scripts,bin)
RUN := .venv/$(BIN)/python
COMPILE = $(RUN) -m uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate \
	--custom-compile-command "make lock" $(UPGRADE)

# Bytecode is kept, or every process compiles all it imports; one linear-algebra thread, since the
# notebooks themselves run side by side; figures leave as JSON, which the pages draw.
unexport PYTHONDONTWRITEBYTECODE
export OPENBLAS_NUM_THREADS := 1
export PLOTLY_RENDERER := plotly_mimetype

.DEFAULT_GOAL := build
.PHONY: build word test check bench mutants mutants-code coverage noise lab lock audit docs help clean

build: .venv/installed ## build every briefing and the index into reports/ (just `make` does this)
	@echo "Building the briefings into reports/ ..."
	@$(RUN) -m compare build

word: build ## write each briefing as a Word document in official style, into reports/word/
	@$(RUN) -m compare word

test: .venv/installed ## run every test and doctest, on all cores
	@echo "Running every test and doctest ..."
	@$(RUN) -m pytest -n auto --dist loadfile $(ARGS)

check: .venv/installed ## check the data: tables, quotes, every number and clause accounted for
	@$(RUN) -m compare check
	@$(RUN) -m compare ledger
	@$(RUN) -m compare package
	@$(RUN) -m frictionless validate build/package/datapackage.json

bench: build ## time the main jobs against plain peers in the same run
	@$(RUN) benchmarks/speed.py

mutants: .venv/installed ## change the tables in every way and count what the checks catch (half an hour at most)
	@$(RUN) -m benchmarks.mutants $(ARGS)

mutants-code: .venv/installed ## change the code in 600 places and count what the tests notice (an hour)
	@$(RUN) -m benchmarks.mutants_code $(ARGS)

coverage: .venv/installed ## run the tests without a browser and count the branches of src/compare that they take
	@rm -f build/coverage*
	@mkdir -p build
	@$(RUN) -m coverage run -m pytest -n auto --dist loadfile -m "not browser" -q $(ARGS)
	@$(RUN) -m coverage combine --quiet
	@$(RUN) -m benchmarks.coverage

noise: .venv/installed ## put hostile input of several sizes into a copy of the data and count what the check does
	@$(RUN) -m benchmarks.noise $(ARGS)

lab: .venv-lab/installed ## open the notebooks in JupyterLab
	@.venv-lab/$(BIN)/python -m jupyter lab notebooks

lock: .venv/installed ## refresh the locked versions in requirements/
	@echo "Refreshing requirements/*.txt ..."
	@$(COMPILE) --group installer --output-file requirements/uv.txt
	@$(COMPILE) pyproject.toml --extra test --group mutants --output-file requirements/lean.txt
	@$(COMPILE) pyproject.toml --extra test --extra lab --constraint requirements/lean.txt \
		--output-file requirements/lab.txt

audit: .venv/installed ## ask about known vulnerabilities of every locked package (needs the network)
	@$(RUN) requirements/audit.py

docs: .venv/installed ## draw docs/architecture.md anew from the imports, and CODEBOOK.md from the dictionary
	@$(RUN) -m benchmarks.structure --write
	@$(RUN) -m compare codebook

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

clean: ## remove what was built; the environments stay
	rm -rf reports build .pytest_cache .mypy_cache .ruff_cache .hypothesis

.venv/installed: requirements/lean.txt requirements/uv.txt requirements/install.py
	@$(call set-up,.venv,lean)

.venv-lab/installed: requirements/lab.txt requirements/uv.txt requirements/install.py
	@$(call set-up,.venv-lab,lab)

define set-up
command -v "$(PYTHON)" >/dev/null || { echo "$(PYTHON) is not installed; city-compare needs Python 3.11 \
or newer. On Debian and Ubuntu: sudo apt-get install python3 python3-venv" >&2; exit 1; }; \
"$(PYTHON)" requirements/install.py --into $(1) --lock requirements/$(2).txt
endef
