#!/usr/bin/env bash
# Versions: anki 26.9.3, genanki 0.13.1
# Guess: a shared deck that is imported again brings its corrected cards, and keeps what the reader did: a tag, a deletion,
#   a field of the reader's own. (Studying is another matter: it does keep corrections coming.)
# Behaviour seen: notes are compared by the time of their last change, and one tag is a change. A note that the reader
#   tagged after its author corrected it, and before importing, keeps the wrong text. A note that the reader deleted comes
#   back with the next import, of the same edition too. And whoever adds a field to the note type gets no note of any
#   later edition: all of them are reported as in conflict, none as an error.
# Output seen:
#   studied, then imported: new text
#   tagged, then imported: old text
#   deleted, then imported: 1 new
#   own field, then imported: 0 new, 0 updated, 1 in conflict
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check anki==26.9.3 genanki==0.13.1
cat > look.py <<'PY'
import time

import genanki
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

MODEL = genanki.Model(
    1700000001,
    "Fact",
    fields=[{"name": "Front"}, {"name": "Back"}],
    templates=[{"name": "Card", "qfmt": "{{Front}}", "afmt": "{{Back}}"}],
)
DAY = 86_400


def package(text: str, days_ago: int) -> str:
    deck = genanki.Deck(1700000002, "Facts")
    deck.add_note(genanki.Note(MODEL, ["question", text], guid="fact-1"))
    genanki.Package(deck).write_to_file(f"{text}.apkg", timestamp=time.time() - days_ago * DAY)
    return f"{text}.apkg"


def bring(collection: Collection, file: str):
    request = ImportAnkiPackageRequest(package_path=file, options=ImportAnkiPackageOptions())
    return collection.import_anki_package(request).log


def study(collection, note):
    collection.decks.select(collection.decks.id_for_name("Facts"))
    card = collection.sched.getCard()
    card.start_timer()
    collection.sched.answerCard(card, 3)


def tag(collection, note):
    collection.tags.bulk_add([note], "mine")


def delete(collection, note):
    collection.remove_notes([note])


def add_field(collection, note):
    model = collection.models.by_name("Fact")
    collection.models.add_field(model, collection.models.new_field("Mine"))
    collection.models.update_dict(model)


first, second = package("old", 30), package("new", 10)  # corrected ten days ago, imported today
told = {}
for act in (study, tag, delete, add_field):
    collection = Collection(f"{act.__name__}.anki2")
    bring(collection, first)
    act(collection, collection.find_notes("")[0])
    log = bring(collection, first if act is delete else second)
    text = collection.get_note(collection.find_notes("")[0])["Back"]
    told[act.__name__] = (text, len(log.new), len(log.updated), len(log.conflicting))
    collection.close()
print("studied, then imported:", told["study"][0], "text")
print("tagged, then imported:", told["tag"][0], "text")
print("deleted, then imported:", told["delete"][1], "new")
print("own field, then imported: {1} new, {2} updated, {3} in conflict".format(*told["add_field"]))
assert told == {
    "study": ("new", 0, 1, 0),
    "tag": ("old", 0, 0, 0),
    "delete": ("old", 1, 0, 0),
    "add_field": ("old", 0, 0, 1),
}
PY
env/bin/python look.py
