"""Who may do what: every role at every address behind the staff door, for open and for restricted cases.

The table says what an address asks for; the walk proves it, both ways. An address that is not in the table is open to
whoever may read cases (GET) or work on them (POST).
"""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from app.caseload.record import MAKE
from app.cases.models import Case, Event
from app.extensions import db, start_writing
from app.landlords.standards import current_landlord
from app.reception.actions import Arrival
from app.staff.models import ROLES
from app.staff.roles import MAY, READ_CASES, READ_RESTRICTED, WORK_ON_CASES
from tests.builders import a_colleague, answers, needs, person
from tests.laws.test_every_route_is_guarded import DOOR, OWN, VALUES
from tests.staff.door import a_colleague_with_a_password, sign_in

# By the first part of the endpoint, or the whole of it: the act of roles.MAY that it takes.
TAKES = {
    "contact_log": "work",
    "people": "manage_accounts",
    "teams": "manage_accounts",
    "measures": "see_measures",
    "quality": "check_quality",
    "exports": "export",
    "caseload.give_cases": "give_work",
    "caseload.see_access": "see_access",
    "caseload.see_what_is_anonymised_soon": "hold_and_release",
    "caseload.write_an_answer": "answer_questions",
    "caseload.send_the_answer": "answer_questions",
    "caseload.say_whether_first_contact_solved_it": "answer_questions",
    "caseload.hand_a_case_over": "hand_over",
    "caseload.say_that_they_are_in_touch": "hand_over",
    "caseload.make_an_appointment": "make_appointments",
    "caseload.ask_for_an_interpreter": "book_interpreters",
    "caseload.book_an_interpreter": "book_interpreters",
    "caseload.say_how_the_interpreter_was": "book_interpreters",
    "caseload.want_it_in_english": "book_interpreters",
    "caseload.keep_it_in_english": "book_interpreters",
    "caseload.move_an_appointment": "make_appointments",
    "caseload.cancel_an_appointment": "make_appointments",
    "caseload.change_the_needs": "keep_needs",
    "caseload.say_that_the_needs_are_right": "keep_needs",
    "caseload.ask_about_needs": "keep_needs",
    "caseload.say_that_needs_are_still_right": "keep_needs",
    "caseload.keep_a_new_letter": "write_letters",
    "caseload.keep_a_draft": "write_letters",
    "caseload.look_while_typing": "write_letters",
    "caseload.take_a_version_up": "write_letters",
    "caseload.write_a_drafted_letter": "write_letters",
    "caseload.decide_about_a_draft": "approve_letters",
    "paragraphs.add_a_paragraph": "keep_paragraphs",
    "paragraphs.change_a_paragraph": "keep_paragraphs",
    "caseload.pass_praise_on": "pass_on_praise",
    "caseload.tell_the_tenant_of_it": "pass_on_praise",
    "caseload.review_the_risk": "judge_risk",
    "caseload.add_an_incident": "judge_risk",
    "caseload.write_a_plan": "judge_risk",
    "caseload.send_the_plan": "judge_risk",
    "caseload.join_a_report": "judge_risk",
    "caseload.keep_a_report_apart": "judge_risk",
    "caseload.wait_for_the_tenant": "keep_clocks",
    "caseload.go_on": "keep_clocks",
    "caseload.say_why_it_was_late": "keep_clocks",
    "caseload.name_a_hazard": "keep_clocks",
    "caseload.say_that_it_is_safe": "keep_clocks",
    "caseload.say_what_was_found": "keep_clocks",
    "caseload.write_what_was_found": "keep_clocks",
    "caseload.give_an_answer_more_time": "answer_complaints",
    "call_back_desk": "make_calls",
    "mailing_desk": "send_mailings",
    "translations": "translate",
    "notice_desk.begin_a_notice": "write_notices",
    "notice_desk.write_a_notice": "write_notices",
    "notice_desk.change_a_notice": "write_notices",
    "notice_desk.ask_for_approval": "write_notices",
    "notice_desk.add_an_update": "write_notices",
    "notice_desk.look_while_writing": "write_notices",
    "notice_desk.resolve": "write_notices",
    "notice_desk.cancel": "write_notices",  # of a published one: publish_notices (tests/caseload/test_notices.py)
    "notice_desk.publish": "publish_notices",
    "notice_desk.send_back": "publish_notices",
    "waiting_desk.say_the_waiting_time": "write_notices",
    "waiting_desk.end_the_waiting_time": "write_notices",
}
# What each address is tried on, where it is not a complaint.
KIND_OF = {
    "answer": "enquiry",
    "praise": "compliment",
    "diary": "antisocial-behaviour",
    "risk": "antisocial-behaviour",
    "plan": "antisocial-behaviour",
    "same-matter": "antisocial-behaviour",
}
SOMEBODY_ELSE = "lee.ash@landlord.example"
ARRIVED = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
SHUT = 403
FORGOTTEN_OR_GONE = 404


@pytest.fixture
def client(sqlite_app: Flask) -> FlaskClient:
    sqlite_app.config["WTF_CSRF_CHECK_DEFAULT"] = False  # so that what refuses is the role
    return sqlite_app.test_client()


def at_work(client: FlaskClient, role: str) -> FlaskClient:
    a_colleague_with_a_password(roles=(role,))
    a_colleague(SOMEBODY_ELSE, roles=("advisor",))  # whom an administrator may do things to
    assert sign_in(client).status_code == 303
    return client


