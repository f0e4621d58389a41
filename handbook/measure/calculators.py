"""How long after a key the calculators show their answer, at a processor slowed four times: at most 16 ms.

    python -m handbook.measure.calculators SITE [--runs 5]

SITE is the folder of a built site. In each run every number on every page gets a digit more and loses it again;
the time is that of the page's own work on the main thread from the key until the answer stands in the document, and
until the plot has followed in the next frame. Median, 95th percentile and the longest, in milliseconds.
"""

import argparse
from pathlib import Path
from statistics import median, quantiles

from handbook.calculators.page import names
from handbook.measure import pages

LIMIT = 16
TYPE = """async runs => {
  const form = document.querySelector(".hb-calc__form"), answers = [], plots = []
  const fields = [...form.querySelectorAll("input")].filter(field => field.value)
  const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)))
  for (let run = 0; run < runs + 1; run++)
    for (const field of fields) {
      const before = field.value
      for (const value of [before.replace(/(\\d)(?=\\D*$)/, "$1" + (run + 1)), before]) {
        field.value = value
        const from = performance.now()
        field.dispatchEvent(new InputEvent("input", {bubbles: true}))
        const answered = performance.now()
        const drawn = new Promise(done => requestAnimationFrame(start => {
          const late = performance.now() // the plot was drawn by the callback before this one
          done(late - start)
        }))
        const plot = await drawn
        await frame()
        if (run) { // the first one warms the code up, as a reader's first keys do
          answers.push(answered - from)
          plots.push(plot)
        }
      }
    }
  return [answers, plots]
}"""


def measure(site: Path, runs: int) -> dict[str, dict[str, list[float]]]:
    """Milliseconds by page: of the answer, and of the plot in the frame after it."""
    server, found = pages.Server(site), {}
    with pages.browsing() as browser:
        for name in names():
            with pages.new_page(browser, pages.PHONE, pages.SLOWER) as page:
                page.goto(f"{server.address}tools/{name}/", wait_until="networkidle")
                page.wait_for_timeout(1500)  # what the page put off until it is idle
                answers, plots = page.evaluate(TYPE, runs)
            found[name] = {"answer": answers, "plot": plots}
    return found


def main() -> None:
    """Measure, and print a line for each page; the exit status is 1 where 5% of the answers take too long."""
    parser = argparse.ArgumentParser(prog="python -m handbook.measure.calculators")
    parser.add_argument("site", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    print(f"milliseconds after a key, processor slowed {pages.SLOWER} times; at most {LIMIT}")
    print(f"{'':12}{'':8}{'keys':>6}{'median':>8}{'95 %':>8}{'longest':>9}")
    slow = False
    for name, parts in measure(options.site, options.runs).items():
        for part, times in parts.items():
            high = quantiles(times, n=20)[-1]
            slow |= part == "answer" and high > LIMIT
            figures = f"{len(times):6}{median(times):8.1f}{high:8.1f}{max(times):9.1f}"
            print(f"{name:12}{part:8}{figures}", flush=True)
    raise SystemExit(slow)


if __name__ == "__main__":
    main()
