"""The tables and figures of the lab on feedback, in the page's language."""

from matplotlib.figure import Figure

from snippets.labs.feedback.expected import EXPECTED
from snippets.labs.feedback.verdict import step
from snippets.labs.show import (
    Shown,
    caption,
    figure,
    legend_above,
    new_figure,
    style,
    table,
    words,
)
from snippets.labs.wording import interval, number, signed, with_interval

STUDIES = {
    "plain": ("评论", "Reviews"),
    "rare": ("评论，投诉占 5%", "Reviews, 5% complaints"),
    "digits": ("手写数字", "Digits"),
    "wrong": ("评论，10% 标错", "Reviews, 10% labelled wrong"),
    "small": ("评论，从 10 条起步", "Reviews, from 10 labels"),
    "batch_250": ("评论，一批 250 条", "Reviews, 250 at a time"),
    "batch_750": ("评论，一批 750 条", "Reviews, 750 at a time"),
}
STRATEGIES = {
    "random": ("随机", "Random"),
    "margin": ("最拿不准", "Most unsure"),
    "hybrid": ("拿不准且分散", "Unsure and spread out"),
    "committee": ("投票分歧", "Committee"),
}
LOOP = {
    "top_0": ("只看放行的", "Only what is let through"),
    "top_1": ("另加 1% 随机", "plus 1% random"),
    "top_2": ("另加 2% 随机", "plus 2% random"),
    "top_5": ("另加 5% 随机", "plus 5% random"),
    "top_10": ("另加 10% 随机", "plus 10% random"),
    "top_20": ("另加 20% 随机", "plus 20% random"),
    "weighted_1": ("1% 随机，加权", "1% random, weighted"),
    "weighted_2": ("2% 随机，加权", "2% random, weighted"),
    "weighted_5": ("5% 随机，加权", "5% random, weighted"),
    "weighted_10": ("10% 随机，加权", "10% random, weighted"),
    "weighted_20": ("20% 随机，加权", "20% random, weighted"),
    "threshold_0": ("过 0.5 就放行", "Let through above 0.5"),
    "control": ("对照：同样多，随机", "Control: as many, random"),
    "all": ("全部结果都看到", "Every outcome seen"),
}
SKEW = {
    "asked": ("随机抽人问", "Asked at random"),
    "raw": ("谁愿意谁答", "Whoever answers"),
    "slips": ("同上，10% 按错", "The same, 10% slips"),
    "weighted_5": ("按真实的 5 倍加权", "Weighted by the true 5 times"),
    "weighted_2": ("误以为是 2 倍", "Weighted as if 2 times"),
    "weighted_10": ("误以为是 10 倍", "Weighted as if 10 times"),
}
FLIPS = {
    "plain": ("直接换上", "Plain update"),
    "averaged": ("新旧各半", "Old and new averaged"),
    "distilled": ("向旧模型蒸馏", "Distilled from the old"),
    "focal": ("只在旧模型答对处蒸馏", "Distilled where the old is right"),
    "bagged": ("新旧都用十个模型平均", "Ten models averaged, old and new"),
    "other": ("对照：同样多，另一批标签", "Control: as many other labels"),
}
WORDS = {
    "what": ("比什么", "Comparison"),
    "labels": ("标签", "Labels"),
    "label_axis": ("标签条数（对数刻度）", "labels (log scale)"),
    "accuracy": ("测试准确率", "test accuracy"),
    "precision": ("平均精确率（投诉占 5%）", "average precision (5% complaints)"),
    "random": ("随机", "Random"),
    "unsure": ("问拿不准的", "Most unsure"),
    "lead": ("领先（95% 区间）", "Lead (95% interval)"),
    "worth": ("随机要多少条才赶上", "Random labels to match"),
    "times": ("倍数（95% 区间）", "Times (95% interval)"),
    "beyond": ("超过 {}", "over {}"),
    "more": ("更多", "more"),
    "strategy": ("问法", "Strategy"),
    "over_margin": ("比只问拿不准的（95% 区间）", "Over most unsure (95% interval)"),
    "own_cv": ("自测（交叉验证）", "Own cross-validation"),
    "test": ("测试", "Test"),
    "difference": ("自测减测试（95% 区间）", "Own less test (95% interval)"),
    "asking_alt": (
        "两幅折线图，横轴是标签条数：上面是评论的准确率，下面是 5% 投诉的平均精确率，各有随机和问拿不准的两条线，带 95% 区间",
        "Two line charts by number of labels: accuracy on reviews above, average precision on 5% complaints below, each for random and for most unsure, with 95% intervals",
    ),
    "asking_found": (
        "{} 条标签：评论上问拿不准的领先 {}，投诉占 5% 时领先 {}。带子是 95% 区间。",
        "At {} labels the most unsure lead by {} on reviews and by {} where 5% are complaints. Bands are 95% intervals.",
    ),
    "way": ("标签从哪来", "Where labels come from"),
    "own": ("自己报的准确率", "Its own accuracy"),
    "true": ("全体上的准确率", "Accuracy on all"),
    "end": ("最后一轮，全体", "After the last round, on all"),
    "order": ("排序（AUC）", "Ordering (AUC)"),
    "best": ("最好三成里的好评", "Good ones in its best 30%"),
    "against": ("比对照（95% 区间）", "Against the control (95% interval)"),
    "extra_bad": ("每千条多放的差评", "Extra bad ones per 1,000"),
    "seen": ("看到的标签", "Labels seen"),
    "weighted_off": ("加权自测离真相", "Weighted figure off by"),
    "round": ("轮次", "round"),
    "control": ("对照（随机）", "Control"),
    "top_0": ("只看放行的", "Let through"),
    "top_5": ("另放 5% 随机", "5% random"),
    "true_line": ("{}：全体", "{}: all"),
    "own_line": ("{}：自己报的", "{}: its own figure"),
    "loop_alt": (
        "准确率随轮次变化：只看放行的，自己报的线在上，全体上的线在下，随机对照的线逐轮上升",
        "Accuracy by round: learning only from what is let through, its own figure stays high above its accuracy on all, while the random control rises",
    ),
    "loop_found": (
        "只看放行的，第 {} 轮自己报 {}（正文取最后几轮的平均），全体上是 {}；对照是 {}。",
        "Learning only from what it lets through, it reports {1} in round {0} (the text averages the last rounds) "
        "and has {2} on all; the control has {3}.",
    ),
    "who": ("谁的反馈", "Whose feedback"),
    "satisfied": ("量到的满意率", "Measured satisfaction"),
    "complaints": ("找出的差评", "Complaints found"),
    "update": ("更新", "Update"),
    "before": ("更新前", "Before"),
    "after": ("更新后", "After"),
    "broken": ("对变错", "Right to wrong"),
    "mended": ("错变对", "Wrong to right"),
    "accuracy_less": ("准确率比直接换上（95% 区间）", "Accuracy over plain (95% interval)"),
    "broken_less": ("对变错比直接换上（95% 区间）", "Right to wrong over plain (95% interval)"),
    "expected": ("事先写下", "Expected"),
    "measured": ("测得", "Measured"),
    "none": ("—", "—"),
}
NAMED = {
    "lead": ("领先随机", "lead over random"),
    "times": ("随机要几倍标签", "times the labels at random"),
    "over_margin": ("比只问拿不准的", "over most unsure"),
    "own_less_score": ("自测减测试", "own figure less test"),
    "accuracy": ("准确率", "accuracy"),
    "best": ("最好三成里的好评", "good ones in its best 30%"),
    "own": ("自己报的准确率", "its own accuracy"),
    "weighted_off": ("加权自测离真相", "weighted own figure off by"),
    "satisfied": ("量到的满意率", "measured satisfaction"),
    "order": ("AUC 之差", "difference of AUC"),
    "gain": ("准确率提高", "gain in accuracy"),
    "broken": ("对变错", "right to wrong"),
    "after": ("准确率比直接换上", "accuracy over plain"),
}


