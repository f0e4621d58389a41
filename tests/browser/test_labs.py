"""Labs as readers meet them: the answer at once, a short way to the end, folds that open, figures that are whole."""

import pytest

from handbook.site import LANGUAGES

LABS = "overfitting compression data-cleaning anonymisation distributed-training".split()
PLACES = [(language, name) for language in ("", "en/") for name in LABS]
SCREEN = 844
MOST = {"overfitting": 9, "compression": 12}  # screens
BROKEN = """() => {
  const interval = /[+−]?[\\d.]+%?\\s?(到|to|–)\\s?[+−]?[\\d.]+%?/g, found = []
  const walk = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT)
  while (walk.nextNode()) for (const match of walk.currentNode.data.matchAll(interval)) {
    const range = document.createRange()
    range.setStart(walk.currentNode, match.index)
    range.setEnd(walk.currentNode, match.index + match[0].length)
    if (new Set([...range.getClientRects()].map(box => box.top)).size > 1) found.push(match[0])
  }
  return found
}"""
# Each text of a drawing, measured with letters a little wider than they are.
OUTSIDE = """spacing => {
  document.body.style.letterSpacing = spacing
  return [...document.querySelectorAll("svg")].flatMap(svg => {
    const frame = svg.getBoundingClientRect()
    return [...svg.querySelectorAll("text")].filter(text => {
      const box = text.getBoundingClientRect()
      const aside = box.left < frame.left - 1 || box.right > frame.right + 1
      return aside || box.top < frame.top - 1 || box.bottom > frame.bottom + 1
    }).map(text => `${svg.parentElement.id}: ${text.textContent}`)
  })
}"""


def laid_out(phone, address):
    """Open a page and have it laid out to its end; what is out of sight is only once the reader does something."""
    phone.goto(address)
    phone.keyboard.press("Shift")
    phone.wait_for_timeout(300)
    phone.evaluate("""() => document.querySelectorAll("article *").forEach(one => {
      one.style.contentVisibility = "visible"
    })""")


@pytest.mark.parametrize(("language", "name"), PLACES)
def test_a_lab_gives_its_answer_in_two_screens_and_ends_soon(phone, address, language, name):
    laid_out(phone, f"{address}{language}labs/{name}/")
    card = phone.locator(".admonition.answer").bounding_box()
    assert card["y"] + card["height"] < 2 * SCREEN
    height = phone.evaluate("document.documentElement.scrollHeight")
    assert height < MOST.get(name, 21) * SCREEN
    assert not phone.locator("article .language-python:visible").count(), "code in sight"
    for figure in phone.locator("article figure").all():
        assert len(figure.locator("figcaption").text_content().strip()) > 20
    phone.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert phone.evaluate(BROKEN) == []
    phone.set_viewport_size({"width": 320, "height": 640})
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_fold_opens_by_hand_by_an_address_and_by_one_inside_it(phone, address):
    phone.goto(f"{address}labs/data-cleaning/")
    fold, inside = (
        phone.locator("details.hb-fold:has(> summary > #method)"),
        phone.locator("#expected"),
    )
    assert not fold.evaluate("one => one.open") and not inside.is_visible()
    assert phone.locator("details.hb-fold[open]").count() == 0
    fold.locator("summary").first.click()
    assert inside.is_visible()
    fold.locator("summary").first.click()
    assert not inside.is_visible()
    phone.evaluate("location.hash = 'expected'")
    inside.wait_for()
    assert 0 <= inside.bounding_box()["y"] < SCREEN / 2
    phone.goto("about:blank")
    phone.goto(f"{address}labs/data-cleaning/#method")
    assert inside.is_visible() or fold.evaluate("one => one.open")
    assert 0 <= phone.locator("#method").bounding_box()["y"] < SCREEN / 2


def test_a_fold_opens_without_scripts(opened, address):
    page = opened(f"{address}labs/data-cleaning/", size="phone", java_script_enabled=False)
    page.locator("summary:has(#method)").click()
    assert page.locator("details:has(> summary > #method)").get_attribute("open") is not None


@pytest.mark.parametrize("language", ["", "en/"])
def test_the_cards_of_all_labs_fit_the_smallest_phone(phone, address, language):
    laid_out(phone, f"{address}{language}labs/")
    phone.set_viewport_size({"width": 320, "height": 640})
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320
    assert phone.locator(".hb-lab").count() >= len(LABS)
    for card in phone.locator(".hb-lab").all():
        assert card.locator(".hb-verdict").count() and card.bounding_box()["height"] < 800


def test_no_text_of_a_figure_leaves_its_frame(phone, published):
    """With letters as wide as they come: DejaVu Sans is the widest of the usual fonts, and then a little more."""
    files = [
        path
        for language in LANGUAGES
        for path in (published / ("en" if language == "en" else "")).glob("*/figures/*light.svg")
    ]
    drawn = "".join(
        f'<div id="{path.relative_to(published)}">{path.read_text("utf-8").partition("?>")[2]}</div>'
        for path in files
    )
    style = '<style>text { font-family: "DejaVu Sans", sans-serif !important }</style>'
    phone.goto("about:blank")
    phone.set_content(f"<!doctype html>{style}{drawn}")
    assert len(files) > 50
    assert phone.evaluate(OUTSIDE, "0") == []
    assert phone.evaluate(OUTSIDE, "0.01em") == []
