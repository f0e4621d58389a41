"""Everything can be reached and worked by keyboard; what has the focus is seen, marked and in order."""

import pytest
from reader import PAGES, SIZES, ready

# What has the focus: where it is, whether anything of it can be seen, and how well its mark stands out.
FOCUS = """() => {
  const channels = colour => {
    const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number)
    return {rgb: [r, g, b], a}
  }
  const light = rgb => {
    const [r, g, b] = rgb.map(c => (c /= 255) <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    return .2126 * r + .7152 * g + .0722 * b
  }
  const ground = el => {
    for (let at = el.parentElement; at; at = at.parentElement) {
      const {rgb, a} = channels(getComputedStyle(at).backgroundColor)
      if (a > .9) return rgb
    }
    return [255, 255, 255]
  }
  const el = document.activeElement
  if (el === document.body) return null
  const marked = el.matches(".tabbed-set > input") ? el.parentElement.querySelector(":scope > .tabbed-labels") : el
  const style = getComputedStyle(marked)
  const [a, b] = [light(channels(style.outlineColor).rgb), light(ground(marked))].sort((x, y) => y - x)
  const points = [...marked.getClientRects()].flatMap(r => [[r.left + r.width / 2, r.top + r.height / 2], [r.left + 3, r.top + 3], [r.right - 3, r.bottom - 3]])
  const seen = points.some(([x, y]) => {
    const hit = document.elementFromPoint(x, y)
    return hit && (marked.contains(hit) || hit.contains(marked) && !hit.matches("html, body, label"))
  })
  const last = window.lastFocus
  window.lastFocus = el
  window.visited ||= new Set()
  const again = window.visited.has(el)
  window.visited.add(el)
  return {
    html: el.outerHTML.slice(0, 160), seen, again, width: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    contrast: (a + .05) / (b + .05),
    inOrder: !last || Boolean(last.compareDocumentPosition(el) & Node.DOCUMENT_POSITION_FOLLOWING),
  }
}"""
# Shown, but never had the focus.
MISSED = """() => [...document.querySelectorAll("a[href], button, summary, input, [tabindex='0']")].filter(el =>
  el.checkVisibility({visibilityProperty: true, opacityProperty: false}) && el.tabIndex >= 0 && !visited.has(el) && !el.matches("[type=radio]")
).map(el => el.outerHTML.slice(0, 160))"""


@pytest.fixture(scope="module")
def tab(browser):
    """One page for all tests here."""
    context = browser.new_context(
        reduced_motion="reduce", locale="zh-CN", permissions=["clipboard-read", "clipboard-write"]
    )
    yield context.new_page()
    context.close()


def focused(page, selector):
    """Whether it has the focus."""
    return page.evaluate("selector => Boolean(document.activeElement?.matches(selector))", selector)


def walk(page, key="Tab"):
    """Press the key until the focus leaves the page; gives what was passed."""
    passed = []
    while len(passed) < 1500:
        page.keyboard.press(key)
        stop = page.evaluate(FOCUS)
        if stop is None or stop["again"] and stop["html"] == passed[0]["html"]:
            return passed
        passed.append(stop)
    raise AssertionError(f"no way out: {passed[-3:]}")


@pytest.mark.parametrize("name", [*PAGES, "drill/", "404.html"])
def test_tab_passes_everything_in_order_and_in_sight(tab, drill_address, name):
    size = "phone" if name.startswith("en/") else "desktop"
    tab.emulate_media(color_scheme="dark" if name.startswith("en/") else "light")
    ready(tab, drill_address + name, size)
    passed = walk(tab)
    assert len(passed) > 7
    for stop in passed:
        assert stop["seen"], stop
        assert stop["width"] >= 2 and stop["contrast"] >= 3, stop
        assert stop["inOrder"] and not stop["again"], stop
    missed = tab.evaluate(MISSED)
    assert not [html for html in missed if 'class="md-top' not in html], missed


@pytest.mark.parametrize("size", SIZES)
def test_the_way_back_is_in_sight_too(tab, drill_address, size):
    ready(tab, drill_address + "guide/", size)
    tab.keyboard.press("End")
    for stop in walk(tab, "Shift+Tab"):
        assert stop["seen"] and stop["width"] >= 2, stop


def test_the_skip_link_leads_past_the_navigation(tab, drill_address):
    ready(tab, drill_address + "en/guide/")
    tab.keyboard.press("Tab")
    assert focused(tab, ".md-skip") and tab.locator(".md-skip").bounding_box()["y"] >= 0
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.querySelector('article').contains(document.activeElement)")


