"""Notebooks as pages: docs/*/labs/*.ipynb, by mkdocs-jupyter.

The plugin takes longer to import than all the rest, and reads every Markdown page twice to find out whether it is a
notebook too. So it is loaded where there are notebooks, and told to leave the Markdown alone. It makes pages of the files;
what stands on the page of a lab, hooks/labs.py makes of the notebook.
"""

from pathlib import Path


def on_config(config):
    """Load the plugin when this language has notebooks."""
    if not any((Path(config.docs_dir) / "labs").glob("*.ipynb")):
        return
    from mkdocs_jupyter.plugin import Plugin

    plugin = Plugin()
    plugin.load_config({
        "include": ["labs/*.ipynb"], "ignore": ["*.md"], "execute": False, "allow_errors": False,
        # With one folder for both, each language would throw out what the other has kept.
        "cache_dir": f".cache/mkdocs-jupyter/{config.theme['language']}",
    })
    config.plugins["mkdocs-jupyter"] = plugin
