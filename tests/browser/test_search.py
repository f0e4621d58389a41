"""The search box in a real browser: what readers type finds the section, in both languages."""

import re

import pytest
from playwright.sync_api import Page, expect

from handbook.search.__main__ import answers

INPUT, LIST, LINK = ".md-search__input", ".md-search-result__list", ".md-search-result__link"
SAID = ".md-search-result__meta"
WORKER = re.compile(r"/search-worker[^/]*\.js")
# What a browser of early 2021 lacks.
OLD = """for (const kind of [Array, String]) delete kind.prototype.at
for (const name of ["findLast", "findLastIndex", "toSorted", "with"]) delete Array.prototype[name]
delete Object.hasOwn
delete self.structuredClone
"""


def ask(page, query):
    """Type a query and wait for the answer; gives the addresses as on the screen."""
    page.fill(INPUT, query)
    return answer(page, query)


def answer(page, query):
    expect(page.locator(LIST)).to_have_attribute("data-query", query, timeout=15_000)
    return page.eval_on_selector_all(LINK, "links => links.map(link => link.href)")


def visit(page, address):
    """Go to a page and wait for its scripts, which come after the text; keyboard.js after ours."""
    page.goto(address)
    page.locator("button.md-header__button[for=__search]").wait_for(state="attached")


def opened(page, address):
    visit(page, address)
    page.click(INPUT)
    return page


def change(page, pattern, changed):
    """Serve the page a script of the search otherwise: changed(its text)."""

    def serve(route):
        route.fulfill(body=changed(route.fetch().text()), content_type="text/javascript")

    page.route(pattern, serve)


def test_what_must_be_found_is_found(browser, built):
    missed = [one for one in answers(browser, built, "must_find.tsv") if one.place is None]
    assert not missed, "\n".join(map(str, missed))


@pytest.mark.parametrize("table", ["readers.tsv", "founders.tsv"])
def test_questions_of_readers_are_answered(browser, built, table):
    given = answers(browser, built, table)
    missed = [one for one in given if one.place is None]
    assert len(missed) <= 0.05 * len(given), "\n".join(map(str, missed))
    assert sum(one.place == 0 for one in given) >= 0.8 * len(given)


def test_a_spelling_finds_what_its_words_find(page, address):
    spellings = {
        "en/guide/": {
            "GPT-9": "GPT",
            "privacy-preserving": "privacy preserving",
            "F1-score": "F1 score",
            "cost_effective": "cost effective",
            "zebra-overfitting": "zebra overfitting",
            "overfiting": "overfitting",
            "prunning": "pruning",
            "quantistaion": "quantisation",
            "dropuot": "dropout",
            "tokeniser": "tokenizer",
            "licences": "license",
        },
        "guide/": {"雲端運算": "云计算", "演算法效能": "算法性能", "品質": "质量", "私隱": "隐私"},
    }
    for start, pairs in spellings.items():
        opened(page, address + start)
        for spelling, words in pairs.items():
            plain = ask(page, words)
            assert plain and ask(page, spelling)[: len(plain)] == plain, spelling


@pytest.mark.parametrize(
    ("home", "query"), [("", "overfitting"), ("", "模型"), ("en/", "model"), ("en/", "过拟合")]
)
def test_only_pages_of_the_language_are_found(page, address, home, query):
    found = ask(opened(page, address + home), query)
    assert len(found) > 1 and all(link.startswith(address + home) for link in found)
    assert all(("/en/" in link) == (home == "en/") for link in found)


