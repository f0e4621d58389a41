"""The figures of the problem pages: SVG from what was recorded, light and dark, Chinese and English."""

import io
import re
import warnings
from collections.abc import Callable
from pathlib import Path

import matplotlib
import numpy as np
from matplotlib.figure import Figure

from handbook.record.code_hash import ROOT
from handbook.record.keep import RECORDINGS, read_result

# The colours of overrides/assets/stylesheets/handbook.css.
THEMES = {
    "light": {"ink": "#23201c", "soft": "#5d564c", "rule": "#d5cbb8", "first": "#a8341b", "second": "#1f5a96", "map": ["#fdfbf6", "#a8341b"]},
    "dark": {"ink": "#dcd8cf", "soft": "#a9a49a", "rule": "#454a54", "first": "#f0876d", "second": "#8dbdf0", "map": ["#16181d", "#f0876d"]},
}
FONTS = (
    "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', 'PingFang SC', 'Microsoft YaHei', "
    "'Noto Sans CJK SC', 'Noto Sans SC', sans-serif"
)
WIDTH = 3.6  # inches: 346 pixels, the text of a phone
WORDS = {
    "zh": {
        "epoch": "轮次", "loss": "损失（交叉熵）", "accuracy": "准确率", "train": "训练", "validation": "验证",
        "best": "取这一轮", "true": "真实数字", "predicted": "判成的数字", "step": "步", "majority": "多数类",
        "tfidf": "TF-IDF + 逻辑回归", "bert": "小 BERT，从零训练", "clean": "去重后", "leaking": "不去重",
        "test_accuracy": "测试准确率", "negative": "差评", "positive": "好评",
    },
    "en": {
        "epoch": "epoch", "loss": "loss (cross-entropy)", "accuracy": "accuracy", "train": "training",
        "validation": "validation", "best": "kept", "true": "true digit", "predicted": "taken for", "step": "step",
        "majority": "majority class", "tfidf": "TF-IDF +\nlogistic regression", "bert": "small BERT,\nfrom scratch", "clean": "repeats removed",
        "leaking": "repeats kept", "test_accuracy": "test accuracy", "negative": "negative", "positive": "positive",
    },
}
Draw = Callable[[dict, dict, dict], Figure]


def style(axes, colours: dict) -> None:
    """Thin lines, no box."""
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(colours["rule"])
    axes.tick_params(colors=colours["soft"], labelsize=9, length=0)
    axes.grid(axis="y", color=colours["rule"], linewidth=0.5)
    axes.set_axisbelow(True)
    axes.xaxis.label.set_color(colours["soft"])
    axes.yaxis.label.set_color(colours["soft"])


def caption(axes, text: str, colours: dict) -> None:
    """What the vertical axis shows, written above it: nobody reads text that stands on end."""
    axes.set_title(text, loc="left", fontsize=9, color=colours["soft"], pad=6)


def cnn_curves(result: dict, colours: dict, words: dict) -> Figure:
    """Loss and accuracy of each epoch, on the training and the validation part."""
    figure = Figure(figsize=(WIDTH, 4.4))
    upper, lower = figure.subplots(2, 1, sharex=True)
    figure.subplots_adjust(0.13, 0.1, 0.96, 0.94, hspace=0.3)
    history = result["history"]
    epochs = range(1, result["epochs"] + 1)
    for axes, name in ((upper, "loss"), (lower, "accuracy")):
        axes.plot(epochs, history[name], color=colours["second"], marker="o", markersize=4, linewidth=1.5, label=words["train"])
        axes.plot(epochs, history[f"val_{name}"], color=colours["first"], marker="o", markersize=4, linewidth=1.5, label=words["validation"])
        axes.axvline(result["best_epoch"], color=colours["soft"], linewidth=0.8, linestyle=":")
        caption(axes, words[name], colours)
        style(axes, colours)
    upper.text(result["best_epoch"], upper.get_ylim()[1], words["best"] + " ", ha="right", va="top", fontsize=9, color=colours["soft"])
    lower.set_xticks(list(epochs))
    lower.set_xlabel(words["epoch"], fontsize=9, color=colours["soft"])
    lower.legend(frameon=False, fontsize=9, labelcolor=colours["ink"], loc="lower right")
    return figure


