"""Builds give the same bytes however they are made, say the same, and take no more than their share for more pages."""

import re
import shutil
import subprocess
import sys

import pytest
from bench.many_pages import make
from conftest import contents, copied, run_mkdocs
from handbook.english import WORK

BROKEN = "playbook.md#no-such-section"


def entries(tree):
    """What is kept, by name, with the time of writing; templates aside, which Jinja keeps."""
    return {path.name: path.stat().st_mtime_ns for language in ("zh", "en") for path in (tree / ".cache/build" / language).glob("*")}


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """A copy of the project that has been built once."""
    tree = copied(tmp_path_factory.mktemp("build") / "tree")
    result = run_mkdocs(tree, "build", "--strict")
    assert result.returncode == 0, result.stdout
    return tree


def test_cold_and_warm_builds_give_the_same_bytes(tree):
    cold, kept = contents(tree / "site"), entries(tree)
    for file in [*sorted((tree / ".cache/build/zh").glob("page-*"))[:2], *(tree / ".cache/build/templates").iterdir()]:
        file.write_bytes(file.read_bytes()[:-100])
    result = run_mkdocs(tree, "build", "--strict")
    assert result.returncode == 0, result.stdout
    assert contents(tree / "site") == cold
    now = entries(tree)
    assert now.keys() == kept.keys()
    assert sum(now[name] != kept[name] for name in kept) == 2, "only the damaged entries are made again"


def test_an_edit_makes_again_only_what_comes_from_its_page(tree):
    kept = entries(tree)
    page = tree / "docs/en/guide.md"
    page.write_text(page.read_text(encoding="utf-8").replace("## Conclusion", "## The conclusion"), encoding="utf-8")
    assert run_mkdocs(tree, "build", "--strict").returncode == 0
    # And the changelog's entry for the search, since that page lists what has changed.
    assert sorted(name.split("-")[0] for name in entries(tree).keys() - kept.keys()) == ["page", "places", "plain", "search", "search"]
    snippet = tree / "snippets/metrics.py"
    snippet.write_text("# Edited.\n" + snippet.read_text(encoding="utf-8"), encoding="utf-8")
    kept = entries(tree)
    assert run_mkdocs(tree, "build", "--strict").returncode == 0
    assert len([name for name in entries(tree).keys() - kept.keys() if name.startswith("page-")]) == sum(
        path.suffix in (".md", ".ipynb") for path in (tree / "docs").rglob("*"))


def test_both_languages_at_once_give_the_bytes_of_one_after_the_other(tree, tmp_path):
    """Before the Chinese build has made one style sheet and one policy for both."""
    result = run_mkdocs(tree, "build", "--strict", "--config-file", "mkdocs.en.yml", "--site-dir", str(tmp_path / "alone"))
    assert result.returncode == 0, result.stdout
    beside = tmp_path / "beside"
    subprocess.run([sys.executable, "-m", "handbook.english", beside, "", "30"], cwd=tree, check=True)
    assert contents(beside) == contents(tmp_path / "alone")
    assert not (tree / "site" / WORK).exists()


def test_a_warning_is_given_at_every_build_and_stops_a_strict_one(tree, tmp_path):
    """In English, where another process gives it."""
    copy = tmp_path / "tree"
    shutil.copytree(tree, copy)
    page = copy / "docs/en/guide.md"
    page.write_text(page.read_text(encoding="utf-8") + f"\nA [link]({BROKEN}) and a [file](no-such-file.md).\n", encoding="utf-8")
    line = page.read_text(encoding="utf-8").count("\n")
    for _ in range(2):
        result = run_mkdocs(copy, "build", "--strict")
        assert result.returncode == 1
        assert "Aborted with 2 warnings in strict mode" in result.stdout
        for what in (BROKEN, "no-such-file.md"):
            assert re.search(rf"docs/en/guide\.md:{line}: the link '{re.escape(what)}'", result.stdout), result.stdout


@pytest.mark.parametrize("file, old, new, why", [
    ("mkdocs.en.yml", "site_name: ", "site_name: [\n", 'mkdocs.en.yml", line 5'),
    ("mkdocs.yml", "  - hooks/glossary.py\n", "  - hooks/fails_in_english.py\n  - hooks/glossary.py\n", "as told"),
], ids=["its configuration", "its build"])
def test_an_english_site_that_cannot_be_built_stops_the_build(tree, tmp_path, file, old, new, why):
    copy = tmp_path / "tree"
    shutil.copytree(tree, copy)
    (copy / "hooks/fails_in_english.py").write_text(
        "def on_nav(nav, config, files):\n    if config.theme['language'] == 'en':\n        raise ValueError('as told')\n")
    (copy / file).write_text((copy / file).read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    result = run_mkdocs(copy, "build")
    assert result.returncode == 1
    assert "The English site was not built; the messages above say why." in result.stdout
    assert why in result.stdout


CPU = """
import sys, time
from mkdocs.__main__ import cli
cli(["build", "--quiet", "--config-file", "mkdocs.en.yml", "--site-dir", sys.argv[1]], standalone_mode=False)
print("seconds", time.process_time())
"""


@pytest.fixture(scope="module")
def grown(tmp_path_factory):
    """For 4 and 12 times the pages: pages, seconds that the processor worked for English, the English site."""
    found = []
    for times in (4, 12):
        folder = tmp_path_factory.mktemp(f"grown-{times}")
        pages = make(folder / "tree", times)
        result = subprocess.run(
            [sys.executable, "-c", CPU, str(folder / "site")], cwd=folder / "tree", text=True, capture_output=True)
        assert result.returncode == 0, result.stderr
        found.append((pages, float(re.search(r"seconds (\S+)", result.stdout)[1]), folder / "site"))
    return found


def test_a_build_takes_its_share_for_more_pages(grown):
    """The promise is 1.5 times as much; half of what is left is for a busy machine."""
    (few, short, _), (many, long, _) = grown
    assert long / short <= 1.25 * many / few


def test_what_every_page_holds_of_the_others_stays_small(grown):
    """The navigation names one more section for each copy of the six pages, not six more pages."""
    (few, _, small), (many, _, large) = grown
    for page in ("guide/index.html", "copy-003/playbook/index.html"):
        more = (large / page).stat().st_size - (small / page).stat().st_size
        assert 0 < more / (many - few) < 200


def test_a_project_with_more_pages_has_no_fault(tmp_path):
    """Or `make bench` would stop; it builds strictly."""
    make(tmp_path / "tree", 2)
    result = run_mkdocs(tmp_path / "tree", "build", "--strict")
    assert result.returncode == 0, result.stdout


def test_generated_pages_are_the_same_at_every_call(tmp_path):
    for name in ("a", "b"):
        make(tmp_path / name, 3)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    pages = [(tmp_path / "a" / "docs/zh" / folder / "guide.md").read_text(encoding="utf-8") for folder in ("", "copy-002", "copy-003")]
    assert len(set(pages)) == 3
