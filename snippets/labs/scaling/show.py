"""The tables and figures of the lab on scaling, in the page's language."""

import numpy as np
from matplotlib.figure import Figure

from snippets.labs.scaling.expected import FIGURES
from snippets.labs.scaling.laws import LAWS, fit, value
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

LAW_NAMES = {
    "power_floor": (
        "幂律加下限（三个参数，事先选定）",
        "Power law with a floor (3 parameters, chosen before)",
    ),
    "power": ("幂律，没有下限", "Power law, no floor"),
    "logarithm": ("对数直线", "Straight line in log N"),
    "exponential": ("指数加下限", "Exponential with a floor"),
    "naive": ("“与第二大的一样”", "“The same as the second largest”"),
    "step": ("“上一步的降幅再来一次”", "“The last step once more”"),
}
CONTROLS = {
    "counts_1": ("只数单个词元", "Counting single tokens"),
    "counts_3": ("数连续 3 个词元", "Counting runs of 3 tokens"),
    "counts_5": ("数连续 5 个词元", "Counting runs of 5 tokens"),
    "counts_1_home": ("数单个词元，学评论", "Single tokens, learnt from reviews"),
    "counts_3_home": ("数 3 个，学评论", "Runs of 3, learnt from reviews"),
    "counts_5_home": ("数 5 个，学评论", "Runs of 5, learnt from reviews"),
    "gzip": ("gzip，只压这些", "gzip, these texts alone"),
    "gzip_known": ("gzip，先看过训练文本", "gzip, after the training text"),
    "xz": ("xz，只压这些", "xz, these texts alone"),
    "xz_known": ("xz，先看过训练文本", "xz, after the training text"),
}
WORDS = {
    "model": ("模型（宽 × 层）", "Model (width × blocks)"),
    "blocks": ("参数，不含词表", "Parameters, no embedding"),
    "all": ("连词表", "With the table"),
    "loss": ("新法律，比特/字（95% 区间）", "New statutes, bits/char (95% interval)"),
    "other": ("评论，比特/字", "Reviews, bits/char"),
    "gain": ("比小一号（95% 区间）", "Less the next smaller (95% interval)"),
    "none": ("—", "—"),
    "curve": ("曲线", "Curve"),
    "said": ("训练前说的（95% 区间）", "Said before (95% interval)"),
    "error": ("误差", "Error"),
    "from_four": ("只用四个小的：误差", "From four sizes: error"),
    "inside": ("测得的在区间里吗", "Inside the interval?"),
    "yes": ("在", "yes"),
    "no": ("不在", "no"),
    "count": ("数哪些参数", "Parameters counted"),
    "exponent": ("指数 α（95% 区间）", "Exponent α (95% interval)"),
    "floor": ("下限，比特/字（95% 区间）", "Floor, bits/char (95% interval)"),
    "misses": ("离各点的均方根", "Misses the points by (RMS)"),
    "counted_blocks": ("不含词表", "without the table"),
    "counted_all": ("连词表", "with the table"),
    "different": ("不同的词元", "Different tokens"),
    "passes": ("各读几遍", "Read"),
    "times": ("{} 遍", "{} times"),
    "difference": ("大的减小的（95% 区间）", "Larger less smaller (95% interval)"),
    "tokens": ("词元", "Tokens"),
    "per": ("每个参数的词元", "Tokens a parameter"),
    "against": ("与 {} 的差（95% 区间）", "Less {} (95% interval)"),
    "way": ("做法", "Method"),
    "statutes": ("新法律", "New statutes"),
    "reviews": ("评论", "Reviews"),
    "gpt": ("GPT {}，{} 个参数", "GPT {}, {} parameters"),
    "gpt_home": ("GPT {}，学评论", "GPT {}, learnt from reviews"),
    "constant": ("常数（学习率 = 常数 / 宽）", "Constant (rate = constant / width)"),
    "chosen": ("选中", "chosen"),
    "half": ("一半", "half"),
    "twice": ("两倍", "twice"),
    "as_set": ("按规则", "by the rule"),
    "check": ("{} 的学习率", "Rate of {}"),
    "expected": ("事先写下", "Expected"),
    "measured": ("测得", "Measured"),
    "what": ("什么", "What"),
    "axis": ("不含词表的参数（对数刻度）", "parameters without the table (log scale)"),
    "bits": ("新法律，每字比特", "bits a character, new statutes"),
    "points": ("测得", "measured"),
    "told": ("预测的区间", "predicted"),
    "counts_line": ("数连续 5 个词元", "counting runs of 5"),
    "curve_alt": (
        "六个模型的每字比特随参数下降，五个小的用来拟合三条曲线，延到最大的一个；最大的一个的预测区间和测得值画在一起",
        "Bits a character of six models by parameters; three curves fitted to the five small ones go on to the largest, whose "
        "predicted interval and measured value are drawn beside each other",
    ),
    "curve_found": (
        "事先选定的曲线说 {}（{}），测得 {}；“与第二大的一样”是 {}。",
        "The curve chosen before says {} ({}); measured {}; “the same as the second largest” is {}.",
    ),
    "equal_alt": (
        "运算量相同的五个模型，每字比特随参数先降后升，旁边是各读同样多词元的六个模型，一路下降",
        "Five models with equal operations: bits a character fall with parameters and rise again; beside them six models that read "
        "equally many tokens, falling all the way",
    ),
    "equal_found": (
        "运算量相同，{} 最好，{}；最大的一个只读到 {} 个词元，{}。",
        "At equal operations {} is best at {}; the largest reads only {} tokens and gets {}.",
    ),
    "same_tokens": ("词元一样多", "equal tokens"),
    "same_work": ("运算量一样多", "equal operations"),
}
EXPECTED = {
    "rates.constant": ("学习率的常数", "Constant of the rate"),
    "sizes.0.test.mean": ("最小的模型，比特/字", "Smallest model, bits/char"),
    "sizes.4.test.mean": ("第二大的，比特/字", "Second largest, bits/char"),
    "sizes.5.test.mean": ("最大的，比特/字", "Largest, bits/char"),
    "laws.blocks.power.shape.value": ("幂律的 α，没有下限", "α, no floor"),
    "laws.blocks.power_floor.shape.value": ("幂律的 α，有下限", "α, with a floor"),
    "laws.all.power.shape.value": ("α，没有下限，连词表", "α, no floor, with the table"),
    "prediction.laws.power_floor.error": (
        "幂律加下限的误差",
        "Error of the power law with a floor",
    ),
    "prediction.laws.power.error": ("幂律的误差", "Error of the power law"),
    "prediction.laws.logarithm.error": ("对数直线的误差", "Error of the straight line"),
    "prediction.naive_error": (
        "“与第二大的一样”的误差",
        "Error of “the same as the second largest”",
    ),
    "fewer.larger_less_smaller.64.mean": (
        "数据剩 1/64，大的减小的（大的：写时 48×3，实测 32×3）",
        "1/64 of the data, larger (written: 48×3, run: 32×3) less smaller",
    ),
    "fewer.larger_less_smaller.4.mean": (
        "数据剩 1/4，大的减小的（大的：写时 48×3，实测 32×3）",
        "1/4 of the data, larger (written: 48×3, run: 32×3) less smaller",
    ),
    "equal.sizes.4.against_reference.mean": (
        "运算量相同，最大的减 48×3（实测减 32×3）",
        "Equal operations, largest less 48×3 (run: less 32×3)",
    ),
    "equal.sizes.1.against_reference.mean": (
        "运算量相同，32×3 减 48×3（实测是 24×2 减 32×3）",
        "Equal operations, 32×3 less 48×3 (run: 24×2 less 32×3)",
    ),
    "largest_less_smallest.other.mean": (
        "评论上，最大的减最小的",
        "On reviews, largest less smallest",
    ),
    "controls.counts.counts_5.test": ("数连续 5 个词元", "Counting runs of 5"),
    "controls.counts.counts_3.test": ("数连续 3 个词元", "Counting runs of 3"),
    "controls.compressed.test.xz": ("xz，只压这些", "xz alone"),
    "controls.compressed.test.xz_known": ("xz，先看过训练文本", "xz after the training text"),
}


