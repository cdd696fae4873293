"""What staff pages say of notices: where one stands, what happened to it, what cannot be done with it and why."""

from datetime import date, datetime
from typing import Any

from flask_babel import LazyString, format_date, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.caseload.notice_calendar import Entry
from app.caseload.words import language_name, moment_words, short_day
from app.cases.clock import LONDON
from app.languages.lists import listed
from app.languages.times import clock_words
from app.notices.lead import Lead
from app.notices.models import Notice, NoticeEvent
from app.notices.showing import Stage, over_at, stage_at
from app.notices.words import KIND_WORDS, SERVICE_WORDS, SEVERITY_WORDS

# What tenants read, said here too: colleagues see what they choose.
KINDS, SERVICES, SEVERITIES = KIND_WORDS, SERVICE_WORDS, SEVERITY_WORDS
SEVERITY_HINTS = {
    "urgent": _l("Somebody may come to harm, or nobody can reach us."),
    "important": _l("Many people cannot do something that they need to do."),
    "information": _l("Good to know."),
}
GROUPS: dict[str, LazyString] = {
    "now": _l("Now"),
    "planned": _l("Planned"),
    "to-approve": _l("To approve"),
    "drafts": _l("Drafts"),
    "over": _l("Over"),
}
NONE_IN_GROUP: dict[str, LazyString] = {
    "now": _l("Nothing is going on now."),
    "planned": _l("Nothing is planned."),
    "to-approve": _l("No notice waits for approval."),
    "drafts": _l("There are no drafts."),
    "over": _l("No notice is over yet."),
}
_STAGES: dict[Stage, LazyString] = {
    # Translators: of a service notice that is published: tenants do not see it yet
    "waiting": _l("Published, not shown yet"),
    # Translators: of a service notice: tenants see it, and it has not begun
    "announced": _l("Announced"),
    # Translators: of a service notice: it has begun
    "live": _l("Going on now"),
    "over": _l("Over"),
}
_EVENTS: dict[str, LazyString] = {
    "written": _l("Written"),
    "changed": _l("Changed"),
    "asked-for-approval": _l("Asked for approval"),
    "sent-back": _l("Sent back"),
    "published": _l("Published"),
    "updated": _l("Update added"),
    # Translators: of a service notice: what it was about is over
    "resolved": _l("Said to be over"),
    "cancelled": _l("Cancelled"),
    "dropped": _l("Draft put away"),
}
_FIELDS: dict[str, LazyString] = {
    "kind": _l("kind"),
    "severity": _l("how much it matters"),
    "services": _l("what is affected"),
    "areas": _l("where"),
    "words": _l("words"),
    "starts_at": _l("start"),
    "ends_at": _l("end"),
    "announce_at": _l("when it is shown from"),
}
_UNUSABLE: dict[tuple[str, str], LazyString] = {
    ("ends_at", "not-before-end"): _l("Enter an end that comes after the start"),
    ("ends_at", "past"): _l("Enter an end in the future"),
    ("announce_at", "after-start"): _l("Enter a time that is not after the start"),
    ("note", "empty"): _l("Enter what is to be changed"),
    ("areas", "too-long"): _l("Enter fewer postcodes"),
}
_NOT_NOW: dict[str, LazyString] = {
    "draft": _l("This notice is a draft. Look how it stands now."),
    "to-approve": _l("This notice waits for approval. Look how it stands now."),
    "published": _l("This notice is published already."),
    "cancelled": _l("This notice was cancelled, or its draft was put away."),
    "over": _l("This notice is over: nothing can be changed any more."),
    "end-is-past": _l("The end of this draft is in the past. Change its times first."),
    "not-begun": _l("This notice has not begun. Cancel it instead."),
}


def stage_words(notice: Notice, now: datetime) -> str:
    """Where it stands, in a word or two."""
    match notice.state:
        case "draft":
            return _("Draft")
        case "to-approve":
            return _("Waits for approval")
        case "cancelled":
            return _("Cancelled") if notice.published_at else _("Draft, put away")
    if notice.resolved_at is not None and notice.resolved_at <= now:
        return _("Over before its end") if notice.ends_at else _("Over")
    return str(_STAGES[stage_at(notice, now)])


def needed_words(part: str, tag: str, *, is_first: bool) -> str:
    """``part``: title or words. What is missing in a language, and that another one may be left out."""
    name = language_name(tag)
    if part == "title":
        if is_first:
            return _("Enter the title in this language: %(language)s", language=name)
        return _("Enter the title too, or leave this language empty: %(language)s", language=name)
    if is_first:
        return _("Enter the words in this language: %(language)s", language=name)
    return _("Enter the words too, or leave this language empty: %(language)s", language=name)


