"""The k nearest by cosine, without sorting all scores and without holding them all.

Source: numpy.argpartition.
"""

# --8<-- [start:code]
import numpy as np


def unit(vectors: np.ndarray) -> np.ndarray:
    """Rows of length 1, made with the index. ValueError for a row of zeros."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    if not lengths.all():
        raise ValueError(f"row {int(lengths.argmin())} has no direction: all zeros")
    return vectors / lengths


def top_k(
    queries: np.ndarray, documents: np.ndarray, k: int, block: int = 65_536
) -> tuple[np.ndarray, np.ndarray]:
    """Rows and cosines of the k nearest documents, the nearest first: (q, k) each.

    queries (q, d) and documents (n, d) have rows of length 1. Memory:
    q × (k + block) scores, whatever n is. Raises ValueError unless 1 ≤ k ≤ n.
    """
    if not 1 <= k <= len(documents):
        raise ValueError(f"k is {k}; there are {len(documents)} documents")
    names = np.empty((len(queries), 0), dtype=np.int64)
    best = np.empty((len(queries), 0), dtype=queries.dtype)
    for start in range(0, len(documents), block):
        scores = queries @ documents[start : start + block].T
        rows = start + np.broadcast_to(np.arange(scores.shape[1]), scores.shape)
        best, names = np.hstack([best, scores]), np.hstack([names, rows])
        if best.shape[1] > k:  # linear time; the k are the largest, in no order
            kept = np.argpartition(-best, k - 1, axis=1)[:, :k]
            best = np.take_along_axis(best, kept, axis=1)
            names = np.take_along_axis(names, kept, axis=1)
    order = np.lexsort((names, -best), axis=1)  # k log k; equals: the lower row first
    names = np.take_along_axis(names, order, axis=1)
    return names, np.take_along_axis(best, order, axis=1)


# --8<-- [end:code]
