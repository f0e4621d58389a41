"""Measures every kind of page with Lighthouse beside the theme as it comes, and times the search; prints one table.

    python -m audit [--runs 5] [--only article] [--out FILE]

The theme as it comes is Material with its default settings, less its fonts from another host, on the same Markdown,
built in the same run. Stopped, it goes on where it was. Without --only the result goes to
data/recordings/audit/result.json, and the tables of the page that reports it are written from it:

    date, machine {processor, cores, system}, versions {Lighthouse, Node.js, Chromium, mkdocs, mkdocs-material}, runs
    pages: a list of
        id         "handbook-article-zh"
        site       "handbook" or "material"
        language   "zh" or "en"
        kind       home, article, section (an address in an article), problem, lab, glossary, share (sends people on to a
                   section), search (open, with words typed) or 404
        path       what was opened, from the root of the site
        scores     {performance, accessibility, best-practices, seo}: median, of 100
        lcp_ms, cls, bytes, image_bytes, requests: medians; bytes are as transferred, images not counted
        failed     Lighthouse's audits that count in a score and were below 0.9 in any run
    search: a list of
        id         "zh-10"
        language, times (1, or 10 for ten times the pages), sections, keys, runs
        p95_ms     from a key to the first result on the screen: the median over runs of the 95th percentile
        load_ms    from the opening of the search to the first result: the median
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import yaml

from audit import lighthouse, search
from audit.server import serving_compressed
from handbook.browser import find_browser
from handbook.kept import Kept, contents
from handbook.measured import write
from recording import tables
from recording.keep import RECORDINGS

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / ".cache" / "audit"
OUT = RECORDINGS / "audit" / "result.json"
KINDS = {
    "home": "", "article": "guide/", "section": "guide/#overfitting", "problem": "problems/bert-text-classification/",
    "lab": "labs/data-cleaning/", "glossary": "reference/glossary/", "share": "s/guide/overfitting/", "search": "?q=model", "404": "404.html",
}
BESIDE = ("home", "article", "problem", "glossary")  # of the theme as it comes
LANGUAGES = {"zh": "", "en": "en/"}


def main(arguments=None):
    """Build, measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m audit", description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=5, help="runs of each page, of which the median counts (5)")
    parser.add_argument("--only", choices=[*KINDS, "speed-of-search"], help="one kind of page, or the times of the search")
    parser.add_argument("--out", type=Path, help="where to write the result")
    options = parser.parse_args(arguments)
    if options.runs < 1:
        parser.error("--runs must be at least 1")
    if find_browser() is None:
        parser.error("no Chromium or Chrome found: install one, or run `playwright install chromium`")
    out = options.out or (None if options.only else OUT)
    sites = {"handbook": build("handbook", {}), "material": build("material", plain())}
    kept = Kept(WORK / "kept", [contents(sites.values()), versions()])  # an audit that was stopped goes on where it was
    pages, times = [], []
    for name, folder in sites.items():
        with serving_compressed(folder) as root:
            for kind in [options.only] if options.only else KINDS:
                for language in LANGUAGES if kind in KINDS else ():
                    if kind == "404" and language == "en" or name == "material" and kind not in BESIDE:
                        continue  # one page serves both languages
                    path = address(language, kind)
                    runs = [
                        kept.result("audit", [name, path, run], lambda: lighthouse.figures(lighthouse.run(WORK, root + path)))
                        for run in range(options.runs)
                    ]
                    pages.append({"id": f"{name}-{kind}-{language}", "site": name, "language": language, "kind": kind, "path": path,
                                  **lighthouse.summary(runs)})
                    print(row(pages[-1]), flush=True)
            if name == "handbook" and options.only in (None, "speed-of-search"):
                for language in LANGUAGES:
                    for factor in (1, 10):
                        found = search.measured(root, folder, language, factor, options.runs)
                        times.append({"id": f"{language}-{factor}", "language": language, "times": factor, **found})
    print("\n" + table(pages, times))
    if out:
        write(out, {"versions": versions(), "runs": options.runs, "pages": pages, "search": times})
    if out == OUT:
        tables.write_all()
    shutil.rmtree(WORK / "kept", ignore_errors=True)  # the next one measures anew


