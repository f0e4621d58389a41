"""Reads the labs: each a folder `snippets/labs/<name>/` with lab.py, which is its page, and result.json.

lab.py is in jupytext's percent format: a header of YAML, cells of Markdown in pairs (Chinese, then English) and cells
of code, which are the same in both notebooks.
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
SECTIONS = (
    "question method results answer limits for-founders own-data sources".split()  # in this order
)
VERDICTS = ("holds", "limits", "not_here")
BILINGUAL = ("claim", "number", "description")  # keys of the header
PARAMETERS = "parameters"  # tag of the cell that says which language it is
OURS = "handbook"  # what a notebook's metadata hold of us
HEADING = re.compile(r"(?P<marks>#{1,6}) (?P<text>.*?) *\{#(?P<id>[^\s}]+)[^}]*\} *$", re.MULTILINE)


class LabError(Exception):
    """A lab that cannot be read; `problem` says why."""

    def __init__(self, *problem):
        self.problem = Problem(*problem, stops=True)
        super().__init__(str(self.problem))


@dataclass(frozen=True)
class Cell:
    """One cell of a source."""

    line: int  # of its marker, `# %%`
    node: NotebookNode  # as jupytext reads it

    @property
    def code(self) -> bool:
        """Whether it is code; else it is Markdown."""
        return self.node.cell_type == "code"

    @property
    def language(self) -> str:
        """The language of Markdown; "" for code."""
        return self.node.metadata.get("lang", "")

    @property
    def tags(self) -> list[str]:
        """What its marker says of it."""
        return self.node.metadata.get("tags", [])

    @cached_property
    def headings(self) -> list[re.Match]:
        """The headings with an id, those in fenced code left out."""
        text = re.sub(r"^```.*?^```", "", self.node.source, flags=re.MULTILINE | re.DOTALL)
        return list(HEADING.finditer(text))

    def source(self, language: str) -> str:
        """What stands in the notebook of a language."""
        return f'LANGUAGE = "{language}"' if PARAMETERS in self.tags else self.node.source


@dataclass(frozen=True)
class Lab:
    """One lab, as its author wrote it."""

    name: str  # data_cleaning
    file: str  # snippets/labs/data_cleaning/lab.py
    header: dict
    cells: list[Cell]

    @property
    def slug(self) -> str:
        """Its name in addresses, and the id of its title."""
        return self.name.replace("_", "-")

    @property
    def module(self) -> str:
        """What is imported to run it."""
        return f"snippets.labs.{self.name}"

    @property
    def result_file(self) -> str:
        """Where its result is, from the project's root."""
        return f"{FOLDER}/{self.name}/result.json"

    @property
    def command(self) -> str:
        """What makes all that a machine can make of it."""
        return f"make labs ONLY={self.name}"

    def notebook(self, language: str) -> str:
        """Where its notebook of a language is, from the project's root."""
        return f"docs/{language}/labs/{self.slug}.ipynb"

    def cells_of(self, language: str) -> list[Cell]:
        """What stands in the notebook of a language."""
        return [cell for cell in self.cells if cell.code or cell.language == language]

    def title(self, language: str) -> str:
        """Its first heading."""
        found = [h for cell in self.cells_of(language) if not cell.code for h in cell.headings]
        return found[0]["text"] if found else self.name

    @cached_property
    def modules(self) -> list[str]:
        """The modules of ours that its cells import."""
        code = "\n".join(cell.node.source for cell in self.cells if cell.code)
        names = {name for name in imported(ast.parse(code), ()) if name.startswith("snippets.")}
        return sorted(name for name in names if is_module(name))

    @cached_property
    def shown_by(self) -> str:
        """Hash of all code behind the outputs: of the cells and of the modules that they import."""
        parts = [cell.node.source for cell in self.cells if cell.code]
        parts += [code_hash(module) for module in self.modules]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def is_module(name: str) -> bool:
    """Tell a module of ours from a name that is imported from one."""
    path = ROOT.joinpath(*name.split("."))
    return path in {file.with_suffix("") for file in paths_of(name, ROOT)} or path.is_dir()


