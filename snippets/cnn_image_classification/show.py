"""The tables and figures of the page about image classification."""

import matplotlib
import numpy as np
from matplotlib.figure import Figure

from handbook.record.keep import RECORDINGS
from handbook.record.show import made, table
from snippets.labs.show import THEMES, WIDTH, caption, style, words

WORDS = {
    "digit": ("数字", "Digit"),
    "precision": ("精确率", "Precision"),
    "recall": ("召回率", "Recall"),
    "wrong": ("错的张数", "Wrong"),
    "of": ("/", "&nbsp;of&nbsp;"),
    "seed": ("随机种子", "Random seed"),
    "test_accuracy": ("测试准确率", "Test accuracy"),
    "epoch": ("轮次", "epoch"),
    "loss": ("损失（交叉熵）", "loss (cross-entropy)"),
    "accuracy": ("准确率", "accuracy"),
    "train": ("训练", "training"),
    "validation": ("验证", "validation"),
    "best": ("取这一轮", "kept"),
    "true": ("真实数字", "true digit"),
    "predicted": ("判成的数字", "taken for"),
    "test_accuracy_of": ("测试准确率", "test accuracy"),
    "as_is": ("原样", "as it is"),
    "shifted": ("右移 {} 像素", "moved by {} pixels"),
    "inverted": ("黑白颠倒", "colours inverted"),
    "always": ("总猜同一个数字", "always one answer"),
}


def classes(result: dict, language: str) -> str:
    """Precision, recall and F1 of each digit, and how many of its images were taken for another."""
    text = words(language, WORDS)
    rows = []
    for row in result["test"]["per_class"]:
        wrong = round(row["examples"] * (1 - row["recall"]))
        scores = [f"{row[score]:.4f}" for score in ("precision", "recall", "f1")]
        rows.append([row["name"], *scores, f"{wrong}{text['of']}{row['examples']}"])
    return table([text["digit"], text["precision"], text["recall"], "F1", text["wrong"]], rows)


def seeds(result: dict, language: str) -> str:
    """Accuracy of each training, which differ in their seed only."""
    text = words(language, WORDS)
    examples = result["test"]["examples"]
    rows = [
        [str(run["seed"]), f"{run['accuracy']:.4f}", str(examples - run["correct"])]
        for run in result["seeds"]
    ]
    return table([text["seed"], text["test_accuracy"], text["wrong"]], rows)


def curves(result: dict, colours: dict, language: str) -> Figure:
    """Loss and accuracy of each epoch, on the training and the validation part."""
    text = words(language, WORDS)
    figure = Figure(figsize=(WIDTH, 4.4))
    upper, lower = figure.subplots(2, 1, sharex=True)
    figure.subplots_adjust(0.13, 0.1, 0.96, 0.94, hspace=0.3)
    history, best = result["history"], result["best_epoch"]
    epochs = range(1, result["epochs"] + 1)
    line = {"marker": "o", "markersize": 4, "linewidth": 1.5}
    for axes, name in ((upper, "loss"), (lower, "accuracy")):
        train, validation = history[name], history[f"val_{name}"]
        axes.plot(epochs, train, color=colours["second"], label=text["train"], **line)
        axes.plot(epochs, validation, color=colours["first"], label=text["validation"], **line)
        axes.axvline(best, color=colours["soft"], linewidth=0.8, linestyle=":")
        caption(axes, text[name], colours)
        style(axes, colours)
    mark_best(upper, best, text, colours)
    lower.set_xticks(list(epochs))
    lower.set_xlabel(text["epoch"], fontsize=9, color=colours["soft"])
    lower.legend(frameon=False, fontsize=9, labelcolor=colours["ink"], loc="lower right")
    return figure


def mark_best(axes, epoch: int, text: dict, colours: dict) -> None:
    """Say beside its line which epoch was kept."""
    at = {"ha": "right", "va": "top", "fontsize": 9}
    axes.text(epoch, axes.get_ylim()[1], f"{text['best']} ", color=colours["soft"], **at)


