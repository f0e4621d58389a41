"""The zip, opened from a folder: no server, no network, and everything works."""

import zipfile

import pytest
from handbook.book.offline import offline, pack
from reader import SIZES

START = {"zh": "index.html", "en": "en/index.html"}


@pytest.fixture(scope="module")
def folder(published, tmp_path_factory):
    """Where the zip has been unpacked; the site was built for an address."""
    where = tmp_path_factory.mktemp("offline")
    (where / "handbook.zip").write_bytes(pack(offline(published), "handbook", START["zh"]))
    with zipfile.ZipFile(where / "handbook.zip") as archive:
        archive.extractall(where)
    return where / "handbook"


@pytest.fixture
def reader(browser, folder):
    """A tab whose every request is noted; the test fails when one goes elsewhere than to the folder, or the page logs an error."""
    context = browser.new_context(viewport=SIZES["desktop"], locale="zh-CN")
    tab, asked, errors = context.new_page(), [], []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.on(
        "console", lambda message: errors.append(message.text) if message.type == "error" else None
    )
    yield tab
    context.close()
    assert asked and all(url.startswith((folder.as_uri(), "data:")) for url in asked), asked
    assert not errors


def opened(page, folder, path):
    name, _, id = path.partition("#")
    page.goto((folder / name).as_uri() + (f"#{id}" if id else ""))
    page.wait_for_function(
        "document.querySelector('.hb-share button') || document.querySelector('[data-search] input')"
    )
    page.wait_for_function(
        "!document.querySelector('article h2') || document.querySelector('.hb-share button')"
    )


def test_the_zip_opens_at_its_start(reader, folder):
    reader.goto((folder / "index.html").as_uri())
    reader.wait_for_url("**/site/index.html")
    reader.get_by_role("link", name="创业指南").first.click()
    reader.wait_for_url("**/site/guide/index.html")
    assert reader.locator("h1").inner_text().startswith("AI大模型创业指南")
    reader.locator("a", has_text="关键挑战").first.click()
    reader.wait_for_url("**/site/playbook/index.html#challenges")


@pytest.mark.parametrize(
    ("language", "query", "place"),
    [
        ("zh", "过拟合", "guide/index.html#overfitting"),
        ("zh", "GPT-3", "index.html"),
        ("en", "overfitting", "en/guide/index.html#overfitting"),
        ("en", "near-duplicates", "en/labs/data-cleaning/index.html"),
    ],
)
def test_the_search_finds_sections(reader, folder, language, query, place):
    opened(reader, folder, "site/" + START[language])
    reader.keyboard.press("/")
    reader.keyboard.type(query)
    links = reader.locator(".md-search-result__link")
    links.first.wait_for()
    found = [link.get_attribute("href") for link in links.all()[:3]]
    assert any(place in address for address in found), found
    links.first.click()
    reader.wait_for_function("document.querySelector('article h1')")
    assert reader.url.startswith((folder / "site").as_uri()) and "index.html" in reader.url


def test_a_lab_shows_its_figures(reader, folder):
    opened(reader, folder, "site/labs/compression/index.html")
    image = reader.locator("article img[src*='only-light']").first
    image.scroll_into_view_if_needed()
    reader.wait_for_function(
        "() => [...document.querySelectorAll('article img')].some(i => i.complete && i.naturalWidth > 0)"
    )
    assert (folder / "site/labs/compression.zip").is_file()
    assert reader.locator("a[href$='compression.zip']").first.get_attribute("href")


def test_the_language_switch_keeps_page_and_section(reader, folder):
    opened(reader, folder, "site/guide/index.html#overfitting")
    reader.locator("[data-language-switch]").click()
    reader.wait_for_url("**/site/en/guide/index.html#overfitting")
    reader.wait_for_function("document.documentElement.lang === 'en'")
    reader.wait_for_function("document.querySelector('.hb-share button')")
    reader.locator("[data-language-switch]").click()
    reader.wait_for_url("**/site/guide/index.html#overfitting")


def test_dark_and_back(reader, folder):
    opened(reader, folder, "site/guide/index.html")
    before = reader.evaluate("getComputedStyle(document.body).backgroundColor")
    reader.locator("[data-md-component=palette] button:visible").click()
    reader.wait_for_function(
        "before => getComputedStyle(document.body).backgroundColor !== before", arg=before
    )


def test_a_copied_link_is_the_published_one(reader, folder):
    opened(reader, folder, "site/guide/index.html")
    reader.evaluate("""() => { window.copied = []
      Object.defineProperty(navigator, "clipboard", {value: {writeText: async text => { window.copied.push(text) }}}) }""")
    reader.locator("#overfitting .hb-share button").first.click()
    reader.wait_for_function(
        "window.copied.length || document.querySelector('.hb-share [role=menu], .hb-menu')"
    )
    copied = reader.evaluate("window.copied")
    assert copied and copied[0].startswith("https://example.org/some/prefix/"), copied
