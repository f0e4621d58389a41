"""The model: a pre-trained BERT by name or folder, or a small one made from nothing."""

import os
from collections.abc import Sequence
from errno import ENOSPC
from pathlib import Path

import torch
from huggingface_hub import HfApi, try_to_load_from_cache
from huggingface_hub.errors import HFValidationError, RepositoryNotFoundError
from safetensors import SafetensorError
from transformers import (
    AutoModelForSequenceClassification,
    AutoTokenizer,
    BertConfig,
    BertModel,
    PreTrainedModel,
    PreTrainedTokenizerBase,
)

from snippets.bert_text_classification.tokenisation import build_tokenizer
from snippets.runs import InputError

HUB_SECONDS = 5


# --8<-- [start:small]
def make_small_model(texts: Sequence[str], folder: Path, seed: int) -> None:
    """Write a small BERT with random weights and a vocabulary of its own, in the layout of a pre-trained one.

    Two layers, hidden size 128 (BERT base: twelve and 768). From here on nothing knows that it is not
    pre-trained: it is loaded by its path, as any other model.
    """
    tokenizer = build_tokenizer(texts)
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=128,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=512,
        max_position_embeddings=512,
    )
    save(BertModel(config), tokenizer, folder)


# --8<-- [end:small]


def save(model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, folder: Path) -> None:
    """Write a model and its tokenizer into a folder. Raises OSError when there is no room."""
    try:
        model.save_pretrained(folder)
        tokenizer.save_pretrained(folder)
    except SafetensorError as error:  # its writer reports a full disk in its own way
        raise OSError(ENOSPC, "no space left", str(folder)) from error


def find_model(name: str) -> bool:
    """Check that a model can be had, before anything else is done; True when it needs no hub.

    A local folder comes first, then what a former download left in the cache, then one question to the
    hub, asked once. Raises InputError within HUB_SECONDS of a hub that does not answer; the library
    alone would try again for minutes.
    """
    path = Path(name)
    if os.path.isdir(name):  # Path.is_dir raises for a name that is too long
        if not (path / "config.json").is_file():
            raise InputError(f"--model {name} is a folder without config.json: it holds no model")
        return True
    if (
        os.path.exists(name)
        or path.is_absolute()
        or name.startswith((".", "~"))
        or "\\" in name
        or name.count("/") > 1
    ):
        raise InputError(f"--model {name} is no folder with a model")
    try:
        if isinstance(try_to_load_from_cache(name, "config.json"), str):
            return True
        HfApi().model_info(name, timeout=HUB_SECONDS)
    except RepositoryNotFoundError:
        raise InputError(
            f"--model {name}: there is no such folder here and no such model on the hub"
        ) from None
    except HFValidationError as error:
        raise InputError(
            f"--model {name} is neither a folder nor a name on the hub: {error}"
        ) from None
    except Exception as error:  # whatever the network says, there is no model
        raise InputError(
            f"--model {name}: no such folder here, and no model hub answers ({type(error).__name__}); give a "
            "local folder, name a mirror in HF_ENDPOINT, or leave --model out to train a small BERT from nothing"
        ) from None
    return False


# --8<-- [start:load]
def load(
    name: str,
    names: Sequence[str],
    seed: int,
    max_length: int,
) -> tuple[PreTrainedModel, PreTrainedTokenizerBase]:
    """Load a model and its tokenizer, with a classification head for these classes.

    A head that the model does not have, or has for other classes, starts from random weights: the seed
    makes them the same ones every time. Raises InputError when the folder's files cannot be used.
    """
    local = find_model(name)
    torch.manual_seed(seed)
    model, tokenizer, missing = read_model(
        name,
        local,
        id2label=dict(enumerate(names)),
        label2id={label: i for i, label in enumerate(names)},
        ignore_mismatched_sizes=True,
    )
    below = [
        key
        for key in missing
        if key.startswith(f"{model.base_model_prefix}.") and "pooler" not in key
    ]
    if below:
        raise InputError(f"--model {name} lacks weights, such as {below[0]}")
    longest = getattr(model.config, "max_position_embeddings", max_length)
    if max_length > longest:
        raise InputError(
            f"--max-length {max_length} is more than the {longest} tokens that this model can read"
        )
    return model, tokenizer


# --8<-- [end:load]


def read_model(
    name: str, local: bool, **options
) -> tuple[PreTrainedModel, PreTrainedTokenizerBase, set[str]]:
    """A classifier, its tokenizer, and which weights were not there: those are random now.

    Raises InputError when the files cannot be used. Code that a folder brings along is never run.
    """
    try:
        tokenizer = AutoTokenizer.from_pretrained(
            name, local_files_only=local, trust_remote_code=False
        )
        model, found = AutoModelForSequenceClassification.from_pretrained(
            name,
            local_files_only=local,
            trust_remote_code=False,
            output_loading_info=True,
            **options,
        )
    except Exception as error:  # a damaged folder fails in many ways, none of them ours
        first = next(iter(str(error).strip().splitlines()), type(error).__name__)
        raise InputError(f"the model {name} cannot be loaded: {first}") from None
    if len(tokenizer) > model.config.vocab_size:
        raise InputError(
            f"the model {name} knows {model.config.vocab_size} tokens, its tokenizer {len(tokenizer)}"
        )
    return model, tokenizer, set(found["missing_keys"])
