"""What readers set: large text, a narrow window, less motion, forced colours, no scripts, and paper."""

import re
import unicodedata

import pypdfium2
import pytest
from reader import PAGES, SIZES, ready

LANGUAGES = ["", "en/"]
# What reaches past the right edge, but for what scrolls by itself or is out of sight.
TOO_WIDE = """() => {
  const own = "pre, .md-typeset__scrollwrap, .tabbed-labels, .md-sidebar, .md-search"
  const edge = document.documentElement.clientWidth
  const over = [...document.querySelectorAll("body *")].filter(el =>
    el.checkVisibility({visibilityProperty: true}) && !el.closest(own) && el.getBoundingClientRect().width && el.getBoundingClientRect().right > edge + 1)
  return [document.documentElement.scrollWidth - edge, ...over.map(el => el.outerHTML.slice(0, 120))]
}"""


@pytest.fixture
def opened(browser):
    """Gives pages in contexts of their own."""
    contexts = []

    def open(**options):
        contexts.append(browser.new_context(locale="zh-CN", **options))
        return contexts[-1].new_page()

    yield open
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width, text", [(320, 100), (1280, 200), (640, 200), (390, 200)])
def test_no_sideways_scrolling(opened, drill_address, width, text):
    page = opened(viewport={"width": width, "height": 640})
    size = {"standard": 16 * text // 100, "fixed": 13 * text // 100}
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": size})
    for name in [*PAGES, "drill/", "404.html"]:
        page.goto(drill_address + name)
        assert (
            page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
            >= size["standard"]
        )
        assert page.evaluate(TOO_WIDE) == [0], name


@pytest.mark.parametrize("size", SIZES)
def test_less_motion(opened, drill_address, size):
    page = opened(reduced_motion="reduce")
    ready(page, drill_address + "drill/", size)
    moving = page.evaluate("""() => {
      const long = times => times.split(",").some(time => parseFloat(time) * (time.includes("ms") ? 1 : 1000) > 1)
      return [...document.querySelectorAll("*")].flatMap(el => [null, "::before", "::after"].map(part => [el, getComputedStyle(el, part)]))
        .filter(([, s]) => s.scrollBehavior === "smooth" ||
          [s.transitionDuration, s.transitionDelay, s.animationDuration, s.animationDelay].some(long))
        .map(([el]) => el.outerHTML.slice(0, 120))
    }""")
    assert not moving
    page.mouse.wheel(0, 900)
    page.wait_for_function("scrollY > 500")
    page.mouse.wheel(0, -200)
    page.locator(".md-top:not([hidden])").click()
    page.wait_for_function("scrollY === 0", timeout=500)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours(opened, drill_address, scheme):
    """Icons drawn as masks take a colour of the system; the focus and the chosen tab can be seen; figures have a ground."""
    page = opened(forced_colors="active", color_scheme=scheme)
    ready(page, drill_address + "problems/bert-text-classification/", "phone")
    flat = page.evaluate("""() => [...document.querySelectorAll("*")].flatMap(el => ["::before", "::after"].map(part => [el, getComputedStyle(el, part)]))
      .filter(([el, s]) => s.content !== "none" && s.maskImage !== "none" && el.checkVisibility({visibilityProperty: true}))
      .filter(([el, s]) => s.backgroundColor === getComputedStyle(document.body).backgroundColor)
      .map(([el]) => el.outerHTML.slice(0, 120))""")
    assert not flat
    figure = page.locator("article img:visible").first
    assert figure.evaluate("el => getComputedStyle(el).backgroundColor") in (
        "rgb(253, 251, 246)",
        "rgb(22, 24, 29)",
    )
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


@pytest.mark.parametrize("folder", LANGUAGES)
def test_without_scripts(opened, drill_address, folder):
    page = opened(java_script_enabled=False)
    page.goto(drill_address + folder + "drill/")
    for size in ("desktop", "phone"):
        page.set_viewport_size(SIZES[size])
        for control in (
            ".md-search__form",
            "[for=__search]",
            "[data-md-component=palette] label",
            ".hb-share__button",
            ".md-code__button",
            ".hb-offer",
        ):
            assert not page.locator(control).locator("visible=true").count(), (size, control)
    page.locator("summary").first.click()
    assert page.locator("#in-a-fold").is_visible()
    page.locator("#tabs ~ .tabbed-set > .tabbed-labels > label").nth(1).click()
    assert page.locator("#in-a-tab").is_visible()
    page.keyboard.press("Home")
    page.locator(".md-header label[for=__drawer]").click()
    page.locator(".md-nav__link[for=__toc]").click()
    page.locator(".md-nav--primary a[href='#folded']").wait_for()
    page.locator(".md-nav--primary a[href$='guide/']").click()
    page.wait_for_url("**/guide/")
    assert page.locator(".hb-term").first.get_attribute("title"), (
        "the definition is in the link itself"
    )
    for _ in range(2):  # the first stop is the navigation's box, the second leads past it
        page.keyboard.press("Tab")
    assert page.locator(".md-skip").bounding_box()["y"] >= 0


def squeezed(text):
    """Characters alone: where lines end differs, a hyphen there is taken for a mere break, and fonts name some
    characters by other code points."""
    return re.sub(r"[\s\x02\ufffe\u00ad\u2010-]", "", unicodedata.normalize("NFKC", text))


def holds(text, line):
    """Whether it is there, whole or in the two parts that the end of a sheet makes of it."""
    line = squeezed(line)
    return line in text or any(
        line[:cut] in text and line[cut:] in text for cut in range(1, len(line))
    )


@pytest.mark.parametrize(
    "name, scripts",
    [*((name, "en/" in name) for name in PAGES), ("drill/", True), ("drill/", False)],
)
def test_paper_holds_everything(opened, drill_address, name, scripts):
    """Listings to the last line, each tab below its title, what is folded, tables, addresses of links, light figures."""
    page = opened(java_script_enabled=scripts, color_scheme="dark")
    page.set_viewport_size({"width": 688, "height": 1000})  # what A4 holds between the margins
    page.goto(drill_address + name)
    page.emulate_media(media="print")
    assert not page.locator(
        ":is(.md-header, .md-nav, .md-footer, .md-skip, .md-top, .md-code__nav, .hb-share):visible"
    ).count()
    assert page.evaluate(TOO_WIDE.replace("const own = ", "const own = '#none' || ")) == [0]
    cut = "els => els.filter(el => el.scrollWidth > el.clientWidth + 1).map(el => el.outerHTML.slice(0, 120))"
    assert not page.locator("pre > code, .md-typeset__scrollwrap, article table").evaluate_all(cut)
    for image in page.locator("article img").all():
        assert image.is_visible() == ("#only-dark" not in image.get_attribute("src"))

    printed = pypdfium2.PdfDocument(page.pdf(format="A4"))
    text = squeezed("".join(sheet.get_textpage().get_text_range() for sheet in printed))
    blocks = page.locator(
        "article :is(p, li, td, th, h1, h2, h3, summary, pre > code, .filename, .tabbed-labels > label)"
    ).evaluate_all(
        "els => els.filter(el => !el.closest('.hb-jump, .hb-moved, .hb-said')).map(el => [...el.childNodes].filter(n => n.nodeType === 3 || el.matches('code')).map(n => n.textContent))"
    )
    assert not {
        line
        for block in blocks
        for part in block
        for line in part.splitlines()
        if not holds(text, line)
    }
    links = page.locator("article a[href^=http]").evaluate_all(
        "els => els.map(el => el.getAttribute('href'))"
    )
    assert not {link for link in links if not holds(text, link)}
    for tabs in page.locator(".tabbed-set").all():
        tops = tabs.locator(
            ":scope > .tabbed-labels > label, :scope > .tabbed-content > .tabbed-block"
        ).evaluate_all("els => els.map(el => el.getBoundingClientRect().top)")
        titles, contents = tops[: len(tops) // 2], tops[len(tops) // 2 :]
        assert sorted(tops) == [
            top for pair in zip(titles, contents, strict=True) for top in pair
        ], "a title is not above its tab"
