"""The form of the lab on tokens: its ids are those of the models' own tokenizers, and readers get clear answers."""

import hashlib
import re
import struct
from functools import cache

import pytest
from browser.test_axe import violations

from snippets.labs.tokens import corpora
from snippets.labs.tokens.pack import OFFERED
from snippets.labs.tokens.vocabularies import encode

PAGE = "labs/tokens/"
BUTTON, RESULT, FOUND = ".hb-count .md-button", ".hb-count__result", ".hb-count__found"
TRAPS = """'ſ x don't DON'T we'LL|a\r\nb\r\n|\ufeffabc\ufeff|x\u0085y \u0085|é e\u0301 \uf90a|١٢٣ ½ Ⅷ ４５
<think>x</think><|endoftext|>|   \n\n  x|𠮷野家👨‍👩‍👧|กำ ไทย हिन्दी|{"name": "张三"}|\t\tif x:\n|　　第一条|1234567"""


# ---- ids ----


@cache
def strings():
    """Ten thousand strings of real text: statutes in both scripts, interfaces, code, tables, reviews, news, traps."""
    articles, to_traditional = corpora.law()[::5], corpora.converter()
    found = TRAPS.split("|") + corpora.some(articles, 80_000, 1)
    found += [to_traditional(one) for one in corpora.some(articles, 50_000, 2)]
    found += [text for texts in corpora.translated_messages() for text in texts]
    found += corpora.dialogues() + corpora.poems() + corpora.mixed() + corpora.customers()
    found += [line for part in corpora.tables() + corpora.code() for line in part.split("\n")]
    found += [one[:30] for one in corpora.reviews()[::4] + corpora.news()]
    return found[:10_000]


@cache
def ids(name):
    """What the reference gives for each string."""
    return [encode(name, text) for text in strings()]


def hash_of(many):
    """One hash of many lists of ids: the length of each, then its ids."""
    numbers = [number for one in many for number in (len(one), *one)]
    return hashlib.sha256(struct.pack(f"<{len(numbers)}i", *numbers)).hexdigest()


@pytest.mark.parametrize("name", ["o200k_base", "cl100k_base", "qwen3"])
def test_another_program_gives_the_same_ids(name):
    """Quicktok; for the others, what runs on the page is the other program."""
    import quicktok

    other = quicktok.get_encoding(name).encode_ordinary
    pairs = zip(strings(), ids(name.removesuffix("_base")), strict=True)
    assert len(strings()) == 10_000
    assert not [text for text, right in pairs if list(other(text)) != right]


COUNT_ALL = """async strings => {
  const form = document.querySelector(".hb-count"), found = {}
  await new Promise(done => document.head.append(
    Object.assign(document.createElement("script"), {src: form.dataset.engine, onload: done})))
  for (const {value, dataset} of form.elements.tokenizer.options) {
    const text = await (await fetch(dataset.file)).text()
    const data = await unpacked(text.slice(text.indexOf('("') + 2, text.lastIndexOf('"')))
    const tokenizer = new Tokenizer(value, data), numbers = []
    for (const one of strings) {
      const ids = tokenizer.encode(one)
      numbers.push(ids.length, ...ids)
    }
    const digest = await crypto.subtle.digest("SHA-256", new Int32Array(numbers))
    found[value] = [...new Uint8Array(digest)].map(byte => byte.toString(16).padStart(2, "0")).join("")
  }
  return found
}"""


def test_the_page_gives_the_same_ids(page, address):
    page.goto(address + PAGE)
    found = page.evaluate(COUNT_ALL, strings())
    assert found == {name: hash_of(ids(name)) for name in OFFERED}


# ---- what readers get ----


def count(page, text, result):
    """Put a text in, ask for its tokens, wait for what is said."""
    page.locator(".hb-count textarea").evaluate("(field, text) => { field.value = text }", text)
    page.locator(BUTTON).click()
    page.locator(RESULT, has_text=re.compile(result)).wait_for()


