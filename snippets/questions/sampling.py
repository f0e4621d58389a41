"""The next token by temperature, top-k and top-p.

Sources: Fan and others (top-k, arXiv 1805.04833); Holtzman and others (top-p, arXiv 1904.09751).
"""

# --8<-- [start:code]
import numpy as np


def candidates(
    logits: np.ndarray, temperature: float = 1.0, top_k: int = 0, top_p: float = 1.0
) -> tuple[np.ndarray, np.ndarray]:
    """Tokens that may be drawn, the likeliest first, and their probabilities.

    logits: (vocabulary,); top_k 0: no limit. In this order: temperature, top-k,
    top-p. Raises ValueError for settings outside their range.
    """
    if temperature < 0 or top_k < 0 or not 0 < top_p <= 1:
        raise ValueError("needs temperature ≥ 0, top_k ≥ 0, 0 < top_p ≤ 1")
    if temperature == 0:
        return logits.argmax(keepdims=True), np.ones(1)
    tokens = np.argsort(-logits, kind="stable")[: top_k or None]
    scaled = logits[tokens].astype(np.float64) / temperature
    p = np.exp(scaled - scaled[0])
    p /= p.sum()
    # Kept while the likelier ones do not suffice, so the first always is.
    kept = np.cumsum(p) - p < top_p
    return tokens[kept], p[kept] / p[kept].sum()


def sample(logits: np.ndarray, rng: np.random.Generator, **settings: float) -> int:
    """One token, drawn; the settings are those of `candidates`."""
    tokens, p = candidates(logits, **settings)
    return int(rng.choice(tokens, p=p))


# --8<-- [end:code]
