"""What programs and followers get: plain Markdown, llms.txt, robots.txt, sitemaps, feeds, the edition of each page."""

import re
from posixpath import normpath
from urllib.parse import unquote, urljoin, urlsplit

import feedparser
import pytest
from conftest import PREFIX, ROOT, SITE_URL, serving
from handbook.editions import LANGUAGES, plain_pages_of, read_changelog, read_snapshot
from handbook.share.plain import NAME, sections_of
from lxml import etree

FOLDERS = {"zh": "", "en": "en/"}
LINK = re.compile(r"\]\(([^()\s]+(?:\([^()\s]*\)[^()\s]*)*)(?: \"[^\"]*\")?\)")
FENCED = re.compile(r"^([> ]*)(`{3,}).*?^\1\2$", re.MULTILINE | re.DOTALL)
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def prose(text):
    return re.sub(r"`[^`\n]*`", "", FENCED.sub("", text))


def plain_of(site, page):
    return (site / page.url / NAME).read_text(encoding="utf-8")


# ---- plain Markdown ----


def test_every_page_has_a_plain_version_and_names_it(pages, site):
    assert len(pages) >= 26
    for page in pages:
        (link,) = page.tree.xpath("//head/link[@rel='alternate'][@type='text/markdown']")
        assert link.get("href") == NAME
        assert plain_of(site, page).startswith("# "), page.url


def test_it_has_the_sections_of_the_page_in_their_order(pages, site):
    for page in pages:
        headings = [id for _, id in page.headings]
        assert [id for id, _, _ in sections_of(plain_of(site, page))] == headings, page.url
        anchors = set(re.findall(r'<a id="([\w-]+)"></a>', plain_of(site, page)))
        # Without those that tabs, line numbers and notes of moved sections bring.
        scripts = {e.get("id") for e in page.article.iter("script", "input")}
        given = {
            id
            for id in page.ids
            if id not in scripts
            and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id)
            and not id.startswith("__")
        }
        given -= {e.get("id") for e in page.article.find_class("hb-moved")}
        assert anchors == given, page.url


def test_nothing_of_our_own_markdown_is_left(pages, site):
    for page in pages:
        text = plain_of(site, page)
        for mark in ("--8<--", "<!--", "translated_from", "{{changes"):
            assert mark not in text, f"{page.url}: {mark}"
        for found in (
            r"\{[:#.]",
            r"^ *(!!!|\?\?\?|===) ",
            r"</?(?!a\b)[a-z]+[ >]",
            r"#only-",
            r"&nbsp;",
            r"\0",
        ):
            assert not re.search(found, prose(text), re.MULTILINE), (
                f"{page.url}: {re.search(found, prose(text), re.MULTILINE)}"
            )


def test_listings_tables_and_numbers_are_in_place(pages, site):
    for page in pages:
        text = re.sub(r"^ *(?:> ?)*", "", plain_of(site, page), flags=re.MULTILINE)
        spaced = " ".join(text.split())
        for code in page.article.xpath(".//div[contains(@class, 'highlight')]//code"):
            for line in code.text_content().strip("\n").split("\n"):
                assert " ".join(line.split()) in spaced, f"{page.url}: {line}"
        squeezed = re.sub(
            r"[\s*_`\\|]",
            "",
            re.sub(r"\]\([^()]*(?:\([^()]*\)[^()]*)*\)|<a id=[^>]*></a>", "", text),
        ).replace("[", "")
        for cell in page.article.iter("td", "th"):
            words = re.sub(r"[\s*_`\\|\[]", "", cell.text_content()).replace("]", "")
            assert words in squeezed.replace("]", ""), f"{page.url}: {cell.text_content()}"
        for number in re.findall(r"\d+\.\d+%?", page.article.xpath("string(.//p[last()])")):
            assert number in text


def test_links_lead_to_what_is_there(pages, site):
    """To plain pages and their sections, from any folder, without an address of the site."""
    count = 0
    for page in pages:
        for target in LINK.findall(prose(plain_of(site, page))):
            if urlsplit(target).scheme:
                continue
            path, _, id = target.partition("#")
            assert not path.startswith("/") and not path.endswith((".ipynb", "/")), (
                f"{page.url}: {target}"
            )
            file = site / normpath(page.url + unquote(path)) if path else site / page.url / NAME
            assert file.is_file(), f"{page.url}: {target}"
            assert not id or f'<a id="{id}"></a>' in file.read_text(encoding="utf-8"), (
                f"{page.url}: {target}"
            )
            count += 1
    assert count > 400


