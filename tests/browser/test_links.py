"""The button beside a heading, its menu, and the offer of a passage's link, in both languages."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from conftest import SITE_URL, serving

LANGUAGES = {"zh": "", "en": "en/"}
PAGE = {
    "zh": "AI大模型创业指南：解析未来挑战与应对策略",
    "en": "A Startup Guide to Large AI Models: The Challenges Ahead and How to Meet Them",
}
SECTION = {
    "zh": "如何解决 AI 大模型训练中的过拟合问题？",
    "en": "How do you deal with overfitting when training a large AI model?",
}
AUTHOR = {"zh": "大模型创业手册", "en": "Large-Model Startup Handbook"}
FORMS = ["markdown", "text", "gbt", "bibtex"]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
BUTTON = "#overfitting > .hb-share > button"


def pasted(page):
    """What a paste into another page gives."""
    other = page.context.new_page()
    other.set_content("<textarea></textarea>")
    other.focus("textarea")
    other.keyboard.press("Control+V")
    text = other.input_value("textarea")
    other.close()
    page.bring_to_front()
    return text


# Something is said about a copy, and not the hint that comes with a selection.
SAID = "!/^$|Tab/.test(document.querySelector('.hb-said').textContent)"


def opened(page, address):
    """Open a section and wait until the scripts are at work."""
    page.goto(address)
    page.wait_for_selector("html.hb-links")
    return page


def visible_below_header(page, selector):
    page.wait_for_function(
        """selector => {
        const top = document.querySelector(selector).getBoundingClientRect().top
        return top >= document.querySelector(".md-header").getBoundingClientRect().bottom - 1 && top < innerHeight - 20
    }""",
        arg=selector,
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_button_copies_the_permanent_link_and_says_so(page, published_address, language):
    opened(page, f"{published_address}{LANGUAGES[language]}guide/#overfitting")
    page.click(BUTTON)
    said = page.locator("[role=status].hb-said")
    page.wait_for_function(SAID)
    assert said.inner_text() == {"zh": "链接已复制", "en": "Link copied"}[language]
    link = pasted(page)
    assert link == f"{SITE_URL}{LANGUAGES[language]}s/guide/overfitting/"
    page.goto(link.replace(SITE_URL, published_address))
    page.wait_for_url(f"{published_address}{LANGUAGES[language]}guide/#overfitting")
    visible_below_header(page, "#overfitting")


@pytest.mark.parametrize(
    "place, link",
    [
        ("#guide", "s/guide/"),
        ("#more-data", "s/guide/more-data/"),
        ("#strategies", "s/guide/strategies/"),
    ],
)
def test_pages_and_list_items_have_one_too(page, published_address, place, link):
    opened(page, published_address + "guide/")
    page.locator(place).hover()
    page.locator(f"{place} .hb-share button").first.click()
    page.wait_for_function(SAID)
    assert page.evaluate("navigator.clipboard.readText()") == SITE_URL + link


def test_a_term_of_the_glossary_has_its_own_address(page, published_address):
    opened(page, published_address + "en/reference/glossary/#overfitting")
    page.click(BUTTON)
    page.wait_for_function(SAID)
    assert (
        page.evaluate("navigator.clipboard.readText()")
        == SITE_URL + "en/reference/glossary/#overfitting"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_an_address_the_section_itself_is_linked(page, address, language):
    own = f"{address}{LANGUAGES[language]}guide/"
    opened(page, own + "?from=chat#introduction")
    page.locator("#overfitting").hover()
    page.click(BUTTON)
    page.wait_for_function(SAID)
    link = pasted(page)
    assert link == own + "#overfitting"
    page.goto("about:blank")
    page.goto(link)
    visible_below_header(page, "#overfitting")


def forms(language, link):
    page, section = PAGE[language], SECTION[language]
    return {
        "markdown": f"[{section} · {page}]({link})",
        "text": f"{section} · {page}\n{link}",
        "gbt": f"{AUTHOR[language]}. {page}: {section}[EB/OL]. (2026)[2026-11-24]. {link}.",
        "bibtex": "@misc{handbook-overfitting,\n"
        f"  author  = {{{{{AUTHOR[language]}}}}},\n  title   = {{{{{page}: {section}}}}},\n  year    = {{2026}},\n"
        f"  url     = {{{link}}},\n  urldate = {{2026-11-24}},\n}}",
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("known", [True, False])
def test_each_form_is_copied_and_pasted(page, request, language, known):
    root = request.getfixturevalue("published_address" if known else "address")
    folder = LANGUAGES[language]
    page.clock.set_fixed_time("2026-11-24T12:00:00")
    opened(page, f"{root}{folder}guide/#overfitting")
    expected = forms(
        language,
        f"{SITE_URL}{folder}s/guide/overfitting/" if known else f"{root}{folder}guide/#overfitting",
    )
    labels = []
    for number, form in enumerate(FORMS):
        page.click(BUTTON)
        item = page.locator("[role=menuitem]").nth(number)
        labels.append(item.inner_text())
        item.click()
        page.wait_for_function(
            "label => document.querySelector('.hb-said').textContent.endsWith(label)",
            arg=labels[-1],
        )
        assert pasted(page) == expected[form]
        assert page.locator(".hb-menu").is_hidden()
    assert len(set(labels)) == 4
    assert page.locator("[role=menuitem]").count() == 4, (
        "nothing to report to, and yet it is offered"
    )


def test_titles_in_the_menu_are_those_of_the_share_pages(page, published, published_address):
    for folder in LANGUAGES.values():
        opened(page, f"{published_address}{folder}playbook/")
        for place in page.locator("article [id] > .hb-share, article li[id] .hb-share").all():
            place.locator("button").evaluate("button => button.click()")
            page.locator("[role=menuitem]").nth(1).evaluate("item => item.click()")
            page.wait_for_timeout(30)
            title, link = page.evaluate("navigator.clipboard.readText()").split("\n")
            text = (published / link.removeprefix(SITE_URL) / "index.html").read_text(
                encoding="utf-8"
            )
            assert f'property="og:title" content="{title}"' in text.replace("&#39;", "'"), link


def test_markup_in_a_title_stays_text(page, address):
    page.route(
        "**/guide/",
        lambda route: route.fulfill(
            body=(response := route.fetch())
            .text()
            .replace(
                '<h2 id="introduction">',
                '<h2 id="introduction">[x](y) _a_ {b} 100% &lt;img src=q onerror=alert(1)&gt; ',
            ),
            response=response,
        ),
    )
    opened(page, address + "guide/#introduction")
    page.click("#introduction > .hb-share > button")
    page.locator("[role=menuitem]").nth(0).click()
    page.wait_for_timeout(100)
    assert page.evaluate("navigator.clipboard.readText()").startswith(
        r"[\[x\](y) \_a\_ {b} 100% \<img src=q onerror=alert(1)> 引言 · "
    )
    page.click("#introduction > .hb-share > button")
    page.locator("[role=menuitem]").nth(3).click()
    page.wait_for_timeout(100)
    assert r"\_a\_ \{b\} 100\% <img" in page.evaluate("navigator.clipboard.readText()")
    assert page.locator("img[src=q]").count() == 0


# ---- keyboard, phone, no script, print ----


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_of_it_by_keyboard(page, published_address, language):
    opened(page, f"{published_address}{LANGUAGES[language]}guide/")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('#introduction > .hb-share > button')"):
            break
    button = page.locator("#introduction > .hb-share > button")
    assert button.evaluate("el => el === document.activeElement && el.matches(':focus-visible')")
    assert (
        button.evaluate("el => getComputedStyle(el).opacity") == "1"
        or page.wait_for_timeout(300) is None
    )
    assert button.get_attribute("aria-label") and button.get_attribute("aria-haspopup") == "menu"
    page.keyboard.press("Enter")
    page.wait_for_function(SAID)
    assert (
        page.evaluate("navigator.clipboard.readText()")
        == f"{SITE_URL}{LANGUAGES[language]}s/guide/introduction/"
    )
    assert (
        button.get_attribute("aria-expanded") == "true" and page.locator("[role=menu]").is_visible()
    )
    focused = "[...document.querySelectorAll('[role=menuitem]')].indexOf(document.activeElement)"
    for key, place in [
        ("ArrowDown", 0),
        ("ArrowDown", 1),
        ("End", 3),
        ("ArrowDown", 0),
        ("ArrowUp", 3),
        ("Home", 0),
    ]:
        page.keyboard.press(key)
        assert page.evaluate(focused) == place, key
    page.keyboard.press("Escape")
    assert (
        page.locator("[role=menu]").is_hidden() and button.get_attribute("aria-expanded") == "false"
    )
    assert button.evaluate("el => el === document.activeElement")
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focused) == 3
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    assert button.evaluate("el => el === document.activeElement")
    page.wait_for_function(SAID)
    assert page.evaluate("navigator.clipboard.readText()").startswith("[")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    assert page.locator("[role=menu]").is_hidden()
    assert page.evaluate(
        "document.activeElement !== document.body && !document.activeElement.closest('.hb-menu')"
    )


def test_a_click_elsewhere_or_a_second_one_closes_the_menu(page, address):
    opened(page, address + "guide/#overfitting")
    for elsewhere in ("article h1", BUTTON):
        page.click(BUTTON)
        assert page.locator(".hb-menu").is_visible()
        page.locator(elsewhere).first.click(position={"x": 3, "y": 3})
        assert page.locator(".hb-menu").is_hidden()


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_phone(browser, published_address, language):
    context = browser.new_context(**PHONE, permissions=["clipboard-read", "clipboard-write"])
    page = opened(context.new_page(), f"{published_address}{LANGUAGES[language]}guide/#overfitting")
    button = page.locator(BUTTON)
    assert float(button.evaluate("el => getComputedStyle(el).opacity")) > 0.4, (
        "nothing to tap is to be seen"
    )
    box = button.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for dx, dy in [(-21, 0), (21, 0), (0, -21), (0, 21)]:
        assert page.evaluate(
            "([x, y]) => document.elementFromPoint(x, y)?.closest('.hb-share__button') !== null",
            [x + dx, y + dy],
        ), (dx, dy)
    item = page.locator("#more-data .hb-share button").bounding_box()
    assert item["width"] >= 24 and item["height"] >= 24
    page.touchscreen.tap(x + 15, y - 15)
    page.locator(".hb-menu").wait_for()
    for entry in page.locator("[role=menuitem]").all():
        assert entry.bounding_box()["height"] >= 44
    assert page.locator(".hb-menu").bounding_box()["width"] == 390
    page.locator("[role=menuitem]").nth(1).tap()
    page.wait_for_function(SAID)
    assert page.evaluate("navigator.clipboard.readText()").startswith(SECTION[language])
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_without_javascript_there_is_a_plain_link(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "en/guide/")
    link = page.locator("#overfitting > .headerlink")
    link.focus()
    assert link.is_visible() and link.get_attribute("href") == "#overfitting"
    assert page.locator(".hb-share > *, .hb-menu").count() == 0
    assert page.locator(".hb-offer").is_hidden()
    context.close()


def test_nothing_of_it_is_printed_or_copied(page, address):
    opened(page, address + "guide/#overfitting")
    page.click(BUTTON)
    page.emulate_media(media="print")
    for name in (".hb-share", ".hb-menu", ".hb-said", ".hb-passage", ".hb-offer"):
        for part in page.locator(name).all():
            assert part.is_hidden(), name
    page.emulate_media(media="screen")
    page.keyboard.press("Escape")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#overfitting'))")
    page.keyboard.press("Control+C")
    assert page.evaluate("navigator.clipboard.readText()").strip() == "3. " + SECTION["zh"]


@pytest.mark.parametrize("old_way", [True, False])
def test_where_the_clipboard_is_forbidden(page, address, old_way):
    page.add_init_script(
        "navigator.clipboard.writeText = () => Promise.reject(new Error('forbidden'))"
    )
    if not old_way:
        page.add_init_script("document.execCommand = () => false")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.default_value), dialog.dismiss()))
    opened(page, address + "guide/#overfitting")
    page.click(BUTTON)
    link = address + "guide/#overfitting"
    if old_way:
        page.wait_for_function(SAID)
        assert pasted(page) == link and not asked
        assert page.evaluate("document.activeElement.matches('.hb-share__button')")
    else:
        page.wait_for_timeout(200)
        assert asked == [link]
        assert page.locator(".hb-said").inner_text() == ""


# ---- passages ----

PASSAGES = {
    "zh": ("这里还缺三种常用手段", "#overfitting"),
    "en": ("Three common remedies are missing", "#overfitting"),
}
SELECT = """text => {
    const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
        const at = walker.currentNode.data.indexOf(text)
        if (at < 0) continue
        getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + text.length)
        walker.currentNode.parentElement.scrollIntoView({block: "center"})
        return
    }
    throw new Error("not on the page: " + text)
}"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_passage_is_linked_and_found_again(page, published_address, language):
    words, section = PASSAGES[language]
    own = f"{LANGUAGES[language]}guide/{section}"
    opened(page, f"{published_address}{LANGUAGES[language]}guide/")
    page.evaluate(SELECT, words)
    page.click(".hb-passage")
    page.wait_for_function(SAID)
    link = pasted(page)
    assert link.startswith(f"{SITE_URL}{own}:~:text=")
    assert words in unquote(link), "not as it is written"
    assert page.evaluate("getSelection().toString()") == words, "the selection is gone"
    fresh = page.context.new_page()
    fresh.goto(link.replace(SITE_URL, published_address))
    fresh.wait_for_function(
        """words => {
        const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT)
        while (walker.nextNode()) if (walker.currentNode.data.includes(words)) {
            const box = walker.currentNode.parentElement.getBoundingClientRect()
            return Math.abs((box.top + box.bottom) / 2 - innerHeight / 2) < 80  // the browser centres what it found
        }
    }""",
        arg=words,
    )


