"""What any model has to beat: the most frequent class, and counted characters."""

from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline


# --8<-- [start:baselines]
def majority(train_labels: Sequence[int], count: int, classes: int) -> np.ndarray:
    """Probabilities of shape (count, classes): always how frequent each class is in training."""
    share = np.bincount(train_labels, minlength=classes) / len(train_labels)
    return np.tile(share, (count, 1))


def tfidf(
    train_texts: Sequence[str], train_labels: Sequence[int], texts: Sequence[str]
) -> np.ndarray:
    """Probabilities from TF-IDF over runs of one to three characters, with logistic regression.

    Characters need no word segmentation. Shape (len(texts), classes). Source: scikit-learn's defaults,
    but for runs that stand in a single text, which are left out.
    """
    pipeline = make_pipeline(
        TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True),
        LogisticRegression(max_iter=1000),
    )
    pipeline.fit(train_texts, train_labels)
    return pipeline.predict_proba(texts)


# --8<-- [end:baselines]