def curve(axes, result: dict, study: str, strategy: str, colour: str, label: str) -> None:
    """A strategy's score by number of labels, with its interval."""
    of = result["active"][study][strategy]
    sizes = [int(size) for size in of]
    lows, highs = zip(*(one["score"]["interval"] for one in of.values()), strict=True)
    axes.fill_between(sizes, lows, highs, color=colour, alpha=0.15, linewidth=0)
    means = [one["score"]["mean"] for one in of.values()]
    axes.plot(sizes, means, color=colour, marker="o", markersize=3.5, linewidth=1.5, label=label)


def asking_figure(result: dict, language: str) -> Shown:
    """Labels at random against the most unsure, on reviews and where complaints are rare."""
    text = words(language, WORDS)

    def draw(colours: dict) -> Figure:
        made, both = new_figure(5.2, rows=2)
        for axes, study, what in zip(
            both, ("plain", "rare"), ("accuracy", "precision"), strict=True
        ):
            for strategy, colour, name in (
                ("random", "second", "random"),
                ("margin", "first", "unsure"),
            ):
                curve(axes, result, study, strategy, colours[colour], text[name])
            axes.set_xscale("log")
            ticks = [int(size) for size in result["active"][study]["random"]]
            axes.set_xticks(ticks, [f"{tick:,}" for tick in ticks])
            axes.minorticks_off()
            caption(axes, text[what], colours)
            style(axes, colours)
        both[1].set_xlabel(text["label_axis"])
        handles, names = both[0].get_legend_handles_labels()
        made.legend(
            handles,
            names,
            frameon=False,
            fontsize=9,
            labelcolor=colours["ink"],
            loc="outside upper left",
            ncols=2,
        )
        return made

    leads = [last(result["active"][study]["margin"])["lead"]["mean"] for study in ("plain", "rare")]
    found = text["asking_found"].format(f"{result['data']['end']:,}", *map(signed, leads))
    return figure(draw, alt=text["asking_alt"], caption=found)


