"""What a colleague wrote in another language: said in the letter, given to a translator, and sent translated."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from app.caseload import appointments
from app.cases.models import Case
from app.complaints.models import Refusal
from app.dispatch.models import Message
from app.extensions import db, start_writing
from app.letters.actions import document_of, landlord_of, request_letter
from app.letters.comparing import compare
from app.letters.models import Letter, Translation
from app.reception.going_out import send_out
from tests.caseload.desk import a_case_that_came_in, a_desk_for_many_tests, page_of
from tests.cases.moments import london
from tests.laws.page_laws import assert_page_laws
from tests.letters.samples import SAMPLES
from tests.staff.door import a_colleague_with_a_password, sign_in, token_of, words_of

AT = london("Mon 2026-11-23 10:00")
WHO = "sam.field@landlord.example"
numbers = itertools.count(1)


@dataclass(frozen=True)
class Said:
    """Of a letter of its own: what was translated for another one is set in without asking."""

    title: str
    words: str
    titel: str
    welsh: str


@pytest.fixture
def said() -> Said:
    door = next(numbers)
    return Said(
        f"Your new door, {door}",
        f"We fit door {door} on 3 December at 10:30.\n- Please be in.\n- Ring 01392 123456.",
        f"Eich drws newydd, {door}",
        f"Rydym yn gosod drws {door} ar 3 Rhagfyr am 10:30.\n- Byddwch i mewn.\n- Ffoniwch 01392 123456.",
    )


@pytest.fixture(scope="module")
def client(request: pytest.FixtureRequest) -> Iterator[FlaskClient]:
    """A manager's: who reads cases, and may translate."""
    with a_desk_for_many_tests(request, "manager") as client:
        yield client


def in_welsh(kind: str = "enquiry", language: str = "cy") -> Case:
    case = a_case_that_came_in(kind=kind, language=language)
    start_writing()
    return case


def a_letter(said: Said, case: Case | None = None) -> Letter:
    given = {"title": said.title, "words": said.words, "words_language": "en"}
    letter = request_letter(case or in_welsh(), "letter", datetime.now(UTC), given=given)
    db.session.commit()
    return letter


def piece(source: str) -> Translation:
    db.session.rollback()
    return db.session.scalars(db.select(Translation).where(Translation.source == source)).one()


def write(client: FlaskClient, source: str, words: str, **fields: object) -> TestResponse:
    address = f"/staff/translations/{piece(source).id}"
    page = client.get(address)
    assert page.status_code == 200
    version = html.fromstring(page.get_data(as_text=True)).xpath("//input[@name='version']/@value")[0]
    answer = client.post(address, data={"csrf_token": token_of(page), "version": version, "words": words, **fields})
    db.session.rollback()
    db.session.expire_all()
    return answer


def write_all(client: FlaskClient, said: Said) -> TestResponse:
    assert write(client, said.title, said.titel).status_code == 303
    return write(client, said.words, said.welsh)


def letters(case: Case, name: str = "letter") -> list[Letter]:
    db.session.rollback()
    wanted = db.select(Letter).where(Letter.case_id == case.id, Letter.name == name).order_by(Letter.version)
    return list(db.session.scalars(wanted))


def test_until_it_is_translated_the_letter_marks_the_words_and_says_how_to_have_them_read(
    client: FlaskClient, said: Said
) -> None:
    letter = a_letter(said)
    first_line = said.words.splitlines()[0]
    assert f'<span lang="en">{first_line}</span>' in letter.body
    assert f'<strong><span lang="en">{said.title}</span></strong>' in letter.body
    assert letter.title != said.title, "a title has no mark of its language"
    assert "Saesneg" in letter.body, "the name of the language, in Welsh"
    assert document_of(letter, landlord_of(letter.case)).title == letter.title
    waits = piece(said.words)
    assert (waits.state, waits.source_language, waits.language) == ("wanted", "en", "cy")


def test_a_letter_in_its_own_language_waits_for_nobody(client: FlaskClient, said: Said) -> None:
    letter = a_letter(said, in_welsh(language="en"))
    assert letter.title == said.title
    assert "because one of us wrote" not in letter.body
    assert not db.session.scalars(db.select(Translation).where(Translation.source == said.words)).all()


def test_the_headings_below_which_words_are_foreign_are_listed(client: FlaskClient) -> None:
    with_own_heading = {**SAMPLES["follow-up"][1], "summary": "## Our talk\nYou said it leaks."}
    letter = request_letter(in_welsh(), "follow-up", AT, given=with_own_heading)
    notice = html.fromstring(letter.body).xpath("//ul")[0]
    headings = html.fromstring(letter.body).xpath("//h2[not(.//@lang)]")
    assert [li.text_content() for li in notice] == [one.text_content() for one in headings[:2]]
    db.session.rollback()


