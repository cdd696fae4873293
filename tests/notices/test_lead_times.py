"""How early planned work has to be announced: working days counted back over Christmas and both changes of clocks."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.cases.clock import LONDON, due
from app.config import POLICIES
from app.landlords.policy_files import read_landlord
from app.landlords.shapes import Landlord, LeadTime
from app.notices.lead import lead_of
from tests.cases.moments import london, written

LIVEWEST = read_landlord(POLICIES, "livewest")
LIVV = read_landlord(POLICIES, "livv")
WORK = "planned-maintenance"


@dataclass(frozen=True)
class WorkingDays:
    amount: int
    unit: str = "working_days"


@pytest.mark.parametrize(
    ("starts", "latest"),
    [
        ("Thu 2026-12-31 06:00", "Tue 2026-12-29 17:00"),
        ("Thu 2026-12-31 23:59", "Tue 2026-12-29 17:00"),
        ("Wed 2026-12-30 08:00", "Thu 2026-12-24 17:00"),  # Friday to Monday closed, Boxing Day's substitute with them
        ("Tue 2026-12-29 08:00", "Wed 2026-12-23 17:00"),
        ("Mon 2026-12-28 12:00", "Tue 2026-12-22 17:00"),  # work on a day on which nobody is in
        ("Sun 2026-12-27 00:00", "Tue 2026-12-22 17:00"),
        ("Mon 2027-01-04 00:00", "Wed 2026-12-30 17:00"),
        ("Mon 2026-10-26 00:00", "Thu 2026-10-22 17:00"),  # the clocks went back: 16:00 in UTC
        ("Mon 2027-03-29 09:00", "Tue 2027-03-23 17:00"),  # Easter Monday, and the clocks went forward
        ("Tue 2027-03-30 09:00", "Wed 2027-03-24 17:00"),
        ("Fri 2026-07-03 09:00", "Wed 2026-07-01 17:00"),
    ],
)
def test_the_latest_moment(starts: str, latest: str) -> None:
    lead = lead_of(WORK, london(starts), london(latest), LIVEWEST)
    assert lead
    assert written(lead.latest_at) == latest
    assert lead.is_kept, "at closing time it is still in time"
    late = lead_of(WORK, london(starts), london(latest) + timedelta(seconds=1), LIVEWEST)
    assert late
    assert not late.is_kept


def test_the_working_names_each_day_and_why_it_does_not_count() -> None:
    lead = lead_of(WORK, london("Tue 2026-12-29 08:00"), london("Tue 2026-12-22 12:00"), LIVEWEST)
    assert lead
    assert [(f"{step.date:%a %d}", step.counts, step.reason) for step in lead.working] == [
        (
            "Wed 23",
            False,
            "It has to be announced by closing time on this day. Counting starts on the next working day.",
        ),
        ("Thu 24", True, ""),
        ("Fri 25", False, "Christmas Day"),
        ("Sat 26", False, "Saturday"),
        ("Sun 27", False, "Sunday"),
        ("Mon 28", False, "Boxing Day (substitute day)"),
        ("Tue 29", True, ""),
    ]
    assert lead.rows()[2] == {"date": "2026-12-25", "counts": False, "reason": "Christmas Day"}


@pytest.mark.parametrize("kind", ["technical-trouble", "busy-lines", "severe-weather", "office-closed", "other"])
def test_what_cannot_be_planned_has_no_lead_time(kind: str) -> None:
    assert lead_of(kind, london("Thu 2026-12-31 06:00"), london("Thu 2026-12-31 05:59"), LIVEWEST) is None


def test_a_landlord_who_promises_none_has_none() -> None:
    assert not LIVV.lead_times
    assert lead_of(WORK, london("Thu 2026-12-31 06:00"), london("Thu 2026-12-31 05:59"), LIVV) is None


def test_the_promise_of_the_day_on_which_it_starts_holds() -> None:
    (now,) = LIVEWEST.lead_times
    longer = replace(now, working_days=5, since=london("Fri 2027-01-01 00:00").date())
    landlord = replace(LIVEWEST, lead_times=(longer, now))
    for starts, days in (("Thu 2026-12-31 06:00", 2), ("Mon 2027-01-04 06:00", 5)):
        lead = lead_of(WORK, london(starts), london("Tue 2026-12-01 12:00"), landlord)
        assert lead
        assert lead.working_days == days
    before_all = replace(landlord, lead_times=(longer,))
    assert lead_of(WORK, london("Thu 2026-12-31 06:00"), london("Thu 2026-12-31 05:59"), before_all) is None


moments = st.datetimes(datetime(2025, 1, 1), datetime(2029, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
close = st.sampled_from(["2026-12-22", "2026-10-22", "2027-03-24"]).flatmap(
    lambda day: st.integers(0, 12 * 24 * 60).map(
        lambda minutes: datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(minutes=minutes)
    )
)


def promising(days: int, closes: int) -> Landlord:
    hours = replace(LIVEWEST.hours, closes=time(closes))
    (promise,) = LIVEWEST.lead_times
    return replace(LIVEWEST, hours=hours, lead_times=(replace(promise, working_days=days),))


@settings(deadline=None, max_examples=80)
@given(st.one_of(moments, close), st.one_of(moments, close), st.integers(1, 10), st.integers(9, 20))
def test_it_is_kept_when_the_working_day_clock_says_so(
    starts: datetime, announced: datetime, days: int, closes: int
) -> None:
    """Told at any moment: in time if, by the clock of all promises, so many days are over on the day of the start."""
    landlord = promising(days, closes)
    lead = lead_of(WORK, starts, announced, landlord)
    assert lead
    forward = due(announced, WorkingDays(days), landlord.calendar, landlord.hours).at
    assert lead.is_kept == (forward.astimezone(LONDON).date() <= starts.astimezone(LONDON).date())


@settings(deadline=None, max_examples=60)
@given(st.one_of(moments, close), st.integers(1, 10), st.integers(9, 20))
def test_the_latest_moment_is_in_time_and_the_next_is_not(starts: datetime, days: int, closes: int) -> None:
    landlord = promising(days, closes)
    lead = lead_of(WORK, starts, starts, landlord)
    assert lead
    start = starts.astimezone(LONDON).date()

    def told_at(moment: datetime) -> bool:
        forward = due(moment, WorkingDays(days), landlord.calendar, landlord.hours)
        return forward.at.astimezone(LONDON).date() <= start

    assert told_at(lead.latest_at)
    assert not told_at(lead.latest_at + timedelta(microseconds=1))
    assert sum(step.counts for step in lead.working) == days
    assert lead.working[0].date == lead.latest_at.astimezone(LONDON).date()
    assert lead.working[-1].date == start
    assert [step.date.toordinal() for step in lead.working] == list(
        range(lead.working[0].date.toordinal(), start.toordinal() + 1)
    )


def test_the_policy_says_two_working_days_for_planned_work() -> None:
    assert LIVEWEST.lead_times == (
        LeadTime(
            key="planned_downtime",
            working_days=2,
            since=LIVEWEST.lead_times[0].since,
            source=LIVEWEST.lead_times[0].source,
            row="L21",
            label=LIVEWEST.lead_times[0].label,
        ),
    )
