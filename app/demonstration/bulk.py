"""Rows written many at once, on both databases: COPY on PostgreSQL, prepared statements on SQLite."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import JSON, ColumnElement, Connection, Dialect, String, Table, func, insert, select, text
from sqlalchemy.dialects.postgresql import REGCLASS

from app.extensions import db, start_writing

Row = Sequence[Any]
CACHE_KIB = 256 * 1024  # of SQLite's pages: what the indexes of a million cases need, so that they are not read again


def as_stored(column: ColumnElement[Any], dialect: Dialect) -> Callable[[Any], Any]:
    """What turns a value into what the database's driver takes. JSON is given as text already."""
    if isinstance(column.type, JSON | String):
        return lambda value: value
    found = column.type.dialect_impl(dialect).bind_processor(dialect)
    return found or (lambda value: value)


class Writer:
    """Collects rows by table and writes them in the order in which tables were first named. No commit."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._waiting: dict[tuple[Table, tuple[str, ...]], list[Row]] = {}

    def rows_of(self, table: Table, columns: tuple[str, ...]) -> list[Row]:
        """The list to which rows of these columns are added."""
        return self._waiting.setdefault((table, columns), [])

    def write(self) -> None:
        for (table, columns), rows in self._waiting.items():
            if rows:
                write_rows(self._connection, table, columns, rows)
                rows.clear()


def write_rows(connection: Connection, table: Table, columns: tuple[str, ...], rows: Sequence[Row]) -> None:
    """``rows`` hold values as the driver takes them, in the order of ``columns``."""
    quote = connection.dialect.identifier_preparer
    if connection.dialect.name == "postgresql":
        named = ", ".join(quote.quote(name) for name in columns)
        cursor: Any = connection.connection.cursor()  # psycopg's
        with cursor, cursor.copy(f"COPY {quote.format_table(table)} ({named}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    statement = insert(table).values(dict.fromkeys(columns)).compile(dialect=connection.dialect, column_keys=columns)
    order = [columns.index(name) for name in statement.positiontup or ()]
    wanted = list(range(len(columns)))
    values = rows if order == wanted else [tuple(row[place] for place in order) for row in rows]
    connection.exec_driver_sql(str(statement), list(map(tuple, values)))


def reserve_ids(connection: Connection, table: Table, count: int) -> Sequence[int]:
    """So many numbers that nobody else gets, the smallest first. Needs the writer's place on SQLite."""
    if connection.dialect.name != "postgresql":
        first = (connection.scalar(select(func.max(table.c.id))) or 0) + 1
        return range(first, first + count)
    sequence = func.pg_get_serial_sequence(f'"{table.name}"', "id").cast(REGCLASS)
    numbers = select(func.nextval(sequence)).select_from(func.generate_series(1, count))
    return sorted(connection.scalars(numbers))


def make_room() -> None:
    """Have SQLite keep more of its pages at hand on this connection, while much is written."""
    if db.engine.dialect.name == "sqlite":
        db.session.execute(text(f"PRAGMA cache_size = -{CACHE_KIB}"))


def count_anew() -> None:
    """Have the database look at what its tables hold now, so that it plans queries for that. Commits."""
    db.session.commit()
    if db.engine.dialect.name == "sqlite":
        db.session.execute(text("PRAGMA analysis_limit = 1000"))
    start_writing()
    db.session.execute(text("ANALYZE"))
    db.session.commit()
