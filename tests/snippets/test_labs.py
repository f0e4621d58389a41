"""What is recorded of every lab: its verdict, notebooks that agree, and a download that runs by itself."""

import json
import os
import re
import subprocess
import sys
import zipfile
from importlib import import_module

import pytest
from conftest import ROOT

from handbook.labs.check import VERDICTS
from handbook.labs.make import versions
from handbook.labs.source import LANGUAGES, lab_names, read_lab, read_result

LABS = {name: read_lab(ROOT, name) for name in lab_names(ROOT)}


@pytest.mark.parametrize("lab", LABS.values(), ids=LABS)
def test_the_verdict_follows_from_the_result(lab):
    result = read_result(ROOT, lab.name)
    module = import_module(f"{lab.module}.verdict")
    assert module.verdict(result) == result["verdict"]
    assert all(f'"{word}"' in module.verdict.__doc__ for word in VERDICTS)
    made = result["made"]
    assert made["versions"].keys() == versions(lab).keys() and made["processor_seconds"] > 0


@pytest.mark.parametrize("lab", LABS.values(), ids=LABS)
def test_intervals_hold_their_means(lab):
    def look(value):
        if isinstance(value, dict):
            if {"mean", "interval"} <= value.keys():
                assert value["interval"][0] <= value["mean"] <= value["interval"][1], value
            value = list(value.values())
        for below in value if isinstance(value, list) else []:
            look(below)

    look(read_result(ROOT, lab.name))


@pytest.mark.parametrize("lab", LABS.values(), ids=LABS)
def test_notebooks_of_both_languages_differ_in_words_alone(lab):
    """The numbers in tables are the same; nothing tells of the machine."""
    shown = []
    for language in LANGUAGES:
        text = (ROOT / lab.notebook(language)).read_text(encoding="utf-8")
        assert not re.search(r"(?<![\w:.])/(?:home|root|tmp|work|Users)/", text)
        outputs = [
            output for cell in json.loads(text)["cells"] for output in cell.get("outputs", [])
        ]
        tables = ["".join(output.get("data", {}).get("text/html", "")) for output in outputs]
        cells = [re.findall(r"<td align[^>]*>(.*?)</td>", table) for table in tables]
        shown.append([re.findall(r"\d+(?:\.\d+)?%?", cell) for row in cells for cell in row])
    assert shown[0] == shown[1]


RUN = """
import sys, nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
for cell in notebook.cells:
    if cell.cell_type == "code":
        cell.outputs, cell.source = [], cell.source.replace("run(FULL,", "run(SMALL,")
notebook.cells.append(nbformat.v4.new_code_cell("import snippets; print(snippets.__path__[0])"))
NotebookClient(notebook, timeout=300).execute()
print(sum(bool(cell.get("outputs")) for cell in notebook.cells), notebook.cells[-1].outputs[-1].text)
"""


@pytest.mark.parametrize("lab", LABS.values(), ids=LABS)
def test_the_download_runs_in_an_empty_folder(built, lab, tmp_path):
    """In the setting that is called SMALL, with nothing of this repository at hand."""
    with zipfile.ZipFile(built / f"labs/{lab.slug}.zip") as archive:
        archive.extractall(tmp_path)
    folder = tmp_path / lab.slug
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-c", RUN, f"{lab.slug}.ipynb"],
        cwd=folder,
        env=environment | {"OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    shown, where = done.stdout.split()[-2:]
    assert where == str(folder / "snippets")
    if (folder / f"snippets/labs/{lab.name}/__main__.py").is_file():
        command = [sys.executable, "-m", lab.module, "--help"]
        helped = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True
        )
        assert re.match(rf"usage: .*-m {lab.module} ", helped.stdout), helped.stderr
    # All but the language, the imports and the run show something, and so does the last one.
    assert int(shown) >= sum(cell.cell_type == "code" for cell in lab.cells) - 2
