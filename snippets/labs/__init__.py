"""The labs: one claim of the articles each, measured. `steps` keeps what was measured, `show` presents it.

A lab is a folder: `__init__.py` measures and knows nothing of words, `show.py` makes tables and figures of the result
in the page's language, `lab.py` is the page in both languages, `result.json` what was measured. So a better label does
not make a recorded result look stale.
"""
