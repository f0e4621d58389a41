"""What readers set or lack: large text, a narrow window, less motion, forced colours, scripts, paper, a fast phone."""

import re
import unicodedata

import pypdfium2
import pytest
from drill import PAGES, SIZES

LANGUAGES = ["", "en/"]
# What reaches past the right edge, but for what scrolls by itself or is out of sight.
TOO_WIDE = """own => {
  const edge = document.documentElement.clientWidth
  const over = [...document.querySelectorAll("body *")].filter(el =>
    el.checkVisibility({visibilityProperty: true}) && !el.closest(own) &&
    el.getBoundingClientRect().width && el.getBoundingClientRect().right > edge + 1)
  return [document.documentElement.scrollWidth - edge, ...over.map(el => el.outerHTML.slice(0, 120))]
}"""
SCROLLING = "pre, .md-typeset__scrollwrap, .tabbed-labels, .md-sidebar, .md-search"
SHIFTS = """new Promise(resolve => {
  let sum = 0
  new PerformanceObserver(list => list.getEntries().forEach(entry => { sum += entry.value }))
    .observe({type: "layout-shift", buffered: true})
  setTimeout(() => resolve(sum), 300)
})"""


@pytest.mark.parametrize("width, text", [(320, 100), (1280, 200), (390, 200)])
def test_no_sideways_scrolling(opened, drill_address, width, text):
    page = opened(drill_address, viewport={"width": width, "height": 640})
    sizes = {"standard": 16 * text // 100, "fixed": 13 * text // 100}
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": sizes})
    for name in [*PAGES, "404.html"]:
        page.goto(drill_address + name)
        assert page.evaluate(TOO_WIDE, SCROLLING) == [0], name


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["guide/", "en/labs/compression/", "drill/", ""])
def test_nothing_moves(opened, drill_address, name, size):
    page = opened(drill_address + name, size)
    assert page.evaluate(SHIFTS) < 0.001
    page.mouse.move(200, 400)
    for _ in range(12):
        page.mouse.wheel(0, 700)
        page.wait_for_timeout(60)
    assert page.evaluate(SHIFTS) < 0.02


def test_less_motion(opened, drill_address):
    page = opened(drill_address + "drill/", "phone", reduced_motion="reduce")
    moving = page.evaluate("""() => {
      const long = times => times.split(",").some(t => parseFloat(t) * (t.includes("ms") ? 1 : 1000) > 1)
      return [...document.querySelectorAll("*")].map(el => [el, getComputedStyle(el)])
        .filter(([, s]) => s.scrollBehavior === "smooth" || [s.transitionDuration, s.animationDuration].some(long))
        .map(([el]) => el.outerHTML.slice(0, 120))
    }""")
    assert not moving


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours(opened, drill_address, scheme):
    """Icons drawn as masks take a colour of the system; figures have a ground; the focus is seen."""
    page = opened(drill_address + "drill/#blocks", forced_colors="active", color_scheme=scheme)
    flat = page.evaluate("""() => [...document.querySelectorAll("*")]
      .flatMap(el => ["::before", "::after"].map(part => [el, getComputedStyle(el, part)]))
      .filter(([el, s]) => s.content !== "none" && s.maskImage !== "none"
        && el.checkVisibility({visibilityProperty: true}))
      .filter(([, s]) => s.backgroundColor === getComputedStyle(document.body).backgroundColor)
      .map(([el]) => el.outerHTML.slice(0, 120))""")
    assert not flat
    page.goto(drill_address + "problems/bert-text-classification/")
    figure = page.locator("article img:visible").first
    ground = figure.evaluate("el => getComputedStyle(el).backgroundColor")
    assert ground in ("rgb(253, 251, 246)", "rgb(22, 24, 29)")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


@pytest.mark.parametrize("folder", LANGUAGES)
def test_without_scripts(opened, drill_address, folder):
    page = opened(drill_address + folder + "drill/#in-a-tab", java_script_enabled=False)
    assert page.locator("#in-a-tab").is_visible()
    for size in SIZES.values():
        page.set_viewport_size(size)
        for control in (
            ".md-search",
            "[for=__search]",
            ".md-header__option",
            ".hb-share",
            ".hb-offer",
        ):
            assert not page.locator(control).locator("visible=true").count(), control
        assert page.locator("#drill .headerlink").is_visible()
    page.locator("summary").first.click()
    assert page.locator("#in-a-fold").is_visible()
    page.locator(".tabbed-labels > label").nth(3).click()
    page.get_by_text("Other second.").wait_for()
    page.keyboard.press("Home")
    page.locator(".md-header label[for=__drawer]").click()
    page.locator(".md-nav--primary a[href$='guide/']").click()
    page.wait_for_url("**/guide/")
    assert page.locator(".hb-term").first.get_attribute("title"), "the definition is in the link"
    for _ in range(2):  # the first stop is the navigation's box, the second leads past it
        page.keyboard.press("Tab")
    assert page.locator(".md-skip").bounding_box()["y"] >= 0


def test_chinese_as_it_is_set(opened, drill_address):
    page = opened(drill_address + "drill/")
    style = "(name, key) => getComputedStyle(document.querySelector(name))[key]"
    of = "([name, key]) => getComputedStyle(document.querySelector(name))[key]"
    assert page.evaluate(of, ["em:not([lang])", "fontStyle"]) == "normal", style
    assert "dot" in page.evaluate(of, ["em:not([lang])", "textEmphasisStyle"])
    assert page.evaluate(of, ["em[lang=en]", "fontStyle"]) == "italic"
    broken = page.locator("article > p", has_text="这一段中文").inner_html()
    assert "折成两行" in broken and re.search(r"English\s+words", broken)
    boxes = page.locator(".task-list-control input")
    assert boxes.evaluate_all("all => all.map(box => box.ariaLabel)") == ["任务", "任务"]
    assert page.locator(".footnote-backref").get_attribute("title") == "回到正文中的脚注"


