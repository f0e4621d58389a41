"""The pages below tools/: the form of a calculator with a worked example beside it, and examples from real runs.

A marker on a page, `<!-- calculator: training -->`, stands for the tool; `<!-- calculator examples: training -->` for
its examples, and `<!-- calculators -->` for the list of all.
What stands there without a script is computed at build by snippets/calculators/; the script shows the same.
"""

import json
import logging
import re
from collections.abc import Iterable
from html import escape
from typing import Any
from urllib.parse import quote

from handbook.assets import of_a_feature
from handbook.calculators.figures import UNITS, figure
from handbook.calculators.pages import CASES, OPENINGS
from handbook.calculators.words import TABLES, words
from snippets.calculators import tables
from snippets.calculators.calculators import CALCULATORS

PAGES = "tools/"
TOOL = re.compile(r"^<!-- calculator: (\w+) -->$", re.MULTILINE)
EXAMPLES = re.compile(r"^<!-- calculator examples: (\w+) -->$", re.MULTILINE)
LIST, TABLES_LIST = "<!-- calculators -->", "<!-- calculator tables -->"
# What the page needs of a row: names, numbers, and where they come from.
LEFT_OUT = {"also", "released", "note", "grade", "size", "by", "from", "url"}
FILES = {"model": "models", "card": "cards", "price": "prices"}
# What reading tables with faults raises: the build stops over the warning, and the preview shows the other pages.
BROKEN = (OSError, LookupError, TypeError, AttributeError, ValueError, StopIteration)
LOG = logging.getLogger("mkdocs.plugins.handbook.calculators")
TICKS = 6
# Units that go without saying.
SAID_BY_LABEL = {
    "",
    "1",
    "parameters",
    "cards",
    "layers",
    "heads",
    "dimensions",
    "sequences",
    "conversations",
    "dialogues",
    "turns",
    "characters or tokens",
}


def fill_in(markdown: str, url: str, language: str) -> str:
    """The Markdown of a page below tools/ with what its markers stand for."""
    try:
        for marker, make in {TOOL: tool, EXAMPLES: examples}.items():
            markdown = marker.sub(lambda found, make=make: make(found[1], language), markdown)
        made = {LIST: listed, TABLES_LIST: described}
        for marker, make in made.items():
            if marker in markdown:
                markdown = markdown.replace(marker, make(language))
    except BROKEN as error:
        LOG.warning("%s/ or handbook/calculators/pages.py: %s: make due", tables.FOLDER, error)
    scripts = ["calculators-engine", "calculators"] if 'class="hb-calc"' in markdown else []
    return markdown + of_a_feature(url, ["calculators"], scripts)


# ---- the data ----


def specification(name: str) -> dict[str, Any]:
    """The entry of a calculator in data/calculators/inputs.yml."""
    return tables.table("inputs")[name]


def names() -> list[str]:
    """All calculators, in their order."""
    return list(tables.table("inputs"))


def opening(name: str) -> dict[str, str]:
    """What stands in each field when the page opens: the defaults, and the example that the page opens with."""
    spec = specification(name)
    defaults = {one["name"]: dashed(str(one.get("default", ""))) for one in spec["inputs"]}
    return defaults | {key: dashed(text) for key, text in OPENINGS[name].inputs.items()}


def dashed(text: str) -> str:
    """A range as it is read, 14%–52%; in addresses it is 14%..52%."""
    return text.replace("..", "–")


def result_of(name: str, texts: dict[str, str]) -> dict[str, Any]:
    """What the calculator finds for these texts. Raises InputError."""
    return CALCULATORS[name]({key: text for key, text in texts.items() if text})


def tables_of(name: str) -> list[str]:
    """The dated tables that a calculator may use."""
    spec = specification(name)
    found = {FILES[one["kind"]] for one in spec["inputs"] if one["kind"] in FILES}
    found |= {one["table"] for one in spec["inputs"] if one.get("table") in tables.DATED}
    if name == "memory":
        found.add("cards")  # on which it fits
    return [one for one in tables.DATED if one in found]


