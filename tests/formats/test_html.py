"""The HTML letter: one file, for a browser or a screen reader, that needs nothing else."""

import re
from pathlib import Path

import pytest
from lxml import html as lxml_html

from app.formats import File, make
from app.formats.check import check
from app.formats.check.html import CHECKER, checker_findings
from app.formats.document import Document
from tests.formats.readers import written
from tests.formats.samples import TABLE, letter, sample

pytestmark = pytest.mark.usefixtures("letterbox")


def made(document: Document) -> File:
    return make("html", document)


def tree(document: Document):
    return lxml_html.document_fromstring(made(document).content)


@pytest.mark.parametrize("language", ["en", "cy", "ar"])
def test_the_made_letter_passes_every_check_of_ours(language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("app.formats.check.html.CHECKER", tmp_path / "not-there")  # it sees them all below
    assert check(written(made(sample(language)), tmp_path)) == []


def test_the_html_checker_finds_nothing_in_the_letters_nor_in_any_kind_of_block(tmp_path: Path):
    """It begins anew each time, for seconds: it is asked once."""
    if not CHECKER.exists():
        pytest.skip("the HTML checker is not installed: npm ci")
    html = TABLE + "<h2>a</h2><h3>b</h3><ul><li>c</li></ul><ol><li>d</li></ol><address>e<br>f</address>"
    html += '<p><span lang="cy">g</span></p><blockquote lang="ar">مرحبا\nhello 029 2000 0000</blockquote>'
    letters = [sample(language) for language in ("en", "cy", "ar")]
    letters += [letter(html, language=language) for language in ("en", "ar")]
    paths = []
    for number, one in enumerate(letters):
        (folder := tmp_path / str(number)).mkdir()
        paths.append(written(made(one), folder))
    assert checker_findings(*paths) == []


def test_the_check_of_a_letter_asks_the_html_checker_too(tmp_path: Path):
    """And it is seen to refuse."""
    if not CHECKER.exists():
        pytest.skip("the HTML checker is not installed: npm ci")
    broken = tmp_path / "broken.html"
    broken.write_text("<!doctype html><html lang=en><title>a</title><p><div>b</p>")
    found = [finding.words for finding in check(broken)]
    assert any("</p>" in words or "“p”" in words for words in found)


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("cy", "ltr"), ("ar", "rtl")])
def test_language_direction_and_title_are_the_letters(language: str, direction: str):
    page = tree(sample(language))
    assert (page.get("lang"), page.get("dir")) == (language, direction)
    assert page.findtext("head/title") == sample(language).title == page.findtext(".//h1")


def test_it_asks_for_nothing_from_anywhere():
    source = made(sample("en")).content.decode()
    assert not re.search(r"\b(src|srcset|action|background)\s*=|<link|<script|url\(|@import", source)


def test_a_phone_number_can_be_rung_and_an_address_written_to():
    links = {link.text_content(): link.get("href") for link in tree(sample("ar")).iter("a")}
    assert links["029 2000 0000"] == "tel:+442920000000"
    assert links["complaints@landlord.example"] == "mailto:complaints@landlord.example"


def test_numbers_and_addresses_run_from_left_to_right_in_an_arabic_letter():
    page = tree(sample("ar"))
    for text in ("029 2000 0000", "K7M4-QX9T", "07700 900123", "14 Orchard Close", "PR2 0ET"):
        elements = [element for element in page.iter() if element.text_content() == text]
        assert elements, text
        assert all(element.get("dir") == "ltr" for element in elements if element.tag != "strong"), text


def test_british_addresses_in_an_arabic_letter_are_read_by_an_english_voice():
    (line, *_) = [span for span in tree(sample("ar")).iter("span") if span.text_content() == "1 Wellington Way"]
    assert line.get("lang") == "en"
    assert not list(tree(sample("cy")).iterfind(".//div[@class='recipient']//*[@lang]"))


def test_words_of_another_language_are_marked():
    page = tree(letter('<p>a <span lang="cy">b</span></p><blockquote lang="ar">مرحبا</blockquote>'))
    assert [(span.get("lang"), span.text) for span in page.iter("span")] == [("cy", "b"), ("ar", "مرحبا")]
    (quoted,) = page.iter("blockquote")
    assert quoted.get("dir") == "rtl"


def test_a_table_says_what_its_headers_are_for():
    page = tree(letter(TABLE))
    assert page.findtext(".//caption") == "What we promised"
    assert [header.get("scope") for header in page.iter("th")] == ["col", "col", "row", "row"]


@pytest.mark.parametrize(
    ("fault", "found"),
    [
        (('lang="en"', ""), "its language is “”"),
        (('dir="ltr"', 'dir="rtl"'), "its direction is “rtl”"),
        (("<title>We have your complaint", "<title>"), "it has no title"),
        (("<h1>", "<h1>Two</h1><h1>"), "2 headings of the first level"),
        (("<h2>What we understood</h2>", "<h3>What we understood</h3>"), "a heading skips a level"),
        (("<main>", '<main><img src="http://127.0.0.1/">'), "it has <img>"),
        (("<main>", "<main><script>1</script>"), "it has <script>"),
        (("<main>", '<main onload="x()">'), "it has onload= on <main>"),
        (("</style>", "body { background: url(http://127.0.0.1/) }</style>"), "its style asks for something"),
        (('href="tel:', 'href="javascript:'), "a link goes to “javascript:"),
        (("<!doctype html>", ""), "does not begin with <!doctype html>"),
    ],
)
def test_a_faulty_letter_is_found(fault: tuple[str, str], found: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("app.formats.check.html.CHECKER", tmp_path / "not-there")
    source = made(sample("en")).content.decode()
    assert fault[0] in source
    path = tmp_path / "faulty.html"
    path.write_text(source.replace(*fault), "utf-8")
    assert any(found in finding.words for finding in check(path)), check(path)
