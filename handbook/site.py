"""A built site, read once: its pages and every place in them that a link can point at.

Search, share pages, plain Markdown, feeds, addresses, structured data, the book and the tests all start from here.
Nothing of MkDocs is needed, only the folder: the Chinese site with the English one in `en/`.

    site = read_site(Path("site"))
    site.page("zh", "guide").section("overfitting").title
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from lxml import html
from lxml.html import HtmlElement

LANGUAGES = ("zh", "en")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# What may carry an id of ours, beside headings and <a>.
ITEMS = tuple("li p dt dd blockquote figure table tr".split())
# What a text is made of; a label is that of a tab.
BLOCKS = tuple("p li dt dd pre table figcaption summary label".split())
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
FOLD = "hb-fold"  # a section that is folded: its heading stands in the summary (handbook/markup.py)
# Not for readers of a summary: notes of ours, code, tables, and what the glossary adds.
ASIDE_TAGS = {"aside", "details", "table", "pre", "nav"}
ASIDE_CLASSES = set(
    "admonition admonition-title highlight jp-Cell tabbed-labels hb-names hb-where hb-law__place md-button".split()
)
NOT_OWN = {"headerlink", "hb-sign"}  # beside a text, and not of it
NOT_TEXT = ".//*[contains(@class, 'headerlink') or contains(@class, 'hb-share')]"
NUMBER = re.compile(r"^(?:\d+\.\s*|[一二三四五六七八九十]+、\s*|[IVX]+\.\s+)")
HAN = r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]"
SENTENCE_END = re.compile(r"(?<=[。！？])|(?<=[.!?])(?:\s+)(?=[A-Z“\"(])")
LENGTHS = {"zh": 90, "en": 200}  # what chat clients show of a summary before they cut it
LABEL_LENGTH = 48


@dataclass
class Section:
    """One id of a page: its first heading, another heading, a list item, a term, or an old id beside a new one."""

    id: str
    kind: str  # "page" (the first heading), "section", "item", "term" (of the glossary), "alias"
    title: str  # without its number
    level: int = 0  # of a heading
    parents: tuple[str, ...] = ()  # titles of the headings above, the page's first
    heading: str = ""  # id of the heading that it stands below; its own for a heading
    summary: str = ""  # the first sentences, as chat clients and lists show them
    blocks: list[HtmlElement] = field(default_factory=list, repr=False)  # up to the next heading

    @property
    def shared(self) -> bool:
        """Whether it has a share page: terms are too many and too short."""
        return self.kind != "term"


@dataclass
class Page:
    """One page of one language."""

    language: str
    name: str  # "guide", "labs/overfitting", "index", "labs/index"
    file: Path
    url: str  # from the language's folder: "guide/", ""
    tree: HtmlElement = field(repr=False)
    article: HtmlElement = field(repr=False)
    sections: list[Section] = field(default_factory=list, repr=False)

    @property
    def address(self) -> str:
        """The same in both languages: /guide/, and / for the home page."""
        name = re.sub(r"(^|/)index$", "", self.name)
        return f"/{name}/" if name else "/"

    @property
    def title(self) -> str:
        """Its first heading."""
        top = next((section for section in self.sections if section.kind == "page"), None)
        return top.title if top else (self.tree.findtext(".//title") or "").strip()

    @cached_property
    def description(self) -> str:
        """Of the front matter, or the site's."""
        return self.tree.xpath("string(//meta[@name='description']/@content)")

    @cached_property
    def canonical(self) -> str:
        """The absolute address; "" when the site was built without one."""
        return self.tree.xpath("string(//link[@rel='canonical']/@href)")

    def section(self, id: str) -> Section:
        """A section by its id. Raises KeyError."""
        found = next((section for section in self.sections if section.id == id), None)
        if found is None:
            raise KeyError(f"{self.language}/{self.name} has no section “{id}”")
        return found


@dataclass
class Site:
    """All pages of a built site."""

    folder: Path
    pages: list[Page]

    def page(self, language: str, name: str) -> Page:
        """A page by its name. Raises KeyError."""
        if found := self.by_name.get((language, name)):
            return found
        raise KeyError(f"there is no page {language}/{name}")

    @cached_property
    def by_name(self) -> dict[tuple[str, str], Page]:
        """All pages by language and name."""
        return {(page.language, page.name): page for page in self.pages}

    def of(self, language: str) -> list[Page]:
        """The pages of a language."""
        return [page for page in self.pages if page.language == language]

    def root(self, language: str) -> Path:
        """The folder of a language's site."""
        return self.folder if language == "zh" else self.folder / "en"

    @cached_property
    def address(self) -> str:
        """Of the site's root, with a slash at its end; "" when it was built without one."""
        home = next(iter(self.of("zh")), None)
        address = home.canonical.removesuffix(home.url) if home else ""
        return address if urlsplit(address).scheme in ("http", "https") else ""


