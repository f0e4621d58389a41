"""What a first visit transfers, that nothing moves, and that the reduced style sheet and our own script do all that the
theme's did. Times are measured by `make audit`, since a test machine says little of them."""

from pathlib import Path

import material
import pytest
from conftest import ROOT
from reader import NAMES, PAGES

from audit.server import serving_compressed

MOST_BYTES, MOST_BYTES_OF_A_LAB = 60_000, 90_000
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
SIZES = {"phone": PHONE, "desktop": DESKTOP}
STYLES = Path(material.__file__).parent / "templates" / "assets" / "stylesheets"


@pytest.fixture(scope="module")
def compressed(site):
    """Address of the site, served compressed."""
    with serving_compressed(site) as root:
        yield root


@pytest.fixture
def visit(browser):
    """Opens pages as a reader of a kind would; what a page throws fails the test.

    Without the policy, which test_policy.py is about: it forbids to exchange the style sheet.
    """
    contexts, errors = [], []

    def opened(url, **options):
        context = browser.new_context(**{**DESKTOP, "bypass_csp": True, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(url)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not errors


# ---- bytes and requests ----


@pytest.mark.parametrize("name", PAGES)
def test_a_first_visit_is_light_and_asks_for_nothing_of_the_search(browser, compressed, name):
    context = browser.new_context(**PHONE)
    page = context.new_page()
    protocol = context.new_cdp_session(page)
    protocol.send("Network.enable")
    kinds, sizes = {}, {}
    protocol.on(
        "Network.responseReceived",
        lambda e: kinds.update({e["requestId"]: (e["type"], e["response"]["url"])}),
    )
    protocol.on(
        "Network.loadingFinished", lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]})
    )
    page.goto(compressed + name)
    page.wait_for_load_state("networkidle")
    context.close()
    loaded = {
        url: sizes[id]
        for id, (kind, url) in kinds.items()
        if url.startswith("http") and kind != "Image"
    }
    assert len(loaded) == 2, loaded  # the page and the script
    assert not [url for url in loaded if "search" in url]
    assert (
        10_000 < sum(loaded.values()) <= (MOST_BYTES_OF_A_LAB if "labs/" in name else MOST_BYTES)
    ), loaded


# ---- nothing moves ----

