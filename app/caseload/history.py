"""A case's history, each event as a sentence."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.antisocial_behaviour.reports import judged_words
from app.caseload import complaint_words
from app.caseload.ending_words import SENTENCES as OF_ENDINGS
from app.caseload.history_of_dates import SENTENCES as OF_DATES
from app.caseload.history_of_kinds import SENTENCES as OF_KINDS
from app.caseload.history_of_letters import SENTENCES as OF_LETTERS
from app.caseload.interpreter_words import SENTENCES as OF_INTERPRETERS
from app.caseload.needs_words import SENTENCES as OF_NEEDS
from app.caseload.translations import SENTENCES as OF_TRANSLATIONS
from app.caseload.words import CHANNELS, DOUBTS, LETTERS, PURPOSES, format_words, language_name, needs_words
from app.cases.models import Case, Event
from app.landlords.standards import Landlord, current_landlord
from app.languages.lists import listed

Details = Mapping[str, Any]


@dataclass(frozen=True)
class Happened:
    """``who`` is a colleague's email; None for the tenant or the machine."""

    at: datetime
    words: str
    who: str | None


def history(case: Case, landlord: Landlord) -> tuple[Happened, ...]:
    """The newest first."""
    labels = {standard.key: standard.label for standard in landlord.standards}
    return tuple(Happened(event.at, _words(event, labels), event.who) for event in reversed(case.events))


def sentences(events: Iterable[Event]) -> list[Happened]:
    """The same for some events, oldest first."""
    labels = {standard.key: standard.label for standard in current_landlord().standards}
    return [Happened(event.at, _words(event, labels), event.who) for event in events]


def _words(event: Event, labels: Mapping[str, str]) -> str:
    if event.what == "promise_met":
        return _promise_met(event.details, labels)
    write = (
        _SENTENCES.get(event.what) or OF_KINDS.get(event.what) or OF_DATES.get(event.what) or OF_ENDINGS.get(event.what)
    )
    return write(event.details) if write else event.what.replace("_", " ")


def _promise_met(details: Details, labels: Mapping[str, str]) -> str:
    key = str(details.get("standard"))
    promise = _(labels[key]) if key in labels else key
    if all(details.get("in_time", {}).values()):
        return _("Promise kept in time: %(promise)s.", promise=promise)
    return _("Promise kept, but late: %(promise)s.", promise=promise)


def _letter(details: Details) -> str:
    name = str(details.get("letter"))
    return str(LETTERS.get(name, name))


def _refused(details: Details) -> str:
    return _(
        "%(letter)s, version %(version)s, cannot be made as %(format)s: %(reason)s",
        letter=_letter(details),
        version=details.get("version"),
        format=format_words(str(details.get("format"))),
        reason=details.get("reason"),
    )


def _stage_2(details: Details) -> str:
    if details.get("is_late"):
        return _("The tenant asked for stage 2, after the last day to ask. A person decides whether to take it.")
    if not details.get("is_answered", True):
        return _("The tenant asked for stage 2, before we answered at stage 1.")
    return _("The tenant asked for stage 2.")


