"""data/glossary.yml: whole entries, in order, with names that lead to one term only."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from handbook.checks.characters import HAN
from handbook.checks.pages import KEBAB, Sources
from handbook.problems import Problem
from handbook.yaml_lines import entries, read

FILE = "data/glossary.yml"
NAMES = ("term", "also", "search")
TEXT, LIST, MAP = "text", "a list of texts", "a mapping"
FORM = {TEXT: "{key}: …", LIST: "{key}: [first, second]", MAP: "{key}:, and below it its own lines"}
ENTRY = {"id": TEXT, "zh": MAP, "en": MAP, "sections": LIST}
CHINESE = {"term": TEXT, "pinyin": TEXT, "text": TEXT, "also": LIST, "search": LIST}
ENGLISH = {key: kind for key, kind in CHINESE.items() if key != "pinyin"}
OPTIONAL = {"also", "search"}


def check(sources: Sources) -> Iterator[Problem]:
    """Every entry by itself, then their ids and names."""
    root, problems = read(sources.root, FILE)
    yield from problems
    if problems:
        return
    if not isinstance(root, SequenceNode) or not all(map(entries, root.value)):
        yield Problem(
            FILE,
            1,
            "the glossary is no list of terms",
            "Begin each term with “- id: …”.",
            stops=True,
        )
        return
    for term in root.value:
        id = getattr(child(term, "id"), "value", "?")
        yield from shape(term, ENTRY, f"the term “{id}”", line(term))
        for language, keys in (("zh", CHINESE), ("en", ENGLISH)):
            if child(term, language):
                yield from shape(
                    child(term, language),
                    keys,
                    f"“{language}” of “{id}”",
                    entries(term)[language][0],
                )
        for key, (_, node) in entries(child(term, "en")).items():
            for text in texts(node):
                if found := HAN.search(text.value):
                    message = f"Chinese (“{found[0]}”) in the English field “{key}”"
                    yield Problem(FILE, line(text), message, "Translate it, or move it to zh.")
        for text in texts(child(term, "sections")):
            if not sources.section(text.value):
                todo = "Write page#id, with an id of that page, or take it off the list."
                yield Problem(FILE, line(text), f"there is no section “{text.value}”", todo)
    yield from ids(root.value)
    for language in ("zh", "en"):
        yield from shared_names(root.value, language)


def line(node: Node) -> int:
    """Where a node begins, from 1."""
    return node.start_mark.line + 1


def shape(node: Node, keys: dict[str, str], what: str, at: int) -> Iterator[Problem]:
    """Required keys that are missing, values of another type, keys that nobody reads."""
    has = entries(node)
    for key, kind in keys.items():
        if key not in has and key not in OPTIONAL:
            yield Problem(
                FILE,
                at,
                f"{what} has no “{key}”",
                f"Add “{FORM[kind].format(key=key)}”.",
                stops=True,
            )
        elif key in has and not is_a(has[key][1], kind):
            todo = f"Write “{FORM[kind].format(key=key)}”, as in the other entries."
            yield Problem(FILE, has[key][0], f"“{key}” is not {kind}", todo, stops=True)
    for key in has.keys() - keys.keys():
        yield Problem(
            FILE,
            has[key][0],
            f"{what} has an unknown key “{key}”",
            f"The keys are: {', '.join(keys)}.",
        )


def is_a(node: Node, kind: str) -> bool:
    """Whether a value is of a kind; an empty text is none."""
    if kind == MAP:
        return isinstance(node, MappingNode)
    if kind == LIST:
        return isinstance(node, SequenceNode) and all(is_a(item, TEXT) for item in node.value)
    return isinstance(node, ScalarNode) and node.tag.endswith(":str") and bool(node.value.strip())


def texts(node: Node | None) -> Iterator[ScalarNode]:
    """The text of a value, or the texts of a list."""
    for item in node.value if isinstance(node, SequenceNode) else [node]:
        if isinstance(item, ScalarNode):
            yield item


def child(node: Node | None, key: str) -> Node | None:
    """A value of a mapping."""
    return entries(node).get(key, (0, None))[1]


def ids(terms: list[Node]) -> Iterator[Problem]:
    """Ids that are malformed, given twice, or out of order."""
    nodes = [node for term in terms if isinstance(node := child(term, "id"), ScalarNode)]
    seen: dict[str, int] = {}
    for node in nodes:
        if not KEBAB.fullmatch(node.value):
            todo = "Use lower-case words with hyphens: data-quality."
            yield Problem(FILE, line(node), f"the id “{node.value}” is malformed", todo)
        if node.value in seen:
            message = f"the id “{node.value}” is already used on line {seen[node.value]}"
            yield Problem(FILE, line(node), message, "Choose another.")
        seen.setdefault(node.value, line(node))
    for at in misplaced(list(seen)):
        id = list(seen)[at]
        after = max((other for other in seen if other < id), default="")
        todo = (
            f"Move the entry to where it belongs, {f'behind “{after}”' if after else 'to the top'}."
        )
        yield Problem(FILE, seen[id], f"the term “{id}” is out of order", todo)


def misplaced(names: list[str]) -> list[int]:
    """Places of the fewest names to move so that the others are in order: all but a longest rising sequence."""
    ends: list[str] = []  # least last name of a sequence of each length
    last: list[int] = []  # for each name, the length of the longest sequence that ends in it
    for name in names:
        at = bisect_left(ends, name)
        ends[at : at + 1] = [name]
        last.append(at)
    kept, wanted = set(), len(ends) - 1
    for place in reversed(range(len(names))):
        if last[place] == wanted:
            kept.add(place)
            wanted -= 1
    return [place for place in range(len(names)) if place not in kept]


def shared_names(terms: list[Node], language: str) -> Iterator[Problem]:
    """A name that two terms have in one language: the search could not tell them apart."""
    owners: dict[str, tuple[int, int]] = {}
    for number, term in enumerate(terms):
        part = child(term, language)
        for text in (text for key in NAMES for text in texts(child(part, key))):
            name = re.sub(r"[\s-]", "", text.value.casefold())
            owner, first = owners.setdefault(name, (number, line(text)))
            if owner != number:
                message = f"the name “{text.value}” ({language}) already belongs to the term on line {first}"
                yield Problem(
                    FILE,
                    line(text),
                    message,
                    "A name leads to one term: take it from one of the two.",
                )
