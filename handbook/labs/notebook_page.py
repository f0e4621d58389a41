"""The page of a notebook: mkdocs-jupyter renders its code and outputs, the site's own Markdown the rest.

The plugin's page brings 595 KB of styles and knows neither our ids nor our notes. So MkDocs renders the Markdown cells
itself, as one text with a place for each code cell, and of the plugin's HTML only code and outputs are put there.
"""

import base64
import binascii
import io
import json
import logging
import re
from html import escape

import imagesize
from latex2mathml.converter import convert
from lxml import html
from lxml.html import HtmlElement
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url
from nbformat import NotebookNode

from handbook.labs.source import PARAMETERS

DATA = "application/vnd.handbook+json"  # as in snippets/labs/show.py: a figure's dark twin
WIDTH = 420  # pixels of our figures, as those of the problems
SHOWN = (  # what a page can show, best first: the order of nbconvert, which knows no JSON
    "text/html text/markdown image/svg+xml text/latex image/png image/jpeg "
    "application/json text/plain"
).split()
ALIVE = ("application/vnd.jupyter.widget-view+json", "application/javascript", "text/vnd.mermaid")
# What the policy of the pages forbids, or leads elsewhere.
FOREIGN = re.compile(
    r"<(?:style(?! scoped)|script|iframe|link|object|embed|form|video|audio)\b|\son\w+\s*=|<img\b[^>]*\ssrc=.?https?:",
    re.IGNORECASE,
)
ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07]*\x07|.)|[\x00-\x08\x0b\x0c\x0e-\x1f]")
REPR = re.compile(r"<[\w.]+[ .:][^<>]*>")
PLACE = '<div data-cell="{}"></div>'
PICTURE = {"zh": "由上面的代码画出的图", "en": "Picture drawn by the code above"}
log = logging.getLogger("mkdocs.plugins.handbook.labs")


def kind_of(output: NotebookNode) -> str:
    """The media type by which an output is shown; "" when there is none."""
    if output.output_type in ("stream", "error"):
        return "text/plain"
    return next((kind for kind in SHOWN if kind in output.data), "")


def refused(output: NotebookNode) -> str:
    """Why an output cannot stand on a page; "" when it can."""
    kind = kind_of(output)
    if output.output_type == "error":
        return f"failed: {output.ename}: {output.evalue}".splitlines()[0]
    if output.output_type == "stream":
        text = plain_text(output.text).strip() if output.name == "stderr" else ""
        return f"warns: {text.splitlines()[0]}" if text else ""
    alive = [other for other in output.data if other in ALIVE]
    text = output.data.get(kind, "")
    if alive or not kind:
        return f"shows {', '.join(alive or output.data)}, which lives in a notebook only"
    if kind == "text/html" and FOREIGN.search(text):
        return "shows HTML with styles, scripts or files of its own"
    if kind == "text/plain" and REPR.fullmatch(text.strip()):
        return f"shows only {text.strip()}"
    if kind == "text/latex" and formula(text) is None:
        return f"shows a formula that is not understood: {text.strip()}"
    if kind.startswith("image/") and not all(size_of(data) for _, data in pictures(output)):
        return f"shows a damaged picture ({kind})"
    return ""


def pictures(output: NotebookNode) -> list[tuple[str, bytes]]:
    """The files of an output that is a picture, each with the end of its name."""
    kind = kind_of(output)
    if kind == "image/svg+xml":
        light, dark = output.data[kind], output.data.get(DATA, {}).get("figure", {}).get("dark")
        if not dark:
            return [(".svg", light.encode())]
        return [("-light.svg", light.encode()), ("-dark.svg", dark.encode())]
    if kind in ("image/png", "image/jpeg"):
        try:
            return [(f".{kind[6:]}", base64.b64decode(output.data[kind]))]
        except binascii.Error:
            return [(f".{kind[6:]}", b"")]
    return []


def figures(slug: str, notebook: NotebookNode) -> dict[int, dict[str, bytes]]:
    """The files of all pictures, by their path from the folder of the labs; those of an output by its id()."""
    found = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if files := pictures(output):
                name = f"figures/{slug}-{len(found) + 1}"
                found[id(output)] = {name + end: data for end, data in files}
    return found


def size_of(picture: bytes) -> tuple[int, int] | None:
    """Width and height on the page, in pixels; None for what is no picture."""
    width, height = imagesize.get(io.BytesIO(picture))
    return (round(width), round(height)) if width > 0 and height > 0 else None


def markdown_of(notebook: NotebookNode, below_title: str) -> str:
    """The notebook as one text of this site, with places for the code cells."""
    parts = [
        cell.source if cell.cell_type == "markdown" else PLACE.format(number)
        for number, cell in enumerate(notebook.cells)
    ]
    first = next((n for n, c in enumerate(notebook.cells) if c.cell_type == "markdown"), 0)
    return "\n\n".join([*parts[: first + 1], below_title, *parts[first + 1 :]])


