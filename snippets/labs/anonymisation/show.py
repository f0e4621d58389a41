"""Tables and figures of the lab on anonymisation, in both languages."""

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from snippets.labs.anonymisation.people_table import groups
from snippets.labs.anonymisation.personal_cases import NOTATIONS, TRAPS
from snippets.labs.anonymisation.personal_data import KINDS, STRUCTURED, ours
from snippets.labs.show import Shown, caption, figure, legend, new_figure, style, table, words
from snippets.labs.wording import interval
from snippets.runs import InputError

WORDS = {
    "kind": ("种类", "Kind"),
    "recall": ("召回率", "Recall"),
    "precision": ("精确率", "Precision"),
    "shipped_recall": ("Presidio 自带：召回率", "As shipped: recall"),
    "cases": ("例数", "Cases"),
    "phone": ("电话", "Telephone"),
    "id_card": ("身份证号", "Identity card"),
    "bank_card": ("银行卡号", "Bank card"),
    "email": ("邮箱", "E-mail"),
    "address": ("地址", "Address"),
    "name": ("姓名", "Name"),
    "none": ("—", "—"),
    "notation": ("写法", "How it is written"),
    "example": ("例子", "Example"),
    "trap": ("不是个人信息，却长得像", "Nobody's data, but looks like it"),
    "checked": ("验校验位", "Check digits"),
    "unchecked": ("不验校验位", "No check digits"),
    "false_alarms": ("误报率", "False alarms"),
    "method": ("方法", "Method"),
    "ours": ("称谓与上下文规则", "Rules: titles and cues"),
    "tagger": ("snownlp 词性标注", "snownlp's tagger"),
    "surnames": ("只查姓氏", "Surnames alone"),
    "word_alarms": ("普通词误报", "Alarms on common words"),
    "real_alarms": ("真实评论：每千条报警", "Alarms per 1,000 real reviews"),
    "is_name": ("抽读 100 个：是人名", "Of 100 read: a person's name"),
    "what": ("评论里真有的", "What is in the reviews"),
    "count": ("个数", "Count"),
    "shipped_found": ("Presidio 自带找到", "Found as shipped"),
    "ours_found": ("我们的找到", "Found by ours"),
    "mobile": ("私人手机号", "Somebody's mobile number"),
    "own_email": ("私人邮箱", "Somebody's e-mail address"),
    "qq": ("私人 QQ 号", "Somebody's QQ number"),
    "firm": ("商家电话", "A firm's telephone number"),
    "order": ("订单号", "Order numbers"),
    "columns": ("留下的列", "Columns left"),
    "unique_table": ("表中唯一", "Unique in the table"),
    "unique_town": ("全城唯一", "Unique in the town"),
    "sex_year": ("性别、出生年", "sex, year\nof birth"),
    "district_sex_year": ("再加区", "and district"),
    "with_occupation": ("再加职业", "and\noccupation"),
    "with_birthday": ("区、性别、\n出生日期", "district, sex,\ndate of birth"),
    "all": ("再加职业", "and\noccupation"),
    "joined": ("用来对照的列", "Columns compared"),
    "named": ("对上名字的行", "Rows given a name"),
    "right": ("其中对得准", "Of these right"),
    "found_again": ("两边都有的人被认出", "Recognised, of those in both"),
    "birthday": ("区、性别、出生日期", "district, sex, date of birth"),
    "birthday_and_occupation": ("区、性别、出生日期、职业", "the same and occupation"),
    "year_and_occupation": ("区、性别、出生年、职业", "district, sex, year, occupation"),
    "k": ("k", "k"),
    "explained": ("能解释的消费差异", "Spending explained"),
    "dropped": ("删去的行", "Rows dropped"),
    "guess": ("乱猜也能猜中", "Right by guessing"),
    "levels": ("留下的列（第一座城）", "Columns left (first town)"),
    "plain": ("通常写法", "plain"),
    "grouped": ("分组", "in groups"),
    "country": ("带 +86", "with +86"),
    "landline": ("固定电话", "landline"),
    "wide": ("全角", "full-width"),
    "words": ("汉字数字", "in words"),
    "small_x": ("小写 x", "small x"),
    "old": ("15 位旧号", "15 digits, old"),
    "mistyped": ("输错一位", "one digit wrong"),
    "credit": ("16 位", "16 digits"),
    "tight": ("紧贴汉字", "between Chinese"),
    "veiled": ("故意改写", "veiled"),
    "full": ("省市区路号室", "in full"),
    "street": ("市区路号", "city to number"),
    "estate": ("小区楼栋", "estate and house"),
    "short": ("只有路和号", "street and number"),
    "village": ("村、组", "village"),
    "described": ("描述位置", "described"),
    "introduced": ("“我叫……”等", "introduced"),
    "mentioned": ("句中提到", "mentioned"),
    "title": ("姓加称谓", "surname and title"),
    "compound": ("复姓", "compound surname"),
    "minority": ("少数民族姓名", "of a minority"),
    "latin": ("外文或拼音", "Latin letters"),
    "order_like_phone": ("11 位订单号，像手机号", "order, like a mobile number"),
    "order_number": ("其他订单号、运单号", "other order numbers"),
    "id_wrong_digit": ("身份证样式，校验位错", "like an identity card, wrong check digit"),
    "card_wrong_digit": ("银行卡样式，校验位错", "like a bank card, wrong check digit"),
    "serial_18": ("18 位流水号", "18-digit serial"),
    "serial_19": ("16 或 19 位流水号", "16- or 19-digit serial"),
    "date_or_price": ("日期、价格、型号", "date, price, model"),
    "isbn": ("ISBN", "ISBN"),
    "hotline": ("客服热线", "hotline"),
    "word_like_name": ("像姓名的普通词", "words like names"),
    "word_like_address": ("像地址的说法", "words like addresses"),
    "handle": ("@ 与网址", "@ and web addresses"),
    "notation_alt": (
        "六类信息在各种写法下的召回率：电话、身份证、银行卡、邮箱的通常写法接近全部找到，输错一位、汉字数字和改写的几乎都漏掉，姓名和地址起伏很大",
        "Recall of six kinds by how they are written: telephones, identity cards, bank cards and e-mail addresses are nearly all found as usually "
        "written and missed when mistyped, in words or veiled; names and addresses vary widely",
    ),
    "unique_alt": (
        "去掉姓名后仍独一无二的行所占的比例，随留下的列增加从零升到接近全部",
        "Share of rows that stay unique without names: from none to nearly all as more columns are left",
    ),
    "coarse_alt": (
        "k 越大，能解释的消费差异越少，乱猜猜中的机会也越小",
        "The larger k, the less of the spending is explained and the smaller the chance of guessing right",
    ),
    "share_rows": ("独一无二的行", "unique rows"),
    "in_table": ("在公司的表里", "in the table"),
    "in_town": ("在全城里", "in the town"),
    "nothing": ("（无）", "(none)"),
    "birth0": ("出生日期", "date of birth"),
    "birth1": ("出生年月", "month of birth"),
    "birth2": ("出生年", "year of birth"),
    "birth3": ("5 年段", "birth in 5 years"),
    "birth4": ("10 年段", "birth in 10 years"),
    "district0": ("区", "district"),
    "district1": ("片区", "region"),
    "occupation0": ("职业", "occupation"),
    "occupation1": ("职业大类", "group of occupations"),
    "sex0": ("性别", "sex"),
    "alarms": ("处数", "Places"),
    "per_thousand": ("每千行", "Per 1,000 lines"),
    "smallest": ("最小的组", "Smallest group"),
    "comma": ("、", ", "),
    "best": ("不限 k", "no k"),
    "notation_found": (
        "通常写法的号码找到 {usual} 以上；用汉字念的、改写的、输错一位的，一个也找不到；姓名和地址起伏很大。横线为 95% 区间。",
        "Numbers as usually written: over {usual} found. In words, veiled or with one digit wrong: none. Names and addresses "
        "vary widely. Lines are 95% intervals.",
    ),
    "unique_found": (
        "没有姓名，只留区、性别、出生年和职业，表里仍有 {year} 的行独一无二；换成出生日期，是 {day}。",
        "Without names, but with district, sex, year of birth and occupation, {year} of the rows are unique in the table; "
        "with the date of birth, {day}.",
    ),
    "by_day": ("对照出生日期", "by date of birth"),
    "by_year": ("只对照出生年", "by year of birth"),
    "varied": ("只改一项", "One thing varied"),
    "short_stale": ("过时", "stale"),
    "short_inhabitants": ("人口", "town"),
    "short_overlap": ("覆盖", "overlap"),
    "stale": ("名册里过时的条目", "stale entries in the register"),
    "inhabitants": ("城市人口", "inhabitants of the town"),
    "overlap": ("名册覆盖全城的比例", "share of the town in the register"),
    "again_day": ("出生日期：被认出", "By date: recognised"),
    "right_day": ("其中对得准", "names right"),
    "again_year": ("出生年：被认出", "By year: recognised"),
    "right_year": ("其中对得准", "names right"),
    "found_axis": ("两边都有的人，被认出的比例", "recognised, of the people in both"),
    "sweep_alt": (
        "三幅折线图：名册越陈旧，被认出的越少；城市越大、名册覆盖越广，只对照出生年时被认出的越少，对照出生日期时变化不大",
        "Three line charts: the staler the register, the fewer are recognised; the larger the town and the more of it the register holds, "
        "the fewer are recognised by year of birth, while by date of birth little changes",
    ),
    "sweep_found": (
        "对照出生日期，64 种组合里被认出 {day_least} 到 {day_most}；只对照出生年，{year_least} 到 {year_most}。每幅图只改一项，其余取 10 万人、覆盖 30%、过时 10%。",
        "By date of birth, {day_least} to {day_most} are recognised over 64 combinations; by year, {year_least} to {year_most}. "
        "Each panel varies one thing; the others stay at 100,000 inhabitants, 30% in the register, 10% of it stale.",
    ),
}
VARIED = {"stale": "{:.0%}", "inhabitants": "{:,}", "overlap": "{:.0%}"}  # by sweep, with its form