def inputs_of(name: str, language: str) -> list[dict[str, Any]]:
    """The inputs as the script reads them."""
    first, inputs = opening(name), []
    kept = ("name", "kind", "unit", "whole", "share", "from", "needed", "also", "group")
    for one in specification(name)["inputs"]:
        entry = {key: one[key] for key in kept if key in one}
        entry |= {"label": one[language]}
        entry |= {key: float(one[key]) for key in ("min", "max") if key in one}
        if "default" in one:
            entry["default"] = str(one["default"])
        if first[one["name"]]:
            entry["initial"] = first[one["name"]]
        if one["kind"] == "choice":
            entry["options"] = [str(option) for option in tables.options(one)]
        inputs.append(entry)
    return inputs


def for_page(name: str, language: str) -> dict[str, Any]:
    """All that the script needs: inputs, results, tables and words in one language."""
    spec, place = specification(name), ("zh", "en").index(language)
    dated = tables_of(name)
    data: dict[str, Any] = {}
    for table in dated:
        if table == "grids":
            rows = tables.table(table)[table].items()
            data[table] = {
                key: {"carbon": str(row["carbon"]), "source": row.get("url")} for key, row in rows
            }
        else:
            data[table] = [
                {key: value for key, value in row.items() if key not in LEFT_OUT}
                | {"source": source_of(table, row)}
                for row in tables.table(table)[table]
            ]
    if any(one.get("table") == "tokenizers" for one in spec["inputs"]):
        data["rates"] = tables.rates()
    pattern = {
        unit: {key: pair[place] for key, pair in both.items()}
        if isinstance(both, dict)
        else both[place]
        for unit, both in UNITS.items()
    }
    named = [
        {"name": one["name"], "unit": one["unit"], "label": one[language]}
        for one in spec["results"]
    ]
    messages = {key: pair[language] for key, pair in tables.table("messages").items()}
    return {
        "name": name,
        "title": spec[language],
        "inputs": inputs_of(name, language),
        "results": named,
        "levers": [{"name": one["name"], "label": one[language]} for one in spec.get("levers", ())],
        "plot": {"over": OPENINGS[name].over, "results": OPENINGS[name].plotted},
        "units": pattern,
        "messages": messages,
        "words": words(language),
        "tables": data,
        **({"serving": inputs_of("serving", language)} if name == "breakeven" else {}),
        "checked": {one: str(tables.table(one)["read"]) for one in dated},
        "recheck": {one: str(tables.table(one)["recheck"]) for one in dated},
    }


def source_of(table: str, row: dict[str, Any]) -> str | None:
    """The address that a row of a table was read at, where it has one of its own."""
    if table == "prices":
        return tables.table(table)["sources"][row["source"]]
    return row.get("source") or row.get("url")


# ---- the tool ----


def tool(name: str, language: str) -> str:
    """The form, its result and the plot."""
    data, said = for_page(name, language), words(language)
    answer = result_of(name, opening(name))
    data_text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str)
    # No end of the element, and no dash between digits, which handbook/markup.py would change.
    data_text = data_text.replace("</", "<\\/").replace("–", "\\u2013")
    first, *others = OPENINGS[name].headline
    return f"""<div class="hb-calc" data-search-exclude>
<script type="application/json" class="hb-calc__data">{data_text}</script>
{form(name, answer, language)}
<div class="hb-calc__side">
<div class="hb-calc__answer"><div class="hb-calc__missing" hidden></div>{line(name, first, answer, language)}</div>
<div class="hb-calc__result" role="region" aria-label="{said["result"]}">
<ul class="hb-calc__strange" hidden></ul>
<div class="hb-calc__found">
{"".join(line(name, one, answer, language) for one in others)}
{notes(name, answer, language)}
{basis(name, answer, language)}
{parts(name, answer, language)}
{inputs_table(name, answer, language)}
</div>
<div class="hb-calc__actions" hidden>{actions(said)}</div>
<div class="hb-calc__spoken" role="status"></div>
{plot(name, said, language)}
</div>
</div>
</div>
"""


