"""The tables and figures of the lab on validation, in the page's language."""

from matplotlib.figure import Figure

from snippets.labs.show import (
    Shown,
    figure,
    legend_above,
    new_figure,
    style,
    table,
    words,
)
from snippets.labs.validation.expected import EXPECTED
from snippets.labs.wording import interval, signed, with_interval
from snippets.labs.wording import number as any_number

MODELS = {
    "plain": ("默认（C = 1）", "Default (C = 1)"),
    "loose": ("正则弱（C = 100）", "Weak penalty (C = 100)"),
    "bayes": ("朴素贝叶斯", "Naive Bayes"),
    "hardened": ("加了繁体和错字训练", "Trained on variants too"),
}
RAW = ("plain", "loose", "bayes")
CALIBRATORS = {
    "none": ("不校准", "None"),
    "temperature": ("温度，2,000 条", "Temperature, 2,000"),
    "platt": ("Platt，2,000 条", "Platt, 2,000"),
    "isotonic": ("保序回归，2,000 条", "Isotonic, 2,000"),
    "histogram": ("直方图，2,000 条", "Histogram, 2,000"),
    "temperature_few": ("温度，200 条", "Temperature, 200"),
    "platt_few": ("Platt，200 条", "Platt, 200"),
    "isotonic_few": ("保序回归，200 条", "Isotonic, 200"),
    "histogram_few": ("直方图，200 条", "Histogram, 200"),
    "training": ("温度，用训练数据", "Temperature, training data"),
}
WAYS = {
    "homophones": ("同音错字，一成的字", "Homophones, one character in ten"),
    "swaps": ("相邻两字对调", "Neighbours swapped"),
    "gaps": ("漏字", "Characters left out"),
    "random": ("同样多的字换成任意字（对照）", "As many replaced by any (control)"),
    "traditional": ("繁体", "Traditional characters"),
    "random_as_traditional": (
        "繁体不同的字，换成任意字（对照）",
        "The same places, any character (control)",
    ),
    "half_width": ("标点换半角，加空格", "Half-width punctuation, spaces"),
    "no_punctuation": ("去掉标点", "No punctuation"),
    "neutral": ("末尾加一句“我是在网上买的”", "A neutral sentence added"),
}
DIRECTIONS = {
    "negated": ("好评里加一个“不”", "A “not” put into praise"),
    "negated_random": ("同一处加任意一个字（对照）", "Any character there (control)"),
    "bad_news": ("好评末尾加一句差评", "A sentence of blame added to a good review"),
    "good_news": ("差评末尾加一句好评", "A sentence of praise added to a bad review"),
}
PAIRS = {
    "not": ("“很好”与“不好”", "“Very good” against “not good”"),
    "double": ("“没有一处不好”与“没有一处好”", "“Nothing not good” against “nothing good”"),
}
SLICES = {
    "short": ("15 字以内", "At most 15 characters"),
    "long": ("超过 128 字", "More than 128 characters"),
    "negation": ("含否定字", "With a negation"),
    "turn": ("含“但”一类转折", "With a “but”"),
    "hotel": ("提到酒店", "About hotels"),
    "book": ("提到书", "About books"),
    "device": ("提到电脑", "About computers"),
}
CHANGES = {
    "standard": ("标准变了：有“但”就算差评", "New standard: a “but” makes it bad"),
    "topic": ("新话题：一半是酒店", "New topic: half are hotels"),
    "traditional": ("繁体每天多 2.5%，到一半", "Traditional, 2.5% more a day, to half"),
    "typos": ("两成的字成了同音错字", "One character in five a homophone"),
    "format": ("标点都没了", "Punctuation gone"),
    "complaints": ("投诉潮：好评只剩 25%", "Complaints: 25% good reviews"),
    "quiet": ("什么都没变（对照）", "Nothing (control)"),
}
ALARMS = {
    "psi": ("PSI", "PSI"),
    "ks": ("KS", "KS"),
    "confidence": ("平均把握", "Confidence"),
    "positives": ("好评占比", "Share of good"),
    "texts": ("文本分辨", "Texts told apart"),
    "labels_20": ("每天标 20 条", "20 labels a day"),
    "labels_100": ("每天标 100 条", "100 labels a day"),
}
DRAWN = {"psi": "first", "confidence": "third", "texts": "fourth", "labels_20": "second"}
EXPECTATIONS = {
    "calibration.plain.clean.none.error.mean": ("默认模型的校准误差", "Calibration error, default"),
    "calibration.plain.clean.temperature.error.mean": ("校准误差，温度之后", "Default, after a temperature"),
    "calibration.bayes.clean.temperature.error.mean": ("校准误差，朴素贝叶斯，温度之后", "Naive Bayes, after a temperature"),
    "calibration.plain.clean.isotonic.brier_over_temperature.mean": ("保序回归比温度，Brier，2,000 条", "Isotonic less temperature, Brier, 2,000"),
    "calibration.plain.clean.isotonic_few.brier_over_temperature.mean": ("保序回归比温度，Brier，200 条", "Isotonic less temperature, Brier, 200"),
    "calibration.plain.clean.training.error.mean": ("温度用训练数据定", "Temperature from training data"),
    "calibration.plain.typos.temperature.error_over_clean.mean": ("校准误差因错字增加", "Calibration error added by typos"),
    "calibration.plain.traditional.temperature.error_over_clean.mean": ("校准误差因繁体增加", "Calibration error added by traditional characters"),
    "calibration.plain.typos.again.error_over_clean.mean": ("错字上重新校准后还多多少", "The same, calibrated again on typos"),
    "error_by_size.100.by_chance.mean": ("完美模型量 100 条的校准误差", "Error of a perfect model over 100 texts"),
    "error_by_size.4000.by_chance.mean": ("完美模型量 4,000 条的校准误差", "Error of a perfect model over 4,000 texts"),
    "behaviour.plain.invariance.homophones.flips.mean": ("同音错字，改判", "Homophones, verdicts changed"),
    "behaviour.plain.invariance.homophones.flips_over_random.mean": ("同音错字比任意字多改判", "Homophones less any characters"),
    "behaviour.plain.invariance.traditional.flips.mean": ("繁体，改判", "Traditional, verdicts changed"),
    "behaviour.plain.invariance.no_punctuation.flips.mean": ("去掉标点，改判", "No punctuation, verdicts changed"),
    "behaviour.plain.invariance.neutral.flips.mean": ("加一句中性的话，改判", "Neutral sentence, verdicts changed"),
    "behaviour.plain.direction.negated.as_expected.mean": ("加“不”，分数下降", "“Not” added, score falls"),
    "behaviour.plain.direction.negated_random.as_expected.mean": ("加任意字，分数下降", "Any character added, score falls"),
    "behaviour.plain.pairs.not.told_apart.mean": ("“很好”“不好”分得开", "“Not good” told apart"),
    "behaviour.plain.pairs.double.told_apart.mean": ("双重否定分得开", "Two negations told apart"),
    "slices.plain.below_average.mean": ("最差的一类比平均低", "Worst kind below the average"),
    "slices.plain.below_chance.mean": ("最差的一类比随机组低", "Worst kind below random groups"),
    "against_plain.hardened.accuracy.mean": ("加练变体，准确率变化", "Trained on variants, accuracy"),
    "against_plain.hardened.loss.traditional.mean": ("加练变体，繁体上的损失变化", "Trained on variants, loss on traditional"),
    "against_plain.hardened.loss.homophones.mean": ("加练变体，错字上的损失变化", "Trained on variants, loss on homophones"),
}  # fmt: skip
WORDS = {
    "model": ("模型", "Model"),
    "accuracy": ("准确率", "Accuracy"),
    "error": ("校准误差", "Calibration error"),
    "firm": ("说九成以上有把握的", "At least 0.9 sure"),
    "firm_right": ("其中对的", "Right among them"),
    "traditional_loss": ("换成繁体掉多少", "Loss in traditional"),
    "worst": ("最差一类", "Worst kind"),
    "double": ("双重否定全对", "Two negations right"),
    "way": ("校准办法", "Calibration"),
    "brier": ("Brier", "Brier"),
    "certain": ("说 0 或 1 的", "Says 0 or 1"),
    "certain_wrong": ("其中错的", "Wrong among them"),
    "texts": ("量了多少条", "Texts measured"),
    "measured_error": ("量到的", "Measured"),
    "perfect": ("完美的模型也会量到", "A perfect model"),
    "change": ("变化", "Change"),
    "fall": ("准确率掉多少", "Accuracy falls by"),
    "flips": ("改判的占比", "Verdicts changed"),
    "over_random": ("比对照多", "More than control"),
    "loss": ("准确率掉", "Accuracy lost"),
    "hardened_loss": ("加练变体的掉", "Trained on variants"),
    "test": ("测试", "Test"),
    "as_expected": ("分数往该去的方向动", "Score moves the right way"),
    "follows": ("结论也变了", "Verdict follows"),
    "both_right": ("两句都判对", "Both right"),
    "told_apart": ("分得开", "Told apart"),
    "kind": ("哪一类", "Kind"),
    "all": ("全部", "All"),
    "chance_group": ("同样大小的随机组里最差的", "Worst of random groups"),
    "share": ("条数", "Reviews"),
    "confidence": ("模型说的", "Stated"),
    "too_sure": ("多说了", "Stated too much"),
    "never": ("没响", "never"),
    "day": ("第 {:.0f} 天", "day {:.0f}"),
    "any": ("至少一个响", "At least one rings"),
    "ever": ("30 天内响过", "Rings within 30 days"),
    "alarm": ("警报", "Alarm"),
    "alone": ("只看当天", "Each day alone"),
    "summed": ("逐日累计", "Summed up"),
    "requests": ("每天几条", "Requests a day"),
    "psi_mean": ("PSI 平均", "Mean PSI"),
    "psi_0.1": ("PSI 超过 0.1 的日子", "Days with PSI above 0.1"),
    "psi_0.2": ("超过 0.2", "above 0.2"),
    "ks_0.05": ("KS 的 p 小于 0.05", "KS with p below 0.05"),
    "what": ("量什么", "What"),
    "expected": ("预期", "Expected"),
    "measured": ("测到", "Measured"),
    "found_axis": ("20 天内响了的占比（%）", "rang in 20 days (%)"),
    "figure_alt": (
        "六种变化和一个对照，四种警报各在百分之几的数据流上响：标准变了，只有标注的警报响；标点没了，准确率没掉，文本分辨全响。",
        "For six changes and a control, the share of streams in which four alarms ring: after a new standard only that on labels does; "
        "without punctuation accuracy is unharmed and telling texts apart always rings.",
    ),
    "figure_found": (
        "标准变了，准确率掉 {fall}：PSI 只响了 {psi}，每天标 20 条、累计着看，响了 {labels}。",
        "After the new standard, accuracy falls by {fall}: PSI rings in {psi} of the streams, 20 labels a day, summed up, in {labels}.",
    ),
}


