"""Teams: for administrators. Which services of the policy are whose work."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, ValidationError

from app.extensions import db, start_writing
from app.landlords.standards import current_landlord
from app.staff import accounts
from app.staff.actions import active_staff
from app.staff.doors import acting_staff_member, keep_private, require_staff
from app.staff.models import Team
from app.staff.people_forms import number_or_none, one_line
from app.staff.roles import may, may_work_on_cases

teams = Blueprint("teams", __name__, url_prefix="/staff/teams")
teams.before_request(require_staff)
teams.after_request(keep_private)
LONGEST_NAME = 200


class TeamForm(FlaskForm):
    name = StringField(_l("Name of the team"), validators=[InputRequired(_l("Enter the name of the team"))])
    head = SelectField(_l("Who manages it"), coerce=number_or_none, validate_choice=False)
    services = SelectMultipleField(_l("Complaints about these services are this team’s work"))

    def __init__(self, team: Team | None, **kwargs: Any) -> None:
        data = {"name": team.name, "head": team.head_id, "services": team.services} if team else {}
        super().__init__(data=data, **kwargs)
        people = [(one.id, one.name) for one in active_staff() if may_work_on_cases(one)]
        self.head.choices = [("", _("Nobody")), *people]
        self.services.choices = [(option.key, _(option.label)) for option in current_landlord().services]

    def validate_name(self, field: StringField) -> None:
        field.data = one_line(field.data)
        if not field.data:
            raise ValidationError(_("Enter the name of the team"))
        if len(field.data) > LONGEST_NAME:
            raise ValidationError(_("Enter a shorter name"))

    def validate_head(self, field: SelectField) -> None:
        if field.data not in [value or None for value, _name in field.choices]:
            raise ValidationError(_("Choose who manages it"))


@teams.before_request
def administrators_only() -> None:
    if not may("manage_accounts", acting_staff_member()):
        abort(403)


@teams.get("")
def see_teams() -> ResponseReturnValue:
    labels = {option.key: _(option.label) for option in current_landlord().services}
    return render_template("caseload/teams.html", teams=accounts.teams(), labels=labels, by_name=accounts.by_name)


@teams.route("/new", methods=["GET", "POST"])
def add_a_team() -> ResponseReturnValue:
    return _team_page(None)


@teams.route("/<int:team_id>", methods=["GET", "POST"])
def edit_a_team(team_id: int) -> ResponseReturnValue:
    return _team_page(db.session.get(Team, team_id) or abort(404))


def _team_page(team: Team | None) -> ResponseReturnValue:
    who = acting_staff_member().email
    form, team_id = TeamForm(team), team.id if team else None
    if form.validate_on_submit():
        start_writing()
        held = db.session.get_one(Team, team_id, with_for_update=True) if team_id else None
        try:
            accounts.save_team(held, form.name.data, form.head.data, form.services.data, datetime.now(UTC), who)
        except accounts.TeamExists:
            db.session.rollback()
            form.name.errors = [_("Another team has this name")]
        else:
            db.session.commit()
            flash(_("Saved."), "done")
            return redirect(url_for(".see_teams"), 303)
    page = render_template("caseload/team.html", form=form, team=team)
    return page, 422 if form.errors else 200
