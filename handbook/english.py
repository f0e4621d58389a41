"""Builds the English site: in a process of its own beside the Chinese build, or in this one.

Either way it is written to a hidden folder of the Chinese site first: MkDocs empties a site's folder when a build
begins, and leaves what is hidden.
"""

import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException

ROOT = Path(__file__).resolve().parent.parent
CONFIG = ROOT / "mkdocs.en.yml"
WORK, PLACE = ".en", "en"  # below the folder of the Chinese site


class EnglishBuild:
    """The process, of which there is one at a time or none. What it logs is logged here once more when it has ended."""

    process: subprocess.Popen | None = None

    @classmethod
    def start(cls, chinese) -> None:
        """Begin, with what the configuration of the Chinese build says."""
        options = [
            str(Path(chinese.site_dir) / WORK), chinese.site_url or "",
            str(logging.getLogger("mkdocs").getEffectiveLevel()),
        ]
        cls.log = tempfile.TemporaryFile()
        cls.process = subprocess.Popen(
            [sys.executable, "-m", "handbook.english", *options], cwd=ROOT, stdout=cls.log,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},  # the Chinese build has shown it
        )

    @classmethod
    def finish(cls) -> None:
        """Wait for the end of a build, if there is one. Raises Abort when it has failed."""
        if cls.process is None:
            return
        failed, cls.process = cls.process.wait(), None
        cls.log.seek(0)
        for line in cls.log.read().decode("utf-8").splitlines():
            name, level, message = json.loads(line)
            logging.getLogger(name).log(level, "%s", message)
        cls.log.close()
        if failed:
            raise Abort("The English site was not built; the messages above say why.")

    @classmethod
    def stop(cls) -> None:
        """End a build that nobody waits for any more."""
        if cls.process is not None:
            cls.process.kill()
            cls.process.wait()
            cls.process = None
            cls.log.close()


class Tell(logging.Handler):
    """Writes each record as a line of JSON, in ASCII, which every console takes."""

    def emit(self, record):
        print(json.dumps([record.name, record.levelno, record.getMessage()]), flush=True)


def build_english(site_dir: Path, site_url: str, checks: bool = False) -> None:
    """Build the English site in this process; with the checks of the sources when no Chinese build makes them.

    Never strictly: whoever asked for the build counts the warnings.
    """
    config = load_config(str(CONFIG), site_dir=str(site_dir), site_url=site_url, strict=False)
    config.extra["checks"] = checks
    config.plugins.on_startup(command="build", dirty=False)
    build(config)


def move(site: Path, old: str, new: str) -> None:
    """Rename a folder of a site, if it is there, whatever stands in the way."""
    if (site / old).is_dir():
        shutil.rmtree(site / new, ignore_errors=True)
        (site / old).rename(site / new)


if __name__ == "__main__":
    folder, address, least = sys.argv[1:]
    logger = logging.getLogger("mkdocs")
    logger.addHandler(Tell())
    logger.setLevel(int(least))
    try:
        build_english(Path(folder), address)
    except Abort:  # it has logged why
        sys.exit(1)
    except MkDocsException as error:  # as of the configuration
        logger.error("%s", error)
        sys.exit(1)
