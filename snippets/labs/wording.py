"""Measured changes in words: with their sign, and with their interval."""

TO = {"zh": "到", "en": "to"}


def signed(value: float, digits: int = 3) -> str:
    """A change with its sign, the minus being the typographic one. What rounds to zero has none."""
    text = f"{value:+.{digits}f}"
    return text.replace("-", "−") if float(text) else text[1:]


def with_interval(change: dict, language: str, digits: int = 3) -> str:
    """A mean change with its interval: "+0.012 (+0.003 to +0.021)"."""
    low, high = (signed(end, digits) for end in change["interval"])
    return f"{signed(change['mean'], digits)} ({low} {TO[language]} {high})"
