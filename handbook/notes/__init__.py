"""Markdown extension: a note at the sentence that it is about, in place of a number and a footnote.

`handbook.notes` in `mkdocs.yml`. A footnote whose text begins with a short label in bold, its kind first,

    …lowers the cost.[^distributed-training]

    [^distributed-training]: **Measured: costs more.** Two processes took … ([lab](labs/distributed-training.ipynb))

becomes a sign behind the sentence that says the label, and the note right below the paragraph or list item, closed;
`article.css` puts it beside the text on wide screens, `notes.js` opens it. Its address is #note-distributed-training.
Other footnotes stay what they are. Without script the sign is a link that opens the note.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown.extensions import Extension
from markdown.extensions.footnotes import NBSP_PLACEHOLDER
from markdown.treeprocessors import Treeprocessor

# What a label begins with, in both languages, and the class of its colour.
KINDS = {
    "measured": ("实测", "Measured"),
    "disputed": ("存疑", "Disputed"),
    "dated": ("过时", "Dated"),
    "wrong": ("有误", "Wrong"),
}
BLOCKS = ("p", "li", "dd", "td")
LISTS = ("ul", "ol", "dl", "div", "aside", "table", "pre", "details", "blockquote")


class SentenceNotes(Treeprocessor):
    """Moves each note of a sentence to where the sentence stands."""

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        foot = next((div for div in root.iter("div") if div.get("class") == "footnote"), None)
        if foot is None:
            return
        items = foot.find("ol")
        around = {child: parent for parent in root.iter() for child in parent}
        for item in list(items):
            name, label = item.get("id", "").partition(":")[2], label_of(item)
            kind = kind_of(label)
            if kind is None:
                continue
            items.remove(item)
            for at, reference in enumerate(list(references(root, name))):
                sign = as_sign(reference, name, label, kind)
                if not at:
                    place_below(sign, as_note(item, name, label, kind), around)
        for number, item in enumerate(items, 1):
            for reference in references(root, item.get("id").partition(":")[2]):
                reference[0].text = str(number)
        if not len(items):
            around[foot].remove(foot)


def label_of(item: Element) -> str:
    """The bold words that a footnote begins with; "" when there are none."""
    first = item.find("p")
    if first is None or (first.text or "").strip() or not len(first) or first[0].tag != "strong":
        return ""
    return "".join(first[0].itertext()).strip().rstrip("。.")


def kind_of(label: str) -> str | None:
    """measured, disputed, dated or wrong, by the first word of a label."""
    return next((kind for kind, words in KINDS.items() if label.startswith(words)), None)


def references(root: Element, name: str) -> Iterator[Element]:
    """The numbers in the text that lead to a footnote."""
    for element in root.iter("sup"):
        if len(element) and element[0].get("href") == f"#fn:{name}":
            yield element


def as_sign(reference: Element, name: str, label: str, kind: str) -> Element:
    """Make the sign of a footnote's number."""
    for old in list(reference):
        reference.remove(old)
    reference.tag = "a"
    reference.attrib.clear()
    reference.attrib.update({"class": f"hb-sign hb-sign--{kind}", "href": f"#note-{name}"})
    reference.text = label
    return reference


def as_note(item: Element, name: str, label: str, kind: str) -> Element:
    """The note, of what the footnote holds."""
    note = Element("aside", {"class": f"hb-note hb-note--{kind}", "id": f"note-{name}"})
    note.set("role", "note")
    note.set("aria-label", label)
    for child in item:
        for link in list(child.iter("a")):
            if link.get("class") == "footnote-backref":
                child.remove(link)
        if (child.text or "").strip() or len(child):
            note.append(child)
    for child in note.iter():  # the extension leaves a space before its link back
        child.text = (child.text or "").replace(NBSP_PLACEHOLDER, "")
        child.tail = (child.tail or "").replace(NBSP_PLACEHOLDER, "")
    return note


def place_below(sign: Element, note: Element, around: dict[Element, Element]) -> None:
    """Put a note behind the words of the block that holds its sign, and before lists inside of it."""
    block = around[sign]
    while block.tag not in BLOCKS and block in around:
        block = around[block]
    if block.tag == "p":
        parent = around[block]
        at = list(parent).index(block) + 1
        while at < len(parent) and parent[at].tag == "aside":
            at += 1
        note.tail, block.tail = block.tail, "\n"
        parent.insert(at, note)
        return
    at = next((i for i, child in enumerate(block) if child.tag in LISTS), len(block))
    while at < len(block) and block[at].tag == "aside":
        at += 1
    block.insert(at, note)


class Notes(Extension):
    """The processor, after inline text (20), footnotes' own (15) and attributes (8)."""

    def extendMarkdown(self, md) -> None:
        """Register it."""
        md.treeprocessors.register(SentenceNotes(md), "handbook-notes", 7)


def makeExtension(**options) -> Notes:
    """What Python-Markdown calls."""
    return Notes(**options)
