"""Byte-level byte-pair encoding: learn merges, encode, decode.

Sources: Sennrich and others (arXiv 1508.07909); Radford and others, GPT-2, section 2.2 (bytes, pre-split words).
"""

# --8<-- [start:code]
import re
from collections import Counter
from itertools import pairwise

Merges = dict[tuple[int, int], int]  # pair → new token, in the order learnt
WORD = re.compile(r" ?\S+|\s")  # no merge crosses these; they add up to the text


def merge(word: tuple[int, ...], pair: tuple[int, int], new: int) -> tuple[int, ...]:
    """The word with each occurrence of the pair, from the left, made one token."""
    out, i = [], 0
    while i < len(word):
        found = word[i : i + 2] == pair
        out.append(new if found else word[i])
        i += 2 if found else 1
    return tuple(out)


def train(text: str, count: int) -> Merges:
    """At most `count` merges, while a pair occurs twice; of equals the smaller."""
    words = Counter(tuple(word.encode()) for word in WORD.findall(text))
    merges: Merges = {}
    while len(merges) < count:
        pairs: Counter[tuple[int, int]] = Counter()
        for word, times in words.items():
            for pair in pairwise(word):
                pairs[pair] += times
        best = min(pairs, key=lambda pair: (-pairs[pair], pair), default=None)
        if best is None or pairs[best] < 2:
            break
        merges[best] = 256 + len(merges)
        new = merges[best]
        words = Counter({merge(word, best, new): n for word, n in words.items()})
    return merges


def encode(text: str, merges: Merges) -> list[int]:
    """Tokens of a text: of a word's pairs, the one learnt first is merged first."""
    tokens: list[int] = []
    for text_word in WORD.findall(text):
        word = tuple(text_word.encode())
        while known := [pair for pair in pairwise(word) if pair in merges]:
            first = min(known, key=merges.__getitem__)
            word = merge(word, first, merges[first])
        tokens += word
    return tokens


def decode(tokens: list[int], merges: Merges) -> str:
    """The text; bytes that are no whole character become U+FFFD."""
    parts = {byte: bytes([byte]) for byte in range(256)}
    for (left, right), new in merges.items():
        parts[new] = parts[left] + parts[right]
    return b"".join(parts[token] for token in tokens).decode(errors="replace")


# --8<-- [end:code]
