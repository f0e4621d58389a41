"""Lab: what training keeps in memory, counted byte by byte, and what each way to save costs in loss and in time."""

import copy
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import nn

from snippets.labs.memory.counting import held, peak_above, saved
from snippets.labs.memory.data import SHORT, Texts, reviews
from snippets.labs.memory.model import IGNORED, Model, Shape, text_loss, token_loss
from snippets.labs.memory.process import process_peaks
from snippets.labs.memory.recipes import BF16, RECIPES, Recipe, computing, optimizer_of, set_rate
from snippets.labs.statistics import mean_interval
from snippets.labs.steps import kept

BITS = {"fp32": 4, "bf16": 2, "autocast": 2}  # bytes of a number in the matrix products
CHOOSER = 1000  # a seed that no round uses


@dataclass(frozen=True)
class Settings:
    """vocabulary … context: of the model that learns. rows: texts in a batch. rates: to choose from, by optimizer.

    counted: (hidden, layers) of the models whose bytes are counted. process: hidden and two numbers of layers.
    grid: hidden, heads, tokens, rows for which a layer's activations are counted. deep, timed: (hidden, layers) of the
    model whose activations are shrunk, and of that whose steps are timed.
    """

    seeds: tuple[int, ...] = (0, 1, 2, 3)
    vocabulary: int = 800
    hidden: int = 64
    layers: int = 2
    heads: int = 4
    context: int = 64
    rows: int = 16
    steps: int = 80
    more: int = 40
    held_out: int = 300
    reviews: int | None = None
    rates: tuple[tuple[str, tuple[float, ...]], ...] = (
        ("adam", (1e-3, 3e-3, 1e-2)),
        ("adafactor", (3e-2, 1e-1, 3e-1)),
        ("momentum", (0.1, 0.3, 1.0)),
        ("sgd", (1.0, 3.0, 10.0)),
    )
    small_rates: tuple[float, ...] = (1e-5, 1e-4)
    recipes: tuple[str, ...] = tuple(RECIPES)
    fine_tuned: tuple[str, ...] = ("fp32", "autocast", "master", "bf16", "bf16_sr")
    counted: tuple[tuple[int, int], ...] = ((128, 2), (128, 4), (256, 2), (256, 3))
    process: tuple[int, int, int] | None = (256, 2, 7)
    grid: tuple[tuple[int, ...], ...] = ((32, 64), (2, 4), (16, 32), (1, 2))
    deep: tuple[int, int] = (128, 8)
    timed: tuple[int, int] = (128, 2)
    rounds: int = 10
    parts: tuple[int, ...] = (1, 4, 16, 64, 256)


FULL = Settings()
SMALL = Settings(
    seeds=(0, 1),
    vocabulary=64,
    hidden=16,
    layers=1,
    heads=2,
    context=16,
    rows=4,
    steps=4,
    more=2,
    held_out=20,
    reviews=100,
    rates=(("adam", (1e-2,)), ("adafactor", (3e-2,)), ("momentum", (0.1,)), ("sgd", (1.0,))),
    counted=((16, 1), (16, 2)),
    process=None,
    grid=((8, 16), (2,), (4, 8), (1, 2)),
    deep=(16, 2),
    timed=(16, 1),
    rounds=2,
    parts=(1, 4),
)


def shape_of(settings: Settings) -> Shape:
    """The model that learns."""
    return Shape(
        settings.vocabulary, settings.hidden, settings.layers, settings.heads, settings.context
    )


def fresh(shape: Shape, recipe: Recipe, seed: int = 0) -> Model:
    """A model with random weights; its seed alone decides which, whatever their type."""
    torch.manual_seed(seed)
    return Model(shape).to(recipe.weights)


# Bytes


