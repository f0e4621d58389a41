"""Makes a page of the site and a download of a lab's notebook."""

import io
import re
import zipfile
from copy import deepcopy
from dataclasses import dataclass
from urllib.parse import urljoin

import yaml
from markdown import Markdown
from handbook.record.code_hash import ROOT, files_of

from handbook.labs.source import PARAMETERS, Lab
from handbook.labs.notebooks import Node, write_notebook

# As in snippets/labs/show.py, which needs matplotlib; the site builds without it.
DATA = "application/vnd.handbook+json"
# What a figure of snippets/labs/show.py, 346 pixels wide, is given on a page, as the figures of the problems.
FIGURE_WIDTH = 420
SIZE = re.compile(r'<svg\b[^>]*? width="(?P<width>[\d.]+)pt" height="(?P<height>[\d.]+)pt"')
OVERVIEW_MARKER = "<!-- labs -->"  # on the page of all labs
BASE_PATHS = ("snippets", "data/recordings")  # as in mkdocs.yml
WORDS = {
    "zh": {
        "download": "下载这个实验", "with": "：笔记本、它用到的模块和依赖清单，{size} KB。",
        "made": "记录于 {date}：{versions}；{processor}，{cores} 核，处理器时间 {time}；代码 `{code}`。",
        "seconds": "{} 秒", "minutes": "{} 分钟", "join": "、",
        "holds": "成立", "limits": "有条件成立", "not_here": "在这里不成立",
        "heads": ("文中的说法", "结论", "测得", "实验"), "guide": "《指南》", "playbook": "《攻略》", "claim": "{}（{}）",
    },
    "en": {
        "download": "Download this lab", "with": ": the notebook, the modules that it uses and the list of packages, {size} KB.",
        "made": "Recorded on {date}: {versions}; {processor}, {cores} cores, {time} of processor time; code `{code}`.",
        "seconds": "{} seconds", "minutes": "{} minutes", "join": ", ",
        "holds": "holds", "limits": "holds with limits", "not_here": "does not hold here",
        "heads": ("What the article says", "Verdict", "Measured", "Lab"), "guide": "Guide", "playbook": "Playbook", "claim": "{} ({})",
    },
}


@dataclass(frozen=True)
class LabPage:
    """A lab's page as Markdown of the site, and the figures that it shows, by their path from the page."""

    markdown: str
    figures: dict[str, str]


def lab_page(lab: Lab, notebook: Node, language: str, result: dict, download: bytes) -> LabPage:
    """The page of a notebook that checks/labs.py has found without fault."""
    front = {"description": lab.header["description"][language], "search": {"boost": 0.4}}
    parts = [f"---\n{yaml.safe_dump(front, allow_unicode=True, width=1000)}---\n"]
    figures: dict[str, str] = {}
    told = False
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            parts.append(cell.source + "\n")
            if not told:
                parts.append(about(lab, language, result, len(download)))
                told = True
        elif PARAMETERS not in cell.metadata.get("tags", ()):
            parts.append(fenced(cell.source, "python"))
            parts += [shown(output, f"figures/{lab.slug}", figures) for output in cell.outputs]
    return LabPage("\n".join(parts), figures)


def about(lab: Lab, language: str, result: dict, size: int) -> str:
    """The link to the download; when, where and by what it was measured."""
    words, made = WORDS[language], result["made"]
    seconds = made["processor_seconds"]
    time = words["seconds"].format(seconds) if seconds < 100 else words["minutes"].format(round(seconds / 60))
    told = words["made"].format(
        date=made["date"], versions=words["join"].join(f"{name} {number}" for name, number in made["versions"].items()),
        processor=made["processor"], cores=made["cores"], time=time, code=made["code"],
    )
    return f"[{words['download']}]({lab.slug}.zip){words['with'].format(size=-(-size // 1024))}\n\n{told}\n{{: .hb-where }}\n"


def fenced(text: str, language: str) -> str:
    """A block of code, whatever marks are in it."""
    longest = max(map(len, re.findall(r"`{3,}", text)), default=2)
    marks = "`" * (longest + 1)
    return f"{marks}{language}\n{text.rstrip()}\n{marks}\n"