def last(sizes: dict) -> dict:
    """What stands at the largest number of labels."""
    return list(sizes.values())[-1]


def worth_words(one: dict, study: dict, text: dict, language: str) -> tuple[str, str]:
    """How many labels at random match, and how many times as many, with "over" where the sizes tried do not reach."""
    most = int(list(study["random"])[-1])
    count = text["beyond"].format(f"{most:,}") if one["labels"] is None else f"{one['labels']:,.0f}"
    if one["times"] is None:
        return count, text["none"]
    low, high = (text["more"] if end is None else number(end, 2) for end in one["times_interval"])
    return count, f"{number(one['times'], 2)} ({interval(low, high, language)})"


def asking_table(result: dict, language: str) -> Shown:
    """The most unsure against labels at random, in every study, at its largest number of labels."""
    text, studies = words(language, WORDS), words(language, STUDIES)
    rows = []
    for study, name in studies.items():
        of = result["active"][study]
        size = list(of["margin"])[-1]
        base = of.get("random") or result["active"]["plain"]["random"]
        one = of["margin"][size]
        worth = result["worth"].get(study, {}).get("margin", {}).get(size)
        told = worth_words(worth, of, text, language) if worth else (text["none"],) * 2
        rows.append(
            [
                name,
                f"{int(size):,}",
                f"{base[size]['score']['mean']:.3f}",
                f"{one['score']['mean']:.3f}",
                with_interval(one["lead"], language),
                *told,
            ]
        )
    heads = ("what", "labels", "random", "unsure", "lead", "worth", "times")
    return table([text[key] for key in heads], rows)


def sizes_table(result: dict, language: str) -> Shown:
    """The lead of the most unsure at every number of labels."""
    text, studies = words(language, WORDS), words(language, STUDIES)
    rows = [
        [
            studies[study],
            f"{int(size):,}",
            f"{result['active'][study]['random'][size]['score']['mean']:.3f}",
            with_interval(one["lead"], language),
        ]
        for study in ("plain", "small", "wrong", "rare", "digits")
        for size, one in list(result["active"][study]["margin"].items())[1:]
    ]
    return table([text[key] for key in ("what", "labels", "random", "lead")], rows)


