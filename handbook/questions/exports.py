"""What a build makes of the questions: the self-test's deck, and the files to take along. The same bytes every time.

<language>/assets/questions/deck.js     for the self-test (theme/assets/javascripts/practice-session.js)
downloads/questions-<language>.apkg     handbook/questions/anki.py
downloads/questions-<language>.csv      for spreadsheets
downloads/questions.json, questions.schema.json
"""

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path

from handbook.questions import anki, changes
from handbook.questions.bank import Bank, Entry, plain, read_bank
from handbook.questions.check import FIELDS, LEVELS, READERS
from handbook.questions.page import ROOT
from handbook.questions.words import WORDS
from handbook.site import LANGUAGES, Site

VERSION = 1
DECK = Path("assets/questions/deck.js")
TEXTS = {"type": "string", "minLength": 1}


def write(site: Site, root: Path = ROOT) -> None:
    """Write everything below the folder of a built site; nothing when it has no questions."""
    bank = write_decks(site, root)
    if not bank.entries:
        return
    downloads = site.folder / "downloads"
    downloads.mkdir(exist_ok=True)
    changed = changes.read(root)
    for language in LANGUAGES:
        (downloads / f"questions-{language}.apkg").write_bytes(
            anki.package(bank, language, changed)
        )
        (downloads / f"questions-{language}.csv").write_bytes(
            sheet(bank, language).encode("utf-8-sig")
        )
    for name, value in (
        ("questions.json", as_json(bank, changed, edition_of(site))),
        ("questions.schema.json", SCHEMA),
    ):
        text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
        (downloads / name).write_text(text, encoding="utf-8", newline="")


def write_decks(site: Site, root: Path = ROOT, languages: Iterable[str] = LANGUAGES) -> Bank:
    """Write what the self-test loads, of some languages; gives their questions."""
    bank = read_bank(site, root, tuple(languages))
    for language in languages if bank.entries else ():
        file = site.root(language) / DECK
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(deck(bank, language), encoding="utf-8", newline="")
    return bank


def from_practice(place: str) -> str:
    """The address of a question, questions/inference/#id or questions/inference.html#id, from the self-test's page."""
    here = place.removeprefix("questions/")
    return here if ".html" in place else f"../{here}"


def deck(bank: Bank, language: str) -> str:
    """What the self-test shows, as a script: a page opened from a folder may load nothing else."""
    levels = WORDS[language]["level"]
    questions = [
        {
            "id": one.id,
            "field": one.field,
            "level": one.level,
            "for": one.readers,
            "title": one.texts[language].question,
            "answer": one.texts[language].short,
            "about": f"{one.texts[language].field} · {levels[one.level]}",
            "address": from_practice(one.texts[language].place),
        }
        for one in bank.entries
    ]
    data = {"questions": questions, "retired": bank.retired}
    return f"self.handbookDeck = {json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n"


def sheet(bank: Bank, language: str) -> str:
    """A row for each question, every field quoted. Texts that a spreadsheet would take for a formula do not occur."""
    words, file = WORDS[language], io.StringIO()
    rows = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    rows.writerow(words["csv"])
    for one in bank.entries:
        text = one.texts[language]
        said = [text.short, *map(plain, (text.full, text.weak, text.follow_ups))]
        said.append(plain(text.sources, addresses=True))
        rows.writerow(
            [
                one.id,
                text.field,
                words["level"][one.level],
                words["join"].join(words["reader"][who] for who in one.readers),
                text.question,
                *map(harmless, said),
                text.address,
                words["anki"]["licence"],
            ]
        )
    return file.getvalue()


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"• {text}" if text.startswith(tuple("=+-@")) else text


def edition_of(site: Site) -> str:
    """The newest edition of the changelog, as edition-3; "" without one."""
    page = site.by_name.get(("zh", "reference/changelog"))
    ids = [section.id for section in page.sections] if page else []
    return next((id for id in ids if id.startswith("edition-")), "")


def as_json(bank: Bank, changed: changes.Changes, edition: str = "") -> dict:
    """All questions in both languages. Later versions only add properties."""
    return {
        "format": "handbook-questions",
        "version": VERSION,
        "edition": edition,
        "date": max((one.changed(two.id) for two in bank.entries for one in [changed]), default="")[
            :10
        ],
        "licence": {one: WORDS[one]["anki"]["licence"] for one in LANGUAGES},
        "questions": [as_entry(one, changed) for one in bank.entries],
        "retired": [{"id": id, "instead": instead} for id, instead in bank.retired.items()],
    }


def as_entry(one: Entry, changed: changes.Changes) -> dict:
    """One question."""
    first = one.texts["zh"]
    return {
        "id": one.id,
        "field": one.field,
        "level": one.level,
        "for": one.readers,
        "terms": one.terms,
        "measured": one.measured,
        "added": one.added,
        "changed": changed.changed(one.id),
        "sources": [{"address": link, "checked": first.checked} for link in first.links],
    } | {
        language: {
            "field": text.field,
            "question": text.question,
            "short": text.short,
            "full_html": text.full,
            "weak_html": text.weak,
            "follow_ups_html": text.follow_ups,
            "sources_html": text.sources,
            "address": text.address,
        }
        for language, text in one.texts.items()
    }


def strict(**properties) -> dict:
    """An object that has all of these; later versions may add others."""
    return {"type": "object", "required": list(properties), "properties": properties}


ID = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 40}
IN_ONE_LANGUAGE = strict(
    field=TEXTS,
    question=TEXTS,
    short=TEXTS,
    full_html=TEXTS,
    weak_html=TEXTS,
    follow_ups_html=TEXTS,
    sources_html=TEXTS,
    address={"type": "string"},
)
DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}"}
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Questions of the Large-Model Startup Handbook, version 1; later versions only add properties",
} | strict(
    format={"const": "handbook-questions"},
    version={"type": "integer", "minimum": VERSION},
    edition={"type": "string"},
    date={"type": "string"},
    licence=strict(zh=TEXTS, en=TEXTS),
    questions={
        "type": "array",
        "items": strict(
            id=ID,
            field={"enum": list(FIELDS)},
            level={"enum": list(LEVELS)},
            **{"for": {"type": "array", "minItems": 1, "items": {"enum": list(READERS)}}},
            terms={"type": "array", "items": {"type": "string"}},
            measured={"type": "array", "items": {"type": "string"}},
            added=DAY,
            changed={"type": "string"},
            sources={
                "type": "array",
                "minItems": 1,
                "items": strict(address={"type": "string", "pattern": "^https?://"}, checked=DAY),
            },
            zh=IN_ONE_LANGUAGE,
            en=IN_ONE_LANGUAGE,
        ),
    },
    retired={"type": "array", "items": strict(id=ID, instead=ID)},
)
