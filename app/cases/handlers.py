"""Who deals with a case: somebody is named at once, so that the tenant has a name to ask for."""

from collections.abc import Iterable

from sqlalchemy import func, select

from app.cases.models import Case
from app.extensions import db
from app.staff.models import Role, StaffMember
from app.staff.roles import READ_RESTRICTED, WORK_ON_CASES

# Whose work a new case is. Policies say who decides at each stage in words only.
FIRST_CHOICE = {"antisocial-behaviour": "officer", "enquiry": "advisor"}
USUAL_CHOICE = "complaints-team"


def choose_handler(kind: str, *, is_restricted: bool) -> StaffMember | None:
    """The active colleague whose work this kind is, with the fewest open cases; else any other who may do it.

    A restricted case goes only to roles that may read it. None where there is nobody.
    """
    others = WORK_ON_CASES & READ_RESTRICTED if is_restricted else WORK_ON_CASES
    return _least_busy([FIRST_CHOICE.get(kind, USUAL_CHOICE)]) or _least_busy(others)


def _least_busy(roles: Iterable[str]) -> StaffMember | None:
    open_cases = (
        select(func.count(Case.id))
        .where(Case.handler_id == StaffMember.id, Case.status == "open")
        .correlate(StaffMember)
        .scalar_subquery()
    )
    return db.session.scalar(
        select(StaffMember)
        .where(StaffMember.active, StaffMember.roles.any(Role.name.in_(sorted(roles))))
        .order_by(open_cases, StaffMember.id)
        .limit(1)
    )
