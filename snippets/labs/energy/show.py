"""The tables and figures of the lab on energy, in the page's language."""

from matplotlib.figure import Figure

from snippets.labs.energy.expected import EXPECTED
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
from snippets.labs.wording import NO_BREAK, interval, number, with_interval

JOBS = {
    "cnn": ("训练小卷积网络", "Training a small CNN"),
    "tfidf": ("TF-IDF 加逻辑回归", "TF-IDF, logistic regression"),
    "inference": ("只推理", "Inference alone"),
}
CONDITIONS = {
    "asleep": ("我们睡着", "We sleep"),
    "one": ("我们用一个线程", "We use one thread"),
    "two": ("我们用一个线程，子进程用一个", "We use one, a child of ours another"),
    "neighbour": ("我们睡着，别人用一个", "We sleep, somebody else uses one"),
}
STEPS = {
    "as_installed": ("装上就用", "As installed"),
    "same_rating": ("额定功率都给 120 W", "Both told 120 W"),
    "same_building": ("PUE 都是 1.58", "Both with a PUE of 1.58"),
    "no_memory": ("都不算内存", "Memory left out of both"),
    "same_load": ("负载按同一条曲线", "Load by the same curve"),
}
SAVINGS = {
    "early_stopping": ("早停（耐心 2）", "Early stopping (patience 2)"),
    "smaller": ("通道 16 减到 4", "4 channels instead of 16"),
    "training_batch": ("训练批 5 加到 50", "Training batch 50 instead of 5"),
    "inference_batch": ("推理批 1 加到 50", "Inference batch 50 instead of 1"),
    "int8": ("int8（宽的全连接网络）", "int8 (wide dense network)"),
}
METERS = {
    "machine": ("codecarbon，整机", "codecarbon, machine"),
    "process": ("codecarbon，进程", "codecarbon, process"),
    "carbontracker": ("carbontracker", "carbontracker"),
    "straight": ("直线，空转一半", "straight, half idle"),
}
PLACES = {
    "china": ("中国", "China"),
    "germany": ("德国", "Germany"),
    "world": ("世界", "World"),
}
OFFICIAL = {
    "china": (
        "530.6（2023，生态环境部、国家统计局）",
        "530.6 (2023, Ministry of Ecology and Environment)",
    ),
    "germany": ("363（2024，联邦环境署估计）", "363 (2024, Umweltbundesamt, estimate)"),
    "world": ("445（2024，国际能源署）", "445 (2024, IEA)"),
}
WORDS = {
    "job": ("任务", "Job"),
    "watts_machine": ("整机，W", "Machine, W"),
    "watts_process": ("进程，W", "Process, W"),
    "watts_other": ("carbontracker，W", "carbontracker, W"),
    "ratio_machine": ("是整机的几倍（95% 区间）", "Over machine (95% interval)"),
    "ratio_process": ("是进程的几倍（95% 区间）", "Over process (95% interval)"),
    "condition": ("同一时段", "Meanwhile"),
    "load": ("机器负载", "Machine's load"),
    "own": ("我们用的线程", "Threads of ours"),
    "cpu_machine": ("整机：处理器，W", "Machine: processor, W"),
    "cpu_process": ("进程：处理器，W", "Process: processor, W"),
    "step": ("逐项改成一样", "Made the same, one by one"),
    "ratio": ("倍数", "Ratio"),
    "name": ("处理器自报的名字", "What the processor calls itself"),
    "rated": ("额定，W", "Rated, W"),
    "cc": ("codecarbon 取，W", "codecarbon takes, W"),
    "ct": ("carbontracker 取，W", "carbontracker takes, W"),
    "unknown": ("名字看不出", "not told"),
    "default": (" 没找到", " not found"),
    "memory": ("内存，GiB", "Memory, GiB"),
    "watts": ("算成，W", "Counted as, W"),
    "way": ("做法", "Technique"),
    "time": (
        "处理器时间，之后比之前（95% 区间）",
        "Processor time, after over before (95% interval)",
    ),
    "accuracy": ("准确率变化（95% 区间）", "Change in accuracy (95% interval)"),
    "place": ("电网", "Grid"),
    "official": ("公布的数字", "Published"),
    "hours": ("任务，小时", "Job, hours"),
    "start": ("最好的开始时刻", "Best start"),
    "of_average": ("比平均时刻少", "Less than an average start"),
    "of_worst": ("比最差时刻少", "Less than the worst start"),
    "what": ("哪一项", "Which figure"),
    "expected": ("事先写下", "Expected"),
    "measured": ("测得", "Measured"),
    "axis": ("机器上忙着的线程（%）", "threads of the machine that are busy (%)"),
    "share": ("处理器功率，占额定功率（%）", "processor's power, % of its rating"),
    "curve_alt": (
        "负载从 0 到 100%，四条线：codecarbon 整机从一成起，后半段才陡升；codecarbon 进程是过原点的直线；carbontracker 一直是一半；"
        "参照的直线从一半升到全部",
        "Load from 0 to 100%, four lines: codecarbon's machine begins at a tenth and rises late and steeply; its process is a straight line from "
        "nothing; carbontracker is flat at a half; the line for reference rises from a half to all",
    ),
    "curve_found": (
        "半载时，同一个进程按进程算是额定的 {}%，按整机算是 {}%，前者是后者的 {} 倍；carbontracker 不看负载。",
        "At half load the same process is given {}% of the rating as a process and {}% as a whole machine, {} times as much; carbontracker does not "
        "look at the load.",
    ),
}
FIGURES = {
    "jobs.cnn.ratio_machine.mean": (
        "训练 CNN：carbontracker 比 codecarbon 整机",
        "Training the CNN: carbontracker over codecarbon's machine",
    ),
    "jobs.tfidf.ratio_machine.mean": ("TF-IDF：同上", "TF-IDF: the same"),
    "jobs.inference.ratio_machine.mean": ("推理：同上", "Inference: the same"),
    "jobs.cnn.ratio_process.mean": (
        "训练 CNN：carbontracker 比 codecarbon 进程",
        "Training the CNN: carbontracker over codecarbon's process",
    ),
    "jobs.cnn.memory_share.mean": (
        "codecarbon 整机里内存占",
        "Share of memory in codecarbon's machine",
    ),
    "live.one.machine_over_asleep.mean": (
        "一个线程比睡着：codecarbon 整机",
        "One thread over asleep: codecarbon's machine",
    ),
    "live.two.machine_over_asleep.mean": (
        "两个线程比睡着：同上",
        "Two threads over asleep: the same",
    ),
    "live.neighbour.machine_over_asleep.mean": (
        "别人在用比睡着：同上",
        "Somebody else over asleep: the same",
    ),
    "live.two.process_over_one.mean": (
        "两个线程比一个：codecarbon 进程",
        "Two threads over one: codecarbon's process",
    ),
    "savings.early_stopping.time.mean": ("早停：处理器时间", "Early stopping: processor time"),
    "savings.early_stopping.accuracy.mean": ("早停：准确率", "Early stopping: accuracy"),
    "savings.smaller.time.mean": ("小网络：处理器时间", "Smaller network: processor time"),
    "savings.smaller.accuracy.mean": ("小网络：准确率", "Smaller network: accuracy"),
    "savings.training_batch.time.mean": ("训练批：处理器时间", "Training batch: processor time"),
    "savings.training_batch.accuracy.mean": ("训练批：准确率", "Training batch: accuracy"),
    "savings.inference_batch.time.mean": ("推理批：处理器时间", "Inference batch: processor time"),
    "savings.int8.time.mean": ("int8：处理器时间", "int8: processor time"),
    "regions.highest_over_lowest": (
        "各省因子，最高比最低",
        "Factors of the provinces, highest over lowest",
    ),
}


