"""The procedure for complaints cannot be broken by accident: any acts, by anybody, in any order, under both policies.

Hypothesis chooses the acts. Whatever it chooses, an act that the rules forbid leaves no trace, no forbidden state is
reached, and the history read from its beginning tells where the complaint stands.
"""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from app.cases import case_actions, closing
from app.cases.actions import NotIndependent, name_handler, took_part
from app.cases.models import Case
from app.cases.promises import HandlerNotNamed
from app.complaints import answering, ends, more_time, points, refusals, stage_one, stage_two
from app.complaints.casework import file_as_it_is, is_whole, standing_of
from app.complaints.stages import DECISIONS, NotAllowed, reasons_against
from app.dispatch.actions import NotSafe, queue_message
from app.dispatch.sending import record_sent
from app.extensions import db, start_writing
from app.landlords.standards import current_landlord
from app.letters.actions import request_letter
from app.letters.lacks import LetterLacks
from app.letters.models import Letter
from app.staff.models import StaffMember
from tests.builders import a_colleague, a_tenant, an_opened_case
from tests.complaints.replaying import as_it_stands, replayed
from tests.conftest import MakeApp

STAFF = ("advisor", "officer", "complaints-team", "complaints-team", "manager", "reviewer", "reviewer")
REFUSED = (
    NotAllowed, NotIndependent, answering.MayNotDecide, LetterLacks, HandlerNotNamed, NotSafe, more_time.NoMoreTime,
    closing.StillOwed, closing.NotClosed, closing.Anonymised, case_actions.CaseIsClosed, refusals.NoSuchGround,
)  # fmt: skip
WORDS = "What we found out about it."
IS_LONG = os.environ.get("LETTERBOX_SOAK") == "1"
Act = Callable[["Procedure", Case, StaffMember, datetime], Any]


def first(found: Any) -> Any:
    """The first, or a refusal: there is nothing that it could be done to."""
    for one in found:
        return one
    raise NotAllowed("nothing", ("nothing-there",))


def open_points(case: Case) -> Any:
    return (one for one in file_as_it_is(case).points if one.stage == case.stage and not is_whole(one))


def send_newest(machine: "Procedure", case: Case, who: StaffMember, at: datetime) -> None:
    """The newest letter that has not gone goes out: what that means for the case happens where all letters end."""
    waiting = db.session.scalars(
        select(Letter).where(Letter.case_id == case.id, Letter.sent_at.is_(None), Letter.name != "receipt")
        .order_by(Letter.id.desc())
    )  # fmt: skip
    letter = first(waiting)
    record_sent(queue_message(letter, "post", "1 High Street", at), at, who.email)


def decide(decision: str) -> Act:
    return lambda machine, case, who, at: answering.answer(case, decision, WORDS, at, who)


def answer_a_point(decision: str) -> Act:
    return lambda machine, case, who, at: points.answer_point(
        case, first(open_points(case)), decision, WORDS, "Repairs policy, part 4", at, who
    )


def triage(found: str) -> Act:
    return lambda machine, case, who, at: stage_one.triage(case, found, at, who, tenants_say=WORDS, tenant_agrees=True)


