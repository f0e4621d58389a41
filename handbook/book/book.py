"""The pages of a built site as one book: in the order of the navigation, without what only a screen needs.

Reads the site's model (handbook/site.py) and the navigation in mkdocs.yml. handbook/book/pdf.py and
handbook/book/epub.py give the book its two forms.
"""

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urljoin, urlsplit

from lxml.html import Element, HtmlElement
from mkdocs.utils.yaml import yaml_load

from handbook.site import FOLD, HAN, Page, Site, text_of, unfold

ROOT = Path(__file__).resolve().parents[2]
CONFIGS = {"zh": "mkdocs.yml", "en": "mkdocs.en.yml"}
STYLES = [Path(__file__).with_name(name) for name in ("book.css", "paper.css")]
LEFT_OUT = {"reference/downloads", "questions/practice"}  # a book does not offer itself, nor grade
SCREEN_ONLY = """
    .//script | .//link | .//style | .//template | .//noscript | .//button | .//form | .//input | .//nav
    | .//*[@hidden] | .//img[contains(@src, '#only-dark')]
    | .//*[contains(@class, 'headerlink') or contains(@class, 'hb-share')]
    | .//*[contains(@class, 'tabbed-labels') or contains(@class, 'md-source-file')]
    | .//*[contains(@class, 'hb-asked') or contains(@class, 'hb-take')]
"""
ATTRIBUTES = set(
    "id class lang dir href src alt colspan rowspan scope start reversed value datetime cite width height".split()
)


@dataclass
class Entry:
    """A line of the contents; a chapter also has the page, with pictures as file: or data: addresses."""

    id: str  # in the book, where all ids begin with the chapter's; a part has that of its first chapter
    title: str
    kind: str  # "part", "chapter", "section" or "term"
    below: list["Entry"] = field(default_factory=list)
    element: HtmlElement | None = None


@dataclass
class Book:
    """What a PDF and an EPUB are made of."""

    language: str
    title: str
    about: str
    rights: str
    edition: str  # the newest heading of the changelog; "" when there is none
    date: str  # 2026-11-25
    address: str  # of the published site; "" when it was built without one
    chapters: list[Entry]
    contents: list[Entry]

    def places(self, start: str = "") -> dict[str, str]:
        """Where each id is. start: what an address begins with, {} for the chapter."""
        return {
            id: f"{start.format(chapter.id)}#{id}"
            for chapter in self.chapters
            for id in chapter.element.xpath("descendant-or-self::*/@id")
        }


def read_book(site: Site, language: str, date: str, root: Path = ROOT) -> Book:
    """The book of one language, its chapters those of the navigation below root. Raises FileNotFoundError for a picture
    that is not there.
    """
    with (root / CONFIGS[language]).open(encoding="utf-8") as file:
        config = yaml_load(file)
    pages = {short_name(page.name): page for page in site.of(language)}
    chapters: dict[Path, Entry] = {}
    contents: list[Entry] = []
    for entry in config["nav"]:
        title, value = next(iter(entry.items())) if isinstance(entry, dict) else ("", entry)
        below = []
        for name in page_names(value):
            if name in pages and name not in LEFT_OUT:
                below.append(read_chapter(pages[name]))
                chapters[pages[name].file.resolve()] = below[-1]
        if isinstance(value, list) and below:
            contents.append(Entry(below[0].id, title, "part", below))
        else:
            contents += below
    for file, chapter in chapters.items():
        relink(chapter, file, chapters, site)
    changelog = pages.get("reference/changelog")
    editions = (
        [one.title for one in changelog.sections if "edition-" in one.id] if changelog else []
    )
    return Book(
        language,
        config["site_name"],
        config["site_description"],
        config["copyright"],
        editions[0] if editions else "",
        date,
        site.address,
        list(chapters.values()),
        contents,
    )


def page_names(value: str | list | dict) -> Iterator[str]:
    """The names of all pages in a piece of the navigation, however deep."""
    if isinstance(value, str):
        yield short_name(PurePosixPath(value).with_suffix("").as_posix())
    else:
        for one in value.values() if isinstance(value, dict) else value:
            yield from page_names(one)


def short_name(name: str) -> str:
    """The name of a page as in its address: labs for labs/index."""
    return name.removesuffix("/index")


