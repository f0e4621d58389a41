"""`make due`: does what is due for a change, as far as a machine can, and says what is left, before any build.

    make due                                  after an edit
    make due SAME="guide#overfitting"         the English of these sections already says what the Chinese now says

It writes recorded numbers into the pages, notes which sections say the same in both languages and, when the site is
built, adds new addresses and draws missing preview images. The exit status is 1 when something is left to do.
"""

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from handbook import addresses, checks
from handbook.browser import find_browser
from handbook.checks import translations
from handbook.checks.pages import Sources, read_sources
from handbook.labs.notebook import refresh
from handbook.record import check as numbers
from handbook.record import recordings
from handbook.site import read_site

# What to run for a change below a folder, beside the tests named as the file or folder that was changed.
TESTS = {
    "docs": ["articles", "search", "pages"],
    "data/glossary": ["glossary", "search"],
    "data/search_words": ["search"],
    "theme": ["theme", "pages", "axe", "policy"],
    "mkdocs": ["build", "pages"],
}


def main(arguments: list[str], root: Path = Path()) -> int:
    """Do and tell what is due. Arguments: sections (page#id) whose English still holds."""
    done = [f"{change}: read the sentence again." for change in numbers.correct(root)]
    done += [f"{file}: has the text of its lab." for file in refresh(root)]
    sources = read_sources(root)
    unknown = [key for key in arguments if not sources.section(key)]
    if unknown:
        print(f"There is no section {', '.join(unknown)}; write page#id, as in guide#overfitting.")
        return 2
    changed = translations.record(sources, arguments)
    if changed:
        count = f"{len(changed)} section{'s' * (len(changed) != 1)}"
        done.append(f"{translations.FILE}: {count} noted as level ({listed(changed)}).")
    left = [str(problem) for problem in checks.problems_of(sources)]
    left += [str(problem) for problem in recordings.stale(root)]
    for made, text in with_site(sources):
        (done if made else left).append(text)
    for title, lines in (("Done", done), ("Left to do", left)):
        if lines:
            print(f"{title}:", *(f"  {line}" for line in dict.fromkeys(lines)), sep="\n")
    if tests := tests_for(changed_files(root), root):
        print(f"Worth running: .venv/bin/python -m pytest {' '.join(tests)}")
    if not left:
        print("Nothing is left to do.")
    return bool(left)


def listed(names: list[str], most: int = 6) -> str:
    """The first of some names."""
    return ", ".join(names[:most]) + (" …" if len(names) > most else "")


def with_site(sources: Sources) -> Iterator[tuple[bool, str]]:
    """What needs the built site: new addresses and preview images. Whether it is done, and in words."""
    root, home = sources.root, sources.root / "site/index.html"
    built = home.stat().st_mtime if home.is_file() else 0
    pages = [path for path in (root / "docs").rglob("*") if path.suffix in (".md", ".ipynb")]
    if any(path.stat().st_mtime > built for path in [*pages, root / "data/glossary.yml"]):
        if new := unknown_addresses(sources):
            yield (
                False,
                f"new addresses ({listed(new)}): run make build, then make due, which records them.",
            )
        return
    site = read_site(home.parent)
    yield from ((False, str(problem)) for problem in addresses.check(site, root))
    if count := addresses.add(site, root):
        yield True, f"{addresses.LEDGER}: {count} new address{'es' * (count != 1)}."
    if find_browser() and importlib.util.find_spec("playwright"):
        command = [sys.executable, "-m", "handbook.share.cards", "site"]
        draw = subprocess.run(command, cwd=root, capture_output=True, text=True)
        if draw.returncode:
            yield (
                False,
                (draw.stderr.strip().splitlines() or ["the preview images could not be drawn"])[-1],
            )
        elif ": 0 drawn" not in draw.stdout:
            yield True, draw.stdout.strip()


def unknown_addresses(sources: Sources) -> list[str]:
    """Sections in the sources that data/addresses.yml does not hold."""
    known, _ = addresses.read(sources.root)
    found = []
    for page in sources.pages:
        if page.language == "zh":
            address = "/" + (page.key.removesuffix("index").rstrip("/") + "/").lstrip("/")
            ids = [
                anchor.id
                for anchor in page.anchors
                if anchor.origin in ("heading", "attributes", "a")
            ]
            found += [f"{address}#{id}" for id in ids if id not in known.get(address, ())]
    return found


def changed_files(root: Path) -> list[str]:
    """What differs from the last commit; nothing where there is no git."""
    command = [
        "git",
        "-c",
        "core.quotepath=off",
        "status",
        "--porcelain",
        "--untracked-files=all",
        ".",
    ]
    try:
        status = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8")
    except FileNotFoundError:
        return []
    return [line[3:].rpartition(" -> ")[2].strip('"') for line in status.stdout.splitlines()]


def tests_for(files: list[str], root: Path) -> list[str]:
    """The tests that say most about some files."""
    names = set()
    for file in map(Path, files):
        names |= {
            part
            for part in (*file.parts[1:-1], file.stem)
            if file.parts[0] in ("handbook", "snippets")
        }
        names |= {
            name
            for start, tests in TESTS.items()
            if file.as_posix().startswith(start)
            for name in tests
        }
        names |= {file.stem.removeprefix("test_")} if file.stem.startswith("test_") else set()
    found = [
        path
        for path in (root / "tests").rglob("test_*.py")
        if path.stem.removeprefix("test_") in names
    ]
    return sorted(path.relative_to(root).as_posix() for path in found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
