"""Reads the HTML of a page: every place in it that a link can point at, with a title and a summary."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree, html
from lxml.html import HtmlElement

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
ITEMS = ("li", "p", "dt", "dd", "blockquote", "figure", "table", "tr")
TEXTS = ("p", "li", "dd")
BLOCKS = {"p", "li", "ul", "ol", "dl", "dd", "dt", "div", "table", "pre", "blockquote", "figure", "details", *HEADINGS}
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Not for readers of a summary: notes of ours, code, tables, and what scripts or the glossary add.
ASIDE_TAGS = {"details", "table", "pre", "nav"}
ASIDE_CLASSES = {"admonition", "highlight", "tabbed-labels", "hb-names", "hb-where", "md-button", "hb-moved"}
# Nothing in code is read, and its colours are most of a page's tags: it is taken out before the rest is parsed.
CODE = re.compile(r"(<pre\b[^>]*>).*?(</pre>)", re.DOTALL)
NUMBER = re.compile(r"^(?:\d+\.\s*|[一二三四五六七八九十]+、\s*|[IVX]+\.\s+)")
HAN = r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]"
SENTENCE_END = re.compile(r"(?<=[。！？])|(?<=[.!?])(?:\s+)(?=[A-Z“\"(])")
LENGTHS = {"zh": 90, "en": 200}  # what chat clients show of a summary before they cut it
LABEL_LENGTH = 48


@dataclass
class Place:
    """One id of a page: a heading, a list item, or an old id kept beside a new one."""

    id: str
    kind: str  # "page" (the first heading), "section", "item", "term" (of the glossary), "alias", "moved"
    title: str  # as shown, without its number
    level: int = 0  # of a heading
    summary: str = ""
    card: str = ""  # id of the second-level section that it stands in; "" above the first
    texts: list[str] = field(default_factory=list, repr=False)

    @property
    def shared(self) -> bool:
        """Whether it has a share page: terms are too many and too short, and what moved has its own."""
        return self.kind not in ("term", "moved")


def read_outline(content: str, language: str, description: str = "") -> list[Place]:
    """All places of a page's HTML, in order. The description stands for the page itself."""
    root = parsed(content)
    places: list[Place] = []
    owners: list[tuple[Place, HtmlElement]] = []  # aliases, which take their words from what they stand beside
    heading = card = None
    for tag in root.iter(*HEADINGS, *ITEMS, "a"):
        if tag.tag in HEADINGS:
            heading = heading_place(tag)
            card = heading.id if heading.level == 2 else None if heading.level == 1 else card
            heading.card = card or ""
            if heading.id:
                places.append(heading)
            continue
        name = tag.get("id", "")
        if KEBAB.fullmatch(name):
            kind = "moved" if "hb-moved" in tag.classes else "alias" if tag.tag == "a" else "item"
            place = Place(name, kind, "", card=card or "")
            places.append(place)
            if kind == "alias":
                owners.append((place, tag))
            elif kind == "item":
                text = own_text(tag) or own_text(next(tag.iter("p"), tag))
                place.title, place.texts = label_of(text), [without_label(text)]
        if tag.tag in TEXTS and heading and not any(map(is_aside, (tag, *tag.iterancestors()))):
            text = own_text(tag)
            strong = tag.find(".//strong")
            if tag.tag == "p" and strong is not None and text.endswith(("：", ":")) and squeeze(strong.text_content()) == text:
                continue  # a bold line over a list says nothing alone
            # A first label such as “Answer:” tells nothing where there is one answer.
            heading.texts.append(text if heading.texts or tag.tag == "li" else without_label(text, tag))
    summarise(places, language, description)
    for alias, tag in owners:
        owner = owner_of(alias, tag, places)
        if owner:
            alias.title, alias.summary, alias.card, alias.level = owner.title, owner.summary, owner.card, owner.level
    return places


def parsed(content: str) -> HtmlElement:
    """What is read of a page's HTML."""
    root = html.fragment_fromstring(CODE.sub(r"\1code\2", content), create_parent="div", parser=html.HTMLParser(remove_comments=True))
    for extra in [tag for tag in root.iter() if tag.tag in ("script", "style", "svg") or "headerlink" in tag.classes]:
        extra.drop_tree()
    return root


def is_aside(tag: HtmlElement) -> bool:
    return tag.tag in ASIDE_TAGS or not ASIDE_CLASSES.isdisjoint(tag.classes)


def heading_place(tag: HtmlElement) -> Place:
    level, name = int(tag.tag[1]), tag.get("id", "")
    kind = "page" if level == 1 else "term" if "hb-entry" in tag.classes else "section"
    return Place(name if KEBAB.fullmatch(name) else "", kind, plain_title(squeeze(tag.text_content())), level)


def owner_of(alias: Place, tag: HtmlElement, places: list[Place]) -> Place | None:
    """The heading or item that an old id is kept for: the one around it, the next one, or the last one."""
    by_id = {place.id: place for place in places}
    around = next((one for one in tag.iterancestors(*HEADINGS, *ITEMS) if one.get("id") in by_id), None)
    if around is not None:
        return by_id[around.get("id")]
    after = next((one for one in behind(tag) if isinstance(one, str) or one.tag in HEADINGS), "")
    if not isinstance(after, str) and after.get("id") in by_id:
        return by_id[after.get("id")]
    before = [place for place in places[:places.index(alias)] if place.kind in ("page", "section", "term")]
    return before[-1] if before else None


def behind(tag: HtmlElement) -> Iterator[HtmlElement | str]:
    """The elements and texts that come after a tag, its own first."""
    begun = False
    for event, one in etree.iterwalk(tag.getroottree(), events=("start", "end")):
        if begun and event == "start":
            yield one
        begun = begun or one is tag
        text = one.text if event == "start" else one.tail
        if begun and text and text.strip():
            yield text


def own_text(tag: HtmlElement) -> str:
    """The text of a block without that of the blocks inside."""
    def texts(one: HtmlElement) -> Iterator[str]:
        yield one.text or ""
        for child in one:
            if child.tag not in BLOCKS:
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
    return rest if strong is not None and squeeze(strong.text_content()).rstrip("：:") == label else text


def summarise(places: list[Place], language: str, description: str) -> None:
    """Give each heading and item its summary."""
    for at, place in enumerate(places):
        if place.kind == "page":
            place.summary = description
        elif place.kind in ("section", "term", "item"):
            texts = [text for text in place.texts if text]
            if not texts and place.kind == "section":  # a section of sections
                texts = ["；".join(below(places, at)) if language == "zh" else "; ".join(below(places, at))]
            place.summary = first_sentences(texts, language) or description


def below(places: list[Place], at: int) -> list[str]:
    """Titles of the sections directly under one."""
    titles = []
    for place in places[at + 1:]:
        if place.level and place.level <= places[at].level:
            break
        if place.level == places[at].level + 1:
            titles.append(place.title)
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
    head = text[:limit - 1]
    borders = [match.end() for match in re.finditer(r"[，、；：]|[ ,;](?=.)", head)]
    end = borders[-1] if borders and borders[-1] > limit // 2 else len(head)
    return head[:end].rstrip("，、；：,; ") + "…"
