"""`make canary`: the Markdown of both languages built by the pinned Zensical, the successor of Material; what comes out, and what is lost.

    python -m publish.canary .cache/zensical/bin/zensical

A canary, not a second site: it tells in time when the pages could no longer be moved. It fails when a page does not come out, or without
its title, its sections' ids or one paragraph, item, cell or listing of its text. What only our own build makes is expected to be missing; a loss that is not expected
fails too, and so does one that has been made good, so that the page that lists them stays true.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from lxml import html

from bench.many_pages import CONFIGS, copy_project
from bench.zensical import DOCS, zensical_config
from checks.pages import read_page

ROOT = Path(__file__).resolve().parent.parent
# What our pages have and Zensical's have not, as an expression that finds it: docs/*/reference/publishing.md lists them.
EXPECTED = {
    "tooltips": "//a[contains(@class, 'hb-term')]",
    "share": "//script[@id='hb-links']",
    "policy": "//meta[@http-equiv='Content-Security-Policy']",
    "inline": "//head/style[string-length() > 10000]",
    "language": "//a[@data-language-switch]",
    "edition": "//p[contains(@class, 'hb-edition')]",
}


def compared(ours: Path, theirs: Path, name: str, language: str) -> list[str]:
    """What is wrong with a page that Zensical made, beside ours."""
    try:
        built = html.parse(str(theirs), html.HTMLParser(encoding="utf-8")).getroot()
    except OSError:
        return [f"{language} {name}: no page came out"]
    path = next((ROOT / "docs" / language).glob(f"{name}.*"))  # a notebook's Markdown is read from its source
    source = read_page(ROOT, path, language, path.name)
    ids = {heading.id for heading in source.headings if heading.id}
    found = []
    if missing := sorted(ids - set(built.xpath("//@id"))):
        found.append(f"{language} {name}: no id {', '.join(missing)}")
    own, other = article_of(html.parse(str(ours), html.HTMLParser(encoding="utf-8")).getroot()), article_of(built)
    titles = [[text_of(title) for title in article.iter("h1")] for article in (own, other)]
    if titles[0] != titles[1]:
        found.append(f"{language} {name}: the title is {titles[1]}, not {titles[0]}")
    whole = text_of(other)
    blocks = [text_of(block) for block in own.iter("h2", "h3", "h4", "p", "li", "td", "th", "pre", "summary")]
    if gone := [text for text in blocks if text not in whole]:
        found.append(f"{language} {name}: {len(gone)} of {len(blocks)} pieces of text are gone, the first is “{gone[0][:60]}”")
    return found


def article_of(page):
    """The article of a page, without what is no text of its author."""
    article = page.xpath("//article")[0]
    for extra in article.xpath(f".//script | .//style | .//*[contains(@class, 'headerlink')] | {EXPECTED['edition']}"):
        extra.drop_tree()
    return article


def text_of(element) -> str:
    """The text of an element, without white space."""
    return re.sub(r"\s", "", element.text_content())


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or not Path(arguments[0]).is_file():
        print("usage: python -m publish.canary PATH_OF_ZENSICAL (make canary installs it)", file=sys.stderr)
        return 2
    zensical, wrong, lost = str(Path(arguments[0]).absolute()), [], {}
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        copy_project(tree)
        build(tree, [sys.executable, "-m", "mkdocs", "build", "--quiet"])
        for language, config in CONFIGS.items():
            build(tree, [zensical, "build", "--clean", "-f", zensical_config(tree, language)])
            for path in sorted((tree / DOCS / language).rglob("*.md")):
                name = path.relative_to(tree / DOCS / language).as_posix().removesuffix(".md")
                if name in GENERATED:
                    continue
                place = (name.removesuffix("index") if name.endswith("index") else name + "/") + "index.html"
                ours = tree / "site" / ("" if language == "zh" else language) / place
                theirs = tree / "zensical" / language / place
                wrong += compared(ours, theirs, name, language)
                if theirs.is_file():
                    for loss, where in EXPECTED.items():
                        have = [bool(html.parse(str(file), html.HTMLParser(encoding="utf-8")).xpath(where)) for file in (ours, theirs)]
                        lost.setdefault(loss, []).append(have[0] and not have[1])
    for loss, pages in lost.items():
        if not any(pages):
            wrong.append(f"“{loss}” is no longer lost; take it out of EXPECTED and of docs/*/reference/publishing.md")
    for line in wrong:
        print(f"canary: {line}", file=sys.stderr)
    print(f"Zensical: {sum(map(len, lost.values())) // max(1, len(lost))} pages came out; lost as expected: {', '.join(lost)}; {len(wrong)} surprises")
    return 1 if wrong else 0


# Pages whose text our own build makes of data: Zensical has only the marker.
GENERATED = {"reference/glossary", "reference/changelog", "reference/downloads"}


def build(tree: Path, command: list[str]) -> None:
    """Run a build; end with what it said when it fails."""
    done = subprocess.run(command, cwd=tree, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout.decode('utf-8', 'replace')}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
