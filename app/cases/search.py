"""Finding cases by what somebody remembers of them. Tokens are made in search_words; each database keeps its own index.

SQLite keeps ``case_words`` as an FTS5 table, PostgreSQL as a tsvector with a GIN index. Whoever writes words by which a
case is found calls ``remember`` in the same transaction; whoever takes them away calls ``forget``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, text
from sqlalchemy.orm import joinedload, selectinload

from app.cases import search_postgresql, search_sqlite
from app.cases.misread import references_meant
from app.cases.models import Case
from app.cases.references import read_reference
from app.cases.search_words import Reading, readings, words_of
from app.extensions import db, start_writing
from app.languages.sorting import stored_key
from app.tenants.models import Tenant
from app.tenants.words import typed as storable

MOST_FOUND = 50  # cases: whoever sees more narrows the search
BATCH = 500  # cases
LONGEST_SEARCH = 200  # characters
KINDS_OF_HIT = ("reference", "email", "phone", "postcode", "name", "words")  # the most certain first

_KEEP = {
    "sqlite": (
        "DELETE FROM case_words WHERE rowid = :id",
        "INSERT INTO case_words (rowid, words) VALUES (:id, :words)",
    ),
    "postgresql": (
        """INSERT INTO case_words (case_id, words) VALUES (:id, array_to_tsvector(string_to_array(:words, ' ')))
           ON CONFLICT (case_id) DO UPDATE SET words = EXCLUDED.words""",
    ),
}
_FORGET = {
    "sqlite": "DELETE FROM case_words WHERE rowid = :id",
    "postgresql": "DELETE FROM case_words WHERE case_id = :id",
}


@dataclass(frozen=True)
class Sight:
    """Which cases a colleague may see: all, or those that are not restricted and those that they handle."""

    staff_member_id: int
    sees_restricted: bool


@dataclass(frozen=True)
class Hit:
    """``kind`` is one of KINDS_OF_HIT: by what the case was found."""

    case_id: int
    reference: str
    received_at: datetime
    kind: str

    @property
    def case(self) -> Case:
        """The case, whole."""
        return db.session.get_one(Case, self.case_id)


@dataclass(frozen=True)
class Found:
    """``meant``: cases whose reference is nearly what was typed. ``is_more``: only the first MOST_FOUND are here."""

    hits: tuple[Hit, ...]
    is_more: bool = False
    meant: tuple[Case, ...] = ()


def remember(case: Case) -> None:
    """Keep what the case is found by, as it is now. No commit."""
    case.sort_name = stored_key(case.tenant.name)
    db.session.flush()
    keep(db.session.connection(), [(case.id, _words(case))])


def remember_all_of(tenant: Tenant) -> None:
    """The same for each case of a tenant whose name, address, phone or email has changed."""
    for case in db.session.scalars(select(Case).where(Case.tenant_id == tenant.id)):
        remember(case)


def forget(case: Case) -> None:
    """Nothing finds the case any more but its reference. No commit."""
    case.sort_name = ""
    db.session.flush()
    connection = db.session.connection()
    connection.execute(text(_FORGET[connection.dialect.name]), {"id": case.id})


def keep(connection: Connection, rows: Sequence[tuple[int, str]]) -> None:
    """Write many at once: the number of each case, and its ``words_of``. Those that were there are replaced."""
    if rows:
        given = [{"id": case_id, "words": words} for case_id, words in rows]
        for statement in _KEEP[connection.dialect.name]:
            connection.execute(text(statement), given)


def index_all() -> Iterator[int]:
    """Make the index anew, a batch in each transaction; gives how many cases so far. Searching works meanwhile."""
    last, done = 0, 0
    while True:
        wanted = select(Case).where(Case.id > last).order_by(Case.id).limit(BATCH).options(*_WHAT_WORDS_NEED)
        start_writing()
        cases = db.session.scalars(wanted).all()
        for case in cases:
            case.sort_name = "" if case.anonymised_at else stored_key(case.tenant.name)
        db.session.flush()
        keep(db.session.connection(), [(case.id, "" if case.anonymised_at else _words(case)) for case in cases])
        db.session.commit()
        if not cases:
            break
        last, done = cases[-1].id, done + len(cases)
        db.session.expunge_all()
        yield done
    _tidy()


def find(typed: str, sight: Sight) -> Found:
    """The cases that somebody may mean by this, by kind of hit, then the newest first; at most MOST_FOUND.

    Any text may be typed; what holds no letter and no digit finds nothing.
    """
    typed = (storable(typed) or "")[:LONGEST_SEARCH]
    found: dict[int, str] = {}
    reference = read_reference(typed)
    if reference and (exact := _visible(sight, [reference])):
        found[exact[0].id] = "reference"
    for reading in readings(typed):
        if len(found) <= MOST_FOUND:
            for case_id in _ids(reading, sight, MOST_FOUND + 1 + len(found)):
                found.setdefault(case_id, reading.kind)
    meant = tuple(_visible(sight, references_meant(typed)))
    hits = _hits({case_id: found[case_id] for case_id in list(found)[:MOST_FOUND]})
    return Found(tuple(sorted(hits, key=_by_kind_then_newest)), len(found) > MOST_FOUND, meant)


def _hits(kinds: dict[int, str]) -> Iterator[Hit]:
    """Few columns: a page of fifty whole cases takes longer to read than to find."""
    if kinds:
        wanted = select(Case.id, Case.reference, Case.received_at).where(Case.id.in_(kinds))
        for case_id, reference, received_at in db.session.execute(wanted):
            yield Hit(case_id, reference, received_at, kinds[case_id])


def _by_kind_then_newest(hit: Hit) -> tuple[int, float, int]:
    return KINDS_OF_HIT.index(hit.kind), -hit.received_at.timestamp(), -hit.case_id


def _tidy() -> None:
    """SQLite only marks what was forgotten, until it merges: afterwards no word of it is left in the file."""
    if db.engine.dialect.name == "sqlite":
        start_writing()
        db.session.execute(text("INSERT INTO case_words (case_words) VALUES ('optimize')"))
        db.session.commit()


_WHAT_WORDS_NEED = (joinedload(Case.tenant), selectinload(Case.contacts))


def _words(case: Case) -> str:
    tenant = case.tenant
    return words_of(
        name=tenant.name,
        address=tenant.address,
        postcode=tenant.postcode,
        phone=tenant.phone,
        email=tenant.email,
        answers=[contact.answers for contact in case.contacts],
    )


def _visible(sight: Sight, references: Sequence[str]) -> Sequence[Case]:
    if not references:
        return ()
    wanted = select(Case).where(Case.reference.in_(references)).order_by(Case.id.desc())
    if not sight.sees_restricted:
        wanted = wanted.where(Case.is_restricted.is_(False) | (Case.handler_id == sight.staff_member_id))
    return db.session.scalars(wanted).all()


def _ids(reading: Reading, sight: Sight, most: int) -> Sequence[int]:
    database = {"sqlite": search_sqlite, "postgresql": search_postgresql}[db.session.get_bind().dialect.name]
    given = {"sees_restricted": sight.sees_restricted, "who": sight.staff_member_id}
    return database.newest_with(reading.terms, most, given)
