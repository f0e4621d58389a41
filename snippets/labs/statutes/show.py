"""The tables and figures of the lab on statutes, in the page's language."""

from matplotlib.figure import Figure

from snippets.labs.show import Quoted, Shown, figure, new_figure, style, table, words
from snippets.labs.statutes.expected import EXPECTED
from snippets.labs.statutes.texts import short
from snippets.labs.wording import NO_BREAK, interval

METHODS = {
    "words": ("数词（jieba 分词）", "Counting words (jieba)"),
    "pairs": ("数相邻两字", "Counting character pairs"),
    "characters": ("数单字和两字", "Counting characters and pairs"),
    "tfidf": ("TF-IDF，一到三字", "TF-IDF, 1 to 3 characters"),
    "use": ("句向量 USE", "USE vectors"),
    "e5": ("句向量 e5（4 位）", "e5 vectors (4 bits)"),
    "characters_use": ("计数 + USE", "Counting and USE"),
    "characters_e5": ("计数 + e5", "Counting and e5"),
    "listed": ("计数 + 口语词表", "Counting and word list"),
    "listed_e5": ("计数 + 词表 + e5", "Counting, list and e5"),
    "asked": ("计数 + 问过的问题", "Counting and past questions"),
    "command": ("计数 + 词表 + 问过的", "Counting, list and past questions"),
}
GROUPS = {
    "open": ("先出的题", "Earlier, ours"),
    "held": ("先出，留出", "Held back, ours"),
    "shared": ("别人的题", "By another"),
    "fresh": ("后出的题", "Later, ours"),
    "asked": ("真人提问", "Real people"),
}
KINDS = {
    "company": ("公司", "Companies"),
    "consumer": ("消费、广告", "Consumers, advertising"),
    "contract": ("合同、借款", "Contracts, loans"),
    "crime": ("治安、犯罪", "Offences"),
    "data": ("数据", "Data"),
    "family": ("婚姻、继承", "Family"),
    "ip": ("版权、专利、商标", "Copyright, patents, marks"),
    "other": ("其他", "Other"),
    "procedure": ("打官司", "Courts"),
    "tax": ("税", "Taxes"),
    "tenancy": ("租房、小区", "Homes"),
    "traffic": ("交通", "Traffic"),
    "wages": ("上班", "Work"),
    "none-rule": ("条文在法规、解释里", "Answered by a regulation"),
    "none-local": ("地方的规定", "Local rules"),
    "none-foreign": ("外国法", "Foreign law"),
    "none-topic": ("与法律无关", "Not about law"),
}
ERRORS = {
    "right": ("没有错，引了原文", "None, words quoted"),
    "right_no_words": ("没有错，没引原文", "None, nothing quoted"),
    "wrong_number": ("条号错", "Wrong article"),
    "wrong_number_no_words": ("条号错，没引原文", "Wrong article, nothing quoted"),
    "wrong_law": ("法律错", "Wrong statute"),
    "no_such_number": ("没有这一条", "No such article"),
    "amount": ("数字改了一个", "One digit changed"),
    "may_not": ("“可以”“不得”对调", "May and may not swapped"),
    "dropped": ("漏了一截", "A part left out"),
    "repealed": ("已废止的法律", "Repealed statute"),
    "replaced": ("被新法取代的旧文", "Replaced text"),
    "not_yet": ("还没施行的新文", "Text not yet in force"),
}
PAIRS = {
    "paraphrase": ("同一个意思，换种说法", "Same meaning, other words"),
    "negation": ("改一个词，意思相反", "One word turned round"),
    "amount": ("换一个数", "Another amount"),
    "unrelated": ("毫不相干", "Unrelated"),
}
WORDS = {
    "method": ("方法", "Method"),
    "kind": ("类别", "Kind"),
    "questions": ("题数", "Questions"),
    "caught": ("拦下（95% 区间）", "Caught (95% interval)"),
    "error": ("引用里的错", "Error in the citation"),
    "made": ("条数", "Made"),
    "pair": ("两句话", "Two sentences"),
    "refused": ("拒答（95% 区间）", "Refused (95% interval)"),
    "question": ("问题", "Question"),
    "law": ("法律", "Statute"),
    "article": ("条", "Article"),
    "value": ("量", "Quantity"),
    "expected": ("事先的预计", "Expected"),
    "measured": ("实测", "Measured"),
    "before": ("{} 适用", "Law on {}"),
    "none": ("没有", "none"),
    "since": ("{} 起的文本", "text since {}"),
    "piece": ("切法", "Pieces"),
    "by_article": ("一条一块", "By article"),
    "by_window": ("每 {} 字一块", "Every {} characters"),
    "axis": ("正确条文在前五条的题（%）", "in the first five (%)"),
    "recall_alt": (
        "各检索方法在自拟题、词表之后写的题和真人提问上的前五命中率：真人提问上，加入问过的问题才明显更高；自拟题上只有用了词表的高，"
        "词表之后写的题都低",
        "Recall at five of each method on our own questions, on those written after the list and on those of real people: on the last, "
        "past questions alone add much; on ours only the list is high; on the later ones all are low",
    ),
    "recall_found": (
        "词表把先出的题从 {} 抬到 {}，后出的题只从 {} 到 {}，真人提问从 {} 到 {}：写词表的人知道先出的题。对真人提问真有用的是问过的"
        "问题：到 {}。点是命中率，横线是 95% 区间。",
        "The word list lifts earlier questions from {} to {}, later ones only from {} to {}, those of real people from {} to {}: its "
        "author knew the earlier ones. What helps real people's is past questions: {}. Dots are shares, lines 95% intervals.",
    ),
    "coverage": ("回答的题（%）", "questions answered (%)"),
    "precision": ("答了的题里，正确条文在前五（%）", "of those answered, article among five (%)"),
    "curve_alt": (
        "按把握从大到小回答，答得越多，答对的比例越低：自拟题和真人提问各一条曲线",
        "Answering the surest first: the more is answered, the fewer of the answers are right, one curve for our questions and one for "
        "those of real people",
    ),
    "curve_found": (
        "只答最有把握的三成，真人提问的命中率是 {}；全答是 {}。",
        "Answering only the surest three tenths of what real people asked, {} have their article; answering everything, {}.",
    ),
}
SETS = ("asked", "fresh", "shared", "held", "open")  # on a phone, the first two matter most


