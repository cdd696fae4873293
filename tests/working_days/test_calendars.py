"""Which days are working days, and why the others are not."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from flask import Flask
from flask_babel import get_babel
from hypothesis import given, settings
from hypothesis import strategies as st

from app.languages import speaking
from app.working_days import NATIONS, Holiday, NationNotKnown, YearNotKnown, calendar_for, nations
from app.working_days.nations import bank_holidays, our_name
from tests.working_days.published import PUBLISHED, published

ENGLAND, SCOTLAND, IRELAND = "england-and-wales", "scotland", "northern-ireland"
days = st.dates(date(2000, 1, 1), date(2100, 12, 31))


def weekday(written: str) -> date:
    """``Mon 2026-12-28``: the weekday stands there to be read, and must be right."""
    name, day = written.split()
    found = date.fromisoformat(day)
    assert f"{found:%a}" == name, f"{day} is a {found:%a}"
    return found


@pytest.mark.parametrize(("nation", "year"), PUBLISHED)
def test_the_closed_weekdays_are_those_that_gov_uk_publishes(nation: str, year: int) -> None:
    calendar = calendar_for(nation)
    every_day = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    closed = [day for day in every_day if day.year == year and day.weekday() < 5 and not calendar.is_working_day(day)]
    assert closed == published(nation, year)


@pytest.mark.parametrize("nation", NATIONS)
def test_next_year_is_known(nation: str) -> None:
    """Fails on 1 January of the last year in published.py, when GOV.UK has long published the next."""
    next_year = datetime.now(UTC).year + 1
    assert len(published(nation, next_year)) >= 8
    assert set(published(nation, next_year)) <= set(bank_holidays(nation, next_year))


@pytest.mark.parametrize(
    ("nation", "day", "why"),
    [
        (ENGLAND, "Mon 2026-12-28", "Boxing Day (substitute day)"),
        (ENGLAND, "Mon 2027-12-27", "Christmas Day (substitute day)"),
        (ENGLAND, "Tue 2027-12-28", "Boxing Day (substitute day)"),
        (ENGLAND, "Mon 2028-01-03", "New Year’s Day (substitute day)"),
        (ENGLAND, "Fri 2027-01-01", "New Year’s Day"),
        (ENGLAND, "Fri 2026-04-03", "Good Friday"),
        (ENGLAND, "Mon 2026-04-06", "Easter Monday"),
        (ENGLAND, "Mon 2026-05-04", "Early May bank holiday"),
        (ENGLAND, "Mon 2026-05-25", "Spring bank holiday"),
        (ENGLAND, "Mon 2026-08-31", "Summer bank holiday"),
        (SCOTLAND, "Fri 2026-01-02", "2 January"),
        (SCOTLAND, "Mon 2027-01-04", "2 January (substitute day)"),
        (SCOTLAND, "Tue 2028-01-04", "2 January (substitute day)"),
        (SCOTLAND, "Mon 2026-11-30", "St Andrew’s Day"),
        (SCOTLAND, "Mon 2025-12-01", "St Andrew’s Day (substitute day)"),
        (SCOTLAND, "Mon 2026-08-03", "Summer bank holiday"),
        (SCOTLAND, "Mon 2026-06-15", "World Cup bank holiday"),
        (IRELAND, "Tue 2026-03-17", "St Patrick’s Day"),
        (IRELAND, "Mon 2024-03-18", "St Patrick’s Day (substitute day)"),
        (IRELAND, "Mon 2027-07-12", "Battle of the Boyne"),
        (IRELAND, "Mon 2026-07-13", "Battle of the Boyne (substitute day)"),
        (ENGLAND, "Sat 2026-12-26", "Saturday"),
        (ENGLAND, "Sun 2026-11-22", "Sunday"),
    ],
)
def test_a_closed_day_says_why(nation: str, day: str, why: str) -> None:
    assert calendar_for(nation).reason_closed(weekday(day)) == why


@pytest.mark.parametrize(
    ("nation", "day"),
    [
        (ENGLAND, "Fri 2026-01-02"),
        (ENGLAND, "Mon 2026-11-30"),
        (ENGLAND, "Tue 2026-03-17"),
        (ENGLAND, "Mon 2026-06-15"),
        (ENGLAND, "Mon 2026-08-03"),
        (SCOTLAND, "Mon 2026-04-06"),
        (SCOTLAND, "Mon 2026-08-31"),
        (IRELAND, "Fri 2026-01-02"),
        (ENGLAND, "Thu 2026-12-24"),
        (ENGLAND, "Tue 2026-12-29"),
    ],
)
def test_another_nations_holiday_is_a_working_day(nation: str, day: str) -> None:
    assert calendar_for(nation).reason_closed(weekday(day)) is None
    assert calendar_for(nation).is_working_day(weekday(day))


def test_a_holiday_proclaimed_late_can_be_handed_in() -> None:
    day = weekday("Wed 2027-06-16")
    assert calendar_for(ENGLAND).is_working_day(day)
    calendar = calendar_for(ENGLAND, [Holiday(day, "Day of thanks")])
    assert calendar.reason_closed(day) == "Day of thanks"
    assert calendar.next_working_day(weekday("Tue 2027-06-15")) == weekday("Thu 2027-06-17")


def test_the_order_in_which_holidays_are_handed_in_makes_no_other_calendar() -> None:
    first, second = Holiday(date(2027, 6, 16), "One"), Holiday(date(2027, 6, 17), "Two")
    assert calendar_for(ENGLAND, [first, second]) == calendar_for(ENGLAND, [second, first])


@settings(deadline=None)  # a year is worked out when first asked for
@given(days, st.sampled_from(sorted(NATIONS)))
def test_no_weekend_is_ever_worked(day: date, nation: str) -> None:
    if day.weekday() >= 5:
        assert not calendar_for(nation).is_working_day(day)


@settings(deadline=None)  # a year is worked out when first asked for
@given(st.dates(date(2000, 1, 1), date(2100, 12, 1)), st.sampled_from(sorted(NATIONS)))
def test_the_office_opens_again_within_five_days(day: date, nation: str) -> None:
    calendar = calendar_for(nation)
    following = calendar.next_working_day(day)
    assert calendar.is_working_day(following)
    assert 1 <= (following - day).days <= 5


@pytest.fixture
def app_with_welsh_saturdays(sqlite_app: Flask, tmp_path: Path) -> Flask:
    """Its only catalogue has one word: whatever the real ones hold, this one is found or not."""
    catalogue = Catalog(locale="cy_GB")
    catalogue.add("Saturday", "Dydd Sadwrn")
    folder = tmp_path / "catalogues" / "cy_GB" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)
    get_babel(sqlite_app).translation_directories[:] = [str(tmp_path / "catalogues")]
    return sqlite_app


def test_why_a_day_is_closed_is_told_in_the_language_of_the_moment(app_with_welsh_saturdays: Flask) -> None:
    calendar, saturday = calendar_for(ENGLAND), weekday("Sat 2026-12-26")
    with speaking("cy"):
        assert calendar.why_closed(saturday) == "Dydd Sadwrn"
        assert calendar.reason_closed(saturday) == "Saturday"  # what is stored stays English
        assert calendar.why_closed(weekday("Tue 2026-12-29")) is None
    with speaking("en"):
        assert calendar.why_closed(saturday) == "Saturday"


def test_every_bank_holiday_to_come_has_our_own_name() -> None:
    """Straight apostrophes and “(observed)” are the data's; ours are written as in print, and translated."""
    names = {name for nation in NATIONS for year in range(2024, 2101) for name in bank_holidays(nation, year).values()}
    assert not {name for name in names if "'" in name or "observed" in name or ";" in name}


def test_an_unknown_holiday_still_closes_the_office_and_says_its_name() -> None:
    assert our_name("Coronation of a King") == "Coronation of a King"
    assert our_name("New Year Holiday; New Year's Day (observed)") == "2 January"


def test_an_unknown_nation_is_refused_by_name() -> None:
    with pytest.raises(NationNotKnown, match="write one of england-and-wales, scotland, northern-ireland"):
        calendar_for("wales")


@pytest.mark.parametrize("day", [date(1999, 12, 31), date(2101, 1, 1)])
def test_a_year_without_data_is_refused_rather_than_taken_for_a_year_without_holidays(day: date) -> None:
    with pytest.raises(YearNotKnown, match=str(day.year)):
        calendar_for(ENGLAND).is_working_day(day)


def test_translators_are_given_every_reason() -> None:
    given_out = {message for _, message, _, _ in extract_from_file("python", nations.__file__)}
    for nation in NATIONS:
        for year in range(2024, 2101):
            assert set(bank_holidays(nation, year).values()) <= given_out
    assert {"Saturday", "Sunday"} <= given_out
