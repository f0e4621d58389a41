"""Files of settings and data can be read: configurations, data/, and the front matter of each page."""

from collections.abc import Iterator

import yaml
from yaml import MappingNode, Node, ScalarNode

from handbook.checks.pages import Page, Sources
from handbook.problems import Problem
from handbook.yaml_lines import compose, entries, line_of

GLOSSARY = "data/glossary.yml"  # a list; handbook/glossary/check.py looks at it
NEEDED = ("mkdocs.yml", "mkdocs.en.yml", "data/addresses.yml", GLOSSARY, "data/search_words.yml")


def check(sources: Sources) -> Iterator[Problem]:
    """YAML that is missing, broken or says a thing twice; pages without a description."""
    for page in sources.pages:
        if not page.notebook:  # handbook/labs/check.py reads the header of a lab
            yield from front_matter(page)
    for file in NEEDED:
        if not (sources.root / file).is_file():
            todo = f"Bring it back: git checkout -- {file}"
            yield Problem(file, 1, "this file is missing", todo, stops=True)
    files = {*NEEDED, *(f"data/{path.name}" for path in (sources.root / "data").glob("*.yml"))}
    for file in sorted(files):
        if (sources.root / file).is_file():
            text = (sources.root / file).read_bytes().decode("utf-8", "replace")
            before, lost, _ = text.partition("\ufffd")
            if lost:
                line = before.count("\n") + 1
                yield Problem(file, line, "the file is not UTF-8", "Save it as UTF-8.", stops=True)
            else:
                yield from readable(file, text)


def readable(file: str, text: str, above: int = 0) -> Iterator[Problem]:
    """What keeps a text from being read as YAML; above: how many lines of the file stand before it."""
    try:
        node = compose(text)
    except yaml.YAMLError as error:
        what = f"this is not valid YAML: {getattr(error, 'problem', None) or 'it cannot be read'}"
        todo = (
            "Correct it here or just above: indent by spaces only, and put text with a colon, a hash "
            "or a quotation mark in it into quotes."
        )
        yield Problem(file, line_of(error) + above, what, todo, stops=True)
        return
    if not isinstance(node, MappingNode) and (node or not above) and file != GLOSSARY:
        todo = "Write each setting as “name: value” on a line of its own."
        yield Problem(file, above + 1, "this holds no settings", todo, stops=True)
    for key, first in doubles(node):
        line = key.start_mark.line + 1 + above
        what = f"“{key.value}” is there twice, first on line {first + above}"
        yield Problem(file, line, what, "Make one of the two: only the last would count.")


def doubles(node: Node | None) -> Iterator[tuple[Node, int]]:
    """Keys that their mapping has already, with the line of the first."""
    if isinstance(node, MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            if isinstance(key, ScalarNode) and key.value in seen and key.value != "<<":
                yield key, seen[key.value]
            seen.setdefault(str(key.value), key.start_mark.line + 1)
            yield from doubles(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from doubles(item)


def front_matter(page: Page) -> Iterator[Problem]:
    """The front matter is a mapping with a description, which search engines and shared links show."""
    problems = list(readable(page.file, page.front, above=1))
    yield from problems
    if any(problem.stops for problem in problems):
        return
    line, node = entries(compose(page.front)).get("description", (0, None))
    if not isinstance(node, ScalarNode) or not node.tag.endswith(":str") or not node.value.strip():
        what = "the description is no text" if node else "this page has no description"
        todo = "Begin the file with a line ---, a line “description: …” in one sentence, and a line ---."
        yield Problem(page.file, line + 1 if node else 1, what, todo)
