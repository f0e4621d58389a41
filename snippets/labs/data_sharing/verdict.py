"""Who gains by sharing data, and what do shared models give away? Read off the recorded result; nothing that measures imports this."""

UNLIKE = ("two_classes", "very_uneven")
NEAR = 0.01  # a point of accuracy
HIDDEN = 0.1  # correlation of the best reconstruction above that of another digit


def verdict(result: dict) -> dict[str, str]:
    """For each way of sharing: does it do what its users hope for?

    alike, unlike: pooling raw data, each party being judged by a test like its own data. "supported" when every group
    of parties gains, with its whole interval: all, the largest and the smallest where sizes differ, and each
    reviewer where trades are mixed; or all where each has two classes or classes are uneven, the party with rotated
    digits, and each trade by itself. Else "refuted".
    averaging_alike, averaging_unlike: FedAvg with 20 local steps a round loses less than a point against pooling, the whole interval.
    tuned: keeping the own last round gains over being alone, with the whole interval, in all splits where data differ.
    stays_home: no image exact in 1% of the attacks, for any batch or local steps, and no character seen in text.
    sum_images, sum_text: seen through the sum of all parties, no image is exact and the best is no more like the true digit than like
    another (by a tenth); a review's characters are seen no more often than guessed.
    noise: some amount of noise costs less than a point and hides images (by a tenth) and characters (ranking below 0.6).
    median, checked: with a bad party within a point of averaging without it, and without one within a point of the
    plain mean, in all splits. large_models: not run, "not_tested". Nothing here asks for reasons, so there is no "other_reason".
    """
    splits, reviews = result["splits"], result["reviews"]

    def said(holds: bool) -> str:
        return "supported" if holds else "refuted"

    def gains(split: str, method: str, group: str = "all") -> bool:
        return splits[split][method][group]["gain"]["interval"][0] > 0

    def trades_gain(kind: str) -> bool:
        pooled = reviews[kind]["methods"]["pooled"].values()
        return all(one["gain"]["interval"][0] > 0 for one in pooled)

    def near_pooled(names: tuple[str, ...]) -> bool:
        usual = usual_of(result)
        return all(
            splits[name][usual]["all"]["less_pooled"]["interval"][0] > -NEAR for name in names
        )

    return {
        "alike": said(
            gains("even", "pooled")
            and all(gains("sizes", "pooled", group) for group in ("all", "largest", "smallest"))
            and trades_gain("mixed")
        ),
        "unlike": said(
            all(gains(split, "pooled") for split in UNLIKE)
            and gains("rotated", "pooled", "odd")
            and trades_gain("trades")
        ),
        "averaging_alike": said(near_pooled(("even", "sizes"))),
        "averaging_unlike": said(near_pooled(UNLIKE)),
        "tuned": said(all(gains(split, "tuned") for split in (*UNLIKE, "uneven", "rotated"))),
        "stays_home": said(stays_home(result)),
        "sum_images": said(sum_hides_images(result)),
        "sum_text": said(
            result["review_leaks"]["sum"]["seen"]["mean"]
            <= result["review_leaks"]["sum"]["guessed"]["mean"]
        ),
        "noise": said(any(noise_does(result, level) for level in result["noise"]["epsilon"])),
        "median": said(mends(result, "median")),
        "checked": said(mends(result, "checked")),
        "large_models": "not_tested",
    }


def usual_of(result: dict) -> str:
    """The name of the usual averaging: the one that the reviews were tried with beside a single local step."""
    methods = result["reviews"]["trades"]["methods"]
    return next(name for name in methods if name.startswith("local_") and name != "local_1")


def stays_home(result: dict) -> bool:
    """Whether single updates show next to nothing."""
    images = [
        one["exact"]["mean"] < 0.01
        for state in result["leaks"].values()
        for name, one in state["images"].items()
        if name == "local" or name.startswith("batch")
    ]
    return all(images) and result["review_leaks"]["local"]["seen"]["mean"] < 0.01


def sum_hides_images(result: dict) -> bool:
    """Whether the sum over parties shows no digit."""
    return all(
        one["exact"]["interval"][1] < 0.01
        and one["similar"]["mean"] - one["other"]["mean"] < HIDDEN
        for state in result["leaks"].values()
        for name, one in state["images"].items()
        if "sum" in name
    )


def noise_does(result: dict, level: str) -> bool:
    """Whether so much noise hides and costs next to nothing."""
    cheap = all(
        split[level]["change"]["interval"][0] > -NEAR
        for split in result["noise"]["splits"].values()
    )
    pictures = [state["images"][f"noise_{level}"] for state in result["leaks"].values()]
    hidden = all(one["similar"]["mean"] - one["other"]["mean"] < HIDDEN for one in pictures)
    return cheap and hidden and result["review_leaks"][f"noise_{level}"]["ranking"]["mean"] < 0.6


def mends(result: dict, way: str) -> bool:
    """Whether a way of averaging is within a point of averaging the honest parties, in every situation."""
    return all(one[way]["change"]["interval"][0] > -NEAR for one in result["robust"].values())