def name_of(name: str) -> str:
    """48x3 as 48×3."""
    return name.replace("x", "×")


def level(one: dict, language: str, digits: int = 3) -> str:
    """A loss with its interval."""
    ends = interval(*(f"{end:.{digits}f}" for end in one["interval"]), language)
    return f"{one['mean']:.{digits}f} ({ends})"


def sizes_table(result: dict, language: str) -> Shown:
    """The six sizes, on statutes and on reviews."""
    text = words(language, WORDS)
    gains = {step["to"]: with_interval(step["test"], language) for step in result["steps"]}
    rows = [
        [
            name_of(one["name"]),
            f"{one['parameters']:,}",
            f"{one['all_parameters']:,}",
            level(one["test"], language),
            gains.get(one["name"], text["none"]),
            f"{one['other']['mean']:.3f}",
        ]
        for one in result["sizes"]
    ]
    heads = ("model", "blocks", "all", "loss", "gain", "other")
    return table([text[key] for key in heads], rows)


def curve_figure(result: dict, language: str) -> Shown:
    """The sizes, the curves through the five small ones, and what they said of the largest."""
    text, names = words(language, WORDS), words(language, LAW_NAMES)
    xs = np.array([one["parameters"] for one in result["sizes"]], float)
    ys = np.array([one["test"]["mean"] for one in result["sizes"]])
    told = result["prediction"]
    main = told["laws"][result["main_law"]]
    line = np.geomspace(xs[0], xs[-1], 80)

    def draw(colours: dict) -> Figure:
        made, axes = new_figure(3.9)
        shown = (
            ("power_floor", "first", "-"),
            ("power", "fourth", ":"),
            ("logarithm", "second", "--"),
        )
        for law, colour, dash in shown:
            found = fit(law, xs[:-1], ys[:-1])
            axes.plot(
                line,
                [value(law, found, x)[0] for x in line],
                color=colours[colour],
                linestyle=dash,
                linewidth=1.4,
                label=names[law].split("（")[0].split(" (")[0],
            )
        low, high = main["interval"]
        axes.errorbar(
            [xs[-1] * 1.12],
            [main["value"]],
            [[main["value"] - low], [high - main["value"]]],
            color=colours["first"],
            marker="_",
            capsize=4,
            linestyle="none",
            label=text["told"],
        )
        axes.plot(
            xs,
            ys,
            color=colours["ink"],
            marker="o",
            markersize=5,
            linestyle="none",
            label=text["points"],
        )
        axes.axhline(
            result["controls"]["counts"]["counts_5"]["test"],
            color=colours["third"],
            linewidth=1,
            label=text["counts_line"],
        )
        axes.set_xscale("log")
        ticks = [1e4, 1e5, 1e6] if xs[0] > 3000 else [1e2, 1e3, 1e4]
        axes.set_xticks(ticks, [f"{int(tick):,}" for tick in ticks])
        axes.minorticks_off()
        axes.set_xlabel(text["axis"])
        caption(axes, text["bits"], colours)
        style(axes, colours)
        legend_above(made, colours)
        return made

    ends = interval(*(f"{end:.3f}" for end in main["interval"]), language)
    found = text["curve_found"].format(
        f"{main['value']:.3f}", ends, f"{told['measured']:.3f}", f"{told['naive']:.3f}"
    )
    return figure(draw, alt=text["curve_alt"], caption=found)


