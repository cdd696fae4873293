"""The columns of each export: docs/exports.md says what each means, and a test holds the two together.

``VERSION`` grows with every change that a reader of the files would notice.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, SQLColumnExpression, and_, false, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.antisocial_behaviour.models import Report
from app.call_backs.models import CallBack
from app.cases.models import Case, Contact, Event, Promise
from app.complaints.models import ComplaintFile, ComplaintStage, Learning
from app.interpreters.asking import is_signed
from app.interpreters.models import InterpreterRequest
from app.measures.months import start_of
from app.staff.models import StaffMember, Team
from app.tenants.models import CommunicationNeeds, Tenant

VERSION = 1
Row = Any  # of SQLAlchemy: its columns by name
# Formats for people who do not read usual print.
_FOR_SIGHT = frozenset({"large-print", "audio", "audio-cd", "wav", "talking-book", "braille", "pef"})


@dataclass(frozen=True)
class Export:
    """``query`` gives the rows, with ``is_restricted`` beside their columns. They go by ``place``: a moment, and a
    number that no two rows share; ``day`` is the moment that the dates asked for mean.
    """

    columns: Mapping[str, Callable[[Row], Any]]
    query: Select[*tuple[Any, ...]]
    place: Sequence[InstrumentedAttribute[Any]]
    day: SQLColumnExpression[Any]

    def within(self, since: date | None, until: date | None) -> Select[*tuple[Any, ...]]:
        """London's days, both within."""
        bounds = [self.day >= start_of(since)] if since else []
        if until:
            bounds.append(self.day < start_of(date.fromordinal(until.toordinal() + 1)))
        return self.query.where(*bounds)


def _same(name: str) -> Callable[[Row], Any]:
    return lambda row: getattr(row, name)


def _named(*names: str) -> dict[str, Callable[[Row], Any]]:
    return {name: _same(name) for name in names}


def _needs_alerts(row: Row) -> dict[str, bool]:
    """Person-alert codes, as far as what is recorded shows them: 20-10 hearing, 20-20 vision, 40 language."""
    interpreter = bool(row.interpreter_language)
    return {
        "person_alert_20_10": is_signed(row.interpreter_language),
        "person_alert_20_20": row.letter_format in _FOR_SIGHT,
        "person_alert_40": (interpreter and not is_signed(row.interpreter_language)) or row.tenant_language != "en",
    }


def _alert(code: str) -> Callable[[Row], bool]:
    return lambda row: _needs_alerts(row)[code]


def _opening(name: str) -> Any:
    return Contact.answers[name].as_string()


def _stage(number: int, what: Any) -> Any:
    return (
        select(what)
        .where(ComplaintStage.case_id == Case.id, ComplaintStage.number == number)
        .correlate(Case)
        .scalar_subquery()
    )


def cases() -> Export:
    query = (
        select(
            Case.id, Case.reference, Case.landlord, Case.kind, Case.status, Case.stage, Case.is_restricted,
            Case.received_at, Contact.channel, Contact.addressee, Case.language.label("letter_language"),
            Tenant.name.label("tenant_name"), Tenant.who.label("tenant_who"), Tenant.postcode,
            Tenant.language.label("tenant_language"), Tenant.is_anonymous.label("is_anonymous"),
            CommunicationNeeds.letter_format, CommunicationNeeds.interpreter_language,
            _opening("service").label("service"), _opening("topic").label("topic"),
            ComplaintFile.kind_of_complaint, ComplaintFile.triage,
            _stage(1, ComplaintStage.decision).label("stage_1_decision"),
            _stage(1, ComplaintStage.answered_at).label("stage_1_answered_at"),
            _stage(2, ComplaintStage.decision).label("stage_2_decision"),
            _stage(2, ComplaintStage.answered_at).label("stage_2_answered_at"),
            Case.hazard, Report.risk_band, Team.name.label("team"), StaffMember.email.label("handler"),
            Case.next_due_at, Case.waiting_since_at, Case.solved_at_first_contact, Case.closed_at,
            Case.closed_because, Case.anonymised_at,
        )
        .join(Tenant, Tenant.id == Case.tenant_id)
        .outerjoin(CommunicationNeeds, CommunicationNeeds.tenant_id == Tenant.id)
        .outerjoin(Contact, and_(Contact.case_id == Case.id, Contact.purpose == "opening"))
        .outerjoin(ComplaintFile, ComplaintFile.case_id == Case.id)
        .outerjoin(Report, Report.case_id == Case.id)
        .outerjoin(Team, Team.id == Case.team_id)
        .outerjoin(StaffMember, StaffMember.id == Case.handler_id)
    )  # fmt: skip
    columns = _named(
        "reference", "landlord", "kind", "status", "stage", "is_restricted", "received_at", "channel", "addressee",
        "letter_language", "tenant_name", "tenant_who", "postcode", "tenant_language", "is_anonymous", "letter_format",
        "interpreter_language",
    )  # fmt: skip
    columns |= {code: _alert(code) for code in ("person_alert_20_10", "person_alert_20_20", "person_alert_40")}
    columns |= _named(
        "service", "topic", "kind_of_complaint", "triage", "stage_1_decision", "stage_1_answered_at",
        "stage_2_decision", "stage_2_answered_at", "hazard", "risk_band", "team", "handler", "next_due_at",
        "waiting_since_at", "solved_at_first_contact", "closed_at", "closed_because", "anonymised_at",
    )  # fmt: skip
    return Export(columns, query, (Case.received_at, Case.id), Case.received_at)