def cases(*, is_restricted: bool) -> dict[str, Case]:
    """One of each kind; a report of antisocial behaviour is always restricted."""
    start_writing()
    made = {}
    for kind, make in MAKE.items():
        said = {**answers(), "topic": "rent", "question": "How do I pay?", "name_thanked": "Sam Field"}
        arrival = Arrival(said, person(), needs(), "en", ARRIVED, channel="phone", recorded_by="kim@landlord.example")
        made[kind] = make(current_landlord(), arrival)
        made[kind].is_restricted = is_restricted or kind == "antisocial-behaviour"
        made[kind].handler = None
    db.session.commit()
    return made


# Acts that share one address, and what each takes: written here on purpose, not read from the table that it tests.
ENDINGS = {
    **dict.fromkeys(("ask", "acknowledge", "withdraw", "go-on", "join", "split", "learning", "close", "reopen"), ""),
    **dict.fromkeys(("begin", "take-late", "refuse-stage-2", "refuse", "take-after-all"), "answer_complaints"),
    **dict.fromkeys(("hold", "lift"), "hold_and_release"),
}


def inside(app: Flask) -> Iterator[tuple[Rule, str]]:
    for rule in app.url_map.iter_rules():
        is_own = rule.endpoint in DOOR | OWN or rule.endpoint.startswith("account.")
        if str(rule).startswith("/staff") and not is_own:
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule, method


def address(rule: Rule, made: dict[str, Case]) -> str:
    kind = next((kind for part, kind in KIND_OF.items() if f"/{part}" in str(rule)), "complaint")
    values = {
        **VALUES,
        "colleague_id": 2,
        "reference": made[kind].reference,
        "other_reference": made["antisocial-behaviour"].reference,
    }
    given = {name: values.get(name, 1 if name.endswith("_id") else "x") for name in rule.arguments}
    return (rule.build(given) or ("", ""))[1]


def act_of(rule: Rule) -> str | None:
    return TAKES.get(rule.endpoint) or TAKES.get(rule.endpoint.partition(".")[0])


def may_pass(role: str, rule: Rule, method: str) -> bool:
    if rule.endpoint.startswith("translations."):
        return role in MAY["translate"]
    if rule.endpoint.startswith("catalogues."):
        return role in MAY["translate_website"]
    if role == "translator" and rule.endpoint == "caseload.see_the_caseload":
        return method == "GET"  # led on to the translations
    if role not in (READ_CASES if method == "GET" else WORK_ON_CASES):
        return False
    act = act_of(rule)
    if act is None or (method == "GET" and rule.endpoint.startswith("call_back_desk")):
        return True
    return role in (WORK_ON_CASES if act == "work" else MAY[act])


@pytest.mark.parametrize("role", ROLES)
def test_each_role_passes_where_the_table_says_and_nowhere_else(client: FlaskClient, role: str) -> None:
    made, wrong, tried = cases(is_restricted=False), [], 0
    at_work(client, role)
    made["antisocial-behaviour"].is_restricted = False
    db.session.commit()
    for rule, method in inside(client.application):
        status = client.open(address(rule, made), method=method).status_code
        should = may_pass(role, rule, method)
        if should == (status == SHUT) or (not should and status < 400):
            wrong.append(f"{role} {method} {rule.endpoint}: {status}, should {'pass' if should else 'be refused'}")
        tried += 1
    assert not wrong, "\n".join(wrong)
    assert tried > 100


@pytest.mark.parametrize("role", sorted(WORK_ON_CASES))
def test_how_a_case_ends_is_decided_by_those_who_may(client: FlaskClient, role: str) -> None:
    reference = cases(is_restricted=False)["complaint"].reference
    at_work(client, role)
    for ending, act in ENDINGS.items():
        status = client.post(f"/staff/cases/{reference}/ending/{ending}").status_code
        assert status != 404, ending
        assert (status == SHUT) == bool(act and role not in MAY[act]), f"{role} {ending}: {status}"


@pytest.mark.parametrize("role", sorted(set(ROLES) - READ_RESTRICTED))
def test_no_address_opens_a_restricted_case_to_other_roles(client: FlaskClient, role: str) -> None:
    made = cases(is_restricted=True)
    at_work(client, role)
    for rule, method in inside(client.application):
        if "reference" in rule.arguments and str(rule).startswith("/staff/cases/"):
            status = client.open(address(rule, made), method=method).status_code
            assert status in (SHUT, FORGOTTEN_OR_GONE), f"{role} {method} {rule.endpoint}: {status}"
    assert not db.session.scalars(db.select(Event).where(Event.who == "sam.field@landlord.example")).all()


def test_every_look_at_a_restricted_case_is_written_down(client: FlaskClient) -> None:
    made = cases(is_restricted=True)
    at_work(client, "officer")
    looks = 0
    for rule, method in inside(client.application):
        if method == "GET" and "reference" in rule.arguments and str(rule).startswith("/staff/cases/"):
            before = views()
            if client.get(address(rule, made)).status_code == 200:
                assert views() == before + 1, rule.endpoint
                looks += 1
    assert looks > 10


def views() -> int:
    db.session.rollback()
    seen = ("case_viewed", "letter_viewed", "file_viewed")
    return db.session.scalar(db.select(db.func.count(Event.id)).where(Event.what.in_(seen))) or 0
