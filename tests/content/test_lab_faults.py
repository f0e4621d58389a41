"""An author of a lab is told each fault with file, cell and what to do; and what the machine for labs does with sources."""

import json
import re

import jupytext
import nbformat
import pytest
from handbook.checks import all_problems
from handbook.checks.renew import main as renew
from conftest import ROOT, run_mkdocs
from content.test_faults import change, delete, expect, replace, tree, write  # noqa: F401
from handbook.labs.pages import plain_markdown
from handbook.labs.source import LabError, read_lab, read_labs
from handbook.labs.notebooks import read_notebook, write_notebook
from handbook.record import labs as machine

LAB, NOTEBOOK = "labs/data_cleaning.py", "docs/zh/labs/data-cleaning.ipynb"
RESULT = "data/recordings/lab_data_cleaning/result.json"


def rewrite(tree, file, pattern, new, count=1):
    path = tree / file
    text, made = re.subn(pattern, new, path.read_text(encoding="utf-8"), count=count)
    assert made, f"{file} does not hold {pattern}"
    path.write_text(text, encoding="utf-8")


def cell_of(tree, text, nth=1):
    """The line of the marker of the nth cell of the lab that holds a text."""
    lines = (tree / LAB).read_text(encoding="utf-8").splitlines()
    at = [i for i, line in enumerate(lines) if text in line][nth - 1]
    return max(i for i in range(at + 1) if lines[i].startswith("# %%")) + 1


def in_cell(old, new, told_at=None, nth=1):
    """A fault in the source, told at the marker of a cell."""

    def fault(tree):
        line = cell_of(tree, told_at or old, nth)
        replace(tree, LAB, old, new)
        return LAB, line

    return fault


def at_line_1(pattern, new, file=LAB, told=None):
    def fault(tree):
        rewrite(tree, file, pattern, new, 0)
        return told or file, 1

    return fault


def in_notebook(change_cell, text="gain_table(result, LANGUAGE)"):
    """A fault in the notebook's cell with a text, told where the source has that cell."""

    def fault(tree):
        notebook = json.loads((tree / NOTEBOOK).read_text(encoding="utf-8"))
        change_cell(next(cell for cell in notebook["cells"] if text in "".join(cell["source"])))
        (tree / NOTEBOOK).write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
        return LAB, cell_of(tree, text)

    return fault


def shows(**output):
    return lambda cell: cell["outputs"].append(output)


def overview_number(tree):
    rewrite(tree, LAB, r"(#   en: .*?)\d\.\d{3}(<!-- lab_)", r"\g<1>0.999\2")
    return LAB, next(
        i
        for i, line in enumerate((tree / LAB).read_text(encoding="utf-8").splitlines(), 1)
        if "0.999<!--" in line
    )


def without_english(tree):
    line = cell_of(tree, "## 结果 {#results}")
    text = (tree / LAB).read_text(encoding="utf-8")
    english = re.search(
        r'# %% \[markdown\] lang="en"[^\n]*\n# ## Results \{#results\}.*?(?=# %%)', text, re.DOTALL
    )
    (tree / LAB).write_text(text.replace(english[0], ""), encoding="utf-8")
    return LAB, line


