"""The notebooks of a lab: how they should be, and whether the outputs that they have still stand."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode, ValidationError, v4

from handbook.labs.source import LANGUAGES, PARAMETERS, Lab, find_lab, lab_names, read_result
from snippets.code_hash import code_hash
from snippets.runs import write_atomically

OURS = "handbook"  # what a notebook's metadata hold of us
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


@dataclass(frozen=True)
class Notebook:
    """A notebook as it should be now."""

    path: Path
    content: NotebookNode
    kept: bool  # it has the outputs of the file, which are of the same code and result

    @property
    def text(self) -> str:
        """What the file should hold."""
        return nbformat.writes(self.content, sort_keys=True) + "\n"

    @property
    def written(self) -> bool:
        """Whether the file holds just that."""
        return self.path.is_file() and self.path.read_text(encoding="utf-8") == self.text

    def write(self) -> None:
        """Write the file, whole or not at all."""
        write_atomically(self.path, self.text.encode())


def notebooks(root: Path, lab: Lab) -> Iterator[Notebook]:
    """The notebooks of both languages."""
    code = [cell.source for cell in lab.cells if cell.cell_type == "code"]
    shown_by = short_hash("\n".join(code + [code_hash(module) for module in lab.modules]))
    stamp = {"result": result_hash(read_result(root, lab.name)), "code": shown_by}
    for language in LANGUAGES:
        content = v4.new_notebook(metadata={"kernelspec": KERNEL, OURS: stamp})
        content.metadata.language_info = {"name": "python"}
        for number, cell in enumerate(lab.cells_of(language)):
            new_cell = v4.new_code_cell if cell.cell_type == "code" else v4.new_markdown_cell
            made = new_cell(cell.source, id=f"{lab.slug}-{number}")
            if tags := cell.metadata.get("tags"):
                made.metadata.tags = tags
            if PARAMETERS in cell.metadata.get("tags", []):
                made.source = f'LANGUAGE = "{language}"'
            content.cells.append(made)
        path = root / lab.notebook(language)
        yield Notebook(path, content, keep_outputs(path, content))


def keep_outputs(path: Path, content: NotebookNode) -> bool:
    """Give a notebook the outputs of the one at a path, when those are of the same code and result."""
    try:
        old = read_notebook(path)
    except (FileNotFoundError, ValueError):
        return False
    new_cells, old_cells = (
        [cell for cell in one.cells if cell.cell_type == "code"] for one in (content, old)
    )
    if old.metadata.get(OURS) != content.metadata[OURS] or len(new_cells) != len(old_cells):
        return False
    for cell, was in zip(new_cells, old_cells, strict=True):
        cell.outputs, cell.execution_count = was.outputs, was.execution_count
    return True


def refresh(root: Path) -> list[str]:
    """Give notebooks the text of their labs, where code and result are as they were; returns what was written."""
    labs = filter(None, (find_lab(root, name) for name in lab_names(root)))
    found = [one for lab in labs for one in notebooks(root, lab) if one.kept and not one.written]
    for notebook in found:
        notebook.write()
    return [notebook.path.relative_to(root).as_posix() for notebook in found]


def read_notebook(path: Path) -> NotebookNode:
    """A notebook of format 4. Raises ValueError for anything else, FileNotFoundError for nothing."""
    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except (ValueError, TypeError, AttributeError, ValidationError) as error:
        raise ValueError(f"{path.name} is no notebook of format 4") from error
    return notebook


def result_hash(result: dict) -> str:
    """Hash of what was measured; when and where it was does not count."""
    measured = {key: value for key, value in result.items() if key != "made"}
    return short_hash(json.dumps(measured, sort_keys=True, ensure_ascii=False))


def short_hash(text: str) -> str:
    """The first 16 digits of a SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
