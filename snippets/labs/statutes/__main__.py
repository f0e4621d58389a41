"""Ranks articles for a question: `python -m snippets.labs.statutes "问题"`, or checks the citations of an answer.

Prints a JSON list, best first: law, article, score, text. Only what is law on the day answers. Scores order the articles
of one question; they are no probabilities. This is no legal advice.
"""

import json
import sys
from datetime import date, timedelta
from pathlib import Path

from snippets.labs.statutes.cite import Check, citations
from snippets.labs.statutes.search import Finder
from snippets.labs.statutes.texts import load
from snippets.runs import InputError, Parser, one_line, place, run, whole

MOST, LONGEST_ANSWER = 2_000, 200_000  # characters
OLD = timedelta(days=183)


def main(arguments: list[str] | None) -> None:
    """Answer a question, or check an answer. Raises InputError."""
    parser = Parser(prog="python -m snippets.labs.statutes", description=__doc__.split("\n\n")[1])
    add = parser.add_argument
    add("question", nargs="?", help="the question; without it, what comes from a pipe")
    add("--top", type=whole(1, 1000), default=10, help="how many articles")
    add("--day", type=day_of, default=date.today(), help="the law of which day, as 2026-11-29")
    add("--documents", type=place, help="a folder of your own texts, to search instead")
    add("--cache", type=place, default=Path(".cache") / "statutes", help="where the index is kept")
    add("--check", action="store_true", help="check the citations 《…》第…条：“…” of an answer")
    options = parser.parse_args(arguments)
    text = options.question if options.question is not None else from_pipe()
    if options.check:
        found = check(checked(text, LONGEST_ANSWER), options.day)
    else:
        finder = Finder(options.day, options.cache, options.documents, tell)
        question = checked(text, MOST)
        if not finder.sure(question):
            tell(
                "note: no article fits this question well; it may be answered by a regulation, by a "
                "local rule, or by nothing that is in here"
            )
        found = finder.first(question, options.top)
    if not options.documents and options.day - load().last > OLD:
        tell(f"note: the database stands at {load().last}; statutes may have changed since")
    print(json.dumps(found, ensure_ascii=False, indent=1))


def check(answer: str, day: date) -> list[dict]:
    """What is found of each citation of an answer. Raises InputError when it cites nothing."""
    cited = citations(answer)
    if not cited:
        raise InputError("the text cites nothing in the form 《劳动合同法》第十九条")
    checker = Check(load(), day)
    found = []
    for citation in cited:
        finding = checker.of(citation)
        entry = {"law": citation.law, "article": citation.number, "found": finding.found}
        entry |= {"words": citation.words} if citation.words else {}
        entry |= {"why": finding.why} if finding.why else {}
        entry |= {"elsewhere": finding.elsewhere} if finding.elsewhere else {}
        found.append(entry)
    return found


def day_of(text: str) -> date:
    """An argument type: a day."""
    return date.fromisoformat(text)


def from_pipe() -> str:
    """What comes from a pipe. Raises InputError."""
    if sys.stdin is None or sys.stdin.isatty():
        wants = 'give a question: python -m snippets.labs.statutes "试用期最长多久？"'
        raise InputError(f"{wants}, or send one by a pipe")
    data = sys.stdin.buffer.read(4 * LONGEST_ANSWER + 1)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if len(data) > 4 * LONGEST_ANSWER:
            return "x" * (LONGEST_ANSWER + 1)  # cut within a character: too long in any case
        raise InputError(
            f"the input is not UTF-8 text (byte {error.start}): is it a binary file?"
        ) from None


def checked(text: str, most: int) -> str:
    """A text that can be looked for. Raises InputError for any other."""
    if not text.strip():
        raise InputError("the question is empty")
    if len(text) > most:
        raise InputError(f"the text has {len(text):,} characters; {most:,} are the most")
    if any(ord(c) < 32 and c not in "\n\r\t" for c in text):
        raise InputError("the text holds control characters: is it a binary file?")
    if any("\ud800" <= c <= "\udfff" for c in text):
        raise InputError(f"the text holds half a character: {ascii(one_line(text, 40))}")
    if not any(c.isalnum() for c in text):
        raise InputError("the question has no word in it")
    return text


def tell(message: str) -> None:
    """Say something beside the result."""
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(run(main))
