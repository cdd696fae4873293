"""A notice appears, begins and goes by itself, to the minute, whatever the clocks do."""

from datetime import UTC, datetime, timedelta

import pytest

from app.notices.models import Notice
from app.notices.shapes import MOST_AT_ONCE, SEVERITIES
from app.notices.showing import over_at, shown, stage_at, was_shown
from tests.cases.moments import london, written
from tests.notices.telling import a_notice

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


def changes_of(notice: Notice, first: str, last: str) -> list[tuple[str, str]]:
    """Every minute from the first to the last: those at which it is another than a minute before."""
    found, moment, before = [], london(first), ""
    while moment <= london(last):
        if (stage := stage_at(notice, moment)) != before:
            found.append((written(moment), stage))
        moment, before = moment + MINUTE, stage
    return found


@pytest.mark.parametrize(
    ("announced", "starts", "ends"),
    [
        pytest.param("Tue 2026-12-29 17:00", "Thu 2026-12-31 06:00", "Thu 2026-12-31 22:30", id="an ordinary day"),
        pytest.param("Wed 2026-12-23 12:00", "Thu 2026-12-24 17:00", "Tue 2026-12-29 08:00", id="Christmas"),
        pytest.param("Sat 2026-10-24 23:59", "Sun 2026-10-25 00:30", "Sun 2026-10-25 04:00", id="clocks go back"),
        pytest.param("Sat 2027-03-27 23:59", "Sun 2027-03-28 00:59", "Sun 2027-03-28 02:01", id="clocks go forward"),
    ],
)
def test_each_stage_begins_at_its_minute_and_no_other(announced: str, starts: str, ends: str) -> None:
    notice = a_notice(starts, ends, announced)
    first, last = (written(london(moment) + way) for moment, way in ((announced, -MINUTE), (ends, MINUTE)))
    assert changes_of(notice, first, last) == [
        (first, "waiting"),
        (announced, "announced"),
        (starts, "live"),
        (ends, "over"),
    ]


def test_a_night_with_an_hour_twice_is_an_hour_longer() -> None:
    notice = a_notice("Sun 2026-10-25 00:30", "Sun 2026-10-25 04:00")
    length = over_at(notice) or datetime.max.replace(tzinfo=UTC)
    assert length - notice.starts_at == timedelta(hours=4, minutes=30)


def test_a_second_before_its_minute_nothing_has_changed() -> None:
    notice = a_notice("Thu 2026-12-31 06:00", "Thu 2026-12-31 22:30", "Tue 2026-12-29 17:00")
    for moment, before in ((notice.announce_at, "waiting"), (notice.starts_at, "announced"), (notice.ends_at, "live")):
        assert moment
        assert stage_at(notice, moment - SECOND) == before
        assert stage_at(notice, moment) != before


def test_what_is_published_after_its_announcement_is_shown_from_then_on() -> None:
    notice = a_notice("Thu 2026-12-31 06:00", announced="Tue 2026-12-29 09:00")
    notice.published_at = london("Tue 2026-12-29 12:00")
    assert stage_at(notice, london("Tue 2026-12-29 11:59")) == "waiting"
    assert stage_at(notice, london("Tue 2026-12-29 12:00")) == "announced"


def test_without_an_end_it_stays_until_it_is_resolved() -> None:
    notice = a_notice("Thu 2026-12-31 06:00")
    assert stage_at(notice, london("Thu 2028-06-01 12:00")) == "live"
    notice.resolved_at = london("Thu 2026-12-31 09:15")
    assert stage_at(notice, london("Thu 2026-12-31 09:14")) == "live"
    assert stage_at(notice, london("Thu 2026-12-31 09:15")) == "over"


def test_what_is_resolved_before_its_end_or_cancelled_is_over_at_once() -> None:
    for field in ("resolved_at", "cancelled_at"):
        notice = a_notice("Thu 2026-12-31 06:00", "Thu 2026-12-31 22:30", **{field: london("Thu 2026-12-31 07:00")})
        assert stage_at(notice, london("Thu 2026-12-31 06:59")) == "live"
        assert stage_at(notice, london("Thu 2026-12-31 07:00")) == "over"


def test_a_draft_is_never_shown() -> None:
    draft = a_notice("Thu 2026-12-31 06:00", state="draft", published_at=None)
    assert stage_at(draft, london("Thu 2026-12-31 12:00")) == "waiting"
    assert not was_shown(draft)


def test_what_is_cancelled_before_its_announcement_was_never_shown() -> None:
    notice = a_notice("Thu 2026-12-31 06:00", announced="Tue 2026-12-29 17:00")
    assert was_shown(notice)
    notice.cancelled_at = london("Tue 2026-12-29 16:59")
    assert not was_shown(notice)


NOW = london("Thu 2026-12-31 12:00")


def standing(key: str, severity: str = "information", starts: str = "Thu 2026-12-31 06:00") -> Notice:
    return a_notice(starts, key=key, severity=severity)


def test_the_most_severe_stands_first_then_what_is_live_then_what_comes_soonest() -> None:
    notices = [
        standing("coming", "important", "Fri 2027-01-01 06:00"),
        standing("live-later", "important", "Thu 2026-12-31 11:00"),
        standing("live", "important"),
        standing("mild"),
        standing("coming-urgent", "urgent", "Sat 2027-01-02 06:00"),
    ]
    first = shown(notices, NOW)
    assert [one.key for one in first.banners] == ["coming-urgent", "live"]
    assert first.more == len(notices) - MOST_AT_ONCE
    order = []
    while notices:
        (next_one, *_others) = shown(notices, NOW).banners
        order.append(next_one.key)
        notices.remove(next_one)
    assert order == ["coming-urgent", "live", "live-later", "coming", "mild"]


def test_the_order_does_not_depend_on_how_they_come() -> None:
    notices = [standing(f"{severity}-{number}", severity) for severity in SEVERITIES for number in range(3)]
    assert shown(notices, NOW) == shown(reversed(notices), NOW)


def test_what_is_put_away_makes_room_and_comes_back_when_it_changes() -> None:
    one, two, three = (standing(key, "urgent") for key in ("a", "b", "c"))
    away = {(one.key, one.version)}
    assert shown([one, two, three], NOW, away).banners == (two, three)
    assert shown([one, two, three], NOW, away).more == 0
    one.version += 1
    assert shown([one, two, three], NOW, away).banners == (one, two)


def test_nothing_is_shown_of_what_waits_or_is_over() -> None:
    waiting = a_notice("Sat 2027-01-02 06:00", announced="Thu 2026-12-31 12:01")
    over = a_notice("Thu 2026-12-31 06:00", "Thu 2026-12-31 12:00")
    assert shown([waiting, over], NOW).banners == ()
    assert shown([waiting, over], NOW + MINUTE).banners == (waiting,)
    assert shown([waiting, over], NOW - MINUTE).banners == (over,)
