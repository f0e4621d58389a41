"""The calculators in a browser: the same figures as Python, a state that stands in the address, clear sentences."""

import csv
import io
import json
import math
import random
import re

import pytest
from browser.test_axe import violations

from handbook.calculators.figures import UNITS, figure
from handbook.calculators.page import for_page, names, specification
from snippets.calculators.numbers import InputError, parse
from snippets.calculators.samples import samples

ENGINE = "theme/assets/javascripts/calculators-engine.js"
COUNT = 2000
ANSWER, FOUND = ".hb-calc__answer .hb-calc__figure", ".hb-calc__found"
TYPED = (
    r"""
12|1,000,000|1，000，000|１２３４５６|1 000 000|1_000|1'000|1,5|1.000.000|12,34,567|1,234.56|1.234,56|1 2|12 345
7B|70b|70 billion|1.5T|1k|128k|100万|1.2亿|1亿2000万|1.5万亿|3千|３．５千万|２万|五百|三万五|2兆|1e5万|九|十|١٢
1e9|1e400|1E-3|3.14×10^23|3.14 x 10^23|3.14 × 10²³|10²³|2*10**5|1e|e5|.5|5.|.|..|1.2.3|0x10|1/3|½|9999999999999999999999
45%|45 %|４５％|0.45|45|110%|30%..50%|30..50%|30–50%|30%～50%|30 到 50|1 to 2 million|1-2 million|1万-3万|1k..2k
5..1|1..2..3|..5|-5|−5|－5|- 5|--5|+5|-|+|0|0.0|NaN|Infinity|null|undefined|abc|x|<b>5</b>|5;6|1⁠–⁠2
$5|5 USD|¥5|5元|US$ 3..5|5 GB|80 GiB|12 h|8 张|3 cards|2万亿词元|5 个词元|7 tokens
""".strip()
    .replace("\n", "|")
    .split("|")
)


@pytest.fixture
def engine(page):
    """The formulas alone, in an empty page."""
    page.goto("about:blank")
    page.add_script_tag(path=ENGINE)
    return page


CALCULATE = """text => {
  const [data, all] = JSON.parse(text)
  return JSON.stringify(all.map(given => {
    const {results, errors} = self.calculators.calculate(data, given)
    return [results, Object.values(errors).map(one => [one.field, one.message])]
  }))
}"""


@pytest.mark.parametrize("name", names())
def test_python_and_the_page_agree_on_two_thousand_random_inputs(engine, name):
    cases = samples(name, COUNT, 7)
    given = json.dumps([for_page(name, "en"), [one["inputs"] for one in cases]], default=str)
    known = [one["name"] for one in specification(name)["results"]]
    found, results = json.loads(engine.evaluate(CALCULATE, given)), 0
    for case, (got, errors) in zip(cases, found, strict=True):
        if "error" in case:
            assert errors[:1] == [[case["error"]["field"], case["error"]["message"]]], case
            continue
        right = {key: case["results"][key] for key in known if key in case["results"]}
        assert not errors and set(got) == set(right), case["inputs"]
        for key, one in right.items():
            ends = zip(got[key], (one["low"], one["high"]), strict=True)
            assert all(math.isclose(*pair, rel_tol=1e-9) for pair in ends), (key, case)
        results += 1
    assert results > COUNT / 2


def test_both_read_what_people_type_and_say_the_same_about_it(engine):
    wanted = ("tokens", "utilisation", "price", "gpus", "sequence", "power")
    fields = {one["name"]: one for one in specification("training")["inputs"]}
    read = """([data, name, texts]) => {
      const field = data.inputs.find(one => one.name === name)
      return texts.map(text => {
        const {inputs, errors} = self.calculators.calculate(data, {currency: "USD", [name]: text})
        const wrong = errors[name]
        return wrong ? self.calculators.sentence(data.messages[wrong.message], {...wrong.values, field: field.label})
          : inputs.values[name]
      })
    }"""
    for language in ("zh", "en"):
        data = for_page("training", language)
        for name in wanted:
            given = TYPED
            for text, got in zip(given, engine.evaluate(read, [data, name, given]), strict=True):
                try:
                    right = parse(text, fields[name], "USD")
                    assert got == pytest.approx(
                        list(right) if isinstance(right, tuple) else right
                    ), text
                except InputError as error:
                    assert got == error.text(language, fields[name][language]), (name, text)


def test_both_write_numbers_alike(engine):
    source, cases, right = random.Random(3), [], []
    for _ in range(2000):
        unit, language = source.choice(list(UNITS)), source.choice(["zh", "en"])
        low = source.choice([0, 1, 1, 1]) * 10 ** source.uniform(-7, 18)
        high = low * source.choice([1, 1.0001, source.uniform(1, 3), 10 ** source.uniform(0, 6)])
        words = UNITS[unit]["CNY"] if isinstance(UNITS[unit], dict) else UNITS[unit]
        cases.append([[low, high], unit, words[language == "en"], language])
        right.append(figure(low, high, unit, language, "CNY"))
    assert engine.evaluate("all => all.map(one => self.calculators.figure(...one))", cases) == right


