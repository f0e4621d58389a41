"""The live preview of both languages: `mkdocs serve` builds the Chinese site, this adds the English one."""

import logging
import shutil
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config

from handbook.checks import built
from handbook.checks.everything import all_problems
from handbook.questions import exports
from handbook.search import index
from handbook.share import passages
from handbook.site import LANGUAGES, Site, read_site

LOG = logging.getLogger("mkdocs.handbook")
HIDDEN = ".en"  # MkDocs empties the folder before each build, but for what begins with a dot
CHINESE, ENGLISH = ("docs/zh",), ("docs/en",)
SHARED = ("data", "handbook", "mkdocs.yml", "mkdocs.en.yml", "snippets", "theme")


class Preview:
    """Stands for the function that builds in MkDocs's server: builds the languages that an edit concerns."""

    def __init__(self, build_chinese: Callable[[], None], folder: Path, address: str):
        self.build_chinese, self.folder, self.address = build_chinese, folder, address
        self.seen = {part: state(part) for part in (CHINESE, ENGLISH, SHARED)}
        self.build_english()
        self.join(LANGUAGES)

    def __call__(self) -> None:
        """Build what has changed; after a build that failed, all of it."""
        now = {part: state(part) for part in self.seen}
        changed = [part for part in now if now[part] != self.seen.get(part)] or list(now)
        self.seen = dict.fromkeys(now)
        languages = ["zh"] * (changed != [ENGLISH]) + ["en"] * (changed != [CHINESE])
        if "zh" in languages:
            self.build_chinese()
        if "en" in languages:
            self.build_english()
        self.join(languages)
        self.seen = now

    def build_english(self) -> None:
        """Build the English site into a hidden folder."""
        config = load_config(
            "mkdocs.en.yml", site_dir=str(self.folder / HIDDEN), site_url=f"{self.address}en/"
        )
        config.plugins.on_startup(command="serve", dirty=False)
        build(config)

    def join(self, languages: Iterable[str]) -> None:
        """Put both sites together, with the search of those that are new; the rest is left to a build."""
        shutil.rmtree(self.folder / "en", ignore_errors=True)
        shutil.copytree(self.folder / HIDDEN, self.folder / "en")
        site = read_site(self.folder, languages)
        index.write(site, languages)
        exports.write_decks(site, languages=languages)
        # For the next time that Chinese alone is built.
        for made in ("search", exports.DECK.parent):
            own, kept = self.folder / "en" / made, self.folder / HIDDEN / made
            if own.is_dir():
                shutil.copytree(own, kept, dirs_exist_ok=True)
        # The page is shown first: what is wrong is told while its author looks at it.
        threading.Timer(0.5, tell, [site]).start()


def tell(site: Site) -> None:
    """Say what is wrong with the sources and with the pages."""
    for problem in sorted({*all_problems(Path()), *built.problems(site), *passages.check(site)}):
        LOG.warning("%s", problem)


def state(paths: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Time and size of every file below some paths."""
    found = {}
    for path in map(Path, paths):
        for file in [path] if path.is_file() else path.rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                stat = file.stat()
                found[str(file)] = (stat.st_mtime_ns, stat.st_size)
    return found
