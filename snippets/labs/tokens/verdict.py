"""What is said of tokens and money, and whether it holds. Read off the recorded result; nothing that measures imports this."""

from snippets.labs.tokens.prices import PRICES

MODERN = ("law", "news", "reviews", "dialogues", "messages")  # simplified Chinese of today
RULE = 0.6  # tokens a Chinese character, by DeepSeek's page


def verdict(result: dict) -> dict[str, str]:
    """For each thing that is said: "supported", "refuted", "other_reason" or "not_tested".

    own_text (count your own text before comparing prices): supported where the tokenizer that needs fewest tokens for
    statutes is not the one for another kind of text, by a tenth at least; refuted otherwise.
    list_price (the lower list price is the lower bill): refuted where two models of the table change places on
    statutes, by a tenth at least; supported otherwise.
    rule (0.6 tokens a character, on DeepSeek): supported where all five kinds of modern simplified text and their
    traditional spelling lie within a tenth of it; refuted otherwise.
    dearer (Chinese costs more tokens than English): supported where the same messages need more in Chinese on every
    tokenizer, refuted where on none; where on some, it is the vocabulary and not the language: other_reason.
    half_width (half-width punctuation saves tokens): supported where it saves a hundredth on any tokenizer.
    traditional (traditional characters cost the same): supported where none of the tokenizers needs 5 % more.
    quality (a model with fewer tokens answers as well): not tested.
    """
    best = {name: next(iter(ratios)) for name, ratios in result["against_best"].items()}
    changes = any(
        name != best["law"] and result["against_best"][corpus][best["law"]] >= 1.1
        for corpus, name in best.items()
    )
    counted = result["tokenizers"]["deepseek"]["corpora"]
    rule = [
        counted[name]["per_character"] for name in (*MODERN, "law_traditional", "news_traditional")
    ]
    english = result["ratios"]["chinese_against_english"].values()
    spellings = [one["whole_law"] for one in result["tokenizers"].values()]
    traditional = result["ratios"]["traditional_law"].values()
    saved = any(one["half_width"] <= 0.99 * one["simplified"] for one in spellings)
    return {
        "own_text": said(changes),
        "list_price": said(not swapped(result)),
        "rule": said(all(0.9 * RULE <= one <= 1.1 * RULE for one in rule)),
        "dearer": said(min(english) > 1) if (min(english) > 1) == (max(english) > 1) else "other_reason",
        "traditional": said(max(traditional) < 1.05),
        "half_width": said(saved),
        "quality": "not_tested",
    }  # fmt: skip


def said(holds: bool) -> str:
    """The word for what holds and for what does not."""
    return "supported" if holds else "refuted"


def swapped(result: dict) -> list[tuple[str, str]]:
    """Pairs of models in dollars: the first has no higher list price of input, and statutes cost a tenth more on it."""
    law = {id: one for id, one in result["bills"]["law"].items() if PRICES[id].currency == "USD"}
    return [
        (a, b)
        for a in law
        for b in law
        if PRICES[a].input <= PRICES[b].input
        and law[a]["million_characters"] >= 1.1 * law[b]["million_characters"]
    ]
