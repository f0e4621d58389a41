"""Your own texts in place of the statutes: a folder of .txt and .md files, cut at their paragraphs or articles."""

import re
from pathlib import Path

from snippets.labs.statutes.texts import NUMBER, Article, tidy
from snippets.runs import InputError

KINDS = (".txt", ".md")
LARGEST = 20_000_000  # bytes of all files together
STARTS = re.compile(rf"^(?={NUMBER}[\s　])|\n(?={NUMBER}[\s　])")


def read(folder: Path) -> list[Article]:
    """The pieces of all texts of a folder, each with the file's name as its law. Raises InputError.

    A text with lines that begin in 第…条 is cut there; any other at its empty lines.
    """
    if not folder.is_dir():
        raise InputError(f"--documents {folder} is no folder")
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in KINDS)
    if not files:
        raise InputError(f"--documents {folder} holds no file {' or '.join(KINDS)}")
    if sum(path.stat().st_size for path in files) > LARGEST:
        raise InputError(f"--documents {folder} holds more than {LARGEST // 10**6} MB of text")
    found = []
    for path in files:
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            raise InputError(f"{path} is not UTF-8 text: save it as UTF-8") from None
        by_number = [part for part in STARTS.split(text) if re.match(NUMBER, part)]
        parts = by_number or re.split(r"\n\s*\n", text)
        for place, part in enumerate(filter(None, map(str.strip, parts)), 1):
            number = match[0] if (match := re.match(NUMBER, part)) else str(place)
            found.append(
                Article(len(found), path.stem, number, "", tidy(part.removeprefix(number)), "")
            )
    if not found:
        raise InputError(f"--documents {folder} holds no text")
    return found
