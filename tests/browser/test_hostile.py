"""What a reader types, what an address carries, what storage holds and what a title says is text, never markup.

The pages run without their policy here, which would hide what it blocks.
"""

import json
from urllib.parse import quote

import pytest
from tour import SELECT, open_page

LANGUAGES = {"zh": "", "en": "en/"}
COPIED = "!/^$|Tab/.test(document.querySelector('.hb-said').textContent)"
PAYLOADS = [
    "<img src=x onerror=ran=1>",
    "<script>ran=1</script>",
    '"><svg onload=ran=1>',
    "'><b id=injected>x</b>",
    "<iframe srcdoc='<script>parent.ran=1</script>'>",
    "javascript:ran=1",
    "${ran=1}",
    "{{constructor.constructor('ran=1')()}}",
    "</title><script>ran=1</script>",
    "<math><mtext></form><form><mglyph><svg>",
    "过拟合<img src=x onerror=ran=1>overfitting",
    "&lt;img src=x onerror=ran=1&gt;",
    "\\u003cimg src=x onerror=ran=1\\u003e",
    "__proto__",
    "<mark>",
    "a" * 5000 + "<b>",
]
# Every element that is not there for a reader's input, as a picture of the page to compare with.
SHAPE = """() => {
    const counts = {}
    for (const element of document.querySelectorAll("*")) {
        if (element.closest(".md-search-result__list, .hb-menu, .md-tooltip2, .md-dialog")) continue
        counts[element.localName] = (counts[element.localName] || 0) + 1
    }
    return counts
}"""
RESULT_TAGS = {"li", "a", "article", "h2", "p", "mark"}
DIRTY = """() => document.querySelectorAll("[onerror], [onload], img[src=x], #injected, iframe, math, mglyph").length +
    [...document.scripts].filter(script => !script.type && /ran=/.test(script.text)).length"""


@pytest.fixture
def tab(browser):
    """A page without its policy; fails if a script from outside ran or a dialog opened."""
    context = browser.new_context(
        bypass_csp=True, locale="en-GB", permissions=["clipboard-read", "clipboard-write"]
    )
    context.add_init_script("window.ran = undefined")
    page = context.new_page()
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    yield page
    assert page.evaluate("window.ran") is None and not dialogs
    assert page.evaluate(DIRTY) == 0
    context.close()


def test_a_page_without_its_policy_would_run_what_becomes_markup(browser, drill_address):
    """The tests below could not pass because of the policy, or of a blind check."""
    with browser.new_context(bypass_csp=True) as context:
        page = context.new_page()
        page.goto(drill_address + "guide/")
        page.evaluate(
            "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=window.ran=1>')"
        )
        page.wait_for_function("window.ran === 1")
        assert page.evaluate(DIRTY) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_typed_into_the_search_stays_text(tab, drill_address, language):
    open_page(tab, drill_address + LANGUAGES[language] + "guide/")
    tab.click(".md-search__input")
    shape = tab.evaluate(SHAPE)
    for payload in PAYLOADS:
        tab.fill(".md-search__input", payload)
        tab.wait_for_function(
            "words => document.querySelector('.md-search-result__list').dataset.query === words",
            arg=payload,
        )
        tags = tab.evaluate(
            "[...document.querySelectorAll('.md-search-result__list *')].map(element => element.localName)"
        )
        assert set(tags) <= RESULT_TAGS, payload
        assert tab.evaluate(SHAPE) == shape and tab.evaluate(DIRTY) == 0, payload


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hostile_title_is_found_and_shown_as_text(tab, drill_address, language):
    open_page(tab, drill_address + LANGUAGES[language] + "guide/")
    tab.click(".md-search__input")
    tab.fill(".md-search__input", {"zh": "敌意", "en": "hostile"}[language])
    title = tab.locator(".md-search-result__link[href$='drill/#hostile'] h2")
    title.wait_for()
    assert "<img src=x onerror=ran=1><script>ran=2</script>" in title.inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hostile_title_is_shared_as_text(tab, drill_address, language):
    open_page(tab, drill_address + LANGUAGES[language] + "drill/#hostile")
    items = tab.locator(".hb-menu [role=menuitem]")
    for i in range(6):
        tab.locator("#hostile > .hb-share > button").click()
        if i < 4:
            items.nth(i).click()
            tab.wait_for_function(COPIED)
            assert "<img src=x" in tab.evaluate("navigator.clipboard.readText()").replace("\\", "")
        else:
            assert "%3Cimg%20src%3Dx" in items.nth(i).get_attribute("href")
            tab.keyboard.press("Escape")
    tab.evaluate(SELECT, "hostile")
    tab.locator(".hb-passage").click()
    tab.wait_for_function("navigator.clipboard.readText().then(text => text.includes('%3Cimg'))")
    tab.goto(drill_address + LANGUAGES[language] + "s/drill/hostile/")
    tab.wait_for_url("**/drill/#hostile")