def read_site(folder: Path, languages: Iterable[str] = LANGUAGES) -> Site:
    """Read every page that has an article. Raises FileNotFoundError when the folder holds no site."""
    if not (folder / "index.html").is_file():
        raise FileNotFoundError(f"{folder} holds no built site (no index.html); run `make build`")
    pages = []
    for language in languages:
        root = folder if language == "zh" else folder / "en"
        for file in sorted(root.rglob("*.html")):
            path = file.relative_to(root)
            other = ("s", "assets", "404.html") + ("en",) * (language == "zh")
            page = None if path.parts[0] in other else read_page(file, path, language)
            if page:
                pages.append(page)
    return Site(folder, pages)


def read_page(file: Path, path: Path, language: str) -> Page | None:
    """One page, below the folder of its language; None for a file without an article."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True)
    tree = html.parse(str(file), parser).getroot()
    article = tree.find(".//article") if tree is not None else None
    if article is None:
        return None
    if path.name == "index.html":
        url = path.parent.as_posix() + "/" if path.parent.parts else ""
        name = url.rstrip("/") or "index"
        if url and any(file.parent.glob("*/index.html")):
            name += "/index"
    else:  # use_directory_urls: false
        url, name = path.as_posix(), path.with_suffix("").as_posix()
    page = Page(language, name, file, url, tree, article)
    page.sections = read_sections(page)
    return page


def read_sections(page: Page) -> list[Section]:
    """All sections of a page, in order."""
    sections: list[Section] = []
    aliases: list[tuple[Section, HtmlElement]] = []
    above: list[Section] = []  # the headings that are open, outermost first
    taken: set[HtmlElement] = set()
    for tag in page.article.iter(*HEADINGS, *BLOCKS, *ITEMS, "a"):
        id = tag.get("id", "")
        if tag.tag in HEADINGS:
            level = int(tag.tag[1])
            kind = "page" if level == 1 else "term" if "hb-entry" in tag.classes else "section"
            above = [one for one in above if one.level < level]
            own, parents = id if KEBAB.fullmatch(id) else "", tuple(one.title for one in above)
            heading = Section(own, kind, plain_title(text_of(tag)), level, parents, id)
            above.append(heading)
            if heading.id:
                sections.append(heading)
            continue
        if KEBAB.fullmatch(id):
            kind, parents = "alias" if tag.tag == "a" else "item", tuple(one.title for one in above)
            place = Section(id, kind, "", 0, parents, above[-1].id if above else "")
            sections.append(place)
            if place.kind == "alias":
                aliases.append((place, tag))
            else:
                text = own_text(tag) or own_text(next(tag.iter("p"), tag))
                place.title, place.summary = label_of(text), without_label(text)
                place.blocks.append(tag)
        if tag.tag == "summary" and FOLD in tag.getparent().classes:
            continue
        if tag.tag in BLOCKS and above and not any(one in taken for one in tag.iterancestors()):
            taken.add(tag)
            above[-1].blocks.append(tag)
    summarise(page, sections)
    for alias, tag in aliases:
        if owner := owner_of(alias, tag, sections):
            alias.title, alias.summary, alias.level = owner.title, owner.summary, owner.level
    return sections


def unfold(fold: HtmlElement) -> None:
    """Make a folded section an ordinary one, in place."""
    fold.find("./summary").drop_tag()
    fold.drop_tag()


def owner_of(alias: Section, tag: HtmlElement, sections: list[Section]) -> Section | None:
    """The item that an old id is kept for, the one around it, or else the heading after it, or before."""
    around = {above.get("id") for above in tag.iterancestors(*HEADINGS, *ITEMS)}
    at = sections.index(alias)
    others = [one for one in (*sections[at:], *sections[:at][::-1]) if one.kind != "alias"]
    return next((one for one in others if one.id in around), others[0] if others else None)


def text_of(tag: HtmlElement) -> str:
    """What a reader sees of an element, as one line and without ¶."""
    return squeeze(tag.text_content())


def own_text(tag: HtmlElement) -> str:
    """The text of a block without that of the blocks inside."""
    inside = {
        *BLOCKS,
        *HEADINGS,
        "ul",
        "ol",
        "dl",
        "div",
        "aside",
        "blockquote",
        "figure",
        "details",
    }

    def texts(one: HtmlElement) -> Iterator[str]:
        yield one.text or ""
        for child in one:
            if child.tag not in inside and NOT_OWN.isdisjoint(child.classes):
                yield from texts(child)
            yield child.tail or ""

    return squeeze("".join(texts(tag)))


def squeeze(text: str) -> str:
    """One line; no space between two Chinese characters, where the source was wrapped."""
    return re.sub(rf"(?<={HAN}) (?={HAN})", "", " ".join(text.replace("¶", " ").split()))


def plain_title(title: str) -> str:
    """A heading without its number."""
    return NUMBER.sub("", title)


def label_of(text: str) -> str:
    """What a list item is called: the words before its colon, or its beginning."""
    label = re.split(r"[：:]", text, maxsplit=1)[0]
    return label if len(label) <= LABEL_LENGTH else cut(label, LABEL_LENGTH)


def without_label(text: str, tag: HtmlElement | None = None) -> str:
    """A text without the label before its colon; with a tag, only where the label is set in bold."""
    label, colon, rest = re.match(r"([^：:]*)([：:]?)\s*(.*)", text, re.DOTALL).groups()
    if not colon or len(label) > LABEL_LENGTH:
        return text
    if tag is None:
        return rest
    strong = tag.find(".//strong")
    bold = strong is not None and text_of(strong).rstrip("：:") == label
    return rest if bold else text


def summarise(page: Page, sections: list[Section]) -> None:
    """Give each heading and item its summary."""
    for at, section in enumerate(sections):
        if section.kind == "page":
            section.summary = page.description
        elif section.kind == "item":
            section.summary = first_sentences([section.summary], page.language) or page.description
        elif section.kind in ("section", "term"):
            texts = list(telling(section))
            if not texts:  # a section of sections
                texts = [("；" if page.language == "zh" else "; ").join(below(sections, at))]
            section.summary = first_sentences(texts, page.language) or page.description


def telling(section: Section) -> Iterator[str]:
    """The texts of a section that can stand in a summary."""
    first = True
    for block in section.blocks:
        around = (block, *block.iterancestors())
        if block.tag not in ("p", "li", "dd") or any(map(is_aside, around)):
            continue
        text = own_text(block) or own_text(next(block.iter("p"), block))
        strong = block.find(".//strong")
        whole = strong is not None and text_of(strong) == text
        if block.tag == "p" and whole and text.endswith(("：", ":")):
            continue  # a bold line over a list says nothing alone
        # A first label such as “Answer:” tells nothing where there is one answer.
        if text:
            yield without_label(text, block) if first and block.tag != "li" else text
            first = False


def is_aside(tag: HtmlElement) -> bool:
    """Whether an element holds what no summary should quote; the author's text and what is folded may be quoted."""
    if FOLD in tag.classes or "article" in tag.classes:
        return False
    return tag.tag in ASIDE_TAGS or not ASIDE_CLASSES.isdisjoint(tag.classes)


