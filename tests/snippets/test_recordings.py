"""What the pages show is what the code of today gives: hashes, figures, tables, and small cases run again."""

import ast
import json
import os
import re
import subprocess
import sys

import pytest
from conftest import ROOT
from handbook.records import Recordings, read_recordings, written
from handbook.record import code_hash as hashing
from handbook.record import figures, tables
from handbook.record.cnn_image_classification import SMALL as SMALL_CNN
from handbook.record.code_hash import code_hash
from handbook.record.gradient_agreement import TORCHRUN
from handbook.record.keep import RECORDINGS, read_result

MADE = ["bert_text_classification", "cnn_image_classification", "gradient_agreement"]


@pytest.mark.parametrize("name", MADE)
def test_the_code_has_not_changed_since_it_was_recorded(name):
    made = read_result(RECORDINGS / name)["made"]
    assert made["code"] == code_hash(made["module"]), (
        f"data/recordings/{name} was made by other code: run `make record ONLY={name}`, then look at the pages"
    )


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A tree with two modules, one of which imports the other."""
    (tmp_path / "snippets").mkdir()
    (tmp_path / "snippets" / "__init__.py").write_text("")
    (tmp_path / "snippets" / "first.py").write_text(
        "from . import second\n\ndef f(a):\n    return second.g(a)\n"
    )
    (tmp_path / "snippets" / "second.py").write_text("def g(a):\n    return a + 1\n")
    monkeypatch.setattr(hashing, "ROOT", tmp_path)
    return tmp_path / "snippets"


@pytest.mark.parametrize(
    "text, same",
    [
        ("def g(a):\n    return a + 1\n", True),
        (
            '"""About."""\n\n# why\ndef g(a):\n    """Add."""\n    return (a +\n            1)\n',
            True,
        ),
        ("def g(a):\n    return a + 2\n", False),
        ("def g(a, b=None):\n    return a + 1\n", False),
        ("def g(a):\n    return a - 1\n", False),
    ],
)
def test_the_hash_is_of_what_runs_here_and_in_imported_modules(package, text, same):
    before = code_hash("snippets.first")
    (package / "second.py").write_text(text)
    assert (code_hash("snippets.first") == before) is same


def test_the_hash_does_not_depend_on_empty_fields():
    """Python 3.12 and 3.13 add fields to the tree that are empty for the code of 3.11."""
    tree = ast.parse("def f(a=0, *, b=False):\n    return [] if a else None")
    before = hashing.describe(tree)
    tree.body[0].type_params = []
    assert hashing.describe(tree) == before
    assert "Constant(value=0)" in before and "Constant(value=False)" in before


@pytest.mark.parametrize("name", figures.FIGURES)
def test_figures_are_drawn_from_the_recording(name):
    for path, text in figures.figures_of(name).items():
        assert path.read_text(encoding="utf-8") == text, (
            f"{path.relative_to(ROOT)}: run `make record ONLY=figures`"
        )
        assert (
            len(text) < 60_000
            and "<script" not in text
            and "http" not in text.split("<defs>", 1)[1].replace("http://www.w3.org", "")
        )


@pytest.mark.parametrize(
    "name",
    [n for n, (made, _) in tables.TABLES.items() if (RECORDINGS / made / "result.json").is_file()],
)
def test_tables_are_written_from_the_recording(name):
    for path, text in tables.tables_of(name).items():
        assert path.read_text(encoding="utf-8") == text, (
            f"{path.relative_to(ROOT)}: run `make record ONLY=figures`"
        )


def test_no_recording_tells_of_the_machine():
    for path in RECORDINGS.rglob("*"):
        if path.suffix in (".json", ".txt", ".md"):
            assert not re.search(
                r"(?<![\w:.])/(?:home|root|tmp|work|Users)/", path.read_text(encoding="utf-8")
            ), path


def test_a_small_training_of_the_network_agrees(tmp_path):
    """One epoch on 4,000 digits. Within 0.02 of the recording; other processors round otherwise."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "snippets.cnn_image_classification",
            "train",
            *SMALL_CNN,
            "--out",
            str(tmp_path / "out"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    recorded, found = (
        read_result(RECORDINGS / "cnn_image_classification")["small"],
        read_result(tmp_path / "out"),
    )
    assert found["data"] == recorded["data"]
    assert found["test"]["accuracy"] == pytest.approx(recorded["test"]["accuracy"], abs=0.02)
    assert found["history"]["val_loss"] == pytest.approx(recorded["history"]["val_loss"], abs=0.05)


def test_two_processes_compute_the_gradient_of_one():
    done = subprocess.run(
        [sys.executable, *TORCHRUN, "snippets.gradient_agreement"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stderr
    found = {
        tuple(line.split(":")[0:1] + line.split()[1:2]): float(line.split()[-1])
        for line in done.stdout.splitlines()
    }
    assert found.keys() == {
        (name, share) for name in ("cnn", "bert") for share in ("equal", "unequal")
    }
    for name in ("cnn", "bert"):
        assert found[name, "equal"] < 1e-4 < 0.01 < found[name, "unequal"]


def test_every_key_of_a_page_leads_to_a_number():
    """The values themselves are checked in every build, by checks/recorded_numbers.py."""
    recordings = read_recordings(ROOT)
    keys = {
        key
        for path in (ROOT / "docs").rglob("*.md")
        for key in re.findall(r"\d<!-- ([^>]*?) -->", path.read_text(encoding="utf-8"))
        if key != "given"
    }
    assert len(keys) > 30
    for key in keys:
        assert isinstance(recordings.find(key), (int, float)), key


RECORDED = Recordings(
    {
        "a": {
            "x": 0.98765,
            "n": 1736,
            "list": [{"id": "first", "x": 2}, {"y": 3}],
            "s": "text",
            "b": True,
            "p-0.2": {"y": 5},
        }
    }
)


@pytest.mark.parametrize(
    "key, value",
    [
        ("a.x", 0.98765),
        ("a.list.first.x", 2),
        ("a.list.1.y", 3),
        ("a.n - a.list.first.x", 1734),
        ("a.n / a.list.1.y", 1736 / 3),
        ("a.p-0.2.y", 5),
    ],
)
def test_a_key_finds_its_value(key, value):
    assert RECORDED.find(key) == value


@pytest.mark.parametrize(
    "key, message",
    [
        ("b.x", "there are the recordings: a"),
        ("a.z", "“a” has: x, n, list, s, b, p-0.2"),
        ("a.x.y", "nothing below it"),
        ("a", "is no number"),
        ("a.s", "is no number"),
        ("a.b", "is no number"),
        ("a.x - a.z", "“z” is not recorded"),
    ],
)
def test_a_key_that_leads_nowhere(key, message):
    with pytest.raises(KeyError) as error:
        RECORDED.find(key)
    assert message in error.value.args[0]


@pytest.mark.parametrize(
    "value, like, text",
    [
        (0.98765, "0.99", "0.99"),
        (0.98765, "0.9", "1.0"),
        (0.98765, "98.8%", "98.8%"),
        (0.98765, "98.8 %", "98.8 %"),
        (1736, "1,736", "1,736"),
        (1736, "1736", "1736"),
        (35124, "35124", "35,124"),
        (8.04e-7, "8.0e-07", "8.0e-07"),
        (163.5, "164", "164"),
    ],
)
def test_a_value_is_written_as_the_page_writes_it(value, like, text):
    assert written(value, like) == text


def test_results_are_plain_json():
    for name in MADE:
        text = (RECORDINGS / name / "result.json").read_text(encoding="utf-8")
        assert "NaN" not in text and json.loads(text)["made"]["date"]
