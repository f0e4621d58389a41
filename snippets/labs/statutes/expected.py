"""What we expected, written down before it was measured (2026-11-29). Counting had been seen before, so it is not here."""

# By the way to the value in the result.
EXPECTED = {
    "methods.use.open.at_5.share": 0.25,
    "methods.use.asked.at_5.share": 0.40,
    "methods.characters_use.open.at_5.share": 0.28,
    "methods.characters_use.asked.at_5.share": 0.62,
    "pool.methods.e5.open.at_5.share": 0.50,
    "pool.methods.e5.asked.at_5.share": 0.65,
    "pool.methods.characters_e5.asked.at_5.share": 0.72,
    "windows.window.at_5.share": 0.33,
    "dead.at_5.share": 0.25,
    "refusal.ours.right_if_answered.share": 0.90,
    "refusal.ours.answered.share": 0.50,
    "refusal.asked.right_if_answered.share": 0.80,
    "refusal.asked.answered.share": 0.55,
    "refusal.ours.refused_without_answer.share": 0.60,
    "citations.wrong_number.share": 1.00,
    "citations.wrong_number_no_words.share": 0.05,
    "citations.amount.share": 1.00,
    "citations.replaced.share": 0.95,
    "pairs.use.nearer_than_paraphrase.negation.share": 0.90,
    "pairs.e5.nearer_than_paraphrase.negation.share": 0.80,
}
