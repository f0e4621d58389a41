"""What we expected, written down before anything was measured. Nothing that measures imports this.

Known before: that attributions of random networks can look like the picture (Adebayo et al., 2018), and what this site
has measured of the reviews (about 0.83 for counting with all of them). No attribution had been computed here.
"""

# By the way to the value in the result.
EXPECTED = {
    "digits.accuracy.trained.mean": 0.94,
    # Rank correlation of the whole picture without signs: another seed, and random weights.
    "digits.correlation.gradient.picture.seed.mean": 0.60,
    "digits.correlation.gradient.picture.fresh_4.mean": 0.40,
    "digits.correlation.integrated.picture.seed.mean": 0.88,
    "digits.correlation.integrated.picture.fresh_4.mean": 0.78,
    "digits.correlation.occlusion.picture.seed.mean": 0.85,
    "digits.correlation.occlusion.picture.fresh_4.mean": 0.70,
    # The same with signs, on the ink alone.
    "digits.correlation.gradient.ink.seed.mean": 0.35,
    "digits.correlation.gradient.ink.fresh_4.mean": 0.0,
    "digits.correlation.integrated.ink.seed.mean": 0.50,
    "digits.correlation.integrated.ink.fresh_4.mean": 0.0,
    "digits.correlation.occlusion.ink.seed.mean": 0.60,
    "digits.correlation.occlusion.ink.fresh_4.mean": 0.05,
    # Area under the deletion curve: lower is better.
    "digits.curves.random.deletion.area.mean": 0.55,
    "digits.curves.brightness.deletion.area.mean": 0.55,
    "digits.curves.edges.deletion.area.mean": 0.55,
    "digits.curves.gradient.deletion.area.mean": 0.35,
    "digits.curves.integrated.deletion.area.mean": 0.25,
    "digits.curves.integrated_fresh.deletion.area.mean": 0.55,
    "digits.curves.occlusion.deletion.area.mean": 0.28,
    # The mark in the corner: the network, then alarms where it is used, not used, and where its absence is.
    "mark.use.used.others_marked.mean": 0.90,
    "mark.use.unused.others_marked.mean": 0.02,
    "mark.alarms.gradient.used.mean": 0.60,
    "mark.alarms.gradient.unused.mean": 0.05,
    "mark.alarms.integrated.used.mean": 0.95,
    "mark.alarms.integrated.unused.mean": 0.20,
    "mark.alarms.occlusion.used.mean": 0.95,
    "mark.alarms.occlusion.unused.mean": 0.10,
    "mark.alarms.gradient.absent.mean": 0.60,
    "mark.alarms.integrated.absent.mean": 0.0,
    "mark.alarms.shap.absent.mean": 0.80,
    "mark.alarms.removal.reader.mean": 0.95,
    # Reviews.
    "texts.accuracy.trained.mean": 0.78,
    "texts.accuracy.sum.mean": 0.77,
    "texts.correlation.integrated.seed.mean": 0.70,
    "texts.correlation.integrated.fresh.mean": 0.0,
    "texts.exact.gradient.mean": 0.0,
    "texts.exact.integrated.mean": 1.0,
    "texts.exact.kernel_25.mean": 0.5,
    "texts.exact.kernel_400.mean": 1.0,
    "texts.phrase.use.used.bad_marked.mean": 0.85,
    "texts.phrase.alarms.gradient.used.mean": 0.60,
    "texts.phrase.alarms.occlusion.used.mean": 0.95,
    "texts.phrase.alarms.occlusion.unused.mean": 0.05,
    "texts.reader.whole.all.mean": 0.85,
    "texts.reader.random.all.mean": 0.68,
    "texts.reader.occlusion.all.mean": 0.85,
    "texts.reader.whole.mistakes.mean": 0.50,
    "texts.reader.occlusion.mistakes.mean": 0.65,
}
