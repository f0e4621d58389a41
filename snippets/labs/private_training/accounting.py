"""What (ε, δ) a private training spends: by four ways of counting, for one row and for several, and what it allows."""

import logging
import warnings
from collections.abc import Callable
from functools import cache, wraps
from math import exp, expm1, log, log1p, sqrt

import numpy as np
from opacus.accountants import PRVAccountant, RDPAccountant
from opacus.accountants.analysis import rdp as renyi
from opacus.accountants.utils import get_noise_multiplier
from scipy.optimize import brentq
from scipy.stats import norm

DELTAS = np.logspace(-9, -0.02, 120)


def quiet(function: Callable) -> Callable:
    """Opacus warns when the best order of RDP is its largest: the figure then only is larger than it need be."""

    @wraps(function)
    def without(*given, **named):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            logging.getLogger("opacus").setLevel(logging.ERROR)
            return function(*given, **named)

    return without


@quiet
def noise_for(epsilon: float, delta: float, share: float, steps: int, accountant: str) -> float:
    """The least noise multiplier (of the clipping length) with which the training spends at most ε, by "prv" or "rdp"."""
    return float(
        get_noise_multiplier(
            target_epsilon=epsilon,
            target_delta=delta,
            sample_rate=share,
            steps=steps,
            accountant=accountant,
        )
    )


@quiet
def by_prv(noise: float, share: float, steps: int, delta: float) -> float:
    """ε by the numerical composition of Gopi et al. (arXiv 2106.02848), nearly exact."""
    accountant = PRVAccountant()
    accountant.history = [(noise, share, steps)]
    return float(accountant.get_epsilon(delta))


@cache
def one_step(noise: float, share: float) -> np.ndarray:
    """The Rényi divergence of one step at each of Opacus's orders."""
    return renyi.compute_rdp(
        q=share, noise_multiplier=noise, steps=1, orders=RDPAccountant.DEFAULT_ALPHAS
    )


@quiet
def by_rdp(noise: float, share: float, steps: int, delta: float) -> float:
    """ε by Rényi differential privacy, with which DP-SGD is mostly counted (Mironov et al., arXiv 1908.10530)."""
    spent = renyi.get_privacy_spent(
        orders=RDPAccountant.DEFAULT_ALPHAS, rdp=one_step(noise, share) * steps, delta=delta
    )
    return float(spent[0])


# --8<-- [start:naive]
def gaussian_delta(epsilon: float, noise: float) -> float:
    """The exact δ of one Gaussian mechanism at ε (Balle and Wang, arXiv 1805.06530)."""
    a, b = 1 / (2 * noise), epsilon * noise
    return float(norm.cdf(a - b) - exp(min(epsilon + norm.logcdf(-a - b), 0)))


def gaussian_epsilon(noise: float, delta: float) -> float:
    """The ε at which one Gaussian mechanism has this δ."""
    return (
        float(brentq(lambda e: gaussian_delta(e, noise) - delta, 0, 1000))
        if gaussian_delta(0, noise) > delta
        else 0.0
    )


def by_adding(noise: float, share: float, steps: int, delta: float) -> float:
    """ε of one step, times the number of steps; δ is divided among them. Each step is helped by the drawing of rows."""
    one = gaussian_epsilon(noise, min(delta / (steps * share), 0.5))
    return steps * log1p(share * expm1(one))


def by_advanced(noise: float, share: float, steps: int, delta: float) -> float:
    """The same by the advanced composition theorem (Dwork, Rothblum and Vadhan, 2010); half of δ is for the theorem."""
    one = log1p(share * expm1(gaussian_epsilon(noise, min(delta / 2 / (steps * share), 0.5))))
    return one * sqrt(2 * steps * log(2 / delta)) + steps * one * expm1(one)


# --8<-- [end:naive]


def counted(noise: float, share: float, steps: int, delta: float) -> dict[str, float]:
    """The same training by every way of counting; `passes` takes each row once a pass and counts on no drawing."""
    given = (noise, share, steps, delta)
    return {
        "adding": by_adding(*given),
        "advanced": by_advanced(*given),
        "rdp": by_rdp(*given),
        "prv": by_prv(*given),
        "passes": gaussian_epsilon(noise / sqrt(max(1, share * steps)), delta),
    }


def group(epsilon: float, delta: float, rows: int) -> dict[str, float]:
    """What (ε, δ) for one row leaves to a person with so many rows: k·ε, and δ · (e^(kε) − 1) / (e^ε − 1)."""
    return {
        "rows": rows,
        "epsilon": rows * epsilon,
        "delta": min(1.0, delta * expm1(rows * epsilon) / expm1(epsilon)),
    }


# --8<-- [start:allowed]
def allowed(noise: float, share: float, steps: int, fpr: float) -> float:
    """The true positive rate that no attack on this training exceeds at a false positive rate.

    TPR ≤ e^ε · FPR + δ holds for every (ε, δ) that the training keeps, not only for the one that is reported: the
    best of them counts.
    """
    epsilons = (by_rdp(noise, share, steps, delta) for delta in DELTAS)
    return min(
        1.0, *(exp(min(e, 700)) * fpr + float(d) for e, d in zip(epsilons, DELTAS, strict=True))
    )


# --8<-- [end:allowed]


def allowed_by(epsilon: float, delta: float, fpr: float) -> float:
    """The same from one (ε, δ) alone."""
    return min(1.0, exp(epsilon) * fpr + delta)
