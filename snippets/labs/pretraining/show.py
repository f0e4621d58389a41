"""The tables and figures of the lab on pre-training, in the page's language."""

from matplotlib.figure import Figure

from snippets.labs.pretraining.expected import ACCURACY, FAILURES
from snippets.labs.show import (
    Quoted,
    Shown,
    caption,
    figure,
    legend_above,
    new_figure,
    style,
    table,
    words,
)
from snippets.labs.wording import interval, number, with_interval

METHODS = {
    "tfidf": ("数词（TF-IDF）", "Counting (TF-IDF)"),
    "e5": ("e5，4 位，不微调", "e5 in 4 bits, frozen"),
    "use": ("USE，不微调", "USE, frozen"),
    "minilm": ("MiniLM（英语模型）", "MiniLM (English)"),
    "scratch": ("小 BERT，从零训练", "Small BERT from scratch"),
    "together": ("数词与 e5 取平均", "Counting and e5, averaged"),
    "e5_raw": ("e5，不标准化", "e5, not standardised"),
    "tfidf_tuned": ("数词，选 C", "Counting, C chosen"),
    "e5_tuned": ("e5，选 C", "e5, C chosen"),
    "use_tuned": ("USE，选 C", "USE, C chosen"),
    "none": ("只有 Python、数据和 scikit-learn", "Python, data, scikit-learn"),
}
BEST = ("tfidf_tuned", "e5_tuned", "use_tuned", "minilm", "scratch")  # compared by kind
KINDS = {
    "every": ("全部测试评论", "All test reviews"),
    "short": ("15 字以内", "At most 15 characters"),
    "long": ("超过 128 字", "More than 128 characters"),
    "negation": ("含否定字（不、没、无、未、别）", "With a negation"),
    "turn": ("有褒有贬（含但、不过、可惜、虽然、就是）", "With a “but”"),
}
PAIRS = {
    "negation": ("加一个“不”或“没”", "One “not”"),
    "double": ("双重否定、反问、习语", "Two negations, idioms"),
    "antonym": ("换成反义词", "Opposite words"),
}
SETS = {
    "only_e5": ("只有 e5 对", "Only e5 is right"),
    "only_tfidf": ("只有数词对", "Only counting is right"),
    "neither": ("都错", "Neither is right"),
}
WORDS = {
    "method": ("方法", "Method"),
    "all": ("全部 {}", "all {}"),
    "majority": ("永远猜多数类", "Majority class"),
    "labels": ("训练用的评论条数（对数刻度）", "labelled reviews to learn from (log scale)"),
    "accuracy": ("测试准确率", "test accuracy"),
    "accuracy_interval": ("准确率（95% 区间）", "Accuracy (95% interval)"),
    "lead": ("比数词高多少（95% 区间）", "Lead over counting (95% interval)"),
    "reviews": ("评论条数", "Labelled reviews"),
    "kind": ("哪一类", "Kind"),
    "texts": ("条数", "Reviews"),
    "installed": ("安装 MB", "Installed, MB"),
    "with": ("准确率，{} 条", "Accuracy, {}"),
    "milliseconds": ("每条，毫秒", "Per review, ms"),
    "peak": ("内存峰值 MB", "Peak memory, MB"),
    "prepare": ("备好 {} 条，秒", "Preparing {}, s"),
    "before": ("简体", "Simplified"),
    "after": ("繁体", "Traditional"),
    "change": ("变化（95% 区间）", "Change (95% interval)"),
    "right": ("分清", "Told apart"),
    "same": ("答成一样", "Same answer"),
    "turned": ("答反", "Reversed"),
    "pair": ("改动", "Difference"),
    "review": ("评论", "Review"),
    "who": ("谁对", "Who is right"),
    "label": ("标签", "Label"),
    "p_tfidf": ("数词：好评概率", "Counting: P(positive)"),
    "p_e5": ("e5：好评概率", "e5: P(positive)"),
    "positive": ("好评", "positive"),
    "negative": ("差评", "negative"),
    "tuned_tfidf": ("数词选的 C", "C of counting"),
    "tuned_e5": ("e5 选的 C", "C of e5"),
    "tuned_use": ("USE 选的 C", "C of USE"),
    "tuned_lead": ("都选 C，e5 比数词（95% 区间）", "C chosen, e5 less counting (95% interval)"),
    "expected": ("事先写下", "Expected"),
    "measured": ("测得", "Measured"),
    "not_run": ("没有跑", "not run"),
    "what": ("错在哪里", "Where they fail"),
    "none": ("—", "—"),
    "curve_alt": (
        "测试准确率随训练评论条数的变化，七条曲线，五条带 95% 区间，横线是多数类：选过 C 的 e5 在最上，数词从低处追上来，"
        "英语模型和从零训练的小 BERT 在下",
        "Test accuracy by the number of labelled reviews, seven curves, five with 95% intervals, the majority class as a line: e5 with C chosen on "
        "top, counting catching up from below, the English model and the small BERT from scratch at the bottom",
    ),
    "curve_found": (
        "选了 C 以后，用 {} 条评论，e5 是 {}，数词是 {}；用 {} 条，两者是 {} 和 {}。虚线是 C = 1，带子是 95% 区间。",
        "With C chosen, {} reviews give e5 {} and counting {}; {} give {} and {}. Dotted: C = 1. Bands are 95% intervals.",
    ),
}
FAILING = {
    "pairs.tfidf.negation.right": (
        "数词：加“不”“没”，分清几对",
        "Counting: pairs with a “not” told apart",
    ),
    "pairs.e5.negation.right": ("e5：同上", "e5: the same"),
    "pairs.tfidf.double.right": (
        "数词：双重否定，分清几对",
        "Counting: pairs with two negations told apart",
    ),
    "pairs.e5.double.right": ("e5：同上", "e5: the same"),
    "traditional.tfidf.change.mean": (
        "数词：换成繁体，准确率变化",
        "Counting: traditional characters, change",
    ),
    "traditional.e5.change.mean": ("e5：同上", "e5: the same"),
    "kinds.short.e5_less_tfidf.mean": (
        "15 字以内，e5 比数词",
        "At most 15 characters, e5 less counting",
    ),
    "kinds.negation.e5_less_tfidf.mean": (
        "含否定字，e5 比数词",
        "With a negation, e5 less counting",
    ),
    "both.tfidf.both": (
        "数词：标签有争议，仍九成把握的占比",
        "Counting: disputed labels, share above 0.9",
    ),
    "both.e5.both": ("e5：同上", "e5: the same"),
}
COLOURS = {
    "e5_tuned": ("first", "-"),
    "tfidf_tuned": ("second", "-"),
    "e5": ("first", ":"),
    "tfidf": ("second", ":"),
    "use_tuned": ("third", "-"),
    "scratch": ("fourth", "-"),
    "minilm": ("soft", "-"),
}


