"""`make downloads`: the site as a zip, the book as PDF and EPUB, in both languages; and their place on the site.

Writes downloads/, which is not in the repository, with made.json: {"commit": "1a2b3c4", "date": "2026-11-25"} (of the
commit). The next build copies the files and lists them on the page that has a paragraph of the class hb-downloads.
"""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

from handbook.archive import pack
from handbook.book.offline import FILE_LIST, offline
from handbook.book.templates import render
from handbook.problems import Problem
from handbook.site import LANGUAGES, Site, read_site

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "downloads"
FORMS = ("zip", "pdf", "epub")


def make_all(site: Site, folder: Path) -> dict[str, bytes]:
    """Write all files, whole or not at all; gives them by name.

    Raises FileNotFoundError when the site lacks a file, ValueError for a picture that is none for a book, and
    CalledProcessError when git knows no commit.
    """
    # A build, which only copies the files, does without what these load.
    from handbook.book.book import read_book
    from handbook.book.epub import make_epub
    from handbook.book.pdf import make_pdf

    commit, date = (git("log", "-1", f"--format={what}") for what in ("%h", "%cs"))
    made = {}
    for language in LANGUAGES:
        name = f"handbook-{language}"
        book = read_book(site, language, date)
        made[f"{name}.zip"] = pack(offline(site, language, name))
        made[f"{name}.pdf"] = make_pdf(book)
        made[f"{name}.epub"] = make_epub(book, made[f"{name}.pdf"])
    made["made.json"] = json.dumps({"commit": commit, "date": date}).encode()
    new = folder.with_name(folder.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    for name, content in made.items():
        (new / name).write_bytes(content)
    shutil.rmtree(folder, ignore_errors=True)
    new.rename(folder)
    return made


def git(*arguments: str) -> str:
    """What git says of the project. Raises CalledProcessError."""
    done = subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def place(site: Path, downloads: Path = FOLDER) -> list[Problem]:
    """Copy the files into a built site and list them on its page; without downloads, its sentence stays."""
    if not downloads.is_dir():
        return []
    try:
        made = json.loads((downloads / "made.json").read_text(encoding="utf-8"))
        commit, date = made["commit"], made["date"]
        contents = {
            (language, form): (downloads / f"handbook-{language}.{form}").read_bytes()
            for language in LANGUAGES
            for form in FORMS
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        todo = "Run `make downloads` again, or delete the folder."
        message = f"the downloads cannot be used ({error})"
        return [Problem("downloads/made.json", 1, message, todo)]
    unlisted = shutil.ignore_patterns("made.json")
    shutil.copytree(downloads, site / "downloads", ignore=unlisted, dirs_exist_ok=True)
    files = [
        (language, form, len(content), hashlib.sha256(content).hexdigest())
        for (language, form), content in contents.items()
    ]
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        if not FILE_LIST.search(text):
            continue
        language = "en" if page.is_relative_to(site / "en") else "zh"
        files.sort(key=lambda file, language=language: file[0] != language)  # its own first
        root = "../" * (len(page.relative_to(site).parts) - 1)
        values = {"files": files, "commit": commit, "date": date, "root": root}
        table = render("downloads.html", language, **values)
        text = FILE_LIST.sub(lambda _, table=table: table, text)
        page.write_text(text, encoding="utf-8", newline="")
    return []


def main(arguments: list[str]) -> int:
    """Make the downloads of the site in a folder (site/); gives the exit status."""
    try:
        made = make_all(read_site(Path(arguments[0] if arguments else ROOT / "site")), FOLDER)
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        said = getattr(error, "stderr", None) or str(error)
        print(f"no downloads made: {said.strip()}", file=sys.stderr)
        return 2
    for name, content in made.items():
        print(f"downloads/{name}: {len(content):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
