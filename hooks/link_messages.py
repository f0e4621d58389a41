"""Adds file, line and what to do to MkDocs's own warnings about links, which name only the page."""

import logging
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from checks.pages import read_page  # noqa: E402

LOG = logging.getLogger("mkdocs.structure.pages")
WARNING = re.compile(r"Doc file '(?P<page>.+?)' contains an? (?P<kind>[\w ]*link) '(?P<url>.*?)', (?:but )?(?P<what>.*)")


class AddLine(logging.Filter):
    """Rewrites the warnings about one language's pages; changes nothing that it does not understand."""

    def __init__(self, docs_dir):
        super().__init__(__name__)
        self.docs_dir = Path(docs_dir).resolve()  # as ROOT is, so that one lies below the other

    def filter(self, record):
        if match := WARNING.fullmatch(record.getMessage()):
            path = self.docs_dir / match["page"]
            file, lines = lines_with(path, self.docs_dir.name, match["url"])
            where = f"{file}:{lines[0] if lines else 1}"
            also = f" The same link is on line {', '.join(map(str, lines[1:]))}." if lines[1:] else ""
            hint = "" if lines else " It is not in the page's own text: look in what a hook or a snippet puts there."
            todo = "Correct the link, or add what it leads to."
            record.msg = f"{where}: the {match['kind']} '{match['url']}': {match['what']} {todo}{also}{hint}"
            record.args = ()
        return True


def lines_with(path, language, url):
    """The file of a page, and the lines of its text, code left out, that hold a link to an address."""
    if not path.is_file():
        return path.relative_to(ROOT).as_posix(), []
    page = read_page(ROOT, path, language, path.name)
    whole = re.compile(r"(?<![\w/.#%-])" + re.escape(url) + r"(?![\w/.#%-])")
    return page.file, [number for number, text in enumerate(page.prose.split("\n"), 1) if whole.search(text)]


def on_pre_build(config):
    """Listen to the build that starts; the English one takes over from the Chinese one around it."""
    for old in [f for f in LOG.filters if getattr(f, "name", "") == __name__]:
        LOG.removeFilter(old)
    LOG.addFilter(AddLine(config.docs_dir))
