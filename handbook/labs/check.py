"""Each lab has both languages side by side, a verdict, and notebooks made of it as it is.

Whether a result is of the present code, and each number the recorded one, handbook.record tells.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from nbformat import NotebookNode

from handbook.labs import source
from handbook.labs.notebook import notebooks
from handbook.labs.outputs import refused
from handbook.labs.source import (
    FOLDER,
    LANGUAGES,
    SECTIONS,
    TABLE,
    VERDICTS,
    Lab,
    LabError,
    headings,
)
from handbook.labs.verdicts import unknown_marks
from handbook.problems import Problem


def check(sources) -> Iterator[Problem]:
    """Every fault of the labs below `sources.root`."""
    root = sources.root
    names = source.lab_names(root)
    for name in names:
        try:
            lab = source.read_lab(root, name)
        except LabError as error:
            yield error.problem
            continue
        yield from texts(lab)
        yield from claims(root, lab)
        if not (root / FOLDER / name / "result.json").is_file():
            todo = f"Run make labs ONLY={name}"
            yield Problem(lab.file, 1, "it has not been measured", todo)
            continue
        verdict = source.read_result(root, name).get("verdict")
        if not isinstance(verdict, dict) or not {*verdict.values()} <= {*VERDICTS}:
            todo = f"Let verdict() give each technique one of {', '.join(VERDICTS)}, then run make labs ONLY={name}"
            yield Problem(lab.file, 1, f"its result.json has no verdicts but “{verdict}”", todo)
        elif [*verdict] != [*lab.techniques("en")]:
            todo = (
                f"verdict.py and the header name the same, in the same order: {', '.join(verdict)}."
            )
            yield Problem(lab.file, 2, "its techniques are not those that have a verdict", todo)
        yield from outputs(root, lab)
    for path in sorted(root.glob("docs/*/labs/index.md")):
        text = path.read_text(encoding="utf-8")
        for mark in unknown_marks(text):
            line = text.count("\n", 0, mark.start()) + 1
            todo = "Write <!-- verdict: lab.technique --> as in the lab's result.json, or <!-- verdict: not_tested -->."
            message = f"“{mark[0]}” names no technique of a lab"
            yield Problem(path.relative_to(root).as_posix(), line, message, todo)
    for path in sorted(root.glob("docs/*/labs/*.ipynb")):
        if (name := path.stem.replace("-", "_")) not in names:
            todo = f"Write {FOLDER}/{name}/lab.py, or delete the notebook."
            yield Problem(path.relative_to(root).as_posix(), 1, "this notebook has no source", todo)


def texts(lab: Lab) -> Iterator[Problem]:
    """Text stands in pairs with one heading each; every lab answers the same questions, in this order."""
    languages = [None, *(cell.metadata.get("lang") for cell in lab.cells), None]
    for at, cell in enumerate(lab.cells):
        before, language, after = languages[at : at + 3]
        if (language == "zh" and after != "en") or (language == "en" and before != "zh"):
            todo = "Write each section in Chinese and, in the next cell, in English."
            message = "this text stands here in one language only"
            yield Problem(lab.file, cell.metadata.line, message, todo)
        elif language == "zh":
            ids, same = ([(level, id) for level, _, id in headings(c)] for c in lab.cells[at:][:2])
            if len(ids) > 1 or ids != same:
                todo = "Give each its own cell, and both the same level and {#id}."
                message = "this pair of cells has not one heading, the same in both languages"
                yield Problem(lab.file, cell.metadata.line, message, todo)
    found = [id for cell in lab.cells_of("zh") for _, _, id in headings(cell)]
    if found[:1] != [lab.slug] or [id for id in found if id in SECTIONS] != SECTIONS:
        todo = f"A lab has these, in this order: {', '.join([lab.slug, *SECTIONS])}."
        yield Problem(lab.file, 1, "sections are missing, or stand in another order", todo)
    for language in LANGUAGES:
        if not any(TABLE in cell.source for cell in lab.cells_of(language)):
            todo = f"Write {TABLE} below {{#answer}}."
            yield Problem(lab.file, 1, f"the text ({language}) does not show the verdicts", todo)
    first = lab.cells[0]
    if source.PARAMETERS not in first.metadata.get("tags", []) or "LANGUAGE =" not in first.source:
        todo = 'Begin with # %% tags=["parameters"] and LANGUAGE = "en" below it.'
        message = "the first cell does not set the language"
        yield Problem(lab.file, first.metadata.line, message, todo)


def claims(root: Path, lab: Lab) -> Iterator[Problem]:
    """The sections that it tests are there, and link to the lab as it links to them."""
    if not lab.header["claims"]:
        todo = "Name the sections whose claim it tests: claims: [page#id]."
        yield Problem(lab.file, 2, "it names no claim", todo)
    for claim in map(str, lab.header["claims"]):
        page, _, id = claim.partition("#")
        for language in LANGUAGES:
            file = f"docs/{language}/{page}.md"
            text = (root / file).read_text(encoding="utf-8") if (root / file).is_file() else ""
            section = re.search(rf"^.*\{{:? ?#{id}[ }}](.|\n(?!#+ ))*", text, re.MULTILINE)
            if not section:
                todo = "Write it as page#id: playbook#data-cleaning."
                message = f"the claim {claim} is no section of docs/{language}"
                yield Problem(lab.file, 2, message, todo)
                continue
            if f"labs/{lab.slug}.ipynb" not in section[0]:
                line = text.count("\n", 0, section.start()) + 1
                todo = f"Add a link to labs/{lab.slug}.ipynb to the section's seealso block."
                message = "this section does not link to the lab that tests it"
                yield Problem(file, line, message, todo)
            if not any(f"../{page}.md#{id}" in cell.source for cell in lab.cells_of(language)):
                todo = f"Link ../{page}.md#{id} in {{#answer}}."
                yield Problem(lab.file, 2, f"the text ({language}) has no link to its claim", todo)


def outputs(root: Path, lab: Lab) -> Iterator[Problem]:
    """The notebooks hold the text, the code and the result as they are, and outputs that a page can show."""
    make = f"make labs ONLY={lab.name}"
    for notebook in notebooks(root, lab):
        file = notebook.path.relative_to(root).as_posix()
        if not notebook.kept:
            message = f"{file} is missing, or its outputs are of other code or of another result"
            yield Problem(lab.file, 1, message, f"Make it: {make}")
        elif not notebook.written:
            yield Problem(lab.file, 1, f"{file} has not the text that stands here", "Run make due.")
        else:
            cells = lab.cells_of(notebook.path.parts[-3])
            for written, cell in zip(cells, notebook.content.cells, strict=True):
                for fault in faults(cell):
                    todo = "Show it with table() or figure() of snippets/labs/show.py, or mend the code"
                    message = f"in {file} this cell {fault}"
                    yield Problem(lab.file, written.metadata.line, message, f"{todo}, then {make}")


def faults(cell: NotebookNode) -> Iterator[str]:
    """What is wrong with the outputs of a cell of code."""
    if cell.cell_type != "code":
        return
    if cell.execution_count is None:
        yield "was not run"
    yield from filter(None, map(refused, cell.outputs))
    statements = ast.parse(cell.source).body
    if statements and isinstance(statements[-1], ast.Expr) and not cell.outputs:
        yield "ends in an expression and shows nothing"
