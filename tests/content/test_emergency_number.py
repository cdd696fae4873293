"""The emergency number is the same, in the same order, for the eye, on paper, for the ear and for the finger."""

import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from lxml import html

from app.content.composing import document_of, page_in
from app.formats import Choice, can_make, make
from app.formats.braille_pages import make_pages
from app.formats.braille_tables import digits_of
from app.formats.document import Document
from app.formats.speech.names import DIGITS
from app.formats.speech.spoken import script_of
from app.landlords.standards import current_landlord
from app.languages import LANGUAGES, speaking
from tests.content.shelves import TUESDAY, a_site_for_many_tests
from tests.formats.samples import letter

_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]*)</word>')


@pytest.fixture(scope="module", autouse=True)
def site(request: pytest.FixtureRequest) -> Iterator[Flask]:
    with a_site_for_many_tests(request, public_url="http://letterbox.example") as app:
        yield app


def on_screen(site: Flask, language: str) -> str:
    page = html.document_fromstring(site.test_client().get(f"/{language}/help/emergencies").data)
    return " ".join(page.text_content().split())


def on_paper(document: Document, folder: Path) -> str:
    """Lines as the eye has them: words by their place from the left, whatever order the file has them in."""
    path = folder / "page.pdf"
    path.write_bytes(make("standard-print", document).content)
    boxes = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True).stdout
    lines: dict[tuple[int, int], list[tuple[float, str]]] = defaultdict(list)
    for number, page in enumerate(boxes.split("<page ")):
        for left, top, word in _WORD.findall(page):
            lines[number, round(float(top))].append((float(left), word))
    return "\n".join(" ".join(word for _left, word in sorted(line)) for _place, line in sorted(lines.items()))


def by_ear(document: Document) -> list[str]:
    """Whatever is said as ten digits or more: the digits."""
    names = DIGITS[document.language]
    one = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    with speaking(document.language):
        said = [sentence.text for section in script_of(document) for sentence in section.sentences]
    return [
        "".join(str(names.index(name)) for name in re.findall(one, run[0]))
        for text in said
        for run in re.finditer(rf"\b(?:(?:{one})\b[,;]? ?){{10,}}", text)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_emergency_number_reads_the_same_everywhere(site: Flask, language: str, tmp_path: Path):
    shown = current_landlord().emergency_phone.shown
    digits = shown.replace(" ", "")
    page = page_in("emergencies", language, TUESDAY, is_shown=False)
    assert page.language == language, "the page is written in this language"
    document = document_of(page, current_landlord(), TUESDAY)

    assert shown in on_screen(site, language)
    assert shown in on_paper(document, tmp_path)
    assert shown in make("text", document).content.decode()
    assert digits in by_ear(document)
    if can_make(language, "braille") is None:
        felt = make_pages(document, Choice(braille_grade=1)).sentences
        assert any(digits in digits_of(sentence.cells, language) for sentence in felt)


def test_another_order_would_be_seen(tmp_path: Path):
    right, wrong = (
        letter(f'<p>ہمیں فون کریں: <data class="phone" value="+44">{groups}</data></p>', language="ur")
        for groups in ("0300 123 8080", "8080 123 0300")
    )
    assert "0300 123 8080" in on_paper(right, tmp_path)
    assert "0300 123 8080" not in on_paper(wrong, tmp_path)
    assert ("03001238080" in by_ear(right), "03001238080" in by_ear(wrong)) == (True, False)
