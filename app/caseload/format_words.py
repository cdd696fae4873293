"""Why a letter cannot be made in a format, in words, and what to offer the tenant instead."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.caseload.words import format_words, language_name
from app.formats import can_make, matrix
from app.languages.lists import listed

REASONS: Mapping[str, str] = {
    matrix.NOT_WRITTEN: _l("Our own sentences are not translated into this language."),
    matrix.NO_FONT: _l("We know of no font for this language, so its letters could be missing on paper."),
    matrix.FONT_ABSENT: _l("The font for this language is not installed on this machine."),
    matrix.NO_VOICE: _l("We know of no voice for this language that people understand."),
    matrix.VOICE_ABSENT: _l("The voice is not installed on this machine."),
    matrix.NO_VOWELS: _l("What adds the vowels that the voice needs is not installed on this machine."),
    matrix.SOUND_ABSENT: _l("The program that makes sound files is not installed on this machine."),
    matrix.DISC_ABSENT: _l("The program that writes discs is not installed on this machine."),
    matrix.NO_BRAILLE: _l("Our program cannot write braille in this language."),
    matrix.BRAILLE_ABSENT: _l("The program that writes braille is not installed on this machine."),
}
WE_SPEAK = ("en", "cy")  # what colleagues can read out themselves
# By format: what does most of the same for its reader, the nearest first.
_SOUND = ("audio", "wav", "audio-cd", "talking-book")
_TOUCH = ("braille", "pef")
_SIGHT = ("large-print", "standard-print", "html")
INSTEAD: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(_SOUND, ("audio", "audio-cd", "large-print", "braille")),
    **dict.fromkeys(_TOUCH, ("audio", "large-print", "text")),
    **dict.fromkeys(_SIGHT, ("large-print", "html", "audio", "text")),
    "text": ("html", "audio"),
}


def refused_words(language: str, format_name: str, problem: str | None) -> str:
    """Why, and what instead. ``problem`` is what the machine wrote down, in English, of this one letter."""
    reason = can_make(language, format_name)
    if reason:
        why = str(REASONS[reason])
    elif problem:
        # Translators: %(problem)s is written by a program, in English
        why = _("Something in this letter stands against it. The machine says: %(problem)s", problem=problem)
    else:
        why = _("Something in this letter stands against it.")
    return f"{why} {instead_words(language, format_name, is_of_letter=not reason)}"


def instead_words(language: str, format_name: str, *, is_of_letter: bool = False) -> str:
    """What to offer; ``is_of_letter``: other formats of the same kind may fail for the same words."""
    same = next((kind for kind in (_SOUND, _TOUCH) if format_name in kind and is_of_letter), (format_name,))
    left = [name for name in INSTEAD[format_name] if name not in same and can_make(language, name) is None]
    if not left:
        return _("Offer a call in which an interpreter reads the letter out.")
    formats = listed([format_words(name) for name in left], "or")
    if language in WE_SPEAK:
        return _("Offer instead: %(formats)s; or a call in which somebody reads the letter out.", formats=formats)
    offered = _("Offer instead: %(formats)s; or a call in which an interpreter reads the letter out.", formats=formats)
    if can_make(language, format_name) != matrix.NO_BRAILLE:
        return offered
    service = _("A transcription service may write it in braille: ask one before you promise it.")
    return f"{offered} {service}"


def matrix_rows(languages: list[str], formats: list[str]) -> list[tuple[str, list[tuple[str, str | None]]]]:
    """Each format in words, with what stands against it in each language: the tag, and nothing or why and what then."""
    return [(format_words(name), [(tag, _against(tag, name)) for tag in languages]) for name in formats]


def _against(language: str, format_name: str) -> str | None:
    return refused_words(language, format_name, None) if can_make(language, format_name) else None


def languages_in_words(languages: list[str]) -> list[str]:
    return [language_name(tag) for tag in languages]
