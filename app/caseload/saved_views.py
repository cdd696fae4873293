"""Choices of cases that a colleague keeps under a name. Their own only. Nothing here commits."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from app.caseload.models import SavedView
from app.extensions import db
from app.languages.sorting import in_order
from app.staff.models import StaffMember
from app.tenants.words import typed_line

LONGEST_NAME = 100  # characters
MOST_VIEWS = 50  # of one colleague


class NoName(Exception):
    """The view was given no name."""


class NameTooLong(Exception):
    """More than LONGEST_NAME characters."""


class NameTaken(Exception):
    """Another view of this colleague has the name."""


class TooManyViews(Exception):
    """The colleague has MOST_VIEWS already."""


def views_of(colleague: StaffMember) -> Sequence[SavedView]:
    """By name."""
    wanted = select(SavedView).where(SavedView.staff_member_id == colleague.id)
    return in_order(db.session.scalars(wanted.order_by(SavedView.id)), lambda view: view.name)


def view_of(colleague: StaffMember, view_id: int) -> SavedView | None:
    """Their own view with this number; None for somebody else's."""
    wanted = select(SavedView).where(SavedView.id == view_id, SavedView.staff_member_id == colleague.id)
    return db.session.scalar(wanted)


def save_view(colleague: StaffMember, name: str, choices: str, at: datetime) -> SavedView:
    """Keep the choices, as they stand in an address. Raises NoName, NameTooLong, NameTaken, TooManyViews."""
    if len(views_of(colleague)) >= MOST_VIEWS:
        raise TooManyViews
    name = _free_name(colleague, name)
    view = SavedView(staff_member_id=colleague.id, name=name, choices=choices, saved_at=at)
    db.session.add(view)
    return view


def rename_view(colleague: StaffMember, view: SavedView, name: str) -> None:
    """Raises NoName, NameTooLong, NameTaken."""
    view.name = _free_name(colleague, name, view)


def delete_view(view: SavedView) -> None:
    db.session.delete(view)


def _free_name(colleague: StaffMember, name: str, view: SavedView | None = None) -> str:
    """Two names that differ in capitals only would be taken for each other."""
    line = typed_line(name)
    if not line:
        raise NoName
    if len(line) > LONGEST_NAME:
        raise NameTooLong
    if any(other is not view and other.name.casefold() == line.casefold() for other in views_of(colleague)):
        raise NameTaken
    return line
