"""The built HTML: languages that match, links that lead somewhere, nothing absolute, nothing from elsewhere."""

import json
import re
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from conftest import SITE_URL
from lxml import etree

HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def by_language(pages, language):
    return {page.name: page for page in pages if page.language == language}


def test_both_languages_have_the_same_pages(pages):
    assert by_language(pages, "zh").keys() == by_language(pages, "en").keys()
    assert len(pages) >= 8


def test_headings_and_ids_are_the_same_in_both_languages(pages):
    chinese, english = by_language(pages, "zh"), by_language(pages, "en")
    for name, page in chinese.items():
        assert page.headings == english[name].headings, name
        assert page.ids == english[name].ids, name


def test_every_heading_has_an_ascii_id(pages):
    for page in pages:
        for level, id in page.headings:
            assert id and ID.fullmatch(id), f"{page.url}: h{level} has the id {id!r}"


def test_no_id_is_empty_or_double(pages):
    for page in pages:
        ids = [e.get("id") for e in page.tree.iter() if isinstance(e.tag, str) and e.get("id") is not None]
        assert "" not in ids, page.url
        doubles = {id for id in ids if ids.count(id) > 1}
        assert not doubles, f"{page.url}: {doubles}"


def targets(page):
    """Address of every link and resource of a page, as written."""
    for element in page.tree.iter():
        if isinstance(element.tag, str):
            for name in ("href", "src"):
                if element.get(name) is not None:
                    yield element, element.get(name)


def test_every_link_leads_to_a_page_and_a_section(site, pages):
    ids = {page.url: set(page.tree.xpath("//@id")) for page in pages}
    for page in pages:
        for _, target in targets(page):
            if urlsplit(target).scheme:
                continue
            path, fragment = urldefrag(urljoin("/" + page.url, target))
            path = unquote(path).lstrip("/")
            file = site / path / "index.html" if path.endswith("/") or not path else site / path
            assert file.is_file(), f"{page.url}: {target} leads nowhere"
            if fragment and path in ids:
                assert unquote(fragment) in ids[path], f"{page.url}: {target} leads to no section"


def test_everything_is_relative(pages):
    for page in pages:
        for element, target in targets(page):
            parts = urlsplit(target)
            if parts.scheme == "data":  # the icon, which is in the page
                assert element.tag in ("link", "img"), f"{page.url}: {target}"
            elif parts.scheme:
                assert element.tag == "a" and parts.scheme in ("http", "https", "mailto"), f"{page.url}: {target}"
            else:
                assert not target.startswith("/"), f"{page.url}: {target} breaks under a prefix"


def test_without_an_address_there_is_nothing_absolute(site, pages):
    for page in pages:
        assert not page.tree.xpath("//link[@rel='canonical']"), page.url
        assert not page.tree.xpath("//link[@hreflang]"), page.url
    assert not list(site.rglob("sitemap.xml*"))


def test_with_an_address_pages_name_their_own_and_the_other_language(published_pages):
    for page in published_pages:
        assert page.tree.xpath("//link[@rel='canonical']/@href") == [SITE_URL + page.url]
        links = {link.get("hreflang"): link.get("href") for link in page.tree.xpath("//link[@hreflang]")}
        assert links == {
            "zh": SITE_URL + page.name, "en": SITE_URL + "en/" + page.name, "x-default": SITE_URL + page.name,
        }
        assert {link.get("rel").strip() for link in page.tree.xpath("//link[@hreflang]")} == {"alternate"}


@pytest.mark.parametrize("language, folder", [("zh", ""), ("en", "en/")])
def test_sitemap_lists_the_pages_of_its_language(published, published_pages, language, folder):
    tree = etree.parse(str(published / folder / "sitemap.xml"))
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    found = tree.xpath("//s:loc/text()", namespaces=names)
    assert sorted(found) == sorted(SITE_URL + p.url for p in published_pages if p.language == language)
    for url in tree.xpath("//s:url", namespaces=names):
        assert {link.get("hreflang") for link in url.findall("x:link", names)} == {"zh", "en", "x-default"}


