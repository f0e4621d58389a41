"""A reader's browser asks nobody but this site, and nothing on a page breaks the policy."""

import pytest
from drill import PAGES

REPORT = """addEventListener("securitypolicyviolation", event =>
    console.error("violation: " + event.effectiveDirective + " " + event.blockedURI))"""


@pytest.mark.parametrize("name", [*PAGES, "404.html"])
def test_pages_ask_nobody_else_and_break_nothing(page, drill_address, name):
    asked = []
    page.add_init_script(REPORT)  # the fixture fails on what it says
    page.on("request", lambda request: asked.append(request.url))
    page.goto(drill_address + name)
    page.evaluate("""for (const button of [...document.querySelectorAll("header button, .hb-share__button, summary")])
      button.click()""")
    page.keyboard.press("Escape")
    page.mouse.wheel(0, 20000)
    page.keyboard.press("/")
    page.keyboard.type("a")
    page.wait_for_timeout(200)
    assert all(url.startswith((drill_address, "data:")) for url in asked), asked


def test_a_script_that_somebody_puts_in_is_blocked(browser, drill_address):
    page, said = browser.new_page(), []
    page.goto(drill_address + "guide/")
    page.on("console", lambda message: said.append(message.text))
    page.evaluate("""() => {
      document.body.append(Object.assign(document.createElement("script"), {textContent: "window.ran = 1"}))
      document.body.insertAdjacentHTML("beforeend", '<img src=x onerror="window.ran = 2"><p style="color: red">')
    }""")
    page.wait_for_timeout(200)
    assert not page.evaluate("window.ran") and len(said) >= 3
    page.context.close()


def test_a_page_loads_what_it_uses_and_both_languages_the_same(page, drill_address):
    loaded = []
    for name in ("guide/", "en/labs/overfitting/"):
        asked = set()
        page.on("requestfinished", lambda request, asked=asked: asked.add(request.url))
        page.goto(drill_address + name)
        loaded.append({url for url in asked if "/assets/" in url})
    assert loaded[0] and loaded[1] <= loaded[0]
    names = " ".join(sorted(loaded[0]))
    assert "bundle" in names and "share.js?" in names
    assert not any(
        word in names for word in ("engine", "worker", "lunr", "minisearch", "handbook.css")
    )