def percent(share: float) -> str:
    """A share as a number of per cent."""
    return f"{100 * share:.0f}%"


def with_ends(found: dict, language: str) -> str:
    """A share with its interval; a dash for none."""
    if not found["of"]:
        return "—"
    low, high = (f"{100 * end:.0f}" for end in found["interval"])
    return f"{percent(found['share'])} ({interval(low, high, language)})".replace(
        " (", NO_BREAK + "("
    )


def recall_table(result: dict, depth: int, language: str) -> Shown:
    """Recall of every method on every set."""
    return recalls(result["methods"], depth, language)


def pool_table(result: dict, language: str) -> Shown:
    """Recall at five over the small pool, e5 among the methods; over everything in a setting without embeddings."""
    return recalls(result.get("pool", result)["methods"], 5, language)


def recalls(methods: dict, depth: int, language: str) -> Shown:
    """A table of recall at some depth."""
    text, names, groups = (words(language, one) for one in (WORDS, METHODS, GROUPS))
    rows = [
        [names[name], *(with_ends(found[group][f"at_{depth}"], language) for group in SETS)]
        for name, found in methods.items()
    ]
    first = next(iter(methods.values()))
    heads = [f"{groups[group]} ({first[group][f'at_{depth}']['of']})" for group in SETS]
    return table([text["method"], *heads], rows)


def kinds_table(result: dict, language: str) -> Shown:
    """Recall at five by kind of question, our own."""
    text, names, kinds = (words(language, one) for one in (WORDS, METHODS, KINDS))
    shown = result["kinds"]
    rows = [
        [kinds[kind], str(found["of"]), *(percent(shown[name][kind]["share"]) for name in shown)]
        for kind, found in shown["characters"].items()
    ]
    return table([text["kind"], text["questions"], *(names[name] for name in shown)], rows)


def citations_table(result: dict, language: str) -> Shown:
    """What the check catches, by kind of error."""
    text, errors = words(language, WORDS), words(language, ERRORS)
    rows = [
        [errors[kind], str(found["of"]), with_ends(found, language)]
        for kind, found in result["citations"].items()
    ]
    return table([text["error"], text["made"], text["caught"]], rows)


def refusal_table(result: dict, language: str) -> Shown:
    """What is refused of the questions that no statute answers."""
    text, kinds = words(language, WORDS), words(language, KINDS)
    found = result["refusal"]["ours"]["refused_by_kind"]
    rows = [[kinds[k], str(found[k]["of"]), with_ends(found[k], language)] for k in found]
    return table([text["kind"], text["questions"], text["refused"]], rows)


def pairs_table(result: dict, language: str) -> Shown:
    """Mean cosine of two sentences, by how they differ."""
    text, pairs, names = (words(language, one) for one in (WORDS, PAIRS, METHODS))
    found = result.get("pairs", {})  # none in a setting without embeddings
    rows = [
        [pairs[kind], *(f"{found[name]['mean'][kind]:.3f}" for name in found)] for kind in PAIRS
    ]
    return table([text["pair"], *(names[name] for name in found)], rows)


def windows_table(result: dict, language: str) -> Shown:
    """Recall by article and by window."""
    text = words(language, WORDS)
    found = result["windows"]
    names = {"article": text["by_article"], "window": text["by_window"].format(found["size"])}
    rows = [
        [name, *(with_ends(found[key][f"at_{depth}"], language) for depth in (1, 5, 10))]
        for key, name in names.items()
    ]
    return table([text["piece"], "1", "5", "10"], rows)


