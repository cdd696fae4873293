"""Large print: set anew at each size, by the rules of UKAAF and RNIB, read from the made PDF."""

import re
from pathlib import Path

import pytest

from app.formats import Choice, File, make
from app.formats.check import check
from app.formats.document import Document, FormatRefused
from tests.formats.readers import pdf_lines, pdf_pages, pdf_passages, written
from tests.formats.samples import TABLE, letter, sample

pytestmark = pytest.mark.usefixtures("letterbox")


def printed(document: Document, size: int) -> File:
    return make("large-print", document, Choice(point_size=size))


@pytest.mark.parametrize("size", [16, 18, 24, 28])
@pytest.mark.parametrize("language", ["en", "cy", "ar"])
def test_the_made_letter_keeps_the_rules_of_large_print(language: str, size: int, tmp_path: Path):
    assert check(written(printed(sample(language), size), tmp_path)) == []


@pytest.mark.parametrize("size", range(16, 29))
def test_every_size_from_sixteen_to_twenty_eight_is_set_at_that_size(size: int):
    file = printed(sample("en"), size)
    sizes = [piece.size for page in pdf_pages(file) for piece in page.pieces]
    assert min(sizes) == pytest.approx(size, abs=0.05), "the foot and the address too"
    assert file.name == f"K7M4-QX9T-large-print-{size}.pdf"


@pytest.mark.parametrize("size", [-1, 0, 12, 15, 29, 100])
def test_any_other_size_is_refused_by_name(size: int):
    with pytest.raises(FormatRefused, match=f"from 16 to 28 points, not {size}"):
        printed(sample("en"), size)


def test_headings_are_larger_than_the_text_and_bold():
    pieces = [piece for page in pdf_pages(printed(sample("en"), 24)) for piece in page.pieces]
    for words, at_least in (("We have your complaint", 30), ("What happens next", 26), ("The Housing Ombudsman", 25)):
        (heading,) = [piece for piece in pieces if piece.text == words]
        assert heading.size >= at_least
        assert heading.font.name.endswith("Bold")


@pytest.mark.parametrize("size", [16, 17, 20, 28])
def test_a_line_has_seventy_characters_at_most(size: int, tmp_path: Path):
    prose = "We looked at what you told us, and at what the people who came to your home wrote down that day. "
    lines = pdf_lines(printed(letter(f"<p>{prose * 9}</p>"), size), tmp_path)
    assert max(len(line.text) for line in lines) <= 70


def test_thin_letters_that_a_tenant_typed_are_no_fault_of_the_print(tmp_path: Path):
    thin = "<blockquote>" + "little illicit fill till it is still ill " * 12 + "</blockquote>"
    assert check(written(printed(letter(thin), 16), tmp_path)) == []


@pytest.mark.parametrize("size", [16, 28])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_very_long_word_is_wrapped_and_none_of_it_is_lost(language: str, size: int, tmp_path: Path):
    word = "0123456789" * 50
    html = f"<h2>{word}</h2><p>{word}</p><ul><li>{word}</li></ul><blockquote>{word}</blockquote>"
    file = printed(letter(html, language=language, recipient=(word,), title=word), size)
    lines = pdf_lines(file, tmp_path)
    assert min(line.left for line in lines) >= 20 * 72 / 25.4 - 1
    assert max(line.right for line in lines) <= 190 * 72 / 25.4 + 1
    said = "".join("".join(passage.text for passage in pdf_passages(file)).split())
    assert said.count(word) == 6


@pytest.mark.parametrize(
    ("language", "fact"),
    [
        ("en", '<time datetime="2026-12-29">Tuesday 29 December 2026</time>'),
        ("ar", '<time datetime="2026-12-29">الثلاثاء، 29 ديسمبر 2026</time>'),
        ("en", '<data class="phone">0300 111 3000</data>'),
        ("en", "07700 900123"),
    ],
)
def test_a_date_or_number_is_not_broken_over_two_lines(language: str, fact: str, tmp_path: Path):
    words = ["o" * letters for letters in range(1, 24)]
    html = "".join(f"<p>{word} by {fact}.</p>" for word in words)
    lines = pdf_lines(printed(letter(html, language=language, recipient=(), title="x" * 300), 28), tmp_path)
    digits = re.findall(r"\d+", re.sub("<[^>]*>", "", fact))
    whole = [line for line in lines if line.page > 1 and all(number in line.text for number in digits)]
    assert len(whole) == len(words)


def test_a_line_is_not_broken_after_its_first_word(tmp_path: Path):
    """Where the words before a bold one fit the line but for their last space, the page engine breaks too early."""
    for letters in range(4):
        html = f"<ol><li>We talk{'i' * letters} with you, at a time that is <strong>safe</strong> for you.</li></ol>"
        file = printed(letter(html), 28)
        line = next(line for line in pdf_lines(file, tmp_path) if line.text.startswith("1. We"))
        assert len(line.words) > 3, line


def test_no_word_is_hyphenated(tmp_path: Path):
    html = "<p>" + "Unverhältnismäßigkeitsgrundsätze internationalisation antidisestablishmentarianism " * 8 + "</p>"
    for line in pdf_lines(printed(letter(html), 28), tmp_path):
        assert not line.text.endswith(("-", "\u2010", "\u00ad")), line


def test_the_letter_is_set_anew_and_not_enlarged(tmp_path: Path):
    small, large = (pdf_lines(printed(sample("en"), size), tmp_path) for size in (16, 28))
    assert max(line.page for line in large) > max(line.page for line in small)
    assert len(large) > len(small), "the lines are broken anew"


def test_each_page_says_its_number_as_large_as_the_text_and_that_there_is_more(tmp_path: Path):
    file = printed(sample("en"), 24)
    lines = pdf_lines(file, tmp_path)
    last = max(line.page for line in lines)
    for number in range(1, last + 1):
        *_, more, foot = [line.text for line in lines if line.page == number]
        assert foot == f"Page {number} of {last}"
        assert (more == "Continued on the next page") == (number < last)


@pytest.mark.parametrize("size", [18, 28])
def test_a_table_keeps_the_rules_too(size: int, tmp_path: Path):
    assert check(written(printed(letter(TABLE), size), tmp_path)) == []


def test_the_same_letter_gives_the_same_file_twice():
    assert printed(sample("ar"), 28) == printed(sample("ar"), 28)
