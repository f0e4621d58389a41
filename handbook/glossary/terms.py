"""Reads data/glossary.yml: the terms, their names in both languages, and how to find them in text."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from handbook.yaml_lines import parse

FILE = Path(__file__).resolve().parents[2] / "data" / "glossary.yml"
PAGE = "reference/glossary.md"
LATIN = re.compile(r"[A-Za-z0-9]")
BORDER = r"(?<![A-Za-z0-9_-])"  # before the first letter of a Latin name


@dataclass(frozen=True)
class Term:
    """One term as one language shows it."""

    id: str
    name: str  # as in running text of this language
    also: tuple[str, ...]  # exact synonyms, safe in running text
    text: str  # the definition
    sort_key: str  # pinyin in Chinese, lower case in English
    other_name: str  # the term in the other language
    same_names: tuple[str, ...]  # exact names in both languages, for the search
    near_names: tuple[str, ...]  # what readers type for it, in both languages
    sections: tuple[str, ...]  # "guide#overfitting", most telling first

    @property
    def names(self):
        """The names that this language's pages use."""
        return (self.name, *self.also)


@lru_cache
def read(mtime):
    """The entries in the order of their ids; read again when the file has changed, as in a live preview."""
    terms, _ = parse(FILE.read_text(encoding="utf-8"))
    return sorted(terms, key=lambda term: term["id"])


def load_terms(language):
    """All terms in the order of their ids, as seen from one language ('zh' or 'en')."""
    other = "en" if language == "zh" else "zh"
    terms = []
    for entry in read(FILE.stat().st_mtime_ns):
        here, there = entry[language], entry[other]
        same = [name for part in (here, there) for name in (part["term"], *part.get("also", ()))]
        near = [name for part in (here, there) for name in part.get("search", ())]
        terms.append(
            Term(
                id=entry["id"],
                name=here["term"],
                also=tuple(here.get("also", ())),
                text=here["text"],
                sort_key=(here["pinyin"] if language == "zh" else here["term"]).casefold(),
                other_name=there["term"],
                same_names=tuple(dict.fromkeys(same)),
                near_names=tuple(dict.fromkeys(near)),
                sections=tuple(entry["sections"]),
            )
        )
    return terms


def pattern_of(name):
    """A regular expression for a name in running text.

    Latin names match between word borders, of which Chinese characters are none, with spaces or
    hyphens inside and a plural s; names in lower case also match at the start of a sentence.
    Chinese names match anywhere.
    """
    pattern = re.sub(r"(?:\\?[ -])+", r"[ -]?", re.escape(name))
    if name.islower():
        pattern = "".join(
            f"[{c.upper()}{c}]" if i == 0 and c.isalpha() else c for i, c in enumerate(pattern)
        )
    if LATIN.match(name):
        pattern = BORDER + pattern
    if re.search(r"[A-Za-z]$", name):
        pattern += r"s?"
    if re.search(r"[A-Za-z0-9]$", name):
        pattern += r"(?![A-Za-z0-9_-])"
    return pattern


def pattern_of_all(terms):
    """One pattern for every name of all terms, longest first, and the terms in the order of its groups.

    It finds what one long list of alternatives would, some sixty times as fast: names are tried only where a word
    begins, and of them only those that begin with the character there.
    """
    names = sorted(
        ((name, term) for term in terms for name in term.names), key=lambda pair: -len(pair[0])
    )
    groups = {True: {}, False: {}}  # Latin or not; then by first character
    for name, term in names:
        groups[bool(LATIN.match(name))].setdefault(name[0].casefold(), []).append((name, term))
    branches, order = [], []
    for latin, by_first in groups.items():
        firsts = []
        for first, members in by_first.items():
            patterns = "|".join(f"({pattern_of(name)})" for name, _ in members)
            firsts.append(f"(?=[{re.escape(first)}{re.escape(first.upper())}])(?:{patterns})")
            order += [term for _, term in members]
        if firsts:
            begin = (
                BORDER
                if latin
                else f"(?=[{re.escape(''.join(first + first.upper() for first in by_first))}])"
            )
            branches.append(f"{begin}(?:{'|'.join(firsts)})")
    return re.compile("|".join(branches)), order
