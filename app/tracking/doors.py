"""Who may see a case: whoever has its reference and one thing that only its tenant should know. Nobody learns more.

Every try does the same work, whatever is wrong with it: one look for the case, and both comparisons.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.cases.models import Case
from app.cases.references import read_reference, read_return_code
from app.cases.sensitive import is_sensitive as is_sensitive
from app.extensions import db, start_writing
from app.reception import guesses

NOBODY_HAS_THIS = "\N{REPLACEMENT CHARACTER}"  # what nobody types stands in for a secret that there is not


@dataclass(frozen=True)
class Opened:
    """``has_code``: with the return code, not with the postcode."""

    case: Case
    has_code: bool


def opened(reference: str, secret: str) -> Opened | None:
    """The case that these open, however they are typed; None where they open nothing."""
    asked = select(Case).where(Case.reference == (read_reference(reference) or "")).options(joinedload(Case.tenant))
    case = db.session.scalar(asked)
    postcode = case.tenant.postcode if case is not None and opens_with_postcode(case) else None
    has_code = _is_same(read_return_code(secret), case.return_code if case else None)
    has_postcode = _is_same(_bare(secret), _bare(postcode))
    return Opened(case, has_code) if case is not None and (has_code or has_postcode) else None


def opens_with_postcode(case: Case) -> bool:
    """A postcode is known to everybody in the house, and to the neighbours: not where that can do harm."""
    return not (is_sensitive(case) or case.tenant.is_anonymous)


def what_is_guessed_at(reference: str) -> str:
    """One form for each reference, however it is typed, and whether or not anybody has it."""
    return read_reference(reference) or _bare(reference) or ""


def _bare(text: str | None) -> str | None:
    """Without spaces, dashes and the difference of large and small letters."""
    return "".join(character for character in text or "" if character.isalnum()).upper() or None


def _is_same(typed: str | None, known: str | None) -> bool:
    is_same = hmac.compare_digest((typed or "").encode(), (known or NOBODY_HAS_THIS).encode())
    return is_same and typed is not None and known is not None


class TooManyTries(Exception):
    """So many were wrong, at this reference or from this network, that nothing is looked at for a while."""


def try_to_open(reference: str, secret: str, address: str | None, at: datetime) -> Opened | None:
    """As ``opened``, and a wrong try is counted. ``address`` is the reader's network address. Commits.

    Raises TooManyTries, for the right secret too.
    """
    start_writing()
    counted = guesses.of_thing("case", what_is_guessed_at(reference)), guesses.of_network(address)
    if any(guesses.too_many(about, at) for about in counted):
        db.session.rollback()
        raise TooManyTries
    found = opened(reference, secret)
    if found is None:
        for about in counted:
            guesses.record(about, at)
    db.session.commit()
    return found