# Each act by a name. Those that are in stages.RULES under this name are held against them too.
ACTS: dict[str, tuple[str | None, Act]] = {
    "triage as complaint": ("triage", triage("complaint")),
    "triage as service request": ("triage", triage("service-request")),
    "take as complaint": ("take_as_complaint", lambda m, c, w, at: stage_one.take_as_complaint(c, at, w)),
    "define": ("define", lambda m, c, w, at: stage_one.define(c, WORDS, at, w, is_agreed=True)),
    "contact": ("record_contact", lambda m, c, w, at: stage_one.record_contact(c, "phone", WORDS, at, w)),
    "there and then": (
        "record_there_and_then",
        lambda m, c, w, at: stage_one.record_there_and_then(c, WORDS, at, w),
    ),
    "list a point": ("list_point", lambda m, c, w, at: points.list_point(c, WORDS, at, w)),
    "take off a point": ("list_point", lambda m, c, w, at: points.take_off_point(c, first(open_points(c)), at, w)),
    "answer a point: upheld": ("answer_point", answer_a_point("upheld")),
    "answer a point: not upheld": ("answer_point", answer_a_point("not-upheld")),
    "offer a remedy": ("offer_remedy", lambda m, c, w, at: points.offer_remedy(c, "apology", WORDS, at, w)),
    "agree an action": (
        "agree_action",
        lambda m, c, w, at: points.agree_action(c, WORDS, w, (at + timedelta(days=5)).date(), at, w),
    ),
    "do an action": (
        None,
        lambda m, c, w, at: case_actions.mark_done(first(one for one in c.actions if one.is_open), at, w),  # type: ignore[attr-defined]
    ),
    **{f"decide: {decision}": ("answer", decide(decision)) for decision in DECISIONS},
    "send the newest letter": (None, send_newest),
    "refuse": (
        "refuse",
        lambda m, c, w, at: refusals.refuse(c, current_landlord(), "at-court", WORDS, WORDS, at, w),
    ),
    "take after all": ("take_after_all", lambda m, c, w, at: refusals.take_after_all(c, current_landlord(), at, w)),
    "withdraw": ("withdraw", lambda m, c, w, at: ends.withdraw(c, WORDS, "phone", at, w)),
    "go on after all": (None, lambda m, c, w, at: ends.go_on_after_all(c, current_landlord(), at, w)),
    "ask for stage 2": ("ask_for_stage_2", lambda m, c, w, at: stage_two.ask(c, current_landlord(), at)),
    "take a late request": ("refuse_stage_2", lambda m, c, w, at: stage_two.take_late_request(c, at, w)),
    "acknowledge stage 2": ("acknowledge_stage_2", lambda m, c, w, at: stage_two.acknowledge(c, at, w)),
    "refuse stage 2": (
        "refuse_stage_2",
        lambda m, c, w, at: refusals.refuse_stage_2(c, current_landlord(), "at-court", WORDS, WORDS, at, w),
    ),
    "give more time": (
        "extend",
        lambda m, c, w, at: more_time.give_more_time(
            c, (at + timedelta(days=16)).date(), WORDS, at, w, agreed="yes", written_in="en"
        ),
    ),
    "learn": ("record_learning", lambda m, c, w, at: ends.record_learning(c, WORDS, None, True, at, w)),
    "close as answered": ("close", lambda m, c, w, at: closing.close(c, "answered", at, w.email)),
    "close as refused": ("close", lambda m, c, w, at: closing.close(c, "refused", at, w.email)),
    "close as withdrawn": ("close", lambda m, c, w, at: closing.close(c, "withdrawn", at, w.email)),
    "reopen": ("reopen", lambda m, c, w, at: closing.reopen(c, at, w.email, "new-information")),
    "name as handler": (None, lambda m, c, w, at: name_handler(c, w, at, w.email)),
}
COMPLAINTS_TEAM, REVIEWER = 2, 5
# What usually comes next, and who does it: without it, chance alone rarely reaches the end.
USUAL = (
    ("send the newest letter", COMPLAINTS_TEAM),
    ("define", COMPLAINTS_TEAM),
    ("contact", COMPLAINTS_TEAM),
    ("list a point", COMPLAINTS_TEAM),
    ("answer a point: upheld", COMPLAINTS_TEAM),
    ("offer a remedy", COMPLAINTS_TEAM),
    ("decide: upheld", COMPLAINTS_TEAM),
    ("send the newest letter", COMPLAINTS_TEAM),
    ("ask for stage 2", COMPLAINTS_TEAM),
    ("name as handler", REVIEWER),
    ("acknowledge stage 2", REVIEWER),
    ("send the newest letter", REVIEWER),
    ("answer a point: not upheld", REVIEWER),
    ("decide: not-upheld", REVIEWER),
    ("send the newest letter", REVIEWER),
    ("close as answered", REVIEWER),
)


