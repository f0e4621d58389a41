"""Every page in a real browser: both languages, phone and desktop, light and dark; the language switch; 404."""

import pytest
from conftest import PREFIX, SITE_URL, serving
from reader import NAMES, PAGES

WITH_FIGURES = [
    "problems/cnn-image-classification/",
    "problems/bert-text-classification/",
    "labs/overfitting/",
]
PHONE = {"viewport": {"width": 360, "height": 780}, "has_touch": True, "is_mobile": True}


@pytest.mark.parametrize("name", PAGES)
def test_no_request_leaves_and_nothing_fails(page, address, name):
    requests, failed = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on(
        "response", lambda response: failed.append(response.url) if response.status >= 400 else None
    )
    page.goto(address + name)
    page.click(".md-search__input")
    page.fill(".md-search__input", "model 模型")
    page.wait_for_function(
        "document.querySelector('.md-search-result__list').dataset.query !== undefined"
    )
    page.keyboard.press("Escape")
    page.wait_for_load_state("networkidle")
    assert len(requests) > 5
    assert not [url for url in requests if not url.startswith(address)], requests
    assert not failed


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_needs_no_sideways_scrolling(browser, address, name):
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.goto(address + name)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator("article h1").first.is_visible()
    context.close()


@pytest.mark.parametrize("name", WITH_FIGURES + ["en/" + name for name in WITH_FIGURES])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_figures_load_in_the_colours_of_the_page_and_fit_a_phone(browser, address, name, scheme):
    context = browser.new_context(**PHONE, color_scheme=scheme)
    page = context.new_page()
    page.goto(address + name)
    figures = page.locator("article img")
    shown = []
    for i in range(figures.count()):
        if figures.nth(i).is_visible():
            figures.nth(i).scroll_into_view_if_needed()
            page.wait_for_function(
                "image => image.complete && image.naturalWidth > 0",
                arg=figures.nth(i).element_handle(),
            )
            assert figures.nth(i).bounding_box()["width"] <= 340
            shown.append(figures.nth(i).get_attribute("src").split("#")[0])
    assert len(shown) == figures.count() / 2 >= 2
    assert all(source.endswith(f"-{scheme}.svg") for source in shown)
    context.close()


def test_both_versions_of_a_listing_are_in_tabs(page, address):
    page.goto(address + "en/guide/#bert-text-classification")
    section = page.locator("#bert-text-classification ~ .tabbed-set").first
    assert section.get_by_text("TFBertForSequenceClassification").first.is_visible()
    section.get_by_text("Corrected", exact=True).click()
    assert section.get_by_text("def train_epoch").is_visible()
    assert not section.get_by_text("TFBertForSequenceClassification").first.is_visible()


@pytest.mark.parametrize(
    "scheme, background", [("light", "rgb(253, 251, 246)"), ("dark", "rgb(22, 24, 29)")]
)
def test_the_colours_follow_the_system_and_the_switch(browser, address, scheme, background):
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(address + "guide/")
    colour = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(colour) == background
    page.locator("form[data-md-component=palette] button:visible").click()
    page.wait_for_function(f"{colour} !== '{background}'")
    other = page.evaluate(colour)
    page.reload()
    assert page.evaluate(colour) == other
    page.click("[data-language-switch]")
    page.wait_for_url("**/en/guide/")
    assert page.evaluate(colour) == other
    context.close()


@pytest.mark.parametrize("name", NAMES)
def test_the_switch_keeps_page_and_section(page, address, name):
    page.goto(address + name)
    page.click("[data-language-switch]")
    page.wait_for_url(address + "en/" + name)
    section = page.locator("article h2").nth(1).get_attribute("id")
    page.goto(address + "en/" + name + "#" + section)
    page.click("[data-language-switch]")
    page.wait_for_url(f"{address}{name}#{section}")
    top = page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", section)
    assert 0 < top < 500


