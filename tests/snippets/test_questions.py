"""The code of the coding questions: against a reference, by hand, and against the mistake each question names."""

import itertools
import os
import subprocess
import sys
import threading

import numpy as np
import pytest
import tiktoken
import torch
from scipy.stats import bootstrap
from torch.nn import functional

from snippets.questions import bpe, minhash
from snippets.questions.accumulation import IGNORED, train_step
from snippets.questions.attention import attention, causal_mask
from snippets.questions.beam_search import beam_search
from snippets.questions.block import Block, rms_norm, swiglu
from snippets.questions.bm25 import BM25
from snippets.questions.bootstrap import paired_bootstrap
from snippets.questions.calibration import calibration_error, fit_temperature
from snippets.questions.cross_entropy import cross_entropy, log_softmax
from snippets.questions.dpo import answer_logp, dpo_loss
from snippets.questions.int8 import linear, quantise
from snippets.questions.kv_cache import Attention, Cache
from snippets.questions.lora import LoRALinear
from snippets.questions.rope import rotate
from snippets.questions.sampling import candidates, sample
from snippets.questions.token_bucket import TokenBucket
from snippets.questions.top_k import top_k, unit


def numbers(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


class TestCrossEntropy:
    def test_loss_and_gradient_are_those_of_torch(self):
        logits, targets = 30 * numbers(6, 5), np.array([0, 4, -100, 2, 1, -100])
        loss, gradient = cross_entropy(logits, targets)
        theirs = torch.tensor(logits, requires_grad=True)
        expected = functional.cross_entropy(theirs, torch.tensor(targets))
        expected.backward()
        assert loss == pytest.approx(expected.item(), rel=1e-5)
        np.testing.assert_allclose(gradient, theirs.grad, atol=1e-6)
        np.testing.assert_allclose(gradient.sum(1), 0, atol=1e-6)

    def test_small_steps_give_the_same_gradient(self):
        logits, targets, step = numbers(3, 4).astype(float), np.array([1, 3, 0]), 1e-6
        _, gradient = cross_entropy(logits, targets)
        for place in np.ndindex(logits.shape):
            more, less = logits.copy(), logits.copy()
            more[place] += step
            less[place] -= step
            slope = (cross_entropy(more, targets)[0] - cross_entropy(less, targets)[0]) / 2 / step
            assert slope == pytest.approx(gradient[place], abs=1e-8)

    def test_what_the_plain_formula_loses(self):
        with np.errstate(all="ignore"):
            large = np.array([89.0, 0], dtype=np.float32)
            assert np.isnan(np.exp(large) / np.exp(large).sum()).any()
            far = np.array([0.0, 104], dtype=np.float32)  # softmax first, then the logarithm
            p = np.exp(far - far.max()) / np.exp(far - far.max()).sum()
            assert np.log(p)[0] == -np.inf
        assert log_softmax(far)[0] == -104 and log_softmax(large)[0] == 0

    def test_a_small_number_in_the_logarithm_caps_the_loss_and_stops_the_gradient(self):
        logits = torch.tensor([[0.0, 50.0]], requires_grad=True)
        capped = -torch.log(logits.softmax(-1) + 1e-9)[0, 0]
        capped.backward()
        assert capped.item() == pytest.approx(20.72, abs=0.01)
        assert logits.grad.abs().max() < 1e-9
        loss, gradient = cross_entropy(logits.detach().numpy(), np.array([0]))
        assert loss == pytest.approx(50) and gradient[0].tolist() == pytest.approx([-1, 1])

    def test_what_cannot_be_counted_is_refused(self):
        with pytest.raises(ValueError, match="no row"):
            cross_entropy(numbers(2, 3), np.array([-100, -100]))
        for wrong in (-1, 3):
            with pytest.raises(ValueError, match="0 to 2"):
                cross_entropy(numbers(2, 3), np.array([0, wrong]))


class TestAttention:
    def test_it_gives_what_torch_gives(self):
        q, k, v = numbers(2, 3, 5, 8), numbers(2, 3, 7, 8, seed=1), numbers(2, 3, 7, 4, seed=2)
        for mask in (None, causal_mask(5, 7)):
            theirs = functional.scaled_dot_product_attention(
                *map(torch.tensor, (q, k, v)), None if mask is None else torch.tensor(mask)
            )
            np.testing.assert_allclose(attention(q, k, v, mask), theirs, atol=1e-5)

    def test_it_stays_in_the_precision_it_is_given(self):
        assert attention(numbers(2, 4), numbers(2, 4), numbers(2, 4)).dtype == np.float32
        root = numbers(2, 4) / np.sqrt(4)  # np.sqrt of a number is a float64
        assert root.dtype == np.float64

    def test_the_future_changes_nothing_unless_the_mask_comes_after_the_softmax(self):
        q, k, v = numbers(4, 8), numbers(4, 8, seed=1), numbers(4, 8, seed=2)
        changed = k.copy()
        changed[3] += 1
        mask = causal_mask(4, 4)

        def late(keys):
            scores = q @ keys.T / 8**0.5
            weights = np.exp(scores) / np.exp(scores).sum(1, keepdims=True)
            return weights * mask @ v

        ours = [attention(q, keys, v, mask)[:3] for keys in (k, changed)]
        np.testing.assert_array_equal(*ours)
        assert np.abs(late(k)[:3] - late(changed)[:3]).max() > 0.01

    def test_a_query_that_may_look_nowhere_is_refused_and_a_large_negative_number_hides_it(self):
        mask = np.array([[True, False], [False, False]])
        q, k, v = numbers(2, 4), numbers(2, 4, seed=1), numbers(2, 4, seed=2)
        with pytest.raises(ValueError, match="no key"):
            attention(q, k, v, mask)
        theirs = functional.scaled_dot_product_attention(
            *map(torch.tensor, (q[None], k[None], v[None], mask[None]))
        )[0]
        assert not theirs[1].any()
        hidden = np.where(mask, q @ k.T, np.float32(-1e9))
        weights = np.exp(hidden - hidden.max(1, keepdims=True))
        weights /= weights.sum(1, keepdims=True)
        assert weights[1].tolist() == [0.5, 0.5]


class TestRotaryPositions:
    def test_it_is_a_turn_of_complex_numbers(self):
        x = numbers(2, 5, 8).astype(float)
        turn = np.exp(1j * np.arange(3, 8)[:, None] * 10_000 ** (-np.arange(4) / 4))
        expected = (x[..., :4] + 1j * x[..., 4:]) * turn
        ours = rotate(x, start=3)
        np.testing.assert_allclose(ours, np.concatenate([expected.real, expected.imag], -1))

    def test_products_depend_on_the_distance_alone_and_lengths_stay(self):
        q, k = numbers(1, 64).astype(float), numbers(1, 64, seed=1).astype(float)
        near, far = (rotate(q, at + 7) @ rotate(k, at).T for at in (0, 5_000))
        np.testing.assert_allclose(near, far)
        assert np.linalg.norm(rotate(q, 99)) == pytest.approx(np.linalg.norm(q))
        with pytest.raises(ValueError, match="even"):
            rotate(numbers(1, 7))

    def test_pairing_neighbours_is_another_turn_until_the_dimensions_are_reordered(self):
        def neighbours(x, start):
            turn = np.exp(1j * (start + np.arange(len(x)))[:, None] * 1e4 ** (-np.arange(4) / 4))
            turned = (x[:, ::2] + 1j * x[:, 1::2]) * turn
            return np.stack([turned.real, turned.imag], -1).reshape(x.shape)

        q, k = numbers(1, 8).astype(float), numbers(1, 8, seed=1).astype(float)
        right = (neighbours(q, 5) @ neighbours(k, 0).T).item()
        order = [0, 2, 4, 6, 1, 3, 5, 7]
        assert (rotate(q[:, order], 5) @ rotate(k[:, order], 0).T).item() == pytest.approx(right)
        assert abs((rotate(q, 5) @ rotate(k, 0).T).item() - right) > 0.1

    def test_positions_in_bfloat16_merge_from_256_on(self):
        places = torch.tensor([256.0, 257.0, 258.0]).bfloat16()
        assert places.tolist() == [256, 256, 258]


class TestCache:
    def layer(self, heads=4, kv_heads=2, d=8):
        shapes = ((16, heads * d), (16, kv_heads * d), (16, kv_heads * d), (heads * d, 16))
        return Attention(*(numbers(*s, seed=i) / 4 for i, s in enumerate(shapes)), heads, kv_heads)

    @pytest.mark.parametrize("steps", [[6], [1] * 6, [3, 1, 2]])
    def test_the_prompt_in_pieces_gives_what_it_gives_at_once(self, steps):
        layer, x = self.layer(), numbers(2, 6, 16, seed=9)
        cache = Cache(2, 2, 6, 8)
        parts = np.split(x, np.cumsum(steps)[:-1], axis=1)
        pieces = np.concatenate([layer(part, cache) for part in parts], axis=1)
        np.testing.assert_allclose(pieces, layer(x), atol=1e-5)
        assert cache.length == 6
        with pytest.raises(ValueError, match="7 positions, room for 6"):
            layer(x[:, :1], cache)

    def test_grouped_heads_are_as_many_heads_with_repeated_weights(self):
        grouped, x = self.layer(), numbers(1, 5, 16, seed=9)

        def repeated(w):
            return np.repeat(w.reshape(16, 2, 8), 2, axis=1).reshape(16, -1)

        full = Attention(
            grouped.w_q, repeated(grouped.w_k), repeated(grouped.w_v), grouped.w_o, 4, 4
        )
        np.testing.assert_allclose(grouped(x), full(x), atol=1e-5)

    def test_positions_that_start_anew_give_something_else(self, monkeypatch):
        layer, x = self.layer(), numbers(1, 4, 16, seed=9)
        whole = layer(x)
        cache = Cache(1, 2, 4, 8)
        layer(x[:, :3], cache)
        monkeypatch.setattr("snippets.questions.kv_cache.rotate", lambda x, start: rotate(x))
        assert np.abs(layer(x[:, 3:], cache) - whole[:, 3:]).max() > 0.001

    def test_torchs_is_causal_lets_a_lone_query_see_the_first_key_only(self):
        q, k, v = (torch.tensor(numbers(1, 1, n, 8, seed=n)) for n in (1, 5, 6))
        v = v[:, :, :5]
        wrong = functional.scaled_dot_product_attention(q, k, v, is_causal=True)
        torch.testing.assert_close(wrong, v[:, :, :1])
        right = attention(*(one.numpy() for one in (q, k, v)), causal_mask(1, 5))
        assert np.abs(right - wrong.numpy()).max() > 0.1


class TestBytePairs:
    TEXT = "low low low low low lower lower newest newest newest newest newest newest widest widest widest 好的 好的"

    def test_the_first_merges_by_hand(self):
        learnt = list(bpe.train("aaab aaab ab", 2))
        assert learnt == [(97, 97), (97, 98)]  # aa 4 times, ab 3 times; then a+b: 3

    def test_any_text_comes_back(self):
        merges = bpe.train(self.TEXT, 50)
        for text in ("", "lowest  slow\n\t", "好不好？🙂", " ", "未见过"):
            assert bpe.decode(bpe.encode(text, merges), merges) == text
        assert bpe.decode([0xE5], merges) == "\ufffd"

    def test_it_encodes_as_tiktoken_does_with_the_same_merges(self):
        merges = bpe.train(self.TEXT, 60)
        ranks = {bytes([byte]): byte for byte in range(256)}
        parts = {token: part for part, token in ranks.items()}
        for (left, right), new in merges.items():
            parts[new] = parts[left] + parts[right]
            ranks[parts[new]] = new
        theirs = tiktoken.Encoding(
            "test", pat_str=bpe.WORD.pattern, mergeable_ranks=ranks, special_tokens={}
        )
        for text in (self.TEXT, "lowest newer widow 的好好的 zzz"):
            assert bpe.encode(text, merges) == theirs.encode(text)

    def test_the_longest_known_part_is_not_what_the_merges_give(self):
        merges = bpe.train("\n".join(["cd"] * 6 + ["abc"] * 3 + ["ab"] * 2), 3)
        parts = {n: bpe.decode([n], merges) for n in (*range(128), *merges.values())}

        def longest(text):
            out = []
            while text:
                best = max((p for p in parts.values() if text.startswith(p)), key=len)
                out.append(best)
                text = text.removeprefix(best)
            return out

        ours = [parts[token] for token in bpe.encode("abcd", merges)]
        assert ours == ["ab", "cd"] and longest("abcd") == ["abc", "d"]


class TestSampling:
    LOGITS = np.log(np.array([0.15, 0.5, 0.05, 0.3]))

    @pytest.mark.parametrize(
        "settings, expected",
        [
            ({}, {1: 0.5, 3: 0.3, 0: 0.15, 2: 0.05}),
            ({"top_k": 2}, {1: 0.625, 3: 0.375}),
            ({"top_p": 0.5}, {1: 1.0}),
            ({"top_p": 0.7}, {1: 0.625, 3: 0.375}),
            ({"top_k": 3, "top_p": 0.8}, {1: 0.625, 3: 0.375}),
            ({"temperature": 0.5, "top_k": 2}, {1: 25 / 34, 3: 9 / 34}),
            ({"temperature": 0}, {1: 1.0}),
        ],
    )
    def test_what_may_be_drawn(self, settings, expected):
        tokens, p = candidates(self.LOGITS, **settings)
        assert dict(zip(tokens.tolist(), p.tolist(), strict=True)) == pytest.approx(expected)

    def test_what_is_drawn_is_as_frequent_as_it_should_be(self):
        rng = np.random.default_rng(0)
        drawn = np.bincount([sample(self.LOGITS, rng, top_p=0.7) for _ in range(4_000)])
        assert drawn.tolist()[::2] == [0, 0]
        assert drawn[1] / 4_000 == pytest.approx(0.625, abs=0.02)

    def test_cutting_where_the_sum_is_still_below_p_leaves_nothing(self):
        p = np.sort(np.exp(self.LOGITS))[::-1]
        assert not (np.cumsum(p) <= 0.4).any()  # the usual mistake
        assert candidates(self.LOGITS, top_p=0.4)[0].tolist() == [1]

    def test_the_order_of_temperature_and_top_p_matters(self):
        hot = candidates(self.LOGITS, temperature=2, top_p=0.75)[0]
        cold = candidates(self.LOGITS, top_p=0.75)[0]
        assert (len(hot), len(cold)) == (3, 2)

    def test_other_settings_are_refused_and_extremes_are_not(self):
        for wrong in ({"temperature": -1}, {"top_k": -1}, {"top_p": 0}, {"top_p": 1.1}):
            with pytest.raises(ValueError):
                candidates(self.LOGITS, **wrong)
        tokens, p = candidates(np.array([1e4, 0, -np.inf]), temperature=0.01)
        assert p[0] == 1 and tokens[0] == 0


class TestBeamSearch:
    def model(self, seed, vocabulary=4):
        def step(text):
            logits = np.random.default_rng([seed, *text]).normal(size=vocabulary) * 2
            return log_softmax(logits)

        return step

    def every(self, step, end, longest, alpha):
        """All texts and their scores, by trying each."""
        found = {}
        for text in itertools.chain.from_iterable(
            itertools.product(range(4), repeat=n) for n in range(1, longest + 1)
        ):
            if end in text[:-1] or (text[-1] != end and len(text) < longest):
                continue
            logp = sum(step(text[:i])[token] for i, token in enumerate(text))
            found[text] = logp / ((5 + len(text)) / 6) ** alpha
        return found

    @pytest.mark.parametrize("alpha", [0, 0.6, 1.5])
    def test_a_beam_wide_enough_finds_the_best_of_all(self, alpha):
        for seed in range(4):
            step = self.model(seed)
            scores = self.every(step, 0, 4, alpha)
            score, text = beam_search(step, end=0, width=64, longest=4, alpha=alpha)
            assert text == max(scores, key=scores.get)
            assert score == pytest.approx(scores[text])

    def test_a_narrow_beam_misses_what_begins_badly(self):
        table = {(): [0.0, 0.6, 0.4], (1,): [0.4, 0.3, 0.3], (2,): [1.0, 0.0, 0.0]}

        def step(text):
            with np.errstate(divide="ignore"):
                return np.log(table.get(text, [1.0, 0, 0]))

        greedy, wider = (beam_search(step, 0, width, 3, alpha=0) for width in (1, 2))
        assert greedy[1] == (1, 0) and np.exp(greedy[0]) == pytest.approx(0.24)
        assert wider[1] == (2, 0) and np.exp(wider[0]) == pytest.approx(0.4)

    def test_the_plain_sum_prefers_the_shorter_text(self):
        def step(text):  # stop at once with 0.4, or go on with 0.6, then 0.8 and 0.8
            go = 0.6 if not text else 0.8
            end = 1.0 if len(text) == 3 else 1 - go
            with np.errstate(divide="ignore"):
                return np.log(np.array([end, 1 - end]))

        assert beam_search(step, 0, 4, 4, alpha=0)[1] == (0,)
        assert beam_search(step, 0, 4, 4, alpha=1)[1] == (1, 1, 1, 0)
        with pytest.raises(ValueError):
            beam_search(step, 0, 0, 4)


class TestLora:
    def layer(self, dtype=torch.float32):
        torch.manual_seed(0)
        layer = LoRALinear(torch.nn.Linear(64, 32, dtype=dtype), rank=4, alpha=8)
        return layer, torch.randn(5, 64, dtype=dtype)

    def test_at_first_it_is_the_base_and_only_b_has_a_gradient(self):
        layer, x = self.layer()
        torch.testing.assert_close(layer(x), layer.base(x))
        layer(x).square().sum().backward()
        assert layer.b.grad.any() and not layer.a.grad.any() and layer.base.weight.grad is None
        assert sum(p.numel() for p in layer.parameters() if p.requires_grad) == 4 * (64 + 32)

    def test_two_zeros_never_learn_and_two_random_ones_begin_elsewhere(self):
        layer, x = self.layer()
        layer.a.data.zero_()
        layer(x).square().sum().backward()
        assert not layer.a.grad.any() and not layer.b.grad.any()
        layer, x = self.layer()
        torch.nn.init.normal_(layer.b)
        assert (layer(x) - layer.base(x)).abs().max() > 0.1

    def test_merged_it_gives_the_same_however_often(self):
        layer, x = self.layer()
        torch.nn.init.normal_(layer.b)
        layer.merged()
        torch.testing.assert_close(layer.merged()(x), layer(x), atol=1e-5, rtol=1e-5)
        expected = layer.base.weight + 2 * layer.b @ layer.a
        torch.testing.assert_close(layer.merged().weight, expected)

    def test_in_bfloat16_a_small_update_is_gone_after_the_merge(self):
        layer, _ = self.layer(torch.bfloat16)
        layer.base.weight.data.fill_(1.0)
        layer.a.data.fill_(0.01)
        layer.b.data.fill_(0.03)  # 2 × 4 × 0.01 × 0.03 = 0.0024, below half a step of 1/128
        assert torch.equal(layer.merged().weight, layer.base.weight)

    @pytest.mark.parametrize("share, unchanged, lost", [(0.01, 0.19, 0.165), (0.001, 0.78, 0.785)])
    def test_how_much_of_an_update_bfloat16_loses(self, share, unchanged, lost):
        torch.manual_seed(0)
        weight = (torch.randn(512, 512) * 0.02).bfloat16()
        layer = LoRALinear(torch.nn.Linear(512, 512, bias=False, dtype=torch.bfloat16), 8, 8)
        layer.base.weight.data.copy_(weight)
        torch.nn.init.normal_(layer.b)
        update = layer.b.float() @ layer.a.float()
        layer.scale = share * 0.02 / update.std().item()
        after = layer.merged().weight
        error = (after.float() - weight.float() - layer.scale * update).norm()
        assert (after == weight).float().mean().item() == pytest.approx(unchanged, abs=0.02)
        assert (error / (layer.scale * update).norm()).item() == pytest.approx(lost, abs=0.02)

    def test_ranks_that_are_none(self):
        for rank in (0, 33):
            with pytest.raises(ValueError, match="1 to 32"):
                LoRALinear(torch.nn.Linear(64, 32), rank, 8)


class TestTopK:
    @pytest.mark.parametrize("block", [1, 7, 1000])
    def test_it_gives_what_sorting_all_gives(self, block):
        queries, documents = unit(numbers(3, 8)), unit(numbers(50, 8, seed=1))
        names, cosines = top_k(queries, documents, 6, block)
        scores = queries @ documents.T
        np.testing.assert_array_equal(names, np.argsort(-scores, axis=1)[:, :6])
        np.testing.assert_allclose(cosines, -np.sort(-scores, axis=1)[:, :6], rtol=1e-5)
        assert top_k(queries, documents, 50, block)[0].shape == (3, 50)

    def test_a_partition_alone_is_in_no_order(self):
        scores = np.random.default_rng(0).normal(size=1_000)
        first = np.argpartition(-scores, 299)[:300]  # short ones come out sorted by chance
        assert (np.diff(scores[first]) > 0).any()
        assert set(first) == set(np.argsort(-scores)[:300])

    def test_without_lengths_of_1_the_longest_wins(self):
        documents = np.array([[1, 0], [3, 3]], dtype=float)
        query = np.array([[1, 0.1]])
        assert int((query @ documents.T).argmax()) == 1
        assert top_k(unit(query), unit(documents), 1)[0].tolist() == [[0]]

    def test_equal_scores_keep_their_order_and_bad_input_is_told(self):
        same = np.ones((4, 2)) / 2**0.5
        assert top_k(same[:1], same, 4, block=3)[0].tolist() == [[0, 1, 2, 3]]
        with pytest.raises(ValueError, match="4 documents"):
            top_k(same[:1], same, 5)
        with pytest.raises(ValueError, match="row 1"):
            unit(np.array([[1.0, 0], [0, 0]]))


class TestBM25:
    DOCUMENTS = [["the", "cat"], ["the", "dog", "the"], ["a", "bird"], ["the", "end"]]

    def test_the_formula_by_hand(self):
        # “dog” is in 1 of 4, once in 3 words of 2.25 on average
        scores = BM25(self.DOCUMENTS).scores(["dog", "unicorn"])
        expected = np.log(1 + 3.5 / 1.5) * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 3 / 2.25))
        np.testing.assert_allclose(scores, [0, expected, 0, 0])

    def test_more_of_a_word_counts_less_and_less(self):
        texts = [["x"] * n + ["y"] * (100 - n) for n in (1, 2, 3, 100)] + [["y"] * 100]
        one, two, three, all_ = BM25(texts).scores(["x"])[:4]
        assert one < two < three < all_ < 2.2 * one and two - one > three - two

    def test_the_logarithm_without_1_ranks_a_match_below_none(self):
        n, df = 4, 3
        assert np.log((n - df + 0.5) / (df + 0.5)) < 0
        scores = BM25(self.DOCUMENTS).scores(["the"])
        assert scores.min() == scores[2] == 0 and (scores[[0, 1, 3]] > 0).all()

    def test_no_words_are_refused(self):
        for nothing in ([], [[], []]):
            with pytest.raises(ValueError, match="no document"):
                BM25(nothing)


