"""Minutes between two moments, in either database."""

from typing import Any

from sqlalchemy import Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class minutes_between(FunctionElement[int]):  # noqa: N801  # named as SQL names functions
    """Whole minutes, rounded, from the first moment to the second."""

    type = Integer()
    inherit_cache = True


@compiles(minutes_between, "sqlite")
def _minutes_in_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    before, after = (compiler.process(clause, **options) for clause in element.clauses)
    return f"CAST(ROUND((julianday({after}) - julianday({before})) * 1440) AS INTEGER)"


@compiles(minutes_between, "postgresql")
def _minutes_in_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    before, after = (compiler.process(clause, **options) for clause in element.clauses)
    return f"CAST(ROUND(EXTRACT(EPOCH FROM {after} - {before}) / 60) AS INTEGER)"
