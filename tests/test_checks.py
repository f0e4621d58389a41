"""A careless author is told: each fault with its file, its line and what to do; what is right is left alone."""

import re
import subprocess
import sys

import pytest
import small_project
from conftest import ROOT, build, copy_of_project
from small_project import ENGLISH, GLOSSARY, GUIDE, WORDS, change
from small_site import as_on_the_site, small_site

from handbook.checks import built
from handbook.checks.code import shown_instead
from handbook.checks.everything import all_problems
from handbook.checks.pages import read_sources


@pytest.fixture
def tree(tmp_path):
    return small_project.write(tmp_path)


def told(tree, text=""):
    """What the checks say of the sources and, with what was typed into a page, of the page that it becomes."""
    problems = all_problems(tree)
    if text and "8<" not in text and not any(problem.stops for problem in problems):
        article = f'<h1 id="guide">指南</h1>{as_on_the_site(text)}'
        problems += built.problems(small_site(tree / "site", {"zh/guide": article}), tree)
    return "\n".join(map(str, problems))


def test_nothing_is_wrong_with_this_project_nor_with_a_small_one(tree):
    assert told(tree) == ""
    assert told(ROOT) == ""


# What is typed under a heading of the Chinese page, the line that is told (from its own first), a telling piece.
TYPED = {
    "link in full width": ("先读[指南]（guide.md）。", 1, "[words](page.md)"),
    "title as link in full width": ("再读【攻略】（playbook.md#data）。", 1, "half width"),
    "link closed in full width": ("见[指南](guide.md）。", 1, "half width"),
    "image in full width": ("！[一个红点](trial/dot.png)", 1, "![what it shows]"),
    "note title in curly quotes": ("!!! note “先看数据”\n\n    没看过。", 1, "straight quotes"),
    "note without quotes": ("!!! note 先看数据\n\n    没看过。", 1, "straight quotes"),
    "note marks in full width": ('！！！ note "先看数据"\n\n    没看过。', 1, "half width"),
    "table in full width": (
        "｜ 模型 ｜ 小时 ｜\n｜---｜---｜\n｜ 小 ｜ 12 ｜",
        1,
        "in half width: | a | b |",
    ),
    "heading in full width": ("＃＃ 第二节 {#second}", 1, "Type # in half width"),
    "fence in full width": ("···yaml\nbatch: 32\n···", 1, "```"),
    "bold in full width": ("这里有＊＊加粗＊＊两个字。", 1, "**words**"),
    "bold with underscores": ("这里__加粗__两个字。", 1, "**words**"),
    "emphasis with underscores": ("那里_斜体_也是。", 1, "**words**"),
    "braces in full width": ("## 标题 {＃second}", 1, "{#an-id}"),
    "bullet": ("• 一\n• 二", 1, "hyphen"),
    "note of an unknown type": ('!!! editors "甲"\n\n    乙。', 1, "Did you mean editor?"),
    "GitHub's note": ("> [!NOTE]\n> 提示。", 1, "!!! note"),
    "attributes of a table": (
        "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n{: .wide }",
        4,
        "a table takes none",
    ),
    "formula in a line": (r"按 $\eta_t = \eta_0$ 下降。", 1, "(SVG)"),
    "formula of one letter": ("令 $x$ 为输入。", 1, "(SVG)"),
    "formula in a block": ("$$\nx_1\n$$", 1, "(SVG)"),
    "formula in brackets": (r"熵是 \(-\sum_k p_k\)。", 1, "(SVG)"),
    "Mermaid": ("```mermaid\nflowchart LR\n  A --> B\n```", 1, "Mermaid"),
    "missing page": ("[x](nowhere.md)", 1, "nowhere.md"),
    "missing image": ("![图](none.svg)", 1, "none.svg"),
    "missing section of another page": ("[x](index.md#indx)", 1, "Did you mean #index?"),
    "missing section of this page": ("[x](#nowhere)", 1, "has no section “nowhere”"),
    "image without words": ("![](guide.md)", 1, "text alternative"),
    "list under text": ("一段话：\n- 一\n- 二", 2, "blank line"),
    "shallow list": ("- 一\n  - 二", 2, "Indent it by 4"),
    "shallow paragraph of an item": ("- 一\n\n  续一段。", 3, "Indent it by 4"),
    "ragged row": ("| 甲 | 乙 |\n|---|---|\n| 1 |", 3, "fewer cells"),
    "table under text": ("一段话：\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |", 2, "blank line"),
    "fence without end": ("~~~text\n一", 1, "never closed"),
    "indented code": ("一段话。\n\n    x = 1\n    print(x)", 3, "becomes a listing"),
    "conflict of a merge": ("<<<<<<< HEAD\n甲\n=======\n乙\n>>>>>>> x", 1, "merge conflict"),
    "Python": ("```python\nprint(1)\n```", 1, "typed into the page"),
    "console session": ("```pycon\n>>> 1 + 1\n2\n```", 1, "typed into the page"),
    "block without a language": ("```\nx = 1\n```", 1, "language"),
    "missing snippet": ('--8<-- "god.py"', 1, "Did you mean good.py?"),
    "missing part of a snippet": ('--8<-- "good.py:parts"', 1, "Did you mean part?"),
    "lines that a snippet lacks": ('--8<-- "good.py:7:9"', 1, "has 4 lines"),
    "include with a space behind": ('--8<-- "good.py" ', 1, "not understood"),
    "heading without id": ("## 又一节", 1, "has no id"),
    "id in capitals": ("## 又一节 {#Again}", 1, "lower-case"),
    "id twice": ("## 又一节 {#data}", 1, "already given on line 9"),
    "id of one language": ("## 又一节 {#again}", 1, "has no “again”"),
    "note without source": (
        '!!! editor "编者注 · 2026-11-25"\n\n    没有出处。',
        1,
        "no source",
    ),
    "note without date": (
        '!!! editor "编者注 甲"\n\n    [出处](https://example.org/)',
        1,
        "no date",
    ),
    "tab": ("一\t二", 1, "tab (U+0009) in column 2"),
    "zero-width space": ("一\u200b二", 1, "U+200B"),
    "full-width space": ("一\u3000二", 1, "U+3000"),
}


