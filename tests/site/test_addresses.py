"""Every address that was ever published still leads somewhere, and the ledger of them only grows."""

import shutil
import subprocess

import pytest
from conftest import ROOT, SITE_URL, copied, run_mkdocs
from handbook.addresses import (
    Malformed,
    faulty_moves,
    lost_addresses,
    new_address,
    read_ledger,
    read_moved,
    split,
)
from handbook.built_pages import outlines_of
from handbook.ledger import main, published as published_by
from lxml import html

LANGUAGES = {"zh": "", "en": "en/"}
MEND = "Run `make addresses` and commit data/addresses.yml."


def file_at(site, language, address):
    """The file that a server would send for an address of the ledger."""
    return site / LANGUAGES[language] / split(address)[0].strip("/") / "index.html"


def ids_in(file):
    return (
        set(html.parse(str(file), html.HTMLParser(encoding="utf-8")).xpath("//@id"))
        if file.is_file()
        else set()
    )


def unreachable(site, root=ROOT):
    """Addresses of the ledger, with their language, that lead nowhere on a built site; read from its HTML alone."""
    ledger, moved = read_ledger(root), read_moved(root)
    missing = []
    for language in LANGUAGES:
        for page, ids in ledger.items():
            file = file_at(site, language, page)
            if not file.is_file():
                missing.append((language, page))
                continue
            here = ids_in(file)
            for id, entry in ids.items():
                target = new_address(f"{page}#{id}", moved) or f"{page}#{id}"
                there = (
                    ids_in(file_at(site, language, target)) if target != f"{page}#{id}" else here
                )
                if split(target)[1] and split(target)[1] not in there:
                    missing.append((language, f"{page}#{id}"))
                share = (
                    site
                    / LANGUAGES[language]
                    / "s"
                    / (page.strip("/") or "index")
                    / id
                    / "index.html"
                )
                if entry.kind == "share" and not share.is_file():
                    missing.append((language, f"/s{page}{id}/"))
            if not (
                site / LANGUAGES[language] / "s" / (page.strip("/") or "index") / "index.html"
            ).is_file():
                missing.append((language, f"/s{page}"))
    return missing


def test_every_published_address_leads_somewhere(site):
    assert not unreachable(site)


def test_so_it_does_after_everything_that_can_happen(drill, tmp_path_factory):
    base = drill.parent
    assert not unreachable(drill, base / "drill-tree")


def test_the_ledger_holds_every_address_of_the_site(site):
    ledger = {
        page: {id: entry.kind for id, entry in ids.items()}
        for page, ids in read_ledger(ROOT).items()
    }
    for page, ids in published_by(site).items():
        assert page in ledger, f"{page} is not in the ledger. {MEND}"
        new = {id: kind for id, kind in ids.items() if ledger[page].get(id) not in (kind, "share")}
        assert not new, f"new on {page}: {', '.join(new)}. {MEND}"


def test_the_ledger_holds_list_items_and_terms():
    ledger = read_ledger(ROOT)
    assert ledger["/guide/"]["more-data"].kind == "share"
    assert ledger["/reference/glossary/"]["overfitting"].kind == "anchor"
    assert sum(map(len, ledger.values())) >= 150


