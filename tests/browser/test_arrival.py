"""Where an address leads: into tabs and folded blocks, by old names, to what has moved, through share pages."""

import time
from urllib.parse import quote

import pytest

LANGUAGES = {"zh": "", "en": "en/"}
HIDDEN = ["in-a-tab", "in-a-fold", "deep-item"]
ARRIVED = """id => {
    const place = document.getElementById(id)
    if (!place || !place.checkVisibility()) return false
    const box = place.getBoundingClientRect()
    return box.top >= document.querySelector(".md-header").getBoundingClientRect().bottom - 1 && box.top < innerHeight - 20
}"""


def arrived(page, id):
    """Wait until a place is in sight, below the header."""
    page.wait_for_function(ARRIVED, arg=id)


@pytest.fixture(params=["with a script", "without"])
def tab(request, browser):
    context = browser.new_context(
        java_script_enabled=request.param != "without", viewport={"width": 1280, "height": 700}
    )
    context.scripted = request.param != "without"
    yield context.new_page()
    context.close()


def top_of(tab, id):
    """Where a place is on the screen; without a script the browser is asked."""
    box = tab.locator(f"#{id}").bounding_box()
    return box["y"] if box else None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id", [*HIDDEN, "old-name", "last", "tabs"])
def test_a_cold_link_arrives(tab, drill_address, language, id):
    tab.goto(f"{drill_address}{LANGUAGES[language]}drill/#{id}")
    tab.wait_for_load_state("networkidle")
    header = tab.locator(".md-header").bounding_box()["height"]
    assert tab.locator(f"#{id}").is_visible() or id == "old-name"
    assert header - 1 <= top_of(tab, "new-name" if id == "old-name" else id) < 680


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("how", ["reduced", "phone"])
def test_it_arrives_with_reduced_motion_and_on_a_slow_phone(browser, drill_address, language, how):
    options = (
        {"reduced_motion": "reduce"}
        if how == "reduced"
        else {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    )
    context = browser.new_context(**options)
    page = context.new_page()
    if how == "phone":
        session = context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.route("**/*.js", lambda route: (time.sleep(0.15), route.continue_()))
    for id in HIDDEN:
        page.goto("about:blank")
        page.goto(f"{drill_address}{LANGUAGES[language]}drill/#{id}")
        arrived(page, id)
    context.close()


def test_a_link_on_the_page_opens_what_it_names(page, drill_address):
    page.goto(drill_address + "drill/")
    for id in HIDDEN:
        page.evaluate("id => { location.hash = id }", id)
        arrived(page, id)
    page.go_back()
    page.go_back()
    page.wait_for_url("**/#in-a-tab")
    arrived(page, "in-a-tab")


def test_a_tab_can_be_asked_for(page, drill_address):
    page.goto(drill_address + "drill/#__tabbed_1_2")
    arrived(page, "in-a-tab")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_switch_inside_a_tab_stays_there(page, drill_address, language):
    other = {"zh": "en/", "en": ""}[language]
    for hash in ("in-a-tab", "deep-item", "__tabbed_1_2"):
        page.goto("about:blank")
        page.goto(f"{drill_address}{LANGUAGES[language]}drill/#{hash}")
        page.click("[data-language-switch]")
        page.wait_for_url(f"{drill_address}{other}drill/#{hash}")
        arrived(page, hash if hash in HIDDEN else "in-a-tab")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_section_that_moved_is_reached(tab, drill_address, language):
    root = drill_address + LANGUAGES[language]
    tab.goto(root + "drill/#moved-away")
    if not tab.context.scripted:  # the page says where it is now, and only where it is asked for
        note = tab.locator("#moved-away")
        assert note.is_visible() and 0 < note.bounding_box()["y"] < 700
        note.locator("a").click()
    tab.wait_for_url(root + "playbook/#openai")
    tab.goto(root + "drill/")
    assert tab.locator("#moved-away").is_hidden()


def test_going_back_from_a_moved_section_leaves_it_behind(page, drill_address):
    page.goto(drill_address + "guide/")
    page.evaluate("address => { location.href = address }", drill_address + "drill/#moved-away")
    page.wait_for_url("**/playbook/#openai")
    page.go_back()
    page.wait_for_url("**/guide/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_moved_is_reached(tab, drill_address, language):
    root = drill_address + LANGUAGES[language]
    tab.goto(root + "former/")
    tab.wait_for_url(root + "drill/")
    if tab.context.scripted:
        for old, new in [
            ("in-a-tab", "drill/?a=b#in-a-tab"),
            ("elsewhere", "guide/?a=b#overfitting"),
            ("former", "drill/?a=b#drill"),
        ]:
            tab.goto(root + "former/?a=b#" + old)
            tab.wait_for_url(root + new)
            arrived(tab, new.split("#")[1])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "share, target",
    [
        ("s/guide/overfitting/", "guide/#overfitting"),
        ("s/guide/", "guide/"),
        ("s/index/start/", "#start"),
        ("s/index/", ""),
        ("s/drill/in-a-tab/", "drill/#in-a-tab"),
        ("s/drill/old-name/", "drill/#old-name"),
        ("s/drill/moved-away/", "playbook/#openai"),
        ("s/former/tabs/", "drill/#tabs"),
        ("s/former/elsewhere/", "guide/#overfitting"),
    ],
)
def test_a_share_page_sends_people_on(tab, drill_address, language, share, target):
    root = drill_address + LANGUAGES[language]
    tab.goto(root + share)
    tab.wait_for_url(root + target)
    if id := target.partition("#")[2]:
        if tab.context.scripted:
            arrived(tab, id)
        else:
            assert top_of(tab, id) is None or 0 < top_of(tab, id) < 700


def test_a_share_page_keeps_query_and_passage_on_a_slow_line(page, drill_address):
    page.route("**/guide/?*", lambda route: (time.sleep(1), route.continue_()))
    page.goto(drill_address + "s/guide/question-bank/?q=GPT-3", wait_until="commit")
    page.wait_for_url(drill_address + "guide/?q=GPT-3#question-bank")
    page.wait_for_function(
        "document.querySelector('.md-search-result__list').dataset.query === 'GPT-3'"
    )
    words = "这里还缺三种常用手段"
    page.goto(drill_address + f"s/guide/question-bank/#:~:text={quote(words)}")
    page.wait_for_url("**/guide/#question-bank*")
    page.wait_for_function("scrollY > 1200")  # far below the section that the address names


def test_a_share_page_is_left_by_going_back(page, drill_address):
    page.goto(drill_address + "playbook/")
    page.evaluate("address => { location.href = address }", drill_address + "s/guide/overfitting/")
    page.wait_for_url("**/guide/#overfitting")
    page.go_back()
    page.wait_for_url("**/playbook/")


@pytest.mark.parametrize("scripted", [True, False])
def test_a_share_page_that_cannot_go_on_is_not_blank(browser, drill_address, scripted):
    context = browser.new_context(java_script_enabled=scripted, color_scheme="dark")
    page = context.new_page()
    page.route(
        "**/en/guide/", lambda route: route.fulfill(status=204)
    )  # as if the line broke: the browser stays
    page.goto(drill_address + "en/s/guide/overfitting/", wait_until="commit")
    link = page.get_by_role("link", name="How do you deal with overfitting")
    link.wait_for()
    assert link.get_attribute("href") == "../../../guide/#overfitting"
    context.close()


HOSTILE = [
    "<img src=x onerror=alert(1)>",
    '"><script>alert(1)</script>',
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "//evil.example/",
    "https://evil.example/",
    "\\\\evil.example",
    "%",
    "%E0%A4%A",
    "%00",
    "a" * 9000,
    "过" * 900,
    "__proto__",
    "constructor",
    ":~:text=%",
    ":~:text=<script>",
    "'\"`",
    "../../../",
    "__tabbed_1_9",
    "hb-links",
    "__config",
    "x y",
    "?",
    "#",
    "[id]",
    "😀",
]


@pytest.mark.parametrize(
    "part, where",
    [
        ("fragment", "drill/"),
        ("fragment", "s/guide/overfitting/"),
        ("fragment", "former/"),
        ("query", "en/drill/"),
        ("query", "en/s/guide/overfitting/"),
    ],
)
def test_hostile_addresses_do_nothing(page, drill_address, where, part):
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    for text in HOSTILE:
        raw = (
            text
            if "%" in text
            else quote(text, safe="<>\"'`/:=,?#[]()\\")
            if part == "fragment"
            else quote(text, safe="/:=,?%")
        )
        page.goto("about:blank")
        page.goto(
            drill_address + where + (f"#{raw}" if part == "fragment" else f"?{raw}"),
            wait_until="commit",
        )
        page.wait_for_selector("html.hb-links", state="attached")
        assert page.url.startswith(drill_address), (text, page.url)
        assert page.locator("img[src=x], script:text('alert(1)')").count() == 0, text
    assert not dialogs
    assert not [url for url in requests if not url.startswith((drill_address, "about:"))]
