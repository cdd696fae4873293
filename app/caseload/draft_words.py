"""What staff pages call drafted letters, and how they stand."""

from flask_babel import lazy_gettext as _l

from app.caseload.words import LETTERS
from app.letters.models import LetterDraft

STATES = {
    "writing": _l("Being written"),
    "waiting": _l("Waits for approval"),
    "approved": _l("Approved, not written yet"),
    "issued": _l("Written"),
    "dropped": _l("Put away"),
}


def draft_name(draft: LetterDraft) -> str:
    """Its title, where a colleague gave it one."""
    return " ".join(str(draft.given.get("title") or LETTERS.get(draft.name, draft.name)).split())


def draft_state(draft: LetterDraft) -> str:
    if draft.state == "writing" and draft.decision_note:
        return str(_l("Sent back"))
    return str(STATES[draft.state])
