"""What the command lines of the labs share that read a table of one's own. Light: --help imports it."""

import json
from argparse import Namespace
from collections.abc import Callable

from snippets.runs import Parser, named, place


def add_labelled_texts(parser: Parser, least: str) -> None:
    """Options for a table of texts with labels. least: how much it has to hold, as in "at least 10 texts"."""
    parser.add_argument("file", type=place, help=f"a CSV file with a heading; {least}")
    parser.add_argument("--text-column", type=named, default="text", help="column of the text")
    parser.add_argument("--label-column", type=named, default="label", help="column of the label")
    parser.add_argument(
        "--encoding", default="utf-8-sig", help="of the file; gb18030 for many files from Excel"
    )


def print_found(found: dict, options: Namespace, as_table: Callable[[dict], str]) -> None:
    """Print a result: as JSON where --json asks for it, else as the table."""
    print(json.dumps(found, ensure_ascii=False, indent=1) if options.json else as_table(found))
