"""Rows that leave the house: as CSV or JSON, read and written a few hundred at a time, and recorded."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from io import StringIO
from typing import Any

from sqlalchemy import Select, and_, or_, select

from app.extensions import db, start_writing
from app.measures.columns import EXPORTS, VERSION, Export, as_text
from app.measures.models import ExportMade

BATCH = 500  # rows read at a time: what an export holds in memory
FORMATS = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}
# What a spreadsheet takes for a formula at the beginning of a cell, or strips to find one (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LATELY = 20  # exports


@dataclass
class Tally:
    """How many rows went out, and how many restricted ones were left out, so far."""

    rows: int = 0
    left_out: int = 0


@dataclass(frozen=True)
class Wanted:
    """``what`` is a key of EXPORTS, ``format`` of FORMATS. Days are London's, both within."""

    what: str
    format: str
    with_restricted: bool
    since: date | None = None
    until: date | None = None
    tally: Tally = field(default_factory=Tally)

    @property
    def file_name(self) -> str:
        return f"letterbox-{self.what}-v{VERSION}.{self.format}"


def begin(wanted: Wanted, who: str | None, at: datetime) -> int:
    """Write down that rows are taken out, before the first leaves. Commits; gives the record's number."""
    start_writing()
    made = ExportMade(
        at=at,
        who=who,
        what=wanted.what,
        format=wanted.format,
        from_on=wanted.since,
        until_on=wanted.until,
        has_restricted=wanted.with_restricted,
    )
    db.session.add(made)
    db.session.commit()
    return made.id


def end(made_id: int, tally: Tally, at: datetime) -> None:
    """All rows are out. Commits."""
    start_writing()
    made = db.session.get_one(ExportMade, made_id)
    made.rows, made.left_out, made.ended_at = tally.rows, tally.left_out, at
    db.session.commit()


def lately() -> list[ExportMade]:
    return list(db.session.scalars(select(ExportMade).order_by(ExportMade.id.desc()).limit(LATELY)))


def pieces(wanted: Wanted) -> Iterator[str]:
    """The file, a piece at a time: the first at once, with no row read."""
    export = EXPORTS[wanted.what]()
    write = _as_csv if wanted.format == "csv" else _as_json
    yield from write(list(export.columns), _rows(export, wanted))


def _rows(export: Export, wanted: Wanted) -> Iterator[list[list[Any]]]:
    """Batches of rows, each read in a moment of its own: nobody who writes waits for an export."""
    query, last = export.within(wanted.since, wanted.until), None
    while True:
        batch = db.session.execute(_behind(query, export, last).order_by(*export.place).limit(BATCH)).all()
        db.session.rollback()
        if not batch:
            return
        last = tuple(getattr(batch[-1], column.key) for column in export.place)
        given = [row for row in batch if wanted.with_restricted or not row.is_restricted]
        wanted.tally.rows += len(given)
        wanted.tally.left_out += len(batch) - len(given)
        yield [[as_text(value(row)) for value in export.columns.values()] for row in given]
        if len(batch) < BATCH:
            return


def _behind(query: Select[*tuple[Any, ...]], export: Export, last: tuple[Any, ...] | None) -> Select[*tuple[Any, ...]]:
    if last is None:
        return query
    if len(last) == 1:
        return query.where(export.place[0] > last[0])
    (first, second), (moment, number) = export.place, last
    # The first condition lets the index begin at the right place.
    return query.where(first >= moment, or_(first > moment, and_(first == moment, second > number)))


def _as_csv(names: list[str], batches: Iterator[list[list[Any]]]) -> Iterator[str]:
    """RFC 4180, UTF-8. A cell that a spreadsheet would run gets an apostrophe in front."""
    yield _lines([names])
    for batch in batches:
        yield _lines([[cell(value) for value in row] for row in batch])


def _lines(rows: list[list[Any]]) -> str:
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    text = str(value).replace("\0", "")
    return f"'{text}" if text.startswith(FORMULA) else text


def _as_json(names: list[str], batches: Iterator[list[list[Any]]]) -> Iterator[str]:
    """One array of objects, a row a line."""
    yield "["
    separator = "\n"
    for batch in batches:
        if batch:
            rows = (json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) for row in batch)
            yield separator + ",\n".join(rows)
            separator = ",\n"
    yield "\n]\n"
