"""The switch to the other language, and its offer to a reader whose browser prefers it: quietly, and once."""

import pytest
from conftest import ready, tab

OFFER = ".hb-offer"
PAGES = {"zh": "guide/", "en": "en/guide/"}
OTHER = {"zh": "en", "en": "zh"}
SPOKEN = "Object.defineProperty(navigator, 'languages', {{get: () => {}}})"
NO_STORAGE = (
    "Storage.prototype.setItem = () => { throw new DOMException('no', 'QuotaExceededError') }"
)


@pytest.fixture
def reader(browser):
    """Gives a page for a reader with these languages."""
    made = []

    def open(*languages, **options):
        made.append(tab(browser, locale=languages[0], **options))
        page = made[-1].__enter__()
        page.add_init_script(SPOKEN.format(list(languages)))
        return page

    yield open
    for one in made:
        one.__exit__(None, None, None)


@pytest.mark.parametrize(
    "here, languages, offered",
    [
        ("zh", ["en-GB", "zh-CN"], True),
        ("zh", ["EN"], True),
        ("zh", ["fr-FR", "en"], True),
        ("zh", ["zh-TW", "en"], False),
        ("zh", ["fr-FR"], False),
        ("en", ["zh-HK"], True),
        ("en", ["en-US", "zh"], False),
    ],
)
def test_it_is_offered_to_those_who_prefer_it(reader, address, here, languages, offered):
    page = reader(*languages)
    page.goto(f"{address}{PAGES[here]}#overfitting")
    assert page.locator(OFFER).is_visible() == offered
    assert page.url == f"{address}{PAGES[here]}#overfitting", "sent away"
    if offered:
        assert page.locator(OFFER).get_attribute("lang") == OTHER[here]


@pytest.mark.parametrize("here", PAGES)
def test_it_leads_to_the_same_section_and_is_not_made_again(reader, address, here):
    page = reader("en" if here == "zh" else "zh-CN")
    page.goto(f"{address}{PAGES[here]}#overfitting")
    page.evaluate("location.hash = 'strategies'")
    page.click(OFFER + " a")
    page.wait_for_url(f"{address}{PAGES[OTHER[here]]}#strategies")
    page.goto(f"{address}{PAGES[here]}")
    assert page.locator(OFFER).is_hidden(), "who has chosen is asked again"


def test_a_dismissal_is_remembered_on_every_page(reader, address):
    page = reader("en", viewport={"width": 360, "height": 780}, has_touch=True, is_mobile=True)
    page.goto(address + "guide/")
    box = page.locator(OFFER).bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 360 and box["height"] <= 60
    for part in ("a", "button"):
        size = page.locator(f"{OFFER} {part}").bounding_box()
        assert size["height"] >= 44 and size["width"] >= 44, part
    page.tap(OFFER + " button")
    for name in ("guide/", "playbook/", ""):
        page.goto(address + name)
        assert page.locator(OFFER).is_hidden()


def test_the_switch_keeps_section_and_search_and_counts_as_a_choice(reader, address):
    page = reader("en")
    page.goto(address + "en/guide/#overfitting")
    page.keyboard.press("/")
    page.fill(".md-search__input", "GPT-3")
    page.click("[data-language-switch]")
    page.wait_for_url(address + "guide/?q=GPT-3#overfitting")
    ready(page)
    page.locator(".md-search-result__link").first.wait_for()
    assert page.evaluate("document.activeElement.matches('.md-search__input')")
    assert page.locator(OFFER).is_hidden()


def test_it_works_where_nothing_can_be_kept(reader, address):
    page = reader("en")
    page.add_init_script(NO_STORAGE)
    page.goto(address + "guide/#strategies")
    page.click(OFFER + " button")
    assert page.locator(OFFER).is_hidden()
    page.click("[data-language-switch]")
    page.wait_for_url(address + "en/guide/#strategies")
