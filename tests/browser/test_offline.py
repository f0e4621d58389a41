"""The zip, opened from a folder: no server, no network, and everything works."""

import zipfile

import pytest

from handbook.archive import pack
from handbook.book.offline import offline

SITE_URL = "https://example.org/some/prefix/"


@pytest.fixture(scope="module")
def folder(published_model, tmp_path_factory):
    """Where the zip has been unpacked; the site was built for an address."""
    where = tmp_path_factory.mktemp("offline")
    file = where / "handbook.zip"
    file.write_bytes(pack(offline(published_model, "zh", "handbook")))
    with zipfile.ZipFile(file) as archive:
        archive.extractall(where)
    return where / "handbook"


@pytest.fixture
def reader(page, folder):
    """A page that asks for nothing elsewhere and finds all that it asks for."""
    asked, failed = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: failed.append((request.url, request.failure)))
    yield page
    # A click may come before all of a page is there.
    assert asked and not [url for url, why in failed if why != "net::ERR_ABORTED"]
    assert all(url.startswith((folder.as_uri(), "data:")) for url in asked), asked


def open_page(reader, folder, name):
    """Open a page of the copy and wait for its scripts."""
    reader.goto(f"{folder.as_uri()}/site/{name}")
    reader.locator(".hb-share button").first.wait_for(state="attached")


def test_it_opens_at_its_start_and_links_lead_to_pages(reader, folder):
    open_page(reader, folder, "guide/index.html")
    reader.evaluate("location.href = '../../index.html'")  # the page to open first, which leads on
    reader.wait_for_url("**/site/index.html")
    reader.locator("article a[href*='guide']").first.click()
    reader.wait_for_url("**/site/guide/index.html*")
    reader.locator("article a[href$='playbook/index.html#challenges']").first.click()
    reader.wait_for_url("**/site/playbook/index.html#challenges")
    reader.locator(".md-footer__link--next").click()
    reader.wait_for_url("**/index.html")


@pytest.mark.parametrize(
    ("name", "query", "place"),
    [
        ("index.html", "过拟合", "/site/guide/index.html#overfitting"),
        ("labs/overfitting/index.html", "GPT-3", "/site/"),
        ("en/index.html", "overfitting", "/en/guide/index.html#overfitting"),
        ("en/labs/overfitting/index.html", "near-duplicates", "/en/labs/data-cleaning/index.html"),
    ],
)
def test_the_search_finds_sections(reader, folder, name, query, place):
    open_page(reader, folder, name)
    reader.keyboard.press("/")
    reader.keyboard.type(query)
    links = reader.locator(".md-search-result__link")
    links.first.wait_for()
    found = links.evaluate_all("links => links.map(link => link.href)")[:3]
    assert any(place in address for address in found), found
    links.first.click()
    reader.wait_for_url(f"{folder.as_uri()}/site/**/index.html*")
    reader.locator("article h1").wait_for()


def test_a_lab_shows_its_figures_and_gives_its_files(reader, folder):
    open_page(reader, folder, "labs/compression/index.html")
    shown = reader.locator("article img:visible")
    shown.first.scroll_into_view_if_needed()
    reader.wait_for_function("() => [...document.images].some(one => one.naturalWidth > 99)")
    address = reader.locator("article a[href$='.zip']").first.evaluate("link => link.href")
    assert (folder / address.removeprefix(f"{folder.as_uri()}/")).is_file()


def test_tokens_are_counted_without_a_worker(reader, folder):
    open_page(reader, folder, "labs/tokens/index.html")
    reader.fill(".hb-count textarea", "中华人民共和国个人信息保护法")
    reader.locator(".hb-count .md-button").click()
    reader.locator(".hb-count__result", has_text="4 个词元").wait_for()
    reader.select_option("[name=tokenizer]", "tekken")
    reader.locator(".hb-count__result", has_text="9 个词元").wait_for()


def test_the_language_switch_keeps_page_and_section(reader, folder):
    open_page(reader, folder, "guide/index.html#overfitting")
    for place in ("en/guide", "guide"):
        reader.locator("[data-language-switch]").click()
        reader.wait_for_url(f"**/site/{place}/index.html#overfitting")
        reader.locator(".hb-share button").first.wait_for(state="attached")


def test_dark_and_copied_links_work(reader, folder):
    open_page(reader, folder, "guide/index.html")
    ground = "getComputedStyle(document.body).backgroundColor"
    before = reader.evaluate(ground)
    reader.get_by_role("button", name="切换到深色").click()
    reader.wait_for_function(f"before => {ground} !== before", arg=before)
    reader.locator("#overfitting .hb-share button").first.click()
    reader.wait_for_function(
        f"async () => (await navigator.clipboard.readText()).startsWith('{SITE_URL}')"
    )


def test_what_the_copy_lacks_is_a_link_to_the_published_site_or_plain_words(reader, folder):
    open_page(reader, folder, "reference/downloads/index.html")
    assert "最新的在网站上" in reader.locator("article").inner_text()
    for page in folder.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "downloads/handbook-" not in text, page