def prediction_table(result: dict, language: str) -> Shown:
    """What each curve said of the largest, and by how much it was off; from four sizes too."""
    text, names = words(language, WORDS), words(language, LAW_NAMES)
    told, four = result["prediction"], result["from_four"]["large"]
    rows = [
        [
            names[law],
            f"{one['value']:.3f} ({interval(*(f'{end:.3f}' for end in one['interval']), language)})",
            signed(one["error"]),
            text["yes" if one["inside"] else "no"],
            signed(four["laws"][law]["error"]),
        ]
        for law, one in told["laws"].items()
    ]
    rows += [
        [
            names[name],
            f"{told[name]:.3f}",
            signed(told[f"{name}_error"]),
            text["none"],
            signed(four[f"{name}_error"]),
        ]
        for name in ("step", "naive")
    ]
    heads = ("curve", "said", "error", "inside", "from_four")
    return table([text[key] for key in heads], rows)


def laws_table(result: dict, language: str) -> Shown:
    """The curves through all six sizes, by either count of parameters."""
    text, names = words(language, WORDS), words(language, LAW_NAMES)

    def shown(one: dict) -> str:
        return (
            f"{one['value']:.3f} ({interval(*(f'{end:.3f}' for end in one['interval']), language)})"
        )

    rows = [
        [
            names[law],
            text[f"counted_{count}"],
            shown(laws[law]["shape"]) if law.startswith("power") else text["none"],
            shown(laws[law]["floor"]) if law in ("power_floor", "exponential") else text["none"],
            number(laws[law]["misses"]),
        ]
        for count, laws in result["laws"].items()
        for law in LAWS
    ]
    heads = ("curve", "count", "exponent", "floor", "misses")
    return table([text[key] for key in heads], rows, 2)


def fewer_table(result: dict, language: str) -> Shown:
    """Two sizes on fewer different tokens, read over and over."""
    text = words(language, WORDS)
    fewer = result["fewer"]
    less, more = fewer["sizes"]
    rows = [
        [
            f"{result['data']['tokens'] // int(part):,}",
            text["times"].format(part),
            f"{fewer['losses'][less][part]['mean']:.3f}",
            f"{fewer['losses'][more][part]['mean']:.3f}",
            with_interval(difference, language),
        ]
        for part, difference in fewer["larger_less_smaller"].items()
    ]
    heads = [text["different"], text["passes"], name_of(less), name_of(more), text["difference"]]
    return table(heads, rows, 0)


