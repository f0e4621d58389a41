"""Serving a model: how many conversations fit, how fast they are, what a million output tokens cost,
what the limit is.

- Cache of a token, bytes in 16 bits. Grouped heads: 2 × layers × KV heads × size of a head × 2.
  Latent (MLA): layers × (latent + rotary) × 2, without the factor 2 for key and value (arXiv
  2405.04434). Only layers whose cache grows count. Index keys of sparse attention come on top; they
  are stored in 8 or 16 bits, so the range goes from none to 16 bits.
- Cache of a conversation: that × context, and what does not grow: window layers hold the last
  tokens, linear layers a state.
- Conversations that fit: (memory × usable share × cards − weights) / cache of one, rounded down.
- A step writes one token for each conversation and takes the longer of reading (weights + cache) /
  (bandwidth × efficiency) and computing 2 × active parameters × conversations / (peak ×
  efficiency): the roofline. Of a mixture of experts a step with b conversations reads active + … up
  to all parameters, total × (1 − (1 − active/total)^b), if experts are drawn evenly. The cache read
  grows during an answer from that of the input to that of the whole context.
- Compute is the limit from the number of conversations at which both are equal, all experts read.
- Wait for the first token: 2 × active × input that is not cached / (peak × efficiency), or one
  reading of the weights where that is longer; no queue. A million output tokens cost (step /
  conversations + wait / output) × price / load.
- With 8-bit weights the peak goes from that of 16 bits to that of 8. Measured: gpt-fast reached 40 to
  70 % of an A100's bandwidth (a 7B model spread over 8 cards: 19 %); DeepSeek's published day means
  14 % of the 16-bit peak while writing, 21 % in all.
- Not in it: attention's own arithmetic (long inputs take longer), links between cards, speculative
  decoding; sparse attention reads less than assumed here.
"""

import math
from collections.abc import Mapping
from typing import Any

from snippets.calculators.fields import Answer, Inputs, both, over, plus, times
from snippets.calculators.numbers import InputError, written

BYTES = {
    "16": (2.0, 2.0),
    "8": (1.0, 1.0),
    "4": (0.5, 0.625),  # with scales of groups of 32 at most
}  # bytes a weight; 4 bits with scales
SHAPE = ("layers", "kv_heads", "head_dim", "latent", "rope_dim", "window_layers")
Range = tuple[float, float]


def serving(given: Mapping[str, Any]) -> dict[str, Any]:
    """The results for a model on some cards; the inputs are those of data/calculators/inputs.yml.

    Raises:
        InputError: an input is missing or cannot be used.
    """
    inputs = Inputs("serving", given)
    answer = Answer("serving", inputs)
    machine = Machine(inputs)
    answer.set("kv_bytes_per_token", machine.cache.token)
    answer.set("kv_bytes_per_conversation", machine.conversation)
    answer.set("fixed_bytes", machine.cache.fixed)
    answer.set("weights", machine.weights)
    answer.set("users", machine.users)
    notes(inputs, answer)
    currency, card = inputs["currency"], inputs["gpu"]
    price = inputs.fill("price", card.get("price", {}).get(currency))
    if price:
        answer.set("cost_per_hour", times(price, inputs["gpus"]))
    else:
        answer.note("cost_per_hour", "no_price", card=card["id"], currency=currency)
    answer.set("ceiling", machine.ceiling())
    if machine.users[1] < 1:
        answer.note("users", "no_fit", needed=written(machine.cards_needed()))
        return answer.json()
    batch = machine.batch()
    slow, fast = machine.step(batch[1], 0), machine.step(batch[0], 1)
    answer.set("tokens_per_second_per_user", (1.0 / slow, 1.0 / fast))
    answer.set("tokens_per_second", machine.written_per_second(batch))
    answer.set("sustained_tokens_per_second", machine.sustained(batch))
    answer.set("time_to_first_token", machine.wait())
    turning(machine, answer)
    answer.extra["regime"] = machine.regime(batch)
    if price:
        hour = times(price, inputs["gpus"])
        seconds = over(1.0, machine.sustained(batch))
        million = times(times(over(hour, 3600.0), seconds), 1e6)
        answer.set("cost_per_million_output_tokens", over(million, inputs["load"]))
    return answer.json()


