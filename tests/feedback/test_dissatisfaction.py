"""Somebody who is unhappy is offered a complaint, once; and types nothing twice (Code 1.3, V08)."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.extensions import db
from app.journeys.models import Draft, SavedDraft
from app.reception.listening import DISSATISFACTION, HAZARDS, heard
from app.uploads.models import Upload
from tests.complaints import complaining
from tests.feedback.test_compliments import case_of
from tests.feedback.writing import begin, go_on, make_it_a_complaint, send
from tests.journeys.reader import Reader

UNHAPPY = "Nobody came, and I am fed up.\nI have rung four times."
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "said",
    [
        "I want to COMPLAIN",
        "Nobody\n  came!",
        "I didn’t mind at first, but they didn’t turn up",
        "you promised me a call",
        "Dw i’n anhapus iawn",
        "Ni ddaeth neb.",
        "أنا غير راضٍ عن الخدمة",
        "واشتكيت، ثم لم يأتِ أحد",
        "That is UNACCEPTABLE.",
    ],
)
def test_dissatisfaction_is_heard_in_three_languages(said: str) -> None:
    assert heard(DISSATISFACTION, said)


@pytest.mark.parametrize(
    "said",
    [
        "",
        None,
        "Sam mended the lamp. Thank you!",
        "How do I add my husband to the tenancy?",
        "It is a happy house, and the belief in it is strong",  # lies within a word are none
        "Diolch yn fawr am eich help",
        "شكرا جزيلا لكم",
    ],
)
def test_other_words_are_left_alone(said: str | None) -> None:
    assert not heard(DISSATISFACTION, said)
    assert not heard(HAZARDS, said)


@pytest.mark.parametrize("form", ["compliment", "suggestion", "enquiry"])
def test_who_is_unhappy_is_offered_a_complaint_and_no_is_taken_for_an_answer(sqlite_app: Flask, form: str) -> None:
    client = sqlite_app.test_client()
    reader = begin(client, form, until="not-happy", what_happened=UNHAPPY)
    assert reader.heading == "Shall we deal with this as a complaint?"
    reader.press()
    assert reader.path.split("/")[3] != "not-happy"
    go_on(reader)  # would fail if it were asked again
    text = "idea" if form == "suggestion" else "what-happened"
    reader.open(f"/en/{form}/{text}/change").answer(what_happened=UNHAPPY + " It is unacceptable.")
    assert reader.path.endswith("/check")
    case = case_of(reader.press())
    assert case.kind == form
    assert case.contacts[0].answers["complaint_offered"] == "no"


@pytest.mark.parametrize("form", ["compliment", "suggestion", "enquiry"])
def test_who_is_content_is_not_asked(sqlite_app: Flask, form: str) -> None:
    reader = Reader(sqlite_app.test_client()).open(f"/en/{form}")
    assert "not-happy" not in go_on(reader)


def test_yes_carries_over_what_was_typed_and_asks_only_what_is_open(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    reader = begin(client, "enquiry", until="not-happy", topic="service-charge", what_happened=UNHAPPY)
    make_it_a_complaint(reader)
    assert reader.path == "/en/complaint/who-you-are/change"
    assert "What you typed is here now" in reader.words
    asked = complaining.go_on(reader)
    assert "what-happened" not in asked
    assert "service" not in asked
    after = reader.summary
    assert after["What happened"] == UNHAPPY
    assert after["Which service it is about"] == "Rent or service charges"
    case = case_of(reader.press())
    assert (case.kind, case.contacts[0].answers["what_happened"]) == ("complaint", UNHAPPY)


def test_everything_about_the_person_is_carried_over_from_the_check_page(sqlite_app: Flask) -> None:
    reader = begin(sqlite_app.test_client(), "enquiry", contact_channel="email", format="large-print")
    before = reader.summary
    assert "Send this as a complaint instead" in reader.words
    make_it_a_complaint(reader)
    asked = complaining.go_on(reader)
    assert not {"name", "address", "answer-by", "email", "letters", "print-size", "note", "interpreter"} & set(asked)
    after = reader.summary
    for row, words in before.items():
        if row not in ("What your question is about", "Your question"):
            assert after[row] == words, row
    assert after["What happened"] == before["Your question"]


def test_words_that_the_complaint_does_not_ask_for_stand_beside_the_others(sqlite_app: Flask) -> None:
    reader = begin(
        sqlite_app.test_client(), "compliment", until="not-happy", colleague_name="Sam Field", what_happened=UNHAPPY
    )
    complaining.go_on(make_it_a_complaint(reader))
    assert reader.summary["What happened"] == f"{UNHAPPY}\n\nThe person’s name: Sam Field"


def test_a_hazard_is_carried_over_with_who_lives_there(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    reader = begin(client, "enquiry", until="people", topic="repairs", what_is_wrong="damp-and-mould")
    reader._see(
        client.post(
            reader.path, data={**reader.fields(), "people_at_risk": ["young-child", "breathing"]}, follow_redirects=True
        )
    )
    go_on(reader, since_when="since winter")
    complaining.go_on(make_it_a_complaint(reader))
    said = "\n".join(reader.summary.values())
    for words in ("Damp or mould", "A baby or a young child", "trouble with breathing", "since winter"):
        assert words in said
    assert case_of(reader.press()).hazard == "damp-and-mould"


@pytest.mark.parametrize("danger", ["flooding", "falling"])
def test_a_danger_whose_words_are_on_no_list_is_carried_over_all_the_same(sqlite_app: Flask, danger: str) -> None:
    client = sqlite_app.test_client()
    reader = begin(client, "enquiry", until="since-when", topic="repairs", what_is_wrong=danger)
    go_on(reader)
    complaining.go_on(make_it_a_complaint(reader))
    assert case_of(reader.press()).hazard == "emergency"


def test_an_emergency_that_was_carried_over_runs_the_laws_clock_too(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    reader = begin(client, "enquiry", until="since-when", topic="repairs", what_is_wrong="gas")
    go_on(reader)
    complaining.go_on(make_it_a_complaint(reader))
    case = case_of(reader.press())
    assert case.kind == "complaint"
    assert case.hazard == "emergency"
    (law,) = [promise for promise in case.promises if promise.regime == "law"]
    assert (law.standard, law.amount, law.unit) == ("hazard.emergency_make_safe", 24, "hours")
    (named,) = [event.details for event in case.events if event.what == "hazard_named"]
    assert named["danger"] == "gas"


def test_a_complaint_that_was_begun_before_is_kept_and_the_words_are_joined(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    complaining.begin(client, until="outcome", who="leaseholder", service="safety")
    reader = begin(client, "suggestion", until="not-happy", what_happened=UNHAPPY)
    make_it_a_complaint(reader)
    assert reader.path == "/en/complaint/outcome/change"
    complaining.go_on(reader)
    after = reader.summary
    assert after["Who you are"] == "I am a leaseholder"
    assert after["Which service it is about"] == "Safety: gas, electricity, fire, water or lifts"
    assert after["What happened"] == f"{complaining.LIFT}\n\n{UNHAPPY}"


def test_words_that_become_too_long_together_are_shown_and_not_cut(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    complaining.begin(client, until="when", what_happened="a" * 15_000)
    reader = begin(client, "suggestion", until="not-happy", what_happened="unacceptable " + "b" * 15_000)
    make_it_a_complaint(reader)
    assert reader.path == "/en/complaint/what-happened/change"
    assert "a" * 15_000 in reader.fields()["what_happened"]
    assert "b" * 15_000 in reader.fields()["what_happened"]


def test_the_first_form_is_empty_afterwards_and_pressing_twice_changes_nothing(client: FlaskClient) -> None:
    reader = begin(client, "suggestion", until="not-happy", what_happened=UNHAPPY)
    token = reader.fields()["csrf_token"]
    make_it_a_complaint(reader)
    again = client.post("/en/suggestion/as-a-complaint", data={"csrf_token": token}, follow_redirects=True)
    assert again.status_code == 200
    assert again.request.path == "/en/complaint/who-you-are"
    (draft,) = db.session.scalars(select(Draft)).all()
    assert draft.answers["what-happened"]["what_happened"] == UNHAPPY
    assert Reader(client).open("/en/suggestion").path == "/en/suggestion/about"


def test_a_lost_token_does_nothing_and_loses_nothing(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    reader = begin(client, "suggestion", until="not-happy", what_happened=UNHAPPY)
    reader._see(client.post("/en/suggestion/as-a-complaint", data={"csrf_token": "made up"}))
    assert reader.response.status_code == 400
    assert "Nothing is lost" in reader.words
    assert make_it_a_complaint(reader).path == "/en/complaint/who-you-are/change"


def test_files_and_codes_to_come_back_follow_the_words(client: FlaskClient) -> None:
    reader = begin(client, "suggestion", until="not-happy", what_happened=UNHAPPY)
    draft = db.session.scalars(select(Draft)).one()
    db.session.add(
        Upload(
            name="x", draft_id=draft.id, shown_name="door.jpg", kind="photo", media_type="image/jpeg", size=1,
            sha256="0" * 64, state="clean", try_at=NOW, uploaded_at=NOW,
        )
    )  # fmt: skip
    db.session.add(SavedDraft(draft_id=draft.id, secret_hash="0" * 64, saved_at=NOW))
    db.session.commit()
    make_it_a_complaint(reader)
    complaint = db.session.scalars(select(Draft)).one()
    assert complaint.journey == "complaint"
    assert db.session.scalars(select(Upload.draft_id)).one() == complaint.id
    assert db.session.scalars(select(SavedDraft.draft_id)).one() == complaint.id
    complaining.go_on(reader, until="files")
    assert "door.jpg" in reader.words


@pytest.mark.parametrize(
    ("language", "said"), [("cy", "Ni ddaeth neb."), ("ar", "لم يأتِ أحد، وأنا مستاء."), ("ur", "کوئی نہیں آیا۔")]
)
def test_the_offer_is_made_in_every_language(sqlite_app: Flask, language: str, said: str) -> None:
    reader = begin(sqlite_app.test_client(), "enquiry", until="not-happy", language=language, what_happened=said)
    make_it_a_complaint(reader)
    assert reader.path == f"/{language}/complaint/who-you-are/change"


def test_without_a_draft_the_button_leads_to_the_complaint_form(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    reader = Reader(client).open("/en/suggestion")
    token = reader.fields()["csrf_token"]
    answer = client.post("/en/suggestion/as-a-complaint", data={"csrf_token": token})
    assert (answer.status_code, answer.location) == (303, "/en/complaint")
    send(client, "suggestion")
    answer = client.post("/en/suggestion/as-a-complaint", data={"csrf_token": token})
    assert (answer.status_code, answer.location) == (303, "/en/complaint")