def test_nothing_was_ever_taken_out():
    """Each version of the ledger that this clone knows is contained in the present one."""

    def git(*arguments):
        return subprocess.run(
            ["git", *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8"
        ).stdout

    now = {(page, id) for page, ids in read_ledger(ROOT).items() for id in ids}
    for commit in git("log", "--format=%h", "--", "data/addresses.yml").split():
        page = ""
        for line in git("show", f"{commit}:data/addresses.yml").splitlines():
            if line.startswith("/"):
                page = line.rstrip(":")
            elif line.startswith("  "):
                id = line.split(":")[0].strip()
                assert (page, id) in now, (
                    f"{page}#{id}, in the ledger of commit {commit}, has been taken out: put it back."
                )


# ---- the command ----


@pytest.fixture
def data(tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("cards"))
    return tmp_path


def test_the_command_adds_and_never_takes_out(data, site, capsys):
    ledger = data / "data/addresses.yml"
    complete = ledger.read_text(encoding="utf-8")
    lines = complete.splitlines(keepends=True)
    without = [line for line in lines if line != "  training-techniques: share\n"]
    ledger.write_text(
        "".join(without) + "/gone/:\n  gone: share\n  part: anchor\n", encoding="utf-8"
    )
    assert main([str(site)], data) == 0
    assert ledger.read_text(encoding="utf-8").splitlines(keepends=True) == [
        *without[
            : (
                end := next(
                    i
                    for i, line in enumerate(without)
                    if i > without.index("/guide/:\n") and line.startswith("/")
                )
            )
        ],
        "  training-techniques: share\n",
        *without[end:],
        "/gone/:\n",
        "  gone: share\n",
        "  part: anchor\n",
    ]
    assert "1 new" in capsys.readouterr().out
    again = ledger.read_bytes()
    assert main([str(site)], data) == 0
    assert ledger.read_bytes() == again


def test_the_command_writes_nothing_on_an_empty_site(data, tmp_path, capsys):
    before = (data / "data/addresses.yml").read_bytes()
    (tmp_path / "empty").mkdir()
    assert main([str(tmp_path / "empty")], data) == 0
    assert (data / "data/addresses.yml").read_bytes() == before


BROKEN = {
    "not YAML": ("/guide/:\n  a: share\n b: [\n", 3, "not valid YAML"),
    "left from a merge": (
        "<<<<<<< HEAD\n/guide/:\n  a: share\n",
        2,
        "keep the lines of both sides",
    ),
    "a list": ("- guide\n", 1, "no list of pages"),
    "empty": ("# nothing\n", 1, "no list of pages"),
    "no page": ("guide:\n  a: share\n", 1, "A page is written as /guide/"),
    "a page twice": ("/guide/:\n  a: share\n/guide/:\n  b: share\n", 3, "there twice"),
    "an id twice": ("/guide/:\n  a: share\n  a: anchor\n", 3, "there twice"),
    "no ids": ("/guide/:\n", 1, "has no ids"),
    "an unknown mark": ("/guide/:\n  a: shared\n", 2, "Write “share”"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_malformed_ledger_is_left_alone(data, site, name, capsys):
    text, line, message = BROKEN[name]
    ledger = data / "data/addresses.yml"
    ledger.write_text(text, encoding="utf-8")
    assert main([str(site)], data) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"nothing written: data/addresses.yml:{line}: ") and message in error
    assert ledger.read_text(encoding="utf-8") == text


def test_a_ledger_that_is_missing_is_not_begun_anew(data, site, capsys):
    (data / "data/addresses.yml").unlink()
    assert main([str(site)], data) == 2
    assert "git checkout -- data/addresses.yml" in capsys.readouterr().err
    assert not (data / "data/addresses.yml").exists()


@pytest.mark.parametrize(
    "text, line, message",
    [
        ("- /guide/\n", 1, "no map"),
        ("/guide/#a: /b/\n/guide/#a: /c/\n", 2, "there twice"),
        ("/guide/#a: [x]\n", 1, "no address"),
        ("/guide/#a: https://example.org/\n", 1, "no address"),
        ("# why\nguide: /playbook/\n", 2, "An address is written as /guide/"),
        ("/guide/#a: /../../etc/\n", 1, "no address"),
    ],
)
def test_a_malformed_map_is_told(data, text, line, message):
    (data / "data/moved.yml").write_text(text, encoding="utf-8")
    with pytest.raises(Malformed, match=message) as told:
        read_moved(data)
    assert str(told.value).startswith(f"data/moved.yml:{line}: ")


# ---- what the build tells ----

LEDGER = "/a/:\n  a: share\n  one: share\n  two: share\n/b/:\n  b: share\n/c/:\n  c: share\n  one: share\n"
PAGES = {"/a/": {"a", "one"}, "/b/": {"b", "three"}}


def told(tmp_path, moved):
    (tmp_path / "data").mkdir(exist_ok=True)
    (tmp_path / "data/addresses.yml").write_text(LEDGER, encoding="utf-8")
    (tmp_path / "data/moved.yml").write_text(moved, encoding="utf-8")
    ledger, moves = read_ledger(tmp_path), read_moved(tmp_path)
    return [
        str(p)
        for p in lost_addresses(ledger, moves, PAGES, "zh")
        + faulty_moves(ledger, moves, PAGES, "zh")
    ]


def test_good_moves_are_silent(tmp_path):
    assert told(tmp_path, "/a/#two: /b/#three\n/c/: /a/\n/c/#c: /a/#a\n") == []


MOVES = {
    "a section that is gone": (
        "/c/: /a/\n/c/#c: /a/#a\n",
        "docs/zh/a.md:1: the published section /a/#two (data/addresses.yml:4) is gone",
    ),
    "a page that is gone": (
        "/a/#two: /b/\n",
        "data/addresses.yml:7: the published page /c/ is gone in zh",
    ),
    "a section that did not go with its page": (
        "/a/#two: /b/\n/c/: /b/\n/c/#c: /b/#b\n",
        "/c/#one (data/addresses.yml:9) is gone",
    ),
    "to itself": ("/a/#two: /a/#two\n", "data/moved.yml:1: /a/#two is moved to itself"),
    "never published": (
        "/a/#four: /b/#three\n",
        "data/moved.yml:1: /a/#four has never been published",
    ),
    "still there": ("/a/#one: /b/#three\n", "data/moved.yml:1: /a/#one is still there"),
    "page still there": ("/a/: /b/\n", "data/moved.yml:1: the page /a/ is still there"),
    "two hops": ("/a/#two: /c/#one\n/c/: /a/\n/c/#c: /a/\n", "Lead it to /a/#one at once"),
    "a circle": ("/a/#two: /c/#one\n/c/#one: /a/#two\n", "one hop, no chains"),
    "to no page": ("/a/#two: /d/\n", "which does not exist in zh"),
    "to no section": ("/a/#two: /b/#four\n", "which does not exist in zh"),
}


@pytest.mark.parametrize("name", MOVES)
def test_a_faulty_move_is_told(tmp_path, name):
    moved, message = MOVES[name]
    assert [line for line in told(tmp_path, moved) if message in line], told(tmp_path, moved)


def test_a_renamed_section_stops_the_build_until_its_old_id_is_kept(tmp_path):
    tree = copied(tmp_path / "tree")
    for language in ("zh", "en"):
        page = tree / f"docs/{language}/guide.md"
        page.write_text(
            page.read_text(encoding="utf-8").replace("conclusion", "the-end"), encoding="utf-8"
        )
    result = run_mkdocs(tree, "build", "--strict")
    assert result.returncode
    for language in ("zh", "en"):
        assert (
            f"docs/{language}/guide.md:1: the published section /guide/#conclusion (data/addresses.yml:"
            in result.stdout
        )
    assert (
        '<a id="conclusion"></a>' in result.stdout
        and "/guide/#conclusion: /page/#id" in result.stdout
    )
    for language in ("zh", "en"):
        page = tree / f"docs/{language}/guide.md"
        text = page.read_text(encoding="utf-8")
        page.write_text(
            text.replace("\n## 结语", '\n<a id="conclusion"></a>\n\n## 结语').replace(
                "\n## Conclusion", '\n<a id="conclusion"></a>\n\n## Conclusion'
            ),
            encoding="utf-8",
        )
    result = run_mkdocs(tree, "build", site_url=SITE_URL)
    assert result.returncode == 0 and "is gone" not in result.stdout, result.stdout
    assert not unreachable(tree / "site", tree)
    places = {place.id: place for place in outlines_of(tree / "site", "zh")["/guide/"]}
    assert (
        places["conclusion"].kind == "alias"
        and places["conclusion"].title == places["the-end"].title
    )


def test_an_unreadable_ledger_stops_the_build_without_a_traceback(tmp_path):
    tree = copied(tmp_path / "tree")
    (tree / "data/addresses.yml").write_text("guide\n", encoding="utf-8")
    result = run_mkdocs(tree, "build", "--strict")
    assert (
        result.returncode
        and "data/addresses.yml:1: " in result.stdout
        and "Traceback" not in result.stdout
    )
