"""API, own GPU, or a fine-tuned small model: what each costs a month, people included, and from which
load it pays.

- API: output × (ratio × ((1 − hits)·p_in + hits·p_hit) + p_out) / 10⁶ × (1 + share at peak ×
  (factor − 1)).
- Own GPU: copies × cards × price × 730 hours, paid around the clock, and hours of work × wage.
  Copies: the demand over what one copy writes at full load, rounded up; that comes from a
  measurement, or from the serving calculator with as many conversations as fit.
- Small model: the same with its own cards and hours; the tuning (work and GPU hours) is spread over
  the months.
- Break-even: the output a month at which one copy and its people cost what the API would; as a
  load, over what one copy can write. Above 100 % one copy never pays.
- Not in it: that quality may differ, that load peaks and nights stand idle (average load is rarely
  above a half), idle reserves, network, office.
"""

import math
from collections.abc import Mapping
from typing import Any

from snippets.calculators.api import Prices, listed
from snippets.calculators.fields import Answer, Inputs, both, over, plus, times
from snippets.calculators.numbers import InputError, written
from snippets.calculators.serving import Machine

HOURS = 365.0 * 24.0 / 12.0  # a month
Range = tuple[float, float]


def breakeven(given: Mapping[str, Any]) -> dict[str, Any]:
    """The three ways compared; the inputs are those of data/calculators/inputs.yml.

    Raises:
        InputError: an input is missing or cannot be used.
    """
    inputs = Inputs("breakeven", given)
    answer = Answer("breakeven", inputs)
    inputs.cite("prices")
    card, currency = inputs.card(), inputs["currency"]
    price = inputs.fill("price", card.get("price", {}).get(currency))
    if not price:
        raise InputError("price", "card_lacks", card=card["id"])
    each = api_price(inputs, listed(inputs["api"], "api", currency))
    demand = inputs["output_tokens"]
    answer.set("api_month", times(each, demand))
    tuning = plus(
        times(inputs["tuning_hours"], inputs["wage"]), times(inputs["tuning_gpu_hours"], price)
    )
    spread = {"own": (0.0, 0.0), "small": over(tuning, inputs["months"])}
    loads = {}
    for way in ("own", "small"):
        capacity = times(throughput(inputs, way), HOURS * 3600.0)
        cards = times(price, inputs[f"{way}_gpus"] * HOURS)
        people = plus(times(inputs[f"{way}_hours"], inputs["wage"]), spread[way])
        copies = float(math.ceil(demand / capacity[1])), float(math.ceil(demand / capacity[0]))
        if copies[1] > 1:
            answer.note(f"{way}_month", "more_copies")
        answer.set(f"{way}_people", people)
        answer.set(f"{way}_capacity", capacity)
        answer.set(f"{way}_month", plus(times(cards, copies), people))
        answer.set(f"{way}_load", over(demand, capacity))
        tokens = over(plus(cards, people), each)
        answer.set(f"{way}_breakeven_tokens", tokens)
        loads[way] = over(tokens, capacity)
        answer.set(f"{way}_breakeven", loads[way])
    answer.extra["pays"] = {way: pays(load) for way, load in loads.items()}
    answer.extra["cheapest"] = cheapest(answer)
    return answer.json()


def api_price(inputs: Inputs, prices: Prices) -> Range:
    """An output token with its input."""
    each = []
    for end in (0, 1):
        hits = inputs["cached"][1 - end]
        fresh = inputs["input_ratio"][end] * ((1.0 - hits) * prices.input + hits * prices.cached)
        peak = 1.0 + inputs["peak"][end] * (prices.peak - 1.0)
        each.append((fresh + prices.output) / 1e6 * peak)
    if each[0] <= 0:
        raise InputError("api", "nothing")
    return each[0], each[1]


def throughput(inputs: Inputs, way: str) -> Range:
    """Output tokens a second of one copy at full load."""
    if inputs[f"{way}_throughput"]:
        return both(inputs[f"{way}_throughput"])
    model, count = inputs[f"{way}_model"], inputs[f"{way}_gpus"]
    rates = []
    for end in (0, 1):
        ratio = inputs["input_ratio"][1 - end]
        machine = Machine(
            Inputs(
                "serving",
                {
                    "model": model["id"],
                    "gpu": inputs["gpu"]["id"],
                    "gpus": count,
                    "context": inputs["context"],
                    "weight_bits": inputs["weight_bits"],
                    "cached": inputs["cached"],
                    "output_share": max(0.001, 1.0 / (1.0 + ratio)),
                },
            )
        )
        if machine.users[1] < 1:
            values = {"model": model["id"], "count": written(count), "card": inputs["gpu"]["id"]}
            needed = written(machine.cards_needed())
            raise InputError(f"{way}_gpus", "no_room", needed=needed, **values)
        rates.append(machine.sustained(machine.batch())[end])
    inputs.cite("models")
    return rates[0], rates[1]


def pays(load: Range) -> str:
    """Whether one copy can be cheaper than the API: yes at full load, in part of the ranges, or never."""
    return "yes" if load[1] <= 1 else "perhaps" if load[0] <= 1 else "no"


def cheapest(answer: Answer) -> str:
    """The way that is cheapest wherever in the ranges the truth lies, or “open”."""
    months = {way: answer.results[f"{way}_month"] for way in ("api", "own", "small")}
    for way, (_, high) in months.items():
        if all(high < low for other, (low, _) in months.items() if other != way):
            return way
    return "open"
