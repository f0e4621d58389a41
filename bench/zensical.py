"""What Zensical, the successor of Material for MkDocs, understands of our sources and of our configuration."""

import shutil
from pathlib import Path

import yaml
from mkdocs.utils.yaml import yaml_load

from bench.many_pages import CONFIGS, LABS
from handbook.lab_pages import OVERVIEW_MARKER, download_of, lab_page, overview
from handbook.labs import read_labs, read_result
from handbook.notebooks import read_notebook

DOCS = "zensical-docs"


def zensical_config(tree: Path, language: str) -> str:
    """Write a language's pages and what Zensical understands of its configuration; gives the configuration's name."""
    write_pages(tree, language)
    with (tree / CONFIGS[language]).open(encoding="utf-8") as file:
        config = yaml_load(file)
    ours = {"site_name", "site_description", "nav", "markdown_extensions"}
    config = {key: value for key, value in config.items() if key in ours} | {
        "docs_dir": f"{DOCS}/{language}", "site_dir": f"zensical/{language}", "site_url": "https://example.org/",
        "theme": {key: config["theme"][key] for key in ("language", "features")},
    }
    name = f"zensical.{language}.yml"
    (tree / name).write_text(as_markdown(yaml.safe_dump(config, allow_unicode=True, sort_keys=False)), encoding="utf-8")
    return name


def write_pages(tree: Path, language: str) -> None:
    """Copy a language's pages; those of the labs as the Markdown that our build makes of their notebooks, which Zensical does not read."""
    docs, copy = tree / "docs" / language, tree / DOCS / language
    shutil.copytree(docs, copy, ignore=shutil.ignore_patterns("*.ipynb"))
    for path in copy.rglob("*.md"):
        path.write_text(as_markdown(path.read_text(encoding="utf-8")), encoding="utf-8")
    labs = [(lab, read_result(tree, lab)) for lab in read_labs(tree)]
    for lab, result in labs:
        notebook = read_notebook((tree / lab.notebook(language)).read_text(encoding="utf-8"))
        page = lab_page(lab, notebook, language, result, download_of(lab, notebook, language, result, ""))
        (copy / LABS / f"{lab.slug}.md").write_text(as_markdown(page.markdown), encoding="utf-8")
        for name, picture in page.figures.items():
            figure = copy / LABS / name
            figure.parent.mkdir(exist_ok=True)
            figure.write_text(picture, encoding="utf-8")
    index = copy / LABS / "index.md"
    index.write_text(index.read_text(encoding="utf-8").replace(OVERVIEW_MARKER, as_markdown(overview(labs, language))), encoding="utf-8")


def as_markdown(text: str) -> str:
    """Text whose links to the notebooks lead to the Markdown that stands in their place."""
    return text.replace(".ipynb", ".md")