def below(sections: list[Section], at: int) -> list[str]:
    """Titles of the sections directly under one."""
    titles = []
    for section in sections[at + 1 :]:
        if section.level and section.level <= sections[at].level:
            break
        if section.level == sections[at].level + 1:
            titles.append(section.title)
    return titles


def first_sentences(texts: list[str], language: str) -> str:
    """As many whole sentences as fit; a first one that is too long is cut at a word or clause."""
    limit, summary = LENGTHS[language], ""
    for text in texts:
        for sentence in filter(None, (part.strip() for part in SENTENCE_END.split(text))):
            if not summary:
                summary = sentence if len(sentence) <= limit else cut(sentence, limit)
                continue
            space = "" if language == "zh" else " "
            if not re.search(r"[。！？；：，.!?;:,…）”]$", summary):  # items of a list
                space = "；" if language == "zh" else "; "
            if len(summary) + len(space) + len(sentence) > limit:
                return finished(summary)
            summary += space + sentence
    return finished(summary)


def finished(summary: str) -> str:
    """A summary that stands alone: a capital first, no colon last."""
    return summary[:1].upper() + summary[1:].rstrip("：:；;")


def cut(text: str, limit: int) -> str:
    """The beginning of a text, up to a border between clauses or words, with an ellipsis."""
    head = text[: limit - 1]
    borders = [match.end() for match in re.finditer(r"[，、；：]|[ ,;](?=.)", head)]
    end = borders[-1] if borders and borders[-1] > limit // 2 else len(head)
    return head[:end].rstrip("，、；：,; ") + "…"