def read_labs(root: Path) -> list[Lab]:
    """All labs that can be read, in the order of their names."""
    found = []
    for path in sorted((root / FOLDER).glob("*/lab.py")):
        try:
            found.append(read_lab(path))
        except LabError:
            pass  # handbook.labs.check tells it
    return found


def read_lab(path: Path) -> Lab:
    """A lab from its lab.py. Raises LabError."""
    name, text = path.parent.name, path.read_text(encoding="utf-8")
    file = f"{FOLDER}/{name}/lab.py"
    lines = text.split("\n")
    nodes = jupytext.reads(text, fmt="py:percent").cells
    header = read_header(file, nodes.pop(0) if nodes and nodes[0].cell_type == "raw" else None)
    cells, at = [], 0
    for node in nodes:
        at = next((n for n in range(at, len(lines)) if lines[n].startswith("# %%")), 0)
        cells.append(read_cell(file, at + 1, node))
        at += 1 + node.source.count("\n")
    if not cells:
        todo = 'Write them below lines `# %%` and `# %% [markdown] lang="zh"`.'
        raise LabError(file, 1, "this lab has no cells", todo)
    return Lab(name, file, header, cells)


def read_cell(file: str, line: int, node: NotebookNode) -> Cell:
    """Check one cell as far as it must be right to be read. Raises LabError."""
    cell = Cell(line, node)
    if cell.code:
        try:
            ast.parse(node.source)
        except SyntaxError as error:
            at = line + (error.lineno or 0)
            raise LabError(
                file, at, f"the code cell is no Python: {error.msg}", "Correct it."
            ) from None
    elif node.cell_type != "markdown" or cell.language not in LANGUAGES:
        todo = 'Write # %% [markdown] lang="zh", or lang="en"; # %% alone for code.'
        raise LabError(file, line, "this cell is neither code nor Markdown of a language", todo)
    return cell


def read_header(file: str, node: NotebookNode | None) -> dict:
    """What stands between the two lines `# ---`. Raises LabError."""
    if node is None:
        todo = (
            "Begin as the other labs do: claims, claim, number and description between lines # ---"
        )
        raise LabError(file, 1, "this lab has no header", f"{todo}.")
    try:
        header = yaml.safe_load(node.source.strip("-"))
    except yaml.YAMLError as error:
        line = error.problem_mark.line + 1 if getattr(error, "problem_mark", None) else 1
        todo = "Correct it; text with a colon in it needs quotes around it."
        raise LabError(file, line, "the header is not valid YAML", todo) from None
    header = header if isinstance(header, dict) else {}
    if not isinstance(header.get("claims"), list) or not header["claims"]:
        todo = "Name the sections that it tests: claims: [playbook#data-cleaning]."
        raise LabError(file, 1, "the header names no claims", todo)
    for key in BILINGUAL:
        texts = header.get(key) if isinstance(header.get(key), dict) else {}
        if not all(isinstance(texts.get(language), str) for language in LANGUAGES):
            todo = f"Write {key}: with zh: and en: below it."
            raise LabError(file, 1, f"the header lacks {key} in Chinese or English", todo)
    return header


def read_notebook(path: Path) -> NotebookNode:
    """A notebook of format 4. Raises ValueError for anything else, FileNotFoundError for nothing."""
    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except (ValueError, TypeError, AttributeError, ValidationError) as error:
        raise ValueError(f"{path.name} is no notebook of format 4") from error
    return notebook


def read_result(root: Path, lab: Lab) -> dict:
    """What was recorded; nothing when there is none, or none that can be read."""
    try:
        return json.loads((root / lab.result_file).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}


def result_hash(result: dict) -> str:
    """Hash of what was measured; when and where it was does not count."""
    measured = {key: value for key, value in result.items() if key != "made"}
    text = json.dumps(measured, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
