"""Runs the programs of `snippets/` in full and keeps what they print, for the pages: `make record`."""
