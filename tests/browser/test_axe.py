"""axe-core finds no violation on any kind of page, in both languages and both schemes, on a phone and a desktop, with
what opens on it open. Rules: WCAG 2.2 A and AA, and best practice."""

import re
from importlib.resources import files
from itertools import product

import pytest
from reader import PAGES, SIZES, ready

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# As they stand, without the script that leaves at once.
LEAVING = ["s/guide/overfitting/", "en/s/playbook/openai/", "former/", "en/former/"]


@pytest.fixture(scope="module")
def tab(browser):
    """One page for all tests here: what is checked is what is on it."""
    context = browser.new_context(reduced_motion="reduce", locale="zh-CN", bypass_csp=True)
    context.add_init_script(AXE)
    yield context.new_page()
    context.close()


def violations(page, inside=None):
    """What axe finds, one line an element."""
    found = page.evaluate(
        "([inside, options]) => axe.run(inside || document, options)",
        [inside, {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}],
    )
    return [
        f"{v['id']}: {node['html'][:200]} ({node['failureSummary']})"
        for v in found["violations"]
        for node in v["nodes"]
    ]


@pytest.mark.parametrize("name", [*PAGES, "drill/", "en/drill/"])
@pytest.mark.parametrize("size, scheme", [("desktop", "light"), ("phone", "dark")])
def test_pages(tab, drill_address, name, size, scheme):
    tab.emulate_media(color_scheme=scheme)
    ready(tab, drill_address + name, size)
    assert not violations(tab)


@pytest.mark.parametrize("path", [*LEAVING, "404.html"])
def test_pages_on_the_way(tab, drill_address, path):
    def stay(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=re.sub(r"(?s)<script>.*?</script>", "", answer.text()))

    if path != "404.html":
        tab.route(drill_address + path, stay)
    tab.goto(drill_address + path)
    tab.unroute_all()
    assert tab.url == drill_address + path and tab.locator("h1").first.is_visible()
    for size, scheme in product(SIZES, ["light", "dark"]):
        tab.set_viewport_size(SIZES[size])
        tab.emulate_media(color_scheme=scheme)
        assert not violations(tab), (size, scheme)


def open_menu(page):
    page.locator(":is(#overfitting, #openai) .hb-share__button").first.press("ArrowDown")
    return ".hb-menu"


def open_search(page):
    page.keyboard.press("/")
    page.fill(".md-search__input", "GPT-3")
    page.locator(".md-search-result__link").first.wait_for()
    return ".md-header"


def open_drawer(page):
    page.locator("button[for=__drawer]").click()
    page.locator("button.md-nav__link[for=__toc]").click()
    assert page.locator(".md-nav--primary a[href='#strategies']").is_visible()
    return ".md-sidebar--primary"


def open_tooltip(page):
    page.locator(".hb-term").first.focus()
    return ".md-tooltip2--active"


def open_copy_tooltip(page):
    page.locator(".md-code__button").first.focus()
    page.locator(".md-tooltip2--active").wait_for()
    return ".md-code__nav"


def open_offer(page):
    page.evaluate("document.querySelector('.hb-offer').hidden = false")
    return ".hb-offer"


def select_passage(page):
    page.evaluate(
        "getSelection().selectAllChildren(document.querySelector('#overfitting ~ p, #openai ~ p'))"
    )
    return ".hb-passage"


def say_copied(page):
    page.locator(".md-code__button").first.press("Enter")
    page.locator(".md-dialog--active, .hb-said:not(:empty)").wait_for()
    page.evaluate(
        "for (let timer = setTimeout(() => {}); timer; timer--) clearTimeout(timer)"
    )  # or it is gone too soon
    return ".md-dialog--active, .hb-said:not(:empty)"


def second_tab(page):
    page.locator(".tabbed-set > input").first.focus()
    page.keyboard.press("ArrowRight")
    page.locator(".tabbed-block:nth-child(2)").first.wait_for()
    return ".tabbed-set"


def unfold(page):
    page.locator("details > summary").first.press("Enter")
    return "details:has(#in-a-fold)"


OPENED = [
    ("guide/", open_menu, SIZES),
    ("guide/", open_search, SIZES),
    ("guide/", open_drawer, ["phone"]),
    ("guide/", open_tooltip, SIZES),
    ("guide/", open_copy_tooltip, ["desktop"]),
    ("guide/", open_offer, SIZES),
    ("guide/", select_passage, SIZES),
    ("guide/", say_copied, ["desktop"]),
    ("guide/", second_tab, ["desktop"]),
    ("drill/", unfold, ["phone"]),
]


@pytest.mark.parametrize("folder", ["", "en/"])
@pytest.mark.parametrize(
    "name, act, size", [(name, act, size) for name, act, sizes in OPENED for size in sizes]
)
def test_what_opens(tab, drill_address, folder, name, act, size):
    tab.emulate_media(color_scheme="light")
    ready(tab, drill_address + folder + name, size)
    opened = act(tab)
    tab.locator(opened).first.wait_for()
    assert not violations(tab)
    tab.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    assert not violations(tab, opened)
