"""What follows a build: from a folder that MkDocs has written to a site that can be published.

    python -m handbook.finish site

Plain functions on a folder. Nothing here knows MkDocs; a successor would be finished alike.
"""

import sys
from html import escape
from pathlib import Path

from handbook import addresses, assets, policy
from handbook.book import downloads
from handbook.checks import built
from handbook.problems import Problem
from handbook.questions import exports
from handbook.search import index
from handbook.share import feeds, head, pages, passages, plain
from handbook.site import LANGUAGES, Site, read_site

SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
{rows}</urlset>
"""


def finish(folder: Path) -> list[Problem]:
    """Finish the site in a folder; returns what is wrong with it.

    Raises FileNotFoundError for a folder without a site.
    """
    problems = downloads.place(folder)
    site = read_site(folder)
    problems += built.problems(site) + addresses.check(site) + list(passages.check(site))
    index.write(site)
    plain.write(site)
    exports.write(site)
    problems += feeds.write(site) + pages.write(site)
    write_sitemaps(site)
    heads = {page.file: head.tags(page, site) for page in site.pages}
    files = assets.gather(folder)
    texts = {}
    for file in sorted(folder.rglob("*.html")):
        text = file.read_text(encoding="utf-8")
        problems += policy.problems(file.relative_to(folder).as_posix(), text)
        text = text.replace("</head>", heads.get(file, "") + "</head>", 1)
        texts[file] = assets.dress(text, file, files)
    rule = policy.policy_of(texts.values())
    for file, text in texts.items():
        file.write_text(policy.with_policy(text, rule), encoding="utf-8", newline="")
    if not problems:
        print(f"site/ is new: {len(site.of('zh'))} pages in 2 languages")
    return problems


def write_sitemaps(site: Site) -> None:
    """A list of addresses for crawlers, with both languages; none where the site has no address."""
    for language in LANGUAGES:
        # MkDocs's; the packed one holds the time of the build.
        for file in site.root(language).glob("sitemap.xml*"):
            file.unlink()
        rows = [
            f"<url><loc>{escape(page.canonical)}</loc>"
            + "".join(
                f'<xhtml:link rel="alternate" hreflang="{name}" href="{escape(site.address + prefix + page.url)}"/>'
                for name, prefix in (("zh", ""), ("en", "en/"), ("x-default", ""))
            )
            + "</url>\n"
            for page in site.of(language)
        ]
        if site.address:
            text = SITEMAP.format(rows="".join(rows))
            (site.root(language) / "sitemap.xml").write_text(text, encoding="utf-8", newline="")


def main(arguments: list[str]) -> int:
    """Finish the folder that is named; the exit status is 1 when something is wrong with it."""
    if len(arguments) != 1:
        print("usage: python -m handbook.finish FOLDER", file=sys.stderr)
        return 2
    try:
        problems = finish(Path(arguments[0]))
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 2
    for problem in sorted(problems):
        print(f"ERROR   -  {problem}", file=sys.stderr)
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
