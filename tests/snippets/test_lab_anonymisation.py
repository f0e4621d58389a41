"""The lab on anonymisation: what its recognisers take, what its cases hold, and how people are found again."""

import ast
import dataclasses
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snippets.labs import anonymisation
from snippets.labs.anonymisation import (
    SMALL,
    added,
    backgrounds,
    distinct_reviews,
    name_of,
    personal_cases,
    personal_data,
    run,
    scores,
    sentence_alone,
    share,
    strings,
    tally,
)
from snippets.labs.anonymisation.people_table import (
    FINEST,
    LEVELS,
    coarsened,
    explained,
    groups,
    k_anonymous,
    link,
    make_people,
    register_of,
    share_unique,
    told_anyway,
)
from snippets.labs.anonymisation.personal_cases import NOTATIONS, TRAPS, Case, Maker, cases
from snippets.labs.anonymisation.personal_data import (
    KINDS,
    Span,
    as_shipped,
    is_bank_card,
    is_id_card,
    masked,
    narrow,
    ours,
    surnames_alone,
    tagger,
)
from snippets.labs.anonymisation.show import (
    coarse_table,
    kinds_table,
    linked_table,
    names_table,
    notations_figure,
    own_table,
    real_table,
    sweep_figure,
    sweep_table,
    traps_table,
    unique_figure,
    unique_table,
)
from snippets.labs.anonymisation.verdict import verdict
from snippets.runs import InputError


@pytest.fixture(scope="module")
def find():
    return ours()


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    return run(SMALL, tmp_path_factory.mktemp("kept"))


def found(find, text: str) -> list[tuple[str, str]]:
    return [(span.kind, text[span.start : span.end]) for span in find(text)]


# Recognisers


def test_the_check_digit_of_the_standard():
    assert is_id_card("11010519491231002X")  # the example of GB 11643-1999
    assert is_id_card("110105 19491231 002x")
    assert not is_id_card("110105194912310021") and not is_id_card(
        "11010519490231002X"
    )  # 31 February
    assert is_id_card("370303195001010019")  # a county founded in 1983, a person born in 1950


def test_the_sum_of_luhn():
    assert is_bank_card("4111 1111 1111 1111") and not is_bank_card("4111 1111 1111 1112")
    assert not is_bank_card("9111111111111116")  # the sum is right, but no card begins with 9


@settings(max_examples=50, deadline=None)
@given(st.text())
def test_making_narrow_moves_nothing(text):
    assert len(narrow(text)) == len(text)


def test_full_width_digits_become_narrow():
    assert narrow("电话１３８，Ａ＠ｂ．ｃｏｍ㈱") == "电话138,A@b.com㈱"


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("电话13812345678，谢谢", [("phone", "13812345678")]),
        ("证件11010519491231002X号", [("id_card", "11010519491231002X")]),
        ("卡号6222021234567890128请查", [("bank_card", "6222021234567890128")]),
        ("写信到abc.d@qq.com吧", [("email", "abc.d@qq.com")]),
        ("１３８１２３４５６７８", [("phone", "１３８１２３４５６７８")]),
        ("我叫欧阳娜娜，", [("name", "欧阳娜娜")]),
        ("王师傅来了", [("name", "王师傅")]),
        ("文三路478号", [("address", "文三路478号")]),
        ("花了1,299.00元，2019-08-12下单", []),
        ("单号6222021234567890127", []),
    ],
)
def test_what_stands_in_chinese_text(find, text, wanted):
    assert found(find, text) == wanted


def test_without_check_digits_every_form_counts():
    assert found(ours(check_digits=False), "单号6222021234567890127") == [
        ("bank_card", "6222021234567890127")
    ]


def test_as_shipped_a_word_border_is_asked_for():
    shipped = as_shipped()
    assert found(shipped, "abc.d@qq.com") == [("email", "abc.d@qq.com")]
    assert found(shipped, "写信到abc.d@qq.com吧") != [("email", "abc.d@qq.com")]
    assert found(shipped, "卡4111111111111111号") == [] and found(shipped, "4111111111111111")


def test_the_tagger_joins_what_it_cuts():
    assert found(tagger(), "昨天张伟和李小明去了") == [("name", "张伟"), ("name", "李小明")]
    assert found(tagger(), " ") == []


