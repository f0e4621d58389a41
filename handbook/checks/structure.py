"""Every page in both languages, with the same sections under the same ids."""

import re
from collections.abc import Iterator

from handbook.checks.elements import Heading
from handbook.checks.pages import Page, Sources
from handbook.problems import Problem

KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NAMES = {"zh": "Chinese", "en": "English"}


def check(sources: Sources) -> Iterator[Problem]:
    """Pages without a counterpart; ids missing, malformed, given twice or different between the languages."""
    for page in sources.pages:
        other = "en" if page.language == "zh" else "zh"
        if (other, page.name) not in sources.by_name:
            yield Problem(
                page.file, 1, f"this page has no {NAMES[other]} counterpart",
                f"Add docs/{other}/{page.name} with the same headings and ids, or delete this page.",
            )
        yield from headings_without_id(page)
        yield from malformed_ids(page)
        yield from repeated_ids(page)
    for chinese, english in sources.pairs():
        if chinese.notebook:  # one source; checks/labs.py looks at its pairs of cells
            continue
        yield from different_headings(chinese, english)
        yield from different_items(chinese, english)


def headings_without_id(page: Page) -> Iterator[Problem]:
    for heading in page.headings:
        if not heading.id:
            yield Problem(
                page.file, heading.line, f"the heading “{heading.text}” has no explicit id",
                "End the line with a space and {#an-id}, the same in both languages"
                + (" (in HTML: id=\"an-id\")." if "</h" in page.lines[heading.line - 1].text else "."),
            )


def malformed_ids(page: Page) -> Iterator[Problem]:
    for anchor in page.anchors:
        # An id on other HTML is an internal matter, as of a form; `<a id>` keeps an old address alive.
        if anchor.origin in ("heading", "attributes", "a") and not KEBAB.fullmatch(anchor.id):
            yield Problem(
                page.file, anchor.line, f"the id “{anchor.id}” is not ASCII kebab-case",
                "Use lower-case letters a to z and digits, with single hyphens between words, as in data-quality.",
            )


def repeated_ids(page: Page) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for anchor in page.anchors:
        if anchor.id in seen:
            yield Problem(
                page.file, anchor.line, f"the id “{anchor.id}” is already given on line {seen[anchor.id]}",
                "Give this place an id of its own: a link would always lead to the first.",
            )
        seen.setdefault(anchor.id, anchor.line)


def different_headings(chinese: Page, english: Page) -> Iterator[Problem]:
    pair = [{h.id: h for h in page.headings if h.id} for page in (chinese, english)]
    yield from one_sided(chinese, english, *pair, "heading")
    for id, there in pair[0].items():
        if (here := pair[1].get(id)) and here.level != there.level:
            yield Problem(
                english.file, here.line,
                f"the heading {{#{id}}} is of level {here.level} here, and of level {there.level} on "
                f"{chinese.file}:{there.line}",
                f"Write it with the same number of # in both ({'#' * there.level} as in Chinese).",
            )
    yield from different_order(chinese, english, *pair, "heading")


def different_items(chinese: Page, english: Page) -> Iterator[Problem]:
    pair = [
        {a.id: a for a in page.anchors if a.origin == "attributes"} for page in (chinese, english)
    ]
    yield from one_sided(chinese, english, *pair, "list item")
    yield from different_order(chinese, english, *pair, "list item")


def one_sided(chinese: Page, english: Page, there: dict, here: dict, what: str) -> Iterator[Problem]:
    """What has an id in one language only."""
    for page, other, own, others in ((chinese, english, there, here), (english, chinese, here, there)):
        for id in own.keys() - others.keys():
            form = f"{{#{id}}}" if isinstance(own[id], Heading) else f"{{: #{id} }}"
            yield Problem(
                page.file, own[id].line, f"no {what} of {other.file} has the id “{id}”, which this one has",
                f"Give its counterpart there {form}, translate what is missing, or correct the id here.",
            )


def different_order(chinese: Page, english: Page, there: dict, here: dict, what: str) -> Iterator[Problem]:
    """The first place where what both pages hold comes in another order."""
    wanted, found = [id for id in there if id in here], [id for id in here if id in there]
    for right, wrong in zip(wanted, found):
        if right != wrong:
            yield Problem(
                english.file, here[wrong].line,
                f"the {what} “{wrong}” comes here where {chinese.file} has “{right}” (line {there[right].line})",
                "Bring both pages into the same order.",
            )
            return
