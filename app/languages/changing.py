"""Sentences whose English has changed: what stood in their place before, and its words. Pure."""

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

LIKE = 70.0  # of 100: what is less alike is another sentence


@dataclass(frozen=True)
class Gone:
    """A sentence that the application does not say any more, and its words in each form."""

    source: str
    words: tuple[str, ...]


@lru_cache(maxsize=4096)
def english_before(source: str, gone: tuple[Gone, ...]) -> Gone | None:
    """The sentence that this one was, before an update of the application said it otherwise. None where it is new."""
    found = process.extractOne(source, [one.source for one in gone], scorer=fuzz.ratio, score_cutoff=LIKE)
    return gone[found[2]] if found else None
