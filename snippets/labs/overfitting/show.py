"""The tables and figures of the lab on overfitting, in the page's language."""

from matplotlib.figure import Figure

from snippets.labs.show import (
    Shown,
    caption,
    figure,
    legend,
    legend_above,
    new_figure,
    style,
    table,
    words,
)
from snippets.labs.wording import NO_BREAK, signed, with_interval

METHODS = {
    "plain": ("不加任何手段", "Plain network"),
    "more_2": ("数据加到 2 倍", "Twice the data"),
    "more_4": ("数据加到 4 倍", "Four times the data"),
    "augmentation": ("数据增强", "Augmentation"),
    "l1": ("L1 正则化", "L1"),
    "l2": ("L2 正则化", "L2"),
    "dropout": ("随机失活", "Dropout"),
    "early_stopping": ("早停", "Early stopping"),
    "smaller": ("换小网络", "Smaller network"),
    "pruning": ("剪枝", "Pruning"),
    "pruning_tuned": ("剪枝后再训练", "Pruning, then training"),
    "int8": ("量化到 int8", "int8"),
    "few_bits": ("量化到 4、3 或 2 位", "4, 3 or 2 bits"),
    "together": ("三样一起用", "Three together"),
}
WORDS = {
    "method": ("手段", "Remedy"),
    "train": ("训练准确率", "Training accuracy"),
    "test": ("测试准确率", "Test accuracy"),
    "gap": ("差距", "Gap"),
    "change": ("测试准确率的变化（95% 区间）", "Change in test accuracy (95% interval)"),
    "gap_change": ("差距的变化（95% 区间）", "Change in the gap (95% interval)"),
    "effect": ("结论", "Finding"),
    "remedy": ("有效", "remedy"),
    "gap_only": ("只缩小差距", "gap only"),
    "harm": ("有害", "harm"),
    "unclear": ("看不出作用", "no clear effect"),
    "none": ("—", "—"),
    "wrong_0": ("标签全对", "right labels"),
    "wrong_20": ("两成标签错", "one label in five wrong"),
    "axis": ("测试准确率的变化（百分点）", "change in percentage points"),
    "share": ("剪掉的权重（%）", "weights pruned (%)"),
    "accuracy": ("准确率", "accuracy"),
    "training": ("训练", "training"),
    "testing": ("测试", "test"),
    "chosen": ("在验证集上选出的值", "Chosen on the validation digits"),
    "setting": ("可选的值", "Tried"),
    "times": ("次", "×"),
    "changes_alt": (
        "每种手段使测试准确率变化多少个百分点，带 95% 区间，标签全对和两成标签错各一组：加数据和数据增强提高最多，剪枝和 int8 在零附近",
        "Change in test accuracy for each remedy, in percentage points with 95% intervals, with right labels and with one label in "
        "five wrong: more data and augmentation gain most, pruning and int8 stay about zero",
    ),
    "changes_found": (
        "加数据和数据增强在两种情形下都让测试准确率上升（标签全对时 {} 和 {} 个百分点）；随机失活、早停、L2 只在标签有错时有用；"
        "剪枝和 int8 贴着零。点是均值，横线是 95% 区间。",
        "More data and augmentation raise the test accuracy both times (with right labels by {} and {} points); dropout, early "
        "stopping and L2 help only where labels are wrong; pruning and int8 stay about zero. Dots are means, lines 95% intervals.",
    ),
    "pruning_found": (
        "剪到 {}% 差距才缩小，因为训练准确率也掉到了 {}：网络连学过的也不会了。",
        "The gap shrinks only at {}% pruned, because training accuracy falls to {} as well: the network loses even what it had learnt.",
    ),
    "pruning_alt": (
        "剪掉的权重从 0 到 95%：先都不变；测试准确率从 80% 起下降，训练准确率到 90% 以后才跟着下降",
        "Weights pruned from none to 95%: at first neither accuracy changes; that on the test falls from 80% on, that in training follows only beyond 90%",
    ),
}


def effects_table(result: dict, setting: str, language: str) -> Shown:
    """All remedies under one setting, "wrong_0" or "wrong_20"."""
    text, names = words(language, WORDS), words(language, METHODS)
    methods = by_id(result)[setting]["methods"]
    rows = []
    for name, method in methods.items():
        against = method.get("against_plain")
        rows.append(
            [
                names[name],
                f"{method['train']['mean']:.3f}",
                f"{method['test']['mean']:.3f}",
                f"{method['gap']['mean']:.3f}",
                with_interval(against["test"], language) if against else text["none"],
                text[method["effect"]] if against else text["none"],
            ]
        )
    return table(
        [text[key] for key in ("method", "train", "test", "gap", "change", "effect")], rows
    )


