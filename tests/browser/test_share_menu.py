"""The button beside a heading, its menu, and where an address leads."""

from urllib.parse import parse_qs, quote, urlsplit

import pytest
from conftest import SITE_URL

LANGUAGES = {"zh": "", "en": "en/"}
BUTTON = "#overfitting > .hb-share > button"
SAID = ".md-dialog--active [role=status]"
PAGE = {
    "zh": "AI大模型创业指南：解析未来挑战与应对策略",
    "en": "A Startup Guide to Large AI Models: The Challenges Ahead and How to Meet Them",
}
SECTION = {
    "zh": "如何解决 AI 大模型训练中的过拟合问题？",
    "en": "How do you deal with overfitting when training a large AI model?",
}
AUTHOR = {"zh": "大模型创业手册", "en": "Large-Model Startup Handbook"}
IN_SIGHT = """id => {
  const box = document.getElementById(id).getBoundingClientRect()
  return box.height > 0 && box.bottom < innerHeight &&
    box.top >= document.querySelector(".md-header").getBoundingClientRect().bottom - 1
}"""


def copied(page):
    """What a paste would give, once something is said about it."""
    page.locator(SAID).first.wait_for()
    return page.evaluate("navigator.clipboard.readText()")


def arrived(page, id):
    """Wait until a place is in sight, below the header."""
    for _ in range(200):
        if page.evaluate(IN_SIGHT, id):
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"{id} is not in sight")


def forms(language, link):
    page, section, author = PAGE[language], SECTION[language], AUTHOR[language]
    return [
        f"[{section} · {page}]({link})",
        f"{section} · {page}\n{link}",
        f"{author}. {page}: {section}[EB/OL]. (2026)[2026-11-24]. {link}.",
        f"@misc{{handbook-overfitting,\n  author  = {{{{{author}}}}},\n"
        f"  title   = {{{{{page}: {section}}}}},\n  year    = {{2026}},\n"
        f"  url     = {{{link}}},\n  urldate = {{2026-11-24}},\n}}",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("known", [True, False])
def test_a_link_is_copied_in_each_form(page, request, language, known):
    root = request.getfixturevalue("drill_address" if known else "address")
    folder = LANGUAGES[language]
    page.clock.set_fixed_time("2026-11-24T12:00:00")
    page.goto(f"{root}{folder}guide/?from=chat#overfitting")
    own = f"{root}{folder}guide/#overfitting"
    link = f"{SITE_URL}{folder}s/guide/overfitting/" if known else own
    page.click(BUTTON)
    assert copied(page) == link
    page.keyboard.press("Escape")
    for number, text in enumerate(forms(language, link)):
        page.click(BUTTON)
        page.locator("[role=menuitem]").nth(number).click()
        page.wait_for_timeout(100)
        assert copied(page) == text
    assert page.locator(".hb-menu").is_hidden()
    if not known:  # nor is a repository; the last is for one paragraph
        assert page.locator("[role=menuitem]").count() == 5
        return
    page.click(BUTTON)
    for kind in (5, 6):
        form = urlsplit(page.locator("[role=menuitem]").nth(kind).get_attribute("href"))
        assert form.netloc + form.path == "github.com/example/handbook/issues/new"
        assert parse_qs(form.query)["title"][0].endswith(f"{SECTION[language]} · {PAGE[language]}")
        assert link in parse_qs(form.query)["body"][0]


@pytest.mark.parametrize(
    "name, place, link",
    [
        ("guide/", "#guide", "s/guide/"),
        ("guide/", "#more-data", "s/guide/more-data/"),
        ("", "#start", "s/index/start/"),
        ("en/reference/glossary/", "#overfitting", "en/reference/glossary/#overfitting"),
    ],
)
def test_pages_items_and_terms_have_one_too(page, drill_address, name, place, link):
    page.goto(drill_address + name)
    page.locator(f"{place} .hb-share button").first.press("Enter")
    assert copied(page) == SITE_URL + link


def test_the_menu_by_keyboard_and_where_nothing_may_be_copied(page, drill_address):
    page.add_init_script(
        "navigator.clipboard.writeText = () => Promise.reject(); document.execCommand = () => false"
    )
    page.goto(drill_address + "guide/")
    button = page.locator(BUTTON)
    button.press("ArrowUp")
    assert page.evaluate("document.activeElement.matches('a[role=menuitem]')")
    for key in ("ArrowDown", "End", "Home", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.default_value), dialog.dismiss()))
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    assert asked == [forms("zh", f"{SITE_URL}s/guide/overfitting/")[0]]
    button.press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.locator(".hb-menu").is_hidden()
    assert page.evaluate("name => document.activeElement.matches(name)", BUTTON)


@pytest.mark.parametrize("folder", LANGUAGES.values())
@pytest.mark.parametrize(
    "hash, id",
    [
        ("in-a-tab", "in-a-tab"),
        ("in-a-fold", "in-a-fold"),
        ("deep-item", "deep-item"),
        ("last", "last"),
        ("blocks?from=singlemessage", "blocks"),
        ("blocks&from=timeline&isappinstalled=0", "blocks"),
    ],
)
def test_an_address_leads_to_what_it_names(page, drill_address, folder, hash, id):
    page.goto(f"{drill_address}{folder}drill/#{hash}")
    arrived(page, id)
    assert page.url.endswith("#" + id)
    page.reload()
    arrived(page, id)
    page.evaluate("scrollTo(0, 0)")
    page.evaluate("hash => { location.hash = hash }", "drill")
    page.evaluate("hash => { location.hash = hash }", hash)
    arrived(page, id)


@pytest.mark.parametrize("size", [(1280, 900), (390, 844)])
def test_every_entry_of_the_contents_is_reached_and_marked(page, drill_address, size):
    """Blocks out of sight are not laid out, yet a jump ends where it should, and stays there."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(drill_address + "problems/bert-text-classification/")
    links = page.locator(".md-sidebar--secondary .md-nav__link")
    ids = links.evaluate_all("links => links.map(link => link.hash.slice(1))")
    assert len(ids) > 8
    for id in [*ids[::3], *ids[::-4], ids[-2]]:
        page.evaluate("id => { location.hash = id }", id)
        arrived(page, id)
        page.wait_for_timeout(300)
        arrived(page, id)
        if id != ids[-1]:
            active = links.evaluate_all(
                "links => links.filter(a => a.matches('.md-nav__link--active')).map(a => a.hash.slice(1))"
            )
            assert active == [id]


HOSTILE = [
    "<img src=x onerror=alert(1)>",
    '"><script>alert(1)</script>',
    "javascript:alert(1)",
    "//evil.example/",
    "%E0%A4%A",
    "a" * 9000,
    "__proto__",
    "__tabbed_1_9",
    "[id]",
    "?from=",
]


@pytest.mark.parametrize("part", "#?")
def test_hostile_addresses_do_nothing(page, drill_address, part):
    dialogs, requests = [], []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: requests.append(request.url))
    for text in HOSTILE:
        page.goto("about:blank")
        page.goto(f"{drill_address}drill/{part}{text if '%' in text else quote(text)}")
        assert page.url.startswith(drill_address)
        assert not page.locator("img[src=x], script:text('alert(1)')").count(), text
    assert not dialogs and not page.evaluate("window.ran")
    assert all(url.startswith((drill_address, "about:", "data:")) for url in requests)
