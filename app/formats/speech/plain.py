"""Text made safe and sayable. What a tenant typed is data: no mark in it may steer the voice."""

import re
import unicodedata

from app.formats.characters import clean
from app.formats.sentences import SENTENCE_END
from app.formats.speech import words
from app.formats.speech.clock import with_times
from app.formats.speech.names import DIGITS, LETTERS
from app.formats.speech.numerals import agreed
from app.languages import current_language

LONGEST_WORD = 30  # characters; no word of a letter is longer, so what is longer is broken up as it has no sound
PIECE = 12
LONGEST_BREATH = 400  # characters in one sentence handed to the voice
FIRST_PLACE, LAST_PLACE = "\ue000", "\uf8ff"  # private use: ``spoken`` keeps a fact's place with them

_NOT_SAID = re.compile("[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ue000-\uf8ff\U000f0000-\U0010ffff]")
# The espeak-ng command takes [[…]] as sounds and not as words.
_SOUNDS = re.compile(r"\[(?=\[)")
_REPEATED_SIGN = re.compile(r"([^\w\s])\1{2,}")
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
# The shape of a British postcode (Royal Mail), in capitals as it is written in an address.
POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][0-9A-Z]?) ?([0-9][A-Z]{2})\b")
# A number that is not counted with but copied: it begins with 0, or is long.
_COPIED_NUMBER = re.compile(r"(?<![\w.,£])\+?(?:0\d{2,}|\d{5,})(?:[ -]\d{3,})*(?![\w,.]*\d)")
_POUNDS = re.compile(r"£ ?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d\d))?(?![\d.,]*\d)")


def sayable(text: str) -> str:
    """One line: no control or direction marks, rows of one sign, words too long to say, or digits of other scripts."""
    text = _NOT_SAID.sub("", clean(text))
    text = "".join(ascii_digit(character) for character in text)
    text = _REPEATED_SIGN.sub(r"\1", _SOUNDS.sub("[ ", text))
    return " ".join(_LONG_WORD.sub(_broken_up, text).split())


def ascii_digit(character: str) -> str:
    """Arabic-Indic and other decimal digits as 0 to 9; anything else as it is."""
    return str(unicodedata.decimal(character)) if unicodedata.category(character) == "Nd" else character


def _broken_up(match: re.Match[str]) -> str:
    word = match[0]
    return " ".join(word[start : start + PIECE] for start in range(0, len(word), PIECE))


def is_sayable(text: str) -> bool:
    """Whether the voice makes any sound of it: letters, digits and signs with a name, but not punctuation alone."""
    return any(
        unicodedata.category(character)[0] in "LN" or unicodedata.category(character) == "So" for character in text
    )


def with_copied_facts(text: str, language: str) -> str:
    """What stands inside plain words: postcodes and phone numbers character by character, times and pounds in full.

    Amounts need words of the language: those of another than the letter's are left to the voice.
    """
    if language == current_language().tag:
        text = _POUNDS.sub(_amount, text)
    text = agreed(with_times(text, language), language)
    text = POSTCODE.sub(lambda found: one_by_one(f"{found[1]} {found[2]}", language), text)
    return _COPIED_NUMBER.sub(lambda found: one_by_one(found[0], language), text)


def _amount(found: re.Match[str]) -> str:
    return words.pounds_and_pence(int(found[1].replace(",", "")), int(found[2] or 0))


def one_by_one(text: str, language: str) -> str:
    """``K7M4-QX9T`` → "K, seven, M, four; Q, X, nine, T": each letter and digit named, groups set apart."""
    groups = ([name_of(character, language) for character in group] for group in groups_of(text))
    return "; ".join(", ".join(names) for names in groups)


def groups_of(text: str) -> list[str]:
    """The letters and digits of a reference, number or postcode, in the groups in which it is written."""
    return re.findall(r"[A-Za-z0-9]+", "".join(ascii_digit(character) for character in text).upper())


def name_of(character: str, language: str) -> str:
    if character.isdecimal():
        return DIGITS.get(language, DIGITS["en"])[int(character)]
    return LETTERS.get(language, {}).get(character, character)


def sentences_of(text: str) -> list[str]:
    """Text cut where a voice breathes, no piece longer than LONGEST_BREATH."""
    return [piece for sentence in SENTENCE_END.split(text) for piece in _breaths(sentence) if piece]


def _breaths(sentence: str) -> list[str]:
    breaths: list[str] = []
    while len(sentence) > LONGEST_BREATH:
        cut = max(sentence.rfind(sign, 1, LONGEST_BREATH) for sign in (", ", "، ", "; "))
        cut = cut + 1 if cut > 0 else sentence.rfind(" ", 1, LONGEST_BREATH)
        cut = cut if cut > 0 else LONGEST_BREATH
        breaths.append(sentence[:cut].strip())
        sentence = sentence[cut:].strip()
    return [*breaths, sentence.strip()]
