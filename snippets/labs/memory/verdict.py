"""Does each way to train in less memory work? Read off the recorded result; nothing that measures imports this."""

STATES = ("bf16", "bf16_sr", "adam8", "six", "adafactor", "momentum", "sgd")
ORDER = ("autocast", *STATES, "fp16", "accumulated", "text_means", "recomputed", "sharded")
SMALLEST_RATE = "1e-05"
LEAST = 0.1  # less than a tenth saved is nothing


def verdict(result: dict) -> dict[str, str]:
    """For each technique: does it save memory, and does training stay as good?

    "supported": it takes at least a tenth less (bytes a parameter, or for accumulation and recomputation the peak of
    a step above the weights), and the test loss is not higher than in 32 bits, that is, the interval of the difference
    is not wholly above zero; pure bf16, with and without stochastic rounding, must also gain no less at the smallest
    rate. "refuted": one of both fails; for accumulation and recomputation a gradient that differs. "other_reason": autocast,
    where weights, gradients and states take what they took and only the activations shrink. "not_tested": sharding.
    """
    size, loss, peak = result["bytes"], result["loss"], result["batch"]

    def saves(less: float, more: float) -> bool:
        return less <= (1 - LEAST) * more

    def good(name: str) -> bool:
        as_good = loss[name]["all"]["change"]["interval"][0] <= 0
        tuned = result["fine_tuning"][SMALLEST_RATE].get(name)
        return as_good and (tuned is None or tuned["less"]["interval"][1] >= 0)

    def told(right: bool) -> str:
        return "supported" if right else "refuted"

    found = {
        name: told(saves(size[name]["states"], size["fp32"]["states"]) and good(name))
        for name in STATES
    }
    fused, same = result["activations"]["fused"], result["accumulation"]
    shrinks = saves(fused["autocast"]["sbh"], fused["fp32"]["sbh"])
    if saves(size["autocast"]["states"], size["fp32"]["states"]):
        found["autocast"] = told(good("autocast"))
    else:
        found["autocast"] = "other_reason" if shrinks and good("autocast") else "refuted"
    for name, gradient in (("accumulated", "tokens"), ("recomputed", "recomputed")):
        exact = same[gradient]["mean"] < 1e-4
        found[name] = told(saves(peak[name]["peak"], peak["batch"]["peak"]) and exact)
    found["text_means"] = told(same["texts"]["mean"] < 1e-4)
    found["fp16"] = told(result["half"]["lost"] == 0)
    found["sharded"] = "not_tested"
    return {name: found[name] for name in ORDER}