def ratio(found: dict, language: str, digits: int = 2) -> str:
    """A mean ratio with its interval: "3.40 (3.31 to 3.49)"."""
    ends = interval(*(number(end, digits) for end in found["interval"]), language)
    return f"{number(found['mean'], digits)} ({ends})"


def percent(share: float) -> str:
    """A share in whole per cent."""
    return f"{100 * share:.0f}%"


def jobs_table(result: dict, language: str) -> Shown:
    """Watts of both tools on the same runs, and their ratios."""
    text, names = words(language, WORDS), words(language, JOBS)
    rows = [
        [
            names[name],
            *(number(job[key]["mean"], 1) for key in ("machine", "process", "carbontracker")),
            ratio(job["ratio_machine"], language),
            ratio(job["ratio_process"], language),
        ]
        for name, job in result["jobs"].items()
    ]
    heads = (
        "job",
        "watts_machine",
        "watts_process",
        "watts_other",
        "ratio_machine",
        "ratio_process",
    )
    return table([text[key] for key in heads], rows)


def live_table(result: dict, language: str) -> Shown:
    """What the tools said while we slept and worked, beside the load that the system counted."""
    text, names = words(language, WORDS), words(language, CONDITIONS)
    rows = [
        [
            names[name],
            percent(one["machine_load"]["mean"]),
            number(one["own_threads"]["mean"], 2),
            number(one["machine_processor"]["mean"], 2),
            number(one["process_processor"]["mean"], 2),
            number(one["carbontracker"]["mean"], 1),
        ]
        for name, one in result["live"].items()
    ]
    heads = ("condition", "load", "own", "cpu_machine", "cpu_process", "watts_other")
    return table([text[key] for key in heads], rows)


