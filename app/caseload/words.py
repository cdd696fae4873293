"""What staff pages call things, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.cases.models import Case, Promise
from app.landlords.standards import Landlord
from app.languages import current_language
from app.languages.lists import listed
from app.letters.actions import choice_for
from app.letters.files import key_of
from app.pages.opening import clock_words
from app.tenants.models import CommunicationNeeds, Tenant

LONDON = ZoneInfo("Europe/London")

KINDS = {
    "complaint": _l("Complaint"),
    "compliment": _l("Compliment"),
    "suggestion": _l("Suggestion"),
    "antisocial-behaviour": _l("Antisocial behaviour"),
    "enquiry": _l("Question"),
}
CHANNELS = {
    "web": _l("Web form"),
    "phone": _l("Phone"),
    "email": _l("Email"),
    "letter": _l("Letter"),
    "social": _l("Social media"),
    "voicemail": _l("Voicemail"),
    "visit": _l("Visit"),
    "chat": _l("Live chat"),
}
FORMATS = {
    "standard-print": _l("Standard print"),
    "large-print": _l("Large print"),
    "html": _l("Web page"),
    "text": _l("Plain text"),
    "audio": _l("Audio file"),
    "audio-cd": _l("Audio CD"),
    "wav": _l("Sound file without loss (WAV)"),
    "talking-book": _l("Talking book"),
    "braille": _l("Braille"),
    "pef": _l("Braille as a file (PEF)"),
}
VARIANTS = {
    "yellow": _l("yellow paper"),
    "cream": _l("cream paper"),
    "blue": _l("blue paper"),
    "slow": _l("slow"),
    "fast": _l("fast"),
}
LETTERS = {
    "acknowledgement": _l("Acknowledgement"),
    "receipt": _l("Receipt"),
    "extension": _l("More time for the answer"),
    "hazard-summary": _l("What was found in the home"),
    "answer": _l("Answer"),
    "there-and-then": _l("Put right at once"),
    "stage-1-response": _l("Answer at stage 1"),
    "stage-2-response": _l("Answer at stage 2"),
    "stage-2-acknowledgement": _l("Acknowledgement of stage 2"),
    "refusal": _l("Refusal of the complaint"),
    "escalation-refusal": _l("Refusal of stage 2"),
    "closing": _l("Closing"),
    "hand-over": _l("Who gets in touch"),
    "compliment-shared": _l("Praise passed on"),
    "asb-action-plan": _l("Action plan"),
    "follow-up": _l("Follow-up of a conversation"),
    "letter": _l("Letter"),
    "appointment": _l("Appointment"),
    "appointment-cancelled": _l("Appointment cancelled"),
    "call-back-missed": _l("Call in vain"),
    "asb-closing": _l("Closing of a report"),
    "risk-review": _l("Review of the risk"),
    "needs-review": _l("Review of needs"),
    "interpreter-booked": _l("Interpreter booked"),
    "interpreter-not-there": _l("No interpreter"),
    "maintenance-notice": _l("Notice of planned work"),
}
REGIMES = {
    "landlord": _l("Our own promise"),
    "code": _l("Complaint Handling Code"),
    "law": _l("Law on hazards at home"),
}
# Why somebody got in touch.
PURPOSES = {
    "opening": _l("First contact"),
    "diary": _l("Diary: what happened since"),
    "more": _l("More information"),
    "complaint-asked": _l("Asked that this be a complaint"),
    "stage-2-asked": _l("Asked for stage 2"),
}
ADDRESSEES = {"team": _l("to the team"), "colleague": _l("to a colleague directly")}
# What two cases have in common that may be the same.
COMMON = {
    "email": _l("same email address"),
    "phone": _l("same phone number"),
    "words": _l("same words"),
    "name": _l("same name"),
    "home": _l("same home"),
    "postcode": _l("same postcode"),
}
DOUBTS = {
    "filled_hidden_field": _l("A field was filled in that people cannot see, so no email went out by itself."),
    "very_fast": _l("The form was filled in faster than a person can."),
}
WAYS = {"email": _l("Email"), "phone": _l("Phone"), "letter": _l("Letter")}


# What a letter can leave unmet: keys of dispatch.needs_met.
NEEDS = {
    "format": _l("the format that the tenant needs"),
    "language": _l("the tenant’s language"),
    "channel": _l("the way that the tenant asked for"),
    "safe-way": _l("a way that is safe for the tenant"),
}


def needs_words(needs: Sequence[str]) -> str:
    return listed(NEEDS.get(need, need) for need in needs)


@dataclass(frozen=True)
class DueWords:
    """``state`` decides the shape and the colour, which only repeat the words: late, today, soon, later, nothing."""

    words: str
    state: str


def due_words(due_at: datetime | None, now: datetime) -> DueWords:
    """When something falls due, as a colleague would say it: due today, 5pm · 2 days late · due Tue 29 Dec, 5pm."""
    if due_at is None:
        return DueWords(_("nothing due"), "nothing")
    local, today = due_at.astimezone(LONDON), now.astimezone(LONDON).date()
    clock, days = clock_words(local.time()), (local.date() - today).days
    if now > due_at:
        if days == 0:
            # Translators: a promise that was due earlier today; %(time)s is a time of day, such as 5pm
            return DueWords(_("late since %(time)s", time=clock), "late")
        return DueWords(ngettext("%(num)s day late", "%(num)s days late", -days), "late")
    if days == 0:
        return DueWords(_("due today, %(time)s", time=clock), "today")
    if days == 1:
        return DueWords(_("due tomorrow, %(time)s", time=clock), "soon")
    # Translators: %(day)s is a short day, such as Tue 29 Dec
    return DueWords(_("due %(day)s, %(time)s", day=short_day(local.date(), today), time=clock), "later")


def due_of(case: Case, now: datetime) -> DueWords:
    """When something of this case falls due; that it waits for the tenant, where all of it does."""
    if case.waiting_since_at is not None:
        day = local_day(case.waiting_since_at, now)
        # Translators: of a case; %(day)s is a short day, such as Tue 29 Dec
        return DueWords(_("waiting for the tenant since %(day)s", day=day), "nothing")
    return due_words(case.next_due_at, now)


def local_day(moment: datetime, now: datetime | None = None) -> str:
    """London's day of a moment, as ``short_day`` writes it: half past midnight in July is still yesterday in UTC."""
    return short_day(moment.astimezone(LONDON).date(), now.astimezone(LONDON).date() if now else None)


