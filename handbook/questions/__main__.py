"""Checks the questions alone, in a second, and counts them.

    python -m handbook.questions [PROJECT] [FIELD …]

PROJECT is the folder with docs/ and data/ (here, when left out). The exit status is 1 when something is wrong.
"""

import sys
from collections import Counter
from pathlib import Path

from handbook.checks import form, levels, links, settings
from handbook.checks.pages import Sources, read_sources
from handbook.questions import check
from handbook.questions.source import APART, FOLDER, field_of, is_field, questions_of
from handbook.yaml_lines import read


def faults(sources: Sources, fields: set[str]) -> list[str]:
    """What is wrong with the questions of some fields, or of all."""
    looks = (settings.check, levels.check, links.check, check.check)
    found = {problem for look in looks for problem in look(sources)}
    found |= {one for look in (form.markdown, form.spelling) for one in form.check(sources, look)}
    names = fields or {field_of(page) for page in sources.pages if is_field(page)}
    files = {f"docs/{one}/{FOLDER}{name}.md" for one in ("zh", "en") for name in names}
    files |= {f"{check.DATA}/{name}.yml" for name in names}
    files |= {f"docs/{one}/{name}" for one in ("zh", "en") for name in APART}
    return [str(problem) for problem in sorted(found) if problem.file in files]


def counts(sources: Sources) -> list[str]:
    """A line for each field: how many questions, by level."""
    rows = []
    for page in sorted(filter(is_field, sources.pages), key=lambda page: page.name):
        if page.language == "zh":
            name = field_of(page)
            entries = read(sources.root, f"{check.DATA}/{name}.yml")[0] or {}
            ids = [one.id for one in questions_of(page)]
            levels = Counter(
                entries[id].get("level") for id in ids if isinstance(entries.get(id), dict)
            )
            rows.append(
                f"{name}: {len(ids)} questions; level 1, 2, 3: "
                + ", ".join(str(levels[n]) for n in check.LEVELS)
            )
    return rows


def main(arguments: list[str]) -> int:
    """Print counts and faults."""
    root = Path(arguments.pop(0)) if arguments and Path(arguments[0]).is_dir() else Path()
    if not (root / "docs").is_dir():
        print(f"{root} holds no docs/; name the project's folder", file=sys.stderr)
        return 2
    sources = read_sources(root)
    wrong = faults(sources, set(arguments))
    print(*counts(sources), *wrong, sep="\n")
    if wrong:
        print(f"{len(wrong)} fault{'s' * (len(wrong) != 1)}", file=sys.stderr)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
