"""The plain-text letter: lines that fit, read aloud in order, and numbers that can be copied."""

from pathlib import Path

import pytest

from app.formats import make
from app.formats.check import check
from app.formats.document import Document
from tests.formats.readers import written
from tests.formats.samples import TABLE, letter, sample

pytestmark = pytest.mark.usefixtures("letterbox")


def made(document: Document) -> str:
    return make("text", document).content.decode("utf-8")


@pytest.mark.parametrize("language", ["en", "cy", "ar"])
def test_the_made_letter_passes_every_check(language: str, tmp_path: Path):
    assert check(written(make("text", sample(language)), tmp_path)) == []


def test_headings_are_underlined_and_lists_are_numbered():
    lines = made(sample("en")).split("\n")
    assert lines[lines.index("We have your complaint") + 1] == "=" * 22
    assert lines[lines.index("What happens next") + 1] == "-" * 17
    assert "1. We look at what happened." in lines
    assert "- telephone 0300 111 3000" in lines


def test_each_date_promised_stands_in_its_own_line():
    assert "\n\nTuesday 29 December 2026\n\n" in made(sample("en"))


def test_the_tenants_words_stand_apart():
    text = made(sample("en"))
    assert "\n    The boiler has been broken since October and nobody came.\n    I rang 3 times." in text


def test_lines_fit_and_a_number_is_never_broken_over_two():
    for size in range(60):
        html = f"<p>{'x' * size} ring <data class='phone'>0300 111 3000</data> now, or 07700 900123.</p>"
        text = made(letter(html))
        assert max(len(line) for line in text.split("\n")) <= 72
        assert "0300 111 3000" in text
        assert "07700 900123" in text


def test_a_word_longer_than_a_line_stays_whole():
    assert "\n" + "x" * 500 + "\n" in made(letter(f"<p>a {'x' * 500} b</p>"))


def test_numbers_are_kept_in_order_in_a_line_from_right_to_left():
    text = made(sample("ar"))
    for kept in ("029 2000 0000", "K7M4-QX9T", "07700 900123", "14 Orchard Close", "PR2 0ET", "Anna Nowak"):
        assert f"\u2066{kept}\u2069" in text, kept
    for line in text.split("\n"):
        assert line.count("\u2066") == line.count("\u2069"), line
    assert "\u2066" not in made(sample("cy"))


def test_a_table_says_its_headers_with_each_cell():
    text = made(letter(TABLE))
    assert "What we promised\n\nWhat: Mend the boiler\nBy when: Tuesday 29 December 2026\n" in text


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"A\n===\ncaf\xe9\n", "it is not UTF-8 at byte 9"),
        (b"A letter\n========\na\x07b\n", "control character U+0007"),
        ("A letter\n========\na\u202eb\n".encode(), "control character U+202E"),
        ("A letter\n========\na\u2066b\n".encode(), "does not close it"),
        (("A letter\n========\n" + "word " * 20).encode(), "characters long, not 72"),
        (b"A letter\n========\nend ", "ends in white space"),
        (b"A letter\n========\nend", "its last line is not ended"),
        (b"no title\n", "0 underlined titles"),
        (b"\n", "it is empty"),
    ],
)
def test_a_faulty_letter_is_found(content: bytes, found: str, tmp_path: Path):
    path = tmp_path / "faulty.txt"
    path.write_bytes(content)
    assert any(found in finding.words for finding in check(path)), check(path)
