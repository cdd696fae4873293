"""A letter → its sound, section by section, in the letter's language."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app

from app.formats.document import Document, FormatRefused
from app.formats.speech import rates, spoken, waves
from app.formats.speech.engine import Breath, Engine, Speaker, SpeechFailed
from app.formats.speech.engines import engines_for
from app.formats.speech.rates import Rate
from app.formats.speech.script import Section, Sentence
from app.formats.speech.voices import voice_for
from app.formats.speech.vowels import NEEDS_VOWELS, NoVowels, with_vowels
from app.formats.speech.waves import RATE, Samples
from app.languages import speaking

OPENING_LASTS = 30  # seconds, to say how long the whole lasts before the opening itself is spoken


@dataclass(frozen=True)
class Span:
    """Where a sentence lies in its section: from ``start`` until before ``end``, in samples; its pause lies in it."""

    sentence: Sentence
    start: int
    end: int


@dataclass(frozen=True)
class Recorded:
    """One section: ``samples`` at ``waves.RATE``, one channel, its pauses in it; ``spans`` cover it without a gap."""

    title: str
    samples: "Samples[int]"
    spans: tuple[Span, ...] = ()
    shown: tuple[str, ...] = ()  # as in ``Section``

    @property
    def seconds(self) -> float:
        return len(self.samples) / RATE


def record(document: Document, rate: str = "usual", engines: Sequence[Engine] | None = None) -> tuple[Recorded, ...]:
    """Read the letter out at ``rate`` (of ``formats.RATES``): the opening announcement, then each section.

    ``engines``: others than those that are installed. Raises FormatRefused when no voice speaks the language, or when
    the voice failed within SPEECH_TIMEOUT.
    """
    voice_for(document.language)
    chosen = engines_for(document.language) if engines is None else engines
    reader = _Reader(Speaker(current_app.config["LETTERBOX"].speech_timeout, chosen), rates.BY_NAME[rate])
    try:
        with speaking(document.language):
            script = spoken.script_of(document)
            letter = reader.read(script)
            length = OPENING_LASTS + sum(section.seconds for section in letter)
            opening = spoken.opening_of(document, script, max(1, round(length / 60)))
            return (*reader.read((opening,)), *letter)
    except SpeechFailed as failure:
        raise FormatRefused(f"The voice could not read this letter: {failure}") from failure
    except NoVowels as failure:
        raise FormatRefused(f"The vowels that the voice needs could not be added: {failure}") from failure


@dataclass(frozen=True)
class _Reader:
    speaker: Speaker
    rate: Rate

    def read(self, script: Sequence[Section]) -> list[Recorded]:
        sentences = [sentence for section in script for sentence in section.sentences]
        sound = iter(self.speaker.speak(self.breaths(sentences)))
        return [self.joined(section, [next(sound) for _ in section.sentences]) for section in script]

    def breaths(self, sentences: Sequence[Sentence]) -> list[Breath]:
        texts = {(sentence.language, sentence.text): sentence.text for sentence in sentences}
        for language in NEEDS_VOWELS:
            mine = [key for key in texts if key[0] == language]
            if mine:
                texts.update(zip(mine, with_vowels([texts[key] for key in mine], self.speaker.seconds), strict=True))
        return [
            Breath(texts[sentence.language, sentence.text], sentence.language, self.rate.words_a_minute[sentence.pace])
            for sentence in sentences
        ]

    def joined(self, section: Section, sound: "Sequence[Samples[int]]") -> Recorded:
        samples = waves.silence(0)
        spans = []
        for sentence, spoken_samples in zip(section.sentences, sound, strict=True):
            start = len(samples)
            samples.extend(spoken_samples)
            samples.extend(waves.silence(sentence.pause * self.rate.pauses))
            spans.append(Span(sentence, start, len(samples)))
        return Recorded(section.title, samples, tuple(spans), section.shown)
