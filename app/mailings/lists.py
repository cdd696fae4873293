"""Mailings and their rows, found and counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app.cases.references import read_reference
from app.extensions import db
from app.landlords.shapes import Landlord
from app.mailings.models import Mailing, MailingRow

PAGE = 50  # mailings, or rows


@dataclass(frozen=True)
class Sort:
    """Letters of a mailing that are made alike. ``first``: the line of one of them, to look at."""

    language: str
    format: str
    point_size: int
    braille_grade: int
    variant: str
    letters: int
    first: int


def mailing_of(reference: str, landlord: Landlord) -> Mailing | None:
    """By its reference, as forgiving as that of a case."""
    read = read_reference(reference)
    wanted = select(Mailing).where(Mailing.reference == read, Mailing.landlord == landlord.key)
    return db.session.scalar(wanted) if read else None


def mailings(landlord: Landlord, page: int = 1) -> tuple[list[Mailing], bool]:
    """The newest first; and whether there are more."""
    wanted = select(Mailing).where(Mailing.landlord == landlord.key).order_by(Mailing.id.desc())
    found = list(db.session.scalars(wanted.offset((page - 1) * PAGE).limit(PAGE + 1)))
    return found[:PAGE], len(found) > PAGE


def counts(mailing_ids: Sequence[int]) -> Mapping[int, Mapping[str, int]]:
    """How many rows are in each state, by mailing."""
    found: dict[int, dict[str, int]] = {mailing_id: {} for mailing_id in mailing_ids}
    grouped = (
        select(MailingRow.mailing_id, MailingRow.state, func.count())
        .where(MailingRow.mailing_id.in_(mailing_ids))
        .group_by(MailingRow.mailing_id, MailingRow.state)
    )
    for mailing_id, state, number in db.session.execute(grouped):
        found[mailing_id][state] = number
    return found


def sorts(mailing: Mailing) -> list[Sort]:
    """What is made of it: so many in each language and format, those without a mistake."""
    alike = (
        MailingRow.language, MailingRow.format, MailingRow.point_size, MailingRow.braille_grade, MailingRow.variant,
    )  # fmt: skip
    grouped = (
        select(*alike, func.count(), func.min(MailingRow.line))
        .where(MailingRow.mailing_id == mailing.id, MailingRow.state != "wrong")
        .group_by(*alike)
        .order_by(*alike)
    )
    return [Sort(*row) for row in db.session.execute(grouped)]


def rows_in(mailing: Mailing, states: Sequence[str], after: int = 0, limit: int | None = PAGE) -> list[MailingRow]:
    """The rows in these states behind a line, in the order of the list. ``limit`` None: all of them."""
    wanted = select(MailingRow).where(
        MailingRow.mailing_id == mailing.id, MailingRow.state.in_(states), MailingRow.line > after
    )
    return list(db.session.scalars(wanted.order_by(MailingRow.line).limit(limit)))


def row_at(mailing: Mailing, line: int) -> MailingRow | None:
    return db.session.scalar(select(MailingRow).where(MailingRow.mailing_id == mailing.id, MailingRow.line == line))
