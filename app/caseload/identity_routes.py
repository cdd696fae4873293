"""Who is calling? The check of a caller on a case's page; the telephone password and the date of birth."""

from datetime import UTC, datetime
from typing import Any

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, PasswordField, SelectField, StringField
from wtforms.validators import Optional

from app.caseload.routes import back_to, case_page, caseload, held, looked_at
from app.cases import identity
from app.cases.models import Case
from app.extensions import db
from app.staff.doors import acting_staff_member
from app.tenants import telephone_passwords

WRITTEN = ["%d/%m/%Y", "%d %m %Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y"]
PROOFS = {
    "checked": _l("I have checked it above, just now"),
    "photo-id": _l("I have seen a passport or another photo ID"),
    "rang-known-number": _l("I rang the number that we know, and they answered"),
}
ANSWERS = {
    identity.RIGHT: _l("Right"),
    identity.WRONG: _l("Wrong"),
    identity.NOT_ASKED: _l("Not asked"),
    identity.NOT_KNOWN: _l("We do not know it"),
}


class _BirthDay(DateField):
    """One line, as people say and write it: 14/3/1961, 14 March 1961."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([value.strip() for value in valuelist])
        except ValueError as wrong:
            self.data = None
            raise ValueError(_("Write a date with day, month and year, such as 14 3 1961")) from wrong
        if self.data and not 1900 <= self.data.year <= datetime.now(UTC).year:
            self.data = None
            raise ValueError(_("Write a date with day, month and year, such as 14 3 1961"))


class CheckForm(FlaskForm):
    """What the caller says. Nothing of it is shown again."""

    date_of_birth = _BirthDay(_l("Date of birth"), format=WRITTEN, validators=[Optional()])
    postcode = StringField(_l("Postcode"))
    password = PasswordField(_l("Telephone password"))

    @property
    def is_empty(self) -> bool:
        return not (self.date_of_birth.data or (self.postcode.data or "").strip() or self.password.data)


class SetForm(FlaskForm):
    """Something new to know the caller by, after proof."""

    proof = SelectField(_l("How you are sure who this is"), validate_choice=False)
    new_password = PasswordField(_l("New telephone password"))
    born_on = _BirthDay(_l("Date of birth to keep"), format=WRITTEN, validators=[Optional()])

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.proof.choices = [("", _("Choose one")), *PROOFS.items()]


@caseload.get("/cases/<reference>/caller")
def see_the_caller(reference: str) -> ResponseReturnValue:
    return _page(looked_at(reference), CheckForm(formdata=None), SetForm(formdata=None))


@caseload.post("/cases/<reference>/caller")
def check_the_caller(reference: str) -> ResponseReturnValue:
    case = held(reference)
    form, who = CheckForm(), acting_staff_member()
    if not form.validate():
        return _page(case, form, SetForm(formdata=None), 422)
    if form.is_empty:
        form.date_of_birth.errors = [_("Enter at least one thing that the caller said")]
        return _page(case, form, SetForm(formdata=None), 422)
    try:
        made = identity.check(
            case,
            form.date_of_birth.data,
            (form.postcode.data or "").strip(),
            form.password.data or "",
            datetime.now(UTC),
            who,
        )
    except identity.TooManyTries:
        return back_to("caseload.see_the_caller", case, problem=_("Three tries were wrong. Nothing was checked."))
    has_passed = made.has_passed
    db.session.commit()
    if has_passed:
        return back_to("caseload.see_the_caller", case, done=_("This is the tenant: you can talk about the case."))
    problem = _("Not sure: do not talk about the case. What was wrong is in the list below.")
    return back_to("caseload.see_the_caller", case, problem=problem)


@caseload.post("/cases/<reference>/caller/known-by")
def set_what_a_caller_is_known_by(reference: str) -> ResponseReturnValue:
    case = held(reference)
    form, who, now = SetForm(), acting_staff_member(), datetime.now(UTC)
    is_right = form.validate()
    if not (form.new_password.data or form.born_on.data) and is_right:
        form.new_password.errors = [_("Enter a new password, or a date of birth")]
        is_right = False
    if is_right:
        try:
            _set(case, form, now, who)
        except telephone_passwords.WordRefused:
            form.new_password.errors = [refused_words()]
        except identity.NotSureWhoCalls:
            form.proof.errors = [_("Say first how you are sure who this is. A check holds for half an hour.")]
        else:
            db.session.commit()
            return back_to("caseload.see_the_caller", case, done=_("Saved. The password itself is not kept."))
    db.session.rollback()
    return _page(looked_at(reference), CheckForm(formdata=None), form, 422)


def _set(case: Case, form: SetForm, now: datetime, who: Any) -> None:
    if form.new_password.data:
        identity.set_password(case, form.new_password.data, now, who, form.proof.data or "")
    if form.born_on.data:
        identity.set_date_of_birth(case, form.born_on.data, now, who, form.proof.data or "")


def refused_words() -> str:
    return _(
        "Choose a word or two of %(least)s to %(most)s letters and digits",
        least=telephone_passwords.SHORTEST,
        most=telephone_passwords.LONGEST,
    )


def _page(case: Case, form: CheckForm, set_form: SetForm, status: int = 200) -> ResponseReturnValue:
    now = datetime.now(UTC)
    return case_page(
        "caseload/caller.html",
        case,
        status,
        form=form,
        set_form=set_form,
        known=identity.known_of(case),
        checks=list(reversed(identity.checks_of(case))),
        tries_left=identity.tries_left(case, now),
        is_identified=identity.is_identified(case, now, acting_staff_member()),
        answer_words=ANSWERS,
        has_errors=bool(form.errors or set_form.errors),
    )
