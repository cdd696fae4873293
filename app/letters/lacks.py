"""What a letter must have. One that lacks any of it is refused by name, and not written (regulation: Code 6.2)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from app.cases.models import Case
from app.cases.promises import is_acknowledgement
from app.landlords.shapes import Landlord

STAGE_2_RESPONSE = "complaint.stage_2_response"
# What an answer to a complaint says whatever was decided (Code 6.9, 6.14); ``_required_of_answer`` looks closer.
OF_AN_ANSWER = ("stage", "complaint_definition", "decision", "reasons", "points", "written_in")
ANSWERS = ("stage-1-response", "stage-2-response")
NOT_UPHELD = "not-upheld"
# By letter: what a room above must give for it, under these keys.
GIVEN: Mapping[str, tuple[str, ...]] = {
    "extension": ("reason", "words_language", "new_date", "was_due"),
    "hazard-summary": ("finding", "words_language", "investigated_on"),
    "there-and-then": ("put_right", "written_in"),
    "stage-1-response": OF_AN_ANSWER,
    "stage-2-response": OF_AN_ANSWER,
    "answer": ("words", "words_language"),
    "stage-2-acknowledgement": ("asked_on",),
    "refusal": ("label", "reasons", "language"),
    "escalation-refusal": ("label", "reasons", "language"),
    "closing": ("because",),
    "hand-over": ("colleague", "channel", "begins", "ends"),
    "compliment-shared": ("name",),
    "follow-up": ("held_at", "spoke_with", "summary", "words_language"),
    "asb-action-plan": ("we", "words_language", "review_on"),
    "letter": ("title", "words", "words_language"),
    "appointment": ("purpose", "words_language", "begins", "ends", "who_comes"),
    "appointment-cancelled": ("begins", "ends", "next"),
    "call-back-missed": ("rang_at", "phone"),
    "asb-closing": ("because", "language"),
    "risk-review": ("band", "words", "words_language", "next_on"),
    "needs-review": ("answer_by",),
    "interpreter-booked": ("language", "way", "purpose", "begins", "ends"),
    "interpreter-not-there": ("language", "again"),
    "maintenance-notice": ("work", "words_language", "begins_on", "enters_homes"),
}
# By letter: what it is about begins at the first and ends at the second.
_START = {
    "appointment": ("begins", "ends"),
    "appointment-cancelled": ("begins", "ends"),
    "call-back-missed": ("begins", "ends"),
    "interpreter-booked": ("begins", "ends"),
    "maintenance-notice": ("begins_on", "ends_on"),
}


class LetterLacks(Exception):
    """A required item is missing. ``item`` is its name in trade words."""

    def __init__(self, item: str) -> None:
        super().__init__(f"the letter lacks the {item}")
        self.item = item


def refuse_if_lacking(case: Case, name: str, landlord: Landlord, given: Mapping[str, Any]) -> None:
    """Raises LetterLacks for the first required item that is missing."""
    for item, is_there in _required(case, name, landlord, given).items():
        if not is_there:
            raise LetterLacks(item)


def _required(case: Case, name: str, landlord: Landlord, given: Mapping[str, Any]) -> dict[str, bool]:
    said = case.contacts[0].answers if case.contacts else {}
    items = {
        "reference": bool(case.reference),
        "tenant's name": bool(case.tenant.name.strip()) or case.tenant.is_anonymous,
        "landlord's phone number": bool(landlord.phone.shown),
    }
    if case.kind != "complaint":
        return items | given_of(name, given) | lacking_of(name, given)
    items["Ombudsman's name"] = bool(landlord.ombudsman.name)
    items["Ombudsman's phone number"] = bool(landlord.ombudsman.phone.shown)
    items["Ombudsman's website"] = bool(landlord.ombudsman.website)
    if name == "acknowledgement":
        items["complaint as we understood it"] = bool(str(said.get("what_happened") or "").strip())
        items["handler's name or team"] = bool(case.handler.name if case.handler else landlord.team)
        items["date of our answer"] = any(not is_acknowledgement(promise.standard) for promise in case.promises)
    if name == "stage-2-acknowledgement":
        items["handler's name"] = case.handler is not None  # somebody who had no part in stage 1 (6.13)
        items["date of our answer"] = any(one.standard == STAGE_2_RESPONSE and one.is_open for one in case.promises)
    items |= given_of(name, given) | lacking_of(name, given)
    if name in ANSWERS:
        items |= _required_of_answer(given)
    return items


def given_of(name: str, given: Mapping[str, Any]) -> dict[str, bool]:
    """Which of the items that a room above must give are there."""
    return {item.replace("_", " "): _is_there(given.get(item)) for item in GIVEN.get(name, ())}


def lacking_of(name: str, given: Mapping[str, Any]) -> dict[str, bool]:
    """What hangs together in what is given. Days and moments are ISO text of one kind, so that they sort as text."""
    begins, ends = _START.get(name, ("", ""))
    are_there = _is_there(given.get(begins)) and _is_there(given.get(ends))
    is_in_order = not are_there or _moment(given[begins]) <= _moment(given[ends])
    items = {"end after the beginning": is_in_order} if begins else {}
    if name == "appointment":
        items["phone number that we ring first"] = not given.get("is_called_ahead") or _is_there(given.get("phone"))
    if name == "appointment-cancelled":
        items["language of the reason"] = not given.get("reason") or _is_there(given.get("words_language"))
    if name == "call-back-missed":
        items["end of the next call"] = not given.get("begins") or _is_there(given.get("ends"))
    return items


def _moment(written: str) -> datetime | date:
    return datetime.fromisoformat(written) if "T" in written else date.fromisoformat(written)


def _is_there(value: object) -> bool:
    """Blanks are nothing."""
    return bool(value.strip() if isinstance(value, str) else value)


def _required_of_answer(given: Mapping[str, Any]) -> dict[str, bool]:
    points, actions = given.get("points") or (), given.get("actions") or ()
    return {
        "answer to each point": all(point.get("decision") and point.get("answer") for point in points),
        "policy, law or good practice behind each point": all(point.get("basis") for point in points),
        "remedy": bool(given.get("remedies")) or given.get("decision") == NOT_UPHELD,
        "date of each action": all(action.get("words") and action.get("due_on") for action in actions),
    }
