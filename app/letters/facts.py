"""Facts inside a letter's sentences: references, moments, numbers and addresses that have to be read exactly.

Each gives Markup, so that it stands inside a translated sentence (``_("Ring %(phone)s.", phone=…)``) while
everything that is not Markup, above all what a tenant typed, is escaped there.
"""

from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import phonenumbers
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, get_currency_symbol
from flask import Flask
from flask_babel import gettext as _
from markupsafe import Markup

from app.landlords.shapes import Phone
from app.languages import current_language
from app.languages.times import clock_words, short_time

LONDON = ZoneInfo("Europe/London")


def reference(value: str) -> Markup:
    return Markup('<data class="reference" value="{}">{}</data>').format(value, value)


Moment = datetime | date | str  # text: as ``isoformat`` writes the others


def day(moment: Moment) -> Markup:
    """The local day with its weekday, in the language of the letter."""
    return Markup('<time datetime="{}">{}</time>').format(local_day(moment).isoformat(), day_in_words(moment))


def local_day(moment: Moment) -> date:
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment) if "T" in moment else date.fromisoformat(moment)
    return moment.astimezone(LONDON).date() if isinstance(moment, datetime) else moment


def day_in_words(moment: Moment) -> str:
    return format_date(local_day(moment), format="full", locale=current_language().locale)


def day_and_time(moment: datetime | str) -> Markup:
    """The local day and minute, for a promise that is counted in hours."""
    moment = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    local = moment.astimezone(LONDON)
    words = _(
        # Translators: the moment by which something is promised, as in "16:59 on Friday 25 December 2026".
        "%(time)s on %(day)s",
        time=short_time(local.time()),
        day=day_in_words(moment),
    )
    return Markup('<time datetime="{}">{}</time>').format(local.strftime("%Y-%m-%dT%H:%M"), words)


def clock(moment: datetime | str) -> str:
    """The local time of day: 9am; in languages without am and pm, 09:00. ``09:00`` as text is local already."""
    if isinstance(moment, str) and "T" not in moment:
        return clock_words(time.fromisoformat(moment))
    moment = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return clock_words(moment.astimezone(LONDON).time())


def phone_number(written: str) -> Markup:
    """A colleague's number, as it was typed."""
    return phone(phone_from(written))


def pounds(pence: int) -> Markup:
    """An amount of money: £150, £1,250.50; in Polish 1250,50 £. Everybody here knows the sign, and few know “GBP”."""
    locale = Locale.parse(current_language().locale)
    pattern = locale.currency_formats["standard"].pattern
    if not pence % 100:
        pattern = pattern.replace(".00", "")
    shown = format_currency(Decimal(pence) / 100, "GBP", pattern, locale, currency_digits=False)
    for name in (get_currency_symbol("GBP", locale), "GBP"):
        shown = shown.replace(name, "£")
    shown = shown.replace("\u200f", "")  # an amount is an island from left to right already
    return Markup('<data class="amount" value="{}">{}</data>').format(f"{pence // 100}.{pence % 100:02}", shown)


def phone(number: Phone) -> Markup:
    return Markup('<data class="phone" value="{}">{}</data>').format(number.dialled, number.shown)


def phone_from(written: str) -> Phone:
    """A number as somebody wrote it; where it is none that can be dialled, it is shown as it stands."""
    try:
        number = phonenumbers.parse(written, "GB")
    except phonenumbers.NumberParseException:
        return Phone(written, written)
    return Phone(written, phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def email(address: str) -> Markup:
    return Markup('<a href="mailto:{}">{}</a>').format(address, address)


def website(address: str) -> Markup:
    """A link that shows its address without the scheme: it is also printed and read aloud."""
    return Markup('<a href="{}">{}</a>').format(address, address.partition("://")[2].rstrip("/") or address)


def english_name(name: str) -> Markup:
    """The name of a body that has it in English only, for letters in any language: an English voice says it."""
    return Markup('<span lang="en">{}</span>').format(name)


def init_app(app: Flask) -> None:
    """The same names as filters for the letters' templates: ``{{ _("Ring %(phone)s.", phone=number|as_phone) }}``."""
    for made in (reference, day, day_and_time, clock, phone, phone_number, email, website, pounds, english_name):
        app.jinja_env.filters[f"as_{made.__name__}"] = made
