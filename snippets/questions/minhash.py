"""Near-repeats among many texts: MinHash signatures, and bands that name the pairs to compare.

Sources: Broder, On the resemblance and containment of documents (1997); Lee and others (arXiv 2107.06499) for texts
to train on; Thorup, High Speed Hashing for Integers and Strings (arXiv 1504.06804) for the functions.
"""

# --8<-- [start:code]
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from zlib import crc32

import numpy as np


def shingles(text: str, width: int = 5) -> set[str]:
    """All runs of `width` characters; a shorter text is its own only one."""
    return {text[i : i + width] for i in range(max(1, len(text) - width + 1))}


def signature(parts: Iterable[str], size: int = 128, seed: int = 0) -> np.ndarray:
    """The smallest hash of the parts under each of `size` functions, (size,) uint32.

    The share of places in which two agree estimates the sets' Jaccard similarity.
    """
    # hash() would be another one in the next process: strings are salted there.
    x = np.array([crc32(part.encode()) for part in parts], dtype=np.uint64)
    rng = np.random.default_rng(seed)
    a, b = rng.integers(0, 2**64, (2, size, 1), dtype=np.uint64)
    hashes = (a * x + b) >> np.uint64(32)  # (size, parts); modulo 2⁶⁴ by itself
    return hashes.min(axis=1).astype(np.uint32)


def candidates(signatures: np.ndarray, bands: int) -> set[tuple[int, int]]:
    """Pairs of rows that agree in a whole band: those to compare in full.

    signatures: (texts, size). A pair of similarity s is named with probability
    1 − (1 − sʳ)ᵇ for b bands of r. ValueError when the bands do not fill the size.
    """
    texts, size = signatures.shape
    if size % bands:
        raise ValueError(f"{bands} bands do not divide {size}")
    pairs = set()
    for band in signatures.reshape(texts, bands, -1).swapaxes(0, 1):
        buckets = defaultdict(list)
        for row, part in enumerate(band):
            buckets[part.tobytes()].append(row)
        for rows in buckets.values():
            pairs.update(combinations(rows, 2))
    return pairs


# --8<-- [end:code]
