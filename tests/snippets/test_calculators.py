"""The calculators: published figures, traps with one right answer, and input that people really type."""

import dataclasses
import json
import math
import random
import shutil
from datetime import date, timedelta

import pytest
from conftest import ROOT

from handbook.calculators.check import check, falling_due
from handbook.checks.pages import read_sources
from snippets.calculators import tables
from snippets.calculators.__main__ import main
from snippets.calculators.calculators import CALCULATORS
from snippets.calculators.fields import Inputs
from snippets.calculators.numbers import InputError, parse
from snippets.calculators.samples import samples

EXAMPLES = tables.table("examples")["examples"]
INPUTS = tables.table("inputs")
GIB = 2**30


@pytest.fixture(scope="module")
def project():
    """The sources of this project."""
    return read_sources(ROOT)


def field(**changes):
    """An input as in inputs.yml."""
    return {
        "name": "tokens", "kind": "number", "unit": "tokens", "min": 0, "max": 1e17, **changes
    }  # fmt: skip


def ends(result):
    """Both ends of a result."""
    return result["low"], result["high"]


def refused(calculator, **given):
    """What is said about inputs that cannot be used: field and sentence."""
    with pytest.raises(InputError) as error:
        CALCULATORS[calculator](given)
    return error.value.field, error.value.message


# ---- published figures ----


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one["id"])
def test_published_figures_lie_within_the_results(example):
    results = CALCULATORS[example["calculator"]](example["inputs"])
    for name, expected in example["expect"].items():
        low, high = ends(results[name])
        value, tolerance = expected["value"], expected["tolerance"]
        assert low * (1 - tolerance) <= value <= high * (1 + tolerance), (name, low, high)
        assert low > 0


def test_published_runs_lie_within_the_utilisation_offered():
    low, high = INPUTS["training"]["inputs"][5]["default"].replace("%", "").split("..")
    for example in EXAMPLES:
        if (run := example["expect"].get("utilisation")) and "gpu_hours" in example["inputs"]:
            assert float(low) / 100 - 0.001 <= run["value"] <= float(high) / 100


def test_the_command_of_the_issue(capsys):
    assert main(["training", "parameters=174.6e9", "tokens=300e9", "gpu=V100"]) == 0
    results = json.loads(capsys.readouterr().out)
    assert ends(results["flops"]) == (3.1428e23, 3.1428e23) and results["flops"]["unit"] == "FLOP"
    low, high = ends(results["gpu_hours"])
    assert low < 3_552_000 < high and results["gpu_hours"]["unit"] == "hours"
    low, high = ends(results["energy"])
    assert low < 1_287_000 < high and results["energy"]["unit"] == "kWh"
    assert "cost" not in results and results["notes"][0]["message"] == "no_price"


# ---- one right answer ----


@pytest.mark.parametrize("model", tables.rows("model"), ids=lambda one: one["id"])
def test_the_table_of_models_agrees_with_the_formulas(model):
    """The bytes were computed elsewhere from the same shapes; special caches have no formula of ours."""
    layers, scale = model["growing_layers"], 2
    if "latent" in model and model["id"] != "LongCat-Flash":
        assert model["kv"] == layers * (model["latent"] + model["rope_dim"]) * scale
    elif "kv_heads" in model:
        sizes = model["head_dim"] + model.get("value_dim", model["head_dim"])
        assert model["kv"] == layers * model["kv_heads"] * sizes * scale
    assert model["layers"] >= layers or model["id"] == "LongCat-Flash"
    assert model.get("active", 0) <= model.get("total", math.inf)


def test_latent_attention_has_no_factor_two():
    by_name = CALCULATORS["serving"]({"model": "DeepSeek-V3", "gpus": "16"})
    by_shape = CALCULATORS["serving"](
        {"parameters": "671e9", "active_parameters": "37e9", "gpus": "16", "layers": "61"}
        | {"latent": "512", "rope_dim": "64"}
    )
    assert ends(by_name["kv_bytes_per_token"]) == ends(by_shape["kv_bytes_per_token"])
    assert ends(by_name["kv_bytes_per_token"]) == (70272, 70272)
    eight = CALCULATORS["serving"]({"model": "DeepSeek-V3", "gpus": "16", "kv_bits": "8"})
    assert ends(eight["kv_bytes_per_token"]) == (35136, 35136)


