"""What is said of a letter, before any voice says it."""

import re
import unicodedata
from datetime import date

import pytest

from app.formats.document import Document, Fact, ListOf, Paragraph, Quotation, Words
from app.formats.speech import days, facts, spoken
from app.formats.speech.names import CODE_WORDS, DIGITS, LETTERS
from app.formats.speech.plain import LONGEST_BREATH, LONGEST_WORD, sayable, with_copied_facts
from app.formats.speech.script import Section
from app.languages import LANGUAGES, speaking
from tests.formats.samples import TABLE, letter, sample
from tests.formats.test_hostile_text import HOSTILE, hostile

pytestmark = pytest.mark.usefixtures("letterbox")

REFERENCE = Fact("reference", "K7M4-QX9T", "K7M4-QX9T")
PHONE = Fact("phone", "0300 123 8080", "+443001238080")
DATE = Fact("time", "Tuesday 29 December 2026", "2026-12-29T17:00")


def script(document: Document) -> tuple[Section, ...]:
    with speaking(document.language):
        return spoken.script_of(document)


def said(document: Document) -> str:
    return "\n".join(sentence.text for section in script(document) for sentence in section.sentences)


def inline(fact: Fact, language: str = "en") -> str:
    with speaking(language):
        return facts.inline(fact, language)


def slowly(fact: Fact, language: str = "en") -> list[str]:
    with speaking(language):
        return [sentence.text for sentence in facts.again(fact, language)[1:]]


def test_the_title_and_the_sender_come_first_then_length_and_contents():
    document = sample("en")
    sections = script(document)
    opening = [sentence.text for sentence in spoken.opening_of(document, sections, 3).sentences]
    assert opening[:5] == [
        "We have your complaint",
        "A letter from Harbour Homes.",
        "It is for Anna Nowak.",
        "This recording lasts about 3 minutes.",
        "It has 7 parts.",
    ]
    assert opening[6:] == ["About this recording", *(section.title for section in sections)]


def test_each_heading_starts_a_section():
    assert [section.title for section in script(sample("en"))] == [
        "We have your complaint",
        "What we understood",
        "What happens next",
        "If you are not happy with how we do this",
        "The Housing Ombudsman",
        "Who this letter is from",
    ]


def test_a_section_begins_by_saying_its_title():
    for section in script(sample("en")):
        assert section.sentences[0].text == section.title


def test_a_reference_is_said_character_by_character_in_its_groups():
    assert inline(REFERENCE) == "K, seven, M, four; Q, X, nine, T"


def test_a_reference_is_repeated_slowly_with_a_word_for_each_letter():
    assert slowly(REFERENCE) == ["K. Kilo", "seven", "M. Mike", "four", "Q. Quebec", "X. X-ray", "nine", "T. Tango"]
    with speaking("en"):
        assert {sentence.pace for sentence in facts.again(REFERENCE, "en")[1:]} == {"slow"}


def test_there_is_a_pause_between_the_groups_of_a_reference():
    with speaking("en"):
        pauses = [sentence.pause for sentence in facts.again(REFERENCE, "en")[1:]]
    assert pauses[3] > pauses[2]
    assert min(pauses) >= 0.4


def test_a_phone_number_is_said_digit_by_digit_as_it_is_grouped():
    assert inline(PHONE) == "zero, three, zero, zero; one, two, three; eight, zero, eight, zero"
    assert slowly(PHONE) == ["zero, three, zero, zero", "one, two, three", "eight, zero, eight, zero"]


def test_digits_are_said_in_the_language_and_letters_in_english():
    assert slowly(PHONE, "cy")[0] == "sero, tri, sero, sero"
    with speaking("ar"):
        characters = facts.again(REFERENCE, "ar")[1:]
    assert [sentence.language for sentence in characters] == ["en", "ar", "en", "ar", "en", "en", "ar", "en"]
    assert characters[1].text == DIGITS["ar"][7]


def test_welsh_letters_inside_a_sentence_have_their_welsh_names():
    assert inline(REFERENCE, "cy") == "ce, saith, em, pedwar; ciw, ecs, naw, ti"


