"""The canary: Zensical, Material's successor, builds the same Markdown, and the same functions finish it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, copy_of_project

from handbook.finish import finish
from handbook.questions.page import retired
from handbook.site import read_site

# Made by mkdocs-jupyter or by a hook, neither of which Zensical runs.
NOT_MADE = ("labs/", "law/", "tools/", "reference/glossary", "reference/downloads")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The site as Zensical builds it from both configurations."""
    tree = copy_of_project(tmp_path_factory.mktemp("zensical") / "tree")
    for config in ("mkdocs.yml", "mkdocs.en.yml"):
        result = subprocess.run(
            [Path(sys.executable).with_name("zensical"), "build", "-f", config],
            cwd=tree,
            env={**os.environ, "PYTHONPATH": str(tree)},
            capture_output=True,
            text=True,
        )
        assert result.returncode == 0, result.stdout + result.stderr
    return tree / "site"


def test_pages_and_sections_are_those_of_our_own_build(folder, site_model):
    theirs = read_site(folder)
    gone = retired(ROOT)  # questions whose addresses a hook of ours keeps
    compared = 0
    for page in site_model.pages:
        if page.name.startswith(NOT_MADE):
            continue
        sections = {
            section.id: section.title for section in theirs.page(page.language, page.name).sections
        }
        ours = {section.id: section.title for section in page.sections if section.id not in gone}
        assert ours == sections, page.name
        compared += 1
    assert compared >= 16


def test_its_site_can_be_finished(folder):
    """Nothing in handbook.finish knows MkDocs; what the pages of notebooks lack is told as lost addresses."""
    problems = finish(folder)
    assert (folder / "search/search_index.json").is_file() and (folder / "guide/index.md").is_file()
    assert not [problem for problem in problems if "guide" in problem.file], problems
