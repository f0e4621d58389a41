"""A reader whose browser prefers the other language is offered it, quietly and once; nobody is sent anywhere."""

import re

import pytest

OFFER = ".hb-offer"
PAGES = {"zh": "guide/", "en": "en/guide/"}
OURS = re.compile(r"/(language|reveal|share|passage|search)\.js")
OTHER = {"zh": "en", "en": "zh"}


@pytest.fixture
def reader(browser):
    """Gives a page for a reader with these languages; fails if a script of ours throws (the theme's does without storage)."""
    contexts, errors = [], []

    def open(*languages, **options):
        context = browser.new_context(locale=languages[0], **options)
        context.add_init_script(
            f"Object.defineProperty(navigator, 'languages', {{get: () => {list(languages)}}})"
        )
        contexts.append(context)
        page = context.new_page()
        page.on(
            "pageerror",
            lambda error: (
                errors.append(error.stack or "") if OURS.search(error.stack or "") else None
            ),
        )
        return page

    yield open
    for context in contexts:
        context.close()
    assert not errors


def ready(page, address):
    page.goto(address)
    page.wait_for_selector("html.hb-links")  # set after the offer is decided on


@pytest.mark.parametrize(
    "here, languages, offered",
    [
        ("zh", ["en-GB", "zh-CN"], True),
        ("zh", ["EN"], True),
        ("zh", ["fr-FR", "en"], True),
        ("zh", ["zh-TW", "en"], False),
        ("zh", ["fr-FR"], False),
        ("en", ["zh-HK"], True),
        ("en", ["zh-CN", "en"], True),
        ("en", ["en-US", "zh"], False),
        ("en", ["de"], False),
    ],
)
def test_it_is_offered_to_those_who_prefer_it(reader, address, here, languages, offered):
    page = reader(*languages)
    ready(page, f"{address}{PAGES[here]}#overfitting")
    assert page.locator(OFFER).is_visible() == offered
    assert page.url == f"{address}{PAGES[here]}#overfitting", "sent away"
    if offered:
        assert page.locator(OFFER).get_attribute("lang") == OTHER[here]


@pytest.mark.parametrize("here", PAGES)
def test_it_leads_to_the_same_section_and_is_not_made_again(reader, address, here):
    page = reader("en" if here == "zh" else "zh-CN")
    ready(page, f"{address}{PAGES[here]}#overfitting")
    page.evaluate("location.hash = 'strategies'")
    page.click(OFFER + " a")
    page.wait_for_url(f"{address}{PAGES[OTHER[here]]}#strategies")
    ready(page, f"{address}{PAGES[here]}")
    assert page.locator(OFFER).is_hidden(), "who has chosen is asked again"


def test_after_a_search_it_keeps_the_words(reader, address):
    page = reader("en")
    ready(page, address + "guide/")
    page.click(".md-search__input")
    page.fill(".md-search__input", "GPT-3")
    page.locator(OFFER + " a").evaluate("link => link.click()")
    page.wait_for_url(address + "en/guide/?q=GPT-3")


def test_a_dismissal_is_remembered_on_every_page(reader, address):
    page = reader("en")
    ready(page, address + "guide/")
    button = page.locator(OFFER + " button")
    button.focus()
    page.keyboard.press("Enter")
    assert page.locator(OFFER).is_hidden()
    for name in ("guide/", "playbook/", ""):
        ready(page, address + name)
        assert page.locator(OFFER).is_hidden()


def test_whoever_switches_by_hand_has_chosen(reader, address):
    page = reader("en")
    ready(page, address + "en/guide/")
    page.click("[data-language-switch]")
    page.wait_for_url(address + "guide/")
    page.wait_for_selector("html.hb-links")
    assert page.locator(OFFER).is_hidden()


@pytest.mark.parametrize(
    "script",
    [
        "Storage.prototype.getItem = Storage.prototype.setItem = () => { throw new DOMException('no', 'SecurityError') }",
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})",
    ],
)
def test_it_works_where_storage_throws(reader, address, script):
    page = reader("en")
    page.add_init_script(script)
    page.goto(address + "en/reference/glossary/")
    page.goto(address + "guide/#strategies")
    page.locator(OFFER).wait_for()
    page.click(OFFER + " button")
    assert page.locator(OFFER).is_hidden()
    page.click("[data-language-switch]")
    page.wait_for_url(address + "en/guide/#strategies")


def test_on_a_phone_it_is_small_and_easy_to_hit(reader, address):
    page = reader("en", viewport={"width": 360, "height": 780}, has_touch=True, is_mobile=True)
    ready(page, address + "guide/#overfitting")
    box = page.locator(OFFER).bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 360 and box["height"] <= 60
    for part in ("a", "button"):
        size = page.locator(f"{OFFER} {part}").bounding_box()
        assert size["height"] >= 44 and size["width"] >= 44, part
    page.tap(OFFER + " button")
    assert page.locator(OFFER).is_hidden()