# name: (how to make it, a telling piece of the message)
FAULTS = {
    "no header": (change(LAB, "# ---\n", "# --\n"), "has no header"),
    "broken header": (change(LAB, "claims: [", "claims: [[", 1), "not valid YAML"),
    "no claims": (change(LAB, "claims: [playbook#data-cleaning]", "claims: []"), "names no claims"),
    "claim in one language": (
        change(LAB, "#   en: Cleaning makes", "#   fr: Cleaning makes", -2),
        "lacks claim in Chinese or English",
    ),
    "claim that is no section": (
        change(LAB, "[playbook#data-cleaning]", "[playbook#data-cleansing]"),
        "playbook#data-cleansing is no section",
    ),
    "claim that does not link to the lab": (
        lambda tree: (
            replace(tree, "docs/en/playbook.md", "labs/data-cleaning.ipynb", "labs/index.md"),
            ("docs/en/playbook.md", anchor_line(tree)),
        )[1],
        "does not link to the lab that tests",
    ),
    "no link to the claim": (
        lambda tree: (
            replace(tree, LAB, "](../playbook.md#data-cleaning)", "](../playbook.md)"),
            (LAB, 2),
        )[1],
        "in Chinese has no link to its claim",
    ),
    "number of the overview": (overview_number, "the number 0.999 is not what was recorded"),
    "cell without a language": (in_cell('[markdown] lang="zh"', "[markdown]"), "has no language"),
    "section in Chinese only": (without_english, "has no English cell right below"),
    "heading with another id": (
        in_cell("# ## Results {#results}", "# ## Results {#result}"),
        "is not that of the Chinese one",
    ),
    "two headings in a cell": (
        in_cell("# ## 结果 {#results}", "# ## 结果 {#results}\n#\n# ### 又 {#again}"),
        "holds 2 headings",
    ),
    "section that is missing": (
        at_line_1(r"\{#limits\}", "{#limit}"),
        "sections are missing: limits",
    ),
    "sections in another order": (
        at_line_1(
            r"\{#(answer|limits)\}", lambda m: "{#limits}" if m[1] == "answer" else "{#answer}"
        ),
        "in another order",
    ),
    "title of another name": (at_line_1(r"\{#data-cleaning\}", "{#cleaning}"), "not the title"),
    "no language": (in_cell('LANGUAGE = "en"', 'LANGUAGE = "fr"'), "does not set the language"),
    "code that is no Python": (
        change(LAB, "found_table(result, LANGUAGE)", "found_table(result, LANGUAGE))"),
        "the code cell is no Python",
    ),
    "marker that is none": (
        change(LAB, '# %% [markdown] lang="zh"', "# %% [markdown] lang=zh"),
        "is no marker of a cell",
    ),
    "line that is no comment": (change(LAB, "# **乱码。**", "**乱码。**"), "is no comment"),
    "notebook that is none": (write(NOTEBOOK, "{}"), "this is no notebook"),
    "text that the notebook lacks": (
        in_cell("# **乱码。**", "# **编码。**"),
        "is not in docs/zh/labs/data-cleaning.ipynb as it is here",
    ),
    "code that the notebook lacks": (
        in_cell("found_table(result, LANGUAGE)", "found_table(result,  LANGUAGE)"),
        "make labs ONLY=data_cleaning",
    ),
    "cell that was not run": (
        in_notebook(lambda cell: cell.update(execution_count=None)),
        "was not run",
    ),
    "cell without its output": (in_notebook(lambda cell: cell["outputs"].clear()), "shows nothing"),
    "cell that failed": (
        in_notebook(shows(output_type="error", ename="ValueError", evalue="no data", traceback=[])),
        "failed: ValueError: no data",
    ),
    "cell that warns": (
        in_notebook(
            shows(output_type="stream", name="stderr", text="FutureWarning: x\n"),
            "result = run(FULL",
        ),
        "warns: FutureWarning",
    ),
    "cell that brings styles": (
        in_notebook(
            shows(
                output_type="display_data", metadata={}, data={"text/html": "<style>td {}</style>"}
            )
        ),
        "HTML that no page takes",
    ),
    "no notebook": (delete(NOTEBOOK, LAB), "docs/zh/labs/data-cleaning.ipynb is missing"),
    "no result": (delete(RESULT, LAB), "was never run"),
    "notebook without a source": (
        write(
            "docs/zh/labs/other.ipynb",
            json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}),
        ),
        "has no source",
    ),
    "number that was not recorded": (
        change(LAB, "0.7<!-- given -->", "0.7<!-- lab_data_cleaning.seeds.0 -->"),
        "lab_data_cleaning.seeds.0 is 1.0",
    ),
    "number without a key": (change(LAB, "0.7<!-- given -->", "0.7"), "the number 0.7 has no key"),
    "verdict that is none": (
        at_line_1(r'"verdict": "', '"verdict": "perhaps ', RESULT),
        "the verdict is “perhaps",
    ),
    "result of other numbers": (
        at_line_1(r'"rows": (\d+)', r'"rows": \g<1>1', RESULT, NOTEBOOK),
        "show another result",
    ),
    "result of other code": (
        at_line_1(r'"code": "\w+"', '"code": "0"', RESULT),
        "was measured by other code",
    ),
    "outputs of other code": (
        at_line_1(r'"code": "\w+"', '"code": "0"', NOTEBOOK),
        "were made by other code",
    ),
    "stale translation": (
        in_cell("# - **先去重，再切分。**", "# - **先去重，后切分。**", "{#for-founders}", 2),
        "python -m checks.renew labs/data_cleaning.py for-founders",
    ),
    "Python typed into the text": (
        change(
            LAB,
            "# ## 出处 {#sources}",
            "# ## 出处 {#sources}\n#\n# ```python\n# print(1)\n# ```",
            2,
        ),
        "typed into the page",
    ),
    "list under a paragraph": (
        change(LAB, "# ## 出处 {#sources}", "# ## 出处 {#sources}\n#\n# 一段话：\n# - 一", 3),
        "blank line",
    ),
}
# One of each way of reporting goes through the real build.
BUILT = ["no result", "cell that failed", "no header", "text that the notebook lacks"]


