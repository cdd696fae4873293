"""The tenant sets the word that they say on the phone (L06): only where the case was opened with its return code."""

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.cases import identity
from app.cases.models import Case
from app.extensions import db
from app.journeys.drafts import CANNOT_SAVE
from app.journeys.fields import Line
from app.journeys.forms import QuestionForm
from app.landlords.standards import current_landlord
from app.tenants import telephone_passwords
from app.tracking import actions, routes
from app.tracking.routes import SAID, followed, names_for, to_start, tracking


class TelephonePasswordForm(QuestionForm):
    telephone_password = Line(
        _l("The word that you want to say"),
        hint=_l("One or two words that are easy to say and that others do not know. Do not use your name or address."),
        needed=_l("Enter the word that you want to say"),
        longest=100,
        classes="govuk-input--width-20",
        spellcheck=False,
        autocomplete="off",
    )


@tracking.route("/case/telephone-password", methods=["GET", "POST"])
def set_telephone_password() -> ResponseReturnValue:
    """It is never asked for here, only set; what was there before is not shown. A postcode does not open this page."""
    at = routes.now()
    found = followed(at)
    if found is None:
        return to_start()
    if not found.has_code:
        abort(404)
    form = TelephonePasswordForm(landlord=current_landlord(), answers={})
    if request.method == "GET":
        return _page(found.case, form)
    is_right = form.validate()
    if form.is_from_elsewhere:
        return _page(found.case, form, "token", 400)
    if not is_right:
        return _page(found.case, form, status=422)
    case_id = found.case.id
    try:
        identity.set_password(actions.held(case_id), form.telephone_password.data, at)
        db.session.commit()
    except telephone_passwords.WordRefused:
        db.session.rollback()
        form.telephone_password.errors = [
            _(
                "Enter a word or two with %(least)s to %(most)s letters and numbers",
                least=telephone_passwords.SHORTEST,
                most=telephone_passwords.LONGEST,
            )
        ]
        return _page(db.session.get_one(Case, case_id), form, status=422)
    except CANNOT_SAVE:
        current_app.logger.exception("a telephone password could not be saved")
        db.session.rollback()
        return render_template("tracking/telephone_password.html", form=form, trouble="not_saved", has_one=False), 503
    flash("password", SAID)
    return redirect(url_for(".see_case"), 303)


def _page(
    case: Case, form: TelephonePasswordForm, trouble: str | None = None, status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "tracking/telephone_password.html",
        form=form,
        trouble=trouble,
        has_one=identity.known_of(case).password is not None,
        back=url_for(".see_case"),
        **names_for(case),
    )
    return page, status
