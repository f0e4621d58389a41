"""Notebooks below labs/ become pages; without one, the plugin for them is not loaded, and its converter never is."""

import json

import pytest
from conftest import ROOT, run_mkdocs

NOTEBOOK = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {},
    "cells": [{"cell_type": "markdown", "id": "words", "metadata": {}, "source": ["# A lab\n"]}],
}
CONFIG = f"""
site_name: Labs
theme: {{name: mkdocs, language: en}}
hooks: ["{(ROOT / "hooks/notebooks.py").as_posix()}", render.py]
"""
RENDER = """  # as hooks/labs.py does
import sys
from mkdocs.plugins import event_priority

@event_priority(-50)
def on_pre_page(page, config, files):
    vars(page).pop("render", None)
    return page

def on_page_read_source(page, config):
    return "# Made of the notebook" if page.file.src_uri.endswith(".ipynb") else None

def on_post_build(config):
    print("nbconvert loaded:", "nbconvert" in sys.modules)
"""


@pytest.mark.parametrize("there", [True, False])
def test_a_notebook_is_a_page(tmp_path, there):
    (tmp_path / "docs/labs").mkdir(parents=True)
    (tmp_path / "docs/index.md").write_text("# Home\n")
    (tmp_path / "mkdocs.yml").write_text(CONFIG)
    (tmp_path / "render.py").write_text(RENDER.lstrip())
    if there:
        (tmp_path / "docs/labs/lab.ipynb").write_text(json.dumps(NOTEBOOK))
    result = run_mkdocs(tmp_path, "build", "--verbose")
    assert result.returncode == 0, result.stdout
    assert ("mkdocs-jupyter" in result.stdout) is there
    assert "nbconvert loaded: False" in result.stdout
    page = tmp_path / "site/labs/lab/index.html"
    assert page.is_file() is there
    if there:
        assert "Made of the notebook" in page.read_text(encoding="utf-8")
