"""The page "Stage 2 and closing", what is done there, and the list of what will be anonymised."""

from datetime import UTC, date, datetime, timedelta

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from app.caseload import ending_words
from app.caseload.actions import may_open
from app.caseload.ending_acts import ACTS, ALWAYS, ENDS, REFUSED, SECOND, WRITING, Act, form_of
from app.caseload.ending_forms import EndingForm
from app.caseload.ending_words import NOT_INDEPENDENT, against_words
from app.caseload.routes import back_to, case_page, caseload, held, looked_at, opened
from app.cases import retention
from app.cases.actions import NotIndependent
from app.cases.clock import LONDON
from app.cases.models import Case
from app.complaints import joining, stage_two
from app.complaints.casework import file_as_it_is
from app.extensions import db
from app.landlords.standards import current_landlord
from app.letters.answers import told
from app.staff.doors import acting_staff_member
from app.staff.roles import may

HERE = "caseload.see_the_ending"
AHEAD = timedelta(days=30)  # how far the list of what will be anonymised looks
MOST_LISTED = 200


@caseload.get("/cases/<reference>/ending")
def see_the_ending(reference: str) -> ResponseReturnValue:
    case = looked_at(reference)
    landlord, colleague = current_landlord(), acting_staff_member()
    return case_page(
        "caseload/ending.html",
        case,
        file=file_as_it_is(case) if case.kind == "complaint" else None,
        groups=[[(key, act, _against(act, case)) for key, act in group.items()] for group in _groups(case)],
        links=joining.links_of(case),
        joined=[(one, [(contact, told(contact, landlord)) for contact in one.contacts]) for one in _joined_in(case)],
        may_open=lambda other: may_open(other, colleague),
        hold=retention.standing_hold(case),
        kept_until=_kept_until(case),
        request_of=stage_two.request_of(case),
        ending_words=ending_words,
        exclusions=landlord.exclusions,
    )


@caseload.get("/cases/<reference>/ending/<ending>")
def begin_an_ending(reference: str, ending: str) -> ResponseReturnValue:
    act = _act(ending)
    case = _only_for(act, looked_at(reference))
    form = form_of(ending, case)(case, datetime.now(UTC), formdata=None)
    return _act_page(case, act, form, against_words(act.against(case)))


@caseload.post("/cases/<reference>/ending/<ending>")
def do_an_ending(reference: str, ending: str) -> ResponseReturnValue:
    act, now = _act(ending), datetime.now(UTC)
    case = _only_for(act, held(reference))
    form, against = form_of(ending, case)(case, now), _against(act, case)
    if not form.validate() or against:
        return _act_page(case, act, form, against, 422)
    try:
        done = act.do(case, form, now, acting_staff_member())
    except (*REFUSED, NotIndependent) as refused:
        against = [str(NOT_INDEPENDENT)] if isinstance(refused, NotIndependent) else against_words(refused.reasons)
        db.session.rollback()
        return _act_page(opened(reference), act, form, against, 422)
    db.session.commit()
    return back_to(HERE, case, done)


@caseload.get("/retention")
def see_what_is_anonymised_soon() -> ResponseReturnValue:
    """Cases whose time is over within a month: who may place a hold sees them in time. No names."""
    if not may("hold_and_release", acting_staff_member()):
        abort(403)
    landlord, today = current_landlord(), datetime.now(UTC).astimezone(LONDON).date()
    found = retention.ending_by(landlord, today + AHEAD, MOST_LISTED)
    return render_template("caseload/retention.html", endings=found, rules=landlord.retention, closed_on=closed_on)


def _act(ending: str) -> Act:
    """Raises the page that says that it is not for everybody."""
    act = ACTS.get(ending) or abort(404)
    if act.may and not may(act.may, acting_staff_member()):
        abort(403)
    return act


def _only_for(act: Act, case: Case) -> Case:
    return case if act.is_for(case) else abort(404)


def _groups(case: Case) -> list[dict[str, Act]]:
    groups = [SECOND, ENDS, ALWAYS] if case.kind == "complaint" else [ALWAYS]
    colleague = acting_staff_member()
    return [{key: act for key, act in group.items() if not act.may or may(act.may, colleague)} for group in groups]


def _against(act: Act, case: Case) -> list[str]:
    return against_words(act.against(case))


def _act_page(case: Case, act: Act, form: EndingForm, against: list[str], status: int = 200) -> ResponseReturnValue:
    writes_letter = any(act is ACTS[key] for key in WRITING)
    page = {"act": act, "form": form, "against": against, "writes_letter": writes_letter}
    return case_page("caseload/ending_act.html", case, status, **page)


def _joined_in(case: Case) -> list[Case]:
    colleague = acting_staff_member()
    return [one for one in joining.joined_in(case) if may_open(one, colleague)]


def closed_on(case: Case) -> date | None:
    """The local day."""
    return case.closed_at.astimezone(LONDON).date() if case.closed_at else None


def _kept_until(case: Case) -> date | None:
    if case.closed_at is None:
        return None
    return retention.kept_until(case.closed_at, current_landlord().years_kept(case.kind))
