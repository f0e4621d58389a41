"""The tables and figures of the page about text classification."""

from html import escape

import numpy as np
from matplotlib.figure import Figure

from handbook.record.show import made, table
from snippets.labs.show import WIDTH, caption, style, words

WORDS = {
    "method": ("方法", "Method"),
    "accuracy": ("测试准确率", "Test accuracy"),
    "interval": (
        "95% 区间",
        "95% interval",
    ),  # below the accuracy, so that a phone shows the last column
    "macro_f1": ("宏平均 F1", "Macro F1"),
    "majority": ("多数类", "Majority class"),
    "tfidf": ("TF-IDF + 逻辑回归", "TF-IDF + logistic regression"),
    "bert": ("小 BERT，从零训练", "Small BERT, from scratch"),
    "seed": ("随机种子", "Random seed"),
    "class": ("类别", "Class"),
    "precision": ("精确率", "Precision"),
    "recall": ("召回率", "Recall"),
    "examples": ("样本数", "Examples"),
    "of": ("/", "&nbsp;of&nbsp;"),
    "clean": ("去重后", "Repeats removed"),
    "leaking": ("不去重", "Repeats kept"),
    "leaked": (
        "测试集中也出现在训练集或验证集里的文本",
        "Test texts that also occur in training or validation",
    ),
    "unseen": ("{}，只看没见过的测试文本", "{}, unseen test texts only"),
    "text": ("评论", "Review"),
    "true": ("标签", "Label"),
    "predicted": ("判为", "Taken for"),
    "probability": ("概率", "Probability"),
    "negative": ("差评", "negative"),
    "positive": ("好评", "positive"),
    "epoch": ("轮次", "epoch"),
    "loss": ("损失（交叉熵）", "loss (cross-entropy)"),
    "train": ("训练", "training"),
    "validation": ("验证", "validation"),
    "best": ("取这一轮", "kept"),
}
# What stands beside a bar has another case than the head of a column, and on two lines fits a phone.
LABELS = {
    "majority": ("多数类", "majority class"),
    "tfidf": ("TF-IDF + 逻辑回归", "TF-IDF +\nlogistic regression"),
    "bert": ("小 BERT，从零训练", "small BERT,\nfrom scratch"),
    "clean": ("去重后", "repeats removed"),
    "leaking": ("不去重", "repeats kept"),
    "test_accuracy": ("测试准确率", "test accuracy"),
}
METHODS = ("majority", "tfidf", "bert")
LONGEST = 60  # characters of a review in a table


def scores_of(result: dict) -> dict[str, dict]:
    """The scores of the three methods."""
    return result["baselines"] | {"bert": result["test"]}


def scores(result: dict, language: str) -> str:
    """What a phone shows of the three methods' scores."""
    text = words(language, WORDS)
    rows = []
    for name in METHODS:
        score = scores_of(result)[name]
        low, high = score["interval"]
        others = [f"{score[key]:.3f}" for key in ("macro_f1", "roc_auc")]
        rows.append([text[name], f"{score['accuracy']:.3f}<br>{low:.3f}–{high:.3f}", *others])
    accuracy = f"{text['accuracy']}<br>{text['interval']}"
    heads = [text["method"], accuracy, text["macro_f1"], "ROC AUC"]
    return table(heads, rows)


def seeds(result: dict, language: str) -> str:
    """Accuracy of each training beside its baseline; they differ in their seed only."""
    text = words(language, WORDS)
    rows = [
        [str(run["seed"]), f"{run['tfidf']:.3f}", f"{run['bert']:.3f}"] for run in result["seeds"]
    ]
    return table([text["seed"], text["tfidf"], text["bert"]], rows)


def per_class(result: dict, language: str) -> str:
    """Precision, recall and F1 of each class."""
    text = words(language, WORDS)
    rows = []
    for row in result["test"]["per_class"]:
        found = [f"{row[score]:.3f}" for score in ("precision", "recall", "f1")]
        rows.append([text[row["name"]], *found, str(row["examples"])])
    heads = [text["class"], text["precision"], text["recall"], "F1", text["examples"]]
    return table(heads, rows)


def leak(result: dict, language: str) -> str:
    """Accuracy with repeats removed and kept, and of the latter on texts that it had not seen."""
    text = words(language, WORDS)
    columns = (result, result["leaking"])
    found = [f"{c['data']['leaked']}{text['of']}{c['data']['test']}" for c in columns]
    rows = [[text["leaked"], *found]]
    both = [scores_of(column) for column in columns]
    # With repeats removed, no test text has been seen.
    unseen = [both[0], result["leaking"]["unseen"]]
    for label, pair in (("{}", both), (text["unseen"], unseen)):
        for name in ("tfidf", "bert"):
            accuracy = [f"{scores[name]['accuracy']:.3f}" for scores in pair]
            rows.append([label.format(text[name]), *accuracy])
    return table(["", text["clean"], text["leaking"]], rows)


