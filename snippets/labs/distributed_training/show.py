"""Tables and figures of the lab on distributed training, in both languages."""

from matplotlib.figure import Figure

from snippets.labs.show import Shown, caption, figure, legend, new_figure, style, table, words
from snippets.labs.wording import interval, number

WORDS = {
    "network": ("网络与精度", "Network and precision"),
    "batches": ("批数", "Batches"),
    "difference": ("最大相对差", "Largest relative difference"),
    "cnn": ("CNN，单精度", "CNN, single precision"),
    "cnn_double": ("CNN，双精度", "CNN, double precision"),
    "wide": ("宽 MLP，单精度", "Wide MLP, single precision"),
    "norm": ("CNN 加批归一化，单精度", "CNN with batch normalisation, single precision"),
    "loss": ("损失（交叉熵）", "loss (cross-entropy)"),
    "step": ("步", "step"),
    "apart": ("两条曲线之差", "difference of the two curves"),
    "alone": ("一个进程", "one process"),
    "together": ("两个进程", "two processes"),
    "curve_alt": (
        "上图：一个进程与两个进程的训练损失，两条线重合；下图：两者之差，对数坐标，比损失小几个数量级",
        "Above: the training loss of one process and of two, on top of each other; below: their difference on a logarithmic scale, "
        "orders of magnitude smaller than the loss",
    ),
    "workload": ("网络，批大小", "Network, batch"),
    "one_thread": ("一进程一线程", "One process, one thread"),
    "two_threads": ("一进程两线程", "One process, two threads"),
    "processes": ("两进程", "Two processes"),
    "over_one": ("速度：对一线程", "Speed-up over one thread"),
    "over_two": ("速度：对两线程", "over two threads"),
    "communication": ("通信占比", "Communication"),
    "cost": ("费用之比", "Cost ratio"),
    "unit": ("：分钟 / 元", ": minutes / yuan"),
    "cnn_name": ("CNN", "CNN"),
    "wide_name": ("宽 MLP", "wide MLP"),
    "speed_alt": (
        "两个进程与一个进程一个线程、一个进程两个线程的速度之比，按网络和批大小，带区间",
        "How many times as fast two processes are as one process with one thread and with two, by network and batch, with intervals",
    ),
    "times": ("速度之比", "times as fast"),
    "machines": ("机器数", "machines"),
    "speedup": ("加速比", "speed-up"),
    "ideal": ("理想", "ideal"),
    "here": ("本机实测的通信", "as measured here"),
    "ethernet_1": ("1 Gbit/s，0.1 毫秒", "1 Gbit/s, 0.1 ms"),
    "ethernet_25": ("25 Gbit/s，0.02 毫秒", "25 Gbit/s, 0.02 ms"),
    "join": ("网络", "Network"),
    "speedup_ten": ("十台：加速比", "Ten machines: speed-up"),
    "cost_ten": ("费用之比", "cost ratio"),
    "grown_ten": ("批也放大十倍：加速比", "Batch ten times as large: speed-up"),
    "model_alt": (
        "模型：机器数从 1 到 16，总批大小不变时的加速比，三种网络都低于理想直线，越慢的网络弯得越早",
        "Model: speed-up for 1 to 16 machines at the same total batch; all three networks stay below the ideal line, and the slower the network "
        "the earlier it bends",
    ),
    "seed": ("随机种子", "Seed"),
    "accuracy_alone": ("一个进程：测试准确率", "One process: test accuracy"),
    "accuracy_together": ("两个进程：测试准确率", "Two processes: test accuracy"),
    "largest": ("损失最多相差", "Losses differ by at most"),
    "cost_alt": (
        "两个进程的费用与一个进程之比，按网络和批大小，带区间；竖线为 1，即同样贵",
        "The cost of two processes over that of one, by network and batch, with intervals; the line at 1 means the same cost",
    ),
    "cost_found": (
        "两个进程的总费用是一个进程的几倍（每批张数）：{cnn_32}、{cnn_128}、{cnn_512}；通信多的宽网络是 {wide_128}。线条是 95% 区间。",
        "Total cost of two processes over that of one: {cnn_32}, {cnn_128} and {cnn_512} for batches of 32, 128 and 512; "
        "{wide_128} for the wide network, which sends much. Lines are 95% intervals.",
    ),
    "speed_found": (
        "两个进程的速度，最多是一个进程一个线程的 {over_one} 倍；同样用两个核，只有每批 512 张时明显快过两个线程。",
        "Against one thread, two processes reach {over_one} times the speed; against two threads, on the same two cores, "
        "only batches of 512 are clearly faster.",
    ),
    "curve_found": (
        "93 步里两条损失曲线重合，最多相差 {apart}。",
        "Over 93 steps the two loss curves coincide; they differ by at most {apart}.",
    ),
    "model_found": (
        "推算：十台机器的速度，在 25 Gbit/s 上是一台的 {fast} 倍，在 1 Gbit/s 上只有 {slow} 倍。",
        "Modelled: ten machines are {fast} times as fast over 25 Gbit/s and {slow} times over 1 Gbit/s.",
    ),
}
SIGNS = (
    ("speedup_over_one_thread", "one_thread", "first", -0.13),
    ("speedup_over_two_threads", "two_threads", "second", 0.13),
)


