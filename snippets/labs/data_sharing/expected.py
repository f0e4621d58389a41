"""What we expected, written before the full run and not changed since.

Known by then: one round of each step with another seed, while the settings were being tried, with twice as many steps for the
digits and other step sizes for the reviews; and published work (FedAvg loses where parties have different classes;
the gradient of one example shows it). Not known: any interval, who wins and who loses, a party with most data, noise
of 30, and anything with the settings of the run.
"""

# By the way to the value in the result.
FIGURES = {
    "splits.even.alone.all.own.mean": 0.76,
    "splits.even.pooled.all.gain.mean": 0.10,
    "splits.even.local_20.all.less_pooled.mean": 0.0,
    "splits.sizes.pooled.largest.gain.mean": 0.02,
    "splits.sizes.pooled.smallest.gain.mean": 0.32,
    "splits.two_classes.alone.all.own.mean": 0.97,
    "splits.two_classes.pooled.all.gain.mean": -0.11,
    "splits.two_classes.local_20.all.less_pooled.mean": -0.06,
    "splits.two_classes.local_200.all.own.mean": 0.45,
    "splits.two_classes.tuned.all.gain.mean": 0.0,
    "splits.very_uneven.tuned.all.gain.mean": 0.02,
    "splits.rotated.pooled.odd.gain.mean": -0.03,
    "splits.rotated.local_20.odd.gain.mean": -0.25,
    "robust.even_bad.mean.change.mean": -0.01,
    "robust.sizes_bad.mean.change.mean": -0.30,
    "robust.sizes_bad.median.change.mean": 0.0,
    "robust.two_classes.median.change.mean": -0.10,
    "robust.two_classes_bad.checked.change.mean": -0.06,
    "noise.splits.even.10.change.mean": -0.01,
    "noise.splits.two_classes.10.change.mean": -0.05,
    "noise.splits.even.30.change.mean": -0.10,
    "leaks.fresh.images.batch_1.exact.mean": 1.0,
    "leaks.fresh.images.batch_8.exact.mean": 0.5,
    "leaks.fresh.images.batch_32.exact.mean": 0.03,
    "leaks.fresh.images.sum_8.exact.mean": 0.0,
    "leaks.fresh.classes.local.mean": 0.15,
    "leaks.trained.classes.local.mean": 0.42,
    "reviews.trades.methods.pooled.books.gain.mean": -0.03,
    "reviews.trades.methods.local_20.books.gain.mean": -0.20,
    "reviews.mixed.methods.pooled.goods.gain.mean": 0.08,
    "review_leaks.batch_32.seen.mean": 1.0,
    "review_leaks.batch_32.false_alarm.mean": 0.06,
    "review_leaks.noise_10.ranking.mean": 0.62,
}
