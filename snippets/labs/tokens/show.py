"""The tables and figures of the lab on tokens, in the page's language."""

import re

from matplotlib.figure import Figure

from snippets.labs.show import Quoted, Shown, figure, legend, new_figure, style, table, words
from snippets.labs.tokens import STRINGS
from snippets.labs.tokens.prices import MILLION, PRICES
from snippets.labs.tokens.vocabularies import TOKENIZERS
from snippets.labs.wording import NO_BREAK, interval

CORPORA = {
    "law": ("法条", "Statutes"),
    "news": ("新闻", "News"),
    "reviews": ("买家评论", "Reviews"),
    "dialogues": ("对话", "Dialogues"),
    "messages": ("界面文字", "Interface"),
    "poems": ("唐诗", "Tang poems"),
    "law_traditional": ("法条，繁体", "Statutes, traditional"),
    "news_traditional": ("新闻，繁体", "News, traditional"),
    "messages_traditional": ("界面文字，繁体", "Interface, traditional"),
    "poems_traditional": ("唐诗，繁体", "Tang poems, traditional"),
    "mixed": ("中英夹杂的说明", "Chinese with English terms"),
    "customers": ("客户名单", "Customer list"),
    "tables": ("数字表", "Number tables"),
    "code": ("Python 代码", "Python"),
    "messages_english": ("界面文字，英文", "Interface, English"),
}
PROSE = ("law", "news", "reviews", "dialogues", "messages", "poems")
OTHERS = ("mixed", "customers", "tables", "code", "messages_english")
TRADITIONAL = ("law", "news", "messages", "poems")
BILLED = ("law", "law_traditional", "customers", "tables", "messages_english")
WORDS = {
    "tokenizer": ("分词器", "Tokenizer"),
    "corpus": ("文本", "Text"),
    "characters": ("字符", "Characters"),
    "sentences": ("句", "Sentences"),
    "model": ("模型", "Model"),
    "listed": ("标价，输入 / 输出", "List price, in / out"),
    "USD": ("美元", "USD"),
    "CNY": ("元", "CNY"),
    "peak": ("高峰", "peak"),
    "off_peak": ("平时", "off-peak"),
    "since": ("起于", "Since"),
    "english": ("中文 ÷ 英文", "Chinese ÷ English"),
    "simplified": ("简体", "Simplified"),
    "traditional": ("繁体", "Traditional"),
    "half_width": ("半角标点", "Half-width punctuation"),
    "common": ("常用字一字一词元", "Common characters, one token"),
    "rarer": ("次常用字", "Rarer ones"),
    "string": ("文本", "Text"),
    "latency": ("写同一段新闻的时间", "Time to write the same news"),
    "axis": ("是最省的几倍", "times the fewest tokens"),
    "flip_alt": (
        "九种分词器，各用最省者的几倍词元：法条、数字表、客户名单各一个点。Qwen 在法条上靠前，在数字上垫底；cl100k 反过来",
        "Nine tokenizers and how many times the fewest tokens each needs, for statutes, number tables and a customer list: "
        "Qwen is near the front for statutes and at the end for numbers, cl100k the reverse",
    ),
    "flip_found": (
        "法条上 Qwen3.6 只比最省的多 {law}，数字表上多 {tables}；",
        "For statutes Qwen3.6 needs {law} more than the fewest, for number tables {tables}; ",
    ),
    "flip_found_old": (
        "cl100k 在法条上要 {old} 倍，在数字表上并列最省。",
        "cl100k needs {old} times as many for statutes and ties for the fewest in tables.",
    ),
    "old_alt": (
        "四类文本换成繁体，词元是简体的几倍，九种分词器：GLM 最高，Tekken 最低",
        "How many times the tokens of simplified text traditional text needs, four kinds, nine tokenizers: GLM most, Tekken least",
    ),
    "old_found": (
        "同样的法条换成繁体，词元最少是 {least} 倍（Tekken），最多是 {most} 倍（GLM）。",
        "The same statutes in traditional characters need from {least} times (Tekken) to {most} times the tokens (GLM).",
    ),
    "times": ("是简体的几倍", "times the tokens of simplified text"),
}


