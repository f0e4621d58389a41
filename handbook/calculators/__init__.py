"""The calculators on the pages below tools/: forms made of data/calculators/, a worked example computed at build.

The formulas are those of snippets/calculators/; theme/assets/javascripts/calculators-engine.js computes the same in the
page, and a test holds both together.
"""
