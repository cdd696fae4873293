"""What a tenant adds to their case: words, incidents, files. It arrives once, is seen, and is never lost on the way."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.cases.models import Case, Contact
from app.dispatch.models import Message
from app.extensions import db
from app.journeys.words import kept_words
from app.tracking import routes
from app.uploads import actions as uploads
from app.uploads.models import Upload
from tests.builders import a_colleague
from tests.caseload.desk import page_of
from tests.journeys.reader import Reader
from tests.journeys.test_mechanism_storage import full_disk, locked_database
from tests.laws.page_laws import page_of as page_in
from tests.laws.page_laws import words_of
from tests.staff.door import a_colleague_with_a_password, sign_in
from tests.tracking.following import a_case_that_came, a_photo, code_of, follow

T = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
WORDS = "The man came.\nHe left again, and the lift is still broken: “wait”, he said."
INCIDENT = {"incident_when": "Friday at 11 at night", "incident_what": "Shouting in the stairs\nuntil one."}


def added(case: Case, purpose: str = "more") -> list[Contact]:
    db.session.rollback()
    db.session.expire_all()
    return [contact for contact in case.contacts if contact.purpose == purpose]


def at_the_form(client: FlaskClient, case: Case, page: str = "add") -> Reader:
    follow(client, case)
    return Reader(client).open(f"/en/track/case/{page}")


def test_more_words_reach_the_case_and_its_handler(client: FlaskClient) -> None:
    a_colleague("olive.reed@landlord.example", name="Olive Reed", roles=("complaints-team",))
    case = a_case_that_came(at=T)
    reader = at_the_form(client, case).answer(more=WORDS)
    assert reader.heading == "We have got what you added"
    assert "He left again" in reader.words
    (contact,) = added(case)
    assert contact.answers == {"more": WORDS}
    (note,) = db.session.scalars(db.select(Message).where(Message.letter_id.is_(None)))
    assert note.address == "olive.reed@landlord.example"
    assert "lift" not in f"{note.subject} {note.words}"
    assert f"/staff/cases/{case.reference}" in (note.words or "")
    assert "What you added" in reader.follow("Go back to your case").words


def test_a_button_pressed_twice_adds_once(sqlite_app: Flask) -> None:
    case = a_case_that_came(at=T)
    reader = at_the_form(sqlite_app.test_client(), case)
    data = reader.filled_in(more=WORDS)
    places = {reader.client.post(reader.path, data=data).location for _press in range(2)}
    assert len(places) == 1
    assert len(added(case)) == 1


def test_a_closed_case_takes_it_and_colleagues_see_that_it_came_later(sqlite_app: Flask) -> None:
    case = a_case_that_came(at=T)
    case.status = "closed"
    db.session.commit()
    reader = at_the_form(sqlite_app.test_client(), case).answer(more=WORDS)
    assert "Your case is closed. We have marked this as new" in reader.words
    a_colleague_with_a_password()
    desk = sqlite_app.test_client()
    sign_in(desk)
    words = words_of(page_in(page_of(desk, case)))
    assert "This came after the case was closed. Please look at it." in words
    assert "He left again" in words


def test_what_is_added_reaches_somebody_though_who_dealt_with_it_has_left(sqlite_app: Flask) -> None:
    """A closed case is in nobody's queue: without a name nobody would ever see what came after."""
    left = a_colleague(roles=("complaints-team",))
    case = a_case_that_came(at=T)
    assert case.handler == left
    left.active, case.status = False, "closed"
    db.session.commit()
    there = a_colleague("jo@landlord.example", roles=("complaints-team",), name="Jo Hill")
    at_the_form(sqlite_app.test_client(), case).answer(more=WORDS)
    assert len(added(case)) == 1
    assert case.handler_id == there.id
    notes = db.session.scalars(db.select(Message).where(Message.letter_id.is_(None)))
    assert [note.address for note in notes] == ["jo@landlord.example"]


