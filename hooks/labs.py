"""The pages of the labs: each notebook as Markdown of this site, its figures, its download, and the overview.

mkdocs-jupyter makes pages of notebooks; its own rendering brings the style sheets and scripts of a notebook
application, and knows neither our ids nor our links. So the page is rendered as every other, from Markdown.
"""

import sys
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from handbook.lab_pages import OVERVIEW_MARKER, download_of, lab_page, overview  # noqa: E402
from handbook.labs import LabError, read_labs, read_result  # noqa: E402
from handbook.notebooks import read_notebook  # noqa: E402

OVERVIEW = "labs/index.md"


def on_config(config):
    """Read the labs; hooks/source_checks.py has told what is wrong with them."""
    try:
        config.extra["labs"] = {f"labs/{lab.slug}.ipynb": (lab, read_result(ROOT, lab)) for lab in read_labs(ROOT)}
    except (LabError, OSError, ValueError) as error:
        raise PluginError("A lab cannot be used; the warnings above say why.") from error
    return config


@event_priority(-50)  # after mkdocs-jupyter
def on_files(files, config):
    """Make the page of each notebook, and add its figures and its download to the site."""
    language, config.extra["lab_pages"] = config.theme["language"], {}
    for uri, (lab, result) in config.extra["labs"].items():
        if files.get_file_from_path(uri) is None:
            continue
        notebook = read_notebook((Path(config.docs_dir) / uri).read_text(encoding="utf-8"))
        # The page says the size without the site's address in it: what a page says must not depend on where it is published.
        download = download_of(lab, notebook, language, result, "")
        page = lab_page(lab, notebook, language, result, download)
        if config.site_url:
            download = download_of(lab, notebook, language, result, config.site_url)
        config.extra["lab_pages"][uri] = page.markdown
        added = {f"labs/{path}": text for path, text in page.figures.items()} | {f"labs/{lab.slug}.zip": download}
        for path, content in added.items():
            files.append(File.generated(config, path, content=content))
    return files


@event_priority(-50)
def on_pre_page(page, config, files):
    """Take back mkdocs-jupyter's rendering."""
    if page.file.src_uri in config.extra["lab_pages"]:
        vars(page).pop("render", None)
    return page


def on_page_read_source(page, config):
    """The Markdown of a notebook's page, in the place of its JSON."""
    return config.extra["lab_pages"].get(page.file.src_uri)


def on_page_markdown(markdown, page, config, files):
    """The table of all labs, in the place of its marker."""
    if page.file.src_uri == OVERVIEW:
        return markdown.replace(OVERVIEW_MARKER, overview(list(config.extra["labs"].values()), config.theme["language"]))
    return markdown
