"""Does a test find what one accuracy hides? Read off the recorded result; nothing that measures imports this."""

HARM = 0.01  # a change whose fall in accuracy has its whole interval above this does harm
EQUAL = 0.01  # two models whose difference in accuracy has its whole interval within this are equally accurate
CHANGES = ("topic", "complaints", "typos", "traditional", "standard", "format")
RAW = ("plain", "loose", "bayes")


def verdict(result: dict) -> dict[str, str]:
    """For each test or remedy: does it do what it is used for?

    own_split: "supported" when a temperature fitted to labels of its own lowers the calibration error of all three models,
    with the whole interval. training_split: the same for one fitted to the training data. isotonic: a lower Brier score
    than the temperature for all three, from the small number of labels. shifted: the calibration error on typos and on
    traditional characters is not higher than on clean texts by 0.01, with the whole interval, for any of the three.
    new_standard: after the verdicts' standard has changed, confidence is not above accuracy by 0.01. behaviour: of two
    equally accurate models one loses more, with the whole interval, where the characters are traditional. slices: the
    worst kind of text is below the worst of random groups, with the whole interval. random_typos: homophones change more
    verdicts than any other characters. scores, texts, labels: in their summed form PSI (scores), the two-sample test
    (texts) and 20 labels a day find more than half of the streams of every change that does harm; else "refuted".
    rule: PSI above 0.1 rings on at most 5% of quiet days of 100 requests. "other_reason" is not given: no test here is
    right by another cause. real_users: "not_tested".
    """
    clean = {name: result["calibration"][name]["clean"] for name in RAW}
    harmful = [name for name in CHANGES if result["drift"][name]["fall"]["interval"][0] > HARM]

    def said(so: bool) -> str:
        return "supported" if so else "refuted"

    def lowers(name: str, key: str) -> bool:
        return all(of[name][key]["interval"][1] < 0 for of in clean.values())

    def finds(alarm: str) -> bool:
        found = [result["drift"][name]["alarms"]["summed"][alarm]["found"] for name in harmful]
        return all(of["mean"] > 0.5 for of in found)

    later = [
        result["calibration"][name][way]["temperature"]["error_over_clean"]["interval"][1]
        for name in RAW
        for way in ("typos", "traditional")
    ]
    low, high = result["against_plain"]["hardened"]["accuracy"]["interval"]
    equal = -EQUAL < low and high < EQUAL
    plain = result["behaviour"]["plain"]["invariance"]
    return {
        "own_split": said(lowers("temperature", "error_change")),
        "training_split": said(lowers("training", "error_change")),
        "isotonic": said(lowers("isotonic_few", "brier_over_temperature")),
        "shifted": said(max(later) < HARM),
        "new_standard": said(result["stated"]["standard"]["too_sure"]["interval"][1] < HARM),
        "behaviour": said(
            equal and result["against_plain"]["hardened"]["loss"]["traditional"]["interval"][1] < 0
        ),
        "random_typos": said(plain["homophones"]["flips_over_random"]["interval"][0] > 0),
        "slices": said(result["slices"]["plain"]["below_chance"]["interval"][0] > 0),
        "scores": said(finds("psi")),
        "texts": said(finds("texts")),
        "labels": said(finds("labels_20")),
        "rule": said(result["rules"]["100"]["psi_0.1"]["mean"] <= 0.05),
        "real_users": "not_tested",
    }
