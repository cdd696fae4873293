"""Who is away, until when, and who works for them: the rules, with the days in the data."""

from datetime import date

import pytest

from app.staff.absence import Away, at_work, away_on, stand_in

ANNA, BEN, CLEO, DAN = 1, 2, 3, 4
MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)
NEXT_MONDAY, THE_MONDAY_AFTER = date(2026, 11, 30), date(2026, 12, 7)


def everybody_may(who: int) -> bool:
    return True


@pytest.mark.parametrize(
    ("on", "is_away"),
    [(date(2026, 11, 22), False), (MONDAY, True), (date(2026, 11, 29), True), (NEXT_MONDAY, False)],
    ids=["Sunday before", "first day", "Sunday before they are back", "the day back"],
)
def test_away_from_the_first_day_until_the_day_back(on: date, is_away: bool) -> None:
    assert (ANNA in away_on([Away(ANNA, MONDAY, NEXT_MONDAY)], on)) is is_away


def test_one_absence_after_another_is_one() -> None:
    found = away_on([Away(ANNA, MONDAY, NEXT_MONDAY, BEN), Away(ANNA, NEXT_MONDAY, THE_MONDAY_AFTER, CLEO)], FRIDAY)
    assert (found[ANNA].back_on, found[ANNA].deputy_id) == (THE_MONDAY_AFTER, BEN)


def test_a_day_at_work_between_two_absences_is_the_day_back() -> None:
    found = away_on([Away(ANNA, MONDAY, FRIDAY), Away(ANNA, NEXT_MONDAY, THE_MONDAY_AFTER)], MONDAY)
    assert found[ANNA].back_on == FRIDAY


@pytest.mark.parametrize(
    ("deputies", "does_it"),
    [
        ({}, ANNA),
        ({ANNA: BEN}, BEN),
        ({ANNA: BEN, BEN: CLEO}, CLEO),
        ({ANNA: None}, None),
        ({ANNA: BEN, BEN: None}, None),
        ({ANNA: BEN, BEN: ANNA}, None),
        ({ANNA: BEN, BEN: CLEO, CLEO: BEN}, None),
    ],
    ids=["at work", "deputy", "deputy's deputy", "no deputy", "deputy away too", "each other", "a circle further on"],
)
def test_the_deputy_does_the_work(deputies: dict[int, int | None], does_it: int | None) -> None:
    away = {who: Away(who, MONDAY, FRIDAY, deputy) for who, deputy in deputies.items()}
    assert stand_in(ANNA, away, everybody_may) == does_it


def test_a_deputy_who_may_not_does_not() -> None:
    away = {ANNA: Away(ANNA, MONDAY, FRIDAY, BEN)}
    assert stand_in(ANNA, away, lambda who: who != BEN) is None


def test_somebody_at_work_comes_before_a_deputy_and_a_deputy_before_nobody() -> None:
    away = {ANNA: Away(ANNA, MONDAY, FRIDAY, DAN), BEN: Away(BEN, MONDAY, FRIDAY)}
    assert at_work([ANNA, CLEO], away, everybody_may) == CLEO
    assert at_work([BEN, ANNA], away, everybody_may) == DAN
    assert at_work([BEN], away, everybody_may) is None