def read_chapter(page: Page) -> Entry:
    """A page whose tabs and folds are open, with nothing left that only the site's scripts and styles know."""
    element = copy.deepcopy(page.article)
    slug = re.sub(r"[^\w.]+", "-", page.name)
    open_tabs_and_folds(element)
    for tag in element.xpath(SCREEN_ONLY):
        if tag.getparent() is not None:
            tag.drop_tree()
    replace_media(element, page)
    simplify(element, slug, page.language)
    element.tag = "section"
    element.set("id", slug)
    heading = element.find(".//h1")
    title = page.title if heading is None else text_of(heading)
    entry = Entry(slug, title or page.name, "chapter", element=element)
    for heading in element.xpath(".//h2[@id] | .//h3[@id]"):
        kind = "term" if "hb-entry" in heading.classes else "section"
        below = entry.below if heading.tag == "h2" or not entry.below else entry.below[-1].below
        below.append(Entry(heading.get("id"), text_of(heading), kind))
    return entry


def open_tabs_and_folds(element: HtmlElement) -> None:
    """Give each tab its label as a line above it, turn folded sections into sections and other folds into notes."""
    for fold in element.find_class(FOLD):
        unfold(fold)
    for tabs in element.find_class("tabbed-set"):
        labels = tabs.xpath("./div[contains(@class, 'tabbed-labels')]/label")
        blocks = tabs.xpath("./div[contains(@class, 'tabbed-content')]/div")
        for label, block in zip(labels, blocks, strict=True):
            head = Element("p", {"class": "tab"})
            head.text = text_of(label)
            block.insert(0, head)
    for fold in element.iter("details"):
        fold.tag = "div"
        fold.classes.add("admonition")
        for summary in fold.findall("summary"):
            summary.tag = "p"
            summary.set("class", "admonition-title")


def replace_media(element: HtmlElement, page: Page) -> None:
    """Name pictures by their file; films become links, drawings and formulas their words.

    Raises FileNotFoundError.
    """
    for tag in list(element.iter("video", "audio", "iframe", "svg", "math")):
        if tag.get("aria-hidden") == "true":  # a bar beside its number
            tag.drop_tree()
            continue
        words = tag.get("alttext") or tag.get("aria-label") or tag.get("title")
        address = tag.get("src") or tag.xpath("string(.//@src)")
        instead = Element("a", href=address) if address else Element("code")
        instead.text = words or " ".join(tag.text_content().split()) or address
        tag.addprevious(instead)
        tag.drop_tree()
    here = page.file.resolve().as_uri()
    for tag in element.iter("img"):
        address = urlsplit(urljoin(here, tag.get("src", "")))
        if address.scheme == "file":
            if not Path(unquote(address.path)).is_file():
                raise FileNotFoundError(
                    f"{page.file}: {tag.get('src')} is not there; build the site again"
                )
            tag.set("src", address._replace(query="", fragment="").geturl())


def simplify(element: HtmlElement, slug: str, language: str) -> None:
    """Leave the attributes that a book has a use for, and the classes that its style sheets know."""
    css = "".join(path.read_text(encoding="utf-8") for path in STYLES)
    known = set(re.findall(r"\.([a-z][\w-]*)", css))
    for tag in list(element.iter("*")):
        if tag.tag == "em" and language == "zh" and re.search(HAN, tag.text_content()):
            tag.classes.add("stress")  # not slanted
        for name in set(tag.keys()) - ATTRIBUTES:
            tag.attrib.pop(name)
        for name in {"width", "height"} & set(tag.keys()):
            if tag.tag != "img" or not tag.get(name).isdigit():
                tag.attrib.pop(name)
        classes = " ".join(one for one in tag.classes if one in known)
        tag.attrib.pop("class", None)
        if classes:
            tag.set("class", classes)
        if tag.get("id"):
            tag.set("id", f"{slug}--{tag.get('id')}")
        if tag.tag in ("picture", "source", "span") and not tag.attrib:
            tag.drop_tag()  # the parser takes the <img> for the content of a <source>


def relink(chapter: Entry, file: Path, chapters: dict[Path, Entry], site: Site) -> None:
    """Point links at places of the book; what the book lacks, at the published site, or leave the words alone."""
    root = site.folder.resolve()
    for link in list(chapter.element.iter("a")):
        address = urlsplit(link.get("href", ""))
        if address.scheme or address.netloc or "href" not in link.attrib:
            continue
        target = (file.parent / unquote(address.path)).resolve() if address.path else file
        target = target / "index.html" if target.is_dir() else target
        if found := chapters.get(target):
            id = f"{found.id}--{unquote(address.fragment)}"
            known = address.fragment and found.element.xpath("boolean(//*[@id = $id])", id=id)
            link.set("href", f"#{id if known else found.id}")
        elif site.address and target.is_relative_to(root):
            path = quote(target.relative_to(root).as_posix().removesuffix("index.html"))
            link.set("href", site.address + address._replace(path=path).geturl())
        elif link.get("id"):
            link.attrib.pop("href")
        else:
            link.drop_tag()
