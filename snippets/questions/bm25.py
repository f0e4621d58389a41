"""BM25 over an inverted index.

Source: Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, section 3; the logarithm
with 1 + as in Apache Lucene's BM25Similarity.
"""

# --8<-- [start:code]
import math
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np


class BM25:
    """An index of documents that are lists of words."""

    def __init__(
        self,
        documents: Sequence[Sequence[str]],
        k1: float = 1.2,
        b: float = 0.75,
    ):
        """Raises ValueError when there are no documents, or none holds a word."""
        lengths = np.array([len(words) for words in documents], dtype=float)
        if not lengths.any():
            raise ValueError("no document holds a word")
        self.norm = k1 * (1 - b + b * lengths / lengths.mean())  # (n,)
        self.k1 = k1
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for row, words in enumerate(documents):
            for word, times in Counter(words).items():
                found[word].append((row, times))
        self.postings = {word: np.array(rows).T for word, rows in found.items()}

    def scores(self, query: Sequence[str]) -> np.ndarray:
        """A score ≥ 0 for each document, (n,); unknown words count nothing."""
        scores = np.zeros(len(self.norm))
        for word in query:
            if word in self.postings:
                rows, f = self.postings[word]  # only documents that hold the word
                without = len(scores) - len(rows)
                idf = math.log(1 + (without + 0.5) / (len(rows) + 0.5))
                scores[rows] += idf * f * (self.k1 + 1) / (f + self.norm[rows])
        return scores


# --8<-- [end:code]
