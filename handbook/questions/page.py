"""The pages of the question bank: a line below each question, the list and its filters, the self-test, downloads."""

import re
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from handbook.assets import of_a_feature
from handbook.checks.pages import Page, read_page
from handbook.questions.check import DATA, FIELDS, LEVELS, READERS
from handbook.questions.source import FOLDER, LEVEL, Question, questions_of
from handbook.questions.words import WORDS
from handbook.site import HAN
from handbook.yaml_lines import read

ROOT = Path(__file__).resolve().parents[2]
STYLES = ["questions"]
LIST, FILTER = "<!-- questions list -->", "<!-- questions filter -->"
PRACTICE, DOWNLOADS = "<!-- questions practice -->", "<!-- questions downloads -->"
# Links to other sites, and what is English in their words: it is read aloud, broken and set as such on a Chinese page.
LINK = re.compile(r"(?<!!)\[([^\]\n]+)\](?=\(https?:)")
# What is slanted is marked already (handbook/markup.py).
ENGLISH = re.compile(rf"\*[^*]*\*(?:\{{[^}}]*\}})?|[A-Za-z](?:(?!{HAN})[^\n<>`*{{}}])*(?<! )")
ENVIRONMENT = Environment(
    loader=PackageLoader("handbook.questions"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def fields(language: str, root: Path = ROOT) -> dict[str, Page]:
    """The pages that hold questions, in the order in which they are learnt, by their field."""
    folder = root / "docs" / language / FOLDER
    files = {name: folder / f"{name}.md" for name in FIELDS}
    return {
        name: read_page(root, file, language, f"{FOLDER}{name}.md")
        for name, file in files.items()
        if file.is_file()
    }


def entries(name: str, root: Path = ROOT) -> dict[str, dict]:
    """What data/questions/ says of a field's questions; without what the checks tell."""
    found = read(root, f"{DATA}/{name}.yml")[0] if (root / f"{DATA}/{name}.yml").is_file() else None
    found = found if isinstance(found, dict) else {}
    return {id: entry for id, entry in found.items() if isinstance(entry, dict)}


def retired(root: Path = ROOT) -> dict[str, str]:
    """Questions that are no more and the ones that go on with their history."""
    gone = {}
    for file in sorted((root / DATA).glob("*.yml")):
        for id, entry in entries(file.stem, root).items():
            if isinstance(entry.get("retired"), dict) and entry["retired"].get("instead"):
                gone[str(id)] = str(entry["retired"]["instead"])
    return {id: last_of(instead, gone) for id, instead in gone.items()}


def last_of(id: str, gone: dict[str, str]) -> str:
    """The question at the end of a chain of retired ones."""
    seen = {id}
    while gone.get(id) and gone[id] not in seen:
        id = gone[id]
        seen.add(id)
    return id


def fill_in(markdown: str, name: str, url: str, language: str, root: Path = ROOT) -> str:
    """The Markdown of a page below questions/. name: questions/inference.md; url: questions/inference/ or ….html."""
    words, up = WORDS[language], "../" * url.count("/")
    if name == f"{FOLDER}index.md":
        markdown = markdown.replace(LIST, listed(language, root))
        markdown = markdown.replace(FILTER, asked(language, root, practice_from(url)))
        markdown = markdown.replace(DOWNLOADS, downloads(language))
        return markdown + of_a_feature(url, STYLES, ["questions"])
    if name == f"{FOLDER}practice.md":
        filters = asked(language, root)
        form = render("practice.html", words=words, up=up, filter=Markup(filters))
        return markdown.replace(PRACTICE, form) + of_a_feature(
            url, STYLES, ["questions", "practice"]
        )
    page = fields(language, root).get(name.removeprefix(FOLDER).removesuffix(".md"))
    markdown = with_lines(markdown, page, practice_from(url), words, root) if page else markdown
    if language == "zh":
        markdown = LINK.sub(lambda link: f"[{ENGLISH.sub(as_english, link[1])}]", markdown)
    return markdown + of_a_feature(url, STYLES)


def practice_from(url: str) -> str:
    """Where the self-test is, seen from a page of the bank."""
    if url.endswith(".html"):
        return "practice.html"
    return "practice/" if url == FOLDER else "../practice/"


def as_english(found: re.Match) -> str:
    """English words among Chinese ones; names without an ordinary word need no mark."""
    words = found[0]
    ordinary = not words.startswith("*") and re.search(r"\b[a-z]{2,}\b", words)
    return f'<span lang="en">{words}</span>' if ordinary else words


def render(template: str, **values) -> str:
    """Fill in a template, as one block of HTML in Markdown: no line of it is blank."""
    text = ENVIRONMENT.get_template(template).render(**values)
    return "\n".join(line for line in text.splitlines() if line.strip())


def with_lines(markdown: str, page: Page, practice: str, words: dict, root: Path) -> str:
    """The page with a line on top that leads to the self-test, and one below each question: level, readers, links."""
    name, data = page.key.removeprefix(FOLDER), entries(page.key.removeprefix(FOLDER), root)
    lines = markdown.split("\n")
    shift = len(page.lines) - len(lines)  # MkDocs has taken the front matter off
    lines += gone(page, data, words, root)
    for one in reversed(list(questions_of(page))):
        told = line_below(one, data.get(one.id, {}), practice, words)
        lines[one.last - shift : one.last - shift] = ["", told, "{: .hb-asked }", ""]
    first = next((one.line for one in page.headings if 1 < one.level <= LEVEL), None)
    if first:
        count = words["count"].format(len(list(questions_of(page))))
        link = f'<a href="{practice}?field={name}">{words["practise_field"]}</a>'
        top = f"{count} · {link} · [{words['all']}](index.md)"
        lines[first - shift - 1 : first - shift - 1] = [top, "{: .hb-asked }", ""]
    return "\n".join(lines)


def gone(page: Page, data: dict[str, dict], words: dict, root: Path) -> list[str]:
    """Questions that were on this page: their addresses stay, and lead to where they are now."""
    homes = fields(page.language, root)
    places = {
        one.id: (name, one.title) for name, home in homes.items() for one in questions_of(home)
    }
    instead, rows = retired(root), []
    for id, entry in data.items():
        if "moved" in entry or "retired" in entry:
            name, title = places.get(instead.get(id, id), ("", ""))
            now = instead.get(id, id)
            said = f"[{title}]({name}.md#{now})" if title else words["no_more"]
            rows += [f"- {said}", f"{{: #{id} }}"]
    head = ["", '<div class="hb-moved" data-search-exclude markdown="1">', "", words["moved"], ""]
    return [*head, *rows, "", "</div>", ""] if rows else []


def line_below(one: Question, entry: dict, practice: str, words: dict) -> str:
    """Level, readers, the link to the self-test, and where we measured it."""
    parts = [words["level"].get(entry.get("level"), "")]
    parts.append(words["join"].join(words["reader"].get(who, "") for who in entry.get("for", ())))
    parts.append(f'<a href="{practice}?question={one.id}">{words["practise"]}</a>')
    for at, place in enumerate(entry.get("measured", ())):
        page, _, id = str(place).partition("#")
        end = "ipynb" if (ROOT / f"docs/zh/{page}.ipynb").is_file() else "md"
        number = f" {at + 1}" if len(entry["measured"]) > 1 else ""
        parts.append(f"[{words['measured']}{number}](../{page}.{end}#{id})")
    return " · ".join(part for part in parts if part)


def listed(language: str, root: Path) -> str:
    """All questions below their fields, each with what the filters ask for."""
    words = WORDS[language]
    parts = ['<div class="hb-questions" data-search-exclude markdown="1">\n']
    for name, page in fields(language, root).items():
        data, questions = entries(name, root), list(questions_of(page))
        title = page.headings[0].text if page.headings else name
        count = words["count"].format(len(questions))
        parts.append('<div class="hb-questions__field" markdown="1">\n')
        parts.append(f"**[{title}]({name}.md)** · {count}\n")
        for one in questions:
            entry = data.get(one.id, {})
            level = words["level"].get(entry.get("level"), "")
            parts.append(f"- [{one.title}]({name}.md#{one.id}) · {level}")
            readers = " ".join(entry.get("for", ()))
            tags = f'data-id="{one.id}" data-field="{name}" data-level="{entry.get("level", 1)}" data-for="{readers}"'
            parts.append(f"{{: {tags} }}")
        parts.append("\n</div>\n")
    return "\n".join([*parts, "</div>"])


def asked(language: str, root: Path, practice: str = "") -> str:
    """The filters as a form, which the script shows. practice: where its button leads."""
    words = WORDS[language]
    titles = [
        (name, page.headings[0].text if page.headings else name)
        for name, page in fields(language, root).items()
    ]
    questions = [
        ("field", words["fields"], titles),
        ("level", words["levels"], [(level, words["level"][level]) for level in LEVELS]),
        ("for", words["for"], [(who, words["reader"][who]) for who in READERS]),
        ("time", words["time"], list(words["plan"].items())),
    ]
    return render("filter.html", words=words, asked=questions, practice=practice)


def downloads(language: str) -> str:
    """The list of files; they are made when the site is built (handbook/questions/exports.py)."""
    words = WORDS[language]["downloads"]
    up = "../downloads/" if language == "zh" else "../../downloads/"
    own = (language, "en" if language == "zh" else "zh")
    rows = []
    for form, suffix in (("anki", "apkg"), ("csv", "csv")):
        links = (
            f'<a href="{up}questions-{one}.{suffix}" download>{words[form].format(words[one])}</a>'
            for one in own
        )
        rows.append(" · ".join(links))
    schema = f'<a href="{up}questions.schema.json" download>{words["schema"]}</a>'
    rows.append(f'<a href="{up}questions.json" download>{words["json"]}</a> · {schema}')
    items = "".join(f"<li>{row}</li>\n" for row in rows)
    return f'<ul data-search-exclude class="hb-take">\n{items}</ul>'
