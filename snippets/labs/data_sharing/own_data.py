"""Who of several parties gains by sharing, on a table of one's own: texts with a label and the party that holds them."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.model_selection import StratifiedKFold

from snippets.bert_text_classification.data import Example, clean, label_names
from snippets.bert_text_classification.own_texts import read_csv
from snippets.labs.data_sharing import federated
from snippets.labs.statistics import mean_interval
from snippets.runs import InputError

FOLDS = 5
LEAST = 20  # texts a party, so that each fold tests on a few
MOST = 10_000  # texts in all; more would not fit into memory as rows
MOST_PARTIES = 20
FEATURES = 4096
STEPS, LOCAL, BATCH, RATE = 200, 20, 50, 3.0


def compare_file(
    path: Path,
    text_column: str = "text",
    label_column: str = "label",
    party_column: str = "party",
    encoding: str = "utf-8-sig",
    seed: int = 0,
) -> dict:
    """`compare` of a CSV file with a heading. Raises InputError in one sentence for what cannot be used."""
    examples = read_csv(path, text_column, label_column, encoding)
    holders = read_csv(path, text_column, party_column, encoding)
    return compare(examples, [one.label for one in holders], seed)


def compare(examples: Sequence[Example], holders: Sequence[str], seed: int = 0) -> dict:
    """Accuracy of each party on its own held-out texts: alone, by FedAvg, by FedAvg with its own last round, and pooled.

    examples: texts with labels; holders: the party of each. Repeats, empty texts and texts with two labels are taken
    out first. gain: the mean difference from being alone, with its interval over the party's texts. Raises InputError
    for fewer than two parties, more than 20, a party with fewer than 20 texts, a single class, or more than 10,000
    texts.
    """
    of_row = {example.row: party for example, party in zip(examples, holders, strict=True)}
    cleaned = clean(examples)
    names = label_names(cleaned.examples)
    held = [of_row[example.row] for example in cleaned.examples]
    sizes = Counter(held)
    check(sizes)
    labels = np.array([names.index(example.label) for example in cleaned.examples])
    count = HashingVectorizer(
        analyzer="char", ngram_range=(1, 2), n_features=FEATURES, alternate_sign=False
    )
    inputs = torch.tensor(
        count.transform([example.text for example in cleaned.examples]).toarray(),
        dtype=torch.float32,
    )
    order = sorted(sizes)
    parties = np.array([order.index(party) for party in held])
    right = {name: np.zeros(len(labels)) for name in ("alone", "shared", "tuned", "pooled")}
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    torch.set_num_threads(1)
    for number, (learn, test) in enumerate(folds.split(parties, parties)):
        found = fitted(inputs[learn], labels[learn], parties[learn], len(names), seed + number)
        for name, weights in found.items():
            said = federated.logits(weights, inputs[test].expand(len(weights[0]), -1, -1))
            said = said.argmax(2).numpy()
            place = parties[test] if len(said) > 1 else 0
            right[name][test] = said[place, np.arange(len(test))] == labels[test]
    return {
        "left_out": {
            "empty": len(cleaned.empty),
            "repeats": len(cleaned.duplicates),
            "two_labels": len(cleaned.contradictory),
        },
        "parties": {
            party: {
                "texts": sizes[party],
                "majority": float(np.bincount(labels[parties == place]).max() / sizes[party]),
                "accuracy": {
                    name: float(values[parties == place].mean()) for name, values in right.items()
                },
                "gain": {
                    name: mean_interval((values - right["alone"])[parties == place])
                    for name, values in right.items()
                    if name != "alone"
                },
            }
            for place, party in enumerate(order)
        },
    }


def check(sizes: Counter) -> None:
    """Raise InputError for parties that cannot be compared."""
    if len(sizes) < 2:
        raise InputError(f"there is only one party, “{next(iter(sizes))}”: comparing takes two")
    if len(sizes) > MOST_PARTIES:
        raise InputError(
            f"there are {len(sizes)} parties, and at most {MOST_PARTIES} are compared: is this the party's column?"
        )
    name, least = min(sizes.items(), key=lambda one: one[1])
    if least < LEAST:
        raise InputError(
            f"the party “{name}” has {least} texts without repeats; it takes {LEAST} at least"
        )
    if sizes.total() > MOST:
        raise InputError(f"{sizes.total()} texts are too many: give a sample of {MOST} at most")


def fitted(
    inputs: torch.Tensor, labels: np.ndarray, parties: np.ndarray, classes: int, seed: int
) -> dict[str, federated.Weights]:
    """The weights of each way; those of "shared" and "pooled" are one party's."""
    parts = [parties == place for place in range(parties.max() + 1)]
    group = federated.gathered(
        [(inputs[torch.as_tensor(part)], torch.tensor(labels[part])) for part in parts]
    )
    begin = federated.start((inputs.shape[1], classes), seed)
    rows = federated.draws(group.sizes, STEPS, BATCH, seed)
    own, common = federated.train(begin, group, rows, RATE, LOCAL)
    whole = federated.pooled(group)
    rows_of_all = federated.draws(whole.sizes, STEPS * len(group), BATCH, seed)
    return {
        "alone": federated.train(begin, group, rows, RATE)[0],
        "shared": federated.of_party(common, 0),
        "tuned": own,
        "pooled": federated.train(begin, whole, rows_of_all, RATE)[0],
    }


def as_table(found: dict) -> str:
    """A comparison as lines for a terminal."""
    out = found["left_out"]
    lines = [
        f"left out: {out['repeats']} repeats, {out['two_labels']} with two labels, {out['empty']} empty"
    ]
    for party, one in found["parties"].items():
        lines.append(
            f"{party}: {one['texts']} texts; majority {one['majority']:.3f}, alone {one['accuracy']['alone']:.3f}"
        )
        for name, gain in one["gain"].items():
            low, high = gain["interval"]
            lines.append(
                f"  {name:<7} {one['accuracy'][name]:.3f}   against alone {gain['mean']:+.3f} ({low:+.3f} to {high:+.3f})"
            )
    return "\n".join(lines)
