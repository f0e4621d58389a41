"""Markdown extension: what Python-Markdown leaves undone for readers, and for the Content-Security-Policy.

`handbook.markup` in `mkdocs.yml`. Small processors, each on finished elements:

- cells are aligned by a class instead of the obsolete `align` attribute (a style attribute would be blocked);
- a table whose corner is empty has headers on two sides: its first column names the rows;
- beside each heading and each list item with an id stands an empty `<span class="hb-share">`, which keeps the place of
  the button that `theme/assets/javascripts/share.js` puts there, so that nothing moves when it comes;
- a heading of the class `fold` and its section become a folded block; the heading stays in sight, in its `<summary>`;
- an interval, as in “0.12 to 0.34”, is never broken between lines;
- in Chinese, lines of a paragraph are joined without a space, and what extensions say in English is said in Chinese;
- a Chinese heading breaks between words: `<wbr>` stands there, and `handbook.css` allows no other place;
- the box of a task has a name.
"""

import re
from collections.abc import Iterator
from functools import cache
from xml.etree.ElementTree import Element

from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from rjieba import Jieba

from handbook.glossary.terms import load_terms
from handbook.site import HEADINGS, KEBAB

BLOCKS = {"ul", "ol", "div", "details", "pre", "table", "aside"}
HAN = r"[\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—]"
JOINT = re.compile(rf"(?<={HAN})\n(?={HAN})")
BACK = "回到正文中的脚注"
OLD_ID = re.compile(r"(?:\x02wzxhzdk:(\d+)\x03\s*)+?(?:\x02wzxhzdk:\d+\x03\s*)*")
# Numbers that belong together, as “0.12<!-- key --> to 0.34”, outside of code.
INTERVAL = re.compile(r"(?<=\d)(%?(?:<!--[^>]*-->)?) ?(–|to|到) ?(?=[−+]?\d)")
CODE = re.compile(r"(<(pre|code)\b.*?</\2>|<[^!][^>]*>)", re.DOTALL)
LEADS = re.compile(
    r"[不与和及或在用把被从向对为《（“‘第]"
)  # belongs to what follows; other single ones do not


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


class Folds(Treeprocessor):
    """Folds the section of each heading of the class `fold`: what follows, up to a heading of its level or above it."""

    def run(self, root: Element) -> None:
        """Change the headings that are children of an element; the deepest first."""
        for heading in sorted(filter(is_fold, root), key=lambda one: one.tag, reverse=True):
            while (before := list(root).index(heading)) and self.is_old_id(root[before - 1]):
                heading.text = root[before - 1].text + (heading.text or "")
                root.remove(root[before - 1])
            at = list(root).index(heading)
            rest = list(root)[at + 1 :]
            end = next((i for i, one in enumerate(rest) if ends(one, heading.tag)), len(rest))
            while end and self.is_old_id(rest[end - 1]):
                end -= 1  # it is the next heading's
            heading.set("class", heading.get("class").replace("fold", "").strip())
            if not heading.get("class"):
                del heading.attrib["class"]
            fold, summary = Element("details", {"class": "hb-fold"}), Element("summary")
            for one in (heading, *rest[:end]):
                root.remove(one)
            # A button does not stand in another: they come below, and show when the section is open.
            buttons = [one for one in heading if one.get("class") in ("headerlink", "hb-share")]
            for one in buttons:
                heading.remove(one)
            summary.append(heading)
            fold.extend((summary, *buttons, *rest[:end]))
            root.insert(at, fold)

    def is_old_id(self, element: Element) -> bool:
        """Whether an element is a line of nothing but `<a id="old-id"></a>`."""
        found = OLD_ID.fullmatch(element.text or "") if element.tag == "p" else None
        html = self.md.htmlStash.rawHtmlBlocks
        return bool(found) and not len(element) and html[int(found[1])].startswith("<a id=")


def is_fold(element: Element) -> bool:
    """Whether an element is a heading that asks to be folded."""
    return element.tag in HEADINGS and "fold" in element.get("class", "").split()


def ends(element: Element, level: str) -> bool:
    """Whether an element ends the section of a heading of a level, as h2: a heading, a fold, or the footnotes."""
    if element.get("class") == "hb-fold":
        element = element[0][0]
    heading = element.tag in HEADINGS and element.tag <= level
    return heading or element.get("class") == "footnote"


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


class HeadingBreaks(Treeprocessor):
    """Marks where a Chinese heading may break."""

    def run(self, root: Element) -> None:
        """Change the headings below an element in place."""
        for heading in root.iter():
            if heading.tag in HEADINGS:
                self.mark(heading)

    def mark(self, element: Element) -> None:
        """Mark the texts of an element and of those inside."""
        for child in list(element):
            if child.tag not in ("code", "span") and child.get("class") != "headerlink":
                self.mark(child)
            at = list(element).index(child) + 1
            child.tail = self.put(element, at, child.tail)
        element.text = self.put(element, 0, element.text)

    def put(self, parent: Element, at: int, text: str | None) -> str | None:
        """Put breaks and the rest of a text into its parent, at a place; returns what comes before the first."""
        if not text or not re.search(HAN, text) or isinstance(text, AtomicString):
            return text
        first, *rest = phrases(text)
        for number, phrase in enumerate(rest):
            stop = Element("wbr")
            stop.tail = phrase
            parent.insert(at + number, stop)
        return first


@cache
def dictionary() -> Jieba:
    """The words of Chinese, those of the glossary among them."""
    words = Jieba()
    for term in load_terms("zh"):
        for name in term.names:
            words.add_word(name, None, None)
    return words


def phrases(text: str) -> list[str]:
    """A Chinese text in pieces of one word, or of few that belong together."""
    pieces, last = [""], ""
    for word in dictionary().cut(text):
        glued = LEADS.fullmatch(last) or len(word) == 1 and not LEADS.match(word)
        if not glued and re.search(HAN, last[-1:] + word[0]) and re.search(r"\w$", last):
            pieces.append(word)
        else:
            pieces[-1] += word
        last = word
    return pieces


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


class Intervals(Postprocessor):
    """Keeps the two ends of an interval on one line: with no-break spaces, and joiners around a dash."""

    def run(self, text: str) -> str:
        """Change the text of a page, code and tags aside."""
        parts = CODE.split(text)
        parts[0::3] = [INTERVAL.sub(unbroken, part) for part in parts[0::3]]
        del parts[2::3]  # the name of the tag
        return "".join(parts)


def unbroken(match: re.Match) -> str:
    """What stands between the ends of an interval."""
    mark, space = match[2], "\u2060" if match[2] == "–" else "\u00a0"
    return f"{match[1]}{space}{mark}{space}"


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
            md.treeprocessors.register(HeadingBreaks(md), "handbook-heading-breaks", 2.5)
        md.treeprocessors.register(Folds(md), "handbook-folds", 2)
        md.postprocessors.register(Intervals(md), "handbook-intervals", 4)
        md.postprocessors.register(Boxes(md, "任务" if chinese else "Task"), "handbook-boxes", 5)


def makeExtension(**options) -> Markup:
    """What Python-Markdown calls."""
    return Markup(**options)
