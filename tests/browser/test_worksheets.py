"""Worksheets in a browser: Python's figures as the reader types, the address, Markdown, paper, and no script."""

import pytest

from handbook.calculators.figures import figure
from handbook.worksheets import sheets

SHEETS = list(sheets.data()["sheets"])


def shown(page):
    """The figures on the page, by name."""
    outputs = page.locator("[data-figure]")
    texts = outputs.evaluate_all("all => all.map(one => [one.dataset.figure, one.textContent])")
    return {name: text.replace("\u2060", "") for name, text in texts}


def expected(name, language, example=""):
    """What Python finds for an example."""
    texts = sheets.opening(name, language, example)
    found = sheets.figures(name, texts)
    return {
        f"{one['name']}.{key}": figure(
            *found[one["name"]]["results"][key], unit, language, texts.get("currency", "USD")
        )
        for one in sheets.sheet(name)["figures"]
        for key, _, unit in sheets.results_of(one, language)
    }


def field(page, name):
    return page.locator(f".hb-sheet [name={name}]")


@pytest.mark.parametrize("name", SHEETS)
def test_figures_of_every_example_are_pythons(page, address, name):
    page.goto(f"{address}en/decisions/{name}/")
    assert shown(page) == expected(name, "en")
    for place, example in enumerate(sheets.sheet(name)["examples"]):
        page.get_by_role("link", name="Open in the form").nth(place).click()
        assert shown(page) == expected(name, "en", example)
        assert not page.locator(".hb-calc__strange li").count()


def test_what_is_typed_stands_in_the_address_of_both_languages(page, address):
    page.goto(f"{address}decisions/own-gpus/")
    before = shown(page)
    field(page, "people").fill("6")
    field(page, "place").select_option("leave")
    field(page, "product").fill("给焊工查工艺")
    page.wait_for_url("**people=6**")
    after = shown(page)
    assert after["year_api."] != before["year_api."]
    assert after["pay.api_month"] == before["pay.api_month"]
    page.wait_for_timeout(800)
    page.locator("[data-language-switch]").click()
    page.wait_for_url("**/en/decisions/own-gpus/?**")
    assert field(page, "people").input_value() == "6"
    assert field(page, "product").input_value() == "给焊工查工艺"
    assert "Below the break-even" in page.locator(".hb-sheet__says li:visible").inner_text()
    page.get_by_role("button", name="Back to the example").click()
    page.wait_for_url("**/en/decisions/own-gpus/")
    assert shown(page) == expected("own-gpus", "en")


def test_mistakes_get_a_sentence_and_no_figure(page, address):
    page.goto(f"{address}en/decisions/own-gpus/")
    field(page, "people").fill("four")
    assert "four" in page.locator("#error-people").inner_text()
    assert page.locator(".hb-sheet__wrong").is_visible()
    assert shown(page)["year_api."] == "—"
    field(page, "people").fill("4")
    assert not page.locator(".hb-sheet__wrong").is_visible()
    page.goto(f"{address}en/decisions/own-gpus/?people=5&nonsense=1&api=nobody")
    assert page.locator(".hb-calc__strange li").count() == 2
    assert field(page, "people").input_value() == "5"


def test_an_address_of_a_calculator_can_be_pasted(page, address):
    page.goto(f"{address}en/tools/api/?dialogues=77000&currency=CNY")
    month = page.locator("[data-result=month]").first.inner_text().replace("\u2060", "")
    link = page.url
    page.goto(f"{address}en/decisions/pricing/")
    field(page, "paste").fill(link)
    assert shown(page)["api.month"] == month
    assert "dialogues=77000" in page.locator("[data-calculator=api]").get_attribute("href")
    field(page, "paste").fill("https://example.org/")
    assert "An API bill" in page.locator("#error-paste").inner_text() or "API" in (
        page.locator("#error-paste").inner_text()
    )


def test_a_sheet_is_copied_as_markdown(page, address):
    page.goto(f"{address}en/decisions/before-launch/?cases=1000")
    page.get_by_role("button", name="Copy as Markdown").click()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("# What to test before launch\n")
    assert "- **Test cases:** 1000" in text
    assert "may still be as high as:** 0.3%" in text
    assert "tables checked on 2026-11-29" in text
    assert "](http" in text and "?cases=1000" in text.splitlines()[-1]


def test_without_scripts_the_opening_example_stands_there(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}decisions/pricing/")
    assert shown(page) == expected("pricing", "zh")
    assert page.locator(".hb-sheet noscript").count()
    assert not page.get_by_role("button", name="打印").is_visible()
    context.close()


def test_on_paper_answers_stand_in_a_table(page, address):
    page.goto(f"{address}en/decisions/data-route/")
    field(page, "people").fill("1234")
    page.emulate_media(media="print")
    assert page.locator("[data-told=people]").inner_text() == "1234"
    assert not page.locator(".hb-sheet form").is_visible()


def test_nothing_is_too_wide_for_a_small_phone(page, address):
    page.set_viewport_size({"width": 320, "height": 700})
    for name in SHEETS:
        page.goto(f"{address}en/decisions/{name}/")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