def test_a_surname_alone_takes_what_follows():
    assert found(surnames_alone(), "房间温馨") == [("name", "房间温")] or found(
        surnames_alone(), "温馨的"
    ) == [("name", "温馨的")]


def test_masking():
    found = [Span(4, 6, "name"), Span(0, 2, "phone"), Span(1, 3, "email")]
    assert masked("0123456789", found) == "[phone]3[name]6789"
    assert masked("abc", []) == "abc"


def test_own_data(tmp_path):
    lines, rows = tmp_path / "mine.txt", tmp_path / "mine.csv"
    lines.write_text("电话13812345678\n很好\n王师傅，李老师\n", encoding="utf-8")
    shown = own_table(lines, "en")._repr_mimebundle_()["text/plain"]
    assert "Telephone\t1\t333.3" in shown and "Name\t2\t666.7" in shown
    rows.write_text("sex,year\n1,1990\n1,1991\n1,1991\n", encoding="utf-8")
    shown = unique_table(rows, ["sex", "year"], "en")._repr_mimebundle_()["text/plain"]
    assert "sex\t0.0%\t3" in shown and "sex, year\t33.3%\t1" in shown
    with pytest.raises(InputError, match="no column “age”; it has: sex, year"):
        unique_table(rows, ["age"], "en")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_everything_is_shown(result, language):
    for show in (
        kinds_table,
        notations_figure,
        traps_table,
        names_table,
        real_table,
        sweep_figure,
        sweep_table,
        unique_figure,
        linked_table,
        coarse_table,
    ):
        bundle = show(result, language)._repr_mimebundle_()
        assert "text/html" in bundle or "image/svg+xml" in bundle


# Cases


def test_the_cases_know_nothing_of_the_patterns():
    names = lambda module: {  # noqa: E731
        alias
        for node in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8")))
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in [getattr(node, "module", None) or node.names[0].name]
    }
    assert not any("snippets" in name for name in names(personal_cases) | names(personal_data))


def test_the_cases_are_the_same_on_every_day(monkeypatch):
    monkeypatch.setattr(personal_cases.Cards, "ssn", lambda *_, **__: pytest.fail("of today"))
    assert cases(["很好。"] * 2000, 0, 3)


def test_each_case_holds_its_item_where_it_says():
    reviews = [f"评论{'很' * i}好。下次还来" for i in range(2000)]
    made = cases(reviews, 0, 3)
    assert made == cases(reviews, 0, 3) != cases(reviews, 1, 3)
    assert len(made) == 3 * (sum(map(len, NOTATIONS.values())) + len(TRAPS))
    assert {case.kind for case in made} == {*KINDS, "none"}
    for case in made:
        assert case.place[0] <= case.start <= case.end <= case.place[1] or case.kind == "none"
        assert case.text[: case.place[0]] + case.text[case.place[1] :] in reviews
        alone = sentence_alone(case)
        if case.kind != "none":
            assert alone.text[alone.start : alone.end] == case.text[case.start : case.end] != ""


def test_the_numbers_are_what_they_are_said_to_be():
    maker = Maker(0)
    for _ in range(50):
        assert is_id_card(maker.id_card("plain")) and not is_id_card(maker.id_card("mistyped"))
        assert maker.id_card("small_x")[-1] == "x" and len(maker.id_card("old")) == 15
        assert is_bank_card(maker.bank_card("plain")) and is_bank_card(maker.bank_card("credit"))
        assert not is_bank_card(maker.bank_card("mistyped"))
        assert not is_id_card(maker.with_wrong_check_digit(maker.id_card("plain")))
        assert set(maker.phone("words")) <= set("零幺二三四五六七八九")
        assert narrow(maker.phone("wide")).isascii()


# Counting


def test_found_means_the_whole_item():
    text = "我叫王小明，很好"
    case = Case(text, 2, 5, "name", "introduced", (0, 6))
    count = lambda *spans: tally([case], lambda _: list(spans), ("name",))["kinds"]["name"]  # noqa: E731
    assert count(Span(2, 5, "name"))["notations"]["introduced"] == {
        "cases": 1,
        "found": 1,
        "touched": 1,
    }
    assert count(Span(2, 4, "name"))["notations"]["introduced"] == {
        "cases": 1,
        "found": 0,
        "touched": 1,
    }
    assert count(Span(2, 4, "name"), Span(4, 5, "name"))["notations"]["introduced"]["found"] == 1
    assert count(Span(2, 5, "phone"))["notations"]["introduced"]["touched"] == 0
    wrong = count(Span(0, 2, "name"), Span(2, 5, "name"), Span(7, 8, "name"))
    assert (wrong["alarms"], wrong["right"]) == (2, 1)  # the third lies in the review around