def _is_in_time(row: Row) -> bool | None:
    """Null while nobody can say: open, and not late yet; or it fell away."""
    return None if row.met_at is None else row.met_at <= row.due_at


def promises() -> Export:
    query = select(
        Promise.id, Case.reference, Case.kind, Case.is_restricted, Promise.standard, Promise.regime, Promise.amount,
        Promise.unit, Promise.counted_from_at, Promise.due_at, Promise.met_at, Promise.paused_at, Promise.ended_at,
        Promise.missed_reason, Promise.source,
    ).join(Case, Case.id == Promise.case_id)  # fmt: skip
    columns = _named(
        "reference", "kind", "is_restricted", "standard", "regime", "amount", "unit", "counted_from_at", "due_at",
        "met_at",
    )  # fmt: skip
    columns |= {"is_kept_in_time": _is_in_time}
    columns |= _named("paused_at", "ended_at", "missed_reason", "source")
    return Export(columns, query, (Promise.due_at, Promise.id), Promise.due_at)


def events() -> Export:
    """In the order in which they were written down: the biggest table, which no index by moment makes bigger."""
    query = select(
        Event.id, Case.reference, Case.kind, Case.is_restricted, Event.at, Event.what, Event.who, Event.details
    ).join(Case, Case.id == Event.case_id)
    columns = {"number": _same("id"), **_named("reference", "kind", "is_restricted", "at", "what", "who", "details")}
    return Export(columns, query, (Event.id,), Event.at)


def learning() -> Export:
    query = select(
        Learning.id, Case.reference, Case.is_restricted, Learning.words, Learning.service, Learning.may_be_published,
        Learning.recorded_at, Learning.recorded_by, Learning.changed_on,
    ).join(Case, Case.id == Learning.case_id)  # fmt: skip
    columns = _named(
        "reference", "is_restricted", "words", "service", "may_be_published", "recorded_at", "recorded_by", "changed_on"
    )
    return Export(columns, query, (Learning.recorded_at, Learning.id), Learning.recorded_at)


def interpreters() -> Export:
    """Of cases, and of calls that belong to none."""
    it = InterpreterRequest
    query = (
        select(
            it.id, func.coalesce(Case.reference, CallBack.reference).label("reference"),
            it.call_back_id.is_not(None).label("is_for_a_call"),
            func.coalesce(Case.is_restricted, false()).label("is_restricted"), it.language, it.way, it.purpose,
            it.prefers, it.source, it.asked_at, it.asked_by, it.due_at, it.is_promised, it.needed_at, it.state,
            it.because, it.booked_at, it.booked_by, it.begins_at, it.ends_at, it.ended_at, it.ended_by,
        )
        .outerjoin(Case, Case.id == it.case_id)
        .outerjoin(CallBack, CallBack.id == it.call_back_id)
    )  # fmt: skip
    columns = {"number": _same("id")} | _named(
        "reference", "is_for_a_call", "is_restricted", "language", "way", "purpose", "prefers", "source", "asked_at",
        "asked_by", "due_at", "is_promised", "needed_at", "state", "because", "booked_at", "booked_by", "begins_at",
        "ends_at", "ended_at", "ended_by",
    )  # fmt: skip
    return Export(columns, query, (it.asked_at, it.id), it.asked_at)


EXPORTS: Mapping[str, Callable[[], Export]] = {
    "cases": cases,
    "promises": promises,
    "events": events,
    "learning": learning,
    "interpreters": interpreters,
}


def as_text(value: Any) -> Any:
    """What JSON has no shape for: moments as UTC with Z, days as 2026-11-22."""
    if isinstance(value, datetime):
        return value.isoformat()[:19] + "Z"
    return value.isoformat() if isinstance(value, date) else value
