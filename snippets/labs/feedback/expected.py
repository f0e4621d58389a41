"""What we expected, written down before the first full run. Nothing that measures imports this.

Known before: what the lab on pre-training says of TF-IDF with 50 to 5,000 labels, how long each part takes with one
seed that is not among those of the run (its figures were not looked at), and what has been published.
"""

# By the way to the value in the result.
EXPECTED = {
    "active.plain.margin.800.lead.mean": 0.012,
    "worth.plain.margin.800.times": 1.5,
    "active.plain.hybrid.800.over_margin.mean": 0.002,
    "active.plain.committee.800.over_margin.mean": 0.0,
    "active.small.margin.50.lead.mean": -0.01,
    "active.small.margin.100.lead.mean": 0.0,
    "active.wrong.margin.800.lead.mean": 0.005,
    "active.batch_750.margin.800.lead.mean": 0.0,
    "active.rare.margin.800.lead.mean": 0.08,
    "worth.rare.margin.800.times": 2.0,
    "active.digits.margin.800.lead.mean": 0.025,
    "worth.digits.margin.800.times": 2.5,
    "active.plain.margin.800.own_less_score.mean": -0.06,
    "loop.top_0.end.accuracy.mean": 0.60,
    "loop.top_0.own.mean": 0.90,
    "loop.control.end.accuracy.mean": 0.79,
    "loop.top_0.end.best.mean": 0.88,
    "loop.control.end.best.mean": 0.92,
    "loop.top_5.end.accuracy.mean": 0.72,
    "loop.top_20.end.accuracy.mean": 0.79,
    "loop.weighted_1.end.accuracy.mean": 0.70,
    "loop.weighted_5.end.accuracy.mean": 0.77,
    "loop.threshold_0.end.accuracy.mean": 0.78,
    "loop.top_5.weighted_off.mean": 0.04,
    "skew.raw.satisfied.mean": 0.44,
    "skew.slips.satisfied.mean": 0.45,
    "skew.weighted_2.satisfied.mean": 0.62,
    "skew.weighted_10.satisfied.mean": 0.89,
    "skew.raw.accuracy.mean": 0.80,
    "skew.asked.accuracy.mean": 0.83,
    "skew.raw.against_asked.order.mean": 0.02,
    "flips.800-1600.plain.gain.mean": 0.02,
    "flips.800-1600.plain.broken.mean": 0.045,
    "flips.800-1600.averaged.broken.mean": 0.022,
    "flips.800-1600.averaged.against_plain.after.mean": -0.004,
    "flips.800-1600.distilled.broken.mean": 0.03,
    "flips.800-1600.focal.broken.mean": 0.025,
    "flips.800-1600.bagged.broken.mean": 0.035,
    "flips.800-1600.other.broken.mean": 0.09,
}
