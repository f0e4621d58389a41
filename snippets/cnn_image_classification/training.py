"""Train the network so that an interrupted training goes on where it stopped, then evaluate it."""

import hashlib
import io
import json
import platform
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

import keras
import numpy as np
from tqdm import tqdm

from snippets.metrics import evaluate
from snippets.runs import (
    BEGIN_AGAIN,
    PART,
    InputError,
    claimed,
    one_line,
    settle,
    write_atomically,
    write_json,
)

from . import sources
from .data import Part, Parts, Source, divide
from .model import assign, network, prepare, probabilities, to_numpy

CURVES = ("loss", "accuracy", "val_loss", "val_accuracy")
MOST_MISTAKES = 200
PROGRAM = "cnn_image_classification"


@dataclass(frozen=True)
class Settings:
    """What decides the outcome of a training. Another value needs another folder."""

    backend: str
    seed: int
    epochs: int
    batch_size: int
    learning_rate: float
    patience: int
    validation: float
    test: float | None
    limit: int | None
    invert: bool


@dataclass
class State:
    """Where a training is after an epoch; all that is needed to go on, or to end.

    weights, best, optimizer: arrays, `best` being the weights of the epoch with the lowest validation loss.
    history: a list of one number an epoch for each of CURVES. `loss` and `accuracy` are what Keras reports
    for the training part: averages over the epoch's batches while the weights still change, so that the
    first epochs look worse than the validation, which comes after the epoch. seconds: of each epoch.
    """

    weights: list[np.ndarray]
    best: list[np.ndarray]
    optimizer: list[np.ndarray]
    history: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in CURVES})
    seconds: list[float] = field(default_factory=list)

    @property
    def epochs(self) -> int:
        """How many epochs are finished."""
        return len(self.seconds)


def train(data: str, out: Path, settings: Settings) -> dict:
    """Read the data, train or go on, evaluate, and write everything to `out`. Returns what result.json holds.

    Raises InputError for what the user can mend, and OSError when the disk is full.
    """
    with claimed(out):
        source = sources.load(data, settings.invert)
        parts = divide(source, settings.test, settings.validation, settings.limit, settings.seed)
        settle(out, {"program": PROGRAM, **asdict(settings), "data_sha256": fingerprint(source)})
        for note in [*source.notes, *parts.notes]:
            print(f"note: {note}")
        print(
            f"{len(parts.train)} images to train on, {len(parts.validation)} for validation, {len(parts.test)} for "
            f"the test; {len(source.names)} classes",
            flush=True,
        )
        keras.utils.set_random_seed(settings.seed)
        model = network(len(source.names), settings.learning_rate)
        state = fit(model, parts, settings, out / "checkpoint.npz")
        result = summarise(model, state, source, parts, settings)
        save(model, parts.test, result, out)
        return result


def fingerprint(source: Source) -> str:
    """SHA-256 of all images, labels and names: a training must not go on with other data."""
    digest = hashlib.sha256(json.dumps(source.names).encode())
    for part in (source.train, source.test, source.validation):
        if part is not None:
            digest.update(part.images.tobytes() + part.labels.tobytes())
    return digest.hexdigest()


# --8<-- [start:epoch-loop]
def fit(model: keras.Model, parts: Parts, settings: Settings, checkpoint: Path) -> State:
    """Train until the epochs are done or the validation loss stops falling; leave the best weights in the model.

    Every epoch draws its order from (seed, epoch) alone, and all else is in the checkpoint: a training that
    was interrupted ends with the same weights as one that was not. The checkpoint is written after each epoch.
    """
    state = resume(model, checkpoint)
    train_x, validation = (
        prepare(parts.train.images),
        (prepare(parts.validation.images), parts.validation.labels),
    )
    while state.epochs < settings.epochs and not should_stop(
        state.history["val_loss"], settings.patience
    ):
        started = time.perf_counter()
        seeds = np.random.SeedSequence([settings.seed, state.epochs])
        keras.utils.set_random_seed(int(seeds.generate_state(1)[0]))
        order = np.random.default_rng(seeds).permutation(len(train_x))
        with progress_bar(state.epochs + 1, len(order), settings.batch_size) as callbacks:
            logs = model.fit(
                train_x[order],
                parts.train.labels[order],
                batch_size=settings.batch_size,
                shuffle=False,
                validation_data=validation,
                callbacks=callbacks,
                verbose=0,
            ).history
        state = after_epoch(
            model, state, {name: logs[name][0] for name in CURVES}, time.perf_counter() - started
        )
        write_atomically(checkpoint, pack(state))
        print(describe_epoch(state), flush=True)
    assign(model.weights, state.best)
    return state


def should_stop(losses: Sequence[float], patience: int) -> bool:
    """Whether the lowest of these validation losses lies `patience` epochs back. The first of equals counts."""
    return bool(losses) and len(losses) - 1 - int(np.argmin(losses)) >= patience


