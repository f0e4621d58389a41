"""A small project without faults, in which the checks find each fault within a moment."""

from conftest import ROOT

GUIDE, ENGLISH = "docs/zh/guide.md", "docs/en/guide.md"
GLOSSARY, WORDS = "data/glossary.yml", "data/search_words.yml"
FILES = {
    "mkdocs.yml": "site_name: 手册\nnav:\n  - 首页: index.md\n  - 指南: guide.md\n",
    "mkdocs.en.yml": "INHERIT: mkdocs.yml\nnav:\n  - Home: index.md\n  - Guide: guide.md\n",
    "docs/zh/index.md": "---\ndescription: 首页。\n---\n\n# 首页 {#index}\n\n[读](guide.md#data)\n",
    "docs/en/index.md": "---\ndescription: Home.\n---\n\n# Home {#index}\n\n[Read](guide.md#data)\n",
    GUIDE: """\
---
description: 一页指南。
---

# 指南 {#guide}

开头一段。

## 数据 {#data}

- 多要数据
{: #more-data }

!!! editor "编者注 · 核对于 2026-11-24"

    见[出处](https://example.org/)。

### 结语 {#conclusion}

```python
--8<-- "good.py:part"
```
""",
    ENGLISH: """\
---
description: A guide.
---

# Guide {#guide}

One paragraph.

## Data {#data}

- Get more data
{: #more-data }

!!! editor "Editor's note · checked on 2026-11-24"

    See [the source](https://example.org/).

### Conclusion {#conclusion}

```python
--8<-- "good.py:part"
```
""",
    GLOSSARY: """\
- id: accuracy
  zh:
    term: 准确率
    pinyin: zhun que lv
    text: 判断正确的比例。
  en:
    term: accuracy
    text: The share that is right.
  sections: [guide#data]
- id: bias
  zh:
    term: 偏差
    pinyin: pian cha
    text: 偏离。
  en:
    term: bias
    also: [skew]
    text: A lean.
  sections: [guide#data]
""",
    WORDS: "guide#data:\n  zh: [语料]\n  en: [corpus]\n",
    "data/addresses.yml": "/:\n  index: share\n",
    "snippets/good.py": "# --8<-- [start:part]\nprint(1)\n# --8<-- [end:part]\n",
    "pyproject.toml": (ROOT / "pyproject.toml").read_text(encoding="utf-8"),
}


def write(tree):
    """Write it below a folder, which is returned."""
    for file, text in FILES.items():
        (tree / file).parent.mkdir(parents=True, exist_ok=True)
        (tree / file).write_text(text, encoding="utf-8")
    return tree


def change(tree, file, old, new):
    """Replace text in a file; returns the line of the change."""
    text = (tree / file).read_text(encoding="utf-8")
    assert old in text, f"{file} does not hold {old!r}"
    (tree / file).write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
    return text[: text.index(old)].count("\n") + 1
