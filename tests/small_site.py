"""A small built site in both languages, for what follows a build: no MkDocs, no build."""

from functools import cache
from html import escape
from pathlib import Path

import markdown
from conftest import ROOT
from mkdocs.config import load_config

from handbook.site import Site, read_site

PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>{head}</head>
<body>{navigation}<article class="md-content__inner">{article}</article></body></html>
"""
NAMES = {"zh": "手册", "en": "Handbook"}


def small_site(
    folder: Path, pages: dict[str, str], address: str = "", navigation: str = "", flat: bool = False
) -> Site:
    """Write and read a site; a home page is added in either language that has none.

    pages: the HTML of each article, such as {"zh/guide": "<h1 id='guide'>…</h1>"}.
    flat: guide.html instead of guide/index.html, as with `use_directory_urls: false`.
    """
    homes = {f"{one}/index": f'<h1 id="home">{name}</h1>' for one, name in NAMES.items()}
    for key, article in {**homes, **pages}.items():
        language, _, name = key.partition("/")
        path = name.removesuffix("index") if not flat else f"{name}.html"
        path = f"{path.rstrip('/')}/".lstrip("/") if not flat else path
        path = ("" if language == "zh" else "en/") + path
        file = folder / path if flat else folder / path / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        head = f'<link rel="canonical" href="{escape(address + path)}">' if address else ""
        head += '<meta name="description" content="About it.">'
        title = NAMES[language] if name == "index" else "A page"
        text = PAGE.format(
            language=language, title=title, head=head, navigation=navigation, article=article
        )
        file.write_text(text, encoding="utf-8")
    return read_site(folder)


@cache
def reader() -> markdown.Markdown:
    config = load_config(str(ROOT / "mkdocs.yml"))
    return markdown.Markdown(
        extensions=config.markdown_extensions, extension_configs=config.mdx_configs
    )


def as_on_the_site(text: str) -> str:
    """Markdown as the site's own extensions render it."""
    return reader().reset().convert(text)
