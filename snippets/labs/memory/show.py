"""The tables and figures of the lab on training memory, in the page's language."""

from matplotlib.figure import Figure

from snippets.labs.memory.expected import EXPECTED
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
from snippets.labs.wording import NO_BREAK, number, with_interval

RECIPES = {
    "fp32": ("32 位 Adam", "32-bit Adam"),
    "autocast": ("bf16 autocast，32 位权重", "bf16 autocast, 32-bit weights"),
    "master": ("bf16 权重 + 32 位主权重", "bf16 weights, 32-bit masters"),
    "bf16": ("纯 bf16", "Pure bf16"),
    "bf16_sr": ("纯 bf16，随机舍入", "Pure bf16, stochastic rounding"),
    "adam8": ("32 位权重，8 位状态", "32-bit weights, 8-bit states"),
    "six": ("bf16，随机舍入，8 位状态", "bf16, stochastic rounding, 8-bit states"),
    "adafactor": ("Adafactor", "Adafactor"),
    "momentum": ("SGD 带动量", "SGD with momentum"),
    "sgd": ("SGD", "SGD"),
    "order": ("对照：32 位，换数据顺序", "Control: 32 bits, other order"),
    "text_means": ("按条平均（累积不加权）", "Mean of texts' means"),
    "recomputed": ("每层重算", "Every layer recomputed"),
    "accumulated": ("每次一条，累积", "One text at a time"),
}
KINDS = {"fp32": ("fp32", "fp32"), "bf16": ("bf16", "bf16"), "autocast": ("autocast", "autocast")}
WAYS = {
    "dropout": ("分数矩阵留下，有 dropout", "Scores kept, dropout"),
    "scores": ("分数矩阵留下，无 dropout", "Scores kept, no dropout"),
    "fused": ("PyTorch 自带的分块注意力", "PyTorch's tiled attention"),
    "recomputed": ("每层重算", "Every layer recomputed"),
}
BATCH = {
    "batch": ("16 条一批", "A batch of 16"),
    "accumulated": ("每次一条，累积", "One text at a time"),
    "recomputed": ("每层重算", "Every layer recomputed"),
    "both": ("两样都用", "Both"),
}
WORDS = {
    "recipe": ("做法", "Recipe"),
    "weights": ("权重", "Weights"),
    "gradients": ("梯度", "Gradients"),
    "optimizer": ("优化器", "Optimiser"),
    "states": ("合计", "Sum"),
    "expected_sum": ("照书上算", "By the books"),
    "peak": ("一步的峰值", "Peak of a step"),
    "peak_kept": ("峰值，梯度累积中", "Peak, accumulating"),
    "process": ("整个进程，每参数字节", "Whole process, bytes a parameter"),
    "cleared": ("梯度先清空", "gradients cleared first"),
    "held": ("梯度累积中", "accumulating"),
    "attention": ("注意力", "Attention"),
    "kind": ("精度", "Precision"),
    "formula": ("公式", "Formula"),
    "a": ("s·b·h 的系数", "Factor of s·b·h"),
    "b": ("a·s²·b 的系数", "Factor of a·s²·b"),
    "saved": ("留给反向的，MB", "Kept for backward, MB"),
    "peak_mb": ("前向加反向的峰值，MB", "Peak of both passes, MB"),
    "loss": ("测试损失", "Test loss"),
    "change": ("与 32 位之差（95% 区间）", "Less 32 bits (95% interval)"),
    "time": ("时间，32 位 = 1", "Time, 32 bits = 1"),
    "rate": ("学习率", "Rate"),
    "gain": ("损失下降（95% 区间）", "Fall of the loss (95% interval)"),
    "kept": ("占 32 位的", "Of 32 bits' fall"),
    "less": ("与 32 位之差（95% 区间）", "Less 32 bits (95% interval)"),
    "same": ("一次没动的权重", "Weights that never moved"),
    "parts": ("累加的条数", "Texts added"),
    "off": ("bf16 的和差多少（95% 区间）", "bf16 sum is off by (95% interval)"),
    "what": ("量", "Quantity"),
    "guess": ("事先写下", "Expected"),
    "measured": ("测得", "Measured"),
    "none": ("—", "—"),
    "bytes_axis": ("每参数字节", "bytes a parameter"),
    "share_axis": ("没有留下痕迹的更新", "updates that leave no trace"),
    "ratio_axis": ("更新占权重的大小（对数刻度）", "update as a share of the weight (log scale)"),
    "parts_alt": (
        "十种做法每参数占的字节，按权重、梯度、优化器分段，从 16 到 6：autocast 和 32 位一样长，纯 bf16 短一半",
        "Bytes a parameter of ten recipes, stacked by weights, gradients and optimiser, from 16 to 6: autocast as long as "
        "32 bits, pure bf16 half of it",
    ),
    "parts_found": (
        "autocast 合计 {} 字节，和 32 位的 {} 一样；纯 bf16 是 {}，再加 8 位状态是 {}。",
        "Autocast takes {} bytes, 32 bits take {}; pure bf16 takes {}, and {} with 8-bit states.",
    ),
    "lost_alt": (
        "更新占权重的大小与丢失的占比：1/512 以下全部丢失，1/256 以上全部留下，两条曲线重合",
        "Share of updates lost by bf16 against their size: all of them below 1/512 of the weight, none above 1/256; the two "
        "curves coincide",
    ),
    "lost_found": (
        "学习率 0.00001 时，bf16 会丢掉 {} 的更新；0.0001 时是 {}。竖线是 1/512，权重一格的一半最小就是它。",
        "At a rate of 0.00001 bf16 would lose {} of the updates, at 0.0001 {}. The line is 1/512, the least that half a step "
        "of a weight can be.",
    ),
}
MEANT = {
    "change": ("损失之差", "change of the loss"),
    "short": ("短评论的损失之差", "change on short texts"),
    "kept": ("保住的下降", "share of the fall"),
    "same": ("没动的权重", "weights that never moved"),
    "time": ("时间，32 位 = 1", "time, 32 bits = 1"),
    "forgetting": ("二阶矩 2,000 步后还剩", "second moment left after 2,000 steps"),
    "decay": ("权重衰减 1,000 步后还剩", "weights left after 1,000 steps of decay"),
    "half": ("纯 fp16：一步后坏掉的权重", "pure fp16: weights lost after a step"),
    "texts": ("累积不加权，梯度差多少", "unweighted accumulation: gradient off by"),
    "sums": ("bf16 里累加 {} 条，差多少", "{} texts added in bf16: off by"),
}


