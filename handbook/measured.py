"""What was measured on a machine, for the page that reports it: data/measured/<name>.json."""

import json
import os
import platform
import statistics
from datetime import UTC, datetime
from pathlib import Path

from recording.keep import processor

FOLDER = Path(__file__).resolve().parent.parent / "data" / "measured"


def machine() -> dict[str, str | int]:
    """Where it was measured: the processor's name, how many cores may be used, the system."""
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        cores = os.cpu_count() or 1
    return {"processor": processor(), "cores": cores, "system": f"{platform.system()} {platform.machine()}"}


def median(values: list[float], digits: int = 2) -> dict[str, object]:
    """{"median": …, "runs": […]}: the middle of several runs, and all of them in order."""
    return {"median": round(statistics.median(values), digits), "runs": [round(value, digits) for value in values]}


def write(name: str, value: dict) -> Path:
    """Write data/measured/<name>.json: the date (UTC), the machine, then the value."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / f"{name}.json"
    whole = {"date": datetime.now(UTC).date().isoformat(), "machine": machine(), **value}
    file.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return file
