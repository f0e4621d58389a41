"""How the search of a built site answers the recorded queries: a report for whoever adds a page.

    python -m handbook.search [site]

tests/browser/*.tsv hold what readers type: language, query, and the addresses (with | between
them) of which one should be among the first three. The tests insist on all of must_find.tsv, and on
a share of readers.tsv and of founders.tsv. For a query of recorded.tsv a new page may be the better
answer: then change its line.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from handbook.browser import find_browser
from handbook.site import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
QUERIES = ROOT / "tests" / "browser"
ENGINE = ("vendor/minisearch-7.2.0.js", "search-terms.js", "search-engine.js")
ANSWER = """([index, queries]) => {
  const search = new HandbookSearch(JSON.parse(index), MiniSearch)
  return queries.map(query => search.search(query).slice(0, 3).map(({doc}) => doc.location))
}"""


@dataclass
class Answer:
    """What the search found first for a query of a table."""

    language: str
    query: str
    wanted: set[str]
    found: list[str]  # three at most

    @property
    def place(self) -> int | None:
        """Where the first right section stands: 0, 1, 2, or not among them."""
        return next((at for at, one in enumerate(self.found) if one in self.wanted), None)

    def __str__(self) -> str:
        first = ", ".join(self.found) or "nothing"
        return f"{self.language} “{self.query}” finds {first}; not {', '.join(sorted(self.wanted))}"


def answers(browser: Browser, site: Path, name: str) -> list[Answer]:
    """The answers to the queries of a table.

    Raises FileNotFoundError when the folder holds no site with a search.
    """
    rows = (QUERIES / name).read_text(encoding="utf-8").splitlines()[1:]
    cases, given = [row.split("\t") for row in rows], []
    page = browser.new_page()
    for script in ENGINE:
        page.add_script_tag(path=ROOT / "theme" / "assets" / "javascripts" / script)
    for language in LANGUAGES:
        folder = site if language == "zh" else site / language
        index = (folder / "search" / "search_index.json").read_text(encoding="utf-8")
        here = [case for case in cases if case[0] == language]
        found = page.evaluate(ANSWER, [index, [query for _, query, _ in here]])
        for (_, query, wanted), first in zip(here, found, strict=True):
            given.append(Answer(language, query, {*wanted.split("|")}, first))
    page.close()
    return given


def main(site: Path) -> int:
    """Print what is missed in all tables; the exit status is 2 when there is no site to ask."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        try:
            for table in sorted(QUERIES.glob("*.tsv")):
                given = answers(browser, site, table.name)
                missed = [answer for answer in given if answer.place is None]
                first = sum(answer.place == 0 for answer in given)
                print(*missed, sep="\n")
                print(
                    f"{table.name}: {len(given)} queries, {first} right at once, {len(missed)} missed"
                )
        except FileNotFoundError as error:
            print(f"{error.filename} is missing; run `make build`", file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "site")))
