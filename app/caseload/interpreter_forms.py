"""What colleagues fill in for an interpreter: that one is needed, the booking, what came of it; and translations."""

import re
from datetime import UTC, date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from app.caseload.days import as_typed, clock_as_typed, clock_from, day_from, moment_from
from app.caseload.interpreter_words import FAILURES, PURPOSES, WAYS, WITHDRAWALS
from app.caseload.interpreters import usual_way
from app.cases.clock import LONDON
from app.interpreters.asking import Wish, service_for
from app.interpreters.booking import Booking, purpose_of
from app.interpreters.models import COLLEAGUE, PREFERENCES, InterpreterRequest
from app.journeys.fields import Choice, Line, Pick, Text
from app.journeys.forms import QuestionForm
from app.landlords.standards import current_landlord
from app.reception.needs_forms import LONGEST_INTERPRETER_LANGUAGE, WhoInterprets

MET, FAILED, WITHDRAW = "met", "failed", "withdraw"
DONE, DROPPED = "done", "dropped"
WEB_ADDRESS = re.compile(r"https://[^\s/]+\.[^\s]+")
UNTIED = ("call", "meeting")  # a visit has a letter of its own, and may have to be agreed first
OF_VISITS = _l("For a visit an interpreter is asked for by itself, when you arrange the visit.")
TO_BOOK = ("phone", "video", "in-person")


def _picks(words: dict[str, str], keys: tuple[str, ...] = ()) -> list[Pick]:
    return [Pick(key, words[key]) for key in keys or words]


class _WhereAsked(Choice):
    """A choice that may stand open, until another answer makes it ``needed``."""

    def pre_validate(self, form: Any) -> None:
        if self.needed or self.data:
            super().pre_validate(form)


class _DeskForm(QuestionForm):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(landlord=current_landlord(), answers={}, meta={"csrf": False}, **kwargs)


class AskForm(_DeskForm):
    language = Line(
        _l("Language of the interpreter"),
        hint=_l("For example: Polish, or British Sign Language."),
        needed=_l("Enter the language of the interpreter"),
        longest=LONGEST_INTERPRETER_LANGUAGE,
    )
    way = Choice(_l("How the interpreter takes part"), _picks(WAYS), needed=_l("Choose how they take part"))
    purpose = Choice(
        _l("What it is for"),
        _picks(PURPOSES, UNTIED),
        hint=OF_VISITS,
        needed=_l("Choose what it is for"),
    )
    prefers = WhoInterprets()
    wished_for = Line(_l("When it suits the tenant"), hint=_l("In words. You can leave it empty."), longest=500)

    @property
    def wish(self) -> Wish:
        """Validate first."""
        prefers = self.prefers.data if self.prefers.data in PREFERENCES else None
        return Wish(
            self.language.data,
            COLLEAGUE,
            self.way.data,
            self.purpose.data,
            self.wished_for.data or None,
            prefers=prefers,
        )