SHIFTS = """() => new Promise(done => {
  const found = []
  new PerformanceObserver(list => {
    for (const shift of list.getEntries())
      found.push([shift.value, ...shift.sources.map(({node}) => node?.cloneNode(false).outerHTML || node?.textContent)])
  }).observe({type: "layout-shift", buffered: true})
  requestAnimationFrame(() => setTimeout(() => done(found), 100))
})"""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "name",
    [
        *PAGES,
        "guide/#model-compression",
        "en/guide/#conclusion",
        "s/guide/overfitting/",
        "404.html",
    ],
)
def test_nothing_moves_while_a_page_loads_and_is_read(visit, address, name, size):
    page = visit(address + name, **SIZES[size])
    if name.startswith("s/"):
        page.wait_for_url("**/guide/#overfitting")
    assert page.evaluate(SHIFTS) == []
    for part in range(4):
        page.evaluate("part => scrollTo(0, document.documentElement.scrollHeight * part / 4)", part)
        page.evaluate(
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
    assert page.evaluate(SHIFTS) == []


# ---- the reduced style sheet gives every element what the whole one would ----

# At most two elements of each tag, classes and parents; all properties of each, of ::before and ::after. The page keeps
# its state while its style sheets are exchanged for the whole one.
DIFFERING = """css => {
  const sign = el => el.tagName + "." + [...el.classList].sort().join(".")
  const seen = {}, chosen = []
  for (const el of document.body.querySelectorAll("*")) {
    if (el.closest("svg *")) continue
    let key = sign(el)
    for (let up = el.parentElement, n = 0; up && n < 3; up = up.parentElement, n++) key = sign(up) + ">" + key
    seen[key] = (seen[key] || 0) + 1
    if (seen[key] <= 2) chosen.push([key, el])
  }
  const names = [...getComputedStyle(document.body)].filter(name => !name.startsWith("--"))
  const read = () => chosen.map(([, el]) => [null, "::before", "::after"].map(pseudo => {
    const style = getComputedStyle(el, pseudo)
    return pseudo && style.content === "none" ? [] : names.map(name => style.getPropertyValue(name))
  }))
  const sheet = document.querySelector("head style")
  sheet.textContent += " " // both are read after a fresh layout: else Chromium tells the margins of before
  const reduced = read()
  document.adoptedStyleSheets = []
  sheet.textContent = css
  const whole = read(), differing = []
  chosen.forEach(([key], i) => whole[i].forEach((values, pseudo) => values.forEach((value, n) => {
    const had = reduced[i][pseudo][n]
    if (had !== value) differing.push(`${key} ${["", "::before", "::after"][pseudo]} { ${names[n]}: ${had} }, not ${value}`)
  })))
  return {elements: chosen.length, properties: names.length, differing}
}"""
OPENED = """() => {
  for (const block of document.querySelectorAll("details")) block.open = true
  for (const set of document.querySelectorAll(".tabbed-set")) [...set.querySelectorAll(":scope > input")].at(-1).click()
  document.querySelector("article .hb-share button").click()
}"""


def whole_css():
    """The theme's style sheets and ours, nothing left out."""
    theme = [next(STYLES.glob(pattern)) for pattern in ("main.*.min.css", "palette.*.min.css")]
    ours = [ROOT / "overrides/assets/stylesheets" / name for name in ("handbook.css", "links.css")]
    return "\n".join(path.read_text(encoding="utf-8") for path in theme + ours)


def assert_same_styles(page):
    """Compare the styles of the page with those that the whole style sheet gives it."""
    whole = whole_css()
    assert len(page.evaluate("document.querySelector('head style').textContent")) < 0.6 * len(whole)
    found = page.evaluate(DIFFERING, whole)
    assert found["elements"] > 50 and found["properties"] > 200
    assert not found["differing"], found["differing"][:10]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size, scheme", [("phone", "light"), ("desktop", "dark")])
def test_the_reduced_style_sheet_gives_each_page_the_same_styles(
    visit, address, name, size, scheme
):
    page = visit(address + name, **SIZES[size], color_scheme=scheme, reduced_motion="reduce")
    assert_same_styles(page)


@pytest.mark.parametrize("size, scheme", [("phone", "dark"), ("desktop", "light")])
def test_and_with_all_opened(visit, address, size, scheme):
    page = visit(
        address + "en/guide/",
        **SIZES[size],
        color_scheme=scheme,
        reduced_motion="reduce",
        permissions=["clipboard-write"],
    )
    page.evaluate(OPENED)
    page.locator(".hb-menu").wait_for()
    page.locator("article .hb-term").first.focus()
    page.locator(".md-tooltip2--active").wait_for()
    page.evaluate("document.getElementById('__drawer').click()")
    assert_same_styles(page)


def test_and_with_the_search_open(visit, address):
    page = visit(address + "guide/?q=GPT-3", **PHONE, reduced_motion="reduce")
    page.locator(".md-search-result__link").first.wait_for()
    page.wait_for_selector("body[data-md-scrolllock]")
    assert_same_styles(page)


def test_and_on_paper(visit, address):
    page = visit(address + "problems/cnn-image-classification/", reduced_motion="reduce")
    page.emulate_media(media="print")
    assert_same_styles(page)


# ---- the theme's features, by our own script ----


def test_the_colours_change_by_mouse_and_keyboard_and_last(visit, address):
    page = visit(address + "guide/", color_scheme="light")
    scheme = "document.body.dataset.mdColorScheme"
    shown = page.locator("[data-md-component=palette] button:visible")
    assert (page.evaluate(scheme), shown.count()) == ("default", 1)
    shown.click()
    assert (page.evaluate(scheme), shown.count()) == ("slate", 1)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 24, 29)"
    page.wait_for_function("document.querySelector('meta[name=color-scheme]').content === 'dark'")
    page.reload()
    assert page.evaluate(scheme) == "slate"
    shown.focus()
    page.keyboard.press("Enter")
    assert page.evaluate(scheme) == "default"


