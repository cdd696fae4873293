"""Sentences → cells, each language and each address in its own code."""

import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from app.formats import labels
from app.formats.braille_scripts import addresses_in, passages_in
from app.formats.braille_tables import (
    ADDRESS_TABLE,
    CLOSE_OTHER_CODE,
    CODES,
    LETTER_BEHIND_NUMBER,
    OPEN_OTHER_CODE,
    OTHER_SCRIPTS,
    SIGNS_FROM,
)
from app.formats.characters import one_line
from app.formats.document import Fact, FormatRefused, Inline
from app.formats.speech.plain import ascii_digit

_CHILD = str(Path(__file__).with_name("braille_child.py"))
SECONDS = 60
KEPT_BLANK = "\u00a0"  # stands for a blank cell at which no line is broken, until lines are made
WRITTEN_PLAINLY = frozenset({"reference", "postcode", "email", "link"})  # codes and addresses: never contracted
KNOW_RAISED_DIGITS = frozenset({"en"})  # the other tables write ½ and ² as other signs, without a number sign
_INVISIBLE = re.compile("[\u061c\u200b-\u200f\u2060\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")
_WRITTEN_AS = {"…": "...", "\u2011": "-", "\u00a0": " ", "\u202f": " "}
# The older codes know the typewriter's marks only.
_WRITTEN_AS_IN = {
    "cy": {"’": "'", "‘": "'", "–": "—", "•": "-"},
    "ar": {"–": "-"},
    "pl": {"•": "-"},
    "ur": {"–": "-"},
    "pt": {"’": "'", "‘": "'"},
}
# Welsh braille gives the digits after a colon no number sign, and am after a number no letter sign: 16.59, 9 am.
_CLOCK = re.compile(r"\b([0-9]{1,2}):([0-9]{2})(?![0-9])")
_HALF_OF_THE_DAY = re.compile(r"(?<=[0-9])(?=[ap]m\b)")
# Not in addresses, nor in passages of another code.
_OWN_SIGNS = {"ur": {",": "،", ";": "؛", "?": "؟", ".": "۔", **{sign: sign for sign in "،؛؟۔«»"}}}
_LETTER_BEHIND_NUMBER = re.compile("(?<=[0-9])(?=[a-j\u0400-\u04ff\u0620-\u06d3])")


@dataclass(frozen=True)
class Translated:
    """``cells`` with KEPT_BLANK inside facts; ``text`` as translated, ``back`` the same as liblouis reads the cells.

    Both without what stands in another code; ``digits`` are those of the whole. ``shown`` is the whole text, and
    ``origins`` says for each cell which place in it the cell comes from.
    """

    cells: str
    text: str
    back: str
    digits: str
    shown: str = ""
    origins: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Mark:
    """What has to be known of one character."""

    table: str
    is_switched: bool = False
    is_kept: bool = False
    is_plain: bool = False


_Marked = list[tuple[str, _Mark]]


def table_for(language: str, grade: int) -> str:
    """Raises FormatRefused when the language has no braille table that is fit, or none of this grade."""
    code = CODES.get(language)
    if code is None or grade not in code.tables:
        raise FormatRefused(
            f"There is no braille table for the language {language!r}, grade {grade}. "
            "Offer large print or audio instead."
        )
    return code.tables[grade]