# --8<-- [end:epoch-loop]


def after_epoch(model: keras.Model, before: State, logs: dict[str, float], seconds: float) -> State:
    """The state one epoch later. Raises InputError when the loss is no longer a number."""
    history = {name: [*before.history[name], float(logs[name])] for name in CURVES}
    if not np.isfinite(list(logs.values())).all():
        raise InputError(
            f"the loss is no longer a number in epoch {before.epochs + 1}: take a lower --learning-rate"
        )
    weights, losses = to_numpy(model.weights), history["val_loss"]
    best = weights if int(np.argmin(losses)) == len(losses) - 1 else before.best
    return State(
        weights, best, to_numpy(model.optimizer.variables), history, [*before.seconds, seconds]
    )


def describe_epoch(state: State) -> str:
    """One line about the last epoch."""
    loss, accuracy, val_loss, val_accuracy = (state.history[name][-1] for name in CURVES)
    return (
        f"epoch {state.epochs}: loss {loss:.4f}, accuracy {accuracy:.4f}; validation loss {val_loss:.4f}, "
        f"accuracy {val_accuracy:.4f}; {state.seconds[-1]:.1f} s"
    )


@contextmanager
def progress_bar(
    epoch: int, images: int, batch_size: int
) -> Iterator[list[keras.callbacks.Callback]]:
    """A bar over the batches on a terminal; nothing where the output goes to a file."""
    if not sys.stderr.isatty():
        yield []
        return
    with tqdm(
        total=-(-images // batch_size), desc=f"epoch {epoch}", unit="batch", leave=False
    ) as bar:
        yield [keras.callbacks.LambdaCallback(on_train_batch_end=lambda batch, logs: bar.update())]


# --8<-- [start:checkpoint]
def pack(state: State) -> bytes:
    """A state as the content of one .npz file: plain arrays, which every backend reads."""
    arrays = {
        f"{group}_{number}": array
        for group in ("weights", "best", "optimizer")
        for number, array in enumerate(getattr(state, group))
    }
    record = json.dumps({"history": state.history, "seconds": state.seconds})
    buffer = io.BytesIO()
    np.savez(buffer, record=np.array(record), **arrays)
    return buffer.getvalue()


def unpack(path: Path) -> State:
    """Read a checkpoint. Raises InputError when it is damaged, and OSError when it cannot be read."""
    content = path.read_bytes()  # what fails here does not lie in the checkpoint
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as archive:
            groups = {
                group: [
                    archive[f"{group}_{number}"] for number in range(count(archive.files, group))
                ]
                for group in ("weights", "best", "optimizer")
            }
            state = State(**groups, **json.loads(str(archive["record"])))
        if any(len(state.history[name]) != state.epochs for name in CURVES):
            raise ValueError
        return state
    except MemoryError:
        raise
    # numpy, zipfile and json have a dozen errors of their own for a damaged file.
    except Exception as error:
        raise InputError(f"{path} is damaged ({type(error).__name__}); {BEGIN_AGAIN}") from None


def resume(model: keras.Model, checkpoint: Path) -> State:
    """Put the model where the checkpoint left it, or describe the untrained one. Raises InputError."""
    model.optimizer.build(model.trainable_variables)
    if not checkpoint.exists():
        untrained = to_numpy(model.weights)
        return State(untrained, untrained, to_numpy(model.optimizer.variables))
    state = unpack(checkpoint)
    try:
        assign(model.weights, state.best)  # tried first, and replaced by the last
        assign(model.weights, state.weights)
        assign(model.optimizer.variables, state.optimizer)
    except (ValueError, TypeError):
        raise InputError(f"{checkpoint} belongs to another network; {BEGIN_AGAIN}") from None
    print(f"found the checkpoint of epoch {state.epochs}", flush=True)
    return state


# --8<-- [end:checkpoint]


def count(names: Sequence[str], group: str) -> int:
    """How many arrays of a group a checkpoint has."""
    return sum(name.startswith(f"{group}_") for name in names)


# --8<-- [start:evaluate]
def score(model: keras.Model, part: Part, names: Sequence[str]) -> tuple[dict, list[dict]]:
    """Score the network on images that it has never seen, and list those that it gets wrong.

    Returns what snippets.metrics.evaluate gives, and up to MOST_MISTAKES mistakes, the surest first: row of
    the test part, true and predicted class, the probability given to each, and the file for the reader's own.
    """
    given = probabilities(model, part.images)
    predicted = given.argmax(axis=1)
    wrong = np.flatnonzero(predicted != part.labels)
    surest_first = wrong[np.argsort(-given[wrong, predicted[wrong]], kind="stable")]
    mistakes = [
        {
            "index": int(row),
            "true": names[part.labels[row]],
            "predicted": names[predicted[row]],
            "probability_true": float(given[row, part.labels[row]]),
            "probability_predicted": float(given[row, predicted[row]]),
            **({"file": part.files[row]} if part.files else {}),
        }
        for row in surest_first[:MOST_MISTAKES]
    ]
    return evaluate(part.labels, given, names), mistakes


# --8<-- [end:evaluate]


def majority(train: Part, test_part: Part, names: Sequence[str]) -> dict:
    """What always giving the most frequent class of the training part would score on the test part."""
    label = int(np.bincount(train.labels).argmax())
    return {"answer": names[label], "accuracy": float((test_part.labels == label).mean())}


def summarise(
    model: keras.Model, state: State, source: Source, parts: Parts, settings: Settings
) -> dict:
    """All that result.json holds. Only `timing` differs between two runs of one machine."""
    scores, mistakes = score(model, parts.test, source.names)
    weights = hashlib.sha256(b"".join(array.tobytes() for array in to_numpy(model.weights)))
    return {
        "program": PROGRAM,
        "data": {
            "source": source.kind,
            "train": len(parts.train),
            "validation": len(parts.validation),
            "test": len(parts.test),
            "notes": [*source.notes, *parts.notes],
        },
        "names": list(source.names),
        "invert": settings.invert,
        "versions": versions(),
        "parameters": model.count_params(),
        "weights_sha256": weights.hexdigest(),
        "history": state.history,
        "epochs": state.epochs,
        "best_epoch": int(np.argmin(state.history["val_loss"])) + 1,
        "majority": majority(parts.train, parts.test, source.names),
        "test": scores,
        "mistakes": mistakes,
        "timing": {"seconds_per_epoch": state.seconds},
    }


def versions() -> dict[str, str]:
    """What the numbers were made with. torch adds in another order with other threads: the last digits change."""
    name = keras.config.backend()
    backend = sys.modules[name]
    threads = {"threads": str(backend.get_num_threads())} if name == "torch" else {}
    return {
        "python": platform.python_version(),
        "keras": keras.__version__,
        "numpy": np.__version__,
        "backend": f"{name} {backend.__version__}",
        **threads,
    }


def save(model: keras.Model, test_part: Part, result: dict, out: Path) -> None:
    """Write the model, the images of the mistakes, in the order of the list, and last the result."""
    write_atomically(out / "model.keras", keras_file(model, out))
    rows = [mistake["index"] for mistake in result["mistakes"]]
    buffer = io.BytesIO()
    np.savez(buffer, images=test_part.images[rows])
    write_atomically(out / "mistakes.npz", buffer.getvalue())
    write_json(out / "result.json", result)


def keras_file(model: keras.Model, out: Path) -> bytes:
    """The content of a .keras file. Keras writes only to a path; where the disk is full there, say for what."""
    with tempfile.TemporaryDirectory(dir=out, prefix=PART) as folder:
        path = Path(folder) / "model.keras"
        try:
            model.save(path)
        except OSError as error:
            error.filename = str(out / "model.keras")
            raise
        return path.read_bytes()


# --8<-- [start:report]
def report(result: dict) -> str:
    """A result in a few lines for people."""
    scores, majority_class = result["test"], result["majority"]
    names = [one_line(name) for name in result["names"]]
    low, high = scores["interval"]
    lines = [
        f"best epoch: {result['best_epoch']} of {result['epochs']}",
        f"test accuracy: {scores['accuracy']:.4f} ({scores['correct']} of {scores['examples']}; "
        f"95% interval {low:.4f} to {high:.4f})",
        f'always "{majority_class["answer"]}", the most frequent class in training: {majority_class["accuracy"]:.4f}',
    ]
    if scores["accuracy"] <= majority_class["accuracy"]:
        lines.append(
            "note: no better than that: this network has learned nothing of use; more images, more epochs or "
            "another --learning-rate may help"
        )
    # Rows are true classes, columns predicted ones; the diagonal is what was right.
    off_diagonal = np.array(scores["confusion"]) * (1 - np.eye(len(names), dtype=int))
    for cell in np.argsort(-off_diagonal, axis=None, kind="stable")[:3]:
        true, predicted = divmod(int(cell), len(names))
        if times := off_diagonal[true, predicted]:
            shown = sum(scores["confusion"][true])
            lines.append(
                f'"{names[true]}" taken for "{names[predicted]}": {times} times of {shown}'
            )
    for mistake in result["mistakes"][:3]:
        image = mistake.get("file", f"test image {mistake['index']}")
        lines.append(
            f'sure and wrong: {image}, "{mistake["true"]}" taken for "{mistake["predicted"]}", '
            f"probability {mistake['probability_predicted']:.4f}"
        )
    return "\n".join(lines)


# --8<-- [end:report]
