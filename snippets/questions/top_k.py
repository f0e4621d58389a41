"""The k nearest by cosine, without sorting all scores and without holding them all.

Source: numpy.argpartition.
"""

# --8<-- [start:code]
import numpy as np


def unit(vectors: np.ndarray) -> np.ndarray:
    """Rows scaled to length 1, once, when the index is made. ValueError for a row of zeros."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    if not lengths.all():
        raise ValueError(f"row {int(lengths.argmin())} is all zeros and has no direction")
    return vectors / lengths


def top_k(
    queries: np.ndarray, documents: np.ndarray, k: int, block: int = 65_536
) -> tuple[np.ndarray, np.ndarray]:
    """Row numbers and cosines of the k nearest documents, the nearest first: (q, k) each.

    queries (q, d) and documents (n, d) have rows of length 1. Takes q × (k + block) scores
    of memory, whatever n is. Raises ValueError unless 1 ≤ k ≤ n.
    """
    if not 1 <= k <= len(documents):
        raise ValueError(f"k is {k}; there are {len(documents)} documents")
    names = np.empty((len(queries), 0), dtype=np.int64)
    best = np.empty((len(queries), 0), dtype=queries.dtype)
    for start in range(0, len(documents), block):
        scores = queries @ documents[start : start + block].T
        rows = np.broadcast_to(np.arange(start, start + scores.shape[1]), scores.shape)
        best, names = np.hstack([best, scores]), np.hstack([names, rows])
        if best.shape[1] > k:  # linear time; the k are the largest, in no order
            kept = np.argpartition(-best, k - 1, axis=1)[:, :k]
            best, names = (np.take_along_axis(one, kept, axis=1) for one in (best, names))
    order = np.lexsort((names, -best), axis=1)  # k log k; equal scores: the lower row first
    return np.take_along_axis(names, order, axis=1), np.take_along_axis(best, order, axis=1)


# --8<-- [end:code]
