"""The tables and figures of the lab on sharing data, in the page's language."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from snippets.labs.data_sharing.expected import FIGURES
from snippets.labs.show import Shown, figure, legend_above, new_figure, style, table, words
from snippets.labs.wording import number, signed, with_interval

# Rows of the main comparison: split and group of parties.
WHO = {
    ("even", "all"): ("类别和数量都一样", "Same classes, same size"),
    ("sizes", "largest"): ("大小不一：最大的一家", "Sizes differ: the largest"),
    ("sizes", "smallest"): ("大小不一：最小的两家", "Sizes differ: the two smallest"),
    ("uneven", "all"): ("类别不均", "Classes uneven"),
    ("very_uneven", "all"): ("类别很不均", "Classes very uneven"),
    ("two_classes", "all"): ("每家只有两类", "Two classes each"),
    ("rotated", "others"): ("一家的图横着：其余九家", "One has rotated images: the other nine"),
    ("rotated", "odd"): ("一家的图横着：那一家", "One has rotated images: that one"),
}
TRADES = {
    "hotels": ("酒店", "Hotels"),
    "books": ("图书", "Books"),
    "goods": ("商品", "Goods"),
}
KINDS = {"trades": ("各做一行", "One trade each"), "mixed": ("三行混着", "Trades mixed")}
MIXED_PARTIES = {
    "hotels": ("最大的", "Largest"),
    "books": ("中间的", "Middle"),
    "goods": ("最小的", "Smallest"),
}
METHODS = {
    "alone": ("单干", "Alone"),
    "pooled": ("合并数据", "Pooled"),
    "usual": ("联邦平均", "FedAvg"),
    "tuned": ("末轮留给自己", "Own last round"),
}
SITUATIONS = {
    "even": ("都好，数据一样", "All good, same data"),
    "sizes": ("都好，大小不一", "All good, sizes differ"),
    "two_classes": ("都好，每家两类", "All good, two classes each"),
    "even_bad": ("一家标签全错，数据一样", "One all wrong, same data"),
    "sizes_bad": ("最大的一家标签全错", "The largest all wrong"),
    "two_classes_bad": ("一家标签全错，每家两类", "One all wrong, two classes each"),
}
WAYS = {
    "mean": ("按数量平均", "Weighted mean"),
    "median": ("中位数", "Median"),
    "trimmed": ("截尾平均", "Trimmed mean"),
    "checked": ("先用验证集查", "Checked first"),
}
SENT = {
    "batch_1": ("一张图的梯度", "Gradient of one image"),
    "batch_8": ("8 张的", "Of 8"),
    "batch_32": ("32 张的", "Of 32"),
    "local": ("一家 20 步以后的更新", "Update of one party, 20 steps"),
    "sum_1": ("十家各 1 张，只见总和", "Sum of ten parties, 1 image each"),
    "sum_8": ("十家各 8 张，只见总和", "Sum of ten parties, 8 each"),
    "local_sum": ("十家各 20 步，只见总和", "Sum of ten parties, 20 steps each"),
}
TEXT_SENT = {
    "batch_1": ("一条评论的梯度", "Gradient of one review"),
    "batch_8": ("8 条的", "Of 8"),
    "batch_32": ("32 条的", "Of 32"),
    "local": ("一家 20 步以后的更新", "Update of one party, 20 steps"),
    "sum": ("三家各 8 条，只见总和", "Sum of three parties, 8 each"),
}
STATES = {"fresh": ("未训练的模型", "Fresh model"), "trained": ("训练过的模型", "Trained model")}
PICTURES = {
    "true": ("原图", "true"),
    "batch_1": ("1 张", "1"),
    "batch_8": ("8 张", "8"),
    "batch_32": ("32 张", "32"),
    "batch_80": ("十家\n各 8 张", "ten\nparties\n× 8"),
    "noise_1": ("1 张\n加噪声", "1 +\nnoise"),
}
WORDS = {
    "who": ("谁", "Who"),
    "gain": ("合并比单干（95% 区间）", "Pooled against alone (95% interval)"),
    "fed_gain": ("联邦平均比单干（95% 区间）", "FedAvg against alone (95% interval)"),
    "lose": ("合并后变差的", "Worse off when pooled"),
    "less_pooled": ("联邦平均比合并（95% 区间）", "FedAvg against pooled (95% interval)"),
    "common": ("全部十类", "All ten classes"),
    "axis": (
        "比单干高几个百分点，按各家自己的数据测",
        "points above being alone, on own data",
    ),
    "local": ("每轮本地步数", "Local steps"),
    "rounds": ("轮数", "Rounds"),
    "traffic": ("总流量 MB", "Traffic, MB"),
    "times": ("是原始数据的几倍", "Times the raw data"),
    "even": ("数据一样", "Same data"),
    "very_uneven": ("类别很不均", "Very uneven"),
    "two_classes": ("每家两类", "Two classes each"),
    "kind": ("三家怎么分", "Parties"),
    "majority": ("永远猜多数类", "Majority class"),
    "situation": ("情形", "Situation"),
    "sent": ("对方看到什么", "What is seen"),
    "exact": ("逐像素复原的", "Exact"),
    "similar": ("与真图相关", "Like the true one"),
    "other": ("与别的图相关", "Like another"),
    "state": ("模型", "Model"),
    "distance": ("推出的类别比例差多少", "Shares told, off by"),
    "guess": ("一律猜平均", "Even guess, off by"),
    "seen": ("露出的字", "Characters shown"),
    "guessed": ("猜同样多的常用字", "As many common ones"),
    "false_alarm": ("误以为也在里面的评论", "False alarms"),
    "noise": ("噪声是更新的几倍长", "Noise, times the update"),
    "none": ("—", "—"),
    "change_even": ("准确率变化，数据一样", "Accuracy, same data"),
    "change_two": ("准确率变化，每家两类", "Accuracy, two classes each"),
    "lead": ("图：真图比别的图更像", "Image: true above other"),
    "ranking": ("字：排序对的", "Characters ranked right"),
    "epsilon": ("对应的 ε", "Its ε"),
    "what": ("预期了什么", "What was expected"),
    "expected": ("事先写下", "Expected"),
    "measured": ("测得", "Measured"),
    "who_alt": (
        "十一种参加者，合并数据和联邦平均各比单干高多少，按各家自己的数据测，带 95% 区间：数据一样的和小的在零的右边，类别不同的多在左边",
        "For eleven kinds of party the change from being alone to pooling and to FedAvg, on data like their own, with 95% "
        "intervals: those with the same kind of data and the small ones lie right of zero, those with other classes mostly left",
    ),
    "who_found": (
        "数据一样，合并让每家高 {} 个百分点；每家只做两类，合并反而低 {} 个。点是均值，横线是 95% 区间。",
        "With the same kind of data pooling raises each party by {} points; with two classes each it lowers them by {}. Dots are "
        "means, lines 95% intervals.",
    ),
    "pictures_alt": (
        "一张手写数字，和从更新里复原出来的五张：一张图的梯度给出原图，批越大越模糊，十家的总和看不出",
        "A handwritten digit and five reconstructions from updates: the gradient of one image gives it back, larger batches blur it, the "
        "sum of ten parties shows little of it",
    ),
    "pictures_found": (
        "批里只有一张图，{} 的图逐像素复原；批里 32 张，{}。这里给每张挑了最像的一个单元，攻击者没有原图可比。",
        "From a batch of one, {} of the images come back pixel by pixel; from 32, {}. The unit shown is the one most like the true image, "
        "which an attacker could not compare with.",
    ),
}
EXPECTED = {
    "splits.even.alone.all.own.mean": ("数据一样：单干的准确率", "Same data: accuracy alone"),
    "splits.even.pooled.all.gain.mean": ("数据一样：合并比单干", "Same data: pooled against alone"),
    "splits.even.local_20.all.less_pooled.mean": (
        "数据一样：联邦平均比合并",
        "Same data: FedAvg against pooled",
    ),
    "splits.sizes.pooled.largest.gain.mean": (
        "最大的一家：合并比单干",
        "The largest: pooled against alone",
    ),
    "splits.sizes.pooled.smallest.gain.mean": (
        "最小的两家：合并比单干",
        "The two smallest: pooled against alone",
    ),
    "splits.two_classes.alone.all.own.mean": (
        "每家两类：单干，测自己的两类",
        "Two classes: alone, on one's own two",
    ),
    "splits.two_classes.pooled.all.gain.mean": (
        "每家两类：合并比单干",
        "Two classes: pooled against alone",
    ),
    "splits.two_classes.local_20.all.less_pooled.mean": (
        "每家两类：联邦平均比合并",
        "Two classes: FedAvg against pooled",
    ),
    "splits.two_classes.local_200.all.own.mean": (
        "每家两类：只平均一次",
        "Two classes: averaged once",
    ),
    "splits.two_classes.tuned.all.gain.mean": (
        "每家两类：末轮留给自己，比单干",
        "Two classes: own last round against alone",
    ),
    "splits.very_uneven.tuned.all.gain.mean": (
        "类别很不均：末轮留给自己，比单干",
        "Very uneven: own last round against alone",
    ),
    "splits.rotated.pooled.odd.gain.mean": (
        "横着的一家：合并比单干",
        "Rotated: pooled against alone",
    ),
    "splits.rotated.local_20.odd.gain.mean": (
        "横着的一家：联邦平均比单干",
        "Rotated: FedAvg against alone",
    ),
    "robust.even_bad.mean.change.mean": (
        "一家全错：按数量平均",
        "One all wrong: weighted mean",
    ),
    "robust.sizes_bad.mean.change.mean": (
        "最大的一家全错：按数量平均",
        "The largest all wrong: weighted mean",
    ),
    "robust.sizes_bad.median.change.mean": (
        "最大的一家全错：中位数",
        "The largest all wrong: median",
    ),
    "robust.two_classes.median.change.mean": (
        "都好，每家两类：中位数",
        "All good, two classes: median",
    ),
    "robust.two_classes_bad.checked.change.mean": (
        "一家全错，每家两类：先用验证集查",
        "One all wrong, two classes: checked first",
    ),
    "noise.splits.even.10.change.mean": ("噪声 10 倍：数据一样", "Noise 10: same data"),
    "noise.splits.two_classes.10.change.mean": ("噪声 10 倍：每家两类", "Noise 10: two classes"),
    "noise.splits.even.30.change.mean": ("噪声 30 倍：数据一样", "Noise 30: same data"),
    "leaks.fresh.images.batch_1.exact.mean": ("一张图：复原的占比", "One image: exact"),
    "leaks.fresh.images.batch_8.exact.mean": ("8 张：复原的占比", "8 images: exact"),
    "leaks.fresh.images.batch_32.exact.mean": ("32 张：复原的占比", "32 images: exact"),
    "leaks.fresh.images.sum_8.exact.mean": ("十家各 8 张的总和", "Sum of ten, 8 each: exact"),
    "leaks.fresh.classes.local.mean": ("类别比例差多少，未训练", "Class shares off by, fresh"),
    "leaks.trained.classes.local.mean": ("同上，训练过", "The same, trained"),
    "reviews.trades.methods.pooled.books.gain.mean": (
        "图书：合并比单干",
        "Books: pooled against alone",
    ),
    "reviews.trades.methods.local_20.books.gain.mean": (
        "图书：联邦平均比单干",
        "Books: FedAvg against alone",
    ),
    "reviews.mixed.methods.pooled.goods.gain.mean": (
        "三行混着，最小的：合并比单干",
        "Mixed, the smallest: pooled against alone",
    ),
    "review_leaks.batch_32.seen.mean": ("32 条评论：露出的字", "32 reviews: characters shown"),
    "review_leaks.batch_32.false_alarm.mean": ("32 条评论：误报", "32 reviews: false alarms"),
    "review_leaks.noise_10.ranking.mean": ("噪声 10 倍：字排序对的", "Noise 10: ranked right"),
}


def usual_of(result: dict) -> str:
    """The name of the usual averaging: the one that the reviews were tried with beside a single local step."""
    methods = result["reviews"]["trades"]["methods"]
    return next(name for name in methods if name.startswith("local_") and name != "local_1")


def named(method: str, result: dict) -> str:
    """The result's own name of a method."""
    return usual_of(result) if method == "usual" else method


