"""Fields of the forms of notices: words in one language, and moments as London's clocks show them."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.caseload.days import clock_from, day_from, moment_from
from app.journeys.fields import Line, Text
from app.journeys.forms import QuestionForm
from app.landlords.standards import current_landlord
from app.languages import LANGUAGES

DAY = _l("Day, month and year, such as 4 12 2026")
CLOCK = _l("Such as 8:30 or 17:00")


class NoticesForm(QuestionForm):
    """The page checks the token."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(landlord=current_landlord(), answers={}, meta={"csrf": False}, **kwargs)

    def say(self, name: str, words: str) -> None:
        """That a field is wrong, where the rules of notices and not the form found it."""
        self[name].errors = [*self[name].errors, words]

    def moment(self, name: str) -> datetime | None:
        """Of the fields ``<name>_on`` and ``<name>_clock``; None where they say none."""
        on, at = day_from(self[f"{name}_on"].data), clock_from(self[f"{name}_clock"].data)
        return moment_from(on, at) if on and at else None

    def check_moment(self, name: str, *, is_needed: bool) -> None:
        day, clock = self[f"{name}_on"], self[f"{name}_clock"]
        if not (is_needed or day.data or clock.data):
            return
        on, at = day_from(day.data), clock_from(clock.data)
        if on is None:
            self.say(day.name, _("Enter a day, such as 4 12 2026"))
        if at is None:
            self.say(clock.name, _("Enter a time of day, such as 8:30"))
        if on and at and moment_from(on, at) is None:
            self.say(clock.name, _("There is no such time on this day: the clocks go forward. Enter another one"))


class _InLanguage:
    """A field whose words are in one language: ``lang`` tells browsers which spelling to check."""

    def __init__(self, label: Any, *, tag: str, **kwargs: Any) -> None:
        self.tag = tag
        super().__init__(label, direction=LANGUAGES[tag].direction, **kwargs)  # type: ignore[call-arg]  # the field beside it

    def _parameters(self, heading: str | None, revealed: dict[str, Any]) -> dict[str, Any]:
        params: dict[str, Any] = super()._parameters(heading, revealed)  # type: ignore[misc]
        return {**params, "attributes": {**params["attributes"], "lang": self.tag}}


class LineIn(_InLanguage, Line):
    pass


class TextIn(_InLanguage, Text):
    pass


def day_field(label: Any) -> Line:
    return Line(label, hint=DAY, classes="govuk-input--width-10", autocomplete="off")


def clock_field(label: Any) -> Line:
    return Line(label, hint=CLOCK, classes="govuk-input--width-5", autocomplete="off")
