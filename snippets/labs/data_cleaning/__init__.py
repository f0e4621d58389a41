"""What repeats, near-repeats, contradictory labels, broken encoding and missing labels do to a score, in real Chinese reviews.

The claim: cleaning makes data consistent and complete. Measured: how many rows each step of cleaning finds, how far
the score that a team measures on its own test set lies above the score on reviews that it has never seen, whether
cleaning makes the model better or only the score honest, and whether what is missing can be made up for.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import ftfy
import numpy as np
from datasketch import MinHash, MinHashLSH
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline

from snippets.labs.reviews import Review, comparable, read_reviews
from snippets.labs.statistics import mean_interval
from snippets.labs.steps import kept
from snippets.metrics import accuracy_interval

REPLACEMENT = "\ufffd"
WAYS = ("drop", "commonest", "predicted")  # to go on when labels are missing


@dataclass(frozen=True)
class Settings:
    """What the measurement depends on."""

    distinct: int | None  # different reviews of either kind; None for all
    seeds: tuple[int, ...]
    similarity: float = 0.7  # Jaccard, from which on two reviews are near-repeats
    hashes: int = 128  # of MinHash
    edits: int = 2  # characters changed in each planted near-repeat
    unseen: float = 0.15  # share of the different reviews put aside
    damage: tuple[float, ...] = (
        0.05,
        0.2,
    )  # shares of training reviews broken, or labelled wrongly
    broken: float = 0.05  # share of all reviews broken for the test of detection
    # Shares of good and of bad reviews whose label is missing: half of all either way.
    missing: tuple[tuple[str, float, float], ...] = (
        ("random", 0.5, 0.5),
        ("by_label", 0.2, 0.8),
    )


FULL = Settings(distinct=None, seeds=(1, 2, 3, 4, 5))
SMALL = Settings(distinct=500, seeds=(1, 2))


# Near-repeats


# --8<-- [start:near]
def shingles(text: str, length: int = 3) -> set[str]:
    """All runs of so many characters, white space aside; a shorter text is one run."""
    text = "".join(comparable(text).split())
    return {text[i : i + length] for i in range(max(1, len(text) - length + 1))}


def near_pairs(texts: Sequence[str], similarity: float, hashes: int = 128) -> list[tuple[int, int]]:
    """Pairs of places whose texts share at least `similarity` of their runs of characters (Jaccard).

    MinHash finds candidates without comparing all pairs; each is then computed exactly, so no pair is wrong,
    but some may be missed: `all_near_pairs` misses none and is there to count them.
    """
    runs = [shingles(text) for text in texts]
    index, pairs = MinHashLSH(threshold=similarity, num_perm=hashes), []
    for place, sketch in enumerate(
        MinHash.generator(([run.encode() for run in r] for r in runs), num_perm=hashes, seed=1)
    ):
        for other in index.query(sketch):
            if jaccard(runs[place], runs[other]) >= similarity:
                pairs.append((other, place))
        index.insert(place, sketch)
    return sorted(pairs)


def jaccard(one: set[str], other: set[str]) -> float:
    """What two sets share, of all that either holds."""
    return len(one & other) / len(one | other)


# --8<-- [end:near]


def all_near_pairs(
    texts: Sequence[str], similarity: float, block: int = 500
) -> list[tuple[int, int]]:
    """The same pairs by comparing everything with everything, as products of sparse matrices."""
    runs = [sorted(shingles(text)) for text in texts]
    numbers: dict[str, int] = {}
    columns = [numbers.setdefault(run, len(numbers)) for r in runs for run in r]
    starts = np.concatenate([[0], np.cumsum([len(r) for r in runs])])
    holds = csr_array(
        (np.ones(len(columns), dtype=np.int32), np.array(columns), starts),
        shape=(len(runs), len(numbers)),
    )
    sizes, turned, pairs = np.diff(starts), holds.T.tocsr(), []
    for first in range(0, len(runs), block):
        shared = coo_array(holds[first : first + block] @ turned)
        rows, others = shared.coords[0] + first, shared.coords[1]
        near = (rows < others) & (
            shared.data >= similarity * (sizes[rows] + sizes[others] - shared.data)
        )
        pairs += zip(rows[near].tolist(), others[near].tolist(), strict=True)
    return sorted(pairs)


def groups(count: int, pairs: Sequence[tuple[int, int]]) -> np.ndarray:
    """The number of the group of each of `count` places; places linked by pairs, however far around, are one group."""
    first, second = np.array(pairs, dtype=int).reshape(-1, 2).T
    graph = coo_array((np.ones(len(first)), (first, second)), shape=(count, count))
    return connected_components(graph, directed=False)[1]


# Cleaning


# --8<-- [start:clean]
def without_repeats(reviews: Sequence[Review]) -> list[Review]:
    """The first of each text; width, case and white space do not make a text another one."""
    seen: set[str] = set()
    return [
        r for r in reviews if (key := comparable(r.text)) and not (key in seen or seen.add(key))
    ]


def without_contradictions(reviews: Sequence[Review], told: Sequence[Review]) -> list[Review]:
    """Without the texts that carry both labels among `told`: which is right, nobody knows."""
    labels: dict[str, set[bool]] = {}
    for review in told:
        labels.setdefault(comparable(review.text), set()).add(review.positive)
    return [r for r in reviews if len(labels[comparable(r.text)]) == 1]


def without_near_repeats(reviews: Sequence[Review], settings: Settings) -> list[Review]:
    """The first of each group of near-repeats."""
    group = groups(
        len(reviews), near_pairs([r.text for r in reviews], settings.similarity, settings.hashes)
    )
    first = np.unique(group, return_index=True)[1]
    return [reviews[place] for place in sorted(first)]


# --8<-- [end:clean]


def stages(reviews: Sequence[Review], settings: Settings) -> dict[str, list[Review]]:
    """The rows after each step of cleaning, each on top of the one before."""
    once = without_repeats(reviews)
    agreed = without_contradictions(once, reviews)
    return {
        "raw": list(reviews),
        "repeats": once,
        "labels": agreed,
        "near": without_near_repeats(agreed, settings),
    }


def edited(reviews: Sequence[Review], edits: int, seed: int) -> list[Review]:
    """The same rows, but each repeat of an earlier text is changed in a few characters, as copied texts are.

    Generated: characters at random places are replaced by others of the reviews, taken at random.
    """
    generator = np.random.default_rng(seed)
    characters = sorted({c for review in reviews for c in review.text if not c.isspace()})
    seen: set[str] = set()
    changed = []
    for review in reviews:
        text, key = list(review.text), comparable(review.text)
        if key in seen and text:
            for place in generator.integers(len(text), size=edits):
                text[place] = characters[generator.integers(len(characters))]
        seen.add(key)
        changed.append(replace(review, text="".join(text)))
    return changed


# The score


Predict = Callable[[Sequence[Review]], np.ndarray]


# --8<-- [start:score]
class Counted:
    """How often each character and pair of characters stands in each text: counted once, used by every model."""

    def __init__(self, reviews: Iterable[Review]):
        texts = list(dict.fromkeys(review.text for review in reviews))
        self.rows = {text: row for row, text in enumerate(texts)}
        self.counts = CountVectorizer(
            analyzer="char", ngram_range=(1, 2), dtype=np.float64
        ).fit_transform(texts)

    def of(self, reviews: Sequence[Review]) -> csr_array:
        """The counts of some reviews."""
        return self.counts[[self.rows[review.text] for review in reviews]]


def trained(counted: Counted, train: Sequence[Review], looseness: float = 1.0) -> Predict:
    """Train TF-IDF with logistic regression; gives what answers for other reviews.

    looseness: scikit-learn's C, the weight of the examples against the penalty on large coefficients.
    """
    counts = counted.of(train)
    often = counts.getnnz(axis=0) > 1  # what stands in a single text tells nothing about others
    model = make_pipeline(
        TfidfTransformer(sublinear_tf=True), LogisticRegression(C=looseness, max_iter=1000)
    )
    model.fit(counts[:, often], [r.positive for r in train])
    return lambda reviews: model.predict(counted.of(reviews)[:, often])


def accuracies(
    counted: Counted, train: Sequence[Review], *tests: Sequence[Review], looseness: float = 1.0
) -> list[float]:
    """Share of right answers on each test set, of a model trained on some reviews."""
    predict = trained(counted, train, looseness)
    return [float(np.mean(predict(test) == [r.positive for r in test])) for test in tests]


def believed_and_true(
    counted: Counted, rows: Sequence[Review], unseen: Sequence[Review], seed: int
) -> dict:
    """`own`: what a team measures that splits its own rows at random; `unseen`: what the same model reaches on reviews
    that it has never seen.
    """
    train, test = train_test_split(
        rows, test_size=0.2, random_state=seed, stratify=[r.positive for r in rows]
    )
    trained = {comparable(r.text) for r in train}
    own, true = accuracies(counted, train, test, unseen)
    return {
        "rows": len(rows),
        "test": len(test),
        "leaked": sum(comparable(r.text) in trained for r in test),
        "own": own,
        "unseen": true,
    }


# --8<-- [end:score]


def grouped(reviews: Sequence[Review], settings: Settings) -> dict[str, int]:
    """The group of each different text: those that are near-repeats of each other have the same number."""
    texts = [comparable(r.text) for r in without_repeats(reviews)]
    return dict(
        zip(
            texts,
            groups(len(texts), near_pairs(texts, settings.similarity, settings.hashes)).tolist(),
            strict=True,
        )
    )


def put_aside(
    reviews: Sequence[Review], group_of: dict[str, int], settings: Settings, seed: int
) -> tuple[list[Review], list[Review]]:
    """(what the team has collected, reviews that it never sees).

    A text goes to one side with all its repeats and near-repeats. Unseen reviews stand once, and have one label.
    """
    order = np.random.default_rng(seed).permutation(max(group_of.values()) + 1)
    aside = set(order[: round(settings.unseen * len(order))].tolist())
    collected = [r for r in reviews if group_of.get(comparable(r.text)) not in aside]
    others = [r for r in reviews if group_of.get(comparable(r.text)) in aside]
    unseen = without_near_repeats(without_contradictions(without_repeats(others), others), settings)
    return collected, unseen


# Repeats with edits carry other labels no oftener than before: that step is measured on the real ones alone.
MEASURED = {"real": ("raw", "repeats", "labels", "near"), "edited": ("raw", "repeats", "near")}


def measure(
    reviews: Sequence[Review], group_of: dict[str, int], settings: Settings, seed: int
) -> dict:
    """Scores after each step of cleaning, with the repeats as they are and with repeats edited.

    `final`, of the real ones: what a model reaches on unseen reviews that learns from all rows the step leaves. Rows that
    stand twice also count twice against the penalty; "loose" is the cleaned rows with a penalty as weak as the raw ones have.
    """
    collected, unseen = put_aside(reviews, group_of, settings, seed)
    copied = edited(collected, settings.edits, seed)
    counted, measured = Counted([*collected, *copied, *unseen]), {"unseen": len(unseen)}
    for name, rows in (("real", collected), ("edited", copied)):
        left = stages(rows, settings)
        measured[name] = {
            stage: believed_and_true(counted, left[stage], unseen, seed) for stage in MEASURED[name]
        }
        if name == "real":
            measured["final"] = {
                stage: accuracies(counted, left[stage], unseen)[0] for stage in MEASURED[name]
            }
            ratio = len(left["raw"]) / len(left["near"])
            measured["final"]["loose"] = accuracies(counted, left["near"], unseen, looseness=ratio)[
                0
            ]
    return measured


def damaged(
    reviews: Sequence[Review], group_of: dict[str, int], settings: Settings, seed: int
) -> dict:
    """Accuracy on unseen reviews when a share of clean training reviews is broken, or labelled wrongly."""
    collected, unseen = put_aside(reviews, group_of, settings, seed)
    clean = stages(collected, settings)["near"]
    versions, kinds = {"clean": clean}, list(GARBLES.values())
    for share in settings.damage:
        chosen = set(
            np.random.default_rng(seed)
            .permutation(len(clean))[: round(share * len(clean))]
            .tolist()
        )
        versions[f"broken-{share:g}"] = [
            replace(r, text=kinds[i % len(kinds)](r.text)) if i in chosen else r
            for i, r in enumerate(clean)
        ]
        versions[f"wrong-{share:g}"] = [
            replace(r, positive=not r.positive) if i in chosen else r for i, r in enumerate(clean)
        ]
    counted = Counted(review for rows in (*versions.values(), unseen) for review in rows)
    return {name: accuracies(counted, rows, unseen)[0] for name, rows in versions.items()}


# Missing labels


# --8<-- [start:missing]
def without_labels(
    reviews: Sequence[Review], of_good: float, of_bad: float, seed: int
) -> tuple[list[Review], list[Review]]:
    """(reviews that have a label, reviews whose label is lost): so many of the good ones and of the bad ones."""
    draw = np.random.default_rng(seed).random(len(reviews))
    lost = [d < (of_good if r.positive else of_bad) for r, d in zip(reviews, draw, strict=True)]
    return (
        [r for r, gone in zip(reviews, lost, strict=True) if not gone],
        [r for r, gone in zip(reviews, lost, strict=True) if gone],
    )


def filled(
    counted: Counted, there: Sequence[Review], lost: Sequence[Review], way: str
) -> list[Review]:
    """The rows to learn from when some labels are lost.

    way: "drop" leaves those rows out; "commonest" gives them the label that most others have; "predicted" the label
    that a model says which has learned from the others.
    """
    if way == "drop":
        return list(there)
    good = np.mean([r.positive for r in there]) >= 0.5
    labels = [good] * len(lost) if way == "commonest" else trained(counted, there)(lost)
    return [*there, *(replace(r, positive=bool(p)) for r, p in zip(lost, labels, strict=True))]


# --8<-- [end:missing]


def missing(
    reviews: Sequence[Review], group_of: dict[str, int], settings: Settings, seed: int
) -> dict:
    """For each way in which labels are lost, and each way to go on without them, what is believed and what is true.

    `own` is measured on a fifth of the rows that have a label, as a team would that has no others; `unseen` on reviews
    with all labels, with `bad` for the bad ones among them alone. "complete" is the same with no label lost.
    """
    collected, unseen = put_aside(reviews, group_of, settings, seed)
    clean = stages(collected, settings)["near"]
    counted = Counted([*clean, *unseen])
    bad = [r for r in unseen if not r.positive]

    def measured(rows: Sequence[Review], more: Sequence[Review], way: str) -> dict:
        train, test = train_test_split(
            list(rows), test_size=0.2, random_state=seed, stratify=[r.positive for r in rows]
        )
        learned = filled(counted, train, more, way)
        own, true, of_bad = accuracies(counted, learned, test, unseen, bad)
        return {"rows": len(learned), "own": own, "unseen": true, "bad": of_bad}

    found = {"complete": {"drop": measured(clean, [], "drop")}}
    for name, of_good, of_bad in settings.missing:
        there, lost = without_labels(clean, of_good, of_bad, seed)
        found[name] = {way: measured(there, lost, way) for way in WAYS}
    return found


# Broken encoding


# --8<-- [start:encoding]
def read_wrongly(text: str, written: str, read: str) -> str:
    """A text written in one encoding and read in another; what cannot be read becomes U+FFFD."""
    return text.encode(written, "replace").decode(read, "replace")


GARBLES: dict[str, Callable[[str], str]] = {
    "utf8-as-latin1": partial(read_wrongly, written="utf-8", read="latin-1"),
    "utf8-as-gb18030": partial(read_wrongly, written="utf-8", read="gb18030"),
    "gb18030-as-latin1": partial(read_wrongly, written="gb18030", read="latin-1"),
    "gb18030-as-utf8": partial(read_wrongly, written="gb18030", read="utf-8"),
}


def turned(text: str, read: str, written: str) -> str:
    """A text turned back from the encoding it was read in to the one it was written in; "" where that gives no Chinese.

    UTF-8 that was read as GB 18030 turns back into valid UTF-8, which proper Chinese text hardly ever does.
    """
    try:
        back = text.encode(read).decode(written)
    except UnicodeError:
        return ""
    return back if back != text and any("\u4e00" <= c <= "\u9fff" for c in back) else ""


def is_broken(text: str) -> bool:
    """What ftfy finds suspicious, what has lost characters, and what turns back from GB 18030, which ftfy does not try."""
    return ftfy.is_bad(text) or REPLACEMENT in text or bool(turned(text, "gb18030", "utf-8"))


def mended(text: str) -> str:
    """The text as it was written, as far as it can be told; as it is, otherwise."""
    if back := turned(text, "gb18030", "utf-8"):
        return back
    by_ftfy = ftfy.fix_encoding(text)
    return (
        turned(text, "latin-1", "gb18030")
        if ftfy.is_bad(by_ftfy) and turned(text, "latin-1", "gb18030")
        else by_ftfy
    )


# --8<-- [end:encoding]


def detection(texts: Sequence[str], share: float, seed: int) -> dict:
    """Break a known share of texts in each way, and count what is found, what is mended, and false alarms."""
    generator = np.random.default_rng(seed)
    chosen = generator.permutation(len(texts))[: max(1, round(share * len(texts)))].tolist()
    found = {}
    for kind, garble in GARBLES.items():
        pairs = [(texts[i], garble(texts[i])) for i in chosen if garble(texts[i]) != texts[i]]
        counts = {
            "found_ftfy": [ftfy.is_bad(b) for _, b in pairs],
            "found": [is_broken(b) for _, b in pairs],
            "mended_ftfy": [ftfy.fix_encoding(b) == t for t, b in pairs],
            "mended": [mended(b) == t for t, b in pairs],
        }
        found[kind] = {
            "broken": len(pairs),
            **{name: share_of(sum(right), len(pairs)) for name, right in counts.items()},
        }
    alarms = sum(map(is_broken, texts))
    return {"kinds": found, "clean": len(texts), "false_alarms": share_of(alarms, len(texts))}


def share_of(count: int, total: int) -> dict:
    """A share with Wilson's interval."""
    return {
        "count": count,
        "share": count / total,
        "interval": list(accuracy_interval(count, total)),
    }


