"""Both articles, whole: every sentence of the Chinese, in order, with its headings, ids, lists and listings."""

import ast
import re
from pathlib import Path

import pytest
from conftest import ROOT

from handbook.checks.pages import FENCE, read_page

ARTICLES = {"guide": "guide.zh.md", "playbook": "playbook.zh.md"}
LISTINGS = ["cnn_image_classification.py", "bert_text_classification.py"]
LABELS = ["标题：", "博客正文："]
# The public ids: headings by their level, and list items.
HEADINGS = {
    "guide": "1:guide 2:introduction 2:question-bank 3:concept-and-history "
    "3:training-techniques 3:overfitting 2:coding-problems 3:cnn-image-classification "
    "3:bert-text-classification 2:strategies 2:conclusion",
    "playbook": "1:playbook 2:introduction 2:challenges 3:data-quality-and-privacy "
    "3:compute-and-cost 3:interpretability-and-reliability 2:cases 3:openai "
    "3:deepmind 2:strategies 3:goals-and-positioning 3:core-technology 3:partnerships "
    "3:innovation-and-iteration 3:user-experience 2:conclusion",
}
ITEMS = {
    "guide": "more-data data-augmentation regularisation model-compression strategy-innovation strategy-privacy "
    "strategy-scenarios strategy-partnerships",
    "playbook": "data-cleaning anonymisation data-sharing distributed-training compression-and-quantisation "
    "energy-management interpretability validation-and-testing user-feedback openai-innovation "
    "openai-open-source openai-business-model deepmind-team deepmind-interdisciplinary deepmind-government-support",
}


def article(name):
    return (Path(__file__).parent / "article" / ARTICLES[name]).read_text(encoding="utf-8")


def page(name, language="zh"):
    return read_page(ROOT, ROOT / "docs" / language / f"{name}.md", language, f"{name}.md")


def without_code(text):
    return re.sub(r"```.*?```", "", text, flags=re.DOTALL)


def sentences(text):
    """The sentences of a text, without Markdown's marks and without spaces beside them."""
    found = []
    for line in text.splitlines():
        line = re.sub(r"^\s*(#+|[*-](?= )|\d+\.(?= ))\s*", "", line)
        line = line.replace("**", "")
        found += [part.strip() for part in re.split(r"(?<=[。！？；])", line) if part.strip()]
    return found


def of_the_article(name):
    """The article's sentences; the labels are taken off."""
    found = []
    for sentence in sentences(without_code(article(name))):
        for label in LABELS:
            sentence = sentence.removeprefix(label).strip()
        if sentence:
            found.append(sentence)
    return found


def of_the_page(source):
    """The sentences of a page that are the author's: headings, and what stands in frames, without our signs."""
    text = without_code(re.sub(r"\A---\n.*?\n---\n", "", source, flags=re.DOTALL))
    text = re.sub(r'^=== "原文[^"]*"\n', "", text, flags=re.MULTILINE)
    found = re.findall(r'^#+ .*|^!!! article ".*"\n(?:(?: {4}.*)?\n)*', text, re.MULTILINE)
    text = re.sub(r"^!!! article.*|\[\^[\w-]+\]", "", "\n".join(found), flags=re.MULTILINE)
    text = re.sub(r"^ *\{: #[\w-]+ \}\n|\s*\{#[\w-]+\}$", "", text, flags=re.MULTILINE)
    return sentences(text)


def first_difference(name, source):
    """None, or what is wrong at the first place where the page departs from the article."""
    wanted, found = of_the_article(name), of_the_page(source)
    for i, sentence in enumerate(wanted):
        if i >= len(found) or found[i] != sentence:
            here = found[i] if i < len(found) else "the end of the page"
            return f"docs/zh/{name}.md: the article's sentence «{sentence}» is missing or changed; there is «{here}»"
    if len(found) > len(wanted):
        return f"docs/zh/{name}.md: «{found[len(wanted)]}» is not in the article: put it into an editor's note"
    return None


@pytest.mark.parametrize("name", ARTICLES)
def test_every_sentence_is_there_in_order(name):
    source = (ROOT / f"docs/zh/{name}.md").read_text(encoding="utf-8")
    assert first_difference(name, source) is None
    assert len(of_the_article(name)) > 40


@pytest.mark.parametrize("name", ARTICLES)
def test_each_dropped_altered_or_added_sentence_is_reported(name):
    source = (ROOT / f"docs/zh/{name}.md").read_text(encoding="utf-8")
    for sentence in of_the_article(name):
        if len(sentence) > 10 and source.count(sentence) == 1:
            for changed in ("", "改" + sentence, sentence[:5] + sentence[6:]):
                message = first_difference(name, source.replace(sentence, changed))
                assert message and sentence in message
    frame = '!!! article "原文"\n\n    '
    added = source.replace(frame, f"{frame}我们加了一句话。", 1)
    assert "我们加了一句话。" in first_difference(name, added)


@pytest.mark.parametrize("name", ARTICLES)
def test_headings_have_their_level_and_public_id_in_both_languages(name):
    for language in ("zh", "en"):
        headings = [f"{h.level}:{h.id}" for h in page(name, language).headings]
        assert headings == HEADINGS[name].split()
    written = re.findall(r"^(#+) (.*)$", without_code(article(name)), re.MULTILINE)
    levels = [
        1 if text.startswith("标题：") else len(marks) - 2
        for marks, text in written
        if text not in LABELS
    ]
    assert levels == [int(heading[0]) for heading in HEADINGS[name].split()]


@pytest.mark.parametrize("name", ARTICLES)
def test_list_items_have_their_public_id_in_both_languages(name):
    for language in ("zh", "en"):
        places = [place.id for place in page(name, language).places if not place.level]
        wanted = ITEMS[name].split()  # our notes have places of their own between them
        assert [item for item in places if item in wanted] == wanted


@pytest.mark.parametrize("number, file", list(enumerate(LISTINGS)))
def test_listings_are_those_of_the_article_byte_for_byte(number, file):
    published = re.findall(r"```python\n(.*?)```", article("guide"), re.DOTALL)
    assert len(published) == len(LISTINGS)
    listing = (ROOT / "snippets/as_published" / file).read_bytes()
    assert listing == published[number].encode("utf-8")
    assert b"8<-" not in listing


@pytest.mark.parametrize("language", ["zh", "en"])
def test_listings_stand_whole_on_the_guide(language):
    text = (ROOT / f"docs/{language}/guide.md").read_text(encoding="utf-8")
    for file in LISTINGS:
        assert text.count(f'--8<-- "as_published/{file}"\n') == 1
    assert not [
        line
        for line in page("guide", language).lines
        if line.kind == FENCE and "import tensorflow" in line.text
    ]


def test_the_published_listings_are_never_imported():
    for path in (
        path
        for folder in ("handbook", "snippets", "tests")
        for path in (ROOT / folder).rglob("*.py")
    ):
        if path.parent.name != "as_published":
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = [
                    alias.name
                    for alias in getattr(node, "names", ())
                    if isinstance(alias, ast.alias)
                ]
                assert "as_published." not in f"{getattr(node, 'module', '')}.{'.'.join(names)}.", (
                    path
                )
