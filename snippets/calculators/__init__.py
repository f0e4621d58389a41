"""Five calculators: a training run, memory, serving, an API bill, and what pays from when.

Each is a function from what was typed to JSON in which every result is a range. The page's
JavaScript does the same; a test compares both. Inputs, sentences and tables are in
data/calculators/.
"""
