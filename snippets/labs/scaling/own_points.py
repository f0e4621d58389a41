"""Does a larger model come out as the smaller ones foretell? For a table of sizes and losses of one's own."""

import csv
import math
from collections import defaultdict
from pathlib import Path

import numpy as np

from snippets.bert_text_classification.own_texts import decode
from snippets.labs.scaling.laws import LAWS, fit, value
from snippets.runs import InputError

FEWEST = 5  # sizes: the largest is held back, and four are left for a curve of three parameters
NEEDS = "it needs a column of parameters and one of losses, and at least five different sizes"


def read_points(
    path: Path, size: str, loss: str, encoding: str = "utf-8-sig"
) -> list[tuple[float, float]]:
    """Sizes and losses of a CSV file with a heading. Raises InputError in one sentence for what cannot be used."""
    rows = csv.DictReader(decode(path, encoding).splitlines())
    missing = [name for name in (size, loss) if name not in (rows.fieldnames or ())]
    if missing:
        raise InputError(
            f"{path} has no column “{missing[0]}”: name it with --{'size' if missing[0] == size else 'loss'}-column"
        )
    points = []
    for row in rows:
        try:
            point = (number(row[size]), number(row[loss]))
        except ValueError:
            raise InputError(
                f"{path}, line {rows.line_num}: “{row[size]}” and “{row[loss]}” are not two numbers above 0"
            ) from None
        points.append(point)
    return points


def number(text: str | None) -> float:
    """A positive finite number, with commas for thousands or without. Raises ValueError."""
    found = float((text or "").replace(",", ""))
    if not (math.isfinite(found) and found > 0):
        raise ValueError(text)
    return found


def compare(points: list[tuple[float, float]]) -> dict:
    """What each curve through all sizes but the largest says of it, and what two guesses without a curve say.

    Several losses of one size are averaged. Raises InputError for too few sizes.
    """
    by_size = defaultdict(list)
    for size, loss in points:
        by_size[size].append(loss)
    if len(by_size) < FEWEST:
        raise InputError(f"{len(by_size)} different sizes are too few: {NEEDS}")
    sizes = sorted(by_size)
    means = np.array([np.mean(by_size[size]) for size in sizes])
    *small, largest = sizes
    measured = float(means[-1])
    told = {law: float(value(law, fit(law, small, means[:-1]), largest)[0]) for law in LAWS}
    slope = (means[-2] - means[-3]) / math.log(small[-1] / small[-2])
    told["naive"] = float(means[-2])
    told["step"] = float(means[-2] + slope * math.log(largest / small[-1]))
    whole = fit("power_floor", sizes, means)
    return {
        "sizes": len(sizes),
        "runs": len(points),
        "largest": largest,
        "factor": largest / small[-1],
        "measured": measured,
        "predicted": told,
        "error": {name: one - measured for name, one in told.items()},
        "power_floor": {name: float(one[0]) for name, one in whole.items()},
    }


def as_table(found: dict) -> str:
    """A comparison as lines for a terminal."""
    lines = [
        f"{found['sizes']} sizes, {found['runs']} runs; held back: {found['largest']:,.0f} parameters, "
        f"{found['factor']:.1f} times the next; measured {found['measured']:.4f}"
    ]
    lines += [
        f"{name:<12} says {one:.4f}, off by {found['error'][name]:+.4f}"
        for name, one in found["predicted"].items()
    ]
    fit_of_all = found["power_floor"]
    lines.append(
        f"all sizes: loss = {fit_of_all['floor']:.4f} + {fit_of_all['factor']:.4f} x (parameters / 100,000)^-{fit_of_all['shape']:.3f}"
    )
    return "\n".join(lines)
