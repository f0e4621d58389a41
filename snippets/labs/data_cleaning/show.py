"""Tables and figures of the lab on data cleaning, in the page's language."""

import csv
from pathlib import Path

from matplotlib.figure import Figure

from snippets.labs.data_cleaning import FULL, is_broken, stages
from snippets.labs.reviews import Review
from snippets.labs.show import Shown, caption, figure, new_figure, style, table, words
from snippets.labs.wording import with_interval

STAGES = ("raw", "repeats", "labels", "near")
KINDS = ("utf8-as-latin1", "utf8-as-gb18030", "gb18030-as-latin1", "gb18030-as-utf8")
TEXTS = {
    "step": ("清洗", "Cleaned so far"),
    "rows": ("行数", "Rows"),
    "share": ("占比", "Share"),
    "found": ("查到的问题", "What was found"),
    "raw": ("不清洗", "not at all"),
    "repeats": ("去掉重复", "repeats removed"),
    "labels": ("再去掉标签矛盾的", "contradictory labels too"),
    "near": ("再去掉近似重复", "near-repeats too"),
    "loose": ("同上，正则放松", "the same, weaker penalty"),
    "leaked": ("训练时见过", "Seen in training"),
    "own": ("自测准确率", "Own test"),
    "unseen": ("没见过的评论", "Unseen reviews"),
    "own_short": ("自测", "Own test"),
    "true": ("真实", "True"),
    "inflation": ("虚高（95% 区间）", "Inflation (95% interval)"),
    "final": ("没见过的评论", "Unseen reviews"),
    "gain": ("比不清洗（95% 区间）", "Against no cleaning (95% interval)"),
    "real": ("原样的重复", "repeats as they are"),
    "edited": ("改过两个字的重复（人为）", "repeats edited (made by us)"),
    "accuracy": ("准确率", "accuracy"),
    "exact": ("重复的行", "repeated rows"),
    "contradictory": ("同一文本两种标签，这样的行", "rows whose text has both labels"),
    "near_rows": ("近似重复的行", "near-repeated rows"),
    "broken": ("乱码", "broken encoding"),
    "kind": ("写入的编码 → 读出的编码", "Written as → read as"),
    "by_ftfy": ("ftfy 发现", "Found by ftfy"),
    "by_both": ("加上我们的规则", "With our rule"),
    "mended_ftfy": ("ftfy 还原", "Repaired by ftfy"),
    "mended": ("加上我们的规则", "With our rule"),
    "utf8-as-latin1": ("UTF-8 → Latin-1", "UTF-8 → Latin-1"),
    "utf8-as-gb18030": ("UTF-8 → GB 18030", "UTF-8 → GB 18030"),
    "gb18030-as-latin1": ("GB 18030 → Latin-1", "GB 18030 → Latin-1"),
    "gb18030-as-utf8": ("GB 18030 → UTF-8", "GB 18030 → UTF-8"),
    "loss": ("准确率损失（百分点）", "loss of accuracy (percentage points)"),
    "is_broken": ("乱码 {:.0%}", "broken, {:.0%}"),
    "is_wrong": ("标错 {:.0%}", "mislabelled, {:.0%}"),
    "scores_alt": (
        "各清洗步骤之后的自测准确率和没见过的评论上的准确率：不清洗时两者相差很远，去掉重复后几乎重合；重复改过字的，要去掉近似重复才靠拢",
        "Accuracy on the team's own test set and on unseen reviews after each step of cleaning: far apart without cleaning, together once "
        "repeats are removed; with edited repeats they only come together once near-repeats are removed",
    ),
    "damage_alt": (
        "训练数据里有乱码或标错的标签时，没见过的评论上准确率损失几个百分点，附区间",
        "Percentage points of accuracy lost on unseen reviews when training reviews are broken or mislabelled, with intervals",
    ),
    "scores_found": (
        "不清洗，自测高出真实水平 {raw}；去掉重复，只差 {repeats}。重复改过两个字时（下），去掉近似重复也还差 {near}。",
        "Uncleaned, the team's own score is {raw} too high; with repeats removed, {repeats}. Where repeats were edited (below), "
        "removing near-repeats still leaves {near}.",
    ),
    "damage_found": (
        "坏掉两成时，标错损失 {wrong} 个百分点，乱码只损失 {broken} 个；横线为 95% 区间。",
        "With a fifth damaged, wrong labels cost {wrong} percentage points and broken encoding {broken}; lines are 95% intervals.",
    ),
    "case": ("缺标签，怎么处理", "Which labels are lost, and what is done"),
    "complete_drop": ("不缺", "none"),
    "random_drop": ("随机缺一半，删去", "half at random, rows left out"),
    "random_commonest": ("随机缺一半，填最多的标签", "half at random, filled with the commonest"),
    "random_predicted": ("随机缺一半，模型代填", "half at random, filled in by a model"),
    "by_label_drop": ("差评缺得多，删去", "mostly bad reviews', rows left out"),
    "by_label_commonest": (
        "差评缺得多，填最多的标签",
        "mostly bad reviews', filled with the commonest",
    ),
    "by_label_predicted": ("差评缺得多，模型代填", "mostly bad reviews', filled in by a model"),
    "bad": ("差评判对", "Bad reviews right"),
    "missing_loss": ("比不缺（95% 区间）", "Against none lost (95% interval)"),
    "none_lost": ("不缺", "none lost"),
    "random": ("随机缺一半", "half, at random"),
    "by_label": ("差评缺得多", "mostly bad ones"),
    "missing_alt": (
        "缺标签的行删去之后，自测准确率和没见过的评论上的准确率：随机缺时两者都略降，差评的标签缺得多时，自测几乎不变，真实的大跌",
        "Own test and unseen reviews once rows without a label are left out: lost at random, both fall slightly; lost mostly among bad reviews, "
        "the team's own score hardly moves while the true one collapses",
    ),
    "missing_found": (
        "差评的标签缺得多（缺八成，好评缺两成），删去之后自测 {own}，真实只有 {unseen}；差评只判对 {bad}。",
        "With four fifths of the bad reviews' labels lost and a fifth of the good ones', and those rows left out, the team's own test "
        "says {own}, but the true score is {unseen}; of bad reviews {bad} are judged right.",
    ),
}


