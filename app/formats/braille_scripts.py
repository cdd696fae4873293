"""Finds, in plain words, what is written in another code of braille: another script, and addresses.

Word by word, in one pass: a tenant's twenty thousand signs without a space must not keep a worker busy for minutes.
"""

import re
from collections.abc import Iterable, Iterator

_PIECE = re.compile(r"[\u0590-\u08ff]+|[^\s\u0590-\u08ff]+")  # of one direction
_LATIN_LETTER = re.compile("[A-Za-z\u00c0-\u024f]")
_ARABIC_LETTER = re.compile("[\u0620-\u064a\u066e-\u06d3]")
_LETTERS = {"latin": _LATIN_LETTER, "arabic": _ARABIC_LETTER, "cyrillic": re.compile("[\u0400-\u04ff]")}
_BEHIND_A_WORD = ".,;:!?)\"'»"
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+[^\s.,;:!?)]|[^\s@]+@[^\s@]+\.[A-Za-z]+")
LONGEST_ADDRESS = 254  # characters, RFC 5321; browsers' own limit for web addresses is of no use to a reader

Span = tuple[int, int]


def runs_of(script: str, text: str) -> Iterator[Span]:
    """Where neighbouring words of the script stand (of ``_LETTERS``), without the punctuation behind the last.

    A number between or behind Latin words belongs to them (PO Box 1484).
    """
    letter = _LETTERS[script]
    start = end = -1
    for piece in _PIECE.finditer(text):
        word = piece[0].rstrip(_BEHIND_A_WORD) or piece[0]
        is_ours = letter.search(word) is not None
        if is_ours or (start >= 0 and script == "latin" and word.isdecimal()):
            start = piece.start() if start < 0 else start
            end = piece.start() + len(word)
        elif start >= 0:
            yield start, end
            start = -1
    if start >= 0:
        yield start, end


def passages_in(scripts: Iterable[tuple[str, str]], text: str) -> Iterator[tuple[int, int, str]]:
    """Where words of other scripts stand, and the language that writes them; each place once, in order.

    ``scripts``: each with its language. A word of two scripts belongs to the one in which it was found first.
    """
    end = 0
    found = ((start, stop, language) for script, language in scripts for start, stop in runs_of(script, text))
    for start, stop, language in sorted(found):
        if start >= end:
            yield start, stop, language
            end = stop


def addresses_in(text: str) -> Iterator[Span]:
    """Web and e-mail addresses."""
    for word in re.finditer(r"\S+", text):
        if len(word[0]) <= LONGEST_ADDRESS and (found := _ADDRESS.search(word[0])):
            yield word.start() + found.start(), word.start() + found.end()
