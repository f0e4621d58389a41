"""Both languages level: the same pages in the same navigation, with the same ids, headings and notes."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import zip_longest

from pathspec.gitignore import GitIgnoreSpec
from yaml import Node, ScalarNode, SequenceNode, YAMLError

from handbook.checks.pages import KEBAB, Page, Sources
from handbook.problems import Problem
from handbook.yaml_lines import compose, entries

NAMES = {"zh": "Chinese", "en": "English"}
CONFIGURATIONS = {"zh": "mkdocs.yml", "en": "mkdocs.en.yml"}
KINDS = ("editor", "seealso")  # notes that both languages need
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def check(sources: Sources) -> Iterator[Problem]:
    """Each page by itself, then the pairs, then the navigation."""
    for page in sources.pages:
        other = "en" if page.language == "zh" else "zh"
        if (other, page.name) not in sources.by_name:
            what = f"this page has no {NAMES[other]} counterpart"
            todo = f"Write docs/{other}/{page.name} with the same headings and ids, or delete this page."
            yield Problem(page.file, 1, what, todo)
        yield from ids(page)
        yield from unsourced(page)
    for chinese, english in sources.pairs():
        if not chinese.notebook:  # one source; handbook/labs/check.py looks at its pairs of cells
            for origin in ("heading", "attributes"):
                yield from differing(chinese, english, origin)
            yield from different_levels(chinese, english)
            yield from different_notes(chinese, english)
    yield from navigation(sources)


def ids(page: Page) -> Iterator[Problem]:
    """Ids that are missing, malformed or given twice."""
    for heading in page.unnamed:
        id = next((one.id for one in page.headings if one.line == heading.line), "") or "an-id"
        todo = f"End the line with a space and {{#{id}}}, the same in both languages."
        yield Problem(page.file, heading.line, f"the heading “{heading.text}” has no id", todo)
    seen: dict[str, int] = {}
    for anchor in page.anchors:
        # An id on other HTML is an internal matter, as of a form; `<a id>` keeps an old address alive.
        if anchor.origin in ("heading", "attributes", "a") and not KEBAB.fullmatch(anchor.id):
            what = f"the id “{anchor.id}” is not made of lower-case words with hyphens"
            todo = "Use the letters a to z and digits, with single hyphens between words: data-quality."
            yield Problem(page.file, anchor.line, what, todo)
        if anchor.id in seen:
            what = f"the id “{anchor.id}” is already given on line {seen[anchor.id]}"
            todo = "Give this place an id of its own: a link would always lead to the first."
            yield Problem(page.file, anchor.line, what, todo)
        seen.setdefault(anchor.id, anchor.line)


def differing(chinese: Page, english: Page, origin: str) -> Iterator[Problem]:
    """Ids of one language only, or in another order; of headings, or of what has an attribute list."""
    there, here = (
        {anchor.id: anchor.line for anchor in page.anchors if anchor.origin == origin}
        for page in (chinese, english)
    )
    lacking = [id for id in there if id not in here], [id for id in here if id not in there]
    for right, wrong in zip_longest(*lacking):
        if right and wrong and len(lacking[0]) == len(lacking[1]):
            what = f"the id “{wrong}” here is “{right}” on {chinese.file}:{there[right]}"
            yield Problem(
                english.file, here[wrong], what, "Give both the same; one that is published stays."
            )
            continue
        todo = "Add the section or list item there under the same id, or delete this one."
        if right:
            yield Problem(chinese.file, there[right], f"{english.file} has no “{right}”", todo)
        if wrong:
            yield Problem(english.file, here[wrong], f"{chinese.file} has no “{wrong}”", todo)
    orders = [id for id in there if id in here], [id for id in here if id in there]
    for right, wrong in zip(*orders, strict=True):
        if right != wrong:
            what = f"“{wrong}” comes here where {chinese.file} has “{right}” (line {there[right]})"
            yield Problem(english.file, here[wrong], what, "Bring both pages into the same order.")
            return


def different_levels(chinese: Page, english: Page) -> Iterator[Problem]:
    """Headings with more # in one language than in the other."""
    originals = {heading.id: heading for heading in chinese.headings}
    for heading in english.headings:
        original = originals.get(heading.id, heading)
        if heading.level != original.level:
            here, there = "#" * heading.level, "#" * original.level
            what = f"“{heading.text}” has {here} here and {there} on {chinese.file}:{original.line}"
            yield Problem(english.file, heading.line, what, "Give both the same number of #.")


