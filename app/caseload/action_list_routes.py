"""Actions over all cases: a colleague's own, or everybody's, the earliest day first."""

from datetime import date, datetime

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from app.caseload.routes import caseload
from app.cases.case_actions import Place, actions_to_do, is_overdue
from app.cases.casework_models import CaseAction
from app.cases.clock import LONDON
from app.staff.doors import acting_staff_member
from app.staff.roles import may_read_restricted

A_PAGE = 50
MINE, ALL = "mine", "all"
GREATEST_ID = 2**31 - 1


@caseload.get("/actions")
def see_actions_to_do() -> ResponseReturnValue:
    show, who = request.args.get("show", MINE), acting_staff_member()
    if show not in (MINE, ALL):
        abort(404)
    owner = who.id if show == MINE else None
    found = actions_to_do(owner, who.id, may_read_restricted(who), _place(request.args.get("after")), A_PAGE + 1)
    return render_template(
        "caseload/actions_to_do.html",
        actions=found[:A_PAGE],
        show=show,
        next_page=_in_address(found[A_PAGE - 1]) if len(found) > A_PAGE else None,
        today=datetime.now(LONDON).date(),
        is_overdue=is_overdue,
    )


def _in_address(action: CaseAction) -> str:
    return f"{action.due_on.isoformat()}-{action.id}"


def _place(written: str | None) -> Place | None:
    """The same read back; None, the first page, for anything else."""
    day, _dash, number = (written or "").rpartition("-")
    try:
        found = date.fromisoformat(day), int(number)
    except ValueError:
        return None
    return found if 0 <= found[1] <= GREATEST_ID else None
