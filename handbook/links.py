"""Reads data/links.yml, the list of links to other sites, and finds them in the sources."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from yaml import MappingNode, Node, ScalarNode

FILE = "data/links.yml"
# An address in running text; Chinese and full-width characters end it, and no address of ours holds them unescaped.
ADDRESS = re.compile(r"https?://[^\s<>\"'`|\\\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")
FIELDS = ("checked", "answered")


@dataclass(frozen=True)
class Link:
    """An entry of the list; a date is None where there is none yet."""

    line: int
    checked: date | None  # an editor compared what the page says with the source
    answered: date | None  # `make links` had an answer from the address


def addresses(text: str) -> Iterator[tuple[int, str]]:
    """Position and address of each link in a text, Markdown or not, without the mark that ends a sentence or a bracket."""
    for match in ADDRESS.finditer(text):
        address = match[0]
        while address[-1] in ".,;:!?*_" or (address[-1] in ")]}" and address.count(address[-1]) > address.count("([{"[")]}".index(address[-1])])):
            address = address[:-1]
        yield match.start(), address


def entries(node: Node | None) -> Iterator[tuple[str, int, Link | None]]:
    """Address, line and entry; None for an entry that is none."""
    for key, value in getattr(node, "value", ()) if isinstance(node, MappingNode) else ():
        yield key.value, key.start_mark.line + 1, read_entry(key.start_mark.line + 1, value)


def read_entry(line: int, node: Node) -> Link | None:
    fields = {key.value: value for key, value in node.value} if isinstance(node, MappingNode) else {}
    if set(fields) != set(FIELDS) or not all(isinstance(value, ScalarNode) for value in fields.values()):
        return None
    try:
        return Link(line, *(None if fields[name].value in ("", "~", "null") else date.fromisoformat(fields[name].value) for name in FIELDS))
    except ValueError:
        return None