def count(recipe: Recipe, shape: Shape) -> dict[str, int]:
    """Bytes that a recipe holds after a step, by part, and the peaks of a step of 16 characters.

    peak: with gradients cleared before the step. peak_kept: with those of earlier parts still there, as when they
    accumulate.
    """
    model = fresh(shape, recipe)
    optimizer = optimizer_of(recipe, model, 1e-3)
    indices = torch.arange(16)[None] % shape.vocabulary

    def step() -> None:
        with computing(recipe):
            scores = model(indices)
        loss = token_loss(scores, indices)
        del scores
        loss.backward()
        optimizer.step()

    def cleared() -> None:
        optimizer.zero_grad()
        step()

    cleared()
    cleared()
    found = {"parameters": sum(one.numel() for one in model.parameters()), **held(model, optimizer)}
    held_then = sum(found[name] for name in ("weights", "gradients", "optimizer"))
    found["peak_kept"] = held_then + peak_above(step)
    optimizer.zero_grad()
    found["peak"] = held_then - found["gradients"] + peak_above(step)
    return found


def slope(xs: Sequence[float], ys: Sequence[float]) -> float:
    """Of the straight line through points, by least squares."""
    return float(np.polyfit(xs, ys, 1)[0])


def bytes_a_parameter(settings: Settings) -> dict[str, dict[str, float]]:
    """For each recipe and part, bytes that one more parameter takes, over models of several sizes."""
    found, widest = {}, max(hidden for hidden, _ in settings.counted)
    for name, recipe in RECIPES.items():
        shapes = [
            Shape(settings.vocabulary, hidden, layers, 4, 16) for hidden, layers in settings.counted
        ]
        counts = [count(recipe, shape) for shape in shapes]
        parameters = [one.pop("parameters") for one in counts]
        # What a step needs for a moment goes by the largest matrix: models of one hidden size have the same.
        deepest = [place for place, (h, _) in enumerate(settings.counted) if h == widest]
        found[name] = {}
        for part in counts[0]:
            places = deepest if part.startswith("peak") else range(len(counts))
            xs, ys = (
                [of[place] for place in places] for of in (parameters, [c[part] for c in counts])
            )
            found[name][part] = slope(xs, ys)
        found[name]["states"] = sum(found[name][p] for p in ("weights", "gradients", "optimizer"))
        found[name]["expected"] = sum(recipe.expected)
    return found


# --8<-- [start:activations]
FORMULA = ("sbh", "as2b", "sb", "asb", "s2", "h2", "h")


def terms(hidden: int, heads: int, tokens: int, rows: int) -> list[float]:
    """What a layer's kept bytes may be made of: the two terms of the formula, and smaller ones beside them."""
    return [
        tokens * rows * hidden,
        heads * tokens**2 * rows,
        tokens * rows,
        heads * tokens * rows,
        tokens**2,
        hidden**2,
        hidden,
    ]


def layer_bytes(kind: str, shape: Shape, tokens: int, rows: int) -> int:
    """Bytes that one more layer keeps for the backward pass. kind: "fp32", "bf16" or "autocast"."""
    recipe = RECIPES[kind]
    sizes = []
    for layers in (1, 2):
        model = fresh(replace(shape, layers=layers), recipe)
        indices = torch.zeros(rows, tokens, dtype=torch.long)

        def forward(model=model, indices=indices) -> torch.Tensor:
            with computing(recipe):
                scores = model(indices)
            return token_loss(scores, indices)

        sizes.append(saved(model, forward))
    return sizes[1] - sizes[0]


def activations(kind: str, settings: Settings, **switches) -> dict[str, float]:
    """The factors A and B of A·s·b·h + B·a·s²·b, and those of the smaller terms, by least squares over the grid.

    switches: those of Shape, as in dropout=0.1. off: the largest miss, as a share of what was counted.
    """
    rows, counted = [], []
    for hidden in settings.grid[0]:
        for heads in settings.grid[1]:
            for tokens in settings.grid[2]:
                for batch in settings.grid[3]:
                    shape = Shape(32, hidden, 1, heads, tokens, **switches)
                    rows.append(terms(hidden, heads, tokens, batch))
                    counted.append(layer_bytes(kind, shape, tokens, batch))
    # Scaled to the counted bytes, so that a miss counts by its share.
    matrix, ones = np.array(rows) / np.array(counted)[:, None], np.ones(len(counted))
    scale = np.abs(matrix).max(0)
    factors = np.linalg.lstsq(matrix / scale, ones, rcond=None)[0] / scale
    found = dict(zip(FORMULA, map(float, factors), strict=True))
    return {**found, "off": float(np.abs(matrix @ factors - ones).max())}


