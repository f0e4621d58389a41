"""The verdict on each technique, read off the recorded result; nothing that measures imports this."""


def verdict(result: dict) -> dict[str, str]:
    """For each technique that the article names: "supported", "refuted", "other_reason" or "not_tested", and when."""
    return {"technique": "supported" if result["mean"] > 0 else "refuted"}
