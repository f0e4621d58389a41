"""Lab: does retrieval find the article that answers an everyday question, is it law today, and when should it refuse?

Four sets of questions, each ranked against every article that is law on one day:
questions.tsv (ours, written before anything was measured; every third is held back), shared_questions.tsv (25 by somebody
else, read by us before the list of everyday words was written), fresh_questions.tsv (ours, written after that list was
finished and measured once) and asked.tsv (what real people asked, by STARD; two
thirds are there to learn from, one third to test).
"""

import csv
import hashlib
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from scipy.stats import binomtest

from snippets.labs.statutes.cite import Check, Citation, citations
from snippets.labs.statutes.pairs import PAIRS
from snippets.labs.statutes.retrieve import (
    FIELDS,
    Counting,
    characters,
    cosine_of_counts,
    documents,
    e5,
    first,
    fused,
    gathered,
    pairs,
    passage,
    terms_of,
    use,
    words,
)
from snippets.labs.statutes.texts import STATE, Article, Statutes, load, short
from snippets.labs.steps import kept

HERE = Path(__file__).parent
VECTORS = Path(".cache") / "statutes"  # they take long and depend on texts alone: kept for good
DATA = ("questions.tsv", "shared_questions.tsv", "fresh_questions.tsv", "asked.tsv")
NONE = "–"  # of a question that no statute answers
DEPTHS = (1, 5, 10)
PLAIN = ("words", "pairs", "characters", "tfidf", "use", "characters_use")


@dataclass(frozen=True)
class Settings:
    """The experiment.

    day: the law of which day answers. laws: of which statutes; all without any. asked: how many of STARD's test
    questions, all without a number. window: characters of a fixed window. errors: made citations of each kind.
    """

    day: str = "2026-11-29"
    other_day: str = "2027-01-02"
    laws: tuple[str, ...] = ()
    asked: int | None = None
    embeddings: bool = True
    window: int = 300
    errors: int = 200
    seed: int = 0


FULL = Settings()
SMALL = Settings(
    laws=("劳动合同法", "个人信息保护法", "商标法", "仲裁法", "契税法"),
    asked=30,
    embeddings=False,
    errors=5,
)


@dataclass(frozen=True)
class Question:
    """A question, the articles that answer it (none: no statute does), its kind and its part."""

    text: str
    answers: frozenset[tuple[str, str]]
    kind: str = ""
    part: str = ""


# Questions


def digest(name: str) -> str:
    """What tells whether a table in this folder has changed."""
    return hashlib.sha256((HERE / name).read_bytes()).hexdigest()[:16]


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table in this folder."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def ours() -> list[Question]:
    """Our questions."""
    return [
        Question(
            row["question"],
            frozenset() if row["law"] == NONE else frozenset({(row["law"], row["article"])}),
            row["kind"],
            row["part"],
        )
        for row in rows("questions.tsv")
    ]


def given(name: str) -> list[Question]:
    """The questions of a table that has an article for each: "shared" or "fresh"."""
    return [
        Question(row["question"], frozenset({(row["law"], row["article"])}))
        for row in rows(f"{name}_questions.tsv")
    ]


def asked(part: str, statutes: Statutes) -> list[Question]:
    """The questions of STARD: "learn" or "test"."""
    full = {short(version.law): version.law for version in statutes.versions}
    return [
        Question(row["question"], answers_of(row["answers"], full), part=part)
        for row in rows("asked.tsv")
        if row["part"] == part
    ]


def answers_of(text: str, full: dict[str, str]) -> frozenset[tuple[str, str]]:
    """民法典 第一条；刑法 第二条 as titles and numbers."""
    named = [] if text == NONE else [one.split(" ") for one in text.split("；")]
    return frozenset((full.get(law, STATE + law), number) for law, number in named)


def questions_by_article(questions: Sequence[Question]) -> dict[tuple[str, str], str]:
    """What was asked, by the article that answers it."""
    return gathered(
        {"question": q.text, "law": law, "article": number}
        for q in questions
        for law, number in sorted(q.answers)
    )


# Scores


# --8<-- [start:wilson]
def wilson(hits: int, of: int) -> dict:
    """A share with Wilson's interval of 95 %: it never leaves 0 to 1, and suits small numbers. None of nothing."""
    if not of:
        return {"hits": 0, "of": 0, "share": None, "interval": None}
    z, share = 1.959964, hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * np.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return {"hits": hits, "of": of, "share": share, "interval": [float(low), float(high)]}


