"""What we expected, written down before the full run, by the way to the value in the result. Nothing that measures imports this.

Known before: bytes a parameter of weights, gradients and states, and the peaks, which had been tried out while the
counting was written; a run in the small setting, of which only the time was looked at.
"""

EXPECTED = {
    "activations": {
        "activations.dropout.bf16.sbh": 36,
        "activations.dropout.bf16.as2b": 6,
        "activations.dropout.fp32.sbh": 72,
        "activations.dropout.fp32.as2b": 12,
        "activations.dropout.autocast.sbh": 40,
        "activations.dropout.autocast.as2b": 10,
        "activations.fused.fp32.sbh": 68,
        "activations.fused.bf16.sbh": 34,
        "activations.fused.autocast.sbh": 38,
        "activations.recomputed.fp32.sbh": 4,
    },
    "loss": {
        "loss.autocast.all.change.mean": 0.000,
        "loss.master.all.change.mean": 0.002,
        "loss.bf16.all.change.mean": 0.050,
        "loss.bf16_sr.all.change.mean": 0.020,
        "loss.adam8.all.change.mean": 0.005,
        "loss.six.all.change.mean": 0.030,
        "loss.adafactor.all.change.mean": 0.020,
        "loss.momentum.all.change.mean": 0.300,
        "loss.sgd.all.change.mean": 0.400,
        "loss.order.all.change.mean": 0.000,
        "loss.text_means.all.change.mean": 0.010,
        "loss.text_means.short.change.mean": -0.020,
    },
    "fine_tuning": {
        "fine_tuning.1e-05.bf16.kept": 0.3,
        "fine_tuning.0.0001.bf16.kept": 0.8,
        "fine_tuning.1e-05.bf16_sr.kept": 0.95,
        "fine_tuning.0.0001.bf16_sr.kept": 0.98,
        "fine_tuning.1e-05.bf16.same": 0.6,
        "fine_tuning.0.0001.bf16.same": 0.2,
    },
    "small_numbers": {
        "forgetting.bf16": 1.0,
        "decay.bf16": 1.0,
        "half.lost": 1.0,
        "accumulation.texts.mean": 0.3,
        "accumulation.sums.16.mean": 0.007,
        "accumulation.sums.256.mean": 0.05,
    },
    "time": {
        "time.autocast.mean": 0.7,
        "time.master.mean": 0.8,
        "time.bf16.mean": 0.6,
        "time.bf16_sr.mean": 2.5,
        "time.adam8.mean": 8,
        "time.six.mean": 8,
        "time.adafactor.mean": 1.3,
        "time.sgd.mean": 0.9,
        "time.recomputed.mean": 1.3,
        "time.accumulated.mean": 1.5,
    },
}
