"""Borders of Chinese words where they matter to the search: 机器上面试过 does not hold the word 面试.

The search finds any run of characters. Now and then the end of one word and the beginning of the next make a third:
there the index gets a border, across which nothing is found. Only where every way to read the text with the fewest
words has its border in the middle of that third word; where there is any doubt, nothing is changed.
"""

import re
from collections.abc import Iterable

import rjieba

BORDER = "\x7f"  # one byte; search-terms.js and search.js know it
RUN = re.compile(r"[\u3400-\u9fff]{3,}")
LONGEST = 5


class Borders:
    """Puts borders into texts.

    known: words that no general dictionary has, such as the glossary's.
    """

    def __init__(self, known: Iterable[str] = ()) -> None:
        self.jieba = rjieba.Jieba()
        self.known = set(known)

    def put(self, text: str) -> str:
        """A text with its borders."""
        return RUN.sub(lambda match: self.cut(match[0]), text)

    def cut(self, run: str) -> str:
        """A run of characters with its borders."""
        size = len(run)
        words = [
            (start, end)
            for start in range(size)
            for end in range(start + 2, min(start + LONGEST, size) + 1)
            if self.is_word(run[start:end])
        ]
        steps = words + [(at, at + 1) for at in range(size)]
        before = fewest(size, steps)
        after = fewest(size, [(size - end, size - start) for start, end in steps])[::-1]
        least = before[size]
        best = [step for step in steps if before[step[0]] + 1 + after[step[1]] == least]
        inside = {at for start, end in best for at in range(start + 1, end)}
        borders = {
            at
            for start, end in words
            if before[start] + 1 + after[end] > least
            for at in range(start + 1, end)
            if at not in inside
        }
        return "".join(BORDER + char if at in borders else char for at, char in enumerate(run))

    def is_word(self, word: str) -> bool:
        """Whether a dictionary has it."""
        return word in self.known or self.jieba.has_word(word)


def fewest(size: int, steps: list[tuple[int, int]]) -> list[int]:
    """The number of words that it takes to come from the start to each place."""
    counts = [0] + [size + 1] * size
    for start, end in sorted(steps):
        counts[end] = min(counts[end], counts[start] + 1)
    return counts