def test_a_translator_sees_the_list_and_no_case(app: Flask, said: Said) -> None:
    client, case = app.test_client(), in_welsh()
    a_letter(said, case)
    a_colleague_with_a_password(roles=("translator",))
    assert sign_in(client).status_code == 303
    assert client.get("/staff/").location == "/staff/translations"
    listed = client.get("/staff/translations?language=cy")
    assert_page_laws(listed)
    assert said.title in words_of(listed)
    assert case.reference not in listed.get_data(as_text=True)
    assert "Anna" not in listed.get_data(as_text=True)
    assert "/staff/cases" not in listed.get_data(as_text=True)
    assert "Nothing waits" in words_of(client.get("/staff/translations?language=ar"))
    assert client.get("/staff/translations?language=xx").status_code == 404
    write_all(client, said)
    assert [one.title for one in letters(case)][1:] == [said.titel]


def test_the_letter_is_written_again_when_its_last_part_is_there(client: FlaskClient, said: Said) -> None:
    before = a_letter(said)
    first = write(client, said.title, said.titel)
    assert first.location == f"/staff/translations/{piece(said.words).id}", "the next part of the same letter"
    assert len(letters(before.case)) == 1
    last = client.get(write(client, said.words, said.welsh).location)
    assert "1 letter was written again" in words_of(last)
    before, new = letters(before.case)
    assert new.title == said.titel
    assert said.welsh.splitlines()[0] in new.body
    assert new.body.count("<li>") >= 2
    assert "Saesneg" not in new.body
    assert 'lang="en"' not in new.body
    assert said.words.splitlines()[0] in before.body, "what was written stays"
    done = words_of(client.get("/staff/translations?show=done"))
    assert said.title in done
    assert WHO in done


def test_the_case_tells_colleagues_and_only_the_translated_letter_goes_out(client: FlaskClient, said: Said) -> None:
    letter = a_letter(said)
    case, old = letter.case, letter.id
    assert "Waits for a translator: 0 of 2 parts are done." in words_of(page_of(client, case))
    write_all(client, said)
    page = page_of(client, case)
    assert "Translated letter to send" in words_of(page)
    assert "The words of version 1 have been translated. This version takes its place." in words_of(page)
    assert "Letter was translated into Welsh." in words_of(page)
    send = {"csrf_token": token_of(page), "by": "post"}
    refused = client.post(f"/staff/cases/{case.reference}/letters/{old}/sent", data=send)
    assert "Send the newer version" in words_of(client.get(refused.location))
    new = letters(case)[1].id
    sent = client.post(f"/staff/cases/{case.reference}/letters/{new}/sent", data=send)
    assert "has been sent" in words_of(client.get(sent.location))
    assert [bool(one.sent_at) for one in letters(case)] == [False, True]
    assert "Translated letter to send" not in words_of(page_of(client, case))
    assert case.reference not in words_of(client.get("/staff/translated-letters"))


def test_a_letter_that_waits_in_the_post_is_the_translated_one(client: FlaskClient, said: Said) -> None:
    letter = a_letter(said)
    start_writing()
    assert send_out(letter, datetime.now(UTC), WHO) == "post"
    db.session.commit()
    write_all(client, said)
    old, new = letters(letter.case)
    assert old.sent_at is None
    waiting = db.session.scalars(db.select(Message).where(Message.letter_id.in_((old.id, new.id)))).all()
    assert [message.letter_id for message in waiting] == [new.id]
    assert letter.case.reference not in words_of(client.get("/staff/translated-letters"))


def test_a_letter_that_has_gone_is_offered_again_translated(client: FlaskClient, said: Said) -> None:
    letter = a_letter(said)
    letter.sent_at = datetime.now(UTC)
    db.session.commit()
    write_all(client, said)
    page = words_of(page_of(client, letter.case))
    assert "Version 1 went out with words in another language. Here they are translated: send this version too." in page
    listed = client.get("/staff/translated-letters")
    assert_page_laws(listed)
    assert letter.case.reference in words_of(listed)
    assert "Version 1 went out with words in another language." in words_of(listed)
    assert "I have sent it as: Standard print" in page


def test_a_refusal_that_was_translated_is_the_letter_of_its_file(client: FlaskClient) -> None:
    case, reasons = in_welsh("complaint"), "It was long ago."
    given = {**SAMPLES["refusal"][1], "reasons": reasons, "instead": ""}
    letter = request_letter(case, "refusal", AT, given=given)
    db.session.flush()
    refused = Refusal(case_id=case.id, stage=1, ground="time", evidence="x", reasons=reasons, at=AT, who=WHO)
    refused.letter_id = letter.id
    db.session.add(refused)
    db.session.commit()
    assert write(client, reasons, "Roedd amser maith yn ôl.").status_code == 303
    assert refused.letter_id == letters(case, "refusal")[1].id


def test_what_was_translated_once_is_set_into_the_next_letter(client: FlaskClient, said: Said) -> None:
    a_letter(said)
    write_all(client, said)
    start_writing()
    again = a_letter(Said(said.title, said.words.replace("\n", "\r\n"), "", ""))
    assert again.title == said.titel
    assert said.welsh.splitlines()[0] in again.body
    assert piece(said.words).state == "done"


