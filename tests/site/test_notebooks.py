"""Notebooks below labs/ become pages; without one, the plugin for them is not loaded."""

import json

import pytest
from conftest import ROOT, run_mkdocs

CELLS = [("markdown", ["# A lab\n", "\n", "Words.\n"]), ("code", ["print(6 * 7)\n"])]
NOTEBOOK = {
    "nbformat": 4, "nbformat_minor": 5, "metadata": {},
    "cells": [
        {"cell_type": kind, "id": kind, "metadata": {}, "source": source}
        | ({"execution_count": 1, "outputs": [{"output_type": "stream", "name": "stdout", "text": ["42\n"]}]} if kind == "code" else {})
        for kind, source in CELLS
    ],
}
CONFIG = f"""
site_name: Labs
theme: {{name: mkdocs, language: en}}
hooks: ["{(ROOT / 'hooks/notebooks.py').as_posix()}"]
"""


@pytest.mark.parametrize("there", [True, False])
def test_a_notebook_is_a_page(tmp_path, there):
    (tmp_path / "docs/labs").mkdir(parents=True)
    (tmp_path / "docs/index.md").write_text("# Home\n")
    (tmp_path / "mkdocs.yml").write_text(CONFIG)
    if there:
        (tmp_path / "docs/labs/lab.ipynb").write_text(json.dumps(NOTEBOOK))
    result = run_mkdocs(tmp_path, "build", "--verbose")
    assert result.returncode == 0, result.stdout
    assert ("mkdocs-jupyter" in result.stdout) is there
    page = tmp_path / "site/labs/lab/index.html"
    assert page.is_file() is there
    if there:
        html = page.read_text(encoding="utf-8")
        assert "A lab" in html and "42" in html and '"cell_type"' not in html
        assert list((tmp_path / ".cache/mkdocs-jupyter/en").glob("*.json"))
