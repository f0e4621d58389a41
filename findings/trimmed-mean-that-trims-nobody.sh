#!/usr/bin/env bash
# Versions: flwr 1.42.0 (Flower), numpy 2.4.6 (PyPI)
# Guess: Flower's FedTrimmedAvg(beta=0.2) protects four parties against one whose model is wild: the most extreme value
#   on either side is cut off before the mean is taken.
# Behaviour seen: it cuts int(0.2 × parties) on either side, which for four parties is none. The wild party passes in
#   full and nothing is said; with five it is cut off. What is left is not FedAvg either: a party with 9,997 examples
#   counts as much as one with a single example, although weighted_by_key is described as the weight of the arrays
#   too. Choose beta above 1 / parties, and count the parties that really answer in a round.
# Output seen:
#   FedAvg, four parties, one of them wild: 250.75
#   FedTrimmedAvg, the same four: 250.75
#   FedTrimmedAvg, five parties, one of them wild: 1.00
#   one party with 9997 examples and three with one each: FedAvg 1.0006, FedTrimmedAvg 2.5000
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check flwr==1.42.0 numpy==2.4.6
env/bin/python - 2> log <<'PYTHON' || { cat log; exit 1; }
import logging

import numpy as np
from flwr.app import ArrayRecord, Message, MetricRecord, RecordDict
from flwr.serverapp.strategy import FedAvg, FedTrimmedAvg
from flwr.supercore.task_identity import TaskIdentity

logging.disable()
TaskIdentity.run_id = TaskIdentity.task_id = TaskIdentity.node_id = 1


def replies(values, counts):
    """What parties send back: a model of one number, and how many examples they have."""
    for node, (value, count) in enumerate(zip(values, counts, strict=True), 1):
        asked = Message(RecordDict(), dst_node_id=node, message_type="train")
        arrays, metrics = ArrayRecord([np.array([value])]), MetricRecord({"num-examples": count})
        yield Message(RecordDict({"arrays": arrays, "metrics": metrics}), reply_to=asked)


def together(strategy, values, counts):
    """The common model after one round."""
    arrays, _ = strategy.aggregate_train(1, list(replies(values, counts)))
    return float(arrays.to_numpy_ndarrays()[0][0])


four, five = [1.0, 1.0, 1.0, 1000.0], [1.0, 1.0, 1.0, 1.0, 1000.0]
plain = together(FedAvg(), four, [100] * 4)
trimmed = together(FedTrimmedAvg(beta=0.2), four, [100] * 4)
cut = together(FedTrimmedAvg(beta=0.2), five, [100] * 5)
print(f"FedAvg, four parties, one of them wild: {plain:.2f}")
print(f"FedTrimmedAvg, the same four: {trimmed:.2f}")
print(f"FedTrimmedAvg, five parties, one of them wild: {cut:.2f}")
assert plain == trimmed == 250.75 and cut == 1, "four parties are protected now"
uneven, counts = [1.0, 3.0, 3.0, 3.0], [9997, 1, 1, 1]
weighted = together(FedAvg(), uneven, counts)
equal = together(FedTrimmedAvg(beta=0.2), uneven, counts)
print(f"one party with 9997 examples and three with one each: FedAvg {weighted:.4f}, FedTrimmedAvg {equal:.4f}")
assert round(weighted, 4) == 1.0006 and equal == 2.5, "the number of examples counts now"
PYTHON