def test_it_is_the_same_whatever_the_address(site, published):
    for language in LANGUAGES:
        assert plain_pages_of(site, language) == plain_pages_of(published, language)


def test_a_program_finds_it_from_the_page(site, pages):
    from urllib.request import urlopen

    with serving(site) as root:
        for page in pages[:6]:
            with urlopen(
                urljoin(
                    root + page.url, page.tree.xpath("string(//link[@type='text/markdown']/@href)")
                )
            ) as answer:
                assert answer.status == 200 and answer.read().decode("utf-8").startswith("# ")


# ---- llms.txt, robots.txt, sitemaps ----


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["site", "published"])
def test_llms_txt_lists_every_page(request, kind, language):
    folder = request.getfixturevalue(kind)
    base = (SITE_URL if kind == "published" else "http://host" + PREFIX) + FOLDERS[language]
    text = (folder / FOLDERS[language] / "llms.txt").read_text(encoding="utf-8")
    lines = text.split("\n")
    assert (
        lines[0].startswith("# ")
        and lines[1] == ""
        and lines[2].startswith("> ")
        and text.count("\n# ") == 0
    )
    links = re.findall(r"^- \[[^\]]+\]\(([^)]+)\)(?:: .+)?$", text, re.MULTILINE)
    assert len(links) == len([line for line in lines if line.startswith("- ")])
    files = {urljoin(base, link).removeprefix(base) for link in links}
    assert {file for file in files if file.endswith(NAME)} == {
        (address.lstrip("/") + NAME) for address in plain_pages_of(folder, language)
    }
    for link in links:
        at = urljoin(base, link).removeprefix(SITE_URL).removeprefix("http://host" + PREFIX)
        assert (folder / at).is_file(), link
        assert kind != "published" or link.startswith(SITE_URL)


def test_robots_and_feeds_are_there_only_with_an_address(site, published):
    for name in ("robots.txt", "feed.xml", "en/feed.xml", "sitemap.xml", "en/sitemap.xml"):
        assert not (site / name).exists() and (published / name).is_file(), name
    assert not (published / "en/robots.txt").exists()
    robots = (published / "robots.txt").read_text(encoding="utf-8")
    assert re.findall(r"^Sitemap: (.*)$", robots, re.MULTILINE) == [
        SITE_URL + "sitemap.xml",
        SITE_URL + "en/sitemap.xml",
    ]
    from urllib.robotparser import RobotFileParser

    parser = RobotFileParser()
    parser.parse(robots.splitlines())
    assert parser.can_fetch("*", SITE_URL + "en/guide/") and len(parser.site_maps()) == 2


def test_sitemaps_hold_each_page_with_both_languages(published, published_pages):
    for language, folder in FOLDERS.items():
        urls = etree.parse(published / folder / "sitemap.xml").getroot().findall(f"{SITEMAP}url")
        own = {
            url.findtext(f"{SITEMAP}loc"): {
                link.get("hreflang"): link.get("href")
                for link in url.iter("{http://www.w3.org/1999/xhtml}link")
            }
            for url in urls
        }
        assert set(own) == {
            SITE_URL + page.url for page in published_pages if page.language == language
        }
        for page in published_pages:
            if page.language == language:
                chinese, english = SITE_URL + page.name, SITE_URL + "en/" + page.name
                assert own[SITE_URL + page.url] == {
                    "zh": chinese,
                    "en": english,
                    "x-default": chinese,
                }
                stated = {
                    link.get("hreflang"): link.get("href")
                    for link in page.tree.xpath("//head/link[@hreflang]")
                }
                assert stated == own[SITE_URL + page.url]