def per_character(result: dict, kinds: tuple[str, ...], language: str) -> Shown:
    """Tokens a character, by tokenizer and kind of text."""
    text, names = words(language, WORDS), words(language, CORPORA)
    rows = [
        [TOKENIZERS[name].models, *(f"{one['corpora'][kind]['per_character']:.3f}" for kind in kinds)]
        for name, one in result["tokenizers"].items()
    ]  # fmt: skip
    return table([text["tokenizer"], *(names[kind] for kind in kinds)], rows)


def per_sentence(result: dict, language: str) -> Shown:
    """Tokens a sentence, or a message."""
    text, names = words(language, WORDS), words(language, CORPORA)
    kinds = ("law", "news", "reviews", "dialogues", "messages", "messages_english")
    rows = [
        [TOKENIZERS[name].models, *(f"{one['corpora'][kind]['per_sentence']:.1f}" for kind in kinds)]
        for name, one in result["tokenizers"].items()
    ]  # fmt: skip
    return table([text["tokenizer"], *(names[kind] for kind in kinds)], rows)


def corpora_table(result: dict, language: str) -> Shown:
    """How much of each text was counted, and the interval of one tokenizer as a scale for the others."""
    text, names = words(language, WORDS), words(language, CORPORA)
    counted = result["tokenizers"]
    by = "deepseek" if "deepseek" in counted else next(iter(counted))  # not in the small setting
    scale, family = counted[by]["corpora"], re.split("[-, ]", TOKENIZERS[by].models)[0]
    rows = []
    for kind, about in result["corpora"].items():
        one = scale[kind]
        low, high = (f"{end:.3f}" for end in one["interval"])
        shown = f"{one['per_character']:.3f} ({interval(low, high, language)})"
        rows.append([names[kind], f"{about['characters']:,}", f"{about['sentences']:,}", shown])
    return table([text["corpus"], text["characters"], text["sentences"], f"{family} (95%)"], rows)


def bills_table(result: dict, language: str) -> Shown:
    """What a month costs, by model and by what is read."""
    text, names = words(language, WORDS), words(language, CORPORA)
    rows = []
    for id in result["bills"]["law"]:
        one = PRICES[id]
        when = f" ({text[one.when]})" if one.when else ""
        listed = f"{one.input / MILLION:g} / {one.output / MILLION:g} {text[one.currency]}"
        months = [f"{result['bills'][kind][id]['month']:,.0f}" for kind in BILLED]
        listed, since = listed.replace(" ", NO_BREAK), one.since.replace("-", "\u2011")
        rows.append([one.model + when, listed, since, *months])
    heads = [text["model"], text["listed"], text["since"], *(names[kind] for kind in BILLED)]
    return table(heads, rows, 1)


def spellings_table(result: dict, language: str) -> Shown:
    """A whole law in three spellings; how many characters are one token each."""
    text = words(language, WORDS)
    heads = ("simplified", "traditional", "half_width")
    levels = ("common", "rarer")
    rows = [
        [
            TOKENIZERS[name].models,
            *(f"{one['whole_law'][kind]:,}" for kind in heads),
            *(f"{100 * one['one_token'][level]:.1f}%" for level in levels),
        ]
        for name, one in result["tokenizers"].items()
    ]
    return table([text["tokenizer"], *(text[key] for key in (*heads, *levels))], rows)


