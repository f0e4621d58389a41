"""Every MkDocs event that this site uses, in the order in which it runs. The work is done by functions of the features.

Each language is a plain `mkdocs build` of its configuration. What follows a build is `handbook.finish`, which knows
nothing of MkDocs.
"""

from pathlib import Path

from handbook.glossary import page as glossary
from handbook.labs import notebook_page


def on_page_markdown(markdown, page, config, files):
    """Fill in what is made of data: the glossary."""
    language = config.theme["language"]
    if page.file.src_uri == "reference/glossary.md":
        return glossary.fill_in(markdown, language, Path(config.docs_dir))
    return markdown


def on_page_content(html, page, config, files):
    """Put the site's own Markdown into the pages of notebooks, which mkdocs-jupyter has rendered."""
    if page.file.src_uri.endswith(".ipynb"):
        return notebook_page.render(html, page, config, files)
    return html
