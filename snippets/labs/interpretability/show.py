"""The tables and figures of the lab on interpretability, in the page's language."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from snippets.labs.interpretability.expected import EXPECTED
from snippets.labs.show import (
    Shown,
    caption,
    figure,
    new_figure,
    style,
    table,
    words,
)
from snippets.labs.wording import interval, number, with_interval

TABLES = (
    "weights_table",
    "cascade_table",
    "deletion_table",
    "mark_table",
    "text_table",
    "phrase_table",
    "exact_table",
    "reader_table",
    "expected_table",
)
FIGURES = ("pictures_figure", "curves_figure")
METHODS = {
    "gradient": ("梯度", "Gradient"),
    "smoothgrad": ("SmoothGrad", "SmoothGrad"),
    "input_gradient": ("输入×梯度", "Input × gradient"),
    "integrated": ("积分梯度", "Integrated gradients"),
    "shap": ("GradientSHAP", "GradientSHAP"),
    "occlusion": ("遮挡", "Occlusion"),
}
ORDERS = {
    **METHODS,
    "random": ("随机次序", "Random order"),
    "brightness": ("亮的在前", "Brightest first"),
    "edges": ("边缘在前（不看网络）", "Edges first (no network)"),
    "rare": ("少见的字在前", "Rarest first"),
    "sum": ("另一个模型（逐字求和）的贡献", "Contributions to another model (the sum)"),
    "integrated_fresh": ("随机网络的积分梯度", "Integrated gradients, random network"),
    "occlusion_fresh": ("随机网络的遮挡", "Occlusion, random network"),
    "integrated_seed": ("另一个种子的积分梯度", "Integrated gradients, other seed"),
}
SEEN = {
    "whole": ("整条评论", "The whole review"),
    "own": ("读者自己最看重的字", "Those the reader itself weighs most"),
    "random": ("随便几个字", "Any"),
    "fresh": ("随机网络的遮挡", "Occlusion, random network"),
    **METHODS,
}
ALARMS = {**METHODS, "removal": ("不解释，直接拿掉再问", "No explanation: take it away, ask again")}
KERNEL = ("KernelSHAP，{} 次采样", "KernelSHAP, {} samples")
WORDS = {
    "method": ("方法", "Method"),
    "order": ("按什么次序涂掉", "Blanked in the order of"),
    "seed": ("另一个种子", "Other seed"),
    "fresh_4": ("随机权重", "Random weights"),
    "labels": ("标签打乱", "Shuffled labels"),
    "picture": ("整张图，不计正负", "Whole picture, no signs"),
    "ink": ("有墨的地方，计正负", "Ink alone, with signs"),
    "picture_short": ("整图", "Picture"),
    "ink_short": ("墨", "Ink"),
    "layers": ("从后往前换掉 {} 层", "Last {} replaced"),
    "deletion": ("删除（越低越好）", "Deletion (lower is better)"),
    "insertion": ("放回（越高越好）", "Insertion (higher is better)"),
    "lead_edges": ("删除：胜过边缘（95% 区间）", "Deletion: lead over edges (95% interval)"),
    "used": ("用了标记", "Uses the mark"),
    "unused": ("没用", "Does not"),
    "absent": ("靠标记不在", "Uses its absence"),
    "reader": ("读者判对（95% 区间）", "Reader right (95% interval)"),
    "reader_absent": ("同上，标记不在", "The same, absence"),
    "phrase_used": ("用了短语", "Uses the phrase"),
    "correlation": ("等级相关（95% 区间）", "Rank correlation (95% interval)"),
    "sum": ("逐字求和", "The sum"),
    "fresh": ("随机权重", "Random weights"),
    "lead_random": ("删除：胜过随机次序", "Deletion: lead over random order"),
    "lead_rare": ("胜过少见的字在前", "Lead over rarest first"),
    "seen": ("读者看到的五个字", "The five characters that the reader sees"),
    "all": ("猜对网络的答案", "Guesses the network's answer"),
    "mistakes": ("其中网络答错的", "Where the network is wrong"),
    "what": ("量的是什么", "What"),
    "expected": ("事先写下", "Expected"),
    "measured": ("测得（95% 区间）", "Measured (95% interval)"),
    "digit": ("数字", "Digit"),
    "trained": ("训练好的网络", "trained network"),
    "random_network": ("随机权重", "random weights"),
    "gradient": ("梯度", "Gradient"),
    "integrated": ("积分梯度", "Integrated"),
    "blanked": ("涂黑的墨（%）", "ink blanked (%)"),
    "probability": ("原答案的概率", "probability of the answer"),
    "pictures_alt": (
        "三个数字的梯度和积分梯度，左边来自训练好的网络，右边来自权重随机的网络：右边的积分梯度一样描出了数字的形状",
        "Gradient and integrated gradients of three digits, by a trained network on the left and one of random weights on "
        "the right: the random network's integrated gradients trace the digit too",
    ),
    "pictures_found": (
        "右边两列的网络什么也没学过，积分梯度照样描出数字：它与边缘的等级相关是 {}，训练好的是 {}。颜色越深，数值（不计正负）越大。",
        "The network of the two right columns has learnt nothing, and its integrated gradients trace the digit all the same: "
        "their rank correlation with the edges is {}, the trained network's {}. Darker is stronger, signs left out.",
    ),
    "curves_alt": (
        "从最重要的墨开始涂黑，原答案的概率怎样下降：遮挡和积分梯度降得最快，边缘在前的最慢",
        "How the probability of the answer falls as ink is blanked, the most important first: fastest in the order of "
        "occlusion and integrated gradients, slowest with the edges first",
    ),
    "curves_found": (
        "涂掉三成墨，按遮挡的次序，原答案的概率剩 {}；按边缘，不问网络，剩 {}；随机次序剩 {}。",
        "With three tenths of the ink blanked, the answer's probability is {} in the order of occlusion, {} in that of the "
        "edges, which ask no network, and {} in random order.",
    ),
}
PARTS = {
    "digits": ("数字", "digits"),
    "texts": ("评论", "reviews"),
    "mark": ("角上的标记", "mark in the corner"),
    "accuracy": ("准确率", "accuracy"),
    "trained": ("网络", "network"),
    "correlation": ("等级相关", "rank correlation"),
    "picture": ("整张图", "whole picture"),
    "ink": ("有墨处", "ink"),
    "seed": ("另一个种子", "other seed"),
    "fresh": ("随机权重", "random weights"),
    "fresh_4": ("随机权重", "random weights"),
    "curves": ("涂掉", "blanking"),
    "deletion": ("删除曲线下面积", "area under deletion"),
    "random": ("随机", "random"),
    "brightness": ("亮的在前", "brightest first"),
    "edges": ("边缘在前", "edges first"),
    "integrated_fresh": ("随机网络的积分梯度", "integrated gradients of the random network"),
    "use": ("判成目标类", "called the target class"),
    "used": ("用了的网络", "network that uses it"),
    "unused": ("没用的网络", "network that does not"),
    "absent": ("靠它不在的网络", "network that uses its absence"),
    "others_marked": ("别的数字加上标记", "other digits with the mark"),
    "bad_marked": ("差评加上短语", "bad reviews with the phrase"),
    "alarms": ("报警", "alarms"),
    "removal": ("直接拿掉", "taking it away"),
    "reader": ("模拟的读者", "simulated reader"),
    "phrase": ("短语", "phrase"),
    "sum": ("逐字求和", "sum"),
    "exact": ("与真实贡献的相关", "correlation with the exact contributions"),
    "kernel_25": ("KernelSHAP 25 次", "KernelSHAP, 25 samples"),
    "kernel_400": ("KernelSHAP 400 次", "KernelSHAP, 400 samples"),
    "whole": ("整条", "whole review"),
    "all": ("全部", "all"),
    "mistakes": ("网络答错的", "network wrong"),
    **METHODS,
}


def mean(one: dict) -> str:
    """The mean alone, in three decimals."""
    return number(one["mean"])


def with_ends(one: dict, language: str) -> str:
    """A mean with its interval, neither being a change."""
    return f"{number(one['mean'])} ({interval(*map(number, one['interval']), language)})"


def weights_table(result: dict, language: str) -> Shown:
    """Digits: how far a method agrees with itself on other networks, for the whole picture and for the ink."""
    text, names = words(language, WORDS), words(language, METHODS)
    heads, rows = [text["method"]], []
    colon = "：" if language == "zh" else ": "
    for kind in ("picture", "ink"):
        heads += [text[f"{kind}_short"] + colon + text[other] for other in ("seed", "fresh_4")]
    heads.append(text["ink_short"] + colon + text["labels"])
    for method, name in names.items():
        one = result["digits"]["correlation"][method]
        rows.append(
            [
                name,
                *(
                    mean(one[kind][other])
                    for kind in ("picture", "ink")
                    for other in ("seed", "fresh_4")
                ),
                mean(one["ink"]["labels"]),
            ]
        )
    return table(heads, rows)


def cascade_table(result: dict, language: str) -> Shown:
    """Digits, on the ink: agreement as one layer after the other gets random weights, from the last to the first."""
    text, names = words(language, WORDS), words(language, METHODS)
    rows = [
        [
            name,
            *(mean(result["digits"]["correlation"][m]["ink"][f"fresh_{n}"]) for n in range(1, 5)),
        ]
        for m, name in names.items()
    ]
    return table([text["method"], *(text["layers"].format(n) for n in range(1, 5))], rows)


def deletion_table(result: dict, language: str) -> Shown:
    """Digits: areas under the two curves for each order, and how far deletion beats the edges."""
    text, names = words(language, WORDS), words(language, ORDERS)
    part, rows = result["digits"], []
    for order, name in names.items():
        if one := part["curves"].get(order):
            lead = part["leads"].get(order)
            rows.append(
                [
                    name,
                    mean(one["deletion"]["area"]),
                    mean(one["insertion"]["area"]),
                    with_interval(lead["deletion"]["edges"], language) if lead else "—",
                ]
            )
    return table([text[k] for k in ("order", "deletion", "insertion", "lead_edges")], rows)


def mark_table(result: dict, language: str) -> Shown:
    """Digits: alarms of each method, by what the network does with the mark, and how often a reader is right."""
    text, names = words(language, WORDS), words(language, ALARMS)
    rows = []
    for method, name in names.items():
        one = result["mark"]["alarms"][method]
        rows.append(
            [
                name,
                *(mean(one[case]) for case in ("used", "unused")),
                with_ends(one["reader"], language),
                mean(one["absent"]),
                mean(one["reader_absent"]),
            ]
        )
    heads = ("method", "used", "unused", "reader", "absent", "reader_absent")
    return table([text[key] for key in heads], rows)


def text_table(result: dict, language: str) -> Shown:
    """Reviews: agreement with other networks, and what deletion in each method's order is worth."""
    text, names = words(language, WORDS), words(language, METHODS)
    part, rows = result["texts"], []
    for method, one in part["correlation"].items():
        lead = part["leads"][method]["deletion"]
        rows.append(
            [
                names[method],
                *(mean(one[other]) for other in ("seed", "fresh", "sum")),
                with_interval(lead["random"], language),
                with_interval(lead["rare"], language),
            ]
        )
    heads = ("method", "seed", "fresh", "sum", "lead_random", "lead_rare")
    return table([text[key] for key in heads], rows)


