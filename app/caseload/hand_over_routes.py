"""Handing a case over to a named colleague, and the list of those who still have to get in touch."""

from datetime import UTC, date, datetime, time
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import ValidationError

from app.caseload import actions, hand_overs
from app.caseload.answer_routes import went_out
from app.caseload.complaint_words import AGAINST
from app.caseload.forms import may_be_given
from app.caseload.routes import back, case_page, caseload, held, looked_at
from app.caseload.words import moment_words, short_day
from app.cases.actions import NotIndependent
from app.cases.clock import LONDON
from app.cases.models import Case
from app.extensions import db
from app.journeys.fields import Choice, Pick, Text
from app.journeys.forms import QuestionForm
from app.landlords.standards import current_landlord
from app.languages.times import clock_words
from app.reception.going_out import NoWay
from app.staff.absences import away_at
from app.staff.actions import active_staff
from app.staff.doors import acting_staff_member
from app.staff.models import StaffMember
from app.staff.roles import may, may_work_on_cases

CLOSED = "case-is-closed"
CHANNELS = {
    "phone": _l("Rings them"),
    "email": _l("Writes an email"),
    "letter": _l("Posts a letter"),
    "visit": _l("Visits them"),
}


class HandOverForm(QuestionForm):
    colleague = SelectField(_l("Colleague"), validate_choice=False)
    channel = Choice(_l("How they get in touch"), needed=_l("Choose how they get in touch"))
    day = SelectField(_l("Day"), validate_choice=False)
    hour = SelectField(_l("Time"), validate_choice=False)
    note = Text(_l("Note for the colleague"), hint=_l("The tenant does not see it."), rows=4, longest=4000)

    def __init__(self, case: Case, now: datetime, **kwargs: Any) -> None:
        self.case, self.now = case, now
        super().__init__(landlord=current_landlord(), answers={}, meta={"csrf": False}, **kwargs)

    def prepare(self) -> None:
        away = away_at(self.now)
        people = [one for one in active_staff() if may_be_given(self.case, one) and one.id != self.case.handler_id]
        named = [(str(one.id), _named(one, away)) for one in people]
        self.people = {str(one.id): one for one in people}
        self.colleague.choices = [("", _("Choose a colleague")), *named]
        channels, prefers = hand_overs.channels_for(self.case.tenant), self.case.tenant.needs.contact_channel
        self.channel.offer([Pick(one, _way(one, prefers)) for one in channels])
        if self.channel.data is None and channels:
            self.channel.data = channels[0]
        times = hand_overs.times_for(self.landlord, self.now)
        today = self.now.astimezone(LONDON).date()
        self.day.choices = [(day.isoformat(), short_day(day, today)) for day in hand_overs.days_of(times)]
        hours = sorted({slot.begins.astimezone(LONDON).time() for slot in times})
        self.hour.choices = [(hour.strftime("%H:%M"), clock_words(hour)) for hour in hours]

    def validate_colleague(self, field: SelectField) -> None:
        if field.data not in self.people:
            raise ValidationError(_("Choose a colleague"))

    @property
    def wanted(self) -> hand_overs.Wanted:
        """Raises NotThisTime."""
        try:
            begins = datetime.combine(date.fromisoformat(self.day.data), time.fromisoformat(self.hour.data), LONDON)
        except (TypeError, ValueError):
            raise hand_overs.NotThisTime from None
        return hand_overs.Wanted(self.people[self.colleague.data], self.channel.data, begins, self.note.data or "")


def _way(channel: str, prefers: str) -> str:
    if channel != prefers:
        return str(CHANNELS[channel])
    # Translators: a way of getting in touch, such as "Rings them", that the tenant likes best
    return _("%(way)s: the tenant prefers this", way=CHANNELS[channel])


def _named(colleague: StaffMember, away: Any) -> str:
    found = away.get(colleague.id)
    if found is None:
        return colleague.name
    return _("%(name)s, away until %(day)s", name=colleague.name, day=short_day(found.back_on))


