"""Runs Lighthouse, mobile profile, on every kind of page."""

import json
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

from handbook.browser import find_browser
from handbook.measure.builds import WORK, run
from handbook.measure.pages import Server

KINDS = {
    "home": "",
    "article": "guide/",
    "problem": "problems/bert-text-classification/",
    "glossary": "reference/glossary/",
    "lab": "labs/data-cleaning/",
    "english": "en/guide/",
    "share": "s/guide/overfitting/",
    "search": "?q=model",
    "404": "404.html",
}
FEW = ("home", "article", "problem", "glossary", "lab")  # on the slow machine
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
SLOW_INDEX = 1200  # benchmark index of a slow machine


def install() -> None:
    """Install the locked packages into .cache/."""
    for name in ("package.json", "package-lock.json"):
        (WORK / name).write_bytes((Path(__file__).parent / name).read_bytes())
    run(["npm", "ci", "--silent", "--omit=optional", "--no-audit", "--no-fund"], WORK)


def fast(browser: object, server: Server) -> dict[str, float]:
    """Scores (of 100), LCP (s), blocking time (ms) and KB of each kind of page."""
    return figures(server, KINDS, 4)


def slow(browser: object, server: Server) -> dict[str, float]:
    """The same of some, with the processor slowed until the benchmark index is a slow machine's."""
    index = report(server.address, 4)["environment"]["benchmarkIndex"]
    return figures(server, FEW, 4 * max(1, index / SLOW_INDEX)) | {"index": index}


def figures(server: Server, kinds: Iterable[str], slower: float) -> dict[str, float]:
    """The figures of those kinds of page that a site has."""
    found = {}
    for kind in kinds:
        if (server.folder / KINDS[kind].split("?")[0]).exists():
            result = report(server.address + KINDS[kind], slower)
            value = {name: audit.get("numericValue") for name, audit in result["audits"].items()}
            for name in CATEGORIES:
                found[f"{kind} {name}"] = 100 * result["categories"][name]["score"]
            found[f"{kind} lcp"] = value["largest-contentful-paint"] / 1000
            found[f"{kind} blocking"] = value["total-blocking-time"]
            found[f"{kind} kb"] = value["total-byte-weight"] / 1000
    return found


def report(address: str, slower: float) -> dict:
    """Lighthouse's report on an address. Raises RuntimeError with what went wrong."""
    command = ["node", "node_modules/lighthouse/cli/index.js", address, "--quiet", "--output=json"]
    command += [f"--only-categories={','.join(CATEGORIES)}"]
    command += [f"--throttling.cpuSlowdownMultiplier={slower:.1f}"]
    command += ["--chrome-flags=--headless=new --no-sandbox --disable-background-networking"]
    environment = os.environ | {"CHROME_PATH": find_browser()}
    done = subprocess.run(command, cwd=WORK, env=environment, text=True, capture_output=True)
    result = json.loads(done.stdout) if done.returncode == 0 else {}
    if not result or "runtimeError" in result:
        raise RuntimeError(f"Lighthouse failed on {address}: {done.stderr[-500:]}")
    return result