def found_table(result: dict, language: str) -> Shown:
    """What each step found in the reviews as they are."""
    text, found = words(language, TEXTS), result["found"]
    counts = {
        "exact": found["repeats"],
        "contradictory": found["contradictory_rows"],
        "near_rows": found["near"],
        "broken": found["already_broken"],
    }
    return table(
        [text["found"], text["rows"], text["share"]],
        [
            [text[name], f"{count:,}", f"{count / found['rows']:.1%}"]
            for name, count in counts.items()
        ],
    )


def scores_table(result: dict, language: str, copies: str = "real") -> Shown:
    """Believed and true score after each step. copies: "real" or "edited"."""
    text, scores = words(language, TEXTS), result["scores"][copies]
    return table(
        [text[name] for name in ("step", "leaked", "own_short", "true", "inflation")],
        [
            [
                text[stage],
                f"{s['leaked']:.1%}",
                f"{s['own']['mean']:.3f}",
                f"{s['unseen']['mean']:.3f}",
                with_interval(s["inflation"], language),
            ]
            for stage in STAGES
            if (s := scores.get(stage))
        ],
    )


def gain_table(result: dict, language: str) -> Shown:
    """What a model learns from all rows that each step leaves."""
    text, scores = words(language, TEXTS), result["scores"]["real"]
    rows = {stage: scores[stage]["rows"] for stage in STAGES} | {"loose": scores["near"]["rows"]}
    return table(
        [text[name] for name in ("step", "rows", "final", "gain")],
        [
            [
                text[stage],
                f"{count:,}",
                f"{result['final'][stage]['accuracy']['mean']:.3f}",
                "—" if stage == "raw" else with_interval(result["final"][stage]["gain"], language),
            ]
            for stage, count in rows.items()
        ],
    )