def percent(share: float, digits: int = 0) -> str:
    """A share as a percentage."""
    return f"{100 * share:.{digits}f}%"


def who_figure(result: dict, language: str) -> Shown:
    """Gain over being alone for each kind of party: pooled, and by FedAvg."""
    text, names, methods = (words(language, of) for of in (WORDS, named_rows(), METHODS))
    rows = [(names[f"{split} {group}"], result["splits"][split], group) for split, group in WHO] + [
        (names[trade], result["reviews"]["trades"]["methods"], trade) for trade in TRADES
    ]

    def draw(colours: dict) -> Figure:
        made, axes = new_figure(5.0)
        for method, colour, offset in (("pooled", "second", -0.16), ("usual", "first", 0.16)):
            for place, (_, methods_of, group) in enumerate(rows):
                gain = methods_of[named(method, result)][group]["gain"]
                low, high = (100 * end for end in gain["interval"])
                axes.plot([low, high], [place + offset] * 2, color=colours[colour], linewidth=1.4)
                axes.plot(
                    100 * gain["mean"],
                    place + offset,
                    "o",
                    color=colours[colour],
                    markersize=4.5,
                    label=None if place else methods[method],
                )
        axes.axvline(0, color=colours["soft"], linewidth=0.8)
        axes.set_yticks(range(len(rows)), [name for name, _, _ in rows])
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_xlabel(text["axis"])
        style(axes, colours)
        axes.grid(axis="x", color=colours["rule"], linewidth=0.5)
        axes.tick_params(axis="y", colors=colours["ink"])
        legend_above(made, colours)
        return made

    gains = [
        result["splits"][split]["pooled"]["all"]["gain"]["mean"]
        for split in ("even", "two_classes")
    ]
    found = text["who_found"].format(f"{100 * gains[0]:.1f}", f"{-100 * gains[1]:.1f}")
    return figure(draw, alt=text["who_alt"], caption=found)


