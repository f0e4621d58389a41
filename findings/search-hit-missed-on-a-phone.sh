#!/usr/bin/env bash
# Versions: mkdocs-material 9.8.1, playwright 1.65.2, Chromium 156 (any on the PATH, or named by CHROMIUM)
# Guess: in the theme's own search a tapped result leads to its section, as on a desktop.
# Behaviour seen: at 390 px, when the result stands on the page that is open, the address changes and
#   the page stays where it was. Two causes, one behind the other: the theme sets body to position:
#   fixed while the search is open, so the jump has nothing to scroll, and puts the old position back
#   100 ms later; and its overlay, a circle scaled 45 times, stretches the layout viewport while it
#   shrinks, so that a jump in that time goes into the visual viewport and is lost with it.
# Output seen:
#   1280 px: the section is 68 px below the top
#   390 px: the section is 8,522 px below the top
set -euo pipefail
folder=$(mktemp -d)
server=
trap 'kill $server 2> /dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check mkdocs-material==9.8.1 playwright==1.65.2
mkdir docs
cat > mkdocs.yml <<'YAML'
site_name: Trial
theme: {name: material, font: false}
YAML
{
  printf '# Start\n\n'
  for i in $(seq 200); do printf 'Paragraph %s of the page.\n\n' "$i"; done
  printf '## Zebras\n\nStripes.\n\n'
  for i in $(seq 100); do printf 'Another paragraph, %s.\n\n' "$i"; done
} > docs/index.md
NO_MKDOCS_2_WARNING=1 env/bin/mkdocs build --quiet
env/bin/python -m http.server --directory site --bind 127.0.0.1 8765 2> /dev/null &
server=$!
env/bin/python - "${CHROMIUM:-$(command -v chromium || command -v google-chrome)}" <<'PYTHON'
import sys

from playwright.sync_api import sync_playwright

TOP = "document.getElementById('zebras').getBoundingClientRect().top"
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=sys.argv[1], args=["--no-sandbox"])
    seen = {}
    for width in (1280, 390):
        page = browser.new_page(viewport={"width": width, "height": 844}, has_touch=True)
        page.goto("http://127.0.0.1:8765/")
        page.wait_for_timeout(1000)
        if width == 390:
            page.tap("label.md-header__button[for=__search]")
        else:
            page.tap(".md-search__input")
        page.wait_for_timeout(1000)
        page.keyboard.type("stripes")
        page.locator(".md-search-result__link[href*='#zebras']").first.tap()
        page.wait_for_timeout(2000)
        assert page.url.endswith("#zebras"), page.url
        seen[width] = page.evaluate(TOP)
        print(f"{width} px: the section is {seen[width]:,.0f} px below the top")
    browser.close()
assert seen[1280] < 200 and seen[390] > 2000, seen
PYTHON
