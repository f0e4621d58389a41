"""What MkDocs is told of the labs: their pages, figures and downloads, and the table of all labs."""

import re
from pathlib import Path

from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from handbook.labs import notebook_page
from handbook.labs.download import download_of, included
from handbook.labs.source import Lab, read_labs, read_notebook, read_result
from snippets.code_hash import ROOT

OVERVIEW, MARKER = "labs/index.md", "<!-- labs -->"
INCLUDE = re.compile(r"^ *--8<--.*\n", re.MULTILINE)
WORDS = {
    "zh": {
        "download": "[下载这个实验]({}.zip)：笔记本、它用到的模块和依赖清单，{} KB。",
        "made": "记录于 {date}：{versions}；{processor}，{cores} 核，处理器时间 {time}；代码 `{code}`。",
        "seconds": "{} 秒",
        "minutes": "{} 分钟",
        "join": "、",
        "holds": "成立",
        "limits": "有条件成立",
        "not_here": "在这里不成立",
        "heads": "| 文中的说法 | 结论 | 测得 | 实验 |",
        "guide": "《指南》",
        "playbook": "《攻略》",
        "row": "| {}（{}） | **{}** | {} | [{}]({}.ipynb) |",
    },
    "en": {
        "download": "[Download this lab]({}.zip): the notebook, the modules that it uses "
        "and the list of packages, {} KB.",
        "made": "Recorded on {date}: {versions}; {processor}, {cores} cores, {time} of processor time; code `{code}`.",
        "seconds": "{} seconds",
        "minutes": "{} minutes",
        "join": ", ",
        "holds": "holds",
        "limits": "holds with limits",
        "not_here": "does not hold here",
        "heads": "| What the article says | Verdict | Measured | Lab |",
        "guide": "Guide",
        "playbook": "Playbook",
        "row": "| {} ({}) | **{}** | {} | [{}]({}.ipynb) |",
    },
}


def add_files(files: Files, config) -> None:
    """Add figures and downloads; take out what is no notebook: mkdocs-jupyter would break over it."""
    labs = {lab.slug: lab for lab in read_labs(ROOT)}
    for file in [file for file in files if file.src_uri.endswith(".ipynb")]:
        try:
            notebook = read_notebook(Path(file.abs_src_path))
        except ValueError:  # handbook.labs.check tells it
            files.remove(file)
            continue
        added = {}
        for pictures in notebook_page.figures(file.name, notebook).values():
            added |= pictures
        if (lab := labs.get(file.name)) and (result := read_result(ROOT, lab.name)):
            added[f"{lab.slug}.zip"] = download_of(lab, notebook, result, config, config.site_url)
        for path, content in added.items():
            files.append(File.generated(config, f"labs/{path}", content=content))


def markdown(text: str, page: Page, config) -> str:
    """The Markdown of a notebook's page, and of the page with the table of all labs."""
    language = config.theme["language"]
    if page.file.src_uri == OVERVIEW:
        return text.replace(MARKER, overview(read_labs(ROOT), language))
    if not page.file.src_uri.endswith(".ipynb"):
        return text
    labs = read_labs(ROOT, page.file.name)
    notebook, about = read_notebook(Path(page.file.abs_src_path)), ""
    if lab := next(iter(labs), None):
        page.meta["description"] = lab.header["description"][language]
        if result := read_result(ROOT, lab.name):
            # Of the size without the site's address: a page is the same wherever it is published.
            size = len(download_of(lab, notebook, result, config))
            about = about_lab(WORDS[language], lab, result["made"], size)
    made = notebook_page.markdown_of(notebook, about)
    # So the preview shows the rest, where the build would break over an include.
    return made if included(made, config) is not None else INCLUDE.sub("", made)


def content(rendered: str, page: Page, config, files: Files) -> str:
    """The content of a notebook's page; that of another stays."""
    if not page.file.src_uri.endswith(".ipynb"):
        return rendered
    notebook = read_notebook(Path(page.file.abs_src_path))
    return notebook_page.render(rendered, page, config, files, notebook)


def about_lab(words: dict, lab: Lab, made: dict, size: int) -> str:
    """The link to the download; when, where and by what it was measured."""
    seconds = made["processor_seconds"]
    unit, count = ("seconds", seconds) if seconds < 100 else ("minutes", round(seconds / 60))
    versions = words["join"].join(f"{name} {number}" for name, number in made["versions"].items())
    facts = {**made, "versions": versions, "time": words[unit].format(count)}
    download = words["download"].format(lab.slug, -(-size // 1024))
    return f"{download}\n\n{words['made'].format(**facts)}\n{{: .hb-where }}"


def overview(labs: list[Lab], language: str) -> str:
    """The table of all labs: claim, verdict, number, lab."""
    words, rows = WORDS[language], [WORDS[language]["heads"], "|---|---|---|---|"]
    for lab in labs:
        verdict = words.get(read_result(ROOT, lab.name).get("verdict"), "?")
        claims = [claim.partition("#") for claim in lab.header["claims"]]
        links = [f"[{words.get(page, page)}](../{page}.md#{id})" for page, _, id in claims]
        claim, number = lab.header["claim"][language], lab.header["number"][language]
        cells = (claim, words["join"].join(links), verdict, number, lab.title(language), lab.slug)
        rows.append(words["row"].format(*cells))
    return "\n".join(rows)
