"""The labs: what their authors are told, what their readers get."""

import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from types import SimpleNamespace

import nbformat
import pytest
from conftest import ROOT, SITE_URL
from lxml import html
from markdown_it import MarkdownIt
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from handbook.labs.check import check
from handbook.labs.download import plain_markdown
from handbook.labs.notebook import OURS, read_notebook
from handbook.labs.outputs import DATA, plain_text, refused
from handbook.labs.source import LANGUAGES, SECTIONS, lab_names, read_lab, read_result
from handbook.labs.verdicts import MOST_NAMED, WORDS

LABS = {name: read_lab(ROOT, name) for name in lab_names(ROOT)}
NAMES = [f"{name}-{language}" for name in LABS for language in LANGUAGES]
PAGES = [(lab, language) for lab in LABS.values() for language in LANGUAGES]
EACH = pytest.mark.parametrize(("lab", "language"), PAGES, ids=NAMES)
LAB, NOTEBOOK = "snippets/labs/data_cleaning/lab.py", "docs/zh/labs/data-cleaning.ipynb"
RESULT = "snippets/labs/data_cleaning/result.json"


# ---- the page of all labs ----


def test_the_page_of_all_labs_lists_every_technique_that_the_articles_name(built):
    named = []
    for name in ("guide", "playbook"):
        article = (ROOT / f"tests/article/{name}.zh.md").read_text(encoding="utf-8")
        named += re.findall(r"^(?:[-*]|\d\.) +(?:\*\*)?([^：*\n]{2,14})：", article, re.MULTILINE)
    named += re.findall(r"^##### \d\. (.+)", article.partition("五大策略")[2], re.MULTILINE)
    assert len(named) > 25
    rows = {}
    for language, folder in (("zh", "labs"), ("en", "en/labs")):
        page = html.parse(built / folder / "index.html")
        rows[language] = page.xpath("//div[@class='hb-techniques']//tbody/tr")
        assert all(
            row.xpath("td[2]/span[contains(@class, 'hb-verdict')]") for row in rows[language]
        )
        assert all(row.xpath("td[1]//a") for row in rows[language])
    listed = "\n".join(row.xpath("string(td[1])") for row in rows["zh"])
    assert not [name for name in named if name not in listed]
    signs = [[row.xpath("td[2]/span/@class") for row in part] for part in rows.values()]
    assert signs[0] == signs[1]


# ---- what an author is told ----


@pytest.fixture
def tree(tmp_path):
    """What the checks of one lab look at."""
    shutil.copytree(ROOT / "snippets/labs/data_cleaning", tmp_path / "snippets/labs/data_cleaning")
    for language in LANGUAGES:
        for file in ("playbook.md", "labs/data-cleaning.ipynb"):
            copy = tmp_path / "docs" / language / file
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / "docs" / language / file, copy)
    return tmp_path


def problems(tree):
    return [str(problem) for problem in check(SimpleNamespace(root=tree))]


KEYS = "claims: [playbook#data-cleaning]"
ROW = "# ## 结果 {#results}"
# file | what is replaced | by what | where it is told | how
FAULTS = rf"""
{LAB} | # ---\n | # --\n | {LAB}:1 | lacks claims, techniques, claim, number, description
{LAB} | claims: [ | claims: [[ | {LAB}: | not valid YAML
{LAB} | {KEYS} | claims: none | {LAB}:1 | lacks claims
{LAB} | {KEYS} | claims: [] | {LAB}:2 | Name the sections whose claim it tests
{LAB} | #   en: Cleaning makes | #   fr: Cleaning makes | {LAB} | lacks claim
{LAB} | #     zh: 去掉重复 | #     fr: 去掉重复 | {LAB}:1 | lacks a full row for the technique repeats
{LAB} | #   repeats: | #   repeat: | {LAB}:2 | its techniques are not those that have a verdict
{LAB} | <!-- verdicts --> | <!-- verdict --> | {LAB}:1 | does not show the verdicts
{LAB} | #data-cleaning] | #cleansing] | {LAB}:2 | is no section of docs/zh
docs/en/playbook.md | labs/data-cleaning.ipynb | labs/index.md | docs/en/playbook.md: | does not link to the lab
{LAB} | playbook.md#data-cleaning) | playbook.md) | {LAB} | has no link to its claim
{LAB} | [markdown] lang="zh" | [markdown] | {LAB}:39 | of a language
{LAB} | # ## Results {{#results}} | # ## Results {{#r}} | {LAB} | the same in both
{LAB} | {ROW} | # ## a {{#a}}\n# ## b {{#b}} | {LAB} | not one heading
{LAB} | {{#limits}} | {{#limit}} | {LAB}:1 | sections are missing
{LAB} | # %% tags=["parameters"] | # %% | {LAB}:36 | not set the language
{LAB} | found_table(result, LANGUAGE) | found_table( | {LAB} | is no Python
{LAB} | # 主要是分数。 | # 主要是分值。 | {LAB}:1 | {NOTEBOOK} has not the text that stands here
{LAB} | found_table(result, | found_table( result, | {LAB}:1 | of other code or of another result
{NOTEBOOK} | "code": " | "code": "x | {LAB}:1 | of other code or of another result
{NOTEBOOK} | "nbformat": 4 | "nbformat": 9 | {LAB}:1 | is missing, or
{NOTEBOOK} | "execution_count": 5, | "execution_count": null, | {LAB} | was not run
{RESULT} | "repeats": "supported" | "repeats": "maybe" | {LAB}:1 | no verdicts but
{RESULT} | {{ | {{{{ | {LAB}:1 | its result.json has no verdicts
"""
FAULTS = [line.replace(r"\n", "\n").split(" | ") for line in FAULTS.strip().split("\n")]


