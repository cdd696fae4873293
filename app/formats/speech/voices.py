"""Which voice reads which language, read from ``voices.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.formats.document import FormatRefused


@dataclass(frozen=True)
class Voice:
    """``iso_639_2`` as an ID3 tag has the language; ``espeak_ng`` the voice that is always there.

    ``piper`` the locales of better voices that will do, the best first. Addresses outside the postcode areas ``home``
    are said in the language ``elsewhere``, where that is set.
    """

    iso_639_2: str
    espeak_ng: str
    piper: tuple[str, ...] = ()
    home: frozenset[str] = frozenset()
    elsewhere: str = ""


def _read() -> dict[str, Voice]:
    table = tomllib.loads(Path(__file__).with_name("voices.toml").read_text(encoding="utf-8"))
    return {
        language: Voice(
            entry["iso_639_2"],
            entry["espeak_ng"],
            tuple(entry["piper"]),
            frozenset(entry.get("home", ())),
            entry.get("elsewhere", ""),
        )
        for language, entry in table.items()
    }


VOICES = _read()
ESPEAK_NG_VOICES: Mapping[str, str] = {language: voice.espeak_ng for language, voice in VOICES.items()}


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
