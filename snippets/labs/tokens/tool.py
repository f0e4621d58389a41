"""The form on the lab's page in which readers count their own text; theme/assets/javascripts/tokens.js brings it to life.

It is made where the site is built, without the packages of the lab.
"""

import json
from html import escape

from snippets.labs.tokens.pack import OFFERED, file_for_page
from snippets.labs.tokens.prices import MILLION, PRICES, Price
from snippets.labs.tokens.vocabularies import TOKENIZERS

ASSETS = "../../assets"  # from the lab's page; handbook/assets.py knows such addresses
WORDS = {
    "text": ("要数的文本", "Text to count"),
    "samples": ("没有现成的？试一段：", "None at hand? Try:"),
    "tokenizer": ("分词器", "Tokenizer"),
    "count": ("数词元", "Count tokens"),
    "once": (
        "点了才下载所选的词表，括号里是大小；文本不离开本机。",
        "The vocabulary you choose is downloaded only then (its size is in brackets). Your text never leaves this device.",
    ),
    "money": ("花多少钱", "What it costs"),
    "list": ("价目", "Price list"),
    "own": ("自己填价格", "your own prices"),
    "price_in": ("输入，每百万词元", "Input, per million tokens"),
    "price_out": ("输出，每百万词元", "Output, per million tokens"),
    "tokens_out": ("每次输出多少词元", "Output tokens per call"),
    "calls": ("每月调用次数", "Calls per month"),
    "peak": ("高峰", "peak"),
    "off_peak": ("平时", "off-peak"),
    "USD": ("美元", "USD"),
    "CNY": ("元", "CNY"),
    "join": ("、", ", "),
}
# What the script says. # stands for a number.
SAID = {
    "loading": ("正在下载词表：#%", "Downloading the vocabulary: #%"),
    "unpacking": ("正在准备词表…", "Preparing the vocabulary …"),
    "missing": (
        "词表没有下载成功。检查网络后再点一次；文本还在。",
        "The vocabulary could not be downloaded. Check the connection and press again; your text is still here.",
    ),
    "old": (
        "这个浏览器太旧，不能解压词表（需要 DecompressionStream，2023 年起的浏览器都有）。换一个浏览器，或在命令行里数。",
        "This browser is too old to unpack the vocabulary (DecompressionStream, in all browsers since 2023). "
        "Use another, or count on the command line.",
    ),
    "empty": ("先贴一段文本。", "Paste a text first."),
    "long": (
        "文本超过 #limit 个字符，没有数。请分段，或在命令行里数。",
        "The text has more than #limit characters and was not counted. Split it, or count on the command line.",
    ),
    "binary": (
        "文本里有零字节：这像是二进制文件，没有数。请贴文字。",
        "The text holds zero bytes: it looks like a binary file and was not counted. Paste text.",
    ),
    "result": (
        "#tokens 个词元 · #characters 个字符 · 每字符 #ratio 个词元",
        "#tokens tokens · #characters characters · #ratio tokens per character",
    ),
    "ends": (
        "粘贴的换行是 \\r\\n，已按 \\n 计；照原样发送，DeepSeek 和 Tekken 会多数。",
        "The pasted line ends were \\r\\n and are counted as \\n; sent as they were, DeepSeek and Tekken would count more.",
    ),
    "half": (
        "文本里有半个字符（孤立代理项），按 U+FFFD 计。",
        "The text holds half a character (a lone surrogate), counted as U+FFFD.",
    ),
    "control": (
        "形如控制符的文字（<think>、<|…|>）按普通文字计。",
        "What looks like a control token (<think>, <|…|>) is counted as text.",
    ),
    "normalised": (
        "这个分词器先把文本规范化成 NFC，有字符因此变了样。",
        "This tokenizer first normalises to NFC, which changed some characters.",
    ),
    "part": (
        "只给前 #shown 个字符上色；总数是全文的。",
        "Only the first #shown characters are coloured; the count is of the whole text.",
    ),
    "legend": (
        "一块颜色是一个词元。虚线框住的字被切成几个词元，角标是个数；半个字没法显示。",
        "Each block of colour is one token. A dotted box is a character cut into several, the small number says how many: "
        "half a character cannot be shown.",
    ),
    "pieces": ("#text，切成 #count 个词元", "#text, cut into #count tokens"),
    "coloured": ("切开的文本", "The text, cut"),
    "whole": ("没有被切开的字。", "No character was cut."),
    "split": ("被切开的字：", "Characters that were cut: "),
    "compared": ("同一段文本，数过的：", "The same text, so far:"),
    "cost": (
        "一次 #call；每月 #calls 次 #month。",
        "#call a call; #month a month for #calls calls.",
    ),
    "no_price": (
        "填上价格和次数（不带千位逗号）。",
        "Enter prices and numbers (no thousands separators).",
    ),
    "USD": ("#amount 美元", "USD #amount"),
    "CNY": ("#amount 元", "CNY #amount"),
    "own": ("#amount", "#amount"),
    "more": ("等 # 个", "# in all"),
}
SAMPLES = {
    ("法条", "Statute"): "第十三条　符合下列情形之一的，个人信息处理者方可处理个人信息：\n（一）取得个人的同意；\n（二）为订立、履行个人作为一方当事人的合同所必需。",
    ("繁体", "Traditional"): "第十三條　符合下列情形之一的，個人信息處理者方可處理個人信息：\n（一）取得個人的同意；\n（二）為訂立、履行個人作為一方當事人的合同所必需。",
    ("数字表", "Numbers"): "2026-11-27,10234567,1284.50,0.0731\n2026-11-28,10234568,976.00,0.0815\n2026-11-29,10234569,20415.75,0.0698",
    ("生僻人名", "Rare names"): "张喆、王堃、李龑、𠮷野家",
}  # fmt: skip


