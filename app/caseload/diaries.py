"""The diary of a report as colleagues read it: what was told, by whom, what was judged and done; the newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from app.antisocial_behaviour.joining import joined_in
from app.antisocial_behaviour.reports import band_words
from app.antisocial_behaviour.reviews import reviews_of
from app.caseload.words import CHANNELS, PURPOSES, short_day
from app.cases.models import Case, Contact
from app.landlords.shapes import Landlord
from app.letters.answers import Told, told


@dataclass(frozen=True)
class Entry:
    """``language`` is that of the tenant's own words; ``reference`` is of a report that was joined to this case."""

    at: datetime
    title: str
    answers: tuple[Told, ...] = ()
    words: str = ""
    language: str | None = None
    who: str | None = None
    reference: str | None = None


def diary_of(case: Case, landlord: Landlord) -> list[Entry]:
    entries = [*_told_in(case, landlord, None), *_judged(case), *_done(case)]
    for joined in joined_in(case):
        entries += _told_in(joined, landlord, joined.reference)
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _told_in(case: Case, landlord: Landlord, reference: str | None) -> Iterator[Entry]:
    for contact in case.contacts:
        yield Entry(
            contact.received_at,
            _title(contact, reference),
            answers=told(contact, landlord),
            language=contact.language,
            who=contact.recorded_by,
            reference=reference,
        )


def _title(contact: Contact, reference: str | None) -> str:
    channel = CHANNELS.get(contact.channel, contact.channel)
    if reference and contact.purpose == "opening":
        return _("A further report, %(channel)s", channel=channel)
    # Translators: what somebody told us and by which way, as in "Diary: what happened since, Phone"
    return _("%(purpose)s, %(channel)s", purpose=PURPOSES.get(contact.purpose, contact.purpose), channel=channel)


def _judged(case: Case) -> Iterator[Entry]:
    for review in reviews_of(case):
        title = _("Risk reviewed: %(band)s", band=band_words(review.band))
        yield Entry(review.at, title, words=review.reasons, who=review.who)


def _done(case: Case) -> Iterator[Entry]:
    for action in case.actions:  # type: ignore[attr-defined]  # CaseAction's backref
        title = _("Agreed, to be done by %(day)s", day=short_day(action.due_on))
        yield Entry(action.agreed_at, title, words=action.words, who=action.agreed_by)
        if action.done_at:
            yield Entry(action.done_at, _("Done"), words=action.words, who=action.done_by)
