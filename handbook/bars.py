"""Markdown extension: a list of numbers, drawn as bars. For readers of any browser, on paper too, without a script.

    <div class="hb-bars" markdown>

    - as tested **0.990<!-- cnn_image_classification.test.accuracy -->**
    - moved by 4 pixels **0.677<!-- cnn_image_classification.elsewhere.shifted_4 -->**

    </div>

Each item's bold number becomes the length of its bar, in proportion to 1 or, where a number is larger, to the largest
(percentages to 100). The length comes from the number on the page, so that `make due` corrects both. It is SVG with
plain attributes: the Content-Security-Policy allows no style attributes.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?) ?(%?)")


class Bars(Treeprocessor):
    """Puts a bar below the words of each item."""

    def run(self, root: Element) -> None:
        """Draw the bars of all lists below an element."""
        for block in root.iter("div"):
            if "hb-bars" in block.get("class", "").split():
                items = list(measured(block))
                whole = max([1.0, *(value for _, value in items)])
                for item, value in items:
                    wrap(item)
                    draw(item, value / whole)


def measured(block: Element) -> Iterator[tuple[Element, float]]:
    """The items that hold a bold number, and that number; percentages are parts of one."""
    for item in block.iter("li"):
        bold = item.find("strong")
        found = NUMBER.search(bold.text or "") if bold is not None else None
        if found:
            value = float(found[1].replace(",", ""))
            yield item, value / 100 if found[2] else value


def wrap(item: Element) -> None:
    """Put the words before the number into one element, whatever links they hold: the style sheet sets them aside."""
    words = Element("span")
    words.text, item.text = item.text, None
    while len(item) and item[0].tag != "strong":
        words.append(item[0])
        item.remove(item[0])
    item.insert(0, words)


def draw(item: Element, share: float) -> None:
    """A bar of a share of the width; the number says the same, so that nobody is read it twice."""
    size = {"viewBox": "0 0 100 1", "preserveAspectRatio": "none", "aria-hidden": "true"}
    picture = SubElement(item, "svg", {"class": "hb-bar", "width": "100%", "height": "8", **size})
    SubElement(picture, "rect", {"class": "hb-bar__whole", "width": "100", "height": "1"})
    SubElement(picture, "rect", {"width": f"{share * 100:.1f}", "height": "1"})


class BarsExtension(Extension):
    """The processor, after inline text (20)."""

    def extendMarkdown(self, md) -> None:
        """Register it."""
        md.treeprocessors.register(Bars(md), "handbook-bars", 4.2)


def makeExtension(**options) -> BarsExtension:
    """What Python-Markdown calls."""
    return BarsExtension(**options)
