"""What a page shows of an output of a notebook; what it cannot show is refused."""

import base64
import binascii
import io
import json
import re
from html import escape

import imagesize
from latex2mathml.converter import convert
from lxml import html
from lxml.html import HtmlElement
from nbformat import NotebookNode

# As in snippets/labs/show.py: a figure's words, its dark twin, and both for desktops.
DATA = "application/vnd.handbook+json"
DESKTOP = "(min-width: 45em)"
# What a page can show, best first, as nbconvert chooses; it knows no JSON.
SHOWN = "text/html text/markdown image/svg+xml text/latex image/png image/jpeg application/json text/plain"
# Widgets, scripts and diagrams live in a notebook only, whatever else is given beside them.
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
PICTURE = {"zh": "由代码画出的图", "en": "Picture drawn by the code"}


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
    kind = kind_of(output)
    data = output.data.get(kind, "")
    if not (
        not kind
        or any(map(ALIVE.match, output.data))
        or (kind == "text/html" and FOREIGN.search(data))
        or (kind == "text/plain" and REPR.fullmatch(data))
        or (kind == "text/latex" and not formula(data))
        or (kind.startswith("image/") and not files_of(output))
    ):
        return ""
    start = " ".join(str(data).split())[:60]
    return f"shows what no page can show ({', '.join(output.data)}: {start})"


def shown(output: NotebookNode, made: HtmlElement) -> str:
    """An output that is no picture as HTML. made: how nbconvert shows it."""
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


def figures(slug: str, notebook: NotebookNode) -> dict[int, dict[str, bytes]]:
    """The files of all pictures, by the id() of the output and their path from the folder of the labs."""
    found = {}
    for output in (output for cell in notebook.cells for output in cell.get("outputs", [])):
        if files := files_of(output):
            name = f"figures/{slug}-{len(found) + 1}"
            found[id(output)] = {name + end: data for end, data in files.items()}
    return found


def files_of(output: NotebookNode) -> dict[str, bytes]:
    """The files of an output that is a picture, by the end of their names; none when it is damaged."""
    kind, found = kind_of(output), {}
    if kind == "image/svg+xml":
        light, ours = output.data[kind], output.data.get(DATA, {}).get("figure", {})
        texts = {"-light.svg": light, "-dark.svg": ours["dark"]} if ours else {".svg": light}
        texts |= {f"-wide-{theme}.svg": text for theme, text in ours.get("wide", {}).items()}
        found = {end: text.encode() for end, text in texts.items()}
    elif kind.startswith("image/"):
        try:
            found = {f".{kind[6:]}": base64.b64decode(output.data[kind])}
        except binascii.Error:
            return {}
    return found if all(min(size_of(data)) > 0 for data in found.values()) else {}


def size_of(picture: bytes) -> tuple[float, float]:
    """Width and height in pixels; negative for what is no picture."""
    return imagesize.get(io.BytesIO(picture))


def images(output: NotebookNode, urls: dict[str, bytes], language: str) -> str:
    """A picture; one of ours in both colour schemes, for phones and for desktops, with what it finds below it."""
    plain, ours = output.data.get("text/plain", ""), output.data.get(DATA, {}).get("figure", {})
    theirs = output.metadata.get(kind_of(output), output.metadata).get("alt")
    alt = ours.get("alt") or theirs or ("" if REPR.fullmatch(plain) else plain) or PICTURE[language]
    if not ours:
        ((url, data),) = urls.items()
        return f"<p>{image(url, data, alt)}</p>"
    made = []
    for theme in ("light", "dark"):
        found = {url: data for url, data in urls.items() if url.endswith(f"-{theme}.svg")}
        (url, data), *wide = found.items()
        shown = image(f"{url}#only-{theme}", data, alt)
        for at, picture in wide:
            source = f'<source media="{DESKTOP}" srcset="{at}" {pixels(picture)} />'
            shown = f"<picture>{source}{shown}</picture>"
        made.append(shown)
    pictures = "\n".join(made)
    if not ours.get("caption"):
        return f"<p>{pictures}</p>"
    return f"<figure>\n{pictures}\n<figcaption>{escape(ours['caption'])}</figcaption>\n</figure>"


def image(url: str, data: bytes, alt: str) -> str:
    """An image that waits until it comes into sight."""
    return f'<img alt="{escape(alt)}" {pixels(data)} loading="lazy" src="{url}" />'


def pixels(picture: bytes) -> str:
    """The size of a picture as attributes, so that nothing moves when it comes."""
    width, height = map(round, size_of(picture))
    return f'width="{width}" height="{height}"'


def formula(text: str) -> str:
    """LaTeX as MathML; "" for what is no formula, or not understood."""
    text = DELIMITER.sub("", DELIMITER.sub("", text)).strip()
    try:
        made = convert(text, display="block")
    except Exception:  # it raises a dozen kinds of its own, and IndexError
        return ""
    if "\\" in made:
        return ""
    # The book has the words of a formula.
    made = made.replace("<math ", f'<math alttext="{escape(text)}" ', 1)
    return made.replace("<mi>&</mi>", "<mi>&amp;</mi>")


def plain_text(text: str) -> str:
    """What a terminal would show in the end, without colours.

    A carriage return goes back over a line; before a single word, over the last word only.
    """
    text = re.sub(r"(?m)\S* *\r *(?=\S+(\r|$))", "", ESCAPE.sub("", text))
    return re.sub(r"(?m)^.*\r(?=.)|\r", "", text)


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