def equal_table(result: dict, language: str) -> Shown:
    """Sizes with equal operations."""
    text = words(language, WORDS)
    parameters = {one["name"]: one["all_parameters"] for one in result["sizes"]}
    reference = result["equal"]["reference"]
    rows = [
        [
            name_of(one["name"]),
            f"{one['tokens']:,}",
            f"{one['tokens'] / parameters[one['name']]:.1f}",
            level(one["loss"], language),
            text["none"]
            if one["name"] == reference
            else with_interval(one["against_reference"], language),
        ]
        for one in result["equal"]["sizes"]
    ]
    heads = [
        text["model"],
        text["tokens"],
        text["per"],
        text["loss"],
        text["against"].format(name_of(reference)),
    ]
    return table(heads, rows)


def equal_figure(result: dict, language: str) -> Shown:
    """Equal tokens and equal operations, side by side."""
    text = words(language, WORDS)
    parameters = {one["name"]: one["parameters"] for one in result["sizes"]}
    equal = result["equal"]["sizes"]

    def draw(colours: dict) -> Figure:
        made, axes = new_figure(3.0)
        lines = (
            (
                "same_tokens",
                "second",
                [(one["parameters"], one["test"]["mean"]) for one in result["sizes"]],
            ),
            (
                "same_work",
                "first",
                [(parameters[one["name"]], one["loss"]["mean"]) for one in equal],
            ),
        )
        for label, colour, points in lines:
            axes.plot(
                *zip(*points, strict=True),
                color=colours[colour],
                marker="o",
                markersize=4,
                linewidth=1.5,
                label=text[label],
            )
        axes.set_xscale("log")
        ticks = [1e4, 1e5, 1e6] if min(parameters.values()) > 3000 else [1e2, 1e3, 1e4]
        axes.set_xticks(ticks, [f"{int(tick):,}" for tick in ticks])
        axes.minorticks_off()
        axes.set_xlabel(text["axis"])
        caption(axes, text["bits"], colours)
        style(axes, colours)
        legend_above(made, colours)
        return made

    best = next(one for one in equal if one["name"] == result["equal"]["best"])
    found = text["equal_found"].format(
        name_of(best["name"]),
        f"{best['loss']['mean']:.3f}",
        f"{equal[-1]['tokens']:,}",
        f"{equal[-1]['loss']['mean']:.3f}",
    )
    return figure(draw, alt=text["equal_alt"], caption=found)


def controls_table(result: dict, language: str) -> Shown:
    """Counting, compressors and the models on statutes and on reviews."""
    text, names = words(language, WORDS), words(language, CONTROLS)
    controls = result["controls"]

    def shown(of: dict, part: str) -> str:
        return f"{of[part]:.3f}" if part in of else text["none"]

    rows = [
        [
            text["gpt"].format(name_of(one["name"]), f"{one['parameters']:,}"),
            *(f"{one[part]['mean']:.3f}" for part in ("test", "other")),
        ]
        for one in (result["sizes"][-1], result["sizes"][0])
    ]
    rows += [
        [names[name], *(shown(of, part) for part in ("test", "other"))]
        for name, of in controls["counts"].items()
        if not name.endswith("_home")
    ]
    rows += [
        [names[name], *(f"{controls['compressed'][part][name]:.3f}" for part in ("test", "other"))]
        for name in controls["compressed"]["test"]
    ]
    rows.append(
        [
            text["gpt_home"].format(name_of(controls["home_size"])),
            text["none"],
            f"{controls['home']:.3f}",
        ]
    )
    rows += [
        [names[name], text["none"], shown(of, "other")]
        for name, of in controls["counts"].items()
        if name.endswith("_home")
    ]
    return table([text["way"], text["statutes"], text["reviews"]], rows)


def rates_table(result: dict, language: str) -> Shown:
    """The learning rates that were tried, and the check afterwards."""
    text = words(language, WORDS)
    rates, check = result["rates"], result["rates"]["check"]
    names = list(next(iter(rates["tried"].values())))
    rows = [
        [
            constant + (f" ({text['chosen']})" if float(constant) == rates["constant"] else ""),
            *(" / ".join(f"{loss:.3f}" for loss in of[name]) for name in names),
            text["none"],
        ]
        for constant, of in rates["tried"].items()
    ]
    rows += [
        [text[key], *[text["none"]] * len(names), f"{check[key]:.3f}"]
        for key in ("half", "as_set", "twice")
    ]
    heads = [text["constant"], *map(name_of, names), text["check"].format(name_of(check["size"]))]
    return table(heads, rows)


def expected_table(result: dict, language: str) -> Shown:
    """What was written down before beside what was measured."""
    text, named = words(language, WORDS), words(language, EXPECTED)
    rows = []
    for key, guess in FIGURES.items():
        found = result
        for part in key.split("."):
            if isinstance(found, list):
                found = found[int(part)] if int(part) < len(found) else {}
            else:
                found = found.get(part, {})
        measured = text["none"] if found == {} else number(found)
        rows.append([named[key], number(guess), measured])
    return table([text["what"], text["expected"], text["measured"]], rows)
