#!/usr/bin/env bash
# Versions: weasyprint 70.0, pypdfium2 5.15.2, fonttools 4.68.0 (needs Pango)
# Guess: `text-align: justify` spreads a Chinese line between its characters, as browsers do, and both
#   edges of the page are straight.
# Behaviour seen: only spaces grow. A line of Chinese alone stays as short as it was; a line with Latin
#   words puts all that is missing into the gaps beside them, and looks torn.
# Output seen (a font of squares made here; lines of 205 and 200 units, characters of 10, spaces of 5):
#   Chinese alone: ends at 200 of 205
#   with GPU in it: ends at 200 of 200, spaces of [22.5, 22.5]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check weasyprint==70.0 pypdfium2==5.15.2 fonttools==4.68.0
env/bin/python - <<'PYTHON'
import base64
import io

import pypdfium2
import weasyprint
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

CHARACTERS = "模型训练要用大量数据也很多时间GPU "


def glyph(width):
    """A box of ink, or nothing."""
    pen = TTGlyphPen(None)
    if width:
        for move, point in (("moveTo", (50, 0)), ("lineTo", (50, 800)), ("lineTo", (width, 800))):
            getattr(pen, move)(point)
        pen.closePath()
    return pen.glyph()


def font():
    """A font of squares, Latin letters half as wide, in base64."""
    names = {character: f"g{at}" for at, character in enumerate(CHARACTERS)}
    widths = {name: 500 if character.isascii() else 1000 for character, name in names.items()}
    maker = FontBuilder(1000, isTTF=True)
    maker.setupGlyphOrder([".notdef", *widths])
    maker.setupCharacterMap({ord(character): name for character, name in names.items()})
    inks = {name: glyph(0 if name == names[" "] else width - 50) for name, width in widths.items()}
    maker.setupGlyf({".notdef": glyph(0), **inks})
    maker.setupHorizontalMetrics({".notdef": (1000, 0), **{n: (w, 50) for n, w in widths.items()}})
    maker.setupHorizontalHeader(ascent=880, descent=-120)
    maker.setupNameTable({"familyName": "Squares", "styleName": "Regular"})
    maker.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    maker.setupPost()
    file = io.BytesIO()
    maker.save(file)
    return base64.b64encode(file.getvalue()).decode()


def first_line(text, width):
    """Where the first of several justified lines ends, and its gaps, in CSS pixels."""
    style = (
        "@font-face{font-family:Squares;src:url(data:font/ttf;base64,%s)}"
        "@page{size:%dpx 300px;margin:0}body{margin:0;font:10px/2 Squares;text-align:justify}"
    ) % (font(), width)
    pdf = weasyprint.HTML(string=f'<html lang="zh"><style>{style}</style><p>{text}').write_pdf()
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    boxes = [page.get_charbox(at, loose=True) for at in range(page.count_chars())
             if page.get_text_range(at, 1).strip()]
    top = max(box[1] for box in boxes)
    line = [box for box in boxes if abs(box[1] - top) < 1]
    gaps = [round((b[0] - a[2]) / 0.75, 1) for a, b in zip(line, line[1:])]
    return round(line[-1][2] / 0.75), [gap for gap in gaps if gap > 0.5]


end, gaps = first_line("模型训练要用大量数据也要很多时间" * 3, 205)
print(f"Chinese alone: ends at {end} of 205")
assert (end, gaps) == (200, []), f"changed: {end}, {gaps}"
end, gaps = first_line("模型训练要用 GPU 大量数据也要很多" + "GPUGPU" * 3, 200)
print(f"with GPU in it: ends at {end} of 200, spaces of {gaps}")
assert end == 200 and len(gaps) == 2 and min(gaps) > 15, f"changed: {end}, {gaps}"
PYTHON
