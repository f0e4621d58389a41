"""Puts each table of a page into the box that lets it be scrolled alone.

The theme's script does this in the browser; done here it moves nothing after the page is shown, and needs no script.
"""

import re

TABLE = re.compile(r"<table(?![^>]*\sclass=)[^>]*>.*?</table>", re.DOTALL)


def on_page_content(html, page, config, files):
    """Wrap what the theme's style sheet takes for a table of data."""
    return TABLE.sub(
        lambda table: f'<div class="md-typeset__scrollwrap"><div class="md-typeset__table">{table[0]}</div></div>', html)
