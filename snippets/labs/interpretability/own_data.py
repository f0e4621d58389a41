"""A search for shortcuts in a table of one's own: a readable model names suspects, taking them out convicts or clears them."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import Pipeline, make_pipeline

from snippets.bert_text_classification.data import Example, clean, label_names, sample
from snippets.bert_text_classification.own_texts import read_csv
from snippets.runs import InputError

FOLDS = 5
LONGEST = 4  # characters of a suspect
SELDOM = 5  # texts that hold a suspect, at least


def search_file(
    path: Path,
    text_column: str = "text",
    label_column: str = "label",
    encoding: str = "utf-8-sig",
    limit: int | None = None,
    seed: int = 0,
    phrases: Sequence[str] = (),
    top: int = 10,
) -> dict:
    """`search` of a CSV file with a heading. Raises InputError in one sentence for what cannot be used."""
    return search(read_csv(path, text_column, label_column, encoding), limit, seed, phrases, top)


def search(
    examples: Sequence[Example],
    limit: int | None = None,
    seed: int = 0,
    phrases: Sequence[str] = (),
    top: int = 10,
) -> dict:
    """The pieces of one to four characters on which a model of counts leans most, and your own phrases.

    For each, over texts that the model did not learn from: how many hold it, and on those the share of answers that
    change when it is taken out, and the accuracy before and after. `control` is the same of pieces as frequent, drawn
    by chance. Raises InputError for too few texts or classes, and for a phrase that no text holds.
    """
    cleaned = clean(examples)
    label_names(cleaned.examples)
    kept = sample(cleaned.examples, limit, seed) if limit else cleaned.examples
    names = label_names(kept)
    labels = np.array([names.index(example.label) for example in kept])
    texts = [example.text for example in kept]
    for phrase in phrases:
        if not any(phrase in text for text in texts):
            raise InputError(
                f"no text holds the phrase “{phrase}”; give one as it stands in the file"
            )
    folds = [
        (fitted([texts[i] for i in train], labels[train]), test)
        for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(
            texts, labels
        )
    ]
    strength = strengths(folds, texts)
    suspects = leading(strength, top)
    found = {piece: taken_out(piece, folds, texts, labels) for piece in (*suspects, *phrases)}
    by_chance = [
        taken_out(piece, folds, texts, labels) for piece in as_frequent(suspects, strength, seed)
    ]
    return {
        "texts": len(texts),
        "labels": {name: int((labels == place).sum()) for place, name in enumerate(names)},
        "left_out": len(examples) - len(kept),
        "folds": FOLDS,
        "accuracy": accuracy(folds, texts, labels),
        "suspects": {piece: found[piece] for piece in suspects},
        "phrases": {piece: found[piece] for piece in phrases},
        "control": {"changed": float(np.mean([one["changed"] for one in by_chance] or [0.0]))},
    }


def fitted(texts: Sequence[str], labels: np.ndarray) -> Pipeline:
    """Logistic regression on whether a text holds each piece: what it adds to an answer is its weight."""
    pieces = CountVectorizer(
        analyzer="char", ngram_range=(1, LONGEST), min_df=SELDOM, binary=True, lowercase=False
    )
    try:
        return make_pipeline(pieces, LogisticRegression(max_iter=1000)).fit(texts, labels)
    except ValueError:
        raise InputError(
            f"no piece of the texts occurs in {SELDOM} of them: more texts are needed"
        ) from None


def strengths(
    folds: Sequence[tuple[Pipeline, np.ndarray]], texts: Sequence[str]
) -> dict[str, tuple[float, int]]:
    """For each piece what it adds to an answer, times the held-out texts that hold it, summed over the folds; their number.

    What a piece adds is its weight and those of all pieces within it: they come and go together.
    """
    found: dict[str, tuple[float, int]] = {}
    for model, test in folds:
        held = np.asarray(model[0].transform([texts[i] for i in test]).sum(axis=0)).ravel()
        known = model[0].vocabulary_
        for piece, place in known.items():
            within = [known[part] for part in parts(piece) if part in known]
            weight = float(np.abs(model[1].coef_[:, within].sum(axis=1)).max())
            total, count = found.get(piece, (0.0, 0))
            found[piece] = (
                total + weight * float(held[place]),
                count + int(held[place]),
            )
    return found


def parts(piece: str) -> set[str]:
    """All that stands within a piece, itself included."""
    ends = range(len(piece) + 1)
    return {piece[start:end] for start in ends for end in ends if start < end}


def leading(strength: dict[str, tuple[float, int]], top: int) -> list[str]:
    """The strongest pieces, none of which is part of another; white space alone is none."""
    chosen: list[str] = []
    for piece in sorted(strength, key=lambda one: -strength[one][0]):
        if len(chosen) == top:
            break
        if piece.strip() and not any(piece in other or other in piece for other in chosen):
            chosen.append(piece)
    return chosen


def as_frequent(
    suspects: Sequence[str], strength: dict[str, tuple[float, int]], seed: int
) -> list[str]:
    """For each suspect another piece that about as many texts hold, by chance among the twenty nearest."""
    random = np.random.default_rng(seed)
    others = [piece for piece in strength if piece not in suspects and piece.strip()]
    found = []
    for suspect in suspects if others else ():
        count = strength[suspect][1]
        nearest = sorted(others, key=lambda piece: abs(strength[piece][1] - count))[:20]
        found.append(nearest[random.integers(len(nearest))])
    return found


def taken_out(
    piece: str,
    folds: Sequence[tuple[Pipeline, np.ndarray]],
    texts: Sequence[str],
    labels: np.ndarray,
) -> dict:
    """What happens to the answers about held-out texts when a piece is taken out of them."""
    before, after, truth = [], [], []
    for model, test in folds:
        rows = [i for i in test if piece in texts[i]]
        if rows:
            before.extend(model.predict([texts[i] for i in rows]))
            after.extend(model.predict([texts[i].replace(piece, "") for i in rows]))
            truth.extend(labels[rows])
    old, new, right = map(np.array, (before, after, truth))
    if not len(right):
        return {"texts": 0, "changed": 0.0, "before": 0.0, "after": 0.0}
    return {
        "texts": len(right),
        "changed": float((old != new).mean()),
        "before": float((old == right).mean()),
        "after": float((new == right).mean()),
    }


def accuracy(
    folds: Sequence[tuple[Pipeline, np.ndarray]], texts: Sequence[str], labels: np.ndarray
) -> float:
    """Over all held-out texts."""
    right = [
        (model.predict([texts[i] for i in test]) == labels[test]).sum() for model, test in folds
    ]
    return float(sum(right) / len(texts))


def as_table(found: dict) -> str:
    """A search as lines for a terminal."""
    counted = ", ".join(f"{name} {count}" for name, count in found["labels"].items())
    lines = [
        f"{found['texts']} texts ({counted}); left out: {found['left_out']} (empty, repeated, two labels, or by --limit)",
        f"accuracy over {found['folds']} folds: {found['accuracy']:.3f}",
        "piece\ttexts that hold it\tanswers that change without it\taccuracy with\twithout",
    ]
    for kind in ("suspects", "phrases"):
        for piece, one in found[kind].items():
            lines.append(
                f"{piece}\t{one['texts']}\t{one['changed']:.3f}\t{one['before']:.3f}\t{one['after']:.3f}"
            )
    lines.append(
        f"pieces as frequent, by chance: {found['control']['changed']:.3f} of the answers change"
    )
    return "\n".join(lines)
