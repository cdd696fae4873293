"""Who finds which notices: every page, the public list, colleagues, the calendar, the chart of lead times."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import InvalidRequestError

from app.demonstration.noticed import add_notices
from app.extensions import db, start_writing
from app.landlords.standards import current_landlord
from app.notices import actions, lists
from app.notices.lists import LeadMonth
from app.notices.models import Notice
from app.notices.showing import missing_languages, stage_at
from app.notices.waiting import set_waiting_time
from tests.cases.moments import london
from tests.notices.telling import ENGLISH, told

NOW = london("Wed 2026-12-16 12:00")
DAY = timedelta(days=1)


def add(
    key: str, starts: datetime, ends: datetime | None = None, at: datetime | None = None, **different: Any
) -> Notice:
    """Published ``at``, else a day before it starts, at the latest now."""
    given = told("Mon 2026-12-21 09:00", starts_at=starts, ends_at=ends, **different)
    said_at = at or min(starts - DAY, NOW)
    notice = actions.write(given, "kim@landlord.example", said_at, key=key)
    actions.publish(notice, "grace@landlord.example", said_at, may_announce_late=True, reason="It had to be")
    return notice


def keys(notices: Any) -> list[str]:
    return [notice.key for notice in notices]


def test_everybody_finds_what_is_theirs(app: Flask) -> None:
    start_writing()
    live = add("live", NOW - DAY)
    add("coming", NOW + 2 * DAY, severity="urgent")
    add("not-announced", NOW + 9 * DAY, announce_at=NOW + DAY)
    add("ends-now", NOW - 2 * DAY, NOW)
    add("long-over", NOW - 40 * DAY, NOW - 30 * DAY)
    actions.resolve(add("solved", NOW - 3 * DAY), {"en": "Done."}, "kim", NOW - timedelta(hours=1))
    actions.cancel(add("cancelled", NOW + 3 * DAY, at=NOW - DAY), {}, "kim", NOW - timedelta(hours=2))
    actions.cancel(
        add("unseen", NOW + 9 * DAY, at=NOW - DAY, announce_at=NOW + DAY), {}, "kim", NOW - timedelta(minutes=1)
    )
    actions.write(told("Mon 2026-12-21 09:00"), "kim", NOW - DAY, key="draft")
    actions.ask_for_approval(actions.write(told("Mon 2026-12-21 09:00"), "kim", NOW, key="asked"), "kim", NOW)
    set_waiting_time(25, NOW + DAY / 24, "kim", NOW)
    db.session.commit()
    db.session.expire_all()

    front = lists.front(NOW)
    assert keys(front.notices) == ["live", "coming", "not-announced"]
    assert front.waiting
    assert front.waiting.minutes == 25
    assert lists.front(NOW + DAY / 24).waiting is None
    assert keys(lists.of_everybody(NOW)) == ["coming", "live", "ends-now", "solved", "cancelled"]
    assert keys(lists.of_everybody(NOW + DAY)) == ["coming", "live", "not-announced", "ends-now", "solved", "cancelled"]
    found = lists.of_everybody(NOW)[3]
    assert [update.words for update in found.updates] == [{"en": "Done."}]

    def of(group: lists.Group) -> list[str]:
        return keys(lists.for_colleagues(group, NOW))

    assert of("now") == ["live"]
    assert of("planned") == ["coming", "not-announced"]
    assert of("drafts") == ["draft"]
    assert of("to-approve") == ["asked"]
    assert of("over") == ["ends-now", "unseen", "solved", "cancelled", "long-over"]
    assert lists.counts_for_colleagues(NOW) == {"now": 1, "planned": 2, "drafts": 1, "to-approve": 1, "over": 5}

    assert lists.public_notice("long-over", NOW), "its address stays, however long ago it was"
    for hidden in ("draft", "asked", "unseen", "not-announced", "nothing"):
        assert lists.public_notice(hidden, NOW) is None
    assert live.key == "live"


def test_the_calendar_shows_every_notice_on_each_day_it_touches(sqlite_app: Flask) -> None:
    start_writing()
    add("until-midnight", london("Wed 2026-12-30 20:00"), london("Fri 2027-01-01 00:00"))
    add("over-new-year", london("Thu 2026-12-31 23:59"), london("Fri 2027-01-01 00:01"))
    add("for-ever", london("Tue 2026-12-22 06:00"))
    actions.resolve(add("solved", london("Mon 2026-12-14 06:00")), {}, "kim", NOW)
    actions.cancel(add("cancelled", london("Thu 2026-12-31 06:00")), {}, "kim", NOW)
    db.session.commit()

    def on(first: date, last: date) -> list[str]:
        return keys(lists.between(first, last))

    assert on(date(2026, 12, 30), date(2026, 12, 31)) == ["for-ever", "until-midnight", "over-new-year"]
    assert on(date(2027, 1, 1), date(2027, 1, 31)) == ["for-ever", "over-new-year"]
    assert on(date(2026, 12, 1), date(2026, 12, 16)) == ["solved"]
    assert on(date(2026, 12, 17), date(2026, 12, 20)) == []


def test_lead_times_are_counted_in_the_month_in_which_they_were_announced(app: Flask) -> None:
    start_writing()
    work = {"kind": "planned-maintenance"}
    add("kept", london("Tue 2026-12-22 06:00"), at=london("Mon 2026-11-30 23:59"), **work)
    add("missed", london("Wed 2026-12-02 06:00"), at=london("Tue 2026-12-01 00:00"), **work)
    actions.cancel(add("cancelled", london("Wed 2026-12-30 06:00"), **work), {}, "kim", NOW)
    add("no-promise", london("Wed 2026-12-02 06:00"), at=london("Wed 2026-12-02 06:00"))
    add("next-year", london("Fri 2027-01-01 06:00"), at=NOW, **work)
    db.session.commit()
    assert lists.lead_times(date(2026, 10, 20), date(2027, 1, 2)) == (
        LeadMonth(date(2026, 10, 1), 0, 0),
        LeadMonth(date(2026, 11, 1), 1, 0),
        LeadMonth(date(2026, 12, 1), 2, 1),
        LeadMonth(date(2027, 1, 1), 0, 0),
    )


def test_a_page_asks_two_queries_however_many_notices_there_are(sqlite_app: Flask) -> None:
    start_writing()
    for number in range(20):
        notice = add(f"notice-{number}", NOW - DAY)
        actions.append_update(notice, {"en": "More."}, "kim", NOW)
    db.session.commit()
    db.session.expunge_all()
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda _c, _k, statement, *_rest: asked.append(statement))
    front = lists.front(NOW)
    assert len(front.notices) == 20
    assert len([one for one in asked if one.startswith("SELECT")]) == 2
    with pytest.raises(InvalidRequestError):
        _ = front.notices[0].updates


def test_the_demonstration_shows_a_notice_of_every_stage(sqlite_app: Flask) -> None:
    start_writing()
    for now in (NOW, london("Mon 2026-12-28 03:00"), london("Sat 2027-06-19 23:30")):
        db.session.rollback()
        start_writing()
        add_notices(current_landlord(), now)
        add_notices(current_landlord(), now)
        assert keys(lists.for_colleagues("now", now))[-1].startswith("busy-lines")
        assert len(lists.for_colleagues("to-approve", now)) == 1
        stages = {stage_at(notice, now) for notice in lists.of_everybody(now)}
        assert stages == {"announced", "live", "over"}
        months = lists.lead_times(now.date() - 150 * DAY, now.date())
        assert (sum(month.kept for month in months), sum(month.missed for month in months)) == (5, 1)
        closures = [one for one in lists.front(now).notices if one.kind == "office-closed"]
        assert [(one.starts_at.month, one.starts_at.day) for one in closures] == [(12, 24)]


def test_languages_that_are_missing_are_told(sqlite_app: Flask) -> None:
    given = told("Mon 2026-12-21 09:00", words=ENGLISH | {"cy": {"title": "Teitl", "words": "Geiriau"}})
    notice = actions.write(given, "kim", NOW)
    assert missing_languages(notice, ("en", "cy", "ar")) == ("ar",)