@pytest.mark.parametrize("name", TYPED)
def test_what_is_typed_wrong_is_told(tree, name):
    text, offset, piece = TYPED[name]
    line = change(tree, GUIDE, "### 结语", f"{text}\n\n### 结语") + offset - 1
    lines = [one for one in told(tree, text).splitlines() if one.startswith(f"{GUIDE}:{line}: ")]
    assert any(piece in one for one in lines), told(tree, text)


@pytest.mark.parametrize(
    "text",
    [
        "预算仍是 $300 到 $500，或 $300={}".format("¥2100"),
        "见第三节（数据）；[指南](guide.md)（全文）；太好了！[指南](guide.md)",
        "变量名 max_seq_len 不变，__init__ 也是。",
        "代码 `x = 1; print(x)` 与 `$\\eta$` 在行内。",
        "1986 年流行起来的是反向传播。\n1943 年是源头。",
        "中间有 - 短横、* 星号和“引号”的一行。",
        "*强调*开头的一行。\n**再**一行。",
        "**注意：**先看，还有**“引号”**三个字。",
        "```text\n输出：0.99\n第二行 输出\n```",
        "| 甲 | 乙 |\n|---|---|\n| - | * |",
        "- 一\n\n    续一段。\n\n- 二\n    - 三",
        "<!-- # no heading -->",
        '!!! note ""\n\n    没有标题的提示。',
        "![尖括号里的 <img/a.png> 只是文字](a.png)\n\n![红点](<a b.png>)",
    ],
)
def test_what_is_right_is_left_alone(tree, text):
    for name in ("a.png", "a b.png"):
        (tree / "docs/zh" / name).write_bytes(b"")
    change(tree, GUIDE, "### 结语", f"{text}\n\n### 结语")
    for name in ("a.png", "a b.png"):
        (tree / "site/guide").mkdir(parents=True, exist_ok=True)
        (tree / "site/guide" / name).write_bytes(b"")
    assert told(tree, text) == ""


