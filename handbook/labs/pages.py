"""What MkDocs is told of the labs: their pages, figures and downloads, and the cards of all labs.

mkdocs-jupyter's page brings 595 KB of styles and knows neither our ids nor our notes. So MkDocs renders the Markdown
cells itself, as one text with a place for each cell of code, and of the plugin's HTML only the outputs are put there:
code is for the notebook that readers download.
"""

import logging
import re
from importlib import import_module
from pathlib import Path

from lxml import html
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from handbook.labs import outputs
from handbook.labs.download import download_of, included
from handbook.labs.notebook import read_notebook
from handbook.labs.source import (
    PARAMETERS,
    TABLE,
    TOOL,
    Lab,
    find_lab,
    read_result,
)
from handbook.labs.verdicts import overview, pill, signs, techniques
from snippets.code_hash import ROOT

OVERVIEW, MARKER = "labs/index.md", "<!-- labs -->"
PLACE = '<div data-cell="{}"></div>'
CODE_CELL = "//div[contains(@class, 'jp-CodeCell')]/div[contains(@class, 'jp-CodeCell')]"
INCLUDE = re.compile(r"^ *--8<--.*\n", re.MULTILINE)
WORDS = {
    "zh": {
        "title": "下载，以及这次运行的环境",
        "download": "[下载这个实验]({}.zip)：笔记本、它用到的模块和依赖清单，不到 {} KB。",
        "made": "记录于 {date}：{versions}；{processor}，{cores} 核，处理器时间 {time}；代码 `{code}`。",
        "seconds": "{} 秒",
        "minutes": "{} 分钟",
        "join": "、",
    },
    "en": {
        "title": "Download, and how it was run",
        "download": "[Download this lab]({}.zip): the notebook, the modules that it uses "
        "and the list of packages, under {} KB.",
        "made": "Recorded on {date}: {versions}; {processor}, {cores} cores, {time} of processor time; code `{code}`.",
        "seconds": "{} seconds",
        "minutes": "{} minutes",
        "join": ", ",
    },
}
RUN = "the-run"  # id of the section that is added to each lab
log = logging.getLogger("mkdocs.plugins.handbook.labs")


def is_notebook(file: File) -> bool:
    """Whether a page is made of a notebook."""
    return file.src_uri.endswith(".ipynb")


def lab_of(file: File) -> Lab | None:
    """The lab of a notebook."""
    return find_lab(ROOT, file.name.replace("-", "_"))


def add_files(files: Files, config) -> None:
    """Add figures and downloads; take out what is no notebook: mkdocs-jupyter would break over it."""
    for file in filter(is_notebook, list(files)):
        try:
            notebook = read_notebook(Path(file.abs_src_path))
        except ValueError:  # handbook.labs.check tells it
            files.remove(file)
            continue
        added = {}
        for pictures in outputs.figures(file.name, notebook).values():
            added |= pictures
        if (lab := lab_of(file)) and (result := read_result(ROOT, lab.name)):
            added[f"{lab.slug}.zip"] = download_of(lab, notebook, result, config)
        for path, content in added.items():
            files.append(File.generated(config, f"labs/{path}", content=content))


def markdown(text: str, page: Page, config, files: Files) -> str:
    """The Markdown of a notebook's page, and of the page of all labs."""
    language = config.theme["language"]
    if page.file.src_uri == OVERVIEW:
        return signs(text.replace(MARKER, overview(language)), language)
    if not is_notebook(page.file):
        return text
    cells = read_notebook(Path(page.file.abs_src_path)).cells
    parts = [
        cell.source if cell.cell_type == "markdown" else PLACE.format(number)
        for number, cell in enumerate(cells)
    ]
    if lab := lab_of(page.file):
        page.meta["description"] = lab.header["description"][language]
        table = techniques(lab, language, pill)
        table = f'<div class="hb-techniques" markdown="1">\n\n{table}\n\n</div>'
        parts = [part.replace(TABLE, table) for part in parts]
        if any(TOOL in part for part in parts):
            tool = import_module(f"{lab.module}.tool").html(language)
            tool = tool.replace("../../assets", get_relative_url("assets", page.url))
            parts = [part.replace(TOOL, tool) for part in parts]
        if download := files.get_file_from_path(f"labs/{lab.slug}.zip"):
            parts.append(about_lab(lab, language, len(download.content_bytes)))
    made = "\n\n".join(parts)
    # So the preview shows the rest, where the build would break over an include.
    return made if included(made, config) is not None else INCLUDE.sub("", made)


def content(rendered: str, page: Page, config, files: Files) -> str:
    """The content of a notebook's page, of what mkdocs-jupyter rendered; that of another stays."""
    if not is_notebook(page.file):
        return rendered
    notebook = read_notebook(Path(page.file.abs_src_path))
    cells = iter(html.fragment_fromstring(rendered, create_parent="div").xpath(CODE_CELL))
    pictures = outputs.figures(page.file.name, notebook)
    Page.render(page, config, files)  # as every other page: on this one the plugin has put its own
    shown = page.content
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        parts, place = [], PLACE.format(number)
        if PARAMETERS not in cell.metadata.get("tags", []):
            made = next(cells).xpath(".//div[contains(@class, 'jp-OutputArea-child')]")
            for output, child in zip(cell.outputs, made, strict=True):
                if files_of_it := pictures.get(id(output)):
                    urls = {
                        get_relative_url(f"labs/{path}", page.url): data
                        for path, data in files_of_it.items()
                    }
                    parts.append(outputs.images(output, urls, config.theme["language"]))
                elif not outputs.refused(output):  # handbook.labs.check tells it
                    parts.append(outputs.shown(output, child))
        if place in page.markdown and place not in shown:
            message = "%s: cell %s is lost: is a fence above it open?"
            log.warning(message, page.file.src_uri, number + 1)
        shown = shown.replace(place, "\n".join(parts))
    return shown


def about_lab(lab: Lab, language: str, size: int) -> str:
    """The last section, folded: the link to the download; when, where and by what it was measured."""
    words, made = WORDS[language], read_result(ROOT, lab.name)["made"]
    seconds = made["processor_seconds"]
    unit, count = ("seconds", seconds) if seconds < 100 else ("minutes", round(seconds / 60))
    versions = words["join"].join(f"{name} {number}" for name, number in made["versions"].items())
    facts = {**made, "versions": versions, "time": words[unit].format(count)}
    # In steps, so that a page is the same wherever it is published: the address is in the notebook.
    download = words["download"].format(lab.slug, -(-size // 10_240) * 10)
    return f"## {words['title']} {{#{RUN} .fold}}\n\n{download}\n\n{words['made'].format(**facts)}"
