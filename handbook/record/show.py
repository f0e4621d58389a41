"""Writes the tables and figures of a recording, in both languages, figures light and dark.

`snippets/<name>/show.py` says what there is to show, by the names of the files:

- `TABLES`: functions of (result, language) that return Markdown, for
  `data/recordings/<name>/<table>.<language>.md`;
- `FIGURES`: functions of (result, colours, language) that return a Matplotlib figure, for
  `docs/<language>/problems/figures/<figure>-<theme>.svg`.
"""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from handbook.record.keep import RECORDINGS, read_result
from snippets.code_hash import ROOT
from snippets.labs.show import LANGUAGES, THEMES, as_svg

MADE = {
    "zh": (
        "记录于 {date}：{versions}；{processor}，{cores} 核，单线程；"
        "全部运行共 {minutes} 分钟；代码 `{code}`。"
    ),
    "en": (
        "Recorded on {date}: {versions}; {processor}, {cores} cores, one thread; "
        "{minutes} minutes for all runs together; code `{code}`."
    ),
}
OTHER_VERSIONS = ("threads", "backend")


def shown() -> list[str]:
    """The recordings that have something to show."""
    names = (path.parent.name for path in ROOT.glob("snippets/*/show.py"))
    return sorted(name for name in names if (RECORDINGS / name / "result.json").is_file())


def files_of(name: str) -> Iterator[tuple[Path, str]]:
    """Every table and figure of a recording with its content."""
    show = import_module(f"snippets.{name}.show")
    result = read_result(RECORDINGS / name)
    for language in LANGUAGES:
        for table, write in show.TABLES.items():
            yield RECORDINGS / name / f"{table}.{language}.md", write(result, language)
        for figure, draw in show.FIGURES.items():
            for theme, colours in THEMES.items():
                folder = ROOT / "docs" / language / "problems" / "figures"
                yield folder / f"{figure}-{theme}.svg", as_svg(draw(result, colours, language))


def draw(name: str) -> list[Path]:
    """Write the tables and figures of a recording that are not as they should be; returns them."""
    changed = []
    for path, text in files_of(name):
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            changed.append(path)
    return changed


def table(heads: list[str], rows: list[list[str]], numbers_from: int = 1) -> str:
    """A Markdown table; from which column on there are numbers, set to the right."""
    align = ["---" if i < numbers_from else "--:" for i in range(len(heads))]
    return "".join(f"| {' | '.join(row)} |\n" for row in (heads, align, *rows))


def made(result: dict, language: str) -> str:
    """When, where and by what a recording was made, as one sentence."""
    about, versions = result["made"], result["versions"]
    names = [f"{name} {number}" for name, number in versions.items() if name not in OTHER_VERSIONS]
    names += [versions["backend"]] if "backend" in versions else []
    sentence = MADE[language].format(
        versions=("、" if language == "zh" else ", ").join(names),
        minutes=round(about["seconds"] / 60),
        # The code that ran, where later changes were shown to change no number (made.since).
        **about | {"code": about.get("recorded_by", about["code"])},
    )
    return f"{sentence}\n{{: .hb-where }}\n"
