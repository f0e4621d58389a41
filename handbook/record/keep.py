"""Runs a program of `snippets/` and keeps what came out of it, for the pages and the tests."""

import json
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from handbook.record.code_hash import ROOT, code_hash

RECORDINGS = ROOT / "data" / "recordings"
WORK = ROOT / ".cache" / "record"


def run(*arguments: str) -> str:
    """Run `python` with arguments as on a terminal of its own; returns what it printed. Raises when it fails."""
    # One thread: the sums come in the same order on every machine, and two recordings can run side by side.
    environment = {**os.environ, "KERAS_BACKEND": "torch", "OMP_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"}
    print("$ python", *arguments, flush=True)
    with subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env=environment, text=True, encoding="utf-8", stdout=subprocess.PIPE,
    ) as process:
        lines = []
        for line in process.stdout:
            line = line.replace(f"{WORK}/", "")  # where it was recorded is nobody's business
            print(line, end="", flush=True)
            lines.append(line)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    return "".join(lines)


def new_folder(name: str) -> Path:
    """An empty place for the runs of one recording. What an earlier one left there is deleted."""
    folder = WORK / name
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def train(program: str, folder: Path, *options: str) -> tuple[dict, str]:
    """One training: its result.json and what it printed."""
    printed = run("-m", program, "train", *options, "--out", str(folder))
    return read_result(folder), printed


def read_result(folder: Path) -> dict:
    """The result.json of a run, or of a recording."""
    return json.loads((folder / "result.json").read_text(encoding="utf-8"))


def keep(name: str, module: str, result: dict, printed: dict[str, str], seconds: float) -> None:
    """Write result.json and the printed lines, with when, where and by which code they were made."""
    folder = RECORDINGS / name
    folder.mkdir(parents=True, exist_ok=True)
    made = {
        "date": datetime.now(UTC).date().isoformat(), "seconds": round(seconds), "processor": processor(),
        "cores": os.cpu_count(), "module": module, "code": code_hash(module),
    }
    text = json.dumps({"made": made, **result}, ensure_ascii=False, indent=1) + "\n"
    (folder / "result.json").write_text(text.replace(f"{WORK}/", ""), encoding="utf-8")
    for file, lines in printed.items():
        (folder / f"{file}.txt").write_text(lines.rstrip("\n") + "\n", encoding="utf-8")


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
    return [round(sum(part) / len(part), 4) for part in (values[i:i + every] for i in range(0, len(values), every))]


class Stopwatch:
    """Seconds since it was made."""

    def __init__(self):
        self.start = time.perf_counter()

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self.start