def changes_table(result: dict, other_day: str, language: str) -> Shown:
    """What becomes law between two days."""
    text = words(language, WORDS)

    def of(start: str | None) -> str:
        return text["since"].format(start) if start else text["none"]

    law = result["law"]
    rows = [
        [Quoted(short(one["law"]), "zh"), of(one["before"]), of(one["after"])]
        for one in law["changes"]
    ]
    heads = [text["law"], *(text["before"].format(day) for day in (law["day"], other_day))]
    return table(heads, rows, 3)


def missed_table(result: dict, count: int, language: str) -> Shown:
    """Questions that neither counting nor vectors find among ten, the first of them."""
    text = words(language, WORDS)
    found = result["found_by_nobody"]
    step = max(1, len(found) // count)
    rows = [
        [
            Quoted(one[k], "zh") if k != "law" else Quoted(short(one[k]), "zh")
            for k in ("question", "law", "article")
        ]
        for one in found[::step][:count]
    ]
    return table([text["question"], text["law"], text["article"]], rows, 3)


def expected_table(result: dict, language: str) -> Shown:
    """What was expected beside what came out."""
    text = words(language, WORDS)
    rows = []
    for key, value in EXPECTED.items():
        found = result
        for part in key.split("."):
            found = found.get(part) if isinstance(found, dict) else None
        rows.append(
            [key.removesuffix(".share"), percent(value), "—" if found is None else percent(found)]
        )
    return table([text["value"], text["expected"], text["measured"]], rows)


def recall_figure(result: dict, language: str) -> Shown:
    """Recall at five of each method, on our questions and on those of real people."""
    text, names, groups = (words(language, one) for one in (WORDS, METHODS, GROUPS))
    methods = result["methods"]

    def draw(colours: dict) -> Figure:
        made, axes = new_figure(4.6)
        for group, colour, offset in (
            ("open", "second", -0.25),
            ("fresh", "third", 0.0),
            ("asked", "first", 0.25),
        ):
            for place, found in enumerate(methods.values()):
                at = found[group]["at_5"]
                ends = [100 * end for end in at["interval"]]
                axes.plot(ends, [place + offset] * 2, color=colours[colour], linewidth=1.4)
                label = groups[group] if not place else None
                axes.plot(100 * at["share"], place + offset, "o", color=colours[colour], markersize=4.5, label=label)  # fmt: skip
        axes.set_yticks(range(len(methods)), [names[name] for name in methods])
        axes.set_ylim(len(methods) - 0.5, -0.5)
        axes.set_xlim(0, 100)
        axes.set_xlabel(text["axis"])
        style(axes, colours)
        axes.grid(axis="x", color=colours["rule"], linewidth=0.5)
        axes.tick_params(axis="y", colors=colours["ink"])
        made.legend(frameon=False, fontsize=9, labelcolor=colours["ink"], loc="outside upper left", ncols=3, handletextpad=0.1, columnspacing=0.9)  # fmt: skip
        return made

    shares = [
        percent(methods[name][group]["at_5"]["share"])
        for name, group in (
            ("characters", "open"),
            ("listed", "open"),
            ("characters", "fresh"),
            ("listed", "fresh"),
            ("characters", "asked"),
            ("listed", "asked"),
            ("asked", "asked"),
        )
    ]
    return figure(draw, alt=text["recall_alt"], caption=text["recall_found"].format(*shares))


def curve_figure(result: dict, language: str) -> Shown:
    """Precision against coverage of the rule that refuses."""
    text, groups = words(language, WORDS), words(language, GROUPS)
    tests = result["refusal"]

    def draw(colours: dict) -> Figure:
        made, axes = new_figure(2.9)
        for name, group, colour in (("ours", "held", "second"), ("asked", "asked", "first")):
            steps = tests[name]["curve"]
            xs = [100 * step["coverage"] for step in steps]
            lows, highs = ([100 * step["interval"][end] for step in steps] for end in (0, 1))
            axes.fill_between(xs, lows, highs, color=colours[colour], alpha=0.15, linewidth=0)
            ys = [100 * step["share"] for step in steps]
            axes.plot(xs, ys, color=colours[colour], marker="o", markersize=4, label=groups[group])
        axes.set_xlabel(text["coverage"])
        axes.set_title(text["precision"], loc="left", fontsize=9, color=colours["soft"], pad=6)
        axes.set_ylim(0, 102)
        style(axes, colours)
        axes.legend(frameon=False, fontsize=9, labelcolor=colours["ink"], loc="lower left")
        return made

    curve = tests["asked"]["curve"]
    found = text["curve_found"].format(percent(curve[2]["share"]), percent(curve[-1]["share"]))
    return figure(draw, alt=text["curve_alt"], caption=found)
