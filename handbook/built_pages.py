"""Reads what a built site publishes: the pages of one language and the places on each."""

import os
import re
import subprocess
import sys
import tempfile
from functools import lru_cache
from pathlib import Path

from handbook.outline import Place, read_outline

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = re.compile(r'<article class="md-content__inner.*?</article>', re.DOTALL)
DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')
REDIRECT = 'http-equiv="refresh"'


class BuildFailed(Exception):
    """What the build said."""


@lru_cache
def built_site() -> Path:
    """A fresh build of this project, in a folder that goes with the process."""
    folder = tempfile.TemporaryDirectory(prefix="handbook-")
    site = Path(folder.name) / "site"
    built_site.folder = folder  # as long as the process lives
    result = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site)], cwd=ROOT, text=True,
        encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    if result.returncode:
        raise BuildFailed(result.stdout)
    return site


def outlines_of(site: Path | None, language: str) -> dict[str, list[Place]]:
    """{"/guide/": [...]}: the places of each page; share pages and redirects are none."""
    folder = (site or built_site()) / ("en" if language == "en" else "")
    outlines = {}
    for file in sorted(folder.rglob("index.html")):
        address = "/" + file.parent.relative_to(folder).as_posix().strip(".")
        address = address if address == "/" else address + "/"
        if language == "zh" and address.startswith("/en/") or address.startswith("/s/"):
            continue
        html = file.read_text(encoding="utf-8")
        article = ARTICLE.search(html)
        if REDIRECT in html or not article:
            continue
        description = DESCRIPTION.search(html)
        outlines[address] = read_outline(article[0], language, description[1] if description else "")
    return outlines
