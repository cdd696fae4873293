"""Standard print: what a tenant, a postman and a screen reader find in the made PDF."""

import io
import logging
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from flask import Flask

from app.formats import Choice, File, fonts, labels, make
from app.formats.check import check
from app.formats.check.pdf_lines import Line
from app.formats.document import Document, Fact, FormatRefused, Sender
from app.languages import speaking
from tests.formats.readers import pdf_fonts, pdf_lines, pdf_pages, pdf_passages, written
from tests.formats.samples import ADDRESS, PHONE, TABLE, letter, sample

MILLIMETRE = 72 / 25.4  # points
pytestmark = pytest.mark.usefixtures("letterbox")


def printed(document: Document) -> File:
    return make("standard-print", document)


@pytest.mark.parametrize("language", ["en", "cy", "ar"])
def test_the_made_letter_passes_every_check(language: str, tmp_path: Path):
    assert check(written(printed(sample(language)), tmp_path)) == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_letter_with_a_table_and_other_languages_passes_every_check(language: str, tmp_path: Path):
    html = TABLE + '<p>We say <span lang="cy">croeso</span> and <span lang="ar">أهلا</span>.</p>'
    html += '<blockquote lang="cy">Mae\'r tŷ yn oer</blockquote>'
    assert check(written(printed(letter(html, language=language)), tmp_path)) == []


def test_the_same_letter_gives_the_same_file_twice():
    assert printed(sample("ar")) == printed(sample("ar"))


def test_letters_made_by_many_threads_at_once_are_the_same(letterbox: Flask):
    def make_one(language: str) -> File:
        with letterbox.app_context():
            return printed(sample(language))

    wanted = {language: printed(sample(language)) for language in ("en", "ar")}
    languages = ["en", "ar"] * 6
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(make_one, languages)) == [wanted[language] for language in languages]


