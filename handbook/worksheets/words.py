"""What the worksheets say around their fields, in both languages."""

WORDS = {
    "form": ("填这张表", "Fill in this sheet"),
    "figures": ("算出来的数", "Figures"),
    "says": ("按你的选择", "By your choices"),
    "open": ("在计算器里打开", "open in the calculator"),
    "copy": ("复制为 Markdown", "Copy as Markdown"),
    "link": ("复制链接", "Copy link"),
    "print": ("打印", "Print"),
    "reset": ("回到例子", "Back to the example"),
    "copied": ("已复制", "Copied"),
    "copied_link": ("链接已复制，打开就是这张表", "Link copied: it opens this sheet"),
    "no_script": (
        "脚本没有运行：下面的数按表里的例子算好。",
        "Scripts do not run here: the figures below are those of the example in the form.",
    ),
    "wrong": ("先改好上面标出的各项。", "First correct the fields marked above."),
    "paste": (
        "这不是“#title”的网址：请从那一页“复制链接”，整段粘贴。",
        "This is no address of “#title”: copy the link on its page and paste it whole.",
    ),
    "pasted": ("按粘贴的网址算", "from the address you pasted"),
    "unknown_key": (
        "网址里的“#key”这张表不认识，没有用上。",
        "This sheet does not know “#key” in the address; it was not used.",
    ),
    "option": (
        "网址里“#label”的“#value”不在选项里，没有用上。",
        "“#value” for “#label” in the address is not among the options; it was not used.",
    ),
    "dated": ("表格核对于 #day", "tables checked on #day"),
    "question": ("问题：", "Question: "),
    "address": ("网址：", "Address: "),
    "example": ("在表里打开", "Open in the form"),
    "colon": ("：", ": "),
    "semicolon": ("；", "; "),
    "stop": ("。", "."),
    "own": ("（自己填）", "(your own)"),
    "by_itself": ("（按表）", "(as in the table)"),
}


def words(language: str) -> dict[str, str]:
    """All of them in one language."""
    return {key: pair[language == "en"] for key, pair in WORDS.items()}