def sizes(result: dict) -> list[str]:
    """The numbers of reviews that were learnt from, "all" last."""
    return [*result["accuracy"]["tfidf"]]


def size_name(size: str, result: dict, language: str) -> str:
    """A number of reviews for readers."""
    if size == "all":
        return words(language, WORDS)["all"].format(f"{result['data']['train']:,}")
    return f"{int(size):,}"


def accuracy_table(result: dict, language: str) -> Shown:
    """Accuracy of every method at every size, and the majority class."""
    text, names = words(language, WORDS), words(language, METHODS)
    rows = [
        [
            names[name],
            *(f"{of[size]['mean']:.3f}" if size in of else text["none"] for size in sizes(result)),
        ]
        for name, of in result["accuracy"].items()
    ]
    rows.append([text["majority"], *[f"{result['majority']:.3f}"] * len(sizes(result))])
    return table(
        [text["method"], *(size_name(size, result, language) for size in sizes(result))], rows
    )


def lead_table(result: dict, language: str) -> Shown:
    """Each method's lead over counting at every size, with intervals."""
    text, names = words(language, WORDS), words(language, METHODS)
    rows = [
        [names[name], size_name(size, result, language), with_interval(one, language)]
        for name, of in result["against_counting"].items()
        for size, one in of.items()
    ]
    return table([text["method"], text["reviews"], text["lead"]], rows)


