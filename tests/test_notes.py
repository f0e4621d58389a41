"""Notes at a sentence: a footnote with a label becomes a sign, and what notes must have."""

from datetime import date

import pytest
from lxml import html
from markdown import Markdown

from handbook.checks.pages import read_sources
from handbook.notes import check
from handbook.site import read_page

FOOT = "\n\n[^cost]: **实测：贵一成。** 总费用是 1.10 倍。\n\n    再看[实验](lab.md)。\n"


def rendered(text, language="zh"):
    extensions = ["admonition", "attr_list", "footnotes", "handbook.notes", "handbook.markup"]
    options = {"handbook.markup": {"language": language}}
    return html.fromstring(
        f"<article>{Markdown(extensions=extensions, extension_configs=options).convert(text)}</article>"
    )


@pytest.mark.parametrize(
    "text, above",
    [
        ('!!! article "原文"\n\n    降低成本。[^cost]后文。', "p"),
        ('!!! article "原文"\n\n    - **训练：**降低成本。[^cost]\n    {: #item }\n    - 乙', "li"),
        ("- 甲\n\n    降低成本。[^cost]\n\n    - 里面", "p"),
    ],
)
def test_a_footnote_with_a_label_is_a_sign_and_its_note_stands_below(text, above):
    tree = rendered(text + FOOT)
    (sign,) = tree.find_class("hb-sign")
    (note,) = tree.find_class("hb-note")
    assert sign.text == "实测：贵一成" and sign.get("href") == "#note-cost" == f"#{note.get('id')}"
    assert sign.getparent().tag == above
    assert note.getparent() in (sign.getparent(), sign.getparent().getparent())
    assert note.getparent().index(note) > 0
    words = " ".join(text.strip() for text in note.itertext()).split()
    assert words == "实测：贵一成。 总费用是 1.10 倍。 再看 实验 。".split()
    assert not tree.find_class("footnote") and "\u21a9" not in tree.text_content()


def test_other_footnotes_stay_and_are_numbered_among_themselves():
    tree = rendered("甲[^cost]乙[^b]丙[^c]" + FOOT + "[^b]: 普通的。\n[^c]: **粗体** 的。\n")
    assert [link.text for link in tree.find_class("footnote-ref")] == ["1", "2"]
    assert len(tree.xpath("//div[@class='footnote']/ol/li")) == 2


def test_one_note_for_two_signs():
    tree = rendered("甲。[^cost]\n\n乙。[^cost]" + FOOT)
    assert len(tree.find_class("hb-sign")) == 2 and len(tree.find_class("hb-note")) == 1


EDITOR = '!!! editor "编者注 · 核对于 2026-11-29{title}"\n\n    {text}[据](https://example.org)\n'


@pytest.mark.parametrize(
    "source, told",
    [
        (EDITOR.format(title="", text="数字。"), None),
        (EDITOR.format(title="", text="《个人信息保护法》。"), "no day to look again"),
        (EDITOR.format(title="", text="第二十三条。**不能据此得出：**甲。"), "no day to look again"),
        (EDITOR.format(title=" · 2027-05-29 前复核", text="第二十三条。"), "cannot be concluded"),
        (
            EDITOR.format(title=" · 2027-05-29 前复核", text="第二十三条。**不能据此得出：**甲。"),
            None,
        ),
        ("甲。[^cost]" + FOOT, "no editor's note"),
        ("甲。[^cost]" + FOOT.replace("贵一成", "贵了一成还要多一些呢") + EDITOR.format(title="", text=""), "longer"),
        ('!!! article "原文"\n\n    甲。[^a]\n\n[^a]: 没有标签。\n', "no kind"),
    ],
)  # fmt: skip
def test_what_notes_must_have(tmp_path, source, told):
    body = html.tostring(rendered(f"# 题 {{#top}}\n\n{source}"), encoding="unicode")
    file = tmp_path / "index.html"
    file.write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    page = read_page(file, file.relative_to(tmp_path), "zh")
    found = [message for _, message, _ in (*check.of_editor(page), *check.of_sentences(page))]
    assert (told is None and not found) or any(told in message for message in found), found


def test_notes_that_fall_due_are_listed_with_file_and_line(tmp_path):
    for language, words in (("zh", "2027-05-29 前复核"), ("en", "recheck by 2027-06-30")):
        folder = tmp_path / "docs" / language
        folder.mkdir(parents=True)
        text = f'# T {{#t}}\n\n!!! editor "· 2026-11-29 · {words}"\n\n    甲\n'
        (folder / "law.md").write_text(text, encoding="utf-8")
    sources = read_sources(tmp_path)
    due = check.falling_due(sources, date(2027, 5, 15))
    assert [(one.file, one.line) for one in due] == [("docs/zh/law.md", 3)]
    assert "2027-05-29" in str(due[0])
    assert len(check.falling_due(sources, date(2027, 6, 15))) == 2
    assert not check.falling_due(sources, date(2026, 11, 29))
