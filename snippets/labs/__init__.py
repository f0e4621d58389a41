"""The labs: one claim of the articles each, measured. `steps` keeps what was measured, `show` presents it.

A lab is `<name>.py`, which measures and knows nothing of words, and `<name>_show.py`, which makes tables and figures
of the result in the page's language. So a better label does not make a recorded result look stale.
"""
