"""What colleagues do with a mailing. Each act begins with ``start_writing`` by its caller, and does not commit."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, insert, select, update

from app.cases.models import Case
from app.cases.references import make_reference
from app.extensions import db
from app.landlords.shapes import Landlord
from app.letters.compose_list import LISTED
from app.letters.lacks import LetterLacks
from app.mailings import files, people
from app.mailings.models import Mailing, MailingArchive, MailingRow
from app.mailings.people import Choosing
from app.mailings.reading import ListRead
from app.mailings.rows import Row, Wrong, row_of_line, row_of_tenant, without_repeats
from app.mailings.said import document_for
from app.tenants.words import typed_line

LONGEST_TITLE = LONGEST_FILE_NAME = 200
TAKES_BACK = ("draft", "paused")  # states in which a mailing can be dropped


class NotNow(Exception):
    """The mailing is not in a state in which this can be done: somebody has begun, paused or dropped it meanwhile."""


class NotReady(Exception):
    """Making cannot begin. ``code``: words (nothing is written yet), rows (nobody gets one), lacks (``value``)."""

    def __init__(self, code: str, value: str = "") -> None:
        super().__init__(f"{code}: {value}" if value else code)
        self.code, self.value = code, value


def rows_of_list(read: ListRead, landlord: Landlord) -> list[Row]:
    """The letters of a list, wrong ones with what is wrong. Reads the database, writes nothing."""
    known = people.known_of(read.lines, landlord)
    return without_repeats(
        [row_of_line(line, landlord, known.get(people.person_of(line.cells))) for line in read.lines]
    )


def rows_of_tenants(choosing: Choosing, landlord: Landlord) -> list[Row]:
    """The letters to these tenants. Reads the database, writes nothing. Raises people.TooMany."""
    found = people.chosen(choosing, landlord)
    return without_repeats([row_of_tenant(number, one, landlord) for number, one in enumerate(found, 1)])


def begin_draft(
    landlord: Landlord,
    name: str,
    title: str,
    rows: Iterable[Row],
    at: datetime,
    who: str,
    *,
    file_name: str | None = None,
    choosing: Choosing | None = None,
) -> Mailing:
    """A mailing with its rows, still to be looked at. ``file_name``: of the list; else ``choosing`` is given.

    Raises KeyError for a letter that no list can have.
    """
    letter = LISTED[name]
    mailing = Mailing(
        landlord=landlord.key,
        reference=_free_reference(),
        name=name,
        title=title[:LONGEST_TITLE],
        given={},
        source="tenants" if choosing else "csv",
        wanted=choosing.as_json() if choosing else None,
        file_name=(typed_line(file_name) or "")[-LONGEST_FILE_NAME:] if file_name else None,
        created_at=at,
        created_by=who,
        state="draft",
    )
    db.session.add(mailing)
    db.session.flush()
    values = [_values(row, mailing, at, needs_tenant=letter.of_tenants) for row in rows]
    if values:
        db.session.execute(insert(MailingRow), values)
    return mailing


def write_words(mailing: Mailing, given: Mapping[str, Any]) -> None:
    """``given`` comes from ``said.checked``. Raises NotNow once making has begun."""
    _refuse_unless(mailing, "draft")
    mailing.given = dict(given)


def begin(mailing: Mailing, at: datetime, who: str) -> None:
    """From now on the worker makes the letters, all with this day on them. Raises NotNow, NotReady."""
    _refuse_unless(mailing, "draft")
    if not mailing.given:
        raise NotReady("words")
    first = _first_of_each_language(mailing)
    if not first:
        raise NotReady("rows")
    for row in first:
        try:
            document_for(mailing, row, at)
        except LetterLacks as lacking:
            raise NotReady("lacks", lacking.item) from lacking
    mailing.state, mailing.dated_at, mailing.begun_by = "making", at, who
    _to_be_made(mailing, ("waiting",), at)


def pause(mailing: Mailing) -> None:
    """What is being made at this moment is still finished; nothing else is begun. Raises NotNow."""
    _refuse_unless(mailing, "making")
    mailing.state = "paused"


def resume(mailing: Mailing) -> None:
    """Raises NotNow."""
    _refuse_unless(mailing, "paused")
    mailing.state = "making"


def try_again(mailing: Mailing, at: datetime) -> None:
    """Make what could not be made once more: a voice was installed, the disk has room again. Raises NotNow."""
    _refuse_unless(mailing, "made")
    again = select(MailingRow.format).where(MailingRow.mailing_id == mailing.id, MailingRow.state == "refused")
    formats = sorted(set(db.session.scalars(again)))
    if not formats:
        raise NotNow
    db.session.execute(
        delete(MailingArchive).where(MailingArchive.mailing_id == mailing.id, MailingArchive.format.in_(formats))
    )
    _to_be_made(mailing, ("refused",), at)
    mailing.state, mailing.finished_at = "making", None


def drop(mailing: Mailing) -> None:
    """Give it up: its list and files go. That there was one, and who made it, stays. Raises NotNow."""
    _refuse_unless(mailing, *TAKES_BACK)
    files.forget(mailing)
    mailing.state = "dropped"


def _values(row: Row, mailing: Mailing, at: datetime, *, needs_tenant: bool) -> dict[str, Any]:
    problem = row.problem
    if problem is None and needs_tenant and row.tenant_id is None:
        problem = str(Wrong("unknown"))
    format_name, point_size, braille_grade, variant = row.key
    return {
        "mailing_id": mailing.id,
        "line": row.line,
        "tenant_id": row.tenant_id,
        "recipient": row.recipient,
        "language": row.language,
        "format": format_name,
        "point_size": point_size,
        "braille_grade": braille_grade,
        "variant": variant,
        "state": "wrong" if problem else "waiting",
        "problem": problem,
        "try_at": at,
        "attempts": 0,
    }


def _first_of_each_language(mailing: Mailing) -> list[MailingRow]:
    found: dict[str, MailingRow] = {}
    query = select(MailingRow).where(MailingRow.mailing_id == mailing.id, MailingRow.state == "waiting")
    languages = set(db.session.scalars(query.with_only_columns(MailingRow.language).distinct()))
    for language in sorted(languages):
        row = db.session.scalar(query.where(MailingRow.language == language).order_by(MailingRow.line).limit(1))
        if row is not None:
            found[language] = row
    return list(found.values())


def _to_be_made(mailing: Mailing, states: tuple[str, ...], at: datetime) -> None:
    db.session.execute(
        update(MailingRow)
        .where(MailingRow.mailing_id == mailing.id, MailingRow.state.in_(states))
        .values(state="waiting", try_at=at, attempts=0, problem=None)
        .execution_options(synchronize_session=False)
    )


def _refuse_unless(mailing: Mailing, *states: str) -> None:
    if mailing.state not in states:
        raise NotNow


def _free_reference() -> str:
    """No case has it either: a tenant may read it out on the phone."""
    while True:
        reference = make_reference()
        taken = exists().where(Case.reference == reference), exists().where(Mailing.reference == reference)
        if not any(db.session.scalar(select(one)) for one in taken):
            return reference
