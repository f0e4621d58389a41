"""Tells of every fault of the sources before the build starts; a strict build fails, a preview goes on."""

import logging
import sys
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from checks import all_problems  # noqa: E402

log = logging.getLogger("mkdocs.hooks.source_checks")


@event_priority(100)  # first of all: a hook or extension that trips over a fault must not hide the rest
def on_config(config):
    """Check both languages in the Chinese build, and in an English one that goes without it."""
    if config.theme["language"] != "zh" and not config.extra.get("checks"):
        return
    problems = all_problems(ROOT)
    for problem in problems:
        log.warning("%s", problem)
    if any(problem.stops for problem in problems):
        raise PluginError("The build cannot go on with the faults listed above; nothing was built.")