@caseload.get("/cases/<reference>/hand-over")
def see_the_hand_over(reference: str) -> ResponseReturnValue:
    case = looked_at(reference)
    return _page(case, HandOverForm(case, datetime.now(UTC), formdata=None))


@caseload.post("/cases/<reference>/hand-over")
def hand_a_case_over(reference: str) -> ResponseReturnValue:
    _only_who_hands_over()
    case, now, who = held(reference), datetime.now(UTC), acting_staff_member().email
    if case.status == "closed":  # nobody would see that the tenant waits: closed cases are on no list
        return back(case, problem=str(AGAINST[CLOSED]))
    form = HandOverForm(case, now)
    if not form.validate():
        return _page(case, form, 422)
    try:
        _made, way = hand_overs.hand_over(case, current_landlord(), form.wanted, now, who)
    except hand_overs.NotThisTime:
        return _wrong(case, form, "hour", _("Choose a time that is still to come, while we are open"))
    except hand_overs.AwayThen:
        return _wrong(case, form, "day", _("Choose another day or another colleague: this one is away then"))
    except (hand_overs.NotThisWay, NoWay):
        return _wrong(
            case, form, "channel", _("Choose another way: this one is not safe, or we have no address for it")
        )
    except NotIndependent:
        return _wrong(
            case, form, "colleague", _("Choose somebody else: at stage 2 nobody who took part in stage 1 may decide.")
        )
    db.session.commit()
    return back(case, went_out(way))


@caseload.post("/cases/<reference>/hand-over/in-touch")
def say_that_they_are_in_touch(reference: str) -> ResponseReturnValue:
    _only_who_hands_over()
    case = held(reference)
    try:
        hand_overs.in_touch(case, datetime.now(UTC), acting_staff_member().email)
    except hand_overs.NotInTouch:
        return back(case, problem=_("This was recorded before."))
    db.session.commit()
    if request.form.get("from") == "list":
        return redirect(url_for(".see_hand_overs"), 303)
    return back(case, _("Recorded: you have been in touch."))


@caseload.get("/hand-overs")
def see_hand_overs() -> ResponseReturnValue:
    """The colleague's own; a manager may look at everybody's."""
    colleague, now = acting_staff_member(), datetime.now(UTC)
    sees_all = may("give_work", colleague)
    is_all = sees_all and request.args.get("show") == "all"
    found = [one for one in hand_overs.to_do(None if is_all else colleague) if actions.may_open(one.case, colleague)]
    return render_template(
        "caseload/hand_overs.html",
        rows=[(one, hand_overs.is_overdue(one, now)) for one in found],
        channels=CHANNELS,
        sees_all=sees_all,
        is_all=is_all,
        now=now,
        may_work=may_work_on_cases(colleague),
    )


def when_words(made: hand_overs.HandOver) -> str:
    """Tue 24 Nov 2026, 9am to 10am; of what is written: by the end of the day."""
    assert made.slot_at
    assert made.slot_ends_at
    ends = clock_words(made.slot_ends_at.astimezone(LONDON).time())
    if made.channel in hand_overs.SPOKEN:
        return _("%(moment)s to %(ends)s", moment=moment_words(made.slot_at), ends=ends)
    return _("by %(moment)s", moment=moment_words(made.slot_ends_at))


def _only_who_hands_over() -> None:
    if not may("hand_over", acting_staff_member()):
        abort(403)


def _wrong(case: Case, form: HandOverForm, field: str, words: str) -> ResponseReturnValue:
    form[field].errors = [words]
    return _page(case, form, 422)


def _page(case: Case, form: HandOverForm, status: int = 200) -> ResponseReturnValue:
    return case_page(
        "caseload/hand_over.html",
        case,
        status,
        form=form,
        newest=hand_overs.newest(case),
        waiting=hand_overs.waiting(case),
        earlier=list(case.hand_overs),  # type: ignore[attr-defined]  # HandOver's backref
        channels=CHANNELS,
        when_words=when_words,
        is_overdue=hand_overs.is_overdue,
    )
