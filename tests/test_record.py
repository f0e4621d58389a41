"""Recordings: found by being there, made by the present code, and shown with the numbers they hold."""

import ast
import json
import os
import shutil
import subprocess
import sys

import pytest
from conftest import copy_of_project

from handbook.checks.pages import read_sources
from handbook.record import keep
from handbook.record.__main__ import main
from handbook.record.check import check, correct
from handbook.record.recordings import Recordings, read_recordings, stale, written
from snippets.code_hash import code_hash, describe

RESULT = "data/recordings/memory/result.json"
PROGRAM = '''"""About."""
from pathlib import Path

from . import second

def record(folder: Path) -> dict:
    (folder / "printed.txt").write_text(f"written: {folder}/full\\n")
    (folder / "full").mkdir()
    return {"gib": second.gib(3)}
'''


@pytest.fixture
def project(tmp_path):
    """A tree with a program, its recording, and a page in each language that shows a number of it."""
    files = {
        "snippets/__init__.py": "",
        "snippets/memory.py": PROGRAM,
        "snippets/second.py": "def gib(a):\n    return a + 13\n",
        RESULT: "",
        "docs/zh/problems/memory.md": "# 显存 {#memory}\n\n要 16.0<!-- memory.gib --> GiB。\n",
        "docs/en/problems/memory.md": "# Memory {#memory}\n\nIt takes 16.0<!-- memory.gib -->.\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    record(tmp_path, 16)
    return tmp_path


def record(project, value):
    made = {"module": "snippets.memory", "code": code_hash("snippets.memory", project)}
    text = json.dumps({"made": made, "gib": value})
    (project / RESULT).write_text(text, encoding="utf-8")


def told(problems):
    return [str(problem) for problem in problems]


@pytest.mark.parametrize(
    "text, same",
    [
        (
            '"""About."""\n\n# why\ndef gib(a):\n    """Add."""\n    return (a +\n        13)\n',
            True,
        ),
        ("def gib(a):\n    return a + 14\n", False),
        ("def gib(a, b=None):\n    return a + 13\n", False),
        ("def gib(a):\n    return a - 13\n", False),
    ],
)
def test_a_recording_is_stale_when_what_runs_has_changed_also_in_imported_modules(
    project, text, same
):
    assert not told(stale(project))
    (project / "snippets/second.py").write_text(text, encoding="utf-8")
    wanted = [] if same else [
        f"{RESULT}:1: snippets.memory, or what it imports, has changed since it was recorded. "
        "Run make record ONLY=memory, and look at what the pages say."
    ]  # fmt: skip
    assert told(stale(project)) == wanted


def test_a_recording_must_say_which_code_made_it_and_that_code_be_there(project):
    (project / "snippets/memory.py").unlink()
    assert "there is no module snippets.memory. Delete memory, or run" in told(stale(project))[0]
    (project / RESULT).write_text('{"gib": 16}', encoding="utf-8")
    assert "does not say which code made it" in told(stale(project))[0]
    shutil.move(project / "data/recordings/memory", project / "data/recordings/as_published")
    assert not told(stale(project))


def test_results_of_labs_are_recordings(project):
    lab = project / "snippets/labs/gap/result.json"
    lab.parent.mkdir(parents=True)
    lab.write_text('{"made": {"module": "snippets.second", "code": "other"}, "x": 2}')
    assert read_recordings(project).find("lab_gap.x") == 2
    [problem] = told(stale(project))
    assert (
        problem.startswith("snippets/labs/gap/result.json:1: ") and "make labs ONLY=gap" in problem
    )


def test_the_hash_does_not_depend_on_empty_fields():
    """Python 3.12 and 3.13 add fields to the tree that are empty for the code of 3.11."""
    tree = ast.parse("def f(a=0, *, b=False):\n    return [] if a else None")
    before = describe(tree)
    tree.body[0].type_params = []
    assert describe(tree) == before
    assert "Constant(value=0)" in before and "Constant(value=False)" in before


# ---- numbers on pages ----


def test_numbers_that_differ_are_told_and_corrected(project):
    assert not told(check(read_sources(project)))
    record(project, 17.25)
    page = "docs/zh/problems/memory.md"
    assert told(check(read_sources(project)))[0] == (
        f"{page}:3: the number 16.0 is not what was recorded: memory.gib is 17.2. "
        "Run make due, or write 17.2; and look at what the text says about it."
    )
    text = (project / page).read_text(encoding="utf-8")
    (project / page).write_text(
        text + "\n`16.0<!-- memory.gib -->` 和 116.0 不是。\n", encoding="utf-8"
    )
    changed = correct(project)
    assert changed[0] == f"{page}:3: 16.0 → 17.2 (memory.gib)" and len(changed) == 2
    after = (project / page).read_text(encoding="utf-8")
    assert "要 17.2<!-- memory.gib --> GiB。" in after and "`16.0<!-- memory.gib -->`" in after
    assert not correct(project) and not told(stale(project))


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("16.0<!-- memory.kib -->", "“kib” is not recorded; “memory” has: made, gib. Correct"),
        (
            "7<!-- second.x / memory.gib -->",
            ":3: second is not recorded yet. Run make record ONLY=second.",
        ),
        ("0.5 of it", "the number 0.5 has no key. Write 0.5<!-- key of its recorded value -->, or"),
        ("half, 50%", "the number 50% has no key"),
        ("0.5<!-- given -->, 95%, `0.5`, [a](b?x=0.5), 2.10.3", None),
    ],
)
def test_every_fraction_below_problems_needs_a_key(project, text, wanted):
    page = project / "docs/en/problems/memory.md"
    page.write_text(f"# Memory {{#memory}}\n\n{text}\n", encoding="utf-8")
    problems = [p for p in told(check(read_sources(project))) if "docs/en" in p]
    assert len(problems) == bool(wanted)
    if wanted:
        assert problems[0].startswith("docs/en/problems/memory.md:3: ") and wanted in problems[0]


