"""data/search_words.yml: words for sections that exist, in both languages; data/everyday_words.yml: groups of words."""

import re
from collections.abc import Iterator

from handbook.checks.pages import Sources
from handbook.glossary.check import is_a
from handbook.problems import Problem
from handbook.site import HAN
from handbook.yaml_lines import read

FILE = "data/search_words.yml"
GROUPS = "data/everyday_words.yml"


def check(sources: Sources) -> Iterator[Problem]:
    """Sections that are not there, words of one language only, Chinese among the English words."""
    words, _ = read(sources.root, FILE)  # settings.py tells of a file that cannot be read
    for section, both in (words or {}).items():
        if not sources.section(section):
            todo = "Write page#id with an id of the page, or delete it."
            yield Problem(FILE, section.line, f"there is no section “{section}”", todo)
        if not isinstance(both, dict) or not all(is_a(both.get(one), list) for one in ("zh", "en")):
            what = f"“{section}” needs words in both languages"
            yield Problem(FILE, section.line, what, "Write zh: […] and en: […] below it.")
            continue
        for text in both["en"]:
            if re.search(HAN, text):
                what = f"Chinese (“{text}”) among the English words"
                yield Problem(FILE, text.line, what, "Move it to zh.")
    groups, _ = read(sources.root, GROUPS)
    for language in ("zh", "en"):
        for group in (groups or {}).get(language) or ():
            if not is_a(group, list) or len(group) < 2:
                what = "a group has two words or more"
                yield Problem(GROUPS, getattr(group, "line", 1), what, "Write [one, another].")
