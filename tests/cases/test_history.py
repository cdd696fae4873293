"""History can only grow: the database itself says so, whoever asks."""

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from app.cases.actions import add_event
from app.extensions import db
from tests.builders import MONDAY_NOON
from tests.cases.test_opening import opened


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE event SET what = 'nothing_happened'",
        "UPDATE event SET who = who",
        "DELETE FROM event",
    ],
)
def test_the_database_refuses_to_change_or_remove_an_event(app: Flask, change: str) -> None:
    case = opened()
    before = db.session.execute(text("SELECT id, what, who FROM event")).all()
    with pytest.raises(DatabaseError, match="the history of a case is never changed"):
        db.session.execute(text(change))
    db.session.rollback()
    assert db.session.execute(text("SELECT id, what, who FROM event")).all() == before
    assert case.events


def test_an_event_changed_in_the_session_cannot_be_saved(app: Flask) -> None:
    case = opened()
    case.events[0].what = "something_else"
    with pytest.raises(DatabaseError, match="never changed"):
        db.session.commit()
    db.session.rollback()


def test_events_are_added_in_order_with_their_details(app: Flask) -> None:
    case = opened()
    add_event(case, "called_back", MONDAY_NOON, "sam@landlord.example", minutes=4, words="ﺂلعربية")
    db.session.commit()
    db.session.expire_all()
    last = case.events[-1]
    assert (last.what, last.who, last.at) == ("called_back", "sam@landlord.example", MONDAY_NOON)
    assert last.details == {"minutes": 4, "words": "ﺂلعربية"}