@pytest.mark.parametrize(("file", "old", "new", "where", "told"), FAULTS)
def test_each_fault_is_told_with_its_place_and_what_to_do(tree, file, old, new, where, told):
    path = tree / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    todo = re.compile(r"\.$|make labs ONLY=data_cleaning$")
    found = problems(tree)
    assert any(p.startswith(where) and told in p and todo.search(p) for p in found), found


def test_a_text_in_one_language_is_told_where_it_stands(tree):
    path = tree / LAB
    text = path.read_text(encoding="utf-8")
    english = re.search(r"# %% [^\n]*\n# ## Results \{#results\}.*?(?=# %%)", text, re.DOTALL)
    path.write_text(text.replace(english[0], ""), encoding="utf-8")
    line = text[: text.index("# ## 结果 {#results}")].count("\n")
    assert f"{LAB}:{line}: this text stands here in one language only" in "\n".join(problems(tree))


def test_a_sign_for_no_technique_is_told_where_it_stands(tree):
    path = tree / "docs/en/labs/index.md"
    good = "<!-- verdict: data_cleaning.repeats --> <!-- verdict: not_tested -->"
    path.write_text(f"{good}\n<!-- verdict: data_cleaning.repeat -->\n", encoding="utf-8")
    (told,) = problems(tree)
    assert told.startswith("docs/en/labs/index.md:2: “<!-- verdict: data_cleaning.repeat -->”")


def test_a_lab_that_was_not_measured_is_told_once(tree):
    (tree / RESULT).unlink()
    todo = "it has not been measured. Run make labs ONLY=data_cleaning"
    assert problems(tree) == [f"{LAB}:1: {todo}"]


def test_a_notebook_without_source_is_told(tree):
    (tree / "docs/en/labs/new.ipynb").write_text("{}")
    (problem,) = problems(tree)
    assert problem.startswith("docs/en/labs/new.ipynb:1: this notebook has no source. Write snip")


def test_the_labs_are_without_fault(tree):
    assert not list(check(SimpleNamespace(root=ROOT))) and not problems(tree)


