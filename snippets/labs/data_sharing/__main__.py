"""Tells each of several parties whether it gains by sharing, on your own table: `… FILE.csv`; see --help."""

import sys
from collections.abc import Sequence

from snippets.labs.own_table import add_labelled_texts, print_found
from snippets.runs import Help, Parser, named, run, seed


def parser() -> Parser:
    """The options."""
    made = Parser(
        prog="python -m snippets.labs.data_sharing",
        formatter_class=Help,
        description=(
            "Compare, for each party that holds texts: a model of its own, federated averaging, the same with the last "
            "round kept to itself, and all data pooled, by five-fold cross-validation. Nothing leaves this machine. "
            "Allow a minute for a thousand texts."
        ),
    )
    add_labelled_texts(made, "at least two parties with 20 labelled texts each")
    made.add_argument("--party-column", type=named, default="party", help="column of who holds it")
    made.add_argument("--seed", type=seed, default=0, help="for the folds and the training")
    made.add_argument("--json", action="store_true", help="print everything as JSON")
    return made


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the comparison. Raises InputError for what the user can mend."""
    options = parser().parse_args(arguments)
    # Seconds to import: not for --help.
    from snippets.labs.data_sharing.own_data import as_table, compare_file

    found = compare_file(
        options.file,
        options.text_column,
        options.label_column,
        options.party_column,
        options.encoding,
        options.seed,
    )
    print_found(found, options, as_table)


if __name__ == "__main__":
    sys.exit(run(main))
