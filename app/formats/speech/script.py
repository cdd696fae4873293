"""The shapes of what will be said: a script of sections, each of sentences."""

from dataclasses import dataclass
from typing import Literal

Pace = Literal["plain", "slow"]

# Seconds of silence. UKAAF asks for sections that can be told apart and facts that can be written down, and gives no
# figures: these let a listener who knows what comes write eight characters with a pen.
AFTER_PART = 0.1  # inside a sentence, where the voice or the pace changes
AFTER_CHARACTER = 0.45
AFTER_GROUP = 0.9
AFTER_SENTENCE = 0.4
AFTER_PARAGRAPH = 0.8
AFTER_HEADING = 0.9
AFTER_SECTION = 1.5


@dataclass(frozen=True)
class Sentence:
    """One breath: ``text`` in ``language``, then ``pause`` seconds of silence.

    ``place`` is that of the letter's sentence which it says (``sentences.place_of``, or what ``spoken`` names); empty
    where it goes with the sentence before.
    """

    text: str
    language: str
    pace: Pace = "plain"
    pause: float = AFTER_SENTENCE
    place: str = ""


@dataclass(frozen=True)
class Section:
    """What can be jumped to: a chapter of the MP3, a track of the CD. ``title`` is as the eye reads it.

    ``shown``: for words that no letter has, what the eye reads for the places ``line-0``, ``line-1``…
    """

    title: str
    sentences: tuple[Sentence, ...]
    shown: tuple[str, ...] = ()
