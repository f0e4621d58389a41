"""Numbers in the words of a language: “280–310 万美元”, “USD 2.8–3.1 million”, three digits each.

theme/assets/javascripts/calculators-engine.js says the same; a test compares both.
"""

from decimal import ROUND_HALF_UP, Context, Decimal

SCALES = {
    "zh": ((1e12, " 万亿"), (1e8, " 亿"), (1e4, " 万")),
    "en": ((1e12, " trillion"), (1e9, " billion"), (1e6, " million")),
}
BYTES = ((1e15, " PB"), (1e12, " TB"), (1e9, " GB"), (1e6, " MB"), (1e3, " KB"), (1, " B"))
THREE = Context(prec=3, rounding=ROUND_HALF_UP)
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
HAN = tuple("万亿")
SCIENTIFIC = 1e15  # from here on, and below a ten-thousandth
# How a unit stands beside its number, #; (s) is an s unless the number is 1.
UNITS = {
    "1": ("#", "#"),
    "parameters": ("# 个参数", "# parameter(s)"),
    "tokens": ("# 个词元", "# token(s)"),
    "tokens/s": ("每秒 # 个词元", "# tokens/s"),
    "tokens/month": ("每月 # 个词元", "# tokens a month"),
    "characters or tokens": ("#", "#"),
    "cards": ("# 张", "# card(s)"),
    "share": ("#%", "#%"),
    "hours": ("# 小时", "# hour(s)"),
    "hours/month": ("每月 # 小时", "# hour(s) a month"),
    "days": ("# 天", "# day(s)"),
    "months": ("# 个月", "# month(s)"),
    "s": ("# 秒", "# s"),
    "W": ("# W", "# W"),
    "kWh": ("# kWh", "# kWh"),
    "t": ("# 吨", "# t"),
    "kg/kWh": ("# kg/kWh", "# kg/kWh"),
    "TFLOP/s": ("# TFLOP/s", "# TFLOP/s"),
    "FLOP": ("# FLOP", "# FLOP"),
    "bytes": ("#", "#"),
    "layers": ("# 层", "# layer(s)"),
    "dimensions": ("# 维", "# dimension(s)"),
    "sequences": ("# 条", "# sequence(s)"),
    "heads": ("# 个头", "# head(s)"),
    "conversations": ("# 个会话", "# conversation(s)"),
    "dialogues": ("# 个对话", "# dialogue(s)"),
    "turns": ("# 轮", "# turn(s)"),
    "money": {"USD": ("# 美元", "USD #"), "CNY": ("# 元", "CNY #")},
    "money/hour": {
        "USD": ("每小时 # 美元", "USD # an hour"),
        "CNY": ("每小时 # 元", "CNY # an hour"),
    },
    "money/million": {
        "USD": ("每百万词元 # 美元", "USD # a million tokens"),
        "CNY": ("每百万词元 # 元", "CNY # a million tokens"),
    },
}


def figure(low: float, high: float, unit: str, language: str, currency: str = "USD") -> str:
    """A range, or one number where both ends look alike, with its unit.

    unit: a key of UNITS. Raises KeyError for another.
    """
    words = UNITS[unit]
    pattern = (words[currency] if isinstance(words, dict) else words)[language == "en"]
    factor = 100 if unit == "share" else 1
    scales = BYTES if unit == "bytes" else () if unit in ("share", "FLOP") else SCALES[language]
    text = number(low * factor, high * factor, scales)
    made = pattern.replace("#", text).replace("(s)", "" if text == "1" else "s")
    return tight(made)


def tight(text: str) -> str:
    """No space between two Chinese words."""
    for end in HAN:
        text = text.replace(f"{end} 万", f"{end}万")
        for start in "美元个张小时天秒吨层维条轮":
            text = text.replace(f"{end} {start}", f"{end}{start}")
    return text


def number(low: float, high: float, scales: tuple[tuple[float, str], ...]) -> str:
    """Both ends, the scale said once where it serves both."""
    ends = [three(low), three(high)]
    found = [scale_of(end, scales) for end in ends]
    texts = [plain(end / Decimal(scale)) for end, (scale, _) in zip(ends, found, strict=True)]
    if ends[0] == ends[1]:
        return texts[1] + found[1][1]
    if found[0] != found[1]:
        by_high = ends[0] / Decimal(found[1][0])
        if ends[0] and by_high < Decimal("0.1"):
            return f"{texts[0]}{found[0][1]}–{texts[1]}{found[1][1]}"
        texts[0] = plain(by_high)
    return f"{texts[0]}–{texts[1]}{found[1][1]}"


def three(value: float) -> Decimal:
    """The number with three digits, half away from zero."""
    return THREE.create_decimal(Decimal(value))


def scale_of(value: Decimal, scales: tuple[tuple[float, str], ...]) -> tuple[float, str]:
    """The largest scale that the number reaches."""
    if abs(value) >= SCIENTIFIC and scales is not BYTES:
        return 1, ""
    return next(((scale, name) for scale, name in scales if abs(value) >= scale), (1, ""))


def plain(value: Decimal) -> str:
    """Digits with separators; a power of ten where they would be too many."""
    size = abs(value)
    if size and (size >= SCIENTIFIC or size < Decimal("0.0001")):
        power = value.adjusted()
        digits = shortest(value.scaleb(-power))
        return f"{digits} × 10{str(power).translate(RAISED)}"
    return f"{value:,.0f}" if size >= 1000 else shortest(value)


def shortest(value: Decimal) -> str:
    """Without zeros at the end."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
