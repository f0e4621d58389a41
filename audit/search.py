"""Times the search: from each key to the first result on the screen, with the index as it is and ten times as large."""

import json
import random
import re
from statistics import median

from playwright.sync_api import sync_playwright

from handbook.browser import find_browser

QUERIES = {
    "zh": ["过拟合", "卷积神经网络", "预训练模型", "数据隐私", "开源", "算力", "商业模式", "融资", "正则化", "transformer", "gpt-3", "bert 文本分类"],
    "en": ["overfitting", "convolution", "pretrained", "data privacy", "open source", "compute", "business", "funding",
           "regularisation", "transformer", "gpt-3", "bert text"],
}
HOMES = {"zh": "", "en": "en/"}
# A key's time runs until the frame with the changed list has been painted; a key that finds nothing has no result.
WATCH = """() => {
  const input = document.querySelector(".md-search__input"), list = document.querySelector(".md-search-result__list")
  window.times = []
  let pressed = null
  input.addEventListener("keydown", () => { pressed = performance.now() }, true)
  new MutationObserver(() => {
    if (pressed === null || !list.children.length) return
    const from = pressed
    pressed = null
    requestAnimationFrame(() => setTimeout(() => window.times.push(performance.now() - from)))
  }).observe(list, {childList: true})
}"""


def enlarged(index, times, seed=0):
    """An index of so many times the pages: the sentences of all pages dealt anew to pages of other addresses."""
    dealt = random.Random(seed)
    index = json.loads(index)
    docs = tuple(index["docs"])
    sentences = [one for doc in docs for one in re.split(r"(?<=[。！？.!?\n])", doc["text"]) if one.strip()]
    for copy in range(1, times):
        for doc in docs:
            wanted, text = len(doc["text"]), []
            while sum(map(len, text)) < wanted:
                text.append(dealt.choice(sentences))
            index["docs"].append({**doc, "location": f"copy-{copy}/{doc['location']}", "text": "".join(text)})
    return json.dumps(index, ensure_ascii=False)


def percentile(values, part):
    """The smallest value that so large a part of all does not exceed."""
    return sorted(values)[max(0, -(-len(values) * part // 100) - 1)]


def measured(root, site, language, times, runs):
    """Milliseconds: the median over runs of the 95th percentile over keys, and the time to load the index."""
    home = HOMES[language]
    index = (site / home / "search/search_index.json").read_text(encoding="utf-8")
    large = index if times == 1 else enlarged(index, times)
    found, loads, keys = [], [], 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        for _ in range(runs):
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.route("**/search_index.json", lambda route: route.fulfill(body=large, content_type="application/json"))
            page.goto(root + home)
            page.wait_for_selector("html.hb-links")
            page.evaluate(WATCH)
            page.evaluate("window.opened = performance.now()")
            page.keyboard.press("/")
            page.keyboard.insert_text(QUERIES[language][0])
            page.wait_for_selector(".md-search-result__link", timeout=120_000)
            loads.append(page.evaluate("performance.now() - window.opened"))
            page.evaluate("window.times = []")
            for query in QUERIES[language]:
                page.fill(".md-search__input", "")
                page.wait_for_function("!document.querySelector('.md-search-result__list').children.length")
                for end in range(1, len(query) + 1):
                    if query[end - 1] == " ":
                        page.keyboard.press("Space")
                        continue
                    typed(page, query[end - 1])
                    page.wait_for_function(
                        "q => document.querySelector('.md-search-result__list').dataset.query === q", arg=query[:end].strip())
            page.wait_for_timeout(100)
            values = page.evaluate("window.times")
            keys = len(values)
            found.append(percentile(values, 95))
            page.close()
        browser.close()
    return {"p95_ms": round(median(found), 1), "load_ms": round(median(loads)), "keys": keys, "runs": runs,
            "sections": len(json.loads(large)["docs"])}


def typed(page, letter):
    """Press the key of a letter; a Chinese one comes from an input method, whose last key is taken as a space bar's."""
    if letter.isascii():
        page.keyboard.press(letter)
    else:
        page.evaluate("""letter => {
          const input = document.querySelector(".md-search__input")
          input.dispatchEvent(new KeyboardEvent("keydown", {key: "Process"}))
          input.setRangeText(letter, input.value.length, input.value.length, "end")
          input.dispatchEvent(new InputEvent("input", {data: letter}))
        }""", letter)
