"""The preview images: which page or section has one, in which file, and from which title it was made."""

import hashlib
import json
from pathlib import Path

from handbook.outline import Place

ROOT = Path(__file__).resolve().parents[2]
FOLDER, MANIFEST, TEMPLATE = "data/cards", "data/cards/manifest.json", "handbook/card.html"
DESIGN = [TEMPLATE, "handbook/draw_cards.py", "overrides/assets/images/icon.svg"]
WIDTH, HEIGHT, MOST_BYTES = 1200, 630, 30_000


def share_name(page: str) -> str:
    """A page's part of a share address: /guide/ is guide, the home page index."""
    return page.strip("/") or "index"


def card_name(page: str, id: str = "") -> str:
    """The file of a card below its language's folder: guide.png for the page, guide/overfitting.png for a section."""
    return share_name(page) + (f"/{id}" if id else "") + ".png"


def cards_wanted(outlines: dict[str, list[Place]], language: str) -> dict[str, dict[str, str]]:
    """{"zh/guide/strategies.png": {"title": ..., "page": ...}}: one card a page, one a second-level section."""
    cards = {}
    for page, places in outlines.items():
        top = next((place.title for place in places if place.kind == "page"), "")
        cards[f"{language}/{card_name(page)}"] = {"title": top, "page": ""}
        for place in places:
            if place.kind == "section" and place.level == 2:
                cards[f"{language}/{card_name(page, place.id)}"] = {"title": place.title, "page": top}
    return cards


def design() -> str:
    """Tells one look of the cards from another: when it changes, all are drawn again."""
    return hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in DESIGN)).hexdigest()[:12]


def read_manifest(root: Path = ROOT) -> dict:
    path = root / MANIFEST
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {"design": "", "cards": {}}
