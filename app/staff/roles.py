"""What each role may do."""

from app.staff.models import StaffMember

READ_CASES = frozenset({"advisor", "officer", "manager", "complaints-team", "reviewer", "auditor", "administrator"})
WORK_ON_CASES = READ_CASES - {"auditor"}
# Reports of antisocial behaviour: only the colleagues who need them; each look is written down.
READ_RESTRICTED = frozenset({"officer", "manager", "complaints-team", "auditor"})


def may_read_cases(staff_member: StaffMember) -> bool:
    return _holds_one_of(staff_member, READ_CASES)


def may_work_on_cases(staff_member: StaffMember) -> bool:
    """An auditor sees everything and changes nothing."""
    return _holds_one_of(staff_member, WORK_ON_CASES)


def may_read_restricted(staff_member: StaffMember) -> bool:
    return _holds_one_of(staff_member, READ_RESTRICTED)


def _holds_one_of(staff_member: StaffMember, roles: frozenset[str]) -> bool:
    return any(role.name in roles for role in staff_member.roles)
