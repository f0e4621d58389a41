"""Which technique makes answers reliable, as its sellers say? Read off the recorded result; nothing that measures imports this."""

CHANCE = 0.025  # half of 5 %: two embeddings are tried
ORDER = ("embeddings", "fusion", "everyday_list", "asked_questions")


def verdict(result: dict) -> dict[str, str]:
    """For each technique: does it do what is said of it, on questions by people who do not know the law?

    Whatever needs embeddings or past questions is "not_tested" in a setting without them.

    counting, "a search by words finds the article": "supported" where the article of four questions in five is among the
    first five, on both sets that others wrote; else "refuted".
    embeddings, fusion, everyday_list, asked_questions, "it finds more than counting": "supported" where it does so on what
    real people asked, more often than chance would (McNemar, 2.5 %), with either embedding; "other_reason" where it does
    so only on questions that we wrote or had read; "refuted" where on none.
    by_article, "an article is a better piece than a fixed window": "supported" where its recall at 5 is above that of
    windows with the whole interval; "other_reason" where it is not, yet windows break articles, so that none can be
    cited; "refuted" where it is below.
    citation_check: "supported" where it catches 95 % of each kind of error with words quoted, and stops at most 2 % of
    right ones; "other_reason" where only some kinds.
    refusal, "a threshold on the score tells when not to answer": "supported" where, with a threshold set on other
    questions, the answers to what real people asked are right as often as was asked for, a tenth or more being answered;
    else "refuted". Our own questions do not count here: the list knows them.
    """
    methods = result["methods"]
    worst = min(methods["characters"][group]["at_5"]["share"] for group in ("shared", "asked"))
    found = {"counting": "supported" if worst >= 0.8 else "refuted"}
    found |= dict.fromkeys(ORDER, "not_tested")
    for technique, row in {
        "embeddings": "use",
        "everyday_list": "listed",
        "asked_questions": "asked",
    }.items():
        if row in methods:
            found[technique] = gain(methods[row])
    if "pool" in result:
        small = result["pool"]["methods"]
        found["embeddings"] = best(gain(methods["use"]), gain(small["e5"]))
        found["fusion"] = best(gain(methods["characters_use"]), gain(small["characters_e5"]))
    windows = result["windows"]
    article, window = windows["article"]["at_5"], windows["window"]["at_5"]
    if article["interval"][0] > window["interval"][1]:
        found["by_article"] = "supported"
    elif article["interval"][1] < window["interval"][0]:
        found["by_article"] = "refuted"
    else:
        found["by_article"] = "other_reason" if windows["across"] > 0.5 else "refuted"
    citations = result["citations"]
    quoted = [citations[k]["share"] for k in QUOTED if citations[k]["of"]]
    passed = max(citations[k]["share"] for k in ("right", "right_no_words")) <= 0.02
    found["citation_check"] = "supported" if passed and min(quoted) >= 0.95 else "other_reason"
    test = result["refusal"]["asked"]
    answered = test["answered"]["share"] >= 0.1
    keeps = answered and test["right_if_answered"]["share"] >= test["wanted"]
    found["refusal"] = "supported" if keeps else "refuted"
    return found


QUOTED = (
    "wrong_number",
    "wrong_law",
    "amount",
    "may_not",
    "dropped",
    "repealed",
    "replaced",
    "not_yet",
)


def best(*verdicts: str) -> str:
    """The best of some verdicts."""
    return min(verdicts, key=("supported", "other_reason", "refuted").index)


def gain(groups: dict) -> str:
    """Whether a ranking finds more than counting, and on whose questions."""
    better = {
        group: pair["gained"] > pair["lost"] and pair["chance"] < CHANCE
        for group, scores in groups.items()
        for pair in [scores["against_characters"]]
    }
    if better["asked"]:
        return "supported"
    return "other_reason" if any(better.values()) else "refuted"
