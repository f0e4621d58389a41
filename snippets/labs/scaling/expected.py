"""What we expected, written down before the first full run. Nothing that measures imports this.

Known before: three trials on the validation statutes with a seed that the lab does not use and with first weights that
were changed after the first of them. The last one gave 6.12 (24x2) and 5.89 (48x3) bits a character at a constant of
0.64; counting five tokens from twice the tokens gave 4.12. No size above 48x3 had been trained.
"""

# By the way to the value in the result.
FIGURES = {
    "rates.constant": 1.28,
    "sizes.0.test.mean": 6.1,
    "sizes.4.test.mean": 5.55,
    "sizes.5.test.mean": 5.2,
    "laws.blocks.power.shape.value": 0.035,
    "laws.blocks.power_floor.shape.value": 0.10,
    "laws.all.power.shape.value": 0.045,
    "prediction.laws.power_floor.error": 0.05,
    "prediction.laws.power.error": 0.03,
    "prediction.laws.logarithm.error": -0.05,
    "prediction.naive_error": 0.35,
    "fewer.larger_less_smaller.64.mean": 0.3,
    "fewer.larger_less_smaller.4.mean": -0.2,
    "equal.sizes.4.against_reference.mean": 1.0,
    "equal.sizes.1.against_reference.mean": -0.1,
    "largest_less_smallest.other.mean": -0.3,
    "controls.counts.counts_5.test": 4.4,
    "controls.counts.counts_3.test": 4.6,
    "controls.compressed.test.xz": 4.6,
    "controls.compressed.test.xz_known": 3.9,
}
# By technique: what the verdict will be.
VERDICTS = {
    "parameters": "supported",
    "data": "supported",
    "few_data": "refuted",
    "equal_compute": "refuted",
    "prediction": "supported",
    "interval": "refuted",
    "law": "refuted",
    "elsewhere": "supported",
    "against_counting": "refuted",
}
