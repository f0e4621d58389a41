"""Electricity, carbon dioxide and cost of your own job: `… --watts 300 --hours 10 --intensity 531`; see --help."""

import json
import sys
from collections.abc import Sequence

from snippets.runs import Help, Parser, named, place, run


def parser() -> Parser:
    """The options. Ranges are checked where the values are used, so that a notebook gets the same sentences."""
    made = Parser(
        prog="python -m snippets.labs.energy",
        formatter_class=Help,
        description=(
            "Kilowatt-hours, kilograms of carbon dioxide and cost of a job on your own machines; with --profile also "
            "the hour to start at. Take the watts from a meter: what software says without one is an estimate."
        ),
    )
    made.add_argument("--watts", required=True, help="drawn on average, idling included")
    made.add_argument("--hours", required=True, help="how long the job takes")
    made.add_argument(
        "--intensity", required=True, help="grams of CO2 a kilowatt-hour, of your grid"
    )
    made.add_argument("--pue", default="1", help="of the building; 1 for none")
    made.add_argument("--price", help="of a kilowatt-hour")
    made.add_argument(
        "--profile", type=place, help="a CSV file: grams a kilowatt-hour, hour by hour, whole days"
    )
    made.add_argument("--column", type=named, default="intensity", help="its column")
    made.add_argument("--encoding", default="utf-8-sig", help="of the file")
    made.add_argument("--json", action="store_true", help="print everything as JSON")
    return made


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the sums. Raises InputError for what the user can mend."""
    options = parser().parse_args(arguments)
    # Seconds to import: not for --help.
    from snippets.labs.energy.own_data import as_text, bill, read_profile, when

    found = bill(options.watts, options.hours, options.intensity, options.pue, options.price)
    timing = None
    if options.profile:
        profile = read_profile(options.profile, options.column, options.encoding)
        timing = when(profile, max(1, round(float(options.hours))))
    if options.json:
        print(json.dumps({**found, **({"when": timing} if timing else {})}, indent=1))
    else:
        print(as_text(found, timing))


if __name__ == "__main__":
    sys.exit(run(main))