def cnn_confusion(result: dict, colours: dict, words: dict) -> Figure:
    """How often each digit is taken for each other one; what was right is left out, or it would hide the rest."""
    confusion = np.array(result["test"]["confusion"])
    wrong = confusion * (1 - np.eye(len(confusion), dtype=int))
    figure = Figure(figsize=(WIDTH, 3.5))
    axes = figure.subplots()
    figure.subplots_adjust(0.1, 0.02, 0.99, 0.86)
    scale = matplotlib.colors.LinearSegmentedColormap.from_list("", colours["map"])
    names = result["names"]
    axes.set_xlim(-0.5, len(names) - 0.5)
    axes.set_ylim(len(names) - 0.5, -0.5)
    for row, column in zip(*np.nonzero(wrong), strict=True):
        count = wrong[row, column]
        share = count / wrong.max()
        axes.add_patch(matplotlib.patches.Rectangle((column - 0.46, row - 0.46), 0.92, 0.92, color=scale(0.1 + 0.9 * share), linewidth=0))
        dark_text = (share < 0.5) == (colours is THEMES["light"])
        axes.text(column, row, str(count), ha="center", va="center", fontsize=9, color="#1b1815" if dark_text else "#fdfbf6")
    for i in range(len(names)):
        axes.add_patch(matplotlib.patches.Rectangle((i - 0.46, i - 0.46), 0.92, 0.92, color=colours["rule"], alpha=0.5, linewidth=0))
    axes.set_xticks(range(len(names)), names)
    axes.set_yticks(range(len(names)), names)
    axes.xaxis.tick_top()
    axes.xaxis.set_label_position("top")
    axes.set_xlabel(words["predicted"], fontsize=9, color=colours["soft"])
    axes.set_ylabel(words["true"], fontsize=9, color=colours["soft"], labelpad=2)
    axes.tick_params(colors=colours["ink"], labelsize=9, length=0)
    for side in axes.spines.values():
        side.set_visible(False)
    return figure


def cnn_mistakes(result: dict, colours: dict, words: dict) -> Figure:
    """The twelve digits that it got wrong with the greatest certainty."""
    with np.load(RECORDINGS / "cnn_image_classification" / "mistakes.npz") as archive:
        images = archive["images"]
    shown = result["mistakes"][:12]
    figure = Figure(figsize=(WIDTH, 3.6))
    grid = figure.subplots(3, 4)
    figure.subplots_adjust(0.01, 0.02, 0.99, 0.94, hspace=0.35, wspace=0.12)
    ink = matplotlib.colors.LinearSegmentedColormap.from_list("", [colours["map"][0], colours["ink"]])
    for axes, mistake, image in zip(grid.flat, shown, images, strict=False):
        # "none" keeps the 28 by 28 pixels as they are, in a fraction of what squares would take.
        axes.imshow(image, cmap=ink, vmin=0, vmax=255, interpolation="none")
        axes.set_xticks([])
        axes.set_yticks([])
        for side in axes.spines.values():
            side.set_color(colours["rule"])
        axes.set_title(f"{mistake['true']} → {mistake['predicted']}  {mistake['probability_predicted']:.4f}", fontsize=8.5, color=colours["ink"], pad=4)
    return figure


def bert_curve(result: dict, colours: dict, words: dict) -> Figure:
    """Training loss over the steps, and validation loss after each epoch."""
    figure = Figure(figsize=(WIDTH, 2.9))
    axes = figure.subplots()
    figure.subplots_adjust(0.11, 0.15, 0.96, 0.9)
    curve, epochs = result["curve"], result["history"]
    steps = curve["steps"] / len(epochs)
    x = (np.arange(len(curve["losses"])) + 0.5) * curve["every"] / steps
    axes.plot(x, curve["losses"], color=colours["second"], linewidth=0.9, label=words["train"])
    axes.plot([e["epoch"] for e in epochs], [e["validation_loss"] for e in epochs], color=colours["first"], marker="o", markersize=4, linewidth=1.5, label=words["validation"])
    axes.axvline(result["best_epoch"], color=colours["soft"], linewidth=0.8, linestyle=":")
    axes.text(result["best_epoch"], axes.get_ylim()[1], f"{words['best']} ", ha="right", va="top", fontsize=9, color=colours["soft"])
    axes.set_xticks(range(len(epochs) + 1))
    axes.set_ylim(bottom=0)
    caption(axes, words["loss"], colours)
    axes.set_xlabel(words["epoch"], fontsize=9, color=colours["soft"])
    style(axes, colours)
    axes.legend(frameon=False, fontsize=9, labelcolor=colours["ink"], loc="lower left")
    return figure