# File, what stands there, what an author makes of it, and what is told: the line (None: any), a telling piece.
CHANGED = {
    "heading without id": (ENGLISH, " {#conclusion}", "", None, "a space and {#an-id}"),
    "id that differs": (
        ENGLISH,
        "{#conclusion}",
        "{#the-end}",
        18,
        "docs/zh/guide.md has no “the-end”",
    ),
    "item id that differs": (
        ENGLISH,
        "#more-data",
        "#most-data",
        12,
        "docs/zh/guide.md has no “most-data”",
    ),
    "level that differs": (ENGLISH, "### C", "## C", 18, "has ## here and ### on"),
    "American spelling": (ENGLISH, "One", "Color", 7, "Write “Colour”"),
    "American spelling in the glossary": (GLOSSARY, "A lean.", "A color.", 18, "Write “colour”"),
    "no description": (GUIDE, "description: 一页指南。", "title: 指南", 1, "no description"),
    "front matter that is no YAML": (GUIDE, "一页指南。", '"一页"指南', 2, "not valid YAML"),
    "nav that lacks a page": (
        "mkdocs.yml",
        "  - 指南: guide.md\n",
        "",
        None,
        "not in the navigation of mkdocs.yml",
    ),
    "nav with a missing page": (
        "mkdocs.yml",
        "guide.md",
        "gide.md",
        4,
        "docs/zh/gide.md does not exist",
    ),
    "nav in another order": (
        "mkdocs.en.yml",
        "Home: index.md\n  - Guide: guide.md",
        "G: guide.md\n  - H: index.md",
        3,
        "Move the entry to where it belongs, after “index.md”.",
    ),
    "tab in mkdocs.yml": ("mkdocs.yml", "  - 指南", "\t- 指南", 4, "not valid YAML"),
    "key twice": (
        WORDS,
        "guide#data:",
        "guide#data: {zh: [x], en: [x]}\nguide#data:",
        2,
        "is there twice",
    ),
    "unknown section of words": (WORDS, "#data", "#dota", 1, "there is no section “guide#dota”"),
    "words in one language": (WORDS, "  en: [corpus]\n", "", 1, "both languages"),
    "broken words": (WORDS, "[语料]", "[[语料]", None, "not valid YAML"),
    "broken glossary": (GLOSSARY, "[guide#data]", "[guide#data", None, "not valid YAML"),
    "glossary that is no list": (GLOSSARY, "- id: accuracy", "x", None, "not valid YAML"),
    "term without text": (
        GLOSSARY,
        "    text: A lean.\n",
        "",
        None,
        "“en” of “bias” has no “text”. Add “text: …”.",
    ),
    "term with an unknown key": (GLOSSARY, "also:", "aslo:", 17, "unknown key “aslo”"),
    "term with a text for a list": (
        GLOSSARY,
        "also: [skew]",
        "also: skew",
        17,
        "also: [first, second]",
    ),
    "term with Chinese in English": (GLOSSARY, "term: bias", "term: 偏 bias", 16, "Chinese (“偏”)"),
    "term twice": (GLOSSARY, "id: bias", "id: accuracy", 10, "already used on line 1"),
    "name of two terms": (
        GLOSSARY,
        "[skew]",
        "[Accuracy]",
        17,
        "already belongs to the term on line 7",
    ),
    "term of a missing section": (
        GLOSSARY,
        "[guide#data]",
        "[guide#dota]",
        9,
        "there is no section “guide#dota”",
    ),
    "tab in the glossary": (GLOSSARY, "term: 偏差", "term: 偏\t差", 12, "tab ("),
    "part of a snippet that begins twice": (
        "snippets/good.py",
        "print(1)",
        "# --8<-- [start:part]",
        1,
        "does not begin once",
    ),
    "part of a snippet that never ends": (
        "snippets/good.py",
        "[end:part]",
        "[end:prat]",
        1,
        "and end once (start on line 1)",
    ),
}


@pytest.mark.parametrize("name", CHANGED)
def test_what_is_changed_wrong_is_told(tree, name):
    file, old, new, line, piece = CHANGED[name]
    change(tree, file, old, new)
    pattern = rf":{line or '[0-9]+'}: .*{re.escape(piece)}"
    assert re.search(pattern, told(tree)), told(tree)
    assert "Traceback" not in told(tree)