def number(value: float, digits: int = 3) -> str:
    """A number; what is nothing but a rest of rounding is 0.000."""
    return any_number(value, digits, small=0)


def percent(share: float, digits: int = 0) -> str:
    """A share in per cent."""
    return f"{100 * share:.{digits}f}%"


def mean_of(one: dict | None) -> str:
    """A mean; a dash where there is none."""
    return number(one["mean"]) if one else "–"


def hidden_table(result: dict, language: str) -> Shown:
    """What one accuracy hides, model by model."""
    text, names = words(language, WORDS), words(language, MODELS)
    rows = []
    for name in names:
        one, acts = result["calibration"][name]["clean"]["none"], result["behaviour"][name]
        rows.append(
            [
                names[name],
                number(one["accuracy"]["mean"]),
                percent(one["firm"]["mean"]),
                number(one["error"]["mean"]),
                number(acts["invariance"]["traditional"]["loss"]["mean"]),
                number(result["slices"][name]["worst_accuracy"]["mean"]),
            ]
        )
    heads = ("model", "accuracy", "firm", "error", "traditional_loss", "worst")
    return table([text[key] for key in heads], rows)


def calibration_table(result: dict, name: str, language: str) -> Shown:
    """Every way to calibrate a model."""
    text, ways = words(language, WORDS), words(language, CALIBRATORS)
    rows = []
    for way, shown in ways.items():
        one = result["calibration"][name]["clean"][way]
        ends = interval(*(number(end) for end in one["error"]["interval"]), language)
        rows.append(
            [
                shown,
                f"{number(one['error']['mean'])} ({ends})",
                number(one["brier"]["mean"], 4),
                number(one["certain"]["mean"], 0),
                number(one["certain_wrong"]["mean"], 0),
            ]
        )
    heads = ("way", "error", "brier", "certain", "certain_wrong")
    return table([text[key] for key in heads], rows)


