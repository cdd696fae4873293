"""Two colleagues in one case at once: who comes second is told, and keeps what they typed."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.caseload.history import sentences
from app.cases.actions import changed_since
from app.cases.models import Case, Event
from app.extensions import db
from app.staff.doors import acting_staff_member

# What the page of a second comer does not hand back: its own tokens, and what is never shown.
OURS = frozenset({"csrf_token", "seen", "password", "new_password"})


class ChangedMeanwhile(Exception):
    """Somebody else did something in this case after the page was made on which this was typed."""

    def __init__(self, case: Case, events: list[Event]) -> None:
        super().__init__(case.reference)
        self.case, self.events = case, events


def refuse_if_changed(case: Case) -> None:
    """For an act that was sent from a page with ``marks.tokens``. Raises ChangedMeanwhile."""
    seen = request.form.get("seen", type=int)
    if seen is None:
        return
    if events := changed_since(case, seen, acting_staff_member().email):
        raise ChangedMeanwhile(case, events)


def show_what_changed(problem: ChangedMeanwhile) -> ResponseReturnValue:
    """What happened, what was typed, and two ways on: save it all the same, or look at the case first."""
    case, events = problem.case, problem.events
    newest = case.events[-1].id
    page = render_template(
        "caseload/changed_meanwhile.html",
        case=case,
        happened=sentences(events),
        typed=[(name, value) for name, value in request.form.items(multi=True) if name not in OURS],
        address=request.full_path.rstrip("?"),
        newest=newest,
    )
    db.session.rollback()
    return page, 409
