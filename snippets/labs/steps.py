"""Keeps what each step of a lab gave, so that a run can be stopped and goes on where it was.

Example, in a lab's `run`::

    def run(settings: Settings, folder: Path) -> dict:
        runs = []
        for seed in settings.seeds:
            runs.append(kept(folder, f"dropout-{seed}", lambda: measure("dropout", seed, settings), settings=settings))
        result = {"runs": runs, **summary(runs)}
        return {**result, "verdict": verdict(result)}
"""

import dataclasses
import functools
import hashlib
import inspect
import json
import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from snippets.code_hash import code_hash
from snippets.runs import write_atomically

KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def kept(folder: Path, key: str, compute: Callable[[], Any], *, settings: Any) -> Any:
    """What a step gave: read where it was kept, else computed and kept.

    folder: where the steps of this run are, one file `<key>.json` each; made when it is not there.
    key: the step's name: letters, digits, dots, hyphens; one a step (put the seed in it).
    compute: called without arguments when the step is not there or was kept with other settings or by other code
        (that of the module in which `compute` is defined and of what it imports, comments and docstrings aside).
        Returns what JSON holds: dicts with text keys, lists, text, finite numbers, truth values, None.
    settings: what the step depends on beside its code, as a dataclass or a plain value.

    A kept step and a new one give the same: tuples come back as lists either way. Raises ValueError for a name
    that is none, and for a value that JSON does not hold (numpy numbers: float(x), x.tolist()).
    """
    if not KEY.fullmatch(key):
        raise ValueError(f"“{key}” is no name for a step: letters, digits, dots and hyphens only")
    path = Path(folder) / f"{key}.json"
    made_by = {
        "settings": plain(settings, f"the settings of step {key}"),
        "code": code_behind(compute),
    }
    step = read_step(path)
    if step and all(step.get(name) == value for name, value in made_by.items()):
        return step["value"]
    start = clocks()
    value = plain(compute(), f"step {key}")
    took = {name: now - start[name] for name, now in clocks().items()}
    text = json.dumps({**made_by, "took": took, "value": value}, ensure_ascii=False) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, text.encode("utf-8"))
    return value


def clocks() -> dict[str, float]:
    """Seconds since some moment: those that passed, and those of the processor, of processes that were started too."""
    return {"seconds": time.perf_counter(), "processor_seconds": sum(os.times()[:4])}


def spent(folder: Path) -> dict[str, float]:
    """The seconds that all steps kept in a folder took together, however often the run was stopped."""
    steps = [read_step(path).get("took", {}) for path in folder.glob("*.json")]
    return {name: sum(step.get(name, 0) for step in steps) for name in clocks()}


def read_step(path: Path) -> dict:
    """A kept step; nothing where there is none or where its file is damaged."""
    try:
        step = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return step if isinstance(step, dict) and "value" in step else {}


def plain(value: Any, what: str) -> Any:
    """A value as it comes back from JSON. Raises ValueError when JSON does not hold it."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        value = dataclasses.asdict(value)
    try:
        text = json.dumps(value, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"{what}: {error}. Use plain numbers, text, lists and dicts: float(x), x.tolist()"
        ) from None
    return json.loads(text)


def code_behind(compute: Callable) -> str:
    """Hash of the code that computes a step: its lab's; of a function of nobody's module, the function alone."""
    while isinstance(compute, functools.partial):
        compute = compute.func
    if compute.__module__.startswith("snippets."):
        return code_of(compute.__module__)
    return hashlib.sha256(inspect.getsource(compute).encode()).hexdigest()[:16]


@functools.cache
def code_of(module: str) -> str:
    """Hash of a module; while a program runs, its code stays."""
    return code_hash(module)