def anchor_line(tree):
    lines = (tree / "docs/en/playbook.md").read_text(encoding="utf-8").splitlines()
    return lines.index("{: #data-cleaning }") + 1


@pytest.mark.parametrize("name", FAULTS)
def test_the_fault_is_told(tree, name):  # noqa: F811
    make, message = FAULTS[name]
    file, line = make(tree)
    expect("\n".join(map(str, all_problems(tree))), file, line, message)


@pytest.mark.parametrize("name", BUILT)
def test_the_fault_stops_the_build(tree, name):  # noqa: F811
    make, message = FAULTS[name]
    file, line = make(tree)
    result = run_mkdocs(tree, "build", "--strict")
    assert result.returncode != 0 and "Traceback" not in result.stdout
    expect(result.stdout, file, line, message)


def test_changed_code_and_a_bad_link_stop_the_build(tree):  # noqa: F811
    rewrite(tree, "snippets/labs/data_cleaning.py", r"HONEST = 0\.01", "HONEST = 0.02")
    line, _ = (
        replace(
            tree,
            file,
            "](../playbook.md#data-cleaning)",
            "](../playbook.md#data-cleaning)[x](../nowhere.md)",
        )
        for file in (LAB, NOTEBOOK)
    )
    result = run_mkdocs(tree, "build", "--strict")
    assert result.returncode != 0
    expect(result.stdout, RESULT, 1, "was measured by other code")
    expect(result.stdout, LAB, line, "../nowhere.md")


def test_a_changed_section_is_renewed_in_its_source(tree, capsys):  # noqa: F811
    make, message = FAULTS["stale translation"]
    make(tree)
    before = (tree / LAB).read_text(encoding="utf-8").splitlines()
    assert (
        renew([LAB, "nothing"], tree) == 2 and "has no section “nothing”" in capsys.readouterr().err
    )
    assert renew([LAB, "for-founders"], tree) == 0
    after = (tree / LAB).read_text(encoding="utf-8").splitlines()
    (changed,) = ((a, b) for a, b in zip(before, after, strict=True) if a != b)
    assert changed[0].startswith('# %% [markdown] lang="en" translated_from="') and changed[
        1
    ].startswith(changed[0][:-14])
    assert not [problem for problem in all_problems(tree) if "translated" in problem.message]


# The machine


def small_lab(folder, code="x = 1\n\n# %%\nx"):
    path = folder / "tiny.py"
    text = {key: f"#   zh: 甲\n#   en: A\n" for key in ("claim", "number", "description")}
    header = (
        "# ---\n# claims: [playbook#data-cleaning]\n"
        + "".join(f"# {key}:\n{value}" for key, value in text.items())
        + "# ---\n"
    )
    path.write_text(
        header
        + '\n# %% tags=["parameters"]\nLANGUAGE = "en"\n\n# %% [markdown] lang="zh"\n# # 题 {#tiny}\n#\n# 一句\n\n'
        f'# %% [markdown] lang="en"\n# # Title {{#tiny}}\n\n# %%\n{code}\n',
        encoding="utf-8",
    )
    return read_lab(path)


