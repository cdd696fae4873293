"""What each role may do."""

from app.staff.models import StaffMember

READ_CASES = frozenset({"advisor", "officer", "manager", "complaints-team", "reviewer", "auditor", "administrator"})
WORK_ON_CASES = READ_CASES - {"auditor"}
# Reports of antisocial behaviour: only the colleagues who need them; each look is written down.
READ_RESTRICTED = frozenset({"officer", "manager", "complaints-team", "auditor"})
EVERYDAY = frozenset({"advisor", "officer", "manager", "complaints-team"})
# Further acts, each with the roles that may do it.
MAY = {
    "read_cases": READ_CASES,
    "answer_complaints": frozenset(
        {"complaints-team", "manager", "reviewer"}
    ),  # decide, refuse, extend, take late requests
    "give_work": frozenset({"manager", "complaints-team"}),  # to anybody, many cases at once
    "work_on_cases": WORK_ON_CASES,
    "manage_absences": frozenset({"manager", "administrator"}),  # other people's; everybody their own
    "manage_accounts": frozenset({"administrator"}),
    "hold_and_release": frozenset({"manager", "administrator"}),  # legal holds
    "check_quality": frozenset({"reviewer", "manager"}),
    "send_unsafely": frozenset({"manager"}),  # by a way that the tenant ruled out, with a reason
    "see_measures": frozenset({"manager", "complaints-team", "reviewer", "auditor", "administrator"}),
    "export": frozenset({"manager", "auditor", "administrator"}),
    "answer_questions": EVERYDAY,  # and suggestions; whether a first contact solved it
    "hand_over": EVERYDAY | {"reviewer"},
    "pass_on_praise": EVERYDAY,
    "judge_risk": frozenset({"officer", "manager", "complaints-team"}),  # and diaries, plans, joining of reports
    "keep_needs": EVERYDAY | {"reviewer"},  # how to write to and talk with a tenant
    "make_calls": EVERYDAY,
    "make_appointments": EVERYDAY,  # visits, told by letter
    "book_interpreters": EVERYDAY | {"reviewer"},  # and translations of what came in
    "write_letters": EVERYDAY | {"reviewer"},  # in words of their own
    "approve_letters": frozenset({"manager", "complaints-team", "reviewer"}),  # which role each: the policy
    "keep_paragraphs": frozenset({"manager", "complaints-team", "administrator"}),  # standard ones
    "keep_clocks": EVERYDAY,  # wait for the tenant and go on, say why a promise was late, record steps of a hazard
    "extend_beyond_limit": frozenset({"manager"}),  # an answer later than the Code gives, for a good reason
    "translate": frozenset({"translator", "manager", "complaints-team"}),  # colleagues' words, of restricted cases too
    "translate_website": frozenset({"translator"}),  # the sentences of the site: no words of any tenant
    "send_mailings": frozenset({"manager", "complaints-team"}),  # one letter to many tenants
    "write_notices": EVERYDAY,  # drafts, updates to published ones, the waiting time on the phone
    "publish_notices": frozenset({"manager", "complaints-team"}),  # their own, and what others wrote
    "announce_late": frozenset({"manager"}),  # after the promised lead time, with a reason
    "see_access": frozenset({"auditor", "administrator"}),  # sign-ins, and who looked at restricted cases
}
NEEDS_SECOND_FACTOR = READ_RESTRICTED | {"administrator", "translator"}  # the last reads words of restricted cases


def may_read_cases(staff_member: StaffMember) -> bool:
    return _holds_one_of(staff_member, READ_CASES)


def may_work_on_cases(staff_member: StaffMember) -> bool:
    """An auditor sees everything and changes nothing."""
    return _holds_one_of(staff_member, WORK_ON_CASES)


def may_read_restricted(staff_member: StaffMember) -> bool:
    return _holds_one_of(staff_member, READ_RESTRICTED)


def may(act: str, staff_member: StaffMember) -> bool:
    """Whether one of their roles may do this: a key of MAY. Raises KeyError."""
    return _holds_one_of(staff_member, MAY[act])


def needs_second_factor(staff_member: StaffMember) -> bool:
    """Whoever sees restricted cases, or gives out accounts, signs in with two factors."""
    return _holds_one_of(staff_member, NEEDS_SECOND_FACTOR)


def _holds_one_of(staff_member: StaffMember, roles: frozenset[str]) -> bool:
    return any(role.name in roles for role in staff_member.roles)
