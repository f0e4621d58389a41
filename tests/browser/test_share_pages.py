"""People who open a shared link: sent on at once, with a script and without, from a server and from disk."""

from urllib.parse import quote

import pytest

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    '"><script>alert(1)</script>',
    "javascript:alert(1)",
    "//evil.example/",
    "https://evil.example/",
    "%",
    "%E0%A4%A",
    "%00",
    "过" * 900,
    "__proto__",
    ":~:text=%",
]
SHARED = [
    ("s/guide/overfitting/", "guide/#overfitting"),
    ("s/guide/", "guide/"),
    ("s/guide/guide/", "guide/"),
    ("s/guide/more-data/", "guide/#more-data"),
    ("s/index/start/", "#start"),
    ("s/index/", ""),
    ("s/reference/changelog/since/", "reference/changelog/#since"),
]


@pytest.fixture
def unscripted(browser):
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", ["", "en/"])
@pytest.mark.parametrize("share, target", SHARED)
def test_a_share_page_sends_people_on(page, unscripted, published_address, language, share, target):
    for tab in (page, unscripted):
        tab.goto(published_address + language + share)
        tab.wait_for_url(published_address + language + target)


@pytest.mark.parametrize("language", ["", "en/"])
def test_it_does_so_from_disk(page, built, language):
    page.goto((built / language / "s/guide/overfitting/index.html").as_uri())
    page.wait_for_url((built / language / "guide/index.html").as_uri() + "#overfitting")
    page.goto((built / language / "s/index/index.html").as_uri())
    page.wait_for_url((built / language / "index.html").as_uri())


def test_it_keeps_the_query_and_is_left_by_going_back(page, address):
    page.goto(address + "playbook/")
    page.evaluate("to => { location.href = to }", address + "s/guide/overfitting/?utm=a%20b")
    page.wait_for_url(address + "guide/?utm=a%20b#overfitting")
    page.go_back()
    page.wait_for_url(address + "playbook/")


@pytest.mark.parametrize("scripted", [True, False])
def test_one_that_cannot_go_on_is_not_blank(page, unscripted, address, scripted):
    tab = page if scripted else unscripted
    tab.route("**/en/guide/", lambda route: route.fulfill(status=204))  # as if the line broke
    tab.goto(address + "en/s/guide/overfitting/", wait_until="commit")
    link = tab.get_by_role("link", name="How do you deal with overfitting")
    link.wait_for()
    assert link.get_attribute("href") == "../../../guide/#overfitting"


@pytest.mark.parametrize("part", ["#", "?"])
def test_a_hostile_address_does_nothing(page, address, part):
    dialogs, requests = [], []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: requests.append(request.url))
    for text in HOSTILE:
        page.goto("about:blank")
        raw = text if "%" in text else quote(text, safe="<>\"'/:=,()\\")
        page.goto(f"{address}s/guide/overfitting/{part}{raw}", wait_until="commit")
        page.wait_for_url(lambda url: url.startswith(address + "guide/"))
        assert not dialogs, text
    assert not [url for url in requests if not url.startswith((address, "about:"))]