def short_day(day: date, today: date | None = None) -> str:
    """Tue 29 Dec; with the year where it is not this one."""
    is_this_year = today is not None and day.year == today.year
    return str(format_date(day, "EEE d MMM" if is_this_year else "EEE d MMM y", rebase=False))


def moment_words(moment: datetime) -> str:
    """Tue 29 Dec 2026, 4:59pm: London's time."""
    local = moment.astimezone(LONDON)
    # Translators: a day and a time, as in Tue 29 Dec 2026, 4:59pm
    return _("%(day)s, %(time)s", day=short_day(local.date()), time=clock_words(local.time()))


def language_name(tag: str) -> str:
    """The language's name in the language of the page; the tag itself where nobody knows it."""
    try:
        found = Locale.parse(tag, sep="-").get_display_name(current_language().locale)
    except (ValueError, UnknownLocaleError):
        return tag
    return found[0].upper() + found[1:] if found else tag


def direction_of(tag: str) -> str:
    """ltr or rtl, also for a language that has no pages here."""
    try:
        return Locale.parse(tag, sep="-").text_direction
    except (ValueError, UnknownLocaleError):
        return "auto"


def format_words(name: str, point_size: int = 0, braille_grade: int = 0, variant: str = "") -> str:
    words = str(FORMATS.get(name, name))
    if name == "large-print" and point_size:
        # Translators: a letter set in large print; %(size)s is the size of its type in points, such as 24
        words = _("Large print %(size)s", size=point_size)
    if name == "braille" and braille_grade:
        words = _("Braille grade %(grade)s", grade=braille_grade)
    if not variant:
        return words
    # Translators: a format and what is special about it: "Large print 24, yellow paper", "Audio file, slow"
    return _("%(format)s, %(variant)s", format=words, variant=VARIANTS.get(variant, variant.replace("x", " × ")))