def form(name: str, answer: dict[str, Any], language: str) -> str:
    """All inputs, the advanced ones folded."""
    spec, said, first = specification(name), words(language), opening(name)
    groups = {
        group: [
            field(name, one, first[one["name"]], answer, language)
            for one in spec["inputs"]
            if one["group"] == group
        ]
        for group in ("basic", "advanced")
    }
    more = ""
    if advanced := groups["advanced"]:
        summary = said["more"].replace("#", str(len(advanced)))
        more = (
            f'<details class="hb-calc__more"><summary>{summary}</summary>'
            f'<div class="hb-calc__fields">{"".join(advanced)}</div></details>'
        )
    return (
        f'<form class="hb-calc__form" novalidate aria-label="{said["form"]}">'
        f"<noscript><div>{said['no_script']}</div></noscript>"
        f'<div class="hb-calc__fields">{"".join(groups["basic"])}</div>{more}</form>'
    )


def field(name: str, one: dict, value: str, answer: dict[str, Any], language: str) -> str:
    """One input with its label, its unit, what helps to fill it, and the place of the sentence about a mistake."""
    key, said = one["name"], words(language)
    id, described = f"in-{key}", f'aria-describedby="help-{key} error-{key}"'
    unit = unit_word(one, answer_currency(answer), language)
    label = escape(one[language]) + (
        f'<span class="hb-calc__unit"{data_unit(one)}>{escape(unit)}</span>' if unit else ""
    )
    if one["kind"] in ("number", "range"):
        used = answer["assumptions"].get(key, {})
        hint = ""
        if not value and used.get("from") == "table":
            hint = figure(used["low"], used["high"], one["unit"], language, answer_currency(answer))
        control = (
            f'<input id="{id}" name="{key}" inputmode="{"decimal" if one["kind"] == "number" else "text"}" '
            f'autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="200" value="{escape(value)}" '
            f'placeholder="{escape(hint)}" {described}>'
        )
    else:
        choices = "".join(
            f'<option value="{escape(option)}"{" selected" if option == value else ""}>{escape(text)}</option>'
            for option, text in choices_of(one, said, language)
        )
        control = f'<select id="{id}" name="{key}" {described}>{choices}</select>'
    return (
        f'<div class="hb-calc__field"><label for="{id}">{label}</label>{control}'
        f'<div class="hb-calc__help" id="help-{key}">{escape(one["help"][language])}</div>'
        f'<div class="hb-calc__error" id="error-{key}" hidden></div></div>'
    )


def data_unit(one: dict) -> str:
    """The mark of a unit that changes with the currency."""
    return f' data-unit="{one["unit"]}"' if one["unit"].startswith("money") else ""


def choices_of(one: dict, said: dict[str, str], language: str) -> list[tuple[str, str]]:
    """The options of a select: values and what is read."""
    if one["kind"] == "choice":
        found = [(str(value), text[language]) for value, text in tables.options(one).items()]
        return [("", said["by_itself"]), *found] if "default" not in one else found
    rows = tables.rows(one["kind"])
    found = [
        (row["id"], f"{row['id']} · {row['by']}" if "by" in row else row["id"]) for row in rows
    ]
    own = "by_itself" if one.get("from") else "own"
    return found if "default" in one else [("", said[own]), *found]


def unit_word(one: dict, currency: str, language: str) -> str:
    """The unit of an input, where its label does not say it."""
    unit = one.get("unit", "")
    if unit in SAID_BY_LABEL:
        return ""
    both = UNITS[unit]
    pattern = (both[currency] if isinstance(both, dict) else both)[language == "en"]
    pattern = "# B" if unit == "bytes" else re.sub(r"^每(\S+) # (.+)$", r"\2/\1", pattern)
    word = re.sub(r"\s+", " ", pattern.replace("#", "").replace("(s)", "s")).strip()
    return "" if word.removeprefix("个").lower() in one[language].lower() else word


