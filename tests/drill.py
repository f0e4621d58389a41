"""A copy of the project with one page more, “drill”, which has every kind of block that a page may have."""

# The pages that are looked at, and the windows.
NAMES = [
    "",
    "guide/",
    "problems/bert-text-classification/",
    "reference/glossary/",
    "labs/",
    "labs/compression/",
    "drill/",
]
PAGES = [folder + name for name in NAMES for folder in ("", "en/")]
SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}

REPO_URL = "https://github.com/example/handbook"
FILLER = {"zh": "这是一段填充的文字，好让页面长到必须滚动。", "en": "A line that fills the page. "}
WORDS = {
    "zh": {
        "front": "一页练习，用来试标签页、折叠块、脚注、任务和宽的表格。",
        "stress": "训练前*必须*看一遍数据，见 *Nature*。\n\n"
        "这一段中文在源码里折成\n两行，中间不该有空格；English\nwords 之间应当有。",
        "wide": "一个不能折行的长词" * 3,
    },
    "en": {
        "front": "A page to try tabs, folded blocks, footnotes, tasks and wide tables on.",
        "stress": "You *must* look at the data before you train, see *Nature*.\n\n"
        "This paragraph is\nbroken over two lines.",
        "wide": "unbreakable" * 6,
    },
}
PAGE = """---
description: {front}
---

# Drill {{#drill}}

{stress}

{filler}[^1]

[^1]: Footnote.

!!! note "Note"

    Noted.

## Tabs {{#tabs}}

=== "one"

    First.

=== "two"

    ### Section in a tab {{#in-a-tab}}

    Second.

{filler}

=== "one"

    Other first.

=== "two"

    Other second.

## Folds {{#folds}}

??? warning "Open"

    ### Section in a fold {{#in-a-fold}}

    ??? note "inner"

        1. Deep item
        {{: #deep-item }}

## Blocks {{#blocks}}

- [x] Done
- [ ] To do

| {wide} | {wide} | {wide} |
|---|--:|---|
| 1 | 2 | 3 |

```yaml title="wide.yml"
value: 1  # (1)!
text: "{wide}{wide}{wide}{wide}{wide}"
```

1. What it is.

{filler}

## Hostile &lt;img src=x onerror=ran=1&gt; {{#hostile}}

{filler}

## Last {{#last}}

Last.
"""


def prepare(tree):
    """Add the page to a copy of the project, in both languages, and the extensions that it asks for."""
    for language, words in WORDS.items():
        filler = f"{FILLER[language] * 12}\n\n" * 8
        text = PAGE.format(filler=filler.rstrip(), **words)
        (tree / f"docs/{language}/drill.md").write_text(text, encoding="utf-8")
    for name in ("mkdocs.yml", "mkdocs.en.yml"):
        change(tree / name, "\nnav:\n", "\nnav:\n  - Drill: drill.md\n")
    extensions = "markdown_extensions:\n  pymdownx.tasklist: {custom_checkbox: true}"
    change(tree / "mkdocs.yml", "markdown_extensions:", extensions)


def change(file, old, new):
    """Put a text in the place of one that must be there."""
    text = file.read_text(encoding="utf-8")
    assert old in text, (file, old)
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
