"""On your own labelled table: labels asked for against labels at random, `… FILE.csv`; see --help."""

import sys
from collections.abc import Sequence

from snippets.labs.own_table import add_labelled_texts, print_found
from snippets.runs import Help, Parser, run, whole


def parser() -> Parser:
    """The options."""
    made = Parser(
        prog="python -m snippets.labs.feedback",
        formatter_class=Help,
        description=(
            "Pretend that your labelled texts have no labels yet, and compare labels drawn at random with labels asked "
            "for where the model is unsure; then what an update breaks. Repeats are taken out first."
        ),
    )
    add_labelled_texts(made, "at least 100 texts, all labelled")
    made.add_argument(
        "--limit", type=whole(100), help="use only so many texts, every class in proportion"
    )
    made.add_argument("--json", action="store_true", help="print everything as JSON")
    return made


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the comparison. Raises InputError for what the user can mend."""
    options = parser().parse_args(arguments)
    # Seconds to import: not for --help.
    from snippets.labs.feedback.own_data import as_table, compare_file

    found = compare_file(
        options.file, options.text_column, options.label_column, options.encoding, options.limit
    )
    print_found(found, options, as_table)


if __name__ == "__main__":
    sys.exit(run(main))