def size_table(result: dict, language: str) -> Shown:
    """The calibration error by how many texts it is measured on."""
    text = words(language, WORDS)
    rows = [
        [f"{int(size):,}", number(one["measured"]["mean"]), number(one["by_chance"]["mean"])]
        for size, one in result["error_by_size"].items()
    ]
    return table([text[key] for key in ("texts", "measured_error", "perfect")], rows)


def stated_table(result: dict, language: str) -> Shown:
    """What probabilities that were calibrated before a change are worth after it."""
    text, names = words(language, WORDS), words(language, CHANGES)
    rows = [
        [
            names[name],
            number(one["accuracy"]["mean"]),
            number(one["confidence"]["mean"]),
            with_interval(one["too_sure"], language),
            mean_of(one["firm_right"]),
        ]
        for name in names
        for one in [result["stated"][name]]
    ]
    heads = ("change", "accuracy", "confidence", "too_sure", "firm_right")
    return table([text[key] for key in heads], rows)


def shifted_table(result: dict, language: str) -> Shown:
    """The calibration error on clean, slipped and traditional texts, with the calibration made on clean ones."""
    text, names = words(language, WORDS), words(language, MODELS)
    ways = words(language, CALIBRATORS)
    kinds = words(language, {"clean": ("原样", "Clean"), "typos": ("两成错字", "Typos, one in five"), "traditional": ("繁体", "Traditional")})  # fmt: skip
    rows = [
        [f"{names[name]}{'，' if language == 'zh' else ', '}{ways[way]}"]
        + [number(result["calibration"][name][kind][way]["error"]["mean"]) for kind in kinds]
        for name in RAW
        for way in ("none", "temperature", "isotonic")
    ]
    return table([text["model"], *kinds.values()], rows)


