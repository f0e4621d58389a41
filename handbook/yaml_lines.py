"""YAML whose texts know their lines: dicts and lists of them, and what keeps a file from being read."""

from pathlib import Path
from typing import Any

import yaml
from yaml import MappingNode, Node, ScalarNode
from yaml.constructor import ConstructorError

from handbook.problems import Problem

MEND = (
    "Correct it here or just above: indent by spaces only, and put text with a colon, a hash or a "
    "quotation mark in it into quotes."
)


class Text(str):
    """A text of the file, or a key."""

    line = 1


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # the C loader is ten times as fast
    """Notes keys that are there twice; MkDocs' own tags stand for nothing."""

    def __init__(self, stream: str):
        super().__init__(stream)
        self.doubles: list[tuple[Text, int]] = []  # with the line of the first

    def text(self, node: Node) -> Text:
        """A scalar, or any key."""
        if not isinstance(node, ScalarNode):
            raise ConstructorError(None, None, "a key is no text", node.start_mark)
        found = Text(node.value)
        found.line = node.start_mark.line + 1
        return found

    def mapping(self, node: MappingNode) -> dict[Text, Any]:
        """A mapping whose keys are texts."""
        found: dict[Text, Any] = {}
        for key, value in ((self.text(key), value) for key, value in node.value):
            if key in found:
                self.doubles.append((key, next(one.line for one in found if one == key)))
            found[key] = self.construct_object(value, deep=True)
        return found


Loader.add_constructor("tag:yaml.org,2002:str", Loader.text)
Loader.add_constructor("tag:yaml.org,2002:map", Loader.mapping)
for prefix in ("!", "tag:yaml.org,2002:python/"):
    Loader.add_multi_constructor(prefix, lambda loader, suffix, node: None)


def parse(text: str, file: str = "", above: int = 0) -> tuple[Any, list[Problem]]:
    """What a text holds, None when it cannot be read; above: how many lines of its file come first."""
    try:
        loader = Loader(text)
        value = loader.get_single_data()
    except yaml.YAMLError as error:
        mark, why = getattr(error, "problem_mark", None), getattr(error, "problem", None)
        line = above + (mark.line + 1 if mark else 1)
        what = f"this is not valid YAML: {why or 'it cannot be read'}"
        return None, [Problem(file, line, what, MEND, stops=True)]
    todo = "Make one of the two: only the last would count."
    return value, [
        Problem(
            file, key.line + above, f"“{key}” is there twice, first on line {first + above}", todo
        )
        for key, first in loader.doubles
    ]


def read(root: Path, file: str) -> tuple[Any, list[Problem]]:
    """What a file of the project holds, None when it cannot be read."""
    if not (root / file).is_file():
        todo = f"Bring it back: git checkout -- {file}"
        return None, [Problem(file, 1, "this file is missing", todo, stops=True)]
    before, lost, _ = text = (
        (root / file).read_bytes().decode("utf-8", "replace").partition("\ufffd")
    )
    if lost:
        line = before.count("\n") + 1
        return None, [Problem(file, line, "the file is not UTF-8", "Save it as UTF-8.", stops=True)]
    return parse("".join(text), file)
