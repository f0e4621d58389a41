import gzip
import re
import subprocess
import time
import urllib.error
import urllib.request

import pytest
import yaml
from conftest import ROOT

from handbook.measure import __main__ as measure
from handbook.measure import builds, lighthouse, pages

PAGE = '<!doctype html><title>x</title><nav class="md-footer"><a href="../{}/">下一页</a></nav>'


@pytest.fixture
def server(tmp_path):
    for name, other in (("guide", "playbook"), ("playbook", "guide")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(PAGE.format(other), "utf-8")
    (tmp_path / "404.html").write_text("not here", "utf-8")
    with pages.Server(tmp_path) as server:
        yield server
        server.shutdown()


def test_a_page_is_sent_packed_and_counted_and_a_missing_one_gets_the_404_page(server):
    with urllib.request.urlopen(server.address + "guide/") as response:
        body = response.read()
    assert gzip.decompress(body).decode() == PAGE.format("playbook")
    assert server.sent == len(body)
    with pytest.raises(urllib.error.HTTPError) as missing:
        urllib.request.urlopen(server.address + "nowhere/")
    assert gzip.decompress(missing.value.read()) == b"not here"


def test_requests_share_the_slow_line(server):
    server.slow = True
    start = time.monotonic()
    server.take(20_000)
    server.take(20_000)
    assert time.monotonic() - start > pages.DELAY + 40_000 / pages.BYTES_PER_SECOND


def test_a_tap_is_timed_until_the_next_page_is_painted(browser, server):
    waited = pages.click(browser, server, pages.PHONE, ".md-footer")
    assert 1000 * pages.DELAY < waited < 60_000
    assert not server.slow


def test_medians_are_set_beside_each_other():
    runs = {"new": iter([3, 1, 2]), "old": iter([4, 9, 4])}
    found = measure.compared(runs, 3, lambda site: {"ms": next(runs[site])})
    assert found == {"new": {"ms": 2}, "old": {"ms": 4}}
    assert measure.side_by_side(found).split("\n")[1].split() == ["ms", "2.00", "4.00", "0.50"]


def test_figures_of_a_report_only_of_pages_that_a_site_has(server, monkeypatch):
    audits = {"largest-contentful-paint": 900, "total-blocking-time": 50, "total-byte-weight": 2e4}
    report = {
        "categories": {name: {"score": 0.98} for name in lighthouse.CATEGORIES},
        "audits": {name: {"numericValue": value} for name, value in audits.items()},
    }
    monkeypatch.setattr(lighthouse, "report", lambda address, slower: report)
    found = lighthouse.figures(server, ("article", "glossary"), 4)
    assert found["article performance"] == 98 and found["article lcp"] == 0.9
    assert not [name for name in found if name.startswith("glossary")]


def test_more_pages_for_both_builds_with_their_links_and_the_same_navigation(tmp_path):
    tree = builds.copy_of_project(tmp_path / "tree", 2)
    names = ("mkdocs.en.yml", "stock.en.yml")
    ours, stock = (yaml.load((tree / name).read_text("utf-8"), builds.Plain) for name in names)
    assert ours["nav"] == stock["nav"] and "copy-2/guide.md" in ours["nav"][0]["copy-2"]
    assert stock["theme"] == {"name": "material", "language": "en", "font": False}
    assert "](../labs/" in (tree / "docs/zh/copy-2/guide.md").read_text("utf-8")


@pytest.mark.parametrize("script", sorted(ROOT.glob("findings/*.sh")), ids=lambda path: path.stem)
def test_a_finding_says_what_was_thought_and_seen(script):
    head = "\n".join(script.read_text("utf-8").split("\n")[:12])
    assert re.search(r"\d+\.\d+.*guess.*seen", head, re.DOTALL | re.IGNORECASE)
    assert subprocess.run(["bash", "-n", script]).returncode == 0