@pytest.mark.parametrize(("start", "says"), [("", "4 个词元"), ("en/", "4 tokens")])
def test_a_text_is_counted_and_priced_when_asked(page, address, start, says):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + start + PAGE)
    assert not [url for url in asked if "/tokens/" in url and url.endswith(".js")]
    assert not [url for url in asked if "engine" in url or "worker" in url]
    count(page, "中华人民共和国个人信息保护法", says)
    page.select_option("[name=list]", "flash_yuan")
    page.fill("[name=tokens]", "100")
    page.fill("[name=calls]", "1000000")
    # 4 tokens at 1 yuan a million and 100 at 4 yuan: 0.000404 yuan a call
    paid = page.locator(".hb-count__cost").inner_text()
    assert "0.000404" in paid and "404.00" in paid
    page.select_option("[name=tokenizer]", "cl100k")
    page.locator(RESULT, has_text=re.compile(r"^14 ")).wait_for()
    bars = page.locator(".hb-count__bars dd")
    assert [one.strip() for one in bars.all_inner_texts()] == ["4", "14"]
    files_asked = {
        url.rpartition("/")[2].split(".")[0] for url in asked if "/assets/tokens/" in url
    }
    assert files_asked == {"deepseek", "cl100k"}


def test_a_character_that_is_cut_stays_whole(page, address):
    page.goto(address + PAGE)
    count(page, "李龑𠮷\n家", "个词元")
    parts = page.locator(".hb-token").all_text_contents()
    assert "".join(re.sub(r"\d$", "", part) for part in parts).replace("↵", "") == "李龑𠮷\n家"
    assert page.locator(".hb-token--split").all_text_contents() == ["龑2", "𠮷4"]
    assert "龑 ×2 𠮷 ×4" in page.locator(".hb-count__split").inner_text()
    assert "�" not in page.locator(".hb-count").inner_text()


def test_a_hundred_thousand_characters_are_counted_off_the_page(page, address):
    page.goto(address + PAGE)
    text = "个人信息处理者处理敏感个人信息，应当取得个人的单独同意。" * 4000
    count(page, text, "112,000 个字符")
    assert "只给前 4,0" in page.locator(".hb-count__notes").inner_text()
    assert page.locator(".hb-token").count() < 4100
    assert not page.evaluate("'Tokenizer' in self")  # the work was the worker's


@pytest.mark.parametrize(
    ("text", "says", "note"),
    [
        ("", "先贴一段文本", ""),
        ("a\0b", "二进制", ""),
        ("字" * 200_001, "没有数", ""),
        ("\ud83d半", "个词元", "半个字符"),
        ("<think>甲</think>", "个词元", "按普通文字计"),
    ],
)
def test_what_cannot_be_counted_as_it_is_is_said(page, address, text, says, note):
    page.goto(address + PAGE)
    units = text.encode("utf-16-le", "surrogatepass")
    page.locator(".hb-count textarea").evaluate(
        "(field, codes) => { field.value = codes.map(code => String.fromCharCode(code)).join('') }",
        [*struct.unpack(f"<{len(units) // 2}H", units)],
    )
    page.locator(BUTTON).click()
    page.locator(RESULT, has_text=says).wait_for()
    assert (
        note in page.locator(".hb-count__notes").inner_text()
        if note
        else not page.locator(FOUND).is_visible()
    )


def test_line_ends_of_windows_are_counted_as_one_and_said(page, address):
    page.goto(address + PAGE)
    page.locator(".hb-count textarea").evaluate("""field => {
      const given = new DataTransfer()
      given.setData("text/plain", "a\\r\\nb\\r\\n")
      field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: given, bubbles: true}))
    }""")
    count(page, "a\r\nb\r\n", "4 个词元")
    assert "\\r\\n" in page.locator(".hb-count__notes").inner_text()


def test_a_missing_vocabulary_loses_no_text_and_can_be_tried_again(page, address):
    page.route("**/assets/tokens/*", lambda route: route.fulfill(status=404))
    page.goto(address + PAGE)
    count(page, "中文", "没有下载成功")
    assert page.locator(".hb-count textarea").input_value() == "中文"
    page.unroute("**/assets/tokens/*")
    page.locator(BUTTON).click()
    page.locator(RESULT, has_text="个词元").wait_for()


def test_an_old_browser_is_told(page, address):
    page.add_init_script("delete self.DecompressionStream")
    page.goto(address + PAGE)
    count(page, "中文", "太旧")


def test_by_keyboard_and_to_axe(opened, address):
    settings = {"color_scheme": "dark", "reduced_motion": "reduce", "bypass_csp": True}
    page = opened(address + "en/" + PAGE, "phone", **settings)
    page.locator(".hb-count textarea").focus()
    page.keyboard.insert_text("李龑")
    while not page.locator(BUTTON).evaluate("button => button === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(RESULT, has_text="tokens").wait_for()
    # How all folded sections are built is looked at elsewhere.
    assert not [one for one in violations(page) if "<summary>" not in one]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
