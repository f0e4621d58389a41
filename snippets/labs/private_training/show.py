"""The tables and figures of the lab on private training, in the page's language."""

from functools import reduce

from matplotlib.figure import Figure

from snippets.labs.private_training.expected import EXPECTED
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
from snippets.labs.wording import interval, number, with_interval

ATTACKS = {
    "loss": ("损失阈值", "Loss threshold"),
    "calibrated": ("校准后的损失", "Calibrated loss"),
    "lira": ("LiRA", "LiRA"),
}
WAYS = {
    "free": ("不加隐私，练到够", "No privacy, trained on"),
    "plain": ("不加隐私，步数相同", "No privacy, same steps"),
    "clipped": ("只裁剪，不加噪声", "Clipping, no noise"),
    "memorised": ("训练过头", "Overfitted"),
    "l2": ("L2 正则化", "L2"),
    "early": ("早停（200 步）", "Early stopping (200 steps)"),
}
GROUPS = {
    "ordinary": ("普通数字", "Ordinary digits"),
    "mistaken_1": ("标签错的数字", "Wrong label"),
    "mistaken_4": ("标签错，重复 4 次", "Wrong label, 4 copies"),
    "mistaken_16": ("标签错，重复 16 次", "Wrong label, 16 copies"),
}
COLUMNS = ("ordinary", "mistaken_1", "mistaken_16")
WORDS = {
    "way": ("训练方法", "Training"),
    "epsilon": ("ε\u00a0=\u00a0{}", "ε\u00a0=\u00a0{}"),
    "digits": ("数字", "Digits"),
    "reviews": ("评论", "Reviews"),
    "accuracy": ("测试准确率", "test accuracy"),
    "digits_change": (
        "与步数相同的不加隐私比（95% 区间）",
        "Against no privacy, same steps (95% interval)",
    ),
    "reviews_change": ("同左，评论", "The same, reviews"),
    "axis": ("ε（越小越严）", "ε (smaller is stricter)"),
    "same": ("不加隐私，步数相同", "no privacy, as long"),
    "on": ("不加隐私，练到够", "no privacy, trained on"),
    "clip": ("只裁剪", "clipping alone"),
    "private": ("DP-SGD", "DP-SGD"),
    "none": ("—", "—"),
    "attack": ("攻击", "Attack"),
    "auc": ("AUC", "AUC"),
    "at_1": ("误报率 1% 时找出", "Found at FPR 1%"),
    "at_01": ("误报率 0.1% 时找出", "Found at FPR 0.1%"),
    "bound": ("ε 允许的上限", "Most that ε allows"),
    "tested": ("新数字的准确率", "Accuracy, new digits"),
    "with": ("练过它：给错标签的概率", "Learnt from: P(wrong label)"),
    "without": ("没练过它", "Not learnt from"),
    "least": ("攻击证明的 ε 下限", "ε shown by attack"),
    "found_axis": ("找出的成员（%），误报率 1%", "found (%), 1% false alarms"),
    "ordinary": ("普通数字", "ordinary digits"),
    "mistaken": ("标签错的数字", "digits with a wrong label"),
    "chance": ("乱猜", "guessing"),
    "reported": ("报出的 ε", "ε reported"),
    "noise": ("噪声倍数", "Noise multiplier"),
    "prv": ("PRV", "PRV"),
    "rdp": ("RDP", "RDP"),
    "adding": ("逐步相加", "Added up"),
    "advanced": ("高级组合定理", "Advanced composition"),
    "passes": ("不计抽样", "Without the drawing"),
    "tuning": ("连同 {} 次训练一起算", "All {} trainings counted"),
    "copies": ("一人占几行", "Rows of one person"),
    "group_epsilon": ("此人的 ε", "ε of that person"),
    "group_delta": ("此人的 δ", "δ of that person"),
    "class": ("稀少的类", "Rare class"),
    "rare": ("它的召回率", "Its recall"),
    "others": ("其余类的召回率", "Recall of the others"),
    "whole": ("数据不减时它的召回率", "Its recall with all rows"),
    "lost_more": ("比其余类多损失（95% 区间）", "Lost more than the others (95% interval)"),
    "minimum": ("至少出现几次才收（min_df）", "Least occurrences (min_df)"),
    "grams": ("词表大小", "Vocabulary"),
    "tpr": ("认出的成员", "Members told"),
    "fpr": ("误报", "False alarms"),
    "edge": ("少了它词表就变的评论", "Reviews without which the list changes"),
    "what": ("什么", "What"),
    "expected": ("事先写下", "Expected"),
    "measured": ("测得", "Measured"),
    "control": ("对照：问的是另一个网络的成员", "Control: another network's members"),
    "price_alt": (
        "数字的测试准确率随 ε 的变化，带 95% 区间：ε 越小越低；三条横线是不加隐私练到够、步数相同、只裁剪",
        "Test accuracy on digits by ε, with 95% intervals: the smaller ε, the lower; three lines for no privacy trained on, the same steps, and "
        "clipping alone",
    ),
    "price_found": (
        "步数相同，不加隐私是 {}，只裁剪是 {}，ε = 8 是 {}，ε = 1 是 {}。带子是 95% 区间。",
        "With the same steps, no privacy scores {}, clipping alone {}, and private training {} with ε = 8 and {} with ε = 1. The band is the 95% interval.",
    ),
    "leak_alt": (
        "七种训练方法各被认出多少成员，误报率 1%，最强的一种攻击：标签错的数字一组，普通数字一组，带 95% 区间",
        "Members told at 1% false alarms by the strongest attack for each training: digits with a wrong label, and ordinary ones, with 95% intervals",
    ),
    "leak_found": (
        "训练过头的网络，标签错的数字被认出 {}%；同样步数不加隐私 {}%，ε = 8 是 {}%，ε = 1 是 {}%。每处取三种攻击里最强的。",
        "Of the digits with a wrong label, the overfitted network gives away {}%; no privacy with the same steps {}%, private training {}% with "
        "ε = 8 and {}% with ε = 1. The strongest of three attacks each time.",
    ),
}