def test_typing_pasting_and_composing(page, address):
    visit(page, address)
    page.keyboard.press("/")
    page.keyboard.type("GPT-3", delay=15)
    assert answer(page, "GPT-3")[0] == address + "playbook/#openai"
    page.fill(INPUT, "")
    page.evaluate("document.execCommand('insertText', false, '可解释性')")  # no key event
    assert answer(page, "可解释性")[0].endswith("/#interpretability-and-reliability")
    page.fill(INPUT, "")
    keyboard = page.context.new_cdp_session(page)
    for text in ("g", "guo ni", "guo ni he"):
        composing = {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
        keyboard.send("Input.imeSetComposition", composing)
    assert page.locator(LINK).count() == 0
    keyboard.send("Input.insertText", {"text": "过拟合"})
    assert answer(page, "过拟合")[0] == address + "guide/#overfitting"


def test_what_is_shown_is_marked_and_has_no_invisible_characters(page, address):
    ask(opened(page, address), "大模型")
    shown = page.inner_text(LIST)
    assert "大模型" in shown and not re.search(r"[\u200b-\u200f\u2060\ufeff\u00ad]", shown)
    assert "大模型" in page.locator(f"{LIST} mark").all_inner_texts()
    assert " › " in page.locator(".hb-search__path").first.inner_text()


def test_words_of_a_listing_are_shown_as_code(page, address):
    ask(opened(page, address), "torch.manual_seed")
    code = page.locator(".hb-search__teaser code")
    assert code.locator("mark").first.inner_text() == "torch.manual_seed"
    ask(page, "model.fit(")
    assert code.locator("mark").first.inner_text() == "model.fit"
    ask(page, "剪枝")
    assert code.count() == 0


def test_a_lab_is_named_by_its_question(page, address):
    found = ask(opened(page, address + "en/"), "does distributed training save money")
    at = next(i for i, link in enumerate(found) if "/labs/distributed-training/#" in link)
    title = page.locator(f"{LIST} h2").nth(at)
    assert re.match(r"Does distributed training save money.*\?.*› \S", title.inner_text())


def test_prose_is_shown_and_a_note_by_its_name(page, address):
    opened(page, address + "en/")
    for query in ("int8 file size", "dropout", "F1 score", "how large is the pruned file"):
        ask(page, query)
        for text in page.locator(".hb-search__teaser").all_inner_texts():
            assert not re.search(r"\w\(\w+, LANGUAGE\)| · [\d.]+ · |\x7f|Traceback", text), text
    ask(page, "Megatron")
    said = page.locator(".hb-search__teaser").all_inner_texts()
    assert any(text.startswith("Editor's note: ") and "Megatron" in text for text in said)


def test_hostile_and_empty_words_do_nothing(page, address):
    opened(page, address)
    for query in (
        "<img src=x onerror=alert(1)>",
        "</li><script>alert(1)</script>",
        "constructor",
        "__proto__",
        "\\",
        "a" * 5000,
        "过" * 500,
        "^(a+)+$",
        "((((",
        "😀",
        "𠮷野家",
        "\u200b",
        "-",
        "a-b-c-1",
        "的",
        "the",
    ):
        ask(page, query)
        assert page.locator(f"{LIST} :is(img, script)").count() == 0, query
        assert "没有加载成功" not in page.inner_text(SAID), query
    assert address + "guide/#overfitting" in ask(page, "剪枝")[:3]


def test_keys_open_walk_follow_and_close(page, address):
    visit(page, address + "en/playbook/")
    box, toggle = page.locator(INPUT), page.locator("#__search")
    term = page.locator("article a.hb-term").first
    term.focus()
    for key in "/sf":
        page.keyboard.press(key)
        expect(box).to_be_focused()
        page.keyboard.press("Escape")
        expect(toggle).not_to_be_checked()
        expect(term).to_be_focused()
    page.keyboard.press("/")
    page.keyboard.type("overfitting")
    answer(page, "overfitting")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(LINK).nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(address + "en/guide/#overfitting")
    expect(toggle).not_to_be_checked()


def test_the_language_switch_takes_the_words_along(page, address):
    ask(opened(page, address + "guide/#overfitting"), "black box")
    page.click("[data-language-switch]")
    found = answer(page, "black box")
    assert found[0] == address + "en/playbook/#interpretability-and-reliability"
    expect(page.locator(INPUT)).to_be_focused()
    page.wait_for_timeout(300)
    expect(page.locator("#__search")).to_be_checked()
    page.keyboard.press("Escape")
    page.wait_for_url(address + "en/guide/#overfitting", timeout=5000)


@pytest.mark.parametrize("start", ["guide/", "playbook/"])
@pytest.mark.parametrize("scrolled", [0, 3000])
def test_on_a_phone_a_hit_leads_to_its_section(phone, address, start, scrolled):
    visit(phone, address + start)
    phone.evaluate("y => scrollTo(0, y)", scrolled)
    phone.tap(".md-header__button[for=__search]")
    expect(phone.locator(INPUT)).to_be_focused()
    ask(phone, "过拟合")
    phone.wait_for_timeout(500)  # until the theme holds the page fast
    phone.locator(f"{LINK}[href$='/guide/#overfitting']").tap()
    phone.wait_for_url(address + "guide/#overfitting")
    phone.wait_for_timeout(700)  # until all has moved that moves
    top = phone.evaluate("document.getElementById('overfitting').getBoundingClientRect().top")
    assert 0 <= top < 120
    expect(phone.locator("#__search")).not_to_be_checked()


@pytest.mark.parametrize("start", ["guide/", "en/guide/#overfitting"])
@pytest.mark.parametrize("way", ["key", "tap", "tap, and the theme closes"])
def test_a_reader_may_be_quicker_than_the_scripts(page, phone, address, start, way):
    reader, held, slow = page if way == "key" else phone, [], True
    hold = lambda route: held.append(route) if slow else route.continue_()  # noqa: E731
    reader.route(re.compile(r"/javascripts/"), hold)
    Page.goto(reader, address + start, wait_until="commit")
    reader.wait_for_selector(INPUT, state="attached")
    reader.wait_for_timeout(300)
    if way == "key":
        reader.keyboard.press("/")
    else:
        reader.tap(".md-header__button[for=__search]")
    reader.keyboard.type("overfitting", delay=10)
    assert held and reader.input_value(INPUT) == "overfitting"
    if (
        "closes" in way
    ):  # as it does on an address with a fragment when its script comes well before ours
        reader.eval_on_selector("#__search", "toggle => { toggle.checked = false }")
        reader.eval_on_selector(INPUT, "input => input.blur()")
    slow = False
    for route in held:
        route.continue_()
    found = answer(reader, "overfitting")
    assert any(link.endswith("guide/#overfitting") for link in found[:3])
    reader.wait_for_timeout(400)  # until the theme has closed what it closes
    expect(reader.locator(INPUT)).to_be_focused()
    expect(reader.locator("#__search")).to_be_checked()


@pytest.mark.parametrize("start", ["guide/", "en/guide/"])
def test_on_a_phone_the_query_is_seen(phone, address, start):
    visit(phone, address + start)
    phone.tap(".md-header__button[for=__search]")
    query = {
        "guide/": "为什么准确率很高上线后还是被投诉",
        "en/guide/": "why does accuracy drop in",
    }[start]
    ask(phone, query)
    field = phone.locator(INPUT)
    assert field.evaluate("field => field.scrollWidth <= field.clientWidth")
    box = field.bounding_box()
    for share in (0.2, 0.5, 0.8):
        at = [box["x"] + share * box["width"], box["y"] + box["height"] / 2]
        top = "([x, y]) => document.elementFromPoint(x, y).outerHTML"
        assert "md-search__input" in phone.evaluate(top, at)


def test_nothing_is_loaded_before_the_search_is_used(page, address):
    loaded = []
    page.on("request", lambda request: loaded.append(request.url))
    visit(page, address + "guide/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in loaded if re.search("search_index|search-worker|minisearch", url)]
    page.click(INPUT)
    ask(page, "剪枝")
    assert len([url for url in loaded if "search_index" in url]) == 1


def test_it_works_in_a_browser_of_2021(page, address):
    page.add_init_script(OLD)
    change(page, WORKER, lambda text: OLD + text)
    found = ask(opened(page, address + "guide/"), "过拟合")
    assert len(found) > 10 and found[0] == address + "guide/#overfitting"


def test_a_fault_is_said(page, address):
    page.route("**/search_index.json", lambda route: route.fulfill(status=404))
    expect(opened(page, address).locator(SAID)).to_contain_text("没有加载成功")
    page.unroute_all()
    fault = "\nHandbookSearch.prototype.marks = () => { throw new Error('a fault') }"
    change(page, WORKER, lambda text: text + fault)
    opened(page, address + "en/").fill(INPUT, "overfitting")
    expect(page.locator(SAID)).to_contain_text("could not be loaded")
