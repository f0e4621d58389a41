"""Checks: each fault with its file, its line and what to do.

`python -m handbook.checks` tells those of the sources, `make due` among other things, and each build before anything
else (`everything.py`). The sources are read once (`pages.py`); each module looks at one family of faults and offers
`check(sources)`. What shows on a built page is told after a build (`built.py`), and what rumdl and MkDocs tell is not
looked for again.
"""
