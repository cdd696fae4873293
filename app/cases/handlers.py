"""Who deals with a case: somebody is named at once, so that the tenant has a name to ask for."""

from sqlalchemy import ColumnElement, Select, func, or_, select

from app.cases.models import Case
from app.extensions import db
from app.landlords.shapes import Landlord
from app.staff.models import Role, StaffMember

USUAL_ROLE = "complaints-team"
# They read; they do not deal with cases.
READING_ROLES = ("translator", "auditor")


def choose_handler(landlord: Landlord, kind: str) -> StaffMember | None:
    """The active colleague of the right role with the fewest open cases, else any other; None where there is nobody."""
    return db.session.scalar(_least_busy(StaffMember.roles.any(Role.name == role_for(landlord, kind)))) or (
        db.session.scalar(_least_busy(or_(~StaffMember.roles.any(), StaffMember.roles.any(_deals_with_cases()))))
    )


def role_for(landlord: Landlord, kind: str) -> str:
    """The role whose holders deal with a new case of this kind."""
    return USUAL_ROLE


def _deals_with_cases() -> ColumnElement[bool]:
    return Role.name.not_in(READING_ROLES)


def _least_busy(condition: ColumnElement[bool]) -> Select[StaffMember]:
    open_cases = (
        select(func.count(Case.id))
        .where(Case.handler_id == StaffMember.id, Case.status == "open")
        .correlate(StaffMember)
        .scalar_subquery()
    )
    return select(StaffMember).where(StaffMember.active, condition).order_by(open_cases, StaffMember.id).limit(1)
