"""Staff pages: the caseload as it is chosen in the address, and giving many of its cases to one colleague."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.caseload import choice_words, giving
from app.caseload.actions import NotAHandler
from app.caseload.choices import Choices, NotAChoice
from app.caseload.forms import number_from
from app.caseload.places import place_from, place_in_address
from app.caseload.queue import queue
from app.caseload.queue_rows import Said
from app.caseload.routes import caseload
from app.caseload.saved_views import LONGEST_NAME, views_of
from app.extensions import db, start_writing
from app.landlords.standards import current_landlord
from app.languages.lists import listed
from app.staff.absences import away_at
from app.staff.actions import active_staff, teams_by_name
from app.staff.doors import acting_staff_member, own_path
from app.staff.models import StaffMember
from app.staff.roles import may, may_read_restricted, may_work_on_cases


@caseload.get("/")
def see_the_caseload() -> ResponseReturnValue:
    choices = chosen(request.args)
    return caseload_page(choices)


@caseload.get("/keys")
def see_the_keys() -> ResponseReturnValue:
    """Which keys do what."""
    return render_template("caseload/keys.html")


@caseload.post("/give")
def give_cases() -> ResponseReturnValue:
    """The cases whose boxes were ticked, to one colleague; afterwards the list says which went, and which did not."""
    if not may("give_work", acting_staff_member()):
        abort(403)
    picks = giving.picks_from(request.form.getlist("case"))
    handler_id = number_from(request.form.get("to"))
    mistakes = list(_mistakes(picks, handler_id))
    if mistakes or handler_id is None:
        return caseload_page(chosen(_of_address()), mistakes, {pick.reference for pick in picks}, handler_id), 422
    giver_id = acting_staff_member().id
    start_writing()
    giver, handler = db.session.get_one(StaffMember, giver_id), db.session.get(StaffMember, handler_id)
    try:
        if handler is None:
            raise NotAHandler
        outcome = giving.give_all(picks, handler, giver, datetime.now(UTC))
    except NotAHandler:  # their account was closed while the page stood open
        db.session.rollback()
        left = [("to", _("Choose who gets the cases"))]
        return caseload_page(chosen(_of_address()), left, {pick.reference for pick in picks}), 422
    db.session.commit()
    for category, words in _said(outcome, handler.name):
        flash(words, category)
    return redirect(own_path(request.form.get("back")), 303)


def chosen(given: Any) -> Choices:
    try:
        return Choices.from_address(given, current_landlord())
    except NotAChoice:
        abort(404)


def caseload_page(
    choices: Choices,
    mistakes: list[tuple[str, str]] | None = None,
    picked: set[str] | None = None,
    given_to: int | None = None,
) -> str:
    """``mistakes``: the id of a field, and what is wrong with it. ``picked``: references whose boxes are ticked."""
    now, colleague, landlord = datetime.now(UTC), acting_staff_member(), current_landlord()
    asked = _of_address() if mistakes else request.args
    after = place_from(asked.get("after"), choices.sort)
    found = queue(choices, colleague, now, landlord.languages[0], after)
    if after and not found.cases:  # its cases were given or closed: the first page, not "there are none"
        after, found = None, queue(choices, colleague, now, landlord.languages[0])
    people = [one for one in active_staff() if may_work_on_cases(one)]
    views = views_of(colleague)
    return render_template(
        "caseload/queue.html",
        queue=found,
        said_of=Said(landlord, now, found.promises),
        choices=choices,
        now=now,
        after=asked.get("after") if after else None,
        next_page=place_in_address(found.next_place),
        choice_words=choice_words,
        options=choice_words.options(choices, landlord, people, teams_by_name()),
        sees_restricted=may_read_restricted(colleague) or choices.show == "mine",
        people=people if may("give_work", colleague) else (),
        away=away_at(now),
        pick=giving.pick_in_page,
        views=views,
        this_view=next((view for view in views if view.choices == choices.written()), None),
        may_save=may_work_on_cases(colleague),
        longest_name=LONGEST_NAME,
        mistakes=mistakes or [],
        picked=picked or set(),
        given_to=given_to,
        has_errors=bool(mistakes),
    )


def _of_address() -> dict[str, str]:
    """The choices of the page from which a form was sent."""
    query = own_path(request.form.get("back")).partition("?")[2]
    return dict(parse_qsl(query))


def _mistakes(picks: list[giving.Pick], handler_id: int | None) -> Iterator[tuple[str, str]]:
    if not picks:
        yield "cases", _("Choose at least one case")
    if handler_id is None:
        yield "to", _("Choose who gets the cases")


def _said(outcome: giving.Outcome, name: str) -> Iterator[tuple[str, str]]:
    if given := outcome.given:
        yield (
            "done",
            ngettext(
                "%(name)s deals with %(num)s more case now: %(references)s.",
                "%(name)s deals with %(num)s more cases now: %(references)s.",
                len(given),
                name=name,
                references=listed(given),
            ),
        )
    if outcome.had:
        yield "done", _("Theirs already: %(references)s.", references=listed(outcome.had))
    for reason, references in outcome.refused.items():
        yield "problem", _NOT_GIVEN[reason](listed(references))


_NOT_GIVEN = {
    giving.GONE: lambda references: _("Not given, because you may not open it: %(references)s.", references=references),
    giving.CLOSED: lambda references: _("Not given, because it is closed: %(references)s.", references=references),
    giving.TAKEN: lambda references: _(
        "Not given, because somebody else has been named since you opened the list: %(references)s.",
        references=references,
    ),
    giving.RESTRICTED: lambda references: _(
        "Not given, because it is restricted, and this colleague’s role does not see such cases: %(references)s.",
        references=references,
    ),
    giving.TOOK_PART: lambda references: _(
        "Not given, because nobody who took part in stage 1 may deal with stage 2: %(references)s.",
        references=references,
    ),
}