def test_window_and_linear_layers_do_not_grow():
    def bytes_of(model, context):
        given = {"model": model, "context": context, "gpus": "16"}
        results = CALCULATORS["serving"](given)
        return results["kv_bytes_per_conversation"]["low"], results["fixed_bytes"]["low"]

    assert bytes_of("gpt-oss-120b", "131072") == (36864 * 131072 + 18 * 2048 * 128, 4718592)
    assert bytes_of("gpt-oss-120b", "100") == (
        73728 * 100,
        36864 * 100,
    )  # within the window all grow
    assert bytes_of("Qwen3-Next-80B-A3B", "1000") == (24576 * 1000 + 75497472, 75497472)
    assert bytes_of("Llama-4-Scout", "8192")[0] == 196608 * 8192


def test_a_shape_of_ones_own_with_windows():
    results = CALCULATORS["serving"](
        {"parameters": "117e9", "active_parameters": "5.1e9", "gpus": "4", "context": "4096"}
        | {
            "layers": "18",
            "kv_heads": "8",
            "head_dim": "64",
            "window_layers": "18",
            "window": "128",
        }
    )
    named = CALCULATORS["serving"]({"model": "gpt-oss-120b", "gpus": "4", "context": "4096"})
    for name in ("kv_bytes_per_token", "fixed_bytes", "users", "tokens_per_second"):
        assert ends(results[name]) == ends(named[name])


def test_index_keys_are_the_upper_end():
    results = CALCULATORS["serving"]({"model": "DeepSeek-V3.2", "gpus": "16"})
    assert ends(results["kv_bytes_per_token"]) == (70272, 70272 + 15616)


def test_128k_is_two_numbers():
    for context, gib in (("128000", 15.625), ("131,072", 16.0)):
        results = CALCULATORS["serving"]({"model": "Llama-3.1-8B", "context": context})
        assert results["kv_bytes_per_conversation"]["low"] / GIB == gib
    assert refused("serving", model="Llama-3.1-8B", context="128k") == ("context", "binary")


def test_cached_tokens_are_part_of_the_input():
    given = {"input_tokens": "1000000", "output_tokens": "0", "price_input": "1"}
    given |= {"price_cached": "0.1", "price_output": "2"}
    assert ends(CALCULATORS["api"](given | {"cached_tokens": "400000"})["month"]) == (0.64, 0.64)
    error = refused("api", **given, cached_tokens="1000001")
    assert error == ("cached_tokens", "part_of")


def test_two_lists_are_not_one_exchange_rate():
    given = {"model": "deepseek-v4-pro", "input_tokens": "1e9", "output_tokens": "0", "cached": "0"}
    given["peak"] = "0"
    yuan = CALCULATORS["api"](given | {"currency": "CNY"})["month"]
    dollars = CALCULATORS["api"](given | {"currency": "USD"})["month"]
    assert ends(yuan) == (4500, 4500) and yuan["unit"] == "CNY"
    assert ends(dollars) == (660, 660) and dollars["unit"] == "USD"
    assert refused("api", model="kimi-k3", currency="CNY") == ("model", "no_list")


def test_history_is_sent_again_with_every_turn():
    given = {"dialogues": "1", "turns": "3", "system": "100", "question": "10", "answer": "20"}
    results = CALCULATORS["api"](given | {"counted_in": "tokens"})
    # 100+10, 100+10+20+10, 100+10+20+10+20+10
    assert ends(results["input_tokens"]) == (110 + 140 + 170, 110 + 140 + 170)
    assert ends(results["output_tokens"]) == (60, 60)


