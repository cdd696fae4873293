"""Absences: one's own, and for those who give out work everybody's (L14)."""

from datetime import UTC, datetime
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import ValidationError

from app.caseload.cover import give_to_deputies, what_waits
from app.caseload.days import day_from
from app.caseload.routes import caseload
from app.cases.handlers import handler_away
from app.cases.models import Case
from app.extensions import db, start_writing
from app.languages.times import day_words
from app.staff.absences import WrongAbsence, cancel_absence, day_of, record_absence
from app.staff.actions import active_staff
from app.staff.doors import acting_staff_member
from app.staff.models import Absence, StaffMember
from app.staff.roles import may, may_work_on_cases


def _number(text: Any) -> int | None:
    return int(text) if str(text or "").isdecimal() else None


class AbsenceForm(FlaskForm):
    """``colleague`` is there for those only who record other people's."""

    colleague = SelectField(_l("Who is away"), coerce=_number, validate_choice=False)
    away_from_on = StringField(_l("First day away"))
    back_on = StringField(_l("First day back at work"))
    deputy = SelectField(_l("Deputy: who works for them meanwhile"), coerce=_number, validate_choice=False)

    def __init__(self, me: StaffMember, **kwargs: Any) -> None:
        super().__init__(data={"colleague": me.id}, **kwargs)
        workers = [one for one in active_staff() if may_work_on_cases(one)]
        self.colleague.choices = [(one.id, one.name) for one in workers]
        self.deputy.choices = [("", _("Nobody")), *((one.id, one.name) for one in workers)]
        if not may("manage_absences", me):
            del self.colleague

    def _must_be_a_day(self, field: StringField) -> None:
        if day_from(field.data) is None:
            raise ValidationError(_("Enter a day, such as 4 12 2026"))

    validate_away_from_on = _must_be_a_day
    validate_back_on = _must_be_a_day

    def validate_deputy(self, field: SelectField) -> None:
        if field.data not in [value or None for value, _name in field.choices]:
            raise ValidationError(_("Choose a deputy"))

    def validate_colleague(self, field: SelectField) -> None:
        if field.data not in [value for value, _name in field.choices]:
            raise ValidationError(_("Choose who is away"))


@caseload.context_processor
def who_is_away() -> dict[str, Any]:
    return {"handler_away": lambda case: _away(case), "day_words": day_words}


def _away(case: Case) -> Any:
    return handler_away(case, datetime.now(UTC))


@caseload.get("/absences")
def see_absences() -> ResponseReturnValue:
    return _page(AbsenceForm(acting_staff_member(), formdata=None))


def _page(form: AbsenceForm) -> ResponseReturnValue:
    me = acting_staff_member()
    sees_all = may("manage_absences", me) or may("see_access", me)
    page = render_template(
        "caseload/absences.html",
        form=form,
        me=me,
        rows=what_waits(datetime.now(UTC), None if sees_all else me.id),
        manages=may("manage_absences", me),
        sees_all=sees_all,
        may_work=may_work_on_cases(me),
    )
    return page, 422 if form.errors else 200


@caseload.post("/absences")
def record_an_absence() -> ResponseReturnValue:
    me = acting_staff_member()
    form = AbsenceForm(me)
    if not form.validate_on_submit():
        return _page(form)
    who_id, email = (form.colleague.data if "colleague" in form else me.id), me.email
    away_from_on, back_on = day_from(form.away_from_on.data), day_from(form.back_on.data)
    assert away_from_on is not None
    assert back_on is not None
    start_writing()
    colleague = db.session.get_one(StaffMember, who_id)
    deputy = db.session.get(StaffMember, form.deputy.data) if form.deputy.data else None
    try:
        record_absence(colleague, away_from_on, back_on, deputy, datetime.now(UTC), email)
    except WrongAbsence as wrong:
        db.session.rollback()
        form[wrong.field].errors = [wrong.words]
        return _page(form)
    db.session.commit()
    flash(_("Recorded: %(name)s is back on %(day)s.", name=colleague.name, day=day_words(back_on)), "done")
    return redirect(url_for(".see_absences"), 303)


def _held(absence_id: int) -> Absence:
    """An absence that this colleague may change: their own, or anybody's for whoever manages them."""
    me = acting_staff_member()
    my_id, manages = me.id, may("manage_absences", me)
    start_writing()
    absence = db.session.get(Absence, absence_id, with_for_update=True) or abort(404)
    if absence.staff_member_id != my_id and not manages:
        abort(403)
    return absence


@caseload.post("/absences/<int:absence_id>/cancel")
def cancel_an_absence(absence_id: int) -> ResponseReturnValue:
    who = acting_staff_member().email
    absence = _held(absence_id)
    cancel_absence(absence, datetime.now(UTC), who)
    db.session.commit()
    flash(_("The absence is cancelled."), "done")
    return redirect(url_for(".see_absences"), 303)


@caseload.post("/absences/<int:absence_id>/give")
def give_to_the_deputy(absence_id: int) -> ResponseReturnValue:
    who = acting_staff_member().email
    absence = _held(absence_id)
    now = datetime.now(UTC)
    if absence.cancelled_at is not None or absence.back_on <= day_of(now):
        abort(409)  # no page offers it
    given = give_to_deputies(absence, now, who)
    db.session.commit()
    for name, number in given.by_name.items():
        flash(
            ngettext("%(name)s has %(num)s case more.", "%(name)s has %(num)s cases more.", number, name=name), "done"
        )
    if given.left:
        flash(
            ngettext(
                "%(num)s case stays where it is: no deputy may deal with it. Give it to somebody by hand.",
                "%(num)s cases stay where they are: no deputy may deal with them. Give them to somebody by hand.",
                given.left,
            ),
            "problem",
        )
    return redirect(url_for(".see_absences"), 303)
