"""The work: three small jobs to be metered, and five ways to do the same with less."""

import functools
import subprocess
import sys
import time
import warnings
from collections.abc import Callable

import numpy as np
import torch
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from torch import nn
from torch.nn.functional import cross_entropy

from snippets.labs import digits
from snippets.labs.digits import Digits
from snippets.labs.reviews import read_reviews

RATE = 0.002  # an example; at a batch of 50 that is 0.1
BUSY = "import sys, time\nend = time.time() + float(sys.argv[1])\nwhile time.time() < end: sum(range(9999))"


def cnn(width: int) -> nn.Module:
    """Two convolutions and one dense layer, on 28 × 28 pixels."""
    return nn.Sequential(
        nn.Conv2d(1, width, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(width, 2 * width, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(2 * width * 49, digits.CLASSES),
    )


def dense(width: int) -> nn.Module:
    """Two wide hidden layers, where nearly all work is multiplying matrices."""
    return nn.Sequential(
        nn.Flatten(),
        nn.Linear(784, width),
        nn.ReLU(),
        nn.Linear(width, width),
        nn.ReLU(),
        nn.Linear(width, digits.CLASSES),
    )


def epoch(model: nn.Module, data: Digits, batch: int) -> None:
    """Go over the digits once, in random order, by plain gradient descent at a rate in proportion to the batch.

    Without torch.optim, whose first step loads seconds of code that no job here needs.
    """
    model.train()
    rate = RATE * batch
    for rows in torch.randperm(len(data)).split(batch):
        model.zero_grad()
        cross_entropy(model(data.images[rows]), data.labels[rows]).backward()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter -= rate * parameter.grad


@torch.inference_mode()
def answers(model: nn.Module, images: torch.Tensor, batch: int) -> torch.Tensor:
    """The classes that a network gives."""
    model.eval()
    return torch.cat([model(part).argmax(1) for part in images.split(batch)])


def accuracy(model: nn.Module, data: Digits, batch: int = 250) -> float:
    """Share of digits that are read rightly."""
    return (answers(model, data.images, batch) == data.labels).double().mean().item()


@functools.cache
def reviews() -> tuple[list[str], list[bool]]:
    """The reviews, without repeats, by their place in a shuffled order."""
    found = {review.text: review.positive for review in read_reviews()}
    texts = list(found)
    order = np.random.default_rng(0).permutation(len(texts))
    return [texts[row] for row in order], [found[texts[row]] for row in order]


def job_cnn(seed: int, size: int) -> None:
    """Train a small network on so many digits, three times over."""
    torch.manual_seed(seed)
    model, data = cnn(16), digits.load().take(torch.randperm(5000)[:size].numpy())
    for _ in range(3):
        epoch(model, data, 50)


def job_tfidf(seed: int, size: int) -> None:
    """Count characters of so many reviews and learn from them."""
    texts, labels = reviews()
    rows = np.random.default_rng(seed).choice(len(texts), size, replace=False)
    vectors = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2).fit_transform(
        [texts[row] for row in rows]
    )
    LogisticRegression(max_iter=300).fit(vectors, [labels[row] for row in rows])


def job_inference(seed: int, size: int) -> None:
    """Read so many digits with an untrained network: what it answers makes no difference to the work."""
    torch.manual_seed(seed)
    model, images = cnn(16), digits.load().images
    for start in range(0, size, 1000):
        answers(model, images[start % 5000 : start % 5000 + 1000], 100)


JOBS = {"cnn": job_cnn, "tfidf": job_tfidf, "inference": job_inference}


def keep_busy(seconds: float) -> None:
    """One thread works for so long."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        sum(range(9999))


def do_nothing(seconds: float) -> None:
    """Our process sleeps."""
    time.sleep(seconds)


def keep_two_busy(seconds: float) -> None:
    """We work, and so does a child of ours."""
    with subprocess.Popen([sys.executable, "-c", BUSY, str(seconds)]):
        keep_busy(seconds)


def while_a_neighbour_works(seconds: float) -> None:
    """We sleep while a process that is no child of ours works: the shell that starts it ends at once."""
    command = [
        "sh",
        "-c",
        '"$0" -c "$1" "$2" >/dev/null 2>&1 &',
        sys.executable,
        BUSY,
        str(seconds),
    ]
    subprocess.run(command, check=True)
    time.sleep(seconds)


CONDITIONS = {
    "asleep": do_nothing,
    "one": keep_busy,
    "two": keep_two_busy,
    "neighbour": while_a_neighbour_works,
}


# --8<-- [start:savings]
def timed(work: Callable[[], object]) -> tuple[float, object]:
    """Processor seconds of a piece of work, and what it gave."""
    start = time.process_time()
    made = work()
    return time.process_time() - start, made


def trained(
    model: nn.Module, data: Digits, epochs: int, batch: int, validation: Digits | None = None
) -> nn.Module:
    """A network after so many epochs; with validation digits it stops after two epochs without a better one.

    It keeps the weights of the best epoch then.
    """
    best, since, weights = -1.0, 0, {}
    for _ in range(epochs):
        epoch(model, data, batch)
        if validation is None:
            continue
        now = accuracy(model, validation)
        if now > best:
            best, since = now, 0
            weights = {name: value.clone() for name, value in model.state_dict().items()}
        else:
            since += 1
        if since == 2:
            break
    if weights:
        model.load_state_dict(weights)
    return model


def savings(seed: int, train: int, epochs: int, repeats: int) -> dict:
    """For each way to save: processor seconds before and after, and both accuracies on the same test digits.

    train: digits to learn from; 500 more are for validation, used by early stopping alone, and the rest are for the test.
    """
    every = digits.load()
    rest, _ = digits.deal(every.labels.numpy(), 10, seed)[0]
    data, validation = every.take(rest[:train]), every.take(rest[train : train + 500])
    test = every.take(rest[train + 500 : train + 1500])

    def made(width: int, batch: int, times: int, look: Digits | None = None) -> dict:
        torch.manual_seed(seed)
        model = cnn(width)
        seconds, model = timed(lambda: trained(model, data, times, batch, look))
        return {"seconds": seconds, "accuracy": accuracy(model, test)}

    def read(model: nn.Module, batch: int) -> dict:
        images = test.images[:250]
        answers(model, images[:50], batch)  # the first call prepares what later ones use
        seconds, found = timed(lambda: [answers(model, images, batch) for _ in range(repeats)])
        right = (found[0] == test.labels[:250]).double().mean().item()
        return {"seconds": seconds, "accuracy": right}

    plain = made(16, 50, epochs)
    torch.manual_seed(seed)
    wide = trained(dense(1024), data, 3, 50)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # PyTorch announces that this moves to torchao
        small = torch.ao.quantization.quantize_dynamic(wide, {nn.Linear}, dtype=torch.qint8)
    network = trained(cnn(16), data, 1, 50)
    return {
        "early_stopping": [plain, made(16, 50, epochs, validation)],
        "smaller": [plain, made(4, 50, epochs)],
        "training_batch": [made(16, 5, max(1, epochs // 4)), made(16, 50, max(1, epochs // 4))],
        "inference_batch": [read(network, 1), read(network, 50)],
        "int8": [read(wide, 50), read(small, 50)],
    }


# --8<-- [end:savings]