def answer_currency(answer: dict[str, Any]) -> str:
    """The currency chosen; dollars where there is no money."""
    return answer["assumptions"].get("currency", {}).get("value", "USD")


def shown(answer: dict[str, Any], one: dict, language: str) -> str:
    """A result in words, "" where it is not known."""
    found = answer.get(one["name"])
    if not found:
        return ""
    return figure(found["low"], found["high"], one["unit"], language, answer_currency(answer))


def line(name: str, key: str, answer: dict[str, Any], language: str) -> str:
    """One of the big results."""
    one = next(result for result in specification(name)["results"] if result["name"] == key)
    text = shown(answer, one, language)
    return (
        f'<div class="hb-calc__line"{"" if text else " hidden"}><span class="hb-calc__label">{escape(one[language])}'
        f'</span> <output class="hb-calc__figure" data-result="{key}">{text}</output></div>'
    )


def notes(name: str, answer: dict[str, Any], language: str) -> str:
    """What must be known about this result."""
    texts = remarks(name, answer, language)
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f'<ul class="hb-calc__notes"{"" if texts else " hidden"}>{items}</ul>'


def remarks(name: str, answer: dict[str, Any], language: str) -> list[str]:
    """On which cards it fits, what the limit is, what is cheapest, which lever saves most; what is not known."""
    said, found = words(language), []
    levers = {one["name"]: one[language] for one in specification(name).get("levers", ())}
    for kind, word in (("yes", "fits"), ("tight", "tight"), ("no", "no")):
        if cards := [one["card"] for one in answer.get("cards", ()) if one["fits"] == kind]:
            found.append(said[word] + said["join"].join(cards) + said["stop"].strip())
    if "regime" in answer:
        found.append(said[answer["regime"]])
    if "cheapest" in answer:
        found.append(said[f"cheapest_{answer['cheapest']}"])
    for lever, saved in answer.get("levers", {}).items():
        amount = figure(saved["low"], saved["high"], "money", language, answer_currency(answer))
        text = said["lever" if found else "most"]
        found.append(text.replace("#lever", levers[lever]).replace("#amount", amount))
    labels = levers | {one["name"]: one[language] for one in specification(name)["results"]}
    told = [note["message"] for note in answer["notes"]]
    for note in answer["notes"]:
        again = told.count(note["message"]) > 1
        before = f"{labels[note['output']]}{said['colon']}" if again else ""
        found.append(before + note[language])
    return found


def basis(name: str, answer: dict[str, Any], language: str) -> str:
    """The ranges and the tables' figures that the result rests on, and when the tables were read."""
    said, items = words(language), []
    for one in specification(name)["inputs"]:
        if one["kind"] not in ("number", "range") or not (one["kind"] == "range" or "from" in one):
            continue
        text = basis_text(one, answer, language)
        label = escape(one[language])
        items.append(
            f'<li data-basis="{one["name"]}"{"" if text else " hidden"}>{label} '
            f"<strong>{text}</strong></li>"
        )
    read = []
    for table in tables_of(name):
        used = f"{tables.FOLDER}/{table}.yml" in answer["sources"]
        day = tables.table(table)["read"]
        read.append(
            f'<li data-source="{table}"{"" if used else " hidden"}>{said[table]} {day}</li>'
        )
    for one in specification(name)["inputs"]:
        if one["kind"] in ("model", "price") or one.get("table") == "grids":
            row, address = chosen(one, answer, language)
            shown_row = "" if row and address else " hidden"
            read.append(
                f'<li data-row="{one["name"]}"{shown_row}>{escape(one[language])} '
                f'<a href="{escape(address or "#limits")}">{escape(row)}</a></li>'
            )
    return "".join(
        f'<div class="hb-calc__basis"><div>{said[key]}</div><ul>{"".join(found)}</ul></div>'
        for key, found in (("basis", items), ("tables", read))
        if found
    )


