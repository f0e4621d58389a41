"""One training step over several small batches, equal to a step over all of them at once.

Sources: Hugging Face, Fixing Gradient Accumulation (October 2024); Pascanu and others (arXiv 1211.5063).
"""

# --8<-- [start:code]
from collections.abc import Sequence

import torch
from torch import nn
from torch.nn import functional

IGNORED = -100  # targets of padding and of the prompt


def train_step(
    model: nn.Module,
    optimiser: torch.optim.Optimizer,
    parts: Sequence[tuple[torch.Tensor, torch.Tensor]],
    max_norm: float,
) -> tuple[float, float]:
    """Mean loss per counted token; norm of the gradient before clipping.

    parts: inputs and targets (batch, n); the model gives logits (batch, n, V).
    ValueError when no target counts; RuntimeError, and no step, when the
    gradient is not finite.
    """
    counted = sum(int((targets != IGNORED).sum()) for _, targets in parts)
    if not counted:
        raise ValueError("no target counts")
    optimiser.zero_grad()
    total = 0.0
    for inputs, targets in parts:
        # The sum, over the tokens of all parts: parts may differ in length.
        loss = functional.cross_entropy(
            model(inputs).flatten(0, 1),
            targets.flatten(),
            ignore_index=IGNORED,
            reduction="sum",
        )
        loss = loss / counted
        loss.backward()  # adds to .grad, and frees this part's activations
        total += loss.item()
    # Once, after the last part: of the sum, not of each part.
    norm = nn.utils.clip_grad_norm_(model.parameters(), max_norm, error_if_nonfinite=True)
    optimiser.step()
    return total, norm.item()


# --8<-- [end:code]