def unsourced(page: Page) -> Iterator[Problem]:
    """Editor's notes without a date or a source."""
    for note in page.notes:
        if note.kind == "editor" and not any(map(is_date, ISO_DATE.findall(note.title or ""))):
            todo = 'Say when it was checked, as YYYY-MM-DD: !!! editor "… 2026-11-24".'
            yield Problem(
                page.file, note.line, "the title of this editor's note holds no date", todo
            )
        if note.kind == "editor" and not re.search(r"https?://\S", note.body):
            todo = "Link at least one (https://…) in its text, which is indented by 4 spaces."
            yield Problem(page.file, note.line, "this editor's note names no source", todo)


def is_date(text: str) -> bool:
    """Whether there is such a day."""
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def different_notes(chinese: Page, english: Page) -> Iterator[Problem]:
    """A section that has more notes in one language than in the other."""
    there, here = (
        Counter((note.section.id if note.section else "", note.kind) for note in page.notes)
        for page in (chinese, english)
    )
    lines = {heading.id: heading.line for heading in english.headings} | {"": 1}
    for id, kind in sorted(there.keys() | here.keys()):
        counts = here[id, kind], there[id, kind]
        if kind in KINDS and counts[0] != counts[1] and id in lines:
            section = f"the section “{id}”" if id else "the beginning of the page"
            what = (
                f"{section} has {counts[0]} “{kind}” notes here and {counts[1]} in {chinese.file}"
            )
            todo = "Add the missing one or delete the other: both languages tell their readers the same."
            yield Problem(english.file, lines[id], what, todo)


def navigation(sources: Sources) -> Iterator[Problem]:
    """Both configurations list the same pages in the same order, all pages, and only pages that exist."""
    pages = {language: listed(sources, file) for language, file in CONFIGURATIONS.items()}
    for language, file in CONFIGURATIONS.items():
        for name, line in pages[language].items():
            if (language, name) not in sources.by_name:
                what = f"nav lists {name}, but docs/{language}/{name} does not exist"
                yield Problem(file, line, what, "Correct the path, or add the page.")
    if not all(pages.values()):  # there is no navigation, or MkDocs rejects the file
        return
    apart = setting(sources, "mkdocs.yml", "not_in_nav")
    apart = GitIgnoreSpec.from_lines(apart.splitlines() if isinstance(apart, str) else [])
    for page in sources.pages:
        file = CONFIGURATIONS[page.language]
        if page.name not in pages[page.language] and not apart.match_file(page.name):
            todo = f"Add “- Title: {page.name}” to nav in {file}, at the same place in both files."
            yield Problem(page.file, 1, f"this page is not in the navigation of {file}", todo)
    orders = (
        (name for name in pages["zh"] if name in pages["en"]),
        (name for name in pages["en"] if name in pages["zh"]),
    )
    for there, here in zip(*orders, strict=True):
        if there != here:
            what = f"nav has {here} here, where mkdocs.yml has {there} (line {pages['zh'][there]})"
            yield Problem(
                "mkdocs.en.yml",
                pages["en"][here],
                what,
                "List the pages of both in the same order.",
            )
            return


def listed(sources: Sources, file: str) -> dict[str, int]:
    """The pages of a configuration's nav with their lines."""
    return dict(leaves(setting(sources, file, "nav")))


def setting(sources: Sources, file: str, key: str) -> Node | str:
    """A setting of a configuration: a text, or the node of another value. "" where there is none.

    settings.py tells of a file that cannot be read.
    """
    try:
        node = compose((sources.root / file).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, YAMLError):
        return ""
    value = entries(node).get(key, (0, ""))[1]
    return value.value if isinstance(value, ScalarNode) else value


def leaves(node: Node | str) -> Iterator[tuple[str, int]]:
    """The pages below a node of the navigation."""
    if isinstance(node, ScalarNode):
        if "://" not in node.value:
            yield node.value, node.start_mark.line + 1
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from leaves(item)
    else:
        for _, value in entries(node).values():
            yield from leaves(value)
