"""Lab: do larger language models get better by a law, here? Six tiny GPTs on Chinese statutes, the largest foretold.

Every size reads the same tokens once, in the same order within a seed. What the five small ones say of the largest is
kept before the largest is trained. Losses are bits a character of whole statutes that no model has read.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from snippets.labs.scaling.controls import Counts, compressed
from snippets.labs.scaling.laws import (
    DRAWS,
    MAIN,
    drawn,
    ends,
    fitted,
    loss,
    mean,
    predicted,
    weights_of,
)
from snippets.labs.scaling.model import Size, bits, operations, parameters, trained
from snippets.labs.scaling.text import (
    END,
    Corpus,
    Document,
    Vocabulary,
    dealt,
    reviews,
    statutes,
    stream,
    without_leaks,
)
from snippets.labs.steps import kept


@dataclass(frozen=True)
class Settings:
    """The experiment, set before any run.

    sizes: width and blocks, smallest first; the last is foretold. tokens: what each reads, once. seeds: of the runs;
    each draws other tokens and other first weights. seeds_largest: of the largest.
    rates: constants of the learning rate that the two smallest sizes try on the validation statutes, with rate_seeds.
    characters: of the vocabulary. test, validation, other: characters to be judged on, the last of reviews.
    fewer: parts of the tokens that are read so many times over instead; few_sizes: by these.
    equal: sizes that get the operations of `reference`, with more or fewer tokens. extra_seeds: of these two.
    checked: at this size, half and twice the learning rate are tried afterwards. at_home: a model of this size learns
    from reviews. statutes, reviews: fewer of them, to try it out.
    """

    sizes: tuple[Size, ...] = (
        Size(16, 2),
        Size(24, 2),
        Size(32, 3),
        Size(48, 3),
        Size(64, 4),
        Size(128, 4),
    )
    tokens: int = 196_608
    seeds: tuple[int, ...] = (1, 2, 3)
    seeds_largest: tuple[int, ...] = (1, 2)
    rates: tuple[float, ...] = (0.08, 0.16, 0.32)
    rate_seeds: tuple[int, ...] = (0, 100)
    characters: int = 1024
    test: int = 70_000
    validation: int = 20_000
    other: int = 30_000
    longest: int = 9_000
    fewer: tuple[int, ...] = (4, 16, 64)
    few_sizes: tuple[Size, ...] = (Size(16, 2), Size(32, 3))
    reference: Size = Size(32, 3)
    equal: tuple[Size, ...] = (Size(16, 2), Size(24, 2), Size(64, 4), Size(128, 4))
    extra_seeds: tuple[int, ...] = (1, 2)
    checked: Size = Size(32, 3)
    at_home: Size = Size(32, 3)
    orders: tuple[int, ...] = (1, 3, 5)
    split: int = 0
    statutes: int | None = None
    reviews: int | None = None


FULL = Settings()
SMALL = Settings(
    sizes=tuple(Size(width, 1) for width in (4, 6, 8, 12, 16, 24)),
    tokens=3072,
    seeds=(1, 2),
    rates=(0.32, 0.64),
    rate_seeds=(0, 100),
    characters=300,
    test=5000,
    validation=800,
    other=2500,
    longest=4000,
    fewer=(2, 3, 6),
    few_sizes=(Size(4, 1), Size(12, 1)),
    reference=Size(12, 1),
    equal=(Size(6, 1), Size(8, 1), Size(16, 1), Size(24, 1)),
    checked=Size(12, 1),
    at_home=Size(12, 1),
    statutes=25,
    reviews=600,
)


@dataclass
class Bench:
    """What all runs share: the texts, the vocabulary, and where steps are kept."""

    settings: Settings
    folder: Path
    corpus: Corpus
    vocabulary: Vocabulary
    home: tuple[Document, ...]
    others: tuple[Document, ...]
    constant: float = 0.0
    encoded: dict[str, list[np.ndarray]] = field(default_factory=dict)

    def step(self, key: str, compute: Callable[[], Any]) -> Any:
        """A step, kept."""
        return kept(self.folder, key, compute, settings=self.settings)

    def judged(self, part: str) -> tuple[Document, ...]:
        """The documents of a part: "test", "validation" or "other"."""
        return self.others if part == "other" else getattr(self.corpus, part)

    def texts(self, part: str) -> list[np.ndarray]:
        """The documents of a part as tokens, each after the end of another."""
        if part not in self.encoded:
            texts = (END + document.text for document in self.judged(part))
            self.encoded[part] = [self.vocabulary.encode(text) for text in texts]
        return self.encoded[part]

    def per_document(self, part: str, found: Sequence[float]) -> list[list[float]]:
        """Bits and characters of each document."""
        documents = self.judged(part)
        return [[b, len(d.text)] for b, d in zip(found, documents, strict=True)]

    def data(self, tokens: int, seed: int) -> np.ndarray:
        """Training tokens of a seed; fewer are the first of more."""
        return stream(self.corpus.train, self.vocabulary, tokens, seed)


def prepared(settings: Settings, folder: Path) -> Bench:
    """The texts in their parts and the vocabulary, which the training statutes alone decide."""
    corpus = dealt(
        statutes(settings.statutes),
        settings.test,
        settings.validation,
        settings.longest,
        settings.split,
    )
    vocabulary = Vocabulary((d.text for d in corpus.train), settings.characters)
    bundles, others = reviews(settings.reviews), []
    while sum(len(d.text) for d in others) < settings.other:
        others.append(bundles[len(others)])
    home, _, _ = without_leaks(bundles[len(others) :], others)
    return Bench(settings, folder, corpus, vocabulary, tuple(home), tuple(others))


def one_run(
    bench: Bench,
    size: Size,
    data: np.ndarray,
    seed: int,
    constant: float,
    passes: int = 1,
    parts: Sequence[str] = ("test",),
) -> dict:
    """Train and judge: bits and characters of every document, by part."""
    model = trained(size, len(bench.vocabulary), data, constant, seed, passes)
    return {part: bench.per_document(part, bits(model, bench.texts(part))) for part in parts}


def total(documents: Sequence[Sequence[float]]) -> float:
    """Bits a character of all documents together."""
    return loss(np.array(documents))


# --8<-- [start:tuned]
def tuned(bench: Bench) -> dict:
    """The constant of the learning rate whose worst run is best, for the two smallest sizes on validation statutes.

    A size counts by its worst seed, and the sizes are added up: near the rate at which training breaks, one lucky
    run says nothing about the next.
    """
    settings = bench.settings
    tried = {
        f"{constant:g}": {
            size.name: [
                total(
                    bench.step(
                        f"rate-{constant:g}-{size.name}-{seed}",
                        lambda: one_run(
                            bench,
                            size,
                            bench.data(settings.tokens, seed),
                            seed,
                            constant,
                            parts=("validation",),
                        ),
                    )["validation"]
                )
                for seed in settings.rate_seeds
            ]
            for size in settings.sizes[:2]
        }
        for constant in settings.rates
    }

    def worst(constant: float) -> float:
        return sum(map(max, tried[f"{constant:g}"].values()))

    return {"tried": tried, "constant": min(settings.rates, key=worst)}


# --8<-- [end:tuned]


# --8<-- [start:ladder]
def ladder(bench: Bench) -> tuple[dict[str, list[dict]], dict]:
    """The runs of every size by name, and what the small ones said of the largest before it was trained."""
    settings = bench.settings

    def runs_of(size: Size, seeds: Sequence[int]) -> list[dict]:
        return [
            bench.step(
                f"run-{size.name}-{seed}",
                lambda: one_run(
                    bench,
                    size,
                    bench.data(settings.tokens, seed),
                    seed,
                    bench.constant,
                    parts=("test", "other"),
                ),
            )
            for seed in seeds
        ]

    *small, largest = settings.sizes
    found = {size.name: runs_of(size, settings.seeds) for size in small}
    # Kept here, before the largest: its loss cannot have had a hand in it.
    told = bench.step("prediction", lambda: foretold(small, found, largest, settings))
    found[largest.name] = runs_of(largest, settings.seeds_largest)
    return found, told


def foretold(
    small: Sequence[Size], found: dict[str, list[dict]], largest: Size, settings: Settings
) -> dict:
    """The predictions of the largest, by either count of parameters."""
    runs = [as_array(found[size.name], "test") for size in small]
    return {
        count: predicted(
            [of(size, settings) for size in small],
            runs,
            of(largest, settings),
            len(settings.seeds_largest),
        )
        for count, of in COUNTS.items()
    }


# --8<-- [end:ladder]


def as_array(runs: Sequence[dict], part: str) -> np.ndarray:
    """Bits and characters: [seeds, documents, 2]."""
    return np.array([run[part] for run in runs])


def whole(size: Size, settings: Settings) -> int:
    """Parameters with the table of tokens, which serves at both ends. (The vocabulary is never smaller.)"""
    return parameters(size) + (256 + settings.characters) * size.width


COUNTS = {"blocks": lambda size, settings: parameters(size), "all": whole}


def on_fewer(bench: Bench) -> dict[str, dict[str, list[dict]]]:
    """The same number of tokens read, from fewer different ones: by size and part, the runs."""
    settings = bench.settings
    return {
        size.name: {
            str(part): [
                bench.step(
                    f"fewer-{size.name}-{part}-{seed}",
                    lambda: one_run(
                        bench,
                        size,
                        bench.data(settings.tokens // part, seed),
                        seed,
                        bench.constant,
                        part,
                    ),
                )
                for seed in settings.extra_seeds
            ]
            for part in settings.fewer
        }
        for size in settings.few_sizes
    }


def tokens_for(size: Size, settings: Settings) -> int:
    """How many tokens a size gets for the operations of the reference."""
    vocabulary = 256 + settings.characters
    budget = operations(settings.reference, vocabulary, settings.tokens)
    return int(budget / operations(size, vocabulary, 1))


def at_equal_compute(bench: Bench) -> dict[str, list[dict]]:
    """Sizes with as many operations as the reference: the smaller, the more tokens, none of them twice."""
    settings = bench.settings
    return {
        size.name: [
            bench.step(
                f"equal-{size.name}-{seed}",
                lambda: one_run(
                    bench,
                    size,
                    bench.data(tokens_for(size, settings), seed),
                    seed,
                    bench.constant,
                ),
            )
            for seed in settings.extra_seeds
        ]
        for size in settings.equal
    }


def simple(bench: Bench) -> dict:
    """Counting and compressors on the tokens of the first seed, and counting on as many of reviews."""
    settings = bench.settings
    size, seed = len(bench.vocabulary), settings.seeds[0]
    data = bench.data(settings.tokens, seed)
    home = stream(bench.home, bench.vocabulary, settings.tokens, seed)
    found = {}
    for order in settings.orders:
        counts = Counts(data, order, size)
        found[f"counts_{order}"] = {
            part: bench.per_document(part, [counts.bits(text) for text in bench.texts(part)])
            for part in ("test", "other")
        }
        own = Counts(home, order, size)
        found[f"counts_{order}_home"] = {
            "other": bench.per_document("other", [own.bits(text) for text in bench.texts("other")])
        }
    known = bench.vocabulary.decode(data)
    return {
        "counts": found,
        "compressed": {
            part: compressed([d.text for d in bench.judged(part)], known)
            for part in ("test", "other")
        },
    }


# --8<-- [start:difference]
def difference(one: Sequence[dict], other: Sequence[dict], part: str = "test") -> dict:
    """Loss of one less that of another, with its 95% interval over seeds and documents, both drawn anew.

    Both are judged on the same documents; seeds that both have are compared in pairs.
    """
    seeds = min(len(one), len(other))
    a, b = (as_array(runs[:seeds], part) for runs in (one, other))
    draw = np.random.default_rng(0)
    rows, weights = draw.integers(seeds, size=(DRAWS, seeds)), weights_of(a.shape[1], draw)
    found = drawn(a, rows, weights) - drawn(b, rows, weights)
    return {"mean": mean(a) - mean(b), "interval": ends(found), "runs": seeds}


# --8<-- [end:difference]


def level(runs: Sequence[dict], part: str = "test") -> dict:
    """A loss with its interval over seeds and documents, and each seed's."""
    of = as_array(runs, part)
    draw = np.random.default_rng(0)
    rows, weights = draw.integers(len(of), size=(DRAWS, len(of))), weights_of(of.shape[1], draw)
    return {
        "mean": mean(of),
        "interval": ends(drawn(of, rows, weights)),
        "seeds": [loss(one) for one in of],
    }