def phrase_table(result: dict, language: str) -> Shown:
    """Reviews: alarms of each method, where the network uses the phrase and where it does not."""
    text, names = words(language, WORDS), words(language, ALARMS)
    found = result["texts"]["phrase"]["alarms"]
    rows = [
        [
            names[method],
            mean(one["used"]),
            mean(one["unused"]),
            with_ends(one["reader"], language),
        ]
        for method, one in found.items()
    ]
    return table([text[key] for key in ("method", "phrase_used", "unused", "reader")], rows)


def exact_table(result: dict, language: str) -> Shown:
    """Reviews: each method beside the exact contributions of the sum."""
    text, names = words(language, WORDS), words(language, METHODS)
    rows = []
    for method, one in result["texts"]["exact"].items():
        name = names.get(method) or words(language, {"k": KERNEL})["k"].format(
            method.removeprefix("kernel_")
        )
        rows.append([name, with_ends(one, language)])
    return table([text["method"], text["correlation"]], rows)


def reader_table(result: dict, language: str) -> Shown:
    """Reviews: how often the simulated reader guesses the network's answer, by what it sees."""
    text, names = words(language, WORDS), words(language, SEEN)
    rows = [
        [
            name,
            *(with_ends(result["texts"]["reader"][seen][k], language) for k in ("all", "mistakes")),
        ]
        for seen, name in names.items()
        if seen in result["texts"]["reader"]
    ]
    return table([text["seen"], text["all"], text["mistakes"]], rows)


