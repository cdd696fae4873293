"""What a made file says beside the letter's own words is in the letter's language: heads, feet, labels, what is heard.

The letter's words are those of ``samples``, without the English that it quotes; whatever else is found is a format's.
"""

import io
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from flask import render_template
from lxml import etree, html

from app import formats
from app.formats import Choice, disc_labels, labels
from app.formats.braille_pages import make_pages
from app.formats.document import Document, Quotation, plain_words
from app.formats.speech.names import DIGITS
from app.formats.speech.spoken import script_of
from app.formats.talking_book import clock, summary
from app.languages import speaking
from tests.formats.readers import written
from tests.formats.samples import sample
from tests.laws.english import NAMES, English, Piece, english_in
from tests.laws.pieces import pieces
from tests.rig.turns import in_turn

pytestmark = pytest.mark.usefixtures("letterbox")
TAGS = in_turn("files", with_english=False)
ALTERNATIVES = ("/Alt", "/ActualText", "/E", "/TU", "/Contents")
BOOK = ("nav.xhtml", "package.xml")


@pytest.fixture(scope="module", params=TAGS)
def document(request: pytest.FixtureRequest) -> Document:
    letter = sample(request.param)
    unquoted = tuple(block for block in letter.blocks if not isinstance(block, Quotation))
    return replace(letter, blocks=unquoted, print_pages=tuple(1 for _block in unquoted))


def english_of(document: Document, said: Iterator[Piece]) -> list[str]:
    own = {word.strip(".,:;!?()") for word in plain_words(document)}
    own |= {part for word in own if "." in word for part in re.split("[.@]", word)}  # addresses, letter by letter
    return english_in(said, English({*NAMES, *DIGITS[document.language], *(word for word in own if len(word) > 1)}))


def in_language(document: Document, said: Iterator[str], where: str) -> Iterator[Piece]:
    return (Piece(words, document.language, where) for words in said)


def of_print(content: bytes, path: Path) -> Iterator[str]:
    """Its pages with their feet, its title, its bookmarks, and what is said of pictures and links."""
    yield from subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout.splitlines()
    with pikepdf.open(io.BytesIO(content)) as pdf:  # its keywords are a mark for our own check, and shown by nothing
        yield from (str(value) for name, value in pdf.docinfo.items() if name in ("/Title", "/Subject"))
        with pdf.open_outline() as outline:
            waiting = list(outline.root)
            while waiting:
                one = waiting.pop()
                yield one.title
                waiting += one.children
        for each in pdf.objects:
            if isinstance(each, pikepdf.Dictionary):
                yield from (str(each[name]) for name in ALTERNATIVES if isinstance(each.get(name), pikepdf.String))


def test_print_says_no_english(document: Document, tmp_path: Path) -> None:
    file = formats.make("standard-print", document)
    said = list(of_print(file.content, written(file, tmp_path)))
    assert len([words for words in said if words == document.title]) >= 1
    words = (one for one in said if not one.startswith(("mailto:", "tel:")))
    assert english_of(document, in_language(document, words, "print")) == []
    with pikepdf.open(io.BytesIO(file.content)) as pdf:
        assert str(pdf.Root.Lang).lower().startswith(document.language)


def test_html_and_text_say_no_english(document: Document) -> None:
    root = html.fromstring(formats.make("html", document).content.decode()).getroottree().getroot()
    assert root.get("lang") == document.language
    assert english_of(document, pieces(root)) == []
    lines = formats.make("text", document).content.decode().splitlines()
    assert english_of(document, in_language(document, iter(lines), "text")) == []


def test_a_voice_says_no_english(document: Document) -> None:
    """The titles of parts are those of chapters and tracks, too."""
    with speaking(document.language):
        parts = script_of(document)
    said = [Piece(one.text, one.language, "voice") for part in parts for one in part.sentences]
    said += [Piece(part.title, document.language, "part") for part in parts]
    assert english_of(document, (replace(one, words=one.words.replace("'", "’")) for one in said)) == []


def test_braille_says_no_english(document: Document) -> None:
    if formats.can_make(document.language, "braille") is not None:
        pytest.skip("there is no braille of ours in this language")
    pages = make_pages(document, Choice(braille_grade=1))
    felt = [one.shown or one.text for one in (*pages.sentences, *filter(None, pages.in_print))]
    assert felt
    assert english_of(document, in_language(document, iter(felt), "braille")) == []


def test_the_case_of_a_disc_and_the_book_say_no_english(document: Document) -> None:
    with speaking(document.language) as language:
        kinds = (disc_labels.audio_cd(), disc_labels.for_players())
        marks = [disc_labels.Label(kind, (), disc=1, discs=2) for kind in kinds]
        said = [line for mark in marks for line in disc_labels._text(document, mark).splitlines()]
        said += [summary(), labels.page("1", "2"), labels.continued(), labels.print_page("1")]
        about = {"document": document, "contents": (), "pages": (), "summary": summary(), "language": language.tag,
                 "direction": language.direction, "day": "2026-12-11", "clock": clock, "seconds": 60}  # fmt: skip
        book = [render_template(f"formats/talking_book/{name}", **about).encode() for name in BOOK]
    assert english_of(document, in_language(document, iter(said), "label")) == []
    for page in book:
        root = etree.fromstring(page)
        shown = (one for one in pieces(root) if one.language == document.language and " " in one.words.strip())
        assert english_of(document, shown) == []
