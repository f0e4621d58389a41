"""What we expected, written down before the full run. Nothing that measures imports this.

Known before: the code of both tools, which settles what they make of a load that they are told; a trial of their look-up of
processors with thirty names; and one idle trial of both on this machine.
"""

# By the way to the value in the result.
EXPECTED = {
    # Watts of carbontracker over those of codecarbon on the same runs, machine and process tracking.
    "jobs.cnn.ratio_machine.mean": 4.0,
    "jobs.tfidf.ratio_machine.mean": 4.0,
    "jobs.inference.ratio_machine.mean": 4.0,
    "jobs.cnn.ratio_process.mean": 6.5,
    # Share of codecarbon's figure that is memory.
    "jobs.cnn.memory_share.mean": 0.75,
    # Watts that codecarbon gives the processor, over those while our process slept; others use the machine as well.
    "live.one.machine_over_asleep.mean": 1.3,
    "live.two.machine_over_asleep.mean": 1.5,
    "live.neighbour.machine_over_asleep.mean": 1.3,
    "live.two.process_over_one.mean": 1.9,
    # Processor time after over before, and what it did to the accuracy.
    "savings.early_stopping.time.mean": 0.45,
    "savings.early_stopping.accuracy.mean": -0.003,
    "savings.smaller.time.mean": 0.30,
    "savings.smaller.accuracy.mean": -0.010,
    "savings.training_batch.time.mean": 0.40,
    "savings.training_batch.accuracy.mean": -0.010,
    "savings.inference_batch.time.mean": 0.25,
    "savings.int8.time.mean": 0.60,
    # The grid with the highest factor over that with the lowest, among China's provinces.
    "regions.highest_over_lowest": 5.0,
}