def curve_figure(result: dict, language: str) -> Shown:
    """Accuracy by the number of reviews."""
    text, names = words(language, WORDS), words(language, METHODS)
    count = result["data"]["train"]

    def draw(colours: dict) -> Figure:
        made, axes = new_figure(4.0)
        for name, (colour, line) in COLOURS.items():
            of = result["accuracy"][name]
            xs = [count if size == "all" else int(size) for size in of]
            lows, highs = zip(*(one["interval"] for one in of.values()), strict=True)
            if line == "-":
                axes.fill_between(xs, lows, highs, color=colours[colour], alpha=0.15, linewidth=0)
            axes.plot(
                xs,
                [one["mean"] for one in of.values()],
                color=colours[colour],
                linestyle=line,
                marker="o",
                markersize=3.5,
                linewidth=1.5,
                label=names[name],
            )
        axes.axhline(
            result["majority"],
            color=colours["ink"],
            linewidth=0.9,
            linestyle="--",
            label=text["majority"],
        )
        axes.set_xscale("log")
        ticks = [count if size == "all" else int(size) for size in sizes(result)]
        axes.set_xticks(ticks, [f"{tick:,}" for tick in ticks])
        axes.minorticks_off()
        axes.set_xlabel(text["labels"])
        caption(axes, text["accuracy"], colours)
        style(axes, colours)
        legend_above(made, colours)
        return made

    found = []
    for key in ("few", "many"):
        size = result["data"][key]
        found.append(f"{size:,}")
        found += [
            f"{result['accuracy'][n][str(size)]['mean']:.3f}" for n in ("e5_tuned", "tfidf_tuned")
        ]
    found = text["curve_found"].format(*found)
    return figure(draw, alt=text["curve_alt"], caption=found)


def cost_table(result: dict, language: str) -> Shown:
    """Time and memory of each method."""
    text, names = words(language, WORDS), words(language, METHODS)

    def shown(value: float | None, digits: int = 0) -> str:
        return text["none"] if value is None else f"{value:,.{digits}f}"

    few, wide = str(result["data"]["few"]), str(result["data"]["wide"])
    sized = {size: size_name(size, result, language) for size in (few, wide)}
    rows = []
    for name, one in result["cost"].items():
        of = result["accuracy"].get(f"{name}_tuned") or result["accuracy"].get(name, {})
        rows.append(
            [
                names[name],
                *(shown(of[size]["mean"], 3) if of else text["none"] for size in sized),
                shown(one.get("installed")),
                shown(one.get("milliseconds"), 1),
                shown(seconds_to_prepare(result, name), 1),
                shown(one["peak"]),
            ]
        )
    heads = [
        text["method"],
        *(text["with"].format(size) for size in sized.values()),
        text["installed"],
        text["milliseconds"],
        text["prepare"].format(sized[wide]),
        text["peak"],
    ]
    return table(heads, rows)


def seconds_to_prepare(result: dict, name: str) -> float | None:
    """The processor's seconds for `wide` reviews: to count and learn, to make vectors, or to train the Transformer."""
    wide = result["data"]["wide"]
    if name == "scratch":
        took = [one["processor_seconds"] for one in result["trainings"] if one["size"] == wide]
        return sum(took) / len(took)
    if made := result["embedding"].get(name):
        return made["processor_seconds"] / made["texts"] * wide
    return result["cost"][name].get("learns")


