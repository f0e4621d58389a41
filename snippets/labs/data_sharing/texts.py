"""Reviews of three trades as three parties, and the characters of a text as the input of a linear model."""

import functools
import re
from collections.abc import Sequence

import numpy as np
import torch

from snippets.labs.reviews import Review, comparable, read_reviews

# A review belongs to a trade when it holds a word of that one and of no other. The words were fixed before measuring.
TRADES = {
    "hotels": re.compile("酒店|宾馆|房间|入住|前台|客房|早餐"),
    "books": re.compile("书|作者|小说|阅读|故事|文字"),
    "goods": re.compile(
        "手机|电脑|屏幕|电池|机器|键盘|笔记本|系统|内存|硬盘|热水器|洗发|牛奶|蒙牛|水果|苹果|衣服|平板|快递|物流"
    ),
}
# The 3,755 most common characters by a public standard, GB 2312 level 1: no party has to show its texts to agree on them.
CHARACTERS = {
    bytes([row, cell]).decode("gb2312"): (row - 0xB0) * 94 + cell - 0xA1
    for row in range(0xB0, 0xD8)
    for cell in range(0xA1, 0xFF if row < 0xD7 else 0xFA)
}


@functools.cache
def by_trade() -> dict[str, list[Review]]:
    """The distinct reviews of each trade; texts with two labels or of no single trade are left out."""
    groups: dict[str, list[Review]] = {}
    for review in read_reviews():
        groups.setdefault(comparable(review.text), []).append(review)
    found: dict[str, list[Review]] = {name: [] for name in TRADES}
    for same in groups.values():
        of = [name for name, words in TRADES.items() if words.search(same[0].text)]
        if len(of) == 1 and len({review.positive for review in same}) == 1:
            found[of[0]].append(same[0])
    return found


def characters(text: str) -> set[int]:
    """The places of a text's characters in the list; others are not counted."""
    return {CHARACTERS[one] for one in text if one in CHARACTERS}


def vectors(texts: Sequence[str]) -> torch.Tensor:
    """Which characters a text holds, as rows of length one: (texts, characters)."""
    made = torch.zeros(len(texts), len(CHARACTERS))
    for row, text in zip(made, texts, strict=True):
        held = list(characters(text))
        row[held] = 1 / np.sqrt(max(len(held), 1))
    return made
