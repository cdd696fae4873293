"""Which language can be made in which format, from what this machine has: asked before a letter is, and cheap.

Each format may still refuse a letter for what stands in it; here is only what no letter of the language could have.
"""

import shutil
from collections.abc import Callable
from ctypes.util import find_library
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from app.formats import FORMATS, fonts
from app.formats.braille_tables import CODES
from app.formats.speech.voices import VOICES, has_voice
from app.languages import LANGUAGES

# Why a language cannot be made in a format. Keys: their words stand where they are shown.
NOT_WRITTEN = "not-written"  # our own sentences are not translated into it
NO_FONT, FONT_ABSENT = "no-font", "font-absent"  # none is known for it; it is not installed
NO_VOICE, VOICE_ABSENT = "no-voice", "voice-absent"
NO_VOWELS = "no-vowels"  # what adds the vowel marks that the voice needs is not installed
SOUND_ABSENT, DISC_ABSENT = "sound-absent", "disc-absent"  # ffmpeg; what writes a disc's image
NO_BRAILLE, BRAILLE_ABSENT = "no-braille", "braille-absent"
REASONS = (
    NOT_WRITTEN, NO_FONT, FONT_ABSENT, NO_VOICE, VOICE_ABSENT, NO_VOWELS, SOUND_ABSENT, DISC_ABSENT, NO_BRAILLE,
    BRAILLE_ABSENT,
)  # fmt: skip
# Debian's packages, or Python's, that bring what is absent.
BROUGHT_BY = {
    FONT_ABSENT: "fonts-noto-core",
    VOICE_ABSENT: "espeak-ng, libespeak-ng1",
    NO_VOWELS: "text2tashkeel",
    SOUND_ABSENT: "ffmpeg",
    DISC_ABSENT: "pycdlib",
    BRAILLE_ABSENT: "python3-louis, liblouis-data",
}
BRAILLE_BINDING = Path("/usr/lib/python3/dist-packages/louis/__init__.py")
BRAILLE_TABLES = Path("/usr/share/liblouis/tables")
_NEEDS_VOWELS = "ar"


def reason_against(language: str, format_name: str) -> str | None:
    """One of REASONS; None where letters in the language (a tag) can be made so. Raises KeyError for no format."""
    check = _CHECKS[format_name]
    return NOT_WRITTEN if language not in LANGUAGES else check(language)


def formats_for(language: str) -> list[str]:
    """All that can be made in the language, in the usual order."""
    return [name for name in FORMATS if reason_against(language, name) is None]


def made_with(language: str, format_name: str) -> str:
    """What makes it, where all is installed: fonts, a voice, braille tables by grade. Empty where nothing can."""
    if _CHECKS[format_name] is _print and language in fonts.FOR_LANGUAGE:
        return ", ".join((fonts.MAIN, *fonts.FOR_LANGUAGE[language]))
    if _CHECKS[format_name] in (_sound, _disc) and has_voice(language):
        return f"eSpeak NG {VOICES[language].espeak_ng}"
    if _CHECKS[format_name] is _braille and language in CODES:
        return ", ".join(f"grade {grade}: {table}" for grade, table in sorted(CODES[language].tables.items()))
    return ""


def _words(language: str) -> str | None:
    return None


def _print(language: str) -> str | None:
    if language not in fonts.FOR_LANGUAGE:
        return NO_FONT
    needed = (fonts.MAIN, *fonts.FOR_LANGUAGE[language])
    return None if all(family in fonts.installed() for family in needed) else FONT_ABSENT


def _sound(language: str) -> str | None:
    if not has_voice(language):
        return NO_VOICE
    if not _has_voices():
        return VOICE_ABSENT
    if language == _NEEDS_VOWELS and find_spec("text2tashkeel") is None:
        return NO_VOWELS
    return None if shutil.which("ffmpeg") else SOUND_ABSENT


def _disc(language: str) -> str | None:
    return _sound(language) or (None if find_spec("pycdlib") else DISC_ABSENT)


@cache
def _has_voices() -> bool:
    return shutil.which("espeak-ng") is not None or find_library("espeak-ng") is not None


def _braille(language: str) -> str | None:
    if language not in CODES:
        return NO_BRAILLE
    tables = [BRAILLE_TABLES / table for table in CODES[language].tables.values()]
    return None if BRAILLE_BINDING.exists() and all(table.exists() for table in tables) else BRAILLE_ABSENT


_CHECKS: dict[str, Callable[[str], str | None]] = {
    "standard-print": _print,
    "large-print": _print,
    "html": _words,
    "text": _words,
    "audio": _sound,
    "audio-cd": _disc,
    "wav": _sound,
    "talking-book": _sound,
    "braille": _braille,
    "pef": _braille,
}


def as_markdown() -> str:
    """The matrix as a page of ``docs/``: one row a format, one column a language."""
    tags = list(LANGUAGES)
    lines = [
        _HEAD.strip(),
        "",
        f"| Format | {' | '.join(f'{LANGUAGES[tag].own_name} (`{tag}`)' for tag in tags)} |",
        f"| --- |{' --- |' * len(tags)}",
    ]
    for name in FORMATS:
        lines.append(f"| `{name}` | {' | '.join(_cell(tag, name) for tag in tags)} |")
    lines += ["", "## What brings what", "", "| Where this is absent | install |", "| --- | --- |"]
    lines += [f"| {reason} | {packages} |" for reason, packages in BROUGHT_BY.items()]
    return "\n".join([*lines, "", _FOOT.strip(), ""])


def _cell(language: str, format_name: str) -> str:
    reason = reason_against(language, format_name)
    if reason:
        return f"no: {reason}"
    means = made_with(language, format_name)
    return f"yes ({means})" if means else "yes"


_HEAD = """
# Languages and formats

Written by `flask --app wsgi letters formats --markdown`; a test holds this page against what the code knows. Colleagues
see the same for their own machine at `/staff/formats`, with what to offer where a format cannot be made.
"""
_FOOT = """
Sound is spoken by better voices where an operator has put any (`SPEECH_VOICES`, [operating.md](operating.md)). A letter
may still be refused for what stands in it: numbers that do not read back from their braille, a voice that broke off.
Then the page of the case says so, and what to offer.

## A language more

1. Its entry in `app/languages` and its catalogue in `translations/`, whole: until then it is *not-written*.
2. `app/formats/fonts.py`, `FOR_LANGUAGE`: the fonts that it needs beside the main one.
3. `app/formats/speech/voices.toml`: its voice; `spoken.py` and its neighbours, where numbers are said differently.
4. `app/formats/braille_tables.py`, `CODES`: its tables by grade, and whether they can be read back.
5. `letters formats --markdown`, and `letters check` on every letter.
"""
