"""Attributions of a digit's pixels, by captum, and two pictures that know nothing of any network."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from captum.attr import (
    GradientShap,
    InputXGradient,
    IntegratedGradients,
    NoiseTunnel,
    Occlusion,
    Saliency,
)
from scipy.ndimage import sobel
from torch import nn

METHODS = ("gradient", "smoothgrad", "input_gradient", "integrated", "shap", "occlusion")


@dataclass(frozen=True)
class Effort:
    """How much a method may compute. noise: standard deviation, of pixels between 0 and 1."""

    steps: int = 32
    samples: int = 25
    noise: float = 0.15
    window: int = 4
    stride: int = 2


# --8<-- [start:attributions]
def attribution(
    method: str,
    model: nn.Module,
    images: torch.Tensor,
    targets: torch.Tensor,
    references: torch.Tensor,
    effort: Effort,
    seed: int,
) -> np.ndarray:
    """What each pixel adds to the logit of the target class: signed, shape (n, 28, 28).

    images: (n, 1, 28, 28). targets: (n,). references: digits that GradientSHAP starts from; integrated gradients
    start from black, and occlusion paints black. Raises KeyError for an unknown method.
    """
    images = images.clone().requires_grad_()
    torch.manual_seed(seed)
    np.random.seed(seed)  # GradientSHAP draws its references by numpy
    # The gradient keeps its sign: captum's Saliency drops it by default, and then the noise of SmoothGrad cannot cancel.
    found: Callable[[], torch.Tensor] = {
        "gradient": lambda: Saliency(model).attribute(images, target=targets, abs=False),
        "smoothgrad": lambda: NoiseTunnel(Saliency(model)).attribute(
            images,
            nt_type="smoothgrad",
            nt_samples=effort.samples,
            stdevs=effort.noise,
            target=targets,
            abs=False,
        ),
        "input_gradient": lambda: InputXGradient(model).attribute(images, target=targets),
        "integrated": lambda: IntegratedGradients(model).attribute(
            images, torch.zeros_like(images), target=targets, n_steps=effort.steps
        ),
        "shap": lambda: GradientShap(model).attribute(
            images, references, n_samples=effort.steps, target=targets
        ),
        "occlusion": lambda: occluded(model, images, targets, effort),
    }[method]
    return found().detach().squeeze(1).double().numpy()


def occluded(
    model: nn.Module, images: torch.Tensor, targets: torch.Tensor, effort: Effort
) -> torch.Tensor:
    """How far the logit falls when a window is painted black; a pixel gets the mean of the windows over it."""
    with torch.no_grad():
        return Occlusion(model).attribute(
            images,
            (1, effort.window, effort.window),
            strides=(1, effort.stride, effort.stride),
            target=targets,
        )


# --8<-- [end:attributions]


def edges(images: torch.Tensor) -> np.ndarray:
    """Strength of the edges (Sobel): a picture of the digit that asks no network."""
    pixels = images.squeeze(1).double().numpy()
    return np.hypot(sobel(pixels, axis=1), sobel(pixels, axis=2))
