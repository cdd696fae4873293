"""Recording a contact that came by any channel, as ``cases record`` does."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from app.antisocial_behaviour.actions import make_report
from app.caseload.kinds import MAY_BE_ANONYMOUS
from app.caseload.shape_of_record import read, shape, wrong_in
from app.cases.models import Case
from app.complaints.actions import make_complaint
from app.enquiries.actions import make_enquiry
from app.feedback.actions import make_compliment, make_suggestion
from app.landlords.shapes import TEAM, Landlord
from app.reception.actions import Arrival

Make = Callable[[Landlord, Arrival], Case]


# What opens a case of each kind: the same as behind its form.
MAKE: Mapping[str, Make] = {
    "complaint": make_complaint,
    "compliment": make_compliment,
    "suggestion": make_suggestion,
    "antisocial-behaviour": make_report,
    "enquiry": make_enquiry,
}


class WrongRecord(ValueError):
    """What was given cannot be recorded. ``problems`` names each thing that is wrong, and says what to write."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read_json(text: str) -> dict[str, Any]:
    """Raises WrongRecord when it is not one JSON object, or has a key twice."""
    try:
        found = json.loads(text, object_pairs_hook=_each_key_once)
    except (json.JSONDecodeError, RecursionError) as problem:
        raise WrongRecord([f"the file is not JSON: {problem}"]) from problem
    if not isinstance(found, dict):
        raise WrongRecord(["the file holds no object: write {…}"])
    return found


def record_contact(
    found: Mapping[str, Any],
    landlord: Landlord,
    now: datetime,
    recorded_by: str | None = None,
    draft_id: str | None = None,
) -> Case:
    """Open the case that this record describes, with its promises and letters. No commit.

    ``found`` is what the interface shows for ``cases record``. The clocks run from its ``received_at``; letters are
    written ``now``. Raises WrongRecord; sqlalchemy.exc.IntegrityError when ``draft_id`` already made a case.
    """
    keys = shape(landlord, is_anonymous=_wants_to_stay_anonymous(found))
    problems = list(wrong_in(found, keys))
    if not problems and _wants_to_stay_anonymous(found) and found["kind"] not in MAY_BE_ANONYMOUS:
        problems = [f"person.is_anonymous is True: a contact of the kind {found['kind']} needs a name"]
    if problems:
        raise WrongRecord(problems)
    record = read(found, keys)
    language = record.get("language") or landlord.languages[0]
    person = record["person"]
    answers = record["answers"]
    person.setdefault("who", answers.get("who") or landlord.who_may_complain[0].key)
    arrival = Arrival(
        answers=answers,
        person=person,
        needs=record["needs"],
        language=language,
        at=record["received_at"],
        channel=record["channel"],
        addressee=record.get("addressee", TEAM),
        draft_id=draft_id,
        recorded_by=recorded_by,
        written_at=now,
    )
    return MAKE[record["kind"]](landlord, arrival)


def _wants_to_stay_anonymous(found: Mapping[str, Any]) -> bool:
    person = found.get("person")
    return isinstance(person, Mapping) and person.get("is_anonymous") is True


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _value in pairs]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise WrongRecord([f"{name} is there twice: write it once" for name in twice])
    return dict(pairs)
