"""The page's own small Transformer, trained from random weights on a few reviews."""

import contextlib
import io
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from transformers.utils import logging

from snippets.bert_text_classification import training
from snippets.bert_text_classification.model import load, make_small_model
from snippets.bert_text_classification.tokenisation import encode
from snippets.labs.pretraining.methods import answers

LENGTH, BATCH, RATE = 128, 16, 5e-4  # tokens of a text and learning rate as on the page


# --8<-- [start:scratch]
def from_scratch(
    train: tuple[Sequence[str], np.ndarray],
    validation: tuple[Sequence[str], np.ndarray],
    asked: Sequence[str],
    seed: int,
    steps: int,
) -> dict:
    """A step: the answers of the small BERT, and how it was trained.

    The validation texts choose the epoch: labels that no other method gets, so this one is favoured. Few examples
    are gone through more often, many at least three times, until there were so many steps, or the loss has not
    fallen for a quarter of the epochs.
    """
    torch.set_num_threads(1)
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    start = time.process_time()
    epochs = min(40, max(3, round(steps * BATCH / len(train[0]))))
    settings = training.Settings(epochs, BATCH, RATE, max(2, epochs // 4), seed)
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        make_small_model(train[0], Path(folder), seed)
        model, tokenizer = load(folder, ["0", "1"], seed, LENGTH)
        rows = [encode(tokenizer, texts, LENGTH).rows for texts in (train[0], validation[0], asked)]
        history = training.fit(
            model,
            tokenizer,
            (rows[0], train[1].tolist()),
            (rows[1], validation[1].tolist()),
            settings,
            Path(folder),
        )
        learnt = time.process_time() - start
        return {
            "answers": answers(training.predict(model, tokenizer, rows[2])[:, 1]),
            "epoch": training.best_epoch(history),
            "epochs": len(history),
            "processor_seconds": learnt,
        }


# --8<-- [end:scratch]