def strategies_table(result: dict, language: str) -> Shown:
    """Hybrid and committee, at the largest number of labels of each study."""
    text, studies, names = (words(language, of) for of in (WORDS, STUDIES, STRATEGIES))
    rows = []
    for study, name in studies.items():
        for strategy in ("hybrid", "committee"):
            if of := result["active"][study].get(strategy):
                one = last(of)
                lead = with_interval(one["lead"], language)
                rows.append(
                    [
                        name,
                        names[strategy],
                        f"{one['score']['mean']:.3f}",
                        lead,
                        with_interval(one["over_margin"], language),
                    ]
                )
    heads = [text[key] for key in ("what", "strategy", "test", "lead", "over_margin")]
    return table(heads, rows, 2)


def own_table(result: dict, language: str) -> Shown:
    """What cross-validation within the labels says, against the test."""
    text, names = words(language, WORDS), words(language, STRATEGIES)
    rows = []
    for strategy, name in names.items():
        one = result["active"]["plain"][strategy][str(result["data"]["end"])]
        rows.append(
            [
                name,
                f"{one['own']['mean']:.3f}",
                f"{one['score']['mean']:.3f}",
                with_interval(one["own_less_score"], language),
            ]
        )
    return table([text[key] for key in ("strategy", "own_cv", "test", "difference")], rows)


def loop_figure(result: dict, language: str) -> Shown:
    """Own figure and truth by round."""
    text, names = words(language, WORDS), words(language, LOOP)
    lines = (("top_0", "first", True), ("top_5", "third", False), ("control", "second", False))

    def draw(colours: dict) -> Figure:
        made, axes = new_figure(3.8)
        for name, colour, own in lines:
            of = result["loop"].get(name)
            if not of:
                continue
            rounds = range(len(of["curve"]))
            lows, highs = zip(*(one["interval"] for one in of["curve"]), strict=True)
            axes.fill_between(rounds, lows, highs, color=colours[colour], alpha=0.15, linewidth=0)
            axes.plot(
                rounds,
                [one["mean"] for one in of["curve"]],
                color=colours[colour],
                linewidth=1.5,
                label=text["true_line"].format(text.get(name, names[name])),
            )
            if own:
                axes.plot(
                    range(1, len(of["own_curve"]) + 1),
                    of["own_curve"],
                    color=colours[colour],
                    linestyle=":",
                    linewidth=1.5,
                    label=text["own_line"].format(text.get(name, names[name])),
                )
        axes.set_xlabel(text["round"])
        caption(axes, text["accuracy"], colours)
        style(axes, colours)
        legend_above(made, colours)
        return made

    top, control = result["loop"]["top_0"], result["loop"]["control"]
    found = text["loop_found"].format(
        result["data"]["traffic"]["rounds"],
        f"{top['own_curve'][-1]:.3f}",
        f"{top['curve'][-1]['mean']:.3f}",
        f"{control['curve'][-1]['mean']:.3f}",
    )
    return figure(draw, alt=text["loop_alt"], caption=found)


def loop_table(result: dict, language: str) -> Shown:
    """Each way of getting labels: its own figure, the truth, the ordering, and what it costs."""
    text, names = words(language, WORDS), words(language, LOOP)
    rows = []
    for key, name in names.items():
        if one := result["loop"].get(key):
            rows.append(
                [
                    name,
                    f"{one['labels']['mean']:,.0f}",
                    f"{one['own']['mean']:.3f}",
                    f"{one['end']['accuracy']['mean']:.3f}",
                    f"{one['end']['order']['mean']:.3f}",
                    f"{one['end']['best']['mean']:.3f}",
                    text["none"]
                    if key in ("control", "all")
                    else f"{one['extra_bad']['mean']:.0f}",
                ]
            )
    heads = ("way", "seen", "own", "end", "order", "best", "extra_bad")
    return table([text[key] for key in heads], rows)