def way_name(way: str, language: str) -> str:
    """A way of training for readers."""
    if way.startswith("eps_"):
        return words(language, WORDS)["epsilon"].format(way[4:].replace("_", "."))
    return words(language, WAYS)[way]


def ordered(ways: dict) -> list[str]:
    """Ways of training as readers compare them: without privacy first, then from a large ε to a small one."""
    return ["free", "plain", "clipped", *(way for way in ways if way.startswith("eps_"))]


def share_text(one: dict, language: str, digits: int = 1) -> str:
    """A share in per cent with its exact interval."""
    low, high = (f"{100 * end:.{digits}f}" for end in one["interval"])
    return f"{100 * one['mean']:.{digits}f}% ({interval(low, high, language)})"


def price_table(result: dict, language: str) -> Shown:
    """Accuracy of each way of training on digits and reviews."""
    text = words(language, WORDS)

    def cells(part: dict, way: str) -> list[str]:
        if way not in part:
            return [text["none"]] * 2
        change = part[way]["against_plain"]
        return [
            f"{part[way]['accuracy']['mean']:.3f}",
            with_interval(change, language) if change else text["none"],
        ]

    rows = [
        [way_name(way, language), *cells(result["digits"], way), *cells(result["reviews"], way)]
        for way in ordered(result["digits"])
    ]
    return table(
        [text[key] for key in ("way", "digits", "digits_change", "reviews", "reviews_change")], rows
    )


