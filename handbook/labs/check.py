"""Each lab has both languages side by side, a verdict, and notebooks made of it as it is.

Whether a result is of the present code, and each number the recorded one, handbook.record tells.
"""

import ast
import re
from collections.abc import Iterator
from functools import partial
from itertools import zip_longest
from pathlib import Path

from nbformat import NotebookNode

from handbook.labs.notebook_page import refused
from handbook.labs.source import (
    FOLDER,
    LANGUAGES,
    OURS,
    PARAMETERS,
    SECTIONS,
    Lab,
    LabError,
    headings,
    read_lab,
    read_notebook,
    read_result,
    result_hash,
    source_of,
)
from handbook.problems import Problem

VERDICTS = ("holds", "limits", "not_here")


def check(sources) -> Iterator[Problem]:
    """Every fault of the labs below `sources.root`."""
    root, slugs = sources.root, set()
    for path in sorted((root / FOLDER).glob("*/lab.py")):
        slugs.add(path.parent.name.replace("_", "-"))
        try:
            lab = read_lab(path)
        except LabError as error:
            yield error.problem
            continue
        yield from texts(lab)
        yield from claims(root, lab)
        verdict = read_result(root, lab.name).get("verdict")
        if verdict not in VERDICTS:
            todo = f"Let verdict() say one of {', '.join(VERDICTS)}, then run make labs ONLY={lab.name}"
            yield Problem(lab.file, 1, f"its result.json has no verdict but “{verdict}”", todo)
        for language in LANGUAGES:
            yield from notebook(root, lab, language)
    for path in sorted(root.glob("docs/*/labs/*.ipynb")):
        if path.stem not in slugs:
            todo = f"Write {FOLDER}/{path.stem.replace('-', '_')}/lab.py, or delete the notebook."
            yield Problem(path.relative_to(root).as_posix(), 1, "this notebook has no source", todo)


def texts(lab: Lab) -> Iterator[Problem]:
    """Text stands in pairs with one heading each; every lab answers the same questions, in this order."""
    fault, cells, at = partial(Problem, lab.file), lab.cells, 0
    while at < len(cells):
        pair = cells[at : at + 2] if cells[at].cell_type == "markdown" else cells[at : at + 1]
        at += len(pair)
        line, languages = pair[0].metadata.line, [cell.metadata.get("lang") for cell in pair]
        ids = [[(level, id) for level, _, id in headings(cell)] for cell in pair]
        if languages not in ([None], ["zh", "en"]):
            todo = "Write each section in Chinese and, in the next cell, in English."
            yield fault(line, "this text stands here in one language only", todo)
            at -= len(pair) - 1
        elif len(ids[0]) > 1 or ids[0] != ids[-1]:
            todo = "Give each its own cell, and both the same level and {#id}."
            yield fault(
                line, "this pair of cells has not one heading, the same in both languages", todo
            )
    chinese = [cell for cell in cells if cell.metadata.get("lang") == "zh"]
    found = [id for cell in chinese for _, _, id in headings(cell)]
    if found[:1] != [lab.slug] or [id for id in found if id in SECTIONS] != SECTIONS:
        todo = f"A lab has these, in this order: {', '.join([lab.slug, *SECTIONS])}."
        yield fault(1, "sections are missing, or stand in another order", todo)
    if PARAMETERS not in cells[0].metadata.get("tags", []) or "LANGUAGE =" not in cells[0].source:
        todo = 'Begin with # %% tags=["parameters"] and LANGUAGE = "en" below it.'
        yield fault(cells[0].metadata.line, "the first cell does not set the language", todo)


def claims(root: Path, lab: Lab) -> Iterator[Problem]:
    """The sections that it tests are there, and link to the lab as it links to them."""
    for name, language in (
        (str(claim), one) for claim in lab.header["claims"] for one in LANGUAGES
    ):
        page, _, id = name.partition("#")
        path = root / "docs" / language / f"{page}.md"
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        place = re.search(rf"\{{:? ?#{id}[ }}]", text)
        if not place:
            todo = "Write it as page#id: playbook#data-cleaning."
            yield Problem(lab.file, 2, f"the claim {name} is no section of docs/{language}", todo)
            continue
        rest = re.split(r"^#+ ", text[place.end() :], maxsplit=1, flags=re.MULTILINE)[0]
        if f"labs/{lab.slug}.ipynb" not in rest:
            line, file = text.count("\n", 0, place.start()) + 1, f"docs/{language}/{page}.md"
            todo = f"Add a link to labs/{lab.slug}.ipynb to the section's seealso block."
            yield Problem(file, line, "this section does not link to the lab that tests it", todo)
        if not any(f"../{page}.md#{id}" in cell.source for cell in lab.cells_of(language)):
            todo = f"Link ../{page}.md#{id} in {{#question}}."
            yield Problem(lab.file, 2, f"the text ({language}) has no link to its claim", todo)


def notebook(root: Path, lab: Lab, language: str) -> Iterator[Problem]:
    """A notebook of the text, the code and the result as they are, with outputs that a page can show."""
    file, make = lab.notebook(language), f"Make it: make labs ONLY={lab.name}"
    try:
        found = read_notebook(root / file)
    except (FileNotFoundError, ValueError):
        yield Problem(lab.file, 1, f"{file} is missing, or is no notebook", make)
        return
    cells = lab.cells_of(language)
    for number, (cell, made) in enumerate(zip_longest(cells, found.cells), 1):
        line = (cell or cells[-1]).metadata.line
        wanted = cell and (cell.cell_type, source_of(cell, language))
        if not made or wanted != (made.cell_type, made.source):
            text = cell and made and cell.cell_type == made.cell_type == "markdown"
            todo = "Run make due." if text else make
            yield Problem(lab.file, line, f"cell {number} of {file} is not what stands here", todo)
            return
        for fault in faults(made):
            todo = (
                "Show it with table() or figure() of snippets/labs/show.py, or mend the code, then "
            )
            message = f"cell {number} of {file} {fault}"
            yield Problem(lab.file, line, message, f"{todo}make labs ONLY={lab.name}")
    stamp = {"result": result_hash(read_result(root, lab.name)), "code": lab.shown_by}
    if found.metadata.get(OURS) != stamp:
        yield Problem(file, 1, "its outputs were made by other code, or of another result", make)


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
