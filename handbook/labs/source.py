"""Reads labs/: the one source of each lab, in both languages, and makes its notebooks.

A source is in jupytext's percent format: a header of YAML in comments, cells of Markdown in pairs (Chinese, then
English), and cells of code, which are the same in both notebooks. It is read here, since jupytext takes longer to import
than a lab to be read; tests/content/test_lab_faults.py holds both to the same.
"""

import ast
import hashlib
import json
import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

import yaml
from handbook.record.code_hash import ROOT, imported
from snippets.labs.steps import lab_code

LANGUAGES = ("zh", "en")
FOLDER, RESULTS = "labs", "data/recordings"
SECTIONS = ("question", "method", "results", "answer", "limits", "for-founders", "own-data", "sources")
VERDICTS = ("holds", "limits", "not_here")
BILINGUAL = ("claim", "number", "description")  # keys of the header
PARAMETERS = "parameters"  # tag of the cell that says which language it is
OURS = "handbook"  # what a notebook's metadata hold of us
HEADING = re.compile(r"(?P<marks>#{1,6}) .*?\{#(?P<id>[^\s}]+)[^}]*\}[ ]*$", re.MULTILINE)
MARKER = re.compile(r"# %%(?: |$)")
KIND = re.compile(r"# %%(?: (?P<markdown>\[markdown\]))?(?P<metadata>(?: \w+=(?:\"[^\"]*\"|\[[^\]]*\]))*) *$")
METADATUM = re.compile(r" (\w+)=(\"[^\"]*\"|\[[^\]]*\])")


class LabError(Exception):
    """What is wrong with a source, on which line, and what to do."""

    def __init__(self, line: int, message: str, todo: str):
        super().__init__(message)
        self.line, self.todo = line, todo


@dataclass(frozen=True)
class Cell:
    """One cell of a source."""

    line: int  # of its marker, `# %%`
    code: bool
    language: str  # of Markdown; "" for code
    source: str
    tags: tuple[str, ...] = ()
    translated_from: str = ""  # of English Markdown: hash of the Chinese that it was translated from

    @cached_property
    def headings(self) -> list[re.Match]:
        """The headings with an id, those in fenced code left out."""
        return list(HEADING.finditer(re.sub(r"^```.*?^```", "", self.source, flags=re.MULTILINE | re.DOTALL)))

    @property
    def id(self) -> str:
        return self.headings[0]["id"] if self.headings else ""

    @property
    def name(self) -> str:
        """How a message calls it."""
        if self.code:
            return "the code cell"
        return f"the Markdown cell in {'Chinese' if self.language == 'zh' else 'English'}"


@dataclass(frozen=True)
class Lab:
    """One lab, as its author wrote it."""

    name: str  # data_cleaning
    header: dict
    header_lines: dict[str, int]  # line of each key of the header, "number.zh" too
    cells: list[Cell]
    lines: list[str] = field(repr=False)

    @property
    def file(self) -> str:
        return f"{FOLDER}/{self.name}.py"

    @property
    def slug(self) -> str:
        """Its name in addresses, and the id of its title."""
        return self.name.replace("_", "-")

    @property
    def module(self) -> str:
        return f"snippets.labs.{self.name}"

    @property
    def command(self) -> str:
        return f"make labs ONLY={self.name}"

    def notebook(self, language: str) -> str:
        """Where its notebook of a language is, from the project's root."""
        return f"docs/{language}/labs/{self.slug}.ipynb"

    def cells_of(self, language: str) -> list[Cell]:
        """What stands in the notebook of a language."""
        return [cell for cell in self.cells if cell.code or cell.language == language]

    def title(self, language: str) -> str:
        """Its first heading."""
        first = next(cell for cell in self.cells_of(language) if cell.id)
        return re.sub(r"^#+ | *\{#[^}]*\} *$", "", first.headings[0][0])

    def text(self, language: str) -> str:
        """The Markdown of a language, each line where it stands in the source."""
        lines = [""] * len(self.lines)
        for cell in self.cells:
            if cell.language == language:
                for at in range(cell.line, len(self.lines)):
                    if MARKER.match(self.lines[at]):
                        break
                    lines[at] = self.lines[at].removeprefix("#").removeprefix(" ")
        return "\n".join(lines)

    @cached_property
    def modules(self) -> list[str]:
        """The modules of ours that its cells import."""
        code = "\n".join(cell.source for cell in self.cells if cell.code)
        return sorted(name for name in imported(ast.parse(code), []) if ROOT.joinpath(*name.split(".")).with_suffix(".py").is_file())

    @cached_property
    def shown_by(self) -> str:
        """Hash of all code behind the outputs: of the cells and of the modules that they import."""
        parts = [cell.source for cell in self.cells if cell.code] + [lab_code(module) for module in self.modules]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def read_labs(root: Path) -> list[Lab]:
    """All labs, in the order of their names. Raises LabError."""
    return [read_lab(path) for path in sorted((root / FOLDER).glob("*.py"))]


