"""Measured numbers in words: changes with their sign, intervals that are never broken, no exponents for readers."""

TO = {"zh": "到", "en": "to"}
NO_BREAK = "\u00a0"
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(value: float, digits: int = 3, small: float = 1e-4) -> str:
    """A number with the typographic minus; one that is smaller than `small` as in "3.2 × 10⁻⁷"."""
    if value and abs(value) < small:
        mantissa, exponent = f"{value:.1e}".split("e")
        text = f"{mantissa} × 10{str(int(exponent)).translate(RAISED)}".replace(" ", NO_BREAK)
    else:
        text = f"{value:.{digits}f}"
        text = text if text.strip("-0.") else text.lstrip("-")
    return text.replace("-", "−")


def signed(value: float, digits: int = 3) -> str:
    """A change with its sign, the minus being the typographic one. What rounds to zero has none."""
    text = f"{value:+.{digits}f}"
    return text.replace("-", "−") if float(text) else text[1:]


def interval(low: str, high: str, language: str) -> str:
    """The two ends of an interval, which no line breaks: "0.003 to 0.021"."""
    return f"{low} {TO[language]} {high}".replace(" ", NO_BREAK)


def with_interval(change: dict, language: str, digits: int = 3) -> str:
    """A mean change with its interval: "+0.012 (+0.003 to +0.021)"; a line may break before the bracket alone."""
    low, high = (signed(end, digits) for end in change["interval"])
    return f"{signed(change['mean'], digits)} ({interval(low, high, language)})"
