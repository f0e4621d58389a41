"""A training run: compute, GPU hours, days, money, energy and carbon.

- Compute, FLOP: 6·N·D, or 8·N·D with full recomputation; with attention counted, 12·L·W·T more for
  each token (W: heads × size of a head, T: sequence). N: parameters that work on a token, the
  active ones of a mixture of experts. Sources: arXiv 2001.08361 (6ND), 2104.04473 (8ND), 2204.02311
  (attention). Holds for dense transformers and for the active part of a mixture; without attention
  it is too low by 12·L·W·T/(6N), 1 % for PaLM at 2,048 tokens.
- Utilisation (MFU): compute / (peak × cards × seconds), peak dense in FLOP/s. Published runs imply
  14 to 52 %. With recomputation it is that of all operations (what 2104.04473 calls achieved
  FLOP/s).
- GPU hours: compute / (peak × utilisation × 3,600). Days: hours / cards / 24.
- Energy, kWh: hours × W / 1,000 × PUE, of the cards only; carbon, t: kWh × kg/kWh / 1,000.
- Not in it: failed runs, trials, data, people, processors, network and storage.
"""

from collections.abc import Mapping
from typing import Any

from snippets.calculators import tables
from snippets.calculators.fields import Answer, Inputs, both, over, times
from snippets.calculators.numbers import InputError


def training(given: Mapping[str, Any]) -> dict[str, Any]:
    """The results of a run; the inputs are those of data/calculators/inputs.yml.

    Raises:
        InputError: an input is missing or cannot be used.
    """
    inputs = Inputs("training", given)
    answer = Answer("training", inputs)
    card, hours = inputs.card(), inputs["gpu_hours"]
    if (
        inputs["tokens"] or not hours
    ):  # with the hours alone there is still money, energy and carbon
        hours = work(inputs, answer, card)
    answer.set("gpu_hours", hours)
    answer.set("days", over(hours, inputs["gpus"] * 24.0))
    spend(inputs, answer, card, hours)
    burn(inputs, answer, card, hours)
    return answer.json()


def work(inputs: Inputs, answer: Answer, card: dict[str, Any]) -> tuple[float, float]:
    """Compute and utilisation; returns the GPU hours."""
    if not inputs["tokens"]:
        raise InputError("tokens", "needed")
    flops = compute(inputs, active(inputs))
    peak = inputs.fill("peak", peak_of(card, inputs["precision"]), "card_lacks", card=card["id"])
    speed = peak * 1e12
    hours = hours_used(inputs, flops, speed)
    measured = inputs["gpu_hours"] or inputs["tokens_per_second"]
    answer.set("flops", flops)
    reached = over(flops, times(hours, speed * 3600.0)) if measured else inputs["utilisation"]
    answer.set("utilisation", reached)
    return hours


def active(inputs: Inputs) -> float:
    """Parameters that work on a token."""
    model = inputs["model"] or {}
    if model:
        inputs.cite("models")
    amount = model.get("active") or (None if model.get("experts") else model.get("total"))
    return inputs.fill("parameters", amount, "experts" if model.get("experts") else "shape")


def compute(inputs: Inputs, parameters: float) -> float:
    """All operations of the run, FLOP."""
    per_token = (8.0 if inputs["recomputation"] == "full" else 6.0) * parameters
    shape = [inputs[name] for name in ("layers", "attention_width", "sequence")]
    if all(shape):
        layers, width, sequence = shape
        per_token = per_token + 12.0 * layers * width * sequence
    elif any(shape):
        names = [one for one in ("layers", "attention_width", "sequence") if not inputs[one]]
        raise InputError(names[0], "together", others="layers, attention_width, sequence")
    return per_token * inputs["tokens"]


def peak_of(card: dict[str, Any], precision: str) -> float | None:
    """Dense TFLOP/s; a card without 8 bits computes in 16."""
    return card.get("peak8" if precision == "8" else "peak")


def hours_used(inputs: Inputs, flops: float, speed: float) -> tuple[float, float]:
    """GPU hours: as given, from the throughput, or from the utilisation."""
    if inputs["gpu_hours"]:
        return both(inputs["gpu_hours"])
    if rate := inputs["tokens_per_second"]:
        return both(inputs["tokens"] / rate * inputs["gpus"] / 3600.0)
    return over(flops / speed / 3600.0, inputs["utilisation"])


def spend(inputs: Inputs, answer: Answer, card: dict[str, Any], hours: tuple[float, float]) -> None:
    """Money for the cards."""
    currency = inputs["currency"]
    price = inputs.fill("price", card.get("price", {}).get(currency))
    if price:
        answer.set("cost", times(hours, price))
    else:
        answer.note("cost", "no_price", card=card["id"], currency=currency)


def burn(inputs: Inputs, answer: Answer, card: dict[str, Any], hours: tuple[float, float]) -> None:
    """Energy and carbon."""
    inputs.cite("grids")
    grid = tables.table("grids")["grids"][inputs["grid"]]
    carbon = inputs.fill("carbon_intensity", grid["carbon"])
    power = inputs.fill("power", card.get("power"))
    if not power:
        answer.note("energy", "no_power", card=card["id"])
        return
    energy = times(times(hours, over(power, 1000.0)), inputs["pue"])
    answer.set("energy", energy)
    answer.set("carbon", over(times(energy, carbon), 1000.0))
