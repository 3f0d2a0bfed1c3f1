# Two commands do all the set-up:  make run  (extract the sample corpus)  and  make test  (every check).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

ARTICLES ?= articles.jsonl.gz
.PHONY: run test fuzz test-all pictures performance dist site serve notebooks clean
SECONDS ?= 3600

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; call: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet -e .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet -e '.[dev]'
	@touch $@ $(VENV)/.installed

run: $(VENV)/.installed
	$(BIN)/extractor extract corpus -o out/sample.jsonl --force
	$(BIN)/extractor summary out/sample.jsonl
	@echo
	@echo "These articles were written for this project: persons, numbers and events are invented, places and codes are real."
	@echo
	@echo "Next:  source $(BIN)/activate"
	@echo "       extractor explain corpus/bhxh-lap-vo-2018.txt --published 2018-05-08"
	@echo "       make serve        # the same articles in the browser"

# nbmake and anyio are plugins that these tests do not use and that each worker would import.
test: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 2 --dist worksteal -p no:nbmake -p no:anyio
	$(MAKE) notebooks

# Every check with each supported Python, one after the other in its own environment; one that is missing is said and left out.
test-all:
	@for v in 3.11 3.12 3.13; do \
	  python=$$(for p in python$$v "$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/$$v.*/bin/python; do \
	    "$$p" -c pass 2>/dev/null && echo "$$p" && break; done); \
	  if [ -z "$$python" ]; then echo "Python $$v is not installed here: nothing was tested with it"; continue; fi; \
	  echo "== $$("$$python" --version)"; \
	  $(MAKE) test PYTHON="$$python" VENV=.venv-$$v || exit 1; \
	done

# The pictures of README and documents; without chromium those of web pages stay as they are.
pictures: $(VENV)/.installed-dev
	$(BIN)/python docs/make_images.py

# Speed beside the peers, memory and start-up, on articles of your own:  make performance ARTICLES=articles.jsonl.gz
performance: $(VENV)/.installed-dev
	@mkdir -p out
	$(BIN)/python benchmarks/speed.py $(ARTICLES) --memory 12000 --workers 1000 --json out/speed.json
	$(BIN)/python docs/performance_plot.py out/speed.json

# Texts, files and queries made to break the package, for as long as you like:  make fuzz SECONDS=600
fuzz: $(VENV)/.installed-dev
	$(BIN)/python tests/fuzz.py --seconds $(SECONDS)

dist: $(VENV)/.installed-dev
	rm -rf dist
	$(BIN)/python -m build --no-isolation
	$(BIN)/twine check --strict dist/*
	$(BIN)/check-wheel-contents dist/*.whl

# The documents as a site in out/site; no network is needed.
site: $(VENV)/.installed-dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

notebooks: $(VENV)/.installed-dev
	@mkdir -p out/notebooks
	for n in notebooks/*.py; do $(BIN)/jupytext --quiet --to ipynb "$$n" -o "out/notebooks/$$(basename "$$n" .py).ipynb" || exit 1; done
	$(BIN)/python -m pytest --nbmake --overwrite -p no:cacheprovider out/notebooks

serve: $(VENV)/.installed
	@test -f out/sample.jsonl || $(MAKE) run
	$(BIN)/python -m pip install --quiet -e '.[serve]'
	rm -f out/news.db
	$(BIN)/extractor index out/sample.jsonl -o out/news.db
	$(BIN)/extractor serve out/news.db

clean:
	rm -rf $(VENV) .venv-3.* out build dist
