"""Both languages have the same paragraphs in each section, so that a link to one leads to its counterpart.

`theme/assets/javascripts/passage.js` counts the blocks of a section; what a block is, is said there and here.
"""

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from handbook.problems import ROOT, Problem, source_of
from handbook.site import HEADINGS, Page, Site, text_of

WHOLE = {"pre", "table", "figure", "nav"}  # with all that is inside
NAMES = {"p": "paragraph", "li": "list item", "pre": "listing"}
Blocks = dict[str, list[tuple[str, str]]]  # by the id of the heading: kind and words


def check(site: Site, root: Path = ROOT) -> Iterator[Problem]:
    """Tell the sections whose blocks differ, at the first that does."""
    for chinese in site.of("zh"):
        english = site.by_name.get(("en", chinese.name))
        there, here = blocks_of(chinese), blocks_of(english) if english else {}
        for id in there.keys() & here.keys():
            for one, other in zip_longest(there[id], here[id], fillvalue=("", "")):
                if one[0] == other[0]:
                    continue
                file, line = source_of("zh", chinese.name, one[1][:12] or f"#{id}", root)
                kinds = [NAMES.get(kind, kind) or "nothing more" for kind, _ in (other, one)]
                message = (
                    f"the section “{id}” has {kinds[0]} (“{other[1][:40]}”) where {file}:{line} has "
                    f"{kinds[1]} (“{one[1][:12]}”)"
                )
                todo = "Divide the text alike: a link to a paragraph leads to the one of the same number."
                place = source_of("en", chinese.name, other[1][:24] or f"#{id}", root)
                yield Problem(*place, message, todo)
                break


def blocks_of(page: Page) -> Blocks:
    """Whatever can be shared by itself, below each heading."""
    found: Blocks = {}
    section = ""
    for tag in page.article.iter(*HEADINGS, "p", "li", "dt", "dd", "pre", "table", "figure"):
        if tag.tag in HEADINGS:
            section = tag.get("id", "")
            continue
        above = tag.getparent()
        inner = tag.tag == "p" and above.tag in ("li", "dd") and above[0] is tag
        if inner or "admonition-title" in tag.classes:
            continue
        if any(one.tag in WHOLE for one in tag.iterancestors()):
            continue
        if text_of(tag) or tag.find(".//img") is not None:
            found.setdefault(section, []).append((tag.tag, text_of(tag)))
    return found
