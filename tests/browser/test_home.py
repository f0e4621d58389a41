"""The first screen of the home page, and the way back from an address that does not exist."""

import pytest

FIRST = {  # what a reader sees first: a selector, and within how many screens it ends
    "desktop": {".md-nav--primary a[href$='labs/']": 1, ".hb-lead": 1, ".hb-bars >> nth=0": 1},
    "phone": {".hb-lead": 1, ".hb-needs": 1, ".hb-bars >> nth=0": 1.2},
}


@pytest.mark.parametrize("language", ["", "en/"])
@pytest.mark.parametrize("size", FIRST)
def test_the_home_page_shows_results_and_ways_on_at_once(opened, address, language, size):
    page = opened(address + language, size)
    for selector, screens in FIRST[size].items():
        box = page.locator(selector).bounding_box()
        assert box and box["y"] + box["height"] < screens * page.viewport_size["height"], selector
    for link in page.locator(".hb-needs a").all():
        link.click()
        assert page.evaluate("document.querySelector(':target h3, h3:target').offsetTop > 0")


@pytest.mark.parametrize(
    ("wrong", "language", "query", "finds"),
    [
        ("nothing/", "zh", "过拟合", "guide/#overfitting"),
        ("en/no/thing/", "en", "overfitting", "en/guide/#overfitting"),
    ],
)
def test_a_wrong_address_leads_on_by_the_search(opened, address, wrong, language, query, finds):
    page = opened(address)
    page.context.scripted = False  # the 404 page has none but its own
    page.goto(address + wrong)
    page.locator(f"section[lang={language}] input").fill(query)
    page.locator(f"section[lang={language}] button").click()
    page.locator(f".md-search-result a[href='{address}{finds}']").first.wait_for()
