"""`python -m handbook.record [--draw] [NAME …]`: run and keep every recording, or what is named."""

import argparse
import os
import subprocess
import sys

from handbook.record.keep import ENVIRONMENT, keep, recorders
from snippets.code_hash import ROOT


def main(arguments: list[str] | None = None) -> int:
    """Record; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m handbook.record",
        description="Runs programs of snippets/ in full and keeps what they gave, for the pages.",
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="recordings (all)")
    parser.add_argument("--draw", action="store_true", help="run nothing: draw figures and tables")
    options = parser.parse_args(arguments)
    os.environ.update(ENVIRONMENT)
    from handbook.record.show import draw, shown  # Matplotlib: not before somebody needs it

    known = shown() if options.draw else sorted(recorders())
    if unknown := [name for name in options.names if name not in known]:
        name = unknown[0]
        place = f"TABLES or FIGURES in snippets/{name}/show.py"
        place = place if options.draw else f"a function record(folder) in snippets/{name}.py"
        print(
            f"error: nothing makes a recording {name}; there are: {', '.join(known)}. "
            f"Write {place} (CONTRIBUTING.md, “A number”).",
            file=sys.stderr,
        )
        return 2
    for name in options.names or known:
        try:
            if not options.draw:
                keep(name)
        except (ValueError, subprocess.CalledProcessError) as error:
            print(
                f"error: {name} was not recorded, what was there is left: {error}", file=sys.stderr
            )
            return 1
        for path in draw(name) if name in shown() else []:
            print(f"written: {path.relative_to(ROOT)}")
        if not options.draw:
            print(f"data/recordings/{name}/ is written; run make due")
    return 0


if __name__ == "__main__":
    sys.exit(main())