def test_the_drawer_holds_the_focus_while_it_is_open(tab, drill_address):
    ready(tab, drill_address + "guide/", "phone")
    opener = tab.locator("button[for=__drawer]")
    opener.focus()
    tab.keyboard.press("Enter")
    assert focused(tab, ".hb-close") and opener.get_attribute("aria-expanded") == "true"
    tab.evaluate("visited = new Set()")
    passed = walk(tab)
    assert len(passed) >= 6 and tab.evaluate(
        "[...visited].every(el => el.closest('.md-sidebar--primary'))"
    )
    tab.keyboard.press("Escape")
    assert focused(tab, "button[for=__drawer]") and opener.get_attribute("aria-expanded") == "false"
    tab.keyboard.press("Space")
    contents = tab.locator("button.md-nav__link[for=__toc]")
    contents.focus()
    tab.keyboard.press("Enter")
    assert contents.get_attribute("aria-expanded") == "true"
    tab.locator(".md-nav--primary a[href='#overfitting']").press("Enter")
    tab.wait_for_url("**#overfitting")
    assert not tab.locator("#__drawer").is_checked()
    assert 0 < tab.locator("#overfitting").bounding_box()["y"] < 300


@pytest.mark.parametrize("size", SIZES)
def test_the_search_gives_the_focus_back(tab, drill_address, size):
    ready(tab, drill_address + "en/guide/", size)
    before = ".md-header__button[for=__search]" if size == "phone" else "[data-language-switch]"
    tab.locator(before).focus()
    tab.keyboard.press("Enter" if size == "phone" else "Tab")
    tab.wait_for_function("document.activeElement.matches('.md-search__input')")
    tab.keyboard.type("overfitting")
    tab.locator(".md-search-result__link").first.wait_for()
    tab.keyboard.press("ArrowDown")
    assert focused(tab, ".md-search-result__link")
    tab.keyboard.press("Escape")
    assert focused(tab, before)
    assert tab.locator(".md-search-result__link").first.is_hidden()
    tab.keyboard.press("/")
    tab.wait_for_function("document.activeElement.matches('.md-search__input')")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/#overfitting")


def test_leaving_the_search_closes_it(tab, drill_address):
    ready(tab, drill_address + "guide/")
    tab.locator(".md-search__input").focus()
    assert tab.locator("#__search").is_checked()
    tab.keyboard.press("Tab")
    assert not tab.locator("#__search").is_checked() and not focused(tab, ".md-search *")


def test_the_colours_and_the_language_switch(tab, drill_address):
    tab.emulate_media(color_scheme="light")
    ready(tab, drill_address + "guide/")
    tab.locator("[data-md-component=palette] button:visible").focus()
    for scheme, key in (("slate", "Enter"), ("default", "Space")):
        tab.keyboard.press(key)
        assert tab.locator("body").get_attribute("data-md-color-scheme") == scheme
        assert focused(tab, "[data-md-component=palette] button:not([hidden])"), "the focus is lost"
    tab.evaluate("localStorage.clear()")
    tab.keyboard.press("Tab")
    assert focused(tab, "[data-language-switch]")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/en/guide/")


def test_the_share_menu(tab, drill_address):
    ready(tab, drill_address + "guide/")
    button = tab.locator("#overfitting .hb-share__button")
    button.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    tab.keyboard.press("ArrowDown")
    assert focused(tab, ".hb-menu__item")
    tab.keyboard.press("Escape")
    assert tab.locator(".hb-menu").is_hidden() and focused(tab, "#overfitting .hb-share__button")


def test_tabs_folded_blocks_and_copying(tab, drill_address):
    ready(tab, drill_address + "drill/")
    tab.locator("#tabs ~ .tabbed-set > input").first.focus()
    tab.keyboard.press("ArrowRight")
    assert tab.locator("#in-a-tab").is_visible()
    tab.locator("summary").first.focus()
    tab.keyboard.press("Space")
    assert tab.locator("#in-a-fold").is_visible()
    ready(tab, drill_address + "guide/")
    tab.locator(".md-code__button").first.press("Enter")
    tab.locator(
        "[role=status]", has_text="复制"
    ).first.wait_for()  # it is shown for two seconds only
    tab.wait_for_function(
        "navigator.clipboard.readText().then(text => text.startsWith('import tensorflow'))"
    )


def test_a_definition_is_read_by_keyboard_and_dismissed(tab, drill_address):
    ready(tab, drill_address + "guide/")
    tab.locator(".hb-term").first.focus()
    tip = tab.locator(".md-tooltip2--active")
    tip.wait_for()
    assert tab.locator(".hb-term").first.get_attribute("aria-describedby") == tip.get_attribute(
        "id"
    )
    tab.keyboard.press("Escape")
    tip.wait_for(state="hidden")
    assert focused(tab, ".hb-term")


@pytest.mark.parametrize("name", ["guide/", "en/problems/bert-text-classification/"])
def test_what_scrolls_sideways_can_be_focused_and_has_a_name(tab, drill_address, name):
    ready(tab, drill_address + name, "phone")
    boxes = tab.evaluate("""() => [...document.querySelectorAll("article *")].filter(el =>
      el.scrollWidth > el.clientWidth && /auto|scroll/.test(getComputedStyle(el).overflowX) && el.clientWidth && !el.matches(".tabbed-labels"))
      .map(el => [el.tabIndex, el.getAttribute("role"), el.getAttribute("aria-label"), el.outerHTML.slice(0, 100)])""")
    assert boxes
    for index, role, label, html in boxes:
        assert (index, role) == (0, "group") and label, html