def named_rows() -> dict[str, tuple[str, str]]:
    """The names of the rows of the main figure, short enough for a phone."""
    short = {
        "even all": ("数据一样", "same data"),
        "sizes largest": ("最大的一家", "the largest"),
        "sizes smallest": ("最小的两家", "two smallest"),
        "uneven all": ("类别不均", "uneven"),
        "very_uneven all": ("类别很不均", "very uneven"),
        "two_classes all": ("每家两类", "two classes"),
        "rotated others": ("其余九家", "other nine"),
        "rotated odd": ("图横着的一家", "rotated one"),
        "hotels": ("酒店评论", "hotel reviews"),
        "books": ("图书评论", "book reviews"),
        "goods": ("商品评论", "goods reviews"),
    }
    return short


def splits_table(result: dict, language: str) -> Shown:
    """Accuracy on data like one's own by kind of party and method, and who is worse off."""
    text, methods = words(language, WORDS), words(language, METHODS)
    place = 0 if language == "zh" else 1
    rows = []
    for (split, group), name in WHO.items():
        of = result["splits"][split]
        rows.append(
            [
                name[place],
                *(f"{of[named(method, result)][group]['own']['mean']:.3f}" for method in METHODS),
                with_interval(of["pooled"][group]["gain"], language),
                percent(of["pooled"][group]["lose"]),
            ]
        )
    return table([text["who"], *methods.values(), text["gain"], text["lose"]], rows)


