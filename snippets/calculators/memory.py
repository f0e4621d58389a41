"""Memory to train or fine-tune, in bytes for each card, by part.

- Weights, gradients, optimizer: in mixed precision 2 + 2 + 12 bytes a parameter with Adam (16-bit
  weights and gradients; 32-bit master weights, mean and variance), arXiv 1910.02054. ZeRO over n
  cards: 4Ψ + 12Ψ/n, 2Ψ + 14Ψ/n, 16Ψ/n. Other recipes print other sums: 12 bytes in the QLoRA paper,
  6.9 in the LoRA paper, 18 with 32-bit gradients.
- LoRA trains rank × (in + out) parameters for each matrix (arXiv 2106.09685); the base keeps its
  weights only. QLoRA keeps it in 4 bits: 0.5 byte and 0.127 to 0.5 bit for the scales (arXiv
  2305.14314): 0.515875 to 0.5625 bytes a parameter.
- Activations of a layer: s·b·h·(34 + 5·a·s/h) bytes in 16 bits with the scores kept, 34·s·b·h with
  a tiled kernel; with every layer checkpointed 2·s·b·h each and one layer in full (arXiv
  2205.05198). It is derived for GPT's layers with a feed-forward of 4h; gated layers and mixtures
  of experts differ, LoRA needs somewhat less. 32 bits: twice.
- Output scores: 4·s·b·V bytes (the same paper), none with a fused loss.
- Not in it: the framework's own memory, fragments, gathered weights of ZeRO-3, pipeline or tensor
  parallelism.
"""

from collections.abc import Mapping
from typing import Any

from snippets.calculators import tables
from snippets.calculators.fields import Answer, Inputs, both, over, plus, times
from snippets.calculators.numbers import InputError

STATES = {"adam": 8.0, "adam_8bit": 2.0, "momentum": 4.0, "sgd": 0.0}  # bytes a parameter
FOUR_BITS = (0.5 + 0.127 / 8.0, 0.5 + 0.5 / 8.0)  # bytes a parameter, NF4 with its scales
SHARDED = {
    "none": (), "zero1": ("optimizer",), "zero2": ("optimizer", "gradients"),
    "zero3": ("optimizer", "gradients", "weights"),
}  # fmt: skip


def memory(given: Mapping[str, Any]) -> dict[str, Any]:
    """Bytes for each card, and the cards on which they fit; the inputs are those of data/calculators/inputs.yml.

    Raises:
        InputError: an input is missing or cannot be used.
    """
    inputs = Inputs("memory", given)
    answer = Answer("memory", inputs)
    shape(inputs)
    parts = states(inputs, answer)
    answer.set("states", plus(*parts.values()))
    activations(inputs, answer, parts)
    for name, amount in parts.items():
        answer.set(name, amount)
    per_gpu = plus(*parts.values())
    answer.set("per_gpu", per_gpu)
    answer.set("total", times(per_gpu, inputs["gpus"]))
    answer.extra["cards"] = fitting(inputs, per_gpu)
    return answer.json()


def shape(inputs: Inputs) -> None:
    """Fill in the model's parameters and shape."""
    model = inputs["model"] or {}
    if model:
        inputs.cite("models")
    inputs.fill("parameters", model.get("total"), "experts" if model else "shape")
    for name in ("layers", "hidden", "heads", "intermediate", "vocabulary"):
        inputs.fill(name, model.get(name))
    if not model.get("window_bytes") and not model.get("state"):  # else the heads differ by layer
        inputs.fill("kv_heads", model.get("kv_heads"))
        inputs.fill("head_dim", model.get("head_dim"))


def states(inputs: Inputs, answer: Answer) -> dict[str, tuple[float, float]]:
    """Weights, gradients and optimizer on each card."""
    base, wide = inputs["parameters"], inputs["precision"] == "32"
    trained = base if inputs["method"] == "full" else adapters(inputs)
    weight = 4.0 if wide else 2.0
    gradient = 4.0 if wide or inputs["gradients"] == "32" else 2.0
    state = STATES[inputs["optimizer"]] + (4.0 if inputs["precision"] == "mixed" else 0.0)
    weights: float | tuple[float, float] = base * weight
    if inputs["method"] != "full":
        kept = FOUR_BITS if inputs["method"] == "qlora" else weight
        weights = plus(times(base, kept), trained * weight)
    parts = {
        "weights": both(weights),
        "gradients": both(trained * gradient),
        "optimizer": both(trained * state),
    }
    answer.set("trainable_parameters", trained)
    answer.set("bytes_per_parameter", over(plus(*parts.values()), base))
    for name in SHARDED[inputs["sharding"]]:
        parts[name] = over(parts[name], inputs["gpus"])
    return parts


def adapters(inputs: Inputs) -> float:
    """Parameters of LoRA: rank × (in + out) for each matrix, in every layer."""
    if inputs["trainable"]:
        return inputs["trainable"]
    model = inputs["model"] or {}
    if model.get("latent"):
        raise InputError("targets", "lora_mla", model=model["id"])
    for name in ("layers", "hidden", "heads"):
        if not inputs[name]:
            raise InputError(name, "shape")
    hidden, heads = inputs["hidden"], inputs["heads"]
    if model and not inputs["head_dim"]:  # windows or linear layers: not one shape for all layers
        raise InputError("trainable", "shape")
    size = inputs["head_dim"] or hidden / heads
    queries, keys = heads * size, (inputs["kv_heads"] or heads) * size
    sides = (hidden + queries) + (hidden + keys)
    if inputs["targets"] != "qv":
        sides = sides + (hidden + keys) + (queries + hidden)
    if inputs["targets"] == "all":
        if not inputs["intermediate"]:
            raise InputError("targets", "lora_experts")
        sides = sides + 3.0 * (hidden + inputs["intermediate"])
    return inputs["rank"] * sides * inputs["layers"]


def activations(inputs: Inputs, answer: Answer, parts: dict[str, tuple[float, float]]) -> None:
    """Activations and output scores."""
    tokens = inputs["sequence"] * inputs["batch"]
    layers, hidden, heads = inputs["layers"], inputs["hidden"], inputs["heads"]
    if not (layers and hidden and heads):
        answer.note("activations", "no_activations")
    else:
        layer = 34.0 * tokens * hidden
        if inputs["attention"] == "plain":
            layer = layer + 5.0 * heads * inputs["sequence"] * tokens
        stored = 2.0 * tokens * hidden
        if inputs["precision"] == "32":
            layer, stored = layer * 2.0, stored * 2.0
        answer.set("activations_per_layer", layer)
        full = inputs["checkpointing"] == "full"
        parts["activations"] = both(stored * layers + layer if full else layer * layers)
        if (inputs["model"] or {}).get("active"):
            answer.note("activations", "dense_layers")
    if inputs["vocabulary"]:
        parts["logits"] = (0.0, 4.0 * tokens * inputs["vocabulary"])
    else:
        answer.note("logits", "no_logits")


def fitting(inputs: Inputs, per_gpu: tuple[float, float]) -> list[dict[str, str]]:
    """For each card: yes, even at the upper end; tight, only at the lower; no."""
    inputs.cite("cards")
    low, high = inputs["usable_memory"]
    found = []
    for card in tables.rows("card"):
        room = card["memory"] * 1e9
        fits = "yes" if per_gpu[1] <= room * low else "tight" if per_gpu[0] <= room * high else "no"
        found.append({"card": card["id"], "fits": fits})
    return found
