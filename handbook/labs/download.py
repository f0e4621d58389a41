"""The download of a lab: its notebook as applications show it, the modules that it imports, its packages."""

import re
from copy import deepcopy
from urllib.parse import urljoin

import nbformat
from markdown import Markdown
from nbformat import NotebookNode
from pymdownx.snippets import SnippetMissingError

from handbook.archive import pack
from handbook.labs.source import TABLE, Lab
from handbook.labs.verdicts import techniques
from snippets.code_hash import ROOT, files_of

FENCE = re.compile(r"(^`{3,}.*?^`{3,}$)", re.MULTILINE | re.DOTALL)
BOLD = re.compile(
    r"`[^`\n]+`|(?P<marks>\*\*?)(?P<text>(?! )(?:`[^`\n]+`|[^*`\n])+(?<! ))(?P=marks)"
)
NOTE = re.compile(
    r'^(?:!!!|\?\?\?\+?) [\w -]+?(?: "(?P<title>.*)")?\n(?P<body>(?:\n|    .*(?:\n|$))+)', re.M
)
LINK = re.compile(
    r"(?<!!)\[(?P<words>[^\[\]]*)\]\((?![a-z]+:)(?P<page>[^()\s#]*)(?P<id>[^()\s]*)\)"
)
NOT_COMMON = re.compile(r"<!--.*?-->|(?m: *\{[#:][^}\n]*\} *$)", re.DOTALL)
OWN = ("py", "tsv", "LICENSE")  # of a lab's folder: its code, what it reads, and under which terms
START = "python -m venv .venv; .venv/bin/pip install -r requirements.txt; .venv/bin/jupyter lab"


def download_of(lab: Lab, notebook: NotebookNode, result: dict, config) -> bytes:
    """A zip with all that a reader needs to run a lab: the same bytes each time."""
    made = deepcopy(notebook)
    address = f"{config.site_url}labs/" if config.site_url else ""
    made.metadata = {key: made.metadata[key] for key in ("kernelspec", "language_info")}
    table = techniques(lab, config.theme["language"], lambda verdict, words: f"**{words}**")
    for cell in made.cells:
        if cell.cell_type == "markdown":
            text = included(cell.source, config) or cell.source
            text = text.replace(TABLE, table)
            cell.source = plain_markdown(text, address)
        for output in cell.get("outputs", []):
            output.get("data", {}).pop("application/vnd.handbook+json", None)
    files = {f"{lab.slug}.ipynb": nbformat.writes(made, sort_keys=True) + "\n"}
    folder = (ROOT / lab.file).parent
    own = {path for end in OWN for path in folder.glob(f"*.{end}") if path.name != "lab.py"}
    # The command line and what only it imports come along too.
    command = [f"{lab.module}.__main__"] if folder / "__main__.py" in own else []
    for path in files_of((*lab.modules, *command)) | own:
        files[path.relative_to(ROOT).as_posix()] = path.read_text(encoding="utf-8")
    versions = {name: no for name, no in result["made"]["versions"].items() if name != "Python"}
    needs = [f"{name}=={number}" for name, number in versions.items()]
    lines = [f"# {lab.slug}: {START} {lab.slug}.ipynb", *needs, "jupyterlab>=4", ""]
    files["requirements.txt"] = "\n".join(lines)
    return pack({f"{lab.slug}/{name}": text.encode() for name, text in sorted(files.items())})


def included(text: str, config) -> str | None:
    """Markdown with what its `--8<--` lines name; None where something is missing, which the checks tell."""
    name = "pymdownx.snippets"
    reader = Markdown(extensions=[name], extension_configs={name: config.mdx_configs.get(name, {})})
    try:
        return "\n".join(reader.preprocessors["snippet"].run(text.split("\n")))
    except SnippetMissingError:
        return None


def plain_markdown(text: str, address: str) -> str:
    """CommonMark of the site's Markdown: without ids, notes and keys of numbers.

    address: of the page's folder, where links lead; "" when nobody knows it, and they lead nowhere.
    """

    def linked(match: re.Match) -> str:
        page = re.sub(r"(^|/)index\.md$", r"\1", match["page"])
        url = urljoin(address, re.sub(r"\.(md|ipynb)$", "/", page)) + match["id"]
        return f"[{match['words']}]({url})" if address and match["page"] else match["words"]

    parts = FENCE.split(text)
    for at in range(0, len(parts), 2):
        prose = NOTE.sub(quoted, NOT_COMMON.sub("", parts[at]))
        parts[at] = BOLD.sub(bold, LINK.sub(linked, prose))
    return "".join(parts)


def quoted(match: re.Match) -> str:
    """A note of this site as a quotation with its title in bold."""
    lines = [f"**{match['title']}**", ""] if match["title"] else []
    lines += [line[4:] for line in match["body"].strip("\n").split("\n")]
    return "".join(f"> {line}".rstrip() + "\n" for line in lines) + "\n"


def bold(match: re.Match) -> str:
    """Bold text as HTML where it begins or ends in a mark: CommonMark takes **“a”** beside a letter for text."""
    if re.fullmatch(r"\w|\w.*\w", match["text"] or "a"):
        return match[0]
    tag = "strong" if match["marks"] == "**" else "em"
    return f"<{tag}>{match['text']}</{tag}>"
