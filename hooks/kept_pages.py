"""Keeps what Markdown became, so that a page is rendered again only when it or what it is made from has changed."""

import logging
import sys
from pathlib import Path

from mkdocs.plugins import event_priority
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from handbook.kept import FOLDER, Kept, KeptTemplates, contents, sweep  # noqa: E402

LOG = logging.getLogger("mkdocs")


@event_priority(-100)  # when all extensions are there, those of our hooks too
def on_files(files, config):
    """Say what all pages depend on: the Markdown extensions, what they read, and where each file will be."""
    folders = config.mdx_configs["pymdownx.snippets"]["base_path"]
    config.extra["kept"] = Kept(FOLDER / config.theme["language"], [
        [extension if isinstance(extension, str) else vars(extension) for extension in config.markdown_extensions],
        config.mdx_configs, contents(ROOT / folder for folder in folders),
        sorted((file.src_uri, file.url) for file in files),
    ])
    return files


@event_priority(-100)  # after the plugin for notebooks has put its own function in
def on_pre_page(page, config, files):
    """Let a page look for what is kept of it before it renders."""
    if "render" not in vars(page):
        page.render = lambda config, files: render(page, config, files)
    return page


def on_env(env, config, files):
    """Keep the compiled templates too."""
    env.bytecode_cache = KeptTemplates()
    return env


def on_post_build(config):
    """Throw away what is no longer used."""
    sweep(FOLDER)


def render(page, config, files):
    """As Page.render. What MkDocs had to say about a page must be said every time: such a page is not kept."""
    said = Said(logging.INFO)

    def make():
        LOG.addHandler(said)
        try:
            Page.render(page, config, files)
        finally:
            LOG.removeHandler(said)
        return {
            "content": page.content, "toc": [token(item) for item in page.toc], "title": page._title_from_render,
            "ids": sorted(page.present_anchor_ids),
            "links": {file.src_uri: links for file, links in (page.links_to_anchors or {}).items()},
        }

    kept = config.extra["kept"].result(
        "page", [page.file.src_uri, page.markdown], make,
        # With another level, MkDocs says less, or does not look at the links.
        lambda: not said.anything and LOG.isEnabledFor(logging.INFO) and page.links_to_anchors is not None)
    page.content, page.toc, page._title_from_render = kept["content"], get_toc(kept["toc"]), kept["title"]
    page.present_anchor_ids = set(kept["ids"])
    page.links_to_anchors = {files.get_file_from_path(uri): links for uri, links in kept["links"].items()}


def token(item):
    """An entry of a table of contents as Python-Markdown gave it."""
    return {"id": item.id, "name": item.title, "level": item.level, "children": [token(child) for child in item.children]}


class Said(logging.Handler):
    """Tells whether anything was logged."""

    anything = False

    def emit(self, record):
        self.anything = True
