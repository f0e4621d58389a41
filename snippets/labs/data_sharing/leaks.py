"""What an update gives away: images from the first layer, class shares from the last bias, characters from the rows.

Only for our own models and public data. The attacks are the simplest known ones: stronger ones find more.
"""

import numpy as np
import torch

from snippets.labs.data_sharing.federated import Weights, logits

EXACT = 0.01  # a pixel is right when it is off by less, on a scale from 0 to 1
TINY = 1e-12


# --8<-- [start:images]
def images_from(update: Weights) -> torch.Tensor:
    """What each unit of the first layer gives away: its row of the update divided by its bias: (units, pixels).

    For one example both are the same factor, times the input and times one, so the quotient is the input itself. For
    several it is a mixture of the examples on which the unit was active. Units that did not change are left out.
    """
    matrix, bias = update[0][0], update[1][0]
    moved = bias.abs() > TINY
    return (matrix[:, moved] / bias[moved]).T


# --8<-- [end:images]


def best(found: torch.Tensor, images: torch.Tensor) -> dict[str, np.ndarray]:
    """For each image the best of what was found: highest correlation of pixels, and whether any is exact.

    found: (units, pixels); images: (n, pixels). With nothing found, the correlation is 0.
    """
    if not len(found):
        return {"similar": np.zeros(len(images)), "exact": np.zeros(len(images)), "which": None}
    together = standard(images) @ standard(found).T
    off = torch.cdist(images, found, p=float("inf"))
    return {
        "similar": together.amax(1).numpy(),
        "exact": (off.amin(1) < EXACT).double().numpy(),
        "which": together.argmax(1).numpy(),
    }


def standard(images: torch.Tensor) -> torch.Tensor:
    """Rows with mean zero and length one; their products are correlations."""
    centred = images - images.mean(1, keepdim=True)
    return centred / centred.norm(dim=1, keepdim=True).clamp(min=TINY)


# --8<-- [start:labels]
def classes_from(slope: torch.Tensor, expected: torch.Tensor) -> np.ndarray:
    """The share of each class in a batch, from the gradient of the last bias.

    That gradient is the mean predicted probability of each class less its share. expected: what the attacker takes
    the mean prediction to be, from a few examples of its own.
    """
    found = (expected - slope).clamp(min=0).double()
    total = found.sum()
    return (found / total if total > 0 else torch.full_like(found, 1 / len(found))).numpy()


# --8<-- [end:labels]


@torch.no_grad()
def mean_prediction(weights: Weights, inputs: torch.Tensor) -> torch.Tensor:
    """The mean predicted probability of each class over some inputs (n, features), for one party's weights."""
    return logits(weights, inputs[None])[0].softmax(1).mean(0)


def distance(found: np.ndarray, true: np.ndarray) -> float:
    """Half the summed difference of two shares: the part that would have to be moved from class to class."""
    return float(np.abs(found - true).sum() / 2)


# --8<-- [start:characters]
def characters_from(update: Weights) -> np.ndarray:
    """Which rows of the first matrix changed: the characters that occur in the batch, as truth values."""
    return (update[0][0] != 0).any(1).numpy()


# --8<-- [end:characters]


def strengths(update: Weights) -> np.ndarray:
    """How much each row of the first matrix changed."""
    return update[0][0].norm(dim=1).numpy()
