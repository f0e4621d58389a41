"""An API bill: dialogues × turns × tokens at the prices of a list, a month and a year, and which lever
saves most.

- Every turn sends the system prompt S and all questions Q and answers A before it again. A dialogue
  of T turns has T·S + Q·T(T+1)/2 + A·T(T−1)/2 input tokens and T·(A + thinking) output tokens.
- The bill: ((input − cached)·p_in + cached·p_hit + output·p_out) / 10⁶. Cached tokens are part of
  the input. Peak hours multiply it by 1 + share × (factor − 1), a batch interface by 1 − share × (1
  − batch price).
- Tokens of a character: the 95 % interval of the tokens lab for tokenizer and kind of text; for a
  tokenizer that is not public the span of the nine measured.
- A year has 365 days, a month a twelfth of it.
- Levers: the bill as it is less the bill with the lever, all else unchanged. “caching”: all that is
  sent again is a hit, the system prompt from the second dialogue on. “smaller”: the same tokens at
  the other list's prices.
- Not in it: prices that rise with the input's length, the price of writing to a cache, the chat
  template's tokens, tax.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from snippets.calculators import tables
from snippets.calculators.fields import Answer, Inputs, both, over, plus, ranged, times
from snippets.calculators.numbers import InputError, written

MONTHS, DAYS = 12.0, 365.0
Range = tuple[float, float]


def api(given: Mapping[str, Any]) -> dict[str, Any]:
    """The bill; the inputs are those of data/calculators/inputs.yml.

    Raises:
        InputError: an input is missing or cannot be used.
    """
    inputs = Inputs("api", given)
    answer = Answer("api", inputs)
    prices = price_list(inputs)
    use = totals(inputs) if given_totals(inputs) else dialogues(inputs)
    months = DAYS / MONTHS if inputs["period"] == "day" else 1.0
    answer.set("input_tokens", times(use.input, months))
    answer.set("cached_tokens", times(over_hits(use), months))
    answer.set("output_tokens", times(use.output, months))
    bill = ends(prices, use)
    year = DAYS if inputs["period"] == "day" else MONTHS
    answer.set("day", times(bill, 1.0 if inputs["period"] == "day" else MONTHS / DAYS))
    answer.set("month", times(bill, months))
    answer.set("year", times(bill, year))
    notes(inputs, answer, use)
    if use.dialogues:
        answer.set("per_dialogue", over(bill, use.dialogues))
    if use.output[0] > 0:
        million = [each / out * 1e6 for each, out in zip(bill, use.output, strict=True)]
        answer.set("cost_per_million_output_tokens", (min(million), max(million)))
    answer.extra["levers"] = levers(inputs, answer, prices, use, months)
    return answer.json()


@dataclass(frozen=True)
class Prices:
    """For a million tokens, and what multiplies the bill."""

    input: float
    cached: float
    output: float
    peak: float = 1.0
    batch: float = 1.0


@dataclass(frozen=True)
class Use:
    """Tokens of a period at the low and the high end, and how they are billed."""

    input: Range
    output: Range
    hits: Range
    peak: Range
    batch: Range
    dialogues: float = 0.0
    shorter: tuple[Range, Range] | None = None  # input and output with shorter answers
    repeated: Range | None = None  # the share of the input that is sent again
    longest: float = 0.0  # input tokens of the longest request


def notes(inputs: Inputs, answer: Answer, use: Use) -> None:
    """What must be known about the prices."""
    row = inputs["model"]
    if inputs.origin["price_input"] == "typed":
        answer.note("month", "typed_prices")
    elif use.longest > row.get("tier", use.longest):
        answer.note("month", "tier", model=row["id"], tokens=written(row["tier"]))


def price_list(inputs: Inputs, field: str = "model") -> Prices:
    """The prices typed, or those of the list in the currency chosen."""
    if inputs.typed("price_input") or inputs.typed("price_output") or inputs.typed("price_cached"):
        for name in ("price_input", "price_output"):
            if inputs[name] is None:
                raise InputError(name, "together", others="price_input, price_output")
        inputs.fill("price_cached", inputs["price_input"])
        inputs.fill("peak_factor", 1.0)
        own = (inputs["price_input"], inputs["price_cached"], inputs["price_output"])
        return Prices(*own, peak=inputs["peak_factor"])
    inputs.cite("prices")
    row = inputs[field]
    found = listed(row, field, inputs["currency"])
    inputs.fill("price_input", found.input)
    inputs.fill("price_cached", found.cached)
    inputs.fill("price_output", found.output)
    return replace(found, peak=inputs.fill("peak_factor", found.peak))


def listed(row: dict[str, Any], field: str, currency: str) -> Prices:
    """A row of prices.yml."""
    if currency not in row["lists"]:
        has = ", ".join(row["lists"])
        raise InputError(field, "no_list", value=row["id"], currency=currency, options=has)
    one = row["lists"][currency]
    amounts = float(one["input"]), float(one["cached"]), float(one["output"])
    return Prices(*amounts, peak=float(row.get("peak", 1)), batch=float(row.get("batch", 1)))


def given_totals(inputs: Inputs) -> bool:
    """Whether the tokens themselves were given."""
    names = ("input_tokens", "output_tokens", "cached_tokens")
    if all(inputs[name] is None for name in names):
        return False
    for name in names[:2]:
        if inputs[name] is None:
            raise InputError(name, "together", others="input_tokens, output_tokens")
    return True


def totals(inputs: Inputs) -> Use:
    """Tokens as given."""
    amount, cached = inputs["input_tokens"], inputs["cached_tokens"]
    hits = inputs["cached"]
    if cached is not None:
        if cached > amount:
            values = {"value": written(cached), "whole": written(amount)}
            raise InputError("cached_tokens", "part_of", **values)
        hits = both(cached / amount if amount else 0.0)
    output = inputs["output_tokens"]
    short = both(output * (1.0 - inputs["shorter"]))
    billed = {"hits": hits, "peak": inputs["peak"], "batch": inputs["batch"]}
    return Use(both(amount), both(output), **billed, shorter=(both(amount), short))


def dialogues(inputs: Inputs) -> Use:
    """Tokens of a period from dialogues, turns and lengths."""
    rate = rate_of(inputs)
    system, question, answer = (
        times(inputs[one], rate) for one in ("system", "question", "answer")
    )
    turns, count, thinking = inputs["turns"], inputs["dialogues"], inputs["thinking"]
    sent = spoken(turns, system, question, answer)
    short = times(answer, 1.0 - inputs["shorter"])
    fresh = plus(times(question, turns), times(answer, turns - 1.0))
    again = [1.0 - new / all_ if all_ else 0.0 for new, all_ in zip(fresh, sent, strict=True)]
    return Use(
        input=times(sent, count),
        output=times(times(plus(answer, thinking), turns), count),
        hits=inputs["cached"],
        peak=inputs["peak"],
        batch=inputs["batch"],
        dialogues=count,
        shorter=(
            times(spoken(turns, system, question, short), count),
            times(times(plus(short, thinking), turns), count),
        ),
        repeated=(again[0], again[1]),
        longest=system[1] + question[1] * turns + answer[1] * (turns - 1.0),
    )


def spoken(turns: float, system: Range, question: Range, answer: Range) -> Range:
    """Input tokens of one dialogue."""
    asked = times(question, turns * (turns + 1.0) / 2.0)
    said = times(answer, turns * (turns - 1.0) / 2.0)
    return plus(times(system, turns), asked, said)


def rate_of(inputs: Inputs) -> Range:
    """Tokens for each unit of length."""
    if inputs["counted_in"] == "tokens":
        return 1.0, 1.0
    inputs.cite("tokens")
    named = None if inputs.origin["price_input"] == "typed" else inputs["model"].get("tokenizer")
    tokenizer = inputs.fill("tokenizer", named or "unknown")
    return tables.rates()[tokenizer][inputs["text"]]


def over_hits(use: Use) -> Range:
    """Cached input tokens."""
    return use.input[0] * use.hits[0], use.input[1] * use.hits[1]


def bill_of(prices: Prices, use: Use, end: int, hits: float) -> float:
    """What a period costs at one end of the ranges; the share of batch counts the other way."""
    cached = use.input[end] * hits
    tokens = (use.input[end] - cached) * prices.input + cached * prices.cached
    tokens = (tokens + use.output[end] * prices.output) / 1e6
    peak = 1.0 + use.peak[end] * (prices.peak - 1.0)
    return tokens * peak * (1.0 - use.batch[1 - end] * (1.0 - prices.batch))


def ends(prices: Prices, use: Use) -> Range:
    """The bill, lowest and highest: most hits where they are cheaper."""
    low = min(bill_of(prices, use, 0, hits) for hits in use.hits)
    high = max(bill_of(prices, use, 1, hits) for hits in use.hits)
    return low, high


def levers(
    inputs: Inputs, answer: Answer, prices: Prices, use: Use, months: float
) -> dict[str, dict[str, Any]]:
    """What each lever saves a month, the largest first; those that save nothing are named in the notes."""
    now = ends(prices, use)
    after: dict[str, tuple[Prices, Use]] = {}
    if use.repeated:
        most = (max(use.hits[0], use.repeated[0]), max(use.hits[1], use.repeated[1]))
        after["caching"] = (prices, replace(use, hits=most))
    if use.shorter:
        after["shorter"] = (prices, replace(use, input=use.shorter[0], output=use.shorter[1]))
    if other := smaller_list(inputs):
        after["smaller"] = (other, use)
    if prices.batch < 1:
        after["batch"] = (prices, replace(use, batch=(1.0, 1.0)))
    if prices.peak > 1:
        after["off_peak"] = (prices, replace(use, peak=(0.0, 0.0)))
    unit, found = inputs["currency"], {}
    for name in ("caching", "shorter", "smaller", "batch", "off_peak"):
        then = ends(*after[name]) if name in after else now
        saved = sorted(((now[0] - then[0]) * months, (now[1] - then[1]) * months))
        if saved[1] > 0:
            found[name] = ranged((saved[0], saved[1]), unit)
        else:
            answer.note(name, "no_lever")
    return dict(sorted(found.items(), key=lambda one: -one[1]["high"]))


def smaller_list(inputs: Inputs) -> Prices | None:
    """The prices of the smaller model: as chosen, or the one named beside the list."""
    if inputs["smaller"]:
        return listed(inputs["smaller"], "smaller", inputs["currency"])
    name = None if inputs.origin["price_input"] == "typed" else inputs["model"].get("smaller")
    row = tables.find("price", name) if name else None
    if not row or inputs["currency"] not in row["lists"]:
        return None
    return listed(inputs.fill("smaller", row["id"]), "smaller", inputs["currency"])
