"""Building and previewing: the same bytes wherever and whenever, nothing half-written, faults told where they are."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from conftest import ROOT, SITE_URL, build, contents, copy_of_project

from handbook.site import LANGUAGES


def edit(tree, file, old, new):
    path = tree / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file} has no {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_build_elsewhere_and_later_gives_the_same_bytes(published, tmp_path):
    """In another folder and locale, with another seed of hashes, and on another day."""
    tree = copy_of_project(tmp_path / "elsewhere" / "the tree")
    (tree / "sitecustomize.py").write_text(
        "import time_machine\ntime_machine.travel('2031-02-03 04:05:06', tick=True).start()\n"
    )
    result = build(
        tree,
        SITE_URL=SITE_URL,
        PYTHONHASHSEED="4242",
        TZ="Pacific/Kiritimati",
        LC_ALL="C",
        HOME=str(tmp_path),
    )
    assert result.returncode == 0, result.stdout
    one, other = contents(published), contents(tree / "site")
    assert len(one) > 300 and "en/search/search_index.json" in one
    assert sorted(name for name in {**one, **other} if one.get(name) != other.get(name)) == []
    for name, data in one.items():
        for secret in (str(ROOT), str(published), os.path.expanduser("~") + "/"):
            assert secret.encode() not in data, f"{name} names {secret}"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_build_with_a_fault_says_where_and_leaves_the_last_site(tmp_path, language):
    tree = copy_of_project(tmp_path / "tree")
    (tree / "site").mkdir()
    (tree / "site/index.html").write_text("the last good one")
    page = tree / f"docs/{language}/guide.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(
        text + '\n<p style="color: red">x</p>\n\n[there](playbook.md#no-such-section)\n',
        encoding="utf-8",
    )
    result = build(tree)
    assert result.returncode and "Traceback" not in result.stdout, result.stdout
    line = page.read_text(encoding="utf-8").count("\n")
    said = f"docs/{language}/guide.md:{line}: docs/{language}/playbook.md has no section “no-such-section”"
    assert said in result.stdout
    assert (tree / "site/index.html").read_text() == "the last good one"


def test_the_language_of_a_build_needs_nothing_of_the_other(tmp_path):
    """Each is a plain `mkdocs build` of its configuration."""
    tree = copy_of_project(tmp_path / "tree")
    for config, name in (("mkdocs.yml", "zh"), ("mkdocs.en.yml", "en")):
        result = subprocess.run(
            [
                sys.executable,
                "-m",
                "mkdocs",
                "build",
                "--strict",
                "-q",
                "-f",
                config,
                "-d",
                tmp_path / name,
            ],
            cwd=tree,
            env={**os.environ, "PYTHONPATH": str(tree), "NO_MKDOCS_2_WARNING": "1"},
            capture_output=True,
            text=True,
        )
        assert result.returncode == 0, result.stderr
        assert f'lang="{name}"' in (tmp_path / name / "guide/index.html").read_text(
            encoding="utf-8"
        )


# ---- the preview ----


@pytest.fixture(scope="module")
def preview(tmp_path_factory):
    """(tree, address) of a running preview of a copy with a tenth of the pages, which follows edits at once."""
    work = tmp_path_factory.mktemp("preview")
    tree = copy_of_project(work / "tree")
    for folder in ("cases", "decisions", "labs", "law", "problems", "questions", "tools"):
        for language in LANGUAGES:
            shutil.rmtree(tree / "docs" / language / folder)
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": str(tree), "NO_MKDOCS_2_WARNING": "1"}
    environment.pop("SITE_URL", None)
    with (work / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--livereload", "-a", f"127.0.0.1:{port}"],
            cwd=tree,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            root = f"http://127.0.0.1:{port}/"
            until(lambda: "A Startup Guide" in read(root + "en/guide/"))
            yield tree, root
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)
    assert "Traceback" not in (work / "log").read_text(), (work / "log").read_text()


def read(address):
    try:
        with urllib.request.urlopen(address, timeout=100) as answer:
            return answer.read().decode()
    except (urllib.error.URLError, ConnectionError):
        return ""


def until(condition):
    """Wait; a busy machine takes its time."""
    end = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < end, "not within two minutes"
        time.sleep(0.1)


@pytest.mark.parametrize(
    "file, old, new, page, shown",
    [
        ("docs/zh/guide.md", "## 结语", "## 结语改", "guide/", "结语改"),
        (
            "docs/en/guide.md",
            "## Conclusion",
            "## Conclusion, edited",
            "en/guide/",
            "Conclusion, edited",
        ),
        (
            "data/glossary.yml",
            "找出并处理数据中的错误",
            "找出并改正数据中的错误",
            "reference/glossary/",
            "并改正数据",
        ),
        (
            "mkdocs.en.yml",
            "The guide: guide.md",
            "Guide One: guide.md",
            "en/playbook/",
            "Guide One",
        ),
    ],
)
def test_an_edit_is_shown_and_the_other_language_stays(preview, file, old, new, page, shown):
    tree, root = preview
    edit(tree, file, old, new)
    until(lambda: shown in read(root + page))
    until(
        lambda: "创业攻略" in read(root + "playbook/") and "Playbook" in read(root + "en/playbook/")
    )
    assert "Content-Security-Policy" not in read(
        root + page
    )  # no hash could know the script of the live reload


def test_a_fault_in_one_page_does_not_stop_the_others(preview):
    tree, root = preview
    page = tree / "docs/zh/guide.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text + '\n--8<-- "nowhere.py"\n', encoding="utf-8")
    until(lambda: "nowhere.py" in read(root + "guide/"))
    edit(tree, "docs/zh/playbook.md", "## 结语", "## 结语改")
    until(lambda: "结语改" in read(root + "playbook/"))
    page.write_text(text + "\nMENDED\n", encoding="utf-8")
    until(lambda: "MENDED" in read(root + "guide/"))


def test_the_tooling_is_formatted_and_clean():
    for arguments in (["format", "--check", "."], ["check", "."]):
        result = subprocess.run(
            [Path(sys.executable).with_name("ruff"), *arguments],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        assert result.returncode == 0, result.stdout + result.stderr


def test_no_file_reaches_round_the_package():
    """No sys.path, no patched library: whoever reads a file sees where its parts come from."""
    for file in [*ROOT.glob("handbook/**/*.py"), *ROOT.glob("snippets/**/*.py")]:
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"sys\.path\b|# noqa", text), file
