"""Numbers as people type them: 1,000,000, 1e6, 100万, 1.2亿, 7B, 45 %, 30%..50%, full-width digits,
3.1×10^23.

What can be read in two ways is refused with a sentence that says so
(data/calculators/messages.yml). The page's JavaScript reads in the same way; a test compares them.
"""

import math
import re
from typing import Any

from snippets.calculators.tables import table

SCALES = {
    "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9, "g": 1e9,
    "billion": 1e9, "t": 1e12, "tn": 1e12, "trillion": 1e12, "百": 1e2, "千": 1e3, "万": 1e4, "萬": 1e4,
    "十万": 1e5, "百万": 1e6, "百萬": 1e6, "千万": 1e7, "千萬": 1e7, "亿": 1e8, "億": 1e8, "十亿": 1e9,
    "百亿": 1e10, "千亿": 1e11, "万亿": 1e12, "萬億": 1e12,
}  # fmt: skip
BYTES = {
    "kb": 1e3, "mb": 1e6, "gb": 1e9, "kib": 1024.0, "mib": 1048576.0, "gib": 1073741824.0,
}  # fmt: skip
BINARY = {"k": 1024.0, "m": 1048576.0}
MONEY = {
    "$": "USD", "us$": "USD", "usd": "USD", "美元": "USD", "dollars": "USD", "¥": "CNY", "￥": "CNY",
    "cny": "CNY", "rmb": "CNY", "yuan": "CNY", "元": "CNY", "人民币": "CNY",
}  # fmt: skip
WORDS = {
    "parameters": {"parameters", "params", "参数", "个参数"},
    "tokens": {"token", "tokens", "个token", "词元", "个词元"},
    "tokens/month": {"token", "tokens", "词元", "个词元"},
    "cards": {"card", "cards", "gpu", "gpus", "张", "块", "卡", "张卡"},
    "hours": {"h", "hour", "hours", "小时", "时", "卡时"},
    "hours/month": {"h", "hour", "hours", "小时"},
    "W": {"w", "瓦"},
    "TFLOP/s": {"tflop/s", "tflops"},
    "bytes": {"byte", "bytes", "字节"},
    "months": {"month", "months", "个月", "月"},
    "turns": {"turn", "turns", "轮"},
    "layers": {"layer", "layers", "层"},
    "characters or tokens": {"字", "个字", "characters", "token", "tokens", "词元", "个词元"},
    "conversations": {"个", "users", "conversations"},
}
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
PLAIN = re.compile(r"(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?", re.ASCII)
GROUPED = re.compile(r"\d{1,3}([,_' ])\d{3}(?:\1\d{3})*(?:\.\d+)?", re.ASCII)
POWER = re.compile(r"(?:(\d+\.?\d*|\.\d+)(?:[×*x]))?10(?:\^|\*\*)([+-]?\d+)", re.ASCII)
BETWEEN = re.compile(r"\s*(?:\.\.+|~|〜|至|到|\bto\b|(?<=[^e\s])\s*-\s*(?=[\d.$¥￥]))\s*", re.ASCII)
TOKEN = re.compile(r"[\d.,_' ×*^e+-]*\d\.?", re.ASCII)
PIECES = re.compile(r"([\d.,_' ×*^+-]*\d\.?(?:e[+-]?\d+)?)\s*([^\d\s.,+-]*[^\d.,+-]*)", re.ASCII)
Number = float | tuple[float, float]


class InputError(ValueError):
    """An input that cannot be used: its field, the id of a sentence in messages.yml, and what stands in it."""

    def __init__(self, field: str, message: str, **values: Any):
        self.field, self.message, self.values = field, message, values
        super().__init__(self.text("en"))

    def text(self, language: str, label: str = "") -> str:
        """The sentence; label: the field's name on the page, its name on the command line without."""
        values = {"value": "", **self.values, "field": label or self.field}
        return table("messages")[self.message][language].format(**values)


