"""A section whose Chinese has changed and whose English has not is told, until somebody has looked.

`data/translations.yml` holds, for each section, a hash of both texts as they were when they last said the same:
`guide#overfitting: 9e52149e7255 0f3a1bc2d4e5`. Only `make due` writes it. It records what changed in both languages
or in English alone, on pages without other faults; where only the Chinese changed, an author says that the English
still holds: `make due SAME="guide#overfitting"`.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Set
from pathlib import Path

from handbook.checks.pages import LANGUAGES, Page, Sources
from handbook.problems import Problem
from handbook.yaml_lines import read

FILE = "data/translations.yml"
HEAD = """\
# Of each section, what its Chinese and its English text were when they last said the same. Written by `make due` only.
"""
COMMENT = re.compile(r"<!--.*?-->")
Hashes = dict[str, tuple[str, str]]  # by page#section: of the Chinese text, of the English


def fold(source: str) -> str:
    """A source in which only what a reader would notice counts.

    Re-wrapped lines, blank lines, indentation and spaces beside Chinese text are cosmetic; a space
    between two Latin words is none. The key of a recorded number does not count, the number does.
    """
    source = COMMENT.sub("", source)
    return re.sub(r"(?<![!-~]) | (?![!-~])", "", re.sub(r"\s+", " ", source))


def fingerprints(page: Page) -> dict[str, str]:
    """The hash of each section: from its heading up to the next heading of any level."""
    ends = [heading.line - 1 for heading in page.headings[1:]] + [len(page.lines)]
    hashes = {}
    for heading, end in zip(page.headings, ends, strict=False):
        source = "\n".join(line.text for line in page.lines[heading.line - 1 : end])
        hashes.setdefault(heading.id, hashlib.sha256(fold(source).encode()).hexdigest()[:12])
    hashes.pop("", None)
    return hashes


def current(sources: Sources) -> Hashes:
    """The hashes of all sections that both languages have, in the order of the pages."""
    found = {}
    for chinese, english in sources.pairs():
        there, here = fingerprints(chinese), fingerprints(english)
        found |= {f"{chinese.key}#{id}": (there[id], here[id]) for id in there if id in here}
    return found


def recorded(root: Path) -> Hashes:
    """What the file holds; lines that nobody could have written by `make due` are left out."""
    value, _ = read(root, FILE)  # settings.py tells of a file that cannot be read
    both = ((key, str(hashes).split()) for key, hashes in (value or {}).items())
    return {key: (hashes[0], hashes[1]) for key, hashes in both if len(hashes) == 2}


def stale(now: Hashes, then: Hashes) -> list[str]:
    """Sections whose Chinese has changed and whose English has not."""
    both = ((key, now[key], then[key]) for key in now if key in then)
    return [key for key, new, old in both if new[0] != old[0] and new[1] == old[1]]


def check(sources: Sources) -> Iterator[Problem]:
    """Tell what is stale, at its English heading."""
    for key in stale(current(sources), recorded(sources.root)):
        there, here = sources.section(key), sources.section(key, "en")
        place = f"{sources.page(key).file}:{there.line}"
        what = f"the Chinese of the section “{here.id}” has changed ({place}), the English has not"
        todo = f'Bring it up to date; if it says the same already, run: make due SAME="{key}"'
        yield Problem(sources.page(key, "en").file, here.line, what, todo)


def record(sources: Sources, same: Iterable[str] = (), faulty: Set[str] = frozenset()) -> list[str]:
    """Write the file anew; returns the sections whose record has changed.

    same: sections whose English already says what the Chinese now says. faulty: files with other faults; of their
    pages, nothing but `same` is noted.
    """
    now, then = current(sources), recorded(sources.root)
    held = set(stale(now, then))
    held |= {key for key in now if {sources.page(key, one).file for one in LANGUAGES} & faulty}
    new = {key: then.get(key) if key in held.difference(same) else now[key] for key in now}
    new = {key: hashes for key, hashes in new.items() if hashes}
    if new != then:
        lines = [f"{key}: {' '.join(hashes)}\n" for key, hashes in new.items()]
        (sources.root / FILE).parent.mkdir(exist_ok=True)
        (sources.root / FILE).write_text(HEAD + "".join(lines), encoding="utf-8", newline="\n")
    return [key for key in {**new, **then} if new.get(key) != then.get(key)]
