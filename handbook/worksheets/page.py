"""The pages below decisions/: a worksheet with its opening example filled in, other examples, and figures in sentences.

    <!-- worksheet: own-gpus -->            the form
    <!-- worksheet examples: own-gpus -->   its examples, each a link that opens it
    <!-- figure: own-gpus/abroad.year -->   one figure of an example, linked to the form in that state
    <!-- figure: hospital-flash.year -->    one of data/worksheets.yml's `figures`, linked to the calculator

Computed at build, so that no figure on a page goes stale. worksheets.js shows the same, and recomputes.
"""

import json
import re
from html import escape
from typing import Any
from urllib.parse import quote

from handbook.assets import of_a_feature
from handbook.calculators import page as calculators
from handbook.calculators.figures import UNITS, figure
from handbook.worksheets import sheets
from handbook.worksheets.words import words
from snippets.calculators import tables
from snippets.calculators.calculators import CALCULATORS

PAGES = "decisions/"
FORM = re.compile(r"^<!-- worksheet: ([\w-]+) -->$", re.MULTILINE)
EXAMPLES = re.compile(r"^<!-- worksheet examples: ([\w-]+) -->$", re.MULTILINE)
FIGURE = re.compile(r"<!-- figure: ([\w-]+)(?:/([\w-]+))?\.(\w+)(?:\.(\w+))? -->")


def fill_in(markdown: str, url: str, language: str) -> str:
    """The Markdown of a page below decisions/ with what its markers stand for."""
    flat = url.endswith(".html")
    markdown = FIGURE.sub(lambda found: in_a_sentence(*found.groups(), language), markdown)
    markdown = EXAMPLES.sub(lambda found: examples(found[1], language), markdown)
    made = FORM.sub(lambda found: form(found[1], language, flat), markdown)
    if made == markdown:
        return markdown
    styles, scripts = ["calculators", "worksheets"], ["calculators-engine", "worksheets"]
    return made + of_a_feature(url, styles, scripts)


# ---- figures in sentences, and examples ----


def in_a_sentence(name: str, example: str | None, one: str, key: str | None, language: str) -> str:
    """A figure that leads to what it was computed with. Raises KeyError for one that does not exist."""
    if example is None:
        entry = sheets.data()["figures"][name]
        calculator = entry["calculator"]
        inputs = {field: str(text) for field, text in entry["inputs"].items()}
        answer = CALCULATORS[calculator](calculators.opening(calculator) | dotted(inputs))
        named = {r["name"]: r for r in tables.table("inputs")[calculator]["results"]}
        text = calculators.shown(answer, named[one], language)
        return f"[{text}](../tools/{calculator}.md?{calculators.link(calculator, inputs)})"
    texts = sheets.opening(name, language, example)
    entry = next(figure for figure in sheets.sheet(name)["figures"] if figure["name"] == one)
    low, high = sheets.figures(name, texts)[one]["results"][key or ""]
    unit = next(
        unit for found, _, unit in sheets.results_of(entry, language) if found == (key or "")
    )
    text = figure(low, high, unit, language, texts.get("currency", "USD"))
    asked = state(name, texts, language)
    return f"[{text}]({name}.md{asked and f'?{asked}'}#form)"


def dotted(inputs: dict[str, str]) -> dict[str, str]:
    """Ranges as the calculators' fields hold them."""
    return {key: calculators.dashed(text) for key, text in inputs.items()}


def state(name: str, texts: dict[str, str], language: str) -> str:
    """What the address holds: what differs from the opening example."""
    first = sheets.opening(name, language)
    return "&amp;".join(
        f"{key}={quote(text.replace('–', '..'), safe='.,')}"
        for key, text in texts.items()
        if text != first[key]
    )


def examples(name: str, language: str) -> str:
    """Each example: its title, its figures, and a link that opens it in the form."""
    said, items = words(language), []
    for example, one in sheets.sheet(name)["examples"].items():
        texts = sheets.opening(name, language, example)
        found = sheets.figures(name, texts)
        told = [
            f"{label} **{figure(*found[entry['name']]['results'][key], unit, language, texts.get('currency', 'USD'))}**"
            for entry in sheets.sheet(name)["figures"]
            for key, label, unit in sheets.results_of(entry, language)
        ]
        asked = state(name, texts, language)
        address = f"?{asked}#form" if asked else "#form"
        link = f'<a href="{address}" data-example="{asked}">{said["example"]}</a>'
        space = " " if language == "en" else ""
        items.append(
            f"- **{one[language]}{said['colon'].strip()}**{space}{one['told'][language]}{space}"
            f"{said['semicolon'].join(told)}{said['stop']}{space}{link}{said['stop']}"
        )
    return "\n".join(items) + "\n"


