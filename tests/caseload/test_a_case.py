"""One case's page: what it shows, what can be done there, and who may."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select

from app.cases.models import Case, Event
from app.dispatch.models import Message
from app.extensions import db
from app.letters.models import Letter
from tests.builders import needs, person
from tests.caseload.desk import a_case_that_came_in, a_desk_for_many_tests, labels_of_buttons, page_of, press
from tests.conftest import MakeApp
from tests.laws.page_laws import assert_page_laws
from tests.staff.door import a_colleague_with_a_password, sign_in, words_of

EMAIL = {"email": "anna@tenants.example"}


@pytest.fixture(scope="module")
def desk(request: pytest.FixtureRequest) -> Iterator[FlaskClient]:
    with a_desk_for_many_tests(request) as client:
        a_colleague_with_a_password("priya@landlord.example", name="Priya Shah", roles=("complaints-team",))
        yield client


@pytest.fixture
def officer(desk: FlaskClient) -> Iterator[FlaskClient]:
    """An officer at their desk; Priya deals with cases."""
    yield desk
    db.session.rollback()


@pytest.fixture
def officer_on_each(client: FlaskClient) -> FlaskClient:
    """The same on both databases: for what is written."""
    return at_their_desk(client)


def at_their_desk(client: FlaskClient) -> FlaskClient:
    a_colleague_with_a_password()
    a_colleague_with_a_password("priya@landlord.example", name="Priya Shah", roles=("complaints-team",))
    sign_in(client)
    return client


def events_of(case: Case) -> list[str]:
    return list(db.session.scalars(select(Event.what).where(Event.case_id == case.id).order_by(Event.id)))


def acknowledgement(case: Case) -> Letter:
    return db.session.scalars(
        select(Letter)
        .where(Letter.case_id == case.id, Letter.name == "acknowledgement")
        .order_by(Letter.version.desc())
    ).first()  # type: ignore[return-value]


def promised(case: Case) -> set[tuple[str, str, bool]]:
    db.session.refresh(case)
    return {(one.standard, one.regime, one.met_at is not None) for one in case.promises}


def test_the_page_says_all_that_a_colleague_needs(officer: FlaskClient) -> None:
    case = a_case_that_came_in(
        person=person(name="فاطمة السيد"),
        language="ar",
        needs=needs(format="braille", safe_times="بعد الساعة الثالثة", interpreter_language="Arabic"),
        answers={"what_happened": "يوجد عفن أسود في غرفة النوم.", "outcome_sought": "إصلاح الجدار."},
    )
    answer = page_of(officer, case)
    page = assert_page_laws(answer)
    words = words_of(answer)
    for said in ("فاطمة السيد", "Braille grade 2", "Arabic", "Interpreter", "Safe contact", "07700 900123"):
        assert said in words, said
    for said in ("Our own promise, 24 hours", "Complaint Handling Code, 5 working days", "Received: Phone."):
        assert said in words, said
    for typed in ("يوجد عفن أسود في غرفة النوم.", "إصلاح الجدار.", "بعد الساعة الثالثة"):
        (element,) = page.xpath("//dd[normalize-space(.)=$words]", words=typed)
        assert (element.get("lang"), element.get("dir")) == ("ar", "rtl")


def test_what_a_tenant_typed_is_shown_and_never_run(officer: FlaskClient) -> None:
    hostile = "<script>alert(1)</script> {{ 7 * 7 }} <b>"
    case = a_case_that_came_in(person=person(name=hostile), answers={"what_happened": hostile, "outcome_sought": "x"})
    answer = page_of(officer, case)
    assert words_of(answer).count("<script>alert(1)</script> {{ 7 * 7 }} <b>") >= 2
    tree = html.fromstring(answer.get_data(as_text=True))
    assert not tree.xpath("//main//script | //main//b")


def test_why_this_date_is_told_day_by_day(officer: FlaskClient) -> None:
    case = a_case_that_came_in(1)
    page = html.fromstring(page_of(officer, case).get_data(as_text=True))
    code = next(one for one in case.promises if one.regime == "code" and one.standard == "complaint.acknowledge")
    whys = [one for one in page.xpath("//details[summary]") if "Complaint Handling Code" in one.text_content()]
    days = whys[0].xpath(".//li")
    assert len(days) == len(code.working)
    counted = [" ".join(day.text_content().split()) for day in days if "working__day--counts" in day.get("class")]
    assert [one.rpartition("day ")[2] for one in counted] == ["1", "2", "3", "4", "5"]
    assert all(day.xpath("string(span[2])").strip() for day in days), "a day that does not count has no reason"


def test_the_format_that_the_tenant_needs_comes_first_and_is_flagged(officer: FlaskClient) -> None:
    case = a_case_that_came_in(needs=needs(format="large-print", point_size=24))
    page = html.fromstring(page_of(officer, case).get_data(as_text=True))
    first = page.xpath("//ul[@class='files']/li")[0]
    assert "Large print 24" in first.text_content()
    assert "The tenant needs this one" in first.text_content()
    links = page.xpath("//div[@class='letter'][1]//ul[@class='files']//a/@href")
    formats = [link.rpartition("/")[2] for link in links]
    assert formats == [
        "large-print?point_size=24",
        "standard-print",
        "html",
        "text",
        "audio",
        "audio-cd",
        "wav",
        "talking-book",
        "braille?grade=2",
        "dots?grade=2&variant=",
        "pef?grade=2",
    ]


def test_a_reference_is_found_however_it_is_typed_and_an_unknown_one_is_not(officer: FlaskClient) -> None:
    case = a_case_that_came_in()
    typed = case.reference.lower().replace("-", " ")
    answer = officer.get(f"/staff/cases/{typed}")
    assert (answer.status_code, answer.location) == (303, f"/staff/cases/{case.reference}")
    for unknown in ("K7M4-QX9T", "nonsense"):
        assert officer.get(f"/staff/cases/{unknown}").status_code == 404


def test_a_handler_is_named_and_the_letter_that_names_another_must_be_written_again(
    officer_on_each: FlaskClient,
) -> None:
    case = a_case_that_came_in()
    assert case.handler is not None
    assert case.handler.name == "Priya Shah"
    a_colleague_with_a_password("kim@landlord.example", name="Kim O’Brien", roles=("officer",))
    kim = db.session.scalar(db.text("SELECT id FROM staff_member WHERE email = 'kim@landlord.example'"))
    after = press(officer_on_each, case, "Save handler", handler=kim)
    assert "Kim O’Brien deals with this case now." in words_of(after)
    assert "Write it again before it goes out" in words_of(after)
    assert "I have sent it as: Standard print Acknowledgement" not in labels_of_buttons(after)
    first = acknowledgement(case)
    refused = officer_on_each.post(
        f"/staff/cases/{case.reference}/letters/{first.id}/sent",
        data={"csrf_token": token_in(officer_on_each, case), "by": "post"},
    )
    assert "Write the letter again first" in words_of(officer_on_each.get(refused.location))
    after = press(officer_on_each, case, "Write it again")
    assert "version 2" in words_of(after)
    second = acknowledgement(case)
    assert "Kim O’Brien" in second.body
    assert "Priya Shah" in first.body, "the words of a letter stay as they were"
    assert "I have sent it as: Standard print Acknowledgement" in labels_of_buttons(after)


def token_in(client: FlaskClient, case: Case) -> str:
    page = html.fromstring(page_of(client, case).get_data(as_text=True))
    return str(page.xpath("//main//input[@name='csrf_token']/@value")[0])


@pytest.mark.parametrize("handler", ["", "0", "999", "x", "translator"])
def test_nobody_is_named_who_does_not_deal_with_cases(officer: FlaskClient, handler: str) -> None:
    case = a_case_that_came_in()
    if handler == "translator":
        translator = a_colleague_with_a_password("t@landlord.example", roles=("translator",))
        handler = str(translator.id)
    before = case.handler_id
    after = press(officer, case, "Save handler", handler=handler)
    assert "Choose who deals with this case" in words_of(after)
    db.session.refresh(case)
    assert case.handler_id == before
    assert events_of(case).count("handler_named") == 1


def test_a_restricted_case_is_given_only_to_roles_that_see_such_cases(officer: FlaskClient) -> None:
    case = a_case_that_came_in(kind="antisocial-behaviour", answers={"what_happened": "Shouting at night."})
    advisor = a_colleague_with_a_password("lee@landlord.example", name="Lee Park", roles=("advisor",))
    before = case.handler_id
    assert "Choose who deals with this case" in words_of(press(officer, case, "Save handler", handler=advisor.id))
    db.session.refresh(case)
    assert case.handler_id == before


def test_naming_the_same_handler_changes_nothing(officer: FlaskClient) -> None:
    case = a_case_that_came_in()
    press(officer, case, "Save handler", handler=case.handler_id)
    assert events_of(case).count("handler_named") == 1


def test_sending_the_acknowledgement_keeps_that_promise_and_begins_the_next(officer_on_each: FlaskClient) -> None:
    case = a_case_that_came_in()
    assert ("complaint.stage_1_response", "code", False) not in promised(case)
    after = press(officer_on_each, case, "I have sent it as: Standard print Acknowledgement")
    assert "Recorded: the letter has been sent." in words_of(after)
    assert ("complaint.acknowledge", "landlord", True) in promised(case)
    assert ("complaint.acknowledge", "code", True) in promised(case)
    assert ("complaint.stage_1_response", "code", False) in promised(case)
    assert acknowledgement(case).sent_at is not None
    who = db.session.scalar(select(Event.who).where(Event.case_id == case.id, Event.what == "acknowledged"))
    assert who == "sam.field@landlord.example"
    assert "I have sent it as: Standard print Acknowledgement" not in labels_of_buttons(after)


def test_a_call_back_is_marked_as_done_and_the_next_promise_comes_up(make_app: MakeApp) -> None:
    app = make_app(landlord="livv")
    with app.app_context():
        client = at_their_desk(app.test_client())
        case = a_case_that_came_in()
        after = press(client, case, "We have done this")
        assert "Recorded: this promise is kept." in words_of(after)
        assert ("complaint.stage_1_contact", "landlord", True) in promised(case)
        assert ("complaint.acknowledge", "code", False) in promised(case)
        assert "We have done this" not in labels_of_buttons(after)


def test_no_button_keeps_what_only_a_letter_keeps(officer: FlaskClient) -> None:
    case = a_case_that_came_in()
    assert "We have done this" not in labels_of_buttons(page_of(officer, case))
    token = token_in(officer, case)
    for promise in case.promises:
        answer = officer.post(f"/staff/cases/{case.reference}/promises/{promise.id}/kept", data={"csrf_token": token})
        assert "is kept when a letter goes out" in words_of(officer.get(answer.location))
    assert not any(is_met for _standard, _regime, is_met in promised(case))
    assert (
        officer.post(f"/staff/cases/{case.reference}/promises/9999/kept", data={"csrf_token": token}).status_code == 404
    )


def test_pressing_twice_sends_once(officer_on_each: FlaskClient) -> None:
    case = a_case_that_came_in()
    letter, token = acknowledgement(case), token_in(officer_on_each, case)
    for _ in range(2):
        answer = officer_on_each.post(
            f"/staff/cases/{case.reference}/letters/{letter.id}/sent", data={"csrf_token": token, "by": "post"}
        )
    assert "sent already" in words_of(officer_on_each.get(answer.location))
    sent = select(Message).where(Message.letter_id == letter.id)
    assert len(db.session.scalars(sent).all()) == 1
    assert events_of(case).count("message_sent") == 1


def test_no_acknowledgement_goes_out_before_somebody_is_named(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    a_colleague_with_a_password(roles=("officer",))
    case = a_case_that_came_in()
    case.handler = None
    db.session.commit()
    sign_in(client)
    answer = page_of(client, case)
    assert "Nobody deals with this case yet." in words_of(answer)
    assert "Name a handler before this letter goes out" in words_of(answer)
    assert "I have sent it as: Standard print Acknowledgement" not in labels_of_buttons(answer)
    letter = acknowledgement(case)
    refused = client.post(
        f"/staff/cases/{case.reference}/letters/{letter.id}/sent",
        data={"csrf_token": token_in(client, case), "by": "post"},
    )
    assert "Name a handler first" in words_of(client.get(refused.location))
    assert ("complaint.acknowledge", "landlord", False) in promised(case)
    db.session.refresh(letter)
    assert letter.sent_at is None


def test_an_email_waits_in_the_outbox_and_the_promise_waits_with_it(officer_on_each: FlaskClient) -> None:
    case = a_case_that_came_in(person=person(**EMAIL), needs=needs(contact_channel="email"))
    after = press(officer_on_each, case, "Send by email Acknowledgement")
    assert "Waiting to be sent" in words_of(after)
    message = db.session.scalars(select(Message).where(Message.letter_id == acknowledgement(case).id)).one()
    assert (message.channel, message.address, message.state) == ("email", EMAIL["email"], "waiting")
    assert ("complaint.acknowledge", "landlord", False) in promised(case)
    assert "Send by email Acknowledgement" not in labels_of_buttons(after)


def test_whoever_asked_for_letters_by_post_gets_no_email(officer: FlaskClient) -> None:
    case = a_case_that_came_in(person=person(**EMAIL), needs=needs(contact_channel="letter"))
    assert "Send by email Acknowledgement" not in labels_of_buttons(page_of(officer, case))
    letter = acknowledgement(case)
    refused = officer.post(
        f"/staff/cases/{case.reference}/letters/{letter.id}/sent",
        data={"csrf_token": token_in(officer, case), "by": "email"},
    )
    assert "does not meet: the way that the tenant asked for" in words_of(officer.get(refused.location))
    assert not db.session.scalars(select(Message).where(Message.letter_id == letter.id)).all()


def test_a_letter_for_the_post_is_marked_as_posted_once(officer_on_each: FlaskClient) -> None:
    case = a_case_that_came_in()
    message = db.session.scalars(select(Message).where(Message.case_id == case.id)).one()
    assert "To be posted" in words_of(page_of(officer_on_each, case))
    after = press(officer_on_each, case, "Mark as posted")
    db.session.refresh(message)
    assert message.state == "sent"
    assert "Receipt sent by post" in words_of(after)
    assert "Mark as posted" not in labels_of_buttons(after)


def test_a_message_that_failed_says_why_and_can_be_tried_again(officer_on_each: FlaskClient) -> None:
    case = a_case_that_came_in(person=person(**EMAIL), needs=needs(contact_channel="email"))
    message = db.session.scalars(select(Message).where(Message.case_id == case.id)).one()
    message.state, message.problem = "failed", "550 5.1.1 no such mailbox"
    db.session.commit()
    answer = page_of(officer_on_each, case)
    assert "Could not be sent" in words_of(answer)
    assert "550 5.1.1 no such mailbox" in words_of(answer)
    press(officer_on_each, case, "Try again")
    db.session.refresh(message)
    assert message.state == "waiting"


def test_another_cases_letter_or_message_is_not_found_here(officer: FlaskClient) -> None:
    mine, other = a_case_that_came_in(), a_case_that_came_in()
    token = token_in(officer, mine)
    letter = acknowledgement(other)
    message = db.session.scalars(select(Message).where(Message.case_id == other.id)).one()
    for path in (f"letters/{letter.id}/sent", f"messages/{message.id}/posted", f"messages/{message.id}/again"):
        answer = officer.post(f"/staff/cases/{mine.reference}/{path}", data={"csrf_token": token})
        assert answer.status_code == 404, path
    assert officer.get(f"/staff/cases/{mine.reference}/letters/{letter.id}/text").status_code == 404


def test_each_look_at_a_restricted_case_is_in_its_history(officer_on_each: FlaskClient) -> None:
    case = a_case_that_came_in(kind="antisocial-behaviour", answers={"what_happened": "Shouting at night."})
    for _ in range(2):
        page_of(officer_on_each, case)
    views = db.session.execute(
        select(Event.what, Event.who).where(Event.case_id == case.id, Event.what == "case_viewed")
    )
    assert [tuple(row) for row in views] == [("case_viewed", "sam.field@landlord.example")] * 2
    assert "This restricted case was opened. sam.field@landlord.example" in words_of(page_of(officer_on_each, case))


def test_a_look_at_an_ordinary_case_is_not_recorded(officer: FlaskClient) -> None:
    case = a_case_that_came_in()
    page_of(officer, case)
    assert "case_viewed" not in events_of(case)


def test_a_restricted_case_stays_closed_to_those_who_do_not_need_it(sqlite_app: Flask) -> None:
    a_colleague_with_a_password(roles=("advisor",))
    case = a_case_that_came_in(kind="antisocial-behaviour", answers={"what_happened": "Shouting at night."})
    case.handler = None
    db.session.commit()
    client = sqlite_app.test_client()
    sign_in(client)
    answer = client.get(f"/staff/cases/{case.reference}")
    assert answer.status_code == 403
    assert "Shouting" not in answer.get_data(as_text=True)
    letter = acknowledgement(case)
    assert client.get(f"/staff/cases/{case.reference}/letters/{letter.id}/text").status_code == 403
    assert "case_viewed" not in events_of(case)


def test_an_auditor_sees_everything_and_has_no_buttons(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    a_colleague_with_a_password(roles=("auditor",))
    a_colleague_with_a_password("priya@landlord.example", name="Priya Shah", roles=("complaints-team",))
    case = a_case_that_came_in()
    sign_in(client)
    answer = page_of(client, case)
    assert "Priya Shah" in words_of(answer)
    assert labels_of_buttons(answer) == set()
