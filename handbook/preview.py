"""The live preview builds again what an edit concerns: one language, or both."""

import logging
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

from handbook.english import PLACE, ROOT, WORK, build_english, move

LOG = logging.getLogger("mkdocs.hooks.preview")
PAGES = {"zh": ("docs/zh",), "en": ("docs/en",)}
SHARED = ("mkdocs.yml", "mkdocs.en.yml", "overrides", "data", "labs", "snippets")
english_stays = False  # while the Chinese site alone is built; its hooks are loaded anew for each build


class Preview:
    """Stands for the function that builds in MkDocs's server."""

    def __init__(self, build_both: Callable[[], None], site_dir: Path, site_url: str):
        self.build_both, self.site_dir, self.site_url = build_both, site_dir, site_url
        self.seen = {"zh": seen(PAGES["zh"]), "en": seen(PAGES["en"]), "both": seen(SHARED)}
        self.due: set[str] = set()  # languages whose last build is out of date, or has failed

    def __call__(self) -> None:
        """Build what has changed since the last time, and what failed then."""
        now = {"zh": seen(PAGES["zh"]), "en": seen(PAGES["en"]), "both": seen(SHARED)}
        changed = {part for part in now if now[part] != self.seen[part]}
        self.seen = now
        self.due |= changed if changed and "both" not in changed else {"zh", "en"}
        if self.due == {"en"}:
            LOG.info("Building the English documentation...")
            build_english(self.site_dir / PLACE, self.site_url, checks=True)
        elif self.due == {"zh"}:
            with english_kept(self.site_dir):
                self.build_both()
        else:
            self.build_both()
        self.due.clear()


@contextmanager
def english_kept(site_dir: Path):
    """Hide the English site from MkDocs, which empties the folder; hooks/bilingual.py brings it back."""
    global english_stays
    english_stays = True
    move(site_dir, PLACE, WORK)
    try:
        yield
    finally:
        move(site_dir, WORK, PLACE)  # still hidden after a build that failed
        english_stays = False


def seen(paths) -> dict[str, tuple[int, int]]:
    """Time and size of every file below some paths."""
    files = {}
    for path in map(ROOT.joinpath, paths):
        for file in [path] if path.is_file() else path.rglob("*"):
            if file.is_file():
                stat = file.stat()
                files[str(file)] = (stat.st_mtime_ns, stat.st_size)
    return files
