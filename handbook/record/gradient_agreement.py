"""Two processes against one, and a short training in two processes."""

import shutil

from handbook.record.bert_text_classification import PROGRAM, SMALL
from handbook.record.keep import WORK, Stopwatch, keep, run

MODULE = "snippets.gradient_agreement"
TORCHRUN = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2", "-m"]


def record() -> None:
    """Run both and keep what they print."""
    watch = Stopwatch()
    folder = WORK / "gradient_agreement"
    shutil.rmtree(folder, ignore_errors=True)
    printed = run(*TORCHRUN, MODULE)
    trained = run(*TORCHRUN, PROGRAM, "train", *SMALL, "--out", str(folder / "small"))
    differences = [float(line.rsplit(" ", 1)[1]) for line in printed.splitlines()]
    names = ("cnn_equal", "cnn_unequal", "bert_equal", "bert_unequal")
    keep("gradient_agreement", MODULE, dict(zip(names, differences, strict=True)), {
        "agreement": printed, "training": trained,
    }, watch.seconds)
