"""How the verdicts of a lab are told: a table of techniques on its page, a card and signs on the page of all labs."""

import re
from collections.abc import Callable, Iterator

from handbook.labs.source import VERDICTS, Lab, find_lab, lab_names, read_result
from snippets.code_hash import ROOT

Sign = Callable[[str, str], str]  # writes a verdict and its words
# A sign in a text: <!-- verdict: overfitting.l1 -->, or <!-- verdict: not_tested --> for what no lab measures.
MARK = re.compile(r"<!-- verdict: (?:(\w+)\.)?(\w+) -->")
MOST_NAMED = 3  # techniques of one verdict on a card, which has to fit a phone
WORDS = {
    "zh": {
        "supported": "成立",
        "refuted": "这里不成立",
        "other_reason": "成立，但原因不同",
        "not_tested": "未测",
        "heads": "| 原文的做法 | 结论 | 测得 | 该怎么做 |",
        "said": ("{}说", "{}和{}都说"),
        "guide": "《指南》",
        "playbook": "《攻略》",
        "join": "、",
        "more": "，另 {} 项",
        "see": "看实验：{}",
    },
    "en": {
        "supported": "supported",
        "refuted": "refuted here",
        "other_reason": "true for another reason",
        "not_tested": "not tested",
        "heads": "| What the article advises | Verdict | Measured | What to do |",
        "said": ("The {} says", "The {} and the {} say"),
        "guide": "Guide",
        "playbook": "Playbook",
        "join": "; ",
        "more": "; {} more",
        "see": "The lab: {}",
    },
}


def verdicts_of(lab: Lab) -> dict[str, str]:
    """The verdict on each technique; of a lab whose result cannot be read, none."""
    verdict = read_result(ROOT, lab.name).get("verdict")
    return verdict if isinstance(verdict, dict) else {}


def techniques(lab: Lab, language: str, sign: Sign) -> str:
    """The table of techniques: verdict, figure, what to do. sign: writes a verdict and its words."""
    words, verdicts = WORDS[language], verdicts_of(lab)
    said = lab.header.get("said", {}).get(language)  # who says so, where it is not the article
    heads = words["heads"] if not said else f"| {said} |" + words["heads"].partition(" |")[2]
    rows = [heads, "|---|---|---|---|"]
    for id, (name, number, todo) in lab.techniques(language).items():
        verdict = verdicts.get(id, "not_tested")
        rows.append(f"| {name} | {sign(verdict, words[verdict])} | {number} | {todo} |")
    return "\n".join(rows)


def pill(verdict: str, words: str) -> str:
    """A verdict as a small coloured sign."""
    return f'<span class="hb-verdict hb-verdict--{verdict.replace("_", "-")}">{words}</span>'


def signs(text: str, language: str) -> str:
    """A text with a sign for each mark; a mark that names no technique stays (handbook.labs.check tells it)."""

    def sign(mark: re.Match) -> str:
        verdict = verdict_at(mark)
        return pill(verdict, WORDS[language][verdict]) if verdict else mark[0]

    return MARK.sub(sign, text)


def unknown_marks(text: str) -> Iterator[re.Match]:
    """The marks in a text that name no verdict."""
    return (mark for mark in MARK.finditer(text) if not verdict_at(mark))


def verdict_at(mark: re.Match) -> str | None:
    """The verdict that a mark names, None where there is none."""
    name, technique = mark.groups()
    if name is None:
        return technique if technique in VERDICTS else None
    return read_result(ROOT, name).get("verdict", {}).get(technique)


def overview(language: str) -> str:
    """A card for each lab: what the article says, the verdicts with their techniques, the figure, the lab."""
    labs = filter(None, (find_lab(ROOT, name) for name in lab_names(ROOT)))
    cards = "\n\n".join(card(lab, language) for lab in labs)
    return f'<div class="hb-labs" markdown="1">\n\n{cards}\n\n</div>'


def card(lab: Lab, language: str) -> str:
    """A lab in short."""
    words, header, verdicts = WORDS[language], lab.header, verdicts_of(lab)
    claims = [claim.partition("#") for claim in header["claims"]]
    links = [f"[{words.get(page, page)}](../{page}.md#{id})" for page, _, id in claims]
    names = {id: name for id, (name, _, _) in lab.techniques(language).items()}
    found = []
    for verdict in VERDICTS:
        of_it = [name for id, name in names.items() if verdicts.get(id) == verdict]
        if of_it:
            named = words["join"].join(of_it[:MOST_NAMED])
            if (left := len(of_it) - MOST_NAMED) > 0:
                named += words["more"].format(left)
            found.append(f"- {pill(verdict, words[verdict])} {named}")
    parts = [
        words["said"][len(links) > 1].format(*links) + "\n{: .hb-lab__said }",
        f"“{header['claim'][language]}”\n{{: .hb-lab__claim .no-terms }}",
        "\n".join(found),
        header["number"][language],
        f"[{words['see'].format(lab.title(language))}]({lab.slug}.ipynb)\n{{: .hb-lab__link }}",
    ]
    inside = "\n\n".join(filter(None, parts))
    return f'<div class="hb-lab" markdown="1">\n\n{inside}\n\n</div>'
