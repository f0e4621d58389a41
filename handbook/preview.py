"""The live preview builds again what an edit concerns: one language, or both."""

import logging
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

from handbook.english import PLACE, ROOT, WORK, build_english, move

LOG = logging.getLogger("mkdocs.hooks.preview")
PAGES = {"zh": ("docs/zh",), "en": ("docs/en",)}
SHARED = ("mkdocs.yml", "mkdocs.en.yml", "overrides", "data", "labs", "snippets")
HIDDEN_SHARES = ".s"
active = False  # whether this process is the live preview: set by hooks/bilingual.py, for every hook
english_stays = False  # while the Chinese site alone is built
# The share pages of each site's folder, by their paths, with what they say: while one language is built they stay.
shares: dict[str, dict[str, dict]] = {}


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
            with shares_kept(self.site_dir / PLACE):
                build_english(self.site_dir / PLACE, self.site_url, checks=True)
        elif self.due == {"zh"}:
            with english_kept(self.site_dir), shares_kept(self.site_dir):
                self.build_both()
        else:
            shares.clear()
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


@contextmanager
def shares_kept(site_dir: Path):
    """Hide the share pages from MkDocs; hooks/share.py brings them back, and writes those that say something else now."""
    move(site_dir, "s", HIDDEN_SHARES)
    try:
        yield
    except BaseException:
        shares.pop(str(site_dir), None)
        raise


def seen(paths) -> dict[str, tuple[int, int]]:
    """Time and size of every file below some paths."""
    files = {}
    for path in map(ROOT.joinpath, paths):
        for file in [path] if path.is_file() else path.rglob("*"):
            if file.is_file():
                stat = file.stat()
                files[str(file)] = (stat.st_mtime_ns, stat.st_size)
    return files