def scores_figure(result: dict, language: str) -> Shown:
    """Believed and true accuracy, with the repeats as they are and edited."""
    text = words(language, TEXTS)

    def draw(colours: dict) -> Figure:
        made, panels = new_figure(4.8, rows=2)
        ends = [
            s[name]["mean"]
            for scores in result["scores"].values()
            for s in scores.values()
            for name in ("own", "unseen")
        ]
        for axes, copies in zip(panels, ("real", "edited"), strict=True):
            scores = result["scores"][copies]
            for place, score in enumerate(scores.values()):
                axes.plot(
                    [score["unseen"]["mean"], score["own"]["mean"]],
                    [place] * 2,
                    color=colours["rule"],
                    linewidth=3,
                    zorder=1,
                )
                for name, colour in (("own", "first"), ("unseen", "second")):
                    axes.plot(
                        score[name]["mean"],
                        place,
                        "o",
                        color=colours[colour],
                        markersize=7,
                        label=text[name] if not place else None,
                    )
            axes.set_yticks(range(len(scores)), [text[stage] for stage in scores])
            axes.set_ylim(len(scores) - 0.5, -0.5)
            axes.set_xlim(min(ends) - 0.01, max(ends) + 0.01)
            style(axes, colours)
            axes.grid(axis="x", color=colours["rule"], linewidth=0.5)
            axes.tick_params(axis="y", colors=colours["ink"])
            caption(axes, text[copies], colours)
        panels[1].set_xlabel(text["accuracy"])
        made.legend(
            *panels[0].get_legend_handles_labels(),
            loc="outside upper right",
            ncols=2,
            frameon=False,
            fontsize=9,
            labelcolor=colours["ink"],
            handletextpad=0.2,
            columnspacing=1,
        )
        return made

    stages_of = {
        "raw": ("real", "raw"),
        "repeats": ("real", "repeats"),
        "near": ("edited", "near"),
    }
    shown = {
        name: f"{result['scores'][copies][stage]['inflation']['mean']:.3f}"
        for name, (copies, stage) in stages_of.items()
    }
    return figure(draw, text["scores_alt"], text["scores_found"].format(**shown))


def encoding_table(result: dict, language: str) -> Shown:
    """Of texts broken on purpose: how many are found, how many mended."""
    text, kinds = words(language, TEXTS), result["encoding"]["kinds"]
    return table(
        [text[name] for name in ("kind", "by_ftfy", "by_both", "mended_ftfy", "mended")],
        [
            [
                text[kind],
                *(
                    f"{kinds[kind][name]['share']:.1%}"
                    for name in ("found_ftfy", "found", "mended_ftfy", "mended")
                ),
            ]
            for kind in KINDS
        ],
    )


def damage_figure(result: dict, language: str) -> Shown:
    """What broken and mislabelled training reviews cost."""
    text = words(language, TEXTS)
    damages = {name: value for name, value in result["damage"].items() if name != "clean"}

    def label(name: str) -> str:
        kind, _, share = name.partition("-")
        return text[f"is_{kind}"].format(float(share))

    def draw(colours: dict) -> Figure:
        made, axes = new_figure(2.4)
        for place, (name, value) in enumerate(sorted(damages.items())):
            low, high = (100 * end for end in value["loss"]["interval"])
            colour = colours["second" if name.startswith("broken") else "first"]
            axes.plot([low, high], [place] * 2, color=colour, linewidth=1.4)
            axes.plot(100 * value["loss"]["mean"], place, "o", color=colour, markersize=6)
            axes.text(
                100 * value["loss"]["mean"],
                place - 0.22,
                f"{100 * value['loss']['mean']:.1f}",
                ha="center",
                fontsize=9,
                color=colours["ink"],
            )
        axes.axvline(0, color=colours["soft"], linewidth=0.8)
        axes.set_yticks(range(len(damages)), [label(name) for name in sorted(damages)])
        axes.set_ylim(len(damages) - 0.5, -0.7)
        style(axes, colours)
        axes.grid(axis="x", color=colours["rule"], linewidth=0.5)
        axes.tick_params(axis="y", colors=colours["ink"])
        axes.set_xlabel(text["loss"])
        return made

    most = {
        kind: max(v["loss"]["mean"] for n, v in damages.items() if n.startswith(kind))
        for kind in ("wrong", "broken")
    }
    found = text["damage_found"].format(**{kind: f"{100 * v:.1f}" for kind, v in most.items()})
    return figure(draw, text["damage_alt"], found)


