"""Passing praise on: to the colleague meant and their line manager, or to a team and its head (L30)."""

from datetime import UTC, datetime
from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from wtforms import SelectField
from wtforms.validators import ValidationError

from app.caseload.answer_routes import went_out
from app.caseload.routes import back, case_page, caseload, held, looked_at
from app.cases.models import Case
from app.extensions import db
from app.feedback import colleagues
from app.feedback.decisions import wants_answer
from app.journeys.fields import Choice, Pick
from app.journeys.forms import QuestionForm
from app.landlords.standards import current_landlord
from app.letters.actions import request_letter
from app.letters.models import Letter
from app.reception.going_out import NoWay, send_out, way_out
from app.staff.actions import active_staff, teams_by_name
from app.staff.doors import acting_staff_member
from app.staff.models import StaffMember, Team
from app.staff.roles import may

LETTER = "compliment-shared"
HOW = {"email": _l("By email, now"), "in-person": _l("I have told them")}


class PraiseForm(QuestionForm):
    meant = SelectField(_l("Whom the praise is for"), validate_choice=False)
    how = Choice(_l("How they are told"), [Pick(*pair) for pair in HOW.items()], needed=_l("Choose how they are told"))

    def __init__(self, case: Case, **kwargs: Any) -> None:
        self.case = case
        super().__init__(landlord=current_landlord(), answers={}, meta={"csrf": False}, **kwargs)

    def prepare(self) -> None:
        said = self.case.contacts[0].answers
        people = colleagues.likely(said.get("colleague_name"), active_staff())
        self.known: dict[str, StaffMember | Team] = {f"person-{one.id}": one for one in people}
        of_teams: dict[str, StaffMember | Team] = {f"team-{one.id}": one for one in teams_by_name()}
        self.known = of_teams | self.known if said.get("thanked") == "team" else self.known | of_teams
        named = [(key, _named(one)) for key, one in self.known.items()]
        self.meant.choices = [("", _("Choose a colleague or a team")), *named]
        if self.how.data is None:
            self.how.data = "email"

    def validate_meant(self, field: SelectField) -> None:
        if field.data not in self.known:
            raise ValidationError(_("Choose a colleague or a team"))


def _named(one: StaffMember | Team) -> str:
    if isinstance(one, Team):
        # Translators: a team in a list of colleagues and teams
        return _("Team: %(name)s", name=one.name)
    above = one.line_manager
    if above is None:
        return one.name
    return _("%(name)s (line manager: %(above)s)", name=one.name, above=above.name)


@caseload.get("/cases/<reference>/praise")
def see_the_praise(reference: str) -> ResponseReturnValue:
    case = _of_a_compliment(looked_at(reference))
    return _page(case, PraiseForm(case, formdata=None))


@caseload.post("/cases/<reference>/praise")
def pass_praise_on(reference: str) -> ResponseReturnValue:
    """To those meant; and the tenant hears of it, where they want an answer."""
    _only_who_passes_on()
    case, now, who = _of_a_compliment(held(reference)), datetime.now(UTC), acting_staff_member().email
    form = PraiseForm(case)
    if not form.validate():
        return _page(case, form, 422)
    meant, by_hand = form.known[form.meant.data], form.how.data == "in-person"
    try:
        colleagues.pass_on(case, current_landlord(), meant, now, who, by_hand=by_hand)
    except colleagues.NotToBeShared:
        return back(case, problem=_("The tenant asked us not to share it."))
    done = _("Passed on.")
    if _may_be_told(case):
        done = f"{done} {went_out(_write(case, now, who))}"
    db.session.commit()
    return back(case, done)


@caseload.post("/cases/<reference>/praise/letter")
def tell_the_tenant_of_it(reference: str) -> ResponseReturnValue:
    """Where the colleague was told at once, by the name in the form."""
    _only_who_passes_on()
    case = _of_a_compliment(held(reference))
    if not colleagues.passed_on(case) or not _may_be_told(case):
        return back(case, problem=_("This letter was written before, or cannot be sent."))
    way = _write(case, datetime.now(UTC), acting_staff_member().email)
    db.session.commit()
    return back(case, went_out(way))


def _write(case: Case, now: datetime, who: str) -> str:
    told = colleagues.passed_on(case)[-1]
    is_team = told.what == "compliment_for_team"
    email = told.details.get("head" if is_team else "line_manager")
    above = db.session.scalar(select(StaffMember.name).where(StaffMember.email == email)) if email else None
    given = {"name": told.details["team" if is_team else "name"], "is_team": is_team, "above": above}
    return send_out(request_letter(case, LETTER, now, given=given), now, who)


def _may_be_told(case: Case) -> bool:
    """They want an answer, there is a way, and it has not been written yet."""
    written = select(Letter.id).where(Letter.case_id == case.id, Letter.name == LETTER).limit(1)
    if not wants_answer(case) or db.session.scalar(written):
        return False
    try:
        way_out(case.tenant)
    except NoWay:
        return False
    return True


def _of_a_compliment(case: Case) -> Case:
    return case if case.kind == "compliment" else abort(404)


def _only_who_passes_on() -> None:
    if not may("pass_on_praise", acting_staff_member()):
        abort(403)


def _page(case: Case, form: PraiseForm, status: int = 200) -> ResponseReturnValue:
    return case_page(
        "caseload/praise.html",
        case,
        status,
        form=form,
        how=HOW,
        told=colleagues.passed_on(case),
        may_be_shared=colleagues.may_be_shared(case),
        may_be_told=_may_be_told(case),
        said=case.contacts[0].answers,
        contact=case.contacts[0],
        team_named=next(
            (
                _(one.label)
                for one in current_landlord().teams
                if one.key == case.contacts[0].answers.get("team_thanked")
            ),
            None,
        ),
    )
