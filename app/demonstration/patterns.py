"""Patterns for copies: each story lived to different ends by the real acts, its rows read back, and all taken back.

So a copy has the rows that a real case has, whatever the acts write: no list of tables or columns stands here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import Table, select

from app.cases.duplicates import Traits, traits_of
from app.cases.models import Case, Trait
from app.demonstration.lives import LIVES, Life, live
from app.demonstration.stories import Story
from app.demonstration.telling import draw, tell
from app.dispatch.models import Message
from app.extensions import db, start_writing
from app.landlords.standards import Landlord
from app.letters.models import Letter, LetterFile
from app.staff.models import StaffMember
from app.tenants.models import Tenant

WITHOUT: tuple[Any, ...] = (Letter, LetterFile, Message, Trait)  # letters are large; traits are made anew
EVENTS_OF_LETTERS = frozenset({"letter_written", "message_sent", "message_failed", "note_sent"})
OLD = timedelta(days=70)  # so that all that happens to a pattern is over
CASE_KEYS = ("case.id", "complaint_file.case_id", "antisocial_behaviour_report.case_id")
TENANT_KEYS = ("tenant.id",)
MARK = "⁂"  # in a pattern's words: where a copy says more


@dataclass(frozen=True)
class Colleague:
    id: int
    email: str
    name: str
    roles: frozenset[str] = frozenset()
    team_id: int | None = None


@dataclass(frozen=True)
class Pattern:
    """``rows``: by table, each as the database holds it. ``moments``: when anything happened, the first first."""

    story: Story
    life: Life
    case: dict[str, Any]
    tenant: dict[str, Any]
    channel: str
    addressee: str
    traits: Traits
    rows: dict[Table, list[dict[str, Any]]]
    colleagues: tuple[Colleague, ...]
    moments: tuple[datetime, ...] = field(default=())


def tables_of_cases() -> dict[Table, str]:
    """Each table whose rows belong to one case or tenant, in the order in which they can be written: and by which
    column."""
    without = {model.__table__ for model in WITHOUT}
    found: dict[Table, str] = {Tenant.__table__: "id", Case.__table__: "id"}  # type: ignore[dict-item]
    for table in db.metadata.sorted_tables:
        if table in without or table in found:
            continue
        for column in table.columns:
            points_at = {key.target_fullname for key in column.foreign_keys}
            if points_at & {*CASE_KEYS, *TENANT_KEYS}:
                found[table] = column.name
                break
    return found


def is_of_tenant(table: Table, column: str) -> bool:
    return table is Tenant.__table__ or any(key.target_fullname in TENANT_KEYS for key in table.c[column].foreign_keys)


def patterns_of(landlord: Landlord, stories: Sequence[Story], now: datetime) -> Iterator[Pattern]:
    """Every story with every life. Takes the writer’s place for a moment each, and leaves no row behind."""
    random = Random(0)  # noqa: S311  # what is drawn is replaced in each copy
    for number, story in enumerate(stories):
        for life in LIVES:
            start_writing()
            try:
                yield _lived(landlord, story, life, number, random, now)
            finally:
                db.session.rollback()
                db.session.expunge_all()


def _lived(landlord: Landlord, story: Story, life: Life, number: int, random: Random, now: datetime) -> Pattern:
    words = story.what_happened + (f" {MARK}" if story.language == "en" else "")
    told = replace(story, days=OLD / timedelta(days=1), progress=life.progress, what_happened=words)
    chances = replace(draw(landlord, told, random), answered_after=timedelta(days=life.acknowledged))
    case = tell(landlord, told, chances, now, are_files_wanted=False)
    live(case, landlord, life, number)
    db.session.flush()
    contact = case.contacts[0]
    rows = _rows_of(case)
    moments = sorted({case.received_at, *(event.at for event in case.events)})
    return Pattern(
        story=story,
        life=life,
        case=rows[Case.__table__][0],  # type: ignore[index]
        tenant=rows[Tenant.__table__][0],  # type: ignore[index]
        channel=contact.channel,
        addressee=contact.addressee,
        traits=traits_of(case),
        rows=rows,
        colleagues=_colleagues_in(rows),
        moments=tuple(moments),
    )


def _rows_of(case: Case) -> dict[Table, list[dict[str, Any]]]:
    found = {}
    for table, column in tables_of_cases().items():
        wanted = case.tenant_id if is_of_tenant(table, column) else case.id
        rows = db.session.execute(select(table).where(table.c[column] == wanted).order_by(*table.primary_key.columns))
        found[table] = [dict(row._mapping) for row in rows]
    events = next(table for table in found if table.name == "event")
    found[events] = [row for row in found[events] if row["what"] not in EVENTS_OF_LETTERS]
    return {table: rows for table, rows in found.items() if rows}


def _colleagues_in(rows: dict[Table, list[dict[str, Any]]]) -> tuple[Colleague, ...]:
    """Everybody at whom a row points, in the order of their numbers."""
    ids = {
        row[column.name]
        for table, found in rows.items()
        for column in table.columns
        for row in found
        if row[column.name] is not None and any(key.target_fullname == "staff_member.id" for key in column.foreign_keys)
    }
    wanted = select(StaffMember).where(StaffMember.id.in_(ids)).order_by(StaffMember.id)
    return tuple(map(colleague_of, db.session.scalars(wanted)))


def colleague_of(found: StaffMember) -> Colleague:
    return Colleague(found.id, found.email, found.name, frozenset(role.name for role in found.roles), found.team_id)
