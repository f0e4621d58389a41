"""data/changelog.yml: each edition in order, dated, in both languages, about places that exist, and recorded."""

from collections.abc import Iterator

from checks.pages import Sources
from checks.problems import Problem


def check(sources: Sources) -> Iterator[Problem]:
    # Only now, since handbook/editions.py itself begins by importing from this package.
    from handbook.addresses import Malformed, read_ledger
    from handbook.editions import CHANGELOG, FOLDER, Careless, read_changelog, unknown_places

    try:
        editions = read_changelog(sources.root)
    except Careless as error:
        yield from error.problems
        return
    for edition in editions:
        if not (sources.root / FOLDER / f"{edition.number}.yml").is_file():
            todo = "Record it: make edition" if edition is editions[0] else f"Bring it back: git checkout -- {FOLDER}"
            yield Problem(CHANGELOG, edition.line, f"{FOLDER}/{edition.number}.yml is missing, so nobody knows what edition {edition.number} said", todo)
    try:
        yield from unknown_places(editions, read_ledger(sources.root))
    except Malformed:
        return  # hooks/share.py tells it