@pytest.mark.parametrize("start", ["", "en/"])
def test_the_script_shows_what_was_built_and_changes_nothing_on_arrival(
    browser, page, address, start
):
    seen = """() => [...document.querySelectorAll(
      ".hb-calc__answer, .hb-calc__found > :not([hidden]), .hb-calc__unit, .hb-calc input, .hb-calc select")]
      .map(one => `${one.innerText} ${one.value || ""} ${one.placeholder || ""}`)"""
    context = browser.new_context(java_script_enabled=False)
    without = context.new_page()
    for name in names():
        without.goto(f"{address}{start}tools/{name}/")
        page.goto(f"{address}{start}tools/{name}/")
        assert page.evaluate(seen) == without.evaluate(seen), name
        assert not page.locator(".hb-calc [aria-invalid=true]").count(), name
        assert page.locator(".hb-calc__band").first.get_attribute("d"), name
        assert not page.evaluate("location.search")
    assert without.locator("noscript").first.is_visible()
    assert not without.locator(".hb-calc__actions").is_visible()
    context.close()


def test_typing_changes_the_answer_the_plot_and_the_address_of_both_languages(page, address):
    page.goto(f"{address}tools/training/")
    before, plot = (
        page.locator(ANSWER).inner_text(),
        page.locator(".hb-calc__band").get_attribute("d"),
    )
    page.get_by_label("训练", exact=False).first.fill("２万亿")
    page.locator("[name=utilisation]").fill("40%")
    page.locator("[name=utilisation]").press("Tab")
    answer = page.locator(ANSWER).inner_text()
    assert answer != before
    page.wait_for_function(
        "old => document.querySelector('.hb-calc__band').getAttribute('d') !== old", arg=plot
    )
    page.wait_for_function("location.search.includes('tokens=')")
    assert "utilisation=40%25" in page.url and "model=" not in page.url and "gpus=" not in page.url
    page.locator("[data-language-switch]").click()
    page.wait_for_url("**/en/tools/training/?*")
    assert page.locator("[name=utilisation]").input_value() == "40%"
    english = page.locator(ANSWER).inner_text()
    assert english.startswith("USD") and english != answer
    page.get_by_role("button", name="Start again").click()
    page.wait_for_url("**/en/tools/training/")
    page.go_back()
    assert page.locator(ANSWER).inner_text() == english


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "请填写"),
        ("0", "之间"),
        ("-5", "负数"),
        ("abc", "不是数字"),
        ("1e999", "之间"),
        ("NaN", "不是数字"),
        ("1,5", "千位"),
        ("<img src=x onerror=alert(1)>", "不是数字"),
    ],
)
def test_what_cannot_be_used_gets_a_sentence_beside_its_field_and_no_result(
    page, address, typed, says
):
    page.goto(f"{address}tools/training/")
    page.locator("[name=tokens]").fill(typed)
    error = page.locator("#error-tokens")
    assert says in error.inner_text()
    field = page.locator("[name=tokens]")
    assert field.get_attribute("aria-invalid") == "true"
    assert "error-tokens" in field.get_attribute("aria-describedby")
    assert not page.locator(FOUND).is_visible() and not page.locator(ANSWER).is_visible()
    assert "先改好" in page.locator(".hb-calc__missing").inner_text()
    assert not re.search("NaN|Infinity|undefined", page.locator(".hb-calc__side").inner_text())
    field.fill("1e12")
    assert not error.is_visible() and page.locator(FOUND).is_visible()


def test_an_address_edited_by_hand_is_understood_or_told(page, address):
    page.goto(
        f"{address}en/tools/training/?Tokens=2%20trillion&gpu=h200&mfu=30..40%25&colour=red&grid=mars&p=1.abcd"
    )
    assert page.locator("[name=tokens]").input_value() == "2 trillion"
    assert page.locator("[name=gpu]").input_value() == "H200"
    assert page.locator("[name=utilisation]").input_value() == "30–40%"
    told = page.locator(".hb-calc__strange li").all_inner_texts()
    assert len(told) == 2 and "“colour”" in told[0] and "“mars”" in told[1]
    assert page.locator(ANSWER).inner_text().startswith("USD")
    page.goto(f"{address}en/tools/training/?tokens=many&gpus=1.5")
    assert "is not a number" in page.locator("#error-tokens").inner_text()
    assert "whole number" in page.locator("#error-gpus").inner_text()
    assert "mend" in page.locator(".hb-calc__missing").inner_text()


