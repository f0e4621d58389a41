"""How the search of a built site answers the recorded queries: a report for whoever adds a page.

    python -m handbook.search [site]

tests/browser/*.tsv hold what readers type: language, query, and the addresses (with | between
them) of which one should be among the first three. The tests insist on must_find.tsv alone. For a
query of recorded.tsv a new page may be the better answer: then change its line.
"""

import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from handbook.browser import find_browser
from handbook.site import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
QUERIES = ROOT / "tests" / "browser"
ENGINE = ("vendor/minisearch-7.2.0.js", "search-engine.js")
ANSWER = """([index, queries]) => {
  const search = new HandbookSearch(JSON.parse(index), MiniSearch)
  return queries.map(query => search.search(query).slice(0, 3).map(({doc}) => doc.location))
}"""


def misses(browser: Browser, site: Path, name: str) -> list[str]:
    """The queries of a table whose section is not among the first three, each as a line to print.

    Raises FileNotFoundError when the folder holds no site with a search.
    """
    rows = (QUERIES / name).read_text(encoding="utf-8").splitlines()[1:]
    cases, missed = [row.split("\t") for row in rows], []
    page = browser.new_page()
    for script in ENGINE:
        page.add_script_tag(path=ROOT / "theme" / "assets" / "javascripts" / script)
    for language in LANGUAGES:
        folder = site if language == "zh" else site / language
        index = (folder / "search" / "search_index.json").read_text(encoding="utf-8")
        here = [case for case in cases if case[0] == language]
        answers = page.evaluate(ANSWER, [index, [query for _, query, _ in here]])
        for (_, query, wanted), found in zip(here, answers, strict=True):
            if not {*found} & {*wanted.split("|")}:
                first = ", ".join(found) or "nothing"
                missed.append(f"{name}: {language} “{query}” finds {first}; not {wanted}")
    page.close()
    return missed


def main(site: Path) -> int:
    """Print the misses of all tables; the exit status is 2 when there is no site to ask."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        try:
            for table in sorted(QUERIES.glob("*.tsv")):
                missed = misses(browser, site, table.name)
                print(*missed, f"{table.name}: {len(missed)} missed", sep="\n")
        except FileNotFoundError as error:
            print(f"{error.filename} is missing; run `make build`", file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "site")))