class TestMinHash:
    TEXT = "本公司承诺在收到货款后七个工作日内发货，逾期按日支付千分之五的违约金。" * 3

    def test_the_estimate_is_near_the_truth(self):
        one = minhash.shingles("".join(map(chr, range(1_000, 2_000))))
        two = minhash.shingles("".join(map(chr, range(1_250, 2_250))))
        true = len(one & two) / len(one | two)
        near = (minhash.signature(one, 1024) == minhash.signature(two, 1024)).mean()
        assert near == pytest.approx(true, abs=0.05) and true == pytest.approx(0.6, abs=0.01)

    def test_bands_name_the_edited_repeat_and_not_the_stranger(self):
        edited = self.TEXT.replace("七个", "十个", 1)
        other = "".join(map(chr, range(0x4E00, 0x4E64)))
        signatures = np.array(
            [minhash.signature(minhash.shingles(text)) for text in (self.TEXT, other, edited)]
        )
        assert minhash.candidates(signatures, 16) == {(0, 2)}
        with pytest.raises(ValueError, match="do not divide"):
            minhash.candidates(signatures, 7)

    def test_a_pair_is_named_as_often_as_the_formula_says(self):
        rng = np.random.default_rng(0)
        trials, similarity = 2_000, 0.7
        one = rng.integers(0, 2**32, (trials, 128), dtype=np.uint32)
        two = np.where(rng.random((trials, 128)) < similarity, one, one + 1)
        found = np.mean(
            [
                minhash.candidates(np.array(pair), 16) == {(0, 1)}
                for pair in zip(one, two, strict=True)
            ]
        )
        assert found == pytest.approx(1 - (1 - 0.7**8) ** 16, abs=0.04)

    def test_pythons_hash_is_another_one_in_each_process_and_ours_is_not(self):
        code = (
            "from snippets.questions.minhash import signature;"
            "print(hash('near'), signature(['near', 'far'], 4).tolist())"
        )
        said = [
            subprocess.run(
                [sys.executable, "-c", code],
                env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
                capture_output=True,
                text=True,
                check=True,
            ).stdout.split(" ", 1)
            for seed in ("1", "2")
        ]
        assert said[0][0] != said[1][0] and said[0][1] == said[1][1]


