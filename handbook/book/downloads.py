"""`make downloads`: the site as a zip, the book as PDF and EPUB, in both languages; and their place on the site.

Writes downloads/, which is not in the repository, with manifest.json:

    {"commit": "1a2b3c4", "date": "2026-11-25" (of the commit),
     "files": [{"name": "handbook-zh.pdf", "language": "zh", "form": "pdf", "bytes": 123, "sha256": "…"}, …]}

The next build copies the files and lists them on the page that has a paragraph of the class hb-downloads.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from handbook.book.offline import FILE_LIST, offline
from handbook.book.templates import render
from handbook.problems import Problem
from handbook.site import LANGUAGES, Site, read_site

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "downloads"


def make_all(site: Site, folder: Path) -> dict:
    """Write all six files and the manifest, whole or not at all; gives the manifest.

    Raises FileNotFoundError when the site lacks a file, and CalledProcessError when git knows no commit.
    """
    # A build, which only copies the files, does without what these load.
    from handbook.book.book import read_book
    from handbook.book.epub import make_epub, pack
    from handbook.book.pdf import make_pdf

    commit, date = (git("log", "-1", f"--format={what}") for what in ("%h", "%cs"))
    made = {}
    for language in LANGUAGES:
        name = f"handbook-{language}"
        book = read_book(site, language, date)
        made[f"{name}.zip"] = pack(offline(site, language, name))
        made[f"{name}.pdf"] = make_pdf(book)
        made[f"{name}.epub"] = make_epub(book, made[f"{name}.pdf"])
    files = []
    for name, content in made.items():
        language, form = re.fullmatch(r"handbook-(\w+)\.(\w+)", name).groups()
        digest = hashlib.sha256(content).hexdigest()
        size = len(content)
        files.append(
            {"name": name, "language": language, "form": form, "bytes": size, "sha256": digest}
        )
    manifest = {"commit": commit, "date": date, "files": files}
    made["manifest.json"] = (json.dumps(manifest, indent=1) + "\n").encode()
    new = folder.with_name(folder.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    for name, content in made.items():
        (new / name).write_bytes(content)
    shutil.rmtree(folder, ignore_errors=True)
    new.rename(folder)
    return manifest


def git(*arguments: str) -> str:
    """What git says of the project. Raises CalledProcessError."""
    done = subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def place(site: Path, downloads: Path = FOLDER) -> list[Problem]:
    """Copy the files into a built site and list them on its page; without downloads, its sentence stays."""
    if not downloads.is_dir():
        return []
    try:
        manifest = json.loads((downloads / "manifest.json").read_text(encoding="utf-8"))
        for file in manifest["files"]:
            content = (downloads / file["name"]).read_bytes()
            if hashlib.sha256(content).hexdigest() != file["sha256"]:
                raise ValueError(f"{file['name']} is not the file that it tells of")
    except (OSError, ValueError, KeyError, TypeError) as error:
        todo = "Run `make downloads` again, or delete the folder."
        return [
            Problem("downloads/manifest.json", 1, f"the downloads cannot be used ({error})", todo)
        ]
    unlisted = shutil.ignore_patterns("manifest.json")
    shutil.copytree(downloads, site / "downloads", ignore=unlisted, dirs_exist_ok=True)
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        if FILE_LIST.search(text):
            table = list_files(manifest, page.relative_to(site))
            page.write_text(
                FILE_LIST.sub(lambda _, table=table: table, text), encoding="utf-8", newline=""
            )
    return []


def list_files(manifest: dict, page: Path) -> str:
    """The files as a table, those of the page's language first."""
    language = "en" if page.parts[0] == "en" else "zh"
    files = sorted(manifest["files"], key=lambda file: file["language"] != language)
    root = "../" * (len(page.parts) - 1)
    return render("downloads.html", language, **manifest | {"files": files}, root=root)


def main(arguments: list[str]) -> int:
    """Make the downloads of the site in a folder (site/); gives the exit status."""
    try:
        manifest = make_all(read_site(Path(arguments[0] if arguments else ROOT / "site")), FOLDER)
    except subprocess.CalledProcessError as error:
        print(f"no downloads made: {error.stderr.strip()}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"no downloads made: {error}", file=sys.stderr)
        return 2
    for file in manifest["files"]:
        print(f"downloads/{file['name']}: {file['bytes']:,} bytes")
    return 0
