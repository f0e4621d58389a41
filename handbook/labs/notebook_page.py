"""The page of a notebook: mkdocs-jupyter renders its code and outputs, the site's own Markdown the rest.

The plugin's page brings 595 KB of styles and knows neither our ids nor our notes. So MkDocs renders the Markdown cells
itself, as one text with a place for each cell of code, and of the plugin's HTML only code and outputs are put there.
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

DATA = (
    "application/vnd.handbook+json"  # as in snippets/labs/show.py: a figure's words and dark twin
)
WIDTH = 420  # pixels of our figures on the page, as those of the problems
# What a page can show, best first, as nbconvert chooses; it knows no JSON.
SHOWN = "text/html text/markdown image/svg+xml text/latex image/png image/jpeg application/json text/plain"
ALIVE = re.compile(r"application/(javascript|vnd\.jupyter\.widget-view\+json)|text/vnd\.mermaid")
# What the policy of the pages forbids. The styles of a data frame only align its cells.
FOREIGN = re.compile(
    r"<(style(?! scoped)|script|iframe|link|object|embed|form|video|audio)\b|\son\w+\s*="
    r"|<img\b[^>]*\ssrc=.?(?!data:)",
    re.IGNORECASE,
)
ESCAPE = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07]*\x07|.)|[\x00-\x08\x0b\x0c\x0e-\x1f]")
REPR = re.compile(r"\s*<[\w.]+[ .:][^<>]*>\s*")
DELIMITER = re.compile(r"^\s*(\$\$?|\\\[|\\\()|\\displaystyle\b|(\$\$?|\\\]|\\\))\s*$")
PLACE = '<div data-cell="{}"></div>'
PICTURE = {"zh": "由上面的代码画出的图", "en": "Picture drawn by the code above"}
log = logging.getLogger("mkdocs.plugins.handbook.labs")


def markdown_of(notebook: NotebookNode, below_title: str) -> str:
    """The notebook as one text of this site, with places for the cells of code."""
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
        tree.xpath("//div[contains(@class, 'jp-CodeCell')]/div[contains(@class, 'jp-CodeCell')]")
    )
    Page.render(page, config, files)  # as every other page: on this one the plugin has put its own
    shown, pictures = page.content, figures(page.file.name, notebook)
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        parts, place = [], PLACE.format(number)
        if PARAMETERS not in cell.metadata.get("tags", []):
            element = next(rendered)
            pre = html.tostring(element.find(".//pre"), encoding="unicode", with_tail=False)
            parts.append(listing("python", re.sub(r"^<pre>(<span></span>)?|\s*</pre>$", "", pre)))
            made = element.xpath(".//div[contains(@class, 'jp-OutputArea-child')]")
            for output, child in zip(cell.outputs, made, strict=True):
                urls = {
                    get_relative_url(f"labs/{path}", page.url): data
                    for path, data in pictures.get(id(output), {}).items()
                }
                if urls:
                    parts.append(images(output, urls, PICTURE[config.theme["language"]]))
                elif not refused(output):  # handbook.labs.check tells it
                    parts.append(shown_as(output, child))
        if place in page.markdown and place not in shown:
            log.warning(
                "%s: cell %s is lost: is a fence above it open?", page.file.src_uri, number + 1
            )
        shown = shown.replace(place, "\n".join(parts))
    return shown


def kind_of(output: NotebookNode) -> str:
    """The media type by which an output is shown; "" when there is none."""
    data = output.get("data", {"text/plain": ""})
    return next((kind for kind in SHOWN.split() if kind in data), "")


def refused(output: NotebookNode) -> str:
    """Why an output cannot stand on a page; "" when it can."""
    if output.output_type == "error":
        return f"failed: {output.ename}: {output.evalue}".splitlines()[0]
    if output.output_type == "stream":
        text = plain_text(output.text).strip() if output.name == "stderr" else ""
        return f"warns: {text.splitlines()[0]}" if text else ""
    kind, alive = kind_of(output), [other for other in output.data if ALIVE.match(other)]
    text = output.data.get(kind, "")
    if alive or not kind:
        return f"shows {', '.join(alive or output.data)}, which lives in a notebook only"
    if kind == "text/html" and FOREIGN.search(text):
        return "shows HTML with styles, scripts or files of its own"
    if kind == "text/plain" and REPR.fullmatch(text):
        return f"shows nothing but {text.strip()}"
    if kind == "text/latex" and not formula(text):
        return f"shows a formula that is not understood: {text.strip()}"
    if kind.startswith("image/") and not files_of(output):
        return f"shows a damaged picture ({kind})"
    return ""


def shown_as(output: NotebookNode, made: HtmlElement) -> str:
    """One output as HTML; `made` is how nbconvert shows it."""
    kind = kind_of(output)
    if kind in ("text/html", "text/markdown"):
        return tidied(made[0])
    data = output.get("text") or output.get("data", {}).get(kind, "")
    if kind == "text/latex":
        return f"<p>{formula(data)}</p>"
    if kind == "application/json":
        return listing("json", escape(json.dumps(data, ensure_ascii=False, indent=2), quote=False))
    return listing("text", escape(plain_text(data).rstrip(), quote=False))


def listing(language: str, code: str) -> str:
    """Highlighted or escaped code as the site writes it; nothing for nothing."""
    pre = f"<pre><span></span><code>{code}\n</code></pre>"
    return f'<div class="language-{language} highlight">{pre}</div>' if code else ""


def files_of(output: NotebookNode) -> dict[str, bytes]:
    """The files of an output that is a picture, by the end of their names; none when it is damaged."""
    kind = kind_of(output)
    if kind == "image/svg+xml":
        light, dark = output.data[kind], output.data.get(DATA, {}).get("figure", {}).get("dark")
        texts = {"-light.svg": light, "-dark.svg": dark} if dark else {".svg": light}
        found = {end: text.encode() for end, text in texts.items()}
    elif kind.startswith("image/"):
        try:
            found = {f".{kind[6:]}": base64.b64decode(output.data[kind])}
        except binascii.Error:
            return {}
    else:
        return {}
    return found if all(min(size_of(data)) > 0 for data in found.values()) else {}


def figures(slug: str, notebook: NotebookNode) -> dict[int, dict[str, bytes]]:
    """The files of all pictures, by the id() of the output and their path from the folder of the labs."""
    found = {}
    for output in (output for cell in notebook.cells for output in cell.get("outputs", [])):
        if files := files_of(output):
            name = f"figures/{slug}-{len(found) + 1}"
            found[id(output)] = {name + end: data for end, data in files.items()}
    return found


def size_of(picture: bytes) -> tuple[float, float]:
    """Width and height in pixels; negative for what is no picture."""
    return imagesize.get(io.BytesIO(picture))


def images(output: NotebookNode, urls: dict[str, bytes], otherwise: str) -> str:
    """A picture; one of ours in both colour schemes, each shown in its own."""
    plain, ours = output.data.get("text/plain", ""), output.data.get(DATA, {}).get("figure", {})
    theirs = output.metadata.get(kind_of(output), output.metadata).get("alt")
    alt = ours.get("alt") or theirs or ("" if REPR.fullmatch(plain) else plain) or otherwise
    made = []
    for url, data in urls.items():
        width, height = size_of(data)
        if ours:
            url += f"#only-{'dark' if url.endswith('-dark.svg') else 'light'}"
            width, height = WIDTH, WIDTH * height / width
        size = f'width="{round(width)}" height="{round(height)}"'
        made.append(f'<img alt="{escape(alt)}" {size} loading="lazy" src="{url}" />')
    return "<p>" + "\n".join(made) + "</p>"


def formula(text: str) -> str:
    """LaTeX as MathML; "" for what is no formula, or not understood."""
    try:
        made = convert(DELIMITER.sub("", DELIMITER.sub("", text)), display="block")
    except Exception:  # it raises a dozen kinds of its own, and IndexError
        return ""
    return "" if "\\" in made else made.replace("<mi>&</mi>", "<mi>&amp;</mi>")


def plain_text(text: str) -> str:
    """What a terminal would show in the end, without colours.

    A carriage return goes back over a line; before a single word, over the last word only.
    """
    lines = []
    for line in ESCAPE.sub("", text).split("\n"):
        shown = ""
        for part in filter(None, line.split("\r")):
            one_word = len(part.split()) == 1
            shown = re.sub(r"\S*\s*$", part.strip(), shown, count=1) if shown and one_word else part
        lines.append(shown)
    return "\n".join(lines)


def tidied(element: HtmlElement) -> str:
    """HTML without what the policy forbids: alignment is a class of ours, ids belong to the page."""
    for useless in element.xpath(".//style | .//a[contains(@class, 'anchor-link')]"):
        useless.drop_tree()
    for one in element.iterdescendants():
        given = {name: one.attrib.pop(name, "") for name in ("style", "align", "id", "border")}
        align = given["align"] or re.sub(r".*text-align: *(\w+).*|.*", r"\1", given["style"])
        if align and one.tag in ("td", "th"):
            one.set("class", f"hb-{align}")
    inside = [html.tostring(child, encoding="unicode") for child in element]
    return (escape(element.text or "", quote=False) + "".join(inside)).strip()
