"""A careless author is told: each fault, made on a copy, stops the build with file, line and what to do."""

import re
from pathlib import Path

import pytest
from bench.many_pages import copy_project
from handbook.checks import all_problems
from conftest import run_mkdocs

GUIDE, ENGLISH = "docs/zh/guide.md", "docs/en/guide.md"


@pytest.fixture
def tree(tmp_path):
    """A copy of what the build needs."""
    copy_project(tmp_path)
    return tmp_path


def replace(tree, file, old, new, count=1):
    """Replace text in a file of the tree; returns the line of the first change."""
    path = tree / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file} does not hold {old!r}"
    path.write_text(text.replace(old, new, count), encoding="utf-8", newline="")
    return text[: text.index(old)].count("\n") + 1


def line_of(tree, file, text):
    lines = (tree / file).read_text(encoding="utf-8").splitlines()
    return next(i for i, line in enumerate(lines, 1) if text in line)


def under(block, offset=0, file=GUIDE):
    """A fault that puts a block under the last heading; the message names the block's line, or one below."""
    return lambda tree: (
        file,
        replace(tree, file, "{#conclusion}", "{#conclusion}\n\n" + block) + 2 + offset,
    )


def change(file, old, new, offset=0):
    return lambda tree: (file, replace(tree, file, old, new) + offset)


def write(file, text, line=1):
    def fault(tree):
        (tree / file).parent.mkdir(parents=True, exist_ok=True)
        (tree / file).write_text(text, encoding="utf-8")
        return file, line

    return fault


def delete(file, reported):
    def fault(tree):
        (tree / file).unlink()
        return reported, 1

    return fault


def mark(file, prefix):
    def fault(tree):
        path = tree / file
        path.write_bytes(prefix + path.read_bytes())
        return file, 1

    return fault


