"""Beam search with a penalty on length, and a rule that says when it may stop.

Source: Wu and others, Google's Neural Machine Translation System, section 7 (arXiv 1609.08144).
"""

# --8<-- [start:code]
from collections.abc import Callable
from heapq import nlargest

import numpy as np

Text = tuple[int, ...]


def beam_search(
    step: Callable[[Text], np.ndarray],
    end: int,
    width: int,
    longest: int,
    alpha: float = 0.6,
) -> tuple[float, Text]:
    """The best text found and its score, log p / ((5 + length) / 6) ** alpha.

    step: tokens so far → log p of the next, (vocabulary,). `end` is a token too.
    A text of `longest` tokens counts without it. alpha 0: plain log p.
    Raises ValueError unless width and longest are at least 1 and alpha at least 0.
    """
    if width < 1 or longest < 1 or alpha < 0:
        raise ValueError("width ≥ 1, longest ≥ 1 and alpha ≥ 0, please")

    def score(logp: float, length: int) -> float:
        return logp / ((5 + length) / 6) ** alpha

    live: list[tuple[float, Text]] = [(0.0, ())]
    done: list[tuple[float, Text]] = []
    for length in range(1, longest + 1):
        grown = (
            (logp + float(more), (*text, token))
            for logp, text in live
            for token, more in enumerate(step(text))
        )
        # Each live text ends in one way only: of 2 × width at least width go on.
        best = nlargest(2 * width, grown)
        done += [(score(p, length), text) for p, text in best if text[-1] == end]
        live = [one for one in best if one[1][-1] != end][:width]
        # log p only falls, so no text that is live can come out better than this.
        hope = max((score(logp, longest) for logp, _ in live), default=-np.inf)
        if done and max(done)[0] >= hope:
            return max(done)
    return max(done + [(score(logp, longest), text) for logp, text in live])


# --8<-- [end:code]