def run(settings: Settings, folder: Path) -> dict:
    """The whole experiment; see `summary` for what comes out."""
    bench = prepared(settings, folder)
    rates = tuned(bench)
    bench.constant = rates["constant"]
    main, told = ladder(bench)
    fewer, equal = on_fewer(bench), at_equal_compute(bench)
    data = bench.data(settings.tokens, settings.seeds[0])
    seed = settings.seeds[0]
    checks = {
        name: bench.step(
            f"check-{name}",
            lambda: one_run(bench, settings.checked, data, seed, bench.constant * times),
        )
        for name, times in (("half", 0.5), ("twice", 2.0))
    }
    home = bench.step(
        "home",
        lambda: one_run(
            bench,
            settings.at_home,
            stream(bench.home, bench.vocabulary, settings.tokens, seed),
            seed,
            bench.constant,
            parts=("other",),
        ),
    )
    controls = bench.step("controls", partial(simple, bench))
    return {
        "data": described(bench),
        "rates": {
            **rates,
            "check": {
                "size": settings.checked.name,
                "as_set": total(main[settings.checked.name][0]["test"]),
                **{name: total(one["test"]) for name, one in checks.items()},
            },
        },
        **summary(settings, main, told, fewer, equal),
        "controls": {
            "counts": {
                name: {part: total(documents) for part, documents in one.items()}
                for name, one in controls["counts"].items()
            },
            "compressed": controls["compressed"],
            "home": total(home["other"]),
            "home_size": settings.at_home.name,
        },
    }


