"""Each mistake: said in the summary and beside its field, in words that say what to do; what was typed stays."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from tests.complaints.complaining import a_form_for_many_tests, begin, go_on, slug_of
from tests.journeys.reader import Reader

SOME_LETTERS = 20_001 * "a"
StandingAt = Callable[[str], Reader]


@pytest.fixture(scope="module")
def standing_at(request: pytest.FixtureRequest) -> Iterator[StandingAt]:
    """Somebody before the page named. A mistake leaves them there, and what was typed: the next one goes on with them.

    To begin anew for each mistake, with all pages before it, took ten times as long.
    """
    readers: dict[str, Reader] = {}
    passed: dict[str, set[str]] = {}
    with a_form_for_many_tests(request) as app:

        def at(slug: str) -> Reader:
            way = WAYS.get(slug, {})
            if str(way) not in readers or slug in passed[str(way)]:
                readers[str(way)] = Reader(app.test_client()).open("/en/complaint")
                passed[str(way)] = set()
            reader = readers[str(way)]
            passed[str(way)].update(go_on(reader.open(reader.path), until=slug, **way))
            return reader

        yield at


@pytest.mark.parametrize(
    ("slug", "answers", "said"),
    [
        ("who-you-are", {}, ["Choose who you are"]),
        ("who-you-are", {"who": "somebody-unknown"}, ["Choose who you are"]),
        ("who-for", {"representing_name": "", "representing_relation": ""},
         ["Enter the name of the person you are complaining for",
          "Enter how you know the person you are complaining for"]),
        ("permission", {}, ["Choose whether they agreed"]),
        ("banding", {}, ["Choose yes if it is about your band or your place on the housing list"]),
        ("what-happened", {"what_happened": " \n "}, ["Enter what happened"]),
        ("what-happened", {"what_happened": SOME_LETTERS},
         ["Make your answer shorter. It has 20,001 characters and we can take 20,000."]),
        ("when", {"when_happened": "in May"}, ["Choose how long ago it happened"]),
        ("service", {}, ["Choose what your complaint is about"]),
        ("outcome", {"outcome_sought": ""}, ["Enter what would put it right, or that you do not know yet"]),
        ("told-before", {}, ["Choose whether you told us before"]),
        ("name", {"name": ""}, ["Enter your name"]),
        ("name", {"name": 201 * "a"}, ["Make your answer shorter. It has 201 characters and we can take 200."]),
        ("address", {"postcode": "EX1 1AA"},
         ["Enter your house number or name, and your street", "Enter your town or city"]),
        ("address", {"address_line_1": "1 High Street", "town": "Exeter", "postcode": ""},
         ["Enter your postcode. If your address has none, enter your country"]),
        ("answer-by", {}, ["Choose how we should answer you"]),
        ("email", {"email": ""}, ["Enter your email address"]),
        ("email", {"email": "anna at example"}, ["Enter an email address such as name@example.com"]),
        ("phone", {"phone": "call me", "may_leave_messages": "yes"},
         ["Enter a phone number such as 07700 900123 or +48 22 123 45 67"]),
        ("phone", {"phone": "999", "may_leave_messages": None},
         ["Enter a phone number such as 07700 900123 or +48 22 123 45 67", "Choose whether we can leave a message"]),
        ("safe-times", {"safe_times": 1_001 * "a"},
         ["Make your answer shorter. It has 1,001 characters and we can take 1,000."]),
        ("interpreter", {}, ["Choose whether you need an interpreter"]),
        ("interpreter", {"needs_interpreter": "yes"}, ["Enter the language of the interpreter"]),
        ("letters", {}, ["Choose how our letters should be made"]),
        ("letters", {"format": "telegram"}, ["Choose how our letters should be made"]),
        ("print-size", {"point_size": "400"}, ["Choose the size of the print"]),
        ("braille-grade", {}, ["Choose the grade of braille"]),
        ("email-for-letters", {"email": "@"}, ["Enter an email address such as name@example.com"]),
        ("note", {}, ["Choose whether we may keep the note"]),
    ],
)  # fmt: skip
def test_a_mistake_is_said_and_costs_no_words(
    slug: str, answers: dict[str, str | None], said: list[str], standing_at: StandingAt
) -> None:
    reader = standing_at(slug)
    reader.answer(**answers)
    assert reader.response.status_code == 422
    assert reader.mistakes == said
    assert reader.page.find(".//title").text.startswith("Error: ")
    for name, typed in answers.items():
        if name not in CHOICES and typed is not None:
            assert reader.fields()[name] == typed.strip()
    assert slug_of(reader) == slug


# What has to be answered for a page to be asked.
WAYS = {
    "who-for": {"who": "representative"},
    "permission": {"who": "representative"},
    "banding": {"who": "housing-applicant"},
    "email": {"contact_channel": "email"},
    "phone": {"contact_channel": "phone"},
    "print-size": {"format": "large-print"},
    "braille-grade": {"format": "braille"},
    "email-for-letters": {"format": "text"},
}
CHOICES = {"who", "format", "point_size", "needs_interpreter", "may_leave_messages"}


NUMBERS = (
    "07700 900123",
    "0151 290 7000",
    "+44 151 290 7000",
    "+33 1 42 68 53 00",
    "٠٧٧٠٠ ٩٠٠١٢٣",
    "(01392) 496-496",
    "0800 1111",
)


def test_a_phone_number_of_any_country_is_taken_as_typed(sqlite_app: Flask) -> None:
    reader = begin(sqlite_app.test_client(), until="phone", contact_channel="phone")
    for number in NUMBERS:
        reader.open("/en/complaint/phone").answer(phone=number, may_leave_messages="yes")
        assert slug_of(reader) != "phone", number
        go_on(reader)
        assert reader.summary["Your phone number"] == number


def test_no_postcode_is_judged(sqlite_app: Flask) -> None:
    reader = begin(sqlite_app.test_client(), until="address")
    for postcode in ("EX1 1AA", "ex11aa", "SW1A 2AA", "69003", "D02 X285", "〒100-0001", "ΛΕΥ 1010"):
        reader.open("/en/complaint/address")
        reader.answer(address_line_1="1 High Street", town="Exeter", postcode=postcode)
        assert slug_of(reader) == "answer-by", postcode


def test_email_addresses_of_every_shape_are_taken(sqlite_app: Flask) -> None:
    reader = begin(sqlite_app.test_client(), until="email", contact_channel="email")
    for address in ("josé@example.com", "a.b+c@sub.example.co.uk", "ANNA@EXAMPLE.COM"):
        reader.open("/en/complaint/email").answer(email=address)
        assert slug_of(reader) == "safe-times", address


def test_fields_tell_the_phone_which_keyboard_and_which_memory_to_use(sqlite_app: Flask) -> None:
    reader = begin(sqlite_app.test_client(), until="email", contact_channel="email")
    (field,) = reader.page.xpath("//input[@name='email']")
    assert (field.get("autocomplete"), field.get("inputmode"), field.get("spellcheck")) == ("email", "email", "false")
    reader = begin(sqlite_app.test_client(), until="address")
    assert reader.page.xpath("//main//form//input[@type='text']/@autocomplete") == [
        "address-line1", "address-line2", "address-level2", "postal-code", "country-name",
    ]  # fmt: skip


def test_words_typed_in_arabic_run_right_to_left_on_an_english_page(sqlite_app: Flask) -> None:
    reader = begin(sqlite_app.test_client(), until="what-happened")
    (field,) = reader.page.xpath("//textarea")
    assert field.get("dir") == "auto"
