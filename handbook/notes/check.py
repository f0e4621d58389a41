"""What notes must have: a source, the day of the check, and, on law and companies, the day by which to look again."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from lxml.html import HtmlElement

from handbook.checks.pages import Sources
from handbook.notes import KINDS
from handbook.problems import Problem
from handbook.site import HEADINGS, Page, text_of

DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
RECHECK = re.compile(r"(\d{4}-\d{2}-\d{2}) 前复核|recheck by (\d{4}-\d{2}-\d{2})")
TITLE = re.compile(r"^ *(?:!!!|\?\?\?\+?) editor \"(.*)\" *$", re.MULTILINE)
# Law changes, and so do companies.
CHANGING = re.compile(
    r"第[零一二三四五六七八九十百]+条|《[^》]*(?:法|办法|条例|规定)》|\bPIPL\b|\bAI Act\b|\(EU\) \d{4}/"
    r"|\b(?:OpenAI|DeepMind)\b(?! (?:GPT|API))"
)
LIMITS = {"zh": "不能据此得出", "en": "Do not conclude"}
MOST = {"zh": (12, "characters"), "en": (5, "words")}
SOON = timedelta(days=30)
Fault = tuple[str, str, str]  # words of the source, what is wrong, what to do


def of_editor(page: Page) -> Iterator[Fault]:
    """Notes of the editor without a date or source; on law and companies, without what limits them."""
    for note in page.article.find_class("editor"):
        title = text_of(note[0]) if len(note) else ""
        days = [is_date(text) for text in DATE.findall(title)]
        if not days or not all(days):
            todo = 'Say when it was checked, as YYYY-MM-DD: !!! editor "… 2026-11-24".'
            yield title, "the title of this editor's note holds no date", todo
        if not note.xpath(".//a[starts-with(@href, 'http')]"):
            todo = "Link at least one (https://…) in its text, which is indented by 4 spaces."
            yield title, "this editor's note names no source", todo
        if changes := CHANGING.search(text_of(note)):
            what = f"this editor's note is on law or companies (“{changes[0]}”)"
            words = text_of(note[1])[:40] if len(note) > 1 else title  # titles are alike
            if not RECHECK.search(title):
                words = (
                    "· 2027-05-29 前复核" if page.language == "zh" else "· recheck by 2027-05-29"
                )
                yield (
                    title,
                    f"{what} and has no day to look again",
                    f"Add it to the title: {words}.",
                )
            if LIMITS[page.language] not in text_of(note):
                todo = f"End it with a paragraph **{LIMITS[page.language]}** …"
                yield words, f"{what} and does not say what cannot be concluded", todo


def of_sentences(page: Page) -> Iterator[Fault]:
    """Notes at a sentence with too long a label, or in a section where no note of the editor gives date and source."""
    most, unit = MOST[page.language]
    edited, notes = set(), []
    section = ""
    for tag in page.article.iter(*HEADINGS, "div", "details", "aside", "a"):
        if tag.tag in HEADINGS:
            section = tag.get("id", "")
        elif "editor" in tag.classes:
            edited.add(section)
        elif "hb-note" in tag.classes:
            notes.append((section, tag))
        elif "footnote-ref" in tag.classes and in_article(tag):
            kinds = ", ".join(words[page.language == "en"] for words in KINDS.values())
            todo = f"Begin the footnote's text with a label in bold whose first word is one of: {kinds}."
            yield (
                f"[^{tag.get('href')[4:]}]",
                "this footnote of an article's sentence has no kind",
                todo,
            )
    for section, note in notes:
        label, name = note.get("aria-label"), f"[^{note.get('id').removeprefix('note-')}]"
        length = len(label if page.language == "zh" else label.split())
        if length > most:
            yield name, f"the label “{label}” is longer than {most} {unit}", "Shorten it."
        if section not in edited:
            todo = 'Add one to the section (!!! editor "…"), with date and source.'
            yield (
                name,
                f"the section “{section}” has a note at a sentence and no editor's note",
                todo,
            )


def in_article(tag: HtmlElement) -> bool:
    """Whether an element stands in the frame of the author's text."""
    return any("article" in one.classes and one.tag == "div" for one in tag.iterancestors())


def is_date(text: str) -> bool:
    """Whether there is such a day."""
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def falling_due(sources: Sources, today: date, ahead: timedelta = SOON) -> list[Problem]:
    """The notes to be looked at again by some days from today, the oldest first."""
    found = []
    for page in sources.pages:
        for line, match in page.find(TITLE):
            day = RECHECK.search(match[1])
            day = day and (day[1] or day[2])
            if day and is_date(day) and date.fromisoformat(day) <= today + ahead:
                what = f"this note is to be checked again by {day}"
                todo = "Read its sources, correct it, and set both days in its title anew."
                found.append((day, Problem(page.file, line, what, todo)))
    return [problem for _, problem in sorted(found)]
