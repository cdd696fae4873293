"""What colleagues fill in on a case's page of needs."""

from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField

from app.caseload.dates_forms import WRITTEN
from app.caseload.words import FORMATS, WAYS, language_name
from app.cases.clock import LONDON
from app.cases.models import Case
from app.landlords.shapes import Landlord
from app.languages import LANGUAGES
from app.tenants.actions import next_review
from app.tenants.models import (
    FEWEST_CELLS,
    FEWEST_LINES,
    LARGEST_LARGE_PRINT,
    MOST_CELLS,
    MOST_LINES,
    SMALLEST_LARGE_PRINT,
)
from app.tenants.words import typed, typed_line

PAPERS = {"white": _l("White"), "yellow": _l("Yellow"), "cream": _l("Cream"), "blue": _l("Blue")}
RATES = {"slow": _l("Slow"), "usual": _l("As usual"), "fast": _l("Fast")}
GRADES = {"1": _l("Grade 1: every letter written out"), "2": _l("Grade 2: many words shortened")}
MESSAGES = {"": _l("Nobody asked"), "yes": _l("May be left"), "no": _l("Do not leave any")}
CONSENT = {"yes": _l("Yes, the tenant agreed"), "no": _l("No: use them for this case only")}
TOLD_BY = {
    "tenant": _l("The tenant told us"),
    "representative": _l("Somebody who may speak for the tenant told us"),
    "colleague": _l("A colleague noticed it"),
}
LONGEST_SAFE_TIMES, LONGEST_INTERPRETER_LANGUAGE = 1000, 100
LATEST_REVIEW = timedelta(days=3 * 366)


