"""What a million tokens cost, each price with the day from which it stood and its source.

Money is counted in millionths of a unit of currency, as whole numbers: no rounding before the end.
"""

from dataclasses import dataclass

MODEL_PRICES = "model-prices 0.0.5"
DEEPSEEK = "https://api-docs.deepseek.com/zh-cn/quick_start/pricing/"
MILLION = 1_000_000


@dataclass(frozen=True)
class Price:
    """One line of the table: a million tokens of input (not cached) and of output."""

    id: str
    model: str
    tokenizer: str
    currency: str
    input: int  # millionths of the currency for a million tokens
    output: int
    since: str  # the day from which the source has it
    source: str
    when: str = ""  # "peak" or "off_peak"


def price(id: str, model: str, tokenizer: str, input: str, output: str, since: str) -> Price:
    """A line of the table in US dollars."""
    return Price(id, model, tokenizer, "USD", units(input), units(output), since, MODEL_PRICES)


def units(text: str) -> int:
    """An amount as it is written, in millionths: "0.15" is 150,000."""
    whole, _, part = text.partition(".")
    return int(whole) * MILLION + int(part.ljust(6, "0")[:6])


def yuan(id: str, model: str, input: str, output: str, when: str) -> Price:
    """A line of DeepSeek's own list."""
    amounts = units(input), units(output)
    return Price(id, model, "deepseek", "CNY", *amounts, "2026-11-29", DEEPSEEK, when)


PRICES = {
    one.id: one
    for one in (
        yuan("flash_yuan", "DeepSeek V4 Flash", "1", "4", "off_peak"),
        yuan("flash_yuan_peak", "DeepSeek V4 Flash", "2", "8", "peak"),
        yuan("pro_yuan", "DeepSeek V4 Pro", "4.5", "13.5", "off_peak"),
        yuan("pro_yuan_peak", "DeepSeek V4 Pro", "9", "27", "peak"),
        price("flash", "DeepSeek V4 Flash", "deepseek", "0.15", "0.60", "2026-09-10"),
        price("gpt_4o_mini", "GPT-4o mini", "o200k", "0.15", "0.60", "2026-10-01"),
        price("gpt_5_mini", "GPT-5 mini", "o200k", "0.25", "2", "2026-10-01"),
        price("minimax_m3", "MiniMax-M3", "minimax", "0.30", "1.20", "2026-06-25"),
        price("qwen35_plus", "Qwen3.5-Plus", "qwen36", "0.40", "2.40", "2026-10-09"),
        price("qwen36_plus", "Qwen3.6-Plus", "qwen36", "0.50", "3", "2026-05-12"),
        price("gpt_35_turbo", "GPT-3.5 Turbo", "cl100k", "0.50", "1.50", "2026-10-23"),
        price("glm_52", "GLM-5.2", "glm", "1.40", "4.40", "2026-06-22"),
        price("gpt_5", "GPT-5", "o200k", "1.25", "10", "2026-10-01"),
        price("mistral_nemo", "Mistral Nemo", "tekken", "0.15", "0.15", "2025-06-10"),
    )
}


def cost(id: str, input: int, output: int, calls: int = 1) -> int:
    """What calls cost, in millionths of the currency, rounded half up: so many tokens in and out at each call."""
    one = PRICES[id]
    return halved_up(calls * (input * one.input + output * one.output), MILLION)


def halved_up(amount: int, by: int) -> int:
    """A division of whole numbers, rounded half up."""
    return (2 * amount + by) // (2 * by)
