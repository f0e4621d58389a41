"""Both languages level: the same pages in the same navigation, with the same ids and headings. Notes: `built.py`."""

import re
from collections.abc import Iterator, Set

from pathspec.gitignore import GitIgnoreSpec

from handbook.checks.pages import Page, Sources
from handbook.problems import Problem
from handbook.site import KEBAB
from handbook.yaml_lines import Text, read

NAMES = {"zh": "Chinese", "en": "English"}
CONFIGURATIONS = {"zh": "mkdocs.yml", "en": "mkdocs.en.yml"}
# Headings, notes and ids as a Chinese keyboard gives them, all of which built.py tells.
FULL_WIDTH = re.compile(r"^ *＃|^！！！ \w|\{:? ?＃[^{}\n]*[}｝]|｛[^}｝\n]*[}｝]", re.MULTILINE)


def check(sources: Sources, faulty: Set[str] = frozenset()) -> Iterator[Problem]:
    """Each page by itself, then the pairs of which no file is faulty, then the navigation."""
    for page in sources.pages:
        other = "en" if page.language == "zh" else "zh"
        if (other, page.name) not in sources.by_name:
            what = f"this page has no {NAMES[other]} counterpart"
            todo = f"Write docs/{other}/{page.name} with the same headings and ids, or delete this page."
            yield Problem(page.file, 1, what, todo)
        yield from ids(page)
    for pair in sources.pairs():
        # One slip is told once. A lab has one source; handbook/labs/check.py looks at its pairs of cells.
        slips = any(page.file in faulty or FULL_WIDTH.search(page.prose) for page in pair)
        ids_lack = any(page.notebook or not one.id for page in pair for one in page.headings)
        if not slips and not ids_lack:
            yield from differing(*pair)
    yield from navigation(sources)


def ids(page: Page) -> Iterator[Problem]:
    """Ids that are missing, malformed or given twice."""
    for heading in page.headings:
        if not heading.id:
            todo = "End the line with a space and {#an-id}, the same in both languages."
            yield Problem(page.file, heading.line, f"the heading “{heading.text}” has no id", todo)
    seen: dict[str, int] = {}
    for place in page.places:
        if place.published and not KEBAB.fullmatch(place.id):
            what = f"the id “{place.id}” is not made of lower-case words with hyphens"
            todo = "Use the letters a to z and digits, with single hyphens between words: data-quality."
            yield Problem(page.file, place.line, what, todo)
        if place.id in seen:
            what = f"the id “{place.id}” is already given on line {seen[place.id]}"
            todo = "Give this place an id of its own: a link would always lead to the first."
            yield Problem(page.file, place.line, what, todo)
        seen.setdefault(place.id, place.line)


def differing(chinese: Page, english: Page) -> Iterator[Problem]:
    """Ids of one language only; the first that comes in another order, or as a heading of another level."""
    there, here = (
        {place.id: place for place in page.places if place.published} for page in (chinese, english)
    )
    for page, own, other, ids in ((chinese, there, english, here), (english, here, chinese, there)):
        for place in (own[id] for id in own if id not in ids):
            todo = "Add it there under the same id, or correct this one; an id that is published stays."
            yield Problem(page.file, place.line, f"{other.file} has no “{place.id}”", todo)
    both = [place for id, place in there.items() if id in here]
    for right, wrong in zip(both, [here[id] for id in here if id in there], strict=True):
        if right.id != wrong.id:
            what = (
                f"“{wrong.id}” comes here where {chinese.file} has “{right.id}” (line {right.line})"
            )
            todo = "Bring both pages into the same order."
        elif right.level != wrong.level:
            one, other = "#" * wrong.level or "no #", "#" * right.level or "no #"
            what = f"“{wrong.text}” has {one} here and {other} on {chinese.file}:{right.line}"
            todo = "Give both the same number of #."
        else:
            continue
        yield Problem(english.file, wrong.line, what, todo)
        return


def navigation(sources: Sources) -> Iterator[Problem]:
    """Both configurations list the same pages in the same order, all pages, and only pages that exist."""
    settings = {one: read(sources.root, file)[0] or {} for one, file in CONFIGURATIONS.items()}
    pages = {
        one: {page: page.line for page in leaves(settings[one].get("nav"))} for one in settings
    }
    for language, file in CONFIGURATIONS.items():
        for name, line in pages[language].items():
            if (language, name) not in sources.by_name:
                what = f"nav lists {name}, but docs/{language}/{name} does not exist"
                yield Problem(file, line, what, "Correct the path, or add the page.")
    if not all(pages.values()):  # there is no navigation
        return
    apart = GitIgnoreSpec.from_lines(str(settings["zh"].get("not_in_nav", "")).splitlines())
    for page in sources.pages:
        file = CONFIGURATIONS[page.language]
        if page.name not in pages[page.language] and not apart.match_file(page.name):
            todo = f"Add “- Title: {page.name}” to nav in {file}, at the same place in both files."
            yield Problem(page.file, 1, f"this page is not in the navigation of {file}", todo)
    there, here = pages["zh"], pages["en"]
    for right, wrong in zip(
        (name for name in there if name in here),
        (name for name in here if name in there),
        strict=True,
    ):
        if right != wrong:
            what = f"nav has {wrong} here, where mkdocs.yml has {right} (line {there[right]})"
            before = list(there)[: list(there).index(wrong)][-1:]
            place = f"after “{before[0]}”" if before else "first"
            todo = f"Move the entry to where it belongs, {place}."
            yield Problem("mkdocs.en.yml", here[wrong], what, todo)
            return


def leaves(node: object) -> Iterator[Text]:
    """The pages below a part of the navigation."""
    if isinstance(node, Text):
        if "://" not in node:
            yield node
    elif isinstance(node, (list, dict)):
        for item in node.values() if isinstance(node, dict) else node:
            yield from leaves(item)
