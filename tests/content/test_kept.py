"""What is kept of earlier builds: by content, whole or not at all, and not for ever."""

import os
import time

import pytest
from handbook.kept import DAY, KEEP, Kept, contents, sweep, write


@pytest.fixture
def kept(tmp_path):
    return Kept(tmp_path, "basis")


def entries(folder):
    return sorted(folder.iterdir())


def made(kept, inputs, value="made"):
    """What is kept for inputs, and whether it was made for this."""
    before = kept.made
    return kept.result("page", inputs, lambda: value), kept.made > before


def test_a_result_is_made_once_for_its_inputs(kept, tmp_path):
    assert made(kept, ["大模型"]) == ("made", True)
    assert made(kept, ["大模型"], "another") == ("made", False)
    assert made(Kept(tmp_path, "basis"), ["大模型"]) == ("made", False)
    assert made(kept, ["模型"])[1]
    assert made(Kept(tmp_path, "another basis"), ["大模型"])[1]


def test_what_is_not_to_be_kept_is_made_again(kept):
    for _ in range(2):
        kept.result("page", [], lambda: 1, keep=lambda: False)
    assert kept.made == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file.write_bytes(file.read_bytes()[:-3]),
        lambda file: file.write_bytes(file.read_bytes().replace(b"made", b"fake")),
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(b"\xff\xfe\x00"),
    ],
    ids=["cut off", "altered", "empty", "no text"],
)
def test_a_damaged_entry_is_ignored_and_renewed(kept, tmp_path, damage):
    made(kept, [])
    [file] = entries(tmp_path)
    whole = file.read_bytes()
    damage(file)
    assert made(kept, []) == ("made", True)
    assert file.read_bytes() == whole


def test_an_interrupted_build_leaves_no_entry(kept, tmp_path, monkeypatch):
    def interrupted(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        made(kept, [])
    assert not list(tmp_path.glob("page-*"))
    monkeypatch.undo()
    assert made(kept, []) == ("made", True)


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path):
    (tmp_path / "file").write_text("in the way")
    assert made(Kept(tmp_path / "file", ""), []) == ("made", True)


def test_only_what_has_long_been_of_no_use_is_thrown_away(kept, tmp_path):
    for inputs in ("old", "used"):
        made(kept, inputs)
    write(tmp_path / "new-unfinished", b"")
    for file in entries(tmp_path):
        os.utime(file, (0, time.time() - KEEP - DAY))
    made(kept, "used")
    sweep(tmp_path)
    assert len(entries(tmp_path)) == 1
    assert not made(kept, "used")[1]


def test_the_hash_of_a_folder_tells_names_and_contents_apart(tmp_path):
    hashes = set()
    for number, (name, text) in enumerate([("a", "bc"), ("ab", "c"), ("a", "b"), ("b/a", "bc")]):
        file = tmp_path / str(number) / name
        file.parent.mkdir(parents=True)
        file.write_text(text)
        hashes.add(contents([tmp_path / str(number)]))
    assert len(hashes) == 4
