"""A link to one paragraph: how it is made, what it marks on arrival, in both languages, and when it no longer can."""

import re

import pytest
from conftest import PREFIX, SITE_URL, ready, tab

from handbook.share.passages import blocks_of

PARAGRAPH = {"zh": "过拟合是指模型在训练数据上", "en": "Overfitting means that a model"}
FOLDER = {"zh": "", "en": "en/"}
SAID = ".md-dialog--active [role=status]"
BUTTON, PILL = ".hb-passage button", ".hb-pill"
SELECT = """block => {
  getSelection().selectAllChildren(block)
  getSelection().extend(block.nextElementSibling || block.parentElement.nextElementSibling, 0) // a triple click
}"""
MARKED = """() => {
  const painted = el => getComputedStyle(el).backgroundColor !== "rgba(0, 0, 0, 0)"
  const here = [...document.querySelectorAll("article :is(h1, h2, h3, p, li, span, table, pre)")]
    .filter(el => el.matches(".hb-marked, :target") && painted(el))
  return here.map(el => {
    const box = el.getBoundingClientRect()
    return [el.textContent, box.top > 40 && box.top < innerHeight - 20]
  })
}"""


def paragraph(page, language):
    return page.locator("article p", has_text=PARAGRAPH[language]).first


def by_pointer(page, block):
    block.hover()
    page.click(BUTTON)


def by_selection(page, block):
    block.evaluate(SELECT)
    page.click(PILL)


def by_touch(page, block):
    block.evaluate(SELECT)
    page.tap(PILL)


def by_menu(page, block):
    page.locator("#overfitting .hb-share button").press("ArrowDown")
    page.get_by_role("menuitem", name=re.compile("其中一段|one paragraph")).press("Enter")
    page.keyboard.press("Enter")  # the first of the section has the focus


def copied(page):
    page.locator(SAID).first.wait_for()
    return page.evaluate("navigator.clipboard.readText()")


def link_of(page, root, language):
    """The link to the paragraph, as copied, led to this server instead of the published one."""
    page.goto(f"{root}{FOLDER[language]}guide/#overfitting")
    by_pointer(page, paragraph(page, language))
    return copied(page).replace(SITE_URL, root)


def marked(page):
    """Waits for what is marked; its words, in sight."""
    page.locator(".hb-marked").first.wait_for()
    page.wait_for_timeout(100)
    ((words, seen),) = page.evaluate(MARKED)
    assert seen
    return words


@pytest.mark.parametrize("language", FOLDER)
@pytest.mark.parametrize("way", [by_pointer, by_selection, by_touch, by_menu])
def test_one_step_gives_a_short_link_that_previews_the_section(
    page, phone, published, published_address, way, language
):
    page = phone if way is by_touch else page
    page.goto(f"{published_address}{FOLDER[language]}guide/#overfitting")
    way(page, paragraph(page, language))
    link, section = copied(page), f"{SITE_URL}{FOLDER[language]}s/guide/overfitting/"
    assert re.fullmatch(re.escape(section) + r"\?p=1\.[0-9a-z]{4}", link)
    assert len(link) - len(section) <= 12
    file = published / link.removeprefix(SITE_URL).partition("?")[0] / "index.html"
    assert "og:title" in file.read_text(encoding="utf-8")
    assert page.locator(BUTTON).count() <= 1 and page.locator(PILL).is_hidden()


@pytest.mark.parametrize("added", ["", "&from=timeline&isappinstalled=0", "?from=singlemessage"])
@pytest.mark.parametrize("language", FOLDER)
def test_it_marks_that_paragraph_and_its_counterpart(page, published_address, added, language):
    link = link_of(page, published_address, language)
    page.goto("about:blank")
    page.goto(link + added)
    page.wait_for_url("**/guide/**")
    assert PARAGRAPH[language] in marked(page)
    for other in ("en", "zh") if language == "zh" else ("zh", "en"):
        page.click("[data-language-switch]")
        page.wait_for_url(f"{published_address}{FOLDER[other]}guide/?p=*")
        ready(page)
        assert PARAGRAPH[other] in marked(page)
    page.reload()
    assert PARAGRAPH[language] in marked(page)
    page.evaluate("location.hash = 'strategies'")  # the reader goes on
    page.locator(".hb-marked").wait_for(state="detached")
    assert "p=" not in page.url


