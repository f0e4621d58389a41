"""What the pages load: one script for both languages, their own style sheet, nothing of the theme's that is not used."""

import gzip
import hashlib
import re

from audit.server import serving_compressed


def scripts_of(page):
    return page.tree.xpath("//script[not(@type)]")


def test_all_pages_name_one_script_whose_name_is_its_content(site, pages):
    named = {
        (page.file.parent / one.get("data-rest")).resolve()
        for page in pages
        for one in scripts_of(page)
    }
    assert len(named) == 1
    script = named.pop()
    assert script.parent == (site / "assets/javascripts").resolve()
    assert script.name == f"site.{hashlib.sha256(script.read_bytes()).hexdigest()[:8]}.js"


def test_the_one_script_in_the_pages_is_the_same_in_all(pages):
    assert all(len(scripts_of(page)) == 1 for page in pages)
    assert len({scripts_of(page)[0].text for page in pages}) == 1
    assert not [
        page.url
        for page in pages
        if page.tree.xpath("//*[@onclick or @onload or @onerror or @style]")
    ]


def test_the_style_sheet_stands_in_the_pages_after_what_crawlers_read(pages):
    sheets = set()
    for page in pages:
        assert not page.tree.xpath("//link[@rel='stylesheet']"), page.url
        [style] = page.tree.xpath("//style")
        assert style.getparent().tag == "head" and style.getnext() is None, page.url
        sheets.add(style.text)
    assert len(sheets) == 1
    sheet = sheets.pop()
    assert "url(" not in re.sub(r'url\("data:[^"]*"\)', "", sheet)
    for kept in (
        ".md-typeset .tabbed-set>input:nth-child(2):checked",
        "@media print",
        '[data-md-color-scheme="slate"]',
        ".no-js",
    ):
        assert kept in sheet
    for left_out in ("md-blog", "md-version", "md-consent", "[dir=rtl]"):
        assert left_out not in sheet


def test_nothing_of_the_theme_is_published_unused_and_nothing_twice(site):
    files = sorted(
        path.relative_to(site).as_posix() for path in (site / "assets").rglob("*") if path.is_file()
    )
    assert [re.sub(r"\.[0-9a-f]{8}\.", ".", name) for name in files if "/vendor/" not in name] == [
        "assets/images/icon.svg",
        "assets/javascripts/search-engine.js",
        "assets/javascripts/search-worker.js",
        "assets/javascripts/site.js",
    ]
    assert not (site / "en" / "assets").exists()


def test_what_english_pages_name_exists(site, pages):
    for page in pages:
        for reference in re.findall(
            r'(?:src|href|data-worker|data-rest)="((?:\.\.?/)*assets/[^"#?]*)',
            page.file.read_text(encoding="utf-8"),
        ):
            assert (page.file.parent / reference).is_file(), (page.url, reference)


def test_listings_keep_their_spaces(site, pages):
    [page] = [page for page in pages if page.url == "problems/cnn-image-classification/"]
    listing = next(
        code.text_content()
        for code in page.tree.xpath("//pre/code")
        if "def check(" in code.text_content()
    )
    assert (
        "\n    if images.ndim != 3 or images.shape[1:] != (SIZE, SIZE):\n        raise InputError("
        in listing
    )


def test_each_table_of_data_stands_in_its_box(pages):
    tables = [table for page in pages for table in page.article.xpath(".//table[not(@class)]")]
    assert tables
    assert all(table.getparent().get("class") == "md-typeset__table" for table in tables)


def test_the_server_of_the_audit_compresses_and_tells_of_what_is_missing(site):
    from urllib.error import HTTPError
    from urllib.request import urlopen

    with serving_compressed(site) as root:
        with urlopen(root + "en/guide/") as answer:
            assert answer.headers["Content-Encoding"] == "gzip"
            assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
            assert gzip.decompress(answer.read()) == (site / "en/guide/index.html").read_bytes()
        try:
            urlopen(root + "nowhere/")
        except HTTPError as error:
            assert error.code == 404
            assert gzip.decompress(error.read()) == (site / "404.html").read_bytes()
        else:
            raise AssertionError("a missing page was found")