def averaging_table(result: dict, language: str) -> Shown:
    """FedAvg against pooling and against being alone, and on all ten classes."""
    text, methods = words(language, WORDS), words(language, METHODS)
    place, usual = (0 if language == "zh" else 1), usual_of(result)
    rows = []
    for (split, group), name in WHO.items():
        of = result["splits"][split]
        rows.append(
            [
                name[place],
                with_interval(of[usual][group]["less_pooled"], language),
                with_interval(of[usual][group]["gain"], language),
                f"{of['alone'][group]['common']['mean']:.3f}",
                f"{of[usual][group]['common']['mean']:.3f}",
            ]
        )
    heads = [text["who"], text["less_pooled"], text["fed_gain"]]
    ten = [
        f"{text['common']}{'：' if language == 'zh' else ': '}{methods[m].lower() if m == 'alone' else methods[m]}"
        for m in ("alone", "usual")
    ]
    return table([*heads, *ten], rows)


def local_table(result: dict, language: str) -> Shown:
    """Local steps: rounds, traffic, and accuracy on data like one's own."""
    text = words(language, WORDS)
    shown = ("even", "very_uneven", "two_classes")
    rows = [
        [
            name.removeprefix("local_"),
            f"{of['rounds']:,}",
            f"{of['bytes'] / 1e6:.1f}",
            f"{of['bytes'] / result['data']['raw_bytes']:,.0f}",
            *(f"{result['splits'][split][name]['all']['own']['mean']:.3f}" for split in shown),
        ]
        for name, of in result["traffic"].items()
    ]
    heads = ("local", "rounds", "traffic", "times", *shown)
    return table([text[key] for key in heads], rows, 0)


