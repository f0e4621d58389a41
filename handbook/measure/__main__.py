"""Compares this site with the one before it was rebuilt (commit 485efe9) and with the bare theme.

    python -m handbook.measure [PART …] [--runs 7]

    work        ms of the main thread to load an article: phone profile, processor slowed four times
    bytes       KB, packed, of a first visit and of the pages that follow
    click       ms from a click or tap until the next page is painted, on a slow line
    search      ms from a key to its results, with the index and ten times the index
    lighthouse  scores, LCP (s), blocking time (ms) and KB of every kind of page
    slow        the same of some, with the processor of a slow machine
    build       seconds to build, and from an edit to the reload
    build-10    the same with ten times the pages

Each part measures its sites in one run, shuffled anew each time, and takes medians. With at least
seven runs they are kept in data/recordings/speed/result.json, from where pages take them by keys
such as `speed.work.new.all / speed.work.old.all`.
"""

import argparse
import json
import os
import random
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from datetime import UTC, datetime
from statistics import median

from handbook.measure import builds, lighthouse, pages
from handbook.record.keep import processor

FILE = builds.ROOT / "data/recordings/speed/result.json"
ENOUGH = 7
ALL, OURS = ("new", "old", "stock"), ("new", "old")
IN_BROWSER = {
    "work": (pages.work, ALL),
    "bytes": (pages.sizes, ALL),
    "click": (pages.clicks, OURS),
    "search": (pages.search, OURS),
    "lighthouse": (lighthouse.fast, ALL),
    "slow": (lighthouse.slow, ALL),
}
TIMES = {"build": 1, "build-10": 10}
PARTS = (*IN_BROWSER, *TIMES)


def main(arguments: list[str] | None = None) -> None:
    """Measure all parts or those named, print them side by side, keep them."""
    parser = argparse.ArgumentParser(prog="python -m handbook.measure")
    parser.add_argument("parts", nargs="*", metavar="PART", help="of " + ", ".join(PARTS))
    parser.add_argument("--runs", type=int, default=ENOUGH)
    options = parser.parse_args(arguments)
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(unknown)}")
    parts = options.parts or PARTS
    servers = {}
    if set(parts) - set(TIMES):
        servers = {site: pages.Server(folder) for site, folder in builds.sites().items()}
    if {"lighthouse", "slow"} & set(parts):
        lighthouse.install()
    for part in parts:
        about = {
            "date": datetime.now(UTC).date().isoformat(),
            "load": round(os.getloadavg()[0], 2),
            "runs": options.runs,
        }
        if part in TIMES:
            found = build_times(TIMES[part], options.runs)
        else:
            found = in_browser(*IN_BROWSER[part], servers, options.runs)
        print(f"\n{part}: {about}\n{side_by_side(found)}", flush=True)
        if options.runs >= ENOUGH:
            keep({part: about | found})


def in_browser(
    measure: Callable[..., dict], sites: Iterable[str], servers: dict, runs: int
) -> dict[str, dict]:
    """Medians of what is measured in a browser."""
    with pages.browsing() as browser:
        return compared(sites, runs, lambda site: measure(browser, servers[site]))


def build_times(times: int, runs: int) -> dict[str, dict]:
    """Medians with so many times the pages; each site has a tree of its own, which is previewed."""
    trees = {site: builds.WORK / f"{site}-{times}" for site in ("new", "stock")}
    for tree in trees.values():
        builds.copy_of_project(tree, times)
    built = compared(trees, runs, lambda site: {"build": builds.build(site, trees[site])})
    with ExitStack() as stack:
        guides = {
            site: stack.enter_context(builds.previewing(site, tree)) for site, tree in trees.items()
        }
        edits = compared(trees, runs, lambda site: {"edit": builds.edit(trees[site], guides[site])})
    return {site: built[site] | edits[site] for site in trees}


def compared(
    sites: Iterable[str], runs: int, measure: Callable[[str], dict[str, float]]
) -> dict[str, dict]:
    """Medians of each site's figures over some runs; each run takes the sites in another order."""
    found = {site: [] for site in sites}
    for _ in range(runs):
        for site in random.sample(list(found), len(found)):
            found[site].append(measure(site))
    return {
        site: {figure: round(median(run[figure] for run in results), 3) for figure in results[0]}
        for site, results in found.items()
    }


def side_by_side(found: dict[str, dict]) -> str:
    """One line for each figure: this site, the others, and the ratio to each."""
    new, *others = found
    lines = [f"{'':24}" + "".join(f"{site:>12}" for site in found) + "   ratios"]
    for figure, value in found[new].items():
        beside = [found[site].get(figure) for site in others]
        cells = "".join(f"{'–' if v is None else format(v, '.2f'):>12}" for v in (value, *beside))
        ratios = "".join(f"{value / other:8.2f}" if other else f"{'–':>8}" for other in beside)
        lines.append(f"{figure:24}{cells}{ratios}")
    return "\n".join(lines)


def keep(part: dict) -> None:
    """Put a part into the recording; what was measured on another machine goes."""
    machine = {"processor": processor(), "cores": os.cpu_count()}
    kept = json.loads(FILE.read_text("utf-8")) if FILE.is_file() else {}
    kept = kept if kept.get("machine") == machine else {"machine": machine}
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(json.dumps(kept | part, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