# ---- the form ----


def for_page(name: str, language: str) -> dict[str, Any]:
    """What the script needs: fields, figures, and the calculators with their tables."""
    sheet, first = sheets.sheet(name), sheets.opening(name, language)
    fields = []
    for one in sheets.fields(name):
        kept = ("name", "kind", "unit", "whole", "share", "from", "calculator")
        entry = {key: one[key] for key in kept if key in one}
        entry |= {key: float(one[key]) for key in ("min", "max") if key in one}
        fields.append(entry | {"label": one[language], "initial": first[one["name"]]})
    used = {one["calculator"] for one in sheet["figures"] if "calculator" in one}
    loaded = {one: calculators.for_page(one, language) for one in sorted(used)}
    words_of = {key: one.pop("words") for key, one in loaded.items()}
    units = [one.pop("units") for one in loaded.values()]
    messages = [one.pop("messages") for one in loaded.values()]
    place = language == "en"
    own = {
        unit: {key: pair[place] for key, pair in both.items()}
        if isinstance(both, dict)
        else both[place]
        for unit, both in UNITS.items()
    }
    return {
        "name": name,
        "title": sheet[language],
        "question": sheet["question"][language],
        "fields": fields,
        "figures": [
            {key: one[key] for key in one if key not in ("zh", "en", "labels")}
            | {"shown": sheets.results_of(one, language)}
            for one in sheet["figures"]
        ],
        "calculators": loaded,
        "units": units[0] if units else own,
        "messages": messages[0]
        if messages
        else {key: pair[language] for key, pair in tables.table("messages").items()},
        "overdue": next(iter(words_of.values()), {}).get("overdue", ""),
        "words": words(language),
    }


def form(name: str, language: str, flat: bool) -> str:
    """The form with the opening example, its figures and sentences: whole without a script."""
    sheet, said = sheets.sheet(name), words(language)
    texts = sheets.opening(name, language)
    found = sheets.figures(name, texts)
    text = json.dumps(
        for_page(name, language), ensure_ascii=False, separators=(",", ":"), default=str
    )
    text = text.replace("</", "<\\/").replace("–", "\\u2013")
    controls = "".join(field(one, texts[one["name"]], language) for one in sheets.fields(name))
    rows = "".join(row(one, found, texts, language, flat) for one in sheet["figures"])
    says = "".join(
        f"<li data-when='{escape(json.dumps(one['when']), quote=True)}'"
        f"{'' if sheets.holds(one['when'], texts) else ' hidden'}>{linked(one[language], flat)}</li>"
        for one in sheet.get("says", ())
    )
    buttons = "".join(
        f'<button type="button" class="md-button" data-do="{one}">{said[one]}</button>'
        for one in ("copy", "link", "print", "reset")
    )
    told = "".join(
        f'<tr><th scope="row">{escape(one[language])}</th><td data-told="{one["name"]}">'
        f"{escape(in_words(one, texts[one['name']], language))}</td></tr>"
        for one in sheets.fields(name)
    )
    no_rows, no_says = "" if rows else " hidden", "" if says else " hidden"
    return f"""<div class="hb-calc hb-sheet" data-search-exclude>
<script type="application/json" class="hb-sheet__data">{text}</script>
<form class="hb-calc__form" novalidate aria-label="{said["form"]}">
<noscript><div>{said["no_script"]}</div></noscript>
<ul class="hb-calc__strange" hidden></ul>
<div class="hb-calc__fields">{controls}</div></form>
<div class="hb-calc__result hb-sheet__result" role="region" aria-label="{said["figures"]}">
<div class="hb-sheet__wrong" hidden>{said["wrong"]}</div>
<table class="hb-sheet__told"><caption>{sheet[language]}</caption><tbody>{told}</tbody></table>
<table class="hb-sheet__figures"{no_rows}><caption>{said["figures"]}</caption>
<tbody>{rows}</tbody></table>
<div class="hb-sheet__says"{no_says}><div class="hb-sheet__head">{said["says"]}</div><ul>{says}</ul></div>
<div class="hb-calc__actions" hidden>{buttons}</div>
<div class="hb-calc__spoken" role="status"></div>
</div>
</div>
"""


