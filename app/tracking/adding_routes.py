"""What somebody who follows a case sends: more words, an incident, a request. If anything fails, they come back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date

from app.antisocial_behaviour.forms import IncidentForm
from app.cases.models import Case, Contact
from app.extensions import db
from app.journeys.drafts import CANNOT_SAVE
from app.journeys.forms import OnlyAButton, QuestionForm
from app.landlords.standards import Landlord, current_landlord
from app.languages import current_language
from app.tracking import actions, routes
from app.tracking.doors import Opened, TooManyTries, try_to_open
from app.tracking.forms import InterpreterForm, MoreForm, OpenForm, StageTwoForm
from app.tracking.routes import followed, names_for, remember, to_start, tracking

Act = Callable[[Case, Mapping[str, Any], str, datetime], Contact]


@dataclass(frozen=True)
class Attempt:
    """One press of the button: what was sent, and what the page needs to be shown again without the database."""

    form: QuestionForm
    names: dict[str, Any]
    key: OpenForm | None = None  # asked for again where the case is not open any more


@dataclass(frozen=True)
class AddingPage:
    """A form about the case that is open. ``act`` does what it asks; ``done`` gives the address of the next page."""

    form: type[QuestionForm]
    template: str
    act: Act
    done: Callable[[Contact], str]
    is_for: Callable[[Case], bool] = lambda case: True
    also: Callable[[Case, Landlord], dict[str, Any]] = lambda case, landlord: {}
    is_sensitive: bool = False  # whatever the case, and also when it is not open any more

    def view(self) -> ResponseReturnValue:
        return self._show_first() if request.method == "GET" else self._send()

    def _show_first(self) -> ResponseReturnValue:
        found = followed(routes.now())
        if found is None:
            return to_start()
        return self._show(Attempt(self._form(None), self._names(found.case)))

    def _send(self) -> ResponseReturnValue:
        form, names, at = self._form(request.form), self._names(None), routes.now()
        is_right = form.validate()
        try:
            found = meant(followed(at))
            names = self._names(found.case if found else None)
            attempt = Attempt(form, names, None if found else self._key())
            if form.is_from_elsewhere:
                return self._show(attempt, "token", 400)
            if attempt.key is not None:
                return self._open_and_send(attempt, attempt.key, is_right, at)
            return self._act(found, form, at) if found and is_right else self._show(attempt, status=422)
        except CANNOT_SAVE:
            current_app.logger.exception("what was added to a case could not be saved")
            db.session.rollback()
            return self._show(Attempt(form, names), "not_saved", 503)

    def _open_and_send(self, attempt: Attempt, key: OpenForm, is_right: bool, at: datetime) -> ResponseReturnValue:
        """Half an hour went by over the typing: with the reference and the secret on the same page, nothing is lost."""
        if "secret" not in request.form:
            return self._show(attempt, "over", 403)
        if not key.validate() or not is_right:
            return self._show(attempt, status=422)
        try:
            found = try_to_open(key.reference.data, key.secret.data, request.remote_addr, at)
        except TooManyTries:
            return self._show(attempt, "too_many", 429)
        if found is None:
            key.refuse()
            return self._show(attempt, status=422)
        remember(found.case, found.has_code, at)
        return self._act(found, attempt.form, at)

    def _act(self, found: Opened, form: QuestionForm, at: datetime) -> ResponseReturnValue:
        case = actions.held(found.case.id)
        answers = {name: value for name, value in form.kept().items() if value is not None}
        act = self.act if self.is_for(case) else actions.add  # another case was opened over it: the words are kept
        contact = act(case, answers, current_language().tag, at)
        db.session.commit()
        return redirect(self.done(contact), 303)

    def _form(self, sent: Any) -> QuestionForm:
        return self.form(landlord=current_landlord(), answers={}, formdata=sent)

    def _key(self) -> OpenForm:
        sent = request.form if "secret" in request.form else None
        return OpenForm(landlord=current_landlord(), answers={}, formdata=sent, meta={"csrf": False})

    def _names(self, case: Case | None) -> dict[str, Any]:
        """All of it read now: the page is shown again when the database is away, too."""
        if case is None:
            return {"is_sensitive": True, "exit_from_here": url_for(".exit")} if self.is_sensitive else {}
        if not self.is_for(case):
            abort(404)
        return {**names_for(case), "reference": case.reference, **self.also(case, current_landlord())}

    def _show(self, attempt: Attempt, trouble: str | None = None, status: int = 200) -> ResponseReturnValue:
        return render_template(
            self.template,
            form=attempt.form,
            key=attempt.key,
            trouble=trouble,
            here=request.path,
            back=url_for(".see_case"),
            **attempt.names,
        ), status


def meant(found: Opened | None) -> Opened | None:
    """The open case, where it is the one that stood on the page. In another window another may have been opened since:
    what was typed for one case must never go to the other. Whoever typed a reference on the page means that one."""
    if found is None or "secret" in request.form:
        return None
    return found if request.form.get("about", found.case.reference) == found.case.reference else None


def _place_of(contact: Contact) -> str:
    return url_for(".see_added", contact_id=contact.id)


def _ask_for_stage_two(case: Case, answers: Mapping[str, Any], language: str, at: datetime) -> Contact:
    return actions.ask_for_stage_two(case, current_landlord(), answers.get("stage_2_reasons"), language, at)


def _about_stage_two(case: Case, landlord: Landlord) -> dict[str, Any]:
    """Plain values: they are shown when the database is away, too."""
    asked, limits = actions.stage_two_request(case), actions.window_of(case, landlord)
    now = routes.now()
    return {
        "asked_at": asked.received_at if asked else None,
        "is_answered": limits.is_answered,
        "has_no_second_stage": not asked and actions.has_no_second_stage(case),
        "ends_on": format_date(limits.ends_on, "full", rebase=False) if limits.ends_on else None,
        "is_late": limits.is_late(now),
        "groups": actions.promises_of_stage_two(case, landlord, now),
    }


PAGES = {
    "add": AddingPage(MoreForm, "tracking/add.html", actions.add, _place_of),
    "diary": AddingPage(
        IncidentForm, "tracking/diary.html", actions.add, _place_of, actions.keeps_a_diary, is_sensitive=True
    ),
    "interpreter": AddingPage(
        InterpreterForm, "tracking/interpreter.html", actions.ask_for_interpreter, lambda contact: url_for(".see_case")
    ),
    "stage-two": AddingPage(
        StageTwoForm,
        "tracking/stage_two.html",
        _ask_for_stage_two,
        lambda contact: url_for(".ask_for_stage_two"),
        lambda case: case.kind == "complaint",
        _about_stage_two,
    ),
}


@tracking.route("/case/add", methods=["GET", "POST"])
def add() -> ResponseReturnValue:
    return PAGES["add"].view()


@tracking.route("/case/diary", methods=["GET", "POST"])
def add_to_diary() -> ResponseReturnValue:
    return PAGES["diary"].view()


@tracking.route("/case/interpreter", methods=["GET", "POST"])
def ask_for_an_interpreter() -> ResponseReturnValue:
    return PAGES["interpreter"].view()


@tracking.route("/case/stage-two", methods=["GET", "POST"])
def ask_for_stage_two() -> ResponseReturnValue:
    return PAGES["stage-two"].view()


@tracking.route("/case/complaint", methods=["GET", "POST"])
def ask_for_a_complaint() -> ResponseReturnValue:
    """One page, one button, no questions (V08)."""
    at = routes.now()
    found = meant(followed(at))
    if found is None:
        return to_start()
    if not actions.can_become_a_complaint(found.case):
        abort(404)
    if request.method == "GET":
        return _complaint_page(found.case)
    if OnlyAButton().is_from_elsewhere:
        return _complaint_page(found.case, "token", 400)
    case = actions.held(found.case.id)
    made = actions.handle_as_complaint(case, current_landlord(), current_language().tag, at)
    has_own_reference = made is not case
    db.session.commit()
    return redirect(url_for(".ask_for_a_complaint" if has_own_reference else ".see_case"), 303)


def _complaint_page(case: Case, trouble: str | None = None, status: int = 200) -> ResponseReturnValue:
    return render_template(
        "tracking/complaint.html",
        case=case,
        complaint=actions.complaint_of(case),
        trouble=trouble,
        here=request.path,
        back=url_for(".see_case"),
        **names_for(case),
    ), status
