"""Measures labs whose code has changed, and makes their notebooks.

Stopped, it goes on where it was: each step that was finished is kept
below .cache/labs/. Where only the text has changed, the notebooks get the new text and keep their outputs.
"""

import json
import os
import platform
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import packages_distributions, version
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from handbook.labs import new_lab, source
from handbook.labs.source import FOLDER, LANGUAGES, OURS, Lab, LabError, read_lab, result_hash
from handbook.record.keep import processor
from snippets.code_hash import ROOT, code_hash, files_of, imported
from snippets.labs.steps import clocks, plain, spent
from snippets.runs import write_atomically

WORK = ROOT / ".cache" / "labs"
INTERRUPTED = 130
LIMIT = 900  # seconds for one cell of a notebook, whose steps are kept already


def main(names: list[str]) -> int:
    """Make labs, or begin one; returns the exit status."""
    if names[:1] == ["new"]:
        return new_lab.main(names[1:], ROOT)
    known = sorted(path.parent.name for path in (ROOT / FOLDER).glob("*/lab.py"))
    if unknown := sorted(set(names) - set(known)):
        return refuse(f"there is no lab {', '.join(unknown)}; there are: {', '.join(known)}")
    # One thread: the sums come in the same order on every machine. Set before anything that counts.
    os.environ |= {"OMP_NUM_THREADS": "1", "KERAS_BACKEND": "torch"}
    for name in names or known:
        folder = f"{FOLDER}/{name}"
        try:
            make(read_lab(ROOT / folder / "lab.py"))
        except LabError as error:
            return refuse(str(error))
        except (ImportError, AttributeError) as error:
            wants = "It offers run, verdict, FULL and SMALL; packages go into requirements-code.in"
            return refuse(f"{folder}/__init__.py cannot be used: {error}. {wants}")
        except (CellExecutionError, ValueError) as error:
            return refuse(f"{folder}/lab.py: its notebook was not written: {error}")
        except KeyboardInterrupt:
            print("interrupted; the same command goes on from the last step", file=sys.stderr)
            return INTERRUPTED
    return 0


def refuse(message: str) -> int:
    """Say why it goes no further."""
    print(f"error: {message}", file=sys.stderr)
    return 2


def make(lab: Lab) -> None:
    """Measure a lab where that is due, and make its notebooks."""
    folder = WORK / lab.name / code_hash(lab.module)
    folder.mkdir(parents=True, exist_ok=True)
    result = source.read_result(ROOT, lab.name)
    if result.get("made", {}).get("code") != folder.name:
        result = measured(lab, folder)
        text = json.dumps(result, ensure_ascii=False, indent=1) + "\n"
        write_atomically(ROOT / FOLDER / lab.name / "result.json", text.encode())
    for path, notebook in notebooks(ROOT, lab, result):
        if not outputs_kept(path, notebook):
            print(f"{lab.name}: running {path.relative_to(ROOT)}", flush=True)
            execute(notebook, folder, result)
        write(path, notebook)


def refresh(root: Path) -> list[str]:
    """Give notebooks the text of their labs, where code and result are as they were; returns what was written."""
    written = []
    for lab in source.read_labs(root):
        for path, notebook in notebooks(root, lab, source.read_result(root, lab.name)):
            if outputs_kept(path, notebook) and write(path, notebook):
                written.append(path.relative_to(root).as_posix())
    return written


def notebooks(root: Path, lab: Lab, result: dict) -> Iterator[tuple[Path, nbformat.NotebookNode]]:
    """Where the notebooks of both languages are, and how they should be, but for their outputs."""
    for language in LANGUAGES:
        notebook = new_notebook(lab, language)
        notebook.metadata[OURS] = {"result": result_hash(result), "code": lab.shown_by}
        yield root / lab.notebook(language), notebook


def write(path: Path, notebook: nbformat.NotebookNode) -> bool:
    """Write a notebook, whole or not at all; tells whether it is another than before."""
    text = nbformat.writes(notebook, sort_keys=True) + "\n"
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return False
    write_atomically(path, text.encode())
    return True


def measured(lab: Lab, folder: Path) -> dict:
    """Run a lab in full, in a folder for its steps."""
    module = import_module(lab.module)
    run, settings = module.run, module.FULL
    print(f"{lab.name}: measuring", flush=True)
    start = clocks()
    result = plain(run(settings, folder / "kept"), f"the result of {lab.name}")
    took = {name: now - start[name] for name, now in clocks().items()}
    made = {
        "date": datetime.now(UTC).date().isoformat(),
        # With what was spent on the steps before it was stopped.
        **{name: round(max(took[name], steps)) for name, steps in spent(folder / "kept").items()},
        "processor": processor(),
        "cores": os.cpu_count(),
        "module": lab.module,
        "code": folder.name,
        "versions": versions(lab),
    }
    return {"made": made, **result}


def versions(lab: Lab) -> dict[str, str]:
    """The version of Python and of each package that the lab's modules import, by its name."""
    files = files_of((lab.module, *lab.modules))
    names = {name for path in files for name in imported(path.read_text(encoding="utf-8"))}
    names = {name for name in names if not name.startswith("snippets")}  # may be installed itself
    known = packages_distributions()
    found = {known[top][0] for name in names if (top := name.partition(".")[0]) in known}
    numbers = {name: version(name).partition("+")[0] for name in sorted(found, key=str.lower)}
    return {"Python": platform.python_version(), **numbers}


def new_notebook(lab: Lab, language: str) -> nbformat.NotebookNode:
    """The notebook of a language, not yet run."""
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": kernel})
    notebook.metadata.language_info = {"name": "python"}
    for number, cell in enumerate(lab.cells_of(language)):
        code = cell.cell_type == "code"
        made = (nbformat.v4.new_code_cell if code else nbformat.v4.new_markdown_cell)(
            source.source_of(cell, language), id=f"{lab.slug}-{number}"
        )
        if "tags" in cell.metadata:
            made.metadata.tags = cell.metadata.tags
        notebook.cells.append(made)
    return notebook


def outputs_kept(path: Path, notebook: nbformat.NotebookNode) -> bool:
    """Give a notebook the outputs of the one at a path, when those are of the same code and result."""
    try:
        old = source.read_notebook(path)
    except (FileNotFoundError, ValueError):
        return False
    if old.metadata.get(OURS) != notebook.metadata[OURS]:
        return False
    new_cells, old_cells = (
        [cell for cell in book.cells if cell.cell_type == "code"] for book in (notebook, old)
    )
    for cell, was in zip(new_cells, old_cells, strict=True):
        cell.outputs, cell.execution_count = was.outputs, was.execution_count
    return True


def execute(notebook: nbformat.NotebookNode, folder: Path, recorded: dict) -> None:
    """Run a notebook in a folder, where its steps are kept.

    Raises CellExecutionError when a cell fails, ValueError when its `result` is not the recorded one.
    """
    asks = nbformat.v4.new_code_cell("import json\nprint(json.dumps(result))")
    notebook.cells.append(asks)
    options = {"timeout": LIMIT, "record_timing": False, "coalesce_streams": True}
    client = NotebookClient(notebook, resources={"metadata": {"path": str(folder)}}, **options)
    # tqdm, which a library brings along, asks in a notebook for widgets that nobody would see here.
    quiet = {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore:IProgress not found"}
    client.execute(env={**os.environ, **quiet})
    notebook.cells.pop()
    if result_hash(json.loads(asks.outputs[0].text)) != result_hash(recorded):
        raise ValueError("its result is not the recorded one: does run() use the time, or no seed?")
    notebook.metadata.language_info = {"name": "python"}  # not the version of the day
