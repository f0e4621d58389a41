"""The classifiers that are judged: counting characters, with logistic regression or naive Bayes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import MultinomialNB

from snippets.labs.sentence_vectors import to_traditional
from snippets.labs.validation.texts import Labelled, with_homophones

MODELS = ("plain", "loose", "bayes", "hardened")
STRENGTH = {"plain": 1.0, "loose": 100.0, "hardened": 1 / 3}


@dataclass(frozen=True)
class Model:
    """A fitted classifier of texts."""

    vectorizer: Any
    classifier: Any

    def scores(self, texts: Sequence[str]) -> np.ndarray:
        """The logarithm of the odds that each text is positive: a verdict of "positive" above 0."""
        return log_odds(self.classifier, self.vectorizer.transform(texts))


def log_odds(classifier: LogisticRegression | MultinomialNB, rows: Any) -> np.ndarray:
    """The logarithm of the odds of the second class; of naive Bayes too, whose probabilities would round to 0 or 1."""
    if isinstance(classifier, LogisticRegression):
        return classifier.decision_function(rows)
    both = classifier.predict_joint_log_proba(rows)
    return both[:, 1] - both[:, 0]


# --8<-- [start:models]
def fitted(name: str, train: Labelled, share: float = 0.0, seed: int = 0) -> Model:
    """A classifier by name, learnt from texts.

    plain: TF-IDF of one and two characters, logistic regression with C = 1, scikit-learn's default. loose: the same
    features, C = 100. bayes: naive Bayes on which characters and pairs occur. hardened: like plain, from every text
    three times: as it is, in traditional characters, and with a share of its characters replaced by others that sound
    the same; with a third of the C, so that one text weighs as much against the penalty as in plain.
    """
    texts, labels = train.texts, train.labels
    if name == "hardened":
        random = np.random.default_rng(seed)
        slipped = [with_homophones(text, random, share) for text in texts]
        texts = [*texts, *to_traditional(texts), *slipped]
        labels = np.tile(labels, 3)
    counted = {"analyzer": "char", "ngram_range": (1, 2), "min_df": 2}
    if name == "bayes":
        vectorizer, classifier = CountVectorizer(binary=True, **counted), MultinomialNB()
    else:
        vectorizer = TfidfVectorizer(sublinear_tf=True, **counted)
        classifier = LogisticRegression(C=STRENGTH[name], max_iter=300)
    classifier.fit(vectorizer.fit_transform(texts), labels)
    return Model(vectorizer, classifier)


# --8<-- [end:models]
