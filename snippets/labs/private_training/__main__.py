"""Says what a membership attack on your own model achieved, from a table of its scores: `… FILE.csv`; see --help."""

import sys
from collections.abc import Sequence

from snippets.labs.own_table import print_found
from snippets.runs import Help, Parser, fraction, named, place, run, seed


def parser() -> Parser:
    """The options."""
    made = Parser(
        prog="python -m snippets.labs.private_training",
        formatter_class=Help,
        description=(
            "AUC, members found at 1%% and 0.1%% false alarms with exact intervals, and the ε that the attack shows, from "
            "a CSV file with a heading: a score for each row, and whether the model learnt from it (1) or not (0)."
        ),
    )
    made.add_argument(
        "file", type=place, help="a CSV file with a heading; at least 20 rows of each kind"
    )
    made.add_argument(
        "--score-column",
        type=named,
        default="score",
        help="column of the score; larger means a member",
    )
    made.add_argument("--member-column", type=named, default="member", help="column of 1 or 0")
    made.add_argument("--encoding", default="utf-8-sig", help="of the file")
    made.add_argument(
        "--delta", type=fraction(0.1), default=1e-5, help="the δ for which ε is asked"
    )
    made.add_argument("--seed", type=seed, default=0, help="for halving the rows")
    made.add_argument("--json", action="store_true", help="print everything as JSON")
    return made


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the audit. Raises InputError for what the user can mend."""
    options = parser().parse_args(arguments)
    # Seconds to import: not for --help.
    from snippets.labs.private_training.own_data import as_table, audit_file

    found = audit_file(
        options.file,
        options.score_column,
        options.member_column,
        options.encoding,
        options.delta,
        options.seed,
    )
    print_found(found, options, as_table)


if __name__ == "__main__":
    sys.exit(run(main))
