"""Anki packages of the questions, one a language: importing the next edition keeps a reader's progress, tags and edits.

Anki takes over a note that is newer than the reader's, and then overwrites its tags and fields; every other note it
leaves alone. So each note bears the time of its own last change (handbook/questions/changes.py), and genanki, which
stamps all with one time, only lays out the file. Ids of the note type and the decks, and the fields, never change: a
field more would make readers' notes a conflict, so some are spare, and the template shows those that are filled.
"""

import io
import json
import re
import sqlite3
import tempfile
import warnings
import zipfile
from html import escape
from pathlib import Path

import genanki

from handbook.questions.bank import Bank, Entry
from handbook.questions.changes import Changes
from handbook.questions.words import WORDS

NOTE_TYPE, DECKS = 1764400001, {"zh": 1764400002, "en": 1764400003}
NOTE_TYPE_CHANGED = (
    1764374400  # 2025-11-29; raise it, in seconds since 1970, when template or style change
)
CREATED = 1764374400000  # ids of notes and cards count from here, in milliseconds
FIELDS = "Id Question Short Full Weak FollowUps Sources Level Field Address Other".split()
SPARE = [f"Spare{number}" for number in range(1, 7)]
FRONT = '<div class="about">{{Field}} · {{Level}}</div>\n<div class="question">{{Question}}</div>'
BACK = "{{FrontSide}}\n<hr id=answer>\n<div class=short>{{Short}}</div>\n" + "\n".join(
    f"{{{{#{name}}}}}<div>{{{{{name}}}}}</div>{{{{/{name}}}}}"
    for name in (*FIELDS[3:7], "Other", *SPARE, "Address")
)
STYLE = """\
.card { max-width: 42em; margin: 0 auto; padding: 0 .6em; font-size: 18px; line-height: 1.6; text-align: left; }
.about { font-size: .75em; opacity: .7; }
.question { font-size: 1.15em; font-weight: bold; }
.short { font-weight: bold; }
h4 { margin: 1em 0 0; font-size: .85em; }
table { border-collapse: collapse; } td, th { border: 1px solid; padding: .1em .4em; }
pre { overflow-x: auto; font-size: .8em; }
"""
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can bear


class Note(genanki.Note):
    """A note whose id follows from language and question alone."""

    def __init__(self, language: str, id: str, **options):
        super().__init__(**options)
        self.guid = genanki.guid_for("handbook-questions", language, id)


def package(bank: Bank, language: str, changed: Changes) -> bytes:
    """The package of a language. The same bank gives the same bytes, with the same SQLite."""
    other = "en" if language == "zh" else "zh"
    model = genanki.Model(
        NOTE_TYPE,
        "Large-Model Startup Handbook",
        fields=[{"name": name} for name in (*FIELDS, *SPARE)],
        templates=[{"name": "Question", "qfmt": FRONT, "afmt": BACK}],
        css=STYLE,
        sort_field_index=0,
    )
    words = WORDS[language]["anki"]
    deck = genanki.Deck(DECKS[language], words["deck"], words["licence"])
    for at, one in enumerate(bank.entries, 1):
        deck.add_note(
            Note(
                language,
                one.id,
                model=model,
                fields=[*fields(one, language, other), *[""] * len(SPARE)],
                tags=[f"handbook::{one.field}", f"handbook::level-{one.level}"],
                due=at,  # new cards come in the order of the bank
            )
        )
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # genanki takes a < in code for broken HTML
        file = Path(folder) / "new.apkg"
        genanki.Package(deck).write_to_file(file, timestamp=CREATED / 1000)
        with zipfile.ZipFile(file) as made:
            parts = {name: made.read(name) for name in made.namelist()}
        database = Path(folder) / "collection.anki2"
        database.write_bytes(parts["collection.anki2"])
        date_notes(database, bank, language, changed)
        parts["collection.anki2"] = database.read_bytes()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for name in sorted(parts):
            out.writestr(zipfile.ZipInfo(name, EPOCH), parts[name], zipfile.ZIP_DEFLATED, 9)
    return packed.getvalue()


def date_notes(database: Path, bank: Bank, language: str, changed: Changes) -> None:
    """Give each note the time of its own last change, and the note type that of its own."""
    with sqlite3.connect(database) as base:
        guids = {
            genanki.guid_for("handbook-questions", language, one.id): one.id for one in bank.entries
        }
        for guid, id in guids.items():
            stamp = changed.stamp(id, language)
            base.execute("UPDATE notes SET mod = ? WHERE guid = ?", (stamp, guid))
        base.execute("UPDATE cards SET mod = (SELECT mod FROM notes WHERE notes.id = nid)")
        models = json.loads(base.execute("SELECT models FROM col").fetchone()[0])
        models[str(NOTE_TYPE)]["mod"] = NOTE_TYPE_CHANGED
        base.execute("UPDATE col SET models = ?", (json.dumps(models),))
    base.execute("VACUUM")
    base.close()


def fields(one: Entry, language: str, other: str) -> list[str]:
    """What a note holds, in the order of FIELDS; headings stand in the text, so that the template has no words."""
    text, there = one.texts[language], one.texts[other]
    words = WORDS[language]
    headed = {"weak": text.weak, "follow-ups": text.follow_ups, "sources": text.sources}
    weak, follow_ups, sources = (
        f"<h4>{escape(words['anki'][kind])}</h4>{said}" if said else ""
        for kind, said in headed.items()
    )
    address = (
        f'<a href="{escape(text.address)}">{escape(words["anki"]["link"])}</a>'
        if text.address
        else ""
    )
    folded = (
        f"<details><summary>{escape(words['anki']['other'])}</summary>"
        f"<p>{escape(there.question)}</p><p>{escape(there.short)}</p></details>"
    )
    return [
        one.id,
        escape(text.question, quote=False),
        f"<p>{escape(text.short, quote=False)}</p>",
        one_line(text.full),
        one_line(weak),
        one_line(follow_ups),
        one_line(sources),
        escape(words["level"][one.level]),
        escape(text.field),
        address,
        folded,
    ]


def one_line(text: str) -> str:
    """HTML in which a template's braces mean nothing, as code may have them."""
    return re.sub(r"\{\{|\}\}", lambda match: f"{match[0][0]}<!-- -->{match[0][1]}", text)
