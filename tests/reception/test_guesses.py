"""Wrong guesses are counted, for a thing and for a network, and forgotten after a while."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.extensions import db
from app.reception import guesses
from app.reception.models import WrongGuess

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)


def guess(about: str, times: int, at: datetime = NOW) -> None:
    for _number in range(times):
        guesses.record(about, at)
    db.session.commit()


def test_the_eleventh_try_at_one_thing_is_too_many(sqlite_app: Flask) -> None:
    case, other = guesses.of_thing("case", "K7M4-QX9T"), guesses.of_thing("case", "H3JR-2FDW")
    guess(case, 9)
    assert not guesses.too_many(case, NOW)
    guess(case, 1)
    assert guesses.too_many(case, NOW)
    assert not guesses.too_many(other, NOW)
    assert not guesses.too_many(guesses.of_thing("code", "K7M4-QX9T"), NOW)


def test_a_library_computer_may_be_wrong_sixty_times(sqlite_app: Flask) -> None:
    library = guesses.of_network("203.0.113.9")
    guess(library, 59)
    assert not guesses.too_many(library, NOW)
    guess(library, 1)
    assert guesses.too_many(library, NOW)
    assert not guesses.too_many(guesses.of_network("203.0.113.10"), NOW)


def test_after_a_quarter_of_an_hour_it_is_forgotten(sqlite_app: Flask) -> None:
    case = guesses.of_thing("case", "K7M4-QX9T")
    guess(case, 10)
    assert guesses.too_many(case, NOW + 14 * A_MINUTE)
    assert not guesses.too_many(case, NOW + 15 * A_MINUTE)
    assert guesses.forget_old(NOW + 14 * A_MINUTE) == 0
    assert guesses.forget_old(NOW + 15 * A_MINUTE) == 10
    assert db.session.scalar(select(func.count()).select_from(WrongGuess)) == 0


@pytest.mark.parametrize(
    ("one", "other", "is_the_same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:203.0.113.9", "203.0.113.9", True),
        ("203.0.113.9", "203.0.113.8", False),
    ],
)
def test_one_line_is_one_network(sqlite_app: Flask, one: str, other: str, is_the_same: bool) -> None:
    assert (guesses.of_network(one) == guesses.of_network(other)) == is_the_same


def test_what_is_kept_names_neither_the_network_nor_the_thing(sqlite_app: Flask) -> None:
    for about in (guesses.of_network("203.0.113.9"), guesses.of_network(None), guesses.of_thing("case", "K7M4-QX9T")):
        assert len(about) <= 64
        assert "203" not in about.partition("-")[0]
        assert "K7M4" not in about
