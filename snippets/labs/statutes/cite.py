"""Checks a citation: is the article there, is it law on that day, does it say what is quoted?"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from snippets.labs.statutes.texts import NUMBER, STATE, Statutes, Version, number_of, short

TITLE = r"(?:[^《》]|《[^《》]*》)+"  # some titles name another statute
CITED = re.compile(rf"《(?P<law>{TITLE})》\s*(?P<number>{NUMBER})")
MARKS = {"“": "”", "「": "」", "『": "』", '"': '"'}
SHORTEST = 4  # characters of a quotation: “甲方” is none
# Official texts know no short titles. These are the ones in common use, each of exactly one statute.
SHORT = {
    "个保法": "个人信息保护法",
    "消保法": "消费者权益保护法",
    "消法": "消费者权益保护法",
    "民诉法": "民事诉讼法",
    "刑诉法": "刑事诉讼法",
    "行诉法": "行政诉讼法",
    "网安法": "网络安全法",
    "数安法": "数据安全法",
    "道交法": "道路交通安全法",
    "反法": "反不正当竞争法",
    "破产法": "企业破产法",
    "个税法": "个人所得税法",
}
FOUND = (
    "right",  # law on that day, and the words quoted stand in it (or nothing is quoted)
    "no_law",  # no statute of that title is known: regulations are not in the database
    "not_yet",  # it is law only later
    "not_now",  # repealed, or replaced by a newer text that has not this article or these words
    "no_article",  # the statute has no such article
    "out_of_date",  # a later amendment has changed the article, and its text here is the old one
    "other_words",  # the article does not say this
)


@dataclass(frozen=True)
class Citation:
    """A statute, an article, and the words that it is said to have; none when nothing is quoted."""

    law: str
    number: str
    words: str = ""


@dataclass(frozen=True)
class Finding:
    """What the check found (one of FOUND), why, and the article in which the words stand if that is another one."""

    found: str
    why: str
    elsewhere: str = ""


def citations(answer: str) -> list[Citation]:
    """The citations of an answer, 《…》第…条, each with the words quoted next, before another is cited."""
    places = [*CITED.finditer(answer)]
    ends = [*(place.start() for place in places[1:]), len(answer)][: len(places)]
    found = []
    for place, end in zip(places, ends, strict=True):
        found.append(Citation(place["law"], place["number"], quoted(answer[place.end() : end])))
    return found


def quoted(text: str) -> str:
    """The first quotation of some length in a text, quotations within it included; "" when there is none."""
    for start, mark in enumerate(text):
        if mark not in MARKS:
            continue
        close, depth = MARKS[mark], 0
        for at in range(start + 1, len(text)):
            if text[at] == close and depth == 0:
                if at - start > SHORTEST:
                    return text[start + 1 : at]
                break
            depth += (text[at] == mark) - (text[at] == close)
    return ""


def bare(text: str) -> str:
    """Text without marks and spaces, in one width: what a comparison of wording should see."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))


class Check:
    """Checks citations against the law of a day."""

    def __init__(self, statutes: Statutes, day: date):
        self.statutes, self.day = statutes, day
        self.now = statutes.in_force(day)
        self.known: dict[str, list[Version]] = defaultdict(list)
        for version in statutes.versions:
            self.known[version.law].append(version)
        self.titles = {bare(law): law for law in self.known}
        self.texts: Mapping[tuple[str, str], str] = {
            (version.id, article.number): bare(article.text)
            for version in statutes.versions
            for article in statutes.articles[version.id]
        }

    def title(self, law: str) -> str | None:
        """The full title for a title as it is cited; None when there is none. Nothing is guessed from a part."""
        name = bare(law)
        name = SHORT.get(name, name)
        return self.titles.get(name) or self.titles.get(STATE + name)

    # --8<-- [start:check]
    def of(self, citation: Citation) -> Finding:
        """What is wrong with a citation, the gravest first."""
        law, number = self.title(citation.law), number_of(citation.number)
        if law is None:
            return Finding("no_law", "库里没有这部法律（行政法规、规章、司法解释都不在库里）")
        current = self.now.get(law)
        if current is None:
            later = [v.start for v in self.known[law] if not v.repealed and v.start > self.day]
            if later:
                return Finding("not_yet", f"{min(later)} 起施行")
            return Finding("not_now", "标为已废止")
        words = bare(citation.words)
        here = self.texts.get((current.id, number or ""))
        if here is not None and number in current.stale:
            return Finding("out_of_date", "后来的修正案改过这一条，库里是旧文")
        if here is not None and words in here:
            return Finding("right", "")
        # The words may be those of another text of this statute, or of another article.
        for other in self.known[law]:
            there = self.texts.get((other.id, number or ""))
            if other is not current and there is not None and words in there:
                kind = "not_yet" if other.start > self.day else "not_now"
                return Finding(kind, f"这是 {other.start} 起施行的那一版")
        place = self.place(words, current)
        if here is None:
            return Finding("no_article", f"《{short(law)}》没有这一条", place)
        return Finding("other_words", "这一条没有这句话", place)

    # --8<-- [end:check]

    def place(self, words: str, first: Version) -> str:
        """Where words of some length stand in the law of that day, this statute's articles first; "" for nowhere."""
        if len(words) < 8:
            return ""
        others = [version for version in self.now.values() if version is not first]
        for version in [first, *others]:
            for article in self.statutes.articles[version.id]:
                if words in self.texts[version.id, article.number]:
                    return f"《{short(version.law)}》{article.number}"
        return ""
