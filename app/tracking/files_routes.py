"""Files for what was added: the words are safe before the first file comes, so that no file can cost them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from app.cases.actions import add_event
from app.cases.models import Case, Contact
from app.extensions import db
from app.journeys.attaching import SENT_BY_SCRIPT, drain
from app.journeys.drafts import CANNOT_SAVE
from app.journeys.forms import OnlyAButton
from app.landlords.standards import current_landlord
from app.letters.answers import told
from app.tracking import actions, routes
from app.tracking.routes import followed, names_for, to_start, tracking
from app.uploads import actions as uploads
from app.uploads import reasons
from app.uploads.actions import NotTaken, Prepared
from app.uploads.kinds import ACCEPTED
from app.uploads.limits import limits
from app.uploads.reasons import size_words

ADDED = (actions.DIARY, actions.MORE, actions.STAGE_2_ASKED)


@tracking.get("/case/added/<int:contact_id>")
def see_added(contact_id: int) -> ResponseReturnValue:
    """What was added, and when: to be believed, and to add files to."""
    found = followed(routes.now())
    return _page(found.case, _contact(found.case, contact_id)) if found else to_start()


@tracking.post("/case/added/<int:contact_id>/files")
def add_files(contact_id: int) -> ResponseReturnValue:
    """Take all that can be taken, and say of each other file why not."""
    request.max_content_length = limits().largest_request
    found = followed(routes.now())
    if found is None:
        return to_start()
    contact = _contact(found.case, contact_id)
    try:
        form, sent = OnlyAButton(), [file for file in request.files.getlist("files") if file.filename]
    except RequestEntityTooLarge:
        drain()
        size = size_words(limits().draft.bytes)
        return _page(
            found.case, contact, [_("These files are too large together. Send up to %(size)s.", size=size)], 413
        )
    if form.is_from_elsewhere:
        return _page(found.case, contact, [_("This page was open for too long. Choose the files again.")], 400)
    if not sent:
        return _page(found.case, contact, [_("Choose one or more files first")], 422)
    problems = _keep(found.case.id, contact, sent, routes.now())
    if problems:
        case = actions.held(found.case.id)
        return _page(case, _contact(case, contact_id), problems, 422)
    return _onward(url_for(".see_added", contact_id=contact_id))


def _onward(address: str) -> ResponseReturnValue:
    """To the page with the files on it. The script that tells how far it is cannot see where a redirect leads."""
    if request.headers.get("X-Requested-With") == SENT_BY_SCRIPT:
        return "", 204, {"X-Go-To": address}
    return redirect(address, 303)


def _keep(case_id: int, contact: Contact, sent: Iterable[FileStorage], at: datetime) -> list[str]:
    """Commits what was taken; gives the reasons for the rest. The slow part comes before anything is held."""
    contact_id, room = contact.id, limits().draft.files - len(uploads.of_contact(contact))
    db.session.rollback()
    prepared, problems = _prepared(sent, room)
    if not prepared:
        return problems
    try:
        case = actions.held(case_id)
        taken, refused = _added(_contact(case, contact_id), prepared, at)
        if taken:
            add_event(case, "files_added", at, number=taken)
        db.session.commit()
        return problems + refused
    except CANNOT_SAVE:
        current_app.logger.exception("files could not be saved")
        db.session.rollback()
        for one in prepared:
            uploads.discard(one)
        return [*problems, _not_now()]


def _prepared(sent: Iterable[FileStorage], room: int) -> tuple[list[Prepared], list[str]]:
    """No more than there is room for: each takes seconds of work."""
    prepared: list[Prepared] = []
    problems: list[str] = []
    for file in sent:
        try:
            if len(prepared) >= room:
                raise reasons.too_many_files(uploads.name_to_show(file.filename))
            prepared.append(uploads.prepare(file.stream, file.filename))
        except NotTaken as why:
            problems.append(why.reason)
        except OSError:
            current_app.logger.exception("a file could not be stored")
            problems.append(_not_now())
    return prepared, problems


def _added(contact: Contact, prepared: Iterable[Prepared], at: datetime) -> tuple[int, list[str]]:
    taken, problems = 0, []
    for one in prepared:
        try:
            uploads.add(one, at, contact=contact)
            taken += 1
        except NotTaken as why:
            uploads.discard(one)
            problems.append(why.reason)
    return taken, problems


def _not_now() -> str:
    return _("We could not save the files just now. Wait a minute, then choose them again.")


def _contact(case: Case, contact_id: int) -> Contact:
    found = next((one for one in case.contacts if one.id == contact_id and one.purpose in ADDED), None)
    return found or abort(404)


def _page(case: Case, contact: Contact, problems: Iterable[str] = (), status: int = 200) -> ResponseReturnValue:
    diary = [one for one in case.contacts if one.purpose == actions.DIARY]
    names: dict[str, Any] = names_for(case)
    return render_template(
        "tracking/added.html",
        case=case,
        contact=contact,
        answers=told(contact, current_landlord()),
        files=uploads.of_contact(contact),
        limits=limits(),
        accepted=ACCEPTED,
        problems=list(dict.fromkeys(problems)),
        diary=[(one, told(one, current_landlord())) for one in reversed(diary)],
        back=url_for(".see_case"),
        **names,
    ), status
