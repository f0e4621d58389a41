"""Shows a lab's results in the page's language: tables, and figures in light and dark, for phones and for desktops.

Example, in `snippets/labs/overfitting/show.py`, with the notebook's cell `gap_figure(result, LANGUAGE)`::

    WORDS = {"gap": ("差距", "gap"), "method": ("方法", "method"), "shown": ("每种方法的差距", "The gap of each method"),
             "found": ("数据增强的差距最小", "Augmentation has the smallest gap")}

    def gap_table(result: dict, language: str) -> Shown:
        text = words(language, WORDS)
        return table([text["method"], text["gap"]], [[run["name"], f"{run['gap']:.3f}"] for run in result["runs"]])

    def gap_figure(result: dict, language: str) -> Shown:
        text = words(language, WORDS)

        def draw(colours: dict) -> Figure:
            figure, axes = new_figure(2.9)
            axes.plot(result["x"], result["y"], color=colours["first"], label=text["gap"])
            style(axes, colours)
            caption(axes, text["gap"], colours)
            legend(axes, colours)
            return figure

        return figure(draw, alt=text["shown"], caption=text["found"])
"""

import io
import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from html import escape

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

# The colours of the site's style sheet: `first` and `second` for what is compared, `third` and `fourth` when two do not do.
THEMES = {
    "light": {
        "ink": "#23201c",
        "soft": "#5d564c",
        "rule": "#d5cbb8",
        "first": "#a8341b",
        "second": "#1f5a96",
        "third": "#4a6b1f",
        "fourth": "#7b4a8c",
        "map": ["#fdfbf6", "#a8341b"],
    },
    "dark": {
        "ink": "#dcd8cf",
        "soft": "#a9a49a",
        "rule": "#454a54",
        "first": "#f0876d",
        "second": "#8dbdf0",
        "third": "#b5d17a",
        "fourth": "#d3a4e3",
        "map": ["#16181d", "#f0876d"],
    },
}
FONTS = (
    "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', 'PingFang SC', 'Microsoft YaHei', "
    "'Noto Sans CJK SC', 'Noto Sans SC', sans-serif"
)
NEGATIVE = re.compile(r"(?<![\w.-])-(?=[\d.])")
# Inches: the text of a phone, 346 pixels, and that of a desktop. Letters have the same size in both.
WIDTH, WIDE = 3.6, 6.9
drawn_at = ContextVar("drawn_at", default=WIDTH)
LANGUAGES = ("zh", "en")
DATA = "application/vnd.handbook+json"  # what the site makes a page of; a notebook application shows the rest
Draw = Callable[[dict], Figure]


