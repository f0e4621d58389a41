"""`make due`: does what is due for a change, as far as a machine can, and says what is left, before any build.

    make due                                  after an edit
    make due SAME="guide#overfitting"         the English of these sections already says what the Chinese now says

It lists the notes and rules of law to be checked again within a month, writes recorded numbers into the pages, notes
which sections say the same in both languages and, when the site is built, adds new addresses and
draws missing preview images. The exit status is 1 when more than a build is left to do.
"""

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from handbook import addresses
from handbook.browser import find_browser
from handbook.checks import translations
from handbook.checks.everything import problems_of
from handbook.checks.pages import Sources, read_sources
from handbook.labs.notebook import refresh
from handbook.law import check as law
from handbook.notes import check as notes
from handbook.questions import changes
from handbook.record import check as numbers
from handbook.record import recordings
from handbook.site import read_site

BUILD = "run make build, then make due, which records them."


def main(arguments: list[str], root: Path = Path()) -> int:
    """Do and tell what is due. Arguments: sections (page#id) whose English still holds."""
    done = [f"{change}: read the sentence again." for change in numbers.correct(root)]
    done += [f"{file}: has the text of its lab." for file in refresh(root)]
    sources = read_sources(root)
    if unknown := [key for key in arguments if not sources.section(key)]:
        print(f"There is no section {', '.join(unknown)}; write page#id, as in guide#overfitting.")
        return 2
    if asked := changes.record(sources):
        done.append(f"{changes.FILE}: notes when cards changed: {listed(asked)}.")
    problems = set(problems_of(sources))
    others = problems - set(translations.check(sources))
    faulty = sources.pages if any(problem.stops for problem in others) else others
    if changed := translations.record(sources, arguments, {one.file for one in faulty}):
        noted = "noted as saying the same in both languages"
        done.append(f"{translations.FILE}: {noted}: {listed(changed)}.")
    problems = sorted(others | problems & set(translations.check(sources)))
    left = [str(problem) for problem in (*problems, *recordings.stale(root))]
    for made, text in with_site(sources):
        (done if made else left).append(text)
    again = [str(due) for look in (notes, law) for due in look.falling_due(sources, date.today())]
    for title, lines in (("Done", done), ("Left to do", left), ("To be checked again soon", again)):
        if lines:
            print(f"{title}:", *(f"  {line}" for line in dict.fromkeys(lines)), sep="\n")
    if not left:
        print("Nothing is left to do.")
    return any(not line.endswith(BUILD) for line in left)


def listed(names: list[str], most: int = 6) -> str:
    """The first of some names."""
    return ", ".join(names[:most]) + (" …" if len(names) > most else "")


def with_site(sources: Sources) -> Iterator[tuple[bool, str]]:
    """What needs the built site: new addresses and preview images. Whether it is done, and in words."""
    root, home = sources.root, sources.root / "site/index.html"
    built = home.stat().st_mtime if home.is_file() else 0
    files = [root / page.file for page in sources.pages]
    if any(path.stat().st_mtime > built for path in [*files, root / "data/glossary.yml"]):
        if new := unknown_addresses(sources):
            yield False, f"new addresses ({listed(new)}): {BUILD}"
        return
    site = read_site(home.parent)
    yield from ((False, str(problem)) for problem in addresses.check(site, root))
    if count := addresses.add(site, root):
        yield True, f"{addresses.LEDGER}: new addresses: {count}."
    if find_browser() and importlib.util.find_spec("playwright"):
        command = [sys.executable, "-m", "handbook.share.cards", "site"]
        draw = subprocess.run(command, cwd=root, capture_output=True, text=True)
        if draw.returncode:
            said = draw.stderr.strip().splitlines()
            yield False, said[-1] if said else "the preview images could not be drawn"
        elif ": 0 drawn" not in draw.stdout:
            yield True, draw.stdout.strip()


def unknown_addresses(sources: Sources) -> list[str]:
    """Sections in the sources that data/addresses.yml does not hold."""
    known, found = addresses.read_ledger(sources.root)[0], []
    for page in sources.pages:
        if page.language == "zh":
            address = "/" + (page.key.removesuffix("index").rstrip("/") + "/").lstrip("/")
            ids = (place.id for place in page.places if place.published)
            found += [f"{address}#{id}" for id in ids if id not in known.get(address, ())]
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