def chosen_table(result: dict, language: str) -> Shown:
    """How often each strength was chosen, over the rounds of each setting."""
    text, names = words(language, WORDS), words(language, METHODS)
    rows = []
    for name in (
        "augmentation",
        "l1",
        "l2",
        "dropout",
        "early_stopping",
        "smaller",
        "pruning",
        "pruning_tuned",
        "few_bits",
    ):
        chosen = [setting["methods"][name]["chosen"] for setting in result["settings"]]
        rows.append(
            [
                names[name],
                *(
                    span(values) if name == "early_stopping" else counts(values, text)
                    for values in chosen
                ),
            ]
        )
    heads = [text["method"], *(text[setting["id"]] for setting in result["settings"])]
    return table(heads, rows, len(heads))


def counts(values: list[float], text: dict) -> str:
    """How often each value occurs, as in "0.2 (3 ×), 0.5 (7 ×)"."""
    return ", ".join(
        f"{value:g} ({values.count(value)} {text['times']})".replace(" ", NO_BREAK)
        for value in sorted(set(values))
    )


def span(values: list[float]) -> str:
    """The smallest and the largest of some values."""
    return f"{min(values):g} – {max(values):g}".replace(" ", NO_BREAK)


def by_id(result: dict) -> dict[str, dict]:
    """The settings by their names."""
    return {setting["id"]: setting for setting in result["settings"]}


def changes_figure(result: dict, language: str) -> Shown:
    """Change in test accuracy of every remedy, with intervals, under both settings."""
    text, names = words(language, WORDS), words(language, METHODS)

    def draw(colours: dict) -> Figure:
        made, axes = new_figure(5.2)
        shown = [name for name in result["settings"][0]["methods"] if name != "plain"]
        for setting, colour, offset in zip(
            result["settings"], ("second", "first"), (-0.16, 0.16), strict=True
        ):
            for place, name in enumerate(shown):
                test = setting["methods"][name]["against_plain"]["test"]
                label = text[setting["id"]] if not place else None
                axes.plot(
                    [100 * x for x in test["interval"]],
                    [place + offset] * 2,
                    color=colours[colour],
                    linewidth=1.4,
                )
                axes.plot(
                    100 * test["mean"],
                    place + offset,
                    "o",
                    color=colours[colour],
                    markersize=4.5,
                    label=label,
                )
        axes.axvline(0, color=colours["soft"], linewidth=0.8)
        axes.set_yticks(range(len(shown)), [names[name] for name in shown])
        axes.set_ylim(len(shown) - 0.5, -0.5)
        axes.set_xlabel(text["axis"])
        style(axes, colours)
        axes.grid(axis="x", color=colours["rule"], linewidth=0.5)
        axes.tick_params(axis="y", colors=colours["ink"])
        legend_above(made, colours)
        return made

    right = by_id(result)["wrong_0"]["methods"]
    gains = [
        signed(100 * right[name]["against_plain"]["test"]["mean"], 1)
        for name in ("more_4", "augmentation")
    ]
    return figure(draw, alt=text["changes_alt"], caption=text["changes_found"].format(*gains))


def pruning_figure(result: dict, language: str) -> Shown:
    """Training and test accuracy as more and more weights are pruned, labels right."""
    text = words(language, WORDS)

    def draw(colours: dict) -> Figure:
        made, axes = new_figure(2.8)
        setting = result["settings"][0]
        plain = setting["methods"]["plain"]
        for part, colour, label in (("train", "second", "training"), ("test", "first", "testing")):
            points = [
                (0, plain[part]),
                *((100 * point["at"], point[part]) for point in setting["shares"]),
            ]
            xs, means = [x for x, _ in points], [p["mean"] for _, p in points]
            lows, highs = zip(*(p["interval"] for _, p in points), strict=True)
            axes.fill_between(xs, lows, highs, color=colours[colour], alpha=0.2, linewidth=0)
            axes.plot(
                xs,
                means,
                color=colours[colour],
                marker="o",
                markersize=4,
                linewidth=1.5,
                label=text[label],
            )
        axes.set_xlabel(text["share"])
        caption(axes, text["accuracy"], colours)
        style(axes, colours)
        legend(axes, colours, "lower left")
        return made

    last = result["settings"][0]["shares"][-1]
    found = text["pruning_found"].format(f"{100 * last['at']:.0f}", f"{last['train']['mean']:.3f}")
    return figure(draw, alt=text["pruning_alt"], caption=found)
