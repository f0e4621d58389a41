"""A small GPT, trained once through a stream of tokens, and its loss on whole documents."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn
from torch.nn.functional import cross_entropy, gelu, scaled_dot_product_attention

CONTEXT = 128  # tokens
BATCH = 4  # sequences a step
JUDGED = 32  # windows at once in the test
STRIDE = 96  # tokens of a window that count in the test
HEAD = 16  # numbers of an attention head at least; at most eight heads
WARM_UP = 0.1  # share of the steps
LEAST = 0.1  # share of the rate at the end
DECAY, CLIP, BETAS = 0.1, 1.0, (0.9, 0.95)


@dataclass(frozen=True)
class Size:
    """Shape of a model: width of a token's vector, number of blocks."""

    width: int
    blocks: int

    @property
    def name(self) -> str:
        """For the names of steps."""
        return f"{self.width}x{self.blocks}"


# --8<-- [start:model]
class Block(nn.Module):
    """Attention and a feed-forward part, each after a normalisation and added to what came in."""

    def __init__(self, width: int):
        super().__init__()
        self.heads = min(8, max(1, width // HEAD))
        self.before, self.between = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """x: [sequences, tokens, width]."""
        n, length, width = x.shape
        q, k, v = (
            part.view(n, length, self.heads, -1).transpose(1, 2)
            for part in self.qkv(self.before(x)).chunk(3, -1)
        )
        seen = scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.out(seen.transpose(1, 2).reshape(n, length, width))
        return x + self.down(gelu(self.up(self.between(x))))


class Model(nn.Module):
    """Tokens to the logits of the next one; the table of tokens serves at both ends."""

    def __init__(self, size: Size, vocabulary: int):
        super().__init__()
        self.tokens = nn.Embedding(vocabulary, size.width)
        self.places = nn.Embedding(CONTEXT, size.width)
        self.blocks = nn.ModuleList(Block(size.width) for _ in range(size.blocks))
        self.last = nn.LayerNorm(size.width)
        for name, weights in self.named_parameters():
            if weights.ndim == 2:
                # The table of tokens is the output as well: with the usual 0.02, logits of narrow models stay near
                # zero for hundreds of steps.
                deviation = weights.shape[1] ** -0.5
                if name.endswith(("out.weight", "down.weight")):
                    deviation /= math.sqrt(2 * size.blocks)
                nn.init.normal_(weights, std=deviation)
            elif name.endswith("bias"):
                nn.init.zeros_(weights)

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        """rows: [sequences, tokens] of token numbers; logits: [sequences, tokens, vocabulary]."""
        x = self.tokens(rows) + self.places.weight[: rows.shape[1]]
        for block in self.blocks:
            x = block(x)
        return self.last(x) @ self.tokens.weight.T


# --8<-- [end:model]


def parameters(size: Size) -> int:
    """Parameters of the blocks: what is called non-embedding parameters."""
    return sum(p.numel() for p in Model(size, 1).blocks.parameters())


# --8<-- [start:compute]
def operations(size: Size, vocabulary: int, tokens: int) -> float:
    """FLOP of a training: 6 for each token and each parameter that multiplies, the table of the output included.

    For models this small the output is most of the work: to leave it out would flatter the small ones.
    Source of the 6: Kaplan et al. 2020, arXiv 2001.08361, section 2.1.
    """
    return 6.0 * (parameters(size) + vocabulary * size.width) * tokens


# --8<-- [end:compute]


# --8<-- [start:rate]
def rate(size: Size, constant: float) -> float:
    """The learning rate at its highest: a constant over the width.

    Set before any run; the constant comes from the two smallest sizes. In proportion to 1/width is what Yang et al.
    2022 (arXiv 2203.03466) give for the matrices inside under Adam; we use it for all parameters.
    """
    return constant / size.width


# --8<-- [end:rate]


def at_step(step: int, steps: int) -> float:
    """Share of the rate at a step: rising evenly, then falling along a cosine that ends with this run."""
    rising = max(1, round(WARM_UP * steps))
    if step < rising:
        return (step + 1) / rising
    done = (step - rising) / max(1, steps - rising)
    return LEAST + (1 - LEAST) * (1 + math.cos(math.pi * done)) / 2


# --8<-- [start:train]
def trained(
    size: Size, vocabulary: int, data: np.ndarray, constant: float, seed: int, passes: int = 1
) -> Model:
    """A model after `passes` passes through the tokens; in each, the sequences start elsewhere and are mixed anew."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    model = Model(size, vocabulary).train()
    matrices = [p for p in model.parameters() if p.ndim == 2]
    others = [p for p in model.parameters() if p.ndim != 2]
    optimiser = torch.optim.AdamW(
        [{"params": matrices, "weight_decay": DECAY}, {"params": others, "weight_decay": 0.0}],
        lr=rate(size, constant),
        betas=BETAS,
    )
    draw = np.random.default_rng(seed)
    of_a_pass = max(1, len(data) // (CONTEXT * BATCH))
    for step in range(of_a_pass * passes):
        if step % of_a_pass == 0:
            rows = cut(data, int(draw.integers(CONTEXT)) if step else 0)
            order = draw.permutation(len(rows))
        places = order[(step % of_a_pass) * BATCH :][:BATCH]
        for group in optimiser.param_groups:
            group["lr"] = rate(size, constant) * at_step(step, of_a_pass * passes)
        batch = rows[places]
        optimiser.zero_grad()
        logits = model(batch[:, :-1])
        cross_entropy(logits.flatten(0, 1), batch[:, 1:].flatten()).backward()
        nn.utils.clip_grad_norm_(model.parameters(), CLIP)
        optimiser.step()
    return model.eval()


def cut(data: np.ndarray, start: int) -> torch.Tensor:
    """Sequences of CONTEXT tokens and the one that follows, from a start on: [sequences, CONTEXT + 1]."""
    count = (len(data) - 1 - start) // CONTEXT
    if count < 1:
        start, count = 0, (len(data) - 1) // CONTEXT
    places = start + np.arange(count)[:, None] * CONTEXT + np.arange(CONTEXT + 1)
    return torch.from_numpy(data[places])


# --8<-- [end:train]


# --8<-- [start:loss]
@torch.no_grad()
def bits(model: Model, texts: Sequence[np.ndarray]) -> list[float]:
    """What each text costs, in bits altogether: every token once, from the up to 128 before it.

    A text is read in windows that overlap; of each but the first only the last 96 tokens count, so that every token
    has at least 32 before it where the text has them. The first token of a text is given, not counted.
    """
    rows, counted, owner = [], [], []
    for number, text in enumerate(texts):
        for start in range(0, max(1, len(text) - 1 - CONTEXT + STRIDE), STRIDE):
            row = text[start : start + CONTEXT + 1]
            rows.append(np.pad(row, (0, CONTEXT + 1 - len(row))))
            counted.append((CONTEXT - STRIDE if start else 0, len(row) - 1))
            owner.append(number)
    found = [0.0] * len(texts)
    for start in range(0, len(rows), JUDGED):
        part = torch.from_numpy(np.stack(rows[start : start + JUDGED]))
        logits = model(part[:, :-1])
        nats = cross_entropy(logits.transpose(1, 2), part[:, 1:], reduction="none").double()
        for place, row in enumerate(nats, start):
            first, last = counted[place]
            found[owner[place]] += float(row[first:last].sum()) / math.log(2)
    return found


# --8<-- [end:loss]