def test_the_colours_follow_the_system_until_one_is_chosen(visit, address):
    page = visit(address, color_scheme="light")
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("document.body.dataset.mdColorScheme === 'slate'")
    page.locator("[data-md-component=palette] button:visible").click()
    page.emulate_media(color_scheme="light")
    page.emulate_media(color_scheme="dark")
    page.evaluate("() => new Promise(done => setTimeout(done, 50))")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "default"


def test_dark_is_dark_from_the_first_paint(browser, address):
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.route("**/site.*.js", lambda route: route.abort())
    page.goto(address + "guide/", wait_until="commit")
    page.locator("article h1").wait_for()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 24, 29)"
    context.close()


def test_a_listing_is_copied_whole_and_that_is_said(visit, address):
    page = visit(
        address + "problems/cnn-image-classification/",
        permissions=["clipboard-read", "clipboard-write"],
    )
    block = page.locator("article pre > code").first
    button = page.locator("article pre .md-code__button").first
    button.click()
    page.wait_for_function("document.querySelector('.hb-said').textContent")
    assert page.evaluate("navigator.clipboard.readText()") == block.evaluate(
        "code => code.textContent.trimEnd()"
    )
    assert button.get_attribute("aria-label")


def test_what_scrolls_sideways_can_be_scrolled_by_keyboard(visit, address):
    page = visit(address + "problems/cnn-image-classification/", **PHONE)
    page.wait_for_function("""() => [...document.querySelectorAll("article pre > code, .md-typeset__scrollwrap")]
      .every(box => (box.scrollWidth > box.clientWidth) === (box.tabIndex === 0))""")
    assert page.locator("article pre > code[tabindex='0']").count() > 0


def test_a_tab_has_an_address_and_its_mark_stands_below_it(visit, address):
    page = visit(address + "en/guide/#__tabbed_1_2")
    tabs = page.locator(".tabbed-set").first
    assert tabs.locator(".tabbed-block").nth(1).is_visible()
    assert not tabs.locator(".tabbed-block").nth(0).is_visible()
    mark = "set => ['x', 'width'].map(name => parseFloat(set.style.getPropertyValue('--md-indicator-' + name)))"
    label = "set => { const l = set.querySelectorAll('.tabbed-labels > label')[%d]; return [l.offsetLeft, l.offsetWidth] }"
    page.wait_for_function(
        f"set => String(({mark})(set)) === String(({label % 1})(set))", arg=tabs.element_handle()
    )
    tabs.locator(".tabbed-labels > label").nth(0).click()
    page.wait_for_function(
        f"set => String(({mark})(set)) === String(({label % 0})(set))", arg=tabs.element_handle()
    )
    assert tabs.locator(".tabbed-block").nth(0).is_visible()
    assert page.url.endswith("#__tabbed_1_1")


def test_a_tooltip_comes_by_mouse_and_keyboard_and_goes(visit, address):
    page = visit(
        address + "guide/#overfitting", reduced_motion="reduce"
    )  # or the page still scrolls, and takes the tip away
    term = page.locator("article .hb-term").first
    told = term.get_attribute("title")
    term.scroll_into_view_if_needed()
    term.hover()
    tip = page.locator(".md-tooltip2--active")
    tip.wait_for()
    assert tip.inner_text() == told
    assert term.get_attribute("aria-describedby") == tip.get_attribute("id")
    assert term.get_attribute("title") is None  # or the browser would show a second one
    tip.hover()
    page.wait_for_timeout(400)
    assert tip.is_visible()
    page.keyboard.press("Escape")
    tip.wait_for(state="detached")
    assert term.get_attribute("title") == told
    page.mouse.move(0, 0)
    term.focus()
    tip.wait_for()


def test_the_drawer_opens_on_a_phone_and_closes_on_the_way(visit, address):
    page = visit(address + "guide/", **PHONE)
    left = "document.querySelector('.md-sidebar--primary').getBoundingClientRect().left"
    assert page.evaluate(left) < 0
    page.locator(".md-header [for=__drawer]").click()
    page.wait_for_function(f"{left} === 0")
    page.locator(".md-sidebar--primary .md-nav__link[for=__toc]").click()
    page.locator(".md-sidebar--primary a[href='#conclusion']").click()
    page.wait_for_function(f"{left} < 0")
    assert page.url.endswith("#conclusion")