def reviews_table(result: dict, language: str) -> Shown:
    """Reviews: accuracy of each party by method, trades apart and mixed."""
    text, methods, kinds = (words(language, of) for of in (WORDS, METHODS, KINDS))
    rows = []
    for kind in KINDS:
        parties = words(language, TRADES if kind == "trades" else MIXED_PARTIES)
        of = result["reviews"][kind]
        for party, name in parties.items():
            one = {m: of["methods"][named(m, result)][party] for m in METHODS}
            rows.append(
                [
                    kinds[kind],
                    name,
                    f"{of['majority'][party]:.3f}",
                    *(f"{one[method]['own']['mean']:.3f}" for method in METHODS),
                    with_interval(one["pooled"]["gain"], language),
                ]
            )
    heads = [text["kind"], text["who"], text["majority"], *methods.values(), text["gain"]]
    return table(heads, rows, 2)


def robust_table(result: dict, language: str, intervals: bool = False) -> Shown:
    """What each way of averaging costs the honest parties, by situation; with intervals it is wider than a page."""
    text, ways, situations = (words(language, of) for of in (WORDS, WAYS, SITUATIONS))
    rows = []
    for name, label in situations.items():
        of = result["robust"][name]
        reference = of.get("without", of["mean"])["own"]["mean"]
        changes = [of[way]["change"] for way in WAYS]
        cells = [
            with_interval(one, language) if intervals else signed(one["mean"]) for one in changes
        ]
        if "without" not in of:
            cells[0] = text["none"]
        rows.append([label, f"{reference:.3f}", *cells])
    head = "没有那一家时" if language == "zh" else "Without the bad one"
    return table([text["situation"], head, *ways.values()], rows)


def leaks_table(result: dict, language: str) -> Shown:
    """Images: what each kind of update gives away, for a fresh and a trained model."""
    text, sent, states = (words(language, of) for of in (WORDS, SENT, STATES))
    rows = [
        [
            sent[name],
            states[state],
            percent(of["images"][name]["exact"]["mean"], 1),
            f"{of['images'][name]['similar']['mean']:.2f}",
            f"{of['images'][name]['other']['mean']:.2f}",
        ]
        for name in SENT
        for state, of in result["leaks"].items()
        if name in of["images"]
    ]
    heads = ("sent", "state", "exact", "similar", "other")
    return table([text[key] for key in heads], rows, 2)


