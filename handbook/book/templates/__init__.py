"""What the book has beside its chapters, and the list of the downloads."""

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

WORDS = {
    "zh": {
        "contents": "目录",
        "zip": "整个网站（zip）",
        "pdf": "书（PDF）",
        "epub": "书（EPUB）",
        "zh": "中文",
        "en": "英文",
        "made": Markup("由 {date} 的提交 <code>{commit}</code> 做成。"),
        "copy": "这一份是下载来的，不含其他下载文件；最新的在网站上。",
    },
    "en": {
        "contents": "Contents",
        "zip": "The whole site (zip)",
        "pdf": "The book (PDF)",
        "epub": "The book (EPUB)",
        "zh": "Chinese",
        "en": "English",
        "made": Markup("Made from commit <code>{commit}</code> of {date}."),
        "copy": "This copy was downloaded without the other files; the newest are on the website.",
    },
}
ENVIRONMENT = Environment(
    loader=PackageLoader("handbook.book"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def render(template: str, language: str, **values) -> str:
    """Fill in a template of this folder. What is filled in is escaped, unless it is Markup."""
    return ENVIRONMENT.get_template(template).render(words=WORDS[language], **values)
