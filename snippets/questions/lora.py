"""A linear layer with a low-rank update, and the update merged into the weights.

Source: Hu and others, LoRA, section 4.1 (arXiv 2106.09685).
"""

# --8<-- [start:code]
import copy
import math

import torch
from torch import nn


class LoRALinear(nn.Module):
    """base(x) + alpha / rank · x Aᵀ Bᵀ; A (rank, in) and B (out, rank) learn, base does not."""

    def __init__(self, base: nn.Linear, rank: int, alpha: float):
        """Raises ValueError when the rank is not 1 to the smaller side of the weights."""
        super().__init__()
        if not 1 <= rank <= min(base.weight.shape):
            raise ValueError(f"rank {rank} is not 1 to {min(base.weight.shape)}")
        self.base = base.requires_grad_(False)
        like = {"dtype": base.weight.dtype, "device": base.weight.device}
        self.a = nn.Parameter(torch.empty(rank, base.in_features, **like))
        self.b = nn.Parameter(torch.zeros(base.out_features, rank, **like))  # starts as base
        nn.init.kaiming_uniform_(self.a, a=math.sqrt(5))  # not 0 as well: nothing would learn
        self.scale = alpha / rank

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """From (…, in) to (…, out); B A, as large as the weights, is never formed."""
        return self.base(x) + self.scale * (x @ self.a.T @ self.b.T)

    @torch.no_grad()
    def merged(self) -> nn.Linear:
        """A plain layer that gives the same; base stays, so merging twice adds nothing twice."""
        layer = copy.deepcopy(self.base)
        update = self.scale * (self.b.float() @ self.a.float())  # bfloat16 would round it first
        layer.weight.copy_(layer.weight.float() + update)
        return layer


# --8<-- [end:code]