def notes(inputs: Inputs, answer: Answer) -> None:
    """What must be known about the model."""
    model = inputs["model"] or {}
    if model.get("index"):
        answer.note("tokens_per_second", "sparse")
    if inputs["context"] > model.get("context", inputs["context"]):
        answer.note("users", "beyond", model=model["id"], tokens=written(model["context"]))


class Cache:
    """The cache's bytes: of a token, and of a conversation what does not grow."""

    def __init__(self, inputs: Inputs):
        model, scale = inputs["model"] or {}, float(inputs["kv_bits"]) / 16.0
        context = inputs["context"]
        if not model or any(inputs.typed(name) for name in SHAPE):
            token, window = both(from_shape(inputs, model)), window_of(inputs)
            length = inputs["window"] or 0.0
            state = inputs.fill("fixed_bytes", None) or 0.0
        else:
            if not model.get("kv"):
                raise InputError("layers", "shape")
            token = (float(model["kv"]), model["kv"] + float(model.get("index", 0)))
            window = float(model.get("window_bytes", 0))
            length = float(model.get("window", 0))
            state = inputs.fill("fixed_bytes", float(model.get("state", 0)))
        self.token = times(token, scale)
        self.fixed = window * min(context, length) * scale + state


class Machine:
    """A model on some cards. Index 0 of what follows is the slow end of the ranges, 1 the fast end."""

    def __init__(self, inputs: Inputs):
        self.inputs, card = inputs, inputs.card()
        self.total, self.active = sizes(inputs)
        self.cache = Cache(inputs)
        self.conversation = plus(times(self.cache.token, inputs["context"]), self.cache.fixed)
        self.weights = times(self.total, BYTES[inputs["weight_bits"]])
        for name in ("memory", "bandwidth", "peak"):
            if not card.get(name):
                raise InputError("gpu", "card_lacks", card=card["id"])
        self.memory = card["memory"] * 1e9
        self.usable = times(self.memory * inputs["gpus"], inputs["usable_memory"])
        self.bandwidth = card["bandwidth"] * 1e12 * inputs["gpus"]
        eight = card.get("peak8", card["peak"]) if inputs["weight_bits"] == "8" else card["peak"]
        self.speed = times((card["peak"], eight), 1e12 * inputs["gpus"])  # 8 bits may help, or not
        self.users = (
            fit(self.usable[0] - self.weights[1], self.conversation[1]),
            fit(self.usable[1] - self.weights[0], self.conversation[0]),
        )
        output = inputs["context"] * inputs["output_share"]
        start = inputs["context"] - output
        self.output = output
        self.prompt = times(start, (1.0 - inputs["cached"][1], 1.0 - inputs["cached"][0]))
        self.read = (  # cache read in a step for one conversation: at the answer's start, at its end
            self.cache.token[0] * start + self.cache.fixed,
            self.cache.token[1] * inputs["context"] + self.cache.fixed,
        )

    def cards_needed(self) -> float:
        """The fewest cards that hold the weights and one conversation."""
        room = self.memory * self.inputs["usable_memory"][1]
        return float(math.ceil((self.weights[0] + self.conversation[0]) / room))

    def batch(self) -> Range:
        """Conversations at once: as given, or as many as fit."""
        if given := self.inputs["batch"]:
            if given > self.users[1]:
                most = written(self.users[1])
                raise InputError("batch", "too_many", value=written(given), most=most)
            return given, given
        return max(1.0, self.users[0]), self.users[1]

    def experts(self, batch: float) -> float:
        """The share of the weights that a step reads."""
        return 1.0 - (1.0 - self.active / self.total) ** batch

    def step(self, batch: float, end: int) -> float:
        """Seconds for one token of each conversation, at the slow (0) or the fast end (1)."""
        loaded = self.weights[1 - end] * self.experts(batch) + batch * self.read[1 - end]
        reading = loaded / (self.bandwidth * self.inputs["bandwidth_efficiency"][end])
        return max(reading, batch * self.token_seconds(end))

    def token_seconds(self, end: int) -> float:
        """Seconds of computing for one token."""
        return 2.0 * self.active / (self.speed[end] * self.inputs["compute_efficiency"][end])

    def wait(self) -> Range:
        """Seconds until the first token, for a machine that does nothing else."""
        waits = []
        for end in (1, 0):
            loaded = self.weights[1 - end] * self.experts(self.prompt[1 - end])
            reading = loaded / (self.bandwidth * self.inputs["bandwidth_efficiency"][end])
            waits.append(max(reading, self.prompt[1 - end] * self.token_seconds(end)))
        return waits[0], waits[1]

    def written_per_second(self, batch: Range) -> Range:
        """Output tokens of all conversations."""
        return batch[0] / self.step(batch[0], 0), batch[1] / self.step(batch[1], 1)

    def sustained(self, batch: Range) -> Range:
        """The same, with the computing that reading the inputs takes."""
        rate = []
        for end in (0, 1):
            prompt = self.prompt[1 - end] * self.token_seconds(end) / self.output
            rate.append(1.0 / (self.step(batch[end], end) / batch[end] + prompt))
        return rate[0], rate[1]

    def ceiling(self) -> Range:
        """Tokens a second of one conversation if nothing but the bandwidth limits it: full and empty cache."""
        loaded = times(self.active, BYTES[self.inputs["weight_bits"]])
        return self.bandwidth / (loaded[1] + self.conversation[1]), self.bandwidth / loaded[0]

    def turn(self, reach: int, compute: int) -> float | None:
        """Conversations from which compute is the limit; None where it never is."""
        bandwidth = self.bandwidth * self.inputs["bandwidth_efficiency"][reach]
        end = 1 - reach  # little to read goes with the fast bandwidth
        spare = self.token_seconds(compute) * bandwidth - self.read[end]
        return self.weights[end] / spare if spare > 0 else None

    def regime(self, batch: Range) -> str:
        """memory-bound, compute-bound, or either within the ranges."""
        early, late = self.turn(1, 0), self.turn(0, 1)
        if early is None or batch[1] < early:
            return "memory-bound"
        return "compute-bound" if late is not None and batch[0] >= late else "either"


