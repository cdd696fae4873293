"""What the form's answers become: the complaint itself, the person, and how to reach them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ABOUT_THE_COMPLAINT = (
    "who",
    "representing_name",
    "representing_relation",
    "representing_permission",
    "about_banding",
    "what_happened",
    "when_happened",
    "how_long_ago",
    "service",
    "outcome_sought",
    "raised_before",
    "raised_before_details",
)


@dataclass(frozen=True)
class Told:
    """The shapes that ``make_complaint`` takes, as ``cases record`` has them too."""

    answers: dict[str, Any]
    person: dict[str, Any]
    needs: dict[str, Any]


def sorted_out(given: Mapping[str, Any]) -> Told:
    """From the form's answers by field."""
    return Told(
        answers={key: given[key] for key in ABOUT_THE_COMPLAINT if given.get(key) is not None},
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
        "name": given["name"],
        "who": given["who"],
        "email": given.get("email"),
        "phone": given.get("phone"),
        "address": lines,
        "postcode": postcode,
    }


def _needs(given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "format": given["format"],
        "point_size": int(given["point_size"]) if given.get("point_size") else None,
        "braille_grade": int(given["braille_grade"]) if given.get("braille_grade") else None,
        "contact_channel": given["contact_channel"],
        "safe_times": given.get("safe_times"),
        "may_leave_messages": _yes_or_no(given.get("may_leave_messages")),
        "interpreter_language": given.get("interpreter_language"),
        "consent": given["consent"] == "yes",
    }


def _yes_or_no(answer: str | None) -> bool | None:
    return None if answer is None else answer == "yes"
