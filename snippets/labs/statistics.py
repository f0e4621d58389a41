"""Means over random seeds, with intervals."""

from collections.abc import Sequence

import numpy as np
from scipy.stats import t


def mean_interval(values: Sequence[float], confidence: float = 0.95) -> dict:
    """Mean of runs that differ in their seed, and Student's interval for it: {"mean": …, "interval": [low, high], "runs": n}.

    It says how far the mean may be off because there were so few seeds, on these data; other data may differ by more.
    For the difference of two methods take the differences seed by seed. Raises ValueError for fewer than two runs.
    """
    if len(values) < 2:
        raise ValueError(f"an interval needs at least two runs, not {len(values)}")
    mean = float(np.mean(values))
    half = float(
        t.ppf((1 + confidence) / 2, len(values) - 1) * np.std(values, ddof=1) / np.sqrt(len(values))
    )
    return {"mean": mean, "interval": [mean - half, mean + half], "runs": len(values)}
