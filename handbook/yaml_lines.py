"""YAML with line numbers: nodes instead of values."""

from pathlib import Path

import yaml
from yaml import MappingNode, Node, ScalarNode

from handbook.problems import Problem

# The C loader reads ten times as fast; PyYAML has it on the usual platforms.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def compose(text: str) -> Node | None:
    """The root node of a document. Raises YAMLError."""
    return yaml.compose(text, Loader=LOADER)


def read(root: Path, file: str) -> tuple[Node | None, list[Problem]]:
    """The root node of a file of the project, and what keeps it from being read; (None, []) without the file."""
    path = root / file
    if not path.is_file():
        return None, []
    try:
        return compose(path.read_text(encoding="utf-8", errors="replace")), []
    except yaml.YAMLError as error:
        what = getattr(error, "problem", error)
        return None, [
            Problem(file, line_of(error), f"this is not valid YAML: {what}", "Correct it.")
        ]


def entries(node: Node | None) -> dict[str, tuple[int, Node]]:
    """A mapping's keys, each with its line (from 1) and value; empty for any other node."""
    if not isinstance(node, MappingNode):
        return {}
    return {
        key.value: (key.start_mark.line + 1, value)
        for key, value in node.value
        if isinstance(key, ScalarNode)
    }


def line_of(error: yaml.YAMLError) -> int:
    """Where a document is broken, from 1."""
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark else 1
