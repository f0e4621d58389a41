"""Whether each step of cleaning makes data consistent and complete."""

HONEST = 0.01  # a score that lies no further above the true one counts as honest


def verdict(result: dict) -> dict[str, str]:
    """Whether each step makes these data what the article says, consistent and complete.

    It says “ensure”, so that a step which leaves part of its fault behind does not do it.
    repeats: "supported" when the team's own score is too high before it by more than HONEST (whole interval) and after it
        on average by no more; else "refuted".
    near: the same, of repeats that were edited: "supported" when after removing near-repeats the own score is too high
        by no more than HONEST on average; else "refuted".
    labels: "supported" when after removing texts with both labels no two near-repeats carry opposite ones; else "refuted".
    finding: "supported" when in every kind of broken encoding at least 99 in 100 texts are found; else "refuted".
    mending: "supported" when in every kind at least 99 in 100 are mended; else "refuted".
    complete: missing labels. "supported" when, however they were lost, one of the ways to go on comes within HONEST of what
        complete labels give on unseen reviews (whole interval); else "refuted".
    fields: missing fields of a table are not in these data: "not_tested". No step is true for an "other_reason".
    """
    real, edited_ones = result["scores"]["real"], result["scores"]["edited"]
    inflated = real["raw"]["inflation"]["interval"][0] > HONEST
    kinds = result["encoding"]["kinds"].values()
    lost = [ways for name, ways in result["missing"].items() if name != "complete"]
    right = {
        "repeats": inflated and abs(real["repeats"]["inflation"]["mean"]) <= HONEST,
        "near": abs(edited_ones["near"]["inflation"]["mean"]) <= HONEST,
        "labels": result["found"]["near_pairs_other_label"] == 0,
        "finding": min(kind["found"]["share"] for kind in kinds) >= 0.99,
        "mending": min(kind["mended"]["share"] for kind in kinds) >= 0.99,
        "complete": all(
            any(way["loss"]["interval"][1] <= HONEST for way in ways.values()) for ways in lost
        ),
    }
    found = {name: "supported" if holds else "refuted" for name, holds in right.items()}
    return {**found, "fields": "not_tested"}