def test_the_switch_after_a_search_hit_keeps_the_section(page, address):
    page.goto(address)
    page.click(".md-search__input")
    page.fill(".md-search__input", "泛化")
    page.wait_for_function(
        "document.querySelector('.md-search-result__list').dataset.query === '泛化'"
    )
    page.locator(".md-search-result__link").first.click()
    page.wait_for_url("**/guide/#*")
    section = page.url.split("#")[1]
    page.click("[data-language-switch]")
    page.wait_for_url(f"{address}en/guide/#{section}")
    page.go_back()
    page.wait_for_url(f"{address}guide/#{section}")


def test_the_switch_with_the_search_open_keeps_the_words(page, address):
    page.goto(address + "guide/")
    page.click(".md-search__input")
    page.fill(".md-search__input", "GPT-3")
    page.click("[data-language-switch]")
    page.wait_for_url(address + "en/guide/?q=GPT-3")
    page.wait_for_function(
        "document.querySelector('.md-search-result__list').dataset.query === 'GPT-3'"
    )
    assert (
        page.locator(".md-search-result__link").first.get_attribute("href")
        == address + "en/playbook/#openai"
    )


def test_the_switch_works_without_javascript(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "playbook/")
    page.click("[data-language-switch]")
    assert page.url == address + "en/playbook/"
    page.locator("#openai").wait_for(state="visible")
    page.locator(".md-search__input").wait_for(state="hidden")
    context.close()


def test_a_list_item_can_be_linked(page, address):
    page.goto(address + "guide/#model-compression")
    box = page.locator("li#model-compression").bounding_box()
    header = page.locator(".md-header").bounding_box()
    assert header["height"] <= box["y"] < 500


def test_a_term_tells_its_definition_and_leads_to_the_glossary(page, address):
    page.goto(address + "guide/#overfitting")
    term = page.locator("#overfitting ~ p .hb-term", has_text="过拟合").first
    term.hover()
    tip = page.locator(".md-tooltip2--active")
    tip.wait_for()
    assert "训练数据" in tip.inner_text()
    term.click()
    page.wait_for_url(address + "reference/glossary/#overfitting")


def test_code_can_be_copied_as_published(page, address):
    from conftest import ROOT

    page.goto(address + "en/guide/#cnn-image-classification")
    block = page.locator("#cnn-image-classification ~ .tabbed-set .highlight").first
    block.hover()
    block.locator("button.md-clipboard, button[data-md-type=copy]").first.click()
    copied = page.evaluate("navigator.clipboard.readText()")
    listing = (ROOT / "snippets/as_published/cnn_image_classification.py").read_text(
        encoding="utf-8"
    )
    assert copied.strip() == listing.strip()


@pytest.mark.parametrize(
    "path, first",
    [
        ("nowhere/", "没有这个页面"),
        ("en/no/such/page", "Page not found"),
        ("guide/x.html", "没有这个页面"),
    ],
)
@pytest.mark.parametrize("known", [True, False])
def test_the_404_page_leads_home_in_both_languages(browser, site, published, path, first, known):
    with serving(published if known else site) as root:
        context = browser.new_context(locale="zh-CN")
        page = context.new_page()
        assert page.goto(root + path).status == 404
        page.wait_for_function(
            "root => [...document.querySelectorAll('a')].every(a => a.href.startsWith(root))",
            arg=root,
        )
        headings = page.locator("h1")
        tops = {headings.nth(i).inner_text(): headings.nth(i).bounding_box()["y"] for i in range(2)}
        assert min(tops, key=tops.get) == first
        for link in page.locator("a").all():
            assert page.request.get(link.evaluate("a => a.href")).status == 200
        context.close()


def test_the_site_works_under_another_prefix_than_it_was_built_for(browser, published):
    with serving(published, "/elsewhere/") as root:
        page = browser.new_page()
        page.goto(root + "en/guide/")
        page.click("[data-language-switch]")
        page.wait_for_url(root + "guide/")
        assert (
            page.locator(".md-header").evaluate("el => getComputedStyle(el).position") == "sticky"
        )
        page.close()
    assert SITE_URL.endswith(PREFIX)
