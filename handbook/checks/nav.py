"""Both configurations list the same pages in the same order, and only pages that exist."""

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from yaml import Node, ScalarNode, SequenceNode, YAMLError

from handbook.checks.pages import Sources
from handbook.problems import Problem
from handbook.yaml_lines import compose, entries

FILES = {"zh": "mkdocs.yml", "en": "mkdocs.en.yml"}


def check(sources: Sources) -> Iterator[Problem]:
    pages = {}
    for language, file in FILES.items():
        pages[language] = listed(sources.root / file)
        for name, line in pages[language]:
            if (language, name) not in sources.by_name:
                yield Problem(
                    file, line, f"nav lists {name}, but docs/{language}/{name} does not exist",
                    "Correct the path, or add the page.",
                )
    if not all(pages.values()):  # English inherits the navigation, or there is none
        return
    names = {language: [name for name, _ in found] for language, found in pages.items()}
    for language, other in (("zh", "en"), ("en", "zh")):
        for name, line in pages[language]:
            if name not in names[other]:
                yield Problem(
                    FILES[language], line, f"nav lists {name}, and that of {FILES[other]} does not",
                    "List the same pages in both, in the same order.",
                )
    common = [[(n, line) for n, line in found if n in names["zh"] and n in names["en"]] for found in pages.values()]
    for there, here in zip_longest(*common):
        if there and here and there[0] != here[0]:
            yield Problem(
                FILES["en"], here[1], f"nav has {here[0]} here, where {FILES['zh']} has {there[0]} (line {there[1]})",
                "List the pages of both in the same order.",
            )
            return


def listed(path: Path) -> list[tuple[str, int]]:
    """The pages of a configuration's nav with their lines; none when MkDocs itself will reject the file."""
    try:
        nav = entries(compose(path.read_text(encoding="utf-8"))).get("nav")
    except (OSError, YAMLError):
        return []
    return list(leaves(nav[1])) if nav else []


def leaves(node: Node) -> Iterator[tuple[str, int]]:
    if isinstance(node, ScalarNode):
        if "://" not in node.value:
            yield node.value, node.start_mark.line + 1
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from leaves(item)
    else:
        for _, value in node.value:
            yield from leaves(value)
