"""A number that was measured carries the key of its recorded value, and is that value.

On a page: `0.991<!-- cnn_image_classification.test.accuracy -->`. On the pages of problems and
labs every decimal fraction and percentage needs one; a number that is given and not measured says
so: `0.1<!-- given -->`.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from handbook.checks.pages import TEXT, Page, Sources, blanked, read_sources
from handbook.problems import Problem
from handbook.record.recordings import read_recordings, record_again, recorder, written

NUMBER = r"\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?(?: ?%)?"
KEYED = re.compile(rf"(?P<number>−?{NUMBER})(?P<comment><!--\s*(?P<key>[^>]*?)\s*-->)")
LOOSE = re.compile(r"(?<![\w.,-])(?:0\.\d+|\d+(?:\.\d+)? ?%)(?![\w.]*\d|<!--)")
# Code, addresses, and the name of the interval, which is no measurement.
ASIDE = re.compile(r"(`+).+?\1|\]\([^)]*\)|https?://\S+|\{[^}]*\}|95 ?%")
GIVEN = "given"
MEASURED = ("problems/", "labs/")


def check(sources: Sources) -> Iterator[Problem]:
    """Damaged recordings, numbers that differ from theirs, and numbers without a key."""
    yield from read_recordings(sources.root).damaged.values()
    for problem, _, _ in differences(sources):
        yield problem
    for page in (page for page in sources.pages if page.name.startswith(MEASURED)):
        for line, text in prose(page):
            for match in LOOSE.finditer(KEYED.sub(lambda keyed: blanked(keyed[0]), text)):
                todo = f"Write {match[0]}<!-- key of its recorded value -->, "
                todo += f"or {match[0]}<!-- {GIVEN} --> when it was not measured."
                yield Problem(page.file, line, f"the number {match[0]} has no key", todo)


def differences(sources: Sources) -> Iterator[tuple[Problem, re.Match, str]]:
    """Every number with a key that is not the recorded one: its place, and the recorded one as the page writes it.

    The latter is "" for a key that leads nowhere. Nothing is told of damaged recordings.
    """
    recordings = read_recordings(sources.root)
    for page in sources.pages:
        for line, text in prose(page):
            for match in KEYED.finditer(text):
                number, key = match["number"], match["key"]
                if key == GIVEN or any(f"{name}." in key for name in recordings.damaged):
                    continue
                try:
                    right = written(recordings.find(key), number)
                except KeyError as error:
                    what = f"the number {number} has a key that leads nowhere: {error.args[0]}"
                    todo = "Correct the key."
                    for name in re.findall(r"(?<![\w.])[a-z]\w*(?=\.)", key):
                        if name not in recordings.values and recorder(sources.root, name):
                            what = f"{name} is not recorded yet"
                            todo = f"Run {record_again(name)}."
                    yield Problem(page.file, line, what, todo), match, ""
                    continue
                right = "−" + right[1:] if right.startswith("-") else right  # as it is set
                if right.replace(",", "") != number.replace(",", ""):
                    what = f"the number {number} is not what was recorded: {key} is {right}"
                    todo = (
                        f"Run make due, or write {right}; and look at what the text says about it."
                    )
                    yield Problem(page.file, line, what, todo), match, right


def correct(root: Path) -> list[str]:
    """Write the recorded numbers into the sources of the pages; returns what was changed, in words."""
    changed = []
    for found, match, right in differences(read_sources(root)):
        if right:
            lines = (root / found.file).read_bytes().decode("utf-8").split("\n")
            old = re.compile(rf"(?<![\d.,−]){re.escape(match[0])}")
            lines[found.line - 1] = old.sub(right + match["comment"], lines[found.line - 1])
            (root / found.file).write_bytes("\n".join(lines).encode("utf-8"))
            place = f"{found.file}:{found.line}"
            changed.append(f"{place}: {match['number']} → {right} ({match['key']})")
    return changed


def prose(page: Page) -> Iterator[tuple[int, str]]:
    """The lines that readers see, comments included, with code and addresses blanked."""
    for line in page.lines:
        if line.kind == TEXT:
            text = ASIDE.sub(lambda match: blanked(match[0]).replace("`", " "), line.text)
            yield line.number, text
