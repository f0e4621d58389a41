"""Does each measure protect the rows that a model was trained on? Read off the recorded result; nothing that measures imports this."""

SAFE = 0.05  # of the members found, at a false positive rate of 1 in 100
ATTACKS = ("loss", "calibrated", "lira")


def safe(groups: dict, group: str = "mistaken_1") -> bool:
    """Whether the whole interval of what every attack finds, at one false alarm in a hundred, is below 5 in 100."""
    return all(groups[group][one]["at_1"]["tpr"]["interval"][1] < SAFE for one in ATTACKS)


def verdict(result: dict) -> dict[str, str]:
    """For each measure: does it keep the rows that are remembered best, digits with a wrong label, from being told apart?

    "supported": of three attacks none finds 5% of them at a false positive rate of 1% (whole interval), and the training
    has an ε. "other_reason": none does, but nothing is guaranteed: the attacks were too weak, or the network too.
    "refuted": one does, or may. `person_16` asks the same of digits that stand in the data sixteen times, with ε = 1.
    `vocabulary`: whether a list of all n-grams keeps its texts from being told, refuted where it tells most of them
    with at most 5% false alarms. "not_tested": dropping names, which has a lab of its own.
    """
    membership = result["membership"]

    def judged(way: str, group: str = "mistaken_1") -> str:
        if not safe(membership[way]["groups"], group):
            return "refuted"
        return "supported" if way.startswith("eps") else "other_reason"

    one = result["vocabulary"]["1"]
    told = one["tpr"]["interval"][0] > 0.5 and one["fpr"]["interval"][1] < SAFE
    return {
        "dp_1": judged("eps_1"),
        "dp_8": judged("eps_8"),
        "clipping": judged("clipped"),
        "l2": judged("l2"),
        "early": judged("early"),
        "person_16": judged("eps_1", "mistaken_16"),
        "vocabulary": "refuted" if told else "supported",
        "names": "not_tested",
    }
