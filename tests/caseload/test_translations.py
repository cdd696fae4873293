"""What a colleague wrote in another language: said in the letter, given to a translator, and sent translated."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from app.cases.models import Case
from app.dispatch.models import Message
from app.extensions import db, start_writing
from app.letters.actions import request_letter
from app.letters.comparing import compare
from app.letters.models import Letter, Translation
from app.reception.going_out import send_out
from tests.caseload.desk import a_case_that_came_in, page_of
from tests.cases.moments import london
from tests.letters.samples import SAMPLES
from tests.staff.door import a_colleague_with_a_password, sign_in, token_of, words_of

AT = london("Mon 2026-11-23 10:00")
TITLE, WORDS = "Your new door", "We fit it on 3 December at 10:30.\n- Please be in.\n- Ring 01392 123456."
TITEL = "Eich drws newydd"
WELSH = "Rydym yn ei osod ar 3 Rhagfyr am 10:30.\n- Byddwch i mewn.\n- Ffoniwch 01392 123456."


@pytest.fixture
def client(sqlite_app: Flask) -> FlaskClient:
    return sqlite_app.test_client()


def in_welsh(**different: object) -> Case:
    case = a_case_that_came_in(kind="enquiry", language="cy", **different)
    start_writing()
    return case


def a_letter(case: Case, words: str = WORDS) -> Letter:
    given = {"title": TITLE, "words": words, "words_language": "en"}
    letter = request_letter(case, "letter", datetime.now(UTC), given=given)
    db.session.commit()
    return letter


def a_translator(client: FlaskClient) -> None:
    a_colleague_with_a_password("t@landlord.example", roles=("translator",), name="Tegan Rees")
    assert sign_in(client, "t@landlord.example").status_code == 303


def piece(source: str = WORDS) -> Translation:
    db.session.rollback()
    return db.session.scalars(db.select(Translation).where(Translation.source == source)).one()


def write(client: FlaskClient, source: str, words: str, **fields: object) -> TestResponse:
    address = f"/staff/translations/{piece(source).id}"
    page = client.get(address)
    assert page.status_code == 200
    version = html.fromstring(page.get_data(as_text=True)).xpath("//input[@name='version']/@value")[0]
    token = token_of(page)
    answer = client.post(address, data={"csrf_token": token, "version": version, "words": words, **fields})
    db.session.rollback()
    db.session.expire_all()
    return answer


def letters(case: Case) -> list[Letter]:
    db.session.rollback()
    wanted = db.select(Letter).where(Letter.case_id == case.id, Letter.name == "letter").order_by(Letter.version)
    return list(db.session.scalars(wanted))


def test_until_it_is_translated_the_letter_marks_the_words_and_says_how_to_have_them_read(sqlite_app: Flask) -> None:
    letter = a_letter(in_welsh())
    assert '<span lang="en">We fit it on 3 December at 10:30.</span>' in letter.body
    assert f'<strong><span lang="en">{TITLE}</span></strong>' in letter.body
    assert letter.title != TITLE, "a title has no mark of its language"
    assert "Saesneg" in letter.body, "the name of the language, in Welsh"
    assert {(one.state, one.source_language, one.language) for one in db.session.scalars(db.select(Translation))} == {
        ("wanted", "en", "cy")
    }


def test_a_letter_in_its_own_language_waits_for_nobody(sqlite_app: Flask) -> None:
    case = a_case_that_came_in(kind="enquiry")
    start_writing()
    assert "because one of us wrote" not in a_letter(case).body
    assert not db.session.scalars(db.select(Translation)).all()


def test_the_headings_below_which_words_are_foreign_are_listed(sqlite_app: Flask) -> None:
    case = in_welsh()
    with_own_heading = {**SAMPLES["follow-up"][1], "summary": "## Our talk\nYou said it leaks."}
    letter = request_letter(case, "follow-up", AT, given=with_own_heading)
    notice = html.fromstring(letter.body).xpath("//ul")[0]
    headings = html.fromstring(letter.body).xpath("//h2[not(.//@lang)]")
    assert [li.text_content() for li in notice] == [one.text_content() for one in headings[:2]]


def test_a_translator_comes_in_to_the_list_and_writes_it_part_by_part(client: FlaskClient) -> None:
    case = in_welsh()
    a_letter(case)
    a_translator(client)
    assert client.get("/staff/").location == "/staff/translations"
    listed = client.get("/staff/translations?language=cy")
    assert "Your new door" in words_of(listed)
    assert case.reference not in listed.get_data(as_text=True)
    assert "Anna" not in listed.get_data(as_text=True)
    assert "Nothing waits" in words_of(client.get("/staff/translations?language=ar"))
    first = write(client, TITLE, TITEL)
    assert first.location == f"/staff/translations/{piece().id}", "the next part of the same letter"
    assert len(letters(case)) == 1, "a letter is written again when its last part is there"
    assert "1 letter was written again" in words_of(client.get(write(client, WORDS, WELSH).location))
    before, new = letters(case)
    assert new.title == TITEL
    assert "Rydym yn ei osod ar 3 Rhagfyr am 10:30." in new.body
    assert "<li>" in new.body.partition("10:30")[2]
    assert "Saesneg" not in new.body
    assert 'lang="en"' not in new.body
    assert "We fit it" in before.body, "what was written stays"
    done = client.get("/staff/translations?show=done")
    assert "Your new door" in words_of(done)
    assert "t@landlord.example" in words_of(done)


def translated_by(client: FlaskClient, case: Case) -> None:
    a_translator(client)
    write(client, TITLE, TITEL)
    write(client, WORDS, WELSH)
    db.session.expire_all()
    client.post("/staff/sign-out", data={"csrf_token": token_of(client.get("/staff/translations"))})
    a_colleague_with_a_password(roles=("advisor",))
    sign_in(client)


def test_the_case_tells_colleagues_and_only_the_translated_letter_goes_out(client: FlaskClient) -> None:
    case = in_welsh()
    old = a_letter(case).id
    translated_by(client, case)
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


def test_a_letter_that_waits_in_the_post_is_the_translated_one(client: FlaskClient) -> None:
    case = in_welsh()
    letter = a_letter(case)
    start_writing()
    assert send_out(letter, datetime.now(UTC), "sam.field@landlord.example") == "post"
    db.session.commit()
    assert "Waits for a translator" in waiting_page(client, case)
    a_translator(client)
    write(client, TITLE, TITEL)
    write(client, WORDS, WELSH)
    old, new = letters(case)
    assert old.sent_at is None
    waiting = db.session.scalars(db.select(Message).where(Message.letter_id.in_((old.id, new.id)))).all()
    assert [message.letter_id for message in waiting] == [new.id]


def waiting_page(client: FlaskClient, case: Case) -> str:
    a_colleague_with_a_password(roles=("advisor",))
    sign_in(client)
    page = page_of(client, case)
    client.post("/staff/sign-out", data={"csrf_token": token_of(page)})
    return words_of(page)


def test_a_letter_that_has_gone_is_offered_again_translated(client: FlaskClient) -> None:
    case = in_welsh()
    letter = a_letter(case)
    letter.sent_at = datetime.now(UTC)
    db.session.commit()
    translated_by(client, case)
    said = words_of(page_of(client, case))
    assert "Version 1 went out with words in another language. Here they are translated: send this version too." in said
    assert "I have sent it as: Standard print" in said


def test_what_was_translated_once_is_set_into_the_next_letter(client: FlaskClient) -> None:
    case = in_welsh()
    a_letter(case)
    a_translator(client)
    write(client, TITLE, TITEL)
    write(client, WORDS, WELSH)
    start_writing()
    again = a_letter(in_welsh(), words=WORDS.replace("\n", "\r\n"))
    assert again.title == TITEL
    assert "Rydym yn ei osod" in again.body
    assert db.session.query(Translation).count() == 2


def test_two_at_one_piece_are_told_and_lose_nothing(client: FlaskClient) -> None:
    case = in_welsh()
    a_letter(case)
    a_translator(client)
    assert write(client, WORDS, WELSH).status_code == 303
    mine = WELSH.replace("Byddwch", "Arhoswch")
    answer = client.post(
        f"/staff/translations/{piece().id}",
        data={"csrf_token": token_of(client.get("/staff/translations")), "version": "1", "words": mine},
    )
    assert answer.status_code == 409
    assert "t@landlord.example has translated this meanwhile" in words_of(answer)
    assert "Arhoswch" in words_of(answer)
    assert "Byddwch" in words_of(answer)
    assert piece().words == WELSH


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (WELSH.replace("01392", "01393"), "The source has this, and your words do not: 01392."),
        (WELSH.replace("- ", ""), "The source has 2 lines of lists, your words have 0."),
        (WELSH + "\nFfoniwch 999.", "Your words have this, and the source does not: 999."),
    ],
)
def test_a_number_that_is_lost_is_asked_about_and_can_stay_so(client: FlaskClient, words: str, said: str) -> None:
    a_letter(in_welsh())
    a_translator(client)
    answer = write(client, WORDS, words)
    assert answer.status_code == 422
    assert said in words_of(answer)
    assert html.fromstring(answer.get_data(as_text=True)).get_element_by_id("words").text.strip() == words
    assert write(client, WORDS, words, is_right="yes").status_code == 303
    assert piece().state == "done"


def test_no_words_are_no_translation(client: FlaskClient) -> None:
    a_letter(in_welsh())
    a_translator(client)
    answer = write(client, WORDS, " \n ")
    assert answer.status_code == 422
    assert "Enter the words in the other language" in words_of(answer)


def test_what_no_letter_needs_any_more_leaves_the_list(sqlite_app: Flask) -> None:
    case = in_welsh()
    given = dict(SAMPLES["answer"][1])
    request_letter(case, "answer", AT, given={**given, "words": "It is on Monday."})
    request_letter(case, "answer", AT, given={**given, "words": "It is on Tuesday."})
    db.session.commit()
    assert (piece("It is on Monday.").state, piece("It is on Tuesday.").state) == ("withdrawn", "wanted")
    start_writing()
    request_letter(case, "answer", AT, given={**given, "words": "It is on Monday."})
    assert (piece_now("It is on Monday."), piece_now("It is on Tuesday.")) == ("wanted", "withdrawn")


def piece_now(source: str) -> str:
    return db.session.scalars(db.select(Translation.state).where(Translation.source == source)).one()


def test_a_translation_of_another_length_is_looked_at_again() -> None:
    source = "We will come and look at your boiler next week, and we will bring what we need to put it right."
    assert compare(source, "Down.").is_short
    assert compare(source, source * 4).is_long
    assert not compare(source, source[: len(source) // 2])
    assert not compare("Yes.", "Byddwn yn gwneud hynny."), "a length says nothing of a word"


def test_numbers_are_the_same_in_any_digits() -> None:
    assert not compare("Ring 01392 123456 by 3 May.", "اتصل ٠١٣٩٢ ١٢٣٤٥٦ ٣ مايو")
    assert compare("Write to us@landlord.example, K7M4-QX9T.", "اكتب").missing == ("us@landlord.example", "K7M4-QX9T")