def percent(value: float) -> str:
    """A share with the digits that its size deserves."""
    return f"{value * 100:.1f}%"


def with_interval(share: dict, language: str) -> str:
    """A share and its interval; a dash where nothing was measured."""
    if "share" not in share:
        return "—"
    low, high = (f"{end * 100:.1f}" for end in share["interval"])
    return f"{percent(share['share'])} ({interval(low, high, language)})"


def kinds_table(result: dict, language: str) -> Shown:
    """Recall and precision of each kind, and the recall of what Presidio brings."""
    text = words(language, WORDS)
    shipped, ours = (result["detectors"][name]["kinds"] for name in ("shipped", "ours"))
    return table(
        [text["kind"], text["shipped_recall"], text["recall"], text["precision"], text["cases"]],
        [
            [
                text[kind],
                with_interval(shipped[kind]["recall"], language) if kind in shipped else "—",
                with_interval(ours[kind]["recall"], language),
                with_interval(ours[kind]["precision"], language),
                f"{ours[kind]['recall']['of']:,}",
            ]
            for kind in KINDS
        ],
    )


def notations_figure(result: dict, language: str) -> Shown:
    """Recall by notation: a point with its interval each."""
    text = words(language, WORDS)

    def draw(colours: dict) -> Figure:
        made, axes = new_figure(8.2)
        place, ticks, labels = 0.0, [], []
        for kind in KINDS:
            axes.text(
                -0.02,
                place,
                text[kind],
                fontsize=9,
                color=colours["ink"],
                weight="bold",
                ha="right",
                va="center",
            )
            place += 1
            for notation in NOTATIONS[kind]:
                share = result["detectors"]["ours"]["kinds"][kind]["notations"][notation]
                colour = colours["second"] if kind in STRUCTURED else colours["first"]
                axes.plot(share["interval"], [place] * 2, color=colour, linewidth=1.4)
                axes.plot(share["share"], place, "o", color=colour, markersize=4.5)
                ticks.append(place)
                labels.append(text[notation])
                place += 1
            place += 0.3
        axes.set_yticks(ticks, labels)
        axes.set_ylim(place - 0.8, -0.7)
        axes.set_xlim(-0.02, 1.02)
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25%", "50%", "75%", "100%"])
        style(axes, colours)
        axes.grid(axis="x", color=colours["rule"], linewidth=0.5)
        axes.tick_params(axis="y", colors=colours["ink"])
        caption(axes, text["recall"], colours)
        return made

    usual = min(
        result["detectors"]["ours"]["kinds"][kind]["notations"]["plain"]["share"]
        for kind in STRUCTURED
    )
    found = text["notation_found"].format(usual=f"{usual * 100:.0f}%")
    return figure(draw, text["notation_alt"], found)