def test_an_outline_runs_as_it_is_and_is_told_what_it_lacks(tmp_path):
    """In a copy, with all that a new author does: new, make labs."""
    for name in ("snippets", "handbook"):
        unwanted = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=unwanted)
    for language in LANGUAGES:
        (tmp_path / "docs" / language / "labs").mkdir(parents=True)
        shutil.copy(ROOT / "docs" / language / "playbook.md", tmp_path / "docs" / language)

    def run(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "handbook.labs", *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(tmp_path)},
            capture_output=True,
            text=True,
        )

    assert run("new", "tiny_lab").returncode == 0
    assert run("new", "tiny_lab").returncode == 2  # it would be overwritten
    assert "outline" not in (tmp_path / "snippets/labs/tiny_lab/lab.py").read_text("utf-8")
    done = run("tiny_lab")
    assert done.returncode == 0, done.stderr
    result = read_result(tmp_path, "tiny_lab")
    assert result["mean"] == 0.45 and result["made"]["module"] == "snippets.labs.tiny_lab"
    assert result["verdict"] == {"technique": "supported"}
    notebook = read_notebook(tmp_path / "docs/zh/labs/tiny-lab.ipynb")
    stamp = notebook.metadata[OURS]
    text = tmp_path / "snippets/labs/tiny_lab/lab.py"
    text.write_text(text.read_text(encoding="utf-8").replace("# …", "# 字"), encoding="utf-8")
    again = run("tiny_lab")
    assert "running" not in again.stdout  # the text alone has changed: the outputs are kept
    notebook = read_notebook(tmp_path / "docs/zh/labs/tiny-lab.ipynb")
    assert notebook.metadata[OURS] == stamp and "字" in notebook.cells[1].source
    assert any("0.45" in str(cell.get("outputs")) for cell in notebook.cells)
    rule = tmp_path / "snippets/labs/tiny_lab/verdict.py"
    rule.write_text(rule.read_text(encoding="utf-8").replace("> 0", "> 1"), encoding="utf-8")
    assert "measuring" not in run("tiny_lab").stdout  # another rule asks for no new measurement
    assert read_result(tmp_path, "tiny_lab")["verdict"] == {"technique": "refuted"}
    code = tmp_path / "snippets/labs/tiny_lab/__init__.py"
    code.write_text("import no_such_package\n", encoding="utf-8")
    told = run("tiny_lab")
    assert told.returncode == 2 and "Traceback" not in told.stderr
    assert "snippets/labs/tiny_lab/__init__.py cannot be used: No module named" in told.stderr
    assert "there is no lab nothing; there are: " in run("nothing").stderr


# ---- what a page shows of a notebook ----


def shows(kind, data, **more):
    return {"output_type": "display_data", "metadata": {}, "data": {kind: data, **more}}


def stream(text, name="stdout"):
    return {"output_type": "stream", "name": name, "text": text}