# name: (how to make it, a telling piece of the message)
FAULTS = {
    "Chinese page without counterpart": (
        write("docs/zh/alone.md", "# 一页 {#alone}\n"),
        "no English counterpart",
    ),
    "English page without counterpart": (
        write("docs/en/alone.md", "# A page {#alone}\n"),
        "no Chinese counterpart",
    ),
    "deleted counterpart": (
        delete("docs/en/playbook.md", "docs/zh/playbook.md"),
        "no English counterpart",
    ),
    "heading without id": (change(GUIDE, "## 结语 {#conclusion}", "## 结语"), "has no explicit id"),
    "id in capitals": (change(GUIDE, "{#conclusion}", "{#Conclusion}"), "not ASCII kebab-case"),
    "id twice": (change(GUIDE, "{#conclusion}", "{#introduction}"), "is already given on line"),
    "item id twice": (
        change(GUIDE, "{: #data-augmentation }", "{: #more-data }"),
        "is already given on line",
    ),
    "id that differs": (
        change(ENGLISH, "{#conclusion}", "{#the-end}"),
        "has the id “the-end”, which this one has",
    ),
    "level that differs": (
        change(ENGLISH, "## Conclusion", "### Conclusion"),
        "is of level 3 here, and of level 2",
    ),
    "order that differs": (
        lambda tree: (
            ENGLISH,
            [
                replace(tree, ENGLISH, "{#concept-and-history}", "{#swap}"),
                replace(tree, ENGLISH, "{#training-techniques}", "{#concept-and-history}"),
                replace(tree, ENGLISH, "{#swap}", "{#training-techniques}"),
            ][0],
        ),
        "into the same order",
    ),
    "item id that differs": (change(ENGLISH, "{: #more-data }", "{: #most-data }"), "list item"),
    "snippet file that is missing": (
        change(GUIDE, 'as_published/bert_text_classification.py"\n', 'as_published/nothing.py"\n'),
        "nothing.py",
    ),
    "snippet section that is missing": (
        change(GUIDE, 'bert_text_classification.py"\n', 'bert_text_classification.py:train"\n'),
        "train",
    ),
    "Python typed into a page": (
        under("```python\nprint(1)\n```"),
        "holds code typed into the page",
    ),
    "a console session typed into a page": (
        under("```pycon\n>>> 1 + 1\n2\n```"),
        "holds code typed into the page",
    ),
    "unmarked Python": (under("```\nx = 1\nprint(x)\n```"), "snippets/"),
    "indented Python": (under("    x = 1\n    print(x)"), "snippets/"),
    "list under a paragraph": (under("一段话：\n- 一\n- 二", 1), "blank line"),
    "list under a paragraph in a note": (
        under(
            '!!! editor "编者注 · 核对于 2026-11-24"\n\n    见[此](https://example.org/)：\n    - 一',
            3,
        ),
        "blank line",
    ),
    "image without a text alternative": (under("![](../en/guide.md)"), "text alternative"),
    "raw image without a text alternative": (under('<p><img src="x.svg"></p>'), "text alternative"),
    "Chinese on an English page": (under("这句没有翻译。", file=ENGLISH), "Chinese"),
    "byte-order mark": (mark(GUIDE, b"\xef\xbb\xbf"), "byte-order mark"),
    "tab": (change(GUIDE, "随着人工智能技术", "随着\t人工智能技术"), "tab"),
    "zero-width space": (change(GUIDE, "随着人工智能技术", "随着\u200b人工智能技术"), "U+200B"),
    "full-width space": (change(GUIDE, "随着人工智能技术", "随着\u3000人工智能技术"), "U+3000"),
    "tab in the glossary": (change("data/glossary.yml", "term: 剪枝", "term: 剪\t枝"), "tab"),
    "zero-width space in the glossary": (
        change("data/glossary.yml", "term: 剪枝", "term: 剪\u200b枝"),
        "U+200B",
    ),
    "stale translation": (
        lambda tree: (
            replace(tree, GUIDE, "**答案：** 过拟合", "**答案：** 所谓过拟合"),
            (ENGLISH, line_of(tree, ENGLISH, "{#overfitting}")),
        )[1],
        "has changed since it was translated",
    ),
    "unrecorded translation": (
        lambda tree: (
            replace(tree, ENGLISH, "  overfitting: ", "  underfitting: "),
            (ENGLISH, line_of(tree, ENGLISH, "{#overfitting}")),
        )[1],
        "python -m checks.renew docs/en/guide.md overfitting",
    ),
    "note without date": (change(GUIDE, '"编者注 · 核对于 2026-11-24"', '"编者注"'), "date"),
    "note without source": (
        under('!!! editor "编者注 · 核对于 2026-11-24"\n\n    没有出处。'),
        "source",
    ),
    "note in one language only": (
        under('!!! seealso "Related sections"\n\n    [Introduction](#introduction)', file=ENGLISH),
        "“seealso” notes",
    ),
    "nav that differs": (
        change(
            "mkdocs.en.yml",
            "      - The guide: guide.md\n      - The playbook: playbook.md",
            "      - The playbook: playbook.md\n      - The guide: guide.md",
        ),
        "nav",
    ),
    "glossary out of order": (
        change(
            "data/glossary.yml",
            "- id: accuracy\n",
            "- id: zz-accuracy\n",
        ),
        "in the order of their ids",
    ),
    "glossary section that is missing": (
        change("data/glossary.yml", "sections: [guide#", "sections: [guide#no-"),
        "does not exist",
    ),
    "glossary name twice": (
        change("data/glossary.yml", "term: 激活函数", "term: 准确率"),
        "already belongs to the term",
    ),
    "glossary key that is missing": (
        change("data/glossary.yml", "    pinyin: zhun que lv\n", ""),
        "pinyin",
    ),
    "Chinese in an English definition": (
        change(
            "data/glossary.yml", "  en:\n    term: accuracy", "  en:\n    term: 准确率 accuracy", 1
        ),
        "Chinese",
    ),
    "broken YAML in the glossary": (
        change("data/glossary.yml", "- id: accuracy", "- id: [accuracy"),
        "not valid YAML",
    ),
    "broken YAML in the search words": (
        change("data/search_words.yml", "  zh: [前言", "  zh: [[前言"),
        "not valid YAML",
    ),
    "number that was not recorded": (
        change(GUIDE, "0.9904<!-- as_pub", "0.9905<!-- as_pub"),
        "is 0.9904",
    ),
    "key of no recording": (
        change(GUIDE, "as_published.runs.cnn_local_data_1", "as_published.runs.cnn_9"),
        "“cnn_9” is not recorded",
    ),
    "number without a key": (
        write("docs/zh/problems/x.md", "# 题 {#x}\n\n准确率 0.99。\n", 3),
        "0.99 has no key",
    ),
    "link that is in no list": (
        under("见[此](https://example.org/new)。"),
        "is not in data/links.yml",
    ),
    "link in the list twice": (
        change(
            "data/links.yml",
            "https://arxiv.org/abs/1510.00149:",
            "https://arxiv.org/abs/1503.02531:",
        ),
        "is there twice",
    ),
    "link in the list that no page uses": (
        change("data/links.yml", "abs/1510.00149:", "abs/1510.00148:"),
        "no page links to",
    ),
    "link in the list without dates": (
        change("data/links.yml", "{checked: 2026-11-24, ", "{checked: lately, "),
        "has no proper entry",
    ),
    "link in the list checked before the note": (
        change("data/links.yml", "checked: 2026-11-24", "checked: 2026-11-23"),
        "rests on it",
    ),
    "broken YAML in the list of links": (
        change("data/links.yml", "answered: null}", "answered: [null}"),
        "not valid YAML",
    ),
    "search words for no section": (
        change("data/search_words.yml", "guide#overfitting:", "guide#overfit:"),
        "there is no section",
    ),
}
# Faults of another line than the changed one.
ANY_LINE = {
    "broken YAML in the glossary",
    "broken YAML in the search words",
    "broken YAML in the list of links",
    "link in the list twice",
    "glossary out of order",
    "glossary name twice",
    "glossary section that is missing",
    "glossary key that is missing",
    "nav that differs",
    "note in one language only",
    "unmarked Python",
}
# One fault of each way of reporting goes through the real build; the others call the checks as it does.
BUILT = {
    "deleted counterpart",
    "broken YAML in the glossary",
    "glossary key that is missing",
    "snippet file that is missing",
    "snippet section that is missing",
    "id twice",
    "tab in the glossary",
    "glossary section that is missing",
}