# The whole


def found_in(reviews: Sequence[Review], settings: Settings) -> dict:
    """How many rows each step of cleaning takes out, and how many near-repeats MinHash misses."""
    after = stages(reviews, settings)
    left, agreed = {stage: len(rows) for stage, rows in after.items()}, after["labels"]
    texts = [r.text for r in agreed]
    pairs, every = (
        near_pairs(texts, settings.similarity, settings.hashes),
        all_near_pairs(texts, settings.similarity),
    )
    labels: dict[str, set[bool]] = {}
    for review in reviews:
        labels.setdefault(comparable(review.text), set()).add(review.positive)
    both = {key for key, found in labels.items() if len(found) > 1}
    return {
        "rows": len(reviews),
        "left": left,
        "repeats": left["raw"] - left["repeats"],
        "near": left["labels"] - left["near"],
        "contradictory_texts": len(both),
        "contradictory_rows": sum(comparable(r.text) in both for r in reviews),
        "near_pairs": len(pairs),
        "near_pairs_all": len(every),
        "near_pairs_other_label": sum(agreed[i].positive != agreed[j].positive for i, j in every),
        "already_broken": sum(map(is_broken, texts)),
    }


def summary_of_missing(parts: Sequence[dict]) -> dict:
    """Means over the seeds; `loss` is what is lost against complete labels, `inflation` how far the own score is too high."""
    result: dict = {}
    for name in parts[0]:
        result[name] = {}
        for way in parts[0][name]:
            each = [part[name][way] for part in parts]
            whole = [part["complete"]["drop"]["unseen"] for part in parts]
            result[name][way] = {
                "rows": round(float(np.mean([e["rows"] for e in each]))),
                **{
                    what: mean_interval([e[what] for e in each])
                    for what in ("own", "unseen", "bad")
                },
                "inflation": mean_interval([e["own"] - e["unseen"] for e in each]),
                "loss": mean_interval([w - e["unseen"] for w, e in zip(whole, each, strict=True)]),
            }
    return result