def examples(result: dict, language: str) -> str:
    """Three reviews of each sort: sure and right, sure and wrong, unsure."""
    text = words(language, WORDS)
    heads = [text[key] for key in ("text", "true", "predicted", "probability")]
    rows = []
    for sort in ("right", "wrong", "unsure"):
        for example in result["examples"][sort][:3]:
            review = f'<span lang="zh">{cell(example["text"])}</span>'
            labels = [text[example["true"]], text[example["predicted"]]]
            rows.append([review, *labels, f"{example['probability']:.3f}"])
    return table(heads, rows, 3)


def cell(text: str) -> str:
    """A review for one cell: shortened, without anything that Markdown or HTML reads as a mark."""
    text = " ".join(text.split())
    text = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return escape(text).translate({ord(c): f"&#{ord(c)};" for c in "|*_`[]\\~<>#"})


def curve(result: dict, colours: dict, language: str) -> Figure:
    """Training loss over the steps, and validation loss after each epoch."""
    text = words(language, WORDS)
    figure = Figure(figsize=(WIDTH, 2.9))
    axes = figure.subplots()
    figure.subplots_adjust(0.11, 0.15, 0.96, 0.9)
    steps, epochs, best = result["curve"], result["history"], result["best_epoch"]
    every = steps["every"] / (steps["steps"] / len(epochs))
    x = (np.arange(len(steps["losses"])) + 0.5) * every
    axes.plot(x, steps["losses"], color=colours["second"], linewidth=0.9, label=text["train"])
    axes.plot(
        [epoch["epoch"] for epoch in epochs],
        [epoch["validation_loss"] for epoch in epochs],
        color=colours["first"],
        marker="o",
        markersize=4,
        linewidth=1.5,
        label=text["validation"],
    )
    axes.axvline(best, color=colours["soft"], linewidth=0.8, linestyle=":")
    at = {"ha": "right", "va": "top", "fontsize": 9}
    axes.text(best, axes.get_ylim()[1], f"{text['best']} ", color=colours["soft"], **at)
    axes.set_xticks(range(len(epochs) + 1))
    axes.set_ylim(bottom=0)
    caption(axes, text["loss"], colours)
    axes.set_xlabel(text["epoch"], fontsize=9, color=colours["soft"])
    style(axes, colours)
    axes.legend(frameon=False, fontsize=9, labelcolor=colours["ink"], loc="lower left")
    return figure


def comparison(result: dict, colours: dict, language: str) -> Figure:
    """Test accuracy of the three methods, with intervals, with repeats removed and kept."""
    text = words(language, LABELS)
    figure = Figure(figsize=(WIDTH, 3.0))
    axes = figure.subplots()
    figure.subplots_adjust(0.36, 0.13, 0.95, 0.8)
    for offset, key, name, data in (
        (-0.17, "first", "clean", result),
        (0.17, "second", "leaking", result["leaking"]),
    ):
        for i, method in enumerate(METHODS):
            score, at = scores_of(data)[method], i + offset
            accuracy, label = score["accuracy"], text[name] if i == 0 else None
            axes.plot(score["interval"], [at] * 2, color=colours[key], linewidth=1.4)
            axes.plot(accuracy, at, "o", color=colours[key], markersize=6, label=label)
            number = {"ha": "center", "fontsize": 9, "color": colours["ink"]}
            above = (
                {"y": at - 0.11, "va": "bottom"} if offset < 0 else {"y": at + 0.11, "va": "top"}
            )
            axes.text(accuracy, s=f"{accuracy:.3f}", **above, **number)
    axes.set_yticks(range(3), [text[method] for method in METHODS])
    axes.set_ylim(2.5, -0.5)
    axes.set_xlim(0.45, 1.0)
    style(axes, colours)
    axes.grid(axis="x", color=colours["rule"], linewidth=0.5)
    axes.tick_params(axis="y", colors=colours["ink"])
    axes.set_xlabel(text["test_accuracy"], fontsize=9, color=colours["soft"])
    spaces = {"handletextpad": 0.2, "columnspacing": 1}
    look = {"frameon": False, "fontsize": 9, "labelcolor": colours["ink"]}
    figure.legend(loc="upper right", ncols=2, **look, **spaces)
    return figure


TABLES = {
    "made": made,
    "scores": scores,
    "seeds": seeds,
    "per-class": per_class,
    "leak": leak,
    "examples": examples,
}
FIGURES = {"bert-curve": curve, "bert-comparison": comparison}
