"""Every feature of the theme works when it is switched on, or the build stops with a sentence that says why."""

import base64

import drill
import pytest
from conftest import build, built_once, copy_of_project, serving, tab
from drill import change

FEATURES = (
    "announce.dismiss",
    "content.code.annotate",
    "content.code.select",
    "content.footnote.tooltips",
    "content.tabs.link",
    "header.autohide",
    "navigation.tabs",
    "navigation.tracking",
)
ASSETS = {
    "stylesheets/probe.css": '@import "more.css";\n.md-typeset h1 { background: url("../images/dot.png") }\n'
    ".md-typeset { h2 { color: rgb(1, 2, 3); &::before { content: '§' } } }\n",
    "stylesheets/more.css": ".md-typeset h1, .seen { border-left: 4px solid rgb(1, 2, 3) }\n",
    "javascripts/module.mjs": "export const probe = `ran\n`\ndocument.documentElement.dataset.probe = probe\n",
    # The // in a regular expression begins no comment.
    "javascripts/small.js": '(()=>{const a=/^https?:\\/\\//,b=document.querySelector("h1");'
    'b&&!a.test(b.textContent)&&b.classList.add("seen")})();\n',
}
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)


def switch_on(tree):
    """All features at once, a PNG logo, an announcement, style sheets and scripts of an author."""
    drill.prepare(tree)
    features = "".join(f"    - {name}\n" for name in FEATURES)
    change(tree / "mkdocs.yml", "  features:\n", f"  features:\n{features}")
    change(tree / "mkdocs.yml", "  logo: assets/images/icon.svg", "  logo: assets/images/dot.png")
    ours = "  - assets/stylesheets/handbook.css\n"
    change(tree / "mkdocs.yml", ours, f"{ours}  - assets/stylesheets/probe.css\n")
    scripts = "  - assets/javascripts/module.mjs\n  - assets/javascripts/small.js\n"
    change(tree / "mkdocs.yml", "extra_javascript:\n", f"extra_javascript:\n{scripts}")
    change(
        tree / "mkdocs.yml", "pymdownx.highlight: {", "pymdownx.highlight: {line_spans: __line, "
    )
    for name, text in ASSETS.items():
        (tree / "theme/assets" / name).write_text(text, encoding="utf-8")
    (tree / "theme/assets/images/dot.png").write_bytes(DOT)
    with (tree / "theme/main.html").open("a", encoding="utf-8") as file:
        file.write("{% block announce %}News.{% endblock %}\n")


def other_way(tree):
    """Pages as files, an icon for a logo, the theme's own tooltips."""
    drill.prepare(tree)
    change(tree / "mkdocs.yml", "docs_dir:", "use_directory_urls: false\ndocs_dir:")
    change(
        tree / "mkdocs.yml", "  logo: assets/images/icon.svg", "  icon: {logo: material/library}"
    )
    change(tree / "mkdocs.yml", "  features:\n", "  features:\n    - content.tooltips\n")


@pytest.fixture(scope="module")
def switched_on(tmp_path_factory):
    with serving(built_once(tmp_path_factory, "switched-on", switch_on)) as root:
        yield root


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    with serving(built_once(tmp_path_factory, "other-way", other_way)) as root:
        yield root


@pytest.fixture
def drilling(page, switched_on):
    """The drill page with all features on; nothing of it is missing."""
    missing = []
    page.on("response", lambda answer: missing.append(answer.url) if answer.status > 399 else None)
    page.goto(switched_on + "drill/")
    yield page
    assert not missing


def test_what_an_author_adds_is_there(drilling):
    style = "([name, key, part]) => getComputedStyle(document.querySelector(name), part)[key]"
    assert drilling.evaluate("document.documentElement.dataset.probe") == "ran\n"
    assert drilling.evaluate(style, ["h1.seen", "borderLeft"]) == "4px solid rgb(1, 2, 3)"
    assert "dot.png" in drilling.evaluate(style, ["h1", "backgroundImage"])
    assert drilling.evaluate(style, ["article h2", "color"]) == "rgb(1, 2, 3)"
    assert drilling.evaluate(style, ["article h2", "content", "::before"]) == '"§"'
    logo = "document.querySelector('.md-header .md-logo img')"
    assert drilling.evaluate(f"{logo}.src.includes('dot.png') && {logo}.naturalWidth === 1")
    assert (
        drilling.locator(".hb-share__button").count() > 6
        and drilling.locator(".md-tabs").is_visible()
    )