def bert_comparison(result: dict, colours: dict, words: dict) -> Figure:
    """Test accuracy of the three, with intervals, with repeats removed and kept."""
    figure = Figure(figsize=(WIDTH, 3.0))
    axes = figure.subplots()
    figure.subplots_adjust(0.36, 0.13, 0.95, 0.8)
    rows = ("majority", "tfidf", "bert")
    for offset, key, name, data in (
        (-0.17, "first", "clean", result), (0.17, "second", "leaking", result["leaking"]),
    ):
        scores = [data["baselines"]["majority"], data["baselines"]["tfidf"], data["test"]]
        for i, score in enumerate(scores):
            low, high = score["interval"]
            axes.plot([low, high], [i + offset] * 2, color=colours[key], linewidth=1.4)
            axes.plot(score["accuracy"], i + offset, "o", color=colours[key], markersize=6, label=words[name] if i == 0 else None)
            axes.text(score["accuracy"], i + offset - 0.13, f"{score['accuracy']:.3f}", ha="center", fontsize=9, color=colours["ink"])
    axes.set_yticks(range(3), [words[row] for row in rows])
    axes.set_ylim(2.5, -0.5)
    axes.set_xlim(0.45, 1.0)
    style(axes, colours)
    axes.grid(axis="x", color=colours["rule"], linewidth=0.5)
    axes.tick_params(axis="y", colors=colours["ink"])
    axes.set_xlabel(words["test_accuracy"], fontsize=9, color=colours["soft"])
    figure.legend(frameon=False, fontsize=9, labelcolor=colours["ink"], loc="upper right", ncols=2, handletextpad=0.2, columnspacing=1)
    return figure


FIGURES: dict[str, tuple[str, Draw]] = {
    "cnn-curves": ("cnn_image_classification", cnn_curves),
    "cnn-confusion": ("cnn_image_classification", cnn_confusion),
    "cnn-mistakes": ("cnn_image_classification", cnn_mistakes),
    "bert-curve": ("bert_text_classification", bert_curve),
    "bert-comparison": ("bert_text_classification", bert_comparison),
}


def as_svg(figure: Figure) -> str:
    """A figure as SVG text: its letters stay letters, in the fonts of the site, and no date is in it."""
    buffer = io.StringIO()
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "handbook"}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")  # the reader's browser has the Chinese font
        figure.savefig(buffer, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    text = buffer.getvalue()
    text = re.sub(r"font: ([\d.]+)px [^;\"]*", lambda m: f"font: {m[1]}px {FONTS}", text)
    text = re.sub(r"\s*<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    # Hundredths of a point are fine enough for places, which stand in tags; what is written stays as it is.
    text = re.sub(r"<[^>]*>", lambda tag: re.sub(r"(\d+\.\d{2})\d+", r"\1", tag[0]), text)
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


def figures_of(name: str) -> dict[Path, str]:
    """All files of one figure with their content."""
    recording, draw = FIGURES[name]
    result = read_result(RECORDINGS / recording)
    files = {}
    for language, words in WORDS.items():
        for theme, colours in THEMES.items():
            path = ROOT / "docs" / language / "problems" / "figures" / f"{name}-{theme}.svg"
            files[path] = as_svg(draw(result, colours, words))
    return files


def draw_all() -> None:
    """Write every figure whose recording is there."""
    for name, (recording, _) in FIGURES.items():
        if (RECORDINGS / recording / "result.json").is_file():
            for path, text in figures_of(name).items():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8", newline="\n")
