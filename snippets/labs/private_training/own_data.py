"""What an attack on one's own model achieved, from a table of its scores: with exact intervals, and the ε that it shows."""

from collections.abc import Sequence
from math import isfinite
from pathlib import Path

import numpy as np

from snippets.bert_text_classification.data import Example
from snippets.bert_text_classification.own_texts import read_csv
from snippets.labs.private_training import attack
from snippets.runs import InputError

FEWEST = 20
RATES = (0.01, 0.001)
ALARMS = 10  # so many false alarms should be expected at a false positive rate before its TPR is taken seriously


def audit_file(
    path: Path,
    score_column: str = "score",
    member_column: str = "member",
    encoding: str = "utf-8-sig",
    delta: float = 1e-5,
    seed: int = 0,
) -> dict:
    """`audit` of a CSV file with a heading. Raises InputError in one sentence for what cannot be used."""
    return audit(read_csv(path, score_column, member_column, encoding), delta, seed)


def audit(rows: Sequence[Example], delta: float = 1e-5, seed: int = 0) -> dict:
    """AUC, true positive rates at 1% and 0.1% false alarms, and the ε that cannot have been kept below.

    rows: the score as text (larger: surer that it was learnt from), and 1 for a member, 0 for a row that was held
    out. The ε uses one half of the rows, drawn at random, to choose a threshold, and the other to count.
    Raises InputError for a score that is no number, for another label, and for too few rows of either kind.
    """
    scores, members = (
        np.array([score_of(row) for row in rows]),
        np.array([member_of(row) for row in rows]),
    )
    inside, outside = int(members.sum()), int((~members).sum())
    if min(inside, outside) < FEWEST:
        raise InputError(
            f"there are {inside} members and {outside} others: at least {FEWEST} of each are needed, "
            "and the others have to be rows that the model did not learn from"
        )
    order = np.random.default_rng(seed).permutation(len(scores))
    return {
        "members": inside,
        "others": outside,
        "auc": attack.area(scores, members),
        "at": [
            {
                "fpr_allowed": rate,
                "enough": outside * rate >= ALARMS,
                **attack.rates(scores, members, rate),
            }
            for rate in RATES
        ],
        "least_epsilon": attack.least_epsilon(scores[order], members[order], delta)["epsilon"],
    }


def score_of(row: Example) -> float:
    """The score of a row. Raises InputError."""
    try:
        value = float(row.text)
    except ValueError:
        value = float("nan")
    if not isfinite(value):
        raise InputError(f"row {row.row}: the score “{row.text[:30]}” is no number")
    return value


def member_of(row: Example) -> bool:
    """Whether a row was learnt from. Raises InputError."""
    if row.label not in ("0", "1"):
        raise InputError(
            f"row {row.row}: “{row.label[:30]}” says neither 1 (learnt from) nor 0 (held out)"
        )
    return row.label == "1"


def as_table(found: dict) -> str:
    """An audit as lines for a terminal."""
    lines = [
        f"{found['members']} members, {found['others']} others; AUC {found['auc']:.3f} (guessing: 0.5)"
    ]
    for one in found["at"]:
        low, high = one["tpr"]["interval"]
        line = (
            f"at {one['fpr_allowed']:.1%} false alarms: {one['tpr']['mean']:.1%} of the members found "
            f"({low:.1%} to {high:.1%})"
        )
        if not one["enough"]:
            line += f"; too few others to say much: {ALARMS / one['fpr_allowed']:,.0f} are needed"
        lines.append(line)
    lines.append(
        f"this attack shows that ε is at least {found['least_epsilon']:.2f}; a better attack may show more"
    )
    return "\n".join(lines)
