"""On your own labelled table: labels asked for against labels at random, `… FILE.csv`; see --help."""

import json
import sys
from collections.abc import Sequence

from snippets.runs import Help, Parser, named, place, run, whole


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
    made.add_argument(
        "file", type=place, help="a CSV file with a heading; at least 100 texts, all labelled"
    )
    made.add_argument("--text-column", type=named, default="text", help="column of the text")
    made.add_argument("--label-column", type=named, default="label", help="column of the label")
    made.add_argument(
        "--encoding", default="utf-8-sig", help="of the file; gb18030 for many files from Excel"
    )
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
    print(json.dumps(found, ensure_ascii=False, indent=1) if options.json else as_table(found))


if __name__ == "__main__":
    sys.exit(run(main))
