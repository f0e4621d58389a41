"""What the pages show is what the code of today gives: every recording, figure and table, and small cases run again."""

import json
import os
import re
import subprocess
import sys

import pytest
from conftest import ROOT

from handbook.record.keep import RECORDINGS, read_result
from handbook.record.recordings import result_files, stale
from handbook.record.show import files_of, shown
from snippets.cnn_image_classification.record import SMALL
from snippets.gradient_agreement import TORCHRUN

PUBLISHED = RECORDINGS / "as_published"
RUNS = {run["id"]: run for run in read_result(PUBLISHED)["runs"]}


def test_every_recording_was_made_by_the_code_of_today():
    """Of programs and labs, whoever added them."""
    assert len(result_files(ROOT)) >= 9
    assert not [str(problem) for problem in stale(ROOT)]


@pytest.mark.parametrize("name", shown())
def test_figures_and_tables_are_those_of_the_recording(name):
    for path, text in files_of(name):
        place = path.relative_to(ROOT)
        again = f"{place}: run `python -m handbook.record --draw {name}`"
        assert path.read_text(encoding="utf-8") == text, again
        if path.suffix == ".svg":
            drawn = text.split("<defs>", 1)[1].replace("http://www.w3.org", "")
            assert len(text) < 60_000 and "<script" not in text and "http" not in drawn


def test_no_recording_tells_of_the_machine_and_each_is_plain_json():
    folder = re.compile(
        r"(?<![\w:.-])/(?:home|root|tmp|work|usr|opt|var|Users)/|site-packages|registry|\x1b|\b[A-Z]:\\"
    )
    assert folder.search("in /root/x") and not folder.search("https://example.org/tmp/x")
    for path in [*RECORDINGS.rglob("*"), *result_files(ROOT).values()]:
        if path.suffix in (".json", ".txt", ".md"):
            text = path.read_text(encoding="utf-8")
            assert not folder.search(text), path
            assert path.suffix != ".json" or json.loads(text, parse_constant=pytest.fail)


def test_a_small_training_of_the_network_agrees(tmp_path):
    """One epoch on 4,000 digits. Within 0.02 of the recording; other processors round otherwise."""
    out = ["--out", str(tmp_path / "out")]
    run_module("-m", "snippets.cnn_image_classification", "train", *SMALL, *out)
    recorded = read_result(RECORDINGS / "cnn_image_classification")["small"]
    found = read_result(tmp_path / "out")
    assert found["data"] == recorded["data"]
    accuracy = recorded["test"]["accuracy"]
    assert found["test"]["accuracy"] == pytest.approx(accuracy, abs=0.02)
    losses = recorded["history"]["val_loss"]
    assert found["history"]["val_loss"] == pytest.approx(losses, abs=0.05)


def test_two_processes_compute_the_gradient_of_one():
    printed = run_module(*TORCHRUN, "snippets.gradient_agreement")
    line = re.compile(r"(cnn|bert): (equal|unequal) shares .* difference (\S+)")
    found = {match.group(1, 2): float(match[3]) for match in map(line.match, printed.splitlines())}
    for name in ("cnn", "bert"):
        assert found[name, "equal"] < 1e-4 < 0.01 < found[name, "unequal"]


def run_module(*arguments):
    """What a program of ours printed; it must end well."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"OMP_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


# ---- the listings as they were published ----


def listing(run):
    """The lines of a run's listing, with what was replaced in it; each old text is there once."""
    text = (ROOT / "snippets/as_published" / run["listing"]).read_text(encoding="utf-8")
    for change in run["replaced"]:
        assert text.count(change["old"]) == 1 and change["why"], change
        text = text.replace(change["old"], change["new"])
    return text.splitlines()


@pytest.mark.parametrize("name", RUNS)
def test_a_published_listing_stopped_where_its_transcript_says(name):
    run = RUNS[name]
    rows = (PUBLISHED / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    assert rows[0].startswith("$ ") and rows[0].endswith(f"python {run['listing']}")
    assert len(rows) <= 16 and max(map(len, rows)) <= 110
    assert run["versions"]["python"].startswith("3.11.") and run["date"] and run["processor"]
    if fault := run["exception"]:
        number = fault["raised_in_line"]
        at = rows.index(f'  File "{run["listing"]}", line {number}, in <module>')
        assert rows[at + 1].strip() == listing(run)[number - 1].strip()
        said = "\n".join(rows).rpartition(f"\n{fault['type']}: ")[2]
        assert " ".join(said.split()) == " ".join(fault["message"].split())
    else:
        assert rows[-1] == f"Test accuracy: {run['test_accuracy']}"


def test_the_faults_of_the_published_listings_were_mended_one_after_the_other():
    assert {path.stem for path in PUBLISHED.glob("*.txt")} == set(RUNS)
    last = RUNS["bert_old_5"]["replaced"]
    for n in range(5):
        assert RUNS[f"bert_old_{n + 1}"]["replaced"] == last[:n]
    untouched = [name for name, run in RUNS.items() if not run["replaced"]]
    wanted = ["cnn_no_network", "bert_current", "bert_old_1", "bert_old_no_hub", "bert_old_offline"]
    assert sorted(untouched) == sorted(wanted)
    first, second = (RUNS[f"cnn_local_data_{n}"]["test_accuracy"] for n in (1, 2))
    assert first != second and min(first, second) > 0.98