def confusion(result: dict, colours: dict, language: str) -> Figure:
    """How often each digit is taken for each other; what was right is left out, or it hides the rest."""
    text = words(language, WORDS)
    counts = np.array(result["test"]["confusion"])
    wrong = counts * (1 - np.eye(len(counts), dtype=int))
    figure = Figure(figsize=(WIDTH, 3.5))
    axes = figure.subplots()
    figure.subplots_adjust(0.1, 0.02, 0.99, 0.86)
    scale = matplotlib.colors.LinearSegmentedColormap.from_list("", colours["map"])
    names = result["names"]
    axes.set_xlim(-0.5, len(names) - 0.5)
    axes.set_ylim(len(names) - 0.5, -0.5)
    for row, column in zip(*np.nonzero(wrong), strict=True):
        share = wrong[row, column] / wrong.max()
        axes.add_patch(square(column, row, color=scale(0.1 + 0.9 * share)))
        dark_text = (share < 0.5) == (colours is THEMES["light"])
        ink = "#1b1815" if dark_text else "#fdfbf6"
        count = str(wrong[row, column])
        axes.text(column, row, count, ha="center", va="center", fontsize=9, color=ink)
    for i in range(len(names)):
        axes.add_patch(square(i, i, color=colours["rule"], alpha=0.5))
    axes.set_xticks(range(len(names)), names)
    axes.set_yticks(range(len(names)), names)
    axes.xaxis.tick_top()
    axes.xaxis.set_label_position("top")
    axes.set_xlabel(text["predicted"], fontsize=9, color=colours["soft"])
    axes.set_ylabel(text["true"], fontsize=9, color=colours["soft"], labelpad=2)
    axes.tick_params(colors=colours["ink"], labelsize=9, length=0)
    for side in axes.spines.values():
        side.set_visible(False)
    return figure


def square(x: int, y: int, **look):
    """One field of the confusion matrix."""
    corner = (x - 0.46, y - 0.46)
    return matplotlib.patches.Rectangle(corner, 0.92, 0.92, linewidth=0, **look)


def mistakes(result: dict, colours: dict, language: str) -> Figure:
    """The twelve digits that it got wrong with the greatest certainty."""
    with np.load(RECORDINGS / "cnn_image_classification" / "mistakes.npz") as archive:
        images = archive["images"]
    figure = Figure(figsize=(WIDTH, 3.6))
    grid = figure.subplots(3, 4)
    figure.subplots_adjust(0.01, 0.02, 0.99, 0.94, hspace=0.35, wspace=0.12)
    shades = [colours["map"][0], colours["ink"]]
    ink = matplotlib.colors.LinearSegmentedColormap.from_list("", shades)
    for axes, mistake, image in zip(grid.flat, result["mistakes"][:12], images, strict=False):
        # "none" keeps the 28 by 28 pixels as they are, in a fraction of what squares would take.
        axes.imshow(image, cmap=ink, vmin=0, vmax=255, interpolation="none")
        axes.set_xticks([])
        axes.set_yticks([])
        for side in axes.spines.values():
            side.set_color(colours["rule"])
        probability = f"{mistake['probability_predicted']:.4f}"
        title = f"{mistake['true']} → {mistake['predicted']}  {probability}"
        axes.set_title(title, fontsize=8.5, color=colours["ink"], pad=4)
    return figure


def shifts(result: dict, colours: dict, language: str) -> Figure:
    """Test accuracy as it is, on images that were moved or inverted, and of always giving one answer."""
    text, elsewhere = words(language, WORDS), result["elsewhere"]
    found = {text["as_is"]: result["test"]["accuracy"]}
    found |= {text["shifted"].format(by): elsewhere[f"shifted_{by}"] for by in (2, 4, 6)}
    found[text["inverted"]] = elsewhere["inverted"]
    found[text["always"]] = result["majority"]["accuracy"]
    figure = Figure(figsize=(WIDTH, 2.4))
    axes = figure.subplots()
    figure.subplots_adjust(0.4 if language == "zh" else 0.48, 0.03, 0.87, 0.9)
    shown = ["first", *["second"] * 4, "soft"]
    bars = axes.barh(list(found), found.values(), 0.6, color=[colours[name] for name in shown])
    labels = [f"{accuracy:.3f}" for accuracy in found.values()]
    axes.bar_label(bars, labels, padding=4, fontsize=9, color=colours["ink"])
    axes.set_xlim(0, 1)
    axes.invert_yaxis()
    style(axes, colours)
    axes.grid(visible=False)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(axis="y", colors=colours["ink"])
    caption(axes, text["test_accuracy_of"], colours)
    return figure


TABLES = {"made": made, "classes": classes, "seeds": seeds}
FIGURES = {
    "cnn-shifts": shifts,
    "cnn-curves": curves,
    "cnn-confusion": confusion,
    "cnn-mistakes": mistakes,
}
