"""Reads the HTML of a page: every place in it that a link can point at, with a title and a summary."""

import re
from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from bs4.element import Tag

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


def read_outline(html: str, language: str, description: str = "") -> list[Place]:
    """All places of a page, in order. The description stands for the page itself."""
    soup = BeautifulSoup(CODE.sub(r"\1code\2", html), "html.parser")
    for extra in soup.find_all(is_extra):
        extra.decompose()
    asides = {id(tag) for tag in soup.find_all(is_aside)}
    places: list[Place] = []
    owners: list[tuple[Place, Tag]] = []  # aliases, which take their words from what they stand beside
    heading = card = None
    for tag in soup.find_all((*HEADINGS, *ITEMS, "a")):
        if tag.name in HEADINGS:
            heading = heading_place(tag)
            card = heading.id if heading.level == 2 else None if heading.level == 1 else card
            heading.card = card or ""
            if heading.id:
                places.append(heading)
            continue
        name = tag.get("id", "")
        if KEBAB.fullmatch(name):
            kind = "moved" if "hb-moved" in tag.get("class", ()) else "alias" if tag.name == "a" else "item"
            place = Place(name, kind, "", card=card or "")
            places.append(place)
            if kind == "alias":
                owners.append((place, tag))
            elif kind == "item":
                text = own_text(tag) or own_text(tag.find("p") or tag)
                place.title, place.texts = label_of(text), [without_label(text)]
        if tag.name in TEXTS and heading and not any(id(around) in asides for around in (tag, *tag.parents)):
            text = own_text(tag)
            strong = tag.find("strong")
            if tag.name == "p" and strong and text.endswith(("：", ":")) and squeeze(strong.get_text()) == text:
                continue  # a bold line over a list says nothing alone
            # A first label such as “Answer:” tells nothing where there is one answer.
            heading.texts.append(text if heading.texts or tag.name == "li" else without_label(text, tag))
    summarise(places, language, description)
    for alias, tag in owners:
        owner = owner_of(alias, tag, places)
        if owner:
            alias.title, alias.summary, alias.card, alias.level = owner.title, owner.summary, owner.card, owner.level
    return places


def is_extra(tag: Tag) -> bool:
    return tag.name in ("script", "style", "svg") or "headerlink" in tag.get("class", ())


def is_aside(tag: Tag) -> bool:
    return tag.name in ASIDE_TAGS or not ASIDE_CLASSES.isdisjoint(tag.get("class", ()))


def heading_place(tag: Tag) -> Place:
    level, name = int(tag.name[1]), tag.get("id", "")
    kind = "page" if level == 1 else "term" if "hb-entry" in tag.get("class", ()) else "section"
    return Place(name if KEBAB.fullmatch(name) else "", kind, plain_title(squeeze(tag.get_text())), level)


def owner_of(alias: Place, tag: Tag, places: list[Place]) -> Place | None:
    """The heading or item that an old id is kept for: the one around it, the next one, or the last one."""
    by_id = {place.id: place for place in places}
    around = tag.find_parent(lambda t: t.name in (*HEADINGS, *ITEMS) and by_id.get(t.get("id", "")) is not None)
    if around:
        return by_id[around["id"]]
    after = next((e for e in tag.next_elements if e is not tag and (isinstance(e, Tag) and e.name in HEADINGS or
                  isinstance(e, str) and e.strip())), None)
    if isinstance(after, Tag) and after.get("id") in by_id:
        return by_id[after["id"]]
    before = [place for place in places[:places.index(alias)] if place.kind in ("page", "section", "term")]
    return before[-1] if before else None


def own_text(tag: Tag) -> str:
    """The text of a block without that of the blocks inside."""
    parts = []
    for child in tag.descendants:
        if isinstance(child, str) and type(child).__name__ == "NavigableString":
            block = next(parent for parent in child.parents if parent is tag or parent.name in BLOCKS)
            if block is tag:
                parts.append(child)
    return squeeze("".join(parts))


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


def without_label(text: str, tag: Tag | None = None) -> str:
    """A text without the label before its colon; with a tag, only where the label is set in bold."""
    label, colon, rest = re.match(r"([^：:]*)([：:]?)\s*(.*)", text, re.DOTALL).groups()
    strong = tag.find("strong") if tag else None
    if not colon or len(label) > LABEL_LENGTH or tag and not (strong and squeeze(strong.get_text()).rstrip("：:") == label):
        return text
    return rest


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
