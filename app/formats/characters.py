"""What a tenant typed is kept as typed, but for the characters that are no part of any word.

Left out: what XML cannot hold, and the marks that turn the order of the words after them (U+202A to U+202E and
U+2066 to U+2069): a name must not be able to turn round the telephone number behind it. The formats set their own.
"""

import re
import unicodedata
from collections.abc import Iterator

MARKS_ON_A_LETTER = 4  # the most that a living spelling needs; towers of marks would print over the lines above
# Tab, line feed and carriage return count as white space; so do the other characters that end a line.
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_NO_PART_OF_A_WORD = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ufffe\uffff"
    "\ufdd0-\ufdef\U000e0000-\U000e0fff"
    "\ud800-\udfff" + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17)) + "]"
)
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_TOWER = re.compile(f"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{{{MARKS_ON_A_LETTER}}})"
                    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+")  # fmt: skip
_WHITE_SPACE = re.compile("[ \t\n]+")


def clean(text: str) -> str:
    """The text in composed form (NFC), its lines ended by a line feed, without characters that are no part of a word.

    Joiners (U+200C, U+200D), direction marks (U+200E, U+200F, U+061C) and no-break spaces stay: spelling needs them.
    A character for private use means nothing to another reader: U+FFFD stands for it.
    """
    text = _NO_PART_OF_A_WORD.sub("", _LINE_ENDS.sub("\n", text))
    text = _PRIVATE.sub("\ufffd", text)
    return _TOWER.sub(r"\1", unicodedata.normalize("NFC", text))


def one_line(text: str) -> str:
    """The cleaned text with each run of white space as one space, and none at its ends."""
    return _WHITE_SPACE.sub(" ", clean(text)).strip(" ")


def squeezed(text: str) -> str:
    """As ``one_line``, but white space at the ends stays, as one space: it parts this run of words from the next."""
    return _WHITE_SPACE.sub(" ", clean(text))


def is_right_to_left(text: str) -> bool | None:
    """The direction of the first letter that has one; None when no letter has (digits, signs)."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return None


def has_latin(text: str) -> bool:
    return any("LATIN" in unicodedata.name(character, "") for character in text)


_WORD = "[0-9A-Za-z\u00c0-\u024f]"
_NUMBER = re.compile(r"(?<!\w)(?:\(\+?\d+\)|\+?\d+)(?:[ \u00a0-](?:\(\d+\)|\d+))+|(?<!\w)\+\d+")
_NUMBER_OR_ADDRESS = re.compile(
    rf"(?<!\w)(?:\(\+?\d+\)|\+?\d{_WORD}*)(?:[ \u00a0+/.'’-](?:\({_WORD}+\)|{_WORD}+))+|(?<!\w)\+\d+"
)


def numbers_apart(text: str, *, is_right_to_left: bool) -> Iterator[tuple[bool, str]]:
    """The text in pieces: True for the groups of digits, such as telephone numbers, that belong together.

    From right to left, words of Latin letters behind a number belong to it: there "029 2000 0000" would stand as
    "0000 2000 029", and "14 Orchard Close" as "Orchard Close 14".
    """
    end = 0
    for match in (_NUMBER_OR_ADDRESS if is_right_to_left else _NUMBER).finditer(text):
        if match.start() > end:
            yield False, text[end : match.start()]
        yield True, match[0]
        end = match.end()
    if end < len(text):
        yield False, text[end:]
