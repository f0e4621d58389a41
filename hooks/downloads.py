"""Lists what `make downloads` has made on its page, and puts the files into the site; without a manifest, no link and no file."""

import hashlib
import json
import shutil
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority

ROOT = Path(__file__).resolve().parent.parent
FOLDER, PAGE, MARKER = ROOT / "downloads", "reference/downloads.md", "<!-- downloads -->"
WORDS = {
    "zh": {
        "none": "这一份网站构建时没有做下载文件，所以这里没有链接。在仓库里运行 `make downloads` 再构建，就有了。",
        "heads": ["文件", "语言", "大小", "SHA-256"], "zip": "整个网站（zip）", "pdf": "书（PDF）", "epub": "书（EPUB）", "zh": "中文", "en": "英文",
        "made": "由 {date} 的提交 `{commit}`（第 {edition} 版）做成。",
    },
    "en": {
        "none": "This copy of the site was built without the files, so there is no link here. Run `make downloads` in the repository, then build.",
        "heads": ["File", "Language", "Size", "SHA-256"], "zip": "The whole site (zip)", "pdf": "The book (PDF)", "epub": "The book (EPUB)", "zh": "Chinese", "en": "English",
        "made": "Made from commit `{commit}` of {date} (edition {edition}).",
    },
}


def on_config(config):
    """Read the manifest, and make sure that it tells of the files that are there."""
    config.extra["downloads"] = None
    if not (FOLDER / "manifest.json").is_file():
        return config
    try:
        manifest = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
        for file in manifest["files"]:
            content = (FOLDER / file["name"]).read_bytes()
            if len(content) != file["bytes"] or hashlib.sha256(content).hexdigest() != file["sha256"]:
                raise ValueError(f"{file['name']} is not the file that the manifest tells of")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PluginError(f"downloads/ cannot be used: {error}. Run `make downloads` again, or delete the folder.") from error
    config.extra["downloads"] = manifest
    return config


@event_priority(-200)  # after hooks/machines.py: which files there are makes no new edition of the page
def on_page_markdown(markdown, page, config, files):
    """The table, or the sentence in its place."""
    if page.file.src_uri != PAGE:
        return markdown
    language, manifest = config.theme["language"], config.extra["downloads"]
    words = WORDS[language]
    if manifest is None:
        return markdown.replace(MARKER, words["none"])
    root = "../../downloads/" if language == "zh" else "../../../downloads/"
    rows = [words["heads"], ["---", "---", "--:", "---"]]
    for file in sorted(manifest["files"], key=lambda file: file["language"] != language):
        link = f'<a href="{root}{file["name"]}" download>{words[file["form"]]}</a>'
        rows.append([link, words[file["language"]], f"{file['bytes'] / 1e6:.1f}\u00a0MB", f"`{file['sha256']}`"])
    table = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    return markdown.replace(MARKER, f"{table}\n{words['made'].format(**manifest)}\n{{: .hb-where }}")


def on_post_build(config):
    """The files, once for both languages."""
    if config.extra["downloads"] is None or config.theme["language"] != "zh":
        return
    target = Path(config.site_dir) / "downloads"
    target.mkdir(parents=True, exist_ok=True)
    for file in config.extra["downloads"]["files"]:
        shutil.copyfile(FOLDER / file["name"], target / file["name"])
