"""What danger at home somebody names, chosen or in their words, and what the law calls it."""

from typing import Any

from flask_babel import gettext as _

from app.cases.actions import add_event, name_hazard
from app.cases.models import Case
from app.journeys.questions import Answers
from app.landlords.enquiry_shapes import Danger
from app.landlords.standards import Landlord
from app.reception.actions import Arrival, take_in
from app.reception.listening import HAZARDS, heard, plain

OTHER_HAZARD = "other-hazard"  # of the policy's hazards
NOT_NOW = "not-emergency"


def danger_in(answers: Answers, landlord: Landlord, question: str) -> Danger | None:
    """What was chosen there, when it is dangerous at all."""
    chosen = next((danger for danger in landlord.dangers if danger.key == answers.get(question)), None)
    return chosen if chosen and chosen.hazard else None


def danger_of(answers: Answers, landlord: Landlord) -> Danger | None:
    """The danger that was chosen, at first or once we asked again."""
    return danger_in(answers, landlord, "what_is_wrong") or danger_in(answers, landlord, "danger_at_home")


def hazard_of(answers: Answers, landlord: Landlord) -> str | None:
    """The key of the law's hazard. What is not an emergency now may still make somebody ill, or hurt them."""
    danger = danger_of(answers, landlord)
    if danger is None:
        return None
    is_past = danger.is_emergency and answers.get("emergency_call") == NOT_NOW
    return OTHER_HAZARD if is_past else danger.hazard


def sounds_dangerous(answers: Answers, landlord: Landlord) -> bool:
    """The words name a hazard, or repeat one that was chosen in another form, and nobody has chosen one here."""
    words = answers.get("what_happened")
    if danger_in(answers, landlord, "what_is_wrong") is not None:
        return False
    return bool(heard(HAZARDS, words)) or _repeats_a_danger(words or "", landlord)


def _repeats_a_danger(words: str, landlord: Landlord) -> bool:
    said = plain(words)
    return any(plain(_(danger.label)) in said for danger in landlord.dangers if danger.hazard)


def is_dangerous(answers: Answers, landlord: Landlord) -> bool:
    return danger_of(answers, landlord) is not None


def turns_out_an_emergency(answers: Answers, landlord: Landlord) -> bool:
    danger = danger_in(answers, landlord, "danger_at_home")
    return danger is not None and danger.is_emergency


def take_in_with_hazard(
    landlord: Landlord, kind: str, arrival: Arrival, *, usual_hazard: str | None = None, **different: Any
) -> Case:
    """``take_in``, with the law's clocks for the hazard that was named, where the law covers the person (Awaab's Law).

    One that is only heard in the words is shown to colleagues. ``usual_hazard``: where none was chosen as a danger.
    No commit.
    """
    hazard = hazard_of(arrival.answers, landlord) or usual_hazard
    is_covered = _has_clocks(landlord, arrival)
    case = take_in(landlord, kind, arrival, hazard=hazard if is_covered else None, **different)
    _write_down(case, landlord, arrival, hazard, is_covered)
    return case


def _write_down(case: Case, landlord: Landlord, arrival: Arrival, hazard: str | None, is_covered: bool) -> None:
    danger = danger_of(arrival.answers, landlord)
    words = _to_be_read(heard(HAZARDS, arrival.answers.get("what_happened")))
    at, who = arrival.at, arrival.recorded_by
    known: dict[str, Any] = {"danger": danger.key if danger else None, "words": words}
    if hazard and is_covered:
        name_hazard(case, landlord, hazard, at, who, **known)
    elif hazard:
        add_event(case, "hazard_without_clocks", at, who, hazard=hazard, **known)
    elif words:
        add_event(case, "hazard_heard", at, who, words=words)


def _to_be_read(words: tuple[str, ...]) -> list[str]:
    """Without what only begins another: Romanian hears "condens" in the English "condensation" too."""
    return [word for word in words if not any(other != word and other.startswith(word) for other in words)]


def _has_clocks(landlord: Landlord, arrival: Arrival) -> bool:
    who = next((one for one in landlord.who_may_complain if one.key == arrival.person.get("who")), None)
    return who is None or who.has_hazard_clocks
