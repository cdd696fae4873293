"""Braille as a PEF, and on pages of other sizes: what embossers' software and transcription services read."""

import re
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from app.formats import Choice, File, make, make_letter
from app.formats.braille_cells import CELLS
from app.formats.check import check
from app.formats.document import FormatRefused, lines_of
from app.formats.standard_print import with_print_pages
from tests.formats.readers import pdf_lines
from tests.formats.samples import TABLE, letter, sample

pytestmark = pytest.mark.usefixtures("letterbox")
PEF = "{http://www.daisy.org/ns/2008/pef}"


@cache
def english() -> File:
    """Made once: the tests that spoil it need no other."""
    return make("pef", sample("en"))


def written(file: File, folder: Path) -> Path:
    path = folder / file.name
    path.write_bytes(file.content)
    return path


def findings(file: File, folder: Path, old: str = "", new: str = "") -> str:
    content = file.content.decode()
    assert old in content
    path = folder / file.name
    path.write_text(content.replace(old, new) if old else content)
    return "\n".join(str(finding) for finding in check(path))


@pytest.mark.parametrize(("language", "grade"), [("en", 2), ("cy", 2), ("ar", 1)])
def test_a_made_pef_passes_its_rules(language: str, grade: int, tmp_path: Path):
    file = make("pef", sample(language), Choice(braille_grade=grade, cells=28, lines=20))
    assert file.name == f"K7M4-QX9T-{language}-grade{grade}-28x20.pef"
    assert check(written(file, tmp_path)) == []


def test_its_pages_are_those_of_the_brf_in_the_cells_of_unicode():
    brf = make("braille", sample("en")).content.decode()
    root = etree.fromstring(english().content)
    pages = [[row.text or "" for row in page] for page in root.iter(f"{PEF}page")]
    signs = [["".join(CELLS[cell] for cell in row) for row in page] for page in pages]
    assert signs == [page.split("\r\n")[:-1] for page in brf.split("\f")]


def test_the_same_letter_gives_the_same_bytes():
    assert make("pef", sample("en")) == english()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('version="2008-1"', 'version="1"', "no PEF of the version"),
        ("</body>", "", "no XML"),
        ("x-pef+xml", "x-brf", "its format is"),
        ("<dc:identifier>", "<dc:identifier/><dc:identifier>", "does not say its identifier, or more than once"),
        ('rows="25"', "", "does not say its rows"),
        ('rows="25"', 'rows="12"', "lines, not 12 at most"),
        ('cols="40"', 'cols="30"', "cells, not 30 at most"),
        ('duplex="false"', "", "both sides"),
        ("⠠⠙⠑⠜", "⡠⠙⠑⠜", "U+2860, which is no cell of six dots"),
        ("<section>", "<section><row>⠁</row>", "<row> where none may stand"),
        ("⠼⠃⠚⠃⠋", "⠼⠃⠚", "no year can be read"),
    ],
)
def test_the_checker_refuses_what_software_for_embossers_would(old: str, new: str, said: str, tmp_path: Path):
    assert said in findings(english(), tmp_path, old, new)


@pytest.mark.parametrize(("format_name", "cells", "lines"), [("braille", 42, 30), ("braille", 20, 10), ("pef", 30, 12)])
def test_lines_and_pages_are_as_large_as_the_embosser_takes(format_name: str, cells: int, lines: int, tmp_path: Path):
    file = make(format_name, letter(TABLE), Choice(cells=cells, lines=lines))
    text = file.content.decode()
    rows = [one.text or "" for one in etree.fromstring(file.content).iter(f"{PEF}row")] if format_name == "pef" else []
    longest = max(map(len, rows or text.replace("\f", "").split("\r\n")))
    assert longest <= cells
    assert longest > cells - 12
    findings = [str(one) for one in check(written(file, tmp_path))]
    assert findings == []


def test_a_page_too_narrow_for_the_reference_bears_its_number_alone():
    first = make("braille", sample("en"), Choice(cells=20, lines=10)).content.decode().split("\r\n")[0]
    assert first == "#A".rjust(20)


def test_a_reference_that_goes_on_in_the_next_line_is_read_all_the_same(tmp_path: Path):
    """In Arabic it stands between two signs, which make it longer than a line of twenty cells."""
    file = make("pef", letter("<p>مرحبا 2026</p>", language="ar"), Choice(cells=20, lines=10))
    assert "".join(map(str, check(written(file, tmp_path)))) == ""


@pytest.mark.parametrize(("cells", "lines"), [(19, 25), (43, 25), (40, 9), (40, 31)])
def test_a_page_that_no_embosser_holds_is_refused(cells: int, lines: int):
    with pytest.raises(FormatRefused, match=f"20 to 42 cells a line and 10 to 30 lines, not {cells} and {lines}"):
        make("braille", sample("en"), Choice(cells=cells, lines=lines))


def test_each_page_of_braille_says_from_which_page_of_the_print_it_is(tmp_path: Path):
    """So that somebody who reads print and somebody who reads braille can talk about one place."""
    file = make_letter("braille", sample("en"), Choice(braille_grade=1))
    heads = [page.split("\r\n")[0] for page in file.content.decode().split("\f")]
    assert [head.split("  ")[0] for head in heads] == [",K#G,M#D-,,QX#I,T"] * len(heads)
    said = [re.search("PRINT PAGE (#A|#B|#A-#B) ", head) for head in heads]
    found = [match[1] for match in said if match]
    assert len(found) == len(heads) >= 3
    assert (found[0], found[-1]) == ("#A", "#B")
    assert found == sorted(found)
    assert all(len(head) == 40 for head in heads)
    assert check(written(file, tmp_path)) == []


def test_a_letter_of_one_printed_page_and_a_narrow_page_of_braille_say_no_page_of_the_print():
    for document, choice in ((letter("<p>Short.</p>"), Choice()), (sample("en"), Choice(cells=30))):
        assert "PRINT" not in make_letter("braille", document, choice).content.decode()


def test_the_pages_of_the_print_are_those_on_which_the_words_stand(tmp_path: Path):
    document = sample("en")
    lines = pdf_lines(make("standard-print", document), tmp_path)
    found = with_print_pages(document).print_pages
    assert len(found) == len(document.blocks)
    for block, page in zip(document.blocks, found, strict=True):
        first = next(iter(lines_of(block))).split()[0]
        assert any(first in line.words for line in lines if line.page == page)


def test_braille_is_made_where_print_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("app.formats.fonts.installed", dict)
    assert make_letter("braille", sample("en")) == make("braille", sample("en"))


def test_braille_of_which_a_page_was_lost_is_refused(monkeypatch: pytest.MonkeyPatch):
    from app.formats import braille_pages

    whole = braille_pages.cut_into_pages
    monkeypatch.setattr(braille_pages, "cut_into_pages", lambda lines, page: whole(lines, page)[:-1])
    with pytest.raises(FormatRefused, match="lack some of"):
        make("braille", sample("en"))


def test_braille_whose_pages_changed_places_is_refused(monkeypatch: pytest.MonkeyPatch):
    from app.formats import braille_pages

    whole = braille_pages.cut_into_pages
    monkeypatch.setattr(braille_pages, "cut_into_pages", lambda lines, page: whole(lines, page)[::-1])
    with pytest.raises(FormatRefused, match="at a wrong place"):
        make("braille", sample("en"))
