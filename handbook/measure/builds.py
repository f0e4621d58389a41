"""Builds the three sites that are compared, and times our build beside that of the bare theme.

- `new`: this project as it is;
- `old`: commit 485efe9, with the packages that it was locked to;
- `stock`: Material and mkdocs-jupyter with their defaults on this project's pages and navigation,
  with its Markdown extensions and the hook that writes the glossary's page.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / ".cache" / "speed"
OLD = "485efe9"
CONFIGS = {"zh": "mkdocs.yml", "en": "mkdocs.en.yml"}
NOT_COPIED = (".git", ".venv", ".cache", "site", "downloads", "tests", "findings", "__pycache__")
HOOK = """from pathlib import Path
from handbook.glossary import page as glossary

def on_page_markdown(markdown, page, config, files):
    if page.file.src_uri == "reference/glossary.md":
        return glossary.fill_in(markdown, config.theme["language"], Path(config.docs_dir))
"""


class Plain(yaml.SafeLoader):
    """Reads MkDocs' own tags as nothing."""


Plain.add_multi_constructor("!", lambda loader, suffix, node: None)


def sites() -> dict[str, Path]:
    """The folders of the three sites; the old one is built once, since its commit never changes."""
    old, tree = WORK / OLD, copy_of_project(WORK / "tree")
    build("new", tree)
    build("stock", tree)
    (tree / "stock.en").rename(tree / "stock/en")
    if not (old / "site/en/index.html").is_file():
        old.mkdir(parents=True, exist_ok=True)
        run(["bash", "-c", f"git archive {OLD} | tar --extract --directory '{old}'"], ROOT)
        run(["make", "build", f"PYTHON={sys.executable}"], old)
    return {"new": tree / "site", "old": old / "site", "stock": tree / "stock"}


def copy_of_project(tree: Path, times: int = 1) -> Path:
    """Copy what a build needs into a new folder, with so many times the Markdown pages."""
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(*NOT_COPIED))
    stamp = tree / ".cache/venv/.site"  # tells make that the packages are there
    stamp.parent.mkdir(parents=True)
    stamp.touch()
    for language, config in CONFIGS.items():
        docs, nav = tree / "docs" / language, ""
        files = sorted(path for path in docs.rglob("*.*") if "labs" not in path.parts)
        for copy in (f"copy-{number}" for number in range(2, times + 1)):
            nav += f"  - {copy}:\n"
            for file in files:
                name = f"{copy}/{file.relative_to(docs)}"
                (docs / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, docs / name)
                if file.suffix == ".md":
                    text = file.read_text("utf-8").replace("](../labs/", "](../../labs/")
                    (docs / name).write_text(text.replace("](labs/", "](../labs/"), "utf-8")
                    nav += f"      - {name}\n"
        text = (tree / config).read_text("utf-8").replace("\nnav:\n", f"\nnav:\n{nav}")
        (tree / config).write_text(text, "utf-8")
    configure_stock(tree)
    return tree


def configure_stock(tree: Path) -> None:
    """Write the configurations of the theme as it comes: stock.zh.yml and stock.en.yml."""
    (tree / "stock_hook.py").write_text(HOOK, "utf-8")
    zh, en = (yaml.load((tree / name).read_text("utf-8"), Plain) for name in CONFIGS.values())
    for language, own in (("zh", zh), ("en", zh | en)):
        settings = {
            "site_name": own["site_name"],
            "docs_dir": f"docs/{language}",
            "site_dir": "stock" if language == "zh" else "stock.en",
            "nav": own["nav"],
            "theme": {"name": "material", "language": language, "font": False},
            "hooks": ["stock_hook.py"],
            "plugins": {"search": {}, "mkdocs-jupyter": zh["plugins"]["mkdocs-jupyter"]},
            "markdown_extensions": {
                name: settings | own["markdown_extensions"].get(name, {})
                for name, settings in zh["markdown_extensions"].items()
            },
        }
        text = yaml.safe_dump(settings, allow_unicode=True)
        (tree / f"stock.{language}.yml").write_text(text, "utf-8")


def build(name: str, tree: Path) -> float:
    """Build new or stock in a tree, both languages side by side; returns the seconds it took."""
    start = time.perf_counter()
    if name == "new":
        run(["make", "build", "VENV=.cache/venv", f"BIN={Path(sys.executable).parent}"], tree)
    else:
        mkdocs = f"'{sys.executable}' -m mkdocs build --quiet --config-file"
        run(["bash", "-c", f"{mkdocs} stock.zh.yml & {mkdocs} stock.en.yml && wait $!"], tree)
    return time.perf_counter() - start


def run(command: list[str], tree: Path) -> None:
    """Run a command in a tree; stops with what it said when it fails."""
    done = subprocess.run(command, cwd=tree, env=environment(tree), text=True, capture_output=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed in {tree}:\n{done.stdout}{done.stderr}")


def environment(tree: Path) -> dict[str, str]:
    """The variables of a build: the tree's own code comes first."""
    return os.environ | {"PYTHONPATH": str(tree), "NO_MKDOCS_2_WARNING": "1"}


@contextmanager
def previewing(name: str, tree: Path) -> Iterator[str]:
    """Run `mkdocs serve` for new or stock; gives the address of the guide once it is there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    config = "mkdocs.yml" if name == "new" else "stock.zh.yml"
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--livereload", "-f", config]
    command += ["--dev-addr", address]
    with subprocess.Popen(command, cwd=tree, env=environment(tree)) as server:
        try:
            wait_for(f"http://{address}/guide/", "</html>")
            yield f"http://{address}/guide/"
        finally:
            server.terminate()


def edit(tree: Path, guide: str) -> float:
    """Seconds from saving the guide until its preview shows the edit."""
    mark = f"edit-{time.monotonic_ns()}"
    with (tree / "docs/zh/guide.md").open("a", encoding="utf-8") as file:
        file.write(f"\n{mark}\n")
    return wait_for(guide, mark)


def wait_for(address: str, text: str) -> float:
    """Seconds until an address shows a text. Raises TimeoutError after ten minutes."""
    start = time.perf_counter()
    while (waited := time.perf_counter() - start) < 600:
        try:
            with urllib.request.urlopen(address, timeout=60) as response:
                if text in response.read().decode("utf-8"):
                    return time.perf_counter() - start
        except OSError:
            pass
        time.sleep(0.05)
    raise TimeoutError(f"{address} did not show {text!r} within {waited:.0f} seconds")
