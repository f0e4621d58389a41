"""The questions: whole in both languages, with what data/questions/ says of each, and ids that are never used again."""

import re
from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from typing import Any

from handbook.checks.pages import Page, Sources
from handbook.notes.check import DATE, is_date
from handbook.problems import Problem
from handbook.questions.source import ANSWER, NOTES, Question, field_of, is_field, questions_of
from handbook.yaml_lines import read

DATA = "data/questions"
# The order in which they are learnt: of the list, the plans and the deck.
FIELDS = (
    "basics training adaptation inference retrieval evaluation systems data law cost company "
    "coding coding-models coding-systems"
).split()
LEVELS = (1, 2, 3)  # screening, working knowledge, senior
READERS = ("candidate", "engineer", "founder")
NEEDS = {"level", "for", "terms", "added"}
KNOWN = NEEDS | {"measured", "retired"}
MOVED = {"moved"}  # all that is said of a question where it was before
MOST_ON_A_PAGE = 13  # each costs readers of the page 1.6 KB
LONGEST_ID = 40
LONGEST = {"zh": 120, "en": 70}  # of a short answer: half a minute, spoken
UNITS = {"zh": "characters", "en": "words"}
WORD = {
    "zh": re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+(?:[.,'-]\w+)*"),
    "en": re.compile(r"\S+"),
}
MARKUP = re.compile(r"<!--.*?-->|\]\([^)]*\)|</?\w+>|[*`\[]")
NUMBER = re.compile(r"\d|<su[bp]>|[零一二三四五六七八九十百]+[条倍个分年月天]")
CELL = re.compile(r"^\s*[=+\-@]")
FOLLOW_UPS = (2, 4)
PAIR = ("zh", "en")


def check(sources: Sources) -> Iterator[Problem]:
    """Every question of every page, each pair of pages, each file of data. Without question pages there are none."""
    fields = [page for page in sources.pages if is_field(page)]
    if not fields:
        return
    home: dict[str, str] = {}  # file of each question, by its id
    for page in fields:
        yield from of_page(page)
        if page.language == "zh":
            for one in questions_of(page):
                if one.id in home:
                    what = f"the question “{one.id}” is in {home[one.id]} already"
                    todo = "Choose another id: it is the key of readers' progress, over the whole bank."
                    yield Problem(page.file, one.line, what, todo)
                home.setdefault(one.id, page.file)
    for page in fields:
        other = sources.by_name.get(("en", page.name))
        if page.language == "zh" and other:
            yield from differing(page, other)
    yield from of_data(sources, fields)


def of_page(page: Page) -> Iterator[Problem]:
    """One page: its field is known, it is not too long, and each question is whole."""
    name = field_of(page)
    questions = list(questions_of(page))
    if name not in FIELDS:
        todo = f"Rename the page, or add “{name}” to FIELDS in handbook/questions/check.py."
        yield Problem(page.file, 1, f"there is no field “{name}”", todo)
    if len(questions) > MOST_ON_A_PAGE:
        what = f"this page has {len(questions)} questions, more than {MOST_ON_A_PAGE}"
        yield Problem(page.file, questions[-1].line, what, "Divide it into two fields.")
    for one in questions:
        for line, what, todo in of_question(one, page.language):
            yield Problem(page.file, line, f"the question “{one.id}” {what}", todo)


def of_question(one: Question, language: str) -> Iterator[tuple[int, str, str]]:
    """What is missing in a question: line, words that go on behind its name, what to do."""
    if len(one.id) > LONGEST_ID:
        yield one.line, f"has an id of more than {LONGEST_ID} characters", "Name the subject alone."
    if CELL.match(one.title):
        todo = "Begin with a word: a spreadsheet would take it for a formula."
        yield one.line, "begins with = + - or @", todo
    if not one.answer:
        todo = f"Below the heading write “{ANSWER[language]} …”, one paragraph."
        yield one.answer_line or one.line, "has no short answer", todo
    said = WORD[language].findall(MARKUP.sub("", one.answer))
    if len(said) > LONGEST[language]:
        what = f"has a short answer of {len(said)} {UNITS[language]}"
        todo = f"Say it in {LONGEST[language]}: the mechanism and one number or formula."
        yield one.answer_line, what, todo
    if not one.full:
        todo = "Below the short answer say why, with numbers and limits."
        yield one.answer_line or one.line, "has no full answer", todo
    if not NUMBER.search(MARKUP.sub("", f"{one.answer} {one.full}")):
        yield one.answer_line or one.line, "is answered without a number or formula", "Add one."
    for kind, titles in NOTES.items():
        note = one.notes.get(kind)
        wanted = titles[language].format("2026-11-29")
        if note is None:
            yield one.line, f"has no note “{kind}”", f'Add !!! {kind} "{wanted}".'
        elif not note.text:
            yield note.line, f"has an empty note “{kind}”", "Indent its text by four spaces."
        elif DATE.sub("2026-11-29", note.title) != wanted:
            yield note.line, f"calls its note “{note.title}”", f"Its title is “{wanted}”."
        elif kind == "sources" and not all(map(is_date, DATE.findall(note.title))):
            yield note.line, "has sources checked on a day that does not exist", "Correct it."
    if (note := one.notes.get("follow-ups")) and note.text:
        least, most = FOLLOW_UPS
        if not least <= note.items <= most:
            todo = f"Give {least} to {most} items, each with its answer: “    - …”."
            yield note.line, f"has {note.items} follow-ups", todo
    if (note := one.notes.get("sources")) and note.text and not one.addresses:
        yield note.line, "names no source", "Link a primary one: [name](https://…)."
    if extra := next((kind for kind in one.notes if kind not in NOTES), None):
        todo = f"The notes of a question are: {', '.join(NOTES)}. Other text stands in its full answer."
        yield one.notes[extra].line, f"has a note “{extra}”", todo


def differing(chinese: Page, english: Page) -> Iterator[Problem]:
    """Questions that one language lacks, and what they do not share; ids in another order are told by levels.py."""
    there, here = ({one.id: one for one in questions_of(page)} for page in (chinese, english))
    for page, own, other, file in (
        (chinese, there, here, english),
        (english, here, there, chinese),
    ):
        for id in own.keys() - other.keys():
            todo = "Write it there, or take it out here; one that was published retires."
            yield Problem(page.file, own[id].line, f"{file.file} has no question “{id}”", todo)
    for id in there.keys() & here.keys():
        one, two = there[id], here[id]
        notes = [(q.notes.get("follow-ups"), q.notes.get("sources")) for q in (one, two)]
        pairs = {
            "follow-ups": [n[0].items if n[0] else 0 for n in notes],
            "addresses of sources": [set(one.addresses), set(two.addresses)],
            "days of its sources": [DATE.findall(n[1].title) if n[1] else [] for n in notes],
            "keys of recorded numbers": [one.keys, two.keys],
        }
        for what, (left, right) in pairs.items():
            if left != right:
                note = two.notes.get("follow-ups" if what == "follow-ups" else "sources")
                line = note.line if note and "keys" not in what else two.line
                said = f"the question “{id}” has other {what} than in {chinese.file}:{one.line}"
                more = ""
                if isinstance(left, set):
                    more = f" Only in one: {', '.join(sorted(left ^ right))}."
                todo = f"Bring both languages level.{more}"
                yield Problem(english.file, line, said, todo)


def of_data(sources: Sources, fields: list[Page]) -> Iterator[Problem]:
    """What data/questions/ says: an entry for each question, in the order of the page, and retired ones for good."""
    glossary = {
        term["id"] for term in read(sources.root, "data/glossary.yml")[0] or () if "id" in term
    }
    pages = {field_of(page): page for page in fields if page.language == "zh"}
    shown = {one.id for page in pages.values() for one in questions_of(page)}
    files = {path.stem: path for path in sorted((sources.root / DATA).glob("*.yml"))}
    seen: dict[str, str] = {}
    for name in pages.keys() - files.keys():
        todo = f"Write {DATA}/{name}.yml with an entry for each question."
        yield Problem(pages[name].file, 1, f"{DATA}/{name}.yml is missing", todo)
    for name in sorted(files):
        file = f"{DATA}/{name}.yml"
        entries, _ = read(sources.root, file)  # settings.py tells of a file that cannot be read
        if not isinstance(entries, dict):
            continue
        here = [one.id for one in questions_of(pages[name])] if name in pages else []
        for id, entry in entries.items():
            if isinstance(entry, dict) and "moved" in entry:
                yield from of_moved(id, entry, file, pages)
                continue
            if id in seen:
                todo = "An id is used once and never again."
                yield Problem(file, id.line, f"“{id}” stands in {seen[id]} already", todo)
            seen.setdefault(id, file)
            retired = isinstance(entry, dict) and "retired" in entry
            if not retired and id not in here:
                close = get_close_matches(id, [one for one in here if one not in entries], 1)
                todo = (
                    f"Did you mean {close[0]}?"
                    if close
                    else (
                        f"Correct the id, or write the question; if it is gone, retire it: "
                        f"retired: {{on: {date.today()}, instead: other-id}}."
                    )
                )
                yield Problem(
                    file, id.line, f"docs/zh/questions/{name}.md has no question “{id}”", todo
                )
            for what, todo in of_entry(entry, glossary, sources):
                yield Problem(file, id.line, f"“{id}” {what}", todo)
            if retired and id in shown:
                todo = "Give the new question another id: readers' progress hangs on it."
                yield Problem(file, id.line, f"the id “{id}” is retired and used again", todo)
            instead = (
                entry["retired"].get("instead")
                if retired and isinstance(entry["retired"], dict)
                else None
            )
            if instead and instead not in shown:
                todo = "Name a question that is in the bank, or leave “instead” out."
                yield Problem(
                    file, id.line, f"“{id}” hands on to “{instead}”, which is no question", todo
                )
        for id in (id for id in here if id not in entries):
            line = next(one.line for one in questions_of(pages[name]) if one.id == id)
            todo = f"Add it to {file}: “{id}: {{level: 2, for: [engineer], terms: [], added: {date.today()}}}”."
            yield Problem(pages[name].file, line, f"{file} has no entry “{id}”", todo)
        listed = [id for id in entries if id in here]
        if listed != [id for id in here if id in entries]:
            wrong = next(
                a for a, b in zip(listed, (i for i in here if i in entries), strict=True) if a != b
            )
            yield Problem(
                file,
                wrong.line,
                f"“{wrong}” stands in another order than on the page",
                "Follow the page.",
            )


def of_moved(id: Any, entry: dict, file: str, pages: dict[str, Page]) -> Iterator[Problem]:
    """A question that is on another page now; what is said of it stands there."""
    there = pages.get(str(entry["moved"]))
    if set(entry) != MOVED:
        todo = f"Write “{id}: {{moved: {entry['moved']}}}” and nothing more."
        yield Problem(file, id.line, f"“{id}” has moved and says more", todo)
    if there is None or id not in [one.id for one in questions_of(there)]:
        what = f"“{id}” has moved to “{entry['moved']}”, which has no such question"
        yield Problem(file, id.line, what, "Name the field that has it now.")


def of_entry(entry: Any, glossary: set[str], sources: Sources) -> Iterator[tuple[str, str]]:
    """What is wrong with the data of a question."""
    if not isinstance(entry, dict):
        yield "has no data", f"Write below it: {', '.join(sorted(NEEDS))}."
        return
    for key in sorted(NEEDS - set(entry)):
        yield f"has no “{key}”", f"Add “{key}: …”."
    for key in sorted(set(entry) - KNOWN):
        yield f"has an unknown key “{key}”", f"The keys are: {', '.join(sorted(KNOWN))}."
    if entry.get("level", 1) not in LEVELS or isinstance(entry.get("level"), bool):
        todo = "1 is screening, 2 working knowledge, 3 senior."
        yield f"has the level “{entry['level']}”", todo
    readers = entry.get("for", ["engineer"])
    if not isinstance(readers, list) or not readers or not set(readers) <= set(READERS):
        yield "has readers that nobody knows", f"Choose from for: [{', '.join(READERS)}]."
    terms = entry.get("terms", [])
    for term in terms if isinstance(terms, list) else [terms]:
        if term not in glossary:
            close = get_close_matches(str(term), glossary, 1)
            hint = (
                f"Did you mean {close[0]}?"
                if close
                else "Add it to data/glossary.yml, or take it out."
            )
            yield f"names the term “{term}”, which the glossary lacks", hint
    places = entry.get("measured", [])
    for place in places if isinstance(places, list) else [places]:
        if not sources.section(str(place)):
            todo = "Write page#id, as in labs/distributed-training#results."
            yield f"was measured in “{place}”, which is no section", todo
    if not isinstance(entry.get("added", date.min), date):
        yield "was added on no day", "Write YYYY-MM-DD."
    retired = entry.get("retired")
    if retired is not None and not (
        isinstance(retired, dict) and isinstance(retired.get("on"), date)
    ):
        yield "does not say when it retired", "Write retired: {on: YYYY-MM-DD, instead: other-id}."
