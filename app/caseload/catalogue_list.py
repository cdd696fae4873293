"""Which sentences of a catalogue a translator is shown, and how far each part of the site is. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from app.languages.folding import folded
from app.languages.rooms import ROOMS, rooms_of
from app.languages.sentences import GUESS, MISSING, Sentence


@dataclass(frozen=True)
class Choice:
    """``show``: a key of catalogue_words.CHOICES; ``room``: of rooms.ROOMS, or empty for all; ``words``: looked for."""

    show: str = "missing"
    room: str = ""
    words: str = ""

    def in_address(self) -> dict[str, Any]:
        return {name: value for name, value in (("show", self.show), ("room", self.room), ("q", self.words)) if value}


@dataclass(frozen=True)
class Part:
    """How far one part of the site is; a sentence that stands in two parts counts in both."""

    room: str
    total: int
    written: int

    @property
    def is_complete(self) -> bool:
        return self.written == self.total


def shows(sentence: Sentence, show: str) -> bool:
    if show == "saved":
        return sentence.proposal is not None
    if show == "changed":
        return sentence.before is not None
    if show == "overtaken":
        return sentence.is_overtaken
    if show == "reviewed":
        return sentence.is_reviewed
    if show == "not-reviewed":
        return sentence.state not in (MISSING, GUESS) and not sentence.is_reviewed
    return show == "all" or sentence.state == show


def in_room(sentences: Iterable[Sentence], room: str) -> Iterator[Sentence]:
    """Those of one part of the site; all of them where none is named."""
    return (sentence for sentence in sentences if not room or room in rooms_of(sentence.places))


def chosen(sentences: Iterable[Sentence], choice: Choice) -> Iterator[Sentence]:
    looked_for = folded(choice.words)
    for sentence in in_room(sentences, choice.room):
        if shows(sentence, choice.show) and looked_for in folded(" ".join(sentence.sources + sentence.words)):
            yield sentence


def counts(sentences: Iterable[Sentence], choices: Iterable[str]) -> dict[str, int]:
    known = list(sentences)
    return {show: sum(shows(one, show) for one in known) for show in choices}


def parts(sentences: Iterable[Sentence]) -> list[Part]:
    total: Counter[str] = Counter()
    written: Counter[str] = Counter()
    for sentence in sentences:
        rooms = rooms_of(sentence.places)
        total.update(rooms)
        if sentence.state not in (MISSING, GUESS):
            written.update(rooms)
    return [Part(room, total[room], written[room]) for room in ROOMS if total[room]]


def after(sentences: list[Sentence], key: str) -> Sentence | None:
    """The sentence that follows this one in the list; the first where this one is not in it any more."""
    keys = [sentence.key for sentence in sentences]
    place = keys.index(key) + 1 if key in keys else 0
    return sentences[place] if place < len(sentences) else None