def price_figure(result: dict, language: str) -> Shown:
    """Accuracy on digits by ε."""
    text, digits = words(language, WORDS), result["digits"]

    def draw(colours: dict) -> Figure:
        made, axes = new_figure(3.4)
        points = sorted(
            (result["accounts"][w]["epsilon"], digits[w]["accuracy"]) for w in result["accounts"]
        )
        xs = [x for x, _ in points]
        lows, highs = zip(*(one["interval"] for _, one in points), strict=True)
        axes.fill_between(xs, lows, highs, color=colours["first"], alpha=0.15, linewidth=0)
        axes.plot(
            xs,
            [one["mean"] for _, one in points],
            color=colours["first"],
            marker="o",
            markersize=4,
            linewidth=1.5,
            label=text["private"],
        )
        for way, key, colour, line in (
            ("free", "on", "second", ":"),
            ("plain", "same", "second", "-"),
            ("clipped", "clip", "third", "--"),
        ):
            axes.axhline(
                digits[way]["accuracy"]["mean"],
                color=colours[colour],
                linestyle=line,
                linewidth=1.2,
                label=text[key],
            )
        axes.set_xscale("log", base=2)
        axes.set_xticks(xs, [f"{x:g}" for x in xs])
        axes.minorticks_off()
        axes.set_xlabel(text["axis"])
        caption(axes, text["accuracy"], colours)
        style(axes, colours)
        legend_above(made, colours)
        return made

    means = [f"{digits[w]['accuracy']['mean']:.3f}" for w in ("plain", "clipped", "eps_8", "eps_1")]
    return figure(draw, alt=text["price_alt"], caption=text["price_found"].format(*means))


def strongest(groups: dict, group: str, key: str = "at_1") -> dict:
    """The true positive rate of the attack that finds most."""
    return max((groups[group][one][key]["tpr"] for one in ATTACKS), key=lambda one: one["mean"])


def leak_figure(result: dict, language: str) -> Shown:
    """What the strongest attack finds, by way of training."""
    text, ways = words(language, WORDS), result["membership"]

    def draw(colours: dict) -> Figure:
        made, axes = new_figure(3.8)
        for group, key, colour, offset in (
            ("mistaken_1", "mistaken", "first", -0.15),
            ("ordinary", "ordinary", "second", 0.15),
        ):
            for place, way in enumerate(ways):
                one = strongest(ways[way]["groups"], group)
                axes.plot(
                    [100 * end for end in one["interval"]],
                    [place + offset] * 2,
                    color=colours[colour],
                    linewidth=1.4,
                )
                axes.plot(
                    100 * one["mean"],
                    place + offset,
                    "o",
                    color=colours[colour],
                    markersize=4.5,
                    label=None if place else text[key],
                )
        axes.axvline(1, color=colours["soft"], linewidth=0.9, linestyle="--", label=text["chance"])
        axes.set_yticks(range(len(ways)), [way_name(way, language) for way in ways])
        axes.set_ylim(len(ways) - 0.5, -0.5)
        axes.set_xlim(0, 102)
        axes.set_xlabel(text["found_axis"])
        style(axes, colours)
        axes.grid(axis="x", color=colours["rule"], linewidth=0.5)
        axes.tick_params(axis="y", colors=colours["ink"])
        legend_above(made, colours)
        return made

    found = [
        f"{100 * strongest(ways[way]['groups'], 'mistaken_1')['mean']:.1f}"
        for way in ("memorised", "plain", "eps_8", "eps_1")
    ]
    return figure(draw, alt=text["leak_alt"], caption=text["leak_found"].format(*found))


def leak_table(result: dict, language: str) -> Shown:
    """The strongest attack at 1% false alarms, by way of training and kind of row, and what the guarantee allows."""
    text, names = words(language, WORDS), words(language, GROUPS)
    rows = []
    for way, one in result["membership"].items():
        allowed = result["accounts"].get(way)
        rows.append(
            [
                way_name(way, language),
                f"{one['accuracy']:.3f}",
                *(share_text(strongest(one["groups"], group), language) for group in COLUMNS),
                f"{100 * allowed['allowed']['1']:.1f}%" if allowed else text["none"],
            ]
        )
    return table(
        [text["way"], text["tested"], *(names[group] for group in COLUMNS), text["bound"]], rows
    )


def attacks_table(result: dict, language: str, group: str) -> Shown:
    """Each attack on one kind of row: AUC, and what it finds at two false positive rates."""
    text, names = words(language, WORDS), words(language, ATTACKS)
    rows = [
        [
            way_name(way, language),
            names[attack],
            f"{one['groups'][group][attack]['auc']:.3f}",
            *(
                share_text(one["groups"][group][attack][key]["tpr"], language)
                for key in ("at_1", "at_01")
            ),
        ]
        for way, one in result["membership"].items()
        for attack in ATTACKS
    ]
    return table([text[key] for key in ("way", "attack", "auc", "at_1", "at_01")], rows, 2)


