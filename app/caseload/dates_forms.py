"""What colleagues fill in on a case's page of dates. Each form has a prefix: several stand on one page."""

from datetime import UTC, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, DateTimeLocalField, Field, SelectField
from wtforms.validators import StopValidation

from app.caseload.days import FIRST_YEAR, LAST_YEAR, MOMENTS
from app.caseload.words import language_name, moment_words, short_day
from app.cases.clock import LONDON
from app.cases.models import Case
from app.cases.moving import (
    BEYOND_LIMIT,
    CLOSED_DAY,
    IN_THE_PAST,
    LATE_ALREADY,
    NO_MORE_BEYOND_LIMIT,
    NOT_LATER,
    NOTHING_OPEN,
)
from app.journeys.fields import Choice, Choices, Pick, Text
from app.journeys.forms import QuestionForm
from app.landlords.shapes import Landlord
from app.languages import STAFF_LANGUAGES

WRITTEN = ["%d/%m/%Y", "%d %m %Y", "%d.%m.%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y"]  # ways to write a day
YES_OR_NO = (Pick("yes", _l("Yes")), Pick("no", _l("No")))
CONFIRMED = "confirmed"
AGREED = (
    Pick("yes", _l("Agreed")),
    Pick("no", _l("Did not agree")),
    Pick("not-reached", _l("Not reached, or not asked")),
)


class DatesForm(QuestionForm):
    """A form of this page; its token stands in the page's own ``tokens()``."""

    def __init__(self, case: Case, landlord: Landlord, prefix: str, **kwargs: Any) -> None:
        self.case = case
        super().__init__(landlord=landlord, answers={}, prefix=prefix, meta={"csrf": False}, **kwargs)

    def _offer_languages(self, field: Any) -> None:
        tags = dict.fromkeys((self.case.language, *STAFF_LANGUAGES))
        field.choices = [(tag, language_name(tag)) for tag in tags]
        if field.data not in tags:
            field.data = self.case.language


class WaitForm(DatesForm):
    waiting_for = Text(
        _l("What we need from the tenant"),
        hint=_l("The tenant reads this on the page on which they follow the case."),
        needed=_l("Enter what we need from the tenant"),
        longest=1000,
        rows=3,
    )


class GoOnForm(DatesForm):
    reason = Text(_l("Why we go on (you can leave this empty)"), longest=1000, rows=2)


class MissForm(DatesForm):
    reason = Text(_l("Why it was late"), needed=_l("Enter why it was late"), longest=2000, rows=3)


class MoreTimeForm(DatesForm):
    new_on = DateField(_l("New date"), format=WRITTEN)
    reason = Text(
        _l("Why we need more time"),
        hint=_l("In plain words: the letter says this to the tenant."),
        needed=_l("Enter why we need more time"),
        longest=2000,
        rows=5,
    )
    words_language = SelectField(_l("Language you write in"), validate_choice=False)
    agreed = Choice(
        _l("What the tenant says to the new date"), AGREED, needed=_l("Choose what the tenant says to the new date")
    )
    beyond = Choices(
        _l("Later than the Code gives"),
        [Pick(CONFIRMED, _l("There is a good reason for more time than that, and I agree to it"))],
    )

    def prepare(self) -> None:
        self._offer_languages(self.words_language)

    def without_beyond(self) -> "MoreTimeForm":
        """For a colleague who may not agree to it."""
        del self.beyond
        return self

    @property
    def is_beyond_confirmed(self) -> bool:
        return "beyond" in self and self.beyond.has_chosen(CONFIRMED)

    def validate_new_on(self, field: Field) -> None:
        if field.data is None or not FIRST_YEAR <= field.data.year <= LAST_YEAR:
            field.errors = []  # of the library, in English
            raise StopValidation(_("Enter the new date, such as 4 12 2026"))

    def refuse(self, reasons: tuple[str, ...], limit: datetime | None) -> None:
        """Say at the date why the answer cannot be put off until then."""
        self.new_on.errors = [why_no_more_time(reason, limit) for reason in reasons]