def test_one_slip_is_told_once(tree):
    for name in ("heading without id", "level that differs", "term with an unknown key"):
        file, old, new, _, _ = CHANGED[name]
        before = (tree / file).read_text(encoding="utf-8")
        change(tree, file, old, new)
        assert len(all_problems(tree)) == 1, name
        (tree / file).write_text(before, encoding="utf-8")


def test_languages_are_compared_when_neither_page_has_a_slip_of_its_own(tree):
    change(tree, ENGLISH, "### C", "## C")
    change(tree, GUIDE, "开头", "![](guide.md)\n开头")
    assert [problem.file for problem in all_problems(tree)] == [GUIDE]
    change(tree, GUIDE, "![](guide.md)\n", "＃＃ 又\n")  # told of the built page
    assert all_problems(tree) == []


@pytest.mark.parametrize("file", [GLOSSARY, WORDS, "data/addresses.yml", "mkdocs.en.yml"])
def test_a_file_that_is_missing_or_not_utf_8_is_told(tree, file):
    (tree / file).write_bytes(b"\xff\xfe" + (tree / file).read_bytes())
    assert f"{file}:1: " in told(tree)
    (tree / file).unlink()
    assert f"{file}:1: this file is missing. Bring it back: git checkout -- {file}" in told(tree)


@pytest.mark.parametrize(
    "file, content",
    [
        (GUIDE, b"---\n- a\n---\n"),
        (GUIDE, b"\xff\x00"),
        ("mkdocs.yml", b""),
        (GLOSSARY, b"a: b"),
        (GLOSSARY, b"- id: [x]\n  zh: y\n  en: []\n  sections: {a: b}\n"),
        (WORDS, b"- a"),
        (WORDS, b"guide#data:"),
        (WORDS, b"a: *x"),
        ("data/translations.yml", b"<<<<<<< HEAD\na: b\n======="),
        ("data/recordings/run/result.json", b"{"),
        ("snippets/labs/one/lab.py", b"\xff"),
    ],
)
def test_a_file_of_any_content_is_told_and_never_breaks_the_checks(tree, file, content):
    (tree / file).parent.mkdir(parents=True, exist_ok=True)
    (tree / file).write_bytes(content)
    assert re.search(rf"^{re.escape(file)}:\d+: ", told(tree), re.MULTILINE)


def test_a_page_without_counterpart_is_told(tree):
    (tree / ENGLISH).unlink()
    assert f"{GUIDE}:1: this page has no English counterpart. Write docs/en/guide.md" in told(tree)


def test_a_page_may_stand_outside_the_navigation(tree):
    for language, word in (("zh", "关于"), ("en", "About")):
        text = f"---\ndescription: {word}\n---\n\n# {word} {{#about}}\n"
        (tree / f"docs/{language}/about.md").write_text(text, encoding="utf-8")
    assert len(all_problems(tree)) == 2
    change(tree, "mkdocs.yml", "nav:", "not_in_nav: |\n  about.md\nnav:")
    assert told(tree) == ""


def test_a_lab_is_read_from_its_source(tree):
    source = tree / "snippets/labs/one_lab/lab.py"
    source.parent.mkdir(parents=True)
    source.write_text(
        '# %% [markdown] lang="zh"\n# # 实验 {#one-lab}\n#\n# [x](../guide.md#nowhere)\n\n# %%\nx = 1\n'
    )
    (tree / "docs/zh/labs").mkdir()
    (tree / "docs/zh/labs/one-lab.ipynb").write_text("{}")
    sources = read_sources(tree)
    assert sources.section("labs/one-lab#one-lab").line == 2
    assert "snippets/labs/one_lab/lab.py:4: docs/zh/guide.md has no section “nowhere”" in told(tree)


def test_a_page_that_would_break_the_preview_is_replaced(tree):
    line = change(tree, GUIDE, "good.py", "bad.py")
    shown = shown_instead(GUIDE, tree)
    assert f"{GUIDE}:{line}: the snippet file bad.py does not exist" in shown
    assert shown.startswith("# 此页有错") and shown_instead(ENGLISH, tree) is None


