"""data/glossary.yml: whole entries, in order, with names that lead to one term only."""

import re
from collections.abc import Iterator

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from handbook.checks.characters import HAN
from handbook.checks.pages import Sources
from handbook.checks.structure import KEBAB
from handbook.problems import Problem
from handbook.yaml_lines import entries, read

FILE = "data/glossary.yml"
NAMES = ("term", "also", "search")
TEXT, LIST, MAP = "text", "a list of texts", "a mapping"
ENTRY = {"id": TEXT, "zh": MAP, "en": MAP, "sections": LIST}
CHINESE = {"term": TEXT, "pinyin": TEXT, "text": TEXT, "also": LIST, "search": LIST}
ENGLISH = {key: kind for key, kind in CHINESE.items() if key != "pinyin"}
OPTIONAL = {"also", "search"}


def check(sources: Sources) -> Iterator[Problem]:
    root, problems = read(sources.root, FILE)
    yield from problems
    if root is None:
        return
    if not isinstance(root, SequenceNode):
        yield Problem(FILE, 1, "the glossary is not a list", "Begin each term with “- id: …”.")
        return
    for term in root.value:
        yield from shape(term, ENTRY, "the entry", line(term))
        for language, keys in (("zh", CHINESE), ("en", ENGLISH)):
            if language in entries(term):
                at, part = entries(term)[language]
                yield from shape(part, keys, f"“{language}”", at)
        yield from english_with_han(term)
        yield from unknown_sections(term, sources)
    yield from ids(root.value)
    for language in ("zh", "en"):
        yield from shared_names(root.value, language)


def line(node: Node) -> int:
    return node.start_mark.line + 1


def shape(node: Node, keys: dict[str, str], what: str, at: int) -> Iterator[Problem]:
    """Required keys that are missing, values of another type, keys that nobody reads."""
    has = entries(node)
    for key, kind in keys.items():
        if key not in has:
            if key not in OPTIONAL:
                yield Problem(FILE, at, f"{what} has no “{key}”", f"Add it: {kind}.")
        elif not is_a(has[key][1], kind):
            yield Problem(
                FILE, has[key][0], f"“{key}” is not {kind}", "Compare it with the other entries."
            )
    for key in has.keys() - keys.keys():
        yield Problem(
            FILE,
            has[key][0],
            f"{what} has an unknown key “{key}”",
            f"The keys are: {', '.join(keys)}.",
        )


def is_a(node: Node, kind: str) -> bool:
    if kind == MAP:
        return isinstance(node, MappingNode)
    if kind == LIST:
        return isinstance(node, SequenceNode) and all(is_a(item, TEXT) for item in node.value)
    return isinstance(node, ScalarNode) and node.tag.endswith(":str") and bool(node.value.strip())


def texts(node: Node | None) -> Iterator[ScalarNode]:
    """The text of a value, or the texts of a list."""
    if isinstance(node, ScalarNode):
        yield node
    elif isinstance(node, SequenceNode):
        yield from (item for item in node.value if isinstance(item, ScalarNode))


def child(node: Node | None, key: str) -> Node | None:
    return entries(node).get(key, (0, None))[1]


def english_with_han(term: Node) -> Iterator[Problem]:
    for key, (_, node) in entries(child(term, "en")).items():
        for text in texts(node):
            if found := HAN.search(text.value):
                yield Problem(
                    FILE,
                    line(text),
                    f"Chinese (“{found[0]}”) in the English field “{key}”",
                    "Translate it, or move it to zh.",
                )


def unknown_sections(term: Node, sources: Sources) -> Iterator[Problem]:
    for text in texts(child(term, "sections")):
        name, _, id = text.value.partition("#")
        page = sources.by_name.get(("zh", f"{name}.md")) or sources.by_name.get(
            ("zh", f"{name}.ipynb")
        )
        if page is None or id not in {anchor.id for anchor in page.anchors}:
            missing = (
                f"docs/zh/{name}.md has no id “{id}”"
                if page
                else f"there is no page docs/zh/{name}.md"
            )
            yield Problem(
                FILE,
                line(text),
                f"the section “{text.value}” does not exist: {missing}",
                "Write page#id with an id of the Chinese page, or take it off the list.",
            )


def ids(terms: list[Node]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    last = ""
    for term in terms:
        at, node = entries(term).get("id", (0, None))
        if not isinstance(node, ScalarNode):
            continue
        if not KEBAB.fullmatch(node.value):
            yield Problem(
                FILE,
                at,
                f"the id “{node.value}” is not ASCII kebab-case",
                "Write it as in data-quality.",
            )
        if node.value in seen:
            yield Problem(
                FILE,
                at,
                f"the id “{node.value}” is already used on line {seen[node.value]}",
                "Choose another.",
            )
        elif node.value < last:
            yield Problem(
                FILE,
                at,
                f"“{node.value}” comes after “{last}”",
                "Put the entries in the order of their ids.",
            )
        seen.setdefault(node.value, at)
        last = max(last, node.value)


def shared_names(terms: list[Node], language: str) -> Iterator[Problem]:
    """A name that two terms have in one language: the search could not tell them apart."""
    owners: dict[str, tuple[int, int]] = {}
    for number, term in enumerate(terms):
        part = child(term, language)
        for text in (text for key in NAMES for text in texts(child(part, key))):
            name = re.sub(r"[\s-]", "", text.value.casefold())
            owner, first = owners.setdefault(name, (number, line(text)))
            if owner != number:
                yield Problem(
                    FILE,
                    line(text),
                    f"the name “{text.value}” ({language}) already belongs to the term on line {first}",
                    "A name leads to one term: take it from one of the two.",
                )