def with_interval(row: dict, language: str) -> str:
    """A ratio and its interval."""
    low, high = (f"{end:.2f}" for end in row["interval"])
    return f"{row['ratio']:.2f} ({interval(low, high, language)})"


def workload(row: dict, text: dict) -> str:
    """The name of a workload."""
    return f"{text[row['network'] + '_name']}, {row['batch']}"


def gradients_table(result: dict, language: str) -> Shown:
    """How far the averaged gradient is from that of the whole batch."""
    text = words(language, WORDS)
    return table(
        [text["network"], text["batches"], text["difference"]],
        [
            [text[name], str(row["count"]), number(row["largest"])]
            for name, row in result["gradients"].items()
        ],
    )


def curve_figure(result: dict, language: str) -> Shown:
    """The two loss curves of the first seed, and their difference."""
    text, curve = words(language, WORDS), result["training"]["curve"]

    def draw(colours: dict) -> Figure:
        made, (upper, lower) = new_figure(3.9, rows=2)
        steps = range(1, len(curve["alone"]) + 1)
        upper.plot(
            steps,
            curve["alone"],
            color=colours["second"],
            linewidth=3,
            alpha=0.45,
            label=text["alone"],
        )
        upper.plot(
            steps, curve["together"], color=colours["first"], linewidth=1, label=text["together"]
        )
        caption(upper, text["loss"], colours)
        there = [
            (step, value) for step, value in zip(steps, curve["apart"], strict=True) if value
        ]  # a logarithm of 0 is none
        lower.plot(
            [step for step, _ in there],
            [value for _, value in there],
            "o",
            color=colours["first"],
            markersize=2.5,
        )
        lower.set_yscale("log")
        lower.set_ylim(1e-8, 1)
        lower.set_yticks([1e-8, 1e-4, 1], ["10⁻⁸", "10⁻⁴", "1"])
        lower.set_xlim(upper.get_xlim())
        lower.minorticks_off()
        caption(lower, text["apart"], colours)
        lower.set_xlabel(text["step"], fontsize=9)
        for axes in (upper, lower):
            style(axes, colours)
        legend(upper, colours)
        return made

    found = text["curve_found"].format(apart=f"{max(curve['apart']):.4f}")
    return figure(draw, text["curve_alt"], found)


def training_table(result: dict, language: str) -> Shown:
    """Each seed trained both ways."""
    text = words(language, WORDS)
    return table(
        [text["seed"], text["largest"], text["accuracy_alone"], text["accuracy_together"]],
        [
            [
                run["id"].removeprefix("seed"),
                f"{run['largest']:.4f}",
                f"{run['alone_accuracy']:.3f}",
                f"{run['together_accuracy']:.3f}",
            ]
            for run in result["training"]["runs"]
        ],
    )


def speed_figure(result: dict, language: str) -> Shown:
    """How many times faster two processes are."""
    text, rows = words(language, WORDS), result["speed"]

    def draw(colours: dict) -> Figure:
        made, axes = new_figure(0.55 * len(rows) + 1.5)
        for key, name, colour, offset in SIGNS:
            for i, row in enumerate(rows):
                axes.plot(
                    row[key]["interval"], [i + offset] * 2, color=colours[colour], linewidth=1.6
                )
                axes.plot(
                    row[key]["ratio"],
                    i + offset,
                    "o",
                    color=colours[colour],
                    markersize=5,
                    label=f"{text['processes']} / {text[name]}" if i == 0 else None,
                )
        axes.axvline(1, color=colours["soft"], linewidth=0.8, linestyle=":")
        axes.axvline(2, color=colours["rule"], linewidth=0.8, linestyle=":")
        axes.set_yticks(range(len(rows)), [workload(row, text) for row in rows])
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_xlim(left=0)
        style(axes, colours)
        axes.grid(axis="y", visible=False)
        axes.tick_params(axis="y", colors=colours["ink"])
        caption(axes, text["times"], colours)
        axes.legend(
            frameon=False,
            fontsize=9,
            labelcolor=colours["ink"],
            loc="upper center",
            bbox_to_anchor=(0.4, -0.12),
        )
        return made

    most = max(row["speedup_over_one_thread"]["ratio"] for row in rows)
    return figure(draw, text["speed_alt"], text["speed_found"].format(over_one=f"{most:.1f}"))


