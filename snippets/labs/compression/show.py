"""The tables and figures of the lab on compression, in the page's language."""

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
from snippets.labs.wording import interval, signed, with_interval

METHODS = {
    "dense": ("原网络", "Dense network"),
    "longer": ("原网络，再训练 3 遍", "Dense, 3 more epochs"),
    "int8_dense_only": ("int8，只量化全连接层", "int8, fully connected layers only"),
    "int8": ("int8，全部层", "int8, all layers"),
    "bits_6": ("6 位（模拟）", "6 bits (simulated)"),
    "bits_4": ("4 位（模拟）", "4 bits (simulated)"),
    "bits_3": ("3 位（模拟）", "3 bits (simulated)"),
    "bits_2": ("2 位（模拟）", "2 bits (simulated)"),
    "pruned_90_int8": ("剪枝 90% 再 int8", "90% pruned, then int8"),
    "small": ("小网络，直接训练", "Small network, plain training"),
    "distilled": ("小网络，蒸馏", "Small network, distilled"),
    "distilled_more": (
        "小网络，蒸馏，另加无标签的图",
        "Small network, distilled with unlabelled digits too",
    ),
    "as_trained": ("原网络，没做上线准备", "Dense network, not prepared"),
    "sparse_layer": ("剪枝 90% 的一层，稀疏乘法", "One layer 90% pruned, sparse product"),
}
WORDS = {
    "method": ("做法", "Method"),
    "accuracy": ("测试准确率", "Test accuracy"),
    "none": ("—", "—"),
    "change": ("与原网络之差（95% 区间）", "Against the dense network (95% interval)"),
    "changed": ("改了答案的比例", "Answers changed"),
    "calibration": ("校准误差", "Calibration error"),
    "file": ("文件（KB）", "File (KB)"),
    "zipped": ("zlib 压缩后（KB）", "Zipped (KB)"),
    "sparse": ("稀疏存储（KB）", "Stored sparse (KB)"),
    "batch": ("每批 {} 张", "{} at a time"),
    "digit": ("数字", "Digit"),
    "pruned": ("剪枝 {}%", "{}% pruned"),
    "untuned": ("剪枝 {}%，不再训练", "{}% pruned, not trained on"),
    "share": ("剪掉的权重（%）", "weights pruned (%)"),
    "tuned_line": ("剪后再训练 3 遍", "3 epochs of training after it"),
    "untuned_line": ("剪后不训练", "no training after it"),
    "dense_line": ("原网络", "dense network"),
    "file_left": ("文件", "file"),
    "time_left": ("时间（每次一张）", "time (one digit at a time)"),
    "left": ("剩下原网络的百分之几", "% of the dense network's left"),
    "pruned_90": ("剪枝 90%", "90% pruned"),
    "savings_alt": (
        "int8、剪枝 90%、蒸馏的文件和时间占原网络的百分之几",
        "File and time of int8, of 90% pruned and of the distilled network, in per cent of the dense network's",
    ),
    "savings_found": (
        "int8 只剩四分之一的文件（{}）和时间（{}）；剪掉九成权重，文件（{}）和时间（{}）都没有省。",
        "int8 leaves a quarter of the file ({}) and of the time ({}); with nine weights in ten pruned, neither file ({}) nor time "
        "({}) shrinks.",
    ),
    "pruning_found": (
        "剪后再训练，剪到 {}% 才明显变差；不再训练，剪到 {}% 就明显变差。色带是 95% 区间。",
        "With training after it, accuracy clearly falls only at {}% pruned; without, at {}%. Bands are 95% intervals.",
    ),
    "pruning_alt": (
        "测试准确率随剪枝比例的变化：不再训练的曲线早早下跌，再训练的曲线一直贴近原网络，到最右端才下降",
        "Test accuracy over the share of weights pruned: without training after it the curve falls early; with it, it stays close to "
        "the dense network until the far right",
    ),
}


def name_of(method: str, language: str) -> str:
    """A method's name; those of pruning hold their share."""
    names, text = words(language, METHODS), words(language, WORDS)
    if method in names:
        return names[method]
    _, share, *rest = method.split("_")
    return text["untuned" if rest else "pruned"].format(share)


def quality_table(result: dict, language: str) -> Shown:
    """Accuracy, changed answers and calibration of every network."""
    text = words(language, WORDS)
    rows = []
    for name, method in result["methods"].items():
        against = method.get("against_dense")
        rows.append(
            [
                name_of(name, language),
                f"{method['accuracy']['mean']:.4f}",
                with_interval(against["accuracy"], language, 4) if against else text["none"],
                f"{method['changed']['mean']:.1%}" if against else text["none"],
                f"{method['calibration_error']:.3f}",
            ]
        )
    return table(
        [text[key] for key in ("method", "accuracy", "change", "changed", "calibration")], rows
    )


