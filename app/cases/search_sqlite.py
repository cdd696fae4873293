"""Finding the newest cases with these words on SQLite: its index is in the order of the cases, and walked backwards.

The index keeps a list of the cases for each beginning of a word of up to LONGEST_LISTED characters. For a longer one
it would gather all cases of each word that begins so, and sort them. So the walk goes along the list of the first
characters, and looks into the words of each case for the rest.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import TextClause, text

from app.cases.search_words import Term
from app.extensions import db

LONGEST_LISTED = 10  # characters; "prefix" of the table in migrations/versions/0011
CANDIDATES = 500  # cases that only begin alike: after as many the index is asked for the whole beginning
_WALK = """SELECT c.id, {is_meant} FROM case_words w JOIN "case" c ON c.id = w.rowid WHERE w.case_words MATCH :asked
    AND (:sees_restricted OR NOT c.is_restricted OR c.handler_id = :who) ORDER BY w.rowid DESC LIMIT :limit"""


def newest_with(terms: Sequence[Term], most: int, given: dict[str, Any]) -> Sequence[int]:
    """The numbers of the newest cases with all these terms, the newest first; at most so many.

    ``given``: ``sees_restricted``, and ``who`` asks.
    """
    long = [term.token for term in terms if _is_long(term)]
    if long:
        found, is_all = _begin_alike(terms, long, most, given)
        if is_all:
            return found
    return db.session.scalars(_walk("1"), {"asked": _asked(terms), "limit": most, **given}).all()


def _begin_alike(
    terms: Sequence[Term], long: Sequence[str], most: int, given: dict[str, Any]
) -> tuple[list[int], bool]:
    """Those found among the first CANDIDATES, and whether that is enough, or all that there are."""
    cut = [Term(term.token[:LONGEST_LISTED], True) if _is_long(term) else term for term in terms]
    rest = {f"long_{number}": f" {token}" for number, token in enumerate(long)}
    is_meant = " AND ".join(f"instr(' ' || w.words, :{name}) > 0" for name in rest)
    found, seen = [], 0
    with db.session.execute(_walk(is_meant), {"asked": _asked(cut), "limit": CANDIDATES, **rest, **given}) as rows:
        for case_id, is_it in rows:
            seen += 1
            if is_it:
                found.append(case_id)
            if len(found) == most:
                break
    return found, len(found) == most or seen < CANDIDATES


def _walk(is_meant: str) -> TextClause:
    return text(_WALK.format(is_meant=is_meant))


def _is_long(term: Term) -> bool:
    return term.is_beginning and len(term.token) > LONGEST_LISTED


def _asked(terms: Sequence[Term]) -> str:
    """Tokens hold letters, digits and joints only: nothing in them can be taken for the query's own signs."""
    return " AND ".join(f'"{term.token}"{" *" if term.is_beginning else ""}' for term in terms)
