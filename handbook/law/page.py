"""The pages on law: the rules of a decision, the list of all decisions with its questions, the calendar."""

import json
import re
from datetime import date
from html import escape
from pathlib import Path

from handbook.assets import of_a_feature
from handbook.law.entries import BROKEN, FILE, FOLDER, PLACES, ROOT, Decision, Event, Law, load
from handbook.law.words import PICK, QUESTIONS, WORDS

DECISION = re.compile(r"^<!-- law: ([\w-]+) -->$", re.MULTILINE)
LIST, CALENDAR, PICKER = "<!-- law decisions -->", "<!-- law calendar -->", "<!-- law picker -->"
PAGES = "law/"
DIGITS = "零一二三四五六七八九"


def fill_in(markdown: str, url: str, language: str, root: Path = ROOT) -> str:
    """The Markdown of a page on law; without the rules where the data have faults."""
    try:
        return filled(markdown, load(root), language) + of_a_feature(url, ["law"], ["law"])
    except BROKEN:
        return f"{markdown}\n\n`{FILE}`, `{FOLDER}/`: make due\n"


def filled(markdown: str, law: Law, language: str) -> str:
    """The Markdown with what its markers stand for."""
    if found := DECISION.search(markdown):
        markdown = markdown.replace(found[0], decision(law.decision(found[1]), law, language))
    days = f"{calendar(law.calendar(), law, language)}\n{WORDS[language]['subscribe']}"
    made = {LIST: listed(law, language), PICKER: picker(language), CALENDAR: days}
    for marker, text in made.items():
        markdown = markdown.replace(marker, text)
    return markdown


def decision(one: Decision, law: Law, language: str) -> str:
    """The answer, the topics with their rules side by side, what is coming, what is not known."""
    words, data = WORDS[language], one.data
    read = max(rule["read"] for rule in one.rules).isoformat()
    parts = [f'!!! answer "{data["answer"][language]}"\n']
    for place in PLACES:
        mark = words["colon"].strip()
        parts.append(f"    - **{words[place]}{mark}** {data['short'][place][language]}")
    advice = words["advice"].format(read=read)
    overdue = escape(words["overdue"])
    parts.append(f'\n{advice}\n{{: .hb-law__advice data-overdue="{overdue}" }}\n')
    for topic in data["topics"]:
        parts.append(f"## {topic[language]} {{#{topic['id']}}}\n")
        parts.append(sides(topic, law, language))
    parts.append(f"## {words['coming']} {{#coming}}\n")
    parts.append(calendar(one.events, law, language, here=one.id) or words["nothing"])
    parts.append(f"\n## {words['unknown']} {{#unknown}}\n")
    parts += [f"- {text[language]}" for text in data["unknown"]]
    return "\n".join(parts) + "\n"


def sides(topic: dict, law: Law, language: str) -> str:
    """The rules of one topic: a column for each jurisdiction, one below the other on a phone."""
    words = WORDS[language]
    by_place = {place: [rule for rule in topic["rules"] if rule["in"] == place] for place in PLACES}
    present = [place for place in PLACES if by_place[place]]
    parts = [f'<div class="hb-law hb-law--{len(present)}" markdown="1">\n']
    for place in present:
        parts.append(f'<div class="hb-law__side" id="{topic["id"]}-{place}" markdown="1">\n')
        parts.append(f"{words[place]}\n{{: .hb-law__place }}\n")
        parts += [rule_text(rule, law, language) for rule in by_place[place]]
        parts.append("</div>\n")
    parts.append("</div>\n")
    if absent := [words[place] for place in PLACES if place not in present]:
        parts.append(f"{words['none'].format(words['join'].join(absent))}\n{{: .hb-law__none }}\n")
    return "\n".join(parts)


def rule_text(rule: dict, law: Law, language: str) -> str:
    """One rule: what it asks, where it stands and since when, and what cannot be concluded."""
    words = WORDS[language]
    text = rule[language]
    if rule["grade"] == "S":
        text = words["reported"].format(reporter(rule, language)) + text
    foot = sources(rule, law, language)
    if rule["grade"] == "Q":
        foot.append(words["quoted"])
    day = rule["recheck"].isoformat()
    foot.append(f'<time datetime="{day}">{words["recheck"].format(day)}</time>')
    parts = [
        f'<div class="hb-rule" id="{rule["id"]}" markdown="1">\n',
        f"{text}\n",
        f"{' · '.join(foot)}\n{{: .hb-rule__foot }}\n",
    ]
    if limits := rule.get("limits"):
        parts.append(f"**{words['limits']}** {limits[language]}\n{{: .hb-rule__limits }}\n")
    return "\n".join([*parts, "</div>\n"])


def reporter(rule: dict, language: str) -> str:
    """Who reported it, with a link where there is one."""
    told = rule["reported"]
    return f"[{told[language]}]({told['url']})" if told.get("url") else told[language]


