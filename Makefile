# Needs Python 3.11 or newer and make; everything else is installed into .venv by these targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock
# pip compiles what it copies; an editable install is compiled here, or every start would.
COMPILE := $(BIN)/python -m compileall -q src
# One test process for each core; what shares a server or a browser stays together.
TESTS := $(BIN)/pytest --numprocesses auto --dist loadscope
# A run that checks the project ends once the first page has answered; anybody else is served until Ctrl+C.
SERVE := $(BIN)/lumbago web $(if $(CI),--check --no-browser --port 0)

# Debian's own, where we may install it; else the one that Playwright brings.
BROWSER := if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; \
  then apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
  else $(BIN)/playwright install chromium; fi

.PHONY: start test browser check evidence evaluate bench load screenshots pictures questions words sayings night format lock clean

start: $(VENV)/.run  ## install, then serve the web app at the address that it prints
	@$(SERVE)

test: browser check  ## install what the tests need, check the code, run the tests
	$(TESTS)

browser: $(VENV)/.dev  ## a Chromium for the tests in a browser, if there is none
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || { $(BROWSER); }

check: $(VENV)/.dev  ## format, lint, types, import rows, evidence files
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m lumbago.knowledge

evidence: $(VENV)/.dev  ## the model against the literature
	$(BIN)/lumbago evidence check

evaluate: $(VENV)/.dev  ## accuracy and safety on the development cases
	$(BIN)/lumbago evaluate evaluation/cases/*.yaml --use findings
	$(BIN)/lumbago evaluate evaluation/cases/*.yaml --use text
	$(BIN)/lumbago evaluate evaluation/cases/*.yaml --interview
	$(BIN)/lumbago evaluate evaluation/language/unseen_*.yaml evaluation/language/ordinary.yaml --language

bench: $(VENV)/.dev  ## speed, beside pyAgrum and pgmpy in one run
	$(BIN)/python benchmarks/bench.py

load: $(VENV)/.dev  ## the web app under load, beside a bare Django page in one run
	$(PIP) --editable '.[dev,bench]'
	$(BIN)/python benchmarks/web.py

screenshots: browser  ## every step of two journeys, to look at, in the folder screenshots/
	$(BIN)/python tools/screenshots.py

pictures: browser  ## every exercise on one sheet, to look at, in the folder screenshots/
	$(BIN)/python tools/contact_sheet.py

questions: $(VENV)/.dev  ## how soon each order of questions settles the advice, as numbers and a picture
	$(BIN)/python benchmarks/questions.py

words: $(VENV)/.dev  ## what mending spelling and asking about resemblances would bring and cost
	$(BIN)/python benchmarks/words.py

sayings: $(VENV)/.dev  ## learn to recognise sayings again, after changing them
	$(PIP) --editable '.[dev,teach]'
	$(BIN)/python -m lumbago.research.train_sayings

night: $(VENV)/.dev  ## the long random tests
	LUMBAGO_NIGHT=1 $(TESTS)

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(VENV)/.dev  ## write the versions in use to requirements.lock
	$(BIN)/python -m pip freeze --exclude-editable | grep -v ' @ ' > requirements.lock

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/python pyproject.toml requirements.lock
	$(PIP) --editable '.[web]'
	@$(COMPILE)
	@touch $@

$(VENV)/.dev: $(VENV)/bin/python pyproject.toml requirements.lock
	$(PIP) --editable '.[dev]'
	@$(COMPILE)
	@touch $@ $(VENV)/.run
