"""Cases as they came in some time ago, and a tenant who follows one."""

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask.testing import FlaskClient
from PIL import Image

from app.cases.models import Case
from app.extensions import db, start_writing
from app.landlords.standards import current_landlord
from app.reception.actions import Arrival, take_in
from tests.builders import MONDAY_NOON, answers, needs, person
from tests.journeys.reader import Reader


def a_case_that_came(
    kind: str = "complaint", at: datetime = MONDAY_NOON, told: Mapping[str, Any] | None = None, **different: Any
) -> Case:
    """Committed, with its promises, its letters and its return code; ``is_restricted``, ``person``, ``needs``…"""
    start_writing()
    is_restricted = different.pop("is_restricted", False)
    arrival = Arrival(
        **{
            "answers": told or answers(),
            "person": person(),
            "needs": needs(),
            "language": "en",
            "at": at,
            **different,
        }
    )
    case = take_in(current_landlord(), kind, arrival, is_restricted=is_restricted)
    db.session.commit()
    return case


def code_of(case: Case) -> str:
    assert case.return_code
    return case.return_code


def follow(client: FlaskClient, case: Case, secret: str | None = None, language: str = "en") -> Reader:
    """A reader who has opened the case, with its code if nothing else is said."""
    reference, code = case.reference, secret or code_of(case)
    reader = Reader(client).open(f"/{language}/track")
    reader.answer(reference=reference, secret=code)
    assert reader.path == f"/{language}/track/case", reader.words
    return reader


def a_photo() -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (40, 30), "#00504f").save(held, "JPEG")
    return held.getvalue()
