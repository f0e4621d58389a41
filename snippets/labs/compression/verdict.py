"""Does each way of compressing reduce what a model needs? Read off the recorded result; nothing that measures imports this."""


def verdict(result: dict) -> dict[str, str]:
    """For each way of compressing: does it reduce the computing resources that the model needs, as the playbook says?

    int8 and pruning are "supported" when file and time both shrink by a tenth at least and surely less than a point
    of accuracy is lost (`saves`), "refuted" otherwise. Of distillation it is also asked whether the teacher is what
    helps: "other_reason" when file and time shrink, but the distilled network is not surely better than the same
    small network trained without a teacher. Weights of 4 bits are "not_tested": their rounding was simulated, to see
    the accuracy, and saved neither file nor time.
    """
    saves = result["saves"]
    found = {}
    for name, row in (("int8", "int8"), ("pruning", "pruned_90"), ("distillation", "distilled")):
        found[name] = "supported" if all(saves[row].values()) else "refuted"
    taught = result["against_small"]["distilled"]["interval"][0] > 0
    if saves["distilled"]["space"] and saves["distilled"]["time"] and not taught:
        found["distillation"] = "other_reason"
    return {**found, "bits_4": "not_tested"}
