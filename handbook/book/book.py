"""The pages of a built site as one book: chapters in the order of the navigation, without what only a screen needs."""

import copy
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from lxml import etree, html
from mkdocs.utils.yaml import yaml_load

ROOT = Path(__file__).resolve().parents[2]
CONFIGS = {"zh": "mkdocs.yml", "en": "mkdocs.en.yml"}
WORDS = {
    "zh": {"contents": "目录", "edition": "第 {} 版 · {}", "site": "网站："},
    "en": {"contents": "Contents", "edition": "Edition {} · {}", "site": "Web site: "},
}
LEFT_OUT = {"reference/downloads"}  # a book does not offer itself
SCREEN_ONLY = (
    ".//script | .//style | .//button | .//nav | .//form | .//*[contains(@class, 'headerlink') or contains(@class, 'hb-share') "
    "or contains(@class, 'hb-moved') or contains(@class, 'hb-said') or contains(@class, 'hb-edition') or contains(@class, 'md-source-file')]"
    " | .//img[contains(@src, '#only-dark')] | .//*[contains(@class, 'tabbed-set')]/input | .//*[contains(@class, 'tabbed-labels')]"
)


@dataclass
class Section:
    """An entry of the contents."""

    id: str
    title: str
    below: list["Section"] = field(default_factory=list)


@dataclass
class Chapter:
    """A page of the book: its name (guide), its content, and where its files are."""

    name: str
    element: html.HtmlElement
    contents: Section
    folder: Path


@dataclass
class Book:
    """What a PDF and an EPUB are made of."""

    language: str
    title: str
    about: str
    rights: str
    edition: str  # edition and date, as the title page says them
    date: str
    address: str  # of the site; "" when it was built without
    parts: list[tuple[str, list[Chapter]]]  # the groups of the navigation

    @property
    def chapters(self) -> list[Chapter]:
        return [chapter for _, chapters in self.parts for chapter in chapters]


def read_book(site: Path, language: str, edition: tuple[int, str], address: str = "") -> Book:
    """The book of one language out of a built site. Raises FileNotFoundError when a page of the navigation is not there."""
    with (ROOT / CONFIGS[language]).open(encoding="utf-8") as file:
        config = yaml_load(file)
    folder = site if language == "zh" else site / "en"
    parts = []
    for entry in config["nav"]:
        (title, value), = entry.items()
        names = [value] if isinstance(value, str) else [next(iter(one.values())) for one in value]
        names = [PurePosixPath(name).with_suffix("").as_posix() for name in names]
        chapters = [read_chapter(folder, name) for name in names if name not in LEFT_OUT]
        parts.append((title if not isinstance(value, str) else "", chapters))
    known = {chapter.name for _, chapters in parts for chapter in chapters}
    for _, chapters in parts:
        for chapter in chapters:
            relink(chapter, folder, known, address + ("" if language == "zh" or not address else "en/"))
    return Book(language, config["site_name"], config["site_description"], config["copyright"],
                WORDS[language]["edition"].format(*edition), edition[1], address, parts)


def place_of(folder: Path, name: str) -> Path:
    """The built file of a page."""
    return folder / (name.removesuffix("index") if name.split("/")[-1] == "index" else name) / "index.html"


def read_chapter(folder: Path, name: str) -> Chapter:
    """A page without what only a screen needs, its ids beginning with its name."""
    path = place_of(folder, name)
    article = html.parse(str(path), html.HTMLParser(encoding="utf-8")).getroot().xpath("//article")[0]
    element = copy.deepcopy(article)
    etree.strip_tags(element, etree.Comment)  # the keys of measured numbers
    for tabs in element.xpath(".//div[contains(@class, 'tabbed-set')]"):
        labels = [label.text_content().strip() for label in tabs.xpath("./div[contains(@class, 'tabbed-labels')]/label")]
        for label, block in zip(labels, tabs.xpath("./div[contains(@class, 'tabbed-content')]/div[contains(@class, 'tabbed-block')]")):
            head = html.Element("p", {"class": "tab"})
            head.text = label
            block.insert(0, head)
    for extra in element.xpath(SCREEN_ONLY):
        if extra.getparent() is not None:
            extra.drop_tree()
    for details in element.xpath(".//details"):
        details.tag = "div"
        details.set("class", "admonition " + (details.get("class") or ""))
        details.attrib.pop("open", None)
        for summary in details.xpath("./summary"):
            summary.tag = "p"
            summary.set("class", "admonition-title")
    for numbers in element.xpath(".//span[@data-linenos]"):
        numbers.attrib.pop("data-linenos")
    for table in element.xpath(".//div[contains(@class, 'md-typeset__scrollwrap') or contains(@class, 'md-typeset__table')]"):
        table.drop_tag()
    for own in element.xpath(".//*[@id]"):
        own.set("id", unique(name, own.get("id")))
    for attribute in ("tabindex", "role", "loading", "contenteditable", "align"):
        for tag in element.xpath(f".//*[@{attribute}]"):
            tag.attrib.pop(attribute)
    element.tag, first = "section", element.xpath(".//h1")[0]
    element.attrib.clear()
    element.set("class", "chapter")
    if not first.get("id"):
        first.set("id", unique(name, "top"))
    return Chapter(name, element, contents_of(element, first), path.parent)


def unique(name: str, id: str) -> str:
    return f"{name.replace('/', '-')}--{id}"


def contents_of(element, first) -> Section:
    """The headings of a chapter, down to the third level."""
    top = Section(first.get("id"), words_of(first))
    for heading in element.xpath(".//h2[@id] | .//h3[@id]"):
        level = top.below if heading.tag == "h2" or not top.below else top.below[-1].below
        level.append(Section(heading.get("id"), words_of(heading)))
    return top


def words_of(element) -> str:
    return " ".join(element.text_content().split())


def relink(chapter: Chapter, folder: Path, known: set[str], address: str) -> None:
    """Point links between pages to places of the book; what the book lacks becomes a link to the site, or plain words."""
    for link in chapter.element.xpath(".//a[@href]"):
        parts = urlsplit(link.get("href"))
        if parts.scheme or parts.netloc:
            continue
        target = (chapter.folder / unquote(parts.path)).resolve() if parts.path else chapter.folder.resolve()
        name = target.relative_to(folder.resolve()).as_posix() if target.is_relative_to(folder.resolve()) else ""
        name = next((page for page in known if place_of(folder, page).parent.resolve() == target), name)
        if "hb-term" in (link.get("class") or ""):
            link.attrib.pop("title", None)
        if name in known:
            id = unique(name, parts.fragment) if parts.fragment else first_id(folder, name, known)
            link.set("href", f"#{id}")
        elif address and name:
            link.set("href", address + name + ("/" if target.is_dir() else ""))
        else:
            link.tag = "span"
            link.attrib.clear()


def first_id(folder: Path, name: str, known: set[str]) -> str:
    """The id of a chapter's heading."""
    article = html.parse(str(place_of(folder, name)), html.HTMLParser(encoding="utf-8")).getroot().xpath("//article//h1")[0]
    return unique(name, article.get("id") or "top")


def images(chapter: Chapter):
    """Each image of a chapter with its file; an image that is not there is an error of the site."""
    for image in chapter.element.xpath(".//img"):
        yield image, (chapter.folder / unquote(urlsplit(image.get("src")).path)).resolve()