_SENTENCES: Mapping[str, Callable[[Details], str]] = {
    "case_opened": lambda d: _("Received: %(channel)s.", channel=CHANNELS.get(str(d.get("channel")), d.get("channel"))),
    "handler_named": lambda d: _("%(name)s deals with this case now.", name=d.get("name")),
    "language_not_written": lambda d: _(
        "The tenant uses %(language)s. Letters cannot be written in it yet, so they are in %(other)s.",
        language=language_name(str(d.get("asked_for"))),
        other=language_name(str(d.get("letters_in"))),
    ),
    "letter_written": lambda d: _(
        "%(letter)s written, version %(version)s, in %(language)s.",
        letter=_letter(d),
        version=d.get("version"),
        language=language_name(str(d.get("language"))),
    ),
    "letter_made": lambda d: _(
        "%(letter)s, version %(version)s, made as %(format)s.",
        letter=_letter(d),
        version=d.get("version"),
        format=format_words(str(d.get("format"))),
    ),
    "letter_refused": _refused,
    "message_sent": lambda d: (
        _("%(letter)s sent by email, version %(version)s.", letter=_letter(d), version=d.get("version"))
        if d.get("channel") == "email"
        else _("%(letter)s sent by post, version %(version)s.", letter=_letter(d), version=d.get("version"))
    ),
    "conversation_recorded": lambda d: _("A conversation with the tenant was written down."),
    "identity_checked": lambda d: (
        _("The caller was checked, and is the tenant.")
        if d.get("has_passed")
        else _("A caller was checked, and we are not sure who it was.")
    ),
    "telephone_password_set": lambda d: _("The telephone password was set."),
    "date_of_birth_recorded": lambda d: _("The date of birth was recorded."),
    "needs_overridden": lambda d: _(
        "%(letter)s went out although it does not meet: %(needs)s. The reason is on the page of the case.",
        letter=_letter(d),
        needs=needs_words(d.get("needs", ())),
    ),
    "message_failed": lambda d: _(
        "%(letter)s could not be sent: %(reason)s", letter=_letter(d), reason=d.get("reason")
    ),
    "contact_added": lambda d: _(
        "%(purpose)s. Received: %(channel)s.",
        purpose=PURPOSES.get(str(d.get("purpose")), d.get("purpose")),
        channel=CHANNELS.get(str(d.get("channel")), d.get("channel")),
    ),
    "looks_automatic": lambda d: _(
        "A machine may have sent this: %(signs)s",
        signs=" ".join(str(DOUBTS.get(sign, sign)) for sign in d.get("signs", ())),
    ),
    "hazard_named": lambda d: _("A hazard was named. The dates of the law count from here."),
    "hazard_without_clocks": lambda d: _("A hazard was named. The law sets no dates for this person."),
    "hazard_heard": lambda d: _(
        "What was written may name a hazard, but none was chosen. Words: %(words)s.",
        words=listed(d.get("words", ())),
    ),
    "compliment_for": lambda d: (
        _("%(name)s and their line manager are told of the praise.", name=d.get("name"))
        if d.get("line_manager")
        else _("%(name)s is told of the praise. We know of no line manager.", name=d.get("name"))
    ),
    "compliment_to_pass_on": lambda d: _(
        "We cannot tell who is meant by the name %(name)s. Please pass the praise on.", name=d.get("name")
    ),
    "came_after_closing": lambda d: _("This came after the case was closed. Please look at it."),
    "files_added": lambda d: ngettext(
        "The tenant added %(num)s file.", "The tenant added %(num)s files.", int(d.get("number", 1))
    ),
    "asked_as_complaint": lambda d: _(
        "The tenant asked that this be a complaint. Its reference: %(reference)s.", reference=d.get("reference")
    ),
    "complaint_from": lambda d: _(
        "This complaint was made of an earlier case, at the tenant's request: %(reference)s.",
        reference=d.get("reference"),
    ),
    "stage_2_asked": _stage_2,
    "note_sent": lambda d: _("A note about this case was sent by email."),
    "note_failed": lambda d: _("A note about this case could not be sent: %(reason)s", reason=d.get("reason")),
    "acknowledged": lambda d: _("Acknowledged. Promises that count from the acknowledgement begin now."),
    "risk_judged": lambda d: judged_words(str(d.get("band")), int(d.get("points", 0))),
    "quality_checked": lambda d: _("A reviewer checked how this complaint was handled."),
    "case_viewed": lambda d: _("This restricted case was opened."),
    "file_viewed": lambda d: _("A file of this restricted case was downloaded: %(file)s.", file=d.get("file")),
    "file_infected": lambda d: _(
        "Our check found a virus in a file that came with this: %(finding)s. Nobody can download it.",
        finding=d.get("finding"),
    ),
    "letter_viewed": lambda d: _(
        "%(letter)s of this restricted case was downloaded as %(format)s.",
        letter=_letter(d),
        format=format_words(str(d.get("format"))),
    ),
    **complaint_words.SENTENCES,
    **OF_NEEDS,
    **OF_TRANSLATIONS,
    **OF_LETTERS,
    **OF_INTERPRETERS,
}
