"""Lab: what is measured, in a sentence."""

from pathlib import Path

from snippets.labs.steps import kept

FULL, SMALL = {"rounds": 10}, {"rounds": 2}


def run(settings: dict, folder: Path) -> dict:
    """Measure. Each step is kept in the folder, so that a run that was stopped goes on where it was."""
    result = {"mean": kept(folder, "mean", lambda: 0.45, settings=settings)}
    return {**result, "verdict": verdict(result)}


def verdict(result: dict) -> str:
    """Say "holds", "limits" or "not_here"."""
    return "limits" if result["mean"] > 0 else "not_here"