# --8<-- [end:activations]


def all_activations(settings: Settings) -> dict[str, dict[str, dict[str, float]]]:
    """By attention (scores kept, with and without dropout; PyTorch's kernel; every layer recomputed) and precision."""
    ways = {
        "dropout": {"scores_kept": True, "dropout": 0.1},
        "scores": {"scores_kept": True},
        "fused": {},
        "recomputed": {"checkpointing": True},
    }
    return {
        way: {kind: activations(kind, settings, **switches) for kind in BITS}
        for way, switches in ways.items()
    }


def whole_batch(settings: Settings) -> dict[str, dict[str, int]]:
    """A deeper model with a full batch, with one text at a time, recomputed, and with both.

    saved: bytes that autograd keeps. peak: the most that forward and backward pass take above weights and gradients,
    what a layer needs while it is recomputed and the scores of the characters included.
    """
    found = {}
    for name, rows, recomputed in (
        ("batch", settings.rows, False),
        ("accumulated", 1, False),
        ("recomputed", settings.rows, True),
        ("both", 1, True),
    ):
        hidden, layers = settings.deep
        deep = replace(shape_of(settings), hidden=hidden, layers=layers)
        model = fresh(replace(deep, checkpointing=recomputed), RECIPES["fp32"])
        indices = torch.zeros(rows, settings.context, dtype=torch.long)

        def forward(model=model, indices=indices) -> torch.Tensor:
            return token_loss(model(indices), indices)

        found[name] = {"saved": saved(model, forward)}
        found[name]["peak"] = peak_above(lambda forward=forward: forward().backward())
    return found


# Small numbers


# --8<-- [start:lost]
EDGES = [2.0**power for power in range(-20, 1)]


def lost(weights: torch.Tensor, updates: torch.Tensor) -> dict[str, list]:
    """Of updates by their size against the weight, the share that leaves a bfloat16 weight as it was.

    Bins are powers of two; "counts" says how many updates are in each, "ratio" where it begins.
    """
    weights, updates = weights.to(BF16).flatten(), updates.flatten()
    there = (weights != 0) & (updates != 0)
    weights, updates = weights[there], updates[there]
    ratio = (updates / weights.float()).abs()
    same = (weights.float() + updates).to(BF16) == weights
    bins = torch.bucketize(ratio, torch.tensor(EDGES))
    found = {"ratio": [], "share": [], "counts": []}
    for place in range(1, len(EDGES)):
        inside = bins == place
        if inside.any():
            found["ratio"].append(EDGES[place - 1])
            found["share"].append(float(same[inside].float().mean()))
            found["counts"].append(int(inside.sum()))
    return {**found, "all": float(same.float().mean()), "median": float(ratio.median())}


# --8<-- [end:lost]


def forgetting(steps: int = 2000) -> dict[str, float]:
    """Adam's second moment, 2,000 steps after gradients fell to a tenth, as a share of what it was before.

    Exactly: 0.999**2000 = 0.135 of it is left, and a hundredth comes in. 1,000 weights, random gradients.
    """
    found = {}
    for name, kind in (("fp32", torch.float32), ("bf16", BF16)):
        draw = torch.Generator().manual_seed(0)
        weights = nn.Parameter(torch.ones(1000, dtype=kind))
        optimizer = torch.optim.AdamW([weights], 1e-9, weight_decay=0.0)
        for step in range(2 * steps):
            size = 1.0 if step < steps else 0.1
            weights.grad = (size * torch.randn(1000, generator=draw)).to(kind)
            optimizer.step()
            if step == steps - 1:
                before = optimizer.state[weights]["exp_avg_sq"].float().mean()
        found[f"{name}_before"] = float(before)
        found[name] = float(optimizer.state[weights]["exp_avg_sq"].float().mean() / before)
    return found