def test_every_language_names_ten_digits_and_every_letter_has_a_code_word():
    assert set(DIGITS) == set(LANGUAGES)
    assert all(len(set(names)) == 10 for names in DIGITS.values())
    assert sorted(CODE_WORDS) == sorted("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert sorted(LETTERS["cy"]) == sorted(CODE_WORDS)
    assert len(set(LETTERS["cy"].values())) == 26


def test_a_date_is_said_with_its_weekday_and_no_time_that_the_letter_does_not_show():
    assert inline(DATE) == "Tuesday, 29 December 2026"
    assert slowly(DATE) == ["Tuesday", "29 December", "two, zero, two, six"]


@pytest.mark.parametrize(
    ("value", "text", "expected"),
    [
        ("2026-12-29T17:00", "5pm on Tuesday 29 December 2026", "5 in the afternoon on Tuesday, 29 December 2026"),
        ("2026-12-29T09:30", "9:30am, 29 December 2026", "9 30 in the morning on Tuesday, 29 December 2026"),
        ("2026-12-29T18:05", "18:05, 29 December 2026", "6 05 in the evening on Tuesday, 29 December 2026"),
        ("2026-12-29T12:00", "12:00, 29 December 2026", "midday on Tuesday, 29 December 2026"),
        ("2026-12-29T00:30", "00:30, 29 December 2026", "12 30 at night on Tuesday, 29 December 2026"),
        ("2026-12-29T00:00", "00:00, 29 December 2026", "midnight on Tuesday, 29 December 2026"),
        ("2027-01-04", "4 January 2027", "Monday, 4 January 2027"),
        ("no date", "soon", "soon"),
    ],
)
def test_a_moment_is_said_as_people_say_it(value: str, text: str, expected: str):
    assert inline(Fact("time", text, value)) == expected


def test_dates_are_said_in_the_letters_language():
    assert inline(DATE, "cy") == "Dydd Mawrth, 29 Rhagfyr 2026"
    assert inline(DATE, "ar") == "الثلاثاء، 29 ديسمبر 2026"
    assert inline(DATE, "pl") == "wtorek, dwudziestego dziewiątego grudnia 2026 roku"
    assert inline(DATE, "uk") == "вівторок, двадцять дев'ятого грудня 2026 року"
    assert slowly(DATE, "pt")[:2] == ["terça-feira", "29 de dezembro"]


@pytest.mark.parametrize("language", sorted(days.ORDINALS))
def test_each_day_of_a_month_has_an_ordinal_of_its_own(language: str):
    assert len(set(days.ORDINALS[language])) == 31
    said = [days.day_and_month(date(2026, 12, day), language).split() for day in range(1, 32)]
    assert not any(word.isdecimal() for words in said for word in words)
    assert {len(words) for words in said[20:29]} == {3}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("412.56", "412 pounds and 56 pence"),
        ("£1,000", "1000 pounds"),
        ("1.01", "1 pound and 1 penny"),
        ("0.50", "50 pence"),
    ],
)
def test_an_amount_is_said_in_full(value: str, expected: str):
    assert inline(Fact("amount", value, value)) == expected


def test_an_email_address_is_said_and_then_spelled():
    email = Fact("email", "help@livv.org", "help@livv.org")
    assert inline(email) == "help at livv dot org"
    assert slowly(email) == [*"HELP", "at", *"LIVV", "dot", *"ORG"]


def test_a_web_address_is_said_without_what_nobody_types():
    link = Fact("link", "www.housing-ombudsman.org.uk", "https://www.housing-ombudsman.org.uk/")
    assert inline(link) == "www dot housing hyphen ombudsman dot org dot uk"
    assert inline(Fact("link", "the Ombudsman's website", link.value)) == "the Ombudsman's website"
    assert slowly(Fact("link", "our website", "https://livv.org/"))[:4] == ["L", "I", "V", "V"]


@pytest.mark.parametrize(
    "fact",
    [
        Fact("link", "livewest.example/my%20file", "https://livewest.example/my%20file"),
        Fact("email", "o'brien@livewest.example", "o'brien@livewest.example"),
    ],
)
def test_an_address_with_a_sign_that_has_no_name_is_said_but_not_spelled(fact: Fact):
    assert slowly(fact) == []
    assert "livewest dot example" in inline(fact)


def test_a_postcode_in_an_address_is_spelled():
    assert "T, Q, one, two; four, A, B" in said(sample("en"))


def test_a_phone_number_in_the_tenants_own_words_is_said_digit_by_digit():
    assert "My phone is zero, seven, seven, zero, zero; nine, zero, zero, one, two, three." in said(sample("en"))