def windows_table(result: dict, language: str) -> Shown:
    """How many characters fit into a window; how long writing takes; Chinese against English."""
    text, names = words(language, WORDS), words(language, CORPORA)
    kinds = ("law", "law_traditional", "tables", "messages_english")
    rows = [
        [
            TOKENIZERS[name].models,
            *(f"{result['window'][kind][name]:,}" for kind in kinds),
            f"{result['against_best']['news'][name]:.2f}",
            f"{result['ratios']['chinese_against_english'][name]:.2f}",
        ]
        for name in result["tokenizers"]
    ]
    heads = [text["tokenizer"], *(names[kind] for kind in kinds), text["latency"], text["english"]]
    return table(heads, rows)


def strings_table(result: dict, language: str) -> Shown:
    """What some strings are, by tokenizer."""
    text = words(language, WORDS)
    counted = [one["strings"] for one in result["tokenizers"].values()]
    rows = [
        [
            Quoted(string, "en" if string.isascii() else "zh"),
            *(str(one[place]) for one in counted),
        ]
        for place, string in enumerate(STRINGS)
    ]
    return table([text["string"], *result["tokenizers"]], rows)


def flip_figure(result: dict, language: str) -> Shown:
    """How far each tokenizer is from the best, for statutes and for numbers."""
    text, names = words(language, WORDS), words(language, CORPORA)
    best = result["against_best"]
    order = list(best["law"])

    def draw(colours: dict) -> Figure:
        made, axes = new_figure(3.9)
        signs = (("law", "first", "o"), ("tables", "second", "s"), ("customers", "third", "^"))
        for place, name in enumerate(order):
            ends = [best[kind][name] for kind, _, _ in signs]
            axes.plot([min(ends), max(ends)], [place] * 2, color=colours["rule"], linewidth=2)
            for kind, colour, sign in signs:
                label = names[kind] if not place else None
                axes.plot(
                    best[kind][name],
                    place,
                    sign,
                    color=colours[colour],
                    markersize=5.5,
                    label=label,
                )
        frame(axes, order, colours, text["axis"])
        legend(axes, colours, "upper right")
        return made

    found = text["flip_found"].format(
        law=f"{best['law']['qwen36'] - 1:.0%}",
        tables=f"{best['tables']['qwen36'] - 1:.0%}",
    )
    if "cl100k" in order:  # not in the small setting
        found += text["flip_found_old"].format(old=f"{best['law']['cl100k']:.1f}")
    return figure(draw, alt=text["flip_alt"], caption=found)


def traditional_figure(result: dict, language: str) -> Shown:
    """How many times the tokens traditional characters need."""
    text, names = words(language, WORDS), words(language, CORPORA)
    ratios = {kind: result["ratios"][f"traditional_{kind}"] for kind in TRADITIONAL}

    def draw(colours: dict) -> Figure:
        made, axes = new_figure(3.9)
        order = sorted(ratios["law"], key=ratios["law"].get)
        signs = zip(TRADITIONAL, ("first", "second", "third", "fourth"), "os^D", strict=True)
        for kind, colour, sign in signs:
            values = [ratios[kind][name] for name in order]
            axes.plot(
                values,
                range(len(order)),
                sign,
                color=colours[colour],
                markersize=5,
                label=names[kind],
            )
        axes.axvline(1, color=colours["soft"], linewidth=0.8)
        frame(axes, order, colours, text["times"])
        legend(axes, colours, "lower right")
        return made

    law = ratios["law"].values()
    found = text["old_found"].format(least=f"{min(law):.2f}", most=f"{max(law):.2f}")
    return figure(draw, alt=text["old_alt"], caption=found)


def frame(axes, order: list[str], colours: dict, what: str) -> None:
    """A line of the figure for each tokenizer, from above."""
    axes.set_yticks(
        range(len(order)), [TOKENIZERS[name].models.partition(",")[0] for name in order]
    )
    axes.set_ylim(len(order) - 0.5, -0.5)
    axes.set_xlabel(what)
    style(axes, colours)
    axes.grid(axis="y", linewidth=0)
    axes.grid(axis="x", color=colours["rule"], linewidth=0.5)
    axes.tick_params(axis="y", colors=colours["ink"])
