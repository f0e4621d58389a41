"""On a labelled table of one's own: what asking for unsure texts would have saved, and what an update would break."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer

from snippets.bert_text_classification.data import Example, clean, label_names, sample
from snippets.bert_text_classification.own_texts import read_csv
from snippets.labs.feedback.active import Study, follow
from snippets.labs.feedback.data import Split, weighted
from snippets.labs.feedback.learner import choose, learn
from snippets.labs.statistics import mean_interval
from snippets.runs import InputError

FEWEST = 100  # texts, repeats left out
SEEDS = 10
TEST = 0.3  # share of the texts
LONGEST = 2000  # characters; what is longer is cut
WAYS = ("random", "margin")


def compare_file(
    path: Path,
    text_column: str = "text",
    label_column: str = "label",
    encoding: str = "utf-8-sig",
    limit: int | None = None,
) -> dict:
    """`compare` of a CSV file with a heading. Raises InputError in one sentence for what cannot be used."""
    return compare(read_csv(path, text_column, label_column, encoding), limit)


def compare(examples: Sequence[Example], limit: int | None = None) -> dict:
    """Accuracy by the number of labels, drawn at random and asked for where the model is unsure, and what a model of
    twice as many labels at random breaks of what the smaller one had right. Means over ten draws of test and pool.

    Repeats, empty texts and texts with two labels are taken out first. limit: use so many texts at most. Raises
    InputError for too few texts or classes.
    """
    cleaned = clean(examples)
    label_names(cleaned.examples)
    kept = sample(cleaned.examples, limit, 0) if limit else cleaned.examples
    names = label_names(kept)
    if len(kept) < FEWEST:
        raise InputError(
            f"{len(kept)} different texts are too few to compare ways of labelling: at least {FEWEST} are needed"
        )
    labels = np.array([names.index(example.label) for example in kept])
    counted = CountVectorizer(analyzer="char", ngram_range=(1, 2))
    counts = counted.fit_transform(example.text[:LONGEST] for example in kept)
    study = study_of(round((1 - TEST) * len(kept)), len(names))
    runs, broken = {way: [] for way in WAYS}, []
    for seed in range(SEEDS):
        shuffled = np.random.default_rng(seed).permutation(len(kept))
        test, pool = np.split(shuffled, [round(TEST * len(kept))])
        features, asked = weighted(counts[pool], counts[test])
        split = Split(features, labels[pool], asked, labels[test])
        for way in WAYS:
            runs[way].append(follow(split, None, study, way, seed, rare=False))
        broken.append(update(split, study.sizes[-2], study.sizes[-1]))
    return {
        "texts": len(kept),
        "left_out": len(examples) - len(kept),
        "draws": SEEDS,
        "batch": study.batch,
        "sizes": {str(size): at_size(runs, place) for place, size in enumerate(study.sizes)},
        "update": {
            "from": study.sizes[-2],
            "to": study.sizes[-1],
            **{key: mean_interval([one[key] for one in broken]) for key in broken[0]},
        },
    }


def study_of(pool: int, classes: int) -> Study:
    """What is tried on a pool of this size: numbers of labels that double, up to half of it."""
    start = min(max(20, 4 * classes), pool // 4)
    sizes = [start]
    while sizes[-1] * 2 <= pool // 2:
        sizes.append(sizes[-1] * 2)
    return Study(WAYS, start, max(1, start // 2), tuple(sizes))


def at_size(runs: dict[str, list], place: int) -> dict:
    """Accuracies at one number of labels, and the lead, draw by draw."""
    scores = {way: np.array([run[place]["score"] for run in runs[way]]) for way in WAYS}
    found = {way: mean_interval(values) for way, values in scores.items()}
    return found | {"lead": mean_interval(scores["margin"] - scores["random"])}


def update(split: Split, few: int, many: int) -> dict:
    """What a model of more labels, the first ones among them, has wrong that the smaller had right, and the reverse."""
    right = []
    for count in (few, many):
        features, labels = split.features[:count], split.labels[:count]
        known = np.flatnonzero(np.bincount(labels)[labels] >= 2)
        strength = choose(features[known], labels[known]).strength
        model = learn(features[known], labels[known], strength)
        right.append(model.predict(split.test) == split.test_labels)
    before, after = right
    return {
        "broken": float((before & ~after).mean()),
        "mended": float((~before & after).mean()),
    }


def as_table(found: dict) -> str:
    """A comparison as lines for a terminal."""
    lines = [
        f"{found['texts']} texts, {found['left_out']} left out (repeats, empty, two labels, --limit); "
        f"{found['draws']} draws, asked for {found['batch']} at a time"
    ]
    for size, one in found["sizes"].items():
        low, high = one["lead"]["interval"]
        lines.append(
            f"{size:>6} labels   at random {one['random']['mean']:.3f}   asked for {one['margin']['mean']:.3f}   "
            f"lead {one['lead']['mean']:+.3f} ({low:+.3f} to {high:+.3f})"
        )
    update = found["update"]
    lines.append(
        f"from {update['from']} to {update['to']} labels at random: {update['mended']['mean']:.1%} of the test texts "
        f"become right, {update['broken']['mean']:.1%} become wrong"
    )
    return "\n".join(lines)