def test_an_amount_in_the_tenants_own_words_is_said_in_full():
    with speaking("en"):
        assert with_copied_facts("Pay £412.56, £1,000 or £5.", "en") == (
            "Pay 412 pounds and 56 pence, 1000 pounds or 5 pounds."
        )
        assert with_copied_facts("Pay £1.2.3", "en") == "Pay £1.2.3"
    with speaking("cy"):
        assert with_copied_facts("Pay £5", "en") == "Pay £5"


@pytest.mark.parametrize("text", ["I rang 3 times in 2026.", "It cost 412.56", "between 1990 and 2001", "20,000 words"])
def test_numbers_that_are_counted_with_stay_numbers(text: str):
    assert with_copied_facts(text, "en") == text


def test_each_fact_is_repeated_once_however_often_it_stands_in_the_letter():
    words = said(sample("en"))
    assert words.count("K, seven, M, four; Q, X, nine, T") == 2
    assert words.count("K. Kilo") == 1
    assert words.count("The phone number again, slowly.") == 1


def test_a_fact_is_repeated_after_its_sentence_and_not_inside_it():
    content = (Words("Ring "), PHONE, Words(" today. Please do."))
    texts = [s.text for s in script(letter((Paragraph(content),)))[0].sentences]
    place = texts.index("Ring zero, three, zero, zero; one, two, three; eight, zero, eight, zero today.")
    assert texts[place + 1] == "The phone number again, slowly."
    assert texts[-1] == "Please do."


def test_a_list_says_how_many_things_it_has():
    items = ((Words("one thing"),), (Words("another"),))
    words = said(letter((ListOf(True, items), ListOf(False, items[:1]))))
    assert "A list of 2 things:\nNumber 1.\none thing\nNumber 2.\nanother\nEnd of the list." in words
    assert "A list of 1 thing:\none thing\nEnd of the list." in words


def test_a_table_is_said_row_by_row_with_the_columns_names():
    words = said(letter(TABLE))
    assert "A table with 2 rows: What we promised." in words
    assert "Mend the boiler\nBy when: Tuesday, 29 December 2026" in words


def test_the_tenants_own_words_are_announced_and_closed():
    words = said(sample("en"))
    start, end = words.index("You wrote:"), words.index("End of what you wrote.")
    assert "The boiler has been broken since October and nobody came." in words[start:end]


def test_words_of_another_language_are_said_in_its_voice():
    sections = script(letter((Quotation(("The boiler is broken.",), "en"),), language="cy"))
    spoken_in = {sentence.text: sentence.language for section in sections for sentence in section.sentences}
    assert spoken_in["The boiler is broken."] == "en"


def test_words_without_a_voice_are_not_mispronounced_but_named():
    words = said(
        letter((Quotation(("Waan ka cabanayaa.",), "so"), Paragraph((Words("Hello "), Words("iyo", language="so")))))
    )
    assert "Waan" not in words
    assert "iyo" not in words
    assert words.count("These words are in a language that this recording cannot speak.") == 2


def test_the_sender_can_be_reached_by_the_last_section():
    last = [sentence.text for sentence in script(sample("en"))[-1].sentences]
    assert "Harbour Homes" in last
    assert "You can phone us on zero, three, zero, zero; one, one, one; three, zero, zero, zero." in last
    assert last[-1] == "End of the recording."


@pytest.mark.parametrize("language", ["en", "cy", "ar"])
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_are_sayable_and_steer_nothing(name: str, language: str):
    for section in script(hostile(HOSTILE[name], language)):
        for sentence in section.sentences:
            assert sentence.text == " ".join(sentence.text.split()) != ""
            assert not any(unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn") for character in sentence.text)
            assert not re.search("[\u202a-\u202e\u2066-\u2069]", sentence.text)
            assert "[[" not in sentence.text
            assert max(map(len, sentence.text.split())) <= LONGEST_WORD
            assert len(sentence.text) <= LONGEST_BREATH + 200  # its own facts may be written out inside


def test_the_words_of_a_long_complaint_are_all_said():
    assert said(letter((Quotation((HOSTILE["long text"],)),))).count("The boiler is cold.") == 1000


def test_very_long_words_are_broken_up_but_kept():
    pieces = sayable(HOSTILE["long word"]).split()
    assert "".join(pieces) == HOSTILE["long word"]
    assert max(map(len, pieces)) <= LONGEST_WORD


def test_markup_and_sound_codes_stay_words():
    assert sayable('<speak rate="x-slow">[[h@l@U]]') == '<speak rate="x-slow">[ [h@l@U]]'
    assert "\x01" not in sayable("\x01 100s fast")
