"""A pre-norm Transformer block as in Llama: RMSNorm, attention, SwiGLU, two residuals.

Sources: Xiong and others, pre-norm (arXiv 2002.04745); Zhang and Sennrich, RMSNorm (arXiv 1910.07467);
Shazeer, SwiGLU (arXiv 2002.05202).
"""

# --8<-- [start:code]
from dataclasses import dataclass

import numpy as np

from snippets.questions.kv_cache import Attention, Cache


def rms_norm(x: np.ndarray, gain: np.ndarray, eps: float = 1e-5) -> np.ndarray:
    """Each vector of x (…, D) to root mean square 1, then times gain (D,)."""
    square = np.mean(np.square(x, dtype=np.float32), axis=-1, keepdims=True)
    return x / np.sqrt(square + eps) * gain  # eps inside: a vector of zeros stays 0


def swiglu(x: np.ndarray, w_gate: np.ndarray, w_up: np.ndarray) -> np.ndarray:
    """silu(x w_gate) · x w_up, from (…, D) to (…, F)."""
    gate = x @ w_gate
    # gate · sigmoid(gate); tanh does not overflow, exp(-gate) would.
    return gate * 0.5 * (1 + np.tanh(gate / 2)) * (x @ w_up)


@dataclass
class Block:
    """Gains (D,), w_gate and w_up (D, F), w_down (F, D)."""

    attention: Attention
    attention_gain: np.ndarray
    feed_gain: np.ndarray
    w_gate: np.ndarray
    w_up: np.ndarray
    w_down: np.ndarray

    def __call__(self, x: np.ndarray, cache: Cache | None = None) -> np.ndarray:
        """Positions x (batch, n, D) to the same shape; x itself is not changed."""
        # Each branch reads a normalised copy; what is added on is x as it came.
        x = x + self.attention(rms_norm(x, self.attention_gain), cache)
        hidden = swiglu(rms_norm(x, self.feed_gain), self.w_gate, self.w_up)
        return x + hidden @ self.w_down


# --8<-- [end:code]
