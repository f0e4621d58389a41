"""What stated probabilities are worth, and whether they have drifted, on tables of one's own."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.special import logit

from snippets.bert_text_classification.own_texts import read_csv
from snippets.labs.validation.calibration import (
    EDGE,
    by_temperature,
    confidence,
    error_by_chance,
    judged,
)
from snippets.labs.validation.drift import BINS, SMOOTH, ks, psi
from snippets.runs import InputError

FEWEST = 100  # rows
TIMES = 200


@dataclass(frozen=True)
class Stated:
    """Stated probabilities of "positive", and what turned out to be so (1 or 0)."""

    probabilities: np.ndarray
    labels: np.ndarray


def judge_file(
    path: Path,
    before: Path | None = None,
    probability: str = "probability",
    label: str = "label",
    encoding: str = "utf-8-sig",
    seed: int = 0,
) -> dict:
    """`compare` of CSV files with a heading. Raises InputError in one sentence for what cannot be used."""
    new = read(path, probability, label, encoding)
    old = read(before, probability, label, encoding) if before else None
    return compare(new, old, seed)


def read(path: Path, probability: str, label: str, encoding: str) -> Stated:
    """A table of probabilities and labels. Raises InputError that names the row at fault."""
    rows = read_csv(path, probability, label, encoding)
    if len(rows) < FEWEST:
        raise InputError(f"{path} has {len(rows)} rows; {FEWEST} are the fewest that say anything")
    return Stated(
        np.array([number(path, row.row, probability, row.text, False) for row in rows]),
        np.array([number(path, row.row, label, row.label, True) for row in rows]).astype(int),
    )


def number(path: Path, row: int, column: str, text: str, whole: bool) -> float:
    """A probability, or a label of 0 or 1. Raises InputError for anything else."""
    try:
        value = float(text)
    except ValueError:
        value = np.nan
    if not 0 <= value <= 1 or (whole and value not in (0, 1)):
        wanted = "0 or 1" if whole else "a probability from 0 to 1"
        shown = text if len(text) <= 20 else text[:20] + "…"
        raise InputError(f"{path}: row {row} has “{shown}” in “{column}”; {wanted} is needed")
    return value


def compare(new: Stated, old: Stated | None = None, seed: int = 0) -> dict:
    """Calibration of the stated probabilities, with what chance makes of it and what a temperature mends; and drift.

    The temperature is fitted to one random half and judged on the other. With an older table: PSI and KS between the two,
    and the heights that they exceed once in twenty times when both are drawn from the older one.
    """
    random = np.random.default_rng(seed)
    order = random.permutation(len(new.labels))
    first, second = order[::2], order[1::2]
    scores = logit(np.clip(new.probabilities, EDGE, 1 - EDGE))
    mended = by_temperature(scores[first], new.labels[first])(scores[second])
    found = {
        "rows": len(new.labels),
        "stated": told(new.probabilities, new.labels, random),
        "second_half": told(new.probabilities[second], new.labels[second], random),
        "second_half_mended": told(mended, new.labels[second], random),
    }
    if old is not None:
        found["drift"] = moved(new.probabilities, old.probabilities, random)
        found["accuracy_before"] = float(((old.probabilities > 0.5) == old.labels).mean())
    return found


def told(probabilities: np.ndarray, labels: np.ndarray, random: np.random.Generator) -> dict:
    """What `judged` says, with the calibration error of a perfect model of the same confidences."""
    one = judged(probabilities, labels)
    keys = ("accuracy", "confidence", "error", "brier", "firm", "firm_right")
    by_chance = error_by_chance(confidence(probabilities), random, TIMES)
    return {**{key: one[key] for key in keys}, "error_by_chance": by_chance}


def moved(new: np.ndarray, old: np.ndarray, random: np.random.Generator) -> dict:
    """PSI and KS of new against old probabilities, and the heights that chance alone exceeds once in twenty times."""

    def both(day: np.ndarray, reference: np.ndarray) -> tuple[float, float]:
        edges = np.quantile(reference, np.linspace(0, 1, BINS + 1)[1:-1])
        counts = np.bincount(np.searchsorted(edges, reference), minlength=BINS) + SMOOTH
        return psi(day, edges, counts / counts.sum()), ks(day, np.sort(reference))

    size = min(len(new), len(old) // 2)
    new = random.choice(new, size, replace=False)
    chance = []
    for _ in range(TIMES):
        order = random.permutation(old)
        chance.append(both(order[:size], order[size:]))
    heights = np.quantile(np.array(chance), 0.95, axis=0)
    values = both(new, old)
    return {
        name: {"value": float(values[place]), "chance": float(heights[place])}
        for place, name in enumerate(("psi", "ks"))
    } | {"rows": size}


def as_table(found: dict) -> str:
    """A comparison as lines for a terminal."""
    heads = ("accuracy", "confidence", "error", "error_by_chance", "brier", "firm", "firm_right")
    lines = [
        f"{found['rows']} rows; error: of calibration; firm: share with a confidence of 0.9 or more"
    ]
    lines.append(" " * 20 + " ".join(f"{head:>15}" for head in heads))
    for name in ("stated", "second_half", "second_half_mended"):
        values = [found[name][head] for head in heads]
        shown = " ".join(f"{'-' if value is None else f'{value:.3f}':>15}" for value in values)
        lines.append(f"{name:<20}{shown}")
    if of := found.get("drift"):
        lines.append(
            f"accuracy before {found['accuracy_before']:.3f}; drift over {of['rows']} rows:"
        )
        lines += [
            f"{name:<4} {of[name]['value']:.3f}; by chance above {of[name]['chance']:.3f} once in twenty times"
            for name in ("psi", "ks")
        ]
    return "\n".join(lines)