class Translator:
    """One letter's language and grade."""

    def __init__(self, language: str, grade: int) -> None:
        self.language, self.grade = language, grade
        self.table = table_for(language, grade)

    def translate(self, sentences: Iterable[Sequence[Inline]]) -> list[Translated]:
        """Each sentence's cells, in order. Raises FormatRefused when liblouis fails."""
        marked = [self._marked(content) for content in sentences]
        pieces = [list(_pieces(sentence)) for sentence in marked]
        jobs = [self._job(mark, piece) for sentence in pieces for mark, piece in sentence]
        made = iter(run(jobs))
        return [_joined([(mark, next(made)) for mark, _ in sentence]) for sentence in pieces]

    def _marked(self, content: Sequence[Inline]) -> _Marked:
        return [mark for run_ in content for mark in self._run(run_)]

    def _run(self, run_: Inline) -> Iterator[tuple[str, _Mark]]:
        text = self.written(run_.text)
        if self.language == "cy" and not (isinstance(run_, Fact) and run_.kind in WRITTEN_PLAINLY):
            text = _HALF_OF_THE_DAY.sub(" ", _CLOCK.sub(r"\1.\2", text))
        if isinstance(run_, Fact):
            is_kept, is_plain = run_.kind != "time", run_.kind in WRITTEN_PLAINLY
            for character, mark in self._words(text, self.language):
                yield character, _Mark(mark.table, mark.is_switched, is_kept, is_plain)
        else:
            yield from self._words(text, run_.language or self.language)

    def written(self, text: str) -> str:
        """The text with the signs that braille knows: ASCII digits above all, as others get no number sign."""
        signs = _WRITTEN_AS | _WRITTEN_AS_IN.get(self.language, {})
        kept = _INVISIBLE.sub("", text)
        return "".join(signs.get(character) or self._sign(character) for character in kept)

    def _sign(self, character: str) -> str:
        if character.isspace():
            return " "
        if unicodedata.category(character) == "No" and self.language not in KNOW_RAISED_DIGITS:
            return unicodedata.normalize("NFKC", character).replace("\u2044", "/")
        return ascii_digit(character)

    def _words(self, text: str, language: str) -> Iterator[tuple[str, _Mark]]:
        is_other = language != self.language and language in CODES  # else UEB's accents do for a few foreign words
        table = self._table_of(language) if is_other else self.table
        end = 0
        for start, stop, other in passages_in(OTHER_SCRIPTS.get(language, ()), text):
            yield from self._with_addresses(text[end:start], language, _Mark(table, is_other))
            back_home = other == self.language
            inner = self.table if back_home else self._table_of(other)
            yield from self._with_addresses(text[start:stop], other, _Mark(inner, is_switched=not back_home))
            end = stop
        yield from self._with_addresses(text[end:], language, _Mark(table, is_other))

    def _with_addresses(self, text: str, language: str, mark: _Mark) -> Iterator[tuple[str, _Mark]]:
        """Addresses in the midst of words are never contracted, and in a code without ``@`` are written in UEB."""
        table = mark.table if language == "en" else ADDRESS_TABLE
        end = 0
        for start, stop in addresses_in(text):
            yield from self._plain(text[end:start], language, mark)
            yield from ((character, _Mark(table, mark.is_switched, True, True)) for character in text[start:stop])
            end = stop
        yield from self._plain(text[end:], language, mark)

    def _plain(self, text: str, language: str, mark: _Mark) -> Iterator[tuple[str, _Mark]]:
        """Words of one code, with signs that it lacks from another of the same script."""
        if language in LETTER_BEHIND_NUMBER:
            text = _LETTER_BEHIND_NUMBER.sub(" ", text)
        own = _OWN_SIGNS.get(language, {})
        borrowed = _Mark(SIGNS_FROM.get(language, mark.table), mark.is_switched)
        for character in text:
            is_borrowed = unicodedata.category(character)[0] in "PS" and character not in own
            yield own.get(character, character), borrowed if is_borrowed else mark

    def _table_of(self, other: str) -> str:
        """Another language's table: uncontracted, as its contractions may not be known to the reader."""
        return table_for(other, 1)

    def _job(self, mark: _Mark, piece: _Marked) -> dict[str, Any]:
        text = "".join(character for character, _ in piece)
        return {
            "table": mark.table,
            "text": text,
            "kept": [int(each.is_kept) for _, each in piece],
            "plain": [int(each.is_plain) for _, each in piece],
            "instead": {character: self._instead(character) for character in set(text) if not character.isascii()},
        }

    def _instead(self, character: str) -> list[str]:
        """What may stand for a character that the table does not know: its letter without the mark, or its name."""
        bare = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
        name = unicodedata.name(character, "").lower().replace("-", " ")
        named = f"({name})" if name and self.language == "en" else labels.no_glyph(f"U+{ord(character):04X}")
        return [bare, named] if bare and bare != character else [named]


def _pieces(marked: _Marked) -> Iterator[tuple[_Mark, _Marked]]:
    """Neighbours that are written in one code."""
    for (table, is_switched), group in groupby(marked, key=lambda pair: (pair[1].table, pair[1].is_switched)):
        yield _Mark(table, is_switched), list(group)


def _joined(pieces: Sequence[tuple[_Mark, dict[str, Any]]]) -> Translated:
    cells, texts, backs, digits = [], [], [], []
    shown, origins = "", list[int]()
    for mark, made in pieces:
        piece = "".join(
            KEPT_BLANK if cell == "\u2800" and kept else cell
            for cell, kept in zip(made["cells"], made["kept"], strict=True)
        )
        places = [len(shown) + origin for origin in made["origins"]]
        if mark.is_switched and piece:
            piece = f"{OPEN_OTHER_CODE}{piece}{CLOSE_OTHER_CODE}"
            places = [places[0]] * len(OPEN_OTHER_CODE) + places + [places[-1]] * len(CLOSE_OTHER_CODE)
        cells.append(piece)
        origins += places
        shown += made["text"]
        digits.append(re.sub(r"\D", "", unicodedata.normalize("NFKC", made["text"])))
        if not mark.is_switched:
            texts.append(made["text"])
            backs.append(made["back"])
    text, back = one_line(" ".join(texts)), one_line(" ".join(backs))
    return Translated("".join(cells), text, back, "".join(digits), shown, tuple(origins))


def run(jobs: Sequence[dict[str, Any]], seconds: float = SECONDS) -> list[Any]:
    """Let liblouis do the jobs, in a process of its own. Raises FormatRefused when it fails or takes too long."""
    try:
        ended = subprocess.run(  # noqa: S603  our own script
            [sys.executable, "-I", _CHILD, str(seconds)],
            input=json.dumps(jobs).encode(),
            capture_output=True,
            check=True,
            timeout=seconds,
        )
        return list(json.loads(ended.stdout))
    except subprocess.CalledProcessError as wrong:
        said = wrong.stderr.decode(errors="replace").strip()[-400:]
        raise FormatRefused(f"liblouis ended with {wrong.returncode}: {said}") from wrong
    except (OSError, subprocess.TimeoutExpired, ValueError) as wrong:
        raise FormatRefused(f"liblouis: {wrong}") from wrong