def test_the_contents_follow_the_reading(visit, address):
    page = visit(address + "guide/")
    active = ".md-sidebar--secondary .md-nav__link--active"
    page.evaluate("document.getElementById('strategies').scrollIntoView()")
    page.wait_for_function(f"document.querySelector('{active}')?.hash === '#strategies'")
    box, entry = (
        page.locator(".md-sidebar--secondary").bounding_box(),
        page.locator(active).bounding_box(),
    )
    assert box["y"] <= entry["y"] <= box["y"] + box["height"]
    assert page.locator(".md-sidebar--secondary .md-nav__link--passed").count() > 2
    page.wait_for_selector(".md-header__title--active")
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_function(
        f"!document.querySelector('{active}') && !document.querySelector('.md-header__title--active')"
    )


def test_a_long_sidebar_ends_above_the_footer_and_inside_the_window(visit, address):
    page = visit(address + "reference/glossary/", viewport={"width": 1280, "height": 500})
    for end in (0, 1):
        page.evaluate("end => scrollTo(0, end * document.documentElement.scrollHeight)", end)
        page.wait_for_function("""() => {
          const footer = document.querySelector(".md-footer").getBoundingClientRect().top
          return [...document.querySelectorAll(".md-sidebar")].filter(bar => bar.offsetHeight)
            .every(bar => bar.getBoundingClientRect().bottom <= Math.min(innerHeight, footer) + 1)
        }""")


def test_the_way_to_the_top_is_offered_on_the_way_up(visit, address):
    page = visit(address + "guide/")
    top = page.locator(".md-top")
    page.mouse.move(640, 450)
    page.mouse.wheel(0, 2500)
    page.wait_for_function("scrollY > 1500")
    assert top.get_attribute("hidden") is not None
    page.mouse.wheel(0, -300)
    page.wait_for_selector(".md-top:not([hidden])")
    top.click()
    page.wait_for_function("scrollY === 0")
    page.wait_for_selector(".md-top[hidden]", state="attached")


def test_folded_blocks_are_open_on_paper(visit, address):
    page = visit(address + "problems/cnn-image-classification/")
    page.evaluate(
        "document.querySelector('article').insertAdjacentHTML('beforeend', '<details>x</details><details open>x</details>')"
    )
    folded = page.locator("details:not([open])").count()
    assert folded
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details:not([open])").count() == folded


def test_keys_lead_to_the_next_page_and_back(visit, address):
    page = visit(address + "guide/")
    page.keyboard.press("n")
    page.wait_for_url(address + "playbook/")
    page.keyboard.press("p")
    page.wait_for_url(address + "guide/")


def test_the_footer_leads_to_the_next_page(visit, address):
    page = visit(address + "en/guide/")
    page.locator(".md-footer__link--next").click()
    page.wait_for_url(address + "en/playbook/")


def test_the_search_opens_by_a_key_holds_the_page_still_and_closes(visit, address):
    page = visit(address + "guide/", **PHONE)
    page.evaluate("scrollTo(0, 1000)")
    page.keyboard.press("/")
    page.wait_for_selector("body[data-md-scrolllock]")
    assert page.evaluate("document.activeElement.matches('.md-search__input')")
    page.keyboard.press("Escape")
    page.wait_for_selector("body:not([data-md-scrolllock])")
    page.wait_for_function("scrollY === 1000")


def test_a_reader_who_is_quicker_than_the_script_finds_too(browser, address):
    context = browser.new_context(**DESKTOP)
    page = context.new_page()
    held = []
    page.route("**/site.*.js", lambda route: held.append(route))
    page.goto(address + "guide/", wait_until="commit")
    page.locator(".md-search__input").click()
    page.keyboard.type("BERT")
    page.wait_for_function("document.activeElement.value === 'BERT'")
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()
    page.locator(".md-search-result__link").first.wait_for()
    context.close()