def against_table(result: dict, language: str) -> Shown:
    """Each way of getting labels against as many at random, and the own figure when outcomes are weighted."""
    text, names = words(language, WORDS), words(language, LOOP)
    rows = []
    for key, name in names.items():
        if key != "control" and (one := result["loop"].get(key)):
            rows.append(
                [
                    name,
                    with_interval(one["against_control"]["accuracy"], language),
                    with_interval(one["against_control"]["order"], language),
                    with_interval(one["against_control"]["best"], language),
                    number(one["weighted_off"]["mean"]),
                ]
            )
    heads = [text["way"], *(f"{text[key]} · {text['against']}" for key in ("end", "order", "best"))]
    return table([*heads, text["weighted_off"]], rows)


def skew_table(result: dict, language: str) -> Shown:
    """Measured satisfaction and the model, by whose feedback it is."""
    text, names = words(language, WORDS), words(language, SKEW)
    rows = []
    for key, name in names.items():
        one = result["skew"][key]
        low, high = (f"{end:.3f}" for end in one["satisfied"]["interval"])
        rows.append(
            [
                name,
                f"{one['satisfied']['mean']:.3f} ({interval(low, high, language)})",
                f"{one['accuracy']['mean']:.3f}",
                f"{one['complaints']['mean']:.3f}",
                f"{one['order']['mean']:.3f}",
            ]
        )
    heads = ("who", "satisfied", "accuracy", "complaints", "order")
    return table([text[key] for key in heads], rows)


def flips_table(result: dict, language: str) -> Shown:
    """The update of the headline in every way."""
    text, names = words(language, WORDS), words(language, FLIPS)
    rows = []
    for key, name in names.items():
        one = result["flips"][step(result)][key]
        rows.append(
            [
                name,
                f"{one['before']['mean']:.3f}",
                f"{one['after']['mean']:.3f}",
                f"{one['broken']['mean']:.1%}",
                f"{one['mended']['mean']:.1%}",
                with_interval(one["against_plain"]["after"], language)
                if key != "plain"
                else text["none"],
            ]
        )
    heads = ("update", "before", "after", "broken", "mended", "accuracy_less")
    return table([text[key] for key in heads], rows)


def updates_table(result: dict, language: str) -> Shown:
    """The plain update and the average, at every size."""
    text, names = words(language, WORDS), words(language, FLIPS)
    rows = []
    for sizes, of in result["flips"].items():
        few, many = sizes.split("-")
        for key in ("plain", "averaged", "other"):
            one = of[key]
            many_of = few if key == "other" else many
            rows.append(
                [
                    f"{int(few):,} → {int(many_of):,}",
                    names[key],
                    with_interval(one["gain"], language),
                    f"{one['broken']['mean']:.1%}",
                    f"{one['mended']['mean']:.1%}",
                ]
            )
    heads = [
        text["labels"],
        text["update"],
        words(language, NAMED)["gain"],
        text["broken"],
        text["mended"],
    ]
    return table(heads, rows, 2)


def expected_name(way: str, language: str) -> str:
    """What an expectation is about, in words, from the way to its value."""
    studies, strategies, loops, skews, updates, named = (
        words(language, of) for of in (STUDIES, STRATEGIES, LOOP, SKEW, FLIPS, NAMED)
    )
    part, *rest = [key for key in way.split(".") if key != "mean"]
    what = named[rest[-1]]
    if part in ("active", "worth"):
        names = [studies[rest[0]], strategies[rest[1]], f"{int(rest[2]):,}"]
    elif part == "loop":
        names = [loops[rest[0]]]
    elif part == "skew":
        names = [skews[rest[0]]]
    else:
        names = [updates[rest[1]]]
    return ("，" if language == "zh" else ", ").join([*names, what])


def expected_table(result: dict, language: str) -> Shown:
    """What was written down before beside what was measured."""
    text = words(language, WORDS)
    rows = []
    for way, guess in EXPECTED.items():
        found = result
        for part in way.split("."):
            found = found.get(part, {}) if isinstance(found, dict) else {}
        shown = [text["none"] if value in ({}, None) else number(value) for value in (guess, found)]
        rows.append([expected_name(way, language), *shown])
    return table([text[key] for key in ("what", "expected", "measured")], rows)
