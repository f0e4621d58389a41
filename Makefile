# serve, build, test; the rest is upkeep. Without make: see "Without make" in README.md.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Material announces its successor at every start; CONTRIBUTING.md says how we go about it.
export NO_MKDOCS_2_WARNING := 1

.PHONY: serve build test lock vendor clean

serve: $(VENV)/.site
	$(BIN)/mkdocs serve --livereload

build: $(VENV)/.site
	$(BIN)/mkdocs build --strict

test: $(VENV)/.test
	$(BIN)/python -m pytest -n auto --dist loadgroup tests

# One virtual environment; the tests' packages come on top of the site's.
$(VENV)/.site: requirements/site.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11, 5))' || \
	  { echo "Python 3.11.5 or newer is needed; found $$($(PYTHON) --version). Name one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/site.txt
	@touch $@

$(VENV)/.test: $(VENV)/.site requirements/test.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

# Renews the locks from requirements/*.in.
lock:
	rm -rf .cache/lock && $(PYTHON) -m venv .cache/lock
	.cache/lock/bin/python -m pip install --quiet pip-tools
	cd requirements && for name in site test; do \
	  ../.cache/lock/bin/pip-compile --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe --no-header \
	    --no-emit-index-url --no-emit-find-links --no-emit-trusted-host $$name.in -o $$name.txt || exit 1; done

# Fetches the pinned search library again (needs npm).
vendor:
	rm -rf .cache/vendor && mkdir -p .cache/vendor && cd .cache/vendor && npm pack --silent minisearch@7.2.0 && tar xzf minisearch-7.2.0.tgz
	grep -v sourceMappingURL .cache/vendor/package/dist/umd/index.js > overrides/assets/javascripts/vendor/minisearch-7.2.0.js

clean:
	rm -rf $(VENV) site .cache
