"""Files can be read: configurations, data/, the front matter of each page, and no character in them is invisible."""

import re
import unicodedata
from collections.abc import Iterator

from handbook.checks.pages import Page, Sources
from handbook.problems import Problem
from handbook.yaml_lines import Text, parse, read

GLOSSARY = "data/glossary.yml"  # a list; handbook/glossary/check.py looks at it
NEEDED = ("mkdocs.yml", "mkdocs.en.yml", "data/addresses.yml", GLOSSARY, "data/search_words.yml")
# Tabs, spaces and marks that nobody sees, and what takes the place of a byte that is not UTF-8.
INVISIBLE = re.compile("[\t\u00a0\u00ad\u200b-\u200f\u2028\u2029\u2060\u3000\ufeff\ufffd]")


def check(sources: Sources) -> Iterator[Problem]:
    """YAML that is missing, broken or says a thing twice; pages without a description; what nobody sees."""
    files = (
        path
        for glob in ("*.yml", "law/*.yml", "questions/*.yml")
        for path in (sources.root / "data").glob(glob)
    )
    data = {path.relative_to(sources.root).as_posix() for path in files}
    for file in {*NEEDED, *data}:
        value, problems = read(sources.root, file)
        yield from problems
        if not problems and not isinstance(value, list if file == GLOSSARY else dict):
            form = (
                "“- id: …” for each term"
                if file == GLOSSARY
                else "“name: value” on lines of their own"
            )
            yield Problem(file, 1, "this holds no settings", f"Write {form}.", stops=True)
    for page in sources.pages:
        if not page.notebook:  # handbook/labs/check.py reads the header of a lab
            yield from front_matter(page)
    labs = {
        f"snippets/labs/{path.parent.name}/lab.py"
        for path in sources.root.glob("snippets/labs/*/lab.py")
    }
    for file in data | labs | {page.file for page in sources.pages}:
        if (sources.root / file).is_file():
            yield from invisible(
                file, (sources.root / file).read_bytes().decode("utf-8", "replace")
            )


def front_matter(page: Page) -> Iterator[Problem]:
    """The front matter is a mapping with a description, which search engines and shared links show."""
    value, problems = parse(page.front, page.file, above=1)
    yield from problems
    if not problems:
        description = value.get("description") if isinstance(value, dict) else None
        if not isinstance(description, Text) or not description.strip():
            todo = "Begin the file with a line ---, a line “description: …” in one sentence, and a line ---."
            yield Problem(page.file, 1, "this page has no description, or it is no text", todo)


def invisible(file: str, text: str) -> Iterator[Problem]:
    """One report for each kind of character on a line."""
    if not INVISIBLE.search(text):
        return
    for number, line in enumerate(text.split("\n"), 1):
        for char in set(INVISIBLE.findall(line)):
            name = unicodedata.name(char, "TAB").lower()
            where = f"{name} (U+{ord(char):04X}) in column {line.index(char) + 1}"
            todo = "Replace it by ordinary spaces." if char in "\t\u00a0\u3000" else "Delete it."
            if char in "\ufeff\ufffd":
                todo = "Save the file as UTF-8 without a byte-order mark."
            yield Problem(file, number, where, todo, stops=char == "\ufffd")
