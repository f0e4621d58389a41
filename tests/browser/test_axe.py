"""axe-core finds no violation (WCAG 2.2 A and AA, best practice) on any kind of page, with what opens on it open."""

from importlib.resources import files

import pytest
from drill import PAGES

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page):
    """What axe finds, one line an element."""
    page.mouse.move(5, 300)  # until the reader does something, what is out of sight is not laid out
    page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)))")
    page.evaluate(AXE)
    found = page.evaluate(
        "options => axe.run(document, options)",
        {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]},
    )
    return [
        f"{one['id']}: {node['html'][:200]} ({node['failureSummary']})"
        for one in found["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("name", [*PAGES, "404.html"])
@pytest.mark.parametrize("size, scheme", [("desktop", "light"), ("phone", "dark")])
def test_pages(opened, drill_address, name, size, scheme):
    settings = {"color_scheme": scheme, "reduced_motion": "reduce", "bypass_csp": True}
    assert not violations(opened(drill_address + name, size, **settings))


def menu(page):
    page.locator(".hb-share__button").nth(1).press("ArrowDown")
    return ".hb-menu"


def search(page):
    page.keyboard.press("/")
    page.fill(".md-search__input", "GPT-3")
    return ".md-search-result__link"


def drawer(page):
    page.get_by_role("button", name="导航菜单").click()
    page.locator("button.md-nav__link[for=__toc]").click()
    return ".md-nav--primary .md-nav--secondary a"


def tooltip(page):
    page.locator(".hb-term").first.focus()
    return ".md-tooltip2--active"


def definition(page):
    page.locator(".hb-term").first.click()
    return ".hb-definition"


def passages(page):
    page.locator("#overfitting .hb-share button").press("ArrowDown")
    page.get_by_role("menuitem", name="只分享其中一段").press("Enter")
    page.evaluate(
        "getSelection().selectAllChildren(document.querySelector('article p:not([class])'))"
    )
    return ".hb-pill:visible"


def copied(page):
    page.locator(".hb-share__button").first.click()
    return ".md-dialog--active"


def offer(page):
    page.evaluate("document.querySelector('.hb-offer').hidden = false")
    return ".hb-offer"


def listing(page):
    page.locator("pre:visible").first.scroll_into_view_if_needed()
    page.locator(".md-code__button").first.focus()
    return ".md-tooltip2--active"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "act, sizes",
    [
        (menu, "desktop phone"),
        (search, "desktop phone"),
        (drawer, "phone"),
        (tooltip, "desktop"),
        (definition, "phone"),
        (passages, "desktop"),
        (copied, "desktop phone"),
        (offer, "phone"),
        (listing, "desktop"),
    ],
)
def test_what_opens(opened, drill_address, act, sizes, scheme):
    for size in sizes.split():
        page = opened(
            drill_address + "guide/",
            size,
            color_scheme=scheme,
            reduced_motion="reduce",
            bypass_csp=True,
        )
        page.locator(act(page)).first.wait_for()
        assert not violations(page), size


def test_a_worksheet(opened, address):
    settings = {"color_scheme": "dark", "reduced_motion": "reduce", "bypass_csp": True}
    page = opened(f"{address}en/decisions/ask-a-supplier/", "phone", **settings)
    assert not violations(page)
    page.locator("[name=rise]").fill("x")  # and with a sentence about a mistake
    assert not violations(page)