def test_levers_save_what_they_say():
    given = {"dialogues": "1e6", "turns": "4", "counted_in": "tokens", "cached": "0", "peak": "1"}
    results = CALCULATORS["api"](given)
    now, levers = results["month"]["low"], results["levers"]
    off = CALCULATORS["api"](given | {"peak": "0"})["month"]["low"]
    assert levers["off_peak"]["low"] == pytest.approx(now - off)
    short = CALCULATORS["api"](given | {"answer": "210"})["month"]["low"]
    assert levers["shorter"]["low"] == pytest.approx(now - short)
    assert [one["high"] for one in levers.values()] == sorted(
        (one["high"] for one in levers.values()), reverse=True
    )


def test_characters_become_tokens_by_the_lab():
    given = {"dialogues": "1000", "turns": "1", "system": "0", "question": "0", "answer": "1000"}
    results = CALCULATORS["api"](given | {"text": "law", "tokenizer": "deepseek"})
    low, high = ends(results["output_tokens"])
    assert low < 506_201 < high < 1.1 * low
    results = CALCULATORS["api"](
        given | {"text": "law", "model": "kimi-k3"}
    )  # not public: the span
    assert results["output_tokens"]["high"] > 2 * results["output_tokens"]["low"]


def test_the_roofline_turns_where_both_sides_are_equal():
    given = {
        "parameters": "8e9",
        "layers": "1",
        "kv_heads": "1",
        "head_dim": "8",
        "context": "1000",
    }
    given |= {"bandwidth_efficiency": "80%", "compute_efficiency": "40%"}
    results = CALCULATORS["serving"](given)
    low, high = ends(results["turning_batch"])
    read = 1000 * 32
    reach = 3.35e12 * 0.8
    compute = 2 * 8e9 / (989.4e12 * 0.4)
    assert low == pytest.approx(16e9 / (compute * reach - 0.8 * read))
    assert high == pytest.approx(16e9 / (compute * reach - read))
    for batch, regime in ((low - 1, "memory-bound"), (high + 1, "compute-bound")):
        given["batch"] = str(math.floor(batch) if batch < low else math.ceil(batch))
        assert CALCULATORS["serving"](given)["regime"] == regime


def test_a_model_that_does_not_fit_says_how_many_cards_it_takes():
    results = CALCULATORS["serving"]({"model": "Llama-3.1-70B", "gpu": "RTX 4090"})
    assert ends(results["users"]) == (0, 0) and "tokens_per_second" not in results
    note = next(one for one in results["notes"] if one["output"] == "users")
    assert "7 " in note["en"] and "7 " in note["zh"]
    results = CALCULATORS["serving"]({"model": "Llama-3.1-70B", "gpu": "RTX 4090", "gpus": "7"})
    assert results["users"]["high"] >= 1
    assert refused("serving", model="Qwen3-8B", batch="1000000") == ("batch", "too_many")


def test_memory_says_on_which_cards_it_fits():
    given = {"model": "Llama-3.1-8B", "method": "qlora", "sequence": "1024"}
    results = CALCULATORS["memory"](given)
    fits = {one["card"]: one["fits"] for one in results["cards"]}
    assert fits["RTX 4090"] == "yes"
    full = {
        one["card"]: one["fits"]
        for one in CALCULATORS["memory"](given | {"method": "full"})["cards"]
    }
    assert full["H100"] == "no" and full["H200"] == "tight"
    parts = ("weights", "gradients", "optimizer", "activations", "logits")
    for end in ("low", "high"):
        assert results["per_gpu"][end] == pytest.approx(sum(results[one][end] for one in parts))


