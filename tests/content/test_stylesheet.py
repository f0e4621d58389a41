"""The reduction of style sheets: what it must keep, what it takes out, what it says of what it does not understand."""

import pytest

from handbook.stylesheet import Names, parsed, reduced

PAGE = """<html lang="zh" class="no-js"><body data-scheme="light"><p class="a b" id="one">x</p><input type="radio" class="tab">
<script>document.documentElement.classList.replace("no-js", "js")</script></body></html>"""
SCRIPT = """/* a comment's "unused" */ el.className = "menu menu__item"; el.setAttribute("aria-expanded", "true")
el.dataset.mdKind = `x`; // it's "late"
"""


def sheets(css):
    pages, scripts = Names(), Names()
    pages.add_page(PAGE)
    scripts.add_page(PAGE)
    scripts.add_script(SCRIPT)
    return reduced(parsed(css), pages, scripts)


@pytest.mark.parametrize(
    "css",
    [
        ".a{color:red}",
        "#one{color:red}",
        "p.a>.b{color:red}",
        "[data-scheme=light] p{color:red}",
        ".js .a{color:red}",
        ".a:not(.never){color:red}",
        ".tab:nth-child(9):checked~p{color:red}",
        ":is(.never,.a){color:red}",
        "p:hover:before{color:red}",
        "@media print{.a{color:red}}",
        "@supports (color:red){@media (min-width:1em){.a{color:red}}}",
        "[open]>p{color:red}",
        '@font-face{font-family:x;src:local("y")}',
        "p::-webkit-scrollbar{width:1px}",
        "*,:after{box-sizing:border-box}",
        "@keyframes k{0%{top:0}}.a{animation:k 1s}",
        ".a{color:var(--x)}:root{--x:red}",
        '.a{content:"/* no comment */ a  b"}',
        ".a{background:url(\"data:image/svg+xml,<svg a='b;{}'/>\")}",
        "p:has(>.b){color:red!important}",
        "input[type=radio]{top:0}",
    ],
)
def test_what_can_apply_stays(css):
    assert sheets(css) == (css, "")


@pytest.mark.parametrize(
    "css",
    [
        ".never{color:red}",
        ".a .never{color:red}",
        "#two{color:red}",
        "video{top:0}",
        "[data-scheme=dark] p{color:red}",
        ":is(.never,#two) p{color:red}",
        "@media print{.never{color:red}}",
        "@keyframes k{0%{top:0}}",
        ":root{--x:red}",
        ".unused{color:red}",
        ".late{color:red}",
        "input[type=checkbox]{top:0}",
        "p:has(.never){top:0}",
        "/* nothing */",
        ":root{--x:var(--y);--y:red}",
    ],
)
def test_what_cannot_goes(css):
    assert sheets(css) == ("", "")


@pytest.mark.parametrize(
    "css",
    [
        ".menu{color:red}",
        ".a .menu__item{color:red}",
        "[aria-expanded=true]{color:red}",
        "@media print{.menu{color:red}}",
        "[data-md-kind]{top:0}",
    ],
)
def test_what_needs_a_script_comes_with_it(css):
    assert sheets(css) == ("", css)


def test_one_rule_can_be_in_both_and_order_is_kept():
    assert sheets(".a, .never, .menu { color : red }\n.b{top:0}\n.menu{top:1px}") == (
        ".a{color:red}.b{top:0}",
        ".menu{color:red}.menu{top:1px}",
    )


def test_a_property_that_only_the_second_names_stays_in_the_first():
    assert sheets(":root{--x:red}.menu{color:var(--x)}") == (
        ":root{--x:red}",
        ".menu{color:var(--x)}",
    )


@pytest.mark.parametrize("css", [".a{.b{color:red}}", ".a{color}", "}"])
def test_what_is_not_understood_is_said(css):
    with pytest.raises(ValueError, match="line 1"):
        sheets(css)