def expect(output, file, line, message, any_line=False):
    """A line of the output names file and line and holds the message."""
    pattern = rf"{re.escape(file)}:{r'[0-9]+' if any_line else line}: .*{re.escape(message)}"
    assert re.search(pattern, output), f"no line like {file}:{line}: …{message}… in:\n{output}"


def test_the_untouched_tree_has_no_faults(tree):
    assert all_problems(tree) == []


@pytest.mark.parametrize("name", FAULTS)
def test_the_fault_is_told(tree, name):
    make, message = FAULTS[name]
    file, line = make(tree)
    output = "\n".join(str(problem) for problem in all_problems(tree))
    expect(output, file, line, message, name in ANY_LINE)


@pytest.mark.parametrize("name", sorted(BUILT))
def test_the_fault_stops_the_build(tree, name):
    make, message = FAULTS[name]
    file, line = make(tree)
    result = run_mkdocs(tree, "build", "--strict")
    assert result.returncode != 0
    expect(result.stdout, file, line, message, name in ANY_LINE)
    assert "Traceback" not in result.stdout


LINKS = {
    "a missing page": ("[x](nowhere.md)", "nowhere.md"),
    "a missing anchor on another page": ("[x](playbook.md#nowhere)", "playbook.md#nowhere"),
    "a missing anchor on the same page": ("[x](#nowhere)", "#nowhere"),
    "a missing image": ("![图](figures/none.svg)", "figures/none.svg"),
}


@pytest.mark.parametrize("name", LINKS)
def test_a_link_that_leads_nowhere_stops_the_build(tree, name):
    markdown, target = LINKS[name]
    line = replace(tree, GUIDE, "{#conclusion}\n", "{#conclusion}\n\n" + markdown + "\n") + 2
    result = run_mkdocs(tree, "build", "--strict")
    assert result.returncode != 0
    expect(result.stdout, GUIDE, line, target)
    assert "Correct the link" in result.stdout


