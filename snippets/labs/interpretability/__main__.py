"""Searches your own table of texts for shortcuts: `… FILE.csv`; see --help."""

import sys
from collections.abc import Sequence

from snippets.labs.own_table import add_labelled_texts, print_found
from snippets.runs import Help, Parser, named, run, seed, whole


def parser() -> Parser:
    """The options."""
    made = Parser(
        prog="python -m snippets.labs.interpretability",
        formatter_class=Help,
        description=(
            "Name the pieces of text on which a readable model leans most, and take each out of texts that it did not "
            "learn from: how many answers change? Repeats are taken out first."
        ),
    )
    add_labelled_texts(made, "at least 10 texts of each class, all labelled")
    made.add_argument(
        "--phrase",
        type=named,
        action="append",
        default=[],
        help="a phrase that you suspect; may be given several times",
    )
    made.add_argument("--top", type=whole(1, 100), default=10, help="how many suspects to name")
    made.add_argument(
        "--limit", type=whole(20), help="use only so many texts, every class in proportion"
    )
    made.add_argument("--seed", type=seed, default=0, help="for the folds and --limit")
    made.add_argument("--json", action="store_true", help="print everything as JSON")
    return made


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what was found. Raises InputError for what the user can mend."""
    options = parser().parse_args(arguments)
    # Seconds to import: not for --help.
    from snippets.labs.interpretability.own_data import as_table, search_file

    found = search_file(
        options.file,
        options.text_column,
        options.label_column,
        options.encoding,
        options.limit,
        options.seed,
        options.phrase,
        options.top,
    )
    print_found(found, options, as_table)


if __name__ == "__main__":
    sys.exit(run(main))
