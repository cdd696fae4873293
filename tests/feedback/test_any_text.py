"""Whatever anybody types or presses in these three forms, in whatever order: no page breaks."""

import pytest
from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.enquiries.journey import ENQUIRY
from app.extensions import db
from app.feedback.journeys import COMPLIMENT, SUGGESTION
from app.journeys.models import Draft
from app.journeys.questions import Question
from app.journeys.words import kept_words
from app.landlords.standards import load_landlord
from app.reception.listening import DISSATISFACTION, HAZARDS, heard, plain
from tests.feedback.writing import FORMS, begin, make_it_a_complaint

ANY_TEXT = st.text(max_size=80) | st.text(
    alphabet="<>&\"'\\{}%$\r\n\t\0 \x85\u2028\u202e\u200f\u0301\ufffeé٣ياسمين👩🏽‍🦽aA1*", max_size=40
)
JOURNEYS = {journey.name: journey for journey in (COMPLIMENT, SUGGESTION, ENQUIRY)}
AS_MANY = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(ANY_TEXT)
def test_listening_takes_any_text(typed: str) -> None:
    assert plain(plain(typed)) == plain(typed)
    for about in (DISSATISFACTION, HAZARDS):
        found = heard(about, typed)
        assert set(found) <= set(heard(about, f"{typed} {typed}"))
        assert heard(about, f"{typed}\nmould, I complain") != ()


@given(before=ANY_TEXT, after=ANY_TEXT)
def test_a_word_is_heard_among_any_others(before: str, after: str) -> None:
    assert "unhappy" in heard(DISSATISFACTION, f"{before} UnHappy {after}")


def fields_of(form: str) -> dict[str, list[str]]:
    """The fields of each page, by its address."""
    landlord = load_landlord("livewest")
    return {
        step.slug: [
            field.name for field in step.form(landlord=landlord, answers={}, formdata=None, meta={"csrf": False})
        ]
        for step in JOURNEYS[form].questions
        if isinstance(step, Question)
    }


@pytest.mark.parametrize("form", FORMS)
def test_any_pages_in_any_order_with_any_words_break_nothing(sqlite_app: Flask, form: str) -> None:
    sqlite_app.config["WTF_CSRF_ENABLED"] = False
    client = sqlite_app.test_client()
    fields = fields_of(form)
    right = {name: [value] for answers in FORMS[form].values() for name, value in answers.items()}
    acts = st.tuples(st.sampled_from([*fields, "check", "as-a-complaint", "delete"]), st.booleans(), ANY_TEXT)

    @AS_MANY
    @given(acts=st.lists(acts, min_size=1, max_size=4))
    @example(acts=[("as-a-complaint", False, ""), ("check", False, "")])
    def press(acts: list[tuple[str, bool, str]]) -> None:
        for slug, is_right, typed in acts:
            data = {name: right.get(name, [typed])[0] if is_right else typed for name in fields.get(slug, ())}
            answer = client.post(f"/en/{form}/{slug}", data=data)
            assert answer.status_code < 500, (slug, data)
            assert client.get(f"/en/{form}/{slug}").status_code < 500, slug

    press()


def test_any_words_are_carried_over_as_they_are(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()

    @settings(AS_MANY, max_examples=4)
    @given(typed=ANY_TEXT)
    def carry(typed: str) -> None:
        said = f"unacceptable {typed} ."
        make_it_a_complaint(begin(client, "suggestion", until="not-happy", what_happened=said))
        draft = db.session.scalars(select(Draft)).one()
        assert kept_words(said) in draft.answers["what-happened"]["what_happened"]
        db.session.rollback()

    carry()
