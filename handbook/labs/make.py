"""Measures labs whose code has changed, and makes their notebooks.

Stopped, it goes on where it was: each step that was finished is kept below .cache/labs/. The verdicts are read off the
recorded result by the lab's verdict.py, which nothing that measures imports: a better rule asks for no new measurement.
Notebooks show the recorded result; where only the text has changed, they get the new text and keep their outputs.
"""

import ast
import json
import os
import platform
import re
import sys
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import packages_distributions, version
from pathlib import Path

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

from handbook.labs.notebook import notebooks
from handbook.labs.source import FOLDER, Lab, LabError, lab_names, read_lab, read_result
from handbook.record.keep import processor
from snippets.code_hash import ROOT, code_hash, files_of, imported
from snippets.labs.steps import clocks, plain, spent
from snippets.runs import InputError, write_atomically

WORK = ROOT / ".cache" / "labs"
OUTLINE = ROOT / "snippets" / "outline"
LIMIT = 300  # seconds for one cell of a notebook; what measures is not run there


def main(names: list[str]) -> int:
    """Make labs, or begin one; returns the exit status."""
    if names[:1] == ["new"]:
        return begin(" ".join(names[1:]))
    known = lab_names(ROOT)
    if unknown := sorted(set(names) - set(known)):
        return refuse(f"there is no lab {', '.join(unknown)}; there are: {', '.join(known)}")
    # One thread: the sums come in the same order on every machine. Set before anything that counts.
    os.environ |= {"OMP_NUM_THREADS": "1", "KERAS_BACKEND": "torch"}
    for name in names or known:
        folder = f"{FOLDER}/{name}"
        try:
            make(read_lab(ROOT, name))
        except LabError as error:
            return refuse(str(error))
        except InputError as error:
            return refuse(f"{error}; then the same command goes on from the last step")
        except (ImportError, AttributeError) as error:
            wants = "It offers run, FULL and SMALL, and verdict.py offers verdict; packages go into pyproject.toml"
            return refuse(f"{folder}/__init__.py cannot be used: {error}. {wants}")
        except (CellExecutionError, ValueError) as error:
            return refuse(f"{folder}/lab.py: its notebook was not written: {error}")
        except KeyboardInterrupt:
            return refuse("interrupted; the same command goes on from the last step")
    return 0


def refuse(message: str) -> int:
    """Say why it goes no further."""
    print(f"error: {message}", file=sys.stderr)
    return 2


def begin(name: str) -> int:
    """Copy the outline of a lab, which runs as it is, under a new name; returns the exit status."""
    folder = ROOT / FOLDER / name
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or folder.exists():
        return refuse("name one new lab, in small letters: new data_quality")
    folder.mkdir()
    for path in OUTLINE.glob("*.py"):
        text = path.read_text(encoding="utf-8").replace("#outline", "#" + name.replace("_", "-"))
        text = text.replace("snippets.outline", f"{FOLDER.replace('/', '.')}.{name}")
        text = text.replace("lab_outline", f"lab_{name}")
        (folder / path.name).write_text(text, encoding="utf-8")
    todo = f"write __init__.py and lab.py (its claims first), then make labs ONLY={name}"
    print(f"{FOLDER}/{name}/ is begun: {todo}")
    return 0


def make(lab: Lab) -> None:
    """Measure a lab where that is due, and make its notebooks."""
    folder = WORK / lab.name / code_hash(lab.module)
    folder.mkdir(parents=True, exist_ok=True)
    recorded = result = read_result(ROOT, lab.name)
    if result.get("made", {}).get("code") != folder.name:
        result = measured(lab, folder)
    judge = import_module(f"{lab.module}.verdict").verdict
    result = {**result, "verdict": plain(judge(result), f"the verdict of {lab.name}")}
    if result != recorded:
        text = json.dumps(result, ensure_ascii=False, indent=1) + "\n"
        write_atomically(ROOT / FOLDER / lab.name / "result.json", text.encode())
    for notebook in notebooks(ROOT, lab):
        if not notebook.kept:
            print(f"{lab.name}: running {notebook.path.relative_to(ROOT)}", flush=True)
            execute(notebook.content, folder, result)
        notebook.write()


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


def execute(notebook: NotebookNode, folder: Path, recorded: dict) -> None:
    """Run a notebook in a folder; where it would measure, it gets the recorded result.

    Raises CellExecutionError when a cell fails, ValueError when no cell measures.
    """
    name = "recorded.json"
    write_atomically(folder / name, json.dumps(recorded, ensure_ascii=False).encode())
    measures = [cell for cell in notebook.cells if cell.cell_type == "code" and is_run(cell.source)]
    if len(measures) != 1:
        raise ValueError("one cell has to be `result = run(FULL, Path(…))` alone")
    source = measures[0].source
    measures[0].source = f'import json\nresult = json.loads(Path("{name}").read_text("utf-8"))'
    options = {"timeout": LIMIT, "record_timing": False, "coalesce_streams": True}
    client = NotebookClient(notebook, resources={"metadata": {"path": str(folder)}}, **options)
    # tqdm, which a library brings along, asks in a notebook for widgets that nobody would see here.
    quiet = {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore:IProgress not found"}
    client.execute(env={**os.environ, **quiet})
    measures[0].source = source
    notebook.metadata.language_info = {"name": "python"}  # not the version of the day


def is_run(source: str) -> bool:
    """Whether a cell measures: `result = run(…)`."""
    body = ast.parse(source).body
    return len(body) == 1 and ast.unparse(body[0]).startswith("result = run(")
