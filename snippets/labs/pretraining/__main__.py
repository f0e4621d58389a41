"""Compares counting words with frozen pre-trained encoders on your own table: `… FILE.csv`; see --help."""

import sys
from collections.abc import Sequence

from snippets.labs.own_table import add_labelled_texts, print_found
from snippets.runs import Help, Parser, run, seed, whole


def parser() -> Parser:
    """The options."""
    made = Parser(
        prog="python -m snippets.labs.pretraining",
        formatter_class=Help,
        description=(
            "Compare TF-IDF with logistic regression on sentence vectors of two pre-trained models (e5 in 4 bits, USE), "
            "by five-fold cross-validation. Repeats are taken out first. Allow a minute for a thousand short texts."
        ),
    )
    add_labelled_texts(made, "at least 10 texts of each class, all labelled")
    made.add_argument(
        "--limit", type=whole(20), help="use only so many texts, every class in proportion"
    )
    made.add_argument("--seed", type=seed, default=0, help="for the folds and --limit")
    made.add_argument("--json", action="store_true", help="print everything as JSON")
    return made


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the comparison. Raises InputError for what the user can mend."""
    options = parser().parse_args(arguments)
    # Seconds to import: not for --help.
    from snippets.labs.pretraining.own_data import as_table, compare_file

    found = compare_file(
        options.file,
        options.text_column,
        options.label_column,
        options.encoding,
        options.limit,
        options.seed,
    )
    print_found(found, options, as_table)


if __name__ == "__main__":
    sys.exit(run(main))