NEAR_MISSES = [
    "```bash\n# no heading\nmake serve\n```",
    "    缩进的一行文字，不是代码",
    "1986 年流行起来的是反向传播。\n1943 年是源头。",
    "中间有 - 短横的一行。",
    "*强调*开头的一行。\n*再*一行。",
    "代码 `x = 1; print(x)` 在行内。",
    "```text\n输出：0.99\n第二行 输出\n```",
    "| 甲 | 乙 |\n|---|---|\n| - | * |",
    "- 一\n\n    续一段。\n\n- 二",
    "<!-- # no heading -->",
]


@pytest.mark.parametrize("block", NEAR_MISSES)
def test_what_is_right_is_not_reported(tree, block):
    """The Chinese page changes, so its translation is stale: that, and nothing else, is told."""
    replace(tree, GUIDE, "{#conclusion}\n", "{#conclusion}\n\n" + block + "\n")
    assert [p.message for p in all_problems(tree) if "has changed since" not in p.message] == []


def test_chinese_is_free_in_code_and_where_it_is_marked(tree):
    block = '<p lang="zh">中文在这里</p>\n\n`中文`\n\n```text\n中文\n```\n\nHe said <span lang="zh">你好</span>.'
    replace(tree, ENGLISH, "{#conclusion}\n", "{#conclusion}\n\n" + block + "\n")
    assert all_problems(tree) == []


def test_a_cosmetic_change_does_not_make_a_translation_stale(tree):
    replace(
        tree,
        GUIDE,
        "随着人工智能技术的飞速发展，AI 大模型",
        "随着人工智能技术的\n飞速发展，AI大模型",
    )
    assert all_problems(tree) == []


def test_a_repair_to_the_translation_alone_hides_nothing(tree):
    replace(tree, GUIDE, "**答案：** 过拟合", "**答案：** 所谓过拟合")
    replace(tree, ENGLISH, "Overfitting means that", "So-called overfitting means that")
    assert [p for p in all_problems(tree) if "has changed since" in p.message]


def renew(tree, *arguments):
    from handbook.checks.renew import main

    return main(list(arguments), tree)


def test_the_command_renews_one_named_section(tree, capsys):
    for old, new in (
        ("**答案：** 过拟合", "**答案：** 所谓过拟合"),
        ("充满了机遇和挑战。", "有机遇，也有挑战。"),
    ):
        replace(tree, GUIDE, old, new)
    before = (tree / ENGLISH).read_text(encoding="utf-8")
    assert len(all_problems(tree)) == 2
    assert renew(tree, ENGLISH, "overfitting") == 0
    (rest,) = all_problems(tree)
    assert "conclusion" in rest.message
    after = (tree / ENGLISH).read_text(encoding="utf-8")
    changed = [(a, b) for a, b in zip(before.splitlines(), after.splitlines()) if a != b]
    assert len(changed) == 1 and changed[0][0].startswith("  overfitting: ")


@pytest.mark.parametrize(
    "arguments",
    [
        [ENGLISH],
        [ENGLISH, "all"],
        [ENGLISH, "overfitting", "conclusion"],
        [ENGLISH, "nothing"],
        [GUIDE, "overfitting"],
        [],
        ["docs/en/none.md", "overfitting"],
        ["docs/en/../../mkdocs.yml", "x"],
    ],
)
def test_the_command_refuses_everything_else(tree, capsys, arguments):
    before = {path: path.read_bytes() for path in (tree / "docs").rglob("*.md")}
    assert renew(tree, *arguments) == 2
    error = capsys.readouterr().err
    assert error.startswith("nothing renewed: ") and error.count("\n") == 1
    assert {path: path.read_bytes() for path in (tree / "docs").rglob("*.md")} == before


def test_all_faults_are_told_at_once(tree):
    for file, line in [
        FAULTS[name][0](tree)
        for name in ("heading without id", "tab", "Chinese on an English page")
    ]:
        assert Path(tree / file).exists()
    output = "\n".join(map(str, all_problems(tree)))
    assert "no explicit id" in output and "tab" in output and "Chinese" in output
