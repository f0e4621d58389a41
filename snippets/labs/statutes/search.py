"""What the command does: an index of the law of a day, kept in a folder, and the articles that fit a question."""

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np
from scipy import sparse

from snippets.labs.statutes import asked, given, ours, questions_by_article, sureness
from snippets.labs.statutes.own_documents import read as own
from snippets.labs.statutes.retrieve import (
    FIELDS,
    Counting,
    characters,
    documents,
    first,
    terms_of,
)
from snippets.labs.statutes.texts import Article, load

NOTED = date(2026, 11, 29)  # when the questions got their articles
THRESHOLD = 0.41  # of `sureness`: below it, two in five of real people's questions had their article among five


class Finder:
    """Finds articles. The index is made when it is first needed, and kept."""

    def __init__(self, day: date, cache: Path, own_texts: Path | None, tell: Callable[[str], None]):
        self.cache, self.tell = cache, tell
        self.articles: list[Article] = own(own_texts) if own_texts else load().law_of(day)
        self.learnt = {} if own_texts else known_questions(self.articles)
        self.own_texts = own_texts is not None

    @cached_property
    def index(self) -> Counting:
        """The articles with what people asked about them."""
        return self.kept(documents(self.articles, self.learnt))

    @cached_property
    def plain(self) -> Counting:
        """The articles alone."""
        return self.kept(documents(self.articles))

    def first(self, question: str, count: int) -> list[dict]:
        """The best articles, best first; those that share no word with the question are left out."""
        scores = self.index.scores(terms_of(question, characters, True))
        best = [n for n in first(scores, count) if scores[n] > 0]
        return [
            {
                "law": self.articles[n].law,
                "article": self.articles[n].number,
                "score": round(float(scores[n]), 3),
                "text": self.articles[n].text,
            }
            for n in best
        ]

    def sure(self, question: str) -> bool:
        """Whether an article fits as well as those do that are mostly right; of own texts nothing is known."""
        return self.own_texts or sureness(question, self.plain, self.index) >= THRESHOLD

    def kept(self, fields: list[tuple[str, ...]]) -> Counting:
        """An index from the folder, or a new one, which is put there."""
        text = json.dumps(fields, ensure_ascii=False) + Path(__file__).with_name(
            "retrieve.py"
        ).read_text("utf-8")
        path = self.cache / f"{hashlib.sha256(text.encode()).hexdigest()[:16]}.npz"
        try:
            return opened(path)
        except (OSError, ValueError, KeyError):
            pass
        where = f"the index is made once and kept in {self.cache} (80 MB)"
        self.tell(f"reading {len(fields):,} articles: {where}; later questions are quick")
        index = Counting(fields, characters, FIELDS)
        try:
            self.cache.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(f".part-{os.getpid()}")
            with part.open("wb") as file:
                save(file, index)
            part.replace(path)
        except OSError as error:
            self.tell(f"note: the index is not kept: {self.cache}: {error.strerror}")
        return index


def known_questions(articles: Sequence[Article]) -> dict[tuple[str, str], str]:
    """Every question of this lab by the article that answers it, those that it tests with included.

    Their articles were noted on one day. Where an article says something else on the day that is asked for, or another
    text of its statute counts differently, its questions are left out.
    """
    statutes = load()
    every = [q for part in ("learn", "test") for q in asked(part, statutes)]
    every += [*ours(), *(q for name in ("shared", "fresh", "faq") for q in given(name))]
    then = {(a.law, a.number): a.text for a in statutes.law_of(NOTED)}
    now = {(a.law, a.number): a.text for a in articles}
    questions = questions_by_article(every)
    return {key: text for key, text in questions.items() if now.get(key) == then.get(key)}


def save(file, index: Counting) -> None:
    """Write an index."""
    matrix = index.by_term
    terms = np.frombuffer("\n".join(index.vocabulary).encode(), np.uint8)
    given = {"data": matrix.data, "indices": matrix.indices, "indptr": matrix.indptr}
    np.savez(file, **given, shape=matrix.shape, rarity=index.rarity, terms=terms)


def opened(path: Path) -> Counting:
    """Read an index. Raises OSError, ValueError or KeyError when there is none or it is damaged."""
    index = Counting.__new__(Counting)
    try:
        with np.load(path) as kept:
            parts = (kept["data"], kept["indices"], kept["indptr"])
            index.by_term = sparse.csr_array(parts, shape=tuple(kept["shape"]))
            index.rarity = kept["rarity"]
            terms = bytes(kept["terms"]).decode().split("\n")
    except (EOFError, zipfile.BadZipFile) as error:
        raise ValueError(str(error)) from None
    index.vocabulary = {term: n for n, term in enumerate(terms)}
    index.features = characters
    return index