def invariance_table(result: dict, language: str) -> Shown:
    """Changes that should not change a verdict."""
    text, ways = words(language, WORDS), words(language, WAYS)
    plain, hardened = (result["behaviour"][name]["invariance"] for name in ("plain", "hardened"))
    rows = []
    for way, shown in ways.items():
        one = plain[way]
        over = one.get("flips_over_random")
        rows.append(
            [
                shown,
                percent(one["flips"]["mean"], 1),
                with_interval(over, language) if over else "–",
                number(one["loss"]["mean"]),
                number(hardened[way]["loss"]["mean"]),
            ]
        )
    heads = ("change", "flips", "over_random", "loss", "hardened_loss")
    return table([text[key] for key in heads], rows)


def direction_table(result: dict, language: str) -> Shown:
    """Changes after which a score should move one way, for the plain model."""
    text, names = words(language, WORDS), words(language, DIRECTIONS)
    of = result["behaviour"]["plain"]["direction"]
    rows = [
        [
            shown,
            number(of[name]["texts"]["mean"], 0),
            percent(of[name]["as_expected"]["mean"], 1),
            percent(of[name]["verdict_follows"]["mean"], 1),
        ]
        for name, shown in names.items()
    ]
    return table([text[key] for key in ("test", "share", "as_expected", "follows")], rows)


