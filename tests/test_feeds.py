"""What programs and followers get: llms.txt, robots.txt and the feed."""

import re
from urllib.parse import urljoin
from urllib.robotparser import RobotFileParser

import feedparser
import pytest
from conftest import SITE_URL
from lxml import etree
from small_site import small_site

from handbook.share.feeds import write
from handbook.share.plain import write as write_plain

ATOM = "{http://www.w3.org/2005/Atom}"
LANGUAGES = pytest.mark.parametrize("language, folder", [("zh", ""), ("en", "en/")])
NAVIGATION = """<nav class="md-nav md-nav--primary"><ul>
<li><a href="."><span class="md-ellipsis">Home</span></a><a href="#x">X</a></li>
<li><label><span class="md-ellipsis">Both</span></label><nav><ul><li><a href="guide/">G</a></li></ul></nav></li>
</ul></nav>"""
EDITION = (
    '<h1 id="changelog">Changes</h1><h2 id="edition-2">2: a &lt;b&gt;</h2><p>{date}</p><p>New &amp; <a '
    'href="../../guide/#x">good</a>.</p><ul><li>one</li></ul><h2 id="follow">Follow</h2><p>No.</p>'
)


@LANGUAGES
@pytest.mark.parametrize("kind", ["built", "published"])
def test_llms_txt_lists_every_page(request, kind, language, folder):
    site = request.getfixturevalue("site_model" if kind == "built" else "published_model")
    base = (SITE_URL if kind == "published" else "http://host/") + folder
    text = (site.root(language) / "llms.txt").read_text(encoding="utf-8")
    lines = text.split("\n")
    assert lines[0].startswith("# ") and lines[2].startswith("> ") and text.count("\n# ") == 0
    links = re.findall(r"^- \[.+\]\(([^)]+)\)(?:: .+)?$", text, re.MULTILINE)
    assert len(links) == len([line for line in lines if line.startswith("- ")])
    root = SITE_URL if kind == "published" else "http://host/"
    files = [site.folder / urljoin(base, link).removeprefix(root) for link in links]
    assert all(file.is_file() for file in files), links
    assert {page.file.with_suffix(".md") for page in site.of(language)} <= set(files)
    assert len(re.findall("^## ", text, re.MULTILINE)) > 4  # grouped as the navigation is


def test_pages_outside_the_navigation_may_be_left_out_by_readers(tmp_path):
    article = '<h1 id="x">A [title]</h1>'
    pages = {"zh/guide": article, "zh/aside": article}
    site = small_site(tmp_path, pages, "https://x.org/", NAVIGATION)
    assert write(site) == []
    parts = (tmp_path / "llms.txt").read_text(encoding="utf-8").split("## ")[1:]
    assert [part.split("\n")[0] for part in parts] == ["Home", "Both", "Optional"]
    assert "- [A \\[title\\]](https://x.org/guide/index.md): About it.\n" in parts[1]
    assert "aside/index.md" in parts[2] and "guide" not in parts[2]


def test_robots_and_feeds_are_there_only_with_an_address(built, published):
    for name in ("robots.txt", "feed.xml", "en/feed.xml"):
        assert not (built / name).exists() and (published / name).is_file(), name
    parser = RobotFileParser()
    parser.parse((published / "robots.txt").read_text().splitlines())
    assert parser.can_fetch("*", SITE_URL + "en/guide/")
    assert parser.site_maps() == [SITE_URL + "sitemap.xml", SITE_URL + "en/sitemap.xml"]
    assert all((published / at.removeprefix(SITE_URL)).is_file() for at in parser.site_maps())


@LANGUAGES
def test_the_feed_has_the_editions_of_the_changelog(published, published_model, language, folder):
    data = (published / folder / "feed.xml").read_bytes()
    feed, page = feedparser.parse(data), published_model.page(language, "reference/changelog")
    assert not feed.bozo and feed.version == "atom10" and feed.feed.language == language
    editions = [section for section in page.sections if section.id.startswith("edition-")]
    assert [entry.title for entry in feed.entries] == [one.title for one in editions]
    assert [one.id for one in editions][-2:] == ["edition-2", "edition-1"]
    for entry, edition in zip(feed.entries, editions, strict=True):
        assert entry.id == entry.link == f"{page.canonical}#{edition.id}"
        assert entry.updated_parsed and len(entry.summary) > 40 and entry.updated >= "2026-11-25"
        for target in re.findall(r'href="([^"#]*)', entry.content[0].value):
            assert target.startswith(SITE_URL + folder) and (
                (published / target.removeprefix(SITE_URL) / "index.html").is_file()
            )


@LANGUAGES
def test_the_feed_has_what_rfc_4287_demands(published, language, folder):
    """One id, title and date in the feed and in each entry; an author; ids that differ; a link to itself."""
    root = etree.parse(published / folder / "feed.xml").getroot()
    parts = [root, *root.iter(ATOM + "entry")]
    assert root.tag == ATOM + "feed" and root.findtext(f"{ATOM}author/{ATOM}name")
    for part in parts:
        for name in ("id", "title", "updated"):
            (text,) = [one.text for one in part.findall(ATOM + name)]
            assert text.strip()
        assert re.fullmatch(r"\d{4}(-\d\d){2}T\d\d:\d\d:\d\dZ", part.findtext(ATOM + "updated"))
    assert len({part.findtext(ATOM + "id") for part in parts}) == len(parts) > 2
    (own,) = root.xpath("*[@rel='self']/@href")
    assert own == root.findtext(ATOM + "id") == f"{SITE_URL}{folder}feed.xml"


@pytest.mark.parametrize("date, fine", [("2026-11-25", True), ("yesterday", False), ("", False)])
def test_an_edition_without_a_date_is_told(tmp_path, date, fine):
    articles = {f"{one}/reference/changelog": EDITION.format(date=date) for one in ("zh", "en")}
    problems = write(small_site(tmp_path, articles, "https://x.org/"), tmp_path)
    if fine:
        (entry,) = feedparser.parse((tmp_path / "en/feed.xml").read_bytes()).entries
        assert entry.title == "2: a <b>" and entry.summary == "New & good."
        assert 'href="https://x.org/en/guide/#x"' in entry.content[0].value
        assert "Follow" not in entry.content[0].value
    else:
        assert [str(problem).split(". ")[0] for problem in problems] == [
            f"docs/{one}/reference/changelog.md:1: edition-2 has no date" for one in ("zh", "en")
        ]
        assert not (tmp_path / "feed.xml").exists()


def test_a_site_in_flat_files_is_listed_too(tmp_path):
    site = small_site(tmp_path, {"zh/labs/a": '<h1 id="a">A</h1>'}, flat=True)
    write_plain(site)
    assert write(site) == []
    (link,) = re.findall(r"\[A\]\((.*)\)", (tmp_path / "llms.txt").read_text(encoding="utf-8"))
    assert (tmp_path / link).is_file() and link == "labs/a.md"
