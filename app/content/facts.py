"""The facts that a page may name, ``{{ phone }}``: a closed table of what the landlord's policy says.

Each gives Markup of a letter's tags in the language of the moment, so that it is right in every format.
"""

from collections.abc import Callable, Mapping
from datetime import date

from flask_babel import ngettext
from markupsafe import Markup, escape

from app.landlords.shapes import Landlord, Phone
from app.languages import LANGUAGES
from app.languages.lists import listed
from app.languages.times import clock_words, weekday_words
from app.letters import facts as written


class UnknownFact(LookupError):
    """No fact has this name, or not with these words behind it."""


class FactNotThere(LookupError):
    """The landlord has nothing of the kind: the page cannot say it."""


def _text(value: str) -> Markup:
    if not value:
        raise FactNotThere
    return escape(value)


def _count(number: int | None) -> Markup:
    return _text("" if number is None else str(number))


def _language_names(landlord: Landlord) -> Markup:
    """Each under its own name and marked as its own: “English, Cymraeg and العربية”."""
    names = [
        Markup('<span lang="{}">{}</span>').format(tag, LANGUAGES[tag].own_name)
        for tag in landlord.languages
        if tag in LANGUAGES
    ]
    return Markup(listed(names))  # noqa: S704  # every part is escaped above


FACTS: Mapping[str, Callable[[Landlord], Markup]] = {
    "name": lambda landlord: escape(landlord.name),
    "phone": lambda landlord: written.phone(landlord.phone),
    "emergency_phone": lambda landlord: written.phone(landlord.emergency_phone),
    "email": lambda landlord: written.email(landlord.email),
    "website": lambda landlord: written.website(landlord.website),
    "team": lambda landlord: escape(landlord.team),
    "days": lambda landlord: escape(weekday_words(landlord.hours.days)),
    "opens": lambda landlord: escape(clock_words(landlord.hours.opens)),
    "closes": lambda landlord: escape(clock_words(landlord.hours.closes)),
    "languages": _language_names,
    "call_minutes": lambda landlord: _count(landlord.calls.answered_within_minutes),
    "relay_service": lambda landlord: _text(landlord.relay_service),
    "interpreting_service": lambda landlord: _text(landlord.interpreting_service),
    "ombudsman_name": lambda landlord: written.english_name(landlord.ombudsman.name),
    "ombudsman_phone": lambda landlord: written.phone(landlord.ombudsman.phone),
    "ombudsman_website": lambda landlord: written.website(landlord.ombudsman.website),
    "escalation_days": lambda landlord: _days(landlord.escalation.calendar_days),
}


def _days(number: int | None) -> Markup:
    if number is None:
        raise FactNotThere
    return escape(ngettext("%(num)s day", "%(num)s days", number))


def in_units(amount: int, unit: str) -> str:
    """A promised time in words: 24 hours, 10 working days, 84 calendar days. ``unit`` as in ``Standard``."""
    if unit == "hours":
        return str(ngettext("%(num)s hour", "%(num)s hours", amount))
    if unit == "calendar_days":
        return str(ngettext("%(num)s calendar day", "%(num)s calendar days", amount))
    return str(ngettext("%(num)s working day", "%(num)s working days", amount))


def _promised(regime: str) -> Callable[[Landlord, str, date], Markup]:
    def in_force(landlord: Landlord, key: str, on: date) -> Markup:
        found = [
            one
            for one in landlord.standards
            if one.key == key and one.regime == regime and one.since <= on and (one.until is None or on <= one.until)
        ]
        if not found:
            raise FactNotThere
        newest = max(found, key=lambda one: one.since)
        return escape(in_units(newest.amount, newest.unit))

    return in_force


def _lead_time(landlord: Landlord, key: str, on: date) -> Markup:
    found = [one for one in landlord.lead_times if one.key == key and one.since <= on]
    if not found:
        raise FactNotThere
    return escape(in_units(max(found, key=lambda one: one.since).working_days, "working_days"))


def _kept(landlord: Landlord, key: str, on: date) -> Markup:
    try:
        years = landlord.years_kept(key)
    except KeyError:
        raise FactNotThere from None
    return escape(ngettext("%(num)s year", "%(num)s years", years))


def _dial(landlord: Landlord, number: str, on: date) -> Markup:
    """A number that is not the landlord's: an emergency service's as it stands, another in international form too."""
    return written.phone(Phone(number, number) if len(number) < 6 else written.phone_from(number))


# Facts with words behind their name: ``{{ time complaint.acknowledge }}``.
FACTS_OF: Mapping[str, Callable[[Landlord, str, date], Markup]] = {
    "time": _promised("landlord"),
    "code": _promised("code"),
    "law": _promised("law"),
    "lead_time": _lead_time,
    "kept": _kept,
    "dial": _dial,
}


def fact(wanted: str, landlord: Landlord, on: date) -> Markup:
    """What stands for ``{{ wanted }}`` on this local day.

    Raises UnknownFact where no such fact is in the tables, FactNotThere where this landlord has none.
    """
    name, _space, behind = wanted.strip().partition(" ")
    if behind and name in FACTS_OF:
        return FACTS_OF[name](landlord, behind.strip(), on)
    if behind or name not in FACTS:
        raise UnknownFact(wanted)
    return FACTS[name](landlord)