def why_no_more_time(reason: str, limit: datetime | None) -> str:
    """A key of ``cases.moving`` in words. ``limit`` is the last moment that the Code gives."""
    day = short_day(limit.astimezone(LONDON).date()) if limit else ""
    return {
        NOTHING_OPEN: _("No answer is open that could have more time."),
        LATE_ALREADY: _("The answer is late already. It stays late: more time cannot be given any more."),
        IN_THE_PAST: _("Enter a day that is still to come"),
        CLOSED_DAY: _("Enter a day on which we are open"),
        NOT_LATER: _("Enter a day later than the one we gave before"),
        BEYOND_LIMIT: _("Enter a day up to %(day)s. For a later one a manager has to agree to a good reason", day=day),
        NO_MORE_BEYOND_LIMIT: _("Enter a day up to %(day)s: the answer had more time before", day=day),
    }[reason]


class WhenForm(DatesForm):
    """Something happened, maybe before it is written down."""

    when = DateTimeLocalField(_l("When"), format=MOMENTS)

    def __init__(self, case: Case, landlord: Landlord, prefix: str, now: datetime, **kwargs: Any) -> None:
        self.now = now
        usual = {"when": now.astimezone(LONDON).replace(tzinfo=None, second=0, microsecond=0)}
        super().__init__(case, landlord, prefix, data=usual, **kwargs)

    def validate_when(self, field: Field) -> None:
        if field.data is None:
            field.errors = []  # of the library, in English
            raise StopValidation(_("Enter the day and the time, such as 23 11 2026 14:30"))
        if self.moment > self.now:
            raise StopValidation(_("Enter a time that is not in the future"))
        if self.moment < self.case.received_at.replace(second=0, microsecond=0):
            since = moment_words(self.case.received_at)
            raise StopValidation(_("Enter a time after we heard of this: %(when)s", when=since))

    @property
    def moment(self) -> datetime:
        """In UTC; never before the case came in, for the field has no seconds."""
        moment: datetime = self.when.data.replace(tzinfo=LONDON).astimezone(UTC)
        return max(moment, self.case.received_at) if moment.replace(second=59) >= self.case.received_at else moment


class HazardForm(WhenForm):
    hazard = Choice(_l("What may do harm"), needed=_l("Choose what may do harm"))

    def prepare(self) -> None:
        self.when.label.text = _("When we first knew of it")
        self.hazard.offer([Pick(one.key, _(one.label)) for one in self.landlord.hazards])


class MadeSafeForm(WhenForm):
    has_appointment = Choice(
        _l("Is there an appointment for the repair?"),
        YES_OR_NO,
        needed=_l("Choose whether there is an appointment for the repair"),
    )

    def prepare(self) -> None:
        self.when.label.text = _("When the home was made safe")


class InvestigatedForm(WhenForm):
    is_hazard = Choice(
        _l("Is there a hazard?"),
        (Pick("yes", _l("Yes: it may do harm")), Pick("no", _l("No"))),
        needed=_l("Choose whether there is a hazard"),
    )
    finding = Text(
        _l("What was found, and why we think so"),
        hint=_l("In plain words: the letter to the tenant begins with this."),
        needed=_l("Enter what was found"),
        longest=5000,
        rows=5,
    )
    needs = Choices(
        _l("What is needed"),
        (
            Pick("safety-work", _l("Work that makes the home safe")),
            Pick("further-work", _l("More work, so that it does not come back")),
        ),
    )

    def prepare(self) -> None:
        self.when.label.text = _("When the investigation ended")


class SummaryForm(DatesForm):
    finding = Text(_l("What was found"), needed=_l("Enter what was found"), longest=5000, rows=6)
    work = Text(
        _l("What we will do (empty where nothing is needed)"),
        hint=_l("The letter adds the dates of the law."),
        longest=5000,
        rows=5,
    )
    words_language = SelectField(_l("Language you write in"), validate_choice=False)

    def prepare(self) -> None:
        self._offer_languages(self.words_language)