def share(value: float) -> str:
    """A share in whole percent, small ones with a decimal."""
    return f"{100 * value:.{0 if value > 0.095 or value == 0 else 1}f}%"


def megabytes(value: float) -> str:
    """Bytes as MB."""
    return f"{value / 1e6:.2f}"


def bytes_table(result: dict, language: str) -> Shown:
    """Bytes a parameter of every recipe, by part, and the peaks."""
    text, names = words(language, WORDS), words(language, RECIPES)
    parts = ("weights", "gradients", "optimizer", "states", "peak", "peak_kept")
    rows = [
        [names[name], *(f"{of[part]:.2f}" for part in parts), f"{of['expected']:g}"]
        for name, of in result["bytes"].items()
    ]
    return table([text["recipe"], *(text[part] for part in parts), text["expected_sum"]], rows)


def parts_figure(result: dict, language: str) -> Shown:
    """The parts of every recipe as stacked bars."""
    text, names = words(language, WORDS), words(language, RECIPES)

    def draw(colours: dict) -> Figure:
        made, axes = new_figure(3.6)
        left = [0.0] * len(result["bytes"])
        for part, colour in (("weights", "first"), ("gradients", "second"), ("optimizer", "third")):
            wide = [of[part] for of in result["bytes"].values()]
            axes.barh(
                range(len(wide)),
                wide,
                left=left,
                color=colours[colour],
                label=text[part],
                height=0.62,
            )
            left = [a + b for a, b in zip(left, wide, strict=True)]
        axes.set_yticks(range(len(left)), [names[name] for name in result["bytes"]])
        axes.invert_yaxis()
        axes.set_xlabel(text["bytes_axis"])
        axes.set_xticks(range(0, 17, 4))
        style(axes, colours)
        axes.grid(axis="x", color=colours["rule"], linewidth=0.5)
        axes.grid(axis="y", visible=False)
        axes.tick_params(axis="y", colors=colours["ink"])
        legend_above(made, colours)
        return made

    sizes = [f"{result['bytes'][n]['states']:.1f}" for n in ("autocast", "fp32", "bf16", "six")]
    return figure(draw, alt=text["parts_alt"], caption=text["parts_found"].format(*sizes))


def process_table(result: dict, language: str) -> Shown:
    """What a whole process takes for each parameter more."""
    text, names = words(language, WORDS), words(language, RECIPES)
    rows = [
        [names[one["recipe"]], text["cleared" if one["cleared"] else "held"], f"{one['bytes']:.1f}"]
        for one in result["process"]
    ]
    return table([text["recipe"], text["gradients"], text["process"]], rows, 2)


def activations_table(result: dict, language: str) -> Shown:
    """Factors of what a layer keeps, beside the formula's."""
    text, ways, kinds = (words(language, of) for of in (WORDS, WAYS, KINDS))
    formula = {"dropout": ("34", "5"), "fused": ("34", "0"), "recomputed": ("2", "0")}
    rows = []
    for way, of in result["activations"].items():
        for kind, one in of.items():
            by = (
                "{} / {}".format(*formula[way])
                if way in formula and kind == "bf16"
                else text["none"]
            )
            rows.append(
                [ways[way], kinds[kind], f"{one['sbh']:.0f}", f"{abs(one['as2b']):.0f}", by]
            )
    heads = ("attention", "kind", "a", "b", "formula")
    return table([text[key] for key in heads], rows, 2)