class TestDPO:
    def test_a_policy_that_is_its_reference_has_a_loss_of_ln_2(self):
        logp = torch.tensor([-5.0, -9.0])
        loss, right = dpo_loss(logp, logp - 1, logp, logp - 1)
        assert loss.item() == pytest.approx(np.log(2)) and right == 0

    def test_the_loss_by_hand_and_its_direction(self):
        chosen = torch.tensor([-4.0], requires_grad=True)
        rejected = torch.tensor([-6.0], requires_grad=True)
        loss, right = dpo_loss(chosen, rejected, torch.tensor([-5.0]), torch.tensor([-5.0]), 0.5)
        loss.backward()
        assert loss.item() == pytest.approx(np.log(1 + np.exp(-1))) and right == 1
        assert chosen.grad.item() == pytest.approx(-0.5 / (1 + np.exp(1)))
        assert rejected.grad.item() == -chosen.grad.item()

    def test_the_logarithm_of_a_sigmoid_breaks_where_logsigmoid_holds(self):
        margin = torch.tensor([-1_040.0], requires_grad=True)
        plain = -torch.log(torch.sigmoid(0.1 * margin))
        plain.backward()
        assert plain.item() == np.inf and margin.grad.isnan()
        margin.grad = None
        zero = torch.zeros(1)
        loss, _ = dpo_loss(margin, zero, zero, zero)
        loss.backward()
        assert loss.item() == pytest.approx(104) and margin.grad.item() == pytest.approx(-0.1)

    def test_log_p_is_that_of_the_answers_tokens_one_place_on(self):
        torch.manual_seed(0)
        logits, tokens = torch.randn(1, 5, 7), torch.tensor([[3, 1, 4, 1, 0]])
        answer = torch.tensor([[False, False, True, True, False]])
        logp = logits.log_softmax(-1)[0]
        expected = logp[1, 4] + logp[2, 1]
        torch.testing.assert_close(answer_logp(logits, tokens, answer)[0], expected)
        unshifted = logp[2, 4] + logp[3, 1]
        assert (unshifted - expected).abs() > 0.1

    def test_the_prompt_cancels_and_padding_does_not(self):
        torch.manual_seed(0)
        logits = torch.randn(2, 6, 7)
        logits[1, :3] = logits[0, :3]  # the same prompt of 3, so the same predictions up to there
        tokens = torch.tensor([[1, 2, 3, 4, 0, 0], [1, 2, 3, 5, 6, 4]])
        answer = torch.tensor([[0, 0, 0, 1, 0, 0], [0, 0, 0, 1, 1, 1]]).bool()

        def difference(mask):
            one, two = answer_logp(logits, tokens, mask)
            return (one - two).item()

        prompt_too = answer.clone()
        prompt_too[:, :3] = True
        padding_too = answer.clone()
        padding_too[0, 4:] = True
        assert difference(prompt_too) == pytest.approx(difference(answer), abs=1e-5)
        assert abs(difference(padding_too) - difference(answer)) > 0.1