def test_a_correction_writes_again_what_has_not_gone_out(client: FlaskClient, said: Said) -> None:
    letter = a_letter(said)
    write_all(client, said)
    better = said.welsh.replace("Byddwch", "Arhoswch")
    assert write(client, said.words, better).status_code == 303
    assert ["Arhoswch" in one.body for one in letters(letter.case)] == [False, False, True]
    assert write(client, said.words, better).status_code == 303
    assert len(letters(letter.case)) == 3, "the same words again are nothing new"


def test_a_letter_of_a_visit_that_was_cancelled_is_not_written_again(client: FlaskClient) -> None:
    case, purpose = in_welsh(), "We look at the roof."
    begins = datetime.now(UTC) + timedelta(days=3)
    visit = appointments.Visit(purpose, "en", begins, begins + timedelta(hours=1), "Ada Byron")
    made, _way = appointments.make(case, visit, datetime.now(UTC), WHO)
    appointments.cancel(made, "not-needed", "", "en", datetime.now(UTC), WHO)
    db.session.commit()
    assert write(client, purpose, "Byddwn yn edrych ar y to.").status_code == 303
    assert len(letters(case, "appointment")) == 1
    assert "What it says does not hold any more." in words_of(page_of(client, case))


def test_two_at_one_piece_are_told_and_lose_nothing(client: FlaskClient, said: Said) -> None:
    a_letter(said)
    assert write(client, said.words, said.welsh).status_code == 303
    mine = said.welsh.replace("Byddwch", "Arhoswch")
    page = client.get("/staff/translations")
    typed = {"csrf_token": token_of(page), "version": "1", "words": mine}
    answer = client.post(f"/staff/translations/{piece(said.words).id}", data=typed)
    assert answer.status_code == 409
    assert_page_laws(answer)
    assert f"{WHO} has translated this meanwhile" in words_of(answer)
    assert "Arhoswch" in words_of(answer)
    assert "Byddwch" in words_of(answer)
    assert piece(said.words).words == said.welsh


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (("01392", "01393"), "The source has this, and your words do not: 01392 123456."),
        (("- ", ""), "The source has 2 lines of lists, your words have 0."),
        (("drws", "drws 999,"), "Your words have this, and the source does not: 999."),
    ],
)
def test_a_number_that_is_lost_is_asked_about_and_can_stay_so(
    client: FlaskClient, said: Said, change: tuple[str, str], finding: str
) -> None:
    a_letter(said)
    words = said.welsh.replace(*change)
    answer = write(client, said.words, words)
    assert answer.status_code == 422
    assert_page_laws(answer)
    assert finding in words_of(answer)
    assert html.fromstring(answer.get_data(as_text=True)).get_element_by_id("words").text.strip() == words
    assert write(client, said.words, words, is_right="yes").status_code == 303
    assert piece(said.words).state == "done"


def test_no_words_are_no_translation(client: FlaskClient, said: Said) -> None:
    a_letter(said)
    answer = write(client, said.words, " \n ")
    assert answer.status_code == 422
    assert_page_laws(answer)
    assert "Enter the words in the other language" in words_of(answer)


def test_what_no_letter_needs_any_more_leaves_the_list(client: FlaskClient) -> None:
    case, given = in_welsh(), dict(SAMPLES["answer"][1])
    monday, tuesday = "It is on Monday.", "It is on Tuesday."
    for words in (monday, tuesday):
        request_letter(case, "answer", AT, given={**given, "words": words})
    db.session.commit()
    assert (piece(monday).state, piece(tuesday).state) == ("withdrawn", "wanted")
    late = write(client, monday, "Mae ar ddydd Llun.")
    assert "No letter needs these words any more." in words_of(client.get(late.location))
    start_writing()
    request_letter(case, "answer", AT, given={**given, "words": monday})
    db.session.commit()
    assert (piece(monday).state, piece(tuesday).state) == ("wanted", "withdrawn")


def test_a_translation_of_another_length_is_looked_at_again() -> None:
    source = "We will come and look at your boiler next week, and we will bring what we need to put it right."
    assert compare(source, "Down.").is_short
    assert compare(source, source * 4).is_long
    assert not compare(source, source[: len(source) // 2])
    assert not compare("Yes.", "Byddwn yn gwneud hynny."), "a length says nothing of a word"


def test_numbers_are_the_same_in_any_digits_and_phone_numbers_with_any_spaces() -> None:
    assert not compare("Ring 01392 123456 by 3 May.", "اتصل ٠١٣٩٢١٢٣٤٥٦ ٣ مايو")
    assert compare("Write to us@landlord.example, K7M4-QX9T.", "اكتب").missing == ("us@landlord.example", "K7M4-QX9T")
    assert compare("1 or 1 or 2", "1, 2").missing == ("1",)


def test_what_no_letter_can_hold_is_not_kept_of_a_translation(client: FlaskClient, said: Said) -> None:
    a_letter(said)
    assert write(client, said.title, "\x00\x01 \x02").status_code == 422
    assert piece(said.title).words is None
    assert write(client, said.title, f"\x01{said.titel}\x00").status_code == 303
    assert piece(said.title).words == said.titel
