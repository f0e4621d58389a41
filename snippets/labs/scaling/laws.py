"""Curves through the loss of models of different size, what they predict of a larger one, and how sure that is."""

from collections.abc import Sequence

import numpy as np

# Parameters of each curve: A·N^-α; A·N^-α + E; a − b·ln N; A·exp(−N/S) + E.
LAWS = {"power": 2, "power_floor": 3, "logarithm": 2, "exponential": 3}
MAIN = "power_floor"  # the form of Hoffmann et al. 2022, chosen before any run
EXPONENTS = np.geomspace(0.005, 2, 4001)
COARSE = 8  # every so many of the shapes for draws, whose spread is wider than the grid
DRAWS = 1000


# --8<-- [start:fit]
def fit(law: str, sizes: Sequence[float], losses: np.ndarray) -> dict[str, np.ndarray]:
    """The curve of least squares through losses, for many sets of losses at once.

    law: of LAWS. sizes: parameters, at least as many as the curve has. losses: [sets, sizes].
    For each shape on a grid the rest is linear and solved exactly, so that no start value decides what is found.
    A floor below zero is held at zero: a loss has none. Returns {"shape", "factor", "floor"}, one number a set.
    Raises ValueError for too few sizes.
    """
    sizes, losses = np.asarray(sizes, float), np.atleast_2d(losses)
    if len(sizes) < LAWS[law]:
        raise ValueError(f"{law} has {LAWS[law]} parameters, there are {len(sizes)} sizes")
    shapes = grid(law, sizes)[:: COARSE if len(losses) > 1 else 1]
    basis = curve(law, sizes, shapes)  # [shapes, sizes]
    free = law != "power"
    center = basis.mean(1, keepdims=True) if free else np.zeros((len(shapes), 1))
    middle = losses.mean(1, keepdims=True) if free else np.zeros((len(losses), 1))
    moved = basis - center
    squares = (moved**2).sum(1)
    factor = (losses - middle) @ moved.T / squares  # [sets, shapes]
    floor = middle - factor * center.T
    missed = ((losses - middle) ** 2).sum(1, keepdims=True) - factor**2 * squares
    if law in ("power_floor", "exponential"):
        squares = (basis**2).sum(1)
        without = losses @ basis.T / squares
        held = (losses**2).sum(1, keepdims=True) - without**2 * squares
        missed, factor = np.where(floor < 0, held, missed), np.where(floor < 0, without, factor)
        floor = np.maximum(floor, 0)
    best = missed.argmin(1)
    rows = np.arange(len(losses))
    return {"shape": shapes[best], "factor": factor[rows, best], "floor": floor[rows, best]}


def grid(law: str, sizes: np.ndarray) -> np.ndarray:
    """The shapes that are tried: exponents, or sizes at which an exponential has fallen to 1/e of its height."""
    if law == "logarithm":
        return np.ones(1)
    if law == "exponential":
        return np.geomspace(sizes.min() / 3, sizes.max() * 30, len(EXPONENTS))
    return EXPONENTS


def curve(law: str, sizes: np.ndarray, shapes: np.ndarray) -> np.ndarray:
    """A curve of factor 1 and floor 0: [shapes, sizes]."""
    shapes, sizes = np.asarray(shapes, float)[:, None], np.asarray(sizes, float)[None]
    if law == "logarithm":
        return -np.log(sizes) * np.ones_like(shapes)
    if law == "exponential":
        return np.exp(-sizes / shapes)
    return (sizes / 1e5) ** -shapes  # of 100,000 parameters, so that no factor is astronomical


def value(law: str, found: dict[str, np.ndarray], size: float) -> np.ndarray:
    """What fitted curves say of a size: one number a set."""
    return found["floor"] + found["factor"] * curve(law, np.array([size]), found["shape"])[:, 0]


# --8<-- [end:fit]


