"""`make bench`: how long our build takes, beside Zensical's on the same Markdown, with 1, 10 and 100 times the pages.

    python -m bench --zensical PATH_OF_ZENSICAL [--runs 5] [--sizes 1 10 100]

Ours is the strict build of both languages; Zensical's are its two builds, without what it does not know: our hooks,
templates and plugins. Each run does all kinds of build in turn, so that a busy minute slows them all. It writes
data/recordings/bench/result.json, and the tables of the page that reports it; where a kind stands, it is {"median": seconds, "runs": [seconds, …]}:

    {"date": "2026-11-25", "machine": {"processor": …, "cores": 2, "system": "Linux x86_64"},
     "versions": {"Python": …, "mkdocs": …, "mkdocs-material": …, "Zensical": …}, "runs": 5,
     "sizes": [{"times": 1, "pages": 6 a language, "cold": kind, "warm": kind, "zensical": kind,
                "cold_to_zensical": 1.3, "warm_to_zensical": 0.8}, …],
     "growth": [{"from": 6 pages, "to": 60 pages, "pages": 10.0 times as many, "seconds": 4.2 times as long,
                 "ratio": 0.42 of the two}, …],
     "edit": {"pages": 102 a language, "zh": kind, "en": kind}}     from saving a page to seeing it in the preview

"cold" is without anything kept in .cache/, "warm" with all of it.
"""

import argparse
import math
import os
import platform
import shutil
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path


from bench.many_pages import CONFIGS, ROOT, count_pages, make
from bench.preview import previewing, read, until
from bench.zensical import zensical_config
from handbook.measured import median, write
from recording import tables
from recording.keep import RECORDINGS

WORK = ROOT / ".cache" / "bench"
OUT = RECORDINGS / "bench" / "result.json"
EDITED_AMONG = 100  # pages a language, at least
SITE_PARTS = ("site", "zensical", ".cache")
ENVIRONMENT = {k: v for k, v in os.environ.items() if k not in ("SITE_URL", "REPO_URL")} | {"NO_MKDOCS_2_WARNING": "1"}


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description="Measure our build beside Zensical's.")
    parser.add_argument("--zensical", required=True, help="the program")
    parser.add_argument("--runs", type=int, default=5, help="how often; the median counts (default 5)")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1, 10, 100], help="how many times the pages")
    options = parser.parse_args()
    zensical = str(Path(options.zensical).absolute())
    sizes = [measure(times, options.runs, zensical) for times in options.sizes]
    result = {
        "versions": {
            "Python": platform.python_version(), "mkdocs": version("mkdocs"), "mkdocs-material": version("mkdocs-material"),
            "Zensical": subprocess.run([zensical, "--version"], capture_output=True, text=True).stdout.split()[-1],
        },
        "runs": options.runs, "sizes": sizes, "growth": [growth(a, b) for a, b in zip(sizes, sizes[1:])],
        "edit": measure_edits(options.runs),
    }
    report(result)
    write(OUT, result)
    tables.write_all()
    print(f"\nWritten: {OUT.relative_to(ROOT)}")


def measure(times: int, runs: int, zensical: str) -> dict:
    """Build a tree with so many times the pages, again and again."""
    tree = WORK / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    pages = make(tree, times)
    configs = [zensical_config(tree, language) for language in CONFIGS]
    seconds = {"cold": [], "warm": [], "zensical": []}
    for run in range(runs):
        print(f"{pages} pages a language, run {run + 1} of {runs}", file=sys.stderr, flush=True)
        clear(tree, SITE_PARTS)
        seconds["cold"].append(timed(tree, [[sys.executable, "-m", "mkdocs", "build", "--strict"]]))
        clear(tree, ("site",))
        seconds["warm"].append(timed(tree, [[sys.executable, "-m", "mkdocs", "build", "--strict"]]))
        clear(tree, SITE_PARTS)
        seconds["zensical"].append(timed(tree, [[zensical, "build", "--clean", "-f", config] for config in configs]))
    shutil.rmtree(tree)
    kinds = {kind: median(values) for kind, values in seconds.items()}
    return {"times": times, "pages": pages, **kinds, **{
        f"{kind}_to_zensical": round(kinds[kind]["median"] / kinds["zensical"]["median"], 2) for kind in ("cold", "warm")}}


def clear(tree: Path, parts: tuple[str, ...]) -> None:
    for part in parts:
        shutil.rmtree(tree / part, ignore_errors=True)


def timed(tree: Path, commands: list[list[str]]) -> float:
    """Seconds that commands take one after the other. Stops the bench, with what it said, when one fails."""
    start = time.perf_counter()
    for command in commands:
        done = subprocess.run(command, cwd=tree, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode:
            sys.exit(f"{' '.join(command)} failed:\n{done.stdout.decode('utf-8', 'replace')}")
    return time.perf_counter() - start


def growth(small: dict, large: dict) -> dict:
    """How the time of a cold build grows with the pages."""
    pages = large["pages"] / small["pages"]
    seconds = large["cold"]["median"] / small["cold"]["median"]
    return {"from": small["pages"], "to": large["pages"], "pages": pages, "seconds": round(seconds, 2), "ratio": round(seconds / pages, 2)}


def measure_edits(runs: int) -> dict:
    """Save a page, and wait until the preview shows it."""
    tree, work = WORK / "tree", WORK / "preview"
    for folder in (tree, work):
        shutil.rmtree(folder, ignore_errors=True)
    times = math.ceil(EDITED_AMONG / count_pages(ROOT))
    pages, seconds = make(tree, times), {"zh": [], "en": []}
    with previewing(tree, work) as root:
        until(lambda: read(root + "en/guide/"), 600)
        for run in range(runs):
            print(f"edits among {pages} pages a language, run {run + 1} of {runs}", file=sys.stderr, flush=True)
            for language, address in (("zh", "guide/"), ("en", "en/guide/")):
                page, mark = tree / "docs" / language / "guide.md", f"edit-{language}-{run}"
                page.write_text(page.read_text(encoding="utf-8") + f"\n{mark}\n", encoding="utf-8")
                start = time.perf_counter()
                until(lambda: mark in read(root + address))
                seconds[language].append(time.perf_counter() - start)
    for folder in (tree, work):
        shutil.rmtree(folder, ignore_errors=True)
    return {"pages": pages, **{language: median(values) for language, values in seconds.items()}}


def report(result: dict) -> None:
    """One table, the growth and the edits."""
    print(f"\n{'pages a language':>16}{'cold':>10}{'warm':>10}{'Zensical':>10}{'cold/Zensical':>15}{'warm/Zensical':>15}")
    for size in result["sizes"]:
        print(f"{size['pages']:>16}" + "".join(f"{size[kind]['median']:>8.2f} s" for kind in ("cold", "warm", "zensical"))
              + f"{size['cold_to_zensical']:>15.2f}{size['warm_to_zensical']:>15.2f}")
    for step in result["growth"]:
        print(f"From {step['from']} to {step['to']} pages: {step['pages']:g} times the pages, {step['seconds']} times "
              f"the time of a cold build: {step['ratio']} of the two.")
    edit = result["edit"]
    print(f"An edit among {edit['pages']} pages a language shows after {edit['zh']['median']} s (Chinese), "
          f"{edit['en']['median']} s (English).")


if __name__ == "__main__":
    main()
