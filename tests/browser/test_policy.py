"""Every page and feature under the site's Content-Security-Policy: as the header of a server, and with the <meta> alone."""

import re

import pytest
from conftest import SITE_URL, serving
from tour import SELECT, Watched, open_page, search, written_headers

LANGUAGES = {"zh": "", "en": "en/"}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
COPIED = "!/^$|Tab/.test(document.querySelector('.hb-said').textContent)"


@pytest.fixture(scope="module", params=["headers", "meta"])
def root(request, drill):
    """Address of the site with the drill page; with the headers of its own header file, or with none."""
    with serving(
        drill, headers=written_headers(drill) if request.param == "headers" else None
    ) as address:
        yield address


def palette_and_reload(page, root):
    """The colours change, and stay after a reload and on another page."""
    open_page(page, root + "guide/")
    colour = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(colour)
    page.locator("form[data-md-component=palette] button:visible").click()
    page.wait_for_function(f"{colour} !== '{before}'")
    after = page.evaluate(colour)
    page.reload()
    page.wait_for_function(f"{colour} === '{after}'")


def code_copied(page, root):
    open_page(page, root + "guide/#cnn-image-classification")
    block = page.locator("#cnn-image-classification ~ .tabbed-set .highlight").first
    block.hover()
    block.locator("button.md-clipboard, button[data-md-type=copy]").first.click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.includes('import'))")


def tabs_and_folded_blocks(page, root):
    open_page(page, root + "drill/")
    labels = page.locator("#tabs ~ .tabbed-set").first.locator("label")
    labels.nth(1).click()
    page.locator("#in-a-tab").wait_for()
    page.locator("summary").first.click()
    page.locator("#in-a-fold").wait_for()


def searched_and_chosen(page, root):
    open_page(page, root + "")
    search(page, "过拟合")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/*#overfitting*")
    open_page(page, root + "en/?q=GPT-3")
    page.wait_for_function("document.querySelector('.md-search-result__list').children.length > 0")


def language_switched(page, root):
    open_page(page, root + "guide/#overfitting")
    page.click("[data-language-switch]")
    page.wait_for_url("**/en/guide/#overfitting")
    page.go_back()
    page.wait_for_url("**/guide/#overfitting")


def link_and_menu(page, root):
    open_page(page, root + "guide/#overfitting")
    page.click("#overfitting > .hb-share > button")
    page.wait_for_function(COPIED)
    items = page.locator(".hb-menu [role=menuitem]")
    assert items.count() == 6, "the two that lead to the repository too"
    items.nth(3).click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.startsWith('@misc'))")


def passage_linked(page, root):
    open_page(page, root + "guide/")
    page.evaluate(SELECT, "overfitting")
    page.locator(".hb-passage").click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.includes(':~:text='))")
    page.goto(page.evaluate("navigator.clipboard.readText()").replace(SITE_URL, root))


def tooltip_shown(page, root):
    open_page(page, root + "guide/#overfitting")
    page.locator("#overfitting ~ p .hb-term").first.hover()
    page.locator(".md-tooltip2--active").wait_for()


def contents_followed(page, root):
    open_page(page, root + "playbook/")
    page.evaluate("scrollTo(0, 3000)")
    page.wait_for_timeout(100)
    page.evaluate("scrollTo(0, 2500)")
    page.wait_for_function("!document.querySelector('[data-md-component=top]').hidden")
    page.click("[data-md-component=top]")
    page.wait_for_function("scrollY < 500")
    page.locator(".md-nav--secondary a:visible").nth(3).click()
    page.wait_for_function("location.hash.length > 1")
    page.locator("article .headerlink").nth(1).evaluate("link => link.click()")


def moved_things_reached(page, root):
    for start, end in [
        ("drill/#moved-away", "playbook/#openai"),
        ("former/#elsewhere", "guide/#overfitting"),
        ("s/guide/overfitting/?a=b", "guide/?a=b#overfitting"),
    ]:
        for prefix in LANGUAGES.values():
            page.goto("about:blank")
            page.goto(root + prefix + start)
            page.wait_for_url(root + prefix + end)


def not_found(page, root):
    for path, heading in [("nowhere/", "没有这个页面"), ("en/no/such", "Page not found")]:
        page.goto(root + path)
        assert page.locator("main").evaluate("main => getComputedStyle(main).display") == "flex", (
            "its style is blocked"
        )
        assert page.locator("html").get_attribute("lang") == ("en" if "en/" in path else "zh"), (
            "its script is blocked"
        )


