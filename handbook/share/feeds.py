"""What programs and followers find at the root of each language: llms.txt, robots.txt and the feed of new editions."""

import re
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from posixpath import relpath
from urllib.parse import unquote, urljoin

from lxml import etree, html
from lxml.builder import ElementMaker
from lxml.html import HtmlElement

from handbook.addresses import ROOT, source_of
from handbook.problems import Problem
from handbook.share.names import home_address, page_of, site_name
from handbook.site import LANGUAGES, Page, Site, text_of

CHANGELOG = "reference/changelog"
EDITION = re.compile(r"edition-\d+")
ATOM = "http://www.w3.org/2005/Atom"
E = ElementMaker(namespace=ATOM, nsmap={None: ATOM})
ABOUT = {
    "zh": "每一页都有不带网页装饰的 Markdown：在页面地址后面加上 `index.md`，代码、数字和表格都在里面。"
    '各节的 id 以 `<a id="…"></a>` 标出，页面地址加上 `#id` 就是这一节的链接，长期有效。',
    "en": "Each page has a plain Markdown version: its address plus `index.md`, with listings, numbers and tables in "
    "place. `<a id=\"…\"></a>` marks the id of a section; a page's address plus `#id` is a link to that section, "
    "for good.",
}
OTHER = {"zh": ("en/", "English edition of this list"), "en": ("../", "本清单的中文版")}
FEED = {"zh": "更新订阅（Atom）", "en": "Feed of the editions (Atom)"}


@dataclass(frozen=True)
class Edition:
    """One entry of the changelog page."""

    id: str
    title: str
    date: str  # as in ISO 8601
    blocks: list[HtmlElement]  # what stands below the date


def write(site: Site, root: Path = ROOT) -> list[Problem]:
    """Write llms.txt and, for a site with an address, feed.xml and robots.txt.

    Returns the entries of the changelog that the feed cannot be made of.
    """
    problems = []
    for language in LANGUAGES:
        (site.root(language) / "llms.txt").write_text(
            llms_txt(site, language), encoding="utf-8", newline=""
        )
        page = page_of(site, language, CHANGELOG)
        editions, faults = read_editions(page, root) if page else ([], [])
        problems += faults
        if site.address and editions:
            (site.root(language) / "feed.xml").write_bytes(feed(site, page, editions))
    if site.address:
        maps = "".join(f"Sitemap: {home_address(site, one)}sitemap.xml\n" for one in LANGUAGES)
        robots = f"User-agent: *\nAllow: /\n\n{maps}"
        (site.folder / "robots.txt").write_text(robots, encoding="utf-8", newline="")
    return problems


# ---- llms.txt ----


def llms_txt(site: Site, language: str) -> str:
    """All pages of a language in the form of https://llmstxt.org, grouped as in the navigation."""
    home = page_of(site, language, "index")
    base = home_address(site, language)
    lines = [f"# {site_name(site, language)}", "", f"> {home.description}" if home else ">", ""]
    lines += [ABOUT[language], ""]
    rest = site.of(language)
    for title, pages in groups(site, home) if home else ():
        lines += [f"## {title}", "", *(listed(page, site, base) for page in pages), ""]
        rest = [page for page in rest if page not in pages]
    # A section of this name says that its links may be left out.
    lines += ["## Optional", "", *(listed(page, site, base) for page in rest)]
    path, words = OTHER[language]
    lines.append(f"- [{words}]({urljoin(base, path)}llms.txt)")
    if site.address:
        lines.append(f"- [{FEED[language]}]({base}feed.xml)")
    return "\n".join([*lines, ""])


def listed(page: Page, site: Site, base: str) -> str:
    """A page as an entry of the list."""
    path = relpath(page.file.with_suffix(".md").as_posix(), site.root(page.language).as_posix())
    title = re.sub(r"[][]", r"\\\g<0>", page.title)
    return f"- [{title}]({base}{path}): {' '.join(page.description.split())}".removesuffix(": ")


def groups(site: Site, home: Page) -> list[tuple[str, list[Page]]]:
    """(title, pages) of each entry of the navigation, as the home page shows it."""
    files = {page.file.resolve(): page for page in site.of(home.language)}
    found = []
    for entry in home.tree.xpath("//nav[contains(@class, 'md-nav--primary')]/ul/li"):
        pages = []
        for link in entry.xpath(".//a[not(starts-with(@href, '#'))]/@href"):
            file = (home.file.parent / unquote(link.partition("#")[0])).resolve()
            page = files.get(file / "index.html" if file.is_dir() else file)
            if page and page not in pages:
                pages.append(page)
        title = next(map(text_of, entry.find_class("md-ellipsis")), "")
        if pages:
            found.append((title, pages))
    return found


# ---- the feed ----


def read_editions(page: Page, root: Path) -> tuple[list[Edition], list[Problem]]:
    """The editions on the changelog page, the newest first, and those without a date."""
    editions, problems = [], []
    for section in page.sections:
        if section.kind != "section" or not EDITION.fullmatch(section.id):
            continue
        heading = page.article.get_element_by_id(section.id)
        first, *blocks = [*until_next(heading)] or [heading]
        try:
            day = date.fromisoformat(text_of(first)).isoformat()
        except ValueError:
            file, line = source_of(page.address, page.language, section.id, root)
            todo = "Write the date as 2026-11-25 on the first line below the heading."
            problems.append(Problem(file, line, f"{section.id} has no date", todo))
            continue
        editions.append(Edition(section.id, section.title, day, blocks))
    return editions, problems


def until_next(heading: HtmlElement) -> list[HtmlElement]:
    """The elements below a heading, up to the next one that is not below it."""
    blocks = []
    for one in heading.itersiblings():
        if one.tag in ("h1", "h2"):
            break
        if text_of(one):  # an old id may stand alone
            blocks.append(one)
    return blocks


def feed(site: Site, page: Page, editions: list[Edition]) -> bytes:
    """The feed of a language, by RFC 4287."""
    home = home_address(site, page.language)
    about = page_of(site, page.language, "index")
    root = E.feed(
        E.id(f"{home}feed.xml"),
        E.title(site_name(site, page.language)),
        E.subtitle(about.description if about else ""),
        E.updated(f"{max(edition.date for edition in editions)}T00:00:00Z"),
        E.author(E.name(site_name(site, page.language))),
        E.link(rel="self", type="application/atom+xml", href=f"{home}feed.xml"),
        E.link(rel="alternate", type="text/html", href=page.canonical),
        *(entry(page, edition) for edition in editions),
    )
    root.set("{http://www.w3.org/XML/1998/namespace}lang", page.language)
    etree.indent(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def entry(page: Page, edition: Edition) -> etree._Element:
    """An edition with all that stands below its heading, its links absolute."""
    address = f"{page.canonical}#{edition.id}"
    blocks = [deepcopy(block) for block in edition.blocks]
    for block in blocks:
        block.tail = "\n"
        for extra in block.xpath(".//*[contains(@class, 'headerlink') or contains(@class, 'hb-share')]"):
            extra.drop_tree()
        block.make_links_absolute(page.canonical)
    texts = [html.tostring(block, encoding="unicode") for block in blocks]
    return E.entry(
        E.id(address),
        E.title(edition.title),
        E.published(f"{edition.date}T00:00:00Z"),
        E.updated(f"{edition.date}T00:00:00Z"),
        E.link(rel="alternate", type="text/html", href=address),
        E.summary(text_of(blocks[0]) if blocks else edition.title),
        E.content("".join(texts).strip(), type="html"),
    )