class TestCalibration:
    def test_the_error_by_hand(self):
        confidence = np.array([0.95, 0.95, 0.95, 0.95, 0.55, 1.0])
        right = np.array([1, 1, 1, 0, 1, 1], dtype=bool)
        # bin 0.9–1: 5 rows, 0.96 sure, 0.8 right; bin 0.5–0.6: 1 row, 0.55 and 1
        expected = (5 * abs(0.96 - 0.8) + 0.45) / 6
        assert calibration_error(confidence, right, bins=10) == pytest.approx(expected)
        with pytest.raises(ValueError, match="no predictions"):
            calibration_error(np.array([]), np.array([]))

    def test_the_temperature_is_the_one_that_was_put_in(self):
        rng = np.random.default_rng(0)
        honest = rng.normal(size=(20_000, 5)) * 2
        p = np.exp(log_softmax(honest))
        labels = (p.cumsum(1) < rng.random((20_000, 1))).sum(1)
        temperature = fit_temperature(2.5 * honest, labels)
        assert temperature == pytest.approx(2.5, rel=0.03)
        errors = []
        for t in (1, temperature):
            sure = np.exp(log_softmax(2.5 * honest / t))
            errors.append(calibration_error(sure.max(1), sure.argmax(1) == labels))
        assert errors[0] > 0.15 and errors[1] < 0.02
        losses = [cross_entropy(2.5 * honest / t, labels)[0] for t in (2.3, temperature, 2.7)]
        assert losses[1] == min(losses)

    def test_bins_that_all_count_alike_make_one_row_as_heavy_as_a_thousand(self):
        confidence = np.r_[np.full(1_000, 0.95), 0.05]
        right = np.r_[np.arange(1_000) < 950, True]
        assert calibration_error(confidence, right) == pytest.approx(0.95 / 1_001)
        unweighted = np.mean([0.0, 0.95])
        assert unweighted > 0.4

    def test_few_rows_show_an_error_that_is_not_there(self):
        rng = np.random.default_rng(0)
        found = []
        for rows in (200, 1_000, 20_000):
            errors = []
            for _ in range(50):
                confidence = rng.uniform(0.5, 1, rows)
                errors.append(calibration_error(confidence, rng.random(rows) < confidence))
            found.append(np.mean(errors))
        assert found == pytest.approx([0.061, 0.029, 0.0063], rel=0.1)

    def test_always_the_base_rate_is_calibrated_and_useless(self):
        assert calibration_error(np.full(100, 0.7), np.arange(100) < 70) == pytest.approx(0)

    def test_no_temperature_fits_when_all_is_right(self):
        with pytest.raises(ValueError, match="no temperature"):
            fit_temperature(np.eye(3) * 5, np.arange(3))


