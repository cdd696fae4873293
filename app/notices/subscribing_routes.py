"""Notices by email: asking for them, and the page behind the link that confirms, changes and ends them."""

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.extensions import csrf, db
from app.journeys import abuse
from app.journeys.abuse import HIDDEN_FIELD, TooMany
from app.journeys.drafts import CANNOT_SAVE
from app.landlords.standards import current_landlord
from app.languages import current_language
from app.notices.front_routes import now
from app.notices.models import Subscriber
from app.notices.subscribing import NotNow, ask, behind, choose, confirm, end, state_of
from app.notices.subscribing_forms import AskForm, ChoicesForm

ONE_CLICK = ("List-Unsubscribe", "One-Click")  # what mail programs send: RFC 8058

subscribing = Blueprint("subscribing", __name__, url_prefix="/<lang:language>/notices/by-email")
# The form that asks checks its token itself, so that a lost one costs no words. Behind the link the link is the token:
# nobody can press a button there who does not have it, and a mail program has no session.
csrf.exempt(subscribing)


@subscribing.after_request
def keep_private(response: Response) -> Response:
    """Whoever has the link can end it: no copy stays, no search engine lists it."""
    if request.endpoint != "subscribing.ask_for_them" or request.method != "GET":
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
    return response


@subscribing.get("")
def ask_for_them() -> ResponseReturnValue:
    return _asked(AskForm(landlord=current_landlord(), answers={"language": current_language().tag}))


@subscribing.post("")
def take_address() -> ResponseReturnValue:
    """The answer is the same whether we know the address or not."""
    form = AskForm(landlord=current_landlord(), answers={})
    is_right = form.validate()
    if form.is_from_elsewhere:
        return _asked(form, "token", 400)
    if not is_right:
        return _asked(form, status=422)
    try:
        abuse.count(abuse.SENDINGS)
        if not request.form.get(HIDDEN_FIELD):  # a machine filled it in: nobody is mailed
            ask(form.email.data, form.language.data, form.districts, now())
            db.session.commit()
    except TooMany as refusal:
        abuse.ask_to_wait(refusal)
        return abuse.saying_when(make_response(_asked(form, "too_many", 429)), refusal)
    except CANNOT_SAVE:
        current_app.logger.exception("an address for notices could not be saved")
        db.session.rollback()
        return _asked(form, "not_saved", 503)
    return redirect(url_for(".look_in_your_mail"), 303)


@subscribing.get("/asked")
def look_in_your_mail() -> str:
    return render_template("notices/look_in_your_mail.html")


@subscribing.get("/<secret>")
def yours(secret: str) -> ResponseReturnValue:
    """Changes nothing: programs that look through mail follow links too."""
    subscriber = behind(secret)
    if subscriber is None:
        return _gone()
    answers = {"language": subscriber.language, "areas": subscriber.areas}
    return _yours(subscriber, ChoicesForm(landlord=current_landlord(), answers=answers, meta={"csrf": False}))


@subscribing.post("/<secret>")
def act(secret: str) -> ResponseReturnValue:
    """A button of the page; or the one of a mail program, which is answered at once and sent nowhere else."""
    is_one_click = request.form.get(ONE_CLICK[0]) == ONE_CLICK[1]
    try:
        subscriber = behind(secret, to_write=True)
        if subscriber is None:
            return _gone()
        act = "end" if is_one_click else request.form.get("act")
        if act == "confirm":
            confirm(subscriber, now())
        elif act == "end":
            end(subscriber, now())
        elif (answer := _changed(subscriber)) is not None:
            return answer
        db.session.commit()
    except CANNOT_SAVE:
        db.session.rollback()
        raise
    if is_one_click:
        return _yours(subscriber, None)
    return redirect(url_for(".yours", secret=secret, language=subscriber.language, done=act or "choose"), 303)


def _changed(subscriber: Subscriber) -> ResponseReturnValue | None:
    """None where it was changed; the page again where something typed is wrong, or it was ended meanwhile."""
    form = ChoicesForm(landlord=current_landlord(), answers={}, meta={"csrf": False})
    try:
        if not form.validate():
            return _yours(subscriber, form, 422)
        choose(subscriber, form.language.data, form.districts)
    except NotNow:
        return _yours(subscriber, form, 409)
    return None


def _asked(form: AskForm, trouble: str | None = None, status: int = 200) -> ResponseReturnValue:
    return render_template("notices/by_email.html", form=form, trouble=trouble), status


def _yours(subscriber: Subscriber, form: ChoicesForm | None, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "notices/yours.html",
        subscriber=subscriber,
        state=state_of(subscriber),
        form=form,
        done=request.args.get("done"),
        here=url_for(".act", secret=subscriber.secret),
    )
    return page, status


def _gone() -> ResponseReturnValue:
    db.session.rollback()
    return render_template("notices/link_is_over.html"), 404