def traps_table(result: dict, language: str) -> Shown:
    """False alarms on what only looks like data, with and without check digits."""
    text = words(language, WORDS)
    checked, unchecked = (result["detectors"][name]["traps"] for name in ("ours", "unchecked"))
    return table(
        [text["trap"], text["unchecked"], text["checked"]],
        [
            [
                text["order_number" if name == "order" else name],
                with_interval(unchecked[name], language),
                with_interval(checked[name], language),
            ]
            for name in TRAPS
        ],
    )


def names_table(result: dict, language: str) -> Shown:
    """Three ways to find names."""
    text = words(language, WORDS)
    rows = []
    for name in ("ours", "tagger", "surnames"):
        found, real = result["detectors"][name], result["reviews"][name]["kinds"].get("name")
        judged = real["judged"] if real else {}
        persons = sum(judged[what]["count"] for what in ("public", "private") if what in judged)
        rows.append(
            [
                text[name],
                with_interval(found["kinds"]["name"]["recall"], language),
                with_interval(found["traps"]["word_like_name"], language),
                f"{real['per_thousand']:,.0f}" if real else "0",
                f"{persons}/{real['judged_count']}" if real and real["judged_count"] else "—",
            ]
        )
    return table(
        [text["method"], text["recall"], text["word_alarms"], text["real_alarms"], text["is_name"]],
        rows,
    )


