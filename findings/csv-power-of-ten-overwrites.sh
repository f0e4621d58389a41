#!/usr/bin/env bash
# Versions: anki 26.9.3
# Guess: of a CSV file with HTML, read a second time, every row meets the note that it made; two questions of which one
#   says 10<sup>6</sup> and the other 106 are two questions.
# Behaviour seen: the first reading makes two notes. The second compares first fields with the markup taken out, so both
#   rows meet both notes, and each note ends as the last row: the question on 10⁶ is gone, the one on 106 stands there
#   twice, and the report says two matches, no conflict.
# For a site like ours: formulas in a first field need something beside them that differs as plain text (our packages
#   begin with the question's id), or are written 10^6 or \(10^6\).
# Output seen:
#   first reading: 2 new, 0 matched
#   second reading: 0 new, 2 matched
#   106 个参数占多少内存？ 424 B
#   106 个参数占多少内存？ 424 B
#   written as \(10^6\), second reading: 2 different notes
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check anki==26.9.3
cat > look.py <<'PY'
from pathlib import Path

from anki.collection import Collection, ImportCsvRequest

HEAD = "#separator:tab\n#html:true\n#notetype:Basic\n#deck:Default\n"


def read_twice(name: str, million: str) -> tuple[list, list]:
    """The counts of two readings of one file, then what the notes hold."""
    file = Path(f"{name}.txt").resolve()
    rows = (f"{million} 个参数占多少内存？\t4 MB", "106 个参数占多少内存？\t424 B")
    file.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    collection = Collection(f"{name}.anki2")
    counts = []
    for _ in range(2):
        metadata = collection.get_csv_metadata(path=str(file), delimiter=None)
        log = collection.import_csv(ImportCsvRequest(path=str(file), metadata=metadata)).log
        assert not log.conflicting
        counts.append((len(log.new), len(log.first_field_match)))
    notes = [collection.get_note(one).fields for one in collection.find_notes("")]
    collection.close()
    return counts, notes


counts, notes = read_twice("markup", "10<sup>6</sup>")
for which, (new, matched) in zip(("first", "second"), counts):
    print(f"{which} reading: {new} new, {matched} matched")
for fields in notes:
    print(*fields)
_, others = read_twice("mathjax", r"\(10^6\)")
print(rf"written as \(10^6\), second reading: {len(set(map(tuple, others)))} different notes")
assert counts == [(2, 0), (0, 2)]
assert notes == [["106 个参数占多少内存？", "424 B"]] * 2
assert len(set(map(tuple, others))) == 2
PY
env/bin/python look.py