def sources(rule: dict, law: Law, language: str) -> list[str]:
    """The instruments with their articles, each a link, and the days from which they hold."""
    cited = []
    for id, articles in rule.get("rule", {}).items():
        instrument = law.instruments[id]
        name = instrument[language] + articles_of(instrument, articles, language)
        cited.append(f"[{name}]({instrument['url']})")
    words, since = WORDS[language], rule.get("since", [])
    days = [
        words["from" if isinstance(day, date) and day > rule["read"] else "since"].format(day)
        for day in (since if isinstance(since, list) else [since])
    ]
    comma, stop = ("，", "；") if language == "zh" else (", ", "; ")
    if len(days) == len(cited) > 1:  # each instrument with its own day
        return [stop.join(comma.join(both) for both in zip(cited, days, strict=True))]
    return [part for part in (stop.join(cited), words["join"].join(days)) if part]


def articles_of(instrument: dict, articles: dict | str | None, language: str) -> str:
    """The articles as they are cited: 第十三条、第十四条; articles 13, 14; § 3110."""
    if not articles:
        return ""
    numbers = [str(one) for one in articles] if isinstance(articles, dict) else [str(articles)]
    if isinstance(articles, str):
        numbers = re.split(r", ?", articles)
    if instrument["in"] == "us":
        return " " + ", ".join(numbers)
    if language == "en":
        many = "s" if len(numbers) > 1 or "–" in numbers[0] else ""
        return f", article{many} {', '.join(numbers)}"
    if instrument["in"] == "eu":
        space = " " if instrument["zh"][-1:].isascii() else ""
        return f"{space}第 {'、'.join(numbers)} 条"
    return "、".join(chinese_article(number) for number in numbers)


def chinese_article(number: str) -> str:
    """第二百五十三条之一 for 253-1, 第三十八至四十条 for 38–40, 第十三条第三款 for 13/3."""
    if "–" in number:
        first, last = number.split("–")
        return f"第{chinese_number(int(first))}至{chinese_number(int(last))}条"
    main, _, after = number.partition("-")
    end = f"之{chinese_number(int(after))}" if after else ""
    return f"第{chinese_number(int(main))}条{end}"


def chinese_number(number: int) -> str:
    """A number up to 9,999 as statutes write it."""
    text, zero = "", False
    for unit, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            text += ("零" if zero and text else "") + DIGITS[digit] + mark
            zero = False
        elif text:
            zero = True
    return text.removeprefix("一") if text.startswith("一十") else text


def calendar(events: list[Event], law: Law, language: str, here: str = "") -> str:
    """Days and what changes on them, each linked to its rule."""
    words, rows = WORDS[language], []
    for event in events:
        page = "" if event.decision == here else f"{event.decision}.md"
        name = law.decision(event.decision).data["name"][language]
        link = f"[{words[event.place]}](#{event.rule})" if here else ""
        link = link or f"[{words[event.place]}{words['colon']}{name}]({page}#{event.rule})"
        rows.append(f"- **{event.on}** {link} · {event.text[language]}")
    return "\n".join(rows) + "\n" if rows else ""


def listed(law: Law, language: str) -> str:
    """All decisions: the answer, and the topics with a link for each jurisdiction."""
    words, parts = WORDS[language], []
    for one in law.decisions:
        name, answer = one.data["name"][language], one.data["answer"][language]
        parts.append('<div class="hb-decision" markdown="1">\n')
        parts.append(f"**[{name}]({one.id}.md)**{words['colon']}{answer}\n")
        for topic in one.data["topics"]:
            places = [
                place for place in PLACES if any(rule["in"] == place for rule in topic["rules"])
            ]
            links = " ".join(
                f"[{words[place]}]({one.id}.md#{topic['id']}-{place}){{: data-in={place} }}"
                for place in places
            )
            when = " ".join(topic.get("when", ()))
            parts.append(f"- [{topic[language]}]({one.id}.md#{topic['id']}) {links}")
            parts.append(f'{{: data-when="{when}" data-in="{" ".join(places)}" }}')
        parts.append("\n</div>\n")
    return "\n".join(parts)


def picker(language: str) -> str:
    """The questions as a form, which the script shows."""
    words, fields = PICK[language], []
    for name, texts in QUESTIONS.items():
        question, answers = texts[language]
        boxes = "".join(
            f'<label><input name="{name}" value="{value}" type="checkbox"> {escape(label)}</label>'
            for value, label in answers.items()
        )
        fields.append(f"<fieldset><legend>{escape(question)}</legend><div>{boxes}</div></fieldset>")
    said = escape(json.dumps({key: words[key] for key in ("all", "some")}, ensure_ascii=False))
    return f"""<form class="hb-pick" hidden data-search-exclude data-words="{said}" aria-label="{words["legend"]}">
{"".join(fields)}
<p class="hb-pick__hint">{escape(words["where"])}</p>
<p><output class="hb-pick__count"></output>
<button type="reset" class="md-button">{words["clear"]}</button></p>
</form>
"""