def chosen(one: dict, answer: dict[str, Any], language: str) -> tuple[str, str | None]:
    """The row of a table that is chosen, and where it was read."""
    used = answer["assumptions"].get(one["name"])
    if not used:
        return "", None
    if one["kind"] == "choice":
        row = tables.options(one)[used["value"]]
        return row[language], row.get("url")
    row = tables.find(one["kind"], used["value"])
    return row["id"], source_of(FILES[one["kind"]], row)


def basis_text(one: dict, answer: dict[str, Any], language: str) -> str:
    """The value in force of an input that is a range or comes from a table."""
    used = answer["assumptions"].get(one["name"])
    if not used or one["kind"] == "number" and used["from"] != "table":
        return ""
    return figure(used["low"], used["high"], one["unit"], language, answer_currency(answer))


def parts(name: str, answer: dict[str, Any], language: str) -> str:
    """All results."""
    said, rows = words(language), []
    for one in specification(name)["results"]:
        text = shown(answer, one, language)
        rows.append(
            f'<tr{"" if text else " hidden"}><th scope="row">{escape(one[language])}</th>'
            f'<td data-result="{one["name"]}">{text}</td></tr>'
        )
    head = f"<caption>{said['parts']}</caption>"
    return f'<table class="hb-calc__parts">{head}<tbody>{"".join(rows)}</tbody></table>'


def inputs_table(name: str, answer: dict[str, Any], language: str) -> str:
    """What the result was computed from, for paper, the books and programs."""
    said, first = words(language), opening(name)
    rows = []
    for one in specification(name)["inputs"]:
        text = input_text(one, first[one["name"]], answer, language)
        rows.append(
            f'<tr data-input="{one["name"]}"{"" if text else " hidden"}><th scope="row">{escape(one[language])}</th>'
            f"<td>{escape(text)}</td></tr>"
        )
    head = f"<caption>{said['inputs']}</caption>"
    return f'<table class="hb-calc__inputs">{head}<tbody>{"".join(rows)}</tbody></table>'


def input_text(one: dict, value: str, answer: dict[str, Any], language: str) -> str:
    """An input as it is read: a number with its unit, the words of a choice."""
    used = answer["assumptions"].get(one["name"])
    if one["kind"] in ("number", "range"):
        return (
            figure(used["low"], used["high"], one["unit"], language, answer_currency(answer))
            if used
            else ""
        )
    found = used["value"] if used else value
    return dict(choices_of(one, words(language), language)).get(found, "") if found else ""


def actions(said: dict[str, str]) -> str:
    """What can be done with a result."""
    return "".join(
        f'<button type="button" class="md-button" data-do="{one}">{said[one]}</button>'
        for one in ("link", "text", "csv", "reset")
    )


def plot(name: str, said: dict[str, str], language: str) -> str:
    """The place of the plot, which the script draws, and its table."""
    spec = specification(name)
    labels = {one["name"]: one[language] for one in (*spec["inputs"], *spec["results"])}
    over, results = OPENINGS[name].over, OPENINGS[name].plotted
    title = said["plot"].replace("#input", labels[over])
    title = title.replace("#result", said["join"].join(labels[one] for one in results))
    bands = "".join(
        f'<path class="hb-calc__band hb-calc__band--{number}" data-band="{one}"/>'
        for number, one in enumerate(results)
    )
    ticks = "".join(
        f'<path class="hb-calc__grid" data-grid="{axis}"/>'
        + f'<text data-tick="{axis}"></text>' * TICKS
        for axis in "xy"
    )
    legend = "".join(
        f'<span class="hb-calc__key hb-calc__key--{number}">{escape(labels[one])}</span>'
        for number, one in enumerate(results)
        if len(results) > 1
    )
    head = "".join(f'<th scope="col">{escape(labels[one])}</th>' for one in (over, *results))
    return f"""<figure class="hb-calc__plot" hidden>
<figcaption>{escape(title)}{said["stop"]}{said["plot_here"]}</figcaption>
<svg viewBox="0 0 400 240" aria-hidden="true">{ticks}{bands}<path class="hb-calc__here"/></svg>
<div class="hb-calc__legend">{legend}</div>
<details><summary>{said["plot_table"]}</summary>
<table class="hb-calc__points"><thead><tr>{head}</tr></thead><tbody></tbody></table></details></figure>"""