def expected_table(result: dict, language: str) -> Shown:
    """What was written down before beside what was measured."""
    text, parts = words(language, WORDS), words(language, PARTS)
    comma = "，" if language == "zh" else ", "
    rows = []
    for way, guess in EXPECTED.items():
        found = result
        *above, _ = way.split(".")
        for part in above:
            found = found.get(part, {})
        name = comma.join(parts[part] for part in above if part != "area")
        rows.append([name, number(guess, 2), with_ends(found, language) if found else "—"])
    return table([text["what"], text["expected"], text["measured"]], rows)


def pictures_figure(result: dict, language: str) -> Shown:
    """A few digits, their attributions by the trained network, and by one of random weights."""
    text, part = words(language, WORDS), result["digits"]
    columns = [(None, "digit")] + [
        (network, method)
        for network in ("trained", "fresh_4")
        for method in ("gradient", "integrated")
    ]
    places = [0, 19, 35, 54, 70]

    def draw(colours: dict) -> Figure:
        made, axes = new_figure(2.7)
        axes.set_xlim(-1, 85)
        axes.set_ylim(16 * len(part["example"]), -13)
        axes.set_aspect("equal", anchor="NW")
        axes.axis("off")
        for (network, what), across in zip(columns, places, strict=True):
            colour = colours[{None: "ink", "trained": "first", "fresh_4": "second"}[network]]
            axes.text(across + 7, -1.5, text[what], ha="center", fontsize=8, color=colours["soft"])
            for row, one in enumerate(part["example"]):
                shown = one["digit"] if network is None else one[network][what]
                cells(axes, shown, across, 16 * row, colour)
        for name, across in (("trained", 34), ("random_network", 69)):
            axes.text(across, -8, text[name], ha="center", fontsize=9, color=colours["ink"])
        return made

    edges = part["like_edges"]["integrated"]
    found = text["pictures_found"].format(mean(edges["fresh_4"]), mean(edges["trained"]))
    return figure(draw, alt=text["pictures_alt"], caption=found)


