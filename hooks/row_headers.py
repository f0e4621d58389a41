"""A table whose corner is empty has headers on two sides: its first column names the rows, and the corner nothing."""

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor


def on_config(config):
    """Give the Markdown of this language its row headers."""
    config.markdown_extensions.append(RowHeaders())
    return config


class RowHeaders(Extension):
    """Markdown extension: header cells for the rows of a table with an empty corner."""

    def extendMarkdown(self, md):
        md.treeprocessors.register(RowHeaderMarker(md), "row_headers", 5)  # after inline text (20) and attributes (8)


class RowHeaderMarker(Treeprocessor):
    """Turns an empty <th> in the corner into a <td>, and the first <td> of each row below into a <th>."""

    def run(self, root):
        for table in root.iter("table"):
            corner = next(table.iter("th"), None)
            if corner is None or len(corner) or (corner.text or "").strip():
                continue
            corner.tag = "td"
            for row in table.iterfind("tbody/tr"):
                row[0].tag = "th"
                row[0].set("scope", "row")