def address(language, kind):
    """The path of a kind of page, from the root of the site."""
    return KINDS[kind] if kind == "404" else LANGUAGES[language] + KINDS[kind]


def plain():
    """Two configurations, by language: the theme's defaults on the same Markdown."""
    ours = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), Loader=Plain)
    names = {"zh": ours["site_name"], "en": yaml.load((ROOT / "mkdocs.en.yml").read_text(encoding="utf-8"), Loader=Plain)["site_name"]}
    extensions = ours["markdown_extensions"]
    extensions["pymdownx.snippets"]["base_path"] = [str(ROOT / path) for path in extensions["pymdownx.snippets"]["base_path"]]
    return {
        language: {
            "site_name": names[language], "docs_dir": str(ROOT / "docs" / language),
            "theme": {"name": "material", "language": language, "font": False},
            "hooks": [str(ROOT / "hooks" / "glossary.py")],  # writes the Markdown of the glossary
            "plugins": {"search": {}}, "markdown_extensions": extensions,
        }
        for language in LANGUAGES
    }


class Plain(yaml.SafeLoader):
    """Reads MkDocs's own tags as nothing."""


Plain.add_multi_constructor("!", lambda loader, suffix, node: None)


def build(name, configurations):
    """Build a site into .cache/audit/: ours, or one configuration a language."""
    folder = WORK / "sites" / name
    if not configurations:
        mkdocs("--strict", "--site-dir", str(folder))
    for language, configuration in configurations.items():
        path = WORK / f"{name}.{language}.yml"
        path.write_text(yaml.safe_dump(configuration, allow_unicode=True), encoding="utf-8")
        mkdocs("--config-file", str(path), "--site-dir", str(folder / LANGUAGES[language]))
    return folder


def mkdocs(*arguments):
    """Run `mkdocs build`; tell what it said when it fails."""
    done = subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet", *arguments], cwd=ROOT, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        sys.exit(done.stdout)


def versions():
    """With what was measured."""
    said = {name: subprocess.run([program, "--version"], text=True, capture_output=True).stdout
            for name, program in (("Node.js", "node"), ("Chromium", find_browser()))}
    installed = json.loads((WORK / "node_modules/lighthouse/package.json").read_text(encoding="utf-8"))["version"]
    return {"Lighthouse": installed, **{name: re.search(r"[\d.]+", text)[0] for name, text in said.items()},
            **{name: version(name) for name in ("mkdocs", "mkdocs-material")}}


def row(page):
    """One line of the table."""
    scores = "/".join(str(page["scores"][name]) for name in lighthouse.CATEGORIES)
    return (f"{page['site']:9} {page['language']:3} {page['kind']:9} {scores:16} {page['lcp_ms'] / 1000:6.2f} s {page['cls']:7.3f} "
            f"{page['bytes'] / 1000:7.1f} KB {page['requests']:4.0f}  {', '.join(page['failed'])}")


def table(pages, times):
    """All lines, the theme's beside ours, under a heading."""
    lines = []
    if pages:
        lines.append(f"{'site':9} {'':3} {'page':9} {'perf/acc/bp/seo':16} {'LCP':>8} {'CLS':>7} {'gzip':>10} {'requests':>8}")
        lines += [row(page) for page in sorted(pages, key=lambda p: (list(KINDS).index(p["kind"]), p["language"] != "zh"))]
    for one in times:
        lines.append(f"search {one['language']}, {one['times']:2} × the pages ({one['sections']} sections): "
                     f"first result within {one['p95_ms']:.0f} ms of a key (p95), {one['load_ms']} ms after opening")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