def cost_figure(result: dict, language: str) -> Shown:
    """What two processes cost against one."""
    text, rows = words(language, WORDS), result["speed"]

    def draw(colours: dict) -> Figure:
        made, axes = new_figure(0.42 * len(rows) + 0.9)
        axes.axvline(1, color=colours["soft"], linewidth=1)
        for i, row in enumerate(rows):
            cost = row["cost"]
            dearer = cost["interval"][1] >= 1
            colour = colours["first" if dearer else "second"]
            axes.plot(cost["interval"], [i] * 2, color=colour, linewidth=2)
            axes.plot(cost["ratio"], i, "o", color=colour, markersize=6)
            axes.annotate(
                f"{cost['ratio']:.2f}",
                (cost["interval"][1 if dearer else 0], i),
                xytext=(6 if dearer else -6, 0),
                textcoords="offset points",
                ha="left" if dearer else "right",
                va="center",
                fontsize=9,
                color=colours["ink"],
            )
        axes.set_yticks(range(len(rows)), [workload(row, text) for row in rows])
        axes.set_ylim(len(rows) - 0.5, -0.6)
        axes.set_xlim(0, max(row["cost"]["interval"][1] for row in rows) * 1.15)
        style(axes, colours)
        axes.grid(axis="y", visible=False)
        axes.tick_params(axis="y", colors=colours["ink"])
        caption(axes, text["cost"], colours)
        return made

    costs = {row["id"]: f"{row['cost']['ratio']:.2f}" for row in rows}
    known = dict.fromkeys(("cnn_32", "cnn_128", "cnn_512", "wide_128"), "—") | costs
    return figure(draw, text["cost_alt"], text["cost_found"].format(**known))


def speed_table(result: dict, language: str) -> Shown:
    """Ratios, and the share of communication."""
    text = words(language, WORDS)
    return table(
        [text["workload"], text["over_one"], text["over_two"], text["communication"], text["cost"]],
        [
            [
                workload(row, text),
                with_interval(row["speedup_over_one_thread"], language),
                with_interval(row["speedup_over_two_threads"], language),
                with_interval(row["communication"], language),
                with_interval(row["cost"], language),
            ]
            for row in result["speed"]
        ],
    )


def cost_table(result: dict, language: str) -> Shown:
    """Minutes and yuan of a run, three ways."""
    text, rows = words(language, WORDS), []
    for row in result["speed"]:
        cells = [
            f"{row['hours'][way] * 60:.1f} / {row['yuan'][way]:.3f}"
            for way in ("one_thread", "two_threads", "processes")
        ]
        rows.append([workload(row, text), *cells])
    unit = text["unit"]
    return table(
        [
            text["workload"],
            *(f"{text[way]}{unit}" for way in ("one_thread", "two_threads", "processes")),
        ],
        rows,
    )


def model_figure(result: dict, language: str) -> Shown:
    """What the model says of more machines."""
    text = words(language, WORDS)

    def draw(colours: dict) -> Figure:
        made, axes = new_figure(3.2)
        for network, colour in zip(
            result["model"]["networks"], ("first", "second", "third"), strict=True
        ):
            machines = [row["machines"] for row in network["machines"]]
            axes.plot(
                machines,
                [row["speedup"] for row in network["machines"]],
                color=colours[colour],
                marker="o",
                markersize=4,
                linewidth=1.4,
                label=text[network["id"]],
            )
        axes.plot(
            machines,
            machines,
            color=colours["soft"],
            linewidth=0.8,
            linestyle=":",
            label=text["ideal"],
        )
        axes.set_xticks(machines)
        axes.set_ylim(bottom=0)
        axes.set_xlabel(text["machines"], fontsize=9)
        caption(axes, text["speedup"], colours)
        style(axes, colours)
        legend(axes, colours, "upper left")
        return made

    tens = {
        network["id"]: next(row for row in network["machines"] if row["machines"] == 10)["speedup"]
        for network in result["model"]["networks"]
    }
    ends = {"fast": tens["ethernet_25"], "slow": tens["ethernet_1"]}
    found = text["model_found"].format(**{name: f"{value:.1f}" for name, value in ends.items()})
    return figure(draw, text["model_alt"], found)


def model_table(result: dict, language: str) -> Shown:
    """What the model says of ten machines."""
    text, rows = words(language, WORDS), []
    for network in result["model"]["networks"]:
        ten = next(row for row in network["machines"] if row["machines"] == 10)
        rows.append(
            [
                text[network["id"]],
                f"{ten['speedup']:.1f}",
                f"{ten['communication'] * 100:.0f}%",
                f"{ten['cost']:.2f}",
                f"{ten['speedup_grown']:.1f}",
            ]
        )
    return table(
        [
            text["join"],
            text["speedup_ten"],
            text["communication"],
            text["cost_ten"],
            text["grown_ten"],
        ],
        rows,
    )
