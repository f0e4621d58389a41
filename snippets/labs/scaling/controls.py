"""What a language model has to beat: counting runs of tokens, and compressors that everybody has."""

import gzip
import lzma
from collections.abc import Sequence

import numpy as np

BITS = 12  # a token's place in the number of a run: five of them fit into 63 bits


# --8<-- [start:counts]
class Counts:
    """An n-gram model of tokens: interpolated Kneser-Ney, one discount an order, n₁ / (n₁ + 2·n₂) of its counts.

    Source: Ney, Essen and Kneser 1994, doi 10.1006/csla.1994.1001; Chen and Goodman 1999, doi 10.1006/csla.1999.0128.
    """

    def __init__(self, data: np.ndarray, order: int, vocabulary: int):
        if vocabulary > 1 << BITS or order * BITS > 63:
            raise ValueError(f"{order} tokens of {vocabulary} do not fit into a number")
        self.order, self.vocabulary = order, vocabulary
        self.tables = []
        keys, counts = np.unique(grams(data, order), return_counts=True)
        for length in range(order, 0, -1):
            ones, twos = (counts == 1).sum(), (counts == 2).sum()
            discount = ones / (ones + 2 * twos) if ones else 0.5
            contexts, starts = np.unique(keys >> BITS, return_index=True)
            totals = np.add.reduceat(counts, starts)
            kinds = np.diff(np.append(starts, len(keys)))
            self.tables.insert(0, (keys, counts, contexts, totals, kinds, float(discount)))
            # Shorter runs count what stands before them: how many different tokens, not how often.
            keys, counts = np.unique(keys & ((1 << BITS * (length - 1)) - 1), return_counts=True)

    def bits(self, text: np.ndarray) -> float:
        """What a text of two tokens or more costs; its first token is given, not counted."""
        likely = np.full(len(text) - 1, 1 / self.vocabulary)
        padded = np.concatenate([np.repeat(text[:1], self.order), text[1:]])
        for length, (keys, counts, contexts, totals, kinds, discount) in enumerate(self.tables, 1):
            asked = grams(padded, length)[-len(likely) :]
            count = looked_up(keys, counts, asked)
            total = looked_up(contexts, totals, asked >> BITS)
            kind = looked_up(contexts, kinds, asked >> BITS)
            more = (np.maximum(count - discount, 0) + discount * kind * likely) / np.maximum(
                total, 1
            )
            likely = np.where(total > 0, more, likely)
        return float(-np.log2(likely).sum())


# --8<-- [end:counts]


def grams(data: np.ndarray, length: int) -> np.ndarray:
    """Every run of so many tokens as one number."""
    count = len(data) - length + 1
    return sum(
        data[place : place + count].astype(np.int64) << BITS * (length - 1 - place)
        for place in range(length)
    )


def looked_up(keys: np.ndarray, values: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """The value of each key that is asked for; 0 where there is none. keys: sorted."""
    places = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
    return np.where(keys[places] == asked, values[places], 0)


def compressed(texts: Sequence[str], known: str) -> dict[str, float]:
    """Bits a character by gzip and xz: of the texts alone, and after `known`, which is not counted.

    gzip looks back 32 KiB and cannot use more than that of it.
    """
    text = "".join(texts)
    ways = {
        "gzip": lambda data: gzip.compress(data, 9, mtime=0),
        "xz": lambda data: lzma.compress(data, preset=9 | lzma.PRESET_EXTREME),
    }
    found = {}
    for name, way in ways.items():
        found[name] = 8 * len(way(text.encode())) / len(text)
        after = len(way((known + text).encode())) - len(way(known.encode()))
        found[f"{name}_known"] = 8 * after / len(text)
    return found
