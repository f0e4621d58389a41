#!/usr/bin/env bash
# Versions: playwright (Python) 1.65.2 and an installed Chromium
# Guess: page.wait_for_function runs its text as page.evaluate does, whatever the page's Content-Security-Policy says.
# Behaviour seen: evaluate works under a policy without 'unsafe-eval'. wait_for_function works where its words are true
#   at the first look; where it has to wait, the policy refuses it (EvalError). A test fails as if the page did. Wait for a selector, or give the page no policy.
# Output seen:
#   evaluate: 2
#   wait_for_function: EvalError
set -euo pipefail
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check playwright==1.65.2
env/bin/python - "$chromium" <<'PYTHON'
import sys

from playwright.sync_api import Error, sync_playwright

PAGE = """<!doctype html><meta charset="utf-8"><title>a</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">"""
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=sys.argv[1], args=["--no-sandbox"])
    page = browser.new_page()
    page.route("**/*", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    page.goto("http://localhost/")
    page.evaluate("() => { setTimeout(() => { self.later = 1 }, 500) }")
    found = page.evaluate("1 + 1")
    print("evaluate:", found)
    assert found == 2
    try:
        page.wait_for_function("self.later === 1", timeout=5000)  # not at the first look
    except Error as error:
        assert "EvalError" in error.message, error.message
        print("wait_for_function: EvalError")
    else:
        raise AssertionError("changed: wait_for_function is allowed")
    browser.close()
PYTHON
