"""data/search_words.yml: words for sections that exist, in both languages."""

from collections.abc import Iterator

from yaml import MappingNode

from handbook.checks.characters import HAN
from handbook.checks.pages import Sources
from handbook.glossary.check import child, is_a, line, texts
from handbook.problems import Problem
from handbook.yaml_lines import entries, read

FILE = "data/search_words.yml"
LIST = "a list of texts"


def check(sources: Sources) -> Iterator[Problem]:
    """Sections that are not there, words of one language only, Chinese among the English words."""
    root, problems = read(sources.root, FILE)
    yield from problems
    if root is None:
        return
    for section, (at, words) in entries(root).items():
        id = section.partition("#")[2]
        page = sources.page(section)
        if page is None or id not in {anchor.id for anchor in page.anchors}:
            todo = "Write page#id with an id of the page, or delete it."
            yield Problem(FILE, at, f"there is no section “{section}”", todo)
        both = isinstance(words, MappingNode) and [child(words, part) for part in ("zh", "en")]
        if not both or not all(node is not None and is_a(node, LIST) for node in both):
            todo = "Write zh: […] and en: […] below it."
            yield Problem(FILE, at, f"“{section}” needs words in both languages", todo)
            continue
        for text in texts(both[1]):
            if HAN.search(text.value):
                what = f"Chinese (“{text.value}”) among the English words"
                yield Problem(FILE, line(text), what, "Move it to zh.")