def test_the_page_engine_has_nothing_to_complain_of(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        for language in ("en", "cy", "ar", "uk", "ur"):
            printed(sample(language))
            make("large-print", sample(language), Choice(point_size=24))
    assert caplog.messages == []


def test_the_file_says_what_it_is():
    file = printed(sample("cy"))
    assert (file.name, file.media_type) == ("K7M4-QX9T-standard-print.pdf", "application/pdf")
    with pikepdf.open(io.BytesIO(file.content)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Mae eich cwyn gennym"
        assert str(pdf.Root.Lang) == "cy"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261211"), "the letter's date, not the clock's"


def test_the_fonts_are_in_the_file_and_cover_welsh_and_arabic(tmp_path: Path):
    welsh, arabic = pdf_fonts(printed(sample("cy")), tmp_path), pdf_fonts(printed(sample("ar")), tmp_path)
    for listed, family in ((welsh, "Noto-Sans"), (arabic, "Noto-Sans-Arabic")):
        rows = listed.splitlines()[2:]
        assert any(re.search(rf"\+{family}\b", row) for row in rows)
        assert all(re.search(r"yes yes yes +\d+ +\d+$", row) for row in rows), "embedded, as a subset, with Unicode"
    said = " ".join(passage.text for passage in pdf_passages(printed(sample("cy"))))
    assert "Siân Ŵyn-Rŷs" in said
    assert "tŷ a'r dŵr" in said


# The address and the envelope


def _lines_with(lines: list[Line], words: tuple[str, ...]) -> list[Line]:
    return [next(line for line in lines if text in line.text) for text in words]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_address_shows_in_the_window_of_the_envelope_however_the_sheet_lies(language: str, tmp_path: Path):
    """A DL window, 35 by 90 mm, 20 mm from the left and 18 mm from the bottom; the sheet slides 10 by 11 mm in it."""
    lines = pdf_lines(printed(sample(language)), tmp_path)
    for line in _lines_with(lines, ("Anna Nowak", *ADDRESS)):
        assert line.left >= 20 * MILLIMETRE
        assert line.right <= 100 * MILLIMETRE
        # A line's box is a third taller than its letters: 1.5 mm above and below them stay empty.
        assert line.top + 1.5 * MILLIMETRE >= 57 * MILLIMETRE
        assert line.bottom - 1.5 * MILLIMETRE <= 81 * MILLIMETRE


@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_but_the_address_shows_in_the_window(language: str, tmp_path: Path):
    lines = pdf_lines(printed(sample(language)), tmp_path)
    own = _lines_with(lines, ("Anna Nowak", *ADDRESS))
    for line in lines:
        is_beside = line.left > 110 * MILLIMETRE
        is_above_or_below = line.bottom < 46 * MILLIMETRE or line.top > 92 * MILLIMETRE
        assert line in own or line.page > 1 or is_beside or is_above_or_below, line


def test_a_long_address_ends_where_the_window_ends_and_a_longer_one_is_all_on_the_page(tmp_path: Path):
    seven = tuple(f"Line {number}" for number in "1234567")
    (last,) = _lines_with(pdf_lines(printed(letter("", recipient=seven)), tmp_path), ("Line 7",))
    assert last.bottom - 1.5 * MILLIMETRE <= 81 * MILLIMETRE
    twelve = tuple(f"Row {number}" for number in range(10, 22))
    lines = _lines_with(pdf_lines(printed(letter("", recipient=twelve)), tmp_path), twelve)
    assert [line.bottom for line in lines] == sorted({line.bottom for line in lines}), "one under the other"
    assert lines[0].top > 16 * MILLIMETRE


def test_the_sender_stands_beside_the_window_and_can_be_reached(tmp_path: Path):
    lines = pdf_lines(printed(sample("en")), tmp_path)
    for line in _lines_with(lines, ("Harbour Homes", "EX5 2FZ", "0300 111 3000", "complaints@landlord.example")):
        assert line.page == 1
        assert line.left > 110 * MILLIMETRE


# The page


def test_each_date_promised_stands_in_its_own_line_and_is_bold(tmp_path: Path):
    file = printed(sample("en"))
    assert "Tuesday 29 December 2026" in [line.text for line in pdf_lines(file, tmp_path)]
    (piece,) = [piece for page in pdf_pages(file) for piece in page.pieces if "29 December" in piece.text]
    assert piece.font.name.endswith("Bold")


def test_each_page_is_numbered_and_all_but_the_last_say_that_there_is_more(tmp_path: Path):
    lines = pdf_lines(printed(letter("<p>One line.</p>" * 70)), tmp_path)
    last = max(line.page for line in lines)
    assert last >= 3
    for number in range(1, last + 1):
        foot = " ".join(line.text for line in [line for line in lines if line.page == number][-2:])
        assert f"Page {number} of {last}" in foot
        assert ("Continued on the next page" in foot) == (number < last)


def test_a_letter_of_one_page_does_not_say_that_there_is_more(tmp_path: Path):
    text = " ".join(line.text for line in pdf_lines(printed(letter("<p>Short.</p>")), tmp_path))
    assert "Page 1 of 1" in text
    assert "Continued" not in text


@pytest.mark.parametrize("language", ["cy", "ar"])
def test_the_labels_speak_the_letters_language(language: str):
    said = " ".join(passage.text for passage in pdf_passages(printed(sample(language))))
    with speaking(language):
        assert labels.reference() in said
        assert labels.date() in said
        own = labels.reference()
    with speaking("en"):
        assert labels.reference() == own or labels.reference() not in said


def test_the_close_and_the_name_are_not_left_alone_on_a_page(tmp_path: Path):
    for count in range(14, 26):
        document = letter("<p>One line.</p>" * count + "<p>Yours sincerely,</p><p>Sam Hill</p>")
        lines = pdf_lines(printed(document), tmp_path)
        pages = [line.page for line in lines if "One line." in line.text or "sincerely" in line.text]
        assert pages[-1] == pages[-2], count


def test_body_text_is_fourteen_point_and_nothing_is_below_twelve():
    sizes = {round(piece.size, 1) for page in pdf_pages(printed(sample("en"))) for piece in page.pieces}
    assert 14.0 in sizes
    assert min(sizes) >= 12.0


# Words that run the other way


@pytest.mark.parametrize(
    "fact",
    ["0300 111 3000", "029 2000 0000", "K7M4-QX9T", "14 Orchard Close", "PR2 0ET", "07700 900123"],
)
def test_numbers_and_addresses_keep_their_order_on_an_arabic_page(fact: str, tmp_path: Path):
    """Poppler gives the words of a line from left to right, as they stand on paper."""
    lines = [line.text for line in pdf_lines(printed(sample("ar")), tmp_path)]
    assert any(fact in line for line in lines), lines


@pytest.mark.parametrize("number", ["999", "0800 111 999", "+44 29 2000 0000", "(029) 2000 0000", "07700-900-123"])
@pytest.mark.parametrize("sentence", ["اتصل على {} الآن", "{}", "الرقم {}", "الرقم هو ({}).", "{} هو الرقم"])
def test_a_telephone_number_keeps_its_order_wherever_it_stands(number: str, sentence: str, tmp_path: Path):
    fact = f'<data class="phone" value="+44">{number}</data>'
    html = f"<p>{sentence.format(fact)}</p><blockquote>{sentence.format(number)}</blockquote>"
    lines = [line.text for line in pdf_lines(printed(letter(html, language="ar")), tmp_path)]
    # Poppler turns brackets on such a line: what counts is the order of the digits.
    digits = re.sub("[()]", "", number)
    assert sum(digits in re.sub("[()]", "", line) for line in lines) == 2, lines


def test_an_arabic_letter_begins_at_the_right_and_a_screen_reader_reads_it_forward(tmp_path: Path):
    file = printed(sample("ar"))
    title = next(passage.text for passage in pdf_passages(file) if passage.tag == "H1")
    assert title == "وصلتنا شكواك"
    lines = pdf_lines(file, tmp_path)
    greeting = next(line for line in lines if "Anna Nowak" in line.text and len(line.words) == 3)
    assert greeting.right > 180 * MILLIMETRE


def test_words_are_parted_for_the_ear_where_a_line_was_broken():
    counted = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"] * 6
    said = pdf_passages(printed(letter(f"<p>{' '.join(counted)}</p>")))[-1].text
    assert said.split() == counted


@pytest.mark.parametrize(("language", "quoted"), [("cy", "en"), ("ar", "en"), ("en", "ar")])
def test_words_of_another_language_say_so_in_the_tags(language: str, quoted: str):
    html = f'<p>a <span lang="{quoted}">b c</span> d</p><blockquote lang="{quoted}">e f</blockquote>'
    passages = pdf_passages(printed(letter(html, language=language)))
    (sentence, quotation) = [passage for passage in passages if passage.text.strip() in ("a b c d", "e f")]
    assert sentence.languages == (quoted,)
    assert quotation.languages == (quoted,)
    assert quotation.is_quoted


# Letters that no font has


def test_a_sign_that_no_font_can_show_is_named_and_its_letter_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    known = {name: coverage for name, coverage in fonts.installed().items() if "CJK" not in name}
    monkeypatch.setattr(fonts, "installed", lambda: known)
    file = printed(letter("<p>It leaks \U0001f9ff and \u4f60 and ŵ.</p>"))
    said = " ".join(passage.text for passage in pdf_passages(file))
    assert "It leaks [sign U+1F9FF] and [sign U+4F60] and ŵ." in said
    assert check(written(file, tmp_path)) == []


def test_a_language_whose_font_is_missing_is_refused_by_name(monkeypatch: pytest.MonkeyPatch):
    known = dict(fonts.installed())
    del known["Noto Sans Arabic"]
    monkeypatch.setattr(fonts, "installed", lambda: known)
    with pytest.raises(FormatRefused, match="Noto Sans Arabic is not installed"):
        printed(sample("ar"))
    assert printed(sample("en")).content


def test_a_letter_without_an_email_address_or_blocks_is_made():
    sender = Sender("Harbour Homes", ("1 Wellington Way",), PHONE)
    said = " ".join(passage.text for passage in pdf_passages(printed(letter("", sender=sender))))
    assert "Email" not in said
    assert "0300 111 3000" in said


def test_the_choice_of_another_format_changes_nothing():
    assert make("standard-print", sample("en"), Choice(point_size=28)) == printed(sample("en"))


def test_a_date_that_is_only_a_day_is_taken():
    document = letter("<p>a</p>")
    assert document.dated == Fact("time", "Friday 11 December 2026", date(2026, 12, 11).isoformat())
    assert printed(document).content.startswith(b"%PDF-1.7")