def size_table(result: dict, language: str) -> Shown:
    """What the files weigh."""
    text = words(language, WORDS)
    same = ("longer", "small", "distilled_more")  # as large as another network
    shown = [
        name
        for name in result["files"]
        if not name.startswith("bits") and not name.endswith("untuned") and name not in same
    ]
    rows = [
        [
            name_of(name, language),
            *(
                kilobytes(result["files"][name].get(key), text)
                for key in ("file", "zipped", "sparse")
            ),
        ]
        for name in shown
    ]
    return table([text[key] for key in ("method", "file", "zipped", "sparse")], rows)


def kilobytes(size: int | None, text: dict) -> str:
    """A size in thousands of bytes."""
    return text["none"] if size is None else f"{size / 1000:,.0f}"


def speed_table(result: dict, language: str) -> Shown:
    """Time for the same digits, as ratios: below 1 is faster."""
    text = words(language, WORDS)
    speeds = result["speeds"]
    first = next(iter(speeds.values()))
    rows = [
        [name_of(name, language), *(ratio(batch[name], language) for batch in speeds.values())]
        for name in first
    ]
    heads = [
        text["method"],
        *(text["batch"].format(batch.removeprefix("batch_")) for batch in speeds),
    ]
    return table(heads, rows)


def ratio(measured: dict, language: str) -> str:
    """A ratio with its interval."""
    ends = interval(*(f"{end:.2f}" for end in measured["interval"]), language)
    return f"{measured['median']:.2f} ({ends})"


def classes_table(result: dict, language: str) -> Shown:
    """Change of the recall of each digit, by method."""
    text = words(language, WORDS)
    shown = [name for name in CLASSES_OF if name in result["methods"]]
    rows = [
        [
            str(digit),
            *(
                signed(result["methods"][name]["against_dense"]["recall"][digit]["mean"])
                for name in shown
            ),
        ]
        for digit in range(10)
    ]
    return table([text["digit"], *(name_of(name, language) for name in shown)], rows)


CLASSES_OF = ("int8", "pruned_90", "pruned_98", "pruned_90_untuned", "bits_3", "distilled")


def pruning_figure(result: dict, language: str) -> Shown:
    """Accuracy over the share of weights that were pruned, with and without training after it."""
    text = words(language, WORDS)

    def draw(colours: dict) -> Figure:
        made, axes = new_figure(3.0)
        dense = result["methods"]["dense"]["accuracy"]["mean"]
        shares = sorted(
            int(name.split("_")[1])
            for name in result["methods"]
            if name.startswith("pruned") and name.count("_") == 1
        )
        places = range(len(shares))
        axes.axhline(
            dense, color=colours["soft"], linewidth=0.8, linestyle=":", label=text["dense_line"]
        )
        for ending, colour, label in (
            ("", "second", "tuned_line"),
            ("_untuned", "first", "untuned_line"),
        ):
            scores = [result["methods"][f"pruned_{share}{ending}"]["accuracy"] for share in shares]
            lows, highs = zip(*(score["interval"] for score in scores), strict=True)
            axes.fill_between(places, lows, highs, color=colours[colour], alpha=0.2, linewidth=0)
            axes.plot(
                places,
                [score["mean"] for score in scores],
                color=colours[colour],
                marker="o",
                markersize=4,
                linewidth=1.5,
                label=text[label],
            )
        axes.set_xticks(places, [str(share) for share in shares])
        axes.set_xlabel(text["share"])
        caption(axes, text["accuracy"], colours)
        style(axes, colours)
        legend(axes, colours, "lower left")
        return made

    steps = (result["falls_at"][name] for name in ("pruned", "pruned_untuned"))
    falls = [text["none"] if step is None else f"{100 * step:.0f}" for step in steps]
    return figure(draw, alt=text["pruning_alt"], caption=text["pruning_found"].format(*falls))


def savings_figure(result: dict, language: str) -> Shown:
    """What is left of the file and of the time, of the methods that the article and its note name."""
    text = words(language, WORDS)
    shown = ("int8", "pruned_90", "distilled")
    dense, first = result["files"]["dense"]["file"], next(iter(result["speeds"].values()))
    left = {
        "file_left": [100 * result["files"][name]["file"] / dense for name in shown],
        "time_left": [100 * first[name]["median"] for name in shown],
    }

    def draw(colours: dict) -> Figure:
        made, axes = new_figure(2.6)
        for kind, colour, offset in (("file_left", "second", -0.18), ("time_left", "first", 0.18)):
            places = [place + offset for place in range(len(shown))]
            bars = axes.barh(places, left[kind], 0.32, color=colours[colour], label=text[kind])
            axes.bar_label(bars, fmt="%.0f%%", padding=3, fontsize=9, color=colours["ink"])
        axes.set_yticks(range(len(shown)), [name_of(name, language) for name in shown])
        axes.set_ylim(len(shown) - 0.5, -0.5)
        axes.set_xlim(0, 112)
        axes.set_xlabel(text["left"])
        style(axes, colours)
        axes.grid(visible=False)
        axes.tick_params(axis="y", colors=colours["ink"])
        legend_above(made, colours)
        return made

    found = [f"{left[kind][place]:.0f}%" for place in (0, 1) for kind in left]
    return figure(draw, alt=text["savings_alt"], caption=text["savings_found"].format(*found))
