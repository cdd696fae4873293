"""Following a case: opening it, seeing where it stands, taking its letters home, leaving it."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as AnyResponse

from app.cases.clock import LONDON
from app.cases.handlers import handler_away
from app.cases.models import Case
from app.extensions import csrf, db
from app.formats.document import FormatRefused
from app.journeys.drafts import CANNOT_SAVE
from app.journeys.forms import OnlyAButton
from app.journeys.leaving import leave_at_once
from app.landlords.standards import current_landlord
from app.languages.times import day_words
from app.letters.actions import NotMadeYet
from app.letters.answers import told
from app.letters.facts import phone_from
from app.reception.taking_home import FORMATS, formats_for, taken_home
from app.tracking import actions, sitting, words
from app.tracking.answers_shown import our_work
from app.tracking.casework_shown import casework
from app.tracking.doors import Opened, TooManyTries, is_sensitive, opens_with_postcode, try_to_open
from app.tracking.forms import OpenForm
from app.tracking.letters import letter_of, letters_of
from app.tracking.promises_shown import shown
from app.tracking.standing import where_it_stands

SAID = "tracking"  # the category of what a page says after a redirect: a key of templates/tracking/said.html
TRY_AGAIN_AFTER = 15 * 60  # seconds: as long as a wrong guess counts

tracking = Blueprint("tracking", __name__, url_prefix="/<lang:language>/track")
csrf.exempt(tracking)  # each form checks its token itself, so that a lost one costs no words


def now() -> datetime:
    """The moment of the request: the only clock that these pages read."""
    return datetime.now(UTC)


@tracking.after_request
def keep_private(response: Response) -> Response:
    """No browser or proxy keeps these pages, no search engine lists them; the cookie lives on from the last one."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    held: sitting.Sitting | None = g.get("sitting")
    if held:
        response.set_cookie(
            sitting.COOKIE,
            sitting.as_cookie(held, _secret_key()),
            path="/",
            secure=current_app.config["LETTERBOX"].served_over_https,
            httponly=True,
            samesite="Lax",
        )
    elif "sitting" in g:
        response.delete_cookie(sitting.COOKIE, path="/")
    return response


def followed(at: datetime) -> Opened | None:
    """The case that this browser has open, for half an hour more; None when there is none or its time is over."""
    held = sitting.from_cookie(request.cookies.get(sitting.COOKIE), _secret_key())
    if held is None:
        return None
    case = db.session.get(Case, held.case_id)
    if case is None or held.is_over(at) or not (held.has_code or opens_with_postcode(case)):
        g.sitting = None
        return None
    remember(case, held.has_code, at)
    return Opened(case, held.has_code)


def remember(case: Case, has_code: bool, at: datetime) -> None:
    g.sitting = sitting.begin(case.id, has_code, at)


def to_start() -> AnyResponse:
    """To the page that asks for the reference. It says so where a case was open and its time is over."""
    if "sitting" in g:
        flash("over", SAID)
    return redirect(url_for(".start"), 303)


def exit_for(case: Case) -> str | None:
    """Where the button that leaves at once leads, on pages that somebody else should not see."""
    return url_for(".exit") if is_sensitive(case) else None


@tracking.route("", methods=["GET", "POST"], strict_slashes=False)
def start() -> ResponseReturnValue:
    """Ask for the reference and the secret. Whatever is wrong, the answer is the same."""
    form = OpenForm(landlord=current_landlord(), answers={})
    if request.method == "GET":
        return _start_page(form)
    is_right = form.validate()
    if form.is_from_elsewhere:
        return _start_page(form, "token", 400)
    if not is_right:
        return _start_page(form, status=422)
    try:
        return _try(form)
    except TooManyTries:
        return _start_page(form, "too_many", 429)
    except CANNOT_SAVE:
        current_app.logger.exception("a case could not be opened")
        db.session.rollback()
        return _start_page(form, "not_opened", 503)


def _try(form: OpenForm) -> ResponseReturnValue:
    at = now()
    found = try_to_open(form.reference.data, form.secret.data, request.remote_addr, at)
    if found is None:
        form.refuse()
        return _start_page(form, status=422)
    remember(found.case, found.has_code, at)
    return redirect(url_for(".see_case"), 303)


def _start_page(form: OpenForm, trouble: str | None = None, status: int = 200) -> ResponseReturnValue:
    page = render_template("tracking/start.html", form=form, trouble=trouble, back=None)
    return page, status, {"Retry-After": str(TRY_AGAIN_AFTER)} if status == 429 else {}


@tracking.get("/case")
def see_case() -> ResponseReturnValue:
    at = now()
    found = followed(at)
    if found is None:
        return to_start()
    case = found.case
    labels = {standard.key: standard.label for standard in current_landlord().standards}
    return render_template(
        "tracking/case.html",
        case=case,
        standing=where_it_stands(case),
        groups=shown(case.promises, case.kind, labels, at),
        letters=letters_of(case, has_code=found.has_code),
        work=None if is_sensitive(case) else our_work(case, at.astimezone(LONDON).date()),
        casework=casework(case, at),
        phone_from=phone_from,
        handler_away=handler_away(case, at),
        day_words=day_words,
        formats=formats_for(case),
        contacts=_contacts(case),
        complaint=actions.complaint_of(case),
        can_become_a_complaint=actions.can_become_a_complaint(case),
        keeps_a_diary=actions.keeps_a_diary(case),
        has_code=found.has_code,
        stage_two=actions.stage_two_request(case),
        **names_for(case),
    )


def names_for(case: Case) -> dict[str, Any]:
    """What every page of a case needs."""
    return {
        "words": words,
        "heading": words.heading_of(case),
        "is_sensitive": is_sensitive(case),
        "exit_from_here": exit_for(case),
        "button": OnlyAButton(formdata=None),
    }


def _contacts(case: Case) -> list[tuple[Any, Any]]:
    """What the tenant told us; of a sensitive case only when."""
    landlord = current_landlord()
    return [(contact, () if is_sensitive(case) else told(contact, landlord)) for contact in case.contacts]


@tracking.get("/case/letters/<int:letter_id>/<format>")
def take_letter(letter_id: int, format: str) -> ResponseReturnValue:
    """A letter that has been sent, as a file in any format."""
    found = followed(now())
    if found is None:
        return to_start()
    letter = letter_of(found, letter_id)
    if letter is None or format not in FORMATS:
        abort(404)
    names = names_for(found.case)
    try:
        return taken_home(letter, format, now())
    except FormatRefused:
        return _no_letter(format, True, names), 422
    except (NotMadeYet, *CANNOT_SAVE):
        current_app.logger.exception("a letter could not be made")
        db.session.rollback()
        return _no_letter(format, False, names), 503


def _no_letter(format: str, is_refused: bool, names: dict[str, Any]) -> str:
    return render_template("tracking/no_letter.html", format=FORMATS[format], is_refused=is_refused, **names)


@tracking.post("/leave")
def leave() -> ResponseReturnValue:
    """Close the case in this browser. It takes no token: leaving can only protect."""
    g.sitting = None
    return redirect(url_for(".left"), 303)


@tracking.get("/left")
def left() -> ResponseReturnValue:
    return render_template("tracking/left.html")


@tracking.get("/exit", endpoint="exit")
def close_and_leave() -> ResponseReturnValue:
    """Close it, forget what was written in forms like it, and go to a site that gives nothing away."""
    g.sitting = None
    return leave_at_once()


def _secret_key() -> str:
    return str(current_app.secret_key or "")
