"""Judges stated probabilities of your own, and how they have drifted: `… FILE.csv [--before OLD.csv]`; see --help."""

import sys
from collections.abc import Sequence

from snippets.labs.own_table import print_found
from snippets.runs import Help, Parser, named, place, run, seed


def parser() -> Parser:
    """The options."""
    made = Parser(
        prog="python -m snippets.labs.validation",
        formatter_class=Help,
        description=(
            "Judge stated probabilities: calibration error beside what chance makes of it, Brier score, what a temperature "
            "mends, and with an older table how far the probabilities have moved. Nothing leaves this machine."
        ),
    )
    made.add_argument("file", type=place, help="a CSV file with a heading and at least 100 rows")
    made.add_argument("--before", type=place, help="an older table of the same columns")
    made.add_argument(
        "--probability-column",
        type=named,
        default="probability",
        help="column of the stated probability of a positive answer",
    )
    made.add_argument(
        "--label-column", type=named, default="label", help="column of what was so: 1 or 0"
    )
    made.add_argument(
        "--encoding", default="utf-8-sig", help="of the files; gb18030 for many files from Excel"
    )
    made.add_argument("--seed", type=seed, default=0, help="for the halves and for chance")
    made.add_argument("--json", action="store_true", help="print everything as JSON")
    return made


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the judgement. Raises InputError for what the user can mend."""
    options = parser().parse_args(arguments)
    # Seconds to import: not for --help.
    from snippets.labs.validation.own_data import as_table, judge_file

    found = judge_file(
        options.file,
        options.before,
        options.probability_column,
        options.label_column,
        options.encoding,
        options.seed,
    )
    print_found(found, options, as_table)


if __name__ == "__main__":
    sys.exit(run(main))
