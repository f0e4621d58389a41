"""No file of the built site names another host for the browser to load from; plain links aside."""

import re
from urllib.parse import urlsplit

import pytest
from conftest import SITE_URL
from lxml import html

LOADING = {  # what a browser fetches without a click, or sends with one
    "src": None, "srcset": None, "poster": None, "data": "object", "background": None, "ping": None, "action": None, "formaction": None,
    "imagesrcset": None, "manifest": None, "xlink:href": None,
}
LOADED_BY_LINK = re.compile(r"stylesheet|icon|preload|prefetch|preconnect|dns-prefetch|modulepreload|manifest|mask-icon|pingback|search")
CSS_ADDRESS = re.compile(r"""@import\s+["']([^"']+)|(?:url|image-set)\(\s*["']?([^"')\s]+)""")
# Addresses in strings of scripts: namespaces and error messages are none that anything is loaded from.
JS_ADDRESS = re.compile(r"""["'`](?:https?:|wss?:)?//([\w.-]+\.[a-z]{2,})(/[^"'`\s]*)?""")
NAMESPACES = {"www.w3.org"}


def foreign(address):
    return bool(urlsplit(address.strip()).netloc) and not address.strip().startswith("data:")


def css_addresses(css):
    return [address for pair in CSS_ADDRESS.findall(css) for address in pair if address]


@pytest.fixture(scope="module")
def trees(drill):
    """Every HTML file of the site with the drill page: share pages, redirects and 404.html too."""
    return {file.relative_to(drill): html.parse(str(file), html.HTMLParser(encoding="utf-8")).getroot() for file in drill.rglob("*.html")}


def test_no_element_loads_from_elsewhere(trees):
    assert len(trees) > 200
    for name, tree in trees.items():
        for element in tree.iter():
            if not isinstance(element.tag, str):
                continue
            for attribute, tag in LOADING.items():
                if (value := element.get(attribute)) and tag in (None, element.tag):
                    assert not [part for part in value.split(",") if foreign(part)], f"{name}: {html.tostring(element)[:200]}"
            if element.tag in ("link", "use", "image", "base") and (value := element.get("href")):
                if element.tag == "link" and not LOADED_BY_LINK.search(element.get("rel", "").lower()):
                    continue
                assert not foreign(value), f"{name}: {html.tostring(element)[:200]}"
            assert element.tag not in ("iframe", "object", "embed", "audio", "video", "applet", "frame", "base"), name


def test_no_page_sends_its_reader_elsewhere_by_itself(trees):
    for name, tree in trees.items():
        for content in tree.xpath("//meta[@http-equiv='refresh']/@content"):
            assert not foreign(content.partition("url=")[2]), name


def test_no_style_loads_from_elsewhere(drill, trees):
    sheets = {file.relative_to(drill): file.read_text(encoding="utf-8") for file in [*drill.rglob("*.css"), *drill.rglob("*.svg")]}
    sheets |= {name: " ".join(tree.xpath("//style/text() | //@style")) for name, tree in trees.items()}
    assert len(sheets) > 20
    for name, css in sheets.items():
        assert not [address for address in css_addresses(css) if foreign(address)], name


def test_figures_load_nothing(drill):
    for file in drill.rglob("*.svg"):
        addresses = re.findall(r'\b(?:xlink:)?href="([^"]*)"', file.read_text(encoding="utf-8"))
        assert not [address for address in addresses if not address.startswith(("#", "data:image/"))], file.name


def test_no_script_names_another_host(drill, trees):
    scripts = {file.relative_to(drill): file.read_text(encoding="utf-8") for file in drill.rglob("*.js") if "lunr" not in file.parts}
    scripts |= {name: " ".join(tree.xpath("//script[not(contains(@type, 'json'))]/text()")) for name, tree in trees.items()}
    found = {match for name, js in scripts.items() for match in JS_ADDRESS.findall(js) if match[0] not in NAMESPACES}
    assert not found
    for name, tree in trees.items():
        assert not tree.xpath("//*[@data-md-component='source'] | //*[contains(@class, 'mermaid')]"), name


def test_other_sites_are_not_told_where_a_reader_comes_from(trees):
    for name, tree in trees.items():
        assert tree.xpath("//meta[@name='referrer']/@content") == ["same-origin"], name
        for link in tree.xpath("//a[@target]"):
            assert "noopener" in link.get("rel", ""), name


@pytest.mark.parametrize("css, address", [
    ("@import url(https://a.example/x.css)", True), ('@import "//a.example/x.css"', True), ("p{background:url( 'http://a.example/x' )}", True),
    ("p{background:url(../x.png)}", False), ("p{background:url(data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E)}", False),
])
def test_addresses_in_styles_are_seen(css, address):
    assert any(map(foreign, css_addresses(css))) == address


def test_the_address_of_the_site_itself_is_the_only_one_in_its_head(trees):
    for name, tree in trees.items():
        for link in tree.xpath("//head/link/@href"):
            assert not foreign(link) or link.startswith(SITE_URL), name
