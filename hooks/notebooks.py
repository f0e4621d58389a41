"""Notebooks as pages: docs/*/labs/*.ipynb, by mkdocs-jupyter.

It makes pages of the files; what stands on the page of a lab, hooks/labs.py makes of the notebook. So the plugin's converter,
which takes longer to import than most of the build (it brings nbconvert), is left out; and since it reads every Markdown
page twice to find out whether it is a notebook too, it is told to leave those alone.
"""

import sys
from pathlib import Path
from types import ModuleType


def on_config(config):
    """Load the plugin when this language has notebooks."""
    if not any((Path(config.docs_dir) / "labs").glob("*.ipynb")):
        return
    sys.modules.setdefault("mkdocs_jupyter.convert", ModuleType("mkdocs_jupyter.convert"))
    from mkdocs_jupyter.plugin import Plugin

    plugin = Plugin()
    plugin.load_config({
        "include": ["labs/*.ipynb"], "ignore": ["*.md"], "execute": False, "allow_errors": False,
        # With one folder for both, each language would throw out what the other has kept.
        "cache_dir": f".cache/mkdocs-jupyter/{config.theme['language']}",
    })
    config.plugins["mkdocs-jupyter"] = plugin
