"""Everything can be reached and worked by keyboard; what has the focus is seen, marked and in order."""

import pytest
from drill import PAGES, SIZES

# What has the focus: where it is, whether anything of it can be seen, and how well its mark stands out.
FOCUS = """() => {
  const rgb = colour => colour.match(/[\\d.]+/g).map(Number)
  const light = colour => {
    const [r, g, b] = colour.map(c => (c /= 255) <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    return .2126 * r + .7152 * g + .0722 * b
  }
  const ground = el => {
    for (let at = el.parentElement; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor)
      if (!(colour[3] <= .9)) return colour.slice(0, 3)
    }
    return [255, 255, 255]
  }
  const el = document.activeElement
  if (el === document.body) return null
  const tabs = el.matches(".tabbed-set > input") && el.parentElement.querySelector(":scope > .tabbed-labels")
  const marked = tabs || el, style = getComputedStyle(marked)
  const [a, b] = [light(rgb(style.outlineColor).slice(0, 3)), light(ground(marked))].sort((x, y) => y - x)
  const seen = [...marked.getClientRects()].some(r => [[r.left + r.width / 2, r.top + r.height / 2],
    [r.left + 3, r.top + 3], [r.right - 3, r.bottom - 3]].some(([x, y]) => {
    const hit = document.elementFromPoint(x, y)
    return hit && (marked.contains(hit) || hit.contains(marked) && !hit.matches("html, body, label"))
  }))
  const last = window.lastFocus
  window.lastFocus = el
  window.visited = window.visited || new Set()
  const again = visited.has(el)
  visited.add(el)
  return {
    html: el.outerHTML.slice(0, 160), seen, again, contrast: (a + .05) / (b + .05),
    width: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    ordered: !last || Boolean(last.compareDocumentPosition(el) & Node.DOCUMENT_POSITION_FOLLOWING),
  }
}"""
# Shown, and never had the focus. A listing gets its button when it comes into sight, which may be when it has
# the focus: the button is then one step back.
MISSED = """() => [...document.querySelectorAll("a[href], button, summary, input, [tabindex='0']")].filter(el =>
  el.checkVisibility({visibilityProperty: true}) && el.tabIndex >= 0 && !visited.has(el) &&
  !el.matches("[type=radio], :disabled, .md-top, .md-code__button")
).map(el => el.outerHTML.slice(0, 160))"""


def focused(page, selector):
    """Whether it has the focus."""
    return page.evaluate("name => document.activeElement.matches(name)", selector)


PAINTED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def walk(page, key="Tab"):
    """Press the key until the focus leaves the page; gives what was passed."""
    passed = []
    while len(passed) < 1500:
        page.keyboard.press(key)
        page.evaluate(PAINTED)  # what has the focus may have to come into sight first
        stop = page.evaluate(FOCUS)
        if stop is None or stop["again"] and stop["html"] == passed[0]["html"]:
            return passed
        passed.append(stop)
    raise AssertionError(f"no way out: {passed[-3:]}")


# Not the glossary: its hundreds of stops are terms like those of the guide.
TABBED = [*(name for name in PAGES if "glossary" not in name), "404.html"]


@pytest.mark.parametrize("name", TABBED)
def test_tab_passes_everything_in_order_and_in_sight(opened, drill_address, name):
    size, scheme = ("phone", "dark") if name.startswith("en/") else ("desktop", "light")
    page = opened(drill_address + name, size, color_scheme=scheme, reduced_motion="reduce")
    passed = walk(page)
    assert len(passed) > 7
    for stop in passed:
        assert stop["seen"] and stop["ordered"] and not stop["again"], stop
        assert stop["width"] >= 2 and stop["contrast"] >= 3, stop
    assert not page.evaluate(MISSED)


@pytest.mark.parametrize("size", SIZES)
def test_the_way_back_is_in_sight_too(opened, drill_address, size):
    page = opened(drill_address + "guide/", size, reduced_motion="reduce")
    page.keyboard.press("End")
    for stop in walk(page, "Shift+Tab"):
        assert stop["seen"] and stop["width"] >= 2, stop


