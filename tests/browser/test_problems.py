"""The pages of the coding problems on a phone: the answer at once, no long way to the end, and the old addresses."""

import pytest

PAGES = {
    "bert-text-classification": 12,
    "cnn-image-classification": 12,
    "bert-published-listing": 13,
}
MOVED = ("with-current-versions", "without-a-hub", "fault-after-fault")


def laid_out(page, address):
    """Open a page and have it laid out to its end; what is out of sight is only once the reader does something."""
    page.goto(address)
    page.keyboard.press("Shift")
    page.wait_for_timeout(400)
    page.evaluate("""() => document.querySelectorAll("article *").forEach(el => {
      el.style.contentVisibility = "visible"
    })""")


@pytest.mark.parametrize("language", ["", "en/"])
@pytest.mark.parametrize("name", PAGES)
def test_the_answer_stands_first_and_the_page_ends_soon(phone, address, language, name):
    laid_out(phone, f"{address}{language}problems/{name}/")
    card = phone.locator(".admonition.answer").bounding_box()
    assert card["y"] + card["height"] < 2 * 844
    assert phone.evaluate("document.documentElement.scrollHeight") <= PAGES[name] * 844
    for figure in phone.locator("article figure").all():
        assert len(figure.locator("figcaption").inner_text().strip() or "folded") > 5
    assert phone.locator("article p > img").count() == 0, "a figure without a caption"


@pytest.mark.parametrize("language", ["", "en/"])
def test_a_moved_section_is_a_click_away(phone, address, language):
    for id in MOVED:
        phone.goto(f"{address}{language}problems/bert-text-classification/#{id}")
        link = phone.locator(f"a[href*='bert-published-listing/#{id}']")
        assert 0 < link.bounding_box()["y"] < 844, id
        link.click()
        phone.wait_for_url(f"**/bert-published-listing/#{id}")
        assert phone.locator(f"#{id}").is_visible()


@pytest.mark.parametrize("language", ["", "en/"])
@pytest.mark.parametrize("name", PAGES)
def test_tables_keep_intervals_whole_and_show_their_last_column(phone, address, language, name):
    laid_out(phone, f"{address}{language}problems/{name}/")
    phone.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    interval = r"[\d.]+[\u2060\s]*–[\u2060\s]*[\d.]+"
    broken = phone.evaluate(
        """pattern => [...document.querySelectorAll("article :is(p, td, th)")].flatMap(el => {
      const walk = document.createTreeWalker(el, NodeFilter.SHOW_TEXT), found = []
      while (walk.nextNode()) for (const match of walk.currentNode.data.matchAll(RegExp(pattern, "g"))) {
        const range = document.createRange()
        range.setStart(walk.currentNode, match.index)
        range.setEnd(walk.currentNode, match.index + match[0].length)
        if (range.getClientRects().length > 1) found.push(match[0])
      }
      return found
    })""",
        interval,
    )
    assert not broken
    hidden = phone.evaluate("""() => [...document.querySelectorAll("article table")].filter(table => {
      const last = table.rows[0].cells[table.rows[0].cells.length - 1], box = table.closest(".md-typeset__scrollwrap")
      box.scrollLeft = 1e6
      return last.getBoundingClientRect().right > innerWidth + 1
    }).length""")
    assert not hidden