def batch_table(result: dict, language: str) -> Shown:
    """What accumulation and recomputation leave of a batch's activations."""
    text, names = words(language, WORDS), words(language, BATCH)
    rows = [
        [names[name], megabytes(of["saved"]), megabytes(of["peak"])]
        for name, of in result["batch"].items()
    ]
    return table([text["recipe"], text["saved"], text["peak_mb"]], rows)


def loss_table(result: dict, language: str) -> Shown:
    """Test loss after the same steps, against 32 bits, and the time of a step."""
    text, names = words(language, WORDS), words(language, RECIPES)
    rows = []
    for name in [*result["loss"], "recomputed", "accumulated"]:
        loss = result["loss"].get(name, {}).get("all")
        took = result["time"].get(name)
        rows.append(
            [
                names[name],
                f"{loss['mean']:.3f}" if loss else text["none"],
                with_interval(loss["change"], language)
                if loss and "change" in loss
                else text["none"],
                f"{took['mean']:.2f}" if took else text["none"],
            ]
        )
    return table([text[key] for key in ("recipe", "loss", "change", "time")], rows)


def fine_tuning_table(result: dict, language: str) -> Shown:
    """What each recipe gains at small learning rates."""
    text, names = words(language, WORDS), words(language, RECIPES)
    rows = [
        [
            f"{float(rate):.5f}".rstrip("0"),
            names[name],
            with_interval(of[name]["gain"], language, 4),
            share(of[name]["kept"]),
            share(of[name]["same"]),
        ]
        for rate, of in result["fine_tuning"].items()
        for name in of
        if name != "lost"
    ]
    return table([text[key] for key in ("rate", "recipe", "gain", "kept", "same")], rows, 2)


def lost_figure(result: dict, language: str) -> Shown:
    """The share of updates that bfloat16 loses, by their size against the weight."""
    text = words(language, WORDS)
    of = result["fine_tuning"]

    def draw(colours: dict) -> Figure:
        made, axes = new_figure(2.9)
        for (rate, one), colour in zip(of.items(), ("first", "second"), strict=True):
            lost = one["lost"]
            shown = [place for place, n in enumerate(lost["counts"]) if n >= 20]
            label = f"{text['rate']} {float(rate):.5f}".rstrip("0")
            axes.plot(
                [lost["ratio"][place] for place in shown],
                [lost["share"][place] for place in shown],
                color=colours[colour],
                marker="o",
                markersize=3.5,
                linewidth=1.5,
                label=label,
            )
        axes.axvline(1 / 512, color=colours["soft"], linewidth=0.9, linestyle="--")
        axes.set_xscale("log")
        axes.set_xlabel(text["ratio_axis"])
        caption(axes, text["share_axis"], colours)
        style(axes, colours)
        legend_above(made, colours)
        return made

    shares = [share(one["lost"]["all"]) for one in of.values()]
    return figure(draw, alt=text["lost_alt"], caption=text["lost_found"].format(*shares))


def sums_table(result: dict, language: str) -> Shown:
    """How far a sum of gradients in bfloat16 is off, by the number of addends."""
    text = words(language, WORDS)
    rows = [
        [parts, with_interval(one, language, 4)]
        for parts, one in result["accumulation"]["sums"].items()
    ]
    return table([text["parts"], text["off"]], rows)


def named(key: str, language: str) -> str:
    """What a key of the expectations means, for readers."""
    meant, recipes = words(language, MEANT), words(language, RECIPES)
    parts = key.replace("0.0001", "0,0001").split(".")
    colon = "：" if language == "zh" else ": "
    if parts[0] == "activations":
        ways, kinds = words(language, WAYS), words(language, KINDS)
        factor = "s·b·h" if parts[3] == "sbh" else "a·s²·b"
        return f"{ways[parts[1]]}{colon}{kinds[parts[2]]}{NO_BREAK}{factor}"
    if parts[0] == "loss":
        return f"{recipes[parts[1]]}{colon}{meant['short' if parts[2] == 'short' else 'change']}"
    if parts[0] == "fine_tuning":
        rate = f"{float(parts[1].replace(',', '.')):.5f}".rstrip("0")
        return f"{recipes[parts[2]]}{colon}{meant[parts[3]]} ({rate})"
    if parts[0] == "time":
        return f"{recipes[parts[1]]}{colon}{meant['time']}"
    if parts[0] == "accumulation":
        return meant["sums"].format(parts[2]) if parts[1] == "sums" else meant["texts"]
    return meant[parts[0]]


def expected_table(result: dict, part: str, language: str) -> Shown:
    """What was written down before beside what was measured; part: a key of EXPECTED."""
    text = words(language, WORDS)
    rows = []
    for key, guess in EXPECTED[part].items():
        found = result
        for step in key.replace("0.0001", "0,0001").split("."):
            found = found.get(step.replace(",", "."), {})
        digits = 0 if part == "activations" else 3
        shown = [text["none"] if value == {} else number(value, digits) for value in (guess, found)]
        rows.append([named(key, language), *shown])
    return table([text["what"], text["guess"], text["measured"]], rows)