def test_the_skip_link_leads_past_the_navigation(page, drill_address):
    page.goto(drill_address + "en/guide/")
    page.keyboard.press("Tab")
    assert focused(page, ".md-skip") and page.locator(".md-skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page, "article *")


@pytest.mark.parametrize("inert", [True, False])
def test_the_drawer_holds_the_focus_while_it_is_open(phone, drill_address, inert):
    if not inert:  # a browser of 2021
        phone.add_init_script("Element.prototype.toggleAttribute = () => {}")
    phone.goto(drill_address + "guide/")
    opener = phone.get_by_role("button", name="导航菜单")
    opener.focus()
    phone.keyboard.press("Enter")
    assert focused(phone, ".hb-close") and opener.get_attribute("aria-expanded") == "true"
    for _ in range(30):
        phone.keyboard.press("Tab")
        assert focused(phone, ".md-sidebar--primary *, body")
    phone.keyboard.press("Escape")
    assert focused(phone, "button[for=__drawer]")
    assert opener.get_attribute("aria-expanded") == "false"
    phone.keyboard.press("Enter")
    contents = phone.locator("button.md-nav__link[for=__toc]")
    contents.focus()
    phone.keyboard.press("Enter")
    assert contents.get_attribute("aria-expanded") == "true"
    phone.locator(".md-nav--primary a[href='#overfitting']").press("Enter")
    phone.wait_for_url("**#overfitting")
    phone.locator("#__drawer:not(:checked)").wait_for(state="attached")
    assert 0 < phone.locator("#overfitting").bounding_box()["y"] < 300


def test_a_definition_is_shown_to_keyboard_and_pointer(page, drill_address):
    page.goto(drill_address + "guide/")
    term, tip = page.locator(".hb-term").first, page.locator("main .md-tooltip2--active")
    term.focus()
    tip.wait_for()
    assert term.get_attribute("aria-describedby") == tip.get_attribute("id")
    page.keyboard.press("Escape")
    tip.wait_for(state="detached")
    assert focused(page, ".hb-term") and term.get_attribute("title")
    page.locator("h1").click()
    term.evaluate("el => el.scrollIntoView({block: 'center'})")
    term.hover()
    tip.hover()  # the pointer may rest on what it reads
    page.wait_for_timeout(400)
    assert tip.is_visible()
    page.mouse.move(5, 500)
    tip.wait_for(state="detached")


@pytest.mark.parametrize("name", ["guide/", "en/labs/overfitting/"])
def test_a_definition_opens_in_place_by_touch(phone, drill_address, name):
    phone.goto(drill_address + name)
    term, box = phone.locator("article .hb-term:visible").nth(2), phone.locator(".hb-definition")
    for close in (term.tap, lambda: phone.tap("h1"), lambda: phone.keyboard.press("Escape")):
        term.tap()
        box.wait_for()
        here = box.bounding_box()
        assert here["x"] >= 0 and here["x"] + here["width"] <= 390
        assert 0 <= here["y"] - term.bounding_box()["y"] < 60 and here["y"] + here["height"] <= 844
        assert term.get_attribute("aria-expanded") == "true"
        assert box.inner_text().startswith(term.get_attribute("title"))
        close()
        box.wait_for(state="detached")
        assert term.get_attribute("aria-expanded") == "false"
    assert phone.url == drill_address + name
    phone.get_by_role("button", name=term.inner_text(), exact=True).first.wait_for()
    term.press("Enter")
    phone.keyboard.press("Tab")  # the link stands behind the term
    assert focused(phone, ".hb-definition a")
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/reference/glossary/#*")


def test_a_button_keeps_its_name_while_a_tooltip_shows_it(page, drill_address):
    page.goto(drill_address + "drill/#blocks")
    page.locator(".md-code__button").focus()
    page.locator(".md-tooltip2--active:has-text('复制')").wait_for()
    assert page.get_by_role("button", name="复制", exact=True).count() == 1
    page.keyboard.press("Enter")
    page.locator(".md-dialog--active [role=status]:has-text('已复制')").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith("value: 1  # (1)!\ntext:")


@pytest.mark.parametrize("name", ["drill/", "en/problems/bert-text-classification/"])
def test_what_scrolls_sideways_can_be_focused_and_has_a_name(phone, drill_address, name):
    phone.goto(drill_address + name)
    phone.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    phone.keyboard.press("Shift")  # what is out of sight is laid out once the reader does something
    phone.wait_for_timeout(300)
    boxes = """() => [...document.querySelectorAll("article pre > code, article .md-typeset__scrollwrap")]
      .filter(el => el.scrollWidth > el.clientWidth && el.clientWidth)
      .map(el => [el.tabIndex, el.getAttribute("role"), el.getAttribute("aria-label"), el.outerHTML.slice(0, 99)])"""
    found = phone.evaluate(boxes)
    assert found
    for index, role, label, html in found:
        assert (index, role) == (0, "group") and label, html
