"""Does each method explain the network? Read off the recorded result; nothing that measures imports this."""

DIGITS = ("gradient", "smoothgrad", "input_gradient", "integrated", "shap", "occlusion")
TEXTS = ("gradient", "integrated", "occlusion")
KNOW_NOTHING = {"digits": ("brightness", "edges", "fresh"), "texts": ("rare", "fresh")}
RELIABLE = 0.75  # of a reader who says “shortcut” at an alarm; chance is 0.5


def verdict(result: dict) -> dict[str, str]:
    """For each method: does what it shows come from the network, and does it lead to a planted shortcut?

    "supported": all of three, each with its whole 95% interval. Its order agrees less with that of a network of random
    weights than with that of another seed; blanking in its order works better than in any order that does not ask the
    trained network (by chance, brightness or rarity, edges, the random network's own); and a reader who calls an alarm
    a shortcut is right in more than three of four cases. "other_reason": better than chance in blanking, but not than
    every order that does not ask the network: it shows the picture. "refuted": the rest. For a shortcut that lies in
    the absence of the mark the last of the three alone counts. The readable sum is supported where it is not
    measurably less accurate. What users understand is "not_tested".
    """
    digits, texts, mark = result["digits"], result["texts"], result["mark"]
    phrase = texts["phrase"]["alarms"]
    found = {
        m: judged(
            digits["reacts"]["ink"][m],
            digits["leads"][m]["deletion"],
            KNOW_NOTHING["digits"],
            mark["alarms"][m]["reader"],
        )
        for m in DIGITS
    }
    for name, methods in (
        ("absent_black", ("integrated", "occlusion")),
        ("absent_data", ("shap",)),
    ):
        seen = (mark["alarms"][m]["reader_absent"]["interval"][0] > RELIABLE for m in methods)
        found[name] = "supported" if all(seen) else "refuted"
    for m in TEXTS:
        found[f"text_{m}"] = judged(
            texts["reacts"][m],
            texts["leads"][m]["deletion"],
            KNOW_NOTHING["texts"],
            phrase[m]["reader"],
        )
    less = texts["sum_less_network"]["interval"][1] < 0
    return {**found, "readable": "refuted" if less else "supported", "users": "not_tested"}


def judged(reacts: dict, leads: dict, know_nothing: tuple[str, ...], reader: dict) -> str:
    """The verdict on one method."""

    def above(one: dict, limit: float = 0.0) -> bool:
        return one["interval"][0] > limit

    if not above(leads["random"]):
        return "refuted"
    if not all(above(leads[control]) for control in know_nothing):
        return "other_reason"
    return "supported" if above(reacts) and above(reader, RELIABLE) else "refuted"
