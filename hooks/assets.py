"""One style sheet and one script for both languages, without what no page uses.

Pages name `assets/stylesheets/site.css` and `assets/javascripts/site.js`. They are made, once both languages stand, of
the theme's style sheets, `extra_css` and `extra_javascript`. A build puts the style sheet into the pages, which saves a
first visit a trip to the server before anything can be shown; the rules for what only scripts add go into the script,
and a hash of its content into its name.
The preview keeps all rules and both files, so that a class just typed has its style.
"""

import hashlib
import json
import re
import shutil
import sys
from copy import deepcopy
from pathlib import Path
from urllib.parse import quote

from jinja2 import pass_context
from mkdocs.plugins import event_priority

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from handbook.stylesheet import Names, reduced  # noqa: E402

STYLE, SCRIPT = "assets/stylesheets/site.css", "assets/javascripts/site.js"
THEME = ["assets/stylesheets/main.*.min.css", "assets/stylesheets/palette.*.min.css"]
LINK = re.compile(f'<link rel="stylesheet" href="[^"]*{re.escape(STYLE)}">')
SPACE = re.compile(r"(<(pre|textarea|script|style)\b.*?</\2>)|\s*\n\s*", re.DOTALL)
# A policy that forbids inline styles allows this one; old browsers, which do not know it, get an element.
ADOPT = """(css => {
  try {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  } catch { document.head.append(Object.assign(document.createElement("style"), {textContent: css})) }
})"""
preview = False


def on_startup(command, dirty):
    """Remember whether this is the preview; of its builds only the first is announced."""
    global preview
    preview = preview or command == "serve"


def on_config(config):
    """Take over the lists of files, so that the theme's template does not name each; put the small icon into the pages."""
    config.extra["styles"], config.extra["scripts"] = [*config.extra_css], [str(s) for s in config.extra_javascript]
    config.extra_css, config.extra_javascript = [], []
    for name in ("favicon", "logo"):
        path = ROOT / "overrides" / config.theme[name]
        config.theme[name] = "data:image/svg+xml," + quote(path.read_text(encoding="utf-8").strip(), safe="=:/'(),")
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
    """Make both, and drop what they replace."""
    if config.theme["language"] == "en":
        return
    site, theme = Path(config.site_dir), Path(config.theme.dirs[-2])
    sheets = [next(theme.glob(pattern)) for pattern in THEME] + [site / path for path in config.extra["styles"]]
    scripts = [site / path for path in config.extra["scripts"]]
    css = "\n".join(path.read_text(encoding="utf-8") for path in sheets)
    js = "\n;".join(path.read_text(encoding="utf-8") for path in scripts)  # some end without a semicolon
    if preview:
        write(site / STYLE, css)
        write(site / SCRIPT, js)
        return
    pages = {path: html for path in site.rglob("*.html") if SCRIPT in (html := path.read_text(encoding="utf-8"))}
    of_pages = Names()
    for html in pages.values():
        of_pages.add_page(html)
    of_scripts = deepcopy(of_pages)
    of_scripts.add_script(js)
    first, later = reduced(css, of_pages, of_scripts)
    js = f"{ADOPT}({json.dumps(later, ensure_ascii=False)});\n{js}"
    name = with_hash(SCRIPT, js)
    for path, html in pages.items():
        html = SPACE.sub(lambda m: m[1] or "\n", html).replace('<span class="w"> </span>', " ")
        path.write_text(LINK.sub(lambda _: f"<style>{first}</style>", html).replace(SCRIPT, name), encoding="utf-8")
    drop_unused(site, theme, [*config.extra["styles"], *config.extra["scripts"]])
    write(site / name, js)


def write(path, text):
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


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
