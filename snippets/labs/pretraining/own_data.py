"""Counting words against frozen pre-trained encoders on a table of one's own."""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from snippets.bert_text_classification.data import Example, clean, label_names, sample
from snippets.bert_text_classification.own_texts import read_csv
from snippets.labs.pretraining import mean
from snippets.labs.pretraining.methods import STRENGTHS
from snippets.labs.sentence_vectors import embedded, encoder

FOLDS = 5
MODELS = ("e5", "use")
LONGEST = 2000  # characters; what is longer is cut, and the comparison says how many were
BATCH = 100


def compare_file(
    path: Path,
    text_column: str = "text",
    label_column: str = "label",
    encoding: str = "utf-8-sig",
    limit: int | None = None,
    seed: int = 0,
) -> dict:
    """`compare` of a CSV file with a heading. Raises InputError in one sentence for what cannot be used."""
    return compare(read_csv(path, text_column, label_column, encoding), limit, seed)


def compare(examples: Sequence[Example], limit: int | None = None, seed: int = 0) -> dict:
    """Accuracy of counting, e5 and USE by cross-validation, with intervals, and each one's lead over counting.

    Repeats, empty texts and texts with two labels are taken out first. limit: use so many texts at most.
    Raises InputError for too few texts or classes, and for a package that is missing.
    """
    for name in MODELS:
        encoder(name)  # a missing package is told before anything is computed
    cleaned = clean(examples)
    label_names(cleaned.examples)
    kept = sample(cleaned.examples, limit, seed) if limit else cleaned.examples
    names = label_names(kept)
    labels = np.array([names.index(example.label) for example in kept])
    texts = [example.text[:LONGEST] for example in kept]
    with tempfile.TemporaryDirectory() as folder:
        inputs = {"tfidf": np.array(texts, dtype=object)} | {
            name: told(name, texts, Path(folder)) for name in MODELS
        }
    right = {"majority": (labels == np.bincount(labels).argmax()).astype(float)} | {
        name: np.zeros(len(texts)) for name in inputs
    }
    parts = StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(texts, labels)
    for train, test in parts:
        for name, values in inputs.items():
            guessed = predicted(name, values[train], labels[train], values[test])
            right[name][test] = guessed == labels[test]
    return {
        "texts": len(texts),
        "labels": {name: int((labels == place).sum()) for place, name in enumerate(names)},
        "left_out": {
            "empty": len(cleaned.empty),
            "repeats": len(cleaned.duplicates),
            "two_labels": len(cleaned.contradictory),
            "by_limit": len(cleaned.examples) - len(kept),
        },
        "cut": sum(len(example.text) > LONGEST for example in kept),
        "folds": FOLDS,
        "accuracy": {name: figures(values) for name, values in right.items()},
        "against_tfidf": {name: figures(right[name] - right["tfidf"]) for name in MODELS},
    }


def predicted(name: str, train: np.ndarray, labels: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """The classes that a method gives, its C chosen within the labels that it learns from."""
    if name == "tfidf":
        first = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True)
    else:
        first = StandardScaler()
    classifier = make_pipeline(first, LogisticRegression(max_iter=1000))
    search = GridSearchCV(classifier, {"logisticregression__C": STRENGTHS}, cv=3)
    return search.fit(train, labels).predict(asked)


def told(name: str, texts: Sequence[str], folder: Path) -> np.ndarray:
    """The vectors of texts, with a line on how far it is where somebody watches."""
    rows = []
    for start in range(0, len(texts), BATCH):
        if sys.stderr.isatty():
            print(f"\r{name}: {start} of {len(texts)} texts", end="", file=sys.stderr, flush=True)
        rows.append(embedded(name, texts[start : start + BATCH], folder, BATCH)[0])
    if sys.stderr.isatty():
        print(f"\r{name}: {len(texts)} texts        ", file=sys.stderr)
    return np.concatenate(rows)


def figures(values: np.ndarray) -> dict:
    """Mean and interval, over the texts."""
    found = mean(values[None])
    return {"mean": found["mean"], "interval": found["interval"]}


def as_table(found: dict) -> str:
    """A comparison as lines for a terminal."""
    out = found["left_out"]
    lines = [
        f"{found['texts']} texts ({', '.join(f'{n} {c}' for n, c in found['labels'].items())}); left out: "
        f"{out['repeats']} repeats, {out['two_labels']} with two labels, {out['empty']} empty, {out['by_limit']} by --limit"
    ]
    if found["cut"]:
        lines.append(f"{found['cut']} texts were cut to {LONGEST} characters")
    for name, one in found["accuracy"].items():
        low, high = one["interval"]
        line = f"{name:<9} accuracy {one['mean']:.3f} ({low:.3f} to {high:.3f})"
        if lead := found["against_tfidf"].get(name):
            low, high = lead["interval"]
            line += f"   against tfidf {lead['mean']:+.3f} ({low:+.3f} to {high:+.3f})"
        lines.append(line)
    return "\n".join(lines)
