"""Runs Lighthouse, mobile profile, on a page, and takes the median of its figures."""

import json
import os
import subprocess
from statistics import median

from handbook.browser import find_browser

CATEGORIES = ["performance", "accessibility", "best-practices", "seo"]
FLAGS = "--headless=new --no-sandbox --disable-background-networking"


def run(program, url):
    """The report of one run on an address, as a dictionary."""
    done = subprocess.run(
        ["node", str(program / "node_modules/lighthouse/cli/index.js"), url, "--quiet", "--output=json",
         f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={FLAGS}"],
        env={**os.environ, "CHROME_PATH": find_browser()}, text=True, encoding="utf-8", capture_output=True, timeout=180,
    )
    if done.returncode:
        raise RuntimeError(f"Lighthouse failed on {url}: {done.stderr.strip()[-500:]}")
    report = json.loads(done.stdout)
    if error := report.get("runtimeError"):
        raise RuntimeError(f"Lighthouse failed on {url}: {error['message']}")
    return report


def figures(report):
    """What one report says: scores, metrics, what was transferred, and the audits that were not passed."""
    audits = report["audits"]
    requests = [r for r in audits["network-requests"]["details"]["items"] if r["url"].startswith("http")]
    images = [r for r in requests if r["resourceType"] == "Image"]
    failed = {
        ref["id"] for category in report["categories"].values() for ref in category["auditRefs"]
        if ref["weight"] and audits[ref["id"]]["score"] is not None and audits[ref["id"]]["score"] < 0.9
    }
    return {
        "scores": {name: round(100 * report["categories"][name]["score"]) for name in CATEGORIES},
        "lcp_ms": round(audits["largest-contentful-paint"]["numericValue"]),
        "cls": round(audits["cumulative-layout-shift"]["numericValue"], 4),
        "bytes": sum(r["transferSize"] for r in requests if r not in images),
        "image_bytes": sum(r["transferSize"] for r in images),
        "requests": len(requests),
        "failed": sorted(failed),
    }


def summary(runs):
    """Medians of several runs' figures; of the audits not passed, all."""
    return {
        "scores": {name: round(median(one["scores"][name] for one in runs)) for name in CATEGORIES},
        **{key: median(one[key] for one in runs) for key in ("lcp_ms", "cls", "bytes", "image_bytes", "requests")},
        "failed": sorted({name for one in runs for name in one["failed"]}),
    }
