"""Measures the built site as a reader's browser meets it; `make audit` runs it."""