def test_an_alarm_on_a_trap_is_counted_once():
    case = Case("订单12345678", 0, 0, "none", "order", (0, 10))
    counted = tally(
        [case], lambda _: [Span(2, 5, "phone"), Span(5, 8, "bank_card")], ("phone", "bank_card")
    )
    assert counted["traps"]["order"] == {"cases": 1, "alarmed": 1}
    assert scores(counted)["kinds"]["phone"]["precision"]["share"] == 0
    assert scores(counted)["kinds"]["phone"]["recall"] == {"of": 0, "count": 0}


def test_shares():
    assert share(1, 2)["share"] == 0.5 and share(0, 0) == {"of": 0, "count": 0}
    assert added([{"a": 1, "b": {"c": 2}}, {"a": 3, "b": {"c": 4}}]) == {"a": 4, "b": {"c": 6}}


def test_the_wider_net():
    text = "电话 138-1234 5678，邮箱a.b@c.com! 3599元"
    assert [text[a:b] for a, b in strings(text)] == ["138-1234 5678", "a.b@c.com"]


def test_backgrounds_hold_nobody():
    assert backgrounds(["很好", "打13812345678", "a@b.com", "3599元"]) == ["很好", "3599元"]


def test_what_was_judged_is_there():
    """The keys fit the reviews of the package: without them nothing would be counted."""
    keys = {name_of(text, place) for text in distinct_reviews() for place in strings(text)}
    assert keys == set(anonymisation.STRINGS)
    assert sum(what == "mobile" for what in anonymisation.STRINGS.values()) == 7


# People


def test_unique_rows_by_hand():
    columns = [np.array([0, 0, 1, 1]), np.array([5, 5, 5, 7])]
    assert groups(columns).tolist() == [0, 0, 1, 2] and share_unique(columns) == 0.5


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3)), min_size=1))
def test_groups_are_what_counting_says(rows):
    group = groups([np.array(column) for column in zip(*rows, strict=True)])
    assert [[a == b for b in group] for a in group] == [[a == b for b in rows] for a in rows]


def test_linking_by_hand():
    #         once in both, twice here, only here, once here and twice there
    released = [np.array([1, 2, 2, 3, 4])]
    register = [np.array([4, 1, 4, 2])]
    assert link(released, register).tolist() == [1, -1, -1, -1, -1]


def test_who_is_in_the_register_is_found():
    town = make_people(500, 0)
    rows = np.arange(100)
    match = link(
        coarsened(town.take(rows), FINEST), coarsened(register_of(town, rows, 0, 1), FINEST)
    )
    assert (match[match >= 0] == rows[match >= 0]).all() and (match >= 0).mean() > 0.9
    nothing = tuple(most - 1 for most in LEVELS.values())
    assert (link(coarsened(town.take(rows), nothing), coarsened(town, nothing)) == -1).all()


def test_a_stale_register_differs_only_where_it_should():
    town = make_people(2000, 0)
    register = register_of(town, np.arange(2000), 0.5, 1)
    assert (register.year == town.year).all()
    changed = (register.district != town.district) | (register.occupation != town.occupation)
    assert 0.35 < changed.mean() < 0.55


def test_groups_of_k_have_k_rows():
    town = make_people(3000, 0)
    for k, (levels, stays) in k_anonymous(town, (1, 2, 10), 0.05, 0).items():
        assert stays.mean() >= 0.95
        assert np.bincount(groups(coarsened(town.take(np.flatnonzero(stays)), levels))).min() >= k
    with pytest.raises(ValueError, match="groups of 4000"):
        k_anonymous(town, (4000,), 0.05, 0)


def test_explained_variance():
    group = np.repeat([0, 1], 500)
    assert explained(group, group.astype(float), 0) == pytest.approx(1)
    noise = np.random.default_rng(0).normal(size=1000)
    assert abs(explained(group, noise, 0)) < 0.02


def test_told_without_being_found():
    assert told_anyway(np.array([0, 0, 1, 1, 2]), np.array([3, 3, 3, 4, 1])) == pytest.approx(3 / 5)


