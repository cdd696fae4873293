"""Save a form and come back to it: from any browser, by a code or by a link. ``register_saving`` gives it to a form."""

from datetime import datetime
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.cases.references import read_return_code
from app.extensions import db, start_writing
from app.journeys import abuse, drafts, steps
from app.journeys.abuse import TooMany
from app.journeys.drafts import CANNOT_SAVE, AlreadySent, Bookmark
from app.journeys.leaving import also_forget
from app.journeys.models import Draft
from app.journeys.questions import Journey
from app.journeys.screens import Page
from app.journeys.steps import Steps
from app.landlords.standards import current_landlord
from app.reception import guesses, saving
from app.reception.saving_forms import BY_EMAIL, Code, WayBack

FORMS = "forms_to_come_back_to"  # in app.extensions: the name of a journey → the blueprint that it stands in
LINK_COOKIE = "link"  # holds the secret part of the link that was opened last
saving_pages = Blueprint("saving", __name__, url_prefix="/<lang:language>/come-back")
saving_pages.record(lambda state: also_forget(state.app, lambda answer: answer.delete_cookie(LINK_COOKIE, path="/")))


def register_saving(blueprint: Blueprint, journey: Journey) -> None:
    """Give a form, after ``register_journey``, its page to save it, and the way back to it."""

    def remember(state: BlueprintSetupState) -> None:
        state.app.extensions.setdefault(FORMS, {})[journey.name] = blueprint.name

    blueprint.record(remember)
    blueprint.add_url_rule("/save", "save", SavePage(journey, blueprint.name).answer, methods=["GET", "POST"])


class SavePage:
    """The page of one form on which a tenant chooses how to come back."""

    def __init__(self, journey: Journey, blueprint: str) -> None:
        self.journey, self.steps = journey, Steps(journey, blueprint)

    def answer(self) -> AnyResponse | Page:
        at = steps.now()
        bookmark, draft = drafts.where(self.journey.name, at)
        if draft is None:
            if bookmark.is_only_of_sent:
                return self.steps.to_page("received")
            return self._page("nothing_to_save", back=self.steps.screens.url("start"))
        form = WayBack(landlord=current_landlord(), answers=self.steps.path(draft).answers)
        if request.method == "GET":
            return self._asked(form, at)
        is_right = form.validate()
        if form.is_from_elsewhere:
            return self._asked(form, at, "token", 400)
        if not is_right:
            return self._asked(form, at, status=422)
        try:
            abuse.count(abuse.SENDINGS)  # nobody can have us write to one address after another
        except TooMany as refusal:
            abuse.ask_to_wait(refusal)
            return abuse.saying_when(make_response(self._asked(form, at, "too_many", 429)), refusal)
        return self._save(form, draft, at)

    def _save(self, form: WayBack, draft: Draft, at: datetime) -> AnyResponse | Page:
        """The code is shown on the answer to the press itself: it stands in no address and in no cookie."""
        try:
            writing = drafts.write(draft.id, self.journey.name, at)
            if form.way.data == BY_EMAIL:
                if not self._may_send_to(form, at):
                    return self._asked(form, at, status=429)
                token = saving.make_token(writing, at)
                saving.send_link(form.address.data, _link(token), writing.expires_at, at)
                found: dict[str, Any] = {"address": form.address.data}
            else:
                found = {"code": saving.make_code(writing, at)}
            db.session.commit()
        except AlreadySent:
            db.session.rollback()
            return self.steps.to_page("received")
        except CANNOT_SAVE:
            current_app.logger.exception("a way back could not be saved")
            db.session.rollback()
            return self._asked(form, at, "not_saved", 503)
        html, status = self._page("saved", until=saving.last_day(writing.expires_at), **found)
        response = current_app.make_response((html, status))
        self.steps.give(response, Bookmark(writing.id, drafts.read_bookmark(self.journey.name).sent))
        return response

    def _may_send_to(self, form: WayBack, at: datetime) -> bool:
        """Nobody can have us fill somebody else's mailbox."""
        mailbox = guesses.of_thing("link to", form.address.data.lower())
        if guesses.too_many(mailbox, at):
            db.session.rollback()
            form.address.errors = [_("We have sent several links to this address. Wait 15 minutes, or choose a code")]
            return False
        guesses.record(mailbox, at)
        return True

    def _asked(self, form: WayBack, at: datetime, trouble: str | None = None, status: int = 200) -> Page:
        until = saving.last_day(drafts.expiry(at))
        return self._page("save", status, form=form, until=until, trouble=trouble, back=self.steps.screens.url("start"))

    def _page(self, name: str, status: int = 200, **more: Any) -> Page:
        return self.steps.screens.only_words(f"reception/{name}.html", status, **more)