class TestBootstrap:
    def test_it_is_scipys_interval(self):
        rng = np.random.default_rng(0)
        a, b = rng.random(200), rng.random(200)
        mean, low, high = paired_bootstrap(a, b)
        theirs = bootstrap(
            (a - b,), np.mean, method="percentile", n_resamples=10_000, rng=rng
        ).confidence_interval
        assert mean == pytest.approx((a - b).mean())
        assert (low, high) == pytest.approx((theirs.low, theirs.high), abs=0.003)

    def test_pairs_drawn_apart_make_the_interval_too_wide(self):
        rng = np.random.default_rng(0)
        a = (rng.random(500) < 0.8).astype(float)
        b = np.where(rng.random(500) < 0.05, 1 - a, a)
        _, low, high = paired_bootstrap(a, b)
        apart = [
            a[rng.integers(0, 500, 500)].mean() - b[rng.integers(0, 500, 500)].mean()
            for _ in range(2_000)
        ]
        wide = np.ptp(np.quantile(apart, [0.025, 0.975]))
        assert wide > 2 * (high - low)

    def test_intervals_that_overlap_hide_a_difference_of_pairs(self):
        first, second = np.zeros((2, 500))
        first[:400] = second[:400] = 1
        second[:6], second[400:419] = 0, 1  # 25 of 500 differ, 19 against 6
        difference, low, high = paired_bootstrap(second, first, draws=4_000)
        assert difference == pytest.approx(0.026)
        assert (low, high) == pytest.approx((0.007, 0.045), abs=0.002)
        halves = [1.96 * (x.mean() * (1 - x.mean()) / 500) ** 0.5 for x in (first, second)]
        assert second.mean() - halves[1] < first.mean() + halves[0]

    def test_a_question_asked_five_times_is_one_question(self):
        rng = np.random.default_rng(0)
        inside = {"rows": 0, "groups": 0}
        for seed in range(100):  # no difference in truth: 0 should be inside 95 times
            question = np.repeat(rng.normal(size=40), 5) + rng.normal(size=200) / 2
            group, zero = np.repeat(np.arange(40), 5), np.zeros(200)
            for name, groups in (("rows", None), ("groups", group)):
                _, low, high = paired_bootstrap(question, zero, groups, draws=300, seed=seed)
                inside[name] += low <= 0 <= high
        assert inside["groups"] >= 88 and inside["rows"] <= 75

    def test_what_has_no_interval_is_refused(self):
        same = np.ones(10)
        for a, b, groups in (
            (same, same, None),
            (same, np.ones(9), None),
            (np.arange(10), same, np.zeros(10)),
        ):
            with pytest.raises(ValueError):
                paired_bootstrap(a, b, groups)


