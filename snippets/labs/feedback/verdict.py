"""Does collecting feedback improve the model? Read off the recorded result; nothing that measures imports this."""

HEADLINE = "800-1600"  # labels before and after the update that is judged


def verdict(result: dict) -> dict[str, str]:
    """For each way of collecting feedback: does it do what is expected of it?

    "supported": the whole interval is on the right side of zero. asking…: at 800 labels (asking_small: at 100) the score
    of the most unsure leads that of labels at random; hybrid, committee: it leads that of the most unsure. loop: after
    all rounds the model that learnt from what it let through is more accurate than at the beginning. own_figure: its
    own figure is not above its true accuracy. random_share: with 5% random traffic it is not less accurate than the
    control, which has as many labels as are let through, at random; weights: likewise, counted by the inverse of their
    chance. volunteers: satisfaction measured on who answers does not differ from that of users asked at random;
    volunteers_model: the model learnt from them orders texts no worse. update: accuracy rises. update_safe: nothing
    that was right becomes wrong. averaged: less breaks than in the plain update, and accuracy is not lower. "refuted":
    it is not so here. "not_tested": people instead of recorded labels, and language models that learn from thumbs.
    "other_reason" is not given: nothing here asks why.
    """
    end = str(result["data"]["end"])
    asked, loop, skew = result["active"], result["loop"], result["skew"]
    update = result["flips"][step(result)]

    def above(one: dict) -> str:
        return "supported" if one["interval"][0] > 0 else "refuted"

    def not_below(one: dict) -> str:
        return "supported" if one["interval"][1] >= 0 else "refuted"

    def not_above(one: dict) -> str:
        return "supported" if one["interval"][0] <= 0 else "refuted"

    def at(study: str, strategy: str = "margin") -> dict:
        sizes = asked[study][strategy]
        return sizes.get(end) or list(sizes.values())[-1]

    satisfied = skew["raw"]["against_asked"]["satisfied"]
    averaged = update["averaged"]["against_plain"]
    keeps = averaged["broken"]["interval"][1] < 0 and averaged["after"]["interval"][1] >= 0
    return {
        "asking": above(at("plain")["lead"]),
        "asking_rare": above(at("rare")["lead"]),
        "asking_digits": above(at("digits")["lead"]),
        "asking_small": above(at("small")["lead"]),
        "asking_wrong": above(at("wrong")["lead"]),
        "asking_once": above(at("batch_750")["lead"]),
        "hybrid": above(at("plain", "hybrid")["over_margin"]),
        "committee": above(at("plain", "committee")["over_margin"]),
        "loop": above(loop["top_0"]["gain"]["accuracy"]),
        "own_figure": not_above(loop["top_0"]["own_less_true"]),
        "random_share": not_below(loop["top_5"]["against_control"]["accuracy"]),
        "weights": not_below(loop["weighted_5"]["against_control"]["accuracy"]),
        "volunteers": "supported"
        if satisfied["interval"][0] <= 0 <= satisfied["interval"][1]
        else "refuted",
        "volunteers_model": not_below(skew["raw"]["against_asked"]["order"]),
        "update": above(update["plain"]["gain"]),
        "update_safe": not_above(update["plain"]["broken"]),
        "averaged": "supported" if keeps else "refuted",
        "people": "not_tested",
        "language_models": "not_tested",
    }


def step(result: dict) -> str:
    """The update that is judged: the headline's, in a small run the only one."""
    return HEADLINE if HEADLINE in result["flips"] else next(iter(result["flips"]))
