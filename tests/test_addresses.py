"""Every address that was ever published leads somewhere, in both languages, which have the same ids."""

import re
import shutil
import subprocess

import pytest
from conftest import ROOT
from lxml import html
from small_site import small_site

from handbook.addresses import add, check, read_ledger

ARTICLE = '<h1 id="guide">G</h1><h2 id="one">One</h2><ul><li id="two">two: x</li></ul>'
LEDGER = "# why\n/:\n  home: share\n/guide/:\n  guide: share\n  one: share\n  two: share\n"


@pytest.fixture
def told(tmp_path):
    """What the check says of a site with these articles at /guide/ and this list of addresses."""

    def tell(zh=ARTICLE, en=ARTICLE, ledger=LEDGER):
        (tmp_path / "data").mkdir(exist_ok=True)
        (tmp_path / "data/addresses.yml").write_text(ledger, encoding="utf-8")
        pages = {"zh/guide": zh, "en/guide": en}
        site = small_site(tmp_path / "site", {key: text for key, text in pages.items() if text})
        return [str(problem) for problem in check(site, tmp_path)]

    return tell


def test_every_address_of_the_list_leads_somewhere(built):
    """Read from the files alone."""
    ledger, problems = read_ledger()
    assert not problems and sum(map(len, ledger.values())) >= 270
    for root in (built, built / "en"):
        for address, ids in ledger.items():
            name = address.strip("/")
            page = root / name / "index.html"
            here = html.parse(str(page), html.HTMLParser(encoding="utf-8")).xpath("//@id")
            assert not set(ids) - set(here), f"{page}: {set(ids) - set(here)}"
            shares = ["", *(id for id, kind in ids.items() if kind == "share")]
            for id in shares:
                assert (root / "s" / (name or "index") / id / "index.html").is_file(), (address, id)


def test_the_list_holds_every_address_of_the_site(site_model):
    ledger, _ = read_ledger()
    for page in site_model.pages:
        new = {
            section.id
            for section in page.sections
            if section.id not in ledger.get(page.address, {})
            or section.shared
            and ledger[page.address][section.id] != "share"
        }
        assert not new, (
            f"new on {page.address}: {new}. Run `make due` and commit data/addresses.yml."
        )
    assert not check(site_model)


def test_nothing_was_ever_taken_out():
    """Each version of the list that this clone knows is contained in the present one."""
    now = {(page, id) for page, ids in read_ledger()[0].items() for id in ids}
    for commit in git("log", "--format=%h", "--", "data/addresses.yml").split():
        page = ""
        for line in git("show", f"{commit}:data/addresses.yml").splitlines():
            if line.startswith("/"):
                page = line.rstrip(":")
            elif match := re.match(r"  ([\w-]+):", line):
                assert (page, match[1]) in now, f"{page}#{match[1]} of {commit} has been taken out"


def git(*arguments):
    result = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
    return result.stdout


LOST = {
    "nothing": (ARTICLE, ARTICLE, None),
    "a section in one language": (
        ARTICLE, ARTICLE.replace('id="one"', 'id="uno"'),
        "data/addresses.yml:6: the published address /guide/#one is gone in en. Keep the id as <a id=\"one\"></a>"),
    "a section in both": (
        ARTICLE.replace('id="two"', ""), ARTICLE.replace('id="two"', ""),
        "data/addresses.yml:7: the published address /guide/#two is gone in zh and en."),
    "a section kept by its old id": (
        *[ARTICLE.replace('<h2 id="one"', '<p><a id="one"></a></p><h2 id="uno"')] * 2, None),
    "a page": (
        "", "", "data/addresses.yml:4: the published address /guide/ is gone in zh and en. Bring docs/zh/guide"),
    "a share page": (
        *[ARTICLE.replace('<h2 id="one"', '<h2 class="hb-entry" id="one"')] * 2,
        "data/addresses.yml:6: the published address /s/guide/one/ is gone"),
}  # fmt: skip


@pytest.mark.parametrize("what", LOST)
def test_what_is_lost_is_told(told, what):
    zh, en, message = LOST[what]
    problems = told(zh, en)
    if message is None:
        assert problems == []
    else:
        assert [line for line in problems if message in line], problems


FAULTS = {
    "no YAML": ("/guide/: [\n", "data/addresses.yml:2: this is not valid YAML"),
    "no list": ("guide\n", "data/addresses.yml:1: the list of pages is missing"),
    "no page": ("guide:\n  a: share\n", "data/addresses.yml:1: “guide” is no page"),
    "a way out": ("/../etc/:\n  a: share\n", "data/addresses.yml:1: “/../etc/” is no page"),
    "a page twice": (
        LEDGER + "/guide/:\n  x: share\n",
        "data/addresses.yml:8: “/guide/” is there twice",
    ),
    "another kind": (LEDGER + "  three: yes\n", "data/addresses.yml:8: “three” is marked otherwise"),
}  # fmt: skip


@pytest.mark.parametrize("what", FAULTS)
def test_a_fault_in_the_list_is_told(told, what):
    ledger, message = FAULTS[what]
    problems = told(ledger=ledger)
    assert [line for line in problems if line.startswith(message)], problems


def test_what_is_new_is_added_and_nothing_else_is_touched(tmp_path):
    (tmp_path / "data").mkdir()
    path = tmp_path / "data/addresses.yml"
    before = LEDGER.replace("  one: share\n", "  one: anchor\n").replace("  two: share\n", "")
    path.write_text(before, encoding="utf-8")
    articles = {
        f"{one}/{name}": ARTICLE.replace("guide", name)
        for one in ("zh", "en")
        for name in ("guide", "new")
    }
    site = small_site(tmp_path / "site", articles)
    assert add(site, tmp_path) == 4
    wanted = LEDGER + "/new/:\n  new: share\n  one: share\n  two: share\n"
    assert path.read_text(encoding="utf-8") == wanted
    assert add(site, tmp_path) == 0 and path.read_text(encoding="utf-8") == wanted


def test_nothing_is_written_while_something_is_lost(tmp_path):
    (tmp_path / "data").mkdir()
    shutil.copy(ROOT / "data/addresses.yml", tmp_path / "data/addresses.yml")
    before = (tmp_path / "data/addresses.yml").read_bytes()
    assert add(small_site(tmp_path / "site", {}), tmp_path) == 0
    assert (tmp_path / "data/addresses.yml").read_bytes() == before