# --8<-- [start:resampled]
def drawn(of: np.ndarray, rows: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Bits a character for each draw. of: [seeds, documents, 2]; rows: [draws, seeds]; weights: [draws, documents]."""
    sums = np.einsum("dk,dkj->dj", weights, of[rows].mean(1))
    return sums[:, 0] / sums[:, 1]


def weights_of(documents: int, draw: np.random.Generator) -> np.ndarray:
    """How often each document is there, drawn again with replacement: [draws, documents]."""
    return draw.multinomial(documents, np.full(documents, 1 / documents), DRAWS).astype(float)


def resampled(runs: Sequence[np.ndarray], documents: bool, seed: int = 0) -> np.ndarray:
    """Losses drawn again, DRAWS times: [draws, sizes].

    runs: for each size bits and characters, [seeds, documents, 2]. Each size draws its own seeds, with replacement;
    with `documents`, all sizes share the same newly drawn documents, else every document is there once.
    """
    draw = np.random.default_rng(seed)
    count = runs[0].shape[1]
    weights = weights_of(count, draw) if documents else np.ones((DRAWS, count))
    return np.stack(
        [drawn(of, draw.integers(len(of), size=(DRAWS, len(of))), weights) for of in runs], 1
    )


# --8<-- [end:resampled]


def loss(documents: np.ndarray) -> float:
    """Bits a character of all documents together: [documents, 2], bits and characters of each."""
    bits, characters = documents.sum(0)
    return float(bits / characters)


def ends(values: np.ndarray) -> list[float]:
    """The 95% interval of draws."""
    return [float(end) for end in np.quantile(values, [0.025, 0.975])]


def fitted(sizes: Sequence[int], runs: Sequence[np.ndarray]) -> dict:
    """Each curve through all sizes, with intervals over seeds and documents, and how far it misses the points."""
    means = np.array([mean(of) for of in runs])
    again = resampled(runs, documents=True)
    found = {}
    for law in LAWS:
        one, many = fit(law, sizes, means), fit(law, sizes, again)
        off = [float(value(law, one, size)[0]) - m for size, m in zip(sizes, means, strict=True)]
        found[law] = {
            "parameters": LAWS[law],
            **{
                name: {"value": float(one[name][0]), "interval": ends(many[name])}
                for name in ("shape", "factor", "floor")
            },
            "misses": float(np.sqrt(np.mean(np.square(off)))),
        }
    return found


def mean(of: np.ndarray) -> float:
    """The loss of a size over its seeds, all documents."""
    return loss(of.mean(0))


# --8<-- [start:predicted]
def predicted(sizes: Sequence[int], runs: Sequence[np.ndarray], larger: int, new_runs: int) -> dict:
    """What each curve through `runs` says of a larger size, with 95% intervals, and two answers that need no curve.

    The interval holds the chance of the seeds of the runs and of as many new runs as will be made (their spread is
    taken from all sizes together). The documents are the same before and after. It knows nothing of a wrong curve.
    naive: "no better than the largest so far". step: the last gain once more for the same factor in size.
    """
    means = np.array([mean(of) for of in runs])
    again = resampled(runs, documents=False)
    of_runs = [[loss(run) for run in of] for of in runs]
    spread = float(np.sqrt(np.mean([np.var(one, ddof=1) for one in of_runs])))
    noise = np.random.default_rng(1).normal(0, spread / np.sqrt(new_runs), DRAWS)
    found = {
        law: {
            "value": float(value(law, fit(law, sizes, means), larger)[0]),
            "interval": ends(value(law, fit(law, sizes, again), larger) + noise),
        }
        for law in LAWS
    }
    slope = (means[-1] - means[-2]) / np.log(sizes[-1] / sizes[-2])
    step = means[-1] + slope * np.log(larger / sizes[-1])
    return {
        "size": larger,
        "spread": spread,
        "laws": found,
        "naive": float(means[-1]),
        "step": float(step),
    }


# --8<-- [end:predicted]
