"""Kept from abuse without a puzzle: suspicion costs a tenant nothing, and no person meets a limit."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from lxml import html

from app.cases.models import Case
from app.dispatch.models import Message
from app.extensions import db, limiter
from app.journeys.abuse import LARGEST_FORM, MOST_FIELDS, doubts
from app.journeys.models import Draft
from tests.complaints.complaining import begin, complain
from tests.conftest import MakeApp
from tests.journeys.reader import Reader
from tests.staff.door import a_colleague_with_a_password, sign_in

BY_EMAIL = {"contact_channel": "email", "email": "anna@tenants.example"}
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def the_case() -> Case:
    db.session.expire_all()
    return db.session.scalars(db.select(Case)).one()


def emails() -> list[Message]:
    return list(db.session.scalars(db.select(Message).where(Message.channel == "email")))


@pytest.mark.parametrize(
    ("seconds", "hidden", "signs"),
    [
        (3600, "", ()),
        (3600, None, ()),
        (3, "", ()),
        (2.9, "", ("very_fast",)),
        (3600, "Cheap pills", ("filled_hidden_field",)),
        (0, "x", ("filled_hidden_field", "very_fast")),
    ],
)
def test_signs_of_a_machine(seconds: float, hidden: str | None, signs: tuple[str, ...]) -> None:
    assert doubts(NOON, NOON + timedelta(seconds=seconds), hidden, timedelta(seconds=3)) == signs


def test_a_draft_from_before_its_beginning_was_kept_is_not_suspected() -> None:
    assert doubts(None, NOON, None, timedelta(seconds=3)) == ()


def test_a_person_is_sent_their_receipt_by_email(sqlite_app: Flask) -> None:
    complain(sqlite_app.test_client(), **BY_EMAIL)
    assert [message.address for message in emails()] == ["anna@tenants.example"]
    assert not [event for event in the_case().events if event.what == "looks_automatic"]


def test_what_a_machine_fills_in_is_taken_in_marked_and_not_answered_by_itself(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    reader = begin(client, **BY_EMAIL).answer(subject="Cheap pills")
    case = the_case()
    assert reader.reference == case.reference, "it is received like any other"
    assert [event.details["signs"] for event in case.events if event.what == "looks_automatic"] == [
        ["filled_hidden_field"]
    ]
    assert emails() == []
    assert case.promises, "what was promised is promised to it too"
    a_colleague_with_a_password()
    client = sqlite_app.test_client()
    sign_in(client)
    assert "Looks automatic" in Reader(client).open("/staff/").words
    words = Reader(client).open(f"/staff/cases/{case.reference}").words
    assert "A machine may have sent this: A field was filled in that people cannot see," in words


def test_a_form_sent_faster_than_a_person_can_is_marked(make_app: MakeApp) -> None:
    app = make_app(fastest_form=60)
    with app.app_context():
        reader = complain(app.test_client(), **BY_EMAIL)
        case = the_case()
        assert reader.reference == case.reference
        assert [event.details["signs"] for event in case.events if event.what == "looks_automatic"] == [["very_fast"]]
        assert len(emails()) == 1, "a person's own tools may be fast"


def test_the_field_for_machines_is_neither_seen_nor_heard_nor_reached(sqlite_app: Flask) -> None:
    page = begin(sqlite_app.test_client()).page
    (field,) = page.xpath("//input[@name='subject']")
    assert (field.get("autocomplete"), field.get("tabindex")) == ("off", "-1")
    assert field.getparent().get("class") == "for-nobody"
    assert page.xpath("string(//label[@for='subject'])") == "Leave this empty"
    from app.config import PROJECT

    assert ".for-nobody{display:none}" in (PROJECT / "static" / "letterbox.css").read_text()


def test_too_many_answers_from_a_network_wait_and_lose_no_word(make_app: MakeApp) -> None:
    app = make_app(answers_an_hour=8)
    with app.app_context():
        reader = begin(app.test_client(), until="outcome", language="cy")
        given = "Trwsiwch y lifft os gwelwch yn dda."
        for _ in range(8):
            reader.answer(outcome_sought=given)
            if reader.response.status_code == 429:
                break
            reader.open("/cy/complaint/outcome")
        assert reader.response.status_code == 429
        assert 0 < int(reader.response.headers["Retry-After"]) <= 3601
        assert reader.fields()["outcome_sought"] == given
        assert reader.page.xpath("//main//a[starts-with(@href, 'tel:')]")
        assert reader.page.xpath("/html/@lang") == ["cy"]
        assert db.session.scalars(db.select(Draft)).one().answers["what-happened"], "earlier answers are kept"
        elsewhere = app.test_client()
        elsewhere.environ_base["REMOTE_ADDR"] = "198.51.100.7"
        assert begin(elsewhere, until="when").response.status_code == 200


def test_too_many_forms_from_a_network_wait_and_go_out_later(make_app: MakeApp) -> None:
    app = make_app(sendings_an_hour=2)
    with app.app_context():
        for _ in range(2):
            assert complain(app.test_client()).reference
        waiting = complain(app.test_client())
        assert waiting.response.status_code == 429
        assert "this has not been sent yet. Your answers are kept." in waiting.words
        assert int(waiting.response.headers["Retry-After"]) > 0
        assert waiting.summary["What happened"]
        limiter.reset()  # an hour later
        assert waiting.press().reference
        assert len(db.session.scalars(db.select(Case)).all()) == 3


def test_nobody_has_us_write_to_one_address_after_another(make_app: MakeApp) -> None:
    app = make_app(sendings_an_hour=2)
    with app.app_context():
        reader = begin(app.test_client(), until="when")
        for number in range(3):
            reader.open("/en/complaint/save").answer(way="email", address=f"somebody-{number}@example.com")
        assert reader.response.status_code == 429
        assert "What you typed is still here." in reader.words
        assert int(reader.response.headers["Retry-After"]) > 0
        assert len(emails()) == 2


def test_a_hundred_forms_and_ten_tenants_at_a_library_are_far_below_the_limits(sqlite_app: Flask) -> None:
    settings = sqlite_app.config["LETTERBOX"]
    answers_of_one = 25
    assert settings.sendings_an_hour >= 200
    assert settings.answers_an_hour >= 200 * answers_of_one


def test_one_answer_of_more_than_a_megabyte_comes_back_to_be_shortened(sqlite_app: Flask) -> None:
    reader = begin(sqlite_app.test_client(), until="what-happened")
    words = "The rain comes in. " * 60_000
    reader.answer(what_happened=words)
    assert reader.response.status_code == 422
    assert reader.mistakes == ["Make your answer shorter. It has 1,139,999 characters and we can take 20,000."]
    assert reader.fields()["what_happened"].strip() == words.strip()
    assert len(str(db.session.scalars(db.select(Draft)).one().typed)) < 1_000, "but it is not kept"
    assert reader.answer(what_happened="Rain.").response.status_code == 200


@pytest.mark.parametrize("data", ["what_happened=" + "x" * (LARGEST_FORM + 1), "a&" * (MOST_FIELDS + 1)])
def test_what_is_larger_still_gives_the_question_and_says_what_to_do(sqlite_app: Flask, data: str) -> None:
    reader = begin(sqlite_app.test_client(), until="outcome")
    reader.open("/en/complaint/what-happened")
    answer = reader.client.post(reader.path, data=data, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413
    page = html.fromstring(answer.get_data(as_text=True))
    assert "What you sent was larger than we can take" in page.xpath("string(//main)")
    assert page.xpath("string(//textarea[@name='what_happened'])").strip().startswith("The lift"), "kept before"


def test_where_counts_cannot_be_kept_nobody_is_refused(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(sendings_an_hour=1)
    with app.app_context():
        complain(app.test_client())

        def is_gone(*_arguments: object) -> bool:
            raise ConnectionError("the store of counts has gone")

        monkeypatch.setattr(limiter.limiter, "hit", is_gone)
        assert complain(app.test_client()).reference