def real_table(result: dict, language: str) -> Shown:
    """What people really left in the reviews, and whether it is found."""
    text = words(language, WORDS)
    strings = result["reviews"]["strings"]
    return table(
        [text["what"], text["count"], text["shipped_found"], text["ours_found"]],
        [
            [
                text["own_email" if what == "email" else what],
                str(strings[what]["ours"]["of"]),
                str(strings[what]["shipped"]["count"]),
                str(strings[what]["ours"]["count"]),
            ]
            for what in ("mobile", "email", "qq", "firm", "order")
            if what in strings
        ],
    )


def unique_figure(result: dict, language: str) -> Shown:
    """How many rows stay unique, by the columns that are left."""
    text = words(language, WORDS)
    unique = result["tables"]["unique"]

    def draw(colours: dict) -> Figure:
        made, axes = new_figure(3.6)
        for offset, where, label, colour in (
            (-0.2, "table", "in_table", "first"),
            (0.2, "town", "in_town", "second"),
        ):
            for i, name in enumerate(unique):
                value = unique[name][where]["mean"]
                axes.barh(
                    i + offset,
                    value,
                    0.36,
                    color=colours[colour],
                    label=text[label] if i == 0 else None,
                )
                axes.text(
                    value + 0.015,
                    i + offset,
                    percent(value),
                    va="center",
                    fontsize=9,
                    color=colours["ink"],
                )
        axes.set_yticks(range(len(unique)), [text[name] for name in unique])
        axes.set_ylim(len(unique) - 0.4, -0.6)
        axes.set_xlim(0, 1.22)
        axes.set_xticks([0, 0.5, 1], ["0", "50%", "100%"])
        style(axes, colours)
        axes.grid(axis="y", visible=False)
        axes.tick_params(axis="y", colors=colours["ink"])
        caption(axes, text["share_rows"], colours)
        legend(axes, colours, "upper right")
        return made

    ends = {"year": unique["with_occupation"], "day": unique["all"]}
    shares = {name: percent(where["table"]["mean"]) for name, where in ends.items()}
    return figure(draw, text["unique_alt"], text["unique_found"].format(**shares))


def varied(result: dict, what: str) -> list[dict]:
    """The cells of the sweep in which one setting is varied, and the others are those of the towns above."""
    usual = {
        "inhabitants": result["settings"]["inhabitants"],
        "overlap": result["settings"]["known"] / result["settings"]["inhabitants"],
        "stale": result["settings"]["stale"],
    }
    others = [name for name in usual if name != what]
    return [
        cell
        for cell in result["tables"]["sweep"]["cells"]
        if all(abs(cell[name] - usual[name]) < 1e-9 for name in others)
    ]


def sweep_figure(result: dict, language: str) -> Shown:
    """How many are recognised, by what we cannot know of a register."""
    text = words(language, WORDS)

    def draw(colours: dict) -> Figure:
        made, panels = new_figure(5.6, rows=3)
        for axes, (what, form) in zip(panels, VARIED.items(), strict=True):
            cells = varied(result, what)
            for name, label, colour in (
                ("birthday_and_occupation", "by_day", "first"),
                ("year_and_occupation", "by_year", "second"),
            ):
                shares = [cell[name]["found_again"]["share"] for cell in cells]
                axes.plot(
                    range(len(cells)),
                    shares,
                    "o-",
                    color=colours[colour],
                    markersize=4.5,
                    linewidth=1.4,
                    label=text[label],
                )
                for place, value in enumerate(shares):
                    axes.annotate(
                        f"{value * 100:.0f}",
                        (place, value),
                        xytext=(0, 5),
                        textcoords="offset points",
                        ha="center",
                        fontsize=9,
                        color=colours["ink"],
                    )
            axes.set_xticks(range(len(cells)), [form.format(cell[what]) for cell in cells])
            axes.set_xlim(-0.3, len(cells) - 0.7)
            axes.set_ylim(0, 1.18)
            axes.set_yticks([0, 0.5, 1], ["0", "50%", "100%"])
            style(axes, colours)
            caption(axes, text[what], colours)
        made.legend(
            *panels[0].get_legend_handles_labels(),
            loc="outside upper left",
            ncols=2,
            frameon=False,
            fontsize=9,
            labelcolor=colours["ink"],
        )
        return made

    ends = result["tables"]["sweep"]["range"]
    shares = {
        f"{short}_{end}": percent(ends[name]["found_again"][end])
        for short, name in (("day", "birthday_and_occupation"), ("year", "year_and_occupation"))
        for end in ("least", "most")
    }
    return figure(draw, text["sweep_alt"], text["sweep_found"].format(**shares))