def unusable_words(field: str, code: str, what: str = "") -> str:
    """What to do about a field: the codes of ``refusals.Unusable``."""
    if (field, code) in _UNUSABLE:
        return str(_UNUSABLE[field, code])
    match code:
        case "unknown" if field == "areas":
            return _("Enter the first half of a postcode, such as EX1. This is none: %(what)s", what=what)
        case "too-long":
            return _("Write less here")
        case "too-far":
            return _("Enter a day within two years from now")
    return _("Choose one of the list")


def not_now_words(code: str) -> str:
    return str(_NOT_NOW[code])


def span_words(notice: Notice) -> str:
    """From when until when, as it was meant or as it came: Tue 29 Dec 2026, 8am to 10am."""
    starts = notice.starts_at.astimezone(LONDON)
    ended = notice.resolved_at or notice.ends_at
    if ended is None and notice.cancelled_at:
        return moment_words(starts)
    if ended is None:
        # Translators: of a service notice; %(start)s is a day and a time
        return _("%(start)s, until further notice", start=moment_words(starts))
    ends = ended.astimezone(LONDON)
    end = clock_words(ends.time()) if ends.date() == starts.date() else moment_words(ends)
    # Translators: two moments: Tue 29 Dec 2026, 8am to 10am
    return _("%(start)s to %(end)s", start=moment_words(starts), end=end)


def latest_words(lead: Lead, announced_at: datetime) -> str:
    """Until when it would have to be announced, and whether that is kept: for whoever is about to publish."""
    local = lead.latest_at.astimezone(LONDON)
    day, clock = _long_day(local), clock_words(local.time())
    if lead.is_kept:
        return _("%(day)s at %(time)s would be the latest. This notice would be in time.", day=day, time=clock)
    told = announced_at.astimezone(LONDON)
    return _(
        "%(day)s at %(time)s would have been the latest. Announced %(moment)s, this notice is too late.",
        day=day,
        time=clock,
        moment=moment_words(told),
    )


def entry_words(entry: Entry) -> str:
    """How a notice stands on one day of the calendar: from when until when, or that it goes on."""
    begins = clock_words(entry.notice.starts_at.astimezone(LONDON).time()) if entry.begins else ""
    over = over_at(entry.notice) if entry.ends else None
    ends = clock_words(over.astimezone(LONDON).time()) if over else ""
    if begins and ends:
        # Translators: two times of one day: 8am to 10am
        return _("%(opens)s to %(closes)s", opens=begins, closes=ends)
    if begins:
        # Translators: of a service notice on the first of several days; %(time)s is a time, such as 8am
        return _("from %(time)s", time=begins)
    # Translators: of a service notice on the last of several days; %(time)s is a time, such as 8am
    return _("until %(time)s", time=ends) if ends else _("all day")


def promise_words(lead: Lead) -> str:
    """What was promised."""
    return ngettext(
        "We promised to announce this %(num)s whole working day before.",
        "We promised to announce this %(num)s whole working days before.",
        lead.working_days,
    )


def step_rows(rows: list[dict[str, Any]]) -> list[tuple[str, str, bool]]:
    """Each day of the working: the day, what it is, whether it counts."""
    counted, found = 0, []
    for row in rows:
        counted += bool(row["counts"])
        day = short_day(date.fromisoformat(row["date"]))
        # Translators: of days that are counted: day 1, day 2
        said = _("day %(number)s", number=counted) if row["counts"] else _(row["reason"])
        found.append((day, said, bool(row["counts"])))
    return found


def event_words(event: NoticeEvent) -> str:
    """What happened, and what a colleague said of it."""
    said, details = str(_EVENTS.get(event.what, event.what)), dict(event.details)
    if fields := details.get("fields"):
        # Translators: what happened, and to which parts of a notice: "Changed: start, words"
        names = listed(_FIELDS.get(name, name) for name in fields)
        return _("%(what)s: %(details)s", what=said, details=names)
    if ends := details.get("ends_at"):
        end = moment_words(datetime.fromisoformat(ends))
        return _("%(what)s. The new end: %(end)s", what=said, end=end)
    if details.get("lead_is_kept") is not None:
        said = _("Published in time") if details["lead_is_kept"] else _("Published later than promised")
    if words := details.get("note") or details.get("reason"):
        return _("%(what)s: %(details)s", what=said, details=words)
    return said


def missing_words(tags: tuple[str, ...]) -> str:
    """Which languages a notice is not in; empty where it is in all."""
    if not tags:
        return ""
    # Translators: a mark on a service notice: languages in which nobody has written it
    return _("Not in: %(languages)s", languages=listed(map(language_name, tags)))


def places_words(notice: Notice) -> str:

    return ", ".join(notice.areas) or _("Everywhere")


def _long_day(local: datetime) -> str:
    """Tuesday 29 December 2026."""
    return str(format_date(local.date(), "EEEE d MMMM y", rebase=False))
