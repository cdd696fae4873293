"""A pattern's rows once more for somebody else on another day: every promise counted anew by the clock."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import JSON, Dialect, Table

from app.cases.clock import LONDON, Due, due
from app.cases.duplicates import dialled, folded, looked_up
from app.cases.models import Case, Contact, Event, Promise, Trait
from app.cases.search_words import words_of
from app.demonstration.bulk import Writer, as_stored
from app.demonstration.patterns import CASE_KEYS, MARK, TENANT_KEYS, Colleague, Pattern
from app.landlords.shapes import Landlord, Standard
from app.languages.sorting import stored_key
from app.tenants.models import Tenant

CASES, TENANTS, CONTACTS, PROMISES, EVENTS, TRAITS = (
    cast(Table, model.__table__) for model in (Case, Tenant, Contact, Promise, Event, Trait)
)
MOST_REMEMBERED = 200_000  # of each kind of value; then all are forgotten, so that memory stays the same


@dataclass
class Copy:
    """One copy: what differs from its pattern."""

    case_id: int
    tenant_id: int
    reference: str
    return_code: str
    received_at: datetime
    person: Mapping[str, Any]
    more_words: tuple[str, ...]
    colleagues: Sequence[Colleague]  # in the places of the pattern's
    due: dict[tuple[str, str], datetime] = field(default_factory=dict)  # by standard and regime
    next_due_at: datetime | None = None


Cell = Callable[[Copy], Any]


def _filler(cells: Sequence[Any]) -> Callable[[Copy], list[Any]]:
    """What makes a row: most of its cells are the same in every copy."""
    fixed = [None if callable(cell) else cell for cell in cells]
    own = [(place, cell) for place, cell in enumerate(cells) if callable(cell)]

    def fill(copy: Copy) -> list[Any]:
        row = fixed.copy()
        for place, cell in own:
            row[place] = cell(copy)
        return row

    return fill


@dataclass(frozen=True)
class Promised:
    """One promise of a pattern: which, and how long after receipt it is counted from and was kept, or ended."""

    key: str
    regime: str
    counted_after: timedelta
    is_open: bool
    fill: Cell


class Counter:
    """Counts promises by the policy of the day and the real clock; remembers, since days and standards are few."""

    def __init__(self, landlord: Landlord) -> None:
        self._landlord = landlord
        self._due: dict[tuple[int, str, datetime], tuple[Due, str]] = {}
        self._standards: dict[tuple[str, str, str, str, date], Standard | None] = {}

    def standard(self, key: str, regime: str, channel: str, addressee: str, on: date) -> Standard | None:
        """The one in force on that day; None where there was none yet."""
        asked = key, regime, channel, addressee, on
        if asked not in self._standards:
            kind = key.partition(".")[0]
            fitting = [
                standard
                for standard in self._landlord.standards
                if standard.key == key
                and standard.regime == regime
                and standard.is_for(kind, channel if standard.channels else "", addressee, on)
            ]
            self._standards[asked] = max(fitting, key=lambda standard: standard.since, default=None)
        return self._standards[asked]

    def due(self, standard: Standard, at: datetime) -> tuple[Due, str]:
        """The date and its working as JSON."""
        asked = standard.amount, standard.unit, at
        if asked not in self._due:
            if len(self._due) > MOST_REMEMBERED // 10:
                self._due.clear()
            counted = due(at, standard, self._landlord.calendar, self._landlord.hours)
            self._due[asked] = counted, json.dumps(counted.rows())
        return self._due[asked]

    def is_in_scope(self, hazard: str | None, on: date) -> bool:
        return any(one.key == hazard and one.is_in_scope(on) for one in self._landlord.hazards)


class Cast:
    """A pattern made ready to be copied many times: each cell is fixed, or knows what goes there."""

    def __init__(self, pattern: Pattern, dialect: Dialect, counter: Counter, stored: "Stored") -> None:
        self.pattern, self._counter, self._stored = pattern, counter, stored
        self._dialect = dialect
        self._received_at: datetime = pattern.case["received_at"]
        self._staff = {colleague.id: place for place, colleague in enumerate(pattern.colleagues)}
        self._says_more = pattern.story.language == "en"
        answers = [row["answers"] for row in pattern.rows[CONTACTS]]
        self._pattern_words = words_of(name=None, answers=answers).split()
        self._promises = [self._promised(row) for row in pattern.rows.get(PROMISES, [])]
        self._rows = [
            (table, self._columns(table), [_filler(self._cells(table, row)) for row in rows])
            for table, rows in pattern.rows.items()
            if table is not PROMISES
        ]

    def write(self, copy: Copy, writer: Writer) -> None:
        promises = list(filter(None, (self._promise_of(copy, promised) for promised in self._promises)))
        for table, columns, rows in self._rows:
            ready = writer.rows_of(table, columns)
            for cells in rows:
                row = cells(copy)
                if row[0] is not LEFT_OUT:
                    ready.append(row)
        writer.rows_of(PROMISES, self._columns(PROMISES)).extend(promises)
        self._write_traits(copy, writer)

    def words(self, copy: Copy) -> str:
        """What the copy is found by: ``search_words.words_of``, with the words of the pattern taken apart once."""
        person = {} if self.pattern.tenant["is_anonymous"] else copy.person
        there = self.pattern.tenant
        own = [*_words_of_line(person.get("name"), is_name=True)] if there["name"] else []
        for line in person.get("address", ()):
            own += _words_of_line(line, is_name=False)
        for name in ("postcode", "email"):
            if there[name]:
                own += words_of(name=None, answers=(), **{name: person[name]}).split()
        phone = _words_of_phone(person["phone"]) if self.pattern.tenant["phone"] else ()
        more = (
            [word for sentence in copy.more_words for word in _words_of_sentence(sentence)] if self._says_more else ()
        )
        return " ".join(dict.fromkeys((*own, *phone, *more, *self._pattern_words)))

    def _name(self, copy: Copy) -> str | None:
        return None if self.pattern.tenant["is_anonymous"] else copy.person["name"]

    @staticmethod
    def _columns(table: Table) -> tuple[str, ...]:
        is_numbered = table in (CASES, TENANTS)
        return tuple(column.name for column in table.columns if is_numbered or column.name != "id")

    def _cells(self, table: Table, row: Mapping[str, Any]) -> list[Any]:
        special = self._special(table, row)
        cells = [
            special[name] if name in special else self._cell(table.c[name], row[name]) for name in self._columns(table)
        ]
        if table is EVENTS and row["what"] == "promise_met":
            cells[0] = self._if_promised(cells[0], row["details"])
        return cells

    def _special(self, table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
        if table is CASES:
            return {
                "reference": lambda copy: copy.reference,
                "return_code": lambda copy: copy.return_code,
                "sort_name": lambda copy: _sort_name(self._name(copy)),
                "next_due_at": lambda copy: self._stored.moment(copy.next_due_at) if copy.next_due_at else None,
            }
        if table is TENANTS and not row["is_anonymous"]:
            return {
                name: self._of_person(name) for name in ("name", "email", "phone", "postcode", "address") if row[name]
            }
        if table is CONTACTS:
            return {"answers": self._with_more_words(row["answers"])}
        if table is EVENTS and row["what"] == "promise_met":
            return {"details": self._whether_in_time(row["details"], row["at"] - self._received_at)}
        return {}

    def _cell(self, column: Any, value: Any) -> Any:
        points_at = {key.target_fullname for key in column.foreign_keys}
        if value is None or "letter.id" in points_at or column.name == "letter_id":
            return None
        if points_at & set(CASE_KEYS) or (column.table is CASES and column.name == "id"):
            return lambda copy: copy.case_id
        if points_at & set(TENANT_KEYS) or (column.table is TENANTS and column.name == "id"):
            return lambda copy: copy.tenant_id
        if "staff_member.id" in points_at:
            place = self._staff[value]
            return lambda copy: copy.colleagues[place].id
        return self._moved(column, value)

    def _moved(self, column: Any, value: Any) -> Any:
        if isinstance(value, datetime):
            after, stored = value - self._received_at, self._stored
            return lambda copy: stored.moved(copy.received_at, after)
        if isinstance(value, date):
            days, stored = value - self._received_at.astimezone(LONDON).date(), self._stored
            return lambda copy: stored.day(copy.received_at, days)
        if isinstance(column.type, JSON):
            return self._with_names(json.dumps(value))
        if isinstance(value, str):
            place = next((number for number, one in enumerate(self.pattern.colleagues) if one.email == value), None)
            return value if place is None else lambda copy: copy.colleagues[place].email
        return as_stored(column, self._dialect)(value)

    def _with_names(self, text: str) -> Any:
        """A colleague named in the details of an event is the copy's own."""
        there = [(place, one) for place, one in enumerate(self.pattern.colleagues) if one.email in text]
        if not there:
            return text

        def named(copy: Copy) -> str:
            found = text
            for place, one in there:
                other = copy.colleagues[place]
                found = found.replace(one.email, other.email).replace(json.dumps(one.name), json.dumps(other.name))
            return found

        return named

    def _of_person(self, name: str) -> Cell:
        if name == "address":
            return lambda copy: json.dumps(copy.person["address"])
        return lambda copy: copy.person[name]

    def _with_more_words(self, answers: Mapping[str, Any]) -> Any:
        text = json.dumps(answers)
        mark = json.dumps(MARK)[1:-1]
        if mark not in text:
            return text
        return lambda copy: text.replace(mark, json.dumps(" ".join(copy.more_words))[1:-1])

    def _whether_in_time(self, details: Mapping[str, Any], after: timedelta) -> Cell:
        def said(copy: Copy) -> str:
            at = copy.received_at + after
            regimes = [regime for regime in details["in_time"] if (details["standard"], regime) in copy.due]
            in_time = {regime: at <= copy.due[details["standard"], regime] for regime in regimes}
            return json.dumps({**details, "in_time": in_time})

        return said

    def _if_promised(self, cell: Cell, details: Mapping[str, Any]) -> Cell:
        """Nothing was kept that was not promised in those days."""
        keys = [(details["standard"], regime) for regime in details["in_time"]]
        return lambda copy: cell(copy) if any(key in copy.due for key in keys) else LEFT_OUT

    def _promised(self, row: Mapping[str, Any]) -> Promised:
        names = self._columns(PROMISES)
        counted = {"amount", "unit", "counted_from_at", "due_at", "working", "source"}
        cells = [None if name in counted else self._cell(PROMISES.c[name], row[name]) for name in names]
        return Promised(
            key=row["standard"],
            regime=row["regime"],
            counted_after=self._counted_after(row),
            is_open=row["met_at"] is None and row["ended_at"] is None and row["paused_at"] is None,
            fill=_filler(cells),
        )

    def _counted_after(self, row: Mapping[str, Any]) -> timedelta:
        """How long after receipt the moment was from which the promise counts: the first that gives its date."""
        standard = self._in_force(row["standard"], row["regime"], self._received_at)
        for moment in self.pattern.moments:
            if standard is None:
                break
            counted, _working = self._counter.due(standard, moment)
            if counted.at == row["due_at"] and counted.counted_from == row["counted_from_at"]:
                return moment - self._received_at
        found: timedelta = row["counted_from_at"] - self._received_at
        return found

    def _in_force(self, key: str, regime: str, at: datetime) -> Standard | None:
        on = at.astimezone(LONDON).date()
        if key.startswith("hazard.") and not self._counter.is_in_scope(self.pattern.case["hazard"], on):
            return None
        return self._counter.standard(key, regime, self.pattern.channel, self.pattern.addressee, on)

    def _promise_of(self, copy: Copy, promised: Promised) -> list[Any] | None:
        at = copy.received_at + promised.counted_after
        standard = self._in_force(promised.key, promised.regime, at)
        if standard is None:
            return None
        counted, working = self._counter.due(standard, at)
        copy.due[promised.key, promised.regime] = counted.at
        if promised.is_open and self.pattern.case["status"] == "open":
            copy.next_due_at = min(copy.next_due_at or counted.at, counted.at)
        row: list[Any] = promised.fill(copy)
        for place, value in zip(
            PLACES,
            (
                standard.amount,
                standard.unit,
                self._stored.moment(counted.counted_from),
                self._stored.moment(counted.at),
                working,
                standard.source,
            ),
            strict=True,
        ):
            row[place] = value
        return row

    def _write_traits(self, copy: Copy, writer: Writer) -> None:
        rows = writer.rows_of(TRAITS, TRAIT_COLUMNS)
        received_at = self._stored.moment(copy.received_at)
        for value in looked_up(self._traits_of(copy)):
            rows.append((copy.case_id, value, received_at))

    def _traits_of(self, copy: Copy) -> Any:
        known, person = self.pattern.traits, copy.person
        words = known.words
        if words and self._says_more:
            words += "".join(map(_folded, copy.more_words))
        if self.pattern.tenant["is_anonymous"]:
            return replace(known, received_at=copy.received_at, words=words)
        return replace(
            known,
            received_at=copy.received_at,
            words=words,
            email=known.email and person["email"].casefold(),
            phone=known.phone and _dialled(person["phone"]),
            name=known.name and folded(person["name"]),
        )