@saving_pages.after_request
def keep_it_the_tenants_own(response: Response) -> Response:
    """Whoever has the link can read the answers: no copy stays, no search engine lists it."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@saving_pages.get("")
def come_back() -> ResponseReturnValue:
    return render_template("reception/come_back.html", form=Code())


@saving_pages.post("")
def come_back_by_code() -> ResponseReturnValue:
    """A slip of the pen is told as one and costs no try: nothing could have opened with it."""
    form = Code()
    if not form.validate():
        return render_template("reception/come_back.html", form=form), 422
    code = read_return_code(form.code.data) or abort(404)
    at = steps.now()
    start_writing()
    line, thing = guesses.of_network(request.remote_addr), guesses.of_thing("saved form", code)
    is_too_much = guesses.too_many(line, at) or guesses.too_many(thing, at)
    draft = None if is_too_much else saving.draft_of_code(code, at)
    if draft is not None:
        return _resumed(draft)
    if not is_too_much:
        guesses.record(line, at)
        guesses.record(thing, at)
    db.session.commit()
    form.code.errors = [_("We have no answers for this code. Check it, and try again")]
    return render_template("reception/come_back.html", form=form, must_wait=is_too_much), 429 if is_too_much else 422


@saving_pages.get("/<token>")
def come_back_by_link(token: str) -> ResponseReturnValue:
    """Changes nothing: programs that look through mail follow links too. And the browser does not remember the address:
    the secret goes on in a cookie that the way out takes away, not into the list behind the Back button."""
    draft = saving.draft_of_token(token, steps.now())
    if draft is None:
        return _gone()
    if draft.case_reference:
        return _already_sent()
    response = redirect(url_for(".open_the_link"), 303)
    is_secure = current_app.config["LETTERBOX"].served_over_https
    response.set_cookie(LINK_COOKIE, token, path="/", secure=is_secure, httponly=True, samesite="Lax")
    return response


@saving_pages.route("/link", methods=["GET", "POST"])
def open_the_link() -> ResponseReturnValue:
    draft = saving.draft_of_token(request.cookies.get(LINK_COOKIE, ""), steps.now())
    if draft is None:
        return _gone()
    if draft.case_reference:
        return _already_sent()
    return _resumed(draft) if request.method == "POST" else render_template("reception/come_back_by_link.html")


def _resumed(draft: Draft) -> ResponseReturnValue:
    """This browser goes on with the draft, where its tenant left off."""
    name, is_sent, draft_id = draft.journey, draft.case_reference, draft.id
    db.session.rollback()
    if is_sent:
        return _already_sent()
    blueprint = current_app.extensions[FORMS].get(name) or abort(404)
    response = redirect(url_for(f"{blueprint}.start"), 303)
    drafts.give_bookmark(response, name, Bookmark(draft_id, drafts.read_bookmark(name).sent))
    return response


def _already_sent() -> ResponseReturnValue:
    return render_template("reception/sent_already.html")


def _gone() -> ResponseReturnValue:
    return render_template("reception/nothing_there.html"), 404


def _link(token: str) -> str:
    """The whole address, in the page's language."""
    site: str = current_app.config["LETTERBOX"].public_url
    return site + url_for("saving.come_back_by_link", token=token)
