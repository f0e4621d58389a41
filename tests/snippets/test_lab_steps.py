"""Steps of a lab are kept, and computed again when what they depend on has changed; tables and figures are sound."""

import functools
import json
from dataclasses import dataclass

import pytest

from handbook.labs import outputs
from snippets.code_hash import code_hash
from snippets.labs import show
from snippets.labs.show import Quoted, figure, new_figure, style, table, words
from snippets.labs.steps import kept, spent
from snippets.metrics import accuracy_interval


@dataclass(frozen=True)
class Settings:
    seeds: tuple[int, ...]


class Counter:
    """Counts how often it is called."""

    def __init__(self):
        self.calls = 0

    def compute(self):
        self.calls += 1
        return {"pair": (1, 2.5), "calls": self.calls}


def test_a_step_is_computed_once_and_reads_the_same(tmp_path):
    counter = Counter()
    first = kept(tmp_path / "new", "a-step.1", counter.compute, settings=Settings((1, 2)))
    assert first == {"pair": [1, 2.5], "calls": 1}  # as JSON gives it, from the first time on
    assert kept(tmp_path / "new", "a-step.1", counter.compute, settings=Settings((1, 2))) == first
    assert counter.calls == 1 and [path.name for path in (tmp_path / "new").iterdir()] == [
        "a-step.1.json"
    ]


def test_other_settings_or_damage_make_it_anew(tmp_path):
    counter = Counter()
    kept(tmp_path, "a", counter.compute, settings=Settings((1,)))
    assert kept(tmp_path, "a", counter.compute, settings=Settings((2,)))["calls"] == 2
    (tmp_path / "a.json").write_text('{"settings": {"seeds": [2]}, "co', encoding="utf-8")
    assert kept(tmp_path, "a", counter.compute, settings=Settings((2,)))["calls"] == 3


def test_other_code_makes_it_anew(tmp_path):
    assert kept(tmp_path, "a", lambda: 1, settings=0) == 1
    assert kept(tmp_path, "a", lambda: 2, settings=0) == 2
    partly = functools.partial(functools.partial(accuracy_interval, 3), 4)
    assert kept(tmp_path, "b", partly, settings=0) == list(accuracy_interval(3, 4))
    assert json.loads((tmp_path / "b.json").read_text())["code"] == code_hash("snippets.metrics")


def test_the_code_of_a_lab_is_what_can_change_a_number(tmp_path):
    lab = tmp_path / "snippets" / "labs"
    (lab / "x").mkdir(parents=True)
    imports = "from snippets.labs.x import y\nfrom snippets.labs.steps import kept\n"
    for name, text in {"x/__init__": imports, "x/y": "A = 1\n", "steps": "B = 1\n"}.items():
        (lab / f"{name}.py").write_text(text)
    before = code_hash("snippets.labs.x", tmp_path)
    (lab / "steps.py").write_text("B = 2\n")
    (lab / "x/y.py").write_text('"""Why."""\nA = 1  # one\n')
    (lab / "x/show.py").write_text("C = 1\n")
    assert code_hash("snippets.labs.x", tmp_path) == before
    (lab / "x/y.py").write_text("A = 2\n")
    assert code_hash("snippets.labs.x", tmp_path) != before


def test_the_time_of_steps_adds_up_over_interruptions(tmp_path):
    counter = Counter()
    for key in ("a", "b"):
        kept(tmp_path, key, counter.compute, settings=0)
        step = json.loads((tmp_path / f"{key}.json").read_text())
        assert step["took"]["seconds"] > 0
        step["took"] = {"seconds": 100, "processor_seconds": 50.5}
        (tmp_path / f"{key}.json").write_text(json.dumps(step))
        kept(tmp_path, key, counter.compute, settings=0)
    assert counter.calls == 2 and spent(tmp_path) == {"seconds": 200, "processor_seconds": 101}


def test_a_step_that_fails_leaves_nothing(tmp_path):
    with pytest.raises(ZeroDivisionError):
        kept(tmp_path, "a", lambda: 1 / 0, settings=0)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("value", [object(), float("nan"), {1, 2}])
def test_what_json_does_not_hold_is_told(tmp_path, value):
    with pytest.raises(ValueError, match="step a: .*plain numbers"):
        kept(tmp_path, "a", lambda: value, settings=0)


@pytest.mark.parametrize("key", ["", "../a", "a/b", ".a", "一"])
def test_a_key_is_a_file_name(tmp_path, key):
    with pytest.raises(ValueError, match="no name for a step"):
        kept(tmp_path, key, lambda: 1, settings=0)


def test_words_of_a_language():
    assert words("zh", {"a": ("甲", "A")}) == {"a": "甲"} and words("en", {"a": ("甲", "A")}) == {
        "a": "A"
    }
    with pytest.raises(ValueError, match="zh, en"):
        words("fr", {})


def test_a_table_shows_text_as_it_is():
    html = table(["a", "b"], [["<i>&", Quoted("好<", "zh")]]).bundle["text/html"]
    assert (
        "<td>&lt;i&gt;&amp;</td>" in html
        and '<td align="right"><span lang="zh">好&lt;</span></td>' in html
    )
    assert '<th scope="col">a</th>' in html and "style" not in html
    with pytest.raises(ValueError, match="3 cells under 2 heads"):
        table(["a", "b"], [["1", "2", "3"]])


def test_a_figure_has_two_schemes_and_a_text():
    def draw(colours):
        made, axes = new_figure(2)
        axes.plot([0, 1], [0, 1], color=colours["first"])
        style(axes, colours)
        return made

    bundle = figure(draw, "what it shows").bundle
    light, dark = bundle["image/svg+xml"], bundle[show.DATA]["figure"]["dark"]
    assert show.THEMES["light"]["first"] in light and show.THEMES["dark"]["first"] in dark
    assert show.THEMES["dark"]["first"] not in light
    assert bundle == figure(draw, "what it shows").bundle  # no date, no random ids
    with pytest.raises(ValueError, match="needs a text"):
        figure(draw, " ")
    assert outputs.DATA == show.DATA
