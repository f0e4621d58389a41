"""Puts the Content-Security-Policy into every page and writes the header files, when both languages are built.

It must be the last of all to touch the site: whatever changes an inline script or style after it is blocked by the
browser. The preview has no policy, since the script of its live reload comes from the server. See handbook/content_policy.py.
"""

import sys
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from handbook.content_policy import Forbidden, headers, read_policy, served_files, server_files, with_meta  # noqa: E402
from handbook.plain_svg import without_styles  # noqa: E402

_previewing = False


def on_startup(command, dirty):
    """Remember whether this is the preview; of its builds only the first is announced."""
    global _previewing
    _previewing = _previewing or command == "serve"


@event_priority(-1000)  # after the English site, which bilingual.py builds, and whatever else changes a page
def on_post_build(config):
    """Secure the site; the English build is nested in the Chinese one, which sees the pages of both."""
    if _previewing or config.theme["language"] != "zh":
        return
    site = Path(config.site_dir)
    try:
        for file in site.rglob("*.svg"):
            write(file, without_styles(file.read_text(encoding="utf-8")))
        policy = read_policy(site)
        for file in site.rglob("*.html"):
            write(file, with_meta(file.read_text(encoding="utf-8"), policy))
        for folder, files in (
            (site, served_files(headers(policy))),
            (site.with_name(site.name + "-headers"), server_files(headers(policy))),
        ):
            folder.mkdir(exist_ok=True)
            for name, text in files.items():
                write(folder / name, text)
    except Forbidden as error:
        raise PluginError(str(error)) from error


def write(file, text):
    file.write_text(text, encoding="utf-8", newline="")