def test_breakeven_counts_people():
    given = {"wage": "0", "own_throughput": "1000", "small_throughput": "1000", "price": "2"}
    given |= {"own_gpus": "1", "small_gpus": "1", "tuning_gpu_hours": "0", "output_tokens": "1e8"}
    without = CALCULATORS["breakeven"](given)
    assert ends(without["own_month"]) == (1460, 1460) == ends(without["small_month"])
    paid = CALCULATORS["breakeven"](given | {"wage": "50", "own_hours": "10", "tuning_hours": "24"})
    assert ends(paid["own_month"]) == (1960, 1960) and ends(paid["own_people"]) == (500, 500)
    assert paid["small_people"]["low"] == 40 * 50 + 24 * 50 / 12
    load = paid["own_breakeven"]["low"]
    tokens = paid["own_breakeven_tokens"]["low"]
    assert load == pytest.approx(tokens / (1000 * 3600 * 730))
    at = CALCULATORS["breakeven"](
        given | {"wage": "50", "own_hours": "10", "output_tokens": repr(tokens)}
    )
    assert at["api_month"]["high"] == pytest.approx(1960)


def test_recomputation_makes_a_run_a_third_longer():
    given = {"parameters": "7b", "tokens": "1万亿"}
    plain, full = (
        CALCULATORS["training"](given | {"recomputation": one}) for one in ("none", "full")
    )
    assert full["flops"]["low"] / plain["flops"]["low"] == pytest.approx(8 / 6)


# ---- input as people type it ----


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1000000", 1e6), ("1,000,000", 1e6), ("1 000 000", 1e6), ("1_000_000", 1e6), ("1'000'000", 1e6),
        ("１０００", 1000), ("１，０００，０００", 1e6), ("1e6", 1e6), ("1E6", 1e6), ("174.6e9", 174.6e9),
        ("100万", 1e6), ("100 万", 1e6), ("1.2亿", 1.2e8), ("３千", 3000), ("2百万", 2e6), ("15万亿", 15e12),
        ("1亿2000万", 1.2e8), ("7B", 7e9), ("7b", 7e9), ("70 B", 70e9), ("1.5T", 1.5e12), ("10k", 1e4),
        ("300 billion", 3e11), ("3.14×10^23", 3.14e23), ("3.14x10^13", 3.14e13), ("10²", 100), ("+5", 5),
        ("  42  ", 42), ("5 tokens", 5), ("3万个token", 3e4), (".5", 0.5), ("5.", 5), (7, 7), (7.5, 7.5),
        ("\u00a01,234\u3000", 1234), ("0", 0),
    ],
)  # fmt: skip
def test_numbers_are_understood(text, value):
    assert parse(text, field(max=1e24)) == value


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("30%..50%", 0.3, 0.5), ("30-50%", 0.3, 0.5), ("30 % – 50 %", 0.3, 0.5), ("30％～50％", 0.3, 0.5),
        ("0.3..0.5", 0.3, 0.5), ("0.45", 0.45, 0.45), ("45 %", 0.45, 0.45), ("30% to 50%", 0.3, 0.5),
        ("30%至50%", 0.3, 0.5), ("1", 1, 1), ((0.2, 0.3), 0.2, 0.3),
    ],
)  # fmt: skip
def test_ranges_and_shares_are_understood(text, low, high):
    assert parse(text, field(kind="range", share=True, max=1)) == (low, high)