def chain_table(result: dict, language: str) -> Shown:
    """Both tools on one machine at half load, one setting after another made the same."""
    text, names = words(language, WORDS), words(language, STEPS)
    rows = [
        [
            names[one["step"]],
            number(one["codecarbon"], 1),
            number(one["carbontracker"], 1),
            number(one["ratio"], 2),
        ]
        for one in result["chain"]
    ]
    return table([text["step"], "codecarbon, W", "carbontracker, W", text["ratio"]], rows)


def names_table(result: dict, language: str) -> Shown:
    """What each tool takes as full power for each name."""
    text = words(language, WORDS)
    rows = []
    for one in result["names"]["rows"]:
        missed = "" if one["codecarbon_found"] else text["default"]
        other = one["carbontracker_row"]
        rows.append(
            [
                Quoted(one["name"], "en"),
                text["unknown"] if one["rated"] is None else number(one["rated"], 0),
                number(one["codecarbon"], 0) + missed,
                number(one["carbontracker"], 0) + (f" = {other}" if other else text["default"]),
            ]
        )
    return table([text[key] for key in ("name", "rated", "cc", "ct")], rows)


def memory_table(result: dict, language: str) -> Shown:
    """Watts that codecarbon gives to memory."""
    text = words(language, WORDS)
    rows = [[f"{one['gib']}", number(one["watts"], 0)] for one in result["memory"]]
    return table([text["memory"], text["watts"]], rows, 0)


def savings_table(result: dict, language: str) -> Shown:
    """Each way to save: processor time, and what it cost in accuracy."""
    text, names = words(language, WORDS), words(language, SAVINGS)
    rows = [
        [names[name], ratio(one["time"], language), with_interval(one["accuracy"], language)]
        for name, one in result["savings"].items()
    ]
    return table([text[key] for key in ("way", "time", "accuracy")], rows)


def intensity_table(result: dict, language: str) -> Shown:
    """Grams a kilowatt-hour: the tools' figures with their year, and published ones."""
    text, names, official = (words(language, pairs) for pairs in (WORDS, PLACES, OFFICIAL))
    rows = [
        [
            names[place],
            f"{one['codecarbon']:.0f} ({one['codecarbon_year']})",
            f"{one['carbontracker']:.0f} ({one['carbontracker_year']})",
            official[place],
        ]
        for place, one in result["intensities"]["tools"].items()
    ]
    return table([text["place"], "codecarbon", "carbontracker", text["official"]], rows)


def hours_table(result: dict, language: str) -> Shown:
    """The best start within the day that was made up, by the length of the job."""
    text = words(language, WORDS)
    rows = [
        [
            str(one["hours"]),
            f"{one['start']}:00" if one["saves_of_worst"] > 1e-6 else "–",
            percent(one["saves_of_average"]),
            percent(one["saves_of_worst"]),
        ]
        for one in result["hours"]
    ]
    return table([text[key] for key in ("hours", "start", "of_average", "of_worst")], rows, 0)


def expected_table(result: dict, language: str) -> Shown:
    """What was written down before beside what was measured."""
    text, names = words(language, WORDS), words(language, FIGURES)
    rows = []
    for key, guess in EXPECTED.items():
        found = result
        for part in key.split("."):
            found = found[part]
        digits = 3 if "accuracy" in key else 2
        rows.append([names[key], number(guess, digits), number(found, digits)])
    return table([text[key] for key in ("what", "expected", "measured")], rows)


def curve_figure(result: dict, language: str) -> Shown:
    """Power by load, by each meter."""
    text, names = words(language, WORDS), words(language, METERS)

    def draw(colours: dict) -> Figure:
        made, axes = new_figure(3.3)
        loads = [100 * one["load"] for one in result["curve"]]
        for name, colour, line in (
            ("machine", "first", "-"),
            ("process", "second", "-"),
            ("carbontracker", "third", "-"),
            ("straight", "soft", ":"),
        ):
            axes.plot(
                loads,
                [100 * one[name] for one in result["curve"]],
                line,
                color=colours[colour],
                linewidth=1.6,
                label=names[name],
            )
        axes.set_xlabel(text["axis"])
        axes.set_ylim(0, 105)
        caption(axes, text["share"], colours)
        style(axes, colours)
        legend_above(made, colours)
        return made

    half = result["half_load"]
    found = text["curve_found"].format(
        f"{100 * half['process']:.0f}",
        f"{100 * half['machine']:.0f}",
        f"{half['process_over_machine']:.2f}",
    )
    return figure(draw, alt=text["curve_alt"], caption=found.replace(" 倍", NO_BREAK + "倍"))