def decay(steps: int = 1000) -> dict[str, float]:
    """What weight decay of 0.1 at a rate of 1e-3 leaves of weights after 1,000 steps without gradient: exactly 0.905."""
    found = {}
    for name, kind in (("fp32", torch.float32), ("bf16", BF16)):
        weights = nn.Parameter(torch.linspace(0.5, 1.5, 1000).to(kind))
        before = weights.detach().float().mean()
        optimizer = torch.optim.AdamW([weights], 1e-3, weight_decay=0.1)
        weights.grad = torch.zeros_like(weights)
        for _ in range(steps):
            optimizer.step()
        found[name] = float(weights.detach().float().mean() / before)
    return found


def half(settings: Settings) -> dict[str, float]:
    """Pure fp16 with Adam: the share of weights that are no numbers after one step, with Adam's usual eps."""
    torch.manual_seed(0)
    model = Model(shape_of(settings)).half()
    optimizer = torch.optim.AdamW(model.parameters(), 1e-3, weight_decay=0.0)
    indices = torch.arange(8)[None]
    token_loss(model(indices), indices).backward()
    optimizer.step()
    flat = torch.cat([one.detach().flatten() for one in model.parameters()])
    return {"lost": float((~flat.isfinite()).float().mean())}


# Learning


def batches(texts: Texts, rows: int, seed: int, steps: int):
    """So many batches in an order that the seed alone decides; when all texts were used, they are mixed again."""
    draw, left = np.random.default_rng(seed), np.array([], dtype=int)
    for _ in range(steps):
        if len(left) < rows:
            left = draw.permutation(len(texts))
        chosen, left = left[:rows], left[rows:]
        yield texts.batch(chosen)


