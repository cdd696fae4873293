"""What a room above gives for each letter, and the kinds of case that have it. Words of colleagues are single ones."""

from collections.abc import Mapping
from typing import Any

from app.cases.models import KINDS, Case
from app.cases.promises import make_after
from app.extensions import db
from app.landlords.standards import current_landlord
from app.letters.actions import request_letter
from app.letters.models import Letter
from tests.cases.moments import london

WORD = "Kettle"
AT = london("Mon 2026-11-23 10:00")
REMEDIES = (
    "apology",
    "acknowledging-what-went-wrong",
    "explanation",
    "action-on-delay",
    "changed-decision",
    "amended-record",
    "changed-policy-or-practice",
)
POINT = {"words": WORD, "answer": WORD, "basis": WORD}
ACTIONS = [
    {"words": WORD, "owner": "Ada Byron", "due_on": "2026-12-29"},
    {"words": WORD, "owner": None, "due_on": "2027-01-04"},
]
AN_ANSWER = {
    "complaint_definition": WORD,
    "outcomes_sought": WORD,
    "decision": "partly-upheld",
    "reasons": f"{WORD}\n- {WORD}\n1. {WORD}",
    "points": [{**POINT, "decision": one} for one in ("upheld", "partly-upheld", "not-upheld")],
    "remedies": [{"kind": "money", "words": WORD, "pence": 125050}]
    + [{"kind": one, "words": WORD, "pence": None} for one in REMEDIES],
    "actions": ACTIONS,
    "learning": [WORD],
    "written_in": "en",
}
REFUSED = {"label": "It is about something that happened more than 12 months ago.", "instead": "", "reasons": WORD}
COMPLAINT = ("complaint",)
VISIT = {"begins": "2026-12-29T09:00:00+00:00", "ends": "2026-12-29T10:30:00+00:00"}
WORDS_OF_A_LETTER = {"title": WORD, "words": f"{WORD}\n- {WORD}\n1. {WORD}", "words_language": "en"}
# By letter: the kinds that have it, and what it is given.
SAMPLES: Mapping[str, tuple[tuple[str, ...], Mapping[str, Any]]] = {
    "acknowledgement": (KINDS, {}),
    "receipt": (KINDS, {}),
    "extension": (
        COMPLAINT,
        {
            "stage": 2,
            "reason": WORD,
            "words_language": "en",
            "new_date": "2027-01-04",
            "was_due": "2026-12-29T17:00:00+00:00",
            "agreed": "no",
            "is_beyond_limit": True,
        },
    ),
    "hazard-summary": (
        ("complaint", "enquiry"),
        {
            "finding": WORD,
            "work": WORD,
            "words_language": "en",
            "investigated_on": "2026-12-24T10:00:00+00:00",
            "made_safe_on": "2026-12-23T10:00:00+00:00",
            "is_hazard": True,
            "dates": [
                {"what": f"hazard.{what}", "by": "2027-01-05T17:00:00+00:00"}
                for what in ("make_safe", "begin_further_work", "start_further_work")
            ],
        },
    ),
    "answer": (("enquiry", "suggestion"), {"words": WORD, "words_language": "en", "decision": "will-look-into-it"}),
    "there-and-then": (COMPLAINT, {"put_right": WORD, "written_in": "en"}),
    "stage-1-response": (COMPLAINT, {**AN_ANSWER, "stage": 1}),
    "stage-2-response": (COMPLAINT, {**AN_ANSWER, "stage": 2}),
    "hand-over": (
        ("enquiry",),
        {
            "colleague": "Ada Byron",
            "phone": "01392 123456",
            "email": "ada@landlord.example",
            "team": WORD,
            "channel": "visit",
            "begins": "2026-12-29T09:00:00+00:00",
            "ends": "2026-12-29T10:00:00+00:00",
        },
    ),
    "compliment-shared": (("compliment",), {"name": "Ada Byron", "above": "Max Mond", "is_team": False}),
    "stage-2-acknowledgement": (
        COMPLAINT,
        {"asked_on": "2026-11-23T10:00:00+00:00", "reasons": WORD, "language": "en"},
    ),
    "refusal": (COMPLAINT, {**REFUSED, "language": "en"}),
    "escalation-refusal": (COMPLAINT, {**REFUSED, "language": "en"}),
    "closing": (("enquiry",), {"because": "no-reply", "reasons": WORD, "language": "en"}),
    "follow-up": (
        ("enquiry",),
        {
            "held_at": "2026-12-24T10:00:00+00:00",
            "spoke_with": "Ada Byron",
            "summary": WORD,
            "agreed": [ACTIONS[0]],
            "words_language": "en",
        },
    ),
    "asb-action-plan": (
        ("antisocial-behaviour",),
        {"we": ACTIONS, "you": [WORD], "review_on": "2027-01-11", "words_language": "en"},
    ),
    "letter": (("complaint", "enquiry"), WORDS_OF_A_LETTER),
    "appointment": (
        ("enquiry",),
        {
            **VISIT,
            "purpose": WORD,
            "words_language": "en",
            "who_comes": "Ada Byron",
            "comes_for": WORD,
            "is_called_ahead": True,
            "phone": "07700 900123",
            "instead_of": "2026-12-24T10:00:00+00:00",
        },
    ),
    "appointment-cancelled": (
        ("enquiry",),
        {**VISIT, "next": "new-time", "reason": WORD, "words_language": "en"},
    ),
    "call-back-missed": (
        ("enquiry",),
        {**VISIT, "rang_at": ["2026-12-23T10:00:00+00:00", "2026-12-24T11:30:00+00:00"], "phone": "07700 900123"},
    ),
    "asb-closing": (
        ("antisocial-behaviour",),
        {
            "because": "resolved",
            "reasons": WORD,
            "done": [{"words": WORD, "done_on": "2026-12-29"}],
            "language": "en",
        },
    ),
    "risk-review": (
        ("antisocial-behaviour",),
        {"band": "medium", "words": WORD, "words_language": "en", "next_on": "2027-01-11"},
    ),
    "needs-review": (("complaint",), {"answer_by": "2027-01-11"}),
    "interpreter-booked": (
        ("enquiry",),
        {**VISIT, "language": WORD, "way": "phone", "purpose": "call", "instead_of": "2026-12-24T10:00:00+00:00"},
    ),
    "interpreter-not-there": (("enquiry",), {"language": WORD, "begins": VISIT["begins"], "again": "yes"}),
    "maintenance-notice": (
        ("enquiry",),
        {
            "work": WORD,
            "words_language": "en",
            "begins_on": "2026-12-29",
            "ends_on": "2027-01-04",
            "works_from": "08:00",
            "works_until": "16:30",
            "effects": WORD,
            "enters_homes": "yes",
            "firm": WORD,
        },
    ),
}
WITH_KIND = [(name, kind) for name, (kinds, _given) in SAMPLES.items() for kind in kinds]


def sample(case: Case, name: str) -> Letter:
    """The letter, written for this case; the clocks of stage 2 run where it is of that. No commit."""
    landlord = current_landlord()
    if name.startswith("stage-2"):
        for event in ("stage_2_requested", "stage_2_acknowledged"):
            make_after(case, landlord, event, AT)
    given = dict(SAMPLES[name][1])
    if "label" in given:
        given |= {"label": landlord.exclusions[0].label, "instead": landlord.exclusions[0].instead}
    letter = request_letter(case, name, AT, given=given)
    db.session.flush()
    return letter
