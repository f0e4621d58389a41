"""The Python that the pages show: one package a topic, each importable and with a command line.

`as_published/` holds the articles' own listings as printed; nothing imports those.
"""
