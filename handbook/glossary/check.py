"""data/glossary.yml: whole entries, with names that lead to one term only."""

import re
from collections.abc import Iterator

from handbook.checks.pages import Sources
from handbook.problems import Problem
from handbook.site import HAN, KEBAB
from handbook.yaml_lines import Text, read

FILE = "data/glossary.yml"
ENTRY = {"id": str, "zh": dict, "en": dict, "sections": list}
NAMES = {"term": str, "also": list, "search": list}
FIELDS = {"zh": {"pinyin": str, "text": str} | NAMES, "en": {"text": str} | NAMES}
FORM = {str: "{}: …", list: "{}: [first, second]", dict: "{}:, and below it its own lines"}


def check(sources: Sources) -> Iterator[Problem]:
    """Every entry by itself, then their ids and names."""
    terms, _ = read(sources.root, FILE)  # settings.py tells of a file that cannot be read
    ids: dict[str, Text] = {}
    names: dict[tuple[str, str], tuple[Text, str]] = {}
    for term in terms or ():
        id = term.get("id", "?") if isinstance(term, dict) else "?"
        faults = list(shape(term, ENTRY, f"the term “{id}”", 1))
        for language in () if faults else FIELDS:
            what = f"“{language}” of “{id}”"
            faults += shape(term[language], FIELDS[language], what, id.line)
        yield from faults
        if faults:
            continue
        if not KEBAB.fullmatch(id):
            todo = "Use lower-case words with hyphens: data-quality."
            yield Problem(FILE, id.line, f"the id “{id}” is malformed", todo)
        if (first := ids.setdefault(id, id)) is not id:
            what = f"the id “{id}” is already used on line {first.line}"
            yield Problem(FILE, id.line, what, "Choose another.")
        for text in term["sections"]:
            if not sources.section(text):
                todo = "Write page#id, with an id of that page, or take it off the list."
                yield Problem(FILE, text.line, f"there is no section “{text}”", todo)
        for key in FIELDS["en"]:
            for text in texts(term["en"].get(key)):
                if found := re.search(HAN, text):
                    what = f"Chinese (“{found[0]}”) in the English field “{key}”"
                    yield Problem(FILE, text.line, what, "Translate it, or move it to zh.")
        for language in FIELDS:  # the search could not tell them apart
            for text in (text for key in NAMES for text in texts(term[language].get(key))):
                name = language, re.sub(r"[\s-]", "", text.casefold())
                first, owner = names.setdefault(name, (text, id))
                if owner != id:
                    what = f"the name “{text}” ({language}) already belongs to the term on line {first.line}"
                    todo = "A name leads to one term: take it from one of the two."
                    yield Problem(FILE, text.line, what, todo)


def shape(value: object, keys: dict[str, type], what: str, at: int) -> Iterator[Problem]:
    """Required keys that are missing, values of another type, keys that nobody reads."""
    has = value if isinstance(value, dict) else {}
    at = min((key.line for key in has), default=at)
    for key, kind in keys.items():
        if key not in has and key not in ("also", "search"):
            todo = f"Add “{FORM[kind].format(key)}”."
            yield Problem(FILE, at, f"{what} has no “{key}”", todo)
    for key, entry in has.items():
        if key not in keys:
            todo = f"The keys are: {', '.join(keys)}."
            yield Problem(FILE, key.line, f"{what} has an unknown key “{key}”", todo)
        elif not is_a(entry, keys[key]):
            todo = f"Write “{FORM[keys[key]].format(key)}”."
            yield Problem(FILE, key.line, f"{what} has a “{key}” of another kind", todo)


def is_a(value: object, kind: type) -> bool:
    """Whether a value is a text that is not empty, a list of them, or a mapping."""
    if kind is list:
        return isinstance(value, list) and all(is_a(item, str) for item in value)
    return isinstance(value, kind) and (kind is dict or bool(value.strip()))


def texts(value: Text | list[Text] | None) -> list[Text]:
    """The texts of a list, or a text alone."""
    return value if isinstance(value, list) else [value] if value else []