@pytest.mark.parametrize("selection", ["across", "all", "code"])
def test_long_and_odd_selections_give_a_link_that_leads_there(page, published_address, selection):
    opened(page, published_address + "guide/")
    page.evaluate(
        """selection => {
        const [from, to] = {across: ["#overfitting ~ p", "#model-compression"], all: ["article h1", "#conclusion"],
            code: ["#cnn-image-classification ~ .tabbed-set pre", "#cnn-image-classification ~ .tabbed-set pre"]}[selection]
        getSelection().setBaseAndExtent(document.querySelector(from), 0, document.querySelector(to), document.querySelector(to).childNodes.length)
    }""",
        selection,
    )
    page.locator(".hb-passage").wait_for()
    page.locator(".hb-passage").evaluate("button => button.click()")
    page.wait_for_function("document.querySelector('.hb-said').textContent.includes('链接已复制')")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(SITE_URL + "guide/") and len(link) < 2000
    fresh = page.context.new_page()
    fresh.goto(link.replace(SITE_URL, published_address))
    if selection == "across":
        visible_below_header(fresh, "#overfitting ~ p")


@pytest.mark.parametrize("lacking", ["text fragments", "their generator"])
def test_where_a_passage_cannot_be_linked_its_section_is(page, published_address, lacking):
    if lacking == "text fragments":
        page.add_init_script("delete Document.prototype.fragmentDirective")
    else:
        page.route("**/text-fragments-*.js", lambda route: route.fulfill(status=404))
    opened(page, published_address + "en/guide/")
    page.evaluate(SELECT, PASSAGES["en"][0])
    page.click(".hb-passage")
    page.wait_for_function(SAID)
    assert page.evaluate("navigator.clipboard.readText()") == SITE_URL + "en/guide/#overfitting"


