"""Markdown extension: what Python-Markdown leaves undone for readers, and for the Content-Security-Policy.

`handbook.markup` in `mkdocs.yml`. Small processors, each on finished elements:

- cells are aligned by a class instead of the obsolete `align` attribute (a style attribute would be blocked);
- a table whose corner is empty has headers on two sides: its first column names the rows;
- beside each heading and each list item with an id stands an empty `<span class="hb-share">`, which keeps the place of
  the button that `theme/assets/javascripts/share.js` puts there, so that nothing moves when it comes;
- in Chinese, lines of a paragraph are joined without a space, and what extensions say in English is said in Chinese;
- the box of a task has a name.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from handbook.site import HEADINGS, KEBAB

BLOCKS = {"ul", "ol", "div", "details", "pre", "table", "aside"}
HAN = r"[\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—]"
JOINT = re.compile(rf"(?<={HAN})\n(?={HAN})")
BACK = "回到正文中的脚注"


class Tables(Treeprocessor):
    """Aligns cells by class, and names the rows of a table with an empty corner."""

    def run(self, root: Element) -> None:
        """Change the tables below an element in place."""
        for cell in (*root.iter("th"), *root.iter("td")):
            if align := cell.attrib.pop("align", ""):
                cell.set("class", f"hb-{align}")
        for table in root.iter("table"):
            corner = next(table.iter("th"), None)
            if corner is None or len(corner) or (corner.text or "").strip():
                continue
            corner.tag = "td"
            for row in table.iterfind("tbody/tr"):
                row[0].tag = "th"
                row[0].set("scope", "row")


class SharePlaces(Treeprocessor):
    """Puts the place at the end of a heading's or an item's own words, before what is listed or noted inside it."""

    def run(self, root: Element) -> None:
        """Add the places below an element."""
        for element in root.iter():
            if element.tag not in (*HEADINGS, "li") or not KEBAB.fullmatch(element.get("id", "")):
                continue
            own = (
                element[0]
                if element.tag == "li" and len(element) and element[0].tag == "p"
                else element
            )
            at = len(own)
            if element.tag == "li":
                at = next((i for i, child in enumerate(own) if child.tag in BLOCKS), at)
            own.insert(at, Element("span", {"class": "hb-share"}))


class Chinese(Treeprocessor):
    """Joins the lines of a paragraph without a space, and says in Chinese what extensions say in English."""

    def run(self, root: Element) -> None:
        """Change the elements below one in place."""
        pieces = list(texts(root))
        for at, (element, place) in enumerate(pieces):
            text = getattr(element, place)
            if "\n" in text and not isinstance(text, AtomicString):
                before = getattr(*pieces[at - 1])[-1:] if at else ""
                after = getattr(*pieces[at + 1])[:1] if at + 1 < len(pieces) else ""
                joined = JOINT.sub("", before + text + after)
                setattr(element, place, joined[len(before) : len(joined) - len(after)])
        for element in root.iter():
            kinds = (element.get("class") or "").split()
            if element.tag == "em" and not re.search(HAN, "".join(element.itertext())):
                element.attrib.setdefault("lang", "en")  # slanted; Chinese gets dots (handbook.css)
            elif "footnote-backref" in kinds:
                element.set("title", BACK)


def texts(root: Element) -> Iterator[tuple[Element, str]]:
    """Every text in the order of reading, listings aside: the element that holds it, and "text" or "tail"."""
    if root.tag not in ("pre", "code"):
        if root.text:
            yield root, "text"
        for child in root:
            yield from texts(child)
    if root.tail:
        yield root, "tail"


class Boxes(Postprocessor):
    """Gives the box of a task a name, which screen readers say before the task."""

    def __init__(self, md, name: str):
        super().__init__(md)
        self.box = f'<input type="checkbox" aria-label="{name}"'

    def run(self, text: str) -> str:
        """Name all boxes of a page."""
        return text.replace('<input type="checkbox"', self.box)


class Markup(Extension):
    """The processors, after inline text (20), attributes (8) and the table of contents (5)."""

    def __init__(self, **options):
        self.config = {"language": ["zh", "of the text: zh or en"]}
        super().__init__(**options)

    def extendMarkdown(self, md) -> None:
        """Register them."""
        chinese = self.getConfig("language") == "zh"
        md.treeprocessors.register(Tables(md), "handbook-tables", 4.5)
        md.treeprocessors.register(SharePlaces(md), "handbook-share-places", 4)
        if chinese:
            md.treeprocessors.register(Chinese(md), "handbook-chinese", 3)
        md.postprocessors.register(Boxes(md, "任务" if chinese else "Task"), "handbook-boxes", 5)


def makeExtension(**options) -> Markup:
    """What Python-Markdown calls."""
    return Markup(**options)
