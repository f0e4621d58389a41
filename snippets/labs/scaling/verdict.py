"""What the article's sentence comes to here, read off the recorded result; nothing that measures imports this."""


def verdict(result: dict) -> dict[str, str]:
    """For each part of the claim. "Whole interval" is the 95% interval of a difference over seeds and documents.

    parameters: each size has less loss than the next smaller one, whole intervals. data: a size that got more new
    tokens than on the ladder has less loss there, whole interval, for all such sizes. few_data: with the fewest
    different tokens the larger model has less loss, whole interval. equal_compute: the largest is the best.
    prediction: the main curve through the five small ones misses the largest by less than "no better than the
    second largest" does. interval: what was measured lies in its interval. law: it misses by less than a straight
    line in the logarithm, from five sizes and from four. against_counting: the largest has less loss than counting
    five tokens, whole interval. elsewhere: the largest has less loss on reviews than the smallest, whole interval.
    home: it has less there than the model that learnt from reviews. large is "not_tested": nothing here says anything.
    "supported" where so, else "refuted". "other_reason" is not given.
    """
    told, four = result["prediction"], result["from_four"]["large"]
    main, line = told["laws"][result["main_law"]], told["laws"]["logarithm"]
    more = [one for one in result["equal"]["sizes"] if one["tokens"] > result["data"]["tokens"]]
    fewest = max(result["fewer"]["larger_less_smaller"], key=int)
    largest, counts = result["sizes"][-1], result["controls"]["counts"]

    def below(difference: dict) -> bool:
        return difference["interval"][1] < 0

    found = {
        "parameters": all(below(step["test"]) for step in result["steps"]),
        "data": all(below(one["against_ladder"]) for one in more),
        "few_data": below(result["fewer"]["larger_less_smaller"][fewest]),
        "equal_compute": result["equal"]["best"] == largest["name"],
        "prediction": abs(main["error"]) < abs(told["naive_error"]),
        "interval": main["inside"],
        "law": abs(main["error"]) < abs(line["error"])
        and abs(four["laws"][result["main_law"]]["error"])
        < abs(four["laws"]["logarithm"]["error"]),
        "against_counting": largest["test"]["interval"][1] < counts["counts_5"]["test"],
        "elsewhere": below(result["largest_less_smallest"]["other"]),
        "home": largest["other"]["interval"][1] < result["controls"]["home"],
    }
    verdicts = {name: "supported" if so else "refuted" for name, so in found.items()}
    return {**verdicts, "large": "not_tested"}