BROKEN = """() => [...document.querySelectorAll("article :is(h1, h2, h3)")].flatMap(heading => {
  const walk = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT), range = document.createRange(), found = []
  let before = null
  for (let text; (text = walk.nextNode());)
    for (let at = 0; at < text.length; at++) {
      range.setStart(text, at)
      range.setEnd(text, at + 1)
      const {top, width} = range.getBoundingClientRect()
      const word = at && /^\\p{Script=Han}{2}$/u.test(text.data.slice(at - 1, at + 1))
      if (width && word && top > before + 9)
        found.push(text.data.slice(0, at) + "|" + text.data.slice(at))
      if (width) before = top
    }
  return found
})"""
ALONE = """() => [...document.querySelectorAll("article .hb-share:not(.hb-fold > *)")].flatMap(place => {
  const own = place.parentElement, range = document.createRange()
  range.setStart(own, 0)
  range.setEndBefore(place)
  const ends = [...range.getClientRects()].filter(({width}) => width > 1).map(({bottom}) => bottom)
  const lines = [...new Set(ends.map(Math.round))], gaps = lines.slice(1).map((end, at) => end - lines[at])
  const even = gaps.filter(gap => gap > 8).every(gap => gap < Math.min(...gaps.filter(one => one > 8)) + 3)
  const together = place.firstChild.getBoundingClientRect().top < Math.max(...ends)
  const uneven = !even && !own.matches("h1, h2, h3") && !own.querySelector(".hb-sign")
  return together && !uneven ? [] : [own.textContent.slice(0, 50)]
})"""


@pytest.mark.parametrize("width", [390, 320])
@pytest.mark.parametrize("folder", LANGUAGES)
def test_lines_on_a_phone(opened, address, folder, width):
    """Headings break between words, an icon stands beside its last word and moves no line, the name is whole."""
    size = {"width": width, "height": 844}
    page = opened(address, viewport=size, has_touch=True, is_mobile=True)
    for name in ("guide/", "playbook/", "problems/cnn-image-classification/", "labs/overfitting/"):
        page.goto(f"{address}{folder}{name}#x")  # all is laid out at once
        assert not page.evaluate(BROKEN), name
        assert not page.evaluate(ALONE), name
    whole = (
        "el => el.scrollWidth <= el.clientWidth && el.scrollHeight <= el.parentElement.clientHeight"
    )
    assert page.locator(".md-header__topic > .md-ellipsis").first.evaluate(whole)


def test_the_offer_covers_no_text_on_a_phone(opened, address):
    page = opened(address + "guide/", "phone", locale="en-GB")
    offer, header = page.locator(".hb-offer"), page.locator(".md-header")
    box, around = offer.bounding_box(), header.bounding_box()
    assert box["y"] >= around["y"] and box["y"] + box["height"] <= around["y"] + around["height"]
    page.get_by_role("button", name="搜索", exact=True).click(trial=True)
    offer.locator("button").click()
    page.locator("[data-language-switch]").click(trial=True)


def squeezed(text):
    """Characters alone: where lines end differs, and fonts name some characters by other code points."""
    return re.sub(r"[\s\x02\ufffe\u00ad\u2010\u2060-]", "", unicodedata.normalize("NFKC", text))


def holds(text, line):
    """Whether it is there, whole or in the two parts that the end of a sheet makes of it."""
    line = squeezed(line)
    return line in text or any(line[:n] in text and line[n:] in text for n in range(1, len(line)))


@pytest.mark.parametrize("name", [*PAGES[1:6], "drill/"])
@pytest.mark.parametrize("scripted", [True, False])
def test_paper_holds_everything(opened, drill_address, name, scripted):
    """Listings whole, each tab below its title, what is folded, tables, addresses of links, light figures."""
    page = opened(
        drill_address + name,
        java_script_enabled=scripted,
        color_scheme="dark",
        viewport={"width": 688, "height": 1000},
    )
    page.emulate_media(media="print")
    away = ":is(.md-header, .md-nav, .md-footer, .md-skip, .md-top, .md-code__nav, .hb-share)"
    assert not page.locator(away).locator("visible=true").count()
    assert page.evaluate(TOO_WIDE, "#none") == [0]
    for image in page.locator("article img").all():
        assert image.is_visible() == ("#only-dark" not in image.get_attribute("src"))
    printed = pypdfium2.PdfDocument(page.pdf(format="A4"))
    text = squeezed("".join(sheet.get_textpage().get_text_range() for sheet in printed))
    blocks = page.locator(
        "article :is(p, li, td, th, h1, h2, h3, summary, pre > code, .filename, .tabbed-labels > label)"
    ).evaluate_all("""els => els.filter(el => !el.closest(".hb-jump, .hb-menu")).flatMap(el => [...el.childNodes]
      .filter(n => n.nodeType === 3 || el.matches("code")).map(n => n.textContent))""")
    lines = {line for block in blocks for line in block.splitlines()}
    assert len(lines) > 20 and not {line for line in lines if not holds(text, line)}
    links = page.locator("article a[href^=http]").evaluate_all("els => els.map(el => el.href)")
    assert not {link for link in links if not holds(text, link)}
    for tabs in page.locator(".tabbed-set").all():
        parts = ":scope > .tabbed-labels > label, :scope > .tabbed-content > .tabbed-block"
        tops = tabs.locator(parts).evaluate_all(
            "els => els.map(el => el.getBoundingClientRect().top)"
        )
        half = len(tops) // 2
        pairs = zip(tops[:half], tops[half:], strict=True)
        assert sorted(tops) == [top for pair in pairs for top in pair]
