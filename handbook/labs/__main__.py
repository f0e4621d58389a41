"""`python -m recording.labs [NAME …]`: measure every lab, or those named, and make their notebooks. `make labs` calls it.

Stopped, it goes on where it was: each step that was finished is kept below .cache/labs/. A lab whose code has not
changed is not measured again; where only its text has changed, its notebooks get the new text and keep their outputs.
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
from handbook.labs.source import FOLDER, LANGUAGES, OURS, Lab, LabError, read_lab, read_result, result_hash, source_of
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from snippets.labs.steps import lab_code, plain
from snippets.runs import write_atomically

from handbook.record.code_hash import ROOT, files_of
from handbook.record.keep import RECORDINGS, processor

WORK = ROOT / ".cache" / "labs"
INTERRUPTED = 130
LIMIT = 900  # seconds for one cell of a notebook, whose steps are kept already


def main(names: list[str]) -> int:
    """Make labs; returns the exit status."""
    known = sorted(path.stem for path in (ROOT / FOLDER).glob("*.py"))
    unknown = sorted(set(names) - set(known))
    if unknown:
        print(f"error: there is no lab {', '.join(unknown)}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    # One thread: the sums come in the same order on every machine. Set before anything that counts is imported.
    os.environ |= {"OMP_NUM_THREADS": "1", "KERAS_BACKEND": "torch"}
    try:
        for name in names or known:
            make(read_lab(ROOT / FOLDER / f"{name}.py"))
    except LabError as error:
        print(f"error: {FOLDER}/{name}.py:{error.line}: {error}. {error.todo}", file=sys.stderr)
        return 2
    except CellExecutionError as error:
        print(f"error: a cell of {FOLDER}/{name}.py failed; its notebook was not written.\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("error: interrupted. Every step that was finished is kept; the same command goes on from there.", file=sys.stderr)
        return INTERRUPTED
    return 0


def make(lab: Lab) -> None:
    """Measure a lab where that is due, and make its notebooks."""
    result = measured(lab)
    for language in LANGUAGES:
        path = ROOT / lab.notebook(language)
        stamp = {"result": result_hash(result), "code": lab.shown_by}
        notebook = new_notebook(lab, language)
        if not outputs_kept(path, notebook, stamp):
            print(f"{lab.name}: running {lab.notebook(language)}", flush=True)
            execute(notebook, WORK / lab.name, result)
        notebook.metadata[OURS] = stamp
        write(path, nbformat.writes(notebook, sort_keys=True) + "\n")


def new_notebook(lab: Lab, language: str) -> nbformat.NotebookNode:
    """The notebook of a language, not yet run."""
    notebook = nbformat.v4.new_notebook(metadata={
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    })
    for number, cell in enumerate(lab.cells_of(language)):
        if cell.code:
            made = nbformat.v4.new_code_cell(source_of(cell, language), metadata={"tags": list(cell.tags)} if cell.tags else {})
        else:
            made = nbformat.v4.new_markdown_cell(cell.source)
        made.id = f"{lab.slug}-{number}"
        notebook.cells.append(made)
    return notebook


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, text.encode())


def measured(lab: Lab) -> dict:
    """The recorded result, made anew when there is none of the present code."""
    try:
        result = read_result(ROOT, lab)
        if result["made"]["code"] == lab_code(lab.module):
            return result
    except (FileNotFoundError, ValueError, KeyError):
        pass
    print(f"{lab.name}: measuring", flush=True)
    module = import_module(lab.module)
    with timed(WORK / lab.name / "time.json", lab_code(lab.module)) as seconds:
        result = plain(module.run(module.FULL, WORK / lab.name / "kept"), f"the result of {lab.name}")
    made = {
        "date": datetime.now(UTC).date().isoformat(), **{name: round(value) for name, value in seconds().items()},
        "processor": processor(), "cores": os.cpu_count(), "module": lab.module, "code": lab_code(lab.module), "versions": versions(lab),
    }
    text = json.dumps({"made": made, **result}, ensure_ascii=False, indent=1) + "\n"
    write(RECORDINGS / f"lab_{lab.name}" / "result.json", text)
    return {"made": made, **result}


@contextmanager
def timed(path: Path, code: str) -> Iterator[Callable[[], dict]]:
    """Add up the time of a measurement over its interruptions, as long as the code is the same.

    Beside the seconds that passed there are those of the processor, processes that it started included: on a machine
    that does other things too, they tell better how long it takes.
    """
    try:
        before = json.loads(path.read_text(encoding="utf-8"))
        spent = before["spent"] if before["code"] == code else {}
    except (FileNotFoundError, ValueError, KeyError):
        spent = {}
    start = clocks()

    def seconds() -> dict:
        return {name: spent.get(name, 0) + (now - start[name]) for name, now in clocks().items()}

    try:
        yield seconds
    finally:
        write(path, json.dumps({"code": code, "spent": seconds()}))


def clocks() -> dict[str, float]:
    return {"seconds": time.perf_counter(), "processor_seconds": sum(os.times()[:4])}


def versions(lab: Lab) -> dict[str, str]:
    """The version of Python and of each package that the lab's modules import, by the package's name."""
    found = {"Python": platform.python_version()}
    names = set()
    for path in files_of((lab.module, *lab.modules)):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.partition(".")[0])
    packages = packages_distributions()
    for package in sorted({packages[name][0] for name in names if name in packages}, key=str.lower):
        found[package] = version(package).partition("+")[0]
    return found


def outputs_kept(path: Path, notebook: nbformat.NotebookNode, stamp: dict) -> bool:
    """Give a notebook the outputs of the one at a path, when those are of the same code and result."""
    try:
        old = nbformat.read(path, as_version=4)
    except (FileNotFoundError, ValueError):
        return False
    cells, made = ([cell for cell in n.cells if cell.cell_type == "code"] for n in (notebook, old))
    if old.metadata.get(OURS) != stamp or [cell.source for cell in cells] != [cell.source for cell in made]:
        return False
    for cell, was in zip(cells, made, strict=True):
        cell.outputs, cell.execution_count = was.outputs, was.execution_count
    return True


def execute(notebook: nbformat.NotebookNode, folder: Path, recorded: dict) -> None:
    """Run a notebook in a folder, where its steps are kept.

    Raises CellExecutionError when a cell fails, and RuntimeError when its `result` is not the recorded one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    asks = nbformat.v4.new_code_cell("import json\nprint(json.dumps(result))")
    notebook.cells.append(asks)
    client = NotebookClient(notebook, timeout=LIMIT, resources={"metadata": {"path": str(folder)}}, record_timing=False)
    # tqdm, which a library brings along, asks in a notebook for widgets that nobody would see here.
    client.execute(env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore:IProgress not found"})
    notebook.cells.pop()
    found = json.loads("".join(output.text for output in asks.outputs if output.output_type == "stream"))
    if result_hash(found) != result_hash(recorded):
        raise RuntimeError("the notebook's result is not the recorded one: does run() depend on the time, or on a seed that is not set?")
    notebook.metadata.language_info = {"name": "python"}  # not the version of the day


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