def needed_format_words(needs: CommunicationNeeds) -> str:
    return format_words(*key_of(needs.letter_format, choice_for(needs)))


def who_words(tenant: Tenant) -> str:
    """The name to show; a tenant who gave none is called so, and one whose name was removed."""
    is_removed = tenant.anonymised_at is not None
    return name_words(tenant.name, is_anonymous=tenant.is_anonymous, is_removed=is_removed)


def name_words(name: str, *, is_anonymous: bool, is_removed: bool) -> str:
    if is_removed:
        return _("Name removed")
    # Translators: in place of the name of a tenant who did not want to give it
    return _("Anonymous") if is_anonymous else name


def hazard_words(case: Case, landlord: Landlord) -> str:
    """What kind of hazard the case is about; empty where it is about none."""
    if not case.hazard:
        return ""
    return next((_(hazard.label) for hazard in landlord.hazards if hazard.key == case.hazard), case.hazard)


def common_words(common: Sequence[str]) -> str:
    """What two cases have in common: same name, same postcode."""
    return listed(COMMON[key] for key in common)


def safe_ways_words(needs: CommunicationNeeds) -> str:
    """The ways that put nobody in danger, by name; empty where nobody asked."""
    if needs.safe_ways is None:
        return ""
    return listed(WAYS[way] for way in needs.safe_ways) or _("None: do not contact this person")


def flags(case: Case, usual_language: str) -> list[str]:
    """What to know before writing or ringing: the letter's format and language, an interpreter, safe times."""
    return marks(case.hazard, case.tenant.language, case.tenant.needs, usual_language)


def marks(hazard: str | None, language: str, needs: CommunicationNeeds, usual_language: str) -> list[str]:
    """The same, of a case that is not here whole."""
    found = []
    if hazard:
        # Translators: a mark on a case about something in the home that may do harm
        found.append(_("Hazard"))
    if needs.letter_format != "standard-print":
        found.append(needed_format_words(needs))
    if language != usual_language:
        found.append(language_name(language))
    if needs.interpreter_language:
        found.append(_("Interpreter"))
    is_limited = needs.safe_ways is not None and set(needs.safe_ways) != set(WAYS)
    if needs.safe_times or needs.may_leave_messages is False or is_limited:
        # Translators: the tenant told us when and how it is safe to ring
        found.append(_("Safe contact"))
    return found


def signs_of(case: Case) -> list[str]:
    """Why a machine may have sent it: keys of DOUBTS."""
    return [sign for event in case.events if event.what == "looks_automatic" for sign in event.details["signs"]]


def stage_two_words(case: Case) -> str | None:
    """That stage 2 was asked for; None where it was not."""
    asked = next((event for event in case.events if event.what == "stage_2_asked"), None)
    if asked is None:
        return None
    return _("Stage 2 asked for, late") if asked.details.get("is_late") else _("Stage 2 asked for")


def standard_words(promise: Promise, landlord: Landlord) -> str:
    """What was promised: the policy's label for it."""
    for standard in landlord.standards:
        if (standard.key, standard.regime) == (promise.standard, promise.regime):
            return _(standard.label)
    return promise.standard


def amount_words(promise: Promise) -> str:
    match promise.unit:
        case "hours":
            return ngettext("%(num)s hour", "%(num)s hours", promise.amount)
        case "calendar_days":
            return ngettext("%(num)s calendar day", "%(num)s calendar days", promise.amount)
    return ngettext("%(num)s working day", "%(num)s working days", promise.amount)


def day_of(step: Mapping[str, Any]) -> str:
    """The day of one row of a promise's working: Tue 29 Dec 2026."""
    return short_day(date.fromisoformat(step["date"]))


def reason_words(step: Mapping[str, Any]) -> str:
    """Why a day does not count; empty where it does."""
    return _(step["reason"]) if step.get("reason") else ""
