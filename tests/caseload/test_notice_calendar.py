"""The days of a month, and which notices stand on each."""

from datetime import date

from app.caseload.notice_calendar import month_from, weeks
from app.notices.models import Notice
from tests.cases.moments import london


def a_notice(key: str, starts: str, ends: str | None) -> Notice:
    end = london(ends) if ends else None
    return Notice(key=key, state="published", starts_at=london(starts), ends_at=end, words={}, areas=[])


def on(day: date, *notices: Notice, first: date = date(2026, 12, 1)) -> list[tuple[str, bool, bool]]:
    found = next(one for week in weeks(first, notices, lambda _day: None) for one in week if one.date == day)
    return [(one.notice.key, one.begins, one.ends) for one in found.entries]


def test_a_notice_stands_on_each_local_day_and_midnight_ends_the_day_before() -> None:
    long = a_notice("long", "Tue 2026-12-08 08:00", "Fri 2026-12-11 00:00")
    assert [on(date(2026, 12, day), long) for day in (7, 8, 9, 10, 11)] == [
        [],
        [("long", True, False)],
        [("long", False, False)],
        [("long", False, True)],
        [],
    ]
    summer = a_notice("summer", "Wed 2026-07-01 00:30", None)  # 30 June in UTC
    july = {"first": date(2026, 7, 1)}
    assert on(date(2026, 6, 30), summer, **july) == []
    assert on(date(2026, 7, 1), summer, **july) == [("summer", True, False)]
    assert on(date(2026, 8, 2), summer, **july) == [("summer", False, False)]


def test_what_begins_on_a_day_stands_before_what_goes_on() -> None:
    notices = [
        a_notice("goes-on", "Tue 2026-12-01 08:00", None),
        a_notice("ends", "Mon 2026-12-07 08:00", "Wed 2026-12-09 09:00"),
        a_notice("begins", "Wed 2026-12-09 10:00", "Wed 2026-12-09 12:00"),
    ]
    assert [key for key, *_ in on(date(2026, 12, 9), *notices)] == ["begins", "ends", "goes-on"]


def test_a_month_is_whole_weeks_and_is_read_from_its_address() -> None:
    found = weeks(date(2027, 2, 1), [], lambda _day: None)
    assert [len(week) for week in found] == [7] * 4
    assert (found[0][0].date, found[-1][-1].date) == (date(2027, 2, 1), date(2027, 2, 28))
    assert month_from("2026-12") == date(2026, 12, 1)
    assert [month_from(wrong) for wrong in (None, "", "2026-13", "1999-12", "2026-12-01", "٢٠٢٦-12")] == [None] * 6
