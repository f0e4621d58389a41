"""A small language model over characters, whose attention and recomputation can be switched."""

from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional
from torch.utils.checkpoint import checkpoint

IGNORED = -100  # targets of padding


@dataclass(frozen=True)
class Shape:
    """Sizes of a model. scores_kept: attention by softmax over the written-out scores instead of PyTorch's own kernel."""

    vocabulary: int
    hidden: int
    layers: int
    heads: int
    context: int
    dropout: float = 0.0
    scores_kept: bool = False
    checkpointing: bool = False


class Attention(nn.Module):
    """Causal self-attention. Input and output (rows, tokens, hidden)."""

    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        self.qkv = nn.Linear(shape.hidden, 3 * shape.hidden)
        self.out = nn.Linear(shape.hidden, shape.hidden)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Attend."""
        rows, tokens, hidden = x.shape
        parts = self.qkv(x).view(rows, tokens, 3, self.shape.heads, -1).permute(2, 0, 3, 1, 4)
        queries, keys, values = parts
        drop = self.shape.dropout if self.training else 0.0
        if self.shape.scores_kept:
            scores = queries @ keys.transpose(-2, -1) / keys.shape[-1] ** 0.5
            later = torch.ones(tokens, tokens, dtype=torch.bool).triu(1)
            shares = scores.masked_fill(later, float("-inf")).softmax(-1)
            mixed = functional.dropout(shares, drop, self.training) @ values
        else:
            mixed = functional.scaled_dot_product_attention(
                queries, keys, values, dropout_p=drop, is_causal=True
            )
        return self.out(mixed.transpose(1, 2).reshape(rows, tokens, hidden))


class Block(nn.Module):
    """A pre-norm layer with GELU and an inner width of four times the hidden size, as the formula of 34 assumes."""

    def __init__(self, shape: Shape):
        super().__init__()
        self.drop = shape.dropout
        self.before_attention = nn.LayerNorm(shape.hidden)
        self.attention = Attention(shape)
        self.before_wide = nn.LayerNorm(shape.hidden)
        self.wide = nn.Linear(shape.hidden, 4 * shape.hidden)
        self.narrow = nn.Linear(4 * shape.hidden, shape.hidden)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Both halves, each added to its input."""
        attended = self.attention(self.before_attention(x))
        x = x + functional.dropout(attended, self.drop, self.training)
        inner = functional.gelu(self.wide(self.before_wide(x)))
        return x + functional.dropout(self.narrow(inner), self.drop, self.training)


class Model(nn.Module):
    """Scores (rows, tokens, vocabulary) of the next character, of indices (rows, tokens)."""

    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        self.characters = nn.Embedding(shape.vocabulary, shape.hidden)
        self.places = nn.Embedding(shape.context, shape.hidden)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.last = nn.LayerNorm(shape.hidden)
        self.scores = nn.Linear(shape.hidden, shape.vocabulary, bias=False)
        for module in self.modules():
            if isinstance(module, nn.Linear | nn.Embedding):
                nn.init.normal_(module.weight, std=0.02)

    def forward(self, indices: torch.Tensor) -> torch.Tensor:
        """Score."""
        x = self.characters(indices) + self.places.weight[: indices.shape[1]]
        for block in self.blocks:
            if self.shape.checkpointing:
                x = checkpoint(block, x, use_reentrant=False)
            else:
                x = block(x)
        return self.scores(self.last(x))


def token_loss(scores: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """Mean loss of the counted characters, in 32 bits."""
    return functional.cross_entropy(
        scores.float().flatten(0, 1), targets.flatten(), ignore_index=IGNORED
    )


def text_loss(scores: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """Mean over texts of each text's mean: what accumulating one text at a time without weights amounts to."""
    each = functional.cross_entropy(
        scores.float().flatten(0, 1), targets.flatten(), ignore_index=IGNORED, reduction="none"
    ).view(targets.shape)
    return (each.sum(1) / (targets != IGNORED).sum(1)).mean()
