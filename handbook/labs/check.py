"""Each lab has both languages side by side, notebooks made of it as it is, and a result of its present code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from handbook.checks.pages import Page, Sources
from handbook.problems import Problem
from handbook.record.check import KEYED, differing
from handbook.checks.translation import fingerprints
from handbook.labs.source import (
    FOLDER,
    LANGUAGES,
    OURS,
    PARAMETERS,
    SECTIONS,
    VERDICTS,
    Cell,
    Lab,
    LabError,
    read_lab,
    read_result,
    result_hash,
    source_of,
)
from handbook.labs.notebooks import read_notebook
from handbook.records import read_recordings
from snippets.labs.steps import lab_code


# Styles and scripts, which the pages' security policy forbids; a data frame of pandas brings some.
FOREIGN = re.compile(r"<(?:style|script|iframe|link|object)\b|\s(?:style|on\w+)\s*=", re.IGNORECASE)


def check(sources: Sources) -> Iterator[Problem]:
    for path in sorted((sources.root / FOLDER).glob("*.py")):
        try:
            lab = read_lab(path)
        except LabError as error:
            yield Problem(f"{FOLDER}/{path.name}", error.line, str(error), error.todo, stops=True)
            continue
        pairs = list(unpaired(lab))
        yield from pairs
        if not pairs:
            yield from sections(lab)
            yield from notebooks(sources.root, lab)
        yield from header(sources, lab)
        yield from recorded(sources.root, lab)
        if chinese := sources.by_name.get(("zh", f"labs/{lab.slug}.ipynb")):
            yield from untranslated(lab, chinese)
    for page in sources.pages:
        name = Path(page.name).stem.replace("-", "_")
        if page.notebook and not (sources.root / FOLDER / f"{name}.py").is_file():
            yield Problem(
                page.file,
                1,
                "this notebook has no source",
                f"Write {FOLDER}/{name}.py (CONTRIBUTING.md), or delete the notebook.",
            )


def unpaired(lab: Lab) -> Iterator[Problem]:
    """Markdown in one language only, and pairs with different headings."""
    cells, at = lab.cells, 0
    while at < len(cells):
        cell, after = cells[at], cells[at + 1] if at + 1 < len(cells) else None
        at += 1
        if cell.code:
            continue
        if cell.language == "en" or not after or after.language != "en":
            lacks = (
                "Chinese cell right above" if cell.language == "en" else "English cell right below"
            )
            yield Problem(
                lab.file,
                cell.line,
                f"{cell.name} has no {lacks}",
                "Write each section in Chinese and, in the next cell, in English.",
            )
            continue
        at += 1
        for one in (cell, after):
            if len(one.headings) > 1:
                yield Problem(
                    lab.file,
                    one.line,
                    f"{one.name} holds {len(one.headings)} headings",
                    "Give each section a cell of its own.",
                )
        if [(h["marks"], h["id"]) for h in cell.headings] != [
            (h["marks"], h["id"]) for h in after.headings
        ]:
            shown = [f"{h['marks']} {{#{h['id']}}}" for h in (*cell.headings, *after.headings)]
            yield Problem(
                lab.file,
                after.line,
                f"the heading of this cell is not that of the Chinese one on line {cell.line} ({' and '.join(shown)})",
                "Give both the same level and the same {#id}.",
            )


def sections(lab: Lab) -> Iterator[Problem]:
    """Every lab answers the same questions, in the same order."""
    found = [cell.id for cell in lab.cells if cell.language == "zh" and cell.id]
    if not found or found[0] != lab.slug:
        yield Problem(
            lab.file,
            1,
            "the first heading is not the title",
            f"Begin with # … {{#{lab.slug}}}, named as the file.",
        )
    missing = [id for id in SECTIONS if id not in found]
    if missing:
        yield Problem(
            lab.file,
            1,
            f"sections are missing: {', '.join(missing)}",
            f"Every lab has, in this order: {', '.join(SECTIONS)}.",
        )
    elif [id for id in found if id in SECTIONS] != list(SECTIONS):
        yield Problem(
            lab.file,
            1,
            "the sections are in another order",
            f"Every lab has, in this order: {', '.join(SECTIONS)}.",
        )
    first = lab.cells[0]
    if (
        not first.code
        or PARAMETERS not in first.tags
        or not re.fullmatch(r'LANGUAGE = "(zh|en)"', first.source)
    ):
        yield Problem(
            lab.file,
            first.line,
            "the first cell does not set the language",
            'Begin with # %% tags=["parameters"] and LANGUAGE = "en" below it.',
        )


def header(sources: Sources, lab: Lab) -> Iterator[Problem]:
    """The sections that it tests are there, and its number is the recorded one."""
    line = lab.header_lines["claims"]
    for claim in lab.header["claims"]:
        name, _, id = str(claim).partition("#")
        for language in LANGUAGES:
            page = sources.by_name.get((language, f"{name}.md"))
            anchor = (
                next((anchor for anchor in page.anchors if anchor.id == id), None) if page else None
            )
            if not anchor:
                yield Problem(
                    lab.file,
                    line,
                    f"the claim {claim} is no section of docs/{language}",
                    "Write it as page#id: playbook#data-cleaning.",
                )
                continue
            if f"labs/{lab.slug}.ipynb" not in section_around(page, anchor.line):
                yield Problem(
                    page.file,
                    anchor.line,
                    f"this section does not link to the lab that tests “{id}”",
                    f"Add a link to labs/{lab.slug}.ipynb to the section's seealso block.",
                )
            if f"../{name}.md#{id}" not in lab.text(language):
                yield Problem(
                    lab.file,
                    line,
                    f"the text in {'Chinese' if language == 'zh' else 'English'} has no link to its claim",
                    f"Link ../{name}.md#{id} in the section {{#question}}.",
                )
    try:
        recordings = read_recordings(sources.root)
    except ValueError:
        return  # recorded_numbers tells it
    for language in LANGUAGES:
        text, line = lab.header["number"][language], lab.header_lines["number"]
        line = lab.header_lines.get(f"number.{language}", line)
        if not KEYED.search(text):
            yield Problem(
                lab.file,
                line,
                "the number of the overview has no key",
                "Write 0.12<!-- lab_name.key -->.",
            )
        for match in KEYED.finditer(text):
            yield from differing(lab.file, line, match["number"], match["key"], recordings)


def section_around(page: Page, line: int) -> str:
    """The text of the section that a line stands in, up to the next heading."""
    starts = [heading.line for heading in page.headings if heading.line <= line] or [1]
    ends = [heading.line for heading in page.headings if heading.line > line] or [
        len(page.lines) + 1
    ]
    return "\n".join(one.text for one in page.lines[starts[-1] - 1 : ends[0] - 1])


def recorded(root: Path, lab: Lab) -> Iterator[Problem]:
    """A result is there, of the code as it is now, with a verdict."""
    file = f"data/recordings/lab_{lab.name}/result.json"
    try:
        result = read_result(root, lab)
    except FileNotFoundError:
        yield Problem(
            lab.file,
            1,
            f"{file} is missing: this lab was never run",
            f"Run it: {lab.command}",
            stops=True,
        )
        return
    except ValueError:
        return  # recorded_numbers tells it
    if result.get("made", {}).get("code") != lab_code(lab.module):
        yield Problem(
            file,
            1,
            f"this was measured by other code than {lab.module.replace('.', '/')}.py and what it imports now",
            f"Measure again: {lab.command}; then look at what the text says about the numbers.",
        )
    if result.get("verdict") not in VERDICTS:
        yield Problem(
            file,
            1,
            f"the verdict is “{result.get('verdict')}”",
            f"Let verdict() return one of {', '.join(VERDICTS)}.",
            stops=True,
        )


def notebooks(root: Path, lab: Lab) -> Iterator[Problem]:
    for language in LANGUAGES:
        file = lab.notebook(language)
        try:
            notebook = read_notebook((root / file).read_text(encoding="utf-8"))
        except FileNotFoundError:
            yield Problem(lab.file, 1, f"{file} is missing", f"Make it: {lab.command}", stops=True)
            continue
        except ValueError:
            yield Problem(
                file, 1, "this is no notebook", f"Make it again: {lab.command}", stops=True
            )
            continue
        cells = lab.cells_of(language)
        different = unlike(cells, notebook.cells, language)
        if different is not None:
            cell = cells[min(different, len(cells) - 1)]
            yield Problem(
                lab.file,
                cell.line,
                f"{cell.name} is not in {file} as it is here (cell {different + 1} there)",
                f"Make the notebooks again: {lab.command}",
            )
            continue
        for number, (cell, made) in enumerate(zip(cells, notebook.cells, strict=True), 1):
            yield from faulty(lab, file, number, cell, made)
        yield from stale(root, lab, file, notebook)


def unlike(cells: list[Cell], made: list, language: str) -> int | None:
    """The place of the first cell that a notebook has otherwise; None when it has all as they are."""
    wanted = [
        (
            "code" if cell.code else "markdown",
            source_of(cell, language) if cell.code else cell.source,
        )
        for cell in cells
    ]
    found = [(cell.cell_type, cell.source) for cell in made]
    if wanted == found:
        return None
    return next(
        (at for at, pair in enumerate(zip(wanted, found, strict=False)) if pair[0] != pair[1]),
        min(len(wanted), len(found)),
    )


def faulty(lab: Lab, file: str, number: int, cell: Cell, made: dict) -> Iterator[Problem]:
    """A code cell that was not run, failed, warned, or shows nothing where it should."""
    if not cell.code:
        return
    where = f"cell {number} of {file}"
    again = f"Mend the code, then: {lab.command}"
    if made.execution_count is None:
        yield Problem(lab.file, cell.line, f"{where} was not run", f"Run it: {lab.command}")
        return
    for output in made.outputs:
        if output.output_type == "error":
            yield Problem(
                lab.file,
                cell.line,
                f"{where} failed: {output.ename}: {output.evalue}".splitlines()[0],
                again,
                stops=True,
            )
        elif output.output_type == "stream" and output.name == "stderr":
            yield Problem(
                lab.file, cell.line, f"{where} warns: {output.text.splitlines()[0]}", again
            )
        elif FOREIGN.search(output.get("data", {}).get("text/html", "")):
            yield Problem(
                lab.file,
                cell.line,
                f"{where} shows HTML that no page takes, with styles or scripts",
                f"Show it with table() or figure() of snippets/labs/show.py, then: {lab.command}",
            )
    statements = ast.parse(cell.source).body
    if statements and isinstance(statements[-1], ast.Expr) and not made.outputs:
        yield Problem(
            lab.file, cell.line, f"{where} ends in an expression and shows nothing", again
        )


def stale(root: Path, lab: Lab, file: str, notebook: dict) -> Iterator[Problem]:
    """Outputs of other code or of another result than there is."""
    ours = notebook.metadata.get(OURS, {})
    try:
        result = result_hash(read_result(root, lab))
    except (FileNotFoundError, ValueError):
        return
    if ours.get("result") != result:
        yield Problem(
            file,
            1,
            f"its outputs show another result than data/recordings/lab_{lab.name}/result.json",
            f"Make it again: {lab.command}",
        )
    elif ours.get("code") != lab.shown_by:
        yield Problem(
            file,
            1,
            f"its outputs were made by other code than {', '.join(lab.modules)} hold now",
            f"Make it again: {lab.command}",
        )


def untranslated(lab: Lab, chinese: Page) -> Iterator[Problem]:
    """Sections whose Chinese has changed since the English was written."""
    current = fingerprints(chinese)
    for cell in lab.cells:
        if cell.language == "en" and cell.id and cell.translated_from != current.get(cell.id):
            what = (
                "has changed since it was translated"
                if cell.translated_from
                else "has no record of its translation"
            )
            yield Problem(
                lab.file,
                cell.line,
                f"the Chinese of the section “{cell.id}” {what}",
                f"Bring the English up to date, then run: python -m checks.renew {lab.file} {cell.id}",
            )