class Procedure(RuleBasedStateMachine):
    reached: ClassVar[set[str]] = set()

    def __init__(self) -> None:
        super().__init__()
        db.session.rollback()
        start_writing()
        self.at = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
        case = an_opened_case(tenant=a_tenant(), received_at=self.at)
        request_letter(case, "acknowledgement", self.at)
        db.session.commit()
        self.case_id = case.id

    @property
    def case(self) -> Case:
        return db.session.get_one(Case, self.case_id)

    @rule(
        name=st.sampled_from(sorted(ACTS)),
        number=st.integers(0, len(STAFF) - 1),
        hours=st.sampled_from([0, 3, 30, 1000]),
    )
    def anything(self, name: str, number: int, hours: int) -> None:
        self.act(name, number, hours)

    @initialize(steps=st.sampled_from([0, 3, 7, 9, 11, 13, len(USUAL)]))
    def begin(self, steps: int) -> None:
        self.the_usual(steps)

    def the_usual(self, steps: int) -> None:
        """Begin anywhere on the usual way."""
        for name, number in USUAL[:steps]:
            self.act(name, number, 2)

    def act(self, name: str, number: int, hours: int) -> None:
        self.at += timedelta(hours=hours)
        start_writing()
        case, who = self.case, colleagues()[number]
        rules, do = ACTS[name]
        before, forbidden = traces_of(case), reasons_against(rules, standing_of(case)) if rules else ()
        try:
            do(self, case, who, self.at)
        except REFUSED:
            db.session.rollback()
            db.session.expire_all()
            assert traces_of(self.case) == before, f"{name} was refused and left something behind"
        else:
            assert not forbidden, f"{name} was done against {forbidden}"
            db.session.commit()
            db.session.expire_all()
            self.reached.add(f"{name}, stage {self.case.stage}")

    @invariant()
    def no_forbidden_state(self) -> None:
        db.session.expire_all()
        case, file = self.case, file_as_it_is(self.case)
        assert case.stage in (1, 2)
        assert [stage.number for stage in file.stages] == list(range(1, case.stage + 1))
        if case.stage == 2 and case.handler_id:
            assert not took_part(case, case.handler_id, 1)
        for stage in file.stages:
            if stage.answered_at:
                answered = [point for point in file.points if point.stage == stage.number]
                assert stage.decision
                assert stage.decided_by_id
                assert file.definition
                assert answered
                assert all(is_whole(point) for point in answered)
                if stage.decision != "not-upheld":
                    assert any(remedy.stage == stage.number for remedy in file.remedies)
                if stage.number == 2:
                    assert not took_part(case, stage.decided_by_id, 1)
        if case.status == "closed":
            standing = standing_of(case)
            assert standing.is_over
            assert not standing.actions_open
            assert not any(promise.is_open for promise in case.promises)
            assert case.next_due_at is None

    @invariant()
    def history_tells_the_same(self) -> None:
        assert replayed(self.case.events) == as_it_stands(self.case)


def traces_of(case: Case) -> tuple[Any, ...]:
    letters = db.session.scalar(select(db.func.count(Letter.id)).where(Letter.case_id == case.id))
    dates = {(one.id, one.due_at, one.met_at, one.ended_at, one.paused_at) for one in case.promises}
    return standing_of(case), case.handler_id, len(case.events), len(case.contacts), letters, dates


def colleagues() -> list[StaffMember]:
    return list(db.session.scalars(select(StaffMember).order_by(StaffMember.id)))


@pytest.mark.parametrize("landlord", ["livewest", "livv"])
def test_no_order_of_acts_breaks_the_procedure(make_app: MakeApp, landlord: str) -> None:
    app = make_app(landlord)
    with app.app_context():
        for number, role in enumerate(STAFF):
            a_colleague(f"{number}.{role}@landlord.example", name=f"Colleague {number}", roles=(role,))
        Procedure.reached.clear()
        Procedure().the_usual(len(USUAL))
        assert f"{USUAL[-1][0]}, stage 2" in Procedure.reached, "the usual way does not lead to its end"
        run_state_machine_as_test(  # type: ignore[no-untyped-call]
            Procedure,
            settings=settings(
                max_examples=400 if IS_LONG else 9,
                stateful_step_count=40 if IS_LONG else 12,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
        db.session.rollback()
