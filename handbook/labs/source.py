"""Reads the labs: each a folder `snippets/labs/<name>/` with lab.py, which is its page, and result.json.

lab.py is in jupytext's percent format: a header of YAML, cells of Markdown in pairs (Chinese, then English), and cells
of code, which are the same in both notebooks. A cell is a cell of nbformat; its metadata say on which `line` its marker
stands and, of Markdown, its language (`lang`).
"""

import ast
import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import jupytext
import yaml
from nbformat import NotebookNode

from handbook.problems import Problem
from handbook.site import LANGUAGES
from snippets.code_hash import ROOT, imported

FOLDER = "snippets/labs"
SECTIONS = "answer for-founders results limits method own-data sources".split()
HEADER = ("claim", "number", "description")  # in both languages, beside `claims` and `techniques`
VERDICTS = ("supported", "refuted", "other_reason", "not_tested")
TABLE = "<!-- verdicts -->"  # in the text: the place of the table of techniques
TOOL = "<!-- tool -->"  # the place of what the lab's tool.py gives: a form for readers
PARAMETERS = "parameters"  # tag of the cell that says which language it is
HEADING = re.compile(r"^(#+) (.*?) *\{#([^\s}]+)[^}]*\} *$", re.MULTILINE)  # level, words, id
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


class LabError(Exception):
    """A lab that cannot be read; `problem` says why."""

    def __init__(self, file: str, line: int, message: str, todo: str):
        self.problem = Problem(file, line, message, todo, stops=True)
        super().__init__(str(self.problem))


@dataclass(frozen=True)
class Lab:
    """One lab, as its author wrote it."""

    name: str  # data_cleaning
    header: dict
    cells: list[NotebookNode]

    @property
    def slug(self) -> str:
        """Its name in addresses, and the id of its title."""
        return self.name.replace("_", "-")

    @property
    def file(self) -> str:
        """Its source, from the project's root."""
        return f"{FOLDER}/{self.name}/lab.py"

    @property
    def module(self) -> str:
        """What is imported to run it."""
        return f"snippets.labs.{self.name}"

    def notebook(self, language: str) -> str:
        """Its notebook of a language, from the project's root."""
        return f"docs/{language}/labs/{self.slug}.ipynb"

    def cells_of(self, language: str) -> list[NotebookNode]:
        """What stands in the notebook of a language."""
        return [cell for cell in self.cells if cell.metadata.get("lang", language) == language]

    def techniques(self, language: str) -> dict[str, list[str]]:
        """Each technique that the claim names: what it is called, what was measured, what to do."""
        rows = self.header["techniques"]
        return {id: row[language].split(" | ") for id, row in rows.items()}

    def title(self, language: str) -> str:
        """Its first heading."""
        found = (words for cell in self.cells_of(language) for _, words, _ in headings(cell))
        return next(found, self.name)

    @cached_property
    def modules(self) -> list[str]:
        """The modules of ours that its cells import."""
        code = "\n".join(cell.source for cell in self.cells if cell.cell_type == "code")
        names = [name for name in imported(code) if name.startswith("snippets")]
        places = {name: ROOT.joinpath(*name.split(".")) for name in names}
        return sorted(
            name
            for name, path in places.items()
            if path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()
        )


def headings(cell: NotebookNode) -> list[tuple[str, str, str]]:
    """Level, words and id of each heading of a cell of Markdown."""
    return HEADING.findall(FENCED.sub("", cell.source)) if cell.cell_type == "markdown" else []


def lab_names(root: Path) -> list[str]:
    """The names of all labs, sorted."""
    return sorted(path.parent.name for path in (root / FOLDER).glob("*/lab.py"))


def find_lab(root: Path, name: str) -> Lab | None:
    """A lab by its name; None when there is none, or when it cannot be read, which the checks tell."""
    try:
        return read_lab(root, name)
    except (FileNotFoundError, LabError):
        return None


def read_lab(root: Path, name: str) -> Lab:
    """A lab from its lab.py. Raises LabError."""
    file = f"{FOLDER}/{name}/lab.py"
    text = (root / file).read_text(encoding="utf-8")
    cells = jupytext.reads(text, fmt="py:percent").cells
    header = cells.pop(0).source if cells and cells[0].cell_type == "raw" else ""
    lab = Lab(name, read_header(file, header), cells)
    if not cells:
        todo = 'Write them below lines `# %%` and `# %% [markdown] lang="zh"`.'
        raise LabError(file, 1, "this lab has no cells", todo)
    markers = [n for n, line in enumerate(text.split("\n"), 1) if line.startswith("# %%")]
    for cell, line in zip(cells, markers, strict=False):
        cell.metadata["line"] = line
        if cell.cell_type == "code":
            try:
                ast.parse(cell.source)
            except SyntaxError as error:
                message = f"the code cell is no Python: {error.msg}"
                place = line + (error.lineno or 0)
                raise LabError(file, place, message, "Correct it.") from None
        elif cell.cell_type != "markdown" or cell.metadata.get("lang") not in LANGUAGES:
            todo = 'Write # %% [markdown] lang="zh", or lang="en"; # %% alone for code.'
            raise LabError(file, line, "this cell is neither code nor text of a language", todo)
    return lab


def read_header(file: str, text: str) -> dict:
    """What stands between the two lines `# ---`. Raises LabError."""
    try:
        header = yaml.safe_load(text.strip("-"))
    except yaml.YAMLError as error:
        line = error.problem_mark.line + 1 if getattr(error, "problem_mark", None) else 1
        todo = "Correct it; text with a colon in it needs quotes around it."
        raise LabError(file, line, "the header is not valid YAML", todo) from None
    header = header if isinstance(header, dict) else {}
    lacks = [] if isinstance(header.get("claims"), list) else ["claims"]
    rows = header.get("techniques")
    if not isinstance(rows, dict):
        rows, lacks = {}, [*lacks, "techniques"]
    for key in HEADER:
        texts = header.get(key)
        if not isinstance(texts, dict) or not all(texts.get(one) for one in LANGUAGES):
            lacks.append(key)
    for id, row in rows.items():
        texts = row if isinstance(row, dict) else {}
        if any(str(texts.get(one)).count(" | ") != 2 for one in LANGUAGES):
            lacks.append(f"a full row for the technique {id}")
    if lacks:
        message = f"the header, between two lines “# ---”, lacks {', '.join(lacks)}"
        todo = "Begin as the other labs do: claims: [page#id], and each of the others in zh and en"
        todo += ", a technique as name | figure | what to do."
        raise LabError(file, 1, message, todo)
    return header


def read_result(root: Path, name: str) -> dict:
    """What was recorded of a lab; nothing when there is nothing that can be read."""
    try:
        return json.loads((root / FOLDER / name / "result.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
