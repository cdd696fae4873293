"""Parts of the page “ways to contact us”: every way that the policy knows, each with what we promise of it."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from flask import Flask, render_template
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from app.content.facts import in_units
from app.content.parts import add_part
from app.content.tags import address, bullets, heading, paragraph, together
from app.landlords.shapes import Landlord, Standard
from app.languages.times import clock_words, day_words, weekday_words
from app.letters import facts as written
from app.letters.setting_out import in_language
from app.notices.closures import closures_of
from app.notices.front_routes import front_of_request
from app.notices.showing import stage_at
from app.notices.when import when_words
from app.pages.opening import DAYS_TOLD, closed_days
from app.pages.promise_parts import standards_on

DIRECTLY: Mapping[str, str] = {
    "contact.answer_colleague_voicemail": "voicemail",
    "contact.answer_colleague_social_media": "social",
    "contact.answer_colleague_email": "email",
}


def init_app(app: Flask) -> None:
    add_part(app, "contact-now", lambda landlord, at: Markup(), now)
    add_part(app, "contact-channels", channels)
    add_part(app, "contact-forms", forms)
    add_part(app, "contact-sign-language", sign_language)


def now(landlord: Landlord, at: datetime) -> Markup:
    """On the screen only: on paper it would be true for a minute."""
    closed = _closed_soon(landlord, at)
    return Markup(render_template("pages/contact_now.html", landlord=landlord, closed=closed))  # noqa: S704  # our own


def _closed_soon(landlord: Landlord, at: datetime) -> list[str]:
    """When the office will be closed beyond its usual days in the next weeks: announced closures, then holidays."""
    known = (one for one in front_of_request().notices if stage_at(one, at) in ("announced", "live"))
    # By days, not by minutes: a page that is kept is made anew at midnight.
    until = written.local_day(at) + timedelta(days=DAYS_TOLD)
    told = [one for one in known if closures_of([one]) and written.local_day(one.starts_at) < until]
    days = closed_days(at, landlord.hours, landlord.calendar, closures_of(told))
    # Translators: a day on which the office is closed and why, such as: Friday 25 December, Christmas Day
    holidays = [_("%(day)s, %(reason)s", day=day_words(day), reason=_(reason)) for day, reason in days]
    return [*(when_words(one, at) for one in told), *holidays]


def channels(landlord: Landlord, at: datetime) -> Markup:
    on = written.local_day(at)
    offered = {one.key for one in landlord.channels}
    pieces = [*_phone(landlord), *_email(landlord, on)]
    if "social" in offered:
        pieces += _social(landlord, on)
    if "chat" in offered:
        pieces += _chat(landlord)
    pieces += [heading(_("Post")), address((landlord.name, *landlord.address))]
    return together(*pieces, *_a_colleague(landlord, on))


def _phone(landlord: Landlord) -> Iterator[Markup]:
    yield heading(_("Phone"))
    yield paragraph(written.phone(landlord.phone))
    yield paragraph(_hours(landlord))
    calls = landlord.calls
    if calls.answered_within_minutes:
        yield paragraph(
            ngettext(
                "We aim to answer your call within %(num)s minute. It can take longer when we are busy.",
                "We aim to answer your call within %(num)s minutes. It can take longer when we are busy.",
                calls.answered_within_minutes,
            )
        )
    if calls.are_recorded:
        yield paragraph(_("Calls are recorded."))
    if calls.has_call_back:
        call_us_back = Markup('<a href="form:call-back">{}</a>').format(_("Ask us to call you"))
        yield paragraph(
            # Translators: %(link)s is a link with the words “Ask us to call you”
            Markup(_("You need not wait. %(link)s, at a time that suits you.")) % {"link": call_us_back}  # noqa: S704
        )
    yield paragraph(_emergency(landlord))


def _hours(landlord: Landlord) -> str:
    words = {
        "days": weekday_words(landlord.hours.days),
        "opens": clock_words(landlord.hours.opens),
        "closes": clock_words(landlord.hours.closes),
    }
    if "hours" in landlord.unchecked:
        return str(_("Usually %(days)s, %(opens)s to %(closes)s. Closed on bank holidays.", **words))
    # Translators: %(days)s is Monday to Friday; %(opens)s and %(closes)s are times
    said = str(_("%(days)s, %(opens)s to %(closes)s. Closed on bank holidays.", **words))
    return said[:1].upper() + said[1:]  # days begin small in most languages, sentences do not


def _emergency(landlord: Landlord) -> Markup:
    number = {"phone": written.phone(landlord.emergency_phone)}
    if any(one.key == "emergency_line" for one in landlord.undertakings):
        said = _("Emergency? Call us, day or night: %(phone)s")
    else:
        said = _("Emergency? Call us: %(phone)s")
    return Markup(said) % number  # noqa: S704  # our own sentence


def _email(landlord: Landlord, on: date) -> Iterator[Markup]:
    yield heading(_("Email"))
    yield paragraph(written.email(landlord.email))
    if found := _time(landlord, "enquiry.answer_email", on):
        yield paragraph(_("We answer a question within %(time)s.", time=found))


def _social(landlord: Landlord, on: date) -> Iterator[Markup]:
    yield heading(_("Social media"))
    where = written.website(landlord.website)
    yield paragraph(Markup(_("You find our pages there from our website: %(website)s.")) % {"website": where})  # noqa: S704
    if found := _time(landlord, "contact.answer_social_media", on):
        yield paragraph(
            _("We answer within %(time)s. Everybody can read what you write: leave out what is private.", time=found)
        )


def _chat(landlord: Landlord) -> Iterator[Markup]:
    yield heading(_("Live chat"))
    where = written.website(landlord.website)
    said = _("While we are there, you can chat with us on our website: %(website)s. There is no chat on these pages.")
    yield paragraph(Markup(said) % {"website": where})  # noqa: S704  # our own sentence


def _a_colleague(landlord: Landlord, on: date) -> Iterator[Markup]:
    """Somebody whom the tenant knows: how soon they answer, and what happens while they are away (L11, L13, L14)."""
    said = {
        "voicemail": _("They answer your voicemail within %(time)s."),
        "social": _("They answer your message on social media within %(time)s."),
        "email": _("They answer your email within %(time)s."),
    }
    lines = [said[way] % {"time": found} for key, way in DIRECTLY.items() if (found := _time(landlord, key, on))]
    if not lines:
        return
    yield heading(_("A colleague whom you know"))
    yield bullets(lines)
    for one in landlord.undertakings:
        if one.key in ("named_colleague", "absence_notice") and one.since <= on:
            yield paragraph(_(one.words))


def forms(landlord: Landlord, at: datetime) -> Markup:
    """How soon a form is answered, where the landlord promises it."""
    found = _time(landlord, "contact.answer_web_form", written.local_day(at))
    return paragraph(_("We answer a form within %(time)s.", time=found)) if found else Markup()


def sign_language(landlord: Landlord, at: datetime) -> Markup:
    """The video interpreter, who asks for the postcode, and interpreters on the phone (L26–L28)."""
    on = written.local_day(at)
    promised = {one.key: _(one.words) for one in landlord.undertakings if one.since <= on}
    lines: list[Markup] = []
    for key, service in (
        ("sign_language", landlord.relay_service),
        ("translation", landlord.interpreting_service),
        ("contact_needs", ""),
    ):
        if key in promised:
            lines.append(paragraph(promised[key]))
            if service:
                # Translators: the name of a company that interprets
                called = Markup(_("The service is called %(name)s.")) % {"name": in_language(service, "en")}  # noqa: S704
                lines.append(paragraph(called))
    return together(heading(_("Sign language and interpreters")), *lines) if lines else Markup()


def _time(landlord: Landlord, key: str, on: date) -> str:
    """The landlord's own time, as of this day: 1 working day; empty where it promises none."""
    found: list[Standard] = [one for one in standards_on(landlord, on) if one.key == key and one.regime == "landlord"]
    return in_units(found[0].amount, found[0].unit) if found else ""