@pytest.mark.parametrize("where", ["guide/", "en/s/guide/overfitting/", "nowhere/"])
def test_what_an_address_carries_stays_text(tab, drill_address, where):
    shape = None
    for payload in ["harmless", *PAYLOADS[:5]]:
        for address in (
            f"?q={quote(payload)}",
            f"#{quote(payload)}:~:text={quote(payload)}",
            f"?{quote(payload, safe='<>=/')}#overfitting",
        ):
            if address.startswith("#"):
                tab.goto("about:blank")
            tab.goto(drill_address + where + address, wait_until="commit")
            tab.wait_for_function(
                "document.readyState === 'complete' && (document.querySelector('main > section') || document.querySelector('html.hb-links'))"
            )
            assert tab.url.startswith(drill_address) and tab.evaluate(DIRTY) == 0, address
        shape = shape or tab.evaluate(SHAPE)
        assert tab.evaluate(SHAPE) == shape, payload


@pytest.mark.parametrize("payload", [PAYLOADS[0], PAYLOADS[2]])
def test_what_storage_holds_stays_text(tab, drill_address, payload):
    """Another site on the same host could have put it there."""
    values = {
        "/some/prefix/.__palette": json.dumps(
            {
                "index": payload,
                "color": {
                    "media": payload,
                    "scheme": payload,
                    "primary": payload,
                    "accent": payload,
                },
            }
        ),
        "/.__palette": json.dumps({"index": 0, "color": {"scheme": payload, "primary": payload}}),
        "/some/prefix/.__tabs": json.dumps([payload]),
        "/.__tabs": json.dumps([payload]),
        "handbook.language": payload,
        "/.__consent": json.dumps({payload: payload}),
        "/.__announce": json.dumps(payload),
    }
    tab.goto(drill_address + "nowhere/")
    tab.evaluate(
        "values => { for (const [key, value] of Object.entries(values)) localStorage.setItem(key, value) }",
        values,
    )
    for name in ("guide/", "en/drill/"):
        open_page(tab, drill_address + name)
        assert tab.evaluate(DIRTY) == 0
        assert tab.locator(".hb-offer").is_hidden()


def test_the_offer_of_the_other_language_takes_words_and_section_as_text(tab, drill_address):
    for payload in PAYLOADS[:3]:
        tab.context.clear_cookies()
        tab.goto("about:blank")
        tab.goto(f"{drill_address}guide/#{quote(payload)}")
        tab.wait_for_selector("html.hb-links")
        tab.evaluate("localStorage.clear()")
        tab.reload()
        tab.wait_for_selector("html.hb-links")
        tab.click(".md-search__input")
        tab.fill(".md-search__input", payload)
        tab.locator(".hb-offer a").evaluate("link => link.click()")
        tab.wait_for_url(lambda url: url.startswith(f"{drill_address}en/guide/?q="))
        tab.wait_for_function(
            "words => document.querySelector('.md-search__input').value === words", arg=payload
        )
        assert tab.evaluate(DIRTY) == 0
