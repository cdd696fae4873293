"""What is counted: each measure is one query that gives its rows, so that a figure and the list behind it agree.

Every query gives the columns ``row_id``, ``case_id``, ``at`` and up to three things by which rows are counted
(``a``, ``b``, ``c``; empty where there is none). ``since`` and ``until`` bound the moment by which a row belongs to
a month; ``now`` is handed in.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Integer,
    Select,
    SQLColumnExpression,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from app.antisocial_behaviour import counting
from app.antisocial_behaviour.models import Report
from app.call_backs.models import CallBack
from app.cases.casework_models import NeedsOverride
from app.cases.clock import LONDON
from app.cases.models import Case, Contact, Promise
from app.complaints.models import ComplaintFile, ComplaintStage, Learning, Refusal
from app.dispatch.models import Message
from app.dispatch.needs_met import NEEDS
from app.extensions import UtcDateTime
from app.measures import counted_interpreters
from app.measures.minutes import minutes_between as minutes_between
from app.measures.months import start_of

NOW = "now"  # the span of what stands open
NOTHING = ""
# States of open work, of a promise, and of an answer against the Code's time.
OVERDUE, TODAY, WEEK, LATER, UNDATED = DUE_STATES = ("overdue", "today", "week", "later", "nothing")
KEPT, LATE, MISSED, PAUSED, TO_COME, ENDED = PROMISE_STATES = ("kept", "late", "missed", "paused", "to-come", "ended")
YES, NO, NOT_SAID = SAID = ("yes", "no", "not-said")
MET = "met"

Rows = Callable[[datetime | None, datetime | None, datetime], Select[Any]]
Column = SQLColumnExpression[Any]


@dataclass(frozen=True)
class Measure:
    """``names`` says what a, b and c are. ``is_of_cases``: a row belongs to a case; else to a call-back."""

    rows: Rows
    names: tuple[str, ...]
    is_of_cases: bool = True
    stands: bool = False  # counted as things stand, and not by month


def _given(
    row_id: Column, case_id: Column, at: Column, a: Any = NOTHING, b: Any = NOTHING, c: Any = NOTHING
) -> Select[Any]:
    by = (literal(one, String) if isinstance(one, str) else one for one in (a, b, c))
    columns = (column.label(name) for name, column in zip("abc", by, strict=True))
    return select(row_id.label("row_id"), case_id.label("case_id"), at.label("at"), *columns)


def _within(at: Column, since: datetime | None, until: datetime | None) -> ColumnElement[bool]:
    bounds = [at >= since] if since else []
    return and_(at.is_not(None), *bounds, *([at < until] if until else []))


def _text(column: Column) -> Column:
    return func.coalesce(cast(column, String), NOTHING)


def open_work(_since: datetime | None, _until: datetime | None, now: datetime) -> Select[Any]:
    today = now.astimezone(LONDON).date()
    tomorrow, in_a_week = start_of(today + timedelta(days=1)), start_of(today + timedelta(days=8))
    state = case(
        (Case.next_due_at.is_(None), UNDATED),
        (Case.next_due_at < now, OVERDUE),
        (Case.next_due_at < tomorrow, TODAY),
        (Case.next_due_at < in_a_week, WEEK),
        else_=LATER,
    )
    return _given(Case.id, Case.id, Case.next_due_at, _text(Case.team_id), state).where(Case.status == "open")


def promises(since: datetime | None, until: datetime | None, now: datetime) -> Select[Any]:
    """By the month in which they fall due. One that was missed before it fell away, or was paused, stays missed."""
    state = case(
        (Promise.met_at <= Promise.due_at, KEPT),
        (Promise.met_at.is_not(None), LATE),
        (Promise.ended_at <= Promise.due_at, ENDED),
        (and_(Promise.ended_at.is_(None), Promise.paused_at <= Promise.due_at), PAUSED),
        (bindparam(None, now, UtcDateTime()) > Promise.due_at, MISSED),
        (Promise.ended_at.is_not(None), MISSED),
        else_=TO_COME,
    )
    return _given(Promise.id, Promise.case_id, Promise.due_at, Promise.standard, Promise.regime, state).where(
        _within(Promise.due_at, since, until)
    )


def answers_in_the_codes_time(since: datetime | None, until: datetime | None, now: datetime) -> Select[Any]:
    """Complaints by the month in which they were made at the stage (CH02): when their answer came."""
    first, more = aliased(Promise), aliased(Promise)
    due_at = func.coalesce(more.due_at, first.due_at)
    ended = and_(first.id.is_not(None), first.ended_at.is_not(None), first.met_at.is_(None), more.met_at.is_(None))
    state = case(
        (and_(ComplaintStage.answered_at.is_not(None), due_at.is_(None)), KEPT),
        (ComplaintStage.answered_at <= due_at, KEPT),
        (ComplaintStage.answered_at.is_not(None), LATE),
        (ended, ENDED),
        (due_at < now, MISSED),
        else_=TO_COME,
    )
    stage = cast(ComplaintStage.number, String)
    query = _given(ComplaintStage.id, ComplaintStage.case_id, ComplaintStage.began_at, stage, state)
    for promise, step in ((first, "response"), (more, "extension")):
        key = literal("complaint.stage_") + stage + literal(f"_{step}")
        query = query.outerjoin(
            promise,
            and_(promise.case_id == ComplaintStage.case_id, promise.standard == key, promise.regime == "code"),
        )
    return query.where(_within(ComplaintStage.began_at, since, until))


def decisions(since: datetime | None, until: datetime | None, _now: datetime) -> Select[Any]:
    it = ComplaintStage
    return _given(it.id, it.case_id, it.answered_at, cast(it.number, String), _text(it.decision)).where(
        _within(it.answered_at, since, until)
    )


def refusals(since: datetime | None, until: datetime | None, _now: datetime) -> Select[Any]:
    return _given(Refusal.id, Refusal.case_id, Refusal.at, cast(Refusal.stage, String), Refusal.ground).where(
        _within(Refusal.at, since, until), Refusal.withdrawn_at.is_(None)
    )


def first_contact(since: datetime | None, until: datetime | None, _now: datetime) -> Select[Any]:
    said = case(
        (Case.solved_at_first_contact.is_(True), YES), (Case.solved_at_first_contact.is_(False), NO), else_=NOT_SAID
    )
    return _given(Case.id, Case.id, Case.received_at, Case.kind, said).where(_within(Case.received_at, since, until))


def themes_of_complaints(since: datetime | None, until: datetime | None, _now: datetime) -> Select[Any]:
    service = func.coalesce(Contact.answers["service"].as_string(), NOTHING)
    kind = func.coalesce(ComplaintFile.kind_of_complaint, NOTHING)
    return (
        _given(Case.id, Case.id, Case.received_at, service, kind)
        .outerjoin(Contact, and_(Contact.case_id == Case.id, Contact.purpose == "opening"))
        .outerjoin(ComplaintFile, ComplaintFile.case_id == Case.id)
        .where(_within(Case.received_at, since, until), Case.kind == "complaint")
    )


def topics_of_enquiries(since: datetime | None, until: datetime | None, _now: datetime) -> Select[Any]:
    topic = func.coalesce(Contact.answers["topic"].as_string(), NOTHING)
    return (
        _given(Case.id, Case.id, Case.received_at, topic)
        .outerjoin(Contact, and_(Contact.case_id == Case.id, Contact.purpose == "opening"))
        .where(_within(Case.received_at, since, until), Case.kind == "enquiry")
    )


def learning(since: datetime | None, until: datetime | None, _now: datetime) -> Select[Any]:
    done = case((Learning.changed_on.is_not(None), YES), else_=NO)
    return _given(Learning.id, Learning.case_id, Learning.recorded_at, _text(Learning.service), done).where(
        _within(Learning.recorded_at, since, until)
    )


def hate(since: datetime | None, until: datetime | None, _now: datetime) -> Select[Any]:
    """Cases of antisocial behaviour that were opened (NM01): with hate, as anybody perceived it, or without.

    A further report on an open case is none of them; its hate counts for that case.
    """
    opened = and_(_within(Case.received_at, since, until), Case.kind == "antisocial-behaviour")
    is_hate = case((counting.names_hate(), YES), else_=NO)
    return (
        _given(Case.id, Case.id, Case.received_at, is_hate)
        .join(Report, Report.case_id == Case.id)
        .where(opened, Case.id.not_in(counting.further_reports(opened)))
    )


def letters_sent(since: datetime | None, until: datetime | None, _now: datetime) -> Select[Any]:
    """Letters that went out: ``met``, or the first need that they left unmet."""
    left = func.coalesce(cast(Message.unmet, String), "[]")
    state = case(*((left.contains(f'"{need}"'), need) for need in NEEDS), else_=MET)
    return _given(Message.id, Message.case_id, Message.sent_at, state, Message.channel).where(
        _within(Message.sent_at, since, until), Message.letter_id.is_not(None)
    )


def overrides(since: datetime | None, until: datetime | None, _now: datetime) -> Select[Any]:
    return _given(NeedsOverride.id, NeedsOverride.case_id, NeedsOverride.at).where(
        _within(NeedsOverride.at, since, until)
    )


def _call_backs(since: datetime | None, until: datetime | None, a: Any, b: Any = NOTHING) -> Select[Any]:
    return _given(CallBack.id, literal(None, Integer), CallBack.ended_at, a, b).where(
        _within(CallBack.ended_at, since, until)
    )


def call_backs(since: datetime | None, until: datetime | None, _now: datetime) -> Select[Any]:
    is_late = case((CallBack.ended_at > CallBack.slot_ends_at, LATE), else_=KEPT)
    return _call_backs(since, until, CallBack.state, is_late).where(CallBack.state != "waiting")


def waits(since: datetime | None, until: datetime | None, _now: datetime) -> Select[Any]:
    """Calls that were made, by how many minutes passed since they were asked for."""
    waited = cast(minutes_between(CallBack.asked_at, CallBack.ended_at), String)
    return _call_backs(since, until, waited).where(CallBack.state == "called")


MEASURES: Mapping[str, Measure] = {
    "open": Measure(open_work, ("team", "due"), stands=True),
    "promises": Measure(promises, ("standard", "regime", "state")),
    "code": Measure(answers_in_the_codes_time, ("stage", "state")),
    "decisions": Measure(decisions, ("stage", "decision")),
    "refusals": Measure(refusals, ("stage", "ground")),
    "first-contact": Measure(first_contact, ("kind", "said")),
    "themes": Measure(themes_of_complaints, ("service", "kind-of-complaint")),
    "topics": Measure(topics_of_enquiries, ("topic",)),
    "learning": Measure(learning, ("service", "changed")),
    "hate": Measure(hate, ("hate",)),
    "letters": Measure(letters_sent, ("need", "channel")),
    "overrides": Measure(overrides, ()),
    "call-backs": Measure(call_backs, ("outcome", "late"), is_of_cases=False),
    "waits": Measure(waits, ("minutes",), is_of_cases=False),
    "interpreters": Measure(counted_interpreters.asked(is_of_cases=True), ("interpreter", "booked")),
    "interpreter-waits": Measure(counted_interpreters.waits(is_of_cases=True), ("minutes",)),
    "interpreters-for-calls": Measure(
        counted_interpreters.asked(is_of_cases=False), ("interpreter", "booked"), is_of_cases=False
    ),
    "interpreter-waits-for-calls": Measure(
        counted_interpreters.waits(is_of_cases=False), ("minutes",), is_of_cases=False
    ),
}
_BY_MONTH = tuple(name for name, measure in MEASURES.items() if not measure.stands)
_STANDING = tuple(name for name, measure in MEASURES.items() if measure.stands)


def measures_of(span: str) -> tuple[str, ...]:
    return _STANDING if span == NOW else _BY_MONTH


def counted(name: str, since: datetime | None, until: datetime | None, now: datetime) -> Select[Any]:
    """How many rows there are by a, b and c."""
    found = MEASURES[name].rows(since, until, now).subquery()
    return select(found.c.a, found.c.b, found.c.c, func.count()).group_by(found.c.a, found.c.b, found.c.c)


def may_be_listed(colleague_id: int, with_restricted: bool) -> ColumnElement[bool]:
    """Which of the cases behind a figure this colleague may see by name."""
    if with_restricted:
        return true()
    return or_(Case.is_restricted.is_(False), Case.handler_id == colleague_id)