@pytest.mark.parametrize(
    "data, where",
    [
        (b'{"a": 1,\n"b": }', f"{RESULT}:2: the recording is damaged: Expecting value"),
        (b"\xff", f"{RESULT}:1: the recording is damaged: 'utf-8'"),
        (b"[1]", f"{RESULT}:1: the recording holds no names with values"),
    ],
)
def test_a_damaged_recording_is_named_once_with_the_command_that_mends_it(project, data, where):
    (project / RESULT).write_bytes(data)
    for problems in (told(check(read_sources(project))), told(stale(project))):
        [problem] = problems
        assert problem.startswith(where) and problem.endswith(f"git checkout HEAD -- {RESULT}")


LIST = [{"id": "first", "x": 2}, {"y": 3}]
RECORDED = Recordings(
    {"a": {"x": 0.98765, "n": 1736, "list": LIST, "s": "text", "b": True, "p-0.2": {"y": 5}}}
)


@pytest.mark.parametrize(
    "key, value",
    [
        ("a.x", 0.98765),
        ("-a.x", -0.98765),
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
        (-0.0001, "0.00", "0.00"),
    ],
)
def test_a_value_is_written_as_the_page_writes_it(value, like, text):
    assert written(value, like) == text


# ---- recording ----


def test_a_new_program_is_recorded_and_the_next_edit_makes_it_stale(project, tmp_path):
    """`make record ONLY=memory`, with nothing registered anywhere."""
    tree = copy_of_project(tmp_path / "tree")
    for name in ("memory.py", "second.py"):
        shutil.copy(project / "snippets" / name, tree / "snippets" / name)
    before = told(stale(tree))
    done = subprocess.run(
        [sys.executable, "-m", "handbook.record", "memory"],
        cwd=tree,
        env=os.environ | {"PYTHONPATH": str(tree)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    folder = tree / "data/recordings/memory"
    assert sorted(path.name for path in folder.iterdir()) == ["printed.txt", "result.json"]
    assert (folder / "printed.txt").read_text() == "written: full\n"  # not where it was recorded
    result = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    assert result["gib"] == 16 and result["made"]["module"] == "snippets.memory"
    assert told(stale(tree)) == before
    (tree / "snippets/second.py").write_text("def gib(a):\n    return 2 * a\n")
    assert len(told(stale(tree))) == len(before) + 1


def test_what_json_does_not_hold_is_refused_before_anything_is_written():
    with pytest.raises(ValueError, match="memory: .*float"):
        keep.as_json({"gib": float("nan")}, "memory")


def test_a_name_without_a_program_is_refused_in_one_sentence(capsys):
    assert main(["gpu_memory"]) == 2
    assert "Write a function record(folder) in snippets/gpu_memory.py" in capsys.readouterr().err
