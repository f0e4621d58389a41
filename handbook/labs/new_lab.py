"""Begins a lab: a folder with an outline in both languages that runs as it is."""

import re
import sys
from pathlib import Path

from handbook.labs.source import FOLDER, SECTIONS

MEASURE = '''"""Lab: what is measured, in a sentence."""

from pathlib import Path

from snippets.labs.steps import kept

FULL, SMALL = {"rounds": 10}, {"rounds": 2}


def run(settings: dict, folder: Path) -> dict:
    """Measure. Each step is kept in the folder, so that a run that was stopped goes on where it was."""
    result = {"mean": kept(folder, "mean", lambda: 0.45, settings=settings)}
    return {**result, "verdict": verdict(result)}


def verdict(result: dict) -> str:
    """Say "holds", "limits" or "not_here"."""
    return "limits" if result["mean"] > 0 else "not_here"
'''
HEADER = """# ---
# claims: [playbook#data-cleaning]
# claim: {zh: 文中的说法, en: What the article says}
# number:
#   zh: 平均 0.45<!-- lab_NAME.mean -->
#   en: mean 0.45<!-- lab_NAME.mean -->
# description: {zh: 一句话的摘要。, en: A summary in one sentence.}
# ---

# %% tags=["parameters"]
LANGUAGE = "en"

"""
CODE = """# %%
from pathlib import Path

from snippets.labs.NAME import FULL, SMALL, run
from snippets.labs.show import table

# %%
result = run(FULL, Path("kept"))  # SMALL instead of FULL: a few seconds

# %%
table(["", "mean"], [["", str(result["mean"])]])

"""


def main(names: list[str], root: Path) -> int:
    """Write the folder of a new lab; returns the exit status."""
    name = names[0] if len(names) == 1 else ""
    folder = root / FOLDER / name
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or folder.exists():
        print("error: name one new lab, in small letters: new data_quality", file=sys.stderr)
        return 2
    text = HEADER
    for id in (name.replace("_", "-"), *SECTIONS):
        words = f"{'##' if id in SECTIONS else '#'} {id} {{#{id}}}\n#\n# …"
        words += "[…](../playbook.md#data-cleaning)" if id == "question" else ""
        text += "".join(f'# %% [markdown] lang="{one}"\n# {words}\n\n' for one in ("zh", "en"))
        text += CODE if id == "method" else ""
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text(MEASURE, encoding="utf-8")
    (folder / "lab.py").write_text(text.replace("NAME", name), encoding="utf-8")
    print(f"{FOLDER}/{name}/ is begun: write lab.py, then make labs ONLY={name}")
    return 0
