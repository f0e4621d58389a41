"""A linear layer with a low-rank update, and the update merged into the weights.

Source: Hu and others, LoRA, section 4.1 (arXiv 2106.09685).
"""

# --8<-- [start:code]
import copy
import math

import torch
from torch import nn


class LoRALinear(nn.Module):
    """base(x) + alpha / rank · x Aᵀ Bᵀ; A (rank, in) and B (out, rank) learn."""

    def __init__(self, base: nn.Linear, rank: int, alpha: float):
        """ValueError when the rank is not 1 to the smaller side of the weights."""
        super().__init__()
        if not 1 <= rank <= min(base.weight.shape):
            raise ValueError(f"rank {rank} is not 1 to {min(base.weight.shape)}")
        self.base = base.requires_grad_(False)
        like = {"dtype": base.weight.dtype, "device": base.weight.device}
        self.a = nn.Parameter(torch.empty(rank, base.in_features, **like))
        self.b = nn.Parameter(torch.zeros(base.out_features, rank, **like))
        # B is 0, so this starts as base; A is not, or nothing would learn.
        nn.init.kaiming_uniform_(self.a, a=math.sqrt(5))
        self.scale = alpha / rank

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """From (…, in) to (…, out); B A, as large as W, is never formed."""
        return self.base(x) + self.scale * (x @ self.a.T @ self.b.T)

    @torch.no_grad()
    def merged(self) -> nn.Linear:
        """A plain layer that gives the same; base stays as it is."""
        layer = copy.deepcopy(self.base)
        # In float32: bfloat16 would round the update before it is added.
        update = self.scale * (self.b.float() @ self.a.float())
        layer.weight.copy_(layer.weight.float() + update)
        return layer


# --8<-- [end:code]
