"""A case closes, and where the tenant would not know otherwise, a letter says so."""

from datetime import datetime
from typing import Any

from app.cases import closing
from app.cases.case_actions import actions_of
from app.cases.clock import LONDON
from app.cases.models import Case
from app.letters.actions import landlord_of, request_letter
from app.letters.models import Letter

# By kind: for which reasons of closing a letter says it; () is all. A complaint's answer or refusal said all that there
# is to say, a compliment's and a suggestion's letters too.
WITH_LETTER = {"antisocial-behaviour": (), "enquiry": ("no-reply",)}
CLOSING, OF_A_REPORT = LETTERS = ("closing", "asb-closing")


def has_letter(kind: str, because: str) -> bool:
    reasons = WITH_LETTER.get(kind)
    return reasons is not None and (not reasons or because in reasons)


def close(case: Case, because: str, at: datetime, who: str | None, words: str = "") -> Letter | None:
    """Close it; its letter, with our ``words`` for it, is written where this kind has one. No commit.

    Raises what ``cases.closing.close`` raises.
    """
    closing.close(case, because, at, who)
    if not has_letter(case.kind, because):
        return None
    given: dict[str, Any] = {"because": because, "reasons": words.strip() or None}
    given["language"] = landlord_of(case).languages[0]
    if case.kind != "antisocial-behaviour":
        return request_letter(case, CLOSING, at, given=given)
    return request_letter(case, OF_A_REPORT, at, given=given | {"done": _done(case)})


def _done(case: Case) -> list[dict[str, str]]:
    """What we did of what was agreed, in the order in which it was done."""
    done = sorted((one.done_at, one.words) for one in actions_of(case) if one.done_at)
    return [{"words": words, "done_on": at.astimezone(LONDON).date().isoformat()} for at, words in done]
