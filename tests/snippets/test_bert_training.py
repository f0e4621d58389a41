"""The training loop: the mask is passed, dropout is on and off where it should be, a rerun goes on exactly."""

import numpy as np
import pytest
import torch

from snippets.bert_text_classification import training
from snippets.bert_text_classification.baselines import majority, tfidf
from snippets.bert_text_classification.model import load, make_small_model
from snippets.bert_text_classification.tokenisation import encode
from snippets.bert_text_classification.training import (
    Group,
    Settings,
    fit,
    make_loader,
    predict,
    train_epoch,
)
from snippets.runs import InputError

GOOD, BAD = "很好喜欢满意质量不错", "太差失望垃圾讨厌退货"
SETTINGS = Settings(epochs=3, batch_size=8, learning_rate=2e-3, patience=3, seed=0)
MAX_LENGTH = 24


def corpus(count, seed=0):
    """Texts of unequal length whose label is plain: characters of one sort or the other."""
    random = np.random.default_rng(seed)
    labels = [int(label) for label in random.integers(0, 2, count)]
    texts = [
        "".join(random.choice(list((BAD, GOOD)[label]), random.integers(2, 20))) for label in labels
    ]
    return texts, labels


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A small BERT as a folder."""
    path = tmp_path_factory.mktemp("bert")
    make_small_model(corpus(200)[0], path, seed=0)
    return path


@pytest.fixture
def loaded(folder):
    return load(str(folder), ["bad", "good"], seed=0, max_length=MAX_LENGTH)


@pytest.fixture
def parts(loaded):
    """Encoded training and validation sets."""

    def encoded(texts, labels):
        return encode(loaded[1], texts, MAX_LENGTH).rows, labels

    return encoded(*corpus(120)), encoded(*corpus(60, seed=1))


def same(first, second):
    return all(
        torch.equal(a, b)
        for a, b in zip(first.state_dict().values(), second.state_dict().values(), strict=True)
    )


def record_calls(model):
    calls = []
    model.register_forward_pre_hook(
        lambda module, args, kwargs: calls.append((module.training, {**kwargs})), with_kwargs=True
    )
    return calls


def test_training_passes_the_mask_and_turns_dropout_on(loaded, parts):
    model, tokenizer = loaded
    calls = record_calls(model)
    loader = make_loader(*parts[0], tokenizer, SETTINGS)
    optimizer, scheduler = training.make_optimizer(model, SETTINGS, 100)
    model.eval()
    losses = train_epoch(model, loader, optimizer, scheduler, SETTINGS)
    assert len(losses) == len(calls) == 15
    for on, batch in calls:
        assert on
        assert torch.equal(
            batch["attention_mask"], (batch["input_ids"] != tokenizer.pad_token_id).long()
        )
    assert any((batch["attention_mask"] == 0).any() for _, batch in calls)


def test_labels_stay_with_their_texts(loaded, parts):
    model, tokenizer = loaded
    seen = []
    for batch in make_loader(*parts[0], tokenizer, SETTINGS):
        for ids, label in zip(batch["input_ids"], batch["labels"], strict=True):
            text = tokenizer.decode(ids, skip_special_tokens=True).replace(" ", "")
            assert set(text) <= set((BAD, GOOD)[label])
            seen.append(text)
    assert sorted(seen) == sorted(corpus(120)[0])


def test_texts_of_like_length_share_a_batch_in_an_order_of_its_own_each_epoch(loaded, parts):
    loader = make_loader(*parts[0], loaded[1], SETTINGS)
    orders = []
    for epoch in range(2):
        loader.batch_sampler.epoch = epoch
        orders.append([i for batch in loader.batch_sampler for i in batch])
        assert sorted(orders[-1]) == list(range(120))
    assert orders[0] != orders[1]
    padded = sum(batch["input_ids"].numel() for batch in loader)
    real = sum(len(row["input_ids"]) for row in parts[0][0])
    assert real <= padded < 1.25 * real
    longest = [batch["input_ids"].shape[1] for batch in loader]
    assert longest != sorted(longest) and longest != sorted(longest, reverse=True)


def test_a_batch_that_cannot_be_shared_equally_is_filled_up():
    shares = [list(training.LikeLengths(list(range(5)), 3, 0, Group(rank, 2))) for rank in range(2)]
    assert [len(batch) for share in shares for batch in share] in ([2, 1, 2, 1], [1, 2, 1, 2])
    assert {i for share in shares for batch in share for i in batch} == set(range(5))


def test_each_process_gets_its_own_share(loaded, parts):
    shares = []
    for rank in range(2):
        batches = list(make_loader(*parts[0], loaded[1], SETTINGS, Group(rank, 2)))
        assert all(len(batch["labels"]) == SETTINGS.batch_size // 2 for batch in batches)
        shares.append(
            [tuple(ids[ids != 0].tolist()) for batch in batches for ids in batch["input_ids"]]
        )
    everything = sorted(tuple(row["input_ids"]) for row in parts[0][0])
    assert sorted(shares[0] + shares[1]) == everything


def test_prediction_turns_dropout_off_and_changes_nothing(loaded, parts):
    model, tokenizer = loaded
    model.train()
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    calls = record_calls(model)
    first, second = (predict(model, tokenizer, parts[1][0], 16) for _ in range(2))
    assert np.array_equal(first, second)
    assert not any(on for on, _ in calls)
    assert all(torch.equal(before[name], tensor) for name, tensor in model.state_dict().items())


def test_padding_does_not_change_a_prediction_nor_does_the_batch(loaded, parts):
    model, tokenizer = loaded
    rows = parts[1][0]
    together = predict(model, tokenizer, rows, 60)
    alone = np.concatenate([predict(model, tokenizer, [row]) for row in rows])
    assert np.abs(together - alone).max() < 1e-6
    assert len({len(row["input_ids"]) for row in rows}) > 5


def test_softmax_is_taken_once(loaded, parts):
    model, tokenizer = loaded
    with torch.no_grad():  # large logits: a second softmax would flatten them
        model.classifier.bias.copy_(torch.tensor([-4.0, 4.0]))
    probabilities = predict(model, tokenizer, parts[1][0])
    assert np.allclose(probabilities.sum(axis=1), 1)
    row = parts[1][0][0]
    with torch.no_grad():
        logits = model.eval()(input_ids=torch.tensor([row["input_ids"]])).logits[0].double()
    assert probabilities[0] == pytest.approx((logits.exp() / logits.exp().sum()).numpy(), abs=1e-6)
    assert probabilities[:, 1].min() > 0.9


def test_cross_entropy_by_hand():
    assert training.cross_entropy(np.array([[0.25, 0.75], [0.5, 0.5]]), [1, 0]) == pytest.approx(
        -np.log([0.75, 0.5]).mean()
    )
    assert np.isfinite(training.cross_entropy(np.array([[0.0, 1.0]]), [0]))


def test_it_learns_what_can_be_learnt(loaded, parts, tmp_path):
    model, tokenizer = loaded
    history = fit(model, tokenizer, *parts, SETTINGS, tmp_path)
    assert history[-1]["train_loss"] < history[0]["train_loss"] / 2
    texts, labels = corpus(100, seed=2)
    probabilities = predict(model, tokenizer, encode(tokenizer, texts, MAX_LENGTH).rows)
    assert (probabilities.argmax(axis=1) == labels).mean() > 0.95


def test_each_epoch_has_an_order_of_its_own(loaded, parts, tmp_path, monkeypatch):
    model, tokenizer = loaded
    real, orders = training.train_epoch, []
    monkeypatch.setattr(
        training,
        "train_epoch",
        lambda model, loader, *rest: (
            orders.append([i for batch in loader.batch_sampler for i in batch])
            or real(model, loader, *rest)
        ),
    )
    fit(model, tokenizer, *parts, SETTINGS, tmp_path)
    assert len(orders) == 3 and all(sorted(order) == list(range(120)) for order in orders)
    assert orders[0] != orders[1] != orders[2] != orders[0]


def test_labels_without_a_rule_are_not_learnt(loaded, parts, tmp_path):
    """A leak of the label into the input would show here."""
    model, tokenizer = loaded
    random = np.random.default_rng(5)
    shuffled = [
        (rows, [int(i) for i in random.integers(0, 2, len(labels))]) for rows, labels in parts
    ]
    fit(model, tokenizer, *shuffled, SETTINGS, tmp_path)
    rows = encode(tokenizer, corpus(300, seed=3)[0], MAX_LENGTH).rows
    labels = random.integers(0, 2, len(rows))
    assert 0.38 < (predict(model, tokenizer, rows).argmax(axis=1) == labels).mean() < 0.62


def test_the_best_weights_are_left_and_training_stops(loaded, parts, tmp_path, monkeypatch):
    model, tokenizer = loaded
    kept = []
    losses = iter([0.5, 0.3, 0.4, 0.6, 0.7])
    monkeypatch.setattr(
        training,
        "cross_entropy",
        lambda *_: (
            kept.append({name: tensor.clone() for name, tensor in model.state_dict().items()})
            or next(losses)
        ),
    )
    settings = Settings(epochs=5, batch_size=8, learning_rate=1e-3, patience=2, seed=0)
    history = fit(model, tokenizer, *parts, settings, tmp_path)
    assert [record["epoch"] for record in history] == [1, 2, 3, 4]
    assert training.best_epoch(history) == 2
    assert all(torch.equal(kept[1][name], tensor) for name, tensor in model.state_dict().items())


def fresh(folder):
    return load(str(folder), ["bad", "good"], seed=0, max_length=MAX_LENGTH)


def test_two_runs_agree_and_another_seed_does_not(folder, parts, tmp_path):
    runs = []
    for name, seed in (("a", 0), ("b", 0), ("c", 1)):
        (tmp_path / name).mkdir()
        model, tokenizer = fresh(folder)
        settings = Settings(epochs=1, batch_size=8, learning_rate=1e-3, patience=1, seed=seed)
        runs.append(
            (fit(model, tokenizer, *parts, settings, tmp_path / name)[0]["step_losses"], model)
        )
    assert runs[0][0] == runs[1][0] and same(runs[0][1], runs[1][1])
    assert runs[0][0] != runs[2][0]


def test_an_interrupted_training_goes_on_to_the_same_result(folder, parts, tmp_path, monkeypatch):
    whole, tokenizer = fresh(folder)
    for name in ("whole", "parts"):
        (tmp_path / name).mkdir()
    wanted = fit(whole, tokenizer, *parts, SETTINGS, tmp_path / "whole")
    real, calls = training.train_epoch, []

    def stops_in_the_second_epoch(*arguments):
        calls.append(arguments)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*arguments)

    monkeypatch.setattr(training, "train_epoch", stops_in_the_second_epoch)
    with pytest.raises(KeyboardInterrupt):
        fit(*fresh(folder), *parts, SETTINGS, tmp_path / "parts")
    monkeypatch.setattr(training, "train_epoch", real)
    model, _ = fresh(folder)
    found = fit(model, tokenizer, *parts, SETTINGS, tmp_path / "parts")
    assert same(model, whole)
    for here, there in zip(found, wanted, strict=True):
        assert (
            here["step_losses"] == there["step_losses"]
            and here["validation_loss"] == there["validation_loss"]
        )


def test_a_finished_training_is_not_trained_again(folder, parts, tmp_path, monkeypatch):
    model, tokenizer = fresh(folder)
    history = fit(model, tokenizer, *parts, SETTINGS, tmp_path)
    monkeypatch.setattr(training, "train_epoch", None)
    again, _ = fresh(folder)
    assert fit(again, tokenizer, *parts, SETTINGS, tmp_path) == history
    assert same(model, again)


def test_a_damaged_checkpoint_is_told(folder, parts, tmp_path):
    (tmp_path / training.CHECKPOINT).write_bytes(b"PK\x03\x04 cut")
    with pytest.raises(InputError, match="checkpoint.pt is damaged"):
        fit(*fresh(folder), *parts, SETTINGS, tmp_path)


@pytest.mark.parametrize("content", [{}, [], "text", {"history": [{}], "model": None}])
def test_a_checkpoint_of_another_shape_is_told(folder, parts, tmp_path, content):
    torch.save(content, tmp_path / training.CHECKPOINT)
    with pytest.raises(InputError, match="checkpoint.pt belongs to another model; delete it"):
        fit(*fresh(folder), *parts, SETTINGS, tmp_path)


def test_a_loss_that_is_no_number_is_an_error(folder, parts, tmp_path):
    model, tokenizer = fresh(folder)
    with torch.no_grad():
        model.classifier.weight.fill_(torch.nan)
    with pytest.raises(
        InputError, match="no longer a number in epoch 1: take a lower --learning-rate"
    ):
        fit(model, tokenizer, *parts, SETTINGS, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_checkpoint_of_another_model_is_told(folder, parts, tmp_path):
    fit(*fresh(folder), *parts, SETTINGS, tmp_path)
    model, tokenizer = load(str(folder), ["bad", "fair", "good"], seed=0, max_length=MAX_LENGTH)
    with pytest.raises(InputError, match="checkpoint.pt belongs to another model; delete it"):
        fit(model, tokenizer, *parts, SETTINGS, tmp_path)


def test_the_head_is_the_same_for_one_seed(folder):
    first, second = fresh(folder)[0], fresh(folder)[0]
    other, _ = load(str(folder), ["bad", "good"], seed=1, max_length=MAX_LENGTH)
    assert same(first, second)
    assert not torch.equal(first.classifier.weight, other.classifier.weight)
    assert torch.equal(
        first.bert.embeddings.word_embeddings.weight, other.bert.embeddings.word_embeddings.weight
    )


def test_baselines_know_the_training_set_alone():
    texts, labels = corpus(200)
    probabilities = tfidf(texts[:150], labels[:150], texts[150:])
    assert (
        probabilities.shape == (50, 2)
        and (probabilities.argmax(axis=1) == labels[150:]).mean() > 0.95
    )
    assert majority([0, 1, 1, 1], 2, 2).tolist() == [[0.25, 0.75], [0.25, 0.75]]
