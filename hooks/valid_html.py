"""Writes valid HTML where Python-Markdown does not: the alignment of a table's cells is a class, for the style sheet.

The `align` attribute is obsolete; the other form that Python-Markdown offers, a style attribute, is what the
Content-Security-Policy blocks.
"""

import re

CELL = re.compile(r'<(?P<start>t[dh](?: scope="\w+")?) align="(?P<to>left|center|right)"')


def on_page_content(html, page, config, files):
    """Give cells the class hb-left, hb-center or hb-right."""
    return CELL.sub(r'<\g<start> class="hb-\g<to>"', html)
