"""What shows only on a built page: marks left as text, ids given twice, notes without a source, missing files.

Called for a whole site after a build; each fault is told at the line of the source that its words come from.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from handbook.notes import check as notes_check
from handbook.problems import Problem, source_of
from handbook.site import HAN, HEADINGS, KEBAB, Page, Site, text_of

NO_TEXT = {"code", "pre", "kbd", "samp", "script", "style", "svg", "math", "textarea"}
INLINE = {"a", "abbr", "b", "del", "em", "i", "mark", "s", "span", "strong", "sub", "sup"}
# Files that an article loads: element and attributes.
LOADED = dict.fromkeys(("img", "source"), ("src", "srcset")) | {
    "video": ("src", "poster"),
    "object": ("data",),
}
LOADED |= dict.fromkeys(("audio", "track", "iframe", "embed", "script"), ("src",))
PICTURE = re.compile(r"\.(?:avif|gif|jpe?g|png|svg|webp)$")
TARGET = r"\s*(?:https?:|#|[\w./-]+(?:\.(?:md|ipynb|html)|/)(?=[#\s)）]))[^)）\n]*"
LETTER = r"[\u3400-\u4dbf\u4e00-\u9fff]"
# What readers would see as it is typed, and what to do: what a Chinese keyboard gives, what belongs to other programs,
# and what an empty line or an indentation is missing for. Chinese marks in running text are right as they are.
LEFT = {
    rf"\]\(|\][（]{TARGET}[)）]|】\s*[（(]{TARGET}[)）]": "Type links in half width: [words](page.md).",
    rf"\*\*|＊＊?[^＊\n]+＊＊?|(?<={LETTER})__?\w[^_\n]*_|_\w[^_\n]*__?(?={LETTER})": (
        "Type **words** or *words*, with no space inside; a name with underscores goes into `code`."
    ),
    r"\{:?[ ]?[#:.＃：．。][^{}\n]*[}｝]|｛[^}｝\n]*[}｝]": (
        "Type {#an-id} in half width, at the end of a heading or on the line below a list item; "
        "a table takes none."
    ),
    r"\$\$|(?<![\\$\w])\$(?=[^\s$])(?:[A-Za-z]'?|[^$\n]*[\\^_{}][^$\n]*)(?<=\S)\$(?![\d$])|\\[A-Za-z]": (
        "Formulas are not understood here: write it with <sub>, <sup> or `code`, or draw it beforehand and "
        "show it as an image (SVG)."
    ),
    r"\0\s*(?:!!!|\?\?\?\+?|！{2,3}|？{2,3}) ?\w|\n(?:!!!|！！！) |\[!\w+\]": (
        'Write !!! note "title", with straight quotes in half width, and below it the text, indented by '
        "four spaces."
    ),
    r"\n\|[ :|-]+\||[\0\n] *｜.*｜": "A table stands between blank lines, in half width: | a | b |.",
    r"[\0\n] *＃": "Type # in half width, then a space.",
    r"\0 *＞": "Type > in half width.",
    r"```|~~~|[\0\n] *(?:···|｀｀｀|’’’|～～～)": "Begin and end code with a line of three grave accents: ```.",
    r"\n(?:[-*+] \S|\d{1,3}\. \S)": "Put a blank line before and after a list.",
    r"[\0\n] *[•·●▪－] ?(?=\S)(?!··)": "Begin each item with a hyphen and a space: “- ”.",
    r"--8<--": 'Write --8<-- "file.py:section" alone on its line.',
}
ANY_LEFT = re.compile("|".join(f"({pattern})" for pattern in LEFT))
TODOS = list(LEFT.values())
NOTES = ("editor", "seealso", "answer")  # which both languages need
ANSWER = {
    "zh": ["该做：", "问供应商：", "别误读："],
    "en": ["Do:", "Ask your supplier:", "Do not conclude:"],
}
Fault = tuple[str, str, str]  # words of the source, what is wrong, what to do


def problems(site: Site, root: Path = Path()) -> list[Problem]:
    """Every fault of the pages of a site. root: of the project, where the sources are read for their lines."""
    found = set()
    for page in site.pages:
        looks = (ids(page), texts(page), notes(page), media(site, page), answer(page))
        for words, message, todo in chain(*looks):
            found.add(Problem(*source_of(page.language, page.name, words, root), message, todo))
    own = {problem.file for problem in found}
    for chinese, english in ((page, site.by_name.get(("en", page.name))) for page in site.of("zh")):
        files = [source_of(one, chinese.name, root=root)[0] for one in ("zh", "en")]
        if english and own.isdisjoint(files):
            for words, message, todo in different_notes(chinese, english, files[0]):
                found.add(Problem(*source_of("en", english.name, words, root), message, todo))
    return sorted(found)


def ids(page: Page) -> Iterator[Fault]:
    """Ids given twice, whoever gave them, and headings without one of ours."""
    for id, count in Counter(page.tree.xpath("//@id")).items():
        if count > 1:
            todo = "Give one of the two another id: a link would always lead to the first."
            yield f"#{id}", f"the id “{id}” is on the built page twice", todo
    for heading in page.article.iter(*HEADINGS):
        if not KEBAB.fullmatch(heading.get("id", "")):
            words = text_of(heading)
            yield (
                words,
                f"the heading “{words}” has no id",
                "End its line with a space and {#an-id}.",
            )


def texts(page: Page) -> Iterator[Fault]:
    """Markdown that readers would see as it was typed, and Chinese on an English page."""
    if page.language == "en" and re.search(HAN, page.description):
        yield page.description, "the description of this English page is Chinese", "Translate it."
    for text, language in shown(page.article, page.language):
        if left := ANY_LEFT.search(text):
            words = text[left.start() :].strip("\0\n ").split("\n")[0]
            what = f"readers would see this as it is typed: “{words[:40]}”"
            yield words, what, TODOS[left.lastindex - 1]
        if language == "en" and (found := re.search(rf"\S*{HAN}+", text)):
            todo = 'Translate it; what is to stay Chinese goes into <span lang="zh">…</span> or `code`.'
            yield found[0], f"Chinese on an English page: “{found[0]}”", todo
    for link in page.article.iter("a"):
        before = link.getprevious()
        before = link.getparent().text if before is None else before.tail
        if (before or "").endswith("！") and PICTURE.search(link.get("href", "")):
            what = "this image begins with a full-width exclamation mark, so it becomes a link"
            yield f"！[{text_of(link)}]", what, "Type ! in half width: ![what it shows](file.png)."


def shown(tag: HtmlElement, language: str) -> Iterator[tuple[str, str]]:
    """The texts below an element that are not code, each as long as no element interrupts it, and their language."""
    if tag.tag in NO_TEXT or not isinstance(tag.tag, str):
        return
    language = tag.get("lang", language)[:2]
    yield ("" if tag.tag in INLINE else "\0") + (tag.text or ""), language  # \0: a block begins
    for child in tag:
        yield from shown(child, language)
        yield child.tail or "", language


def notes(page: Page) -> Iterator[Fault]:
    """Notes without text or with a title that is not understood, and what `handbook.notes.check` finds."""
    for note in page.article.xpath(".//*[contains(@class, 'admonition') or self::details]"):
        titled = len(note) and (note[0].tag == "summary" or "admonition-title" in note[0].classes)
        title = text_of(note[0]) if titled else ""
        if titled and len(note) == 1 and not (note[0].tail or "").strip():
            yield title, f"the note “{title}” is empty", "Indent its text by four spaces."
        if not note.get("class", "").isascii():
            words = note.get("class").split()[-1]
            todo = 'Write !!! note "title", with straight quotes.'
            yield words, f"the title of a note is not understood: “{words}”", todo
    yield from notes_check.of_editor(page)
    yield from notes_check.of_sentences(page)


def answer(page: Page) -> Iterator[Fault]:
    """Labs and problems that do not open with the answer: a card with three items, above the first section."""
    if not page.name.startswith(("labs/", "problems/")) or page.name.endswith("/index"):
        return
    cards = page.article.xpath(".//*[contains(@class, 'answer')][not(preceding::h2)]")
    items = [item for card in cards for item in card.xpath("./ul/li")]
    labels = ["".join(map(text_of, item.xpath(".//strong")[:1])) for item in items]
    if labels != ANSWER[page.language]:
        wanted = " ".join(f"- **{label}** …" for label in ANSWER[page.language])
        todo = f'Write !!! answer "headline with its figure" above the first section: {wanted}'
        yield page.title, "this page does not open with the answer in three items", todo


def different_notes(chinese: Page, english: Page, file: str) -> Iterator[Fault]:
    """A section that has more notes in one language than in the other. file: of the Chinese page."""
    there, here = map(notes_of, (chinese, english))
    for id, kind in there.keys() | here.keys():
        if here[id, kind] != there[id, kind]:
            one, two = here[id, kind] or "no", there[id, kind] or "none"
            counts = f"{one} note{'s' * (one != 1)} of type “{kind}” here, and {two} in {file}"
            todo = "Add the missing one or delete the other: both languages tell their readers the same."
            yield f"#{id}", f"the section “{id}” has {counts}", todo


def notes_of(page: Page) -> Counter[tuple[str, str]]:
    """How many notes of a kind there are below each heading."""
    counts, section = Counter(), ""
    for tag in page.article.iter(*HEADINGS, "div", "details"):
        if tag.tag in HEADINGS:
            section = tag.get("id", "")
        counts.update((section, kind) for kind in NOTES if kind in tag.classes)
    return counts


def media(site: Site, page: Page) -> Iterator[Fault]:
    """Files that are not in the site or would come from another one, and images that say nothing."""
    own = urlsplit(site.address).netloc
    for tag in page.article.iter(*LOADED):
        for value in loaded(tag):
            parts = urlsplit(value)
            base = site.folder if parts.path.startswith("/") else page.file.parent
            if parts.netloc not in ("", own):
                todo = "Readers get nothing from other sites: copy the file below docs/ if you may, or link to it."
                yield value, f"{value} would come from another site", todo
            elif (
                parts.path
                and not parts.scheme
                and not (base / unquote(parts.path).lstrip("/")).is_file()
            ):
                todo = "Add it below docs/, or correct its path, which starts in HTML from the page's own address."
                yield value, f"the file “{value}” is not found", todo
    decoration = "@aria-hidden='true' or @role='presentation' or @role='none'"
    for image in page.article.xpath(f".//img[not({decoration}) and not(normalize-space(@alt))]"):
        name = image.get("src", "").rpartition("/")[2]
        todo = 'Say in a few words what it shows: alt="…"; mere decoration takes alt="" and role="presentation".'
        yield name, f"the image “{name}” has no text alternative", todo


def loaded(tag: HtmlElement) -> Iterator[str]:
    """The addresses of what an element loads."""
    for name in LOADED[tag.tag]:
        value = tag.get(name, "")
        parts = value.split(",") if name == "srcset" else [value]
        yield from (part.split()[0] if name == "srcset" else part for part in parts if part.strip())
