"""Records that one English section is up to date with its Chinese original.

    python -m checks.renew docs/en/guide.md overfitting
    python -m checks.renew labs/data_cleaning.py method

One section a time, on purpose: it is a statement about a text that somebody has just read.
"""

import re
import sys
from pathlib import Path

from yaml import YAMLError

from handbook.checks.pages import Page, read_page
from handbook.checks.translation import KEY, fingerprints, recorded
from handbook.labs.source import FOLDER, LabError, read_lab

ROOT = Path(__file__).resolve().parents[2]
USAGE = "usage: python -m checks.renew docs/en/guide.md overfitting (one page, one section id)"


class Refusal(Exception):
    """Why nothing was written, in one line."""


def main(arguments: list[str], root: Path = ROOT) -> int:
    try:
        print(renew(arguments, root))
    except Refusal as refusal:
        print(f"nothing renewed: {refusal}", file=sys.stderr)
        return 2
    return 0


def renew(arguments: list[str], root: Path) -> str:
    """Write one section's hash into its page, and say so."""
    if len(arguments) != 2:
        raise Refusal(f"name one page and one section; read each section before you renew it; {USAGE}")
    file, section = arguments
    if section != "all" and (source := (root / file).resolve()).parent == root.resolve() / FOLDER and source.suffix == ".py":
        return renew_lab(source, section, root.resolve())
    chinese, english = pair(file, root)
    current = fingerprints(chinese)
    if section == "all":
        raise Refusal("“all” is not possible, name one section: a section is renewed when you have read it")
    if section not in current:
        raise Refusal(f"{chinese.file} has no section “{section}”; it has: {', '.join(current)}")
    if section not in {heading.id for heading in english.headings}:
        raise Refusal(f"{english.file} has no heading {{#{section}}}; translate the section first")
    try:
        records = recorded(english)
    except YAMLError:
        raise Refusal(f"the front matter of {english.file} is not valid YAML; correct it first") from None
    path = root / english.file
    with path.open(encoding="utf-8", newline="") as source:  # keep the line ends as they are
        text = source.read()
    text = with_entry(text, section, current[section], list(current), records)
    if text.count(f"{section}: {current[section]}") == 0:
        raise Refusal(f"{KEY} in {english.file} is not written one entry a line; write it so first")
    path.write_text(text, encoding="utf-8", newline="")
    return f"{english.file}: “{section}” is recorded as translated from the present text of {chinese.file}"


def renew_lab(source: Path, section: str, root: Path) -> str:
    """Write one section's hash into the marker of its English cell in the source of a lab, and say so."""
    try:
        lab = read_lab(source)
        current = fingerprints(read_page(root, root / lab.notebook("zh"), "zh", f"labs/{lab.slug}.ipynb"))
    except (FileNotFoundError, LabError) as error:
        raise Refusal(f"{FOLDER}/{source.name} cannot be used: {error}") from None
    cell = next((cell for cell in lab.cells if cell.language == "en" and cell.id == section), None)
    if not cell or section not in current:
        raise Refusal(f"{lab.file} has no section “{section}” in both languages; it has: {', '.join(current)}")
    lines = list(lab.lines)
    marker = re.sub(r' translated_from="[^"]*"', "", lines[cell.line - 1].rstrip())
    lines[cell.line - 1] = f'{marker} translated_from="{current[section]}"'
    source.write_text("\n".join(lines), encoding="utf-8", newline="")
    return f"{lab.file}: “{section}” is recorded as translated from the present Chinese text"


def pair(file: str, root: Path) -> tuple[Page, Page]:
    """The Chinese and the English page that a path on the command line names."""
    path = (root / file).resolve()
    folder = root.resolve() / "docs" / "en"
    if not path.is_relative_to(folder) or path.suffix != ".md" or not path.is_file():
        raise Refusal(f"{file} is no page in docs/en; {USAGE}")
    name = path.relative_to(folder).as_posix()
    original = root.resolve() / "docs" / "zh" / name
    if not original.is_file():
        raise Refusal(f"docs/zh/{name} does not exist")
    return read_page(root.resolve(), original, "zh", name), read_page(root.resolve(), path, "en", name)


def with_entry(text: str, section: str, hash: str, order: list[str], records: dict[str, tuple[int, str]]) -> str:
    """The page with one entry set, in the order of the headings; every other character stays."""
    lines = text.splitlines(keepends=True)
    end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    entry = f"  {section}: {hash}{end}"
    if section in records:
        number = records[section][0]
        lines[number - 1] = re.sub(rf"(?<=: )\S+|(?<=:)$", hash, lines[number - 1], count=1)
        return "".join(lines)
    if not re.match(r"\ufeff?---[ \t]*$", text.split("\n")[0].rstrip("\r")):
        return f"---{end}{KEY}:{end}{entry}---{end}{end}{text}"
    if records:
        later = [line for id, (line, _) in records.items() if id in order and order.index(id) > order.index(section)]
        at = min(later) - 1 if later else max(line for line, _ in records.values())
        return "".join(lines[:at]) + entry + "".join(lines[at:])
    key = next((i for i, line in enumerate(lines) if re.match(rf"{KEY}:[ \t]*$", line.rstrip("\r\n"))), None)
    if key is not None:
        return "".join(lines[:key + 1]) + entry + "".join(lines[key + 1:])
    close = next(i for i, line in enumerate(lines) if i and line.rstrip() in ("---", "..."))
    return "".join(lines[:close]) + f"{KEY}:{end}{entry}" + "".join(lines[close:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