def shown(output: dict, figure_path: str, figures: dict[str, str]) -> str:
    """One output as Markdown; a figure is also added to the figures."""
    if output.output_type == "stream":
        return fenced(output.text, "text")
    data = output.data
    if "image/svg+xml" in data:
        light, dark = data["image/svg+xml"], data[DATA]["figure"]["dark"]
        alt = re.sub(r"([\[\]\\*_`<])", r"\\\1", data[DATA]["figure"]["alt"])
        size = SIZE.search(light)
        number, images = len(figures) // 2 + 1, []
        for theme, picture in (("light", light), ("dark", dark)):
            path = f"{figure_path}-{number}-{theme}.svg"
            figures[path] = picture
            height = round(FIGURE_WIDTH * float(size["height"]) / float(size["width"]))
            images.append(f"![{alt}]({path}#only-{theme}){{ width={FIGURE_WIDTH} height={height} loading=lazy }}")
        return "\n".join(images) + "\n"
    return data["text/html"] + "\n" if "text/html" in data else fenced(data["text/plain"], "text")


def overview(labs: list[tuple[Lab, dict]], language: str) -> str:
    """The table of all labs: claim, verdict, number, lab."""
    words = WORDS[language]
    rows = []
    for lab, result in labs:
        links = words["join"].join(
            f"[{words[claim.partition('#')[0]]}](../{claim.replace('#', '.md#')})" for claim in lab.header["claims"]
        )
        claim = words["claim"].format(lab.header["claim"][language], links)
        rows.append(f"| {claim} | **{words[result['verdict']]}** | {lab.header['number'][language]} | [{lab.title(language)}]({lab.slug}.ipynb) |")
    return "\n".join([f"| {' | '.join(words['heads'])} |", "|---|---|---|---|", *rows]) + "\n"


# The download


def download_of(lab: Lab, notebook: Node, language: str, result: dict, site_url: str) -> bytes:
    """A zip with the notebook, the modules that it imports and a requirements file: the same bytes each time."""
    files = {f"{lab.slug}.ipynb": write_notebook(for_readers(notebook, f"{site_url}labs/" if site_url else ""))}
    for path in files_of(tuple(lab.modules)):
        files[path.relative_to(ROOT).as_posix()] = path.read_text(encoding="utf-8")
    packages = [f"{name}=={number}" for name, number in result["made"]["versions"].items() if name != "Python"]
    files["requirements.txt"] = "".join(f"{line}\n" for line in [
        f"# {lab.slug}: python -m venv .venv; .venv/bin/pip install -r requirements.txt; .venv/bin/jupyter lab {lab.slug}.ipynb",
        *packages, "jupyterlab>=4",
    ])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, text in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{lab.slug}/{name}", (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr, entry.compress_type = 3, 0o644 << 16, zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.encode())
    return buffer.getvalue()


def for_readers(notebook: Node, address: str) -> Node:
    """The notebook as an application shows it: without what only this site understands."""
    made = deepcopy(notebook)
    made["metadata"] = {key: value for key, value in made.metadata.items() if key in ("kernelspec", "language_info")}
    for cell in made.cells:
        if cell.cell_type == "markdown":
            cell["source"] = plain_markdown(cell.source, address)
        else:
            for output in cell.outputs:
                output.get("data", {}).pop(DATA, None)
    return made


def plain_markdown(text: str, address: str) -> str:
    """Markdown without ids, includes, keys of numbers and notes of this site; links lead to the published page or nowhere.

    address: where the lab's page is published; "" when nobody knows.
    """
    text = included(text)
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    text = re.sub(r" *\{[#:][^}\n]*\} *$", "", text, flags=re.MULTILINE)
    text = re.sub(r'^(?:!!!|\?\?\?\+?) [\w-]+(?: "(.*)")?\n((?:\n|    .*(?:\n|$))+)', quoted, text, flags=re.MULTILINE)

    def link(match: re.Match) -> str:
        words, target = match.groups()
        if re.match(r"[a-z]+:", target):
            return match[0]
        page, _, id = target.partition("#")
        page = re.sub(r"(?:^|(?<=/))index\.(md|ipynb)$|\.(md|ipynb)$", lambda m: "" if m[0].startswith("index") else "/", page)
        return f"[{words}]({urljoin(address, page)}{'#' + id if id else ''})" if address and target[0] != "#" else words

    return re.sub(r"(?<!!)\[([^\[\]]*)\]\(([^()\s]+)\)", link, text)


def included(text: str) -> str:
    """Markdown with what its `--8<--` lines name."""
    if "--8<--" not in text:
        return text
    reader = Markdown(extensions=["pymdownx.snippets"], extension_configs={
        "pymdownx.snippets": {"base_path": [str(ROOT / path) for path in BASE_PATHS], "check_paths": True},
    })
    return "\n".join(reader.preprocessors["snippet"].run(text.split("\n")))


def quoted(match: re.Match) -> str:
    """A note of this site as a quotation with its title in bold."""
    title, body = match.groups()
    lines = [f"**{title}**", ""] if title else []
    lines += [line[4:] for line in body.strip("\n").split("\n")]
    return "".join(f"> {line}".rstrip() + "\n" for line in lines) + "\n"
