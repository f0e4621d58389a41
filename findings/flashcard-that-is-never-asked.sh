#!/usr/bin/env bash
# Versions: genanki 0.13.1, anki 26.9.3
# Guess: a cloze note gives the same cards, whether genanki writes it and Anki imports it, or it is typed into Anki.
# Behaviour seen: genanki finds the gaps with an expression of its own, and the import makes no cards. Of a gap inside
#   a gap only the outer one gets a card; a note whose gap is shared ({{c1,2::…}}) arrives without any card, so it is in
#   the collection and is never asked. Nothing warns. As soon as the reader corrects a word, Anki makes the cards.
# For a site like ours: count the cards after an import, against Anki's own count, before a package is published.
# Output seen (cards from genanki, after an edit, typed into Anki):
#   two gaps side by side: 2, 2, 2
#   a gap inside a gap: 1, 2, 2
#   one gap for two cards: 0, 2, 2
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check anki==26.9.3 genanki==0.13.1
cat > look.py <<'PY'
from pathlib import Path

import genanki
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

MODEL = genanki.Model(
    1700000009,
    "Gaps",
    model_type=genanki.Model.CLOZE,
    fields=[{"name": "Text"}, {"name": "More"}],
    templates=[{"name": "Card", "qfmt": "{{cloze:Text}}", "afmt": "{{cloze:Text}}<br>{{More}}"}],
)
TEXTS = {
    "two gaps side by side": "{{c1::Attention}} is a {{c2::weighted sum}}",
    "a gap inside a gap": "{{c1::Attention is a {{c2::weighted}} sum}}",
    "one gap for two cards": "Attention is a {{c1,2::weighted sum}}",
}
found = {}
for number, (name, text) in enumerate(TEXTS.items()):
    deck = genanki.Deck(1700000002, "Facts")
    deck.add_note(genanki.Note(MODEL, [text, ""]))
    file = Path(f"{number}.apkg").resolve()
    genanki.Package(deck).write_to_file(file)
    collection = Collection(f"{number}.anki2")
    request = ImportAnkiPackageRequest(package_path=str(file), options=ImportAnkiPackageOptions())
    collection.import_anki_package(request)
    note = collection.get_note(collection.find_notes("")[0])
    imported = len(note.cards())
    note["More"] = "a word"
    collection.update_note(note)
    edited = len(note.cards())
    typed = collection.new_note(note.note_type())
    typed["Text"] = text
    collection.add_note(typed, collection.decks.id_for_name("Facts"))
    found[name] = imported, edited, len(typed.cards())
    collection.close()
    print(f"{name}: {imported}, {edited}, {found[name][2]}")
assert list(found.values()) == [(2, 2, 2), (1, 2, 2), (0, 2, 2)]
PY
env/bin/python look.py
