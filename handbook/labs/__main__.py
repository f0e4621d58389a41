"""`python -m handbook.labs [NAME …]`: measure labs whose code has changed, and make their notebooks.

`python -m handbook.labs new NAME` begins a lab. `make labs` measures all, `make labs ONLY=NAME` one. Stopped, it goes
on where it was: each step that was finished is kept below .cache/labs/. Where only the text has changed, the notebooks
get the new text and keep their outputs.
"""

import ast
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import packages_distributions, version
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from handbook.labs import new_lab
from handbook.labs.source import (
    FOLDER,
    LANGUAGES,
    OURS,
    Lab,
    LabError,
    read_lab,
    read_result,
    result_hash,
)
from handbook.record.keep import processor
from snippets.code_hash import ROOT, code_hash, files_of
from snippets.labs.steps import plain
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
        file = f"{FOLDER}/{name}/lab.py"
        try:
            make(read_lab(ROOT / file))
        except LabError as error:
            return refuse(str(error))
        except (ImportError, AttributeError) as error:
            wants = f"{FOLDER}/{name}/__init__.py offers run, verdict, FULL and SMALL"
            return refuse(f"{file}: {error}. {wants}; packages stand in requirements-code.in")
        except (CellExecutionError, ValueError) as error:
            return refuse(f"{file}: a notebook was not written: {error}")
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
    result = measured(lab)
    for language in LANGUAGES:
        path, notebook = ROOT / lab.notebook(language), new_notebook(lab, language)
        notebook.metadata[OURS] = {"result": result_hash(result), "code": lab.shown_by}
        if not outputs_kept(path, notebook):
            print(f"{lab.name}: running {lab.notebook(language)}", flush=True)
            execute(notebook, WORK / lab.name, result)
        write(path, nbformat.writes(notebook, sort_keys=True) + "\n")


def new_notebook(lab: Lab, language: str) -> nbformat.NotebookNode:
    """The notebook of a language, not yet run."""
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = nbformat.v4.new_notebook(
        metadata={"kernelspec": kernel, "language_info": {"name": "python"}}
    )
    for number, cell in enumerate(lab.cells_of(language)):
        new = nbformat.v4.new_code_cell if cell.code else nbformat.v4.new_markdown_cell
        metadata = {"tags": cell.tags} if cell.tags else {}
        made = new(cell.source(language), metadata=metadata, id=f"{lab.slug}-{number}")
        notebook.cells.append(made)
    return notebook


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, text.encode())


def measured(lab: Lab) -> dict:
    """The recorded result, made anew when there is none of the present code."""
    result, code = read_result(ROOT, lab), code_hash(lab.module)
    if result.get("made", {}).get("code") == code:
        return result
    module = import_module(lab.module)
    run, settings = module.run, module.FULL
    print(f"{lab.name}: measuring", flush=True)
    with timed(WORK / lab.name / "time.json", code) as clock:
        result = plain(run(settings, WORK / lab.name / "kept"), f"the result of {lab.name}")
        seconds = {name: round(value) for name, value in clock().items()}
    made = {
        "date": datetime.now(UTC).date().isoformat(),
        **seconds,
        "processor": processor(),
        "cores": os.cpu_count(),
        "module": lab.module,
        "code": code,
        "versions": versions(lab),
    }
    result = {"made": made, **result}
    text = json.dumps(result, ensure_ascii=False, indent=1) + "\n"
    write(ROOT / lab.result_file, text)
    return result


@contextmanager
def timed(path: Path, code: str) -> Iterator[Callable[[], dict]]:
    """Add up the time of a measurement over its interruptions, as long as the code is the same.

    Seconds that passed, and seconds of the processor, of processes that it started too.
    """
    try:
        before = json.loads(path.read_text(encoding="utf-8"))
        spent = before["spent"] if before["code"] == code else {}
    except (FileNotFoundError, ValueError, KeyError):
        spent = {}
    start = clocks()

    def seconds() -> dict:
        return {name: spent.get(name, 0) + now - start[name] for name, now in clocks().items()}

    try:
        yield seconds
    finally:
        write(path, json.dumps({"code": code, "spent": seconds()}))


def clocks() -> dict[str, float]:
    """Seconds since some moment."""
    return {"seconds": time.perf_counter(), "processor_seconds": sum(os.times()[:4])}


def versions(lab: Lab) -> dict[str, str]:
    """The version of Python and of each package that the lab's modules import, by its name."""
    names = set()
    for path in files_of((lab.module, *lab.modules)):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.partition(".")[0])
    packages = packages_distributions()
    found = sorted({packages[name][0] for name in names if name in packages}, key=str.lower)
    numbers = {package: version(package).partition("+")[0] for package in found}
    return {"Python": platform.python_version(), **numbers}


def outputs_kept(path: Path, notebook: nbformat.NotebookNode) -> bool:
    """Give a notebook the outputs of the one at a path, when those are of the same code and result."""
    try:
        old = nbformat.read(path, as_version=4)
    except (FileNotFoundError, ValueError, nbformat.reader.NotJSONError):
        return False
    new_cells, old_cells = (
        [cell for cell in book.cells if cell.cell_type == "code"] for book in (notebook, old)
    )
    sources = [[cell.source for cell in cells] for cells in (new_cells, old_cells)]
    if old.metadata.get(OURS) != notebook.metadata[OURS] or sources[0] != sources[1]:
        return False
    for cell, was in zip(new_cells, old_cells, strict=True):
        cell.outputs, cell.execution_count = was.outputs, was.execution_count
    return True


def execute(notebook: nbformat.NotebookNode, folder: Path, recorded: dict) -> None:
    """Run a notebook in a folder, where its steps are kept.

    Raises CellExecutionError when a cell fails, and ValueError when its `result` is not the recorded one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    asks = nbformat.v4.new_code_cell("import json\nprint(json.dumps(result))")
    notebook.cells.append(asks)
    resources = {"metadata": {"path": str(folder)}}
    client = NotebookClient(notebook, timeout=LIMIT, resources=resources, record_timing=False)
    # tqdm, which a library brings along, asks in a notebook for widgets that nobody would see here.
    quiet = {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore:IProgress not found"}
    client.execute(env={**os.environ, **quiet})
    notebook.cells.pop()
    found = "".join(output.text for output in asks.outputs if output.output_type == "stream")
    if result_hash(json.loads(found)) != result_hash(recorded):
        raise ValueError("its result is not the recorded one: does run() use the time, or no seed?")
    notebook.metadata.language_info = {"name": "python"}  # not the version of the day


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