def control_table(result: dict, language: str) -> Shown:
    """The attacks asked for the members of another network: none may find anything."""
    text, names = words(language, WORDS), words(language, ATTACKS)
    one = result["membership"]["memorised"]["control"]
    rows = [
        [
            names[attack],
            f"{one[attack]['auc']:.3f}",
            *(share_text(one[attack][key]["tpr"], language, 2) for key in ("at_1", "at_01")),
        ]
        for attack in ATTACKS
    ]
    return table([text["control"], *(text[key] for key in ("auc", "at_1", "at_01"))], rows)


def worst_table(result: dict, language: str) -> Shown:
    """Digits with a wrong label: what the network says of them, and the ε that the attack shows."""
    text = words(language, WORDS)
    rows = []
    for way, one in result["membership"].items():
        group = one["groups"]["mistaken_1"]
        least = max(x["epsilon"] for x in one["least_epsilon"].values())
        rows.append(
            [
                way_name(way, language),
                f"{group['with']:.3f}",
                f"{group['without']:.3f}",
                f"{least:.2f}",
            ]
        )
    return table([text[key] for key in ("way", "with", "without", "least")], rows)


def accounts_table(result: dict, language: str) -> Shown:
    """The same training by every way of counting."""
    text = words(language, WORDS)
    keys = ("prv", "rdp", "passes", "adding", "advanced")
    rows = [
        [
            f"{one['epsilon']:g}",
            f"{one['noise']:.2f}",
            *(f"{one[key]:,.2f}" if one[key] < 100 else f"{one[key]:,.0f}" for key in keys),
            f"{one['with_tuning']:.2f}",
        ]
        for one in result["accounts"].values()
    ]
    runs = next(iter(result["accounts"].values()))["runs"]
    heads = [
        text["reported"],
        text["noise"],
        *(text[key] for key in keys),
        text["tuning"].format(runs),
    ]
    return table(heads, rows, 0)


def groups_table(result: dict, language: str) -> Shown:
    """What is left to a person with several rows, with ε = 1 for one row, and what the attacks found of copies."""
    text = words(language, WORDS)
    groups = result["membership"]["eps_1"]["groups"]
    rows = [
        [
            copies,
            f"{one['epsilon']:g}",
            f"{one['delta']:.1e}" if one["delta"] < 0.001 else f"{one['delta']:.3f}",
            share_text(strongest(groups, f"mistaken_{copies}"), language),
        ]
        for copies, one in result["accounts"]["eps_1"]["groups"].items()
    ]
    return table([text[key] for key in ("copies", "group_epsilon", "group_delta", "at_1")], rows, 0)


def rare_table(result: dict, language: str) -> Shown:
    """The recall of a rare class and of the others."""
    text = words(language, WORDS)
    rows = []
    for label, ways in result["rare"].items():
        for way, one in ways.items():
            low, high = (number(end) for end in one["rare"]["interval"])
            more = one.get("lost_more")
            rows.append(
                [
                    label,
                    way_name(way, language),
                    f"{one['rare']['mean']:.3f} ({interval(low, high, language)})",
                    f"{one['others']['mean']:.3f}",
                    f"{one['rare_with_all_rows']['mean']:.3f}",
                    with_interval(more, language) if more else text["none"],
                ]
            )
    return table(
        [text[key] for key in ("class", "way", "rare", "others", "whole", "lost_more")], rows, 2
    )


def classes_table(result: dict, language: str) -> Shown:
    """The recall of every class."""
    text = words(language, WORDS)
    ways = [way for way in ("plain", "clipped", "eps_8", "eps_1") if way in result["digits"]]
    rows = [
        [str(c), *(f"{result['digits'][way]['recall'][c]['mean']:.3f}" for way in ways)]
        for c in range(10)
    ]
    return table([text["digits"], *(way_name(way, language) for way in ways)], rows)


