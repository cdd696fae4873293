"""Finding the newest cases with these words on PostgreSQL, without gathering every case that has them.

Its index of words knows no order: asked for a common word it collects each case that has it, and asked for three
beginnings of words each case that has any. So the newest cases are simply read first, where common words are found at
once. Then the index of one part of the table after the other is asked, from the newest backwards (PARTS of
migrations/versions/0021, each with an index of its own), until there are enough.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import func, select, text

from app.cases.models import Case
from app.cases.search_words import Term
from app.extensions import db

PART = 262_144  # cases: as many are in one part of the table
NEWEST = 2_000  # cases: read as fast as the index of a part is asked
RARE = 5_000  # cases: as many are gathered and sorted faster than walked for

_VISIBLE = "(:sees_restricted OR NOT c.is_restricted OR c.handler_id = :who)"
# OFFSET 0 keeps the index of words out of it: the planner cannot know how many have a beginning of a word.
_WALK = text(
    f"""SELECT c.id FROM (
        SELECT case_id, words FROM case_words WHERE case_id >= :low AND case_id < :high ORDER BY case_id DESC OFFSET 0
    ) w JOIN "case" c ON c.id = w.case_id
    WHERE w.words @@ CAST(:asked AS tsquery) AND {_VISIBLE} ORDER BY w.case_id DESC LIMIT :most"""  # noqa: S608
)
_GATHER = text(
    """SELECT case_id FROM case_words
    WHERE case_id >= :low AND case_id < :high AND words @@ CAST(:asked AS tsquery) LIMIT :rare"""
)
_SORT = text(f"""SELECT c.id FROM "case" c WHERE c.id = ANY(:ids) AND {_VISIBLE} ORDER BY c.id DESC LIMIT :most""")  # noqa: S608


def newest_with(terms: Sequence[Term], most: int, given: dict[str, Any]) -> Sequence[int]:
    """The numbers of the newest cases with all these terms, the newest first; at most so many.

    ``given``: ``sees_restricted``, and ``who`` asks.
    """
    asked = _asked(terms)
    end = (db.session.scalar(select(func.max(Case.id))) or 0) + 1
    begin = max(end - NEWEST, 0)
    found = _walk(begin, end, most, {"asked": asked, **given})
    for low, high in ranges_before(begin):
        if len(found) >= most:
            break
        found += _in_range(low, high, most - len(found), {"asked": asked, **given})
    return found


def ranges_before(end: int) -> Iterator[tuple[int, int]]:
    """Whole parts but for the newest, from there backwards: one, four, sixteen…, so that a million are few questions.

    Each range begins with its first number and ends before its second.
    """
    parts = 1
    while end > 0:
        begin = max((end - 1) // PART - parts + 1, 0) * PART
        yield begin, end
        end, parts = begin, parts * 4


def _in_range(low: int, high: int, most: int, given: dict[str, Any]) -> list[int]:
    ids = db.session.scalars(_GATHER, {"low": low, "high": high, "asked": given["asked"], "rare": RARE + 1}).all()
    if len(ids) > RARE:
        return _walk(low, high, most, given)
    if not ids:
        return []
    sight = {name: given[name] for name in ("sees_restricted", "who")}
    return list(db.session.scalars(_SORT, {"ids": list(ids), "most": most, **sight}))


def _walk(low: int, high: int, most: int, given: dict[str, Any]) -> list[int]:
    return list(db.session.scalars(_WALK, {"low": low, "high": high, "most": most, **given}))


def _asked(terms: Sequence[Term]) -> str:
    """Tokens hold letters, digits and joints only: nothing in them can be taken for the query's own signs."""
    return " & ".join(f"'{term.token}'{':*' if term.is_beginning else ''}" for term in terms)