def words(language: str, texts: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """The texts of one language, of pairs (Chinese, English). Raises ValueError for another language."""
    if language not in LANGUAGES:
        raise ValueError(f"LANGUAGE is “{language}”; it is one of {', '.join(LANGUAGES)}")
    place = LANGUAGES.index(language)
    return {name: pair[place] for name, pair in texts.items()}


@dataclass(frozen=True)
class Quoted:
    """Text of another language than the page's, in a cell of a table: a Chinese review on an English page."""

    text: str
    language: str


@dataclass(frozen=True)
class Shown:
    """What a cell of a notebook gives: by media type, for a notebook application and for the site."""

    bundle: dict

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        return self.bundle


def table(
    heads: Sequence[str], rows: Sequence[Sequence[str | Quoted]], numbers_from: int = 1
) -> Shown:
    """A table. Cells are text, shown as it is: format numbers yourself, and no mark-up.

    numbers_from: from which column on there are numbers, set to the right (`len(heads)` for none).
    Raises ValueError when a row has not as many cells as there are heads.
    """
    for row in rows:
        if len(row) != len(heads):
            raise ValueError(f"a row of {len(row)} cells under {len(heads)} heads: {list(row)}")
    head = "".join(cell(text, "th", i >= numbers_from) for i, text in enumerate(heads))
    body = "".join(
        f"<tr>{''.join(cell(text, 'td', i >= numbers_from) for i, text in enumerate(row))}</tr>\n"
        for row in rows
    )
    text = "\n".join(
        "\t".join(c.text if isinstance(c, Quoted) else c for c in row) for row in [heads, *rows]
    )
    html = f"<table>\n<thead>\n<tr>{head}</tr>\n</thead>\n<tbody>\n{body}</tbody>\n</table>"
    return Shown({"text/html": html, "text/plain": text})


def cell(content: str | Quoted, tag: str, is_number: bool) -> str:
    """One cell as HTML."""
    if isinstance(content, Quoted):
        inner = f'<span lang="{content.language}">{escape(content.text)}</span>'
    else:
        inner = escape(content)
    if is_number:
        inner = NEGATIVE.sub("−", inner)
    scope = ' scope="col"' if tag == "th" else ""
    align = ' align="right"' if is_number else ""
    return f"<{tag}{scope}{align}>{inner}</{tag}>"


def figure(draw: Draw, alt: str, caption: str = "") -> Shown:
    """A figure in both colour schemes.

    draw: makes the figure with the colours it is given (see THEMES) on what `new_figure` gives it; letters of 9 points.
        It is called once a scheme and width.
    alt: what the figure shows, in one sentence, for who cannot see it. Raises ValueError when it is empty.
    caption: what it finds, with a figure: it stands below. Raises ValueError when it only repeats the alt.
    """
    if not alt.strip():
        raise ValueError("a figure needs a text that says what it shows")
    if caption == alt:
        raise ValueError("the caption says what the figure finds, the alt what it shows")
    narrow, wide = (drawn(draw, width) for width in (WIDTH, WIDE))
    given = {"alt": alt, "caption": caption, "dark": narrow["dark"], "wide": wide}
    return Shown({"image/svg+xml": narrow["light"], "text/plain": alt, DATA: {"figure": given}})


def drawn(draw: Draw, width: float) -> dict[str, str]:
    """A figure of a width as SVG, by colour scheme."""
    before = drawn_at.set(width)
    try:
        return {theme: as_svg(draw(colours)) for theme, colours in THEMES.items()}
    finally:
        drawn_at.reset(before)


def new_figure(height: float, rows: int = 1) -> tuple[Figure, Axes | Sequence[Axes]]:
    """An empty figure as wide as it is asked for, `height` inches high, and its axes: one, or one a row."""
    made = Figure(figsize=(drawn_at.get(), height), layout="constrained")
    # Room for a reader's font that is wider than the one which is measured here.
    made.get_layout_engine().set(w_pad=0.1)
    return made, made.subplots(rows, 1)


def style(axes: Axes, colours: dict) -> None:
    """Thin lines, no box."""
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(colours["rule"])
    axes.tick_params(colors=colours["soft"], labelsize=9, length=0)
    axes.grid(axis="y", color=colours["rule"], linewidth=0.5)
    axes.set_axisbelow(True)
    for label in (axes.xaxis.label, axes.yaxis.label):
        label.set_color(colours["soft"])
        label.set_size(9)


def caption(axes: Axes, text: str, colours: dict) -> None:
    """What the vertical axis shows, written above it: nobody reads text that stands on end."""
    axes.set_title(text, loc="left", fontsize=9, color=colours["soft"], pad=6)


def legend(axes: Axes, colours: dict, where: str = "best") -> None:
    """The legend, without a box."""
    axes.legend(frameon=False, fontsize=9, labelcolor=colours["ink"], loc=where)


def legend_above(made: Figure, colours: dict) -> None:
    """The legend above the axes, in two columns."""
    made.legend(
        frameon=False,
        fontsize=9,
        labelcolor=colours["ink"],
        loc="outside upper left",
        ncols=2,
        handletextpad=0.2,
        columnspacing=1,
    )


def as_svg(made: Figure) -> str:
    """A figure as SVG text: its letters stay letters, in the fonts of the site, and no date is in it."""
    buffer = io.StringIO()
    with (
        matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "handbook"}),
        warnings.catch_warnings(),
    ):
        warnings.filterwarnings(
            "ignore", "Glyph .* missing"
        )  # the reader's browser has the Chinese font
        made.savefig(
            buffer, format="svg", transparent=True, metadata={"Date": None, "Creator": None}
        )
    text = buffer.getvalue()
    text = re.sub(r"font-family: [^;\"]*", f"font-family: {FONTS}", text)
    text = re.sub(r"\s*<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    # Hundredths of a point are fine enough for places, which stand in tags; what is written stays as it is.
    text = re.sub(r"<[^>]*>", lambda tag: re.sub(r"(\d+\.\d{2})\d+", r"\1", tag[0]), text)
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"