# --8<-- [end:wilson]


def recall(ranks: Sequence[int | None]) -> dict:
    """For each depth the share of questions whose article is among the first."""
    return {
        f"at_{depth}": wilson(sum(r is not None and r <= depth for r in ranks), len(ranks))
        for depth in DEPTHS
    }


def against(ranks: Sequence[int | None], others: Sequence[int | None]) -> dict:
    """Questions whose article is among the first five in one ranking alone, and how often chance would part them so.

    McNemar's exact test, two-sided, over the questions that both have (the first of them).
    """
    pairs = [(bool(a and a <= 5), bool(b and b <= 5)) for a, b in zip(ranks, others, strict=False)]
    gained, lost = pairs.count((True, False)), pairs.count((False, True))
    chance = binomtest(gained, gained + lost).pvalue if gained + lost else 1.0
    return {"gained": gained, "lost": lost, "chance": float(chance)}


def rank_of(scores: np.ndarray, right: set[int]) -> int | None:
    """The place of the best right article, from 1; None behind the first hundred."""
    places = (n for n, place in enumerate(first(scores, 100), 1) if int(place) in right)
    return next(places, None)


Ranker = Callable[[str], np.ndarray]


class Methods:
    """Every way of ranking, over the same articles; each is built when it is first used."""

    def __init__(self, articles: Sequence[Article], learnt: Sequence[Question]):
        self.articles = articles
        self.places = {(a.law, a.number): n for n, a in enumerate(articles)}
        self.learnt = questions_by_article(learnt)
        self.built: dict[str, object] = {}

    def build(self, name: str, make: Callable[[], object]):
        """What was built under a name, or what `make` builds."""
        if name not in self.built:
            self.built[name] = make()
        return self.built[name]

    def counting(self, features: Callable, with_asked: bool = False) -> Counting:
        """BM25 over some features, with or without questions once asked."""
        given = documents(self.articles, self.learnt if with_asked else None)
        name = f"{features.__name__}-{with_asked}"
        return self.build(name, lambda: Counting(given, features, FIELDS))

    def counted(self, features: Callable, listed: bool = False, with_asked: bool = False) -> Ranker:
        """A ranker by counting."""
        index = self.counting(features, with_asked)
        return lambda text: index.scores(terms_of(text, features, listed))

    def embedded(self, which: Callable) -> Ranker:
        """A ranker by the cosine of embeddings of every article."""

        def make():
            vectors, encode = which(VECTORS)
            return vectors.of([passage(a) for a in self.articles]), encode

        matrix, encode = self.build(which.__name__, make)
        return lambda text: matrix @ np.asarray(encode(text), np.float32)

    def named(self, name: str) -> Ranker:
        """A ranker by its name in the result."""
        if name in ("words", "pairs", "characters"):
            return self.counted({"words": words, "pairs": pairs, "characters": characters}[name])
        if name == "tfidf":
            return self.build(name, lambda: cosine_of_counts(self.articles))
        if name == "use":
            return self.embedded(use)
        if name == "characters_use":
            one, other = self.counted(characters), self.embedded(use)
            return lambda text: fused([one(text), other(text)])
        if name == "e5":
            return self.embedded(e5)
        if name == "characters_e5":
            one, other = self.counted(characters), self.embedded(e5)
            return lambda text: fused([one(text), other(text)])
        if name == "listed":
            return self.counted(characters, listed=True)
        if name == "listed_e5":
            one, other = self.counted(characters, listed=True), self.embedded(e5)
            return lambda text: fused([one(text), other(text)])
        if name == "asked":
            return self.counted(characters, with_asked=True)
        return self.command()

    def command(self) -> Ranker:
        """What `python -m snippets.labs.statutes` does."""
        return self.counted(characters, listed=True, with_asked=True)


def ranks_of(ranker: Ranker, questions: Sequence[Question], methods: Methods) -> list[int | None]:
    """For each question that has an answer, the place of its article."""
    return [
        rank_of(ranker(q.text), {methods.places[a] for a in q.answers if a in methods.places})
        for q in questions
    ]


# Fixed windows


