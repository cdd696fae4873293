"""Every format says the same words in the same order: a tenant who reads with the ear or the finger misses nothing.

A format joins by a row in ``READERS``: how its made file is read back into words, by its own reader. Formats that
write a word otherwise (audio spells out a reference, braille contracts) give back the words that they were made from,
or a back-translation, and say in their own tests what may differ.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.formats import Choice, File, make
from app.formats.document import Document, plain_words
from tests.formats.readers import words, words_of_html, words_of_pdf, words_of_text
from tests.formats.samples import letter, sample

pytestmark = pytest.mark.usefixtures("letterbox")

Reader = Callable[[File, Document], list[str]]

# format, choice within it → reads the made file's words, without what the format adds of its own (labels, marks).
READERS: list[tuple[str, Choice, Reader]] = [
    ("standard-print", Choice(), words_of_pdf),
    ("large-print", Choice(point_size=16), words_of_pdf),
    ("large-print", Choice(point_size=28), words_of_pdf),
    ("html", Choice(), words_of_html),
    ("text", Choice(), words_of_text),
    # Audio and braille are read back in test_words_heard_and_felt.py.
]

each_format = pytest.mark.parametrize(
    ("kind", "choice", "read"), READERS, ids=[f"{kind}-{choice.point_size}" for kind, choice, _read in READERS]
)


@pytest.mark.parametrize("language", ["en", "cy", "ar", "uk", "ur"])
@each_format
def test_the_made_file_says_the_letters_words_in_order(kind: str, choice: Choice, read: Reader, language: str):
    document = sample(language)
    assert read(make(kind, document, choice), document) == words(" ".join(plain_words(document)))


@each_format
def test_words_that_run_both_ways_and_hyphens_at_line_ends_are_equal_too(kind: str, choice: Choice, read: Reader):
    mixed = " ".join(
        f"well-known{number} Siân-Ŵyn مرحبا-{number} EX{number} 2FZ, 029 2000 000{number}." for number in range(9)
    )
    document = letter(f"<p>{mixed}</p><blockquote>{mixed}</blockquote><ul><li>{mixed}</li></ul>", language="ar")
    assert read(make(kind, document, choice), document) == words(" ".join(plain_words(document)))


@each_format
def test_one_word_left_out_is_seen(kind: str, choice: Choice, read: Reader):
    """The yardstick can fail: a file of a letter with one sentence less has other words."""
    document = sample("en")
    shorter = replace(document, blocks=document.blocks[:-2] + document.blocks[-1:])
    assert read(make(kind, shorter, choice), document) != words(" ".join(plain_words(document)))
