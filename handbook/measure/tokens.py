"""Compares counting 1 MB of Chinese on the page of the lab on tokens with counting it in Python.

    python -m handbook.measure.tokens SITE [--runs 7]

SITE is the folder of a built site. Each run counts the same text with each vocabulary that the page offers, in the
page's worker and with the reference (tiktoken, tokenizers), one after the other in an order drawn anew. The page's
tokenizer has forgotten the text before each run. The quickest run counts, in milliseconds, since other programs only
ever add time; the ratio should be at most 2.
"""

import argparse
import random
import time
from pathlib import Path

from handbook.measure import pages
from snippets.labs.tokens.corpora import law, some
from snippets.labs.tokens.pack import OFFERED
from snippets.labs.tokens.vocabularies import encoder

BYTES = 1_000_000
COUNT = """async ([name, text]) => {
  const form = document.querySelector(".hb-count"), workers = self.workers ||= {}
  const option = [...form.elements.tokenizer.options].find(one => one.value === name)
  const answer = (worker, message) => new Promise((done, fail) => {
    worker.onmessage = ({data}) => { if (data.error) fail(data.why); else if (!("progress" in data)) done(data) }
    worker.postMessage(message)
  })
  if (!workers[name]) {
    workers[name] = new Worker(new URL(form.dataset.worker, location.href))
  }
  const url = new URL(option.dataset.file, location.href).href
  await answer(workers[name], {load: name, url, bytes: 1}) // a new tokenizer, which knows no text
  const from = performance.now()
  const {tokens} = await answer(workers[name], {count: name, text, limit: 0, ticket: 1})
  return [performance.now() - from, tokens]
}"""


def main() -> None:
    """Measure, and print a line for each tokenizer."""
    parser = argparse.ArgumentParser(prog="python -m handbook.measure.tokens")
    parser.add_argument("site", type=Path)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    text = "\n".join(some(law(), BYTES, 0)).encode()[:BYTES].decode("utf-8", "ignore")
    print(f"{len(text.encode()):,} bytes of statutes, {len(text):,} characters; milliseconds")
    print(f"{'':12}{'tokens':>10}{'page':>8}{'Python':>8}{'ratio':>8}")
    server = pages.Server(options.site)
    with pages.browsing() as browser, pages.new_page(browser, pages.DESKTOP) as page:
        page.goto(server.address + "labs/tokens/")
        for name in OFFERED:
            times = {"page": [], "Python": []}
            found = set()
            for _ in range(options.runs):
                for side in random.sample(list(times), 2):
                    took, tokens = on_page(page, name, text) if side == "page" else here(name, text)
                    times[side].append(took)
                    found.add(tokens)
            if len(found) != 1:
                raise SystemExit(f"{name}: the counts differ: {sorted(found)}")
            page_time, python_time = (min(one) for one in times.values())
            figures = f"{page_time:8.0f}{python_time:8.0f}{page_time / python_time:8.2f}"
            print(f"{name:12}{found.pop():>10,}{figures}", flush=True)


def on_page(page, name: str, text: str) -> tuple[float, int]:
    """Milliseconds and tokens in the page's worker."""
    took, tokens = page.evaluate(COUNT, [name, text])
    return took, tokens


def here(name: str, text: str) -> tuple[float, int]:
    """Milliseconds and tokens with the reference."""
    count = encoder(name)
    start = time.perf_counter()
    tokens = len(count(text))
    return 1000 * (time.perf_counter() - start), tokens


if __name__ == "__main__":
    main()
