"""The days of a month, and which notices stand on each."""

from datetime import date

from app.caseload.notice_calendar import Day, month_from, weeks
from app.notices.models import Notice
from tests.cases.moments import london


def a_notice(key: str, starts: str, ends: str | None) -> Notice:
    end = london(ends) if ends else None
    return Notice(key=key, state="published", starts_at=london(starts), ends_at=end, words={}, areas=[])


FIRST, TODAY = date(2026, 12, 1), date(2026, 12, 10)


def day_of(day: date, *notices: Notice, first: date = FIRST, today: date = TODAY) -> Day:
    return next(one for week in weeks(first, notices, lambda _day: None, today) for one in week if one.date == day)


def on(day: date, *notices: Notice, **month: date) -> list[tuple[str, bool, bool]]:
    found = day_of(day, *notices, **month)
    return [(one.notice.key, one.begins, one.ends) for one in (*found.shown, *found.more)]


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
    july = {"first": date(2026, 7, 1), "today": date(2026, 8, 1)}
    assert on(date(2026, 6, 30), summer, **july) == []
    assert on(date(2026, 7, 1), summer, **july) == [("summer", True, False)]
    assert on(date(2026, 8, 1), summer, **july) == [("summer", False, False)]


def test_what_nobody_knows_the_end_of_stands_up_to_today_and_on_its_first_day() -> None:
    begun = a_notice("begun", "Tue 2026-12-01 08:00", None)
    assert on(date(2026, 12, 10), begun) == [("begun", False, False)]
    assert on(date(2026, 12, 11), begun) == []
    to_come = a_notice("to-come", "Thu 2026-12-17 08:00", None)
    assert [on(date(2026, 12, day), to_come) for day in (16, 17, 18)] == [[], [("to-come", True, False)], []]


def test_what_begins_on_a_day_stands_before_what_goes_on() -> None:
    notices = [
        a_notice("goes-on", "Tue 2026-12-01 08:00", None),
        a_notice("ends", "Mon 2026-12-07 08:00", "Wed 2026-12-09 09:00"),
        a_notice("begins", "Wed 2026-12-09 10:00", "Wed 2026-12-09 12:00"),
    ]
    assert [key for key, *_ in on(date(2026, 12, 9), *notices)] == ["begins", "ends", "goes-on"]
    found = day_of(date(2026, 12, 9), *notices)
    assert [len(found.shown), len(found.more)] == [2, 1]
    today = day_of(date(2026, 12, 9), *notices, today=date(2026, 12, 9))
    assert [len(today.shown), len(today.more)] == [3, 0]


def test_a_month_is_whole_weeks_and_is_read_from_its_address() -> None:
    found = weeks(date(2027, 2, 1), [], lambda _day: None, TODAY)
    assert [len(week) for week in found] == [7] * 4
    assert (found[0][0].date, found[-1][-1].date) == (date(2027, 2, 1), date(2027, 2, 28))
    assert month_from("2026-12") == date(2026, 12, 1)
    assert [month_from(wrong) for wrong in (None, "", "2026-13", "1999-12", "2026-12-01", "٢٠٢٦-12")] == [None] * 6
