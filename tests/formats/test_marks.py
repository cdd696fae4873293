"""The landlord's mark stands beside its name on print and on the HTML letter, and is told to who does not see it."""

import dataclasses
import io
from pathlib import Path

import pikepdf
import pytest
from lxml import html as lxml_html

from app.formats import Choice, File, make
from app.formats.check import check, print_rules
from app.formats.document import Document, plain_words
from app.formats.papers import GROUNDS
from app.landlords.standards import load_landlord
from tests.formats.readers import pdf_pages, words, words_of_html, words_of_pdf, written
from tests.formats.samples import sample

pytestmark = pytest.mark.usefixtures("letterbox")
MILLIMETRE = 72 / 25.4  # points
LABEL = "The mark of LiveWest: a house above a wave"


def marked(language: str = "en") -> Document:
    document = sample(language)
    return dataclasses.replace(
        document, sender=dataclasses.replace(document.sender, mark=load_landlord("livewest").mark)
    )


def alternatives(file: File) -> list[str]:
    with pikepdf.open(io.BytesIO(file.content)) as pdf:
        return [
            str(thing["/Alt"]) for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing
        ]


@pytest.mark.parametrize(("format_name", "paper"), [("standard-print", "cream"), ("large-print", "blue")])
def test_print_with_a_mark_passes_every_check_and_says_what_the_mark_is(format_name: str, paper: str, tmp_path: Path):
    file = make(format_name, marked(), Choice(paper=paper))
    assert file.name.endswith(f"-{paper}.pdf")
    assert check(written(file, tmp_path)) == []
    assert alternatives(file) == [LABEL]
    assert words_of_pdf(file, marked()) == words(" ".join(plain_words(sample("en"))))


def test_the_mark_does_not_show_in_the_window_of_the_envelope():
    page = pdf_pages(make("standard-print", marked()))[0]
    shape = next(one for one in page.shapes if 40 < one.right - one.left < 50)
    assert (page.height - shape.bottom) < 46 * MILLIMETRE
    assert (page.height - shape.top) >= 15 * MILLIMETRE


def test_the_html_letter_shows_the_mark_and_keeps_its_words(tmp_path: Path):
    file = make("html", marked())
    assert check(written(file, tmp_path)) == []
    (picture,) = lxml_html.document_fromstring(file.content).iter("svg")
    assert (picture.get("role"), picture.get("aria-label")) == ("img", LABEL)
    assert words_of_html(file, marked()) == words(" ".join(plain_words(sample("en"))))


@pytest.mark.parametrize("key", ["livewest", "livv"])
def test_a_mark_can_be_made_out_on_every_paper_and_on_a_dark_page(key: str):
    mark = load_landlord(key).mark
    assert mark is not None
    for ground in GROUNDS.values():
        assert print_rules.contrast(_colour(mark.colour), _colour(ground or "#ffffff")) >= 3
    assert print_rules.contrast(_colour(mark.colour_on_dark), _colour("#14171a")) >= 3


def _colour(written: str) -> tuple[float, float, float]:
    red, green, blue = (int(written[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue
