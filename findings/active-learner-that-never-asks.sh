#!/usr/bin/env bash
# Versions: river 0.26.1 (PyPI)
# Guess: river's active.EntropySampler asks for labels where its classifier is in doubt, so a classifier that has seen
#   nothing yet is asked about first, and a class that it has never seen is found in the end.
# Behaviour seen: around naive Bayes, a Hoeffding tree, a random forest or nearest neighbours it asks for none of 1,250
#   labels: before the first label these predict nothing at all, whose entropy counts as 0, that is, as certainty. Given
#   the first label by hand they know one class, are certain of it, and still never ask. Only logistic regression, which
#   begins with one half each, asks. No message says so. Give labels of every class before it is left alone.
# Output seen:
#   LogisticRegression      asked for 1034 of 1250; the first given: 1034
#   GaussianNB              asked for 0 of 1250; the first given: 0
#   HoeffdingTreeClassifier asked for 0 of 1250; the first given: 0
#   ARFClassifier           asked for 0 of 1250; the first given: 0
#   KNNClassifier           asked for 0 of 1250; the first given: 0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check river==0.26.1
env/bin/python - <<'PYTHON'
from river import active, datasets, forest, linear_model, naive_bayes, neighbors, tree

CLASSIFIERS = (
    linear_model.LogisticRegression(),
    naive_bayes.GaussianNB(),
    tree.HoeffdingTreeClassifier(),
    forest.ARFClassifier(seed=1),
    neighbors.KNNClassifier(),
)


def asked(classifier, given):
    """How many labels it asks for in one pass; the first `given` ones it gets unasked."""
    model, count = active.EntropySampler(classifier.clone(), seed=42), 0
    for number, (x, y) in enumerate(datasets.Phishing()):
        _, ask = model.predict_one(x)
        count += ask
        if ask or number < given:
            model.learn_one(x, y)
    return count


for classifier in CLASSIFIERS:
    name, found = type(classifier).__name__, (asked(classifier, 0), asked(classifier, 1))
    print(f"{name:<23} asked for {found[0]} of 1250; the first given: {found[1]}")
    assert found == ((1034, 1034) if name == "LogisticRegression" else (0, 0)), "changed"
PYTHON
