"""Notebooks as pages: docs/*/labs/*.ipynb, by mkdocs-jupyter.

It makes pages of the files; what stands on the page of a lab, hooks/labs.py makes of the notebook. So what takes longer
to import than most of the build is left out: the plugin's converter, which brings nbconvert, and jupytext, with which it
reads every Markdown page twice to find out whether it is a notebook too; it is told to leave those alone.
"""

import sys
from pathlib import Path
from types import ModuleType

LEFT_OUT = ("jupytext", "mkdocs_jupyter.convert")


def on_config(config):
    """Load the plugin when this language has notebooks."""
    if not any((Path(config.docs_dir) / "labs").glob("*.ipynb")):
        return
    plugin = plugin_class()()
    plugin.load_config({
        "include": ["labs/*.ipynb"], "ignore": ["*.md"], "execute": False, "allow_errors": False,
        # With one folder for both, each language would throw out what the other has kept.
        "cache_dir": f".cache/mkdocs-jupyter/{config.theme['language']}",
    })
    config.plugins["mkdocs-jupyter"] = plugin


def plugin_class():
    """The plugin, with empty modules in the place of those that are left out; whoever imports these later gets the real ones."""
    empty = {name: ModuleType(name) for name in LEFT_OUT if name not in sys.modules}
    sys.modules.update(empty)
    try:
        from mkdocs_jupyter.plugin import Plugin
    finally:
        for name in empty:
            del sys.modules[name]
    return Plugin