def html(language: str) -> str:
    """The form."""
    place = ("zh", "en").index(language)
    text = {key: pair[place] for key, pair in WORDS.items()}
    told = {key: pair[place] for key, pair in SAID.items()}
    said = escape(json.dumps(told, ensure_ascii=False))
    samples = "".join(
        f'<button type="button" class="hb-count__sample" data-text="{escape(sample).replace(chr(10), "&#10;")}">{names[place]}</button>'
        for names, sample in SAMPLES.items()
    )
    tokenizers = "".join(tokenizer(name, text) for name in OFFERED)
    prices = "".join(line(one, text) for one in PRICES.values() if one.tokenizer in OFFERED)
    return f"""<form class="hb-count" hidden data-search-exclude data-worker="{ASSETS}/javascripts/tokens-worker.js" data-engine="{ASSETS}/javascripts/tokens-engine.js" data-words="{said}">
<link rel="stylesheet" href="{ASSETS}/stylesheets/tokens.css">
<div><label for="hb-count-text">{text["text"]}</label><textarea id="hb-count-text" rows="6" spellcheck="false" autocomplete="off" maxlength="400000"></textarea></div>
<div class="hb-count__samples">{text["samples"]}{samples}</div>
<div class="hb-count__go"><label>{text["tokenizer"]}<select name="tokenizer">{tokenizers}</select></label><button class="md-button md-button--primary">{text["count"]}</button></div>
<div class="hb-count__hint">{text["once"]}</div>
<progress max="1" value="0" aria-label="{text["count"]}" hidden></progress>
<div class="hb-count__result" role="status"></div>
<div class="hb-count__found" hidden>
<ul class="hb-count__notes"></ul>
<div class="hb-count__tokens" role="group" tabindex="0"></div>
<div class="hb-count__hint" data-legend></div>
<div class="hb-count__split"></div>
<div class="hb-count__compared"></div>
<fieldset><legend>{text["money"]}</legend>
<div><label>{text["list"]}<select name="list">{prices}<option value="own" data-currency="own">{text["own"]}</option></select></label></div>
<div class="hb-count__prices">{field("in", text["price_in"], "")}{field("out", text["price_out"], "")}{field("tokens", text["tokens_out"], "300")}{field("calls", text["calls"], "100000")}</div>
<div class="hb-count__cost" role="status"></div>
</fieldset>
</div>
<script src="{ASSETS}/javascripts/tokens.js" defer></script>
</form>"""


def tokenizer(name: str, text: dict) -> str:
    """A choice of the list of tokenizers, with the file of its vocabulary."""
    file = file_for_page(name)
    size = file.stat().st_size
    label = f"{TOKENIZERS[name].models}（{size / 1e6:.1f} MB）"
    if text["join"] != "、":
        label = label.replace("（", " (").replace("）", ")")
    return f'<option value="{name}" data-file="{ASSETS}/tokens/{file.name}" data-bytes="{size}" data-models="{escape(TOKENIZERS[name].models)}">{escape(label)}</option>'


def line(one: Price, text: dict) -> str:
    """A choice of the price list."""
    amounts = [amount(one.input), amount(one.output)]
    when = f"{text['join']}{text[one.when]}" if one.when else ""
    label = f"{one.model}{when} · {' / '.join(amounts)} {text[one.currency]} · {one.since}"
    given = f'data-tokenizer="{one.tokenizer}" data-in="{amounts[0]}" data-out="{amounts[1]}" data-currency="{one.currency}"'
    return f'<option value="{one.id}" {given}>{escape(label)}</option>'


def amount(millionths: int) -> str:
    """An amount as it is written: 150,000 millionths are "0.15"."""
    return f"{millionths / MILLION:.6f}".rstrip("0").rstrip(".")


def field(name: str, label: str, value: str) -> str:
    """A number that readers give."""
    kind = "decimal" if name in ("in", "out") else "numeric"
    return f'<label>{label}<input name="{name}" inputmode="{kind}" autocomplete="off" value="{value}"></label>'
