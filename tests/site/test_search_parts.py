"""The build stops when a part of the search is missing: it would find no Chinese, and nobody would notice."""

import pytest
from conftest import copied, run_mkdocs

PARTS = ["search.js", "search-worker.js", "search-engine.js", "vendor/minisearch-7.2.0.js"]


@pytest.mark.parametrize("part", PARTS)
def test_a_missing_part_stops_the_build(tmp_path, part):
    tree = copied(tmp_path / "tree")
    (tree / "overrides/assets/javascripts" / part).unlink()
    result = run_mkdocs(tree, "build", "--strict")
    assert result.returncode != 0
    assert f"overrides/assets/javascripts/{part} is missing" in result.stdout
    assert "cannot cut Chinese" in result.stdout
    assert not (tree / "site/index.html").exists()