def test_the_diary_grows_by_one_incident_at_a_time(sqlite_app: Flask) -> None:
    case = a_case_that_came("antisocial-behaviour", at=T, told={"what_happened": "Noise"})
    reader = at_the_form(sqlite_app.test_client(), case, "diary").answer(**INCIDENT)
    assert "Shouting in the stairs" in reader.words
    second = {"incident_when": "Saturday", "incident_what": "A broken door"}
    reader.follow("Add something else to your diary").answer(**second)
    assert reader.words.index("A broken door") < reader.words.index("Your diary so far")
    assert "Shouting in the stairs" in reader.words
    assert [contact.answers for contact in added(case, "diary")] == [INCIDENT, second]
    assert reader.page.xpath("//*[@data-exit]")


def test_only_a_report_has_a_diary(sqlite_app: Flask) -> None:
    case = a_case_that_came(at=T)
    assert at_the_form(sqlite_app.test_client(), case, "diary").response.status_code == 404


def test_a_mistake_costs_no_words(sqlite_app: Flask) -> None:
    case = a_case_that_came("antisocial-behaviour", at=T)
    reader = at_the_form(sqlite_app.test_client(), case, "diary").answer(**{**INCIDENT, "incident_when": ""})
    assert reader.response.status_code == 422
    assert len(reader.mistakes) == 1
    assert reader.fields()["incident_what"] == INCIDENT["incident_what"]
    assert not added(case, "diary")


def test_a_lost_token_costs_no_words(sqlite_app: Flask) -> None:
    case, client = a_case_that_came(at=T), sqlite_app.test_client()
    reader = at_the_form(client, case)
    client.delete_cookie("session")
    reader.answer(more=WORDS)
    assert reader.response.status_code == 400
    assert reader.fields()["more"] == WORDS
    assert reader.press().heading == "We have got what you added"


