"""Audio and braille say the same words as print, in the same order.

The voice spells what has a digit in it and the braille of a fact may be spaced otherwise, so the yardstick is the
letter's plain words: those of letters only. The facts have tests of their own.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

import pytest

from app.formats import Choice, make
from app.formats.braille_reading import read_back
from app.formats.braille_tables import CODES
from app.formats.document import Document, Fact, plain_words
from app.formats.speech.spoken import script_of
from app.languages import LANGUAGES, speaking
from tests.formats.samples import sample

pytestmark = pytest.mark.usefixtures("letterbox")


def bare(text: str) -> list[str]:
    """Words of letters only, without case, points or quotation marks."""
    composed = unicodedata.normalize("NFC", text.replace("’", "'")).casefold()
    return [word for word in (raw.strip("\"'.,:;?!()[]“”،؟") for raw in composed.split()) if word.isalpha()]


def in_words_only(document: Document) -> Document:
    """The letter without its facts, which each format writes in its own way."""

    def without_facts(block: object) -> object:
        content = getattr(block, "content", None)
        if content is None:
            return block
        return replace(block, content=tuple(part for part in content if not isinstance(part, Fact)))  # type: ignore[type-var]

    return replace(document, blocks=tuple(without_facts(block) for block in document.blocks))  # type: ignore[misc]


def body(document: Document) -> list[str]:
    """The words after the letter's head: a voice says who the letter is from and for in sentences of its own."""
    head = len(plain_words(replace(document, blocks=())))
    return bare(" ".join(plain_words(document)[head:]))


def first_word_lost(expected: Iterable[str], said: list[str]) -> str | None:
    """The first of the expected words that does not follow, in order; None when all of them do."""
    rest = iter(said)
    return next((word for word in expected if word not in rest), None)


def heard(document: Document) -> list[str]:
    with speaking(document.language):
        return bare(" ".join(sentence.text for part in script_of(document) for sentence in part.sentences))


def felt(document: Document, grade: int) -> list[str]:
    brf = make("braille", document, Choice(braille_grade=grade)).content.decode("ascii")
    return bare(read_back(brf, document.language, grade))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_letter_is_said_in_order(language: str):
    document = in_words_only(sample(language))
    assert len(body(document)) > 30
    assert first_word_lost(body(document), heard(document)) is None


@pytest.mark.parametrize("grade", [1, 2])
def test_every_word_of_the_letter_can_be_felt_in_order(grade: int):
    document = in_words_only(sample("en"))
    expected = bare(" ".join(plain_words(document)))
    assert first_word_lost(expected, felt(document, grade)) is None


@pytest.mark.parametrize("language", sorted(set(CODES) - {"en"}))
def test_every_number_of_the_letter_can_be_felt_where_words_cannot_be_read_back(language: str):
    made = make("braille", sample(language), Choice(braille_grade=1)).content.decode("ascii")
    digits = re.findall(r"#([A-J]+)", re.sub(r"\r\n +", "", made))
    numbers = {run.translate(str.maketrans("ABCDEFGHIJ", "1234567890")) for run in digits}
    expected = {number for word in plain_words(sample(language)) for number in re.findall(r"\d{2,}", word)}
    assert expected <= numbers


def test_one_word_left_out_is_noticed():
    document = in_words_only(sample("en"))
    shorter = replace(document, blocks=document.blocks[:-2] + document.blocks[-1:])
    expected = body(document)
    assert first_word_lost(expected, heard(shorter)) is not None
    assert first_word_lost(expected, felt(shorter, 2)) is not None
