"""Earlier translations of sentences that are like this one. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from app.languages.changing import Gone
from app.languages.sentences import Sentence, Words

LIKE = 60.0  # of 100: below it, nothing of the other sentence helps
MOST = 4


@dataclass(frozen=True)
class Suggestion:
    """``likeness``: of 100, between the English of both. ``is_gone``: written for a sentence that is no more."""

    source: str
    words: Words
    likeness: int
    is_gone: bool = False


def suggestions(sentence: Sentence, others: Iterable[Sentence], gone: Sequence[Gone] = ()) -> tuple[Suggestion, ...]:
    """The likest first."""
    known = [
        (other.sources[0], other.words, False)
        for other in others
        if other.key != sentence.key and other.words and all(other.words)
    ]
    known += [(one.source, one.words, True) for one in gone]
    sources = [source for source, _words, _gone in known]
    found = process.extract(sentence.sources[0], sources, scorer=fuzz.ratio, score_cutoff=LIKE, limit=MOST)
    return tuple(
        Suggestion(source, known[place][1], round(likeness), known[place][2]) for source, likeness, place in found
    )