PNG = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGOYpS8BRAwQCgAasgOFEGCoVAAAAABJRU5ErkJggg=="
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="72pt" height="36pt" viewBox="0 0 72 36"></svg>'
)
FRAME = (
    "<div><style scoped>.dataframe td {}</style><table border='1' class='dataframe'><tr style='text-align: right;'>"
    "<th align='right' id='a'>a &amp; b</th><td style='text-align: left'>1</td></tr></table></div>"
)
FIGURE = {"plain": {"text/plain": "<Figure size 640x480 with 1 Axes>"}}
# name: (output, what the page holds)
SHOWN = {
    "png": (
        shows("image/png", PNG, **FIGURE["plain"]),
        '<img alt="Picture drawn by the code" width="2" height="2" loading="lazy" src="../figures/trial-1.png"',
    ),
    "png with words": (
        shows("image/png", PNG) | {"metadata": {"image/png": {"alt": "Two <dots>"}}},
        'alt="Two &lt;dots&gt;"',
    ),
    "svg of others": (
        shows("image/svg+xml", SVG),
        'width="96" height="48" loading="lazy" src="../figures/trial-',
    ),
    "latex": (shows("text/latex", r"$\displaystyle \frac{1}{2}$"), "<mfrac><mrow><mn>1</mn>"),
    "markdown": (shows("text/markdown", "**12** of 30"), "<p><strong>12</strong> of 30</p>"),
    "json": (shows("application/json", {"a": "好"}, **{"text/plain": "<x object>"}), '"a": "好"'),
    "frame": (
        shows("text/html", FRAME),
        '<th class="hb-right">a &amp; b</th><td class="hb-left">1</td>',
    ),
    "text": (shows("text/plain", "a < b"), "<code>a &lt; b\n</code>"),
    "stream": (
        stream("one\n<two>\n"),
        '<div class="language-text highlight"><pre><span></span><code>one\n&lt;two',
    ),
    "escapes": (stream("\x1b[31mred\x1b[0m 1%\r 50%\r100%\n"), "<code>red 100%\n</code>"),
    "figure of ours": (
        shows(
            "image/svg+xml", SVG, **{DATA: {"figure": {"alt": "a", "caption": "<b>", "dark": SVG}}}
        ),
        '-light" />\n',
    ),
    "nothing": (stream("", "stderr"), ""),
}
CANNOT = "shows what no page can show"
WIDGET = "application/vnd.jupyter.widget-view+json"
REFUSED = {
    "error": (
        {"output_type": "error", "ename": "ValueError", "evalue": "no\ndata", "traceback": []},
        "failed: ValueError: no",
    ),
    "warning": (stream("FutureWarning: x\ny", "stderr"), "warns: FutureWarning: x"),
    "widget": (shows(WIDGET, {"model_id": "a"}, **{"text/plain": "x"}), f"{CANNOT} ({WIDGET}, "),
    "script": (shows("application/javascript", "alert()"), f"{CANNOT} (application/javascript"),
    "unknown": (shows("application/vnd.plotly+json", {}), "application/vnd.plotly+json"),
    "repr": (shows("text/plain", "<Figure with 1 Axes>"), f"{CANNOT} (text/plain: <Figure"),
    "styles": (shows("text/html", "<style>td {}</style>"), f"{CANNOT} (text/html: <style>td"),
    "elsewhere": (shows("text/html", "<img src='https://a.org/a.png'>"), CANNOT),
    "handler": (shows("text/html", "<p onclick=a()>"), CANNOT),
    "formula": (shows("text/latex", r"\nonsense{1}"), rf"{CANNOT} (text/latex: \nonsense"),
    "damaged": (shows("image/png", "AAAA"), f"{CANNOT} (image/png: AAAA)"),
}


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The page of a notebook with every kind of output, in a site of its own."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "docs/labs").mkdir(parents=True)
    (folder / "docs/index.md").write_text("# Home\n\n[lab](labs/trial.ipynb#results)\n")
    v4 = nbformat.v4
    words = '# Title {#title}\n\n!!! note "A note"\n\n    [home](../index.md)'
    language = v4.new_code_cell('LANGUAGE = "en"', metadata={"tags": ["parameters"]})
    cells = [language, v4.new_markdown_cell(words), v4.new_markdown_cell("## 结果 {#results}")]
    for name, (output, _) in {**SHOWN, **REFUSED}.items():
        cells.append(v4.new_markdown_cell(f"This is {name}."))
        cells.append(v4.new_code_cell(f'"{name}"', outputs=[nbformat.from_dict(output)]))
    kernel = {"kernelspec": {"name": "python3", "language": "python", "display_name": "3"}}
    nbformat.write(v4.new_notebook(cells=cells, metadata=kernel), folder / "docs/labs/trial.ipynb")
    (folder / "docs/labs/none.ipynb").write_text("{}")
    (folder / "hooks.py").write_text(
        "from handbook.labs import pages as labs\n"
        "def on_files(files, config): labs.add_files(files, config)\n"
        "def on_page_markdown(markdown, page, config, files): return labs.markdown(markdown, page, config, files)\n"
        "def on_page_content(html, page, config, files): return labs.content(html, page, config, files)\n"
    )
    settings = "site_name: x\nhooks: [hooks.py]\ntheme: {name: mkdocs, language: en}\n"
    settings += "markdown_extensions: [admonition, attr_list, {pymdownx.snippets: {}}]\nplugins:"
    ours = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    settings += re.search(r"^plugins:(\n  mkdocs-jupyter:\n(?:    .*\n)+)", ours, re.MULTILINE)[1]
    (folder / "mkdocs.yml").write_text(settings)
    config = load_config(str(folder / "mkdocs.yml"), strict=True)
    config.plugins.on_startup(command="build", dirty=False)
    mkdocs_build(config)
    assert (folder / "site/labs/figures/trial-1.png").is_file()
    return (folder / "site/labs/trial/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SHOWN)
def test_every_kind_of_output_shows_as_such(page, name):
    output, shown = SHOWN[name]
    after = page.split(f"This is {name}.")[1].split("This is ")[0]
    assert shown in after and f'"{name}"' not in page, after  # the code is in the notebook
    assert not refused(nbformat.from_dict(output))


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_page_can_show_is_refused_and_left_out(page, name):
    output, told = REFUSED[name]
    assert told in refused(nbformat.from_dict(output))
    after = page.split(f"This is {name}.")[1].split("This is ")[0].split("</div>")[0]
    assert re.fullmatch(r"[^<]*(</?p>\s*)*", after), after


def test_text_and_code_are_the_sites_own(page):
    article = html.fromstring(page)
    assert article.get_element_by_id("results").text_content().startswith("结果")
    assert article.xpath("//div[@class='admonition note']//a/@href") == ["../../"]
    assert not article.xpath("//div[contains(@class, 'language-python')]")
    mine = article.xpath("//*[@role='main']")[0]
    theirs = ".//style | .//script | .//@style | .//@tabindex | .//*[contains(@class, 'jp-')]"
    assert not mine.xpath(theirs)
    assert not [text for text in ("LANGUAGE", "{#", "<Figure", "\x1b") if text in page]
    assert not [div for div in mine.xpath(".//div") if not div.text_content().strip()]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\r\nb", "a\nb"),
        ("  0%| 0/9\r 50%|# 5/9\r100%|## 9/9", "100%|## 9/9"),
        ("1/3\r2/3\r3/3", "3/3"),
        ("\x1b]0;t\x07a\x00", "a"),
    ],
)
def test_a_line_that_is_written_over_shows_its_end(text, shown):
    assert plain_text(text) == shown


