"""Attention of many heads with a cache of keys and values, and grouped queries.

Sources: Shazeer, Fast Transformer Decoding (arXiv 1911.02150); Ainslie and others, GQA (arXiv 2305.13245).
"""

# --8<-- [start:code]
from dataclasses import dataclass

import numpy as np

from snippets.questions.attention import attention, causal_mask
from snippets.questions.rope import rotate


class Cache:
    """Keys and values of one layer, (batch, KV heads, positions, d)."""

    def __init__(self, batch: int, kv_heads: int, room: int, d: int):
        # Taken once: nothing is copied when it grows.
        self.data = np.empty((2, batch, kv_heads, room, d), dtype=np.float32)
        self.length = 0

    def append(self, k: np.ndarray, v: np.ndarray) -> np.ndarray:
        """Keep more positions; all keys and values so far. ValueError when full."""
        end = self.length + k.shape[2]
        if end > self.data.shape[3]:
            raise ValueError(f"{end} positions, room for {self.data.shape[3]}")
        self.data[:, :, :, self.length : end] = k, v
        self.length = end
        return self.data[:, :, :, :end]  # a view


@dataclass
class Attention:
    """w_q (D, heads·d), w_k and w_v (D, kv_heads·d), w_o (heads·d, D)."""

    w_q: np.ndarray
    w_k: np.ndarray
    w_v: np.ndarray
    w_o: np.ndarray
    heads: int
    kv_heads: int

    def __call__(self, x: np.ndarray, cache: Cache | None = None) -> np.ndarray:
        """New positions x (batch, n, D) to (batch, n, D); the cache grows by n."""
        batch, n, _ = x.shape
        start = cache.length if cache is not None else 0  # the first new position
        q, k, v = (
            (x @ w).reshape(batch, n, heads, -1).swapaxes(1, 2)  # (…, heads, n, d)
            for w, heads in (
                (self.w_q, self.heads),
                (self.w_k, self.kv_heads),
                (self.w_v, self.kv_heads),
            )
        )
        q, k = rotate(q, start), rotate(k, start)
        if cache is not None:
            k, v = cache.append(k, v)  # the key is kept turned
        group = self.heads // self.kv_heads  # query heads that share a key
        k, v = (np.repeat(one, group, axis=1) for one in (k, v))
        out = attention(q, k, v, causal_mask(n, k.shape[2]))
        return out.swapaxes(1, 2).reshape(batch, n, -1) @ self.w_o


# --8<-- [end:code]
