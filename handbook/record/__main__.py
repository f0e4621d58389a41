"""`python -m recording [NAME …]`: run and keep everything, or what is named. `make record` calls it.

Names: cnn_image_classification, bert_text_classification, gradient_agreement; `figures` alone draws the figures
and tables of what is recorded, without running anything, which every recording does at its end as well.
"""

import sys

from handbook.record import bert_text_classification, cnn_image_classification, figures, gradient_agreement, tables

RECORDERS = {
    "cnn_image_classification": cnn_image_classification.record,
    "bert_text_classification": bert_text_classification.record,
    "gradient_agreement": gradient_agreement.record,
}


def main(names: list[str]) -> int:
    """Record; returns the exit status."""
    unknown = set(names) - {*RECORDERS, "figures"}
    if unknown:
        print(f"error: there is no recording {', '.join(sorted(unknown))}; there are: {', '.join(RECORDERS)}, figures",
              file=sys.stderr)
        return 2
    for name in names or RECORDERS:
        if name != "figures":
            RECORDERS[name]()
    figures.draw_all()
    tables.write_all()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
