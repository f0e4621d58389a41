"""One command, two languages: every build of the Chinese site builds the English one into `en/`.

Two configurations instead of an i18n plugin give each language an index, a sitemap and a theme
language of its own (DESIGN decision; see CONTRIBUTING.md).
"""

from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.plugins import event_priority

ROOT = Path(__file__).resolve().parent.parent
ENGLISH = ROOT / "mkdocs.en.yml"


def is_english(config):
    """Tell whether this is the nested English build."""
    return config.theme["language"] == "en"


def on_config(config):
    """Publish the address of the site root, and give the English site its own."""
    root = config.site_url.rstrip("/") + "/" if config.site_url else ""
    config.extra["site_root"] = root
    if is_english(config) and root:
        config.site_url = root + "en/"
    if is_english(config):  # one 404 page, at the root, serves both languages
        config.theme.static_templates -= {"404.html"}
    return config


@event_priority(-100)  # after the plugins have written the Chinese site
def on_post_build(config):
    """Build the English site into the Chinese one."""
    if not config.site_url:  # a sitemap holds absolute addresses or nothing
        for path in Path(config.site_dir).glob("sitemap.xml*"):
            path.unlink()
    if is_english(config):
        return
    english = load_config(
        str(ENGLISH),
        site_dir=str(Path(config.site_dir) / "en"),
        site_url=config.site_url or "",
        strict=config.strict,
    )
    english.plugins.on_startup(command="build", dirty=False)
    build(english)


def on_serve(server, config, builder):
    """Watch what MkDocs does not: the other language, the theme, the data and the snippets."""
    for name in ("docs/en", "mkdocs.en.yml", "overrides", "data", "labs", "snippets"):
        server.watch(str(ROOT / name))
    return server