FEATURES = [
    palette_and_reload,
    code_copied,
    tabs_and_folded_blocks,
    searched_and_chosen,
    language_switched,
    link_and_menu,
    passage_linked,
    tooltip_shown,
    contents_followed,
    moved_things_reached,
    not_found,
]


def test_every_feature_works_without_a_violation(browser, root):
    with Watched(browser, locale="zh-CN") as watched:
        for feature in FEATURES:
            feature(watched.page, root)
            assert not watched.errors, f"{feature.__name__}: {watched.errors}"
        assert not watched.foreign(root)


def test_so_it_does_on_a_phone_in_the_other_language(browser, root):
    with Watched(browser, locale="en-GB", color_scheme="dark", **PHONE) as watched:
        page = watched.page
        open_page(page, root + "guide/#overfitting")
        page.locator(".hb-offer a").click()
        page.wait_for_url("**/en/guide/#overfitting")
        page.locator("[for=__drawer]:visible").first.click()
        page.wait_for_function("document.getElementById('__drawer').checked")
        page.locator(".md-nav--primary .md-nav__link[for=__toc]:visible").click()
        page.goto("about:blank")
        page.goto(root + "en/guide/")
        page.locator(".md-header [for=__search]").first.click()
        page.fill(".md-search__input", "overfitting")
        page.locator(".md-search-result__link").first.click()
        page.wait_for_url("**#*")
        assert not watched.errors


def test_figures_are_shown_in_both_schemes(browser, root):
    for scheme in ("light", "dark"):
        with Watched(browser, color_scheme=scheme) as watched:
            for name in (
                "problems/cnn-image-classification/",
                "en/problems/bert-text-classification/",
            ):
                watched.page.goto(root + name)
                images = watched.page.locator("article img:visible")
                assert images.count() >= 2
                for image in images.all():
                    image.scroll_into_view_if_needed()
                    watched.page.wait_for_function(
                        "source => document.querySelector(`img[src='${source}']`).naturalWidth > 0",
                        arg=image.get_attribute("src"),
                    )
            assert not watched.errors


@pytest.mark.parametrize("name", ["cnn-confusion-light", "bert-curve-dark"])
def test_a_figure_opened_by_itself_keeps_its_colours(browser, root, name):
    with Watched(browser) as watched:
        watched.page.goto(f"{root}problems/figures/{name}.svg")
        fills = watched.page.evaluate(
            "[...document.querySelectorAll('text')].map(text => getComputedStyle(text).fill)"
        )
        assert fills and "rgb(0, 0, 0)" not in fills
        assert (
            watched.page.evaluate("getComputedStyle(document.querySelector('text')).fontSize")
            == "9px"
        )
        assert not watched.errors


def test_what_a_page_did_not_bring_along_is_blocked(browser, root):
    """Scripts, handlers, styles, frames, requests and forms that somebody got into a page come to nothing."""
    with Watched(browser) as watched:
        page = watched.page
        open_page(page, root + "guide/")
        page.evaluate("""() => {
            const script = document.createElement("script")
            script.textContent = "window.ran = 'script'"
            document.body.append(script)
            document.body.insertAdjacentHTML("beforeend", `<img src=x onerror="window.ran = 'handler'"><p style="color: red" id=styled>x</p>
                <iframe src="https://elsewhere.example/"></iframe><a href="javascript:window.ran = 'address'" id=address>x</a>`)
            document.getElementById("address").click()
            setTimeout("window.ran = 'string'")
        }""")
        fetched = page.evaluate(
            "fetch('https://elsewhere.example/').then(() => 'sent', error => error.name)"
        )
        page.wait_for_timeout(100)
        assert page.evaluate("window.ran") is None
        assert fetched == "TypeError"
        assert (
            page.evaluate("getComputedStyle(document.getElementById('styled')).color")
            != "rgb(255, 0, 0)"
        )
        blocked = " ".join(watched.errors)
        for directive in (
            "script-src-elem",
            "script-src-attr",
            "style-src-attr",
            "frame-src",
            "connect-src",
        ):
            assert f"violation: {directive}" in blocked, directive
        assert not watched.foreign(root)


def test_the_header_keeps_the_site_out_of_frames(browser, drill):
    with serving(drill, headers=written_headers(drill)) as root, Watched(browser) as watched:
        watched.page.set_content(f'<iframe src="{root}guide/"></iframe>')
        watched.page.wait_for_timeout(300)
        assert re.search("frame-ancestors|refused to connect", " ".join(watched.errors))
