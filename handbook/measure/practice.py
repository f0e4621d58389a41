"""Measures the self-test with 1,000 questions and 50,000 reviews stored, beside one that was never used.

    python -m handbook.measure.practice SITE [--runs 7]

SITE is the folder of a built site. The processor is slowed four times. Printed are

- opening: from the navigation until the first question can be read, without a history and with it, one after the other
  in an order drawn anew, and their ratio (at most 2);
- replay: the same when what is derived from the history is missing, as after a browser has dropped it;
- key: from the key that shows the answer until it is laid out, and from a grade until the next question is
  (at most 16 ms);
- what the self-test loads on top of the page, packed (at most 45 KB).

The quickest run counts, since other programs only ever add time; the median stands behind it in brackets.

The exit status is 1 when a limit is passed.
"""

import argparse
import gzip
import json
import random
import re
from pathlib import Path
from statistics import median

from handbook.measure import pages

QUESTIONS, REVIEWS, SLOWER = 1_000, 50_000, 4
LINES = {
    "empty": "opening, without a history",
    "full": "opening, with the history",
    "replay": "opening, everything replayed",
    "show": "from the key to the answer",
    "grade": "from the grade to the next question",
}
MOST = {"ratio": 2, "key": 16, "bytes": 45_000}
PAGE = "en/questions/practice/?level=1,2,3"
FILL = """([reviews, questions]) => {
  let now = Date.now() - 400 * 864e5
  const progress = new HandbookProgress({}, () => now)
  for (let at = 0; at < reviews; at++) {
    now += 400 * 864e5 / reviews
    progress.add(`question-${at * 7 % questions}`, 1 + at * 13 % 97 % 4)
  }
  progress.remember()
}"""
# Resolves with the time at which the first question stands there.
SHOWN = """new Promise(done => {
  const look = () => {
    const heading = document.querySelector(".hb-recall__question")
    if (heading?.textContent && heading.offsetHeight) done(performance.now())
    else requestAnimationFrame(look)
  }
  look()
})"""
PRESS = """key => {
  const target = document.activeElement, card = document.querySelector(".hb-recall")
  const from = performance.now()
  target.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}))
  card.getBoundingClientRect()
  return performance.now() - from
}"""


def deck() -> str:
    """As many questions as a script of the form of handbook/questions/exports.py."""
    one = {
        "field": "training",
        "level": 2,
        "for": ["engineer"],
        "answer": "Because 2 + 2 = 4. " * 12,
    }
    questions = [
        one | {"id": f"question-{n}", "title": f"Why {n}?", "about": "", "address": "../x/#x"}
        for n in range(QUESTIONS)
    ]
    return f"self.handbookDeck = {json.dumps({'questions': questions, 'retired': {}})}"


def loaded(site: Path) -> int:
    """Bytes, packed, of what only the page of the self-test loads, the larger language."""
    sizes = []
    for folder in (site, site / "en"):
        page = folder / "questions/practice/index.html"
        text = page.read_text(encoding="utf-8")
        names = re.findall(r'(?:data-\w+|src|href)="([^"?]*assets/[^"?]*)', text)
        own = {name for name in names if re.search(r"practice|questions|fsrs", name)}
        sizes.append(sum(len(gzip.compress((page.parent / name).read_bytes(), 9)) for name in own))
    return max(sizes)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m handbook.measure.practice")
    parser.add_argument("site", type=Path)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    server = pages.Server(options.site)
    times = {"empty": [], "full": [], "replay": []}
    with pages.browsing() as browser:
        contexts = {name: browser.new_context(**pages.DESKTOP) for name in ("empty", "full")}
        for context in contexts.values():
            context.route(
                "**/deck.js*",
                lambda route: route.fulfill(body=deck(), content_type="text/javascript"),
            )
        page = contexts["full"].new_page()
        page.goto(server.address + PAGE)
        page.evaluate(SHOWN)
        page.evaluate(FILL, [REVIEWS, QUESTIONS])
        page.close()
        for _ in range(options.runs):
            for name in random.sample(list(times), len(times)):
                context = contexts["empty" if name == "empty" else "full"]
                times[name].append(opening(context, server.address + PAGE, name == "replay"))
        keys = pressed(contexts["full"], server.address + PAGE)
    ratio, size = min(times["full"]) / min(times["empty"]), loaded(options.site)
    print(f"{QUESTIONS:,} questions, {REVIEWS:,} reviews; processor slowed {SLOWER} times")
    for name, found in (times | keys).items():
        print(f"{LINES[name]:40}{min(found):8.1f} ms ({median(found):.1f})")
    print(f"opening with a history and without: {ratio:.2f} times")
    print(f"loaded by the self-test, packed: {size:,} bytes")
    slowest = max(map(min, keys.values()))
    return ratio > MOST["ratio"] or slowest > MOST["key"] or size > MOST["bytes"]


def slowed(context):
    """A new page with a slow processor."""
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return page


def opening(context, address: str, replay: bool) -> float:
    """Milliseconds from the navigation to the first question. replay: without what is derived."""
    page = slowed(context)
    if replay:
        page.add_init_script('localStorage.removeItem("handbook.practice.states")')
    page.goto(address, wait_until="commit")
    took = page.evaluate(SHOWN)
    page.close(run_before_unload=False)
    if replay:  # it is kept when the page is left
        page = context.new_page()
        page.goto(address)
        page.evaluate(SHOWN)
        page.goto("about:blank")
        page.close()
    return took


def pressed(context, address: str) -> dict[str, list[float]]:
    """20 times each, in milliseconds."""
    page = slowed(context)
    page.goto(address)
    page.evaluate(SHOWN)
    page.locator(".hb-recall__question").focus()
    found = {"show": [], "grade": []}
    for _ in range(20):
        found["show"].append(page.evaluate(PRESS, " "))
        found["grade"].append(page.evaluate(PRESS, "3"))
    page.close()
    return found


if __name__ == "__main__":
    raise SystemExit(main())
