"""The live preview: `mkdocs serve` shows both languages, and builds again only what an edit concerns."""

import re
import shutil
import urllib.request

import pytest
from bench.preview import previewing, read, until
from conftest import ROOT


@pytest.fixture(scope="module")
def preview(tmp_path_factory):
    """(tree, work folder, address) of a running preview of a copy of the project."""
    work = tmp_path_factory.mktemp("preview")
    tree = work / "tree"
    shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(".git", ".venv", "site", ".cache", "__pycache__", ".pytest_cache"))
    with previewing(tree, work) as root:
        until(lambda: "AI大模型创业指南" in read(root + "guide/"))
        yield tree, work, root


def edit(tree, file, old, new):
    path = tree / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def written(work):
    """When each language's page was written; the served folder is the only one there."""
    site = next((work / "served").glob("mkdocs_*"))
    return {language: (site / page).stat().st_mtime_ns for language, page in (("zh", "playbook/index.html"), ("en", "en/playbook/index.html"))}


def rebuilt(work, before):
    return {language for language, time in written(work).items() if time != before[language]}


def reloads(root, page):
    """Ask as a reader's browser does to be told of the next build; gives a function that waits for the answer."""
    epoch = re.search(r"livereload\((\d+), ", read(root + page).rpartition("<script>")[2])[1]

    def reloaded():
        with urllib.request.urlopen(f"{root}livereload/{epoch}/1", timeout=100) as response:
            return int(response.read()) > int(epoch)

    return reloaded


def test_both_languages_are_previewed(preview):
    _, _, root = preview
    assert "A Startup Guide" in read(root + "en/guide/")
    for share in ("s/guide/overfitting/", "en/s/guide/overfitting/"):
        assert f'property="og:url" content="{root}{share}"' in read(root + share)


EDITS = [  # languages to be built, file, old and new text, page and what it shows then
    ({"zh"}, "docs/zh/guide.md", "## 结语", "## 结语改", "guide/", "结语改"),
    ({"en"}, "docs/en/guide.md", "## Conclusion", "## Conclusion, edited", "en/guide/", "Conclusion, edited"),
    ({"zh"}, "docs/zh/guide.md", "## 引言", "## 引言改", "guide/", "引言改"),
    ({"zh", "en"}, "data/glossary.yml", "找出并处理数据中的错误", "找出并改正数据中的错误", "reference/glossary/", "并改正数据"),
    ({"zh", "en"}, "mkdocs.yml", "locale: zh_CN", "locale: zh_SG", "guide/", "zh_SG"),
]

FAILED = "An error happened during the rebuild"


@pytest.mark.parametrize("languages, file, old, new, page, shown", EDITS)
def test_an_edit_is_shown_and_only_its_language_is_built(preview, languages, file, old, new, page, shown):
    tree, work, root = preview
    before, reloaded = written(work), reloads(root, page)
    edit(tree, file, old, new)
    until(reloaded)  # as a browser does, which asks again after a minute
    assert shown in read(root + page)
    assert rebuilt(work, before) == languages
    # The server puts the script of its live reload into the page, which no hash could know.
    assert "Content-Security-Policy" not in read(root + page)
    assert "创业攻略" in read(root + "playbook/") and "Playbook" in read(root + "en/playbook/")


@pytest.mark.parametrize("language, page, other", [("zh", "guide/", "en/guide/"), ("en", "en/guide/", "guide/")])
def test_a_page_that_breaks_the_build_costs_nothing(preview, language, page, other):
    tree, work, root = preview
    file = tree / "docs" / language / "guide.md"
    text = file.read_text(encoding="utf-8")
    failures = (work / "log").read_text(encoding="utf-8").count(FAILED)
    file.write_text(text + '\n--8<-- "nowhere.py"\n', encoding="utf-8")
    until(lambda: (work / "log").read_text(encoding="utf-8").count(FAILED) > failures)
    file.write_text(text + "\nMENDED\n", encoding="utf-8")
    until(lambda: "MENDED" in read(root + page))
    assert "</html>" in read(root + other)


def test_an_edit_of_the_chinese_tells_which_translation_is_due(preview):
    tree, work, _ = preview
    said = "the Chinese of the section “strategies” has changed since it was translated"
    assert said not in (work / "log").read_text(encoding="utf-8")
    edit(tree, "docs/zh/guide.md", "## 三、应对未来挑战的策略", "## 三、应对挑战的策略")
    until(lambda: said in (work / "log").read_text(encoding="utf-8"))
