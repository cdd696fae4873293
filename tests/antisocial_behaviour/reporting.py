"""A person's answers to the form about antisocial behaviour, page by page, and how they go through it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from app.antisocial_behaviour.journey import ANTISOCIAL_BEHAVIOUR
from app.antisocial_behaviour.models import Report
from app.cases.models import Case
from app.extensions import db
from app.journeys import drafts
from app.journeys.models import Draft
from app.journeys.questions import Question
from app.landlords.standards import current_landlord
from tests.journeys.reader import Reader

NAME = ANTISOCIAL_BEHAVIOUR.name
Answer = str | list[str]
SHOUTING = "They shout and beat on my door every night.\nI cannot sleep."

# Every page of the form, with an answer that passes. Pages that do not apply are not asked for.
ANSWERS: dict[str, dict[str, Answer]] = {
    "before-you-start": {},
    "what-is-happening": {"behaviour_kinds": ["noise", "threats-or-violence"]},
    "who-does-it": {"done_by": "neighbour", "done_by_details": "The people at number 12"},
    "help-for-you": {},
    "what-happened": {"what_happened": SHOUTING},
    "diary": {"wants_diary": "yes"},
    **{
        f"incident-{number}": {
            f"incident_{number}_when": f"Friday {number} November",
            f"incident_{number}_where": "On the stairs",
            f"incident_{number}_what": f"They shouted, time {number}",
            f"incident_{number}_seen_by": "Jan Nowak",
            f"incident_{number}_another": "yes" if number == 1 else "no",
        }
        for number in range(1, 6)
    },
    "how-often": {"how_often": "every-week", "happening_since": "Since May"},
    "where": {"places": ["my-home", "shared-area"], "place_details": "The stairs"},
    "who-is-affected": {"affected": ["me", "children"]},
    "afraid": {"afraid": "a-little"},
    "harm": {"harmed": ["threatened"]},
    "danger": {"weapon": "no", "getting_worse": "yes", "targeted": "not-sure"},
    "more-care": {"vulnerable": ["child"]},
    "because-of": {"hate_because": ["no"]},
    "others-know": {"others_know": ["police", "council"], "police_reference": "CR/1/26", "council_reference": "A 7"},
    "files": {},
    "your-name-or-not": {"stay_anonymous": "no"},
    "place-address": {"place_address": "The flats in High Street, Exeter"},
    "name": {"name": "Anna Nowak"},
    "address": {"address_line_1": "1 High Street", "town": "Exeter", "postcode": "EX1 1AA"},
    "may-we-contact-you": {"may_contact": "yes"},
    "safe-ways": {"safe_ways": ["email", "letter"]},
    "answer-by": {"contact_channel": "email"},
    "email": {"email": "anna@example.com"},
    "phone": {"phone": "07700 900123", "may_leave_messages": "no"},
    "safe-times": {"safe_times": "After 6 in the evening"},
    "interpreter": {"needs_interpreter": "no"},
    "letter-language": {"letter_language": "en"},
    "letters": {"format": "standard-print"},
    "print-size": {"point_size": "24"},
    "braille-grade": {"braille_grade": "2"},
    "note": {"consent": "yes"},
}


def slug_of(reader: Reader) -> str:
    return reader.path.split("/")[3]


def go_on(reader: Reader, until: str = "check", **different: Answer) -> list[str]:
    """Answer page after page until the one named; gives the pages that were asked. ``different`` is by field."""
    asked: list[str] = []
    while (slug := slug_of(reader)) != until:
        assert slug in ANSWERS, f"the way to {until} ended at {reader.path}: {reader.words}"
        assert slug not in asked, f"{slug} is asked twice: {reader.words}"
        here = reader.page.xpath("//form//*/@name")
        answers = {name: words for name, words in (ANSWERS[slug] | different).items() if name in here}
        reader.answer(**answers)
        asked.append(slug)
    return asked


def begin(client: FlaskClient, until: str = "check", language: str = "en", **different: Answer) -> Reader:
    """A reader in whose browser everything before the page named was answered some minutes ago, who opens that page."""
    with client.application.test_request_context():
        draft = a_draft(until, different)
        db.session.add(draft)
        db.session.commit()
        client.set_cookie(f"draft-{NAME}", drafts._signer(NAME).dumps({"writing": draft.id, "sent": None}))
    reader = Reader(client).open(f"/{language}/antisocial-behaviour/{until}")
    assert slug_of(reader) == until
    return reader


def a_draft(until: str, different: Mapping[str, Answer]) -> Draft:
    """As the pages would have kept it: each question's answers as its own form takes them."""
    landlord, kept = current_landlord(), dict[str, dict[str, Any]]()
    while True:
        path = ANTISOCIAL_BEHAVIOUR.path(kept, landlord)
        question = path.first_without_answer()
        if question is None or question.slug == until:
            break
        assert isinstance(question, Question)
        given = MultiDict(ANSWERS[question.slug] | {k: v for k, v in different.items() if v})
        form = question.form(landlord=landlord, answers=path.answers, formdata=given, meta={"csrf": False})
        assert form.validate(), (question.slug, form.errors)
        kept[question.slug] = form.kept()
    began = datetime.now(UTC) - timedelta(minutes=20)
    expires = began + timedelta(days=7)
    return Draft(
        id=drafts.new_id(), journey=NAME, answers=kept, started_at=began, updated_at=began, expires_at=expires, typed={}
    )


def walk(client: FlaskClient, language: str = "en", **different: Answer) -> Reader:
    """A reader who came to the check page through every page before it."""
    reader = Reader(client).open(f"/{language}/antisocial-behaviour")
    go_on(reader, "check", **different)
    return reader


def report(client: FlaskClient, language: str = "en", **different: Answer) -> Reader:
    """A reader who sees the received page."""
    return begin(client, "check", language, **different).press()


def the_case() -> Case:
    return db.session.execute(db.select(Case)).scalar_one()


def the_report() -> Report:
    return db.session.execute(db.select(Report)).scalar_one()