def learn(
    model: nn.Module,
    recipe: Recipe,
    rate: float,
    steps: Iterable[tuple[torch.Tensor, torch.Tensor]],
    loss_of=token_loss,
) -> nn.Module:
    """Train a model in place on batches, one step each; the rate rises over the first fifth, gradients are clipped."""
    optimizer = optimizer_of(recipe, model, rate)
    model.train()
    steps = list(steps)
    warm = max(1, len(steps) // 5)
    for step, (inputs, targets) in enumerate(steps, 1):
        set_rate(optimizer, rate * min(1, step / warm))
        optimizer.zero_grad()
        with computing(recipe):
            scores = model(inputs)
        loss_of(scores, targets).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
    return model


@torch.no_grad()
def losses(model: nn.Module, texts: Texts) -> dict[str, float]:
    """Mean loss a character, in 32 bits whatever the weights were: of all texts, short ones, longer ones, and a text."""
    model = copy.deepcopy(model).float().eval()
    total, counts = [], []
    for start in range(0, len(texts), 100):
        inputs, targets = texts.batch(np.arange(start, min(start + 100, len(texts))))
        each = nn.functional.cross_entropy(
            model(inputs).flatten(0, 1), targets.flatten(), ignore_index=IGNORED, reduction="none"
        )
        total.append(each.view(targets.shape).sum(1))
        counts.append((targets != IGNORED).sum(1))
    total, counts = torch.cat(total), torch.cat(counts)
    short = counts <= SHORT + 1  # with the end of the text
    found = {"all": total.sum() / counts.sum(), "text": (total / counts).mean()}
    for name, those in (("short", short), ("long", ~short)):
        found[name] = total[those].sum() / counts[those].sum() if those.any() else found["all"]
    return {name: float(value) for name, value in found.items()}


def family(recipe: Recipe) -> str:
    """Whose learning rate a recipe takes: all kinds of Adam share one."""
    return "adam" if recipe.optimizer.startswith("adam") else recipe.optimizer


def choose_rates(settings: Settings, texts: dict[str, Texts]) -> dict[str, dict]:
    """For each optimizer the learning rate with the least loss on the validation texts, in 32 bits, one seed."""
    found = {}
    for name, rates in settings.rates:
        tried = {}
        recipe = replace(RECIPES["fp32"], optimizer=name)
        for rate in rates:
            model = fresh(shape_of(settings), recipe, CHOOSER)
            steps = batches(texts["train"], settings.rows, CHOOSER, settings.steps)
            learn(model, recipe, rate, steps)
            tried[f"{rate:g}"] = losses(model, texts["validation"])["all"]
        # What diverged is not finite, and neither chosen nor kept as a number.
        finite = {rate: loss for rate, loss in tried.items() if np.isfinite(loss)}
        found[name] = {"chosen": float(min(finite, key=finite.get)), "tried": finite}
    return found


def learnt(name: str, seed: int, rate: float, settings: Settings, texts: dict) -> dict[str, float]:
    """Test losses of a model from random weights. "order": 32 bits, same start, another order of the batches.

    "text_means": 32 bits, each text's mean counted alike, as in accumulation without weights.
    """
    recipe = RECIPES.get(name, RECIPES["fp32"])
    model = fresh(shape_of(settings), recipe, seed)
    order = seed + 500 if name == "order" else seed
    steps = batches(texts["train"], settings.rows, order, settings.steps)
    torch.manual_seed(seed)  # stochastic rounding draws from it
    learn(model, recipe, rate, steps, text_loss if name == "text_means" else token_loss)
    return losses(model, texts["test"])


def gone_on(seed: int, rate: float, settings: Settings, kinds: dict) -> dict:
    """A model that has learnt bad reviews goes on with good ones at small rates, in several recipes.

    Gives for each rate and recipe how far the test loss fell (from that of the same weights in the recipe's own
    type), the share of weights that are exactly as before; and which of 32 bits' updates bfloat16 would lose.
    """
    start = fresh(shape_of(settings), RECIPES["fp32"], seed)
    order = batches(kinds["bad"]["train"], settings.rows, seed, settings.steps)
    learn(start, RECIPES["fp32"], rate, order)
    good, found = kinds["good"], {f"{small:g}": {} for small in settings.small_rates}
    for small in settings.small_rates:
        for name in settings.fine_tuned:
            recipe = RECIPES[name]
            model = copy.deepcopy(start).to(recipe.weights)
            before = [one.detach().clone() for one in model.parameters()]
            at_first = losses(model, good["test"])["all"]
            torch.manual_seed(seed)
            learn(model, recipe, small, batches(good["train"], settings.rows, seed, settings.more))
            same = [(a == b).flatten() for a, b in zip(before, model.parameters(), strict=True)]
            found[f"{small:g}"][name] = {
                "gain": at_first - losses(model, good["test"])["all"],
                "same": float(torch.cat(same).float().mean()),
            }
        found[f"{small:g}"]["lost"] = one_update(start, small, settings, good["train"])
    return found


def one_update(start: Model, rate: float, settings: Settings, texts: Texts) -> dict:
    """Which updates of the matrices bfloat16 would lose: those of Adam's twentieth step in 32 bits."""
    model = copy.deepcopy(start)
    optimizer = optimizer_of(RECIPES["fp32"], model, rate)
    for inputs, targets in batches(texts, settings.rows, CHOOSER, 20):
        before = [one.detach().clone() for one in model.parameters()]
        optimizer.zero_grad()
        token_loss(model(inputs), targets).backward()
        optimizer.step()
    matrices = [
        (a, b.detach()) for a, b in zip(before, model.parameters(), strict=True) if b.dim() > 1
    ]
    weights = torch.cat([a.flatten() for a, _ in matrices])
    return lost(weights, torch.cat([b.flatten() for _, b in matrices]) - weights)


# Gradient accumulation


# --8<-- [start:accumulation]
def flat_gradient(model: nn.Module) -> torch.Tensor:
    """All gradients as one row, in 64 bits."""
    return torch.cat([one.grad.double().flatten() for one in model.parameters()])


def accumulated(
    model: nn.Module, inputs: torch.Tensor, targets: torch.Tensor, way: str
) -> torch.Tensor:
    """The gradient of a batch, its texts one at a time. way: "tokens", by their characters; "texts", all alike.

    Each text is cut to its own length, as nobody pads a batch of one.
    """
    model.zero_grad()
    counted = int((targets != IGNORED).sum())
    for row in range(len(inputs)):
        length = int((targets[row] != IGNORED).sum())
        share = length / counted if way == "tokens" else 1 / len(inputs)
        loss = token_loss(model(inputs[row : row + 1, :length]), targets[row : row + 1, :length])
        (loss * share).backward()
    return flat_gradient(model)


def off(found: torch.Tensor, right: torch.Tensor) -> float:
    """How far a gradient is off, as a share of the right one's length."""
    return float((found - right).norm() / right.norm())


# --8<-- [end:accumulation]


def compare_accumulation(seed: int, rate: float, settings: Settings, texts: dict) -> dict:
    """Gradients of one batch: accumulated two ways against the whole batch, and recomputed against not.

    sums: many parts added in bfloat16 against the same ones in 32 bits, by the number of parts.
    """
    model = fresh(shape_of(settings), RECIPES["fp32"], seed)
    order = batches(texts["train"], settings.rows, seed, settings.steps)
    learn(model, RECIPES["fp32"], rate, order)
    inputs, targets = next(batches(texts["train"], settings.rows, seed + 700, 1))
    model.zero_grad()
    token_loss(model(inputs), targets).backward()
    whole = flat_gradient(model)
    found = {
        way: off(accumulated(model, inputs, targets, way), whole) for way in ("tokens", "texts")
    }
    again = Model(replace(shape_of(settings), checkpointing=True))
    again.load_state_dict(model.state_dict())
    token_loss(again(inputs), targets).backward()
    return {
        **found,
        "recomputed": off(flat_gradient(again), whole),
        "sums": sums(model, settings, texts, seed),
    }


def sums(model: Model, settings: Settings, texts: dict, seed: int) -> dict[str, float]:
    """How far gradients in bfloat16 are off after adding so many texts: against the same addends, added in 64 bits."""
    narrow = copy.deepcopy(model).to(BF16)
    narrow.zero_grad()
    exact, found = 0.0, {}
    most = max(settings.parts)
    for part, (inputs, targets) in enumerate(batches(texts["train"], 1, seed + 800, most), 1):
        one = torch.autograd.grad(
            token_loss(narrow(inputs), targets), list(narrow.parameters()), materialize_grads=True
        )
        for weight, gradient in zip(narrow.parameters(), one, strict=True):
            # As .grad does: in its own type, in place.
            weight.grad = gradient.clone() if weight.grad is None else weight.grad.add_(gradient)
        exact = exact + torch.cat([gradient.double().flatten() for gradient in one])
        if part in settings.parts:
            found[str(part)] = off(flat_gradient(narrow), exact)
    return found


# Time


def timings(settings: Settings) -> dict[str, dict]:
    """Processor time of a step against plain 32 bits, round by round. Recomputation and one text at a time too."""
    hidden, layers = settings.timed
    shape = Shape(settings.vocabulary, hidden, layers, 4, settings.context)
    rows = min(8, settings.rows)
    indices = torch.randint(
        0, shape.vocabulary, (rows, settings.context), generator=torch.Generator().manual_seed(0)
    )
    ways = {name: (RECIPES[name], shape, rows) for name in settings.recipes}
    ways["recomputed"] = (RECIPES["fp32"], replace(shape, checkpointing=True), rows)
    ways["accumulated"] = (RECIPES["fp32"], shape, 1)
    ready = {}
    for name, (recipe, of, _) in ways.items():
        model = fresh(of, recipe)
        ready[name] = (model, optimizer_of(recipe, model, 1e-3))
    took: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(settings.rounds + 1):
        for name, (recipe, _, part) in ways.items():
            model, optimizer = ready[name]
            start = time.process_time()
            optimizer.zero_grad()
            for first in range(0, rows, part):
                with computing(recipe):
                    scores = model(indices[first : first + part])
                loss = token_loss(scores, indices[first : first + part]) * (part / rows)
                loss.backward()
            optimizer.step()
            if turn:  # the first warms up
                took[name].append(time.process_time() - start)
    return {
        name: mean_interval([a / b for a, b in zip(each, took["fp32"], strict=True)])
        for name, each in took.items()
    }


# The whole


def run(settings: Settings, folder: Path) -> dict:
    """Measure. Each step is kept in the folder, so that a run that was stopped goes on where it was."""
    torch.set_num_threads(1)

    def keep(key: str, compute):
        return kept(folder, key, compute, settings=settings)

    result = {
        "bytes": keep("bytes", lambda: bytes_a_parameter(settings)),
        "activations": keep("activations", lambda: all_activations(settings)),
        "batch": keep("batch", lambda: whole_batch(settings)),
        "process": keep(
            "process",
            lambda: (
                process_peaks(settings.process[0], settings.process[1:]) if settings.process else []
            ),
        ),
        "forgetting": keep("forgetting", lambda: forgetting(2000 if settings.process else 20)),
        "decay": keep("decay", decay),
        "half": keep("half", lambda: half(settings)),
        "time": keep("time", lambda: timings(settings)),
    }
    kinds = reviews(settings.vocabulary, settings.context, settings.held_out, settings.reviews)
    bad = kinds["bad"]
    result["data"] = {
        **{kind: len(of["train"]) for kind, of in kinds.items()},
        "test": settings.held_out,
        "parameters": sum(one.numel() for one in Model(shape_of(settings)).parameters()),
        "steps": settings.steps,
        "more": settings.more,
        "rows": settings.rows,
        "seeds": len(settings.seeds),
    }
    result["rates"] = keep("rates", lambda: choose_rates(settings, bad))
    rates = {name: one["chosen"] for name, one in result["rates"].items()}
    names = (*settings.recipes, "order", "text_means")
    runs = {
        name: [
            keep(
                f"learnt-{name.replace('_', '-')}-{seed}",
                lambda name=name, seed=seed: learnt(
                    name, seed, rates[family(RECIPES.get(name, RECIPES["fp32"]))], settings, bad
                ),
            )
            for seed in settings.seeds
        ]
        for name in names
    }
    result["loss"] = {
        name: {
            kind: {
                "mean": float(np.mean([one[kind] for one in of])),
                **({} if name == "fp32" else {"change": paired(of, runs["fp32"], kind)}),
            }
            for kind in of[0]
        }
        for name, of in runs.items()
    }
    went = [
        keep(f"gone-on-{seed}", lambda seed=seed: gone_on(seed, rates["adam"], settings, kinds))
        for seed in settings.seeds
    ]
    result["fine_tuning"] = {
        f"{small:g}": fine_tuning(went, f"{small:g}", settings) for small in settings.small_rates
    }
    checks = [
        keep(
            f"accumulation-{seed}",
            lambda seed=seed: compare_accumulation(seed, rates["adam"], settings, bad),
        )
        for seed in settings.seeds
    ]
    result["accumulation"] = {
        way: mean_interval([one[way] for one in checks])
        for way in ("tokens", "texts", "recomputed")
    }
    result["accumulation"]["sums"] = {
        str(parts): mean_interval([one["sums"][str(parts)] for one in checks])
        for parts in settings.parts
    }
    return result


def paired(of: Sequence[dict], against: Sequence[dict], kind: str) -> dict:
    """Mean difference of a loss, seed by seed, with its interval."""
    return mean_interval([a[kind] - b[kind] for a, b in zip(of, against, strict=True)])


def fine_tuning(went: Sequence[dict], rate: str, settings: Settings) -> dict:
    """For each recipe: how far the loss fell, how much less than in 32 bits, and the share of weights that never changed.

    kept: the mean fall as a share of that in 32 bits.
    """
    gains = {name: [one[rate][name]["gain"] for one in went] for name in settings.fine_tuned}
    found = {}
    for name, gain in gains.items():
        found[name] = {
            "gain": mean_interval(gain),
            "kept": float(np.mean(gain) / np.mean(gains["fp32"])),
            "less": mean_interval([a - b for a, b in zip(gain, gains["fp32"], strict=True)]),
            "same": float(np.mean([one[rate][name]["same"] for one in went])),
        }
    return {**found, "lost": went[0][rate]["lost"]}
