"""What a form's answers become: what it is about, the person, and how to reach them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.interpreters.models import PREFERENCES

ABOUT_THE_PERSON = frozenset(
    {
        "name",
        "address_line_1",
        "address_line_2",
        "town",
        "postcode",
        "country",
        "email",
        "phone",
        "stay_anonymous",
        "contact_channel",
        "safe_ways",
        "safe_times",
        "may_leave_messages",
        "needs_interpreter",
        "interpreter_language",
        "interpreter_prefers",
        "letter_language",
        "format",
        "point_size",
        "paper",
        "braille_grade",
        "consent",
    }
)


@dataclass(frozen=True)
class Told:
    """The shapes that a contact is made of, as ``cases record`` has them too."""

    answers: dict[str, Any]
    person: dict[str, Any]
    needs: dict[str, Any]


def sorted_out(given: Mapping[str, Any]) -> Told:
    """From the form's answers by field. What is not about the person is what the contact is about."""
    return Told(
        answers={key: value for key, value in given.items() if key not in ABOUT_THE_PERSON and value is not None},
        person=_person(given),
        needs=_needs(given),
    )


def _person(given: Mapping[str, Any]) -> dict[str, Any]:
    lines = [given[key] for key in ("address_line_1", "address_line_2", "town") if given.get(key)]
    postcode = given.get("postcode")
    if country := given.get("country"):
        # Abroad the country stands last on an envelope, and the postcode before it.
        lines += [line for line in (postcode, country) if line]
        postcode = None
    return {
        "name": given.get("name"),
        "is_anonymous": given.get("stay_anonymous") == "yes",
        "who": given.get("who"),
        "email": given.get("email"),
        "phone": given.get("phone"),
        "address": lines,
        "postcode": postcode,
    }


def _needs(given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "format": given.get("format"),
        "point_size": int(given["point_size"]) if given.get("point_size") else None,
        "paper": given.get("paper"),
        "braille_grade": int(given["braille_grade"]) if given.get("braille_grade") else None,
        "contact_channel": given.get("contact_channel"),
        "safe_ways": given.get("safe_ways"),
        "safe_times": given.get("safe_times"),
        "may_leave_messages": _yes_or_no(given.get("may_leave_messages")),
        "interpreter_language": given.get("interpreter_language"),
        "interpreter_prefers": preference(given),
        "consent": given.get("consent") == "yes",
    }


def preference(given: Mapping[str, Any]) -> str | None:
    """Whether a woman or a man should interpret; None where it does not matter."""
    chosen = given.get("interpreter_prefers")
    return chosen if chosen in PREFERENCES else None


def _yes_or_no(answer: str | None) -> bool | None:
    return None if answer is None else answer == "yes"
