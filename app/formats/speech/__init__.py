"""A letter → its sound, section by section, in the letter's language."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import current_app

from app.formats.document import Document, FormatRefused
from app.formats.speech import spoken, waves
from app.formats.speech.engine import ENGINES, Breath, Engine, SpeechFailed, speak
from app.formats.speech.script import Section
from app.formats.speech.voices import WORDS_A_MINUTE, voice_for
from app.formats.speech.vowels import NoVowels, with_vowels
from app.formats.speech.waves import RATE, Samples
from app.languages import speaking

NEEDS_VOWELS = frozenset({"ar"})
OPENING_LASTS = 30  # seconds, to say how long the whole lasts before the opening itself is spoken


@dataclass(frozen=True)
class Clip:
    """What is heard for one place of the letter: from sample ``start`` to before ``end``."""

    place: str
    start: int
    end: int


@dataclass(frozen=True)
class Recorded:
    """One section: ``samples`` at ``waves.RATE``, one channel, its pauses in it.

    ``clips`` say which samples belong to which place of the letter, without gaps; ``shown`` as in ``Section``.
    """

    title: str
    samples: "Samples[int]"
    clips: tuple[Clip, ...] = ()
    shown: tuple[str, ...] = ()

    @property
    def seconds(self) -> float:
        return len(self.samples) / RATE


def record(document: Document, engines: Sequence[Engine] = ENGINES) -> tuple[Recorded, ...]:
    """Read the letter out: the opening announcement, then each section.

    Raises FormatRefused when no voice speaks the language, or when the voice failed within SPEECH_TIMEOUT.
    """
    voice_for(document.language)
    seconds = current_app.config["LETTERBOX"].speech_timeout
    try:
        with speaking(document.language):
            script = spoken.script_of(document)
            letter = _spoken(script, seconds, engines)
            length = OPENING_LASTS + sum(section.seconds for section in letter)
            opening = spoken.opening_of(document, script, max(1, round(length / 60)))
            return (*_spoken((opening,), seconds, engines), *letter)
    except SpeechFailed as failure:
        raise FormatRefused(f"The voice could not read this letter: {failure}") from failure
    except NoVowels as failure:
        raise FormatRefused(f"The vowels that the voice needs could not be added: {failure}") from failure


def _spoken(script: Sequence[Section], seconds: float, engines: Sequence[Engine]) -> list[Recorded]:
    sentences = [sentence for section in script for sentence in section.sentences]
    texts = {(sentence.language, sentence.text): sentence.text for sentence in sentences}
    for language in NEEDS_VOWELS:
        mine = [key for key in texts if key[0] == language]
        if mine:
            texts.update(zip(mine, with_vowels([texts[key] for key in mine], seconds), strict=True))
    breaths = [
        Breath(
            texts[sentence.language, sentence.text],
            voice_for(sentence.language).identifier,
            WORDS_A_MINUTE[sentence.pace],
        )
        for sentence in sentences
    ]
    sound = iter(speak(breaths, seconds, engines))
    return [_joined(section, [next(sound) for _ in section.sentences]) for section in script]


def _joined(section: Section, sound: "Sequence[Samples[int]]") -> Recorded:
    samples = waves.silence(0)
    clips: list[Clip] = []
    for sentence, spoken_samples in zip(section.sentences, sound, strict=True):
        start = len(samples)
        samples.extend(spoken_samples)
        samples.extend(waves.silence(sentence.pause))
        if clips and sentence.place in ("", clips[-1].place):
            clips[-1] = replace(clips[-1], end=len(samples))
        else:
            clips.append(Clip(sentence.place, start, len(samples)))
    return Recorded(section.title, samples, tuple(clips), section.shown)
