"""Reads the labs: each a folder `snippets/labs/<name>/` with lab.py, which is its page, and result.json.

lab.py is in jupytext's percent format: a header of YAML, cells of Markdown in pairs (Chinese, then English), and cells
of code, which are the same in both notebooks. A cell is a cell of nbformat; its metadata say on which `line` its marker
stands and, of Markdown, its language (`lang`).
"""

import ast
import hashlib
import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import jupytext
import nbformat
import yaml
from nbformat import NotebookNode, ValidationError

from handbook.problems import Problem
from snippets.code_hash import ROOT, code_hash, imported, paths_of

FOLDER = "snippets/labs"
LANGUAGES = ("zh", "en")
SECTIONS = "question method results answer limits for-founders own-data sources".split()
HEADER = ("claim", "number", "description")  # in both languages, beside `claims`
PARAMETERS = "parameters"  # tag of the cell that says which language it is
OURS = "handbook"  # what a notebook's metadata hold of us
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

    def title(self, language: str) -> str:
        """Its first heading."""
        found = (words for cell in self.cells_of(language) for _, words, _ in headings(cell))
        return next(found, self.name)

    @cached_property
    def modules(self) -> list[str]:
        """The modules of ours that its cells import."""
        code = "\n".join(cell.source for cell in self.cells if cell.cell_type == "code")
        found = [(name, ROOT.joinpath(*name.split("."))) for name in imported(code)]
        return sorted(
            name
            for name, path in found
            if {path / "__init__.py", path.with_suffix(".py")} & set(paths_of(name, ROOT))
        )

    @cached_property
    def shown_by(self) -> str:
        """Hash of all code behind the outputs: of the cells and of the modules that they import."""
        parts = [cell.source for cell in self.cells if cell.cell_type == "code"]
        parts += [code_hash(module) for module in self.modules]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def headings(cell: NotebookNode) -> list[tuple[str, str, str]]:
    """Level, words and id of each heading of a cell of Markdown."""
    return HEADING.findall(FENCED.sub("", cell.source)) if cell.cell_type == "markdown" else []


def source_of(cell: NotebookNode, language: str) -> str:
    """What stands of a cell in the notebook of a language."""
    return (
        f'LANGUAGE = "{language}"' if PARAMETERS in cell.metadata.get("tags", []) else cell.source
    )


def read_labs(root: Path, slug: str = "*") -> list[Lab]:
    """All labs that can be read, in the order of their names, or the one of a page."""
    found = []
    for path in sorted((root / FOLDER).glob(f"{slug.replace('-', '_')}/lab.py")):
        try:
            found.append(read_lab(path))
        except LabError:
            pass  # handbook.labs.check tells it
    return found


def read_lab(path: Path) -> Lab:
    """A lab from its lab.py. Raises LabError."""
    text = path.read_text(encoding="utf-8")
    cells = jupytext.reads(text, fmt="py:percent").cells
    header = cells.pop(0).source if cells and cells[0].cell_type == "raw" else ""
    lab = Lab(path.parent.name, read_header(f"{FOLDER}/{path.parent.name}/lab.py", header), cells)
    lines, at = text.split("\n"), 0
    for cell in cells:
        at = next((n for n in range(at, len(lines)) if lines[n].startswith("# %%")), 0) + 1
        cell.metadata["line"] = at
        if cell.cell_type == "code":
            try:
                ast.parse(cell.source)
            except SyntaxError as error:
                message = f"the code cell is no Python: {error.msg}"
                raise LabError(lab.file, at + (error.lineno or 0), message, "Correct it.") from None
        elif cell.cell_type != "markdown" or cell.metadata.get("lang") not in LANGUAGES:
            todo = 'Write # %% [markdown] lang="zh", or lang="en"; # %% alone for code.'
            raise LabError(lab.file, at, "this cell is neither code nor text of a language", todo)
        at += cell.source.count("\n")
    if not cells:
        todo = 'Write them below lines `# %%` and `# %% [markdown] lang="zh"`.'
        raise LabError(lab.file, 1, "this lab has no cells", todo)
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
    right = {"claims": isinstance(header.get("claims"), list) and header["claims"]}
    for key in HEADER:
        texts = header.get(key)
        right[key] = isinstance(texts, dict) and all(texts.get(one) for one in LANGUAGES)
    if lacks := ", ".join(key for key in right if not right[key]):
        todo = "Begin as the other labs do: claims: [page#id], and each of the others in zh and en."
        raise LabError(file, 1, f"the header, between two lines “# ---”, lacks {lacks}", todo)
    return header


def read_notebook(path: Path) -> NotebookNode:
    """A notebook of format 4. Raises ValueError for anything else, FileNotFoundError for nothing."""
    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except (ValueError, TypeError, AttributeError, ValidationError) as error:
        raise ValueError(f"{path.name} is no notebook of format 4") from error
    return notebook


def read_result(root: Path, name: str) -> dict:
    """What was recorded of a lab; nothing when there is nothing that can be read."""
    try:
        return json.loads((root / FOLDER / name / "result.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}


def result_hash(result: dict) -> str:
    """Hash of what was measured; when and where it was does not count."""
    measured = {key: value for key, value in result.items() if key != "made"}
    text = json.dumps(measured, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
