"""Lab: what Chinese costs in tokens. Nine tokenizers of current models on real texts of a dozen kinds.

A count is exact: it is that of the model's own tokenizer. What varies is the text, so each corpus is cut into ten
blocks, and the interval says how far another hundred thousand characters of its kind may be off.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from snippets.labs.steps import kept
from snippets.labs.tokens.corpora import HALF_WIDTH, converter, draw, personal_information_law
from snippets.labs.tokens.prices import MILLION, PRICES, halved_up
from snippets.labs.tokens.vocabularies import TOKENIZERS, encode

SENTENCE = re.compile(r"[^。！？!?\n]+")
# Pairs of corpora that hold the same units.
PAIRS = {
    "traditional_law": ("law_traditional", "law"),
    "traditional_news": ("news_traditional", "news"),
    "traditional_messages": ("messages_traditional", "messages"),
    "traditional_poems": ("poems_traditional", "poems"),
    "chinese_against_english": ("messages", "messages_english"),
}
STRINGS = [
    "中华人民共和国个人信息保护法",
    "中華人民共和國個人資訊保護法",
    "人工智能大模型创业手册",
    "用 GPU 训练 LLM 的成本是多少？",
    "学而时习之，不亦说乎？有朋自远方来，不亦乐乎？",
    "您好，我想问一下，明天上午骨科李主任的号还有吗？",
    "1234567890",
    "2026年11月29日",
    "¥1,234.56",
    "张喆 王堃 李龑",
    "The quick brown fox jumps over the lazy dog.",
]


@dataclass(frozen=True)
class Settings:
    """The measurement. characters: of each corpus at most. calls, in, out: of the bill that is reckoned."""

    tokenizers: tuple[str, ...] = tuple(TOKENIZERS)
    characters: int = 100_000
    blocks: int = 10
    seed: int = 0
    window: int = 128_000
    calls_a_month: int = 300_000
    characters_in: int = 3_000
    characters_out: int = 300


FULL = Settings()
SMALL = Settings(tokenizers=("qwen36", "o200k"), characters=8_000, blocks=2)


def run(settings: Settings, folder: Path) -> dict:
    """Count everything; a tokenizer is a step."""
    texts = draw(settings.characters, settings.seed)
    found = {
        name: kept(
            folder,
            f"counts-{name}",
            lambda name=name: counts(name, texts, settings.blocks),
            settings=settings,
        )
        for name in settings.tokenizers
    }
    return {
        "corpora": {name: size(units) for name, units in texts.items()},
        "tokenizers": found,
        "ratios": {name: ratios(found, pair) for name, pair in PAIRS.items()},
        "against_best": {name: against_best(found, name) for name in texts},
        "bills": bills(found, settings),
        "window": {"tokens": settings.window, **windows(found, settings.window)},
    }


def size(units: Sequence[str]) -> dict:
    """How much text a corpus is."""
    return {
        "units": len(units),
        "characters": sum(map(len, units)),
        "sentences": sum(len(SENTENCE.findall(unit)) for unit in units),
    }


def counts(name: str, texts: dict[str, list[str]], blocks: int) -> dict:
    """What a tokenizer makes of each corpus, of a whole law in three spellings, of single characters, and of some strings."""
    law = personal_information_law()
    spellings = {
        "simplified": law,
        "traditional": converter()(law),
        "half_width": law.translate(HALF_WIDTH),
    }
    return {
        "corpora": {corpus: count(name, units, blocks) for corpus, units in texts.items()},
        "whole_law": {kind: len(encode(name, text)) for kind, text in spellings.items()},
        "one_token": {level: whole(name, level) for level in ("common", "rarer")},
        "strings": [len(encode(name, text)) for text in STRINGS],
    }


def count(name: str, units: Sequence[str], blocks: int) -> dict:
    """Tokens of a corpus: in all, a character (with its interval over blocks) and a sentence."""
    from snippets.labs.statistics import mean_interval  # not where the site is built

    tokens = [len(encode(name, unit)) for unit in units]
    parts = [
        sum(tokens[at::blocks]) / sum(len(unit) for unit in units[at::blocks])
        for at in range(min(blocks, len(units)))
    ]
    about = size(units)
    return {
        "tokens": sum(tokens),
        "per_character": sum(tokens) / about["characters"],
        "interval": mean_interval(parts)["interval"],
        "per_sentence": sum(tokens) / about["sentences"],
    }


def whole(name: str, level: str) -> float:
    """The share of the characters of GB 2312 that are one token: its 3,755 common ones, or its 3,008 rarer ones."""
    rows = range(0xB0, 0xD8) if level == "common" else range(0xD8, 0xF8)
    codes = (bytes([row, cell]) for row in rows for cell in range(0xA1, 0xFF))
    characters = [text for text in (code.decode("gb2312", "ignore") for code in codes) if text]
    return sum(len(encode(name, one)) == 1 for one in characters) / len(characters)


def ratios(found: dict, pair: tuple[str, str]) -> dict[str, float]:
    """How many times the tokens of one corpus are those of the other, by tokenizer."""
    first, second = pair
    return {
        name: one["corpora"][first]["tokens"] / one["corpora"][second]["tokens"]
        for name, one in found.items()
    }


def against_best(found: dict, corpus: str) -> dict[str, float]:
    """How many times the tokens of the tokenizer that needs fewest, by tokenizer, fewest first."""
    tokens = {name: one["corpora"][corpus]["tokens"] for name, one in found.items()}
    least = min(tokens.values())
    return {name: tokens[name] / least for name in sorted(tokens, key=tokens.get)}


# --8<-- [start:bills]
def bills(found: dict, settings: Settings) -> dict:
    """What a month costs with each model whose tokenizer was counted, by the kind of text that is read.

    Each call reads so many characters of that kind and writes so many of news, which is prose. Money is in millionths.
    """
    made = {}
    for kind in ("law", "law_traditional", "tables", "customers", "messages_english"):
        made[kind] = {}
        for id, price in PRICES.items():
            if price.tokenizer not in found:
                continue
            read, written = (found[price.tokenizer]["corpora"][name] for name in (kind, "news"))
            # Tokens a month: the corpus' own ratio, as whole numbers.
            tokens = [
                round(settings.calls_a_month * characters * one["per_character"])
                for characters, one in (
                    (settings.characters_in, read),
                    (settings.characters_out, written),
                )
            ]
            amount = halved_up(tokens[0] * price.input + tokens[1] * price.output, MILLION)
            made[kind][id] = {
                "tokens_in": tokens[0],
                "tokens_out": tokens[1],
                "month": amount / MILLION,
                "million_characters": price.input * read["per_character"] / MILLION,
            }
    return made


# --8<-- [end:bills]


def windows(found: dict, window: int) -> dict:
    """How many characters of each kind fit into a context window, by tokenizer."""
    return {
        kind: {
            name: round(window / one["corpora"][kind]["per_character"])
            for name, one in found.items()
        }
        for kind in ("law", "law_traditional", "news", "tables", "messages_english")
    }
