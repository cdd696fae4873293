"""The dates of a case: each promise with its clocks, why it is that date, and what changes it."""

from datetime import UTC, datetime
from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.caseload.actions import can_be_marked
from app.caseload.complaint_words import against_words
from app.caseload.dates import asks_why, deeds_of, state_of
from app.caseload.dates_forms import (
    DatesForm,
    GoOnForm,
    HazardForm,
    InvestigatedForm,
    MadeSafeForm,
    MissForm,
    MoreTimeForm,
    SummaryForm,
    WaitForm,
)
from app.caseload.hazards import steps_of
from app.caseload.routes import back_to, case_page, caseload, held, looked_at
from app.cases import changes
from app.cases.models import Case, Promise
from app.cases.more_time import limit_for
from app.complaints.casework import standing_of
from app.complaints.more_time import NoMoreTime, give_more_time
from app.complaints.stages import NotAllowed, reasons_against
from app.extensions import db
from app.landlords.standards import current_landlord
from app.letters.lacks import LetterLacks
from app.reception.going_out import EMAIL, POST
from app.staff.doors import acting_staff_member
from app.staff.roles import may

HERE = "caseload.see_the_dates"


@caseload.context_processor
def names_for_dates() -> dict[str, Any]:
    return {"state_of": state_of, "asks_why": asks_why}


@caseload.get("/cases/<reference>/dates")
def see_the_dates(reference: str) -> ResponseReturnValue:
    return dates_page(looked_at(reference))


@caseload.post("/cases/<reference>/dates/wait")
def wait_for_the_tenant(reference: str) -> ResponseReturnValue:
    case, form = act_on(reference, WaitForm, "wait")
    if not form.validate():
        return dates_page(case, form, 422)
    try:
        changes.pause(case, current_landlord(), datetime.now(UTC), acting_staff_member().email, form.waiting_for.data)
    except changes.NothingMayWait:
        return back_to(HERE, case, problem=_("Nothing here may wait for the tenant."))
    db.session.commit()
    return back_to(HERE, case, _("Recorded: we wait for the tenant."))


@caseload.post("/cases/<reference>/dates/go-on")
def go_on(reference: str) -> ResponseReturnValue:
    case, form = act_on(reference, GoOnForm, "go_on")
    if not form.validate():
        return dates_page(case, form, 422)
    who, reason = acting_staff_member().email, form.reason.data or ""
    try:
        changes.resume(case, current_landlord(), datetime.now(UTC), who, reason)
    except changes.NothingWaits:
        return back_to(HERE, case, problem=_("Nothing here waits for the tenant."))
    db.session.commit()
    return back_to(HERE, case, _("The clock runs again. The time waited was added."))


@caseload.post("/cases/<reference>/dates/more-time")
def give_an_answer_more_time(reference: str) -> ResponseReturnValue:
    case, form = act_on(reference, MoreTimeForm, "more", act="answer_complaints")
    if case.kind != "complaint":
        abort(404)
    if not may_go_beyond():
        form.without_beyond()
    if not form.validate():
        return dates_page(case, form, 422)
    limit, who = limit_for(case, current_landlord(), case.stage or 1), acting_staff_member()
    said = {"agreed": form.agreed.data, "written_in": form.words_language.data}
    try:
        _letter, way = give_more_time(
            case,
            form.new_on.data,
            form.reason.data,
            datetime.now(UTC),
            who,
            is_beyond_confirmed=form.is_beyond_confirmed,
            **said,
        )
    except NoMoreTime as problem:
        form.refuse(problem.reasons, limit)
        return dates_page(case, form, 422)
    except LetterLacks as problem:
        return back_to(HERE, case, problem=_("The letter cannot be written. It lacks: %(item)s.", item=problem.item))
    except NotAllowed as problem:
        return back_to(HERE, case, problem=against_words(problem.reasons)[0])
    db.session.commit()
    return back_to(HERE, case, went_out(way))


