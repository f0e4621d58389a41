"""Does each remedy that the guide names work? Read off the recorded result; nothing that measures imports this."""

# The remedies of the guide, by the names of our rows.
NAMED = {
    "more_data": "more_4",
    "augmentation": "augmentation",
    "l1": "l1",
    "l2": "l2",
    "pruning": "pruning",
    "int8": "int8",
}


def verdict(result: dict) -> dict[str, str]:
    """For each remedy: does it ease overfitting, as the guide says, so that the network does better on new digits?

    A remedy works where the gap is smaller and the test accuracy higher, both with their whole interval (`effect`).
    "supported": it works with right labels. "other_reason": it works only where labels are wrong, so what it does
    is keep them from being memorised. "refuted": it works in neither case. None is "not_tested".
    """
    found = {}
    for name, row in NAMED.items():
        right, *wrong = (s["methods"][row]["effect"] == "remedy" for s in result["settings"])
        found[name] = "supported" if right else "other_reason" if any(wrong) else "refuted"
    return found
