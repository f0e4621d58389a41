"""Whether each technique makes sensitive data anonymous, so that the risk of a leak falls."""

from snippets.labs.anonymisation.personal_cases import NOTATIONS
from snippets.labs.anonymisation.personal_data import STRUCTURED

FOUND = 0.9  # of what should be hidden, at least so much, for a technique to do what is said of it
RECOGNISED = 0.01  # of those in both, for a table to count as anonymous against that register
USEFUL = 0.9  # of what the table explains without k-anonymity


# --8<-- [start:verdict]
def verdict(result: dict) -> dict[str, str]:
    """Whether each technique does what the articles say: makes sensitive data anonymous, so that the risk of a leak falls.

    numbers: "supported" when of telephone, identity-card and bank-card numbers and e-mail addresses, each as usually
        written, at least 9 in 10 are found (lower end of the interval); else "refuted".
    names: "supported" when of names and addresses in every notation at least 9 in 10 are found by one of our two methods
        (lower end); else "refuted".
    without_names: a table without names and numbers, all else left. "refuted" when in every town and with every register
        of the sweep at least 1 in 100 of the people in both are recognised, "supported" when in none; in between it
        depends on the register, which nobody knows: "not_tested".
    k_anonymity: "supported" when with k of 10 and more nobody is given a name and at most 1 row in 100 lies in a group
        with one condition, and with k of 10 the table still explains 9 tenths of what it did; else "refuted". That the
        first holds follows from the definition and is no measurement.
    model: pre-trained models that look for names were not run: "not_tested". No technique is true for an "other_reason".
    """
    ours, tagged = (result["detectors"][name]["kinds"] for name in ("ours", "tagger"))
    usual = [ours[kind]["notations"]["plain"]["interval"][0] for kind in STRUCTURED]
    named = [
        max(found["name"]["notations"][notation]["interval"][0] for found in (ours, tagged))
        for notation in NOTATIONS["name"]
    ]
    named += [found["interval"][0] for found in ours["address"]["notations"].values()]
    again = [
        cell["birthday_and_occupation"]["found_again"]["share"]
        for cell in result["tables"]["sweep"]["cells"]
    ]
    coarse = {row["k"]: row for row in result["tables"]["coarse"]}
    hidden = all(
        row["named"] == 0 and row["told_anyway"]["mean"] <= 0.01
        for k, row in coarse.items()
        if k >= 10
    )
    kept_of_it = coarse[10]["explained"]["mean"] / coarse[1]["explained"]["mean"]
    without = "refuted" if min(again) >= RECOGNISED else "not_tested"
    return {
        "numbers": "supported" if min(usual) >= FOUND else "refuted",
        "names": "supported" if min(named) >= FOUND else "refuted",
        "without_names": "supported" if max(again) < RECOGNISED else without,
        "k_anonymity": "supported" if hidden and kept_of_it >= USEFUL else "refuted",
        "model": "not_tested",
    }


# --8<-- [end:verdict]
