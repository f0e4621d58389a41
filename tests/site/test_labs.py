"""The labs as published: pages like any other, and a download that runs in an empty folder."""

import io
import json
import os
import re
import subprocess
import sys
import zipfile

import pytest
from conftest import ROOT
from handbook.labs.pages import download_of
from handbook.labs.source import SECTIONS, read_labs, read_result
from handbook.labs.notebooks import read_notebook

LABS = {lab.slug: lab for lab in read_labs(ROOT)}
WORDS = {
    "zh": {"holds": "成立", "limits": "有条件成立", "not_here": "在这里不成立"},
    "en": {"holds": "holds", "limits": "holds with limits", "not_here": "does not hold here"},
}
# Runs a notebook as an application would, with a smaller setting; prints what its cells gave.
RUN = """
import sys, nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
for cell in notebook.cells:
    if cell.cell_type == "code":
        cell.outputs = []
        cell.source = cell.source.replace("run(FULL,", "run(SMALL,")
notebook.cells.append(nbformat.v4.new_code_cell("import snippets\\nprint(snippets.__path__[0])"))
NotebookClient(notebook, timeout=300).execute()
print(sum(bool(cell.outputs) for cell in notebook.cells if cell.cell_type == "code"), notebook.cells[-1].outputs[0].text)
"""


@pytest.fixture(
    params=[(slug, language) for slug in LABS for language in ("zh", "en")], ids=" ".join
)
def lab_page(request, pages):
    slug, language = request.param
    return LABS[slug], next(
        page for page in pages if page.name == f"labs/{slug}/" and page.language == language
    )


def test_a_lab_is_a_page_like_any_other(lab_page):
    lab, page = lab_page
    assert [id for _, id in page.headings][0] == lab.slug
    assert [id for _, id in page.headings if id in SECTIONS] == list(SECTIONS)
    contents = page.tree.xpath(
        "//nav[contains(@class, 'md-nav--secondary')]//a[contains(@class, 'md-nav__link')]/@href"
    )
    assert {f"#{id}" for id in SECTIONS} <= set(contents)
    assert not page.article.xpath(
        ".//style | .//script[not(contains(@type, 'json'))] | .//@style | .//*[contains(@class, 'jp-')]"
    )
    text = page.article.text_content()
    assert (
        "Traceback" not in text
        and "LANGUAGE =" not in text
        and "{#" not in text
        and "8<--" not in text
    )
    assert read_result(ROOT, lab)["made"]["code"] in text
    assert page.article.xpath(".//table") and page.article.xpath(
        ".//div[contains(@class, 'highlight')]"
    )
    assert page.article.xpath(f".//a[@href='../{lab.slug}.zip']")


def test_figures_come_in_two_schemes_with_their_size(lab_page, site):
    lab, page = lab_page
    images = page.article.xpath(".//img")
    assert len(images) >= 2 and len(images) % 2 == 0
    for light, dark in zip(images[::2], images[1::2], strict=True):
        assert light.get("src").endswith("-light.svg#only-light") and dark.get("src").endswith(
            "-dark.svg#only-dark"
        )
        for image in (light, dark):
            assert (
                image.get("alt")
                and image.get("loading") == "lazy"
                and int(image.get("width"))
                and int(image.get("height"))
            )
            svg = (page.file.parent / image.get("src").split("#")[0]).read_text(encoding="utf-8")
            assert len(svg) < 60_000 and "<script" not in svg


def test_each_section_is_found_once(lab_page, site):
    lab, page = lab_page
    folder = site if page.language == "zh" else site / "en"
    index = json.loads((folder / "search/search_index.json").read_text(encoding="utf-8"))
    places = [
        doc["location"] for doc in index["docs"] if doc["location"].startswith(f"labs/{lab.slug}/")
    ]
    assert sorted(places) == sorted(
        [f"labs/{lab.slug}/", *(f"labs/{lab.slug}/#{id}" for _, id in page.headings[1:])]
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_overview_lists_claim_verdict_number_and_lab(pages, language):
    page = next(page for page in pages if page.name == "labs/" and page.language == language)
    rows = {row.xpath(".//td[4]//a/@href")[0]: row for row in page.article.xpath(".//tbody/tr")}
    assert list(rows) == [f"{slug}/" for slug in LABS]
    for slug, lab in LABS.items():
        claim, verdict, number, link = rows[f"{slug}/"].xpath("./td")
        assert verdict.text_content() == WORDS[language][read_result(ROOT, lab)["verdict"]]
        assert (
            re.search(r"\d", number.text_content()) and lab.title(language) == link.text_content()
        )
        assert [
            href.split("/")[-1] for href in claim.xpath(".//a/@href[not(contains(., 'glossary'))]")
        ] == ["#" + claim.split("#")[1] for claim in lab.header["claims"]]


def test_only_what_is_meant_is_published(site):
    assert not list(site.rglob("*.ipynb"))
    for html in site.glob("**/labs/**/*.html"):
        assert html.stat().st_size < 200_000, html


@pytest.mark.parametrize("slug", LABS)
def test_the_download_is_the_same_each_time(slug, published):
    lab = LABS[slug]
    for language, folder in (("zh", ""), ("en", "en/")):
        content = (published / f"{folder}labs/{slug}.zip").read_bytes()
        notebook = read_notebook((ROOT / lab.notebook(language)).read_text(encoding="utf-8"))
        address = f"https://example.org/some/prefix/{folder}"
        assert content == download_of(lab, notebook, language, read_result(ROOT, lab), address)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert archive.testzip() is None
            names = archive.namelist()
            assert {
                f"{slug}/{slug}.ipynb",
                f"{slug}/requirements.txt",
                f"{slug}/{lab.module.replace('.', '/')}.py",
            } <= set(names)
            assert all(name.startswith(f"{slug}/") for name in names)
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            text = archive.read(f"{slug}/{slug}.ipynb").decode()
            needs = archive.read(f"{slug}/requirements.txt").decode().splitlines()
        assert (
            "{#" not in text
            and "8<--" not in text
            and ".md#" not in text
            and "handbook+json" not in text
        )
        assert f"{address}playbook/#" in text or f"{address}guide/#" in text
        assert all(
            re.fullmatch(r"#.*|jupyterlab>=4|[\w.-]+==[\d.]+(?:post\d+)?", line) for line in needs
        ), needs


@pytest.mark.parametrize("slug", LABS)
def test_the_download_runs_in_an_empty_folder(slug, site, tmp_path):
    """In the setting that is called SMALL, with nothing of this repository at hand."""
    with zipfile.ZipFile(site / f"labs/{slug}.zip") as archive:
        archive.extractall(tmp_path)
    folder = tmp_path / slug
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | {
        "OMP_NUM_THREADS": "1"
    }
    done = subprocess.run(
        [sys.executable, "-c", RUN, f"{slug}.ipynb"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr[-3000:]
    shown, where = done.stdout.split()
    assert where == str(folder / "snippets")
    cells = [cell for cell in LABS[slug].cells if cell.code]
    assert (
        int(shown) >= len(cells) - 3
    )  # all but language, imports and run show something, and so does the last one
