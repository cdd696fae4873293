"""The contact log: how a contact came, and what ``cases record`` is given of it."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from babel import Locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField

from app.caseload.kinds import JOURNEYS, asks_safe_ways
from app.caseload.shape_of_record import NotThis, moment
from app.caseload.words import CHANNELS, KINDS, language_name
from app.cases.clock import LONDON
from app.journeys.fields import Choice, Line, Pick
from app.journeys.forms import QuestionForm
from app.landlords.shapes import Landlord
from app.languages.sorting import in_order
from app.letters.answers import QUESTIONS
from app.reception.answers import sorted_out
from app.tenants.models import WAYS

BY_HAND = tuple(channel for channel in CHANNELS if channel != "web")  # the web form records itself
EVERY_WAY = {"safe_ways": WAYS}  # so that questions that offer only what is safe offer all, and a colleague chooses
LEFT_OUT = frozenset({"letter-language"})  # what the person speaks or writes is asked at the top
CLOCKS_DIFFER = timedelta(minutes=5)
EARLIEST_YEAR = 2000
_TIME = re.compile(r"(\d{1,2})(?:[:. ]?(\d\d))?\s*(am|pm|a\.m\.|p\.m\.)?", re.IGNORECASE)
_SHORT = Locale("en")


class HowItCame(QuestionForm):
    """By which way, to whom, when, in which language. ``came_id`` tells a second press of the button from a first."""

    came_by = Choice(
        _l("How it came"),
        [Pick(channel, CHANNELS[channel]) for channel in BY_HAND],
        needed=_l("Choose how it came"),
    )
    came_to = Choice(
        _l("Who it was sent to"),
        [
            Pick("team", _l("The team")),
            Pick(
                "colleague",
                _l("A colleague directly"),
                hint=_l("Their own phone, voicemail, email or social media account."),
            ),
        ],
        needed=_l("Choose who it was sent to"),
    )
    came_day = Line(_l("Day"), longest=20)
    came_month = Line(_l("Month"), longest=20)
    came_year = Line(_l("Year"), longest=20)
    came_time = Line(_l("Time"), longest=20, classes="govuk-input--width-5", hint=_l("For example 16:59 or 4:59pm."))
    came_in = SelectField(_l("Language of the person"), validate_choice=False)
    came_id = HiddenField()

    def prepare(self) -> None:
        self.came_in.choices = languages(self.landlord)
        if self.came_in.data is None:
            self.came_in.data = self.landlord.languages[0]

    def begin(self, now: datetime, came_id: str) -> None:
        """What is most likely: just now, by phone, to the team."""
        local = now.astimezone(LONDON)
        self.came_by.data, self.came_to.data, self.came_id.data = "phone", "team", came_id
        self.came_day.data, self.came_month.data, self.came_year.data = map(str, (local.day, local.month, local.year))
        self.came_time.data = local.strftime("%H:%M")

    def validate_came_in(self, field: SelectField) -> None:
        if field.data not in [tag for tag, _name in field.choices]:
            field.errors = [*field.errors, _("Choose a language")]

    def received(self, now: datetime) -> str | None:
        """Local time as ``cases record`` takes it; None, with a mistake beside the field, where it cannot be."""
        day, month, year = (self._part(name) for name in ("came_day", "came_month", "came_year"))
        clock = time_of_day(self.came_time.data or "")
        if clock is None:
            self.came_time.errors = [_("Enter a time, such as 16:59 or 4:59pm")]
        try:
            written = f"{_whole_year(year):04}-{month_number(month):02}-{int(day):02}T{clock or '00:00'}"
            came_at = moment(written)
        except (ValueError, NotThis):
            self.came_day.errors = [_("Enter a real day and time, such as 24 12 2026 and 16:59")]
            return None
        if came_at > now + CLOCKS_DIFFER:
            self.came_day.errors = [_("Enter a day and time that are not still to come")]
        return written if clock and not self.came_day.errors else None

    def _part(self, name: str) -> str:
        return str(self[name].data or "").strip()


def time_of_day(text: str) -> str | None:
    """16:59, 16.59, 1659, 4:59pm and 5 pm → 16:59 and 17:00; None where it is no time."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    half = (found[3] or "").replace(".", "").lower()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif not found[2]:
        return None  # 5 alone may be either half of the day
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def month_number(text: str) -> int:
    """12, Dec and December → 12. Raises ValueError."""
    if text.isdecimal():
        return int(text)
    for number, name in _SHORT.months["format"]["wide"].items():
        if len(text) >= 3 and name.lower().startswith(text.lower()):
            return int(number)
    raise ValueError(text)


def _whole_year(text: str) -> int:
    """26 and 2026 → 2026. Raises ValueError."""
    year = int(text)
    if year < 100:
        return 2000 + year
    if year < EARLIEST_YEAR:
        raise ValueError(text)
    return year


def languages(landlord: Landlord) -> list[tuple[str, str]]:
    """Tag and name: those of our letters first, then whatever else people speak, by name."""
    others = {str(tag) for tag in _SHORT.languages if len(str(tag)) == 2} | {"zh-Hans", "zh-Hant", "ckb"}
    first = [(tag, language_name(tag)) for tag in landlord.languages]
    rest = [(tag, language_name(tag)) for tag in others - {*landlord.languages, "zh"}]
    return first + in_order(rest, lambda pair: pair[1])


class NewContact(HowItCame):
    kind = Choice(_l("What it is"), needed=_l("Choose what it is"))

    def prepare(self) -> None:
        super().prepare()
        self.kind.offer([Pick(kind, KINDS[kind]) for kind in JOURNEYS])


def needed(kind: str, answers: Mapping[str, Any]) -> frozenset[str]:
    """What cannot be left empty. Where a wrong letter can do harm, a colleague asks which ways are safe."""
    is_anonymous = answers.get("stay_anonymous") == "yes"
    found = {"what_happened"} if is_anonymous else {"what_happened", "name"}
    if asks_safe_ways(kind) and not is_anonymous and answers.get("may_contact") != "no":
        found.add("safe_ways")
    return frozenset(found)


def record_of(kind: str, how: HowItCame, received_at: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The object that ``cases record`` reads, of the answers by field. What was left empty is left out."""
    told = sorted_out(given)
    return {
        "kind": kind,
        "channel": how.came_by.data,
        "addressee": how.came_to.data,
        "received_at": received_at,
        "language": how.came_in.data,
        "person": _there(told.person),
        "needs": _there(told.needs),
        # Answers that only lead through the form are not kept.
        "answers": {key: answer for key, answer in _there(told.answers).items() if key in QUESTIONS},
    }


def _there(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "")}