def missing_figure(result: dict, language: str) -> Shown:
    """Believed and true accuracy when rows without a label are left out."""
    text, missing = words(language, TEXTS), result["missing"]
    cases = {"none_lost": "complete", "random": "random", "by_label": "by_label"}

    def draw(colours: dict) -> Figure:
        made, axes = new_figure(2.3)
        for place, case in enumerate(cases.values()):
            score = missing[case]["drop"]
            ends = [score["unseen"]["mean"], score["own"]["mean"]]
            axes.plot(ends, [place] * 2, color=colours["rule"], linewidth=3, zorder=1)
            for name, colour in (("own", "first"), ("unseen", "second")):
                axes.plot(
                    score[name]["mean"],
                    place,
                    "o",
                    color=colours[colour],
                    markersize=7,
                    label=text[name] if not place else None,
                )
            axes.text(
                min(ends) - 0.015,
                place,
                f"{score['unseen']['mean']:.2f}",
                va="center",
                ha="right",
                fontsize=9,
                color=colours["ink"],
            )
            axes.text(
                max(ends) + 0.015,
                place,
                f"{score['own']['mean']:.2f}",
                va="center",
                fontsize=9,
                color=colours["ink"],
            )
        axes.set_yticks(range(len(cases)), [text[name] for name in cases])
        axes.set_ylim(len(cases) - 0.5, -0.5)
        low = min(missing[case]["drop"]["unseen"]["mean"] for case in cases.values())
        axes.set_xlim(low - 0.1, 1.0)
        style(axes, colours)
        axes.grid(axis="y", visible=False)
        axes.tick_params(axis="y", colors=colours["ink"])
        axes.set_xlabel(text["accuracy"])
        made.legend(
            *axes.get_legend_handles_labels(),
            loc="outside upper right",
            ncols=2,
            frameon=False,
            fontsize=9,
            labelcolor=colours["ink"],
            handletextpad=0.2,
            columnspacing=1,
        )
        return made

    worst = missing["by_label"]["drop"]
    shown = {name: f"{worst[name]['mean']:.2f}" for name in ("own", "unseen")}
    found = text["missing_found"].format(**shown, bad=f"{worst['bad']['mean']:.0%}")
    return figure(draw, text["missing_alt"], found)


def missing_table(result: dict, language: str) -> Shown:
    """Each way of losing labels with each way to go on."""
    text = words(language, TEXTS)
    return table(
        [text[name] for name in ("case", "own_short", "true", "bad", "missing_loss")],
        [
            [
                text[f"{case}_{way}"],
                f"{score['own']['mean']:.3f}",
                f"{score['unseen']['mean']:.3f}",
                f"{score['bad']['mean']:.3f}",
                "—"
                if case == "complete"
                else with_interval(
                    {
                        "mean": -score["loss"]["mean"],
                        "interval": [-end for end in reversed(score["loss"]["interval"])],
                    },
                    language,
                ),
            ]
            for case, ways in result["missing"].items()
            for way, score in ways.items()
        ],
    )


def own_table(path: str | Path, language: str) -> Shown:
    """What cleaning finds in a CSV file in UTF-8 with the columns `text` and `label`, and two labels.

    Raises ValueError when a column is missing or there are not two labels.
    """
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    if not rows or not {"text", "label"} <= rows[0].keys():
        raise ValueError(f"{path} needs a line of heads with text and label, and rows below it")
    labels = sorted({row["label"] for row in rows})
    if len(labels) != 2:
        raise ValueError(
            f"{path} has {len(labels)} labels, and this lab is made for two: {', '.join(labels[:5])}"
        )
    reviews = [Review(row["text"], row["label"] == labels[1]) for row in rows]
    text = words(language, TEXTS)
    counts = {text[stage]: len(left) for stage, left in stages(reviews, FULL).items()}
    counts[text["broken"]] = sum(is_broken(review.text) for review in reviews)
    return table(
        [text["step"], text["rows"]], [[name, f"{count:,}"] for name, count in counts.items()]
    )
