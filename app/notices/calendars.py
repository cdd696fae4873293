"""All notices as a calendar (RFC 5545), in the language of the moment. Pure: the notices are handed in."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vDuration, vRecur

from app.cases.clock import LONDON
from app.landlords.standards import Landlord
from app.languages import current_language
from app.notices.feeds import address_of, feed_title, updated_at
from app.notices.models import Notice
from app.notices.retelling import plain, title_of, whole
from app.notices.words import KIND_WORDS

MEDIA_TYPE = "text/calendar; charset=utf-8"
LOOK_AGAIN_AFTER = timedelta(hours=1)
_PRIORITY = {"urgent": 1, "important": 5, "information": 9}
_HOUR, _NOTHING = timedelta(hours=1), timedelta(0)


def calendar(notices: Sequence[Notice], landlord: Landlord, site: str) -> bytes:
    """The calendar's text, with the time zone in it. ``site``: the whole address of this site, without a last slash."""
    language = current_language()
    made = Calendar()
    made.add("prodid", f"-//Letterbox//{landlord.key}//{language.tag.upper()}")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):  # RFC 7986, and what calendars read before it
        made.add(name, feed_title(landlord), parameters={"language": language.tag})
    made.add("x-wr-timezone", LONDON.key)
    made.add("source", f"{site}/{language.tag}/notices.ics", parameters={"value": "URI"})
    made.add("refresh-interval", LOOK_AGAIN_AFTER, parameters={"value": "DURATION"})
    made.add("x-published-ttl", vDuration(LOOK_AGAIN_AFTER))  # before RFC 7986
    made.add_component(_london())
    for notice in notices:
        made.add_component(_event(notice, landlord, site))
    return made.to_ical()


def _event(notice: Notice, landlord: Landlord, site: str) -> Event:
    language = current_language()
    title, tag = title_of(notice)
    event = Event()
    event.add("uid", f"{notice.key}@{landlord.key}.letterbox")
    event.add("sequence", notice.version)
    event.add("dtstamp", updated_at(notice))
    event.add("created", notice.created_at)
    event.add("last-modified", updated_at(notice))
    event.add("dtstart", _local(notice.starts_at))
    if ends := _end(notice):
        event.add("dtend", _local(ends))
    event.add("summary", title, parameters={"language": tag})
    event.add("description", plain(whole(notice)), parameters={"language": language.tag})
    if notice.areas:
        event.add("location", ", ".join(notice.areas))
    event.add("categories", [str(KIND_WORDS[notice.kind])])
    event.add("priority", _PRIORITY[notice.severity])
    event.add("status", "CANCELLED" if notice.cancelled_at else "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # nobody is busy because of it
    event.add("class", "PUBLIC")
    event.add("url", address_of(notice, site, language))
    return event


def _end(notice: Notice) -> datetime | None:
    """None where nobody knows it yet: the event is then shown where it begins."""
    ends = notice.resolved_at or notice.ends_at
    return ends if ends and ends > notice.starts_at else None


def _local(moment: datetime) -> datetime:
    """On London's clock; in UTC where that shows a time for the second time, which it cannot say (RFC 5545)."""
    local = moment.astimezone(LONDON)
    return moment.astimezone(UTC) if local.fold else local


def _london() -> Timezone:
    """Written out: the library's own has summer time begin an hour late (7.3)."""
    zone = Timezone()
    zone.add("tzid", LONDON.key)
    for part, begins, month, before, after, name in (
        (TimezoneDaylight(), datetime(1981, 3, 29, 1), 3, _NOTHING, _HOUR, "BST"),  # noqa: DTZ001
        (TimezoneStandard(), datetime(1996, 10, 27, 2), 10, _HOUR, _NOTHING, "GMT"),  # noqa: DTZ001
    ):
        part.add("dtstart", begins)
        part.add("rrule", vRecur({"freq": "yearly", "bymonth": month, "byday": "-1SU"}))
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("tzname", name)
        zone.add_component(part)
    return zone