# ---- what readers get ----


@EACH
def test_a_lab_is_a_page_like_any_other(site_model, lab, language):
    page = site_model.page(language, f"labs/{lab.slug}")
    ids = [section.id for section in page.sections if section.kind in ("page", "section")]
    assert ids[0] == lab.slug and [id for id in ids if id in SECTIONS] == SECTIONS
    assert page.title == lab.title(language)
    assert page.description == lab.header["description"][language]
    text = page.article.text_content()
    assert read_result(ROOT, lab.name)["made"]["code"] in text and "8<--" not in text
    assert page.article.xpath(f".//table | .//a[@href='../{lab.slug}.zip']")
    images = page.article.xpath(".//img[contains(@src, 'figures')]")
    for image, scheme in zip(images, ["light", "dark"] * (len(images) // 2), strict=True):
        path, _, only = image.get("src").partition("#")
        assert (page.file.parent / path).stat().st_size < 60_000 and only == f"only-{scheme}"
        assert image.get("alt") and int(image.get("height")) > 100
    assert page.file.stat().st_size < 200_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_all_labs_has_a_card_with_claim_verdicts_figure_and_lab(site_model, language):
    cards = site_model.page(language, "labs/index").article.find_class("hb-lab")
    for card, lab in zip(cards, LABS.values(), strict=True):
        text = card.text_content().replace("\N{NO-BREAK SPACE}", " ")
        assert lab.header["claim"][language] in text and lab.title(language) in text
        links = card.xpath(".//a[not(contains(@class, 'hb-term'))]/@href")
        assert {one.split("#")[1] for one in lab.header["claims"]} <= {
            link.split("#")[-1] for link in links
        }
        assert f"../{lab.slug}/" in links[-1] or links[-1] == f"{lab.slug}/"
        names = {id: name for id, (name, _, _) in lab.techniques(language).items()}
        verdict = read_result(ROOT, lab.name)["verdict"]
        for said in set(verdict.values()):
            of_it = [re.sub(r"<!--.*?-->", "", names[id]) for id in names if verdict[id] == said]
            for name in of_it[:MOST_NAMED]:
                assert re.search(rf"{WORDS[language][said]}[^\n]*{re.escape(name)}", text)
            if (left := len(of_it) - MOST_NAMED) > 0:
                assert WORDS[language]["more"].format(left) in text


@EACH
def test_the_download_is_what_an_application_understands(published, lab, language):
    folder = "" if language == "zh" else "en/"
    content = (published / folder / f"labs/{lab.slug}.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        notebook = nbformat.reads(archive.read(f"{lab.slug}/{lab.slug}.ipynb"), as_version=4)
        needs = archive.read(f"{lab.slug}/requirements.txt").decode().split("\n")[1:]
    assert all(re.fullmatch(r"|jupyterlab>=4|[\w.-]+==[\d.]+(?:post\d+)?", line) for line in needs)
    text = "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    prose = html.fromstring(MarkdownIt().render(text))
    for code in prose.xpath("//pre | //code"):
        code.drop_tree()
    shown = prose.text_content()
    assert not [mark for mark in ("**", "{#", "{:", "<!--", "8<--", "!!!") if mark in shown]
    assert f"]({SITE_URL}{folder}playbook/#" in text or f"]({SITE_URL}{folder}guide/#" in text
    assert not [
        url for url in prose.xpath("//a/@href") if ".md" in url and "://github.com" not in url
    ]


def test_what_only_this_site_understands_is_told_in_common_markdown():
    text = """## Head {#head}

0.5<!-- key --> [a](../playbook.md#x) [b](other.ipynb) [c](https://a.org) [d](#head)
{: .x }

!!! seealso "See"

    one

    two

end **“重要”**的，**注意：**看 **b** `**“a”**b`

```python
x = "**“a”**b {#x}"
```
"""
    plain = plain_markdown(text, "https://example.org/labs/")
    site = "https://example.org"
    links = f"[a]({site}/playbook/#x) [b]({site}/labs/other/) [c](https://a.org)"
    assert f"0.5 {links} d\n" in plain
    assert "> **See**\n>\n> one\n>\n> two\n" in plain and plain.startswith("## Head\n")
    assert "end <strong>“重要”</strong>的，<strong>注意：</strong>看 **b** `**“a”**b`" in plain
    assert '"**“a”**b {#x}"' in plain and "0.5 a b [c](https://a.org) d" in plain_markdown(text, "")