def test_the_offer_marks_the_counterpart_too(browser, page, published_address):
    link = link_of(page, published_address, "zh")
    with tab(browser, locale="en-GB", viewport={"width": 390, "height": 844}) as reader:
        reader.goto(link)
        reader.click(".hb-offer a")
        reader.wait_for_url("**/en/guide/**")
        ready(reader)
        assert PARAGRAPH["en"] in marked(reader)


@pytest.mark.parametrize("holds", [True, False])
def test_what_has_changed_since_leads_to_the_section(page, published, published_address, holds):
    link = link_of(page, published_address, "zh")
    text = (published / "guide/index.html").read_text(encoding="utf-8")
    head, heading, rest = text.partition('id="overfitting"')
    old, new = ("<div", "<p>新的一段。</p>\n<div") if holds else ("表现良好", "表现很好")
    rest = rest.replace(old, new, 1)
    page.route(
        f"**{PREFIX}guide/*",
        lambda route: route.fulfill(body=head + heading + rest, content_type="text/html"),
    )
    page.goto(link)
    page.wait_for_url("**/guide/**")
    ready(page)
    if holds:
        assert PARAGRAPH["zh"] in marked(page)
        return
    page.locator(f"{SAID}:has-text('改过')").wait_for()
    ((words, seen),) = page.evaluate(MARKED)
    assert seen and "如何解决" in words, "the heading alone"


def when_loaded(page, script):
    """What a script gives once the page's own, which comes late, is there; Playwright's waiting would need eval."""
    for _ in range(100):
        if page.evaluate("typeof handbook === 'object' && Boolean(handbook.passages)"):
            break
        page.wait_for_timeout(100)
    return page.evaluate(script)


def test_every_kind_of_block_has_a_link_of_its_own(page, site_model, published_address):
    """Paragraphs, items, tables, listings, in notes and frames too; the script and the build agree on them."""
    links = """() => [...document.querySelectorAll("article :is(h1, h2, h3, h4, h5, h6)")]
      .map(place => [place.id, handbook.passages(place).map(block =>
        [block.tagName.toLowerCase(), handbook.link(block), handbook.address(place)])])
      .filter(([, blocks]) => blocks.length)"""
    for name in ("guide", "labs/overfitting", "problems/bert-text-classification"):
        page.goto(f"{published_address}{name}/")
        page.keyboard.press("Shift")  # the script comes when the reader does something
        found = when_loaded(page, links)
        kinds = {
            id: [kind for kind, _ in blocks]
            for id, blocks in blocks_of(site_model.page("zh", name)).items()
        }
        assert {id: [kind for kind, *_ in blocks] for id, blocks in found} == kinds
        made = [link for _, blocks in found for _, link, _ in blocks]
        assert len(made) == len(set(made))
        for _, blocks in found:
            for _, link, section in blocks:
                assert "?p=" not in link or len(link) <= len(section) + 12, link
    listing = next(link for _, blocks in found for kind, link, _ in blocks if kind == "pre")
    page.goto(listing.replace(SITE_URL, published_address))
    page.locator("pre.hb-marked").wait_for()


def test_it_works_from_disk_and_without_scripts(browser, page, built, address):
    page.goto((built / "guide/index.html").as_uri() + "#overfitting")
    by_pointer(page, paragraph(page, "zh"))
    link = copied(page)
    page.goto("about:blank")
    page.goto(link)
    assert PARAGRAPH["zh"] in marked(page)
    with tab(browser, java_script_enabled=False) as reader:
        reader.goto(address + "s/guide/overfitting/?p=1.abcd")
        reader.wait_for_url("**/guide/#overfitting")