def render(content: str, page: Page, config, files, notebook: NotebookNode) -> str:
    """The content of a page whose Markdown is that of `markdown_of`.

    content: what mkdocs-jupyter made of the same notebook.
    """
    tree = html.fragment_fromstring(content, create_parent="div")
    rendered = iter(
        tree.xpath("//div[starts-with(@id, 'cell-id=')][contains(@class, 'jp-CodeCell')]")
    )
    Page.render(page, config, files)  # as every other page: on this one the plugin has put its own
    paths, language = figures(page.file.name, notebook), config.theme["language"]
    shown = page.content
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        parts = []
        if PARAMETERS not in cell.metadata.get("tags", []):
            element = next(rendered)
            parts = [code_of(element)]
            outputs = element.xpath(".//div[contains(@class, 'jp-OutputArea-child')]")
            for output, made in zip(cell.outputs, outputs, strict=True):
                urls = [
                    get_relative_url(f"labs/{path}", page.url) for path in paths.get(id(output), [])
                ]
                if not refused(output):
                    parts.append(shown_as(output, made, urls, language))
        if PLACE.format(number) not in shown:
            log.warning(
                "%s: cell %d is lost: is a fence above it not closed?",
                page.file.src_uri,
                number + 1,
            )
        shown = shown.replace(PLACE.format(number), "\n".join(parts))
    return shown


def code_of(element: HtmlElement) -> str:
    """The code of a cell, as the site writes code."""
    pre = html.tostring(element.find(".//pre"), encoding="unicode", with_tail=False)
    inner = re.sub(r"^<pre>(<span></span>)?|</pre>$", "", pre)
    return (
        f'<div class="language-python highlight"><pre><span></span><code>{inner}</code></pre></div>'
    )


def shown_as(output: NotebookNode, made: HtmlElement, urls: list[str], language: str) -> str:
    """One output as HTML; `made` is how nbconvert shows it, `urls` where its pictures are."""
    kind = kind_of(output)
    if kind in ("text/html", "text/markdown"):
        return tidied(made[0])
    if kind == "text/latex":
        return f"<p>{formula(output.data[kind])}</p>"
    if urls:
        alt = escape(alternative(output) or PICTURE[language])
        images = []
        for url, (end, data) in zip(urls, pictures(output), strict=True):
            width, height = size_of(data)
            if len(urls) == 2:  # ours, made for this width; its scheme stands in the address
                url += f"#only-{end[1:-4]}"
                width, height = WIDTH, round(WIDTH * height / width)
            size = f'width="{width}" height="{height}"'
            images.append(f'<img alt="{alt}" {size} loading="lazy" src="{url}" />')
        return "<p>" + "\n".join(images) + "</p>"
    if kind == "application/json":
        text, name = json.dumps(output.data[kind], ensure_ascii=False, indent=2), "json"
    else:
        text, name = plain_text(output.get("text") or output.get("data", {}).get(kind, "")), "text"
    code = f"<pre><span></span><code>{escape(text.rstrip(), quote=False)}\n</code></pre>"
    return f'<div class="language-{name} highlight">{code}</div>' if text.strip() else ""


def alternative(output: NotebookNode) -> str:
    """What a picture shows, in words, where somebody has said it."""
    ours = output.data.get(DATA, {}).get("figure", {})
    theirs = [output.metadata.get(kind, output.metadata).get("alt") for kind in SHOWN]
    text = output.data.get("text/plain", "")
    said = [ours.get("alt"), *theirs, "" if REPR.fullmatch(text.strip()) else text]
    return next((words for words in said if words), "")


def formula(text: str) -> HtmlElement | None:
    """LaTeX as MathML; None for what is no formula, or not understood."""
    latex = re.sub(r"^(\$\$?|\\\[|\\\()|(\$\$?|\\\]|\\\))$", "", text.strip()).strip()
    try:
        made = convert(latex.removeprefix(r"\displaystyle"), display="block")
    except Exception:  # noqa: BLE001 (it raises a dozen kinds, and IndexError)
        return None
    return None if "\\" in made else made


def plain_text(text: str) -> str:
    """What a terminal would show in the end, without colours.

    A carriage return goes back over a line; what is one word goes back over the last word only.
    """
    lines = []
    for line in ESCAPES.sub("", text).split("\n"):
        shown = ""
        for part in line.split("\r"):
            one_word = len(part.split()) == 1 and len(shown.split()) > 1
            shown = re.sub(r"\S*\s*$", part.strip(), shown) if one_word else part or shown
        lines.append(shown)
    return "\n".join(lines)


def tidied(element: HtmlElement) -> str:
    """HTML without what the policy forbids: styles are classes of ours, ids belong to the page."""
    for useless in element.xpath(".//style | .//a[contains(@class, 'anchor-link')]"):
        useless.drop_tree()
    for one in element.iterdescendants():
        style = one.attrib.pop("style", "")
        align = one.attrib.pop("align", "") or (re.findall(r"text-align: *(\w+)", style) or [""])[0]
        if align and one.tag in ("td", "th", "tr"):
            one.set("class", f"hb-{align}")
        for attribute in ("id", "border", "tabindex"):
            one.attrib.pop(attribute, None)
    inside = [html.tostring(child, encoding="unicode") for child in element]
    return escape(element.text or "", quote=False).strip() + "".join(inside).strip()