def test_an_announcement_is_dismissed_for_good(drilling):
    assert drilling.locator(".md-banner").is_visible()
    drilling.click(".md-banner__button")
    drilling.reload()
    assert drilling.locator(".md-banner").is_hidden()


def test_the_address_follows_and_the_header_hides(drilling):
    header = drilling.locator(".md-header[hidden]")
    drilling.mouse.move(600, 500)
    for _ in range(
        30
    ):  # the theme follows when the scrolling rests for a quarter of a second, from the second time on
        drilling.mouse.wheel(0, 150)
        drilling.wait_for_timeout(500)
        if header.count() and "#" in drilling.url:
            break
    assert header.count() and "#" in drilling.url


def test_listings_are_annotated_and_their_lines_selected(drilling):
    drilling.locator("pre").scroll_into_view_if_needed()
    drilling.locator(".md-annotation a").click(force=True)  # it pulses
    drilling.locator(".md-tooltip:has-text('What it is.')").wait_for()
    drilling.keyboard.press("Escape")
    assert drilling.locator(".md-code__button").count() == 2


def test_tabs_of_a_name_go_together(drilling):
    drilling.locator(".tabbed-labels").first.locator("label").nth(1).click()
    drilling.get_by_text("Other second.").wait_for()


def test_a_footnote_shows_itself(drilling):
    drilling.locator(".footnote-ref").hover()
    drilling.locator(".md-tooltip2--active:has-text('Footnote.')").wait_for()


def test_pages_as_files(page, other):
    page.goto(other + "en/drill.html")
    assert page.locator(".md-logo svg").first.is_visible()
    page.click("[data-language-switch]")
    page.wait_for_url(other + "drill.html")
    page.locator(".hb-share__button").first.wait_for()
    page.goto(other + "guide.html")
    page.locator(".hb-term").first.hover()  # by the theme, and not by ours as well
    page.locator(".md-tooltip2--active").wait_for()
    assert page.locator("[role=tooltip]").count() == 1


REFUSED = [  # put in place of, what it is, what the build says
    ("  features:\n", "    - navigation.instant.prefetch\n", "feature navigation.instant.prefetch"),
    ("  features:\n", "    - search.suggest\n", "feature search.suggest"),
    ("plugins:\n", "  search: {}\n", "search plugin is switched on"),
    (
        "extra_javascript:\n",
        "  - https://example.org/a.js\n",
        "another site, https://example.org/a.js",
    ),
    ("extra_css:\n", "  - //example.org/a.css\n", "another site, //example.org/a.css"),
    ("extra_css:\n", "  - assets/stylesheets/no.css\n", "no.css, which is not there"),
    ("extra:\n", "  analytics: {provider: google}\n", "extra.analytics"),
]


def test_what_cannot_work_stops_the_build(tmp_path):
    tree = copy_of_project(tmp_path / "tree")
    for place, line, _ in REFUSED:
        change(tree / "mkdocs.yml", place, place + line)
    change(tree / "mkdocs.yml", "  font: false\n", "  font: {text: Roboto}\n")
    change(tree / "mkdocs.yml", "  logo: assets/images/icon.svg", "  logo: images/no.svg")
    done = build(tree)
    assert done.returncode and "Traceback" not in done.stdout
    for said in (*(said for *_, said in REFUSED), "theme.font", "theme.logo names images/no.svg"):
        told = [line for line in done.stdout.splitlines() if said in line]
        assert len(told) == 1 and "mkdocs.yml:" in told[0], (said, done.stdout)


def test_colours_are_kept_in_both_languages_and_follow_the_system(browser, address):
    with tab(browser, color_scheme="dark") as page:
        page.goto(address + "guide/")
        scheme = "document.body.dataset.mdColorScheme"
        assert page.evaluate(scheme) == "slate"
        page.emulate_media(color_scheme="light")
        page.goto(address + "guide/")
        assert page.evaluate(scheme) == "default", "only a choice is kept"
        page.get_by_role("button", name="切换到深色").click()
        assert page.evaluate(scheme) == "slate"
        page.goto(address + "en/labs/overfitting/")
        assert page.evaluate(scheme) == "slate"
        button = page.get_by_role("button", name="Switch to light mode")
        button.press("Enter")
        assert page.evaluate(scheme) == "default"
        assert page.evaluate("document.activeElement.title") == "Switch to dark mode"
