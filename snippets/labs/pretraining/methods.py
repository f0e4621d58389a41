"""The classifiers: what each is trained on is all it knows, but for the vectors, which come from elsewhere."""

from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from snippets.bert_text_classification.baselines import tfidf

STRENGTHS = (
    0.0001,
    0.001,
    0.01,
    0.1,
    1.0,
    10.0,
    100.0,
)  # logistic regression's C that `tuned` chooses from


# --8<-- [start:methods]
def counting(texts: Sequence[str], labels: np.ndarray, asked: Sequence[str]) -> np.ndarray:
    """How likely each text asked about is positive, by the page's TF-IDF with logistic regression."""
    return tfidf(texts, labels, asked)[:, 1]


def frozen(vectors: np.ndarray, labels: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """The same by logistic regression on vectors; the model that made them is not trained further.

    e5's vectors differ so little that without standardising a small sample says one class to everything.
    """
    return on_vectors().fit(vectors, labels).predict_proba(asked)[:, 1]


def on_vectors() -> Pipeline:
    """Standardised vectors into logistic regression."""
    return make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))


# --8<-- [end:methods]


def answers(probabilities: np.ndarray) -> list[float]:
    """Probabilities as a step keeps them."""
    return np.round(probabilities, 4).tolist()


def answer_by_counting(texts: Sequence[str], labels: np.ndarray, asked: Sequence[str]) -> list:
    """A step: `counting`."""
    return answers(counting(texts, labels, asked))


def answer_by_vectors(vectors: np.ndarray, labels: np.ndarray, asked: np.ndarray) -> list:
    """A step: `frozen`."""
    return answers(frozen(vectors, labels, asked))


def tuned(
    train: Sequence[str] | np.ndarray, labels: np.ndarray, asked: Sequence[str] | np.ndarray
) -> dict:
    """A step: the answers when C is chosen by cross-validation within the labels, and what was chosen.

    Texts are counted, vectors standardised. The counts are of all texts of the draw: they need no label.
    """
    if isinstance(train, np.ndarray):
        first = StandardScaler()
    else:
        first = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True)
    known, wanted = first.fit_transform(train), first.transform(asked)
    search = GridSearchCV(LogisticRegression(max_iter=1000), {"C": STRENGTHS}, cv=3)
    search.fit(known, labels)
    return {
        "chosen": search.best_params_["C"],
        "answers": answers(search.predict_proba(wanted)[:, 1]),
    }