def turning(machine: Machine, answer: Answer) -> None:
    """From how many conversations compute is the limit, or why it never is."""
    early, late = machine.turn(1, 0), machine.turn(0, 1)
    if early is None:
        answer.note("turning_batch", "never_compute")
    elif late is None:
        answer.note("turning_batch", "maybe_never", low=written(math.ceil(early)))
    else:
        answer.set("turning_batch", (early, late))


def sizes(inputs: Inputs) -> Range:
    """Total and active parameters."""
    model = inputs["model"] or {}
    if model:
        inputs.cite("models")
    message = "experts" if model.get("experts") else "shape"
    total = inputs.fill("parameters", model.get("total"), message)
    if model.get("experts") and not inputs["active_parameters"] and not model.get("active"):
        raise InputError("active_parameters", "experts")
    active = inputs.fill("active_parameters", model.get("active"))
    if active and active > total:
        bounds = {"low": written(1e3), "high": written(total)}
        raise InputError("active_parameters", "limits", value=written(active), **bounds)
    return total, active or total


def from_shape(inputs: Inputs, model: dict[str, Any]) -> float:
    """Bytes of a token in 16 bits from the shape that was given, the rest of it from the model."""
    layers = inputs.fill("layers", model.get("growing_layers"), "shape")
    heads_given = inputs.typed("kv_heads") or inputs.typed("head_dim")
    latent = inputs.fill("latent", None if heads_given else model.get("latent"))
    if latent:
        rope = inputs.fill("rope_dim", model.get("rope_dim"), "together", others="latent")
        return layers * (latent + rope) * 2.0
    heads = inputs.fill("kv_heads", model.get("kv_heads"), "shape")
    size = inputs.fill("head_dim", model.get("head_dim"), "shape")
    return 2.0 * layers * heads * size * 2.0


def window_of(inputs: Inputs) -> float:
    """Bytes of a token in window layers, whose heads are those of the others."""
    if not inputs["window_layers"]:
        return 0.0
    for name in ("window", "kv_heads", "head_dim"):
        if not inputs[name]:
            raise InputError(name, "together", others="window_layers")
    return 2.0 * inputs["window_layers"] * inputs["kv_heads"] * inputs["head_dim"] * 2.0


def fit(room: float, one: float) -> float:
    """How many conversations fit into the room."""
    return float(math.floor(room / one)) if room > 0 else 0.0
