"""What can be done with a case. Each act adds to the session; whoever asked for it commits, once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.cases import duplicates, promises, search
from app.cases.casework_models import Participation
from app.cases.changes import resume
from app.cases.handlers import choose_handler, service_of
from app.cases.models import Case, Contact, Event
from app.cases.promises import meet_promise as meet_promise
from app.cases.references import make_reference, make_return_code
from app.extensions import db
from app.landlords.shapes import TEAM, Landlord
from app.landlords.standards import current_landlord
from app.languages import LANGUAGES
from app.staff.absences import team_for
from app.staff.models import StaffMember
from app.tenants.models import Tenant
from app.tenants.words import typed

RESTRICTED_KINDS = frozenset({"antisocial-behaviour"})


LOOKS = frozenset({"case_viewed", "letter_viewed", "file_viewed"})


class NotIndependent(Exception):
    """This colleague took part in stage 1, and can neither handle nor decide stage 2 (Code 6.13)."""


class NoReferenceFree(Exception):
    """Every reference that was tried is taken: something other than chance is at work."""


def open_case(
    *,
    landlord: Landlord,
    kind: str,
    channel: str,
    received_at: datetime,
    tenant: Tenant,
    answers: Mapping[str, Any],
    language: str,
    recorded_by: str | None = None,
    draft_id: str | None = None,
    addressee: str = TEAM,
    hazard: str | None = None,
    is_restricted: bool = False,
) -> Case:
    """Add a case with its contact, its promises with their working, its handler and its first events. No commit.

    ``received_at`` is aware. ``language`` is the one that the person wrote or spoke; where no letter can be written
    in it the case's letters use the landlord's first language. ``recorded_by`` is a colleague's email.
    ``addressee``: team, or colleague when somebody was written to or rung directly (L11). ``hazard`` is a key of the
    policy's hazards: the law's clocks for it begin too. Some kinds are restricted whatever ``is_restricted`` says.
    Raises sqlalchemy.exc.IntegrityError when ``draft_id`` already made a case.
    """
    db.session.add(tenant)
    case = _with_free_reference(
        landlord=landlord.key,
        kind=kind,
        is_restricted=is_restricted or kind in RESTRICTED_KINDS,
        hazard=hazard,
        return_code=make_return_code(),
        tenant=tenant,
        language=language_of_letters(landlord, language),
        received_at=received_at,
        draft_id=draft_id,
        stage=1 if kind == "complaint" else None,
    )
    case.contacts.append(
        Contact(
            channel=channel,
            addressee=addressee,
            language=language,
            received_at=received_at,
            answers=_storable(answers),
            recorded_by=recorded_by,
        )
    )
    duplicates.remember(case)
    search.remember(case)
    add_event(case, "case_opened", received_at, recorded_by, channel=channel)
    promises.make_first(case, landlord, channel, addressee)
    if language != case.language:
        add_event(case, "language_not_written", received_at, asked_for=language, letters_in=case.language)
    case.team = team_for(service_of(kind, answers, landlord))
    handler = choose_handler(kind, is_restricted=case.is_restricted, landlord=landlord, team=case.team, at=received_at)
    if handler:
        case.team = case.team or handler.team
        name_handler(case, handler, received_at)
    return case


def add_contact(
    case: Case,
    *,
    purpose: str,
    channel: str,
    received_at: datetime,
    answers: Mapping[str, Any],
    language: str,
    recorded_by: str | None = None,
) -> Contact:
    """Add what somebody told us later about this case: an incident, a request. No commit.

    ``purpose`` is one of ``models.PURPOSES``. What waited for the tenant waits no longer.
    """
    contact = Contact(
        purpose=purpose,
        channel=channel,
        language=language,
        received_at=received_at,
        answers=_storable(answers),
        recorded_by=recorded_by,
    )
    case.contacts.append(contact)
    search.remember(case)
    add_event(case, "contact_added", received_at, recorded_by, purpose=purpose, channel=channel)
    if any(one.paused_at is not None and one.paused_at <= received_at for one in case.promises if one.is_open):
        resume(case, current_landlord(), received_at, recorded_by)
    return contact


def language_of_letters(landlord: Landlord, language: str) -> str:
    """The language itself where this landlord writes it, else the landlord's first."""
    return language if language in landlord.languages and language in LANGUAGES else landlord.languages[0]


def name_handler(case: Case, handler: StaffMember, at: datetime, who: str | None = None) -> None:
    """Say who deals with the case. ``who`` named them: a colleague's email, None for the machine.

    Raises NotIndependent at stage 2 for somebody who took part in stage 1.
    """
    if case.stage == 2 and took_part(case, handler.id, 1):
        raise NotIndependent
    case.handler = handler
    if case.stage:
        take_part(case, handler, case.stage, "handled", at)
    add_event(case, "handler_named", at, who, handler=handler.email, name=handler.name)


def take_part(case: Case, colleague: StaffMember, stage: int, how: str, at: datetime) -> None:
    """Write down that this colleague took part in the stage: handled, contacted, answered, decided… Once is enough."""
    db.session.flush()
    if not took_part(case, colleague.id, stage):
        db.session.add(Participation(case_id=case.id, staff_member_id=colleague.id, stage=stage, how=how, at=at))
        db.session.flush()


def took_part(case: Case, staff_member_id: int, stage: int) -> bool:
    wanted = select(Participation.id).where(
        Participation.case_id == case.id,
        Participation.stage == stage,
        Participation.staff_member_id == staff_member_id,
    )
    return db.session.scalar(wanted.limit(1)) is not None


def changed_since(case: Case, event_id: int, besides: str) -> list[Event]:
    """What others, not the colleague ``besides`` (an email), did to the case after this event. Looks change nothing."""
    return [
        event
        for event in case.events
        if event.id and event.id > event_id and event.who != besides and event.what not in LOOKS
    ]


def name_hazard(
    case: Case,
    landlord: Landlord,
    hazard: str,
    at: datetime,
    who: str | None = None,
    known_at: datetime | None = None,
    **details: Any,
) -> None:
    """Say which hazard of the policy the case is about: the law's clocks for it begin. No commit.

    They count from ``known_at``, where we knew of it before it is written down. Those that run already stay as they
    are. ``details`` say how we know, and go into the history.
    """
    case.hazard = hazard
    promises.make_for_hazard(case, landlord, known_at or at)
    add_event(case, "hazard_named", at, who, hazard=hazard, **details)


def add_event(case: Case, what: str, at: datetime, who: str | None = None, **details: Any) -> Event:
    """Add to the case's history, which can only grow. ``details`` must fit into JSON."""
    event = Event(what=what, at=at, who=who, details=details)
    case.events.append(event)
    return event


def _with_free_reference(**values: Any) -> Case:
    for _attempt in range(10):
        case = Case(reference=make_reference(), status="open", **values)
        try:
            with db.session.begin_nested():
                db.session.add(case)
        except IntegrityError:
            if not _is_taken(case.reference):
                raise
        else:
            return case
    raise NoReferenceFree


def _is_taken(reference: str) -> bool:
    return db.session.scalar(select(Case.id).where(Case.reference == reference)) is not None


def _storable(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {question: _storable_answer(answer) for question, answer in answers.items()}


def _storable_answer(answer: Any) -> Any:
    if isinstance(answer, str):
        return typed(answer)
    if isinstance(answer, list | tuple):
        return [_storable_answer(one) for one in answer]
    return answer
