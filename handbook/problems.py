"""What a check reports: where, what is wrong, and what to do about it."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, order=True)
class Problem:
    """One fault of the sources. Sorted by file and line, as an author works through them."""

    file: str  # from the project root, with forward slashes
    line: int
    message: str  # without a full stop
    todo: str  # whole sentences
    stops: bool = False  # the build would break down over it, with a traceback

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}. {self.todo}"


def source_of(language: str, name: str, words: str = "", root: Path = ROOT) -> tuple[str, int]:
    """File and line where a page, some words of it or an id (#an-id) is written; line 1 where it is not found."""
    files = [f"docs/{language}/{name}{end}" for end in (".md", "/index.md")]
    files.append(f"snippets/{name.replace('-', '_')}/lab.py")  # of labs/data-cleaning
    file = next((one for one in files if (root / one).is_file()), files[0])
    if not words or not (root / file).is_file():
        return file, 1
    # A page may have other spaces, have joined two lines, or have lost a backslash.
    letters = list(map(re.escape, re.sub(r"\s", "", words)))
    tried = [r"\s*".join(part) for part in (letters, letters[:12], letters[:4])]
    if words.startswith("#"):
        tried = [rf"""(#|\bid=["'\\]*){re.escape(words[1:])}(?![\w-])"""]
    lines = (root / file).read_text(encoding="utf-8", errors="replace").splitlines()
    for pattern in map(re.compile, tried):
        if found := next((at for at, line in enumerate(lines, 1) if pattern.search(line)), 0):
            return file, found
    return file, 1
