"""law/calendar.ics: what changes in the next 18 months, for the reader's own calendar (RFC 5545)."""

from datetime import timedelta

from mkdocs.structure.files import File, Files

from handbook.law.entries import BROKEN, Law, load
from handbook.law.words import WORDS

NAMES = {"zh": "大模型创业：法律日历", "en": "Law for large-model startups"}


FILE = "law/calendar.ics"


def add_file(files: Files, config) -> None:
    """Add the calendar of a language to its site."""
    try:
        text = calendar(load(), config.theme["language"], config.site_url or "")
    except BROKEN:
        return
    files.append(File.generated(config, FILE, content=text))


def calendar(law: Law, language: str, address: str = "") -> str:
    """The file in one language. address: of the language's site, "" when it has none."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Large-Model Startup Handbook//Law//{language.upper()}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(NAMES[language])}",
    ]
    seen: dict[tuple, int] = {}
    for event in law.calendar():
        key = (event.on, event.rule)
        number = seen[key] = seen.get(key, 0) + 1
        name = f"{event.rule}-{event.on:%Y%m%d}" + (f"-{number}" if number > 1 else "")
        words = WORDS[language]
        lines += [
            "BEGIN:VEVENT",
            f"UID:{name}-{language}@large-model-startup-handbook",
            f"DTSTAMP:{event.read:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{event.on + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{escaped(words[event.place] + words['colon'] + event.text[language])}",
            f"CATEGORIES:{escaped(law.decision(event.decision).data['name'][language])}",
            "TRANSP:TRANSPARENT",
        ]
        if address:
            lines.append(f"URL:{address}law/{event.decision}/#{event.rule}")
        lines.append("END:VEVENT")
    lines.append("END:VCALENDAR")
    return "".join(folded(line) + "\r\n" for line in lines)


def escaped(text: str) -> str:
    """A text as a value: backslashes, semicolons, commas and line ends are marked."""
    for mark in "\\;,":
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\n", "\\n")


def folded(line: str, most: int = 75) -> str:
    """A line in pieces of at most 75 octets, no character cut in two; each piece but the first begins with a space."""
    pieces, piece, size = [], "", 0
    for character in line:
        width = len(character.encode())
        if size + width > most:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + character, size + width
    return "\r\n".join([*pieces, piece])
