"""When each question last changed, for the Anki packages: a note that is newer than the reader's is brought up to date.

`data/question_changes.yml` holds, for each question, a hash of what its card says in each language, and since when:
`kv-cache-size: 9e52149e7255 2026-11-29T17:05:10 0f3a1bc2d4e5 2026-11-29T17:05:10`. Only `make due` writes it, and a
build stops where it lags behind: a corrected text would not reach anybody's cards.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from handbook.checks.pages import Sources
from handbook.checks.translations import fold
from handbook.problems import Problem
from handbook.questions.check import DATA
from handbook.questions.source import is_field, questions_of
from handbook.yaml_lines import read as read_yaml

FILE = "data/question_changes.yml"
HEAD = """\
# Of each question, what its card says in Chinese and in English, and since when. Written by `make due` only.
"""
FORM = "%Y-%m-%dT%H:%M:%S"


@dataclass
class Changes:
    """By question: hash and time of the Chinese card, hash and time of the English one."""

    rows: dict[str, tuple[str, str, str, str]]

    def changed(self, id: str, language: str = "") -> str:
        """Since when a card says what it says, in UTC; in no language: either. "" for one not noted yet."""
        row = self.rows.get(id)
        if row is None:
            return ""
        return {"zh": row[1], "en": row[3]}.get(language, max(row[1], row[3]))

    def stamp(self, id: str, language: str) -> int:
        """The same, in seconds since 1970; the first moment of 2026 for one that was not noted yet."""
        told = self.changed(id, language) or "2026-01-01T00:00:00"
        return int(datetime.strptime(told, FORM).replace(tzinfo=UTC).timestamp())


def read(root: Path) -> Changes:
    """What the file holds; lines that nobody could have written by `make due` are left out."""
    value, _ = read_yaml(root, FILE) if (root / FILE).is_file() else ({}, ())
    rows = {str(id): tuple(str(row).split()) for id, row in (value or {}).items()}
    return Changes(
        {
            id: row
            for id, row in rows.items()
            if len(row) == 4 and is_time(row[1]) and is_time(row[3])
        }
    )


def is_time(text: str) -> bool:
    """Whether a text is such a time."""
    try:
        return bool(datetime.strptime(text, FORM))
    except ValueError:
        return False


def hashes(sources: Sources) -> dict[str, tuple[str, str]]:
    """Of each question, what decides its two cards: its text, the other language's first lines, its data."""
    found = {}
    for page in sources.pages:
        other = sources.by_name.get(("en", page.name))
        if page.language != "zh" or not is_field(page) or not other:
            continue
        data = read_yaml(sources.root, f"{DATA}/{Path(page.name).stem}.yml")[0] or {}
        here = {one.id: one for one in questions_of(other)}
        for one in (one for one in questions_of(page) if one.id in here):
            two, entry = here[one.id], data.get(one.id) or {}
            level = entry.get("level") if isinstance(entry, dict) else None
            cards = (
                [fold(a.text), a_page.headings[0].text, page.name, str(level), b.title, b.answer]
                for a, b, a_page in ((one, two, page), (two, one, other))
            )
            found[one.id] = tuple(
                hashlib.sha256(json.dumps(card).encode()).hexdigest()[:12] for card in cards
            )
    return found


def lagging(sources: Sources) -> list[str]:
    """Questions that are new or changed since `make due` last wrote the file, and such as are gone."""
    now, then = hashes(sources), read(sources.root).rows
    changed = [id for id in now if then.get(id, ("",) * 4)[::2] != now[id]]
    return changed + [id for id in then if id not in now]


def check(sources: Sources) -> Iterator[Problem]:
    """Tell what is not noted."""
    if ids := lagging(sources):
        names = ", ".join(ids[:6]) + (" …" if len(ids) > 6 else "")
        what = f"questions have changed and this file does not say when: {names}"
        yield Problem(FILE, 1, what, "Run: make due.")


def record(sources: Sources, now: datetime | None = None) -> list[str]:
    """Write the file anew where it lags behind; gives the ids."""
    ids = lagging(sources)
    if not ids:
        return []
    time = (now or datetime.now(UTC)).strftime(FORM)
    then, rows = read(sources.root).rows, {}
    for id, pair in hashes(sources).items():
        old = then.get(id, ("", time, "", time))
        times = [old[1 + 2 * at] if old[2 * at] == pair[at] else time for at in (0, 1)]
        rows[id] = f"{pair[0]} {times[0]} {pair[1]} {times[1]}"
    text = HEAD + "".join(f"{id}: {row}\n" for id, row in rows.items())
    (sources.root / FILE).parent.mkdir(exist_ok=True)
    (sources.root / FILE).write_text(text, encoding="utf-8", newline="\n")
    return ids
