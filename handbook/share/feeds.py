"""What programs and followers find at the root of each language: llms.txt, robots.txt and the feed of new editions."""

import re
from copy import deepcopy
from datetime import date
from pathlib import Path
from posixpath import relpath
from urllib.parse import unquote, urljoin

from lxml import etree, html
from lxml.builder import ElementMaker
from lxml.html import HtmlElement

from handbook.problems import ROOT, Problem, source_of
from handbook.share.names import home_address, site_name
from handbook.site import LANGUAGES, NOT_TEXT, Page, Site, text_of

CHANGELOG = "reference/changelog"
EDITION = re.compile(r"edition-\d+")
ATOM = "http://www.w3.org/2005/Atom"
E = ElementMaker(namespace=ATOM, nsmap={None: ATOM})
ABOUT = {
    "zh": "下面链接的是每一页的 Markdown，没有网页的装饰，代码、数字和表格都在里面。"
    '各节的 id 以 `<a id="…"></a>` 标出，页面地址加上 `#id` 就是这一节的链接，长期有效。',
    "en": "The links lead to each page as plain Markdown, with listings, numbers and tables in place. "
    '`<a id="…"></a>` marks the id of a section; a page\'s address plus `#id` is a link to it, for good.',
}
OTHER = {"zh": ("en/", "English edition of this list"), "en": ("../", "本清单的中文版")}
FEED = {"zh": "更新订阅（Atom）", "en": "Feed of the editions (Atom)"}


def write(site: Site, root: Path = ROOT) -> list[Problem]:
    """Write llms.txt and, for a site with an address, feed.xml and robots.txt.

    Returns the entries of the changelog that the feed cannot be made of.
    """
    problems = []
    for language in LANGUAGES:
        file = site.root(language) / "llms.txt"
        file.write_text(llms_txt(site, language), encoding="utf-8", newline="")
        page = site.by_name.get((language, CHANGELOG))
        editions, faults = entries(page, root) if page else ([], [])
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
    home = site.by_name.get((language, "index"))
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


def entries(page: Page, root: Path) -> tuple[list[etree._Element], list[Problem]]:
    """The editions on the changelog page as entries of a feed, and those that have no date."""
    found, problems = [], []
    for section in page.sections:
        if section.kind != "section" or not EDITION.fullmatch(section.id):
            continue
        first, *blocks = until_next(page.article.get_element_by_id(section.id)) or [page.article]
        try:
            day = date.fromisoformat(text_of(first)).isoformat()
        except ValueError:
            place = source_of(page.language, page.name, f"#{section.id}", root)
            todo = "Write it as 2026-11-25 on the first line below the heading."
            problems.append(Problem(*place, f"{section.id} has no date", todo))
            continue
        address, texts = f"{page.canonical}#{section.id}", [text_of(block) for block in blocks]
        entry = E.entry(
            E.id(address),
            E.title(section.title),
            E.published(f"{day}T00:00:00Z"),
            E.updated(f"{day}T00:00:00Z"),
            E.link(rel="alternate", type="text/html", href=address),
            E.summary(texts[0] if texts else section.title),
            E.content("\n".join(absolute(block, page) for block in blocks), type="html"),
        )
        found.append(entry)
    return found, problems


def until_next(heading: HtmlElement) -> list[HtmlElement]:
    """The elements below a heading, up to the next one that is not below it."""
    blocks = []
    for one in heading.itersiblings():
        if one.tag in ("h1", "h2"):
            break
        if text_of(one):  # an old id may stand alone
            blocks.append(one)
    return blocks


def absolute(block: HtmlElement, page: Page) -> str:
    """A block as HTML that can be read anywhere."""
    block = deepcopy(block)
    for extra in block.xpath(NOT_TEXT):
        extra.drop_tree()
    block.make_links_absolute(page.canonical)
    return html.tostring(block, encoding="unicode", with_tail=False)


def feed(site: Site, page: Page, editions: list[etree._Element]) -> bytes:
    """The feed of a language, by RFC 4287."""
    address = home_address(site, page.language) + "feed.xml"
    name, home = site_name(site, page.language), site.by_name.get((page.language, "index"))
    root = E.feed(
        E.id(address),
        E.title(name),
        E.subtitle(home.description if home else name),
        E.updated(max(entry.findtext("{*}updated") for entry in editions)),
        E.author(E.name(name)),
        E.link(rel="self", type="application/atom+xml", href=address),
        E.link(rel="alternate", type="text/html", href=page.canonical),
        *editions,
    )
    root.set("{http://www.w3.org/XML/1998/namespace}lang", page.language)
    etree.indent(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