def test_a_passage_by_keyboard(page, published_address):
    loaded = []
    page.on("request", lambda request: loaded.append(request.url))
    opened(page, published_address + "en/guide/")
    page.evaluate(SELECT, PASSAGES["en"][0])
    page.wait_for_function("document.querySelector('.hb-said').textContent.includes('Tab')")
    assert not [url for url in loaded if "text-fragments" in url], "loaded before it is used"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.hb-passage')")
    page.keyboard.press("Escape")
    assert page.locator(".hb-passage").is_hidden()
    page.evaluate("getSelection().removeAllRanges()")
    page.wait_for_timeout(400)
    page.evaluate(SELECT, PASSAGES["en"][0])
    page.locator(".hb-passage").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('.hb-said').textContent === 'Link copied'")
    assert ":~:text=" in page.evaluate("navigator.clipboard.readText()")


def test_no_offer_outside_the_article_or_for_nothing(page, address):
    opened(page, address + "guide/")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.md-footer'))")
    page.wait_for_timeout(400)
    assert page.locator(".hb-passage").is_hidden()
    page.click(".md-search__input")
    page.fill(".md-search__input", "模型")
    page.keyboard.press("Control+A")
    page.wait_for_timeout(400)
    assert page.locator(".hb-passage").is_hidden()


