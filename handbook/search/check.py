"""data/search_words.yml: words for sections that exist, in both languages."""

from collections.abc import Iterator

from yaml import MappingNode

from handbook.checks.characters import HAN
from handbook.glossary.check import child, is_a, line, texts
from handbook.checks.pages import Sources
from handbook.problems import Problem
from handbook.yaml_lines import entries, read

FILE = "data/search_words.yml"
LIST = "a list of texts"


def check(sources: Sources) -> Iterator[Problem]:
    root, problems = read(sources.root, FILE)
    yield from problems
    if root is None:
        return
    for section, (at, words) in entries(root).items():
        name, _, id = section.partition("#")
        page = sources.page(section)
        if page is None or id not in {anchor.id for anchor in page.anchors}:
            yield Problem(
                FILE,
                at,
                f"there is no section “{section}”",
                "Write page#id with an id of the page, or delete it.",
            )
        lists = isinstance(words, MappingNode) and [
            child(words, language) for language in ("zh", "en")
        ]
        if not lists or not all(node is not None and is_a(node, LIST) for node in lists):
            yield Problem(
                FILE,
                at,
                f"“{section}” needs words in both languages",
                "Write zh: […] and en: […] below it.",
            )
            continue
        for text in texts(lists[1]):
            if HAN.search(text.value):
                yield Problem(
                    FILE,
                    line(text),
                    f"Chinese (“{text.value}”) among the English words",
                    "Move it to zh.",
                )
