"""data/law.yml and data/law/: whole entries in both languages, with sources, real days and ids of their own."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from handbook.checks.pages import Sources
from handbook.law.entries import FILE, FOLDER, PLACES
from handbook.law.words import QUESTIONS
from handbook.notes.check import SOON
from handbook.problems import Problem
from handbook.site import HAN, KEBAB
from handbook.yaml_lines import read

PAIR = ("zh", "en")
INSTRUMENT = {"in", "zh", "en", "url", "statute"}
DECISION = {"name", "answer", "short", "topics", "unknown"}
TOPIC = {"id", "zh", "en", "when", "rules"}
RULE_NEEDS = {"id", "in", "grade", "read", "recheck", "zh", "en"}
RULE = RULE_NEEDS | {"rule", "since", "limits", "coming", "reported"}
MONTH = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")  # where the day is not known: "2022", "2024-08"
Fault = tuple[int, str, str]  # line, what is wrong, what to do


def check(sources: Sources) -> Iterator[Problem]:
    """Every entry of every file. A project without pages on law needs none."""
    if not any(page.name.startswith("law/") for page in sources.pages):
        return
    top, _ = read(sources.root, FILE)  # settings.py tells of files that cannot be read
    if not isinstance(top, dict) or not {"decisions", "instruments"} <= set(top):
        yield Problem(FILE, 1, "this holds no “decisions:” and “instruments:”", "Add both.")
        return
    instruments = top["instruments"]
    for id, instrument in instruments.items():
        for line, what, todo in of_instrument(id, instrument):
            yield Problem(FILE, line, what, todo)
    ids: dict[str, str] = {}
    for id in top["decisions"]:
        file = f"{FOLDER}/{id}.yml"
        data, problems = read(sources.root, file)
        if not isinstance(data, dict):
            yield from problems
            continue
        if not sources.section(f"law/{id}#{id}"):
            todo = f"Write docs/zh/law/{id}.md and docs/en/law/{id}.md, whose first heading ends in {{#{id}}}."
            yield Problem(file, 1, "this decision has no page", todo)
        for line, what, todo in of_decision(data, instruments, ids):
            yield Problem(file, line, what, todo)


def of_instrument(id: str, instrument: Any) -> Iterator[Fault]:
    """A statute, regulation or notice: where it holds, its name in both languages, its address."""
    yield from keys(instrument, INSTRUMENT - {"statute"}, INSTRUMENT, f"the instrument “{id}”", id)
    if isinstance(instrument, dict):
        yield from pair(instrument, f"the instrument “{id}”", id)
        yield from address(instrument.get("url", ""), id)


def of_decision(data: dict, instruments: dict, ids: dict[str, str]) -> Iterator[Fault]:
    """One file; ids: those of the rules of all files so far."""
    first = next(iter(data))
    yield from keys(data, DECISION, DECISION, "the decision", first)
    if DECISION - set(data):
        return
    for key in ("name", "answer"):
        yield from pair(data[key], f"“{key}”", first)
    for place in PLACES:
        yield from pair(data["short"].get(place), f"“short” of {place}", first)
    for text in data["unknown"]:
        yield from pair(text, "an entry of “unknown”", first)
    here: set[str] = {"coming", "unknown"}
    for topic in data["topics"]:
        yield from keys(topic, TOPIC - {"when"}, TOPIC, f"the topic “{topic.get('id')}”", first)
        yield from pair(topic, f"the topic “{topic.get('id')}”", first)
        yield from own_id(topic.get("id"), here, first)
        for tag in topic.get("when", ()):
            name, _, value = tag.partition(":")
            if name == "where" or value not in QUESTIONS.get(name, {"en": ("", {})})["en"][1]:
                todo = "Use name:value of the picker's questions, as in data:users (handbook/law/page.py)."
                yield line_of(tag, first), f"the picker has no answer “{tag}”", todo
        for rule in topic.get("rules") or ():
            id = rule.get("id", "?")
            if id in ids:
                yield line_of(id, first), f"the id “{id}” is already used", "Choose another."
            ids[id] = id
            yield from of_rule(rule, instruments, here)


def of_rule(rule: dict, instruments: dict, here: set[str]) -> Iterator[Fault]:
    """One rule: fields, days, sources."""
    id = rule.get("id", "?")
    what = f"the rule “{id}”"
    yield from keys(rule, RULE_NEEDS, RULE, what, id)
    if RULE_NEEDS - set(rule):
        return
    yield from own_id(id, here, id)
    yield from pair(rule, what, id)
    if rule["in"] not in PLACES:
        yield line_of(id, id), f"{what} holds nowhere", f"“in” is one of: {', '.join(PLACES)}."
    if rule["grade"] not in ("P", "Q", "S"):
        todo = "P: the provision was read; Q: its words as quoted elsewhere; S: a report."
        yield line_of(id, id), f"{what} has an unknown grade", todo
    since = rule.get("since", [])
    since = since if isinstance(since, list) else [since]
    days = [rule["read"], rule["recheck"]]
    days += [day for day in since if not MONTH.fullmatch(str(day))]
    days += [event.get("on") for event in rule.get("coming", ())]
    if not all(isinstance(day, date) for day in days):
        yield line_of(id, id), f"{what} has a day that does not exist", "Write YYYY-MM-DD."
    elif rule["recheck"] <= rule["read"]:
        yield line_of(id, id), f"{what} is to be read again before it was read", "Correct one."
    for event in rule.get("coming", ()):
        yield from pair(event, f"“coming” of “{id}”", id)
    if "limits" in rule:
        yield from pair(rule["limits"], f"“limits” of “{id}”", id)
    reported = rule.get("reported")
    if (rule["grade"] == "S") != bool(reported):
        todo = "Say who reported it (grade S) as reported: {zh: …, en: …, url: https://…}, or take it out."
        yield line_of(id, id), f"{what} has grade {rule['grade']}", todo
    if reported:
        yield from pair(reported, f"“reported” of “{id}”", id)
        yield from address(reported.get("url", "https://"), id)
    if not rule.get("rule") and not (reported or {}).get("url"):
        todo = "Name an instrument of data/law.yml with its articles, or the address of the report."
        yield line_of(id, id), f"{what} has no source", todo
    for name, articles in (rule.get("rule") or {}).items():
        if name not in instruments:
            yield line_of(name, id), f"there is no instrument “{name}”", f"Add it to {FILE}."
        elif instruments[name].get("statute") and not isinstance(articles, dict):
            todo = "For a Chinese statute give words of each article: pipl: {13: 取得个人的同意}."
            yield line_of(name, id), f"“{name}” has no words to compare", todo


def own_id(id: Any, here: set[str], beside: str) -> Iterator[Fault]:
    """An id of lower-case words that stands once on its page."""
    if not isinstance(id, str) or not KEBAB.fullmatch(id):
        todo = "Use lower-case words with hyphens."
        yield line_of(id, beside), f"the id “{id}” is malformed", todo
    elif id in here:
        yield line_of(id, beside), f"the id “{id}” is twice on this page", "Choose another."
    else:
        here.add(id)


def keys(value: Any, needed: set, known: set, what: str, beside: str) -> Iterator[Fault]:
    """Keys that are missing, and keys that nobody reads."""
    has = set(value) if isinstance(value, dict) else set()
    for key in sorted(needed - has):
        yield line_of(beside, beside), f"{what} has no “{key}”", f"Add “{key}: …”."
    for key in sorted(has - known):
        todo = f"The keys are: {', '.join(sorted(known))}."
        yield line_of(key, beside), f"{what} has an unknown key “{key}”", todo


def pair(value: Any, what: str, beside: str) -> Iterator[Fault]:
    """A text in both languages, no Chinese in the English one."""
    for language in PAIR:
        text = value.get(language) if isinstance(value, dict) else None
        if not isinstance(text, str) or not text.strip():
            todo = f"Write “{language}: …”; both languages say the same."
            yield line_of(beside, beside), f"{what} has no text in “{language}”", todo
        elif language == "en" and (found := re.search(HAN, text)):
            yield (
                line_of(text, beside),
                f"Chinese (“{found[0]}”) in the English of {what}",
                "Translate it.",
            )


def address(url: Any, beside: str) -> Iterator[Fault]:
    """A source that can be opened."""
    if not str(url).startswith("https://"):
        yield line_of(url, beside), f"“{url}” is no https:// address", "Link the source itself."


def line_of(text: Any, beside: Any) -> int:
    """The line of a text of the file, or of one beside it."""
    return getattr(text, "line", None) or getattr(beside, "line", 1)


def falling_due(sources: Sources, today: date, ahead: timedelta = SOON) -> list[Problem]:
    """The rules to be read again by some days from today, or that tell of a change to come which is past."""
    top, _ = read(sources.root, FILE)  # None without one
    found = []
    for id in (top or {}).get("decisions", ()):
        file = f"{FOLDER}/{id}.yml"
        data, _ = read(sources.root, file)
        for topic in (data or {}).get("topics", ()):
            for rule in topic.get("rules") or ():
                day, coming = rule.get("recheck"), [one.get("on") for one in rule.get("coming", ())]
                past = [one for one in coming if isinstance(one, date) and one < today]
                if isinstance(day, date) and day <= today + ahead:
                    what = f"the rule “{rule.get('id')}” is to be checked again by {day}"
                elif past:
                    day = min(past)
                    what = f"the rule “{rule.get('id')}” still has {day} to come, which is past"
                else:
                    continue
                todo = "Read its sources, correct it, and set “read” and “recheck” anew."
                found.append((day, Problem(file, line_of(rule.get("id"), ""), what, todo)))
    return [problem for _, problem in sorted(found)]