@caseload.post("/cases/<reference>/dates/promises/<int:promise_id>/late")
def say_why_it_was_late(reference: str, promise_id: int) -> ResponseReturnValue:
    case, form = act_on(reference, MissForm, f"late{promise_id}")
    promise = _promise_of(case, promise_id)
    if not form.validate():
        return dates_page(case, form, 422)
    try:
        changes.explain_miss(promise, form.reason.data, datetime.now(UTC), acting_staff_member().email)
    except changes.NotMissed:
        return back_to(HERE, case, problem=_("This promise was kept in time, or there is time left."))
    db.session.commit()
    return back_to(HERE, case, _("Recorded: why it was late."))


def _promise_of(case: Case, promise_id: int) -> Promise:
    return next((one for one in case.promises if one.id == promise_id), None) or abort(404)


def act_on(reference: str, kind: type[Any], prefix: str, *more: Any, act: str = "keep_clocks") -> tuple[Case, Any]:
    """The case, to be written, and the form that was sent; 403 for a colleague whose roles do not reach here."""
    if not may(act, acting_staff_member()):
        abort(403)
    case = held(reference)
    return case, kind(case, current_landlord(), prefix, *more)


def dates_page(case: Case, sent: DatesForm | None = None, status: int = 200) -> ResponseReturnValue:
    """The page with every form afresh, but the one that was ``sent``, which keeps what was typed and what is wrong."""
    now, landlord = datetime.now(UTC), current_landlord()
    steps, deeds = steps_of(case), deeds_of(case, landlord, now)
    forms: dict[str, DatesForm] = {
        "wait": WaitForm(case, landlord, "wait", formdata=None),
        "go_on": GoOnForm(case, landlord, "go_on", formdata=None),
        "more": MoreTimeForm(case, landlord, "more", formdata=None),
        "hazard": HazardForm(case, landlord, "hazard", now, formdata=None),
        "safe": MadeSafeForm(case, landlord, "safe", now, formdata=None),
        "found": InvestigatedForm(case, landlord, "found", now, formdata=None),
        "summary": SummaryForm(case, landlord, "summary", formdata=None, data=_as_found(steps.found)),
    }
    late = (clock.promise.id for deed in deeds for clock in deed.clocks if clock.asks_why)
    forms |= {f"late{number}": MissForm(case, landlord, f"late{number}", formdata=None) for number in late}
    if sent is not None:
        forms[sent._prefix.rstrip("-")] = sent
    elif not may_go_beyond():
        forms["more"].without_beyond()
    return case_page(
        "caseload/dates.html",
        case,
        status,
        deeds=deeds,
        forms=forms,
        sent=sent,
        steps=steps,
        waiting=[one for one in case.promises if one.is_open and one.paused_at],
        may_wait=[one for one in case.promises if changes.may_wait(case, one, landlord, now)],
        may_have_more_time=_may_have_more_time(case, now),
        limit=limit_for(case, landlord, case.stage or 1),
        can_be_marked=can_be_marked,
    )


def _as_found(found: Any) -> dict[str, Any]:
    return {"finding": found.details.get("finding")} if found else {}


def _may_have_more_time(case: Case, now: datetime) -> bool:
    answer = f"complaint.stage_{case.stage or 1}_response"
    has_time = any(one.standard == answer and one.is_open and one.due_at >= now for one in case.promises)
    return case.kind == "complaint" and has_time and not reasons_against("extend", standing_of(case))


def may_go_beyond() -> bool:
    return may("extend_beyond_limit", acting_staff_member())


def went_out(way: str | None) -> str:
    """What the page says after a letter was written, by the way that it goes."""
    if way == EMAIL:
        return _("The letter will go out by email in a moment.")
    if way == POST:
        return _("The letter is written. Print it from the overview, post it, and mark it there as posted.")
    if way is None:
        return _("The letter is written. We have no address for it: tell the tenant in another way.")
    return _("The tenant can read the letter now, with their code.")
