"""One sentence of a letter as a voice says it: names as they are said, facts once more behind it, slowly."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from app.formats.document import Fact, Inline, Words
from app.formats.sentences import place_of, sentences_in
from app.formats.speech import facts, words
from app.formats.speech.plain import (
    FIRST_PLACE,
    LAST_PLACE,
    POSTCODE,
    is_sayable,
    sayable,
    sentences_of,
    with_copied_facts,
)
from app.formats.speech.pronunciation import pronounced
from app.formats.speech.script import AFTER_PARAGRAPH, AFTER_PART, AFTER_SENTENCE, Sentence
from app.formats.speech.voices import has_voice, voice_for

_PLACES = re.compile(f"([{FIRST_PLACE}-{LAST_PLACE}])")


def at(place: str, sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """The sentences, with the place of those that have none."""
    for sentence in sentences:
        yield sentence if sentence.place else replace(sentence, place=place)


class Sayer:
    """Says what one letter, in ``language`` from the landlord ``sender``, holds. Knows which facts it has repeated."""

    def __init__(self, language: str, sender: str) -> None:
        self.language = language
        self.sender_name = sender
        self.repeated: set[tuple[str, ...]] = set()

    def repeat(self, fact: Fact) -> list[Sentence]:
        return facts.again(fact, self.language) if self.is_new(fact.kind, fact.value or fact.text) else []

    def is_new(self, *fact: str) -> bool:
        """Each fact is repeated where it first stands: a letter that repeats everything is not listened to."""
        is_new = fact not in self.repeated
        self.repeated.add(fact)
        return is_new

    def say(self, text: str, pause: float = AFTER_SENTENCE, language: str | None = None) -> list[Sentence]:
        return list(self.inline((Words(text, language=language),), pause))

    def language_of_address(self, lines: Iterable[str]) -> str:
        """English names in a Welsh letter are said in English, or nobody finds the street: by the postcode."""
        voice = voice_for(self.language)
        areas = {"".join(takewhile(str.isalpha, found[1])) for line in lines for found in POSTCODE.finditer(line)}
        return voice.elsewhere if voice.elsewhere and areas and not areas & voice.home else self.language

    def inline(
        self,
        content: Sequence[Inline],
        pause: float = AFTER_PARAGRAPH,
        part: tuple[int, int] | None = None,
        leads: tuple[Words, ...] = (),
    ) -> Iterator[Sentence]:
        """Sentence by sentence; after each, the facts in it once more.

        ``part``: the number of the block and of the part in it, for their places. ``leads`` is said before the first.
        """
        shown = sentences_in(content, self.language) or [()]
        for number, sentence in enumerate(shown):
            is_last = number == len(shown) - 1
            said = self.sentence((*leads, *sentence), pause if is_last else AFTER_SENTENCE)
            yield from at(place_of(*part, number), said) if part else said
            leads = ()

    def sentence(self, content: Sequence[Inline], pause: float) -> Iterator[Sentence]:
        text, held = self.with_places(content)
        breaths = sentences_of(text)
        for place_in_text, breath in enumerate(breaths, 1):
            runs = list(self.runs(breath, held))
            repeats = [
                again
                for place in _PLACES.findall(breath)
                if isinstance(fact := held[place], Fact)
                for again in self.repeat(fact)
            ]
            is_last = place_in_text == len(breaths) and not repeats
            if runs:
                runs[-1] = replace(runs[-1], pause=pause if is_last else AFTER_SENTENCE)
            yield from (*runs, *repeats)

    def with_places(self, content: Sequence[Inline]) -> tuple[str, dict[str, Inline]]:
        """The text with one private character in place of each fact and of each word of another language."""
        held: dict[str, Inline] = {}
        parts: list[str] = []
        for run in content:
            if isinstance(run, Words) and run.language in (None, self.language):
                # The spaces at its ends part it from the facts around it.
                said = self.pronounced(with_copied_facts(sayable(run.text), self.language), self.language)
                parts.append(f"{' ' * run.text.startswith(' ')}{said}{' ' * run.text.endswith(' ')}")
            else:
                place = chr(ord(FIRST_PLACE) + len(held))
                held[place] = run
                parts.append(place)
        return "".join(parts), held

    def runs(self, sentence: str, held: dict[str, Inline]) -> Iterator[Sentence]:
        """Neighbours in one language are said in one breath."""
        text = ""
        for part in _PLACES.split(sentence):
            run = held.get(part)
            if run is None:
                text += part
            elif isinstance(run, Fact):
                text += self.fact(run)
            else:
                yield from _if_sayable(text, self.language)
                text = ""
                yield from self.foreign(run)
        yield from _if_sayable(text, self.language)

    def fact(self, fact: Fact) -> str:
        said = facts.inline(fact, self.language)
        return self.pronounced(said, self.language) if fact.kind in ("email", "link") else said

    def pronounced(self, text: str, language: str) -> str:
        return pronounced(text, language, self.sender_name)

    def foreign(self, run: Words) -> Iterator[Sentence]:
        language = run.language or self.language
        if not has_voice(language):
            yield Sentence(words.cannot_be_spoken(), self.language)
            return
        *before, last = sentences_of(self.pronounced(with_copied_facts(sayable(run.text), language), language)) or [""]
        for breath in before:
            yield from _if_sayable(breath, language, AFTER_SENTENCE)
        yield from _if_sayable(last, language)  # the sentence goes on behind a name


def _if_sayable(text: str, language: str, pause: float = AFTER_PART) -> Iterator[Sentence]:
    text = text.strip()
    if is_sayable(text):
        yield Sentence(text, language, pause=pause)