def described(bench: Bench) -> dict:
    """What the texts are."""
    settings, corpus = bench.settings, bench.corpus
    parts = {name: bench.judged(name) for name in ("train", "validation", "test", "other")}
    characters = {name: sum(len(d.text) for d in of) for name, of in parts.items()}
    tokens = sum(len(bench.vocabulary.encode(d.text)) for d in corpus.train)
    spelt = {
        name: 1 - sum(c in bench.vocabulary.tokens for d in parts[name] for c in d.text) / count
        for name, count in characters.items()
        if name != "train"
    }
    return {
        "documents": {name: len(of) for name, of in parts.items()},
        "characters": characters,
        "articles": sum(len(d.parts) for d in corpus.train),
        "repeats": corpus.repeats,
        "leaks": corpus.leaks,
        "train_tokens": tokens,
        "tokens": settings.tokens,
        "vocabulary": len(bench.vocabulary),
        "spelt": spelt,
        "tokens_per_character": {
            name: sum(len(t) - 1 for t in bench.texts(name)) / characters[name]
            for name in ("test", "other")
        },
        "seeds": len(settings.seeds),
        "seeds_largest": len(settings.seeds_largest),
    }


def summary(settings: Settings, main: dict, told: dict, fewer: dict, equal: dict) -> dict:
    """Losses by size, the curves, the prediction against the measurement, fewer data, equal compute, other texts."""
    names = [size.name for size in settings.sizes]
    vocabulary = 256 + settings.characters
    largest, second = names[-1], names[-2]
    arrays = [as_array(main[name], "test") for name in names]
    rows = [
        {
            "name": size.name,
            "width": size.width,
            "blocks": size.blocks,
            "parameters": parameters(size),
            "all_parameters": whole(size, settings),
            "operations": operations(size, vocabulary, settings.tokens),
            "test": level(main[size.name]),
            "other": level(main[size.name], "other"),
        }
        for size in settings.sizes
    ]
    found = {
        "sizes": rows,
        "steps": [
            {
                "from": a,
                "to": b,
                **{part: difference(main[b], main[a], part) for part in ("test", "other")},
            }
            for a, b in zip(names, names[1:], strict=False)
        ],
        "largest_less_smallest": {
            part: difference(main[largest], main[names[0]], part) for part in ("test", "other")
        },
        "laws": {
            count: fitted([of(size, settings) for size in settings.sizes], arrays)
            for count, of in COUNTS.items()
        },
        "prediction": checked(told["blocks"], mean(arrays[-1])),
        "prediction_all": checked(told["all"], mean(arrays[-1])),
        "from_four": {
            "large": checked(
                predicted(
                    [parameters(s) for s in settings.sizes[:-2]],
                    arrays[:-2],
                    parameters(settings.sizes[-1]),
                    len(settings.seeds_largest),
                ),
                mean(arrays[-1]),
            ),
            "next": checked(
                predicted(
                    [parameters(s) for s in settings.sizes[:-2]],
                    arrays[:-2],
                    parameters(settings.sizes[-2]),
                    len(settings.seeds),
                ),
                mean(arrays[-2]),
            ),
        },
        "largest_less_second": difference(main[largest], main[second]),
    }
    few = {size.name: {"1": main[size.name], **fewer[size.name]} for size in settings.few_sizes}
    less, more = (size.name for size in settings.few_sizes)
    found["fewer"] = {
        "sizes": [less, more],
        "losses": {
            name: {part: level(runs[: len(settings.extra_seeds)]) for part, runs in of.items()}
            for name, of in few.items()
        },
        "larger_less_smaller": {
            part: difference(few[more][part], few[less][part]) for part in few[less]
        },
        "against_all": {
            name: {part: difference(of[part], of["1"]) for part in of if part != "1"}
            for name, of in few.items()
        },
    }
    same = {
        **equal,
        settings.reference.name: main[settings.reference.name][: len(settings.extra_seeds)],
    }
    order = [size for size in settings.sizes if size.name in same]
    found["equal"] = {
        "operations": operations(settings.reference, vocabulary, settings.tokens),
        "reference": settings.reference.name,
        "sizes": [
            {
                "name": size.name,
                "tokens": tokens_for(size, settings),
                "loss": level(same[size.name]),
                "against_reference": difference(same[size.name], same[settings.reference.name]),
                "against_ladder": difference(same[size.name], main[size.name]),
            }
            for size in order
        ],
        "best": min(order, key=lambda size: mean(as_array(same[size.name], "test"))).name,
    }
    found["main_law"] = MAIN
    return found


def checked(told: dict, measured: float) -> dict:
    """A prediction beside what was measured: errors are predicted less measured."""
    return {
        **told,
        "measured": measured,
        "naive_error": told["naive"] - measured,
        "step_error": told["step"] - measured,
        "laws": {
            law: {
                **one,
                "error": one["value"] - measured,
                "inside": one["interval"][0] <= measured <= one["interval"][1],
            }
            for law, one in told["laws"].items()
        },
    }