def windows(articles: Sequence[Article], size: int) -> tuple[list[str], list[list[int]]]:
    """Each statute cut every `size` characters, and the articles of which a window holds half, or which fill half of it."""
    texts, held, at = [], [], 0
    while at < len(articles):
        end = at
        while end < len(articles) and articles[end].law == articles[at].law:
            end += 1
        joined, spans = "", []
        for n in range(at, end):
            begin = len(joined)
            joined += f"{articles[n].number} {articles[n].text}\n"
            spans.append((n, begin, len(joined)))
        for start in range(0, len(joined), size):
            stop = start + size
            texts.append(short(articles[at].law) + " " + joined[start:stop])
            common = [(n, min(b, stop) - max(a, start), b - a) for n, a, b in spans]
            held.append([n for n, both, long in common if both >= 0.5 * min(long, size)])
        at = end
    return texts, held


def window_ranks(
    articles: Sequence[Article], questions: Sequence[Question], methods: Methods, size: int
) -> list[int | None]:
    """For each question the place of the first window that counts as holding its article."""
    texts, held = windows(articles, size)
    index = Counting([(text,) for text in texts], characters, (1.0,))
    found = []
    for question in questions:
        right = {methods.places[a] for a in question.answers if a in methods.places}
        scores = index.scores(terms_of(question.text, characters, False))
        places = (n for n, at in enumerate(first(scores, 100), 1) if right & set(held[at]))
        found.append(next(places, None))
    return found


# Dead law


def dead_among_first(
    statutes: Statutes, day: date, questions: Sequence[Question], laws: Sequence[str]
) -> dict:
    """How often a ranking over every row of the database, whatever its status, shows what is no law on that day."""
    living = {a.id for a in statutes.law_of(day)}
    everything = [
        a
        for version in statutes.versions
        for a in statutes.articles[version.id]
        if not laws or short(a.law) in laws
    ]
    index = Counting(documents(everything), characters, FIELDS)
    counts = {1: 0, 5: 0}
    for question in questions:
        best = first(index.scores(terms_of(question.text, characters, False)), 5)
        dead = [everything[n].id not in living for n in best]
        counts[1] += dead[0]
        counts[5] += any(dead)
    return {
        "articles": len(everything),
        "dead": sum(a.id not in living for a in everything),
        **{f"at_{depth}": wilson(hits, len(questions)) for depth, hits in counts.items()},
    }


# Refusing


# --8<-- [start:sure]
def sureness(text: str, index: Counting, with_asked: Counting) -> float:
    """How sure a ranking may be of its first article, from 0: what part of the question's weight it holds, where two
    rankings agree.

    Weight is that of rare terms. A score as such says nothing, since it grows with the question's length.
    """
    terms = terms_of(text, characters, True)
    plain, learnt = index.scores(terms), with_asked.scores(terms)
    best = first(learnt, 1)[0]
    whole = sum(weight * index.rarity_of(term) for term, weight in terms.items())
    agree = len(set(first(plain, 5)) & set(first(learnt, 5))) / 5
    return float(learnt[best] / max(whole, 1e-9) * (0.5 + 0.5 * agree))


# --8<-- [end:sure]


def curve(sure: Sequence[float], right: Sequence[bool]) -> list[dict]:
    """Answering only the surest: for each tenth of all questions, how many of the answers have the article among five."""
    order = np.argsort(-np.asarray(sure), kind="stable")
    found = []
    for tenth in range(1, 11):
        taken = order[: max(1, round(len(order) * tenth / 10))]
        hits = int(sum(right[n] for n in taken))
        least = float(sure[taken[-1]])
        found.append({"coverage": tenth / 10, "least": least, **wilson(hits, len(taken))})
    return found


def refuse(
    methods: Methods, tuned: Sequence[Question], tested: Sequence[Question], wanted: float
) -> dict:
    """The rule's threshold from some questions, and what it does on others; both hold questions without an answer."""
    index, learnt = methods.counting(characters), methods.counting(characters, True)
    ranker = methods.command()

    def measured(questions: Sequence[Question]) -> tuple[list[float], list[bool]]:
        sure = [sureness(q.text, index, learnt) for q in questions]
        ranks = ranks_of(ranker, questions, methods)
        return sure, [rank is not None and rank <= 5 for rank in ranks]

    sure, right = measured(tuned)
    steps = curve(sure, right)
    good = [step for step in steps if step["share"] >= wanted]
    threshold = good[-1]["least"] if good else max(sure)
    sure, right = measured(tested)
    answered = [n for n, value in enumerate(sure) if value >= threshold]
    none = [n for n, q in enumerate(tested) if not q.answers]
    refused = [n for n in none if n not in set(answered)]
    return {
        "wanted": wanted,
        "threshold": threshold,
        "curve": curve(sure, right),
        "answered": wilson(len(answered), len(tested)),
        "right_if_answered": wilson(sum(right[n] for n in answered), len(answered)),
        "right_if_all_answered": wilson(sum(right), len(tested)),
        "refused_without_answer": wilson(len(refused), len(none)),
        "refused_by_kind": {
            kind: wilson(
                sum(tested[n].kind == kind for n in refused),
                sum(tested[n].kind == kind for n in none),
            )
            for kind in sorted({tested[n].kind for n in none})
        },
    }