def test_both_notebooks_come_from_one_source(tmp_path):
    lab = small_lab(tmp_path)
    chinese, english = (machine.new_notebook(lab, language) for language in ("zh", "en"))
    assert [cell.source for cell in chinese.cells] == [
        'LANGUAGE = "zh"',
        "# 题 {#tiny}\n\n一句",
        "x = 1",
        "x",
    ]
    assert [cell.source for cell in english.cells] == [
        'LANGUAGE = "en"',
        "# Title {#tiny}",
        "x = 1",
        "x",
    ]
    assert (
        lab.title("zh") == "题"
        and lab.slug == "tiny"
        and [cell.line for cell in lab.cells][:2] == [14, 17]
    )
    nbformat.validate(chinese)
    lines = lab.text("zh").split("\n")
    assert lines[17] == "# 题 {#tiny}" and len(lines) == len(lab.lines) and not lines[0]


@pytest.mark.parametrize("lab", read_labs(ROOT), ids=lambda lab: lab.name)
def test_a_source_is_read_as_jupytext_reads_it(lab):
    """So that it can be opened in Jupyter; the header, which is ours, is left out."""
    cells = jupytext.reads("\n".join(lab.lines[lab.cells[0].line - 1 :]), fmt="py:percent").cells
    assert [(cell.cell_type == "code", cell.source, cell.metadata) for cell in cells] == [
        (
            cell.code,
            cell.source,
            ({"lang": cell.language} if cell.language else {})
            | ({"tags": list(cell.tags)} if cell.tags else {})
            | ({"translated_from": cell.translated_from} if cell.translated_from else {}),
        )
        for cell in lab.cells
    ]


@pytest.mark.parametrize(
    "path",
    sorted(ROOT.glob("docs/*/labs/*.ipynb")),
    ids=lambda path: f"{path.parts[-3]}-{path.stem}",
)
def test_a_notebook_is_read_and_written_as_by_nbformat(path):
    text = path.read_text(encoding="utf-8")
    theirs = nbformat.reads(text, as_version=4)
    assert read_notebook(text) == theirs
    written = nbformat.reads(write_notebook(read_notebook(text)), as_version=4)
    nbformat.validate(written)
    assert written == theirs


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"nbformat": 3, "cells": [], "metadata": {}}',
        '{"nbformat": 4, "cells": {}, "metadata": {}}',
        '{"nbformat": 4, "metadata": {}, "cells": [1]}',
        '{"nbformat": 4, "metadata": {}, "cells": [{"cell_type": "code", "source": "", "metadata": {}}]}',
        '{"nbformat": 4, "metadata": {}, "cells": [{"cell_type": "markdown", "source": [1], "metadata": {}}]}',
        '{"nbformat": 4, "metadata": {}, "cells": [{"cell_type": "code", "source": "", "metadata": {}, "outputs": [{}], "execution_count": 1}]}',
        '{"nbformat": 4, "metadata": {}, "cells": [{"cell_type": "code", "source": "", "metadata": {}, "outputs": '
        '[{"output_type": "display_data", "data": []}], "execution_count": 1}]}',
    ],
)
def test_what_is_no_notebook(text):
    with pytest.raises(ValueError):
        read_notebook(text)


def test_a_source_without_cells(tmp_path):
    path = tmp_path / "x.py"
    path.write_text(
        "# ---\n# claims: [a#b]\n# claim: {zh: 甲, en: a}\n# number: {zh: 甲, en: a}\n# description: {zh: 甲, en: a}\n# ---\n",
        encoding="utf-8",
    )
    with pytest.raises(LabError, match="no cells"):
        read_lab(path)