def pairs_table(result: dict, language: str) -> Shown:
    """Pairs of short sentences of ours, by model."""
    text, names = words(language, WORDS), words(language, MODELS)
    kinds = words(language, PAIRS)
    colon = "：" if language == "zh" else ": "
    heads = [text["model"]]
    heads += [
        f"{kinds[kind]}{colon}{text[key]}" for kind in kinds for key in ("told_apart", "both_right")
    ]
    rows = []
    for name, shown in names.items():
        of = result["behaviour"][name]["pairs"]
        values = [of[kind][key]["mean"] for kind in kinds for key in ("told_apart", "both_right")]
        rows.append([shown, *(percent(value) for value in values)])
    return table(heads, rows)


def slices_table(result: dict, language: str) -> Shown:
    """Accuracy by kind of review, for two models of which the first two columns are alike."""
    text, names = words(language, WORDS), words(language, SLICES)
    plain, bayes = result["slices"]["plain"], result["slices"]["bayes"]
    every = [
        result["calibration"][name]["clean"]["none"]["accuracy"] for name in ("plain", "bayes")
    ]
    rows = [[text["all"], "–", *(number(one["mean"]) for one in every)]]
    for name, shown in names.items():
        if name in plain["accuracy"]:
            rows.append(
                [
                    shown,
                    number(plain["texts"][name]["mean"], 0),
                    number(plain["accuracy"][name]["mean"]),
                    number(bayes["accuracy"][name]["mean"]),
                ]
            )
    chance = [of["worst_by_chance"]["mean"] for of in (plain, bayes)]
    rows.append([text["chance_group"], "–", *(number(value) for value in chance)])
    models = words(language, MODELS)
    return table([text["kind"], text["share"], models["plain"], models["bayes"]], rows)


def drift_table(result: dict, form: str, language: str) -> Shown:
    """For each change and alarm the share of streams that ring, and the day by which half of them have."""
    text, names, alarms = words(language, WORDS), words(language, CHANGES), words(language, ALARMS)
    rows = []
    for name, shown in names.items():
        of = result["drift"][name]
        cells = []
        for alarm in alarms:
            one = of["alarms"][form][alarm]
            cells.append(percent(one["found"]["mean"]))
            if one["delay"] is not None:
                cells[-1] += f" ({one['delay']:.0f})"
        rows.append([shown, signed(-of["fall"]["mean"]), *cells])
    return table([text["change"], text["accuracy"], *alarms.values()], rows)


def false_alarms_table(result: dict, language: str) -> Shown:
    """How often alarms ring in thirty days in which nothing changes, on streams that did not set the thresholds."""
    text, alarms = words(language, WORDS), words(language, ALARMS)
    of = result["drift"]["quiet"]
    rows = [
        [
            shown,
            *(
                percent(of["alarms"][form][alarm]["ever"]["mean"], 1)
                for form in ("alone", "summed")
            ),
        ]
        for alarm, shown in alarms.items()
    ]
    rows.append(
        [text["any"], *(percent(of["any"][form]["mean"], 1) for form in ("alone", "summed"))]
    )
    return table([text["ever"], text["alone"], text["summed"]], rows)


def rules_table(result: dict, language: str) -> Shown:
    """How often usual limits are exceeded on days on which nothing has changed."""
    text = words(language, WORDS)
    keys = ("psi_0.1", "psi_0.2", "ks_0.05")
    rows = [
        [
            f"{int(size):,}",
            number(one["psi"]["mean"]),
            *(percent(one[key]["mean"], 1) for key in keys),
        ]
        for size, one in result["rules"].items()
    ]
    return table([text["requests"], text["psi_mean"], *(text[key] for key in keys)], rows)


