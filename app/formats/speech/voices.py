"""Which voice reads which language. A language that is not here has none, and is refused rather than mispronounced."""

from dataclasses import dataclass

from app.formats.document import FormatRefused
from app.formats.speech.script import Pace

# Words a minute. Narrated books run at 150 to 160; a synthetic voice is understood a little slower.
WORDS_A_MINUTE: dict[Pace, int] = {"plain": 145, "slow": 115}


@dataclass(frozen=True)
class Voice:
    """``identifier`` as eSpeak NG 1.51 has it (its file under voices); ``iso_639_2`` as an ID3 tag has the language."""

    identifier: str
    iso_639_2: str


VOICES = {
    "en": Voice("gmw/en", "eng"),
    "cy": Voice("cel/cy", "cym"),
    "ar": Voice("sem/ar", "ara"),
}


def has_voice(language: str) -> bool:
    return language in VOICES


def voice_for(language: str) -> Voice:
    """Raises FormatRefused when no voice speaks the language."""
    if language not in VOICES:
        raise FormatRefused(
            f"There is no voice for the language {language!r}. "
            "Offer large print or braille instead, or a call with an interpreter who reads the letter out."
        )
    return VOICES[language]