def kinds_table(result: dict, language: str) -> Shown:
    """Accuracy by kind of review."""
    text, names, kinds = (words(language, of) for of in (WORDS, METHODS, KINDS))
    rows = [
        [kinds[kind], f"{of['texts']:,}", *(f"{of[name]['mean']:.3f}" for name in BEST)]
        for kind, of in result["kinds"].items()
    ]
    return table([text["kind"], text["texts"], *(names[name] for name in BEST)], rows)


def kinds_lead_table(result: dict, language: str) -> Shown:
    """e5 less counting by kind of review."""
    text, kinds = words(language, WORDS), words(language, KINDS)
    rows = [
        [kinds[kind], with_interval(of["e5_tuned_less_tfidf_tuned"], language)]
        for kind, of in result["kinds"].items()
    ]
    return table([text["kind"], text["tuned_lead"]], rows)


def traditional_table(result: dict, language: str) -> Shown:
    """The same reviews in traditional characters."""
    text, names = words(language, WORDS), words(language, METHODS)
    rows = [
        [
            names[name],
            f"{one['before']['mean']:.3f}",
            f"{one['after']['mean']:.3f}",
            with_interval(one["change"], language),
        ]
        for name, one in result["traditional"].items()
    ]
    heads = ("method", "before", "after", "change")
    return table([text[key] for key in heads], rows)


def pairs_table(result: dict, language: str) -> Shown:
    """Pairs of opposite reviews: how many each method tells apart."""
    text, names, kinds = (words(language, of) for of in (WORDS, METHODS, PAIRS))
    rows = [
        [
            names[name],
            *(f"{of[kind]['right']} / {result['data']['pairs'][kind]}" for kind in kinds),
        ]
        for name, of in result["pairs"].items()
    ]
    return table([text["method"], *kinds.values()], rows)


def cases_table(result: dict, language: str) -> Shown:
    """A few test reviews as they are, with what counting and e5 said."""
    text, sets = words(language, WORDS), words(language, SETS)
    rows = [
        [
            sets[name],
            Quoted(one["text"], "zh-Hans"),
            text["positive" if one["positive"] else "negative"],
            f"{one['tfidf']:.2f}",
            f"{one['e5']:.2f}",
        ]
        for name, of in result["cases"].items()
        for one in of["shown"]
    ]
    heads = ("who", "review", "label", "p_tfidf", "p_e5")
    return table([text[key] for key in heads], rows, 3)


def tuned_table(result: dict, language: str) -> Shown:
    """What C was chosen for each draw, and how far e5 leads then."""
    text = words(language, WORDS)
    rows = [
        [
            size_name(size, result, language),
            *(
                ", ".join(f"{c:g}" for c in result["chosen"][n][size])
                for n in ("tfidf", "e5", "use")
            ),
            with_interval(lead, language),
        ]
        for size, lead in result["tuned"].items()
    ]
    heads = ("reviews", "tuned_tfidf", "tuned_e5", "tuned_use", "tuned_lead")
    return table([text[key] for key in heads], rows)


def expected_table(result: dict, language: str) -> Shown:
    """What was written down before beside what was measured."""
    text, names = words(language, WORDS), words(language, METHODS)
    rows = []
    for name, of in ACCURACY.items():
        for size, guess in of.items():
            found = text["not_run"]
            if one := result["accuracy"][name].get(size):
                ends = interval(*(f"{end:.3f}" for end in one["interval"]), language)
                found = f"{one['mean']:.3f} ({ends})"
            rows.append([names[name], size_name(size, result, language), f"{guess:.3f}", found])
    heads = ("method", "reviews", "expected", "measured")
    return table([text[key] for key in heads], rows)


def failures_table(result: dict, language: str) -> Shown:
    """The same of where they fail."""
    text, named = words(language, WORDS), words(language, FAILING)
    rows = []
    for key, guess in FAILURES.items():
        found = result
        for part in key.split("."):
            found = found.get(part, {})
        digits = 0 if isinstance(guess, int) else 3
        shown = [text["none"] if value == {} else number(value, digits) for value in (guess, found)]
        rows.append([named[key], *shown])
    return table([text["what"], text["expected"], text["measured"]], rows)