def drift_figure(result: dict, language: str) -> Shown:
    """The share of streams in which four alarms ring, by change."""
    text, names, alarms = words(language, WORDS), words(language, CHANGES), words(language, ALARMS)
    wrapped = {
        name: shown.replace("：", "：\n").replace(": ", ":\n") for name, shown in names.items()
    }

    def draw(colours: dict) -> Figure:
        made, axes = new_figure(4.3)
        style(axes, colours)
        for number_, (alarm, colour) in enumerate(DRAWN.items()):
            places = [place + 0.16 * (number_ - 1.5) for place in range(len(names))]
            shares = [
                100 * result["drift"][name]["alarms"]["summed"][alarm]["found"]["mean"]
                for name in names
            ]
            axes.plot(shares, places, "o", color=colours[colour], markersize=5, label=alarms[alarm])
        axes.set_yticks(range(len(names)), list(wrapped.values()))
        axes.set_ylim(len(names) - 0.5, -0.5)
        axes.set_xlim(-4, 104)
        axes.set_xlabel(text["found_axis"])
        axes.grid(axis="y", visible=False)
        axes.grid(axis="x", color=colours["rule"], linewidth=0.5)
        axes.tick_params(axis="y", colors=colours["ink"])
        legend_above(made, colours)
        return made

    of = result["drift"]["standard"]
    found = text["figure_found"].format(
        fall=number(of["fall"]["mean"]),
        psi=percent(of["alarms"]["summed"]["psi"]["found"]["mean"], 1),
        labels=percent(of["alarms"]["summed"]["labels_20"]["found"]["mean"], 1),
    )
    return figure(draw, alt=text["figure_alt"], caption=found)


def expected_table(result: dict, group: str, language: str) -> Shown:
    """What was written down before beside what was measured."""
    text = words(language, WORDS)
    named = words(language, {**EXPECTATIONS, **drift_expectations()})
    rows = []
    for key, guess in EXPECTED[group].items():
        found = at(result, key)
        rows.append([named[key], number(guess), "–" if found is None else number(found)])
    return table([text["what"], text["expected"], text["measured"]], rows)


def drift_expectations() -> dict[str, tuple[str, str]]:
    """The names of what was expected of streams, by the way to the value."""
    found = {}
    for key in EXPECTED["drift"]:
        first, name, *rest = key.split(".", 2)
        if first == "rules":
            what = {"psi_0.1.mean": ("PSI 超过 0.1", "PSI above 0.1"), "ks_0.05.mean": ("KS 的 p 小于 0.05", "KS with p below 0.05")}[rest[0]]  # fmt: skip
            found[key] = (
                f"平常日子，每天 {name} 条：{what[0]}",
                f"Quiet days of {name}: {what[1]}",
            )
        elif rest[0].startswith("fall"):
            found[key] = (f"{CHANGES[name][0]}：准确率掉", f"{CHANGES[name][1]}: accuracy falls by")
        elif rest[0].startswith("any"):
            found[key] = ("平常 30 天，至少一个警报响", "Thirty quiet days: at least one alarm")
        else:
            _, form, alarm, *_ = rest[0].split(".")
            of = (WORDS[form], ALARMS[alarm])
            found[key] = (
                f"{CHANGES[name][0]}：{of[1][0]}，{of[0][0]}，响",
                f"{CHANGES[name][1]}: {of[1][1]}, {of[0][1].lower()}",
            )
    return found


def at(result: dict, key: str) -> float | None:
    """The value at the end of a way through the result, None where a smaller run has none; keys may hold dots (psi_0.1)."""
    found, parts = result, key.split(".")
    while parts:
        names = [".".join(parts[:n]) for n in range(1, len(parts) + 1)]
        name = next((name for name in names if name in found), None)
        if name is None or found[name] is None:
            return None
        found, parts = found[name], parts[name.count(".") + 1 :]
    return found
