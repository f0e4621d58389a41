"""Does green power and energy-saving technology lower consumption? Read off the recorded result; nothing that measures imports this."""

TOLERATED = 0.02  # accuracy that a saving may cost


def verdict(result: dict) -> dict[str, str]:
    """For each technique: does it lower the energy of the same work?

    The ways to save are "supported" where the whole interval of the processor time, after over before, is below 1 and that of
    the accuracy lies above minus two points; else "refuted". That processor time stands for energy is an assumption. "metered": two
    tools on the same runs agree within a factor of 1.5, both kinds of tracking, every job; else "refuted". "green_power": fewer
    kilowatt-hours on a cleaner grid. "certificates", "hours" and "region" are "not_tested": they are computed from figures
    of others, or from a day that was made up. "other_reason" is not given: nothing here asks why.
    """
    found = {
        name: "supported"
        if one["time"]["interval"][1] < 1 and one["accuracy"]["interval"][0] > -TOLERATED
        else "refuted"
        for name, one in result["savings"].items()
    }
    near = all(
        1 / 1.5 < job[ratio]["mean"] < 1.5
        for job in result["jobs"].values()
        for ratio in ("ratio_machine", "ratio_process")
    )
    return {
        "green_power": "supported" if result["same_energy"]["kwh"] < 1 else "refuted",
        **found,
        "metered": "supported" if near else "refuted",
        "certificates": "not_tested",
        "hours": "not_tested",
        "region": "not_tested",
    }