# ---- reports ----


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_is_prefilled_with_title_and_permanent_link(page, drill_address, language):
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    opened(page, f"{drill_address}{LANGUAGES[language]}guide/#overfitting")
    page.click(BUTTON)
    links = page.locator("a[role=menuitem]")
    assert links.count() == 2
    for number, words in enumerate(
        {"zh": ["报错", "讨论"], "en": ["Error", "Discussion"]}[language]
    ):
        target = urlsplit(links.nth(number).get_attribute("href"))
        assert (target.scheme, target.netloc, target.path) == (
            "https",
            "github.com",
            "/example/handbook/issues/new",
        )
        fields = {name: value for name, (value,) in parse_qs(target.query).items()}
        assert fields["title"] == f"[{words}] {SECTION[language]} · {PAGE[language]}"
        assert f"{SITE_URL}{LANGUAGES[language]}s/guide/overfitting/\n" in fields["body"]
        assert links.nth(number).get_attribute("target") == "_blank" and "noopener" in links.nth(
            number
        ).get_attribute("rel")
    page.wait_for_load_state("networkidle")
    assert not [url for url in requests if not url.startswith(drill_address)], (
        "the page asked another host"
    )


# ---- from a folder ----


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_a_folder(browser, drill, language):
    """What cannot work there is hidden, what is there works, and a link that is copied is the published one."""
    context = browser.new_context(
        locale="en-GB" if language == "zh" else "zh-CN",
        permissions=["clipboard-read", "clipboard-write"],
    )
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    own = (drill / LANGUAGES[language] / "guide/index.html").as_uri()
    opened(page, own + "#overfitting")
    page.click(BUTTON)
    page.wait_for_function(SAID)
    assert (
        page.evaluate("navigator.clipboard.readText()")
        == f"{SITE_URL}{LANGUAGES[language]}s/guide/overfitting/"
    )
    page.keyboard.press("Escape")
    page.evaluate(SELECT, PASSAGES[language][0])
    page.click(".hb-passage")
    page.wait_for_function(SAID)
    assert page.evaluate("navigator.clipboard.readText()").startswith(
        f"{SITE_URL}{LANGUAGES[language]}guide/#overfitting"
    )
    page.click(".hb-offer a")
    other = "en/" if language == "zh" else ""
    page.wait_for_url((drill / other / "guide/index.html").as_uri() + "#overfitting")
    for start, end in [
        ("s/guide/overfitting", "guide/index.html#overfitting"),
        ("former", "drill/index.html"),
    ]:
        page.goto((drill / LANGUAGES[language] / start / "index.html").as_uri())
        page.wait_for_url((drill / LANGUAGES[language]).as_uri() + "/" + end)
    assert not errors
    context.close()


def test_on_another_domain_the_published_address_is_copied(browser, published):
    """A mirror, or a domain of one's own: the permanent link is the published one."""
    with serving(published, "/") as root:
        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
        page = opened(context.new_page(), root + "guide/#overfitting")
        page.click(BUTTON)
        page.wait_for_function(SAID)
        assert page.evaluate("navigator.clipboard.readText()") == SITE_URL + "s/guide/overfitting/"
        page.goto(root + "s/guide/overfitting/")
        page.wait_for_url(root + "guide/#overfitting")
        context.close()
    assert re.match(r"https://", SITE_URL)