class BookForm(_DeskForm):
    service = Line(_l("Who interprets"), hint=_l("The firm."), needed=_l("Enter who interprets"), longest=200)
    reference = Line(_l("Reference of the booking"), hint=_l("As the firm gave it."), longest=100)
    way = Choice(
        _l("How the interpreter takes part"),
        _picks(WAYS, TO_BOOK),
        needed=_l("Choose how they take part"),
        reveals={"video": "joining"},
    )
    joining = Line(
        _l("Web address of the talk by video"),
        hint=_l("The tenant opens it to talk with us. It stands in their letter."),
        longest=500,
        direction="ltr",
        spellcheck=False,
    )
    purpose = Choice(_l("What it is for"), _picks(PURPOSES, UNTIED), hint=OF_VISITS, needed=_l("Choose what it is for"))
    day = Line(
        _l("Day"),
        hint=_l("Day, month and year, such as 4 12 2026."),
        needed=_l("Enter the day"),
        classes="govuk-input--width-10",
    )
    begins = Line(
        _l("From"), hint=_l("Such as 9:30 or 2pm."), needed=_l("Enter when it begins"), classes="govuk-input--width-5"
    )
    ends = Line(_l("Until"), needed=_l("Enter when it ends"), classes="govuk-input--width-5")

    def __init__(self, request: InterpreterRequest, **kwargs: Any) -> None:
        self.request = request
        super().__init__(**kwargs)

    def prepare(self) -> None:
        if self.request.appointment_id or self.request.call_back_id:
            del self.purpose
        if self.way.data == "video" and not self.request.appointment_id:
            self.joining.needed = _("Enter the web address at which the tenant joins")

    def begin(self) -> None:
        """With what is known: the firm of the policy, the time of the visit or the call, what was booked before."""
        one = self.request
        self.service.data = one.service or service_for(one.language, current_landlord())
        self.reference.data = "" if one.has_moved else one.booking or ""
        self.way.data = usual_way(one)
        self.joining.data = "" if one.has_moved else one.joining or ""
        if "purpose" in self:
            self.purpose.data = one.purpose
        begins = one.needed_at if one.has_moved or one.begins_at is None else one.begins_at
        if begins is None:
            return
        local = begins.astimezone(LONDON)
        self.day.data, self.begins.data = as_typed(local.date()), clock_as_typed(local.time())
        ends = one.appointment.ends_at if one.appointment else (None if one.has_moved else one.ends_at)
        if ends:
            self.ends.data = clock_as_typed(ends.astimezone(LONDON).time())

    def validate_day(self, field: Line) -> None:
        if day_from(field.data) is None:
            raise ValidationError(_("Enter a day, such as 4 12 2026"))

    def validate_joining(self, field: Line) -> None:
        if not WEB_ADDRESS.fullmatch(field.data or ""):
            raise ValidationError(_("Enter a web address that begins with https://"))

    def validate_begins(self, field: Line) -> None:
        self._must_be_a_time(field)

    def validate_ends(self, field: Line) -> None:
        self._must_be_a_time(field)
        begins = clock_from(self.begins.data)
        ends = clock_from(field.data)
        if begins and ends and ends <= begins:
            raise ValidationError(_("Enter a time after the beginning"))

    def _must_be_a_time(self, field: Line) -> None:
        clock, day = clock_from(field.data), day_from(self.day.data)
        if clock is None or (day and moment_from(day, clock) is None):
            raise ValidationError(_("Enter a time, such as 9:30 or 2pm"))

    @property
    def booking(self) -> Booking:
        """Validate first."""
        return Booking(
            service=self.service.data,
            reference=self.reference.data or "",
            begins=self._moment(self.begins.data),
            ends=self._moment(self.ends.data),
            way=self.way.data,
            joining=(self.joining.data or "") if self.way.data == "video" else "",
            purpose=self.purpose.data if "purpose" in self else purpose_of(self.request),
        )

    def _moment(self, clock: str) -> datetime:
        day, time = day_from(self.day.data), clock_from(clock)
        assert isinstance(day, date)
        assert time is not None
        return moment_from(day, time) or datetime.combine(day, time, UTC)


class OutcomeForm(_DeskForm):
    what = Choice(
        _l("What came of it"),
        [
            Pick(
                MET,
                _l("The interpreter was there"),
                hint=_l("Also where you rang one at once, without a booking."),
            ),
            Pick(FAILED, _l("There was no interpreter")),
            Pick(WITHDRAW, _l("None is needed")),
        ],
        needed=_l("Choose what came of it"),
        reveals={FAILED: ("failure", "again"), WITHDRAW: "withdrawal"},
    )
    failure = _WhereAsked(_l("Why there was none"), _picks(FAILURES))
    withdrawal = _WhereAsked(_l("Why none is needed"), _picks(WITHDRAWALS))
    again = _WhereAsked(
        _l("If there was none: do we look for another one?"), [Pick("yes", _l("Yes")), Pick("no", _l("No"))]
    )
    note = Text(_l("Note"), hint=_l("For colleagues. You can leave it empty."), rows=2, longest=1000)

    def prepare(self) -> None:
        if self.what.data == FAILED:
            self.failure.needed = _("Choose why there was none")
            self.again.needed = _("Choose whether we look for another one")
        if self.what.data == WITHDRAW:
            self.withdrawal.needed = _("Choose why none is needed")


class WantForm(_DeskForm):
    what = Line(
        _l("What came in"),
        hint=_l("Which letter, message or file, such as: their letter of 4 December."),
        needed=_l("Enter what came in"),
        longest=500,
    )
    from_language = Line(
        _l("Language it is written in"),
        needed=_l("Enter the language"),
        longest=LONGEST_INTERPRETER_LANGUAGE,
    )


class TranslatedForm(_DeskForm):
    came_of_it = Choice(
        _l("What came of it"),
        [Pick(DONE, _l("It is translated")), Pick(DROPPED, _l("It is not translated after all"))],
        needed=_l("Choose what came of it"),
    )
    translated_by = Line(_l("Who translated it"), hint=_l("A person or a firm."), longest=200)
    words = Text(_l("The words in English, or why it is not translated"), needed=_l("Enter the words"), rows=10)

    def prepare(self) -> None:
        if self.came_of_it.data == DONE:
            self.translated_by.needed = _("Enter who translated it")
