"""Runs the recorder of a program and keeps what came out of it, for the pages and the tests."""

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from snippets.code_hash import ROOT, code_hash

RECORDINGS = ROOT / "data" / "recordings"
RECORDER = re.compile(r"^def record\(", re.MULTILINE)
# One thread: the sums come in the same order on every machine, and two recordings can run at once.
ENVIRONMENT = {"KERAS_BACKEND": "torch", "OMP_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"}


def recorders() -> dict[str, str]:
    """The module of each recorder, by the name of its recording."""
    files = [*ROOT.glob("snippets/*.py"), *ROOT.glob("snippets/*/record.py")]
    found = {}
    for path in sorted(path for path in files if RECORDER.search(path.read_text(encoding="utf-8"))):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[parts[1]] = ".".join(parts)
    return found


def keep(name: str) -> None:
    """Run a recorder and replace its recording; a recorder that fails leaves the old one.

    `record(folder)` returns the numbers. Files that it leaves in the folder are kept beside them;
    subfolders are not. Raises ValueError when JSON does not hold what it returns, and whatever the
    recorder raises.
    """
    recorder = import_module(recorders()[name])
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as work:
        result = recorder.record(Path(work))
        module = getattr(recorder, "MODULE", recorder.__name__)
        made = {
            "date": datetime.now(UTC).date().isoformat(),
            "seconds": round(time.perf_counter() - start),
            "processor": processor(),
            "cores": os.cpu_count(),
            "module": module,
            "code": code_hash(module),
        }
        files = {path.name: path.read_bytes() for path in Path(work).iterdir() if path.is_file()}
        files["result.json"] = as_json({"made": made, **result}, name).encode()
        # Where it was recorded is nobody's business.
        files = {file: data.replace(f"{work}/".encode(), b"") for file, data in files.items()}
    shutil.rmtree(RECORDINGS / name, ignore_errors=True)
    (RECORDINGS / name).mkdir(parents=True)
    for file, data in files.items():
        (RECORDINGS / name / file).write_bytes(data)


def as_json(result: dict, name: str) -> str:
    """A result as text. Raises ValueError when JSON does not hold it."""
    try:
        return json.dumps(result, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    except (TypeError, ValueError) as error:
        message = f"{name}: {error}. Use plain numbers, text, lists and dicts: float(x), x.tolist()"
        raise ValueError(message) from None


def run(*arguments: str) -> str:
    """Run `python` with arguments in a process of its own; returns what it printed.

    Raises CalledProcessError when it fails.
    """
    print("$ python", *arguments, flush=True)
    with subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | ENVIRONMENT,
        text=True,
        encoding="utf-8",
        stdout=subprocess.PIPE,
    ) as process:
        lines = []
        for line in process.stdout:
            print(line, end="", flush=True)
            lines.append(line)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    return "".join(lines)


def train(program: str, folder: Path, *options: str) -> tuple[dict, str]:
    """One training by a program with a `train` command: its result.json and what it printed."""
    printed = run("-m", program, "train", *options, "--out", str(folder))
    return read_result(folder), printed


def read_result(folder: Path) -> dict:
    """The result.json of a run, or of a recording."""
    return json.loads((folder / "result.json").read_text(encoding="utf-8"))


def processor() -> str:
    """The processor's own name, where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def thinned(values: Iterable[float], every: int) -> list[float]:
    """Means of so many values each, for a curve that need not show every step."""
    values = list(values)
    parts = (values[i : i + every] for i in range(0, len(values), every))
    return [round(sum(part) / len(part), 4) for part in parts]