def test_the_switch_leads_to_the_same_page_in_the_other_language(pages):
    for page in pages:
        link, = page.tree.xpath("//a[@data-language-switch]")
        other = "en/" + page.name if page.language == "zh" else page.name
        assert urljoin("/" + page.url, link.get("href")).lstrip("/") == other
        assert link.get("hreflang") == link.get("lang") != page.language


def test_page_language_and_title(pages):
    for page in pages:
        assert page.tree.get("lang") == page.language
        title = page.tree.findtext(".//title")
        assert "Home" not in title and not title.startswith(" -"), title
        if page.name in ("guide/", "playbook/"):
            heading = page.article.xpath(".//h1")[0].text.strip()
            assert title.startswith(heading)
        assert 30 < len(page.tree.xpath("//meta[@name='description']/@content")[0]) < 220, page.url


def visible_text(element, skip_chinese=True):
    """Text of an element without code and, on request, without what is marked as Chinese."""
    if not isinstance(element.tag, str) or element.tag in ("code", "pre", "script", "style"):
        return ""
    if skip_chinese and element.get("lang", "").startswith("zh"):
        return ""
    parts = [element.text or ""]
    for child in element:
        parts += [visible_text(child, skip_chinese), child.tail or ""]
    return "".join(parts)


def test_no_chinese_leaks_into_english_pages(pages):
    for page in pages:
        if page.language != "en":
            continue
        for line in visible_text(page.tree.find("body")).splitlines():
            assert not HAN.search(line), f"{page.url}: {line.strip()}"
        for element in page.tree.iter():
            if isinstance(element.tag, str) and not (element.get("lang") or "").startswith("zh"):
                for name in ("title", "alt", "aria-label", "placeholder"):
                    assert not HAN.search(element.get(name) or ""), f"{page.url}: {name}={element.get(name)}"


def test_no_invisible_characters(pages):
    for page in pages:
        assert not INVISIBLE.search(page.tree.text_content()), page.url


def test_images_have_a_text_alternative(pages):
    for page in pages:
        for image in page.article.iter("img"):
            assert (image.get("alt") or "").strip(), f"{page.url}: {image.get('src')}"


@pytest.mark.parametrize("language, folder", [("zh", ""), ("en", "en/")])
def test_search_index_holds_the_sections_of_one_language(site, pages, language, folder):
    index = json.loads((site / folder / "search/search_index.json").read_text(encoding="utf-8"))
    own = by_language(pages, language)
    places = [doc["location"] for doc in index["docs"]]
    assert len(places) == len(set(places))
    for place in places:
        name, _, id = place.partition("#")
        assert name in own and (not id or id in own[name].ids), place
    for name, page in own.items():
        if name:  # the home page holds links only and is left out
            first, *sections = [id for _, id in page.headings]
            assert {f"{name}#{id}" for id in sections} | {name} <= set(places), name
    assert not INVISIBLE.search(json.dumps(index, ensure_ascii=False))
    han = sum(bool(HAN.search(doc["title"])) for doc in index["docs"])
    assert han == 0 if language == "en" else han > len(places) / 2


def test_the_404_page_stands_alone(site, published):
    assert not (site / "en/404.html").exists()
    for folder, root in ((site, "/"), (published, "/some/prefix/")):
        text = (folder / "404.html").read_text(encoding="utf-8")
        assert 'lang="zh"' in text and 'lang="en"' in text
        assert not re.search(r"<(link|img|script src)", text.replace('<link rel="icon" href="data:', ""))
        for target in re.findall(r'<a href="([^"]*)"', text):
            assert target.startswith(root)
            assert (folder / target[len(root):] / "index.html").is_file(), target


def test_pages_without_tooltip_markup_in_headings(pages):
    for page in pages:
        assert not page.article.xpath(".//*[self::h1 or self::h2 or self::h3]//a[contains(@class,'hb-term')]"), page.url
