"""The question bank: its form and checks, the self-test's deck, Anki packages, CSV and JSON."""