def test_an_example_opens_in_the_form_and_can_be_left_again(page, address):
    page.goto(f"{address}en/tools/training/")
    first = page.locator(ANSWER).inner_text()
    page.locator("a[href*='gpu_hours=2788000']").click()
    assert page.locator(ANSWER).inner_text() == "USD 5.58 million"
    assert "gpu_hours=2788000" in page.url
    page.go_back()
    assert page.locator(ANSWER).inner_text() == first


def test_link_text_and_csv_can_be_copied_in_full(page, address):
    page.goto(f"{address}en/tools/api/?dialogues=3e5&thinking=200..800")
    copied = {}
    for name in ("Copy link", "Copy as text", "Copy as CSV"):
        page.get_by_role("button", name=name).click()
        page.wait_for_function(
            "old => navigator.clipboard.readText().then(text => text !== old)",
            arg=copied.get("last", ""),
        )
        copied[name] = copied["last"] = page.evaluate("navigator.clipboard.readText()")
    link = f"{address}en/tools/api/?dialogues=3e5&thinking=200..800"
    assert copied["Copy link"] == link
    month = page.locator(ANSWER).inner_text().replace("\u2060", "")
    assert month in copied["Copy as text"] and link in copied["Copy as text"]
    assert "2026-" in copied["Copy as text"]
    rows = list(csv.DictReader(io.StringIO(copied["Copy as CSV"])))
    by_name = {(row["kind"], row["name"]): row for row in rows}
    assert by_name["address", ""]["low"] == link
    assert by_name["input", "dialogues"]["low"] == "300000"
    assert len(by_name["result", "month"]["high"].replace(".", "")) > 10
    assert by_name["result", "month"]["unit"] == "USD"
    assert by_name["table", "prices"]["low"].startswith("2026-")


def test_tables_past_their_day_say_so_on_the_readers_day(page, address):
    page.goto(f"{address}en/tools/api/")
    said = "was to be checked again by"
    page.clock.set_fixed_time("2026-11-30T10:00:00")
    page.reload()
    assert said not in page.locator(FOUND).inner_text()
    page.clock.set_fixed_time("2029-01-01T10:00:00")
    page.reload()
    assert said in page.locator(FOUND).inner_text()


def test_by_keyboard_on_a_small_phone_in_the_dark_and_to_axe(opened, address):
    settings = {"color_scheme": "dark", "reduced_motion": "reduce", "bypass_csp": True}
    page = opened(address + "tools/serving/", "phone", **settings)
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.locator("[name=gpus]").focus()
    before = page.locator(ANSWER).inner_text()
    page.keyboard.press("Control+A")
    page.keyboard.type("8")
    assert page.locator(ANSWER).inner_text() != before
    summary = page.locator(".hb-calc__more > summary")
    while not summary.evaluate("one => one === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("[name=bandwidth_efficiency]").is_visible()
    page.keyboard.press("Tab")
    page.keyboard.type("x")
    assert page.locator("[aria-invalid=true]").count() == 1
    assert not violations(page)
    page.get_by_role("button", name="回到初值").click()
    page.locator(".hb-calc__plot summary").click()
    page.locator(".hb-calc__points tbody tr").nth(4).wait_for()
    assert not violations(page)


def test_on_paper_stand_inputs_and_results(page, address):
    page.goto(f"{address}en/tools/memory/?method=qlora")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator(ANSWER).is_visible() and page.locator(".hb-calc__parts").is_visible()
    rows = page.locator(".hb-calc__inputs tr:visible").all_inner_texts()
    assert any("QLoRA" in row for row in rows) and len(rows) > 8
    assert not page.locator(".hb-calc__form").is_visible()


def test_it_works_from_a_folder(page, built):
    page.goto((built / "en/tools/breakeven/index.html").as_uri() + "?output_tokens=30e9")
    answer = page.locator(ANSWER).inner_text()
    assert answer.startswith("USD")
    page.locator("[name=output_tokens]").fill("3000亿")
    page.locator("[name=output_tokens]").press("Tab")
    assert page.locator(ANSWER).inner_text() != answer
    page.get_by_role("button", name="Copy link").click()
    page.wait_for_function(
        "navigator.clipboard.readText().then(text => text.includes('output_tokens=3000'))"
    )


def test_what_a_table_lacks_is_said_in_the_place_of_the_result(page, address):
    page.goto(f"{address}en/tools/training/?currency=CNY")
    assert "No rent in CNY" in page.locator(".hb-calc__missing").inner_text()
    assert not page.locator(ANSWER).is_visible() and page.locator(FOUND).is_visible()
    page.locator("[name=price]").fill("15–40 元")
    assert page.locator(ANSWER).inner_text().startswith("CNY")