def test_half_an_hour_of_typing_costs_no_words(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The case has closed: the same page asks for the reference and the code, and then sends."""
    case, client = a_case_that_came("antisocial-behaviour", at=T), sqlite_app.test_client()
    reader = at_the_form(client, case, "diary")
    later = datetime.now(UTC) + timedelta(minutes=45)
    monkeypatch.setattr(routes, "now", lambda: later)
    reader.answer(**INCIDENT)
    assert reader.response.status_code == 403
    assert "What you typed is still here" in reader.words
    assert reader.page.xpath("//*[@data-exit]")
    reader.answer(reference=case.reference, secret="EX1 1AA")
    assert reader.response.status_code == 422
    assert reader.fields()["incident_what"] == INCIDENT["incident_what"]
    assert not added(case, "diary")
    reader.answer(reference=case.reference, secret=code_of(case))
    assert reader.heading == "We have got what you added"
    assert len(added(case, "diary")) == 1


@pytest.mark.parametrize("trouble", [full_disk, locked_database])
def test_a_database_that_cannot_be_written_costs_no_words(trouble: object, sqlite_app: Flask) -> None:
    case = a_case_that_came(at=T)
    reader = at_the_form(sqlite_app.test_client(), case)
    words = WORDS + "x" * 15_000
    with trouble(sqlite_app):  # type: ignore[operator]
        reader.answer(more=words)
        assert reader.response.status_code == 503
        assert reader.fields()["more"] == words
    assert not added(case)
    assert reader.press().heading == "We have got what you added"


def test_files_follow_the_words_and_each_that_is_not_taken_says_why(sqlite_app: Flask) -> None:
    case = a_case_that_came("antisocial-behaviour", at=T)
    reader = at_the_form(sqlite_app.test_client(), case, "diary").answer(**INCIDENT)
    files = [(io.BytesIO(a_photo()), "door.jpg"), (io.BytesIO(b"MZ\x90\0"), "game.exe")]
    sent = {"csrf_token": reader.fields()["csrf_token"], "files": files}
    (form,) = reader.page.xpath("//form[@enctype]")
    answer = reader.client.post(form.get("action"), data=sent, content_type="multipart/form-data")
    assert answer.status_code == 422
    words = words_of(page_in(answer))
    assert "We cannot open “game.exe”." in words
    assert "door.jpg" in words
    assert "Shouting in the stairs" in words
    (contact,) = added(case, "diary")
    (upload,) = db.session.scalars(db.select(Upload))
    assert (upload.shown_name, upload.contact_id, upload.kind) == ("door.jpg", contact.id, "photo")
    assert reader.open(f"/en/track/case/added/{contact.id}").page.xpath("//li/bdi")[0].text == "door.jpg"


def test_no_more_files_are_opened_than_can_be_kept(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each takes seconds of work: hundreds at once would hold up everybody."""
    opened: list[str | None] = []
    prepare = uploads.prepare
    monkeypatch.setattr(uploads, "prepare", lambda stream, name: opened.append(name) or prepare(stream, name))
    reader = at_the_form(sqlite_app.test_client(), a_case_that_came(at=T)).answer(more=WORDS)
    (form,) = reader.page.xpath("//form[@enctype]")
    files = [(io.BytesIO(a_photo()), f"{number}.jpg") for number in range(12)]
    sent = {"csrf_token": reader.fields()["csrf_token"], "files": files}
    answer = reader.client.post(form.get("action"), data=sent, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert len(opened) == 10
    assert len(db.session.scalars(db.select(Upload)).all()) == 10


def test_no_file_at_all_says_so(sqlite_app: Flask) -> None:
    reader = at_the_form(sqlite_app.test_client(), a_case_that_came(at=T)).answer(more=WORDS)
    (form,) = reader.page.xpath("//form[@enctype]")
    answer = reader.client.post(form.get("action"), data={"csrf_token": reader.fields()["csrf_token"]})
    assert answer.status_code == 422
    assert "Choose one or more files first" in answer.text


def test_words_never_go_to_another_case_that_was_opened_in_another_window(sqlite_app: Flask) -> None:
    """The report's page is still open when the complaint is opened: its words must not come to the complaint."""
    report, complaint = a_case_that_came("antisocial-behaviour", at=T), a_case_that_came(at=T)
    client = sqlite_app.test_client()
    for page, typed in (("diary", INCIDENT), ("add", {"more": WORDS})):
        reader = at_the_form(client, report, page)
        follow(client, complaint)
        reader.answer(**typed)
        assert reader.response.status_code == 403
        assert "What you typed is still here" in reader.words
        assert reader.fields().items() >= typed.items()
        assert len(db.session.scalars(db.select(Contact)).all()) == 2, "only what opened each case"
    reader.answer(reference=report.reference, secret=code_of(report))
    assert reader.heading == "We have got what you added"
    (contact,) = added(report)
    assert contact.answers == {"more": WORDS}


def test_what_was_added_to_another_case_is_not_there(sqlite_app: Flask) -> None:
    case, other = a_case_that_came(at=T), a_case_that_came(at=T)
    at_the_form(sqlite_app.test_client(), other).answer(more=WORDS)
    client = sqlite_app.test_client()
    follow(client, case)
    (contact,) = added(other)
    assert client.get(f"/en/track/case/added/{contact.id}").status_code == 404


ANY_TEXT = st.text(max_size=200) | st.text(
    alphabet="<>&\"'\\{}%$\r\n\t\0 \x85\u2028\u202e\u0301\ufffeé٣ياسمين👩🏽‍🦽aA1", max_size=60
)


def test_any_text_is_kept_and_shown(sqlite_app: Flask) -> None:
    case = a_case_that_came(at=T)
    reader = at_the_form(sqlite_app.test_client(), case)
    token = reader.fields()["csrf_token"]

    @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(typed=ANY_TEXT)
    @example(typed="</textarea><script>alert(1)</script>")
    @example(typed="{{ 7 * 7 }} %(name)s %s %%")
    def sent(typed: str) -> None:
        answer = reader.client.post("/en/track/case/add", data={"csrf_token": token, "more": typed})
        kept = kept_words(typed)
        assert answer.status_code == (303 if kept else 422)
        if kept:
            assert reader.client.get(answer.location).status_code == 200
            assert kept in {contact.answers["more"] for contact in added(case)}

    sent()
