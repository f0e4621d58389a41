"""`make downloads`: the site as a zip that opens without a server, the book as PDF and EPUB, in both languages; and a manifest.

    python -m publish.downloads [--site site]

Writes downloads/, which is not in the repository, with manifest.json:

    {"commit": "1a2b3c4", "date": "2026-11-25" (of the commit), "edition": 2,
     "files": [{"name": "handbook-zh.pdf", "language": "zh", "form": "pdf", "bytes": 123, "sha256": "…"}, …]}

A build finds the manifest, copies the files and lists them on a page; without it there is no link to them (hooks/downloads.py).
"""

import argparse
import hashlib
import json
import subprocess
import sys
from pathlib import Path

from handbook.editions import Careless, read_changelog
from handbook.book.book import read_book
from handbook.book.epub import make_epub
from handbook.book.offline import offline, pack
from handbook.book.pdf import make_pdf

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "downloads"
NAMES = {"zh": "handbook-zh", "en": "handbook-en"}


def make_all(site: Path, folder: Path, address: str = "") -> dict:
    """Write all six files and the manifest, whole or not at all; gives the manifest.

    Raises FileNotFoundError when the site is not built, and what git says when the folder is no repository.
    """
    commit, date = (git("log", "-1", f"--format={what}") for what in ("%h", "%cs"))
    newest = read_changelog(ROOT)[0]
    edition = (newest.number, str(newest.date))
    files = offline(site)
    made: dict[str, tuple[str, str, bytes]] = {}
    for language, name in NAMES.items():
        made[f"{name}.zip"] = (language, "zip", pack(files, name, "index.html" if language == "zh" else "en/index.html"))
        made[f"{name}.pdf"] = (language, "pdf", make_pdf(read_book(site, language, edition, address)))
        made[f"{name}.epub"] = (language, "epub", make_epub(read_book(site, language, edition, address)))
    manifest = {"commit": commit, "date": date, "edition": edition[0], "files": [
        {"name": name, "language": language, "form": form, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, (language, form, content) in made.items()
    ]}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "manifest.json").unlink(missing_ok=True)  # from here until the end nothing may be listed
    for name, (_, _, content) in made.items():
        (folder / name).write_bytes(content)
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    return manifest


def git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m publish.downloads", description="Make the downloads of a built site.")
    parser.add_argument("--site", type=Path, default=ROOT / "site")
    parser.add_argument("--address", default="", help="of the published site, for links that leave the book")
    options = parser.parse_args(arguments)
    try:
        manifest = make_all(options.site, FOLDER, options.address)
    except (OSError, subprocess.CalledProcessError, Careless) as error:
        print(f"no downloads made: {getattr(error, 'stderr', None) or error}", file=sys.stderr)
        return 2
    for file in manifest["files"]:
        print(f"downloads/{file['name']}: {file['bytes']:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
