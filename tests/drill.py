"""A copy of the project in which everything that can happen to an address has happened once.

A page “drill” in both languages has sections inside tabs and folded blocks, an old id beside a new one, a section
that has moved to another page, one whose title reads like markup; a page “former” has become “drill”, and one of its
sections has gone elsewhere.
"""

REPO_URL = "https://github.com/example/handbook"

PAGE = {
    "zh": """---
description: 一页练习，用来试标签页、折叠块、旧编号和移走的章节，看看每一种链接能不能到达。
---

# 练习：链接 {#drill}

开头一段。

## 标签页 {#tabs}

=== "甲"

    甲里的话。

=== "乙"

    ### 乙里的一节 {#in-a-tab}

    藏在第二个标签页里。

## 折叠块 {#folded}

??? note "打开看看"

    ### 折起来的一节 {#in-a-fold}

    === "丙"

        丙里的话。

    === "丁"

        1. 折叠块里的标签页里的一项
        {: #deep-item }

<a id="old-name"></a>

## 改了编号 {#new-name}

这一节从前叫别的名字。

FILLER

## 敌意 &lt;img src=x onerror=ran=1&gt;&lt;script&gt;ran=2&lt;/script&gt; {#hostile}

标题里有标记的一节：&lt;img src=x onerror=ran=3&gt;。

## 末尾 {#last}

最后一节。
""",
    "en": """---
description: A page for drills with tabs, folded blocks, old ids and sections that moved away, to see whether each link arrives.
translated_from:
HASHES---

# Drill: links {#drill}

An opening paragraph.

## Tabs {#tabs}

=== "One"

    Words in the first.

=== "Two"

    ### A section in the second {#in-a-tab}

    Hidden in the second tab.

## Folded {#folded}

??? note "Open it"

    ### A folded section {#in-a-fold}

    === "Three"

        Words in the third.

    === "Four"

        1. An item in a tab in a folded block
        {: #deep-item }

<a id="old-name"></a>

## Another id {#new-name}

This section had another name.

FILLER

## Hostile &lt;img src=x onerror=ran=1&gt;&lt;script&gt;ran=2&lt;/script&gt; {#hostile}

A section with markup in its title: &lt;img src=x onerror=ran=3&gt;.

## Last {#last}

The last section.
""",
}
FILLER = {
    "zh": "占一段地方，好让页面长到需要滚动。\n\n" * 30,
    "en": "Words that take up room, so that the page has to be scrolled.\n\n" * 30,
}
PUBLISHED = """\
/drill/:
  drill: share
  tabs: share
  in-a-tab: share
  folded: share
  in-a-fold: share
  deep-item: share
  old-name: share
  new-name: share
  hostile: share
  last: share
  moved-away: share
/former/:
  former: share
  tabs: share
  elsewhere: share
"""
MOVES = """\
/drill/#moved-away: /playbook/#openai
/former/: /drill/
/former/#former: /drill/#drill
/former/#elsewhere: /guide/#overfitting
"""


def prepare(tree):
    """Make the copy what is said above."""
    from handbook.checks.pages import read_page
    from handbook.checks.translation import fingerprints

    for language in ("zh", "en"):
        text = PAGE[language].replace("FILLER\n\n", FILLER[language])
        if language == "en":
            chinese = read_page(tree, tree / "docs/zh/drill.md", "zh", "drill.md")
            text = text.replace(
                "HASHES", "".join(f"  {id}: {hash}\n" for id, hash in fingerprints(chinese).items())
            )
        (tree / f"docs/{language}/drill.md").write_text(text, encoding="utf-8")
    for name, entry in (("mkdocs.yml", "      - 术语表:"), ("mkdocs.en.yml", "      - Glossary:")):
        config = (tree / name).read_text(encoding="utf-8")
        title = "练习" if "术语" in entry else "Drill"
        (tree / name).write_text(
            config.replace(entry, f"      - {title}: drill.md\n{entry}"), encoding="utf-8"
        )
    for name, more in (("addresses", PUBLISHED), ("moved", MOVES)):
        with (tree / f"data/{name}.yml").open("a", encoding="utf-8") as file:
            file.write(more)
