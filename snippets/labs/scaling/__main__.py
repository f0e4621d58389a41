"""Holds back the largest of your models and asks the others: `… FILE.csv`; see --help."""

import sys
from collections.abc import Sequence

from snippets.labs.own_table import print_found
from snippets.runs import Help, Parser, named, place, run


def parser() -> Parser:
    """The options."""
    made = Parser(
        prog="python -m snippets.labs.scaling",
        formatter_class=Help,
        description=(
            "Hold back the largest model of a table, foretell its loss from the smaller ones by four curves, and compare "
            "with “no better than the second largest”. Several rows of one size count as its seeds."
        ),
    )
    made.add_argument(
        "file", type=place, help="a CSV file with a heading; at least five different sizes"
    )
    made.add_argument(
        "--size-column", type=named, default="parameters", help="column of the number of parameters"
    )
    made.add_argument("--loss-column", type=named, default="loss", help="column of the loss")
    made.add_argument(
        "--encoding", default="utf-8-sig", help="of the file; gb18030 for many files from Excel"
    )
    made.add_argument("--json", action="store_true", help="print everything as JSON")
    return made


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the comparison. Raises InputError for what the user can mend."""
    options = parser().parse_args(arguments)
    from snippets.labs.scaling.own_points import as_table, compare, read_points  # not for --help

    points = read_points(options.file, options.size_column, options.loss_column, options.encoding)
    found = compare(points)
    print_found(found, options, as_table)


if __name__ == "__main__":
    sys.exit(run(main))
