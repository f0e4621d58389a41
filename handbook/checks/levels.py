"""Both languages level: the same pages in the same navigation, with the same ids, headings and notes."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import zip_longest

from yaml import Node, ScalarNode, SequenceNode, YAMLError

from handbook.checks.pages import KEBAB, Anchor, Heading, Page, Sources
from handbook.problems import Problem
from handbook.yaml_lines import compose, entries

NAMES = {"zh": "Chinese", "en": "English"}
CONFIGURATIONS = {"zh": "mkdocs.yml", "en": "mkdocs.en.yml"}
KINDS = ("editor", "seealso")  # notes that both languages need
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
Place = Heading | Anchor


def check(sources: Sources) -> Iterator[Problem]:
    """Each page by itself, then the pairs, then the navigation."""
    for page in sources.pages:
        yield from alone(sources, page)
        yield from ids(page)
        yield from unsourced(page)
    for chinese, english in sources.pairs():
        if not chinese.notebook:  # one source; handbook/labs/check.py looks at its pairs of cells
            headings = [{h.id: h for h in page.headings if h.id} for page in (chinese, english)]
            yield from differing(chinese, english, *headings)
            items = [
                {a.id: a for a in p.anchors if a.origin == "attributes"} for p in (chinese, english)
            ]
            yield from differing(chinese, english, *items)
            yield from different_notes(chinese, english)
    yield from navigation(sources)


def alone(sources: Sources, page: Page) -> Iterator[Problem]:
    """A page without its counterpart."""
    other = "en" if page.language == "zh" else "zh"
    if (other, page.name) not in sources.by_name:
        todo = (
            f"Write docs/{other}/{page.name} with the same headings and ids, or delete this page."
        )
        yield Problem(page.file, 1, f"this page has no {NAMES[other]} counterpart", todo)


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
            yield Problem(
                page.file,
                anchor.line,
                f"the id “{anchor.id}” is not made of lower-case words with hyphens",
                "Use the letters a to z and digits, with single hyphens between words: data-quality.",
            )
        if anchor.id in seen:
            yield Problem(
                page.file,
                anchor.line,
                f"the id “{anchor.id}” is already given on line {seen[anchor.id]}",
                "Give this place an id of its own: a link would always lead to the first.",
            )
        seen.setdefault(anchor.id, anchor.line)


def differing(
    chinese: Page, english: Page, there: dict[str, Place], here: dict[str, Place]
) -> Iterator[Problem]:
    """Ids of one language only, other levels, another order."""
    lacking = [id for id in there if id not in here], [id for id in here if id not in there]
    for right, wrong in zip_longest(*lacking):
        if right and wrong and len(lacking[0]) == len(lacking[1]):
            yield Problem(
                english.file,
                here[wrong].line,
                f"the id “{wrong}” here is “{right}” on {chinese.file}:{there[right].line}",
                "Give both the same; one that is published stays.",
            )
            continue
        for page, other, id, own in (
            (chinese, english, right, there),
            (english, chinese, wrong, here),
        ):
            if id:
                yield Problem(
                    page.file,
                    own[id].line,
                    f"{other.file} has no “{id}”",
                    "Add the section or list item there under the same id, or delete this one.",
                )
    common = [id for id in there if id in here]
    for right, wrong in zip(common, (id for id in here if id in there), strict=True):
        if right != wrong:
            yield Problem(
                english.file,
                here[wrong].line,
                f"“{wrong}” comes here where {chinese.file} has “{right}” (line {there[right].line})",
                "Bring both pages into the same order.",
            )
            break
    for id in common:
        levels = [getattr(place[id], "level", 0) for place in (there, here)]
        if levels[0] != levels[1]:
            yield Problem(
                english.file,
                here[id].line,
                f"the heading “{id}” has {'#' * levels[1]} here and {'#' * levels[0]} on "
                f"{chinese.file}:{there[id].line}",
                "Give both the same number of #.",
            )


def unsourced(page: Page) -> Iterator[Problem]:
    """Editor's notes without a date or a source."""
    for note in page.notes:
        if note.kind != "editor":
            continue
        if not any(map(is_date, ISO_DATE.findall(note.title or ""))):
            yield Problem(
                page.file,
                note.line,
                "the title of this editor's note holds no date",
                'Say when it was checked, as YYYY-MM-DD: !!! editor "… 2026-11-24".',
            )
        if not re.search(r"https?://\S", note.body):
            yield Problem(
                page.file,
                note.line,
                "this editor's note names no source",
                "Link at least one (https://…) in its text, which is indented by 4 spaces.",
            )


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
            yield Problem(
                english.file,
                lines[id],
                f"{section} has {counts[0]} “{kind}” notes here and {counts[1]} in {chinese.file}",
                "Add the missing one, or delete the one too many: both languages tell their readers the same.",
            )


def navigation(sources: Sources) -> Iterator[Problem]:
    """Both configurations list the same pages in the same order, all pages, and only pages that exist."""
    pages = {language: listed(sources, file) for language, file in CONFIGURATIONS.items()}
    for language, file in CONFIGURATIONS.items():
        for name, line in pages[language].items():
            if (language, name) not in sources.by_name:
                message = f"nav lists {name}, but docs/{language}/{name} does not exist"
                yield Problem(file, line, message, "Correct the path, or add the page.")
    if not all(pages.values()):  # there is no navigation, or MkDocs rejects the file
        return
    hidden = entries(root_of(sources, "mkdocs.yml")).get("not_in_nav")
    hidden = [line.strip().lstrip("/") for line in hidden[1].value.split("\n")] if hidden else []
    for page in sources.pages:
        if page.name not in [*pages[page.language], *hidden]:
            file = CONFIGURATIONS[page.language]
            todo = f"Add “- Title: {page.name}” to nav in {file}, at the same place in both files."
            yield Problem(page.file, 1, f"this page is not in the navigation of {file}", todo)
    orders = [
        [name for name in pages[language] if name in pages[other]]
        for language, other in ("zh en".split(), "en zh".split())
    ]
    for there, here in zip(*orders, strict=True):
        if there != here:
            yield Problem(
                CONFIGURATIONS["en"],
                pages["en"][here],
                f"nav has {here} here, where mkdocs.yml has {there} (line {pages['zh'][there]})",
                "List the pages of both in the same order.",
            )
            break


def listed(sources: Sources, file: str) -> dict[str, int]:
    """The pages of a configuration's nav with their lines; none when the file cannot be read."""
    return dict(leaves(entries(root_of(sources, file)).get("nav", (0, None))[1]))


def root_of(sources: Sources, file: str) -> Node | None:
    """The root node of a configuration; None when it cannot be read, which settings.py tells."""
    try:
        return compose((sources.root / file).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, YAMLError):
        return None


def leaves(node: Node | None) -> Iterator[tuple[str, int]]:
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
