"""Staff page: how long callers wait on the phone, said on the pages of tenants until a time of this day."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import Field
from wtforms.validators import StopValidation

from app.caseload import words
from app.caseload.days import clock_as_typed, clock_from, moment_from
from app.cases.clock import LONDON
from app.extensions import db, start_writing
from app.journeys.fields import Line
from app.journeys.forms import QuestionForm
from app.landlords.standards import current_landlord
from app.notices import waiting
from app.staff.doors import acting_staff_member, keep_private, require_staff
from app.staff.roles import may

AT_FIRST = timedelta(hours=2)

waiting_desk = Blueprint("waiting_desk", __name__, url_prefix="/staff/waiting-time")
waiting_desk.before_request(require_staff)
waiting_desk.after_request(keep_private)


@waiting_desk.context_processor
def names_for_templates() -> dict[str, Any]:
    return {"words": words, "may": lambda act: may(act, acting_staff_member())}


class WaitingTimeForm(QuestionForm):
    """``now`` is the moment at which it is read: the time typed is one of this day."""

    minutes = Line(
        _l("How many minutes do callers wait now?"),
        needed=_l("Enter a number of minutes"),
        classes="govuk-input--width-3",
        inputmode="numeric",
        autocomplete="off",
    )
    until = Line(
        _l("Until what time today do we say it?"),
        hint=_l("Such as 11:30 or 17:00. Then it goes away by itself."),
        needed=_l("Enter a time of day, such as 17:00"),
        classes="govuk-input--width-5",
        autocomplete="off",
    )

    def __init__(self, now: datetime, **kwargs: Any) -> None:
        self.now = now
        super().__init__(landlord=current_landlord(), answers={}, meta={"csrf": False}, **kwargs)

    def validate_minutes(self, field: Field) -> None:
        typed = field.data or ""
        if not (typed.isascii() and typed.isdecimal() and waiting.LEAST <= int(typed[:9]) <= waiting.MOST):
            raise StopValidation(_("Enter a number from %(least)s to %(most)s", least=waiting.LEAST, most=waiting.MOST))

    def validate_until(self, field: Field) -> None:
        if clock_from(field.data) is None:
            raise StopValidation(_("Enter a time of day, such as 17:00"))
        if self.until_at is None or not self.now < self.until_at <= self.now + waiting.LONGEST:
            raise StopValidation(_("Enter a time later today, twelve hours from now at most"))

    @property
    def until_at(self) -> datetime | None:
        clock = clock_from(self.until.data)
        return moment_from(self.now.astimezone(LONDON).date(), clock) if clock else None


@waiting_desk.get("")
def see_the_waiting_time() -> ResponseReturnValue:
    now = datetime.now(UTC)
    return _page(WaitingTimeForm(now, formdata=None, data={"until": clock_as_typed(_usual_end(now).time())}), now)


@waiting_desk.post("")
def say_the_waiting_time() -> ResponseReturnValue:
    _only_who_says_it()
    now = datetime.now(UTC)
    form = WaitingTimeForm(now)
    if not form.validate():
        return _page(form, now, 422)
    who, until = acting_staff_member().email, form.until_at
    assert until is not None
    start_writing()
    waiting.set_waiting_time(int(form.minutes.data), until, who, now)
    db.session.commit()
    return _back(_("Tenants read it beside our phone number while our lines are open."))


@waiting_desk.post("/end")
def end_the_waiting_time() -> ResponseReturnValue:
    _only_who_says_it()
    start_writing()
    was_said = waiting.end(datetime.now(UTC))
    db.session.commit()
    return _back(_("Tenants do not read it any more.") if was_said else _("It was over already."))


def _only_who_says_it() -> None:
    if not may("write_notices", acting_staff_member()):
        abort(403)


def _usual_end(now: datetime) -> datetime:
    """Two hours from now, or when the lines close; before midnight."""
    local = now.astimezone(LONDON)
    closes = datetime.combine(local.date(), current_landlord().hours.closes, LONDON)
    soon = (local + AT_FIRST).replace(second=0, microsecond=0)
    last = local.replace(hour=23, minute=59, second=0, microsecond=0)
    return min(soon, closes if closes > local else last, last)


def _page(form: WaitingTimeForm, now: datetime, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "caseload/waiting_time.html",
        form=form,
        current=waiting.current(now),
        earlier=waiting.earlier(),
        minutes_words=lambda number: ngettext("%(num)s minute", "%(num)s minutes", number),
    )
    return page, status


def _back(done: str) -> ResponseReturnValue:
    flash(done, "done")
    return redirect(url_for(".see_the_waiting_time"), 303)