# Made errors


def sentence(article: Article, draw: random.Random) -> str:
    """A sentence of an article, as somebody would quote it."""
    parts = [part for part in re.split(r"(?<=[。；])|\n", article.text) if len(part or "") >= 15]
    return draw.choice(parts).strip("。；") if parts else article.text[:60]


AMOUNT = re.compile(r"[一二三四五六七八九]")


def altered(text: str, kind: str, draw: random.Random) -> str | None:
    """A quotation with one thing wrong; None where that cannot be done."""
    if kind == "amount":
        places = [m for m in AMOUNT.finditer(text)]
        if not places:
            return None
        place = draw.choice(places)
        other = draw.choice([c for c in "二三五七九" if c != place[0]])
        return text[: place.start()] + other + text[place.end() :]
    if kind == "may_not":
        swaps = (("不得", "可以"), ("应当", "可以"), ("可以", "不得"))
        return next((text.replace(a, b, 1) for a, b in swaps if a in text), None)
    if kind == "dropped":
        parts = re.split(r"(?<=[，、])", text)
        if len(parts) < 3:
            return None
        gone = draw.randrange(1, len(parts) - 1)
        return "".join(parts[:gone] + parts[gone + 1 :])
    return text


def made_errors(
    statutes: Statutes, day: date, articles: Sequence[Article], count: int, seed: int
) -> dict[str, list[Citation]]:
    """Citations with one error each, by the kind of error, and right ones written in many ways."""
    draw = random.Random(seed)
    current = statutes.in_force(day)
    long = [a for a in articles if len(a.text) >= 15 and a.number.startswith("第")]
    by_law: dict[str, list[Article]] = {}
    for article in long:
        by_law.setdefault(article.law, []).append(article)
    laws = [law for law in by_law if len(by_law[law]) > 2]

    def one() -> tuple[Article, Article]:
        law = draw.choice(laws)
        return tuple(draw.sample(by_law[law], 2))

    def cite(article: Article, number: str, text: str) -> Citation:
        return Citation(draw.choice([article.law, short(article.law)]), number, text)

    makers = {
        "right": lambda a, b: cite(a, a.number, sentence(a, draw)),
        "right_no_words": lambda a, b: cite(a, a.number, ""),
        "wrong_number": lambda a, b: cite(a, b.number, sentence(a, draw)),
        "wrong_number_no_words": lambda a, b: cite(a, b.number, ""),
        "wrong_law": lambda a, b: cite(
            by_law[draw.choice([law for law in laws if law != a.law])][0],
            a.number,
            sentence(a, draw),
        ),
        "no_such_number": lambda a, b: cite(a, f"第{draw.randrange(2000, 9000)}条", ""),
        **{
            kind: lambda a, b, kind=kind: (
                cite(a, a.number, changed)
                if (changed := altered(sentence(a, draw), kind, draw))
                else None
            )
            for kind in ("amount", "may_not", "dropped")
        },
    }
    made: dict[str, list[Citation]] = {}
    for kind, make in makers.items():
        found: list[Citation] = []
        for _ in range(count * 30):
            if len(found) == count:
                break
            if citation := make(*one()):
                found.append(citation)
        made[kind] = found
    # Texts that are no law on that day, quoted as if they were; where the words still stand there they are right.
    for kind, wanted in (
        ("repealed", lambda v: v.repealed),
        ("replaced", lambda v: not v.repealed and v.start <= day and current.get(v.law) != v),
        ("not_yet", lambda v: v.start > day),
    ):
        pool = [
            (version, a)
            for version in statutes.versions
            if wanted(version) and (version.law in by_law or version.repealed)
            for a in statutes.articles[version.id]
            if len(a.text) >= 15
            and a.number.startswith("第")
            and sentences_not_in(a, statutes, current)
        ]
        made[kind] = [
            cite(a, a.number, draw.choice(sentences_not_in(a, statutes, current)))
            for _, a in draw.sample(pool, min(count, len(pool)))
        ]
    return made


