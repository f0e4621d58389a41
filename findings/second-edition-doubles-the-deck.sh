#!/usr/bin/env bash
# Versions: anki-apkg-export 4.0.3 (npm), anki 26.9.3
# Guess: the exporter makes a note's guid from its texts, so the second edition of a deck of two cards, one corrected,
#   brings one new note: the corrected one. The card that did not change is known.
# Behaviour seen: the hash also takes in the deck's id, which is the moment of the export. No note is ever known again:
#   the unchanged card is there twice as well, the reader's own and a new one, in one deck; each edition also brings a
#   note type of its own. So does a third export of the very same texts.
# For a site like ours: a package for readers who come back needs guids that follow from the question alone; this
#   exporter has no way to give one, so it is for decks that are imported once.
# Output seen:
#   first edition: 2 new
#   second edition, one card corrected: 2 new, 0 known
#   the same texts again: 2 new, 0 known
#   cards that ask q1: 3, decks named Facts: 1, note types named Facts: 3
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check anki==26.9.3
npm install --silent --no-fund --no-audit anki-apkg-export@4.0.3 > /dev/null
cat > make.cjs <<'JS'
const fs = require("fs")
const Exporter = require("anki-apkg-export").default
const [file, answer] = process.argv.slice(2)
const deck = new Exporter("Facts")
deck.addCard("q1", "a1")
deck.addCard("q2", answer)
deck.save().then(bytes => fs.writeFileSync(file, bytes))
JS
for edition in "first a2" "second better" "third better"; do
  read -r name answer <<< "$edition"
  node make.cjs "$name.apkg" "$answer" > /dev/null 2>&1
done
cat > look.py <<'PY'
from pathlib import Path

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

collection = Collection("reader.anki2")
found = []
for name in ("first", "second", "third"):
    file = str(Path(f"{name}.apkg").resolve())
    request = ImportAnkiPackageRequest(package_path=file, options=ImportAnkiPackageOptions())
    log = collection.import_anki_package(request).log
    found.append((len(log.new), len(log.updated) + len(log.duplicate)))
print(f"first edition: {found[0][0]} new")
print("second edition, one card corrected: {} new, {} known".format(*found[1]))
print("the same texts again: {} new, {} known".format(*found[2]))
cards = len(collection.find_cards("front:q1"))
decks = sum(one.name == "Facts" for one in collection.decks.all_names_and_ids())
models = sum(one.name.startswith("Facts") for one in collection.models.all_names_and_ids())
collection.close()
print(f"cards that ask q1: {cards}, decks named Facts: {decks}, note types named Facts: {models}")
assert found == [(2, 0)] * 3
assert (cards, decks, models) == (3, 1, 3)
PY
env/bin/python look.py
