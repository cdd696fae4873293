"""Staff pages: the choices of cases that a colleague keeps under a name."""

from datetime import UTC, datetime
from urllib.parse import parse_qsl

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.caseload import choice_words, saved_views
from app.caseload.choices import Choices, NotAChoice
from app.caseload.models import SavedView
from app.caseload.queue_routes import chosen
from app.caseload.routes import caseload
from app.extensions import db, start_writing
from app.landlords.standards import current_landlord
from app.staff.doors import acting_staff_member
from app.staff.models import StaffMember
from app.staff.roles import may_work_on_cases

Refused = (saved_views.NoName, saved_views.NameTooLong, saved_views.NameTaken, saved_views.TooManyViews)
NEW = 0  # in place of a view's number: the one that is being saved


@caseload.get("/views")
def see_the_views() -> ResponseReturnValue:
    return _views_page()


@caseload.post("/views")
def save_a_view() -> ResponseReturnValue:
    choices = chosen(dict(parse_qsl(request.form.get("choices", ""))))
    name = request.form.get("name", "")
    colleague = _writing()
    try:
        view = saved_views.save_view(colleague, name, choices.written(), datetime.now(UTC))
    except Refused as refused:
        return _views_page(mistake=(NEW, _refused_words(refused)), typed=name, unsaved=choices), 422
    db.session.commit()
    flash(_("Saved as %(name)s.", name=view.name), "done")
    return redirect(url_for(".see_the_caseload", **choices.address()), 303)


@caseload.post("/views/<int:view_id>")
def rename_a_view(view_id: int) -> ResponseReturnValue:
    colleague = _writing()
    view = _own_view(colleague, view_id)
    name = request.form.get("name", "")
    try:
        saved_views.rename_view(colleague, view, name)
    except Refused as refused:
        return _views_page(mistake=(view_id, _refused_words(refused)), typed=name), 422
    db.session.commit()
    flash(_("The view is called %(name)s now.", name=view.name), "done")
    return redirect(url_for(".see_the_views"), 303)


@caseload.post("/views/<int:view_id>/delete")
def delete_a_view(view_id: int) -> ResponseReturnValue:
    view = _own_view(_writing(), view_id)
    saved_views.delete_view(view)
    db.session.commit()
    flash(_("Deleted: %(name)s. The cases are where they were.", name=view.name), "done")
    return redirect(url_for(".see_the_views"), 303)


def _writing() -> StaffMember:
    """Whoever acts, read again in the transaction that writes: two windows of one colleague take turns."""
    colleague_id = acting_staff_member().id
    start_writing()
    return db.session.get_one(StaffMember, colleague_id, with_for_update=True)


def _own_view(colleague: StaffMember, view_id: int) -> SavedView:
    return saved_views.view_of(colleague, view_id) or abort(404)


def _views_page(mistake: tuple[int, str] | None = None, typed: str = "", unsaved: Choices | None = None) -> str:
    """``mistake``: of which view, and what. ``typed`` is the name that was refused; ``unsaved`` what it was for."""
    db.session.rollback()
    colleague = acting_staff_member()
    return render_template(
        "caseload/views.html",
        views=[(view, _choices_of(view)) for view in saved_views.views_of(colleague)],
        words_of=_words_of,
        mistake=mistake,
        typed=typed,
        unsaved=unsaved,
        new=NEW,
        longest_name=saved_views.LONGEST_NAME,
        may_change=may_work_on_cases(colleague),
        has_errors=mistake is not None,
    )


def _choices_of(view: SavedView) -> Choices | None:
    """None where the policy no longer knows what was chosen."""
    try:
        return Choices.from_address(dict(parse_qsl(view.choices)), current_landlord())
    except NotAChoice:
        return None


def _words_of(choices: Choices) -> list[str]:
    narrowed = choice_words.narrowed_words(choices, current_landlord())
    return [str(choice_words.SHOWN_WORDS[choices.show]), *narrowed, str(choice_words.ORDER_WORDS[choices.sort])]


def _refused_words(refused: Exception) -> str:
    match refused:
        case saved_views.NameTooLong():
            return _("The name may have %(most)s characters at most", most=saved_views.LONGEST_NAME)
        case saved_views.NameTaken():
            return _("You have a view of this name already: choose another name")
        case saved_views.TooManyViews():
            return _("You have %(most)s views: delete one first", most=saved_views.MOST_VIEWS)
    return _("Enter a name for this view")