def test_a_scale_behind_a_range_belongs_to_both_ends():
    assert parse("3-5万", field(kind="range")) == (3e4, 5e4)
    assert parse("$1.7..$5", field(kind="range", unit="money/hour"), "USD") == (1.7, 5)
    assert parse("¥3", field(kind="range", unit="money/hour"), "CNY") == (3, 3)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "needed"), ("   ", "needed"), ("abc", "not_a_number"), ("一百", "not_a_number"), ("NaN", "not_a_number"),
        ("Infinity", "not_a_number"), ("1e999", "limits"), ("1e18", "limits"), ("-5", "negative"), ("−5", "negative"),
        ("－5", "negative"), ("1,5", "separators"), ("1.000.000", "separators"), ("1,00,000", "separators"),
        ("12,3456", "separators"), ("1 2", "separators"), ("1兆", "zhao"), ("5 apples", "unit"), ("45%", "not_a_share"),
        ("3..5", "one_number"), ("1.5.2", "separators"), ("5--3", "one_number"), ("1e", "unit"), ("٣", "not_a_number"),
        ("3万5", "not_a_number"), ("1万2亿", "not_a_number"), (float("nan"), "not_a_number"), 
        (float("inf"), "not_a_number"),         ("<b>5</b>", "not_a_number"), ("5;drop", "unit"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_gets_one_sentence(text, message):
    with pytest.raises(InputError) as error:
        parse(text, field())
    assert error.value.message == message
    for language in ("zh", "en"):
        sentence = error.value.text(language, "参数量")
        assert (
            sentence.startswith("参数量") and "{" not in sentence and "\n" not in sentence.strip()
        )


def test_shares_and_whole_numbers():
    share, whole = field(share=True, max=1), field(whole=True, min=1)
    for text, one, message in (
        ("45", share, "share"),
        ("120%", share, "limits"),
        ("2.5", whole, "not_whole"),
    ):
        with pytest.raises(InputError) as error:
            parse(text, one)
        assert error.value.message == message
    with pytest.raises(InputError, match="goes from low to high"):
        parse("5..3", field(kind="range"))
    with pytest.raises(InputError, match="not the one chosen"):
        parse("￥3", field(kind="range", unit="money/hour"), "USD")


def test_no_text_whatever_gives_a_traceback_or_a_strange_number():
    source = random.Random(7)
    letters = "0123456789.,-+eE %万亿千kMBT~至 to×^$¥_'兆１，％一x\t²"
    for _ in range(4000):
        text = "".join(source.choice(letters) for _ in range(source.randrange(1, 9)))
        one = field(kind=source.choice(["number", "range"]), share=source.random() < 0.3)
        try:
            found = parse(text, one)
        except InputError as error:
            assert error.text("zh") and error.text("en")
        else:
            assert all(0 <= end <= 1e17 for end in (found if isinstance(found, tuple) else [found]))


def test_names_are_found_however_they_are_written():
    def model(name):
        return Inputs("serving", {"model": name})["model"]["id"]

    assert model("qwen3 8b") == "Qwen3-8B" == model("Qwen/Qwen3-8B")
    assert model("GLM-4.7") == "GLM-4.5" and model("llama-3.1-8b-instruct") == "Llama-3.1-8B"
    assert Inputs("serving", {"card": "h100 sxm"})["gpu"]["id"] == "H100"
    with pytest.raises(InputError, match="Close to it: Qwen3-4B, Qwen3-8B"):
        model("Qwen3-9B")
    with pytest.raises(InputError, match="Did you mean tokens"):
        Inputs("training", {"tokns": "5"})
    assert refused("training", params="5e9", parameters="6e9") == ("parameters", "twice")
    assert refused("training", parameters="7b") == ("tokens", "needed")
    assert refused("training", tokens="7b") == ("parameters", "shape")
    assert refused("serving", model="Llama-4-Maverick") == ("parameters", "experts")
    assert refused("memory", model="DeepSeek-V3", method="lora") == ("targets", "lora_mla")
    assert refused("serving", model="qwen3-8b", gpu="ascend 910c") == ("gpu", "card_lacks")


def test_the_command_line_says_one_sentence_and_exits_with_2(capsys):
    for arguments in (
        ["training", "parameters=abc", "tokens=5"],
        ["training", "parameters=7b"],
        ["training", "parameter=7b", "tokens=1e12"],
        ["serving", "model=nothing"],
        ["api", "dialogues"],
        ["api", "turns=1", "turns=2"],
        ["nothing"],
    ):
        assert main(arguments) == 2
        told = capsys.readouterr()
        assert told.out == "" and len(told.err.strip().splitlines()) == 1


def test_help_names_every_input_with_its_unit(capsys):
    for name, spec in INPUTS.items():
        assert main([name, "--help"]) == 0
        told = capsys.readouterr().out
        for one in spec["inputs"]:
            assert f"  {one['name']} (" in told
            if one["kind"] in ("number", "range"):
                assert one["unit"] in told


# ---- every calculator ----


@pytest.mark.parametrize("name", CALCULATORS)
def test_every_result_is_a_range_of_finite_numbers(name):
    units = {one["name"] for one in INPUTS[name]["results"]}
    seen = set()
    for sample in samples(name, 300, 3):
        results = sample["results"]
        for key in units & set(results):
            low, high = ends(results[key])
            assert math.isfinite(low) and math.isfinite(high) and 0 <= low <= high, (key, sample)
            assert results[key]["unit"]
        seen |= units & set(results)
        missing = {note["output"] for note in results["notes"]}
        assert all(note["zh"] and note["en"] for note in results["notes"])
        assert missing or units - set(results) <= {
            "per_dialogue",
            "activations_per_layer",
            "flops",
            "utilisation",
        } | ({"cost_per_million_output_tokens"} if name == "api" else set()), (
            units - set(results),
            sample,
        )
        assert results["assumptions"] and results["sources"]
        json.dumps(results, allow_nan=False, default=str)
    assert seen == units


def test_samples_are_the_same_for_a_seed(capsys):
    assert samples("api", 5, 1) == samples("api", 5, 1) != samples("api", 5, 2)
    assert main(["random", "memory", "3", "1"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 3


def test_inputs_are_described_in_both_languages():
    for spec in INPUTS.values():
        names = [one["name"] for one in spec["inputs"]]
        assert len(set(names)) == len(names)
        for one in spec["inputs"]:
            assert (
                one["zh"]
                and one["en"]
                and one["help"]["zh"].endswith("。")
                and one["help"]["en"].endswith(".")
            )
            assert one["group"] in ("basic", "advanced")
            if one["kind"] in ("number", "range"):
                assert one["min"] <= one["max"] and one["unit"]
    for words in tables.table("messages").values():
        assert set(words) == {"zh", "en"}


# ---- days ----


def test_tables_say_when_they_are_to_be_checked_again():
    for name in tables.DATED:
        table = tables.table(name)
        assert table["read"] < table["recheck"]
    assert tables.overdue(date(2026, 11, 29)) == []
    assert {one["table"] for one in tables.overdue(date(2030, 1, 1))} == set(tables.DATED)


@pytest.mark.parametrize(
    ("table", "old", "new", "told"),
    [
        (
            "prices",
            "output: 0.6}",
            "output: cheap}",
            "the USD list of “deepseek-flash” is not whole",
        ),
        ("prices", "smaller: deepseek-flash,", "smaller: deepseek,", "names “deepseek”"),
        ("cards", "memory: 141", "memory: 141GB", "“memory” of “H200” is no number: 141GB"),
        ("cards", "id: H200,", "id: H100,", "the name “H100” belongs to two rows"),
        ("models", "layers: 126, ", "", "has no “layers”"),
        ("grids", 'carbon: "0.366"', 'carbon: "0.366", carbone: 1', "has an unknown key “carbone”"),
        ("prices", "recheck: 2027-01-31", "recheck: 2026-01-31", "the days of reading"),
    ],
)
def test_a_faulty_row_is_told(project, tmp_path, table, old, new, told):
    shutil.copytree(ROOT / "data/calculators", tmp_path / "data/calculators")
    sources = dataclasses.replace(project, root=tmp_path)
    assert list(check(sources)) == []
    path = tmp_path / f"data/calculators/{table}.yml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    first = next(iter(check(sources)))
    assert told in str(first) and first.file.endswith(f"{table}.yml")


def test_make_due_lists_tables_that_fall_due(project):
    sources = project
    day = tables.table("prices")["recheck"]
    assert falling_due(sources, day - timedelta(days=31)) == []
    first = falling_due(sources, day - timedelta(days=30))[0]
    assert first.file == "data/calculators/prices.yml" and "“prices”" in str(first)


def test_the_page_gets_plain_json():
    exported = tables.export()
    assert json.loads(json.dumps(exported)) == exported
    assert exported["prices"]["recheck"] == tables.table("prices")["recheck"].isoformat()
    assert exported["rates"]["deepseek"]["law"][0] > 0.4
