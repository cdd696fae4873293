"""What the measures are called, in words."""

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.caseload.interpreter_words import STATES as INTERPRETERS
from app.caseload.words import CHANNELS, KINDS, REGIMES
from app.landlords.standards import Landlord
from app.languages.lists import listed
from app.measures.counted import NOTHING, NOW
from app.measures.months import Month, Period, read_month
from app.staff.actions import teams_by_name

DUE = {
    "overdue": _l("Overdue"),
    "today": _l("Due today"),
    "week": _l("Due in the next 7 days"),
    "later": _l("Due later"),
    "nothing": _l("Nothing due"),
}
PROMISES = {
    "kept": _l("Kept in time"),
    "late": _l("Kept late"),
    "missed": _l("Not kept"),
    "paused": _l("Waiting for the tenant"),
    "to-come": _l("Still to come"),
    "ended": _l("Fell away"),
}
SAID = {"yes": _l("Yes"), "no": _l("No"), "not-said": _l("Not said")}
DECISIONS = {
    "upheld": _l("Upheld"),
    "partly-upheld": _l("Partly upheld"),
    "not-upheld": _l("Not upheld"),
}
NEEDS = {
    "met": _l("Sent as needed"),
    "format": _l("Not in the format needed"),
    "language": _l("Not in the language needed"),
    "channel": _l("Not by the way asked for"),
    "safe-way": _l("By a way that is not safe"),
}
CALLS = {"called": _l("Called"), "missed": _l("Nobody answered"), "cancelled": _l("Cancelled")}
LATENESS = {"kept": _l("In time"), "late": _l("After the time that was chosen")}
BOOKED = {
    "kept": _l("Booked in time"),
    "late": _l("Booked late, or not in time"),
    "to-come": _l("Still to come"),
    "ended": _l("Fell away"),
}
HATE = {"yes": _l("With a hate incident"), "no": _l("Without one")}
STAGES = {"1": _l("Stage 1"), "2": _l("Stage 2")}
CHANNELS_OUT = {"email": _l("By email"), "post": _l("By post")}
TITLES = {
    "open": _l("Open cases"),
    "promises": _l("Promises"),
    "code": _l("Complaints made, and when they were answered"),
    "decisions": _l("Answers to complaints"),
    "refusals": _l("Complaints that were refused"),
    "first-contact": _l("Cases by whether the first contact solved them"),
    "themes": _l("Complaints by service and kind"),
    "topics": _l("Questions by topic"),
    "learning": _l("What we learned from complaints"),
    "hate": _l("Reports of antisocial behaviour"),
    "letters": _l("Letters that went out"),
    "overrides": _l("Letters sent otherwise than needed, with a reason"),
    "call-backs": _l("Calls that were asked for"),
    "waits": _l("Calls that were made"),
    "interpreters": _l("Interpreters that were asked for"),
    "interpreter-waits": _l("Interpreters that were booked"),
    "interpreters-for-calls": _l("Interpreters that were asked for with a call"),
    "interpreter-waits-for-calls": _l("Interpreters that were booked for a call"),
}


def month_words(month: Month) -> str:
    """Nov 2026."""
    return str(format_date(month.first_day, "LLL y", rebase=False))


def long_month_words(month: Month) -> str:
    """November 2026."""
    return str(format_date(month.first_day, "LLLL y", rebase=False))


def period_words(period: Period) -> str:
    if period.first == period.last:
        return long_month_words(period.first)
    # Translators: a span of months, as in December 2025 to November 2026
    return _("%(first)s to %(last)s", first=long_month_words(period.first), last=long_month_words(period.last))


def span_words(span: str) -> str:
    month = read_month(span)
    return month_words(month) if month and span != NOW else span


def teams() -> list[tuple[str, str]]:
    return [*((str(team.id), team.name) for team in teams_by_name()), (NOTHING, _("No team yet"))]


def services(landlord: Landlord) -> list[tuple[str, str]]:
    return [(option.key, _(option.label)) for option in landlord.services]


def kinds_of_complaint(landlord: Landlord) -> list[tuple[str, str]]:
    return [(option.key, _(option.label)) for option in landlord.complaint_kinds]


def topics(landlord: Landlord) -> list[tuple[str, str]]:
    return [(topic.key, _(topic.label)) for topic in landlord.enquiry_topics]


def standards(landlord: Landlord, regime: str) -> list[tuple[str, str]]:
    """Each key once, in the policy's order, with its label; those of the same words say what tells them apart."""
    found = {standard.key: _(standard.label) for standard in landlord.standards if standard.regime == regime}
    twice = [label for label in found.values() if list(found.values()).count(label) > 1]
    channels = {standard.key: standard for standard in landlord.standards if standard.regime == regime}
    return [
        (key, _told_apart(label, channels[key].channels, channels[key].addressee) if label in twice else label)
        for key, label in found.items()
    ]


def _told_apart(label: str, channels: tuple[str, ...], addressee: str) -> str:
    ways = listed(CHANNELS[channel] for channel in channels)
    if addressee == "colleague":
        # Translators: a promise and how the message came, as in "Answer the email (Email, to a colleague directly)"
        return _("%(promise)s (%(ways)s, to a colleague directly)", promise=label, ways=ways)
    return _("%(promise)s (%(ways)s)", promise=label, ways=ways) if ways else label


def value_words(name: str, value: str, landlord: Landlord) -> str:
    """One of the things by which rows are counted (``Measure.names``), in words."""
    if not value:
        return _("No team yet") if name == "team" else _("Not said")
    tables = {
        "due": DUE, "state": PROMISES, "decision": DECISIONS, "need": NEEDS, "outcome": CALLS, "late": LATENESS,
        "hate": HATE, "said": SAID, "changed": SAID, "stage": STAGES, "kind": KINDS, "regime": REGIMES,
        "channel": CHANNELS_OUT, "interpreter": INTERPRETERS, "booked": BOOKED,
    }  # fmt: skip
    if name in tables:
        return str(tables[name].get(value, value))
    lists = {
        "team": teams,
        "service": lambda: services(landlord),
        "kind-of-complaint": lambda: kinds_of_complaint(landlord),
        "topic": lambda: topics(landlord),
        "standard": lambda: [one for regime in ("landlord", "code", "law") for one in standards(landlord, regime)],
        "ground": lambda: [(one.key, _(one.label)) for one in landlord.exclusions],
    }
    return dict(lists[name]()).get(value, value) if name in lists else value
