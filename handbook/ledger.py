"""Adds the addresses that a site has published to data/addresses.yml; takes nothing out.

    python -m handbook.ledger            builds the site first
    python -m handbook.ledger site       reads one that is built
"""

import sys
from pathlib import Path

from handbook.addresses import LEDGER, Malformed, read_ledger
from handbook.built_pages import BuildFailed, outlines_of

ROOT = Path(__file__).resolve().parent.parent
HEAD = """\
# Every address that was ever published, in both languages: the English one is the same below /en.
# A section marked “share” also has the share page /s/<page>/<id>/ (/s/index/<id>/ for the home page), and each
# page /s/<page>/; one marked “anchor” has none. `make addresses` adds what is new. Nothing is ever taken out:
# when an id or a page goes, the old address must lead on (CONTRIBUTING.md, “Move or rename”).
"""


def added(ledger: dict[str, dict[str, str]], pages: dict[str, dict[str, str]]) -> int:
    """Put new pages and ids into the ledger, after the old ones; returns how many ids."""
    count = 0
    for page, ids in pages.items():
        known = ledger.setdefault(page, {})
        for id, kind in ids.items():
            if id not in known:
                known[id] = kind
                count += 1
            elif kind == "share":  # a share page may come later; it never goes
                known[id] = kind
    return count


def published(site: Path) -> dict[str, dict[str, str]]:
    """What a built site publishes: {"/guide/": {"overfitting": "share"}}, in the order of its pages."""
    chinese, english = outlines_of(site, "zh"), outlines_of(site, "en")
    if differing := [page for page in {**chinese, **english} if ids_of(chinese, page) != ids_of(english, page)]:
        raise Malformed(f"{', '.join(differing)}: the ids differ between the languages. Run `make build`, which says where.")
    return {
        page: {place.id: "share" if place.shared else "anchor" for place in places if place.kind != "moved"}
        for page, places in chinese.items()
    }


def ids_of(outlines, page) -> list[str]:
    return [place.id for place in outlines.get(page, ())]


def written(ledger: dict[str, dict[str, str]]) -> str:
    """The ledger as text, one id a line."""
    blocks = ("".join([f"{page}:\n", *(f"  {id}: {kind}\n" for id, kind in ids.items())]) for page, ids in ledger.items())
    return HEAD + "".join(blocks)


def main(arguments: list[str], root: Path = ROOT) -> int:
    try:
        ledger = {page: {id: entry.kind for id, entry in ids.items()} for page, ids in read_ledger(root).items()}
        count = added(ledger, published(Path(arguments[0]) if arguments else None))
    except (Malformed, BuildFailed) as error:
        print(f"nothing written: {error}", file=sys.stderr)
        return 2
    (root / LEDGER).write_text(written(ledger), encoding="utf-8", newline="")
    print(f"{LEDGER}: {count} new of {sum(map(len, ledger.values()))} ids on {len(ledger)} pages")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
