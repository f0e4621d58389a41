"""Whether each technique lowers the cost of compute."""

ROUNDING = 1e-4  # the largest relative difference that we take for rounding in single precision
SAVING = 0.95  # a cost ratio above it saves nothing worth the name
MAIN, BIG = "cnn_128", "cnn_512"  # the article's network with usual and with large batches


# --8<-- [start:verdict]
def verdict(result: dict) -> dict[str, str]:
    """Whether each technique does what the playbook says: lowers the cost of compute.

    The cost is core hours for the same images: that of two processes on two cores over that of one process on one core.
    processes: two processes, batches of 128. "supported" when the gradients agree and the cost is lower (upper end of the
        interval below 1); "refuted" when the interval leaves no saving of a twentieth (lower end above SAVING) or the
        gradients differ; "not_tested" when the interval decides neither.
    big_batch: two processes, batches of 512. The same, but "other_reason" when the cost is lower and one process pays no
        more for the same images with batches of 128: then it is the smaller share of each process that saves.
    machines: several machines are a model here and no measurement: "not_tested".
    cloud: no prices of clouds were compared: "not_tested".
    """
    agree = max(result["gradients"][name]["largest"] for name in ("cnn", "wide")) <= ROUNDING
    rows = {row["id"]: row for row in result["speed"]}

    def cost(row: dict) -> str:
        low, high = row["cost"]["interval"]
        if agree and high < 1:
            return "supported"
        return "refuted" if low > SAVING or not agree else "not_tested"

    big = cost(rows[BIG])
    if big == "supported" and rows[MAIN]["yuan"]["one_thread"] <= rows[BIG]["yuan"]["processes"]:
        big = "other_reason"
    return {
        "processes": cost(rows[MAIN]),
        "big_batch": big,
        "machines": "not_tested",
        "cloud": "not_tested",
    }


# --8<-- [end:verdict]
