"""Staff pages: whose needs are to be asked again, and one tenant's."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from app.caseload import needs_reviews
from app.caseload.answer_routes import went_out
from app.caseload.days import as_typed, day_from
from app.caseload.routes import back_to, case_page, caseload, held, looked_at
from app.caseload.words import short_day
from app.cases.clock import LONDON
from app.cases.models import Case
from app.extensions import db
from app.journeys.fields import Line
from app.journeys.forms import QuestionForm
from app.landlords.standards import current_landlord
from app.letters.about_you import needs_told
from app.reception.going_out import NoWay
from app.staff.doors import acting_staff_member
from app.staff.roles import may, may_read_restricted

HERE = "caseload.see_a_needs_review"


class AskForm(QuestionForm):
    answer_by = Line(
        _l("By when they answer"),
        hint=_l("Day, month and year, such as 4 12 2026. Who does not answer says that all is still right."),
        needed=_l("Enter by when they answer"),
        classes="govuk-input--width-10",
    )

    def __init__(self, now: datetime, **kwargs: Any) -> None:
        self.today = now.astimezone(LONDON).date()
        super().__init__(landlord=current_landlord(), answers={}, meta={"csrf": False}, **kwargs)

    def prepare(self) -> None:
        if self.answer_by.data is None:
            self.answer_by.data = as_typed(self.today + timedelta(days=needs_reviews.USUAL_DAYS))

    def validate_answer_by(self, field: Line) -> None:
        day = day_from(field.data)
        if day is None or day <= self.today:
            raise ValidationError(_("Enter a day that is still to come, such as 4 12 2026"))


@caseload.get("/needs-reviews")
def see_needs_reviews() -> ResponseReturnValue:
    colleague, today = acting_staff_member(), _today()
    sees = may_read_restricted(colleague)
    found = needs_reviews.due(today, colleague.id, sees_restricted=sees, after=_place(request.args.get("after")))
    rows, more = found[: needs_reviews.AT_ONCE], found[needs_reviews.AT_ONCE :]
    return render_template(
        "caseload/needs_reviews.html",
        rows=rows,
        more=_written(rows[-1].place) if more else None,
        today_is=today,
        may_work=may("keep_needs", colleague),
    )


@caseload.get("/cases/<reference>/needs-review")
def see_a_needs_review(reference: str) -> ResponseReturnValue:
    return _page(looked_at(reference), AskForm(datetime.now(UTC), formdata=None))


@caseload.post("/cases/<reference>/needs-review/letter")
def ask_about_needs(reference: str) -> ResponseReturnValue:
    _only_who_keeps_needs()
    case, now = held(reference), datetime.now(UTC)
    form = AskForm(now)
    answer_by = day_from(form.answer_by.data)
    if not form.validate() or answer_by is None:
        return _page(case, form, 422)
    try:
        way = needs_reviews.ask(case, answer_by, now, acting_staff_member().email)
    except NoWay:
        form.answer_by.errors = [_("We have no address that is safe for a letter. Ask them on the phone")]
        return _page(case, form, 422)
    db.session.commit()
    return back_to(HERE, case, went_out(way))


@caseload.post("/cases/<reference>/needs-review/still-right")
def say_that_needs_are_still_right(reference: str) -> ResponseReturnValue:
    _only_who_keeps_needs()
    case = held(reference)
    next_on = needs_reviews.still_right(case, datetime.now(UTC), acting_staff_member().email)
    db.session.commit()
    return back_to(HERE, case, _("Recorded: all is still right. We ask again on %(day)s.", day=short_day(next_on)))


def _only_who_keeps_needs() -> None:
    if not may("keep_needs", acting_staff_member()):
        abort(403)


def _today() -> date:
    return datetime.now(UTC).astimezone(LONDON).date()


def _place(written: str | None) -> needs_reviews.Place | None:
    """Where the page before ended, as the address has it: 2026-11-22.17"""
    if not written:
        return None
    day, _dot, case_id = written.partition(".")
    if not (case_id.isascii() and case_id.isdecimal() and len(case_id) < 10):  # more than a database counts to
        abort(404)
    try:
        return date.fromisoformat(day), int(case_id)
    except ValueError:
        abort(404)


def _written(place: needs_reviews.Place) -> str:
    return f"{place[0].isoformat()}.{place[1]}"


def _page(case: Case, form: AskForm, status: int = 200) -> ResponseReturnValue:
    review = needs_reviews.review_of(case)
    return case_page(
        "caseload/needs_review.html",
        case,
        status,
        form=form,
        review=review,
        state=review.state(_today()),
        told=needs_told(case.tenant.needs, case.language),
        today_is=_today(),
    )