class TestInt8:
    def test_no_value_is_off_by_more_than_half_a_step(self):
        weight = numbers(8, 64)
        weight[3] = 0
        q, scale = quantise(weight)
        assert q.dtype == np.int8 and scale.shape == (8, 1) and np.abs(q).max() == 127
        assert (np.abs(q * scale - weight) <= scale / 2 * 1.0001).all()
        with pytest.raises(ValueError, match="not finite"):
            quantise(np.array([[1.0, np.inf]]))

    def test_the_product_is_near_the_true_one(self):
        x, weight = numbers(5, 256), numbers(16, 256, seed=1)
        true = x @ weight.T
        error = np.abs(linear(x, *quantise(weight)) - true)
        assert error.max() / true.std() < 0.05

    def test_one_scale_for_all_ruins_the_others_when_one_channel_is_large(self):
        weight = numbers(16, 256)
        weight[0] *= 100
        per_channel, scale = quantise(weight)
        flat, one_scale = quantise(weight.reshape(1, -1))
        together = (flat * one_scale).reshape(weight.shape)
        errors = [np.abs(w - weight)[1:].mean() for w in (per_channel * scale, together)]
        assert errors[1] / errors[0] == pytest.approx(107, abs=5)
        assert (flat.reshape(weight.shape)[1:] == 0).mean() == pytest.approx(0.78, abs=0.01)

    def test_products_in_int8_wrap(self):
        ones = np.full((1, 2), 100, dtype=np.int8)
        assert (ones @ ones.T).item() == (2 * 100 * 100 + 128) % 256 - 128 != 20_000
        q = np.full((1, 133_144), 127, dtype=np.int8).astype(np.int32)
        assert (q @ q.T).item() == 133_144 * 127**2 <= 2**31 - 1 < 133_145 * 127**2


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