# ---- feeds ----


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_feed_is_read_without_complaint(published, language):
    file = published / FOLDERS[language] / "feed.xml"
    feed, base = feedparser.parse(file.read_bytes()), SITE_URL + FOLDERS[language]
    assert not feed.bozo and feed.version == "atom10" and feed.feed.language == language
    editions = read_changelog()
    assert [entry.title.split("：" if language == "zh" else ":")[0] for entry in feed.entries] == [
        ("第 {} 版" if language == "zh" else "Edition {}").format(edition.number)
        for edition in editions
    ]
    for entry, edition in zip(feed.entries, editions, strict=True):
        assert entry.id == entry.link == f"{base}reference/changelog/#edition-{edition.number}"
        assert (
            entry.updated == f"{edition.date}T00:00:00Z"
            and entry.updated_parsed
            and entry.summary == edition.texts[language]
        )
        page = (published / FOLDERS[language] / "reference/changelog/index.html").read_text(
            encoding="utf-8"
        )
        assert f'id="edition-{edition.number}"' in page
        html = entry.content[0].value
        assert 'href="/' not in html and 'href=".' not in html and "{{" not in html
        for target in re.findall(r'href="([^"#]*)', html):
            assert (
                target.startswith(base)
                and (published / target.removeprefix(SITE_URL) / "index.html").is_file()
            ), target


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_feed_has_what_rfc_4287_demands(published, language):
    """One id, title and updated in the feed and in each entry; an author; ids that differ; dates of RFC 3339; a link to itself."""
    root = etree.parse(published / FOLDERS[language] / "feed.xml").getroot()
    assert root.tag == ATOM + "feed" and root.find(ATOM + "author").findtext(ATOM + "name")
    entries = root.findall(ATOM + "entry")
    for part in [root, *entries]:
        for name in ("id", "title", "updated"):
            assert len(part.findall(ATOM + name)) == 1 and part.findtext(ATOM + name).strip()
        assert urlsplit(part.findtext(ATOM + "id")).scheme == "https"
        for date in part.findall(ATOM + "updated") + part.findall(ATOM + "published"):
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", date.text)
        kinds = [
            (link.get("rel"), link.get("type"), link.get("hreflang"))
            for link in part.findall(ATOM + "link")
        ]
        assert len(kinds) == len(set(kinds))
    ids = [part.findtext(ATOM + "id") for part in [root, *entries]]
    assert len(ids) == len(set(ids)) == len(entries) + 1
    (own,) = [link.get("href") for link in root.findall(ATOM + "link") if link.get("rel") == "self"]
    assert own == SITE_URL + FOLDERS[language] + "feed.xml" == ids[0]
    assert root.findtext(ATOM + "updated") == max(
        entry.findtext(ATOM + "updated") for entry in entries
    )


def test_pages_name_the_feed_of_their_language(pages, published_pages):
    for page in published_pages:
        (link,) = page.tree.xpath("//head/link[@type='application/atom+xml']")
        assert (
            link.get("rel") == "alternate"
            and link.get("href") == SITE_URL + FOLDERS[page.language] + "feed.xml"
            and link.get("title")
        )
    assert not any(page.tree.xpath("//link[@type='application/atom+xml']") for page in pages)


# ---- editions ----


def test_each_page_says_its_edition_and_leads_to_its_changes(pages, site):
    newest = read_changelog()[0]
    for page in pages:
        (line,) = page.article.find_class("hb-edition")
        assert str(newest.number) in line.text_content() and newest.date in line.text_content()
        links = line.xpath(".//a/@href")
        if page.name == "reference/changelog/":
            assert not links
            continue
        path, _, id = links[0].partition("#")
        changelog = site / normpath(page.url + path) / "index.html"
        assert f'id="{id}"' in changelog.read_text(encoding="utf-8"), page.url


def test_the_changelog_lists_what_the_editions_say(pages):
    """New pages, and sections that changed, as the recorded editions differ; each with a link to what is there."""
    by_url = {page.url: page for page in pages}
    for language, folder in FOLDERS.items():
        page = by_url[folder + "reference/changelog/"]
        for edition in read_changelog()[:-1]:
            old, new = (
                read_snapshot(ROOT, edition.number - 1, language),
                read_snapshot(ROOT, edition.number, language),
            )
            heading = page.tree.get_element_by_id(f"edition-{edition.number}")
            lists = [
                e
                for e in heading.itersiblings()
                if e.tag == "div" and e.get("data-search-exclude") is not None
            ]
            links = {
                normpath("/" + page.url + link.partition("#")[0])
                .removeprefix(f"/{folder}".rstrip("/") or "/")
                .strip("/")
                + "#"
                + link.partition("#")[2]
                for link in lists[0].xpath(".//a/@href")
            }
            for address in new:
                if address not in old:
                    assert address.strip("/") + "#" in links
                    continue
                for id, section in new[address].items():
                    differs = id not in old[address] or old[address][id].hash != section.hash
                    assert (f"{address.strip('/')}#{id}" in links) == differs, f"{address}#{id}"


def test_edition_1_is_the_one_before_the_labs():
    for language in LANGUAGES:
        first, second = read_snapshot(ROOT, 1, language), read_snapshot(ROOT, 2, language)
        assert set(first) == {
            "/",
            "/guide/",
            "/playbook/",
            "/problems/cnn-image-classification/",
            "/problems/bert-text-classification/",
            "/reference/glossary/",
        }
        assert "/labs/" in second and set(first) <= set(second)