def vocabulary_table(result: dict, language: str) -> Shown:
    """Members told by the vocabulary alone."""
    text = words(language, WORDS)
    rows = [
        [
            least,
            f"{one['grams']:,}",
            share_text(one["tpr"], language),
            share_text(one["fpr"], language),
            f"{100 * one['on_the_edge']:.1f}%",
        ]
        for least, one in result["vocabulary"].items()
    ]
    return table([text[key] for key in ("minimum", "grams", "tpr", "fpr", "edge")], rows)


def value_at(result: dict, way: str) -> float | None:
    """The value at a way of keys; None where a small run has none."""
    return reduce(lambda node, key: (node or {}).get(key), way.split("."), result)


EXPECTED_NAMES = {
    "digits.free.accuracy.mean": ("数字：不加隐私，练到够", "Digits: no privacy, trained on"),
    "digits.clipped.against_plain.mean": ("数字：裁剪的代价", "Digits: price of clipping"),
    "digits.eps_4.against_plain.mean": ("数字：ε = 4 的代价", "Digits: price of ε = 4"),
    "digits.eps_1.against_plain.mean": ("数字：ε = 1 的代价", "Digits: price of ε = 1"),
    "digits.eps_0_5.against_plain.mean": ("数字：ε = 0.5 的代价", "Digits: price of ε = 0.5"),
    "reviews.free.accuracy.mean": ("评论：不加隐私，练到够", "Reviews: no privacy, trained on"),
    "reviews.eps_1.against_plain.mean": ("评论：ε = 1 的代价", "Reviews: price of ε = 1"),
    "rare.8.plain.rare.mean": ("稀少的 8：不加隐私的召回率", "Rare 8: recall without privacy"),
    "rare.8.clipped.lost_more.mean": ("稀少的 8：裁剪多损失", "Rare 8: lost more, clipping"),
    "rare.8.eps_8.lost_more.mean": ("稀少的 8：ε = 8 多损失", "Rare 8: lost more, ε = 8"),
    "rare.8.eps_1.lost_more.mean": ("稀少的 8：ε = 1 多损失", "Rare 8: lost more, ε = 1"),
    "rare.1.eps_1.lost_more.mean": ("稀少的 1：ε = 1 多损失", "Rare 1: lost more, ε = 1"),
    "membership.memorised.groups.ordinary.lira.at_1.tpr.mean": (
        "训练过头，普通数字，LiRA",
        "Overfitted, ordinary digits, LiRA",
    ),
    "membership.plain.groups.mistaken_1.lira.at_1.tpr.mean": (
        "步数相同，标签错，LiRA",
        "Same steps, wrong label, LiRA",
    ),
    "membership.l2.groups.mistaken_1.lira.at_1.tpr.mean": (
        "L2，标签错，LiRA",
        "L2, wrong label, LiRA",
    ),
    "membership.clipped.groups.mistaken_1.lira.at_1.tpr.mean": (
        "只裁剪，标签错，LiRA",
        "Clipping, wrong label, LiRA",
    ),
    "membership.eps_8.groups.mistaken_1.calibrated.at_1.tpr.mean": (
        "ε = 8，标签错，校准",
        "ε = 8, wrong label, calibrated",
    ),
    "membership.eps_1.groups.mistaken_1.calibrated.at_1.tpr.mean": (
        "ε = 1，标签错，校准",
        "ε = 1, wrong label, calibrated",
    ),
    "membership.eps_1.groups.mistaken_16.lira.at_1.tpr.mean": (
        "ε = 1，重复 16 次，LiRA",
        "ε = 1, 16 copies, LiRA",
    ),
    "membership.eps_8.least_epsilon.calibrated.epsilon": (
        "ε = 8：攻击证明的下限",
        "ε = 8: shown by the attack",
    ),
}


def expected_table(result: dict, language: str) -> Shown:
    """What we expected beside what was measured."""
    text, names = words(language, WORDS), words(language, EXPECTED_NAMES)
    rows = []
    for way, expected in EXPECTED.items():
        measured = value_at(result, way)
        shown = text["none"] if measured is None else number(measured)
        rows.append([names[way], number(expected), shown])
    return table([text[key] for key in ("what", "expected", "measured")], rows)