def cells(axes: Axes, shown: Sequence[str], across: int, down: int, colour: str) -> None:
    """A picture of levels 0 to 4: for each level one path, neighbours in a row joined."""
    for level in range(1, 5):
        corners, codes = [], []
        for y, row in enumerate(shown):
            x = 0
            while x < len(row):
                end = x
                while end < len(row) and row[end] == str(level):
                    end += 1
                if end > x:
                    left, right, top = across + x, across + end, down + y
                    corners += [
                        (left, top),
                        (right, top),
                        (right, top + 1),
                        (left, top + 1),
                        (left, top),
                    ]
                    codes += [Path.MOVETO, *[Path.LINETO] * 3, Path.CLOSEPOLY]
                x = max(end, x + 1)
        if corners:
            axes.add_patch(
                PathPatch(Path(corners, codes), color=colour, alpha=level / 4, linewidth=0)
            )


def curves_figure(result: dict, language: str) -> Shown:
    """Deletion on digits: two methods, two orders that do not ask the trained network, and chance."""
    text, names = words(language, WORDS), words(language, ORDERS)
    curves = result["digits"]["curves"]
    lines = {
        "occlusion": ("first", "-"),
        "integrated": ("second", "-"),
        "edges": ("third", "-"),
        "integrated_fresh": ("fourth", "-"),
        "random": ("soft", "--"),
    }

    def draw(colours: dict) -> Figure:
        made, axes = new_figure(3.6)
        for order, (colour, dashes) in lines.items():
            points = curves[order]["deletion"]["points"]
            across = [100 * i / (len(points) - 1) for i in range(len(points))]
            axes.plot(
                across, points, dashes, color=colours[colour], linewidth=1.5, label=names[order]
            )
        axes.set_xlabel(text["blanked"])
        axes.set_ylim(0, 1.02)
        caption(axes, text["probability"], colours)
        style(axes, colours)
        made.legend(
            frameon=False,
            fontsize=9,
            labelcolor=colours["ink"],
            loc="outside upper left",
            ncols=1,
            handletextpad=0.4,
        )
        return made

    steps = len(curves["random"]["deletion"]["points"]) - 1
    at = round(0.3 * steps)
    left = [number(curves[o]["deletion"]["points"][at]) for o in ("occlusion", "edges", "random")]
    return figure(draw, alt=text["curves_alt"], caption=text["curves_found"].format(*left))