def classes_table(result: dict, language: str) -> Shown:
    """Class shares: how far what is told from an update is off, and an even guess."""
    text, sent, states = (words(language, of) for of in (WORDS, SENT, STATES))
    rows = []
    for name in ("batch_8", "batch_32", "local"):
        for state, of in result["leaks"].items():
            if name in of["classes"]:
                off, guess = (of["classes"][key]["mean"] for key in (name, f"{name}_guess"))
                rows.append([sent[name], states[state], f"{off:.2f}", f"{guess:.2f}"])
    for state, of in result["leaks"].items():
        off, guess = (of["classes"][key]["mean"] for key in ("sum", "local_guess"))
        rows.append([sent["local_sum"], states[state], f"{off:.2f}", f"{guess:.2f}"])
    return table([text[key] for key in ("sent", "state", "distance", "guess")], rows, 2)


def characters_table(result: dict, language: str) -> Shown:
    """Reviews: which characters an update shows, and how well one can tell who was in it."""
    text, sent = words(language, WORDS), words(language, TEXT_SENT)
    rows = [
        [
            label,
            percent(of["seen"]["mean"]),
            percent(of["guessed"]["mean"]),
            percent(of["false_alarm"]["mean"], 1),
        ]
        for name, label in sent.items()
        if (of := result["review_leaks"].get(name))
    ]
    return table([text[key] for key in ("sent", "seen", "guessed", "false_alarm")], rows)


def noise_table(result: dict, language: str) -> Shown:
    """Noise: what it costs, and what is left to see."""
    text = words(language, WORDS)
    rows = []
    for level in result["noise"]["splits"]["even"]:
        if level == "none":
            continue
        changes = [
            with_interval(result["noise"]["splits"][split][level]["change"], language)
            for split in ("even", "two_classes")
        ]
        if level == "0":
            rows.append([level, *changes, *[text["none"]] * 3])
            continue
        one = result["leaks"]["fresh"]["images"][f"noise_{level}"]
        rows.append(
            [
                level,
                *changes,
                signed(one["similar"]["mean"] - one["other"]["mean"], 2),
                f"{result['review_leaks'][f'noise_{level}']['ranking']['mean']:.2f}",
                f"{result['noise']['epsilon'][level]:,.0f}",
            ]
        )
    heads = ("noise", "change_even", "change_two", "lead", "ranking", "epsilon")
    return table([text[key] for key in heads], rows, 0)


def pictures_figure(result: dict, language: str) -> Shown:
    """A digit and what attacks give back of it."""
    text, names = words(language, WORDS), words(language, PICTURES)
    shown = [name for name in PICTURES if name in result["shown"]]

    def draw(colours: dict) -> Figure:
        made, axes = new_figure(1.5)
        gap = np.zeros((28, 4))
        tiles = []
        for name in shown:
            tiles += [
                np.frombuffer(bytes.fromhex(result["shown"][name]), np.uint8).reshape(28, 28),
                gap,
            ]
        ink = LinearSegmentedColormap.from_list("ink", colours["map"])
        axes.imshow(np.hstack(tiles[:-1]), cmap=ink, vmin=0, vmax=255, interpolation="none")
        axes.set_xticks(
            [13.5 + 32 * place for place in range(len(shown))], [names[name] for name in shown]
        )
        axes.set_yticks([])
        style(axes, colours)
        axes.grid(visible=False)
        for side in ("left", "bottom"):
            axes.spines[side].set_visible(False)
        axes.tick_params(axis="x", colors=colours["ink"])
        return made

    images = result["leaks"]["fresh"]["images"]
    last = [name for name in images if name.startswith("batch")][-1]
    shares = [percent(images[name]["exact"]["mean"]) for name in ("batch_1", last)]
    return figure(draw, alt=text["pictures_alt"], caption=text["pictures_found"].format(*shares))


def expected_table(result: dict, language: str) -> Shown:
    """What was written down before beside what was measured."""
    text, names = words(language, WORDS), words(language, EXPECTED)
    rows = []
    for key, guess in FIGURES.items():
        found = result
        for part in key.split("."):
            found = found.get(part, {}) if isinstance(found, dict) else {}
        shown = [text["none"] if value == {} else number(value, 3) for value in (guess, found)]
        rows.append([names[key], *shown])
    return table([text[key] for key in ("what", "expected", "measured")], rows)
