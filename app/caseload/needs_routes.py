"""How to write to and talk with the tenant of a case: what is known, who said so, and changing it."""

from datetime import UTC, datetime

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.caseload import needs
from app.caseload.needs_forms import TOLD_BY, NeedsForm
from app.caseload.routes import back_to, case_page, caseload, held, looked_at
from app.cases import identity
from app.cases.models import Case
from app.extensions import db
from app.landlords.standards import current_landlord
from app.staff.doors import acting_staff_member
from app.staff.roles import may

HERE = "caseload.see_the_needs"


@caseload.get("/cases/<reference>/needs")
def see_the_needs(reference: str) -> ResponseReturnValue:
    case = looked_at(reference)
    return _page(case, NeedsForm(case, current_landlord(), datetime.now(UTC), formdata=None))


@caseload.post("/cases/<reference>/needs")
def change_the_needs(reference: str) -> ResponseReturnValue:
    case, now = _to_change(reference), datetime.now(UTC)
    form = NeedsForm(case, current_landlord(), now)
    if not form.is_right():
        return _page(case, form, 422)
    try:
        changed = needs.change(case, form.wanted(), form.language.data, form.told_by.data, now, acting_staff_member())
    except needs.NotSureWhoAsks:
        form.safe_ways.errors = [
            _("Check first who is calling, or ask a manager: the tenant ruled this out, and it may put them in danger.")
        ]
        return _page(case, form, 422)
    has_changed = bool(changed)
    db.session.commit()
    if not has_changed:
        return back_to(HERE, case, _("Nothing was different from what we knew."))
    return back_to(HERE, case, _("Saved. Letters that have not gone out are made in the format needed now."))


@caseload.post("/cases/<reference>/needs/right")
def say_that_the_needs_are_right(reference: str) -> ResponseReturnValue:
    case, told_by = _to_change(reference), request.form.get("told_by", "")
    if told_by not in TOLD_BY:
        abort(400)
    needs.confirm(case, told_by, datetime.now(UTC), acting_staff_member())
    db.session.commit()
    return back_to(HERE, case, _("Recorded: the needs are as they were. We ask again in a year."))


def _to_change(reference: str) -> Case:
    if not may("keep_needs", acting_staff_member()):
        abort(403)
    return held(reference)


def _page(case: Case, form: NeedsForm, status: int = 200) -> ResponseReturnValue:
    now, who = datetime.now(UTC), acting_staff_member()
    return case_page(
        "caseload/needs.html",
        case,
        status,
        form=form,
        mistakes=[(field.id, field.errors[0]) for field in form if field.errors and field.name != "csrf_token"],
        is_due=case.tenant.needs.review_on is not None and case.tenant.needs.review_on <= form.today,
        is_identified=identity.is_identified(case, now, who),
        has_errors=status == 422,
    )