def sweep_table(result: dict, language: str) -> Shown:
    """The same with how many of the names given are right."""
    text = words(language, WORDS)
    rows = []
    for what, form in VARIED.items():
        for cell in varied(result, what):
            shares = [
                percent(cell[name][part]["share"]) if cell[name][part]["of"] else "—"
                for name in ("birthday_and_occupation", "year_and_occupation")
                for part in ("found_again", "right")
            ]
            rows.append([f"{text[f'short_{what}']} {form.format(cell[what])}", *shares])
    heads = ("varied", "again_day", "right_day", "again_year", "right_year")
    return table([text[head] for head in heads], rows)


def linked_table(result: dict, language: str) -> Shown:
    """How many people a register with names finds again."""
    text = words(language, WORDS)
    return table(
        [text["joined"], text["named"], text["right"], text["found_again"]],
        [
            [
                text[name],
                percent(row["named"]["share"]),
                percent(row["right"]["share"]),
                percent(row["found_again"]["share"]),
            ]
            for name, row in result["tables"]["linked"].items()
        ],
    )


def left(levels: list[int], text: dict) -> str:
    """The columns that are left at some levels, in words."""
    parts = [
        text.get(f"{name}{level}")
        for name, level in zip(("birth", "district", "occupation", "sex"), levels, strict=True)
    ]
    return text["comma"].join(part for part in parts if part) or text["nothing"]


def coarse_table(result: dict, language: str) -> Shown:
    """What is left at each k, and what it is worth."""
    text = words(language, WORDS)
    return table(
        [text["k"], text["levels"], text["dropped"], text["guess"], text["explained"]],
        [
            [
                text["best"] if row["k"] == 1 else str(row["k"]),
                left(row["levels"][0], text),
                percent(row["dropped"]["mean"]),
                f"{row['guessed']['mean'] * 100:.2f}%",
                percent(row["explained"]["mean"]),
            ]
            for row in result["tables"]["coarse"]
        ],
        numbers_from=2,
    )


# Your own data


def own_table(path: str | Path, language: str) -> Shown:
    """What the recognisers find in a text file in UTF-8, one text a line."""
    text, find = words(language, WORDS), ours()
    lines = [
        line for line in Path(path).read_text(encoding="utf-8-sig").splitlines() if line.strip()
    ]
    counts = dict.fromkeys(KINDS, 0)
    for line in lines:
        for span in find(line):
            counts[span.kind] += 1
    return table(
        [text["kind"], text["alarms"], text["per_thousand"]],
        [
            [text[kind], str(count), f"{1000 * count / max(len(lines), 1):.1f}"]
            for kind, count in counts.items()
        ],
    )


def unique_table(path: str | Path, columns: Sequence[str], language: str) -> Shown:
    """How many rows of a CSV file in UTF-8 are unique, by its first named column, its first two, and so on.

    Raises InputError for a column that is not there.
    """
    text = words(language, WORDS)
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        rows, names = list(reader), reader.fieldnames or []
    if missing := [name for name in columns if name not in names]:
        raise InputError(f"{path} has no column “{missing[0]}”; it has: {', '.join(names)}")
    numbered = [np.unique([row[name] for row in rows], return_inverse=True)[1] for name in columns]
    shown = []
    for count in range(1, len(columns) + 1):
        group = groups(numbered[:count])
        sizes = np.bincount(group)
        shown.append(
            [
                text["comma"].join(columns[:count]),
                percent(float((sizes[group] == 1).mean())),
                str(sizes.min()),
            ]
        )
    return table([text["columns"], text["unique_table"], text["smallest"]], shown)
