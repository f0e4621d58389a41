"""What Zensical, the successor of Material for MkDocs, understands of our configuration."""

from pathlib import Path

import yaml
from mkdocs.utils.yaml import yaml_load

from bench.many_pages import CONFIGS, LABS


def zensical_config(tree: Path, language: str) -> str:
    """Write what Zensical understands of a configuration to a file of its own; gives the file's name."""
    with (tree / CONFIGS[language]).open(encoding="utf-8") as file:
        config = yaml_load(file)
    ours = {"site_name", "site_description", "docs_dir", "nav", "markdown_extensions"}
    config["nav"] = [part for part in config["nav"] if f"{LABS}/" not in str(part)]  # notebooks, which it does not read
    config = {key: value for key, value in config.items() if key in ours} | {
        "site_dir": f"zensical/{language}", "site_url": "https://example.org/",
        "theme": {key: config["theme"][key] for key in ("language", "features")},
    }
    name = f"zensical.{language}.yml"
    (tree / name).write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return name
