"""What the canary says of a page that Zensical made, beside ours."""

import re

import pytest
from publish.canary import compared

PAGE = "en/guide/index.html"


def said(site, tmp_path, change):
    """What is said when the other page is ours with a change."""
    html = (site / PAGE).read_text(encoding="utf-8")
    changed = change(html)
    assert changed != html
    other = tmp_path / "other.html"
    other.write_text(changed, encoding="utf-8")
    return compared(site / PAGE, other, "guide", "en")


def test_what_is_all_there_is_well(site, tmp_path):
    # White space, other wrappers and the line about the edition are no losses.
    assert said(site, tmp_path, lambda html: html.replace("<p>", "<p>\n").replace("hb-edition", "hb-edition other")) == []


@pytest.mark.parametrize(("change", "message"), [
    (lambda html: re.sub(r"<p>(?:(?!</p>).)+</p>", "", html, count=1, flags=re.DOTALL), "1 of "),
    (lambda html: re.sub(r"(<h1[^>]*>)[^<]+", r"\1", html, count=1), "the title is"),
    (lambda html: html.replace('id="conclusion"', ""), "no id conclusion"),
])
def test_a_loss_is_named(site, tmp_path, change, message):
    found = said(site, tmp_path, change)
    assert len(found) == 1 and found[0].startswith(f"en guide: {message}")


def test_a_page_that_did_not_come_out_is_named(site, tmp_path):
    assert compared(site / PAGE, tmp_path / "none.html", "guide", "en") == ["en guide: no page came out"]
