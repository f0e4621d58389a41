"""Leaves, beside each heading and each list item with an id, the place for the button that share.js puts there.

The button comes with the script, after the first paint: without a place kept for it the text would wrap anew.
"""

import re
from xml.etree.ElementTree import Element

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

TAGS = {"h1", "h2", "h3", "h4", "h5", "h6", "li"}
BLOCKS = {"ul", "ol", "div", "details", "pre", "table"}
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def on_config(config):
    """Add the extension to the Markdown of this language."""
    config.markdown_extensions.append(SharePlaces())
    return config


class SharePlaces(Extension):
    """Markdown extension: an empty `<span class="hb-share">` where a link can be shared."""

    def extendMarkdown(self, md):
        # After the contents have been made of the headings (toc: 5).
        md.treeprocessors.register(SharePlacer(md), "share_places", 4)


class SharePlacer(Treeprocessor):
    """Puts the place at the end of the heading's or the item's own words, before what is listed or noted inside it."""

    def run(self, root):
        for el in root.iter():
            if el.tag not in TAGS or not ID.fullmatch(el.get("id", "")):
                continue
            own = el[0] if el.tag == "li" and len(el) and el[0].tag == "p" else el
            block = next((i for i, child in enumerate(own) if child.tag in BLOCKS), len(own)) if el.tag == "li" else len(own)
            own.insert(block, Element("span", {"class": "hb-share"}))
