"""One command, two languages: every build of the Chinese site builds the English one into `en/`, at the same time.

Two configurations instead of an i18n plugin give each language an index, a sitemap and a theme
language of its own (DESIGN decision; see CONTRIBUTING.md).
"""

import sys
from pathlib import Path

from mkdocs.plugins import event_priority

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from handbook import preview  # noqa: E402
from handbook.english import PLACE, WORK, EnglishBuild, move  # noqa: E402
from handbook.garbage import collect_less  # noqa: E402


def is_english(config):
    """Tell whether this is the English build."""
    return config.theme["language"] == "en"


def on_startup(command, dirty):
    """Say that this is the preview; of its builds only the first is announced, and an English one in it as a build."""
    preview.active = preview.active or command == "serve"
    if not preview.active:
        collect_less()


@event_priority(200)  # before the sources are checked, which the English build need not wait for
def on_config(config):
    """Start the English build; publish the address of the site root, and give the English site its own."""
    root = config.site_url.rstrip("/") + "/" if config.site_url else ""
    config.extra["site_root"] = root
    if not is_english(config):
        if not preview.english_stays:
            EnglishBuild.start(config)
        return config
    if root:
        config.site_url = root + "en/"
    config.theme.static_templates -= {"404.html"}  # one 404 page, at the root, serves both languages
    return config


@event_priority(-100)  # after the plugins have written the Chinese site
def on_post_build(config):
    """Put the English site into the Chinese one."""
    # A sitemap holds absolute addresses or nothing. Its packed copy holds the time of the build, and no crawler needs it.
    for path in Path(config.site_dir).glob("sitemap.xml.gz" if config.site_url else "sitemap.xml*"):
        path.unlink()
    if not is_english(config):
        EnglishBuild.finish()
        move(Path(config.site_dir), WORK, PLACE)


def on_build_error(error):
    """Do not go on with one language when the other has failed."""
    EnglishBuild.stop()


def on_serve(server, config, builder):
    """Watch what MkDocs does not: the other language, the theme, the data and the snippets."""
    for name in ("docs/en", *preview.SHARED):
        server.watch(str(ROOT / name))
    server.builder = preview.Preview(builder, Path(config.site_dir), config.site_url)
    return server
