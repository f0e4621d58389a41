"""A number that was measured carries the key of its recorded value, and is that value.

On a page: `0.991<!-- cnn_image_classification.test.accuracy -->`. On the pages of problems and
labs every decimal fraction and percentage needs one; a number that is given and not measured says
so: `0.1<!-- given -->`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from handbook.checks.pages import TEXT, Page, Sources, blanked, read_sources
from handbook.problems import Problem
from handbook.record.recordings import Recordings, read_recordings, written

NUMBER = r"\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?(?: ?%)?"
KEYED = re.compile(rf"(?P<number>−?{NUMBER})(?P<comment><!--\s*(?P<key>[^>]*?)\s*-->)")
LOOSE = re.compile(r"(?<![\w.,-])(?:0\.\d+|\d+(?:\.\d+)? ?%)(?![\w.]*\d|<!--)")
# Code, addresses, and the name of the interval, which is no measurement.
ASIDE = re.compile(r"(`+).+?\1|\]\([^)]*\)|https?://\S+|\{[^}]*\}|95 ?%")
GIVEN = "given"
MEASURED = ("problems/", "labs/")


@dataclass(frozen=True)
class Difference:
    """A number on a page that is not the recorded one, or whose key leads nowhere."""

    file: str
    line: int
    number: str
    comment: str  # behind the number, as it is written
    key: str
    right: str = ""  # the recorded number as the page would write it; "" when there is none
    fault: str = ""  # why there is none

    def problem(self) -> Problem:
        """What an author is told."""
        if self.fault:
            message = f"the number {self.number} has a key that leads nowhere: {self.fault}"
            return Problem(self.file, self.line, message, "Correct the key.")
        return Problem(
            self.file,
            self.line,
            f"the number {self.number} is not what was recorded: {self.key} is {self.right}",
            f"Run make due, or write {self.right}; and look at what the text says about it.",
        )


def check(sources: Sources) -> Iterator[Problem]:
    """Damaged recordings, numbers that differ from theirs, and numbers without a key."""
    recordings = read_recordings(sources.root)
    yield from recordings.damaged.values()
    for difference in differences(sources, recordings):
        yield difference.problem()
    for page in sources.pages:
        if page.name.startswith(MEASURED):
            yield from without_key(page)


def without_key(page: Page) -> Iterator[Problem]:
    """Fractions and percentages of a page about measurements that nobody vouches for."""
    for line, text in prose(page):
        for match in LOOSE.finditer(KEYED.sub(lambda keyed: blanked(keyed[0]), text)):
            yield Problem(
                page.file,
                line,
                f"the number {match[0]} has no key",
                f"Write {match[0]}<!-- key of its recorded value -->, "
                f"or {match[0]}<!-- {GIVEN} --> when it was not measured.",
            )


def differences(sources: Sources, recordings: Recordings | None = None) -> Iterator[Difference]:
    """Every number with a key that is not the recorded one; none of damaged recordings."""
    recordings = recordings or read_recordings(sources.root)
    for page in sources.pages:
        for line, text in prose(page):
            for match in KEYED.finditer(text):
                number, comment, key = match["number"], match["comment"], match["key"]
                if key == GIVEN or any(f"{name}." in key for name in recordings.damaged):
                    continue
                place = (page.file, line, number, comment, key)
                try:
                    right = written(recordings.find(key), number)
                except KeyError as error:
                    yield Difference(*place, fault=error.args[0])
                    continue
                right = "−" + right[1:] if right.startswith("-") else right  # as it is set
                if right.replace(",", "") != number.replace(",", ""):
                    yield Difference(*place, right=right)


def correct(root: Path) -> list[str]:
    """Write the recorded numbers into the sources of the pages; returns what was changed, in words."""
    changed = []
    for found in differences(read_sources(root)):
        if found.fault:
            continue
        path = root / found.file
        lines = path.read_bytes().decode("utf-8").split("\n")
        old = re.compile(rf"(?<![\d.,−]){re.escape(found.number + found.comment)}")
        lines[found.line - 1] = old.sub(found.right + found.comment, lines[found.line - 1])
        path.write_bytes("\n".join(lines).encode("utf-8"))
        changed.append(f"{found.file}:{found.line}: {found.number} → {found.right} ({found.key})")
    return changed


def prose(page: Page) -> Iterator[tuple[int, str]]:
    """The lines that readers see, comments included, with code and addresses blanked."""
    for line in page.lines:
        if line.kind == TEXT:
            text = ASIDE.sub(lambda match: blanked(match[0]).replace("`", " "), line.text)
            yield line.number, text