def sentences_not_in(article: Article, statutes: Statutes, current: dict) -> list[str]:
    """The sentences of an article of another text that the text of the day has not under that number."""
    version = current.get(article.law)
    same = statutes.articles[version.id] if version else ()
    texts = [a.text for a in same if a.number == article.number]
    parts = [
        p.strip("。；") for p in re.split(r"(?<=[。；])|\n", article.text) if len(p or "") >= 15
    ]
    return [part for part in parts if not any(part in text for text in texts)]


def checked(statutes: Statutes, day: date, articles: Sequence[Article], settings: Settings) -> dict:
    """How many made errors the check catches, by kind, and what it says; of right citations, how many it lets pass."""
    check = Check(statutes, day)
    found = {}
    for kind, made in made_errors(statutes, day, articles, settings.errors, settings.seed).items():
        said = [check.of(written_out(citation)).found for citation in made]
        caught = sum(one != "right" for one in said)
        found[kind] = {
            **wilson(caught, len(made)),
            "said": {s: said.count(s) for s in sorted(set(said))},
        }
    return found


def written_out(citation: Citation) -> Citation:
    """A citation as it comes back from an answer in which it stands: the check gets it by reading."""
    words = f"规定：“{citation.words}”" if citation.words else "有规定"
    return citations(f"根据《{citation.law}》{citation.number}{words}。")[0]


# Pairs of sentences


def nearness() -> dict:
    """Mean cosine between sentences of the law and what was made of them, by embedding and kind of change."""
    found = {}
    for which in (use, e5):
        vectors, encode = which(VECTORS)
        same = {kind: [] for kind in PAIRS[0] if kind != "sentence"} | {"unrelated": []}
        encoded = [
            {kind: np.asarray(encode(text), np.float32) for kind, text in pair.items()}
            for pair in PAIRS
        ]
        for n, pair in enumerate(encoded):
            other = encoded[(n + 1) % len(encoded)]["sentence"]
            for kind, values in same.items():
                values.append(
                    float(pair["sentence"] @ (other if kind == "unrelated" else pair[kind]))
                )
        nearer = {
            kind: wilson(
                sum(a > b for a, b in zip(same[kind], same["paraphrase"], strict=True)), len(PAIRS)
            )
            for kind in ("negation", "amount")
        }
        found[which.__name__] = {
            "mean": {kind: float(np.mean(values)) for kind, values in same.items()},
            "nearer_than_paraphrase": nearer,
        }
    return found


# The experiment


def sets(settings: Settings, statutes: Statutes, places: dict) -> dict[str, list[Question]]:
    """The sets of questions that have an answer, by name."""

    def fit(questions: Sequence[Question]) -> list[Question]:
        return [q for q in questions if q.answers and q.answers & set(places)]

    test = asked("test", statutes)
    return {
        "open": fit([q for q in ours() if q.part == "open"]),
        "held": fit([q for q in ours() if q.part == "held"]),
        "shared": fit(given("shared")),
        "fresh": fit(given("fresh")),
        "asked": fit(test)[: settings.asked],
    }


