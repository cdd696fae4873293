"""What a letter's HTML is read into, and what is refused."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from app.formats.characters import clean, numbers_apart
from app.formats.document import (
    AddressBlock,
    Fact,
    Heading,
    ListOf,
    NotInALetter,
    Paragraph,
    Quotation,
    Table,
    Words,
    parse,
    plain_words,
    text_of,
)
from tests.formats.samples import letter, sample


def test_a_sentence_with_facts_keeps_its_spaces():
    (paragraph,) = parse(
        """<p>
        Ring <data class="phone" value="+443001113000">0300 111 3000</data>, or write by
        <time datetime="2026-12-29T17:00">Tuesday 29 December 2026</time>.
        </p>"""
    )
    assert text_of(paragraph.content) == "Ring 0300 111 3000, or write by Tuesday 29 December 2026."
    assert paragraph.content[1] == Fact("phone", "0300 111 3000", "+443001113000")
    assert paragraph.content[3] == Fact("time", "Tuesday 29 December 2026", "2026-12-29T17:00")


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        ("<p>a<strong>b</strong>c</p>", "abc"),
        ("<p>a <strong>b</strong> c</p>", "a b c"),
        ("<p>a <strong> b </strong> c</p>", "a b c"),
        ("<p> a\n\n\tb </p>", "a b"),
        ("<p>5\u00a0pm</p>", "5\u00a0pm"),
        ("<p><!-- for translators -->a</p>", "a"),
    ],
)
def test_white_space_is_as_a_reader_sees_it(html, sentence):
    (paragraph,) = parse(html)
    assert text_of(paragraph.content) == sentence


def test_each_kind_of_block_is_read():
    blocks = parse(
        """
        <h2>One</h2> <h3>Two <strong>three</strong></h3>
        <ul><li>a</li><li>b</li></ul> <ol><li>c</li></ol>
        <address>1 High Street<br>Exeter<br><data class="postcode">EX1 1AA</data></address>
        <blockquote lang="pl">Jeden\nDwa</blockquote>
        <table><caption>Dates</caption><tr><th>What</th><th>When</th></tr>
        <tr><th>Visit</th><td>Monday</td></tr></table>
        """
    )
    assert blocks == (
        Heading(2, (Words("One"),)),
        Heading(3, (Words("Two "), Words("three", is_strong=True))),
        ListOf(False, ((Words("a"),), (Words("b"),))),
        ListOf(True, ((Words("c"),),)),
        AddressBlock(("1 High Street", "Exeter", "EX1 1AA")),
        Quotation(("Jeden", "Dwa"), "pl"),
        Table("Dates", ("What", "When"), (((Words("Visit"),), (Words("Monday"),)),)),
    )


def test_links_become_facts():
    (paragraph,) = parse(
        '<p><a href="mailto:a@b.example">a@b.example</a> <a href="tel:+44300">0300</a> '
        '<a href="https://c.example/">c.example</a></p>'
    )
    facts = [run for run in paragraph.content if isinstance(run, Fact)]
    assert [(fact.kind, fact.value) for fact in facts] == [
        ("email", "a@b.example"),
        ("phone", "+44300"),
        ("link", "https://c.example/"),
    ]


def test_a_language_is_kept_only_where_it_differs_from_the_letters():
    (paragraph,) = parse('<p><span lang="cy">Croeso</span> and <span lang="en">welcome</span></p>', "en")
    assert paragraph.content == (Words("Croeso", language="cy"), Words(" and welcome"))


def test_the_tenants_lines_stay_lines():
    typed = Markup.escape("one\r\n\r\n two <b>\u2028three")
    (quotation,) = parse(f"<blockquote>{typed}</blockquote>")
    assert quotation == Quotation(("one", "two <b>", "three"))


@pytest.mark.parametrize(
    ("html", "named"),
    [
        ("<p><em>no</em></p>", "<em> in <p>"),
        ("<h1>no</h1>", "<h1>"),
        ("<p onclick='x()'>no</p>", "onclick= on <p>"),
        ("<p style='color: red'>no</p>", "style= on <p>"),
        ("<img src='http://127.0.0.1/'>", "<img>"),
        ("<p><script>no()</script></p>", "<script>"),
        ("<div><p>no</p></div>", "<div>"),
        ("loose text", "text outside of any block: 'loose text'"),
        ("<ul>loose<li>a</li></ul>", "text in <ul>"),
        ("<p><data class='secret'>no</data></p>", '<data class="secret">'),
        ("<p><a href='javascript:alert(1)'>no</a></p>", 'href="javascript:alert(1)"'),
        ("<p><a href='file:///etc/passwd'>no</a></p>", "file:///etc/passwd"),
        ("<h3>no</h3>", "<h3> before any <h2>"),
        ("<p>a<br>b</p>", "<br> in <p>"),
        ("<table><tr><th>a</th></tr></table>", "<table>"),
        ("<table><caption>c</caption><tr><th>a</th></tr><tr><td>1</td><td>2</td></tr></table>", "<table>"),
    ],
)
def test_what_a_letter_may_not_hold_is_refused_by_name(html, named):
    with pytest.raises(NotInALetter) as refused:
        parse(html)
    assert named in str(refused.value)


@pytest.mark.parametrize("turning", ["\u202e", "\u202d", "\u202a", "\u202b", "\u2066", "\u2067", "\u2068"])
def test_no_mark_of_the_tenants_turns_the_words_behind_it(turning):
    (paragraph,) = parse(f"<p>Dear {turning}Anna, ring <data class='phone'>0300 111</data>&#{ord(turning)};</p>")
    assert text_of(paragraph.content) == "Dear Anna, ring 0300 111"


def test_the_tenants_name_and_address_are_cleaned_too():
    document = letter("", recipient=("Anna\u202e\x00 Nowak", " ", "1 High\nStreet\x07"))
    assert document.recipient == ("Anna Nowak", "1 High Street")


def test_letters_written_with_marks_are_composed_and_towers_of_marks_are_cut():
    assert clean("w\u0302yn") == "ŵyn"
    assert len(clean("Z" + "\u0300" * 500)) <= 6


def test_a_letter_without_a_meaning_of_its_own_is_left_out_but_joiners_stay():
    assert clean("a\x00b\x08c\ufffed\ufeff\u00ad\U000e0041e") == "abcde"
    assert clean("می\u200cخواهم") == "می\u200cخواهم"


def test_text_that_is_no_unicode_does_not_break_a_letter():
    (paragraph,) = parse("<p>a\ud800b</p>")
    assert text_of(paragraph.content) == "ab"


@given(st.text(max_size=300))
def test_any_text_of_a_tenant_is_read_and_none_of_it_is_markup(text):
    blocks = parse(f"<p>Dear {Markup.escape(text)}</p><blockquote>{Markup.escape(text)}</blockquote>")
    assert isinstance(blocks[0], Paragraph)
    kept = "".join(clean(text).split())
    assert "".join(text_of(blocks[0].content).split()) == "Dear" + kept
    quoted = "".join("".join(line.split()) for line in blocks[1].paragraphs)
    assert quoted == kept


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("رقم 029 2000 0000.", ["029 2000 0000"]),
        ("رقم +44 300 111", ["+44 300 111"]),
        ("في 14 Orchard Close، شكرا", ["14 Orchard Close"]),
        ("في 2026-12-29", ["2026-12-29"]),
        ("3 مرات", []),
        ("الساعة 10:30", []),
    ],
)
def test_numbers_in_a_line_from_right_to_left_are_found(text, apart):
    pieces = list(numbers_apart(text, is_right_to_left=True))
    assert [piece for is_number, piece in pieces if is_number] == apart
    assert "".join(piece for _, piece in pieces) == text


@pytest.mark.parametrize("language", ["en", "cy", "ar"])
def test_plain_words_hold_every_word_in_reading_order(language):
    words = plain_words(sample(language))
    places = [words.index(word) for word in ("Harbour", "Nowak", "2026", "K7M4-QX9T")]
    assert places == sorted(places)
    assert words.count("K7M4-QX9T") + words.count("K7M4-QX9T.") == 2
    assert "".join(words).count("2026") == 2


def test_words_behind_a_fact_are_one_sentence_in_plain_words():
    document = letter('<p>Ring <data class="phone">0300 111</data>.</p>')
    assert plain_words(document)[-3:] == ["Ring", "0300", "111."]


def test_a_document_can_not_be_changed_after_it_was_made():
    with pytest.raises(dataclasses.FrozenInstanceError):
        sample("en").title = "other"
