"""Markdown extension: what Python-Markdown leaves undone for readers, and for the Content-Security-Policy.

`handbook.markup` in `mkdocs.yml`. Three small tree processors, each on finished elements:

- cells are aligned by a class instead of the obsolete `align` attribute (a style attribute would be blocked);
- a table whose corner is empty has headers on two sides: its first column names the rows;
- beside each heading and each list item with an id stands an empty `<span class="hb-share">`, which keeps the place of
  the button that `theme/assets/javascripts/share.js` puts there, so that nothing moves when it comes.
"""

import re
from xml.etree.ElementTree import Element

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = {"ul", "ol", "div", "details", "pre", "table"}
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


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


class Markup(Extension):
    """The three processors, after inline text (20), attributes (8) and the table of contents (5)."""

    def extendMarkdown(self, md) -> None:
        """Register them."""
        md.treeprocessors.register(Tables(md), "handbook-tables", 4.5)
        md.treeprocessors.register(SharePlaces(md), "handbook-share-places", 4)


def makeExtension(**options) -> Markup:
    """What Python-Markdown calls."""
    return Markup(**options)