def parse(text: Any, field: dict[str, Any], currency: str = "") -> Number:
    """The number, or (low, high) for a field of kind “range”, in the field's unit.

    Args:
        text: what was typed, or a number, or two of them.
        field: its entry in inputs.yml.
        currency: the one chosen, for a field of money.

    Raises:
        InputError: it is no number, can be read in two ways, or lies outside of the field's limits.
    """
    name = field["name"]
    if isinstance(text, tuple | list):
        parts = [number_of(one, field) for one in text]
    elif isinstance(text, int | float) and not isinstance(text, bool):
        parts = [number_of(text, field)]
    else:
        parts = read(str(text), field, currency)
    if len(parts) > 2 or (len(parts) == 2 and field["kind"] != "range"):
        raise InputError(name, "one_number", value=str(text))
    for value in parts:
        limits(value, str(text), field)
    if parts[0] > parts[-1]:
        raise InputError(name, "order", value=str(text))
    return parts[0] if field["kind"] == "number" else (parts[0], parts[-1])


def number_of(value: float, field: dict[str, Any]) -> float:
    """A number that is one already."""
    if not math.isfinite(value):
        raise InputError(field["name"], "not_a_number", value=str(value))
    return float(value)


def limits(value: float, text: str, field: dict[str, Any]) -> None:
    """Refuse what lies outside of the field's limits."""
    name = field["name"]
    if value < 0:
        raise InputError(name, "negative", value=text)
    low, high = float(field["min"]), float(field["max"])
    if not low <= value <= high:
        share = bool(field.get("share"))
        bounds = {"low": written(low, share), "high": written(high, share)}
        raise InputError(name, "limits", value=text, **bounds)
    if field.get("whole") and value != math.floor(value):
        raise InputError(name, "not_whole", value=text)


def read(text: str, field: dict[str, Any], currency: str) -> list[float]:
    """One number, or the two ends of a range; a percent sign or scale behind the second belongs to both."""
    clean = tidy(text)
    if not clean:
        raise InputError(field["name"], "needed")
    parts = BETWEEN.split(clean)
    if len(parts) > 2 or not all(parts):
        raise InputError(field["name"], "not_a_number", value=text.strip())
    tail = ""
    if len(parts) == 2:
        if field["kind"] != "range":
            raise InputError(field["name"], "one_number", value=text.strip())
        tail = TOKEN.sub("", parts[1], count=1).strip() if PLAIN.fullmatch(parts[0]) else ""
        tail = "" if tail in MONEY else tail
    ends = [parts[0] + tail, *parts[1:]]
    return [one(end, text.strip(), field, currency) for end in ends]


def tidy(text: str) -> str:
    """Full-width characters as half-width ones, all spaces alike, dashes and powers in one form, lower case."""
    text = re.sub("[\u200b\u2060\ufeff]", "", text)  # invisible, and copied along from pages
    text = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text)
    text = re.sub(r"[\u3000\u00a0\u2000-\u200a\u202f\u205f\t\r\n]", " ", text)
    text = re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+", lambda found: "^" + found[0].translate(SUPERSCRIPTS), text)
    text = re.sub(r"(?<=[0-9])\s*[x*]\s*(?=10[\^*])", "×", text)
    text = re.sub("[—–]", "~", text.replace("−", "-").replace("\u2019", "'"))
    return text.strip().lower()


def one(text: str, typed: str, field: dict[str, Any], currency: str) -> float:
    """One number with what stands before and behind it."""
    name, text = field["name"], text.strip()
    if text.startswith(("-", "+")):
        sign, text = text[0], text[1:].strip()
        value = one(text, typed, field, currency) if text[:1] not in "+-" else math.nan
        if sign == "-" and value > 0:
            raise InputError(name, "negative", value=typed)
        if math.isnan(value):
            raise InputError(name, "not_a_number", value=typed)
        return value
    text = money(text, typed, field, currency)
    if "兆" in text:
        raise InputError(name, "zhao", value=typed)
    percent = text.endswith(("%", "percent", "per cent", "percents"))
    if percent:
        text = re.sub(r"\s*(%|per ?cents?)$", "", text)
        if not field.get("share"):
            raise InputError(name, "not_a_share", value=typed)
    value = sum_of_parts(text, typed, field)
    if percent:
        return value / 100.0
    if field.get("share") and value > 1:
        raise InputError(name, "share", value=typed, percent=f"{typed}%")
    return value