class TestTokenBucket:
    def test_a_burst_then_the_rate(self):
        clock = Clock()
        bucket = TokenBucket(rate=2, capacity=10, clock=clock)
        assert bucket.take(10) == 0 and bucket.take(1) == 0.5
        clock.now = 0.5
        assert bucket.take(1) == 0 and bucket.take(1) == 0.5
        clock.now = 1_000  # never more than it holds
        assert bucket.take(10) == 0 and bucket.take(1) == 0.5
        bucket.give_back(4)
        assert bucket.take(4) == 0
        for wrong in (0, -1, 11):
            with pytest.raises(ValueError, match="up to 10"):
                bucket.take(wrong)
        with pytest.raises(ValueError, match="above 0"):
            TokenBucket(0, 10)

    def test_no_window_lets_through_more_than_it_promises_but_fixed_windows_do(self):
        clock = Clock()
        bucket, fixed, seen = TokenBucket(rate=1, capacity=60, clock=clock), {}, []
        times = [59.0 + i / 100 for i in range(200)]
        for now in times:
            clock.now = now
            seen.append(bucket.take() == 0)
            minute = int(now // 60)
            fixed[minute] = min(60, fixed.get(minute, 0) + 1)
        assert sum(seen) == 61 and sum(fixed.values()) == 120  # within 2 seconds

    def test_threads_do_not_take_the_same_tokens(self):
        bucket, taken = TokenBucket(1e-9, 1_000, Clock()), []
        threads = [
            threading.Thread(target=lambda: taken.extend(bucket.take() == 0 for _ in range(500)))
            for _ in range(4)
        ]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert sum(taken) == 1_000 and len(taken) == 2_000


def block(seed=0, d=16, hidden=24):
    weights = [numbers(d, width, seed=seed + i) / 4 for i, width in enumerate((16, 8, 8, 16))]
    attend = Attention(*weights, heads=4, kv_heads=2)
    gains = 1 + numbers(2, d, seed=seed + 5) / 10
    feed = [numbers(d, hidden, seed=seed + 6 + i) / 4 for i in range(2)]
    return Block(attend, *gains, *feed, numbers(hidden, d, seed=seed + 8) / 4)


class TestBlock:
    def test_norm_and_feed_forward_are_those_of_torch(self):
        x, gain, (gate, up) = 30 * numbers(3, 16), numbers(16, seed=1), numbers(2, 16, 8, seed=2)
        t = torch.tensor
        wanted = functional.rms_norm(t(x), (16,), t(gain), 1e-5)
        np.testing.assert_allclose(rms_norm(x, gain), wanted, rtol=1e-5)
        wanted = functional.silu(t(x) @ t(gate)) * (t(x) @ t(up))
        np.testing.assert_allclose(swiglu(x, gate, up), wanted, rtol=1e-4, atol=1e-4)

    def test_with_both_branches_at_zero_it_changes_nothing(self):
        one, x = block(), numbers(2, 5, 16)
        one.w_down[:] = 0
        one.attention.w_o[:] = 0
        np.testing.assert_array_equal(one(x), x)

    def test_branches_read_normalised_vectors_and_the_residual_does_not(self):
        one, x = block(), 1000 * numbers(2, 5, 16)  # so large that a branch adds next to nothing
        np.testing.assert_allclose(one(10 * x) - 10 * x, one(x) - x, atol=0.05)

    def test_no_position_sees_a_later_one_and_the_cache_gives_the_same(self):
        one, x = block(), numbers(2, 7, 16)
        whole = one(x)
        np.testing.assert_allclose(one(x[:, :4]), whole[:, :4], atol=1e-5)
        cache = Cache(2, 2, 7, 4)
        pieces = [one(part, cache) for part in (x[:, :4], x[:, 4:5], x[:, 5:])]
        np.testing.assert_allclose(np.concatenate(pieces, axis=1), whole, atol=1e-5)

    def test_the_norm_of_zeros_is_zero(self):
        np.testing.assert_array_equal(rms_norm(np.zeros((2, 4)), np.ones(4)), 0)


class TestAccumulation:
    LONG, SHORT = 100, 10

    def model(self):
        torch.manual_seed(1)
        layers = torch.nn.Embedding(11, 8), torch.nn.Linear(8, 11)
        return torch.nn.Sequential(*layers).double()

    def parts(self):
        """Two batches of one text of 100 positions; of the second only 10 targets count."""
        generator = torch.Generator().manual_seed(0)
        inputs, targets = torch.randint(11, (2, 2, 1, self.LONG), generator=generator)
        targets[1, 0, self.SHORT :] = IGNORED
        return list(zip(inputs, targets, strict=True))

    def trained(self, parts, kind=torch.optim.AdamW, steps=3, max_norm=0.05):
        model = self.model()
        optimiser = kind(model.parameters(), lr=0.1)
        said = [train_step(model, optimiser, parts, max_norm) for _ in range(steps)]
        return said, torch.nn.utils.parameters_to_vector(model.parameters()).detach()

    @pytest.mark.parametrize("kind", [torch.optim.SGD, torch.optim.AdamW])
    def test_parts_give_the_step_of_the_whole_batch(self, kind):
        parts = self.parts()
        whole = [tuple(torch.cat(column) for column in zip(*parts, strict=True))]
        said, weights = self.trained(parts, kind)
        said_at_once, at_once = self.trained(whole, kind)
        np.testing.assert_allclose(said, said_at_once, rtol=1e-12)
        np.testing.assert_allclose(weights, at_once, rtol=1e-9)
        assert min(norm for _, norm in said) > 0.05  # clipping had work to do

    def test_the_mean_of_means_is_another_gradient(self):
        """The mistake of the page: of 100 and 10 targets, a short part's token counts 5.5 times."""
        model, parts = self.model(), self.parts()
        for inputs, targets in parts:
            logits = model(inputs).flatten(0, 1)
            (functional.cross_entropy(logits, targets.flatten()) / len(parts)).backward()
        wrong = torch.cat([one.grad.flatten() for one in model.parameters()])
        model.zero_grad()
        train_step(model, torch.optim.SGD(model.parameters(), lr=0), parts, 1e9)
        right = torch.cat([one.grad.flatten() for one in model.parameters()])
        assert (wrong - right).norm() > 0.5 * right.norm()
        assert (1 / 2 / self.SHORT) / (1 / (self.LONG + self.SHORT)) == pytest.approx(5.5)

    def test_the_gradient_is_clipped_to_the_norm(self):
        model = self.model()
        _, norm = train_step(model, torch.optim.SGD(model.parameters(), lr=0), self.parts(), 0.05)
        clipped = torch.cat([one.grad.flatten() for one in model.parameters()]).norm().item()
        assert norm > clipped == pytest.approx(0.05, rel=1e-4)

    def test_nothing_to_learn_from_is_said(self):
        nothing = [(inputs, torch.full_like(targets, IGNORED)) for inputs, targets in self.parts()]
        with pytest.raises(ValueError, match="no target counts"):
            self.trained(nothing)

    def test_a_gradient_that_is_not_finite_changes_no_weight(self):
        model = self.model()
        model[1].bias.data[0] = torch.inf
        before = torch.nn.utils.parameters_to_vector(model.parameters()).detach().clone()
        with pytest.raises(RuntimeError, match="non-finite"):
            train_step(model, torch.optim.SGD(model.parameters(), lr=1), self.parts(), 1)
        after = torch.nn.utils.parameters_to_vector(model.parameters()).detach()
        assert torch.equal(before, after)