class NeedsForm(FlaskForm):
    letter_format = SelectField(_l("Format of letters"), validate_choice=False)
    language = SelectField(_l("Language of letters"), validate_choice=False)
    point_size = SelectField(_l("Size of large print, in points"), validate_choice=False)
    paper_colour = SelectField(_l("Colour of the paper"), validate_choice=False)
    speaking_rate = SelectField(_l("How fast recordings speak"), validate_choice=False)
    braille_grade = SelectField(_l("Grade of braille"), validate_choice=False)
    braille_cells = IntegerField(_l("Cells in a line of braille"))
    braille_lines = IntegerField(_l("Lines on a page of braille"))
    contact_channel = SelectField(_l("Best way to answer"), validate_choice=False)
    safe_ways = SelectMultipleField(_l("Safe ways"), validate_choice=False)
    may_leave_messages = SelectField(_l("Messages on the phone"), validate_choice=False)
    safe_times = TextAreaField(_l("When it is safe and easy to contact the tenant"))
    interpreter_language = StringField(_l("Language of the interpreter"))
    has_consent = SelectField(_l("May we keep these needs?"), validate_choice=False)
    review_on = DateField(_l("Ask again on"), format=WRITTEN)
    told_by = SelectField(_l("How we know"), validate_choice=False)

    def __init__(self, case: Case, landlord: Landlord, now: datetime, **kwargs: Any) -> None:
        self.case, self.today = case, now.astimezone(LONDON).date()
        super().__init__(data=_as_known(case, now), **kwargs)
        needs, sizes = case.tenant.needs, range(SMALLEST_LARGE_PRINT, LARGEST_LARGE_PRINT + 1)
        self.letter_format.choices = list(FORMATS.items())
        tags = dict.fromkeys((case.language, *(tag for tag in landlord.languages if tag in LANGUAGES)))
        self.language.choices = [(tag, language_name(tag)) for tag in tags]
        self.point_size.choices = [(str(size), str(size)) for size in sizes if not size % 2 or size == needs.point_size]
        self.told_by.choices = [("", _("Choose one")), *TOLD_BY.items()]
        for field, words in (
            (self.paper_colour, PAPERS), (self.speaking_rate, RATES), (self.braille_grade, GRADES),
            (self.contact_channel, WAYS), (self.safe_ways, WAYS), (self.may_leave_messages, MESSAGES),
            (self.has_consent, CONSENT),
        ):  # fmt: skip
            field.choices = list(words.items())

    def is_right(self) -> bool:
        """Every mistake in words of ours; the library's, which are in English, are replaced."""
        self.validate()
        asked = [field for field in self if field.name != "csrf_token"]
        for field in asked:
            message = self._mistake(field.name)
            field.errors = [message] if message else []
        return not any(field.errors for field in asked)

    def _mistake(self, name: str) -> str | None:
        field = self[name]
        match name:
            case "braille_cells" if not FEWEST_CELLS <= (field.data or 0) <= MOST_CELLS:
                return _("Enter a number from %(least)s to %(most)s", least=FEWEST_CELLS, most=MOST_CELLS)
            case "braille_lines" if not FEWEST_LINES <= (field.data or 0) <= MOST_LINES:
                return _("Enter a number from %(least)s to %(most)s", least=FEWEST_LINES, most=MOST_LINES)
            case "safe_times" if len(field.data or "") > LONGEST_SAFE_TIMES:
                return _("Make this shorter: %(most)s characters at most", most=LONGEST_SAFE_TIMES)
            case "interpreter_language" if len(field.data or "") > LONGEST_INTERPRETER_LANGUAGE:
                return _("Make this shorter: %(most)s characters at most", most=LONGEST_INTERPRETER_LANGUAGE)
            case "review_on" if field.data is None or not self.today < field.data <= self.today + LATEST_REVIEW:
                return _("Enter a day in the next three years, such as 23 11 2027")
            case "contact_channel":
                return self._wrong_way()
            case "told_by" if field.data not in TOLD_BY:
                return _("Choose how we know")
        return self._not_offered(name)

    def _not_offered(self, name: str) -> str | None:
        field = self[name]
        if not isinstance(field, SelectField) or isinstance(field, SelectMultipleField):
            return None
        return None if field.data in dict(field.choices) else _("Choose one")

    def _wrong_way(self) -> str | None:
        way = self.contact_channel.data
        if way not in WAYS:
            return _("Choose one")
        if way not in (self.safe_ways.data or []) and self.safe_ways.data:
            return _("Choose a way that is safe")
        if way == "email" and not self.case.tenant.email:
            return _("We have no email address of this tenant")
        if way == "phone" and not self.case.tenant.phone:
            return _("We have no phone number of this tenant")
        return None

    def wanted(self) -> dict[str, Any]:
        """By column of CommunicationNeeds."""
        chosen = [way for way in WAYS if way in (self.safe_ways.data or [])]
        was_never_asked = self.case.tenant.needs.safe_ways is None and len(chosen) == len(WAYS)
        return {
            "letter_format": self.letter_format.data,
            "point_size": int(self.point_size.data),
            "paper_colour": self.paper_colour.data,
            "speaking_rate": self.speaking_rate.data,
            "braille_grade": int(self.braille_grade.data),
            "braille_cells": self.braille_cells.data,
            "braille_lines": self.braille_lines.data,
            "contact_channel": self.contact_channel.data,
            "safe_ways": None if was_never_asked else chosen,
            "may_leave_messages": {"yes": True, "no": False}.get(self.may_leave_messages.data),
            "safe_times": typed(self.safe_times.data),
            "interpreter_language": typed_line(self.interpreter_language.data),
            "has_consent": self.has_consent.data == "yes",
            "review_on": self.review_on.data,
        }


def _as_known(case: Case, now: datetime) -> dict[str, Any]:
    needs = case.tenant.needs
    messages = "" if needs.may_leave_messages is None else "yes" if needs.may_leave_messages else "no"
    names = (
        "letter_format", "paper_colour", "speaking_rate", "braille_cells", "braille_lines", "contact_channel",
        "safe_times", "interpreter_language",
    )  # fmt: skip
    review_on = needs.review_on if needs.review_on and needs.review_on > now.astimezone(LONDON).date() else None
    return {
        **{name: getattr(needs, name) for name in names},
        "language": case.language,
        "point_size": str(needs.point_size),
        "braille_grade": str(needs.braille_grade),
        "safe_ways": list(WAYS) if needs.safe_ways is None else needs.safe_ways,
        "may_leave_messages": messages,
        "has_consent": "yes" if needs.has_consent else "no",
        "review_on": review_on or next_review(now),
    }
