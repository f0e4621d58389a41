"""One style sheet and one script for both languages, without what no page uses.

Pages name `assets/stylesheets/site.css` and `assets/javascripts/site.js`. They are made, once both languages stand, of
the theme's style sheets, `extra_css` and `extra_javascript`; a build then puts a hash of their content into their names.
The preview keeps all rules and the plain names, so that a class just typed has its style.
"""

import hashlib
import re
import shutil
import sys
from pathlib import Path

from jinja2 import pass_context
from mkdocs.plugins import event_priority

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from handbook.stylesheet import Names, reduced  # noqa: E402

STYLE, SCRIPT = "assets/stylesheets/site.css", "assets/javascripts/site.js"
THEME = ["assets/stylesheets/main.*.min.css", "assets/stylesheets/palette.*.min.css"]
preview = False


def on_startup(command, dirty):
    """Remember whether this is the preview."""
    global preview
    preview = command == "serve"


def on_config(config):
    """Take the lists of files over, so that the theme's template does not name each of them."""
    config.extra["styles"], config.extra["scripts"] = [*config.extra_css], [str(s) for s in config.extra_javascript]
    config.extra_css, config.extra_javascript = [], []
    return config


def on_env(env, config, files):
    """Point the English pages to the assets of the root."""
    if config.theme["language"] == "en":
        own = env.filters["url"]

        @pass_context
        def url(context, value):
            return f"{context['base_url']}/../{value}" if value.startswith("assets/") else own(context, value)

        env.filters["url"] = url
    return env


@event_priority(-200)  # after the English site has been built
def on_post_build(config):
    """Write both files, and drop what they replace."""
    if config.theme["language"] == "en":
        return
    site, theme = Path(config.site_dir), Path(config.theme.dirs[-2])
    sheets = [next(theme.glob(pattern)) for pattern in THEME] + [site / path for path in config.extra["styles"]]
    scripts = [site / path for path in config.extra["scripts"]]
    css = "\n".join(path.read_text(encoding="utf-8") for path in sheets)
    js = "\n;".join(path.read_text(encoding="utf-8") for path in scripts)  # some end without a semicolon
    if not preview:
        pages = {path: html for path in site.rglob("*.html") if STYLE in (html := path.read_text(encoding="utf-8"))}
        names = Names()
        for html in pages.values():
            names.add_page(html)
        names.add_script(js)
        css = reduced(css, names)
    made = {STYLE: css, SCRIPT: js}
    hashed = {path: path if preview else with_hash(path, text) for path, text in made.items()}
    if not preview:
        for path, html in pages.items():
            path.write_text(re.sub(f"{re.escape(STYLE)}|{re.escape(SCRIPT)}", lambda m: hashed[m[0]], html), encoding="utf-8")
    drop_unused(site, theme, [*config.extra["styles"], *config.extra["scripts"]])
    for path, text in made.items():
        (site / hashed[path]).parent.mkdir(parents=True, exist_ok=True)
        (site / hashed[path]).write_text(text, encoding="utf-8")


def with_hash(path, text):
    """A file's name with eight digits of its content, so that a cache may keep it for good."""
    stem, dot, suffix = path.rpartition(".")
    return f"{stem}.{hashlib.sha256(text.encode()).hexdigest()[:8]}{dot}{suffix}"


def drop_unused(site, theme, merged):
    """Take out the theme's own files, the second copy for English, and the files that have become part of one."""
    shutil.rmtree(site / "en" / "assets", ignore_errors=True)
    for path in sorted((site / "assets").rglob("*"), reverse=True):  # what a folder holds comes before it
        name = path.relative_to(site).as_posix()
        if path.is_file() and (name in merged or (theme / name).is_file()):
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