LEFT_OUT = object()
# There are few phones, names, streets and sentences: each is taken apart once.
_dialled, _sort_name = lru_cache(4096)(dialled), lru_cache(8192)(stored_key)


@lru_cache(8192)
def _words_of_line(line: str, *, is_name: bool) -> tuple[str, ...]:
    found = words_of(name=line) if is_name else words_of(name=None, address=[line])
    return tuple(found.split())


@lru_cache(4096)
def _words_of_phone(phone: str) -> tuple[str, ...]:
    return tuple(words_of(name=None, phone=phone).split())


@lru_cache(4096)
def _words_of_sentence(sentence: str) -> tuple[str, ...]:
    return tuple(words_of(name=None, answers=[{"what_happened": sentence}]).split())


@lru_cache(4096)
def _folded(sentence: str) -> str:
    return folded(sentence) or ""


TRAIT_COLUMNS = ("case_id", "value", "received_at")
_NAMES = Cast._columns(PROMISES)
PLACES = tuple(_NAMES.index(name) for name in ("amount", "unit", "counted_from_at", "due_at", "working", "source"))


class Stored:
    """Moments and days as the database's driver takes them; each is turned once."""

    def __init__(self, dialect: Dialect) -> None:
        self._moment = as_stored(CASES.c.received_at, dialect)
        self._day = as_stored(TENANTS.c.date_of_birth, dialect)
        self._known: dict[datetime, Any] = {}
        self._moved: dict[tuple[datetime, timedelta], Any] = {}

    def moment(self, at: datetime) -> Any:
        if at not in self._known:
            if len(self._known) > MOST_REMEMBERED:
                self._known.clear()
            self._known[at] = self._moment(at)
        return self._known[at]

    def moved(self, at: datetime, after: timedelta) -> Any:
        if (at, after) not in self._moved:
            if len(self._moved) > MOST_REMEMBERED:
                self._moved.clear()
            self._moved[at, after] = self._moment(at + after)
        return self._moved[at, after]

    def day(self, at: datetime, days: timedelta) -> Any:
        return self._day(at.astimezone(LONDON).date() + days)