def summary(runs: Sequence[dict], damages: Sequence[dict]) -> dict:
    """Means and intervals over the seeds; differences are taken seed by seed."""
    result: dict = {"scores": {}, "damage": {}}
    for name in ("real", "edited"):
        result["scores"][name] = {}
        for stage in MEASURED[name]:
            each = [run[name][stage] for run in runs]
            result["scores"][name][stage] = {
                "rows": round(float(np.mean([e["rows"] for e in each]))),
                "leaked": float(np.mean([e["leaked"] / e["test"] for e in each])),
                "own": mean_interval([e["own"] for e in each]),
                "unseen": mean_interval([e["unseen"] for e in each]),
                "inflation": mean_interval([e["own"] - e["unseen"] for e in each]),
            }
    result["final"] = {
        stage: {
            "accuracy": mean_interval([run["final"][stage] for run in runs]),
            "gain": mean_interval([run["final"][stage] - run["final"]["raw"] for run in runs]),
        }
        for stage in runs[0]["final"]
    }
    for name in damages[0]:
        result["damage"][name] = {
            "unseen": mean_interval([d[name] for d in damages]),
            "loss": mean_interval([d["clean"] - d[name] for d in damages]),
        }
    return result


def run(settings: Settings, folder: Path) -> dict:
    """The whole measurement, step by step; what is kept in the folder is not computed again."""
    reviews = read_reviews(settings.distinct)
    found = kept(folder, "found", partial(found_in, reviews, settings), settings=settings)
    texts = [r.text for r in without_repeats(reviews)]
    encoding = kept(
        folder,
        "encoding",
        partial(detection, texts, settings.broken, settings.seeds[0]),
        settings=settings,
    )
    group_of = kept(folder, "groups", partial(grouped, reviews, settings), settings=settings)
    runs, damages, lacks = [], [], []
    for seed in settings.seeds:
        runs.append(
            kept(
                folder,
                f"scores-{seed}",
                partial(measure, reviews, group_of, settings, seed),
                settings=settings,
            )
        )
        damages.append(
            kept(
                folder,
                f"damage-{seed}",
                partial(damaged, reviews, group_of, settings, seed),
                settings=settings,
            )
        )
        lacks.append(
            kept(
                folder,
                f"missing-{seed}",
                partial(missing, reviews, group_of, settings, seed),
                settings=settings,
            )
        )
    return {
        "seeds": list(settings.seeds),
        "found": found,
        "encoding": encoding,
        **summary(runs, damages),
        "missing": summary_of_missing(lacks),
    }