def test_a_notebook_is_run_and_held_to_the_record(tmp_path):
    lab = small_lab(tmp_path, 'result = {"a": 1}\n\n# %%\nLANGUAGE')
    notebook = machine.new_notebook(lab, "zh")
    machine.execute(notebook, tmp_path / "work", {"made": {}, "a": 1})
    assert [cell.get("execution_count") for cell in notebook.cells] == [1, None, 2, 3]
    assert notebook.cells[3].outputs[0]["data"]["text/plain"] == "'zh'" and len(notebook.cells) == 4
    assert notebook.metadata.language_info == {"name": "python"}
    with pytest.raises(RuntimeError, match="not the recorded one"):
        machine.execute(machine.new_notebook(lab, "zh"), tmp_path / "work", {"a": 2})


def test_outputs_are_kept_when_only_the_text_has_changed(tmp_path):
    lab, stamp = small_lab(tmp_path), {"result": "r", "code": "c"}
    old = machine.new_notebook(lab, "en")
    for number, cell in enumerate(cell for cell in old.cells if cell.cell_type == "code"):
        cell.execution_count, cell.outputs = (
            number,
            [nbformat.v4.new_output("stream", text=f"{number}")],
        )
    old.cells[1].source, old.metadata["handbook"] = "# Old {#tiny}", stamp
    path = tmp_path / "tiny.ipynb"
    nbformat.write(old, path)
    new = machine.new_notebook(lab, "en")
    assert (
        not machine.outputs_kept(path, new, {**stamp, "code": "other"}) and not new.cells[0].outputs
    )
    assert machine.outputs_kept(path, new, stamp)
    assert [cell.outputs[0].text for cell in new.cells if cell.cell_type == "code"] == [
        "0",
        "1",
        "2",
    ]
    assert new.cells[1].source == "# Title {#tiny}"
    assert not machine.outputs_kept(
        path, machine.new_notebook(small_lab(tmp_path, "x = 2\n\n# %%\nx"), "en"), stamp
    )
    assert not machine.outputs_kept(tmp_path / "none.ipynb", new, stamp)


def test_time_adds_up_over_interruptions(tmp_path):
    file = tmp_path / "time.json"
    with pytest.raises(KeyboardInterrupt), machine.timed(file, "code"):
        raise KeyboardInterrupt
    spent = json.loads(file.read_text())
    file.write_text(json.dumps({**spent, "spent": {"seconds": 100, "processor_seconds": 50}}))
    with machine.timed(file, "code") as seconds:
        assert 100 <= seconds()["seconds"] < 110 and 50 <= seconds()["processor_seconds"] < 60
    with machine.timed(file, "other") as seconds:
        assert seconds()["seconds"] < 10


def test_unknown_names_are_refused(capsys):
    assert machine.main(["data_cleaning", "nothing"]) == 2
    assert (
        "there is no lab nothing; there are: anonymisation, "
        in capsys.readouterr().err.replace("\n", " ")[:200]
    )


def test_what_only_this_site_understands_is_translated_for_a_notebook_application():
    text = (
        "## Head {#head}\n\n0.5<!-- key --> [a](../playbook.md#x) [b](other.ipynb) [c](https://a.org) [d](#head)\n{: .hb-where }\n\n"
        '!!! seealso "See"\n\n    one\n\n    two\n\nend\n\n```python title="x"\n--8<-- "labs/statistics.py"\n```\n'
    )
    plain = plain_markdown(text, "https://example.org/labs/")
    assert plain.startswith(
        "## Head\n\n0.5 [a](https://example.org/playbook/#x) [b](https://example.org/labs/other/) [c](https://a.org) d\n"
    )
    assert (
        "> **See**\n>\n> one\n>\n> two\n" in plain
        and "\nend\n" in plain
        and "def mean_interval" in plain
    )
    assert "{" not in plain.split("```")[0]
    assert "0.5 a b [c](https://a.org) d" in plain_markdown(text, "")


def test_every_lab_is_in_both_navigations():
    for file in ("mkdocs.yml", "mkdocs.en.yml"):
        text = (ROOT / file).read_text(encoding="utf-8")
        for path in (ROOT / "labs").glob("*.py"):
            assert f"labs/{path.stem.replace('_', '-')}.ipynb" in text, (
                f"{file} does not list {path.stem}"
            )
