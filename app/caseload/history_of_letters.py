"""Sentences of the history for letters that colleagues write."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _

from app.caseload.words import LETTERS

Details = Mapping[str, Any]


def _letter(details: Details) -> str:
    name = str(details.get("letter"))
    return str(LETTERS.get(name, name))


SENTENCES: Mapping[str, Callable[[Details], str]] = {
    "letter_drafted": lambda d: _("A draft was begun: %(letter)s.", letter=_letter(d)),
    "letter_approval_asked": lambda d: _("Approval was asked for: %(letter)s.", letter=_letter(d)),
    "letter_approved": lambda d: _("Approved by a second colleague: %(letter)s.", letter=_letter(d)),
    "letter_sent_back": lambda d: _("Sent back with a note: %(letter)s.", letter=_letter(d)),
    "letter_draft_dropped": lambda d: _("A draft was put away: %(letter)s.", letter=_letter(d)),
}