def field(one: dict[str, Any], value: str, language: str) -> str:
    """One field with its label, its help, and the place of the sentence about a mistake."""
    key, said = one["name"], words(language)
    id, described = f"ws-{key}", f'aria-describedby="help-{key} error-{key}"'
    wide = one["kind"] in ("text", "address")
    unit = calculators.unit_word(one, "USD", language) if one["kind"] in sheets.NUMERIC else ""
    if one.get("unit", "").startswith("money"):
        unit = ""
    label = escape(one[language]) + (
        f'<span class="hb-calc__unit">{escape(unit)}</span>' if unit else ""
    )
    if one["kind"] in ("choice", "model", "card", "price"):
        choices = "".join(
            f'<option value="{escape(option)}"{" selected" if option == value else ""}>{escape(text)}</option>'
            for option, text in choices_of(one, said, language)
        )
        control = f'<select id="{id}" name="{key}" {described}>{choices}</select>'
    elif one["kind"] == "text":
        control = f'<textarea id="{id}" name="{key}" rows="2" maxlength="600" {described}>{escape(value)}</textarea>'
    else:
        control = (
            f'<input id="{id}" name="{key}" autocomplete="off" spellcheck="false" maxlength="900" '
            f'value="{escape(value)}" {described}>'
        )
    help = one["help"][language] if "help" in one else ""
    return (
        f'<div class="hb-calc__field{" hb-sheet__wide" if wide else ""}"><label for="{id}">{label}</label>{control}'
        f'<div class="hb-calc__help" id="help-{key}">{escape(help)}</div>'
        f'<div class="hb-calc__error" id="error-{key}" hidden></div></div>'
    )


def choices_of(one: dict[str, Any], said: dict[str, str], language: str) -> list[tuple[str, str]]:
    """The options of a select: those of the sheet, or of the calculator's table."""
    if one["kind"] == "choice" and "of" not in one:
        return [(key, text[language]) for key, text in one["options"].items()]
    return [pair for pair in calculators.choices_of(one, said, language) if pair[0]]


def in_words(one: dict[str, Any], value: str, language: str) -> str:
    """What stands in a field as it is read."""
    if one["kind"] in ("choice", "model", "card", "price"):
        return dict(choices_of(one, words(language), language)).get(value, "")
    return value


def row(
    one: dict[str, Any], found: dict[str, Any], texts: dict[str, str], language: str, flat: bool
) -> str:
    """The results of a figure, with the day of its tables and a link that opens its calculator."""
    said, rows = words(language), []
    results = found[one["name"]]["results"]
    for place, (key, label, unit) in enumerate(sheets.results_of(one, language)):
        text = figure(*results[key], unit, language, texts.get("currency", "USD"))
        more = ""
        if "calculator" in one and place == 0:
            calculator = one["calculator"]
            asked = calculators.link(calculator, dotted_back(sheets.given(one, texts)))
            page = f"../tools/{calculator}.html" if flat else f"../../tools/{calculator}/"
            day = max(str(tables.table(t)["read"]) for t in calculators.tables_of(calculator))
            more = (
                f'<div class="hb-sheet__basis"><span data-basis="{one["name"]}" hidden></span>'
                f"{said['dated'].replace('#day', day)} · "
                f'<a data-calculator="{one["name"]}" href="{page}?{asked}">{said["open"]}</a></div>'
            )
        rows.append(
            f'<tr><th scope="row">{escape(label)}{more}</th>'
            f'<td><output data-figure="{one["name"]}.{key}">{text}</output></td></tr>'
        )
    note = f"error-figure-{one['name']}"
    return "".join(rows) + (
        f'<tr hidden><td colspan="2" class="hb-calc__error" id="{note}"></td></tr>'
        if "calculator" in one
        else ""
    )


def dotted_back(inputs: dict[str, str]) -> dict[str, str]:
    """Ranges as an address holds them."""
    return {key: text.replace("–", "..") for key, text in inputs.items()}


def linked(text: str, flat: bool) -> str:
    """Links to other pages, [words](law/partner-data#cn-entrust), inside HTML."""

    def link(found: re.Match) -> str:
        words_, page, anchor = found.groups()
        place = f"../{page}.html" if flat else f"../../{page}/"
        return f'<a href="{place}{anchor or ""}">{words_}</a>'

    return re.sub(r"\[([^\]]+)\]\(([\w/-]+)(#[\w-]+)?\)", link, escape(text, quote=False))