def money(text: str, typed: str, field: dict[str, Any], currency: str) -> str:
    """The text without a sign of currency, which must be the one chosen."""
    if not field["unit"].startswith("money"):
        return text
    for mark in sorted(MONEY, key=len, reverse=True):
        if text.startswith(mark) or text.endswith(mark):
            if currency and MONEY[mark] != currency:
                raise InputError(field["name"], "currency", value=typed, currency=currency)
            return text.removeprefix(mark).removesuffix(mark).strip()
    return text


def sum_of_parts(text: str, typed: str, field: dict[str, Any]) -> float:
    """1.2亿, 7b, 1亿2000万: numbers with scales, each smaller than the one before."""
    total, last = 0.0, math.inf
    pieces = PIECES.findall(text)
    if "".join("".join(piece) for piece in pieces).replace(" ", "") != text.replace(" ", ""):
        raise InputError(field["name"], "not_a_number", value=typed)
    for index, (digits, unit) in enumerate(pieces):
        scale = scale_of(unit.strip(), digits.strip(), typed, field)
        if scale >= last or (index and scale == 1.0):
            raise InputError(field["name"], "not_a_number", value=typed)
        total, last = total + plain(digits.strip(), typed, field) * scale, scale
    return total


def scale_of(unit: str, digits: str, typed: str, field: dict[str, Any]) -> float:
    """What a word behind a number multiplies it by."""
    words = WORDS.get(field["unit"].removesuffix("/million"), set())
    for end in sorted(words, key=len, reverse=True):
        if unit.endswith(end) and unit.removesuffix(end).strip() in {"", *SCALES}:
            unit = unit.removesuffix(end).strip()
            break
    if not unit:
        return 1.0
    if field["unit"] == "bytes" and unit in BYTES:
        return BYTES[unit]
    if field["name"] in ("context", "sequence", "window") and unit in BINARY:
        count = plain(digits, typed, field)
        both = {
            "decimal": written(count * SCALES[unit]),
            "binary": written(count * BINARY[unit]),
        }
        raise InputError(field["name"], "binary", value=typed, **both)
    if unit in SCALES:
        return SCALES[unit]
    if PLAIN.fullmatch(digits):
        raise InputError(field["name"], "unit", value=typed, unit=field["unit"])
    raise InputError(field["name"], "not_a_number", value=typed)


def plain(digits: str, typed: str, field: dict[str, Any]) -> float:
    """Digits, with marks of thousands or a power of ten."""
    if PLAIN.fullmatch(digits):
        return finite(float(digits), typed, field)
    if power := POWER.fullmatch(digits.replace(" ", "")):
        return finite(float(f"{power[1] or '1'}e{power[2]}"), typed, field)
    if GROUPED.fullmatch(digits):
        return finite(float(re.sub("[,_' ]", "", digits)), typed, field)
    known = set(digits) <= set("0123456789.,_' ")
    raise InputError(field["name"], "separators" if known else "not_a_number", value=typed)


def finite(value: float, typed: str, field: dict[str, Any]) -> float:
    """A number that is too large for any computer is outside of the limits."""
    if math.isinf(value):
        share = bool(field.get("share"))
        bounds = {"low": written(float(field["min"]), share)}
        bounds["high"] = written(float(field["max"]), share)
        raise InputError(field["name"], "limits", value=typed, **bounds)
    return value


def written(value: float, share: bool = False) -> str:
    """A number in a sentence: 1e15, 131,072, 0.001, 45%."""
    if share:
        return written(round(value * 1e6) / 1e4) + "%"
    if value and not 1e-3 <= value < 1e9:
        exponent = math.floor(math.log10(value) + 1e-12)
        lead = round(value / 10.0**exponent * 1000) / 1000
        return (f"{lead:g}" if lead != 1 else "1") + f"e{exponent}"
    whole = math.floor(value)
    rest = round((value - whole) * 1e6) / 1e6
    return f"{whole:,}" + (f"{rest:.6f}".rstrip("0").rstrip(".")[1:] if rest else "")
