"""Notices that a visitor finds: going on, planned, a closure, one that was solved, one to approve; and earlier ones.

By the same acts as real ones, each at its moment before now. Some are in English only, as happens.
"""

from datetime import datetime, time, timedelta

from sqlalchemy import select

from app.cases.clock import LONDON, moment_of
from app.demonstration.people import TOWNS, email_of
from app.extensions import db
from app.landlords.standards import Landlord
from app.notices import actions
from app.notices.models import Notice
from app.notices.shapes import Given
from app.notices.usual import usual_words

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WRITER, PUBLISHER = "kim.obrien", "grace.okafor"
# Planned work of the last months: days before now, and whether it was announced too late.
EARLIER = ((24, False), (47, True), (61, False), (90, False), (121, False))
LATE_REASON = "A fault in the portal could not wait: payments went to the wrong account."
PROGRAMME = {
    "title": "New windows in your street",
    "words": "We are putting new windows into our homes in your area.\n\n"
    "- We write to you two weeks before we come\n- The work in your home takes one day",
}
LOOKED_INTO = "We know what is wrong. We hope to have it working again within the hour."
SOLVED = "It works again. If you sent us something and got no answer, please send it once more."


def add_notices(landlord: Landlord, now: datetime) -> None:
    """Unless there are any. No commit."""
    if db.session.scalar(select(Notice.id).limit(1)) is not None:
        return
    for days, is_late in EARLIER:
        _work_done(landlord, now - days * DAY, is_late=is_late)
    _solved(landlord, now - 2 * DAY)
    _publish(landlord, _usual(landlord, "office-closed", *_christmas(landlord, now), announced=14 * DAY), now - DAY)
    work = _night(now + 10 * DAY)
    _publish(
        landlord, _usual(landlord, "planned-maintenance", *work, services=("website", "portal")), now - DAY - 3 * HOUR
    )
    hour = now.replace(minute=0, second=0, microsecond=0)
    busy = _usual(landlord, "busy-lines", hour - HOUR, hour + 4 * HOUR, severity="important", services=("phone",))
    _publish(landlord, busy, hour - HOUR)
    _to_approve(landlord, now)


def _publish(landlord: Landlord, given: Given, at: datetime, reason: str | None = None) -> Notice:
    notice = actions.write(given, email_of(WRITER, landlord.key), at)
    actions.ask_for_approval(notice, email_of(WRITER, landlord.key), at)
    publisher = email_of(PUBLISHER, landlord.key)
    actions.publish(notice, publisher, at, may_announce_late=reason is not None, reason=reason)
    db.session.flush()
    return notice


def _usual(
    landlord: Landlord,
    kind: str,
    starts_at: datetime,
    ends_at: datetime | None,
    *,
    severity: str = "information",
    services: tuple[str, ...] = (),
    announced: timedelta | None = None,
) -> Given:
    words = usual_words(kind, landlord.languages)
    announce_at = starts_at - announced if announced else None
    return Given(kind, severity, words, starts_at, ends_at, announce_at, services)


def _night(day: datetime) -> tuple[datetime, datetime]:
    """From ten in the evening until two, in London."""
    begins = datetime.combine(day.astimezone(LONDON).date(), time(22), LONDON)
    return begins, begins + 4 * HOUR


def _work_done(landlord: Landlord, day: datetime, *, is_late: bool) -> None:
    begins, ends = _night(day)
    given = _usual(landlord, "planned-maintenance", begins, ends, services=("portal",))
    _publish(landlord, given, begins - (4 * HOUR if is_late else 9 * DAY), LATE_REASON if is_late else None)


def _solved(landlord: Landlord, at: datetime) -> None:
    given = _usual(landlord, "technical-trouble", at, None, severity="important", services=("website",))
    notice = _publish(landlord, given, at)
    writer = email_of(WRITER, landlord.key)
    first = landlord.languages[0]
    actions.append_update(notice, {first: LOOKED_INTO}, writer, at + HOUR)
    actions.resolve(notice, {first: SOLVED}, writer, at + 2 * HOUR)


def _christmas(landlord: Landlord, now: datetime) -> tuple[datetime, datetime]:
    """The next closure that is not over: from closing time on the last working day before Christmas."""
    today = now.astimezone(LONDON).date()
    for year in (today.year, today.year + 1):
        eve = today.replace(year=year, month=12, day=24)
        while not landlord.calendar.is_working_day(eve):
            eve -= DAY
        back = landlord.calendar.next_working_day(eve.replace(day=26))
        if moment_of(back, landlord.hours.opens) > now:
            break
    return moment_of(eve, landlord.hours.closes), moment_of(back, landlord.hours.opens)


def _to_approve(landlord: Landlord, now: datetime) -> None:
    writer = email_of(WRITER, landlord.key)
    areas = tuple(district for _town, district in TOWNS.get(landlord.key, ())[:2])
    words = {landlord.languages[0]: PROGRAMME}
    day = landlord.calendar.next_working_day((now + 21 * DAY).astimezone(LONDON).date())
    begins, ends = moment_of(day, time(8)), moment_of(day + 30 * DAY, time(17))
    given = Given("repairs-programme", "information", words, begins, ends, None, ("repairs",), areas)
    notice = actions.write(given, writer, now - 3 * HOUR)
    actions.ask_for_approval(notice, writer, now - 2 * HOUR)
