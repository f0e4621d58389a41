"""Compares 32 bits with 16 on your own texts: `… FILE.txt`, one text a line; see --help."""

import sys
from collections.abc import Sequence

from snippets.labs.own_table import print_found
from snippets.runs import Help, Parser, place, run, seed


def parser() -> Parser:
    """The options."""
    made = Parser(
        prog="python -m snippets.labs.memory",
        formatter_class=Help,
        description=(
            "Train the lab's small model on a file of texts, one a line, in 32 bits and in four ways with 16, from the same "
            "weights and in the same order, and print the test loss of each. It takes about a minute; nothing is written."
        ),
    )
    made.add_argument(
        "file", type=place, help="a text file, one text a line, at least 100 different ones"
    )
    made.add_argument(
        "--encoding", default="utf-8-sig", help="of the file; gb18030 for many files from Windows"
    )
    made.add_argument("--seed", type=seed, default=0, help="for the weights and the order")
    made.add_argument("--json", action="store_true", help="print everything as JSON")
    return made


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the comparison. Raises InputError for what the user can mend."""
    options = parser().parse_args(arguments)
    # Seconds to import: not for --help.
    from snippets.labs.memory.own_data import as_table, compare_file

    found = compare_file(options.file, options.encoding, seed=options.seed)
    print_found(found, options, as_table)


if __name__ == "__main__":
    sys.exit(run(main))