# ---- examples, formulas, the list ----


def link(name: str, inputs: dict[str, Any]) -> str:
    """What an address holds for these inputs: what differs from what the page opens with."""
    first = opening(name)
    defaults = {one["name"]: str(one.get("default", "")) for one in specification(name)["inputs"]}
    texts = defaults | {key: str(text) for key, text in inputs.items()}
    changed = {key: text for key, text in texts.items() if dashed(text) != first[key]}
    return "&amp;".join(f"{key}={quote(text, safe='.,')}" for key, text in changed.items())


def examples(name: str, language: str) -> str:
    """Runs with what was published and what this page finds, and cases of ours: each a link that opens it."""
    said, items, place = words(language), [], ("zh", "en").index(language)
    by_name = {one["name"]: one for one in specification(name)["results"]}
    join, colon = said["semicolon"], said["colon"]

    def named(keys: Iterable[str], answer: dict[str, Any]) -> str:
        return join.join(
            f"{by_name[key][language]} {shown(answer, by_name[key], language)}" for key in keys
        )

    def add(inputs: dict[str, Any], title: str, rest: str) -> None:
        items.append(
            f'- <a href="?{link(name, inputs)}">{escape(title)}</a>{colon}{rest}{said["stop"].strip()}'
        )

    for one in tables.table("examples")["examples"]:
        if one["calculator"] != name or one.get("hidden"):
            continue
        answer = result_of(name, {key: str(text) for key, text in one["inputs"].items()})
        printed = {
            key: {"low": float(expected["value"]), "high": float(expected["value"])}
            for key, expected in one["expect"].items()
        }
        told = named(printed, printed | {"assumptions": answer["assumptions"]})
        ours = join.join(shown(answer, by_name[key], language) for key in printed)
        published = f"[{said['published']}]({one['url']})"
        add(
            one["inputs"],
            one[language],
            f"{published}{colon}{told}{said['stop']}{said['ours']}{colon}{ours}",
        )
    for case in CASES.get(name, ()):
        add(case.inputs, case.title[place], named(case.results, result_of(name, case.inputs)))
    # Without links to the glossary: the items begin with links.
    return '<div class="no-terms" markdown="1">\n\n' + "\n".join(items) + "\n\n</div>"


def listed(language: str) -> str:
    """All calculators: the question that each answers, and the answer that its page opens with."""
    items, place = [], ("zh", "en").index(language)
    for name, one in OPENINGS.items():
        spec, answer = specification(name), result_of(name, opening(name))
        by_name = {result["name"]: result for result in spec["results"]}
        found = [
            f"{by_name[key][language]} {shown(answer, by_name[key], language)}"
            for key in one.headline
        ]
        said, gap = words(language), " " if language == "en" else ""
        items.append(
            f"- **[{spec[language]}]({name}.md)**{said['colon']}{one.question[place]}{gap}"
            f"{one.case[place]}{said['colon']}**{said['semicolon'].join(found)}**{said['stop'].strip()}"
        )
    return "\n".join(items)


def described(language: str) -> str:
    """The dated tables: what they hold, where and when it was read."""
    items = []
    for name in tables.DATED:
        table = tables.table(name)
        text = TABLES[name][language == "en"]
        if "rents" in table:
            by = words(language)["join"].join(table["rents"]["by"])
            text = text.replace("#rents", table["rents"][language]).replace("#by", by)
        for key, address in table.get("sources", {}).items():
            text = text.replace(f"{{{key}}}", address)
        for key in ("recheck", "read"):
            text = text.replace(f"#{key}", str(table[key]))
        items.append(f"- {text.replace('#count', str(len(table[name])))}")
    return "\n".join(items)