def test_the_command_tells_and_counts(tree):
    change(tree, GUIDE, "good.py", "bad.py")
    command = [sys.executable, "-m", "handbook.checks"]
    done = subprocess.run(command, cwd=tree, capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (
        1,
        "1 fault in the sources\n",
    ) and GUIDE in done.stdout


# ---- on the built site ----

NOTE = '<div class="admonition {}"><p class="admonition-title">编者注 ·</p>{}</div>'
BUILT = {
    "id twice": ('<h2 id="data">数据</h2><p id="data">x</p>', 9, "is on the built page twice"),
    "bold that stays": ("<p>看 ** 粗** 体</p>", 1, "as it is typed: “** 粗** 体”"),
    "list in a sentence": ("<p>一段话：\n- 多要数据</p>", 11, "“- 多要数据”"),
    "empty note": (NOTE.format("note", ""), 14, "is empty"),
    "heading without id": ("<h3>结语</h3>", 18, "has no id"),
    "frame of another site": (
        '<iframe src="https://example.org/demo/"></iframe>',
        16,
        "another site",
    ),
    "image of another site": ('<img src="https://example.org/demo/" alt="x">', 16, "another site"),
    "missing image": ('<img src="no.png" alt="x">', 1, "the file “no.png” is not found"),
    "missing source": ('<source srcset="no.webp 2x"><img src="a b.png" alt="x">', 1, "“no.webp”"),
    "image without words": ('<img src="a%20b.png">', 1, "no text alternative"),
}


@pytest.mark.parametrize("name", BUILT)
def test_what_shows_on_a_built_page_is_told(tree, name):
    article, line, piece = BUILT[name]
    change(tree, GUIDE, "https://example.org/", "https://example.org/demo/")
    site = small_site(tree / "site", {"zh/guide": f'<h1 id="guide">指南</h1>{article}'})
    (site.folder / "guide/a b.png").write_bytes(b"")
    (found,) = built.problems(site, tree)
    assert str(found).startswith(f"{GUIDE}:{line}: ") and piece in str(found)


def test_chinese_on_an_english_page_is_told_unless_it_is_code_or_marked(tree):
    free = '<p lang="zh">中文</p><code>中文</code>'
    for article, count in ((free, 0), (free + "<p>One 段 para.</p>", 1)):
        site = small_site(tree / "site", {"en/guide": f'<h1 id="guide">Guide</h1>{article}'})
        found = [str(one) for one in built.problems(site, tree) if "en/" in one.file]
        assert [line.partition(": ")[2] for line in found] == [
            "Chinese on an English page: “段”. Translate it; what is to stay Chinese goes into "
            '<span lang="zh">…</span> or `code`.'
        ] * count


def test_a_note_of_one_language_is_told_in_english(tree):
    pages = {f"{one}/guide": '<h1 id="guide">G</h1><h2 id="data">D</h2>' for one in ("zh", "en")}
    pages["zh/guide"] += NOTE.format("seealso", "<p>x</p>")
    (found,) = built.problems(small_site(tree / "site", pages), tree)
    pages["zh/guide"] += "<p>＃＃ x</p>"
    (other,) = built.problems(small_site(tree / "site", pages), tree)
    assert other.file == GUIDE  # its own fault first
    assert str(found).startswith(
        f"{ENGLISH}:9: the section “data” has no notes of type “seealso” here, and 1 in {GUIDE}. "
    )


def test_nothing_is_wrong_with_the_built_pages(site_model):
    assert built.problems(site_model, ROOT) == []


@pytest.mark.parametrize(
    "file, old, new, line",
    [
        (GUIDE, '--8<-- "as_published/', '--8<-- "as_publishd/', None),
        ("mkdocs.yml", "  - 两篇文章:", "\t- 两篇文章:", None),
        (GLOSSARY, "    pinyin: zhun que lv\n", "", 3),
        (GUIDE, "# ", "\ud800", None),
    ],
)
def test_a_fault_stops_the_build_without_a_traceback(tmp_path, file, old, new, line):
    tree = copy_of_project(tmp_path / "tree")
    text = (tree / file).read_text(encoding="utf-8")
    line = line or text[: text.index(old)].count("\n") + 1
    (tree / file).write_bytes(text.replace(old, new, 1).encode("utf-8", "surrogatepass"))
    done = build(tree)
    assert (
        done.returncode and f"{file}:{line}: " in done.stdout and "Traceback" not in done.stdout
    ), done.stdout
    assert not (tree / "site").exists()