# The whole


def test_a_small_run(result):
    assert set(result["detectors"]) == {"shipped", "unchecked", "ours", "tagger", "surnames"}
    for name, detector in result["detectors"].items():
        for kind, row in detector["kinds"].items():
            assert row["recall"]["of"] == SMALL.each * len(NOTATIONS[kind])
            assert row["recall"]["count"] <= row["touched"]["count"], (name, kind)
            assert set(row["notations"]) == set(NOTATIONS[kind])
        assert set(detector["traps"]) == set(TRAPS)
    assert {row["k"] for row in result["tables"]["coarse"]} == {1, *SMALL.ks}
    for row in result["tables"]["coarse"]:
        assert row["smallest"] >= row["k"] and (row["named"] == 0 or row["k"] == 1)
    unique = [row["town"]["mean"] for row in result["tables"]["unique"].values()]
    assert unique[0] <= unique[1] <= unique[2] <= unique[4]
    assert result["reviews"]["ours"]["reviews"] == SMALL.reviews


def test_a_second_run_reads_what_was_kept(tmp_path, monkeypatch):
    smaller = dataclasses.replace(SMALL, each=1, reviews=20, tagged=2)
    first = run(smaller, tmp_path)
    monkeypatch.setattr(anonymisation, "cases", lambda *_: pytest.fail("made again"))
    assert run(smaller, tmp_path) == first


def test_the_sweep_holds_what_was_measured_before(result):
    """The base case among its combinations gives the same as the towns measured in full."""
    sweep = result["tables"]["sweep"]
    assert len(sweep["cells"]) == len(SMALL.towns) * len(SMALL.overlaps) * len(SMALL.stales)
    base = next(cell for cell in sweep["cells"] if cell["id"] == "n4000-o38-s10")
    for name in anonymisation.SWEPT:
        assert base[name]["found_again"] == result["tables"]["linked"][name]["found_again"]
        shares = [cell[name]["found_again"]["share"] for cell in sweep["cells"]]
        assert sweep["range"][name]["found_again"] == {"least": min(shares), "most": max(shares)}
    fresh, stale = (
        next(cell for cell in sweep["cells"] if cell["id"] == f"n4000-o100-s{s}") for s in (10, 30)
    )
    day = "birthday_and_occupation"
    assert fresh[day]["found_again"]["share"] > stale[day]["found_again"]["share"]


def told(**changed):
    """A result in which every technique hides what it should, but for what is changed."""
    given = {"phone": 0.95, "name": 0.95, "address": 0.95, "least": 0, "most": 0.001}
    given |= {"named": 0, "told": 0, "explained": 0.48} | changed

    def kinds(low):
        return {
            kind: {
                "notations": {
                    n: {"interval": [low if n == "mentioned" else given.get(kind, 0.95), 1]}
                    for n in NOTATIONS[kind]
                }
            }
            for kind in KINDS
        }

    def cell(share):
        return {"birthday_and_occupation": {"found_again": {"share": share}}}

    coarse = [
        {"k": k, "named": n, "told_anyway": {"mean": given["told"]}, "explained": {"mean": e}}
        for k, n, e in ((1, 50, 0.5), (10, given["named"], given["explained"]))
    ]
    return {
        "detectors": {"ours": {"kinds": kinds(0)}, "tagger": {"kinds": kinds(given["name"])}},
        "tables": {
            "coarse": coarse,
            "sweep": {"cells": [cell(given["least"]), cell(given["most"])]},
        },
    }


@pytest.mark.parametrize(
    "technique, changed, wanted",
    [
        ("numbers", {"phone": 0.89}, "refuted"),
        ("names", {"name": 0.6}, "refuted"),
        ("names", {"address": 0.2}, "refuted"),
        ("without_names", {"most": 0.4}, "not_tested"),  # it depends on the register
        ("without_names", {"least": 0.02, "most": 0.4}, "refuted"),
        ("k_anonymity", {"named": 1}, "refuted"),
        ("k_anonymity", {"told": 0.02}, "refuted"),
        ("k_anonymity", {"explained": 0.4}, "refuted"),
    ],
)
def test_the_verdicts(technique, changed, wanted):
    holds = verdict(told())
    assert {*holds.values()} == {"supported", "not_tested"} and holds["model"] == "not_tested"
    assert verdict(told(**changed)) == {**holds, technique: wanted}
