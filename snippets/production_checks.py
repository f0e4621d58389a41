"""Checks for a model that does well in its test and badly in use. Each takes minutes on data of your own.

No framework is needed: `predict` is your own function, from a list of texts to rows of probabilities.
"""

import unicodedata

import numpy as np


# --8<-- [start:moved]
def moved(images, pixels):
    """The same images, moved to the right; what comes in on the left is background (0)."""
    result = np.zeros_like(images)
    result[..., pixels:] = images[..., : images.shape[-1] - pixels]
    return result


# --8<-- [end:moved]
# --8<-- [start:seen_before]
def seen_before(train, test):
    """The test texts that training has seen, width, case and white space aside."""

    def plain(text):
        return "".join(unicodedata.normalize("NFKC", text).casefold().split())

    known = {plain(text) for text in train}
    return [text for text in test if plain(text) in known]


# --8<-- [end:seen_before]
# --8<-- [start:batch_changes]
def batch_changes(predict, texts):
    """How far a probability moves when a text is computed in a batch and not alone; should be under 0.0001."""
    alone = np.concatenate([predict([text]) for text in texts])
    return float(np.abs(np.asarray(predict(texts)) - alone).max())


# --8<-- [end:batch_changes]
# --8<-- [start:recall_by_class]
def recall_by_class(true, predicted):
    """For each class the share of its examples that is found and their number, the worst first."""
    true, predicted = np.asarray(true), np.asarray(predicted)
    rows = [(name, predicted[true == name] == name) for name in np.unique(true).tolist()]
    return sorted(
        ((name, float(right.mean()), right.size) for name, right in rows), key=lambda row: row[1]
    )


# --8<-- [end:recall_by_class]
# --8<-- [start:doubtful]
def doubtful(labels, probabilities, count=50):
    """The rows whose label the model believes least: read these first.

    labels are column numbers. Let each row be judged by a model that has not trained on it.
    """
    believed = np.asarray(probabilities)[np.arange(len(labels)), np.asarray(labels)]
    return np.argsort(believed)[:count].tolist()


# --8<-- [end:doubtful]