def read_lab(path: Path) -> Lab:
    """One lab. Raises LabError when its source cannot be read as one."""
    return lab_of(path.stem, path.read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def lab_of(name: str, text: str) -> Lab:
    """A lab of a source; several readers ask for it in one build. Raises LabError."""
    lines = text.split("\n")
    header, header_lines, end = read_header(lines)
    markers = [at + 1 for at, line in enumerate(lines) if MARKER.match(line)]
    if not markers:
        raise LabError(1, "this lab has no cells", "Write them below lines `# %%` and `# %% [markdown] lang=\"zh\"`.")
    ends = [*(line - 1 for line in markers[1:]), len(lines)]
    return Lab(name, header, header_lines, [read_cell(lines, line, end) for line, end in zip(markers, ends, strict=True)], lines)


def read_cell(lines: list[str], line: int, end: int) -> Cell:
    """The cell whose marker is on a line (from 1) and whose last line is another. Raises LabError."""
    kind = KIND.match(lines[line - 1])
    try:
        metadata = {key: json.loads(value) for key, value in METADATUM.findall(kind["metadata"])}
    except (TypeError, ValueError):
        raise LabError(line, f"“{lines[line - 1]}” is no marker of a cell", 'Write # %%, # %% tags=["…"] or # %% [markdown] lang="…".') from None
    source = lines[line:end]
    while source and not source[-1].strip():
        source.pop()
    tags, translated_from = tuple(metadata.get("tags", ())), str(metadata.get("translated_from", ""))
    if not kind["markdown"]:
        text = "\n".join(source)
        try:
            ast.parse(text)
        except SyntaxError as error:
            raise LabError(line + (error.lineno or 0), f"the code cell is no Python: {error.msg}", "Correct it.") from None
        return Cell(line, True, "", text, tags, translated_from)
    language = metadata.get("lang", "")
    if language not in LANGUAGES:
        raise LabError(line, "this Markdown cell has no language", 'Write # %% [markdown] lang="zh", or lang="en".')
    for at, text in enumerate(source, line + 1):
        if not re.match(r"#( |$)", text):
            raise LabError(at, "this line of a Markdown cell is no comment", "Begin it with “# ”.")
    return Cell(line, False, language, "\n".join(text[2:] for text in source), tags, translated_from)


def read_header(lines: list[str]) -> tuple[dict, dict[str, int], int]:
    """The header, the line of each of its keys, and the line of its end."""
    todo = "Begin as the other labs do: claims, claim, number and description between two lines “# ---” (CONTRIBUTING.md)."
    ends = [at for at, line in enumerate(lines) if line.rstrip() == "# ---"][:2]
    if len(ends) < 2 or ends[0] != 0:
        raise LabError(1, "this lab has no header", todo)
    text = [line.removeprefix("#").removeprefix(" ") for line in lines[1:ends[1]]]
    try:
        header = yaml.safe_load("\n".join(text))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise LabError(mark.line + 2 if mark else 1, f"the header is not valid YAML: {getattr(error, 'problem', error)}",
                       "Correct it; text with a colon in it needs quotes around it.") from None
    header = header if isinstance(header, dict) else {}
    found, above = {}, ""
    for at, line in enumerate(text, 2):
        if key := re.match(r"( *)([\w-]+):", line):
            above = above if key[1] else key[2]
            found[f"{above}.{key[2]}" if key[1] else above] = at
    if not isinstance(header.get("claims"), list) or not header["claims"]:
        raise LabError(found.get("claims", 1), "the header names no claims", "Name the sections it tests: claims: [playbook#data-cleaning].")
    for key in BILINGUAL:
        texts = header.get(key)
        if not isinstance(texts, dict) or any(not isinstance(texts.get(l), str) or not texts[l].strip() for l in LANGUAGES):
            raise LabError(found.get(key, 1), f"the header lacks {key} in Chinese or English", f"Write {key}: with zh: and en: below it.")
    return header, found, ends[1] + 1


def source_of(cell: Cell, language: str) -> str:
    """The source of a cell; the one with the parameters says the notebook's language."""
    return f'LANGUAGE = "{language}"' if PARAMETERS in cell.tags else cell.source


def read_result(root: Path, lab: Lab) -> dict:
    """What was recorded. Raises FileNotFoundError, and ValueError for a damaged file."""
    return json.loads((root / RESULTS / f"lab_{lab.name}" / "result.json").read_text(encoding="utf-8"))


def result_hash(result: dict) -> str:
    """Hash of what was measured; when and where it was does not count."""
    measured = {key: value for key, value in result.items() if key != "made"}
    return hashlib.sha256(json.dumps(measured, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]