def run(settings: Settings, folder: Path) -> dict:
    """The whole lab. Each step is kept in the folder, so that a run that was stopped goes on where it was."""
    statutes, day = load(), date.fromisoformat(settings.day)
    other_day = date.fromisoformat(settings.other_day)
    articles = [
        a for a in statutes.law_of(day) if not settings.laws or short(a.law) in settings.laws
    ]
    methods = Methods(articles, asked("learn", statutes))
    groups = sets(settings, statutes, methods.places)

    def keep(key: str, compute: Callable):
        return kept(folder, key, compute, settings=settings)

    result: dict = {
        "data": {name: digest(name) for name in DATA},
        "law": {
            "day": settings.day,
            "statutes": len({a.law for a in articles}),
            "articles": len(articles),
            "rows": sum(map(len, statutes.articles.values())),
            "changes": changes(statutes, day, other_day),
        },
        "questions": {
            **{name: len(questions) for name, questions in groups.items()},
            "learnt": sum(bool(q.answers) for q in asked("learn", statutes)),
            "none": sum(not q.answers for q in ours()),
            "own": len(groups["open"]) + len(groups["held"]),
        },
    }
    names = [n for n in PLAIN if settings.embeddings or "use" not in n]
    names += ["listed", "asked", "command"]
    ranks: dict[str, dict] = {}
    for name in names:
        ranks[name] = {}
        for group, questions in groups.items():
            ranks[name][group] = keep(
                f"ranks-{name}-{group}",
                lambda name=name, questions=questions: ranks_of(
                    methods.named(name), questions, methods
                ),
            )
    result["methods"] = {
        name: {
            group: recall(found)
            | {"against_characters": against(found, ranks["characters"][group])}
            for group, found in by_group.items()
        }
        for name, by_group in ranks.items()
    }
    own = groups["open"] + groups["held"]
    result["kinds"] = {
        name: {
            kind: recall(
                [
                    rank
                    for rank, q in zip(ranks[name]["open"] + ranks[name]["held"], own, strict=True)
                    if q.kind == kind
                ]
            )["at_5"]
            for kind in sorted({q.kind for q in own})
        }
        for name in ("characters", *(["use"] if settings.embeddings else []), "command")
    }
    result["found_by_nobody"] = [
        {"question": q.text, "law": law, "article": number}
        for n, q in enumerate(own)
        for law, number in q.answers
        if all(
            (r := (ranks[name]["open"] + ranks[name]["held"])[n]) is None or r > 10
            for name in names
            if name not in ("listed", "asked", "command")
        )
    ]
    every = [question for questions in groups.values() for question in questions]
    result["questions"]["missed"] = len(result["found_by_nobody"])
    cut = keep("windows", lambda: window_ranks(articles, every, methods, settings.window))
    whole = [rank for group in groups for rank in ranks["characters"][group]]
    result["windows"] = {
        "size": settings.window,
        "across": across(articles, settings.window),
        "window": recall(cut),
        "article": recall(whole),
    }
    result["dead"] = keep("dead", lambda: dead_among_first(statutes, day, every, settings.laws))
    without = [q for q in ours() if not q.answers]
    learn, test = asked("learn", statutes), asked("test", statutes)[: settings.asked]
    result["refusal"] = {
        # Threshold from our open questions, tested on those held back: as many kinds without an answer in both.
        "ours": keep(
            "refusal-ours",
            lambda: refuse(
                methods,
                groups["open"] + [q for q in without if q.part == "open"],
                groups["held"] + [q for q in without if q.part == "held"],
                0.8,  # 0.9 was not reached by any tenth of the open questions
            ),
        ),
        "asked": keep(
            "refusal-asked",
            lambda: refuse(Methods(articles, half(learn, 0)), half(learn, 1), test, 0.8),
        ),
    }
    result["citations"] = keep("citations", lambda: checked(statutes, day, articles, settings))
    if settings.embeddings:
        result["pool"] = pooled(articles, groups, keep)
        result["pairs"] = keep("pairs", nearness)
    return result


def pooled(articles: Sequence[Article], groups: dict, keep: Callable) -> dict:
    """Rankings over the statutes that answer the 25 questions alone: e5 over all of them would take an hour of processor time."""
    laws = {law for question in groups["shared"] for law, _ in question.answers}
    pool = Methods([a for a in articles if a.law in laws], [])
    inside = {
        group: [q for q in questions if q.answers & set(pool.places)]
        for group, questions in groups.items()
    }
    ranks = {
        name: {
            group: keep(
                f"pool-{name}-{group}",
                lambda name=name, questions=questions: ranks_of(pool.named(name), questions, pool),
            )
            for group, questions in inside.items()
        }
        for name in (
            "characters",
            "tfidf",
            "use",
            "e5",
            "characters_use",
            "characters_e5",
            "listed",
            "listed_e5",
        )
    }
    return {
        "statutes": len(laws),
        "articles": len(pool.articles),
        "methods": {
            name: {
                group: recall(found)
                | {"against_characters": against(found, ranks["characters"][group])}
                for group, found in by_group.items()
            }
            for name, by_group in ranks.items()
        },
    }


def half(questions: Sequence[Question], which: int) -> list[Question]:
    """Every other question, from the first or from the second."""
    return list(questions[which::2])


def across(articles: Sequence[Article], size: int) -> float:
    """The share of windows that end in the middle of an article."""
    total = broken = 0
    for text in windows(articles, size)[0]:
        total += 1
        broken += not text.endswith("\n")
    return broken / total


def changes(statutes: Statutes, day: date, other: date) -> list[dict]:
    """The statutes whose text is another one on another day."""
    before, after = statutes.in_force(day), statutes.in_force(other)
    return [
        {
            "law": law,
            "before": before[law].start.isoformat() if law in before else None,
            "after": version.start.isoformat(),
        }
        for law, version in sorted(after.items())
        if before.get(law) != version
    ]
