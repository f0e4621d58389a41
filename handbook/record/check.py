"""A number that was measured carries the key of its recorded value, and is that value.

On a page: `0.991<!-- cnn_image_classification.test.accuracy -->`. On the pages of problems and labs every decimal
fraction and percentage needs one; a number that is given and not measured says so: `0.1<!-- given -->`.
"""

import re
from collections.abc import Iterator

from handbook.checks.blocks import HTML, TEXT
from handbook.checks.pages import Page, Sources, blanked
from handbook.problems import Problem
from handbook.records import FOLDER, read_recordings, written

NUMBER = r"\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?(?: ?%)?"
KEYED = re.compile(rf"(?P<number>−?{NUMBER})<!--\s*(?P<key>[^>]*?)\s*-->")
LOOSE = re.compile(r"(?<![\w.,-])(?:0\.\d+|\d+(?:\.\d+)? ?%)(?![\w.]*\d|<!--)")
# Code, addresses, and the name of the interval, which is no measurement.
ASIDE = re.compile(r"(`+).+?\1|\]\([^)]*\)|https?://\S+|\{[^}]*\}|95 ?%")
GIVEN = "given"
MEASURED = ("problems/", "labs/")


def check(sources: Sources) -> Iterator[Problem]:
    try:
        recordings = read_recordings(sources.root)
    except ValueError as error:
        yield Problem(FOLDER, 1, f"a result.json is damaged: {error}", "Record it again: make record.", stops=True)
        return
    for page in sources.pages:
        for number, text in prose(page):
            for match in KEYED.finditer(text):
                if match["key"] != GIVEN:
                    yield from differing(page.file, number, match["number"], match["key"], recordings)
            if page.name.startswith(MEASURED):
                for match in LOOSE.finditer(KEYED.sub(lambda keyed: blanked(keyed[0]), text)):
                    yield Problem(
                        page.file, number, f"the number {match[0]} has no key",
                        f"Write {match[0]}<!-- key of its recorded value -->, or <!-- {GIVEN} --> when it was not measured.",
                    )


def prose(page: Page) -> Iterator[tuple[int, str]]:
    """The lines that readers see, comments included, with code and addresses blanked."""
    for line in page.lines:
        if line.kind in (TEXT, HTML):
            yield line.number, ASIDE.sub(lambda match: blanked(match[0]).replace("`", " "), line.text)


def differing(file: str, line: int, number: str, key: str, recordings) -> Iterator[Problem]:
    try:
        right = written(recordings.find(key), number)
        right = "−" + right[1:] if right.startswith("-") else right  # as a negative number is set
    except KeyError as error:
        yield Problem(file, line, f"the number {number} has a key that leads nowhere: {error.args[0]}", "Correct the key.")
        return
    if right.replace(",", "") != number.replace(",", ""):
        yield Problem(
            file, line, f"the number {number} is not what was recorded: {key} is {right}",
            f"Write {right}, and look at what the text says about it.",
        )
