"""Runs programs of `snippets/` in full and keeps what they gave, for the pages: `make record`.

A recording is a folder below `data/recordings/`. Its recorder is the function `record(folder)` of
`snippets/<name>/record.py` or `snippets/<name>.py`; its tables and figures are made by
`snippets/<name>/show.py`. All of them are found by their names.
"""
