"""The download of a lab: its notebook as applications show it, the modules that it imports, its packages."""

import io
import re
import unicodedata
import zipfile
from copy import deepcopy
from urllib.parse import urljoin

import nbformat
from markdown import Markdown
from nbformat import NotebookNode
from pymdownx.snippets import SnippetMissingError

from handbook.labs.source import Lab
from snippets.code_hash import ROOT, files_of

FENCE = re.compile(r"^(`{3,}).*?^\1`*$", re.MULTILINE | re.DOTALL)
BOLD = re.compile(
    r"`[^`\n]+`|(?P<marks>\*\*?)(?P<text>(?! )(?:`[^`\n]+`|[^*`\n])+(?<! ))(?P=marks)"
)
NOTE = re.compile(
    r'^(?:!!!|\?\?\?\+?) [\w -]+?(?: "(?P<title>.*)")?\n(?P<body>(?:\n|    .*(?:\n|$))+)', re.M
)
LINK = re.compile(r"(?<!!)\[(?P<words>[^\[\]]*)\]\((?P<target>[^()\s]+)\)")


def download_of(lab: Lab, notebook: NotebookNode, result: dict, config, site: str = "") -> bytes:
    """A zip with all that a reader needs to run a lab: the same bytes each time.

    site: where the site is published; "" when nobody knows.
    """
    made = deepcopy(notebook)
    keys = made.metadata.keys() & {"kernelspec", "language_info"}
    made.metadata = {key: made.metadata[key] for key in keys}
    for cell in made.cells:
        if cell.cell_type == "markdown":
            cell.source = plain_markdown(
                cell.source, config, urljoin(site, "labs/") if site else ""
            )
        for output in cell.get("outputs", []):
            output.get("data", {}).pop("application/vnd.handbook+json", None)
    files = {f"{lab.slug}.ipynb": nbformat.writes(made, sort_keys=True) + "\n"}
    for path in files_of(tuple(lab.modules)):
        files[path.relative_to(ROOT).as_posix()] = path.read_text(encoding="utf-8")
    files["requirements.txt"] = "\n".join(
        [
            f"# {lab.slug}: python -m venv .venv; .venv/bin/pip install -r requirements.txt; .venv/bin/jupyter lab {lab.slug}.ipynb",
            *(
                f"{name}=={number}"
                for name, number in result["made"]["versions"].items()
                if name != "Python"
            ),
            "jupyterlab>=4\n",
        ]
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, text in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{lab.slug}/{name}", (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, text.encode(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def plain_markdown(text: str, config, address: str) -> str:
    """CommonMark of the site's Markdown: no ids, includes, keys of numbers and notes; links lead to the site or nowhere.

    address: of the page's folder; "" when nobody knows.
    """

    def link(match: re.Match) -> str:
        target = match["target"]
        if re.match(r"[a-z]+:", target):
            return match[0]
        page, _, id = target.partition("#")
        page = re.sub(r"(^|/)index\.(md|ipynb)$", r"\1", page)
        page = re.sub(r"\.(md|ipynb)$", "/", page)
        url = urljoin(address, page) + (f"#{id}" if id else "")
        return f"[{match['words']}]({url})" if address and page else match["words"]

    def prose(text: str) -> str:
        text = re.sub(r"<!--.*?-->", "", text, flags=re.S)
        text = re.sub(r" *\{[#:][^}\n]*\} *$", "", text, flags=re.M)
        return BOLD.sub(bold, LINK.sub(link, NOTE.sub(quoted, text)))

    text, at, parts = included(text, config), 0, []
    for code in FENCE.finditer(text):
        parts += [prose(text[at : code.start()]), code[0]]
        at = code.end()
    return "".join([*parts, prose(text[at:])])


def bold(match: re.Match) -> str:
    """Bold and italics as HTML where the marks would stay: CommonMark takes **“a”** next to a letter for text."""
    if not match["marks"]:
        return match[0]
    text, (start, end) = match["text"], match.span()
    before, after = match.string[start - 1 : start], match.string[end : end + 1]
    if not (closed(before, text[0]) or closed(after, text[-1])):
        return match[0]
    tag = "strong" if match["marks"] == "**" else "em"
    return f"<{tag}>{text}</{tag}>"


def closed(outside: str, inside: str) -> bool:
    """Tell whether a mark between these two does not count: punctuation inside, a letter outside."""
    letter = bool(outside.strip()) and unicodedata.category(outside)[0] not in "PS"
    return letter and unicodedata.category(inside)[0] in "PS"


def quoted(match: re.Match) -> str:
    """A note of this site as a quotation with its title in bold."""
    lines = [f"**{match['title']}**", ""] if match["title"] else []
    lines += [line[4:] for line in match["body"].strip("\n").split("\n")]
    return "".join(f"> {line}".rstrip() + "\n" for line in lines) + "\n"


def included(text: str, config) -> str:
    """Markdown with what its `--8<--` lines name; a page that names what is not there is told of elsewhere."""
    name = "pymdownx.snippets"
    reader = Markdown(extensions=[name], extension_configs={name: config.mdx_configs[name]})
    try:
        return "\n".join(reader.preprocessors["snippet"].run(text.split("\n")))
    except SnippetMissingError:
        return text
