"""A case closes, and where the tenant would not know otherwise, a letter says so."""

from datetime import datetime

from app.cases import closing
from app.cases.models import Case
from app.letters.actions import landlord_of, request_letter
from app.letters.models import Letter

# By kind: for which reasons of closing a letter says it; () is all. A complaint's answer or refusal said all that there
# is to say, a compliment's and a suggestion's letters too.
WITH_LETTER = {"antisocial-behaviour": (), "enquiry": ("no-reply",)}


def has_letter(kind: str, because: str) -> bool:
    reasons = WITH_LETTER.get(kind)
    return reasons is not None and (not reasons or because in reasons)


def close(case: Case, because: str, at: datetime, who: str | None, words: str = "") -> Letter | None:
    """Close it; the letter ``closing``, with our ``words`` for it, is written where this kind has one. No commit.

    Raises what ``cases.closing.close`` raises.
    """
    closing.close(case, because, at, who)
    if not has_letter(case.kind, because):
        return None
    given = {"because": because, "reasons": words.strip() or None, "language": landlord_of(case).languages[0]}
    return request_letter(case, "closing", at, given=given)
