"""Does 16 bits cost anything on one's own texts? The small model of the lab, trained on a file of them."""

from pathlib import Path

from snippets.bert_text_classification.own_texts import UTF_8, read_lines
from snippets.labs.memory import FULL, Settings, batches, fresh, learn, losses, shape_of
from snippets.labs.memory.data import as_rows, different, split, vocabulary
from snippets.labs.memory.model import Model
from snippets.labs.memory.recipes import RECIPES
from snippets.runs import InputError

LEAST = 100  # different texts
TRIED = ("fp32", "autocast", "master", "bf16", "bf16_sr")
RATE = 3e-3


def compare_file(
    path: Path, encoding: str = UTF_8, settings: Settings = FULL, seed: int = 0
) -> dict:
    """Test loss a character of five recipes, of texts one a line. Nothing is written.

    Repeats and empty lines are taken out; of a text longer than the model's context the beginning is read. Raises
    InputError in one sentence for what cannot be used.
    """
    lines = read_lines(Path(path), encoding)
    texts = different(lines)
    if len(texts) < LEAST:
        raise InputError(
            f"{path} holds {len(texts)} different texts, one a line; it takes at least {LEAST} different texts"
        )
    parts = split(texts, max(20, len(texts) // 10))
    characters = vocabulary(parts["train"], settings.vocabulary)
    rows = {name: as_rows(of, characters, settings.context) for name, of in parts.items()}
    found = {}
    for name in TRIED:
        model: Model = fresh(shape_of(settings), RECIPES[name], seed)
        steps = batches(rows["train"], settings.rows, seed, settings.steps)
        learn(model, RECIPES[name], RATE, steps)
        found[name] = losses(model, rows["test"])["all"]
    return {
        "texts": len(texts),
        "left_out": len(lines) - len(texts),
        "cut": sum(len(text) >= settings.context for text in texts),
        "loss": found,
    }


def as_table(found: dict) -> str:
    """A comparison as lines for a terminal."""
    plain = found["loss"]["fp32"]
    lines = [
        f"{found['texts']} texts; left out: {found['left_out']} repeats or empty lines; cut: {found['cut']}"
    ]
    lines += [
        f"{name:<9} test loss {loss:.4f}   against fp32 {loss - plain:+.4f}"
        for name, loss in found["loss"].items()
    ]
    return "\n".join(lines)
