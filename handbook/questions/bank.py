"""The questions as they are on the built pages, which all downloads and the self-test are made from."""

import re
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

from lxml import html
from lxml.html import HtmlElement

from handbook.questions.check import FIELDS
from handbook.questions.page import ROOT, entries, retired
from handbook.questions.source import FOLDER, NOTES
from handbook.share.head import ANSWER
from handbook.site import HEADINGS, LANGUAGES, Page, Site, own_text, plain_title, text_of

# What is only for the page: the sign of a section, and what stands below a question.
NOT_TAKEN = ("headerlink", "hb-share", "hb-asked", "hb-moved", "hb-sign", "hb-note")
KEPT = {
    "a": ("href",),
    "img": ("src", "alt"),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan"),
}
DROPPED = {"div", "span", "aside", "nav", "button"}  # their content stays
SPACE = "\ue000"  # stands for a space of a listing, which counts, while the others are collapsed


@dataclass
class Text:
    """A question in one language. HTML holds no classes, ids or scripts; its links are absolute."""

    question: str
    short: str
    full: str
    weak: str
    follow_ups: str
    sources: str
    address: str  # absolute, "" when the site was built without an address
    place: str  # from the root of the language: questions/inference/#kv-cache-size
    field: str  # the page's title
    links: list[str] = field(default_factory=list)  # of the sources
    checked: str = ""  # the day, of the sources


@dataclass
class Entry:
    """A question in both languages, with what data/questions/ says of it."""

    id: str
    field: str
    level: int
    readers: list[str]
    terms: list[str]
    measured: list[str]
    added: str
    texts: dict[str, Text]


@dataclass
class Bank:
    """All questions, in the order in which they are learnt."""

    entries: list[Entry]
    retired: dict[str, str]
    address: str


def read_bank(site: Site, root: Path = ROOT, languages: tuple[str, ...] = LANGUAGES) -> Bank:
    """The questions of a built site. What the checks tell, a question of one language only, is left out."""
    found = []
    for name in FIELDS:
        pages = {one: site.by_name.get((one, f"{FOLDER}{name}")) for one in languages}
        if not all(pages.values()):
            continue
        texts = {one: texts_of(page, site) for one, page in pages.items()}
        data = entries(name, root)
        for id in (id for id in texts[languages[0]] if id in data):
            if not all(id in there for there in texts.values()):
                continue
            one = data[id]
            added = one.get("added")
            found.append(
                Entry(
                    id,
                    name,
                    int(one.get("level", 1)),
                    [str(who) for who in one.get("for", ())],
                    [str(term) for term in one.get("terms", ())],
                    [str(place) for place in one.get("measured", ())],
                    added.isoformat() if isinstance(added, date) else "",
                    {language: there[id] for language, there in texts.items()},
                )
            )
    return Bank(found, retired(root), site.address)


def texts_of(page: Page, site: Site) -> dict[str, Text]:
    """The questions of a page by their ids."""
    found = {}
    for heading in page.article.iter("h3"):
        parts = {"full": [], **{kind: [] for kind in NOTES}}
        short, checked = "", ""
        for block in heading.itersiblings():
            if block.tag in HEADINGS[:3]:
                break
            kind = next((kind for kind in NOTES if kind in block.classes), "full")
            if not short and block.tag == "p" and text_of(block).startswith(ANSWER[page.language]):
                short = own_text(block).removeprefix(ANSWER[page.language]).strip()
            elif not isinstance(block.tag, str) or not set(NOT_TAKEN).isdisjoint(block.classes):
                continue
            elif kind == "full":
                parts[kind].append(block)
            else:
                parts[kind] += [child for child in block if "admonition-title" not in child.classes]
                days = (
                    re.findall(r"\d{4}-\d{2}-\d{2}", text_of(block[0])) if kind == "sources" else []
                )
                checked = days[0] if days else checked
        id = heading.get("id", "")
        if short:
            place = f"{page.url}#{id}"
            links = [a.get("href") for one in parts["sources"] for a in one.iter("a")]
            base = page.canonical if site.address else ""
            said = {
                kind: "".join(clean(one, base) for one in blocks) for kind, blocks in parts.items()
            }
            found[id] = Text(
                plain_title(text_of(heading)),
                short,
                said["full"],
                said["weak"],
                said["follow-ups"],
                said["sources"],
                f"{base}#{id}" if base else "",
                place,
                page.title,
                [link for link in links if link],
                checked,
            )
    return found


def clean(block: HtmlElement, base: str) -> str:
    """A block as plain HTML. base: the page's address, from which links are made absolute; without one they go."""
    block = deepcopy(block)
    block.tail = None
    for tag in list(block.iter()):
        if not isinstance(tag.tag, str) or tag.tag in ("script", "style", "svg"):
            tag.drop_tree()
        elif tag is not block and not set(NOT_TAKEN).isdisjoint(tag.classes):
            tag.drop_tree()
    for name in block.find_class("filename"):  # of a listing: a line of its own
        name.tag = "p"
    for tag in list(block.iter()):
        for name in set(tag.attrib) - set(KEPT.get(tag.tag, ())):
            del tag.attrib[name]
        for name in ("href", "src"):
            if name in tag.attrib:
                target = urljoin(base, tag.get(name)) if base or "://" in tag.get(name) else ""
                if target:
                    tag.set(name, target)
                else:
                    del tag.attrib[name]
        bare = tag.tag in DROPPED or tag.tag == "a" and not tag.get("href")
        if tag is not block and bare:
            tag.drop_tag()
    text = html.tostring(block, encoding="unicode")
    if block.tag in DROPPED:
        text = re.sub(r"^<[^>]*>|</[^>]*>$", "", text)
    # Spaces at the beginning of a line mean something in a listing alone.
    parts = re.split(r"(<pre.*?</pre>)", text, flags=re.DOTALL)
    return "".join(
        part if part.startswith("<pre") else re.sub(r"\s*\n\s*", " ", part) for part in parts
    )


def plain(text: str, addresses: bool = False) -> str:
    """HTML of `clean` as plain text: a paragraph, an item or a row on a line of its own, and where links lead."""
    if not text:
        return ""
    tree = html.fragment_fromstring(text, create_parent="div")
    for link in tree.iter("a") if addresses else ():
        link.tail = f" <{link.get('href')}>{link.tail or ''}"
    for listing in tree.iter("pre"):
        listing.text = listing.text_content().replace(" ", SPACE)
        del listing[:]
    for item in tree.iter("li"):
        item.text = f"• {(item.text or '').lstrip()}"
    for cell in tree.iter("td", "th"):
        cell.tail = " | " if cell.getnext() is not None else ""
    for tag in tree.iter("p", "li", "tr", "pre", "ul", "ol", "table", "blockquote", "br"):
        tag.tail = f"\n{tag.tail or ''}"
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in tree.text_content().split("\n"))
    return "\n".join(line for line in lines if line and line != "•").replace(SPACE, " ")
