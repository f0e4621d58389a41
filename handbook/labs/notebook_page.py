"""The page of a notebook: mkdocs-jupyter renders the code cells and their outputs, the site's own Markdown the rest.

The plugin's page brings 595 KB of styles and knows neither our ids nor our notes. So its Markdown cells are rendered
once more, by MkDocs itself and as one text, and put in their places; of its HTML only code cells and outputs stay.
"""

import nbformat
from lxml import html
from mkdocs.structure.pages import Page

PLACE = '<div data-cell="{}"></div>'
DROPPED = (
    "//style | //script | //*[contains(@class, 'jp-InputPrompt') or contains(@class, 'jp-OutputPrompt')"
    " or contains(@class, 'jp-Cell-inputCollapser') or contains(@class, 'jp-Cell-outputCollapser')"
    " or contains(@class, 'clipboard-copy-txt') or contains(@class, 'zeroclipboard-container')]"
)


def render(content: str, page, config, files) -> str:
    """The content of a notebook's page; sets what MkDocs knows of the page: contents, title, ids, links."""
    notebook = nbformat.read(page.file.abs_src_path, as_version=4)
    tree = html.fragment_fromstring(content, create_parent="div")
    for element in tree.xpath(DROPPED):
        element.drop_tree()
    twin = Page(None, page.file, config)  # takes the file over
    page.file.page = page
    twin.markdown = "\n\n".join(
        cell.source if cell.cell_type == "markdown" else PLACE.format(at)
        for at, cell in enumerate(notebook.cells)
    )
    twin.render(config, files)
    page.toc, page.title = twin.toc, twin.title
    page.present_anchor_ids, page.links_to_anchors = twin.present_anchor_ids, twin.links_to_anchors
    shown = twin.content
    for at, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            made = tree.get_element_by_id(f"cell-id={cell.id}")
            made.tail = None
            shown = shown.replace(PLACE.format(at), html.tostring(made, encoding="unicode"))
    return shown
